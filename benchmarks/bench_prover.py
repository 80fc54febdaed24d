"""The arb prover beside CoqInterval's ``interval`` and leancert's ``verify_bound``, in one run.

    python benchmarks/bench_prover.py [--timeout SECONDS] [--corpus]

The common subset are the true rows of the corpus over compact boxes without hypotheses, in operators
that all three know. CoqInterval runs in one ``coqc`` process, so that its start, the loading of its
libraries and the first use of a function are not counted; for each goal ``Time`` gives the tactic
(bisection on every variable, plain or with Taylor models or derivatives, or none; the best counts) and
``Qed``, without which nothing is proved. The arb prover and leancert run in this process; importing
and starting leancert's checker are not counted, nor is parsing. Wall time is what a user waits for;
beside it stands the processor time of the arb prover and of ``interval`` (leancert's checker is
another process), which says more on a busy machine. The programs run one after the other on each
repetition, and the best of the repetitions counts for each; each starts at another row, so that a
garbage collection does not always meet the same one. ``--corpus`` also runs the arb prover on every
row.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from corpus import ROWS, Row

from srverify.engines.leancert import LeancertEngine, _Translator
from srverify.language import term as t
from srverify.language.formula import And, Formula, Relation
from srverify.numerics.prover.solve import prove

REPETITIONS = 3
_TIME = re.compile(
    r"(?:Tactic call ran for|Finished transaction in) ([0-9.]+) secs \(([0-9.]+)u,([0-9.]+)s\)"
)
#: Proved before the clock runs, so that no row pays for a function's first use.
_WARM_UP = (
    "sqrt 2 + exp 1 + ln 2 - Rabs (1 / 3) <= 6",
    "forall x, 1 <= x <= 2 -> sqrt x + exp x + ln x - Rabs (1 / x) <= 10",
)
#: Rows on which the arb prover is less than this much faster than CoqInterval are named.
_GOAL = 5.0


@dataclass(frozen=True)
class Spent:
    """Seconds of wall and of processor time."""

    wall: float
    processor: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.processor + other.processor)


Times: TypeAlias = dict[str, Spent | None]


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


def coq_goal(row: Row) -> tuple[str, list[str]]:
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
    options = [""]
    if names:
        options += [f" with ({bisect}, i_depth 40)", f" with ({bisect}, {sharper}, i_depth 40)"]
    return quantifier + bounds + goal, options


def run_coq(rows, timeout: float) -> Times:
    """Try no options, bisection, and bisection with Taylor models (or derivatives); the best counts."""
    runs = [_run_coq(rows, timeout, mode) for mode in range(3)]
    return {row.id: best(runs, row.id) for row in rows}


def _run_coq(rows, timeout: float, mode: int) -> Times:
    """Find the rows that the tactic decides, then time it on them together with ``Qed``."""
    able = [row for row in rows if mode < len(coq_goal(row)[1])]
    decided = _coq_times(able, timeout, mode, "Abort.")
    kept = [row for row in able if decided.get(row.id) is not None]
    return _coq_times(kept, timeout, mode, "Time Qed.")


def _coq_times(rows, timeout: float, mode: int, ending: str) -> Times:
    lines = ["Require Import Reals.", "From Interval Require Import Tactic.", "Open Scope R_scope."]
    lines += [f"Goal {goal}. intros; interval. Qed." for goal in _WARM_UP]
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
    found: Times = {}
    current, failed = "", False
    for line in done.stdout.splitlines():
        if line.startswith("ROW "):
            current, failed = line[4:].strip(), False
        elif "FAILED" in line:
            failed = True
        elif (match := _TIME.search(line)) and current:
            wall, user, system = map(float, match.groups())
            spent = Spent(wall, user + system)
            found[current] = None if failed else (found.get(current) or Spent(0.0, 0.0)) + spent
    if len(found) < len(rows):
        print(done.stderr[-2000:], file=sys.stderr)
    return found


def run_arb(rows, timeout: float) -> Times:
    found = {}
    for row in rows:
        statement = row.statement
        wall, processor = time.perf_counter(), time.process_time()
        result = prove(statement, timeout=timeout)
        spent = Spent(time.perf_counter() - wall, time.process_time() - processor)
        right = result.status == ("proved" if row.true else "refuted")
        found[row.id] = spent if right else None
    return found


def run_leancert(rows, timeout: float) -> Times:
    """Ask ``verify_bound`` for the whole box, and halve it like a user would, within the same limit."""
    import leancert
    from leancert.exceptions import BridgeError

    found = {}
    solver = _started(leancert)
    for row in rows:
        start = time.perf_counter()
        try:
            decided = _verified(solver, leancert, row, start + timeout)
        except (BridgeError, OSError):
            # Its process ended, or is about to; a pipe that broke cannot be closed in order.
            decided = False
            with contextlib.suppress(OSError):
                solver.close()
            solver = _started(leancert)
        wall = time.perf_counter() - start
        found[row.id] = Spent(wall, math.nan) if decided else None
    solver.close()
    return found


def _started(leancert):
    """Return a solver whose checker runs already."""
    solver = leancert.Solver()
    solver.verify_bound(leancert.var("x"), {"x": (0, 1)}, lower=-1)
    return solver


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


def best(runs: list[Times], name: str) -> Spent | None:
    values = [spent for run in runs if (spent := run.get(name)) is not None]
    if not values:
        return None
    return Spent(min(v.wall for v in values), min(v.processor for v in values))


def shown(value: float | None) -> str:
    if value is None:
        return f"{'--':>10s}"
    return f"{'':10s}" if math.isnan(value) else f"{1000 * value:10.1f}"


def comparison(table: dict[str, dict[str, Spent | None]], name: str, clock: str) -> str | None:
    """Return how much faster the arb prover is on the rows that both decide, by one clock."""
    ratios = {}
    total = [0.0, 0.0]
    for row, values in table.items():
        arb, other = values["arb"], values[name]
        if arb is None or other is None:
            continue
        spent, theirs = getattr(arb, clock), getattr(other, clock)
        if math.isnan(theirs):
            return None
        ratios[row] = theirs / spent
        total = [total[0] + spent, total[1] + theirs]
    if not ratios:
        return None
    mean = math.exp(statistics.fmean(math.log(max(ratio, 1e-3)) for ratio in ratios.values()))
    slow = [f"{row} {ratio:.1f}x" for row, ratio in ratios.items() if ratio < _GOAL]
    return (
        f"  by {clock} time arb is {mean:.1f}x faster than {name} per row (geometric mean of"
        f" {len(ratios)} rows; median {statistics.median(ratios.values()):.1f}x, least"
        f" {min(ratios.values()):.1f}x, in total {total[1] / total[0]:.1f}x);"
        f" below {_GOAL:.0f}x: {', '.join(slow) or 'none'}"
    )


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
    results: dict[str, list[Times]] = {name: [] for name in runners}
    for repetition in range(REPETITIONS):
        first = repetition * len(rows) // REPETITIONS
        for name, run in runners.items():
            results[name].append(run(rows[first:] + rows[:first], options.timeout))
    print(f"common subset: {len(rows)} rows, best of {REPETITIONS}, limit {options.timeout} s")
    print("wall and processor time in ms")
    print(f"{'row':22s}" + "".join(f"{name:>14s}{'':6s}" for name in runners))
    table = {row.id: {name: best(results[name], row.id) for name in runners} for row in rows}
    for row, values in table.items():
        cells = [
            shown(None if spent is None else getattr(spent, clock))
            for spent in values.values()
            for clock in ("wall", "processor")
        ]
        print(f"{row:22s}" + "".join(cells))
    for name in runners:
        decided = [spent.wall for values in table.values() if (spent := values[name]) is not None]
        print(
            f"{name}: {len(decided)} of {len(rows)} decided,"
            f" median {1000 * statistics.median(decided):.1f} ms"
        )
        for clock in ("wall", "processor") if name != "arb" else ():
            if (line := comparison(table, name, clock)) is not None:
                print(line)
    if options.corpus:
        times = run_arb(ROWS, 30.0)
        decided = [spent.wall for spent in times.values() if spent is not None]
        print(
            f"corpus: {len(decided)} of {len(ROWS)} decided as expected, median"
            f" {1000 * statistics.median(decided):.1f} ms, slowest {max(decided):.1f} s, not decided:"
            f" {[name for name, spent in times.items() if spent is None]}"
        )


if __name__ == "__main__":
    main()
