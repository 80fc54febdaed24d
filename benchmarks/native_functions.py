"""What z3's and cvc5's own exp, log, sine, … are worth: random statements, each answer checked.

    python benchmarks/native_functions.py [--statements N] [--seed S] [--solver z3 cvc5] [--seconds T]

Two kinds of statement alternate. A *planted* one is false at a point that is known before the solver is
asked: its threshold is the value there, moved by a margin between 10^-1 and 10^-12, and our own ball
arithmetic confirms the point. A *drawn* one has a random threshold. The statement is written as the
engines write it (definedness spelled out, arguments kept inside the domains), without lemma instances,
so that only the solver's own knowledge counts. ``unsat`` is wrong on a planted statement, and on a drawn
one that the arb prover refutes or that a random point violates; it is *confirmed* where the arb prover
proves the same, and open otherwise. ``sat`` is confirmed where the model, or a point near it, violates
the statement by our own evaluation, and *unconfirmed* otherwise. The last line is what the trust in
native answers rests on (``srverify.engines.smt_native``); a wrong ``unsat`` is printed in full, and ends
the run with status 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from srverify.emit.smtlib import Encoder
from srverify.engines.smt_native import bounded, known_natively
from srverify.engines.smt_witness import verified_witness
from srverify.language.errors import SrverifyError
from srverify.language.parser import parse_term
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import evaluate, violates
from srverify.numerics.clock import Clock
from srverify.numerics.prover.solve import prove

FUNCTIONS = ("exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "sqrt")
#: Random points at which a drawn statement is tried.
POINTS = 40


@dataclass(frozen=True)
class Drawn:
    """A statement, and the point at which it is known to fail, if it is planted."""

    statement: Statement
    point: dict[str, Fraction] | None


def _term(rng: random.Random, leaves: int) -> str:
    if leaves == 1:
        return rng.choice(
            ["x", "x", "y", "x", str(rng.randint(1, 4)), f"{rng.randint(1, 9)}/{rng.randint(2, 9)}"]
        )
    kind = rng.random()
    if kind < 0.5:
        return f"{rng.choice(FUNCTIONS)}({_term(rng, leaves - 1)})"
    left = rng.randint(1, leaves - 1)
    a, b = _term(rng, left), _term(rng, max(1, leaves - left))
    return f"({a} {rng.choice('++--**/')} {b})"


def _box(rng: random.Random, point: dict[str, Fraction]) -> dict[str, str]:
    domains = {}
    for name, at in point.items():
        width = Fraction(rng.choice([1, 1, 3, 10, 1000]), rng.choice([1, 4, 100]))
        domains[name] = rng.choice(["real", f"[{at - width}, {at + 2 * width}]", f"[{at - width}, oo)"])
    return domains


def drawn(rng: random.Random) -> Iterator[Drawn]:
    """Yield planted and drawn statements in turn, without end."""
    planted = False
    while True:
        planted = not planted
        text = _term(rng, rng.randint(2, 5))
        if not set("xy") & set(text.replace("exp", "")):
            continue
        names = [name for name in "xy" if name in text.replace("exp", "")]
        point = {name: Fraction(rng.randint(-400, 400), rng.choice([1, 2, 10, 97])) for name in names}
        try:
            threshold = _threshold(rng, text, point, planted)
            relation = f"{text} {rng.choice(['<', '<=', '>', '>='])} {threshold}"
            domains = _box(rng, point)
            statement = Statement.parse(relation, (), domains)
            if planted and not violates(statement, point):
                relation = relation.translate(str.maketrans("<>", "><"))
                statement = Statement.parse(relation, (), domains)
                if not violates(statement, point):
                    continue
        except (SrverifyError, ArithmeticError, ValueError):
            continue
        yield Drawn(statement, point if planted else None)


def _threshold(rng: random.Random, text: str, point: dict[str, Fraction], planted: bool) -> str:
    if not planted:
        return str(Fraction(rng.randint(-60, 60), rng.choice([1, 2, 10])))
    value = evaluate(parse_term(text, dict.fromkeys(point, "real")), point)
    if not value.defined or not abs(value.ball) < 10**6:
        raise ValueError(text)
    exact = Fraction(value.ball.mid().str(20, radius=False))
    return str(exact + rng.choice([-1, 1]) * Fraction(1, 10 ** rng.randint(1, 12)))


def judged(found: Drawn, result: str, model: dict[str, Fraction], rng: random.Random) -> str:
    """Return what an answer is worth."""
    statement = found.statement
    if result == "sat":
        near = {v.name: model.get(v.name, Fraction(0)) for v in statement.variables}
        return "sat, confirmed" if verified_witness(statement, near) else "sat, unconfirmed"
    if result != "unsat":
        return "unknown"
    if found.point is not None:
        return "WRONG unsat (planted)"
    for _ in range(POINTS):
        point = {v.name: Fraction(rng.randint(-900, 900), 97) for v in statement.variables}
        if violates(statement, point):
            return "WRONG unsat (a random point)"
    status = str(prove(statement, timeout=1.0).status)
    names = {"proved": "unsat, confirmed", "refuted": "WRONG unsat (refuted by arb)"}
    return names.get(status, "unsat, open")


def run(solver: str, statements: int, seed: int, seconds: float, progress: bool = False) -> Counter[str]:
    """Ask one solver about so many random statements, and count what its answers are worth."""
    rng, counts, begun = random.Random(seed), Counter[str](), time.monotonic()
    source = drawn(rng)
    while sum(counts.values()) < statements:
        found = next(source)
        try:
            functions = {function for function, _ in Encoder(found.statement).constants}
            known = known_natively(solver, functions)
            if not functions or set(known) != functions:
                continue
            encoder = Encoder(found.statement, native=known)
        except SrverifyError:
            continue
        answer = bounded(solver, Clock.after(seconds))(encoder.text, seconds, 0)
        model = {name: answer.model[at] for name, at in encoder.symbols.items() if at in answer.model}
        verdict = judged(found, answer.result, model, rng)
        counts[verdict] += 1
        if verdict.startswith("WRONG"):
            at = ", ".join(f"{name} = {value}" for name, value in (found.point or {}).items())
            print(f"{solver}: {verdict}: {found.statement.text}  at {at or 'see above'}", flush=True)
        if progress and sum(counts.values()) % 500 == 0:
            print(
                f"{solver}: {time.monotonic() - begun:.0f} s {dict(counts)}", file=sys.stderr, flush=True
            )
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--solver", nargs="+", default=["z3", "cvc5"])
    parser.add_argument("--seconds", type=float, default=0.3)
    options = parser.parse_args()
    wrong = 0
    for solver in options.solver:
        counts = run(solver, options.statements, options.seed, options.seconds, progress=True)
        print(f"{solver}: {sum(counts.values())} statements, seed {options.seed}")
        for verdict, number in counts.most_common():
            print(f"  {number:6d}  {verdict}")
        wrong += sum(number for verdict, number in counts.items() if verdict.startswith("WRONG"))
    print(f"wrong unsat: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
