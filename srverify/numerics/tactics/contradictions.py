"""Contradictions by linear combination: Positivstellensatz certificates.

Facts that contradict each other are shown to do so by a sum of products of them, and of squares, with
nonnegative coefficients, that is 0 as a polynomial although one of its summands is positive. Which
coefficients is a linear program; the checker multiplies its solution out (rule ``combine``).
`srverify.numerics.tactics.linear` does the same for small programs about a goal, by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from flint import fmpq

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation, conjunction
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Node, relation
from srverify.numerics.tactics.equations import Equations
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, factored
from srverify.numerics.tactics.linear import known_facts
from srverify.numerics.tactics.products import Column, Factor, Products, column, multiples, times_atoms
from srverify.numerics.tactics.programs import Solve, by_least_squares

#: Facts in one program, at most.
_MAX_FACTS = 20

_FALSE = Relation("<", t.ZERO, t.ZERO)


def equated(driver: Driver, sequent: Sequent, depth: int, solve: Solve) -> Node | None:
    """Write an equality as a combination of equations."""
    goal = relation(sequent)
    return None if goal is None or goal.operator != "=" else _equal(driver, sequent, goal, depth, solve)


def contradicted(driver: Driver, sequent: Sequent, depth: int, degree: int, solve: Solve) -> Node | None:
    """Assume that a goal, one relation, fails, and find what is impossible then.

    Parameters
    ----------
    degree
        How many facts are multiplied with each other at most.
    solve
        How to find coefficients.

    Raises
    ------
    RejectedError
        If a step does not apply.
    """
    failing = expand(sequent, _cases(sequent))[-1]
    found: list[Node] = []
    wanted: dict[Formula, None] = {}
    # What least squares find depends on nothing else.
    combination = _remembered if solve is by_least_squares else _combination
    for branch in _branches(failing):
        driver.clock.check()
        node = combination(sequent, branch, degree, solve)
        if node is None:
            return None
        found.append(node)
        for child in expand(branch.proving(_FALSE), node):
            wanted |= dict.fromkeys(child.goal.parts if isinstance(child.goal, And) else (child.goal,))
    if not wanted:
        return _refuted(driver, sequent, found, 0, depth)
    # Shown before the goal is denied: afterwards nothing can be guessed at points, there being none.
    head: Node = {"rule": "have", "formula": formula_text(conjunction(*wanted))}
    first, richer = expand(sequent, head)
    shown = _shown(driver, first, depth, solve)
    if shown is None:
        return None
    added = len(richer.hypotheses) - len(sequent.hypotheses)
    last = _refuted(driver, richer, found, added, depth)
    return None if last is None else {**head, "children": [shown, last]}


def _shown(driver: Driver, sequent: Sequent, depth: int, solve: Solve) -> Node | None:
    """Show the signs of divisors, each by itself."""
    if isinstance(sequent.goal, And):
        head: Node = {"rule": "and_goal"}
        proofs = [_shown(driver, child, depth, solve) for child in expand(sequent, head)]
        return None if None in proofs else {**head, "children": proofs}
    if depth > 1 and relation(sequent) is not None:
        node = contradicted(driver, sequent, depth - 1, 2, solve)
        if node is not None:
            return node
    return driver.prove(sequent, depth - 1)


def _cases(sequent: Sequent) -> Node:
    return {"rule": "cases", "on": formula_text(sequent.goal)}


def _branches(failing: Sequent) -> tuple[Sequent, ...]:
    """Return the sequents that the denied goal, the last hypothesis, leaves: two for an equality."""
    last = len(failing.hypotheses) - 1
    if isinstance(failing.hypotheses[last], Or):
        return expand(failing, {"rule": "or_hyp", "hyp": last})
    return (failing,)


def _refuted(driver: Driver, sequent: Sequent, found: list[Node], added: int, depth: int) -> Node | None:
    """Put the proof together; hypotheses that were added come before the denied goal."""
    head = _cases(sequent)
    *plain, failing = expand(sequent, head)
    proofs: list[Node | None] = [driver.prove(child, depth - 1) for child in plain]
    last = len(failing.hypotheses) - 1
    falsities: list[Node] = []
    for branch, node in zip(_branches(failing), found, strict=True):
        shifted = _shifted(node, last - added, added)
        if expand(branch.proving(_FALSE), shifted):
            return None
        nowhere = {"rule": "cover", "tree": "h"}
        falsities.append(
            {"rule": "have", "formula": formula_text(_FALSE), "children": [shifted, nowhere]}
        )
    if len(falsities) > 1:
        falsities = [{"rule": "or_hyp", "hyp": last, "children": falsities}]
    return None if None in proofs else {**head, "children": [*proofs, *falsities]}


def _shifted(node: Node, place: int, added: int) -> Node:
    def moved(factor: list[Any]) -> list[Any]:
        kind, argument = factor
        return ["hyp", argument + added] if kind == "hyp" and argument >= place else factor

    terms = [
        {"coeff": term["coeff"], "factors": [moved(f) for f in term["factors"]]}
        for term in node["terms"]
    ]
    return {**node, "terms": terms}


def _equal(driver: Driver, sequent: Sequent, goal: Relation, depth: int, solve: Solve) -> Node | None:
    facts = [fact for fact in known_facts(sequent) if fact[2] == "="]
    if not facts:
        return None
    try:
        space = Space([difference(goal), *(term for _, term, _ in facts)])
        form = space.form(difference(goal))
        known = [
            column(factors, space.form(term).p, "=")
            for factors, term, _ in _cleared(space, sequent, facts)
        ]
    except RejectedError:
        return None
    terms = _written(space, known, form.p, driver, solve)
    if terms is None:
        return None
    below = space.term(form.q)
    head = _combined(terms) if below is t.ONE else {**_combined(terms), "k": str(below)}
    return driver.apply(sequent, head, depth)


def _written(
    space: Space, known: list[Column], goal: Any, driver: Driver, solve: Solve
) -> list[tuple[fmpq, Column]] | None:
    """Write a polynomial as a sum of multiples of equations."""
    used = Equations([fact.poly for fact in known]).multipliers(goal)
    if used is not None:
        return list(multiples(space, known, used))
    driver.clock.check()
    columns = [*known, *times_atoms(space, known)]
    vectors = [(found.poly.to_dict(), "=") for found in columns]
    solution = solve(vectors, goal.to_dict(), False)
    return None if solution is None else [(c, columns[i]) for i, c in solution.items()]


def _combination(before: Sequent, sequent: Sequent, degree: int, solve: Solve) -> Node | None:
    """Return the contradiction with the fewest factors, up to a number of them."""
    facts = known_facts(sequent)
    try:
        space = Space([term for _, term, _ in facts])
        known = [
            column(factors, space.form(term).p, op)
            for factors, term, op in _cleared(space, before, facts)
        ]
    except RejectedError:
        return None
    if not known:
        return None
    known += _exponentials(space, known[0].poly)
    different = {f"{fact.poly} {fact.relation}": fact for fact in known}
    known = [fact for fact in different.values() if not fact.poly.is_constant()]
    if not 0 < len(known) <= _MAX_FACTS:
        return None
    products = Products(space, known)
    for most in range(1, degree + 1):
        terms = products.contradiction(most, solve)
        if terms is not None:
            return _combined(terms)
    return None


_remembered = lru_cache(maxsize=1000)(_combination)


def _combined(terms: list[tuple[fmpq, Column]]) -> Node:
    """Return the step that sums up columns with coefficients."""
    parts = [
        {"coeff": str(c), "factors": [list(factor) for factor in found.factors]} for c, found in terms
    ]
    return {"rule": "combine", "terms": parts}


# -- what is known -----------------------------------------------------------------------------


def _cleared(
    space: Space, sequent: Sequent, facts: Iterable[tuple[Factor, Term, str]]
) -> Iterator[tuple[tuple[Factor, ...], Term, str]]:
    """Yield the facts whose divisors have a sign, multiplied by them, as polynomials."""
    for factor, term, operator in facts:
        divisor = space.term(space.form(term).q)
        if divisor.operator == "number":
            yield (factor,), term, operator
        elif operator == "=":
            yield (factor, ("term", str(divisor))), t.mul(term, divisor), operator
        elif (parts := _positive_parts(divisor, sequent)) is not None:
            yield (factor, *(("pos", str(part)) for part in parts)), t.mul(term, *parts), operator


def _positive_parts(divisor: Term, sequent: Sequent) -> list[Term] | None:
    """Return positive terms whose product is a divisor, its sign apart."""
    found = factored(divisor)
    if found is None or found.below:
        return None
    parts: list[Term] = []
    for part, exponent in found.above:
        # Where the hypotheses leave no point to look at, the domains have to do.
        direction = sign(part, sequent) or sign(part, replace(sequent, hypotheses=()))
        if direction not in (1, -1):
            return None
        parts += [part if direction > 0 else t.neg(part)] * exponent
    return parts


def _exponentials(space: Space, like: Any) -> Iterator[Column]:
    gens = like.context().gens()
    for i, atom in space.atoms.items():
        if atom.operator == "exp":
            yield column((("pos", str(atom)),), gens[i], "<")
