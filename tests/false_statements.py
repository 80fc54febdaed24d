"""False statements by construction.

They are false only at irrational or algebraic points, on curves, at infinity, at cusps, where something
is undefined, or by 10^-30.

Each is made of a *seed*, a term that is nonnegative but not positive on its domain (or positive, with a
limit 0), and of disguises that keep that: other terms that vanish there too are added, positive factors
multiplied, terms written out, hypotheses and cases put around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from srverify.language.statement import Statement

Variables = dict[str, str]

#: Terms in x with a simple root in (0, 3) that no rational is, and one of each kind at a rational.
ROOTS = (
    "x^2 - 2", "x^3 - 2", "x^3 - 3*x + 1", "x^5 - x - 1", "exp(x) - 2", "exp(x) - 3", "log(x + 1) - 1/2",
    "x*exp(x) - 1", "x - exp(-x)", "x - sqrt(2)", "x^2 + x - 1", "exp(-x) - x^2", "x - 1/3", "3*x - 4",
)  # fmt: skip
#: Terms in x and y that vanish on a curve through [0, 2] x [0, 2] (or in one point of it).
CURVES = (
    "x^2 + y^2 - 2",
    "y - exp(x) + 1",
    "x*y - 1/3",
    "y^2 - x",
    "y - x",
    "x^3 + y^3 - 3*x*y/2",
    "y - log(x + 1)",
)
#: Positive terms that tend to 0 as x tends to infinity.
VANISHING = (
    "exp(-x)",
    "1/(1 + x)",
    "log(1 + 1/(1 + x))",
    "1/(x^2 + 1)",
    "x*exp(-x) + exp(-x)",
    "1 - x/(1 + x)",
)
#: Even functions that vanish at 0 only: smooth, with a corner, with a cusp.
BOWLS = (
    "({})^2",
    "abs({})",
    "(({})^2)^(1/3)",
    "sqrt(({})^2)",
    "exp(({})^2) - 1",
    "max({}, -({}))",
    "({})^4",
)
#: Positive factors.
FACTORS = ("exp(x)", "(1 + x^2)", "1/(2 + x^2)", "(3 + x)/2", "sqrt(1 + x^2)", "log(3 + x)")


def _bowl(random: Random, term: str) -> str:
    shape = random.choice(BOWLS)
    return shape.format(*[term] * shape.count("{}"))


def _root(random: Random) -> tuple[str, Variables]:
    return _bowl(random, random.choice(ROOTS)), {"x": "[0, 3]"}


def _curve(random: Random) -> tuple[str, Variables]:
    return _bowl(random, random.choice(CURVES)), {"x": "[0, 2]", "y": "[0, 2]"}


def _point(random: Random) -> tuple[str, Variables]:
    one, other = (
        random.choice(ROOTS),
        random.choice(ROOTS).replace("exp", "#").replace("x", "y").replace("#", "exp"),
    )
    return f"{_bowl(random, one)} + {_bowl(random, other)}", {"x": "[0, 3]", "y": "[0, 3]"}


def _infinity(random: Random) -> tuple[str, Variables]:
    return random.choice(VANISHING), {"x": "[0, oo)"}


def _natural(random: Random) -> tuple[str, Variables]:
    return _bowl(random, f"x - {random.randrange(40)}"), {
        "x": random.choice(["natural", "natural [0, 40]"])
    }


def _claims(random: Random, seed: str, at_infinity: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield a false claim about a seed, and hypotheses."""
    hair = random.choice(["1/10^30", "1/10^12", "1/1000"])
    yield f"{seed} > {hair}", []
    if at_infinity:
        return
    yield f"{seed} > 0", []
    yield f"-({seed}) < 0", []
    yield f"1/({seed}) > 0", []
    yield f"({seed})/({seed}) = 1", []
    yield f"log({seed}) <= 100 + ({seed})", []
    yield "1 = 2", [f"{seed} <= 0"]
    yield f"{seed} >= {hair}", [f"{seed} <= 1"]
    yield f"{seed} > 0 or {seed} < 0", []
    yield f"x < -1 or {seed} >= {hair}", []
    yield f"{seed} = {seed} + ({seed})/({seed}) - 1", []


def _disguised(random: Random, seed: str, at_infinity: bool) -> str:
    for _ in range(random.randrange(3)):
        # What tends to 0 need not do so times a factor.
        choice = random.randrange(1 if at_infinity else 0, 4)
        if choice == 0:
            seed = f"{random.choice(FACTORS)}*({seed})"
        elif choice == 1:
            seed = f"{seed} + ({seed})^2"
        elif choice == 2:
            seed = f"exp({seed}) - 1"
        else:
            seed = f"log(1 + ({seed}))"
    return seed


KINDS: dict[str, Callable[[Random], tuple[str, Variables]]] = {
    "root": _root, "curve": _curve, "point": _point, "infinity": _infinity, "natural": _natural,
}  # fmt: skip


def false_statements(seed: int) -> Iterator[tuple[str, Statement]]:
    """Yield false statements for ever, each with its kind."""
    random = Random(seed)
    while True:
        kind = random.choice(list(KINDS))
        term, variables = KINDS[kind](random)
        term = _disguised(random, term, kind == "infinity")
        show, given = random.choice(list(_claims(random, term, kind == "infinity")))
        yield kind, Statement.parse(show, given, variables)
