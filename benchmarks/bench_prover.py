"""The arb prover beside CoqInterval's ``interval`` and leancert's ``verify_bound``, in one run.

    python benchmarks/bench_prover.py [--timeout SECONDS] [--corpus]

The common subset are the true rows of the corpus over compact boxes without hypotheses, in operators
that all three know. CoqInterval runs in one ``coqc`` process, so that its start and the loading of its
libraries are not counted; for each goal ``Time`` gives the tactic (bisection on every variable, plain or
with Taylor models, the better one counts) and ``Qed``, without which nothing is proved. The arb
prover and leancert run in this process; importing and starting leancert's checker are not counted, nor
is parsing. Wall time is compared, since that is what a user waits for; the programs run one after the
other on each repetition, and the best of the repetitions counts for each. ``--corpus`` also runs the
arb prover on every row.
"""

from __future__ import annotations

import argparse
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from corpus import ROWS, Row

from srverify import term as t
from srverify.engines.leancert import LeancertEngine, _Translator
from srverify.formula import And, Formula, Relation
from srverify.numerics.prover.solve import prove
from srverify.obligation import Options

REPETITIONS = 3
_TIME = re.compile(r"Tactic call ran for ([0-9.]+) secs|Finished transaction in ([0-9.]+) secs")


class Coq(t.TermWalker[str]):
    """Print terms for CoqInterval."""

    def walk_number(self, value):
        return f"({value.p}/{value.q})" if value.q != 1 else f"({value.p})"

    def walk_variable(self, symbol):
        return symbol.name

    def walk_add(self, *parts):
        return "(" + " + ".join(map(self.walk, parts)) + ")"

    def walk_mul(self, *parts):
        return "(" + " * ".join(map(self.walk, parts)) + ")"

    def walk_neg(self, term):
        return f"(- {self.walk(term)})"

    def walk_div(self, left, right):
        return f"({self.walk(left)} / {self.walk(right)})"

    def walk_power(self, base, exponent):
        if exponent < 0:
            return f"(/ {self.walk(base)} ^ {-exponent})"
        return f"({self.walk(base)} ^ {exponent})"

    def walk_exp(self, term):
        return f"(exp {self.walk(term)})"

    def walk_log(self, term):
        return f"(ln {self.walk(term)})"

    def walk_sqrt(self, term):
        return f"(sqrt {self.walk(term)})"

    def walk_abs(self, term):
        return f"(Rabs {self.walk(term)})"


def relations_of(formula: Formula) -> list[Relation] | None:
    if isinstance(formula, Relation):
        return [formula] if formula.operator != "=" else None
    if isinstance(formula, And):
        parts = [relations_of(part) for part in formula.parts]
        return None if None in parts else [r for part in parts for r in part]
    return None


def common(rows) -> list[Row]:
    found = []
    known = {"number", "variable", "add", "mul", "neg", "div", "power", "exp", "log", "sqrt", "abs"}
    for row in rows:
        statement = row.statement
        compact = all(
            v.domain.lower is not None and v.domain.upper is not None for v in statement.variables
        )
        if (
            row.true
            and compact
            and not statement.hypotheses
            and not any(v.domain.natural for v in statement.variables)
            and statement.operators <= known
            and relations_of(statement.goal)
        ):
            found.append(row)
    return found


def coq_goal(row: Row) -> str:
    statement, coq = row.statement, Coq()
    names = [v.name for v in statement.variables]
    bounds = "".join(
        f"{coq.walk(v.domain.lower)} <= {v.name} <= {coq.walk(v.domain.upper)} -> "
        for v in statement.variables
    )
    goal = " /\\ ".join(
        f"{coq.walk(r.left)} {r.operator} {coq.walk(r.right)}" for r in relations_of(statement.goal)
    )
    quantifier = f"forall {' '.join(names)} : R, " if names else ""
    bisect = ", ".join(f"i_bisect {name}" for name in names)
    sharper = f"i_taylor {names[0]}" if len(names) == 1 else f"i_autodiff {names[0]}" if names else ""
    options = (
        [f" with ({bisect}, i_depth 40)", f" with ({bisect}, {sharper}, i_depth 40)"] if names else [""]
    )
    return quantifier + bounds + goal, options


def run_coq(rows, timeout: float) -> dict[str, float | None]:
    """Try plain bisection and bisection with Taylor models (or derivatives); the better one counts."""
    plain, sharper = (_run_coq(rows, timeout, mode) for mode in (0, -1))
    return {row.id: best([plain, sharper], row.id) for row in rows}


def _run_coq(rows, timeout: float, mode: int) -> dict[str, float | None]:
    """Find the rows that the tactic decides, then time it on them together with ``Qed``."""
    decided = _coq_times(rows, timeout, mode, "Abort.")
    kept = [row for row in rows if decided.get(row.id) is not None]
    return _coq_times(kept, timeout, mode, "Time Qed.")


def _coq_times(rows, timeout: float, mode: int, ending: str) -> dict[str, float | None]:
    lines = ["Require Import Reals.", "From Interval Require Import Tactic.", "Open Scope R_scope."]
    for row in rows:
        goal, options = coq_goal(row)
        lines += [
            f"Goal {goal}.",
            "intros; repeat split.",
            f'all: idtac "ROW {row.id}".',
            f'Time all: (timeout {math.ceil(timeout)} interval{options[mode]}) || idtac "FAILED".',
            ending,
        ]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bench.v"
        source.write_text("\n".join(lines) + "\n")
        done = subprocess.run(
            ["coqc", str(source)], cwd=folder, capture_output=True, text=True, check=False
        )
    found: dict[str, float | None] = {}
    current, failed = "", False
    for line in done.stdout.splitlines():
        if line.startswith("ROW "):
            current, failed = line[4:].strip(), False
        elif "FAILED" in line:
            failed = True
        elif (match := _TIME.search(line)) and current:
            seconds = float(match.group(1) or match.group(2))
            found[current] = None if failed else (found.get(current) or 0.0) + seconds
    if len(found) < len(rows):
        print(done.stderr[-2000:], file=sys.stderr)
    return found


def run_arb(rows, timeout: float) -> dict[str, float | None]:
    found = {}
    for row in rows:
        statement = row.statement
        start = time.perf_counter()
        result = prove(statement, Options(timeout=timeout))
        seconds = time.perf_counter() - start
        right = result.status == ("proved" if row.true else "refuted")
        found[row.id] = seconds if right else None
    return found


def run_leancert(rows, timeout: float) -> dict[str, float | None]:
    """Ask ``verify_bound`` for the whole box, and halve it like a user would, within the same limit."""
    import leancert
    from leancert.exceptions import BridgeError

    found = {}
    with leancert.Solver() as solver:
        solver.verify_bound(leancert.var("x"), {"x": (0, 1)}, lower=-1)  # starts the checker
        for row in rows:
            start = time.perf_counter()
            try:
                decided = _verified(solver, leancert, row, start + timeout)
            except BridgeError:
                decided = False  # its process ended; the next call starts another
            found[row.id] = time.perf_counter() - start if decided else None
    return found


def _verified(solver, leancert, row: Row, deadline: float) -> bool:
    translator = _Translator(leancert)
    domain = {
        v.name: (Fraction(int(v.domain.lower.p), int(v.domain.lower.q)),
                 Fraction(int(v.domain.upper.p), int(v.domain.upper.q)))
        for v in row.statement.variables
    }  # fmt: skip
    for relation in relations_of(row.statement.goal):
        expression = translator.walk(relation.right) - translator.walk(relation.left)
        lower = Fraction(0) if relation.operator == "<=" else Fraction(1, 10**9)
        stack = [domain or {"x": (Fraction(0), Fraction(0))}]
        while stack:
            box = stack.pop()
            if time.perf_counter() > deadline:
                return False
            found = solver.verify_bound(expression, box, lower=lower)
            if isinstance(found, leancert.Verified):
                continue
            name = max(box, key=lambda key: box[key][1] - box[key][0])
            low, high = box[name]
            if high - low < Fraction(1, 1 << 20):
                return False
            middle = (low + high) / 2
            stack += [{**box, name: (low, middle)}, {**box, name: (middle, high)}]
    return True


def best(runs: list[dict[str, float | None]], name: str) -> float | None:
    values = [run[name] for run in runs if run.get(name) is not None]
    return min(values) if values else None


def shown(value: float | None) -> str:
    return "      --" if value is None else f"{1000 * value:8.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--timeout", type=float, default=10.0)
    parser.add_argument("--corpus", action="store_true")
    options = parser.parse_args()
    rows = common(ROWS)
    runners = {"arb": run_arb}
    if shutil.which("coqc"):
        runners["interval"] = run_coq
    if LeancertEngine().probe().available:
        runners["leancert"] = run_leancert
    results = {name: [] for name in runners}
    for _ in range(REPETITIONS):
        for name, run in runners.items():
            results[name].append(run(rows, options.timeout))
    print(f"common subset: {len(rows)} rows, ms, best of {REPETITIONS}, limit {options.timeout} s")
    print(f"{'row':24s}" + "".join(f"{name:>10s}" for name in runners))
    table = {row.id: {name: best(results[name], row.id) for name in runners} for row in rows}
    for name, values in table.items():
        print(f"{name:24s}" + "".join(f"  {shown(value)}" for value in values.values()))
    for name in runners:
        decided = [values[name] for values in table.values() if values[name] is not None]
        print(
            f"{name}: {len(decided)} of {len(rows)} decided,"
            f" median {1000 * statistics.median(decided):.1f} ms"
        )
        both = [v for v in table.values() if v[name] is not None and v["arb"] is not None]
        if name != "arb" and both:
            ratios = [v[name] / v["arb"] for v in both]
            mean = math.exp(statistics.fmean(map(math.log, ratios)))
            total = sum(v[name] for v in both) / sum(v["arb"] for v in both)
            print(
                f"  arb is {mean:.1f}x faster than {name} per row (geometric mean of {len(both)} rows;"
                f" median {statistics.median(ratios):.1f}x, in total {total:.1f}x)"
            )
    if options.corpus:
        times = run_arb(ROWS, 30.0)
        decided = [value for value in times.values() if value is not None]
        print(f"corpus: {len(decided)} of {len(ROWS)} decided as expected, median"
              f" {1000 * statistics.median(decided):.1f} ms, not decided:"
              f" {[name for name, value in times.items() if value is None]}")  # fmt: skip


if __name__ == "__main__":
    main()
