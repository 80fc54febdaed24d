"""Functions of several variables bounded by rational functions of the same argument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text, parse_term
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Node, Proposal, expand, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import plain
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import linear_parts
from srverify.numerics.tactics.shifting import is_mixed

_SLOT = t.variable("a")


@dataclass(frozen=True)
class _Bound:
    """What a function is at least, or at most, where its argument is in a domain with one end."""

    end: int
    upwards: bool
    term: Term

    @property
    def domain(self) -> str:
        return f"[{self.end}, oo)" if self.upwards else f"(-oo, {self.end}]"


#: By function and side (1: what it is at least): the end of the domain, its direction, the bound.
_TABLE = {
    ("log", 1): ((1, 1, "2*(a - 1)/(a + 1)"), (1, -1, "(a - 1/a)/2")),
    ("log", -1): ((1, 1, "(a - 1/a)/2"), (1, -1, "2*(a - 1)/(a + 1)")),
    ("exp", 1): ((0, 1, "1 + a + a^2/2"), (0, -1, "1 + a + a^2/2 + a^3/6"), (0, -1, "(2 + a)/(2 - a)")),
    ("exp", -1): ((0, -1, "1 + a + a^2/2"), (0, -1, "1/(1 - a + a^2/2)")),
    ("sin", 1): ((0, 1, "a - a^3/6"), (0, -1, "a")),
    ("sin", -1): ((0, 1, "a"), (0, -1, "a - a^3/6")),
    ("cos", 1): ((0, 1, "1 - a^2/2"), (0, -1, "1 - a^2/2")),
    ("cos", -1): ((0, 1, "1 - a^2/2 + a^4/24"), (0, -1, "1 - a^2/2 + a^4/24")),
    ("atan", 1): ((0, 1, "3*a/(3 + a^2)"), (0, -1, "a")),
    ("atan", -1): ((0, 1, "a"), (0, -1, "3*a/(3 + a^2)")),
    ("tanh", 1): ((0, 1, "3*a/(3 + a^2)"), (0, -1, "a")),
    ("tanh", -1): ((0, 1, "a"), (0, -1, "3*a/(3 + a^2)")),
    ("sinh", 1): ((0, 1, "a + a^3/6"),),
    ("sinh", -1): ((0, -1, "a + a^3/6"),),
    ("cosh", 1): ((0, 1, "1 + a^2/2"), (0, -1, "1 + a^2/2")),
}
#: They are at least, or at most, what the tables say.
_FUNCTIONS = tuple(dict.fromkeys(name for name, _ in _TABLE))


@lru_cache(maxsize=1)
def _bounds() -> dict[tuple[str, int], tuple[_Bound, ...]]:
    names = {"a": _SLOT}
    return {
        key: tuple(_Bound(end, side > 0, parse_term(text, names)) for end, side, text in rows)
        for key, rows in _TABLE.items()
    }


def by_approximants(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``0 <= p*f(u) + r`` by ``b(u) <= f(u)``, b rational, u a term of several variables.

    The bounds, inequalities of one variable each, are proved anew where they are used. What is left must
    seem to hold, and have functions of one variable only.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    for atom, p, r in linear_parts(f, _FUNCTIONS):
        (u,) = atom.arguments
        direction = sign(p, sequent)
        if len(t.symbols_of(u)) < 2 or direction not in (1, -1):
            continue
        if any(is_mixed(n) for part in (p, r) for n in t.subterms(part)):
            continue
        for bound in _bounds().get((atom.operator, direction), ()):
            apart = t.sub(u, t.number(bound.end))
            if sign(apart if bound.upwards else t.neg(apart), sequent) not in (0, 1):
                continue
            value = t.substitute(bound.term, {_SLOT: u})
            rest = t.add(t.mul(p, value), r)
            if sign(rest, sequent) not in (0, 1):
                continue
            found = _shown(driver, sequent, depth, atom, value, bound, p, plain(rest))
            if found is not None:
                yield found, -1
                return


def _shown(
    driver: Driver,
    sequent: Sequent,
    depth: int,
    atom: Term,
    value: Term,
    bound: _Bound,
    p: Term,
    rest: Term,
) -> Node | None:
    goal, last = relation(sequent), len(sequent.hypotheses)
    assert goal is not None
    up = sign(p, sequent) == 1
    (u,) = atom.arguments
    said = Relation("<=", value, atom) if up else Relation("<=", atom, value)
    left = Relation(goal.operator, t.ZERO, rest)
    have: Node = {"rule": "have", "formula": formula_text(said)}
    name = fresh(sequent, "v")
    general: Node = {"rule": "generalize", "term": str(u), "name": name, "domain": bound.domain}
    weight = p if up else t.neg(p)
    try:
        alone, wider = expand(sequent, have)
    except (RejectedError, ValueError):
        return None
    node = driver.chain(
        wider,
        [
            {"rule": "have", "formula": formula_text(left)},
            combined((1, ["hyp", last], ["nonneg", str(weight)]), (1, ["hyp", last + 1])),
        ],
        # It costs no depth: what is left has a function less.
        depth,
    )
    if node is None:
        return None
    proof = driver.apply(alone, general, depth)
    return None if proof is None else {**have, "children": [proof, node]}


__all__ = ["by_approximants"]
