"""Proofs by cases, as SMT solvers make them: what an absolute value, a minimum, a root is.

Each of them gets an equation about it by a law, in every case; what remains is to find, case by case, a
contradiction between polynomials (`srverify.numerics.tactics.contradictions`). Where only one side of
it matters, as of an absolute value that is bounded from above, inequalities do without cases.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation, terms
from srverify.language.parser import formula_text, term_text
from srverify.language.term import Number, Term
from srverify.numerics.tactics.contradictions import contradicted
from srverify.numerics.tactics.driver import Driver, Node, OutOfStepsError
from srverify.numerics.tactics.programs import Solve

_MAX_SPLITS, _DEGREE = 5, 4
#: By operator: the law where the first argument is at most the second (0 the argument), and where not.
_LAWS = {
    "abs": ("abs_nonneg", "abs_nonpos"),
    "min": ("min_left", "min_right"),
    "max": ("max_right", "max_left"),
}
#: By operator: what holds in either case.
_BOUNDS = {
    "abs": ("abs_above", "abs_above_negative"),
    "min": ("min_below_left", "min_below_right"),
    "max": ("max_above_left", "max_above_right"),
}
#: A law of the checker's table, and the term that it is about.
_Fact: TypeAlias = tuple[str, Term]


class Cases:
    """Prove sequents by cases of their terms.

    Parameters
    ----------
    solve
        How to find the coefficients of a contradiction.
    degree
        How many facts are multiplied with each other at most.
    splits
        Two to this power are the most cases that are gone through.
    """

    def __init__(
        self,
        driver: Driver,
        depth: int,
        solve: Solve,
        degree: int = _DEGREE,
        splits: int = _MAX_SPLITS,
    ) -> None:
        self._driver = driver
        self._depth = depth
        self._solve = solve
        self._degree = degree
        self._splits = splits

    def node(self, sequent: Sequent) -> Node | None:
        """Return a proof, or None."""
        try:
            return self._parts(sequent)
        except RejectedError:
            return None

    def _parts(self, s: Sequent) -> Node | None:
        if isinstance(s.goal, And):
            return self._all({"rule": "and_goal"}, s)
        for index, h in enumerate(s.hypotheses):
            if isinstance(h, Or):
                return self._all({"rule": "or_hyp", "hyp": index}, s)
            if _bounds(h):
                return self._all({"rule": "absorb", "hyp": index}, s)
        if not isinstance(s.goal, Relation):
            return None
        atoms, facts = _splitting(s)
        one_sided = [atom for atom in atoms if _is_one_sided(s, atom)]
        if one_sided:
            rest = [atom for atom in atoms if atom not in one_sided]
            bounds = [(law, atom) for atom in one_sided for law in _BOUNDS[atom.operator]]
            found = self._split(s, rest, [*facts, *bounds])
            if found is not None:
                return found
        return self._split(s, atoms, facts)

    def _split(self, s: Sequent, atoms: list[Term], facts: list[_Fact]) -> Node | None:
        return self._cases(s, atoms, facts) if len(atoms) <= self._splits else None

    def _all(self, head: Node, s: Sequent) -> Node | None:
        return _whole(head, (self._parts(child) for child in expand(s, head)))

    def _cases(self, s: Sequent, atoms: list[Term], facts: list[_Fact]) -> Node | None:
        if atoms:
            first, *others = atoms
            low, high = _compared(first)
            head: Node = {"rule": "cases", "on": formula_text(Relation("<=", low, high))}
            *sides, below, above = expand(s, head)
            halves = zip((below, above), _LAWS[first.operator], strict=True)
            parts = (self._law(half, name, first, others, facts) for half, name in halves)
            return _whole(head, chain(map(self._side, sides), parts))
        if facts:
            (name, atom), *rest = facts
            return self._law(s, name, atom, [], rest)
        return contradicted(self._driver, s, self._depth, self._degree, self._solve)

    def _law(
        self, s: Sequent, name: str, atom: Term, atoms: list[Term], facts: list[_Fact]
    ) -> Node | None:
        """Assume a law of a term, and go on with the others."""
        arguments = dict(zip("abc", map(term_text, atom.arguments), strict=False))
        head: Node = {"rule": "law", "name": name, "args": arguments}
        if atom.operator == "lambertw":
            del arguments["b"]
        *sides, last = expand(s, head)
        rest = (self._cases(part, atoms, facts) for part in (last,))
        return _whole(head, chain(map(self._side, sides), rest))

    def _side(self, s: Sequent) -> Node | None:
        try:
            return self._driver.prove(s, 1)
        except OutOfStepsError:
            return None


def _whole(head: Node, parts: Iterable[Node | None]) -> Node | None:
    """Put a proof together; the first part that is missing ends the search for others."""
    proofs = []
    for part in parts:
        if part is None:
            return None
        proofs.append(part)
    return {**head, "children": proofs}


def _found(s: Sequent, operators: tuple[str, ...]) -> list[Term]:
    """Return the subterms with one of some operators, inner ones first."""
    formulas = (*s.hypotheses, s.goal)
    nodes = {n: None for f in formulas for term in terms(f) for n in t.subterms(term)}
    found = [node for node in nodes if node.operator in operators]
    return sorted(found, key=lambda node: len(list(t.subterms(node))))


def _bounds(h: Formula) -> bool:
    """Tell whether a hypothesis compares a variable with a number."""
    if not isinstance(h, Relation) or h.operator == "=":
        return False
    return {h.left.operator, h.right.operator} == {"variable", "number"}


def _splitting(s: Sequent) -> tuple[list[Term], list[_Fact]]:
    """Return the terms that are one thing or another, and laws about all terms that there are."""
    atoms: dict[Term, None] = {}
    facts: list[_Fact] = []
    for atom in _found(s, tuple(_LAWS)):
        if len(atom.arguments) == 3:
            first, *others = atom.arguments
            make = t.minimum if atom.operator == "min" else t.maximum
            atoms |= dict.fromkeys((make(*others), make(first, make(*others))))
            facts.append((f"{atom.operator}_three", atom))
        elif len(atom.arguments) < 3:
            atoms[atom] = None
    facts += [(law, atom) for atom in _found(s, ("sqrt", "lambertw")) for law in _laws_of(atom)]
    return list(atoms), facts


def _is_one_sided(s: Sequent, atom: Term) -> bool:
    """Tell whether bounds that hold in every case say all of a term that a contradiction can use.

    What is known to be >= 0 has to be bounded from above, and so minima in it with a positive factor,
    and absolute values and maxima with a negative one.
    """
    wanted = 1 if atom.operator == "min" else -1
    facts = [*s.hypotheses, _opposite(s.goal)]
    seen = [sign for fact in facts for sign in _signs(fact, atom)]
    return bool(seen) and all(sign == wanted for sign in seen)


def _opposite(goal: Formula) -> Formula:
    if not isinstance(goal, Relation) or goal.operator == "=":
        return goal
    return Relation("<=" if goal.operator == "<" else "<", goal.right, goal.left)


def _signs(fact: Formula, atom: Term) -> Iterator[int]:
    """Yield with which sign a term occurs in what is said to be >= 0; 0 where that cannot be said."""
    if isinstance(fact, Relation) and fact.operator != "=":
        yield from _occurrences(fact.right, atom, 1)
        yield from _occurrences(fact.left, atom, -1)
    else:
        for term in terms(fact):
            yield from (0 for node in t.subterms(term) if node == atom)


def _occurrences(term: Term, atom: Term, sign: int) -> Iterator[int]:
    if term == atom:
        yield sign
    elif term.operator == "add":
        for part in term.arguments:
            yield from _occurrences(part, atom, sign)
    elif term.operator == "neg":
        yield from _occurrences(term.arguments[0], atom, -sign)
    elif term.operator == "mul" and sum(not isinstance(f, Number) for f in term.arguments) == 1:
        factor = math.prod(f.value for f in term.arguments if isinstance(f, Number))
        rest = next(f for f in term.arguments if not isinstance(f, Number))
        yield from _occurrences(rest, atom, sign if factor > 0 else -sign if factor < 0 else 0)
    else:
        yield from (0 for node in t.subterms(term) if node == atom)


def _laws_of(atom: Term) -> tuple[str, str]:
    if atom.operator == "sqrt":
        return "sqrt_square", "sqrt_nonneg"
    return ("w0_inverts", "w0_range") if atom.arguments[1] == t.ZERO else ("w1_inverts", "w1_range")


def _compared(atom: Term) -> tuple[Term, Term]:
    if atom.operator == "abs":
        return t.ZERO, atom.arguments[0]
    first, second = atom.arguments
    return first, second
