"""Powers with exponents that vary: bases that may be 0, exponentials, Bernoulli's inequality."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import is_rational, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts, nodes, replacing


def by_zero_bases(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell the base 0 apart, where a power is 0, from positive ones, where it is an exponential."""
    for node in nodes(sequent):
        if node.operator != "realpower":
            continue
        base, exponent = node.arguments
        if base is t.ZERO:
            links = replacing(sequent, node, t.ZERO, law("power_zero", a=exponent))
            found = driver.chain(sequent, links, depth)
            if found is not None:
                yield found, -1
            return
        domain = None if base.operator != "variable" else sequent.domains[str(base)]
        if domain is not None and domain.lower == t.ZERO and not domain.lower_open:
            if domain.upper != t.ZERO:
                yield {"rule": "cases", "on": f"0 < {base}"}, 0
            return


def by_vanishing_bases(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell apart where a hypothesis is an equation that makes the base of a power 0.

    As in ``(1 - x/n)^n`` where x is at most n: elsewhere the base is positive.
    """
    powers = [n for n in nodes(sequent) if n.operator in ("realpower", "natpower")]
    for node in powers:
        u, exponent = node.arguments
        if not t.symbols_of(exponent) or not is_rational(u):
            continue
        for h in sequent.hypotheses:
            if not isinstance(h, Relation) or h.operator != "<=":
                continue
            strict, last = Relation("<", h.left, h.right), len(sequent.hypotheses)
            if strict in sequent.hypotheses:
                continue
            gap = t.sub(h.right, h.left)
            weight = plain(t.div(u, gap))
            if not is_rational(gap) or len(list(t.subterms(weight))) >= len(list(t.subterms(u))):
                continue
            links: list[Link] = [
                law("antisymmetric", a=h.left, b=h.right),
                (
                    {"rule": "have", "formula": f"{u} = 0"},
                    combined((-1, ["hyp", last + 1], ["term", str(weight)])),
                ),
                {"rule": "replace", "hyp": last + 2, "in": []},
                law("power_zero", a=exponent),
                {"rule": "replace", "hyp": last + 3, "in": []},
                {"rule": "weaken", "drop": [last + 1, last + 2, last + 3]},
            ]
            cases: Node = {"rule": "cases", "on": formula_text(strict)}
            found = driver.parted(sequent, cases, links, depth)
            if found is not None:
                yield found, -1
            return


def by_unit_bases(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell apart the values up to 1 of the base of a power whose exponent has another variable.

    On either side of 1 the power is monotone in its exponent.
    """
    if depth < 2:
        return
    for node in nodes(sequent):
        if node.operator != "realpower" or node.arguments[0].operator != "variable":
            continue
        base, exponent = node.arguments
        domain = sequent.domains[str(base)]
        low, high = domain.lower, domain.upper
        inside = low is not None and low < t.ONE and (high is None or high > t.ONE)
        if inside and t.symbols_of(exponent) - {base}:
            yield {"rule": "split", "var": str(base), "at": "1"}, 1
            return


def by_powers(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write powers with exponents that vary as exponentials."""
    for node in nodes(sequent):
        if node.operator not in ("realpower", "natpower"):
            continue
        base, exponent = node.arguments
        if node.operator == "natpower" and sign(base, sequent) != 1:
            continue
        new = t.exp(t.mul(exponent, t.log(base)))
        instance = law("power_exp", a=base, b=exponent)
        found = driver.chain(sequent, replacing(sequent, node, new, instance), depth)
        if found is not None:
            yield found, -1
        return


def by_squared_powers(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare a square root with a power whose exponent varies by their squares, as norms are."""
    goal, last, two = relation(sequent), len(sequent.hypotheses), t.number(2)
    if goal is None or goal.operator != "<=":
        return
    for root, power, above in ((goal.left, goal.right, True), (goal.right, goal.left, False)):
        if root.operator != "sqrt" or power.operator != "realpower":
            continue
        (a,), (u, exponent) = root.arguments, power.arguments
        square = t.power(u, plain(t.mul(two, exponent)))
        sides = (a, square) if above else (square, a)
        name = "sqrt_below" if above else "sqrt_above"
        sums: Node = combined((1, ["hyp", last]), (-1 if above else 1, ["hyp", last + 1]))
        links: list[Link] = [
            {"rule": "have", "formula": f"{sides[0]} <= {sides[1]}"},
            law("power_power", a=u, b=exponent, c=two),
            (
                {
                    "rule": "have",
                    "formula": f"{a} <= ({power})^2" if above else f"({power})^2 <= {a}",
                },
                sums,
            ),
            law(name, a=a, b=power),
            {"rule": "assumption"},
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1


def by_bernoulli(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use one of Bernoulli's inequalities for a power that occurs linearly."""
    if depth > 0:
        yield from _by_bernoulli(driver, sequent, depth - 1, ("realpower", "natpower", "ratpower"))


def by_fewer_powers(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Do so at no cost where the exponent varies: there is one such power less."""
    yield from _by_bernoulli(driver, sequent, depth, ("realpower", "natpower"))


def _by_bernoulli(
    driver: Driver, sequent: Sequent, depth: int, kinds: tuple[str, ...]
) -> Iterator[Proposal]:
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO:
        return
    last = len(sequent.hypotheses)
    for atom, p, r in linear_parts(goal.right, kinds):
        direction = sign(p, sequent)
        found_bound = None if direction not in (1, -1) else _bernoulli(sequent, atom, direction)
        if found_bound is None:
            continue
        bound, instance = found_bound
        rest = t.add(r, t.mul(p, bound))
        if sign(rest, sequent) not in (0, 1):
            continue
        weight = p if direction == 1 else t.neg(p)
        # What is left is shown first, without what the law says.
        links: list[Link] = [
            {"rule": "have", "formula": f"0 {goal.operator} {plain(rest)}"},
            instance,
            combined((1, ["hyp", last]), (1, ["hyp", last + 1], ["nonneg", str(weight)])),
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1


def _bernoulli(sequent: Sequent, atom: Term, direction: int) -> tuple[Term, Node] | None:
    """Return a bound of a power from below (direction 1) or above, and the instance of its law."""
    base, exponent = atom.arguments
    a, apart = t.sub(base, t.ONE), sign(t.sub(exponent, t.ONE), sequent)
    tangent = t.add(t.ONE, t.mul(exponent, a))
    if direction == 1 and apart in (0, 1):
        return tangent, law("bernoulli", a=a, b=exponent)
    if apart not in (0, -1) or sign(exponent, sequent) not in (0, 1):
        return None
    if direction == -1:
        return tangent, law("bernoulli_below", a=a, b=exponent)
    below = t.sub(t.add(base, exponent), t.mul(base, exponent))
    return t.div(base, below), law("bernoulli_above", a=base, b=exponent)


__all__ = [
    "by_bernoulli",
    "by_fewer_powers",
    "by_powers",
    "by_squared_powers",
    "by_unit_bases",
    "by_zero_bases",
]
