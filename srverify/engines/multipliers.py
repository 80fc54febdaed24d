"""Contradictions by linear combination, found by z3's simplex method: Positivstellensatz certificates.

Facts that contradict each other are shown to do so by a sum of products of them, and of squares, with
nonnegative coefficients, that is 0 as a polynomial although one of its summands is positive. Which
coefficients is a linear program; the checker multiplies its solution out (rule ``combine``).
`srverify.numerics.tactics.linear` does the same for small programs about a goal, by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, combinations_with_replacement, islice
from typing import Any, TypeAlias

from flint import fmpq

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.engines.smt_solvers import z3_session
from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation, conjunction
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, factored

#: Facts, columns and rows of one program, at most.
_MAX_FACTS, _MAX_COLUMNS, _MAX_ROWS = 20, 1500, 500
_MAX_DEGREE = 6
#: Seconds of work, and z3's units, for one program.
_SECONDS, _UNITS = 1.0, 3_000_000

_FALSE = Relation("<", t.ZERO, t.ZERO)
_Factor: TypeAlias = tuple[object, ...]
#: Factors, their product as a polynomial, and what is known of its sign.
_Column: TypeAlias = tuple[tuple[_Factor, ...], Any, str]


def by_equating(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write an equality as a combination of equations."""
    goal = relation(sequent)
    if goal is not None and goal.operator == "=":
        node = _equal(driver, sequent, goal, depth)
        if node is not None:
            yield node, -1


def contradicted(driver: Driver, sequent: Sequent, depth: int, degree: int) -> Node | None:
    """Assume that a goal, one relation, fails, and find what is impossible then.

    Parameters
    ----------
    degree
        How many facts are multiplied with each other at most.

    Raises
    ------
    RejectedError
        If a step does not apply.
    """
    failing = expand(sequent, _cases(sequent))[-1]
    found: list[Node] = []
    wanted: dict[Formula, None] = {}
    for branch in _branches(failing):
        node = _first_combination(driver, sequent, branch, degree)
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
    shown = _shown(driver, first, depth)
    if shown is None:
        return None
    added = len(richer.hypotheses) - len(sequent.hypotheses)
    last = _refuted(driver, richer, found, added, depth)
    return None if last is None else {**head, "children": [shown, last]}


def _shown(driver: Driver, sequent: Sequent, depth: int) -> Node | None:
    """Show the signs of divisors, each by itself."""
    if isinstance(sequent.goal, And):
        head: Node = {"rule": "and_goal"}
        proofs = [_shown(driver, child, depth) for child in expand(sequent, head)]
        return None if None in proofs else {**head, "children": proofs}
    if depth > 1 and relation(sequent) is not None:
        node = contradicted(driver, sequent, depth - 1, 2)
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


def _first_combination(driver: Driver, before: Sequent, sequent: Sequent, degree: int) -> Node | None:
    tries = (_combination(driver, before, sequent, most) for most in range(1, degree + 1))
    return next((node for node in tries if node is not None), None)


def _equal(driver: Driver, sequent: Sequent, goal: Relation, depth: int) -> Node | None:
    facts = [fact for fact in _facts(sequent) if fact[2] == "="]
    if not facts:
        return None
    try:
        space = Space([difference(goal), *(term for _, term, _ in facts)])
        form = space.form(difference(goal))
        known = [
            (factors, space.form(term).p, "=") for factors, term, _ in _cleared(space, sequent, facts)
        ]
    except RejectedError:
        return None
    columns = [*known, *_times_atoms(space, known)]
    solution = _solved(columns, form.p, False, driver)
    if solution is None:
        return None
    return driver.apply(sequent, _combined(columns, solution, space.term(form.q)), depth)


def _combination(driver: Driver, before: Sequent, sequent: Sequent, degree: int) -> Node | None:
    facts = _facts(sequent)
    try:
        space = Space([term for _, term, _ in facts])
        known = [
            (factors, space.form(term).p, op) for factors, term, op in _cleared(space, before, facts)
        ]
    except RejectedError:
        return None
    if not known:
        return None
    known += _exponentials(space, known[0][1])
    known = list({str(fact[1]) + fact[2]: fact for fact in known if not fact[1].is_constant()}.values())
    if not 0 < len(known) <= _MAX_FACTS:
        return None
    columns = list(_columns(space, known, degree))
    solution = _solved(columns, known[0][1] * 0, True, driver)
    return None if solution is None else _combined(columns, solution, t.ONE)


def _combined(columns: list[_Column], solution: dict[int, fmpq], below: Term) -> Node:
    terms = [
        {"coeff": str(c), "factors": [list(factor) for factor in columns[i][0]]}
        for i, c in solution.items()
    ]
    head: Node = {"rule": "combine", "terms": terms}
    if below is not t.ONE:
        head["k"] = str(below)
    return head


# -- what is known -----------------------------------------------------------------------------


def _facts(sequent: Sequent) -> list[tuple[_Factor, Term, str]]:
    """Return what is known to be at least 0, or 0, with its factor in a certificate."""
    found: list[tuple[_Factor, Term, str]] = []
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.left is not h.right:
            found.append((("hyp", index), difference(h), h.operator))
    for v in sequent.variables:
        low, high = v.domain.lower, v.domain.upper
        if low is not None:
            found.append((("low", v.name), t.sub(v.symbol, low), "<" if v.domain.lower_open else "<="))
        if high is not None:
            found.append((("high", v.name), t.sub(high, v.symbol), "<" if v.domain.upper_open else "<="))
    return found


def _cleared(
    space: Space, sequent: Sequent, facts: Iterable[tuple[_Factor, Term, str]]
) -> Iterator[tuple[tuple[_Factor, ...], Term, str]]:
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
        direction = sign(part, sequent)
        if direction not in (1, -1):
            return None
        parts += [part if direction > 0 else t.neg(part)] * exponent
    return parts


def _exponentials(space: Space, like: Any) -> Iterator[_Column]:
    gens = like.context().gens()
    for i, atom in space.atoms.items():
        if atom.operator == "exp":
            yield (("pos", str(atom)),), gens[i], "<"


def _times_atoms(space: Space, known: Iterable[_Column]) -> Iterator[_Column]:
    """Yield equations times one or two atoms, whose signs do not matter."""
    for factors, poly, operator in known:
        if operator == "=":
            gens = poly.context().gens()
            atoms = [(("term", str(atom)), gens[i]) for i, atom in space.atoms.items()]
            yield from (((*factors, name), poly * gen, "=") for name, gen in atoms)
            for (one, gen), (other, more) in combinations_with_replacement(atoms, 2):
                yield (*factors, one, other), poly * gen * more, "="


def _columns(space: Space, known: list[_Column], degree: int) -> Iterator[_Column]:
    """Yield what may be summed up: 1, facts, squares, and products of up to ``degree`` of them.

    Of the many products of three only those are of use whose monomials occur in others.
    """
    context = known[0][1].context()
    one, gens = context.constant(1), context.gens()
    parts = [*(gens[i] for i in space.atoms), one]
    roots = parts[:-1] + [a + b * s for a, b in combinations(parts, 2) for s in (1, -1)]
    squares: list[_Column] = [((("square", str(space.term(r))),), r * r, "<=") for r in roots]
    found: list[_Column] = [((), one, "<"), *known, *_times_atoms(space, known), *squares]
    if degree > 1:
        own = [_times(a, a) for a in known]
        pairs = own + [_times(a, b) for a, b in combinations(known, 2)]
        found += pairs
        found += (_times(a, b) for a in known for b in squares)
    if degree > 2:
        wanted = {e for _, poly, _ in (*known, *pairs) for e in poly.to_dict()}
        found += (
            column
            for column in (_times(a, b) for a in pairs for b in (*known, *squares, *own))
            if wanted.issuperset(column[1].to_dict())
        )
    small = (column for column in found if column[1].total_degree() <= _MAX_DEGREE)
    return islice(small, _MAX_COLUMNS)


def _times(one: _Column, other: _Column) -> _Column:
    operators = {one[2], other[2]}
    operator = next(o for o in ("=", "<=", "<") if o in operators)
    return (*one[0], *other[0]), one[1] * other[1], operator


# -- the linear program ------------------------------------------------------------------------


def _solved(columns: list[_Column], target: Any, strict: bool, driver: Driver) -> dict[int, fmpq] | None:
    """Return coefficients with which the columns sum up to the target: >= 0, of equations any.

    ``strict`` asks for a summand that is positive.
    """
    driver.clock.check()
    rows: dict[Any, list[str]] = {}
    for i, (_, poly, _) in enumerate(columns):
        for exponents, c in poly.to_dict().items():
            rows.setdefault(exponents, []).append(f"(* c{i} {_literal(c)})")
    wanted = target.to_dict()
    if any(exponents not in rows for exponents in wanted) or len(rows) > _MAX_ROWS:
        return None
    lines = ["(set-logic QF_LRA)", *(f"(declare-const c{i} Real)" for i in range(len(columns)))]
    lines += [f"(assert (>= c{i} 0))" for i, (_, _, operator) in enumerate(columns) if operator != "="]
    for exponents, parts in rows.items():
        total = _literal(wanted.get(exponents, fmpq(0)))
        lines.append(f"(assert (= (+ 0 {' '.join(parts)}) {total}))")
    if strict:
        strong = " ".join(f"c{i}" for i, (_, _, operator) in enumerate(columns) if operator == "<")
        lines.append(f"(assert (= (+ 0 {strong}) 1))")
    answer = z3_session()("\n".join(lines), min(_SECONDS, driver.clock.left()), 0, _UNITS)
    if answer.result != "sat":
        return None
    found = {int(name[1:]): fmpq(c.numerator, c.denominator) for name, c in answer.model.items() if c}
    return dict(sorted(found.items()))


def _literal(c: Any) -> str:
    size = f"(/ {abs(int(c.p))}.0 {int(c.q)}.0)"
    return f"(- {size})" if c < 0 else size
