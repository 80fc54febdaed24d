"""Orders of variables: what they say of ranges, and of others than those that a goal does not have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from flint import ctx

from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator
from srverify.checker.sequent import Sequent, box_of, mentions
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Proposal
from srverify.numerics.tactics.floats import samples
from srverify.numerics.tactics.generalizing import written
from srverify.numerics.tactics.hypotheses import combined, is_evident, variables_in


def by_ordered_ranges(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Narrow the range of a variable that is above or below another one to what that one's allows."""
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator == "=":
            continue
        if not (isinstance(h.left, Symbol) and isinstance(h.right, Symbol)):
            continue
        low, high = sequent.domains[h.left.name], sequent.domains[h.right.name]
        for end, is_open, mine, mine_open, moved, above in (
            (low.lower, low.lower_open, high.lower, high.lower_open, h.right, True),
            (high.upper, high.upper_open, low.upper, low.upper_open, h.left, False),
        ):
            strict = is_open or h.operator == "<"
            if end is None or sequent.domains[moved.name].natural:
                continue
            if mine is not None and (
                (mine == end and (mine_open or not strict)) or (mine != end and (mine > end) is above)
            ):
                continue
            operator = "<" if strict else "<="
            sides = (end, moved) if above else (moved, end)
            owner = h.left if above else h.right
            links: list[Link] = [
                (
                    {"rule": "have", "formula": f"{sides[0]} {operator} {sides[1]}"},
                    combined((1, ["hyp", index]), (1, ["low" if above else "high", owner.name])),
                ),
                {"rule": "absorb", "hyp": len(sequent.hypotheses)},
            ]
            proof = driver.chain(sequent, links, depth)
            if proof is not None:
                yield proof, -1
            yield NOTHING_ELSE
            return


def by_term_ranges(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Bound a variable without an end where a hypothesis compares it with a term that has one."""
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator == "=":
            continue
        for x, term, above in ((h.right, h.left, True), (h.left, h.right, False)):
            if not isinstance(x, Symbol) or isinstance(term, Symbol) or x in t.symbols_of(term):
                continue
            domain = sequent.domains[x.name]
            if domain.natural or (domain.lower if above else domain.upper) is not None:
                continue
            with ctx.workprec(DEFAULT_PRECISION):
                range_ = Domain.parse(written(Evaluator(box_of(sequent)).walk(term).at))
            end = range_.lower if above else range_.upper
            if end is None:
                continue
            gap = t.sub(term, end) if above else t.sub(end, term)
            sides = (end, x) if above else (x, end)
            links: list[Link] = [
                (
                    {"rule": "have", "formula": f"{sides[0]} {h.operator} {sides[1]}"},
                    combined((1, ["hyp", index]), (1, ["nonneg", str(gap)])),
                ),
                {"rule": "absorb", "hyp": len(sequent.hypotheses)},
            ]
            proof = driver.chain(sequent, links, depth)
            if proof is not None:
                yield proof, -1
            return


def by_projecting(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Forget a variable that stands between others only: ``a < v`` and ``v < b`` say ``a < b``.

    Since numbers are dense, nothing is lost.
    """
    present = variables_in(sequent.goal)
    for variable in sequent.variables:
        v, domain = variable.symbol, variable.domain
        about = [i for i, h in enumerate(sequent.hypotheses) if mentions(h, v)]
        if v in present or domain.natural or not about:
            continue
        orders = [_order(sequent, i, v) for i in about]
        found = [(i, order) for i, order in zip(about, orders, strict=True) if order is not None]
        if len(found) < len(about) or not samples(sequent):
            continue
        lows = [(i, other, strict) for i, (other, strict, above) in found if above]
        highs = [(i, other, strict) for i, (other, strict, above) in found if not above]
        if not (_free(sequent, domain, lows, upper=True) and _free(sequent, domain, highs, upper=False)):
            continue
        links: list[Link] = []
        known = set(sequent.hypotheses)
        for (i, a, first), (j, b, second) in product(lows, highs):
            said = Relation("<" if first or second else "<=", a, b)
            if a is b or said in known:
                continue
            known.add(said)
            have = {"rule": "have", "formula": f"{a} {said.operator} {b}"}
            links.append((have, combined((1, ["hyp", i]), (1, ["hyp", j]))))
        links.append({"rule": "weaken", "drop": about, "unused": [str(v)]})
        proof = driver.chain(sequent, links, depth)
        if proof is not None:
            yield proof, -1
        yield NOTHING_ELSE
        return


def _order(sequent: Sequent, index: int, v: Symbol) -> tuple[Term, bool, bool] | None:
    """Return the other side of an order, whether that is strict, and whether v is the larger one."""
    h = sequent.hypotheses[index]
    if not isinstance(h, Relation) or h.operator == "=" or v not in (h.left, h.right):
        return None
    other = h.left if h.right is v else h.right
    if v in t.symbols_of(other):
        return None
    return other, h.operator == "<", h.right is v


def _free(
    sequent: Sequent, domain: Domain, others: list[tuple[int, Term, bool]], *, upper: bool
) -> bool:
    """Tell whether a variable's range goes on wherever those of its neighbours do."""
    end, is_open = (domain.upper, domain.upper_open) if upper else (domain.lower, domain.lower_open)
    if end is None:
        return True
    for _, term, strict in others:
        if not isinstance(term, Symbol):
            if not is_evident(sequent, Relation("<", *((term, end) if upper else (end, term)))):
                return False
            continue
        other = sequent.domains[term.name]
        last = other.upper if upper else other.lower
        last_open = other.upper_open if upper else other.lower_open
        if other.natural or last is None:
            return False
        if last == end:
            # At an end that is met an order says more than that both are in range.
            if not last_open and (is_open or strict):
                return False
        elif (last > end) is upper:
            return False
    return True


__all__ = ["by_ordered_ranges", "by_projecting", "by_term_ranges"]
