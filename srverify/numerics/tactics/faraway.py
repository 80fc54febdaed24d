"""Goals in several variables that are plain far away: functions above 0 are left out there.

For ``f = P + g`` with P above 0 and g rational, f is above 0 where g is at least 0. If that is so
wherever a variable is large, the rest of the range has an end in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from srverify.checker.check import expand
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.covering import by_cover, compact
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import samples, sign, value_at
from srverify.numerics.tactics.forms import expanded, factored, is_rational, is_zero
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.planes import summands
from srverify.numerics.tactics.tangents import least_point

#: No end is sought beyond; the next power of 2 is one if it is larger than what is seen by this factor.
_FAR, _ROOM = 64, 1.25
#: How many boxes may cover what is not far away.
_BOXES = 2000
#: Values below this are below 0.
_NOISE = 1e-9


def by_far_ends(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Leave out values of Gamma where the rest will do, and find ends of ranges where it will not."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2 or depth < 2:
        return
    endless = [v for v in sequent.variables if v.domain.upper is None and not v.domain.natural]
    parts = summands(difference(goal))
    rational = [s for s in parts if is_rational(s)]
    others = [s for s in parts if not is_rational(s)]
    if not endless or not rational or not others or any(sign(s, sequent) != 1 for s in others):
        return
    g = t.add(*rational)
    if sign(g, sequent) is not None or any(_exponential(s) is None for s in others):
        return
    lowest = least_point(sequent, difference(goal))
    if lowest is not None and value_at(difference(goal), lowest)[0] < -_NOISE:
        # It fails there.
        yield NOTHING_ELSE
        return
    head: Node = {"rule": "cases", "on": f"0 <= {g}"}
    children = expand(sequent, head)
    last = len(sequent.hypotheses)
    ends = _ends(children[-1], [v.name for v in endless])
    if ends is None:
        return
    near: list[Link] = []
    for name, end in ends.items():
        near += [
            {"rule": "have", "formula": f"{name} < {end}"},
            {"rule": "absorb", "hyp": last + 1},
        ]
    covered = _covered(driver, children[-1], near, g, others)
    far = combined((1, ["hyp", last]), *((1, ["pos", str(s)]) for s in others))
    proofs = [driver.prove(child, 1) for child in children[:-2]]
    proofs.append(driver.chain(children[-2], [far], depth - 1))
    if None not in proofs:
        proofs.append(driver.chain(children[-1], [*near, *covered], depth - 1))
    if None not in proofs:
        yield {**head, "children": proofs}, -1


def _covered(
    driver: Driver, sequent: Sequent, near: list[Link], g: Term, parts: list[Term]
) -> list[Link]:
    """Return the steps that show a goal by boxes, products of Gamma written by one exponential.

    Its slopes are differences of digamma, where those of the factors are far from each other.
    """
    for link in near:
        assert isinstance(link, dict)
        sequent = expand(sequent, link)[-1]
    goal, whole = relation(sequent), factored(g)
    if goal is None or whole is None or not compact(sequent):
        return []
    below = whole.divisor
    written = [_exponential(t.mul(s, below)) for s in parts]
    if None in written or sign(below, sequent) != 1:
        return []
    last = len(sequent.hypotheses)
    links: list[Link] = [
        {"rule": "have", "formula": f"{new} <= ({below})*({s})"}
        for s, new in zip(parts, written, strict=True)
    ]
    above = expanded(t.mul(g, below))
    new_goal = " + ".join(f"({part})" for part in (above, *written))
    have: Node = {"rule": "have", "formula": f"0 {goal.operator} {new_goal}"}
    links = [have, *links]
    whole_box = expand(sequent, have)[0]
    proof = _halved(driver, whole_box) or _by_boxes(driver, whole_box)
    if proof is None:
        return []
    driver.remember(whole_box, 1, proof)
    places = range(last, last + len(links))
    return [*links, {**combined(*((1, ["hyp", place]) for place in places)), "k": str(below)}]


def _by_boxes(driver: Driver, sequent: Sequent) -> Node | None:
    return next((node for node, _ in by_cover(_BOXES)(driver, sequent, 1)), None)


def _halved(driver: Driver, sequent: Sequent) -> Node | None:
    """Cover one half of a box if the goal is the same in two variables, and turn the proof over."""
    goal, forget = relation(sequent), {"rule": "weaken", "drop": list(range(len(sequent.hypotheses)))}
    first, second, *_ = sequent.variables
    x, y = first.symbol, second.symbol
    if goal is None or first.domain != second.domain:
        return None
    turned = Relation(
        goal.operator, *(t.substitute(side, {x: y, y: x}) for side in (goal.left, goal.right))
    )
    if not is_zero(t.sub(difference(goal), difference(turned))):
        return None
    alone = sequent.keeping(lambda *_: False)
    head: Node = {"rule": "cases", "on": f"{x} <= {y}"}
    below, above = expand(alone, head)
    half = _by_boxes(driver, below)
    if half is None:
        return None
    driver.remember(below, 1, half)
    links: list[Link] = [
        ({"rule": "have", "formula": f"{y} <= {x}"}, combined((1, ["hyp", 0]))),
        {"rule": "weaken", "drop": [0]},
        {"rule": "rewrite", "goal": formula_text(turned)},
    ]
    other = driver.chain(above, links, 1)
    if other is None:
        return None
    node: Node = {**head, "children": [half, other]}
    return {**forget, "children": [node]} if sequent.hypotheses else node


def _exponential(s: Term) -> Term | None:
    """Return a product of values of Gamma and of what is rational by one exponential."""
    parts = factored(s)
    if parts is None:
        return None
    rest: list[Term] = [] if parts.constant == 1 else [t.number(parts.constant)]
    exponent: list[Term] = []
    powers = dict(parts.above)
    for factors, direction in ((parts.above, 1), (parts.below, -1)):
        for factor, e in factors:
            if factor.operator == "gamma":
                u = factor.arguments[0]
                if direction == 1 and powers.get(u) == e:
                    # u*gamma(u) is gamma(u + 1).
                    u = t.add(u, t.ONE)
                value, weight = t.function("loggamma", u), direction * e
                exponent.append(value if weight == 1 else t.mul(t.number(weight), value))
            elif not is_rational(factor):
                return None
            elif direction == -1 or powers.get(t.function("gamma", factor)) != e:
                rest.append(t.power(factor, t.number(direction * e)))
    return t.mul(*rest, t.exp(t.add(*exponent))) if exponent else None


def _ends(sequent: Sequent, names: list[str]) -> dict[str, int] | None:
    """Return powers of 2 below which some variables seem to be, if all are."""
    points = samples(sequent)
    found: dict[str, int] = {}
    for name in names:
        largest = max((point[name] for point in points), default=math.inf)
        if not 0 < largest * _ROOM < _FAR:
            return None
        found[name] = 2 ** math.ceil(math.log2(max(1.0, largest * _ROOM)))
    return found


__all__ = ["by_far_ends"]
