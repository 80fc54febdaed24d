"""Delete the conditions of the checker one at a time, and see that a test notices.

    python benchmarks/mutate_checker.py [--module NAME …] [--jobs N] [--cap SECONDS] [--without TEXT]

The checker of proof objects is as good as its side conditions, and one without a test may be lost
unnoticed. Each mutant of its code lacks one thing: a refusal, a part of a conjunction or of a
disjunction, a condition among those that a rule leaves to be shown, the strictness of a comparison, an
end's openness, a premise of a law. The tests of the checker run in a process of their own on the mutant
(its code is put in place of the original's, nothing is written), the quickest of those that
enter the changed function first, until one fails. What survives is printed: either a test is missing, or
the condition is implied by others.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import copy
import gc
import importlib
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import TypeAlias

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHECKER = ROOT / "srverify" / "checker"
TESTS = sorted(str(path) for path in (ROOT / "tests").glob("test_checker*.py"))
#: Left out: tests of the search, which are slow, and of what is not about soundness.
LEFT_OUT = "not search and not nonsense and not schema and not command and not certificate"
_FLIPPED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
_OPERATORS = {"<": "<=", "<=": "<"}


#: A function: its file, qualified name and first line.
Place: TypeAlias = tuple[str, str, int]


@dataclass(frozen=True)
class Mutant:
    """What was changed where, and the code objects to exchange, or a law without a premise."""

    module: str
    line: int
    what: str
    old: CodeType | str
    new: CodeType | int


# -- making mutants ----------------------------------------------------------------------------------


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield replacements of one node, each with what it is."""
    match node:
        case ast.If(test=test) if "isinstance" in ast.unparse(test):
            return  # Types are another matter: see the tests of nonsense.
        case ast.If(test=test, body=[ast.Raise()], orelse=[]):
            yield f"refusal dropped: {ast.unparse(test)}", ast.Pass()
        case ast.If(test=test, body=[ast.Return(value=ast.Constant(value=False))], orelse=[]):
            yield f"return False dropped: {ast.unparse(test)}", ast.Pass()
        case ast.BoolOp(op=op, values=values):
            word = "and" if isinstance(op, ast.And) else "or"
            for i, dropped in enumerate(values):
                rest = values[:i] + values[i + 1 :]
                new = rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
                yield f"{word} dropped: {ast.unparse(dropped)}", new
        case ast.Compare(ops=[operator], left=left, comparators=right) if type(operator) in _FLIPPED:
            new = ast.Compare(left, [_FLIPPED[type(operator)]()], right)
            yield f"{ast.unparse(node)} became {ast.unparse(new)}", new
        case ast.Constant(value=str(value)) if value in _OPERATORS:
            yield f"{value!r} became {_OPERATORS[value]!r}", ast.Constant(_OPERATORS[value])
        case ast.Tuple(elts=parts, ctx=ast.Load()) if len(parts) > 1 or _is_starred(parts):
            for i, dropped in enumerate(parts):
                if isinstance(dropped, ast.Starred | ast.Call):
                    rest = [*parts[:i], *parts[i + 1 :]]
                    yield f"left out: {ast.unparse(dropped)}", ast.Tuple(rest, ast.Load())
        case ast.IfExp(test=test, body=body, orelse=other):
            yield f"always {ast.unparse(body)}", body
            yield f"always {ast.unparse(other)}", other
        case ast.Name(id="down" | "up" as name, ctx=ast.Load()):
            yield f"{name} the other way", ast.Name("up" if name == "down" else "down", ast.Load())


def _is_starred(parts: list[ast.expr]) -> bool:
    return any(isinstance(part, ast.Starred) for part in parts)


def mutants_of(module: str) -> Iterator[Mutant]:
    """Yield the mutants of a module whose change is inside a function."""
    path = CHECKER / f"{module.replace('.', '/')}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    original = list(_codes(compile(tree, str(path), "exec")))
    for put, target in list(_places(tree)):
        for what, new in changes(target):
            # A copy: parts of the original keep their lines.
            put(ast.fix_missing_locations(ast.copy_location(copy.deepcopy(new), target)))
            try:
                codes = list(_codes(compile(tree, str(path), "exec")))
            except (SyntaxError, ValueError):
                codes = []
            put(target)
            pair = _outermost_difference(original, codes)
            if pair is not None:
                yield Mutant(module, getattr(target, "lineno", 0), what, *pair)


def _places(tree: ast.AST) -> Iterator[tuple[Callable[[ast.AST], None], ast.AST]]:
    """Yield every node of a tree with a function that puts another in its place."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                yield partial(setattr, parent, field), value
            elif isinstance(value, list):
                for i, item in enumerate(value):
                    if isinstance(item, ast.AST):
                        yield partial(value.__setitem__, i), item


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _outermost_difference(old: list[CodeType], new: list[CodeType]) -> tuple[CodeType, CodeType] | None:
    """Return the outermost function that differs: exchanging it exchanges those inside it."""
    if len(old) != len(new):
        return None
    classes = [i for i, code in enumerate(old) if not code.co_flags & 1]  # bodies of classes
    for i, (a, b) in enumerate(zip(old, new, strict=True)):
        if i not in classes and a != b and a.co_freevars == b.co_freevars:
            return a, b
    return None


def law_mutants() -> Iterator[Mutant]:
    """Yield a mutant per premise of every law."""
    from srverify.checker.laws import laws

    for number, (name, law) in enumerate(laws().items(), start=1):
        for i, premise in enumerate(law.premises):
            yield Mutant("laws.txt", number, f"{name} without {premise}", name, i)


# -- running tests on them ---------------------------------------------------------------------------


def exchange(mutant: Mutant) -> bool:
    """Put a mutant in place; tell whether the function was found."""
    if isinstance(mutant.old, str):
        from srverify.checker.laws import laws

        law = laws()[mutant.old]
        rest = tuple(p for i, p in enumerate(law.premises) if i != mutant.new)
        laws()[mutant.old] = replace(law, premises=rest)
        return True
    old, found = mutant.old, False
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and _same(function.__code__, old):
            function.__code__ = mutant.new  # type: ignore[assignment]
            found = True
    return found


def _same(code: CodeType, other: CodeType) -> bool:
    return code.co_filename == other.co_filename and code == other


class Runner:
    """A plugin of pytest that runs the collected tests on mutants instead of once."""

    def __init__(self, mutants: list[Mutant], jobs: int, cap: float) -> None:
        self.mutants, self.jobs, self.cap = mutants, jobs, cap
        self.failed = False
        self.results: dict[int, str] = {}
        # Tests that found something are likely to find more.
        self.killers: Counter[str] = Counter()
        self.shared = tempfile.TemporaryFile("w+")  # noqa: SIM115 - shared with the children

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember failures."""
        self.failed = self.failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure every test once, then run those that matter on every mutant."""
        items = session.items
        entered = self._measured(items)
        running: dict[int, tuple[int, float]] = {}
        queue = list(range(len(self.mutants)))[::-1]
        while queue or running:
            while queue and len(running) < self.jobs:
                index = queue.pop()
                pid = os.fork()
                if pid == 0:
                    self._child(self.mutants[index], items, entered)
                running[pid] = index, time.monotonic()
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid in running:
                index, _ = running.pop(pid)
                self._note(index, os.waitstatus_to_exitcode(status))
                continue
            for pid, (_, started) in running.items():
                if time.monotonic() - started > 3 * self.cap:
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.02)
        return True

    def _note(self, index: int, status: int) -> None:
        mutant = self.mutants[index]
        fate = {0: "SURVIVED", 1: "killed", 2: "never run", 3: "not in place", 4: "capped"}.get(
            status, "killed"
        )
        self.results[index] = fate
        if status == 1:
            self.shared.seek(0)
            killer = self.shared.read()
            self.killers = Counter({test: count * 0.9 for test, count in self.killers.items()})
            self.killers[killer] += 1
        if len(self.results) % 20 == 0:
            print(
                f"{len(self.results)} of {len(self.mutants)}",
                dict(Counter(self.results.values())),
                flush=True,
            )
        if fate != "killed":
            print(f"{fate:12} {mutant.module}:{mutant.line}: {mutant.what}", flush=True)

    def _measured(self, items: list[pytest.Item]) -> dict[str, tuple[float, set[Place]]]:
        """Return for every test its seconds and the functions of the checker that it enters.

        A test that fails on functions that tell where they are, such as one of the depth of recursion,
        is left out.
        """
        read, write = os.pipe()
        if (pid := os.fork()) == 0:
            os.close(read)
            found = {}
            seen: set[Place] = set()
            _make_functions_tell(seen)
            for item in items:
                _clear_caches()
                seen.clear()
                started = time.process_time()
                self._run(item)
                found[item.nodeid] = (time.process_time() - started, set() if self.failed else set(seen))
                self.failed = False
            with os.fdopen(write, "w") as pipe:
                pipe.write(repr(found))
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as pipe:
            found = ast.literal_eval(pipe.read())
        os.waitpid(pid, 0)
        print(f"{sum(not places for _, places in found.values())} tests left out", flush=True)
        return found

    def _run(self, item: pytest.Item) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)

    def _child(self, mutant: Mutant, items: list[pytest.Item], entered: dict) -> None:  # type: ignore[type-arg]
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        if not exchange(mutant):
            os._exit(3)
        if isinstance(mutant.old, str):
            wanted = [item for item in items if any("law" in f for _, f, _ in entered[item.nodeid][1])]
        else:
            key = _place(mutant.old)
            wanted = [item for item in items if key in entered[item.nodeid][1]]
        wanted.sort(key=lambda item: (-self.killers[item.nodeid], entered[item.nodeid][0]))
        end = time.process_time() + self.cap
        for item in wanted:
            self._run(item)
            if self.failed:
                self.shared.seek(0)
                self.shared.write(item.nodeid)
                self.shared.truncate()
                self.shared.flush()
                os._exit(1)
            if time.process_time() > end:
                os._exit(4)
        os._exit(0 if wanted else 2)


def _make_functions_tell(seen: set[Place]) -> None:
    """Have every function of the checker add its place to a set when it is entered."""
    builtins._entered = seen.add  # type: ignore[attr-defined]
    telling: dict[Place, CodeType] = {}
    for path in CHECKER.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        places = iter([_place(code) for code in _codes(compile(tree, str(path), "exec"))])
        # Functions are told apart by their first line; a nested one has its own.
        by_line: dict[int, list[Place]] = {}
        for place in places:
            by_line.setdefault(place[2], []).append(place)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.Lambda):
                line = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
                known = tuple(by_line.get(line, []))
                call = ast.parse(f"[_entered(place) for place in {known!r}]", mode="eval").body
                if isinstance(node, ast.FunctionDef):
                    node.body.insert(0, ast.Expr(call))
                else:
                    node.body = ast.Subscript(
                        ast.Tuple([call, node.body], ast.Load()), ast.Constant(1), ast.Load()
                    )
        code = compile(ast.fix_missing_locations(tree), str(path), "exec")
        telling.update({_place(inner): inner for inner in _codes(code)})
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and "/srverify/checker/" in function.__code__.co_filename:
            new = telling.get(_place(function.__code__))
            if new is not None and new.co_freevars == function.__code__.co_freevars:
                function.__code__ = new


def _place(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _clear_caches() -> None:
    """Forget what functions of the checker remember, so that every test enters what it needs."""
    for name, module in list(sys.modules.items()):
        if name.startswith("srverify.checker"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and name != "srverify.checker.laws":
                    value.cache_clear()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--module",
        action="append",
        help="only mutants of this module (rules, enclosures.interval, …), or of laws.txt",
    )
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--cap", type=float, default=20.0, help="processor seconds of tests per mutant")
    parser.add_argument("--without", default="", help="leave out the tests whose names contain this")
    parser.add_argument("--count", action="store_true", help="only count the mutants")
    arguments = parser.parse_args()
    paths = [path.relative_to(CHECKER).with_suffix("") for path in CHECKER.rglob("*.py")]
    modules = sorted(".".join(path.parts) for path in paths if path.name != "__init__")
    for name in modules:
        importlib.import_module(f"srverify.checker.{name}")
    wanted = arguments.module or [*modules, "laws.txt"]
    mutants = [m for name in wanted if name != "laws.txt" for m in mutants_of(name)]
    mutants += law_mutants() if "laws.txt" in wanted else []
    print(f"{len(mutants)} mutants", dict(Counter(m.module for m in mutants)), flush=True)
    if arguments.count:
        return 0
    chosen = LEFT_OUT + (f" and not {arguments.without}" if arguments.without else "")
    runner = Runner(mutants, arguments.jobs, arguments.cap)
    pytest.main(
        ["-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT), "-s", "-k", chosen, *TESTS],
        plugins=[runner],
    )
    fates = Counter(runner.results.values())
    print(", ".join(f"{count} {fate}" for fate, count in fates.most_common()))
    return 1 if set(fates) - {"killed"} else 0


if __name__ == "__main__":
    sys.exit(main())
