"""Proofs by cases, as SMT solvers make them: what an absolute value, a minimum, a root is.

Each of them gets an equation about it by a law, in every case; what remains is to find, case by case, a
contradiction between polynomials (`srverify.engines.multipliers`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TypeAlias

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.engines.multipliers import contradicted
from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation, terms
from srverify.language.parser import formula_text, term_text
from srverify.language.term import Term
from srverify.numerics.tactics.driver import Driver, Node, OutOfStepsError

#: More cases than two to this power are not gone through.
_MAX_SPLITS = 5
_DEGREE = 3
#: By operator: the law where the first argument is at most the second (0 the argument), and where not.
_LAWS = {
    "abs": ("abs_nonneg", "abs_nonpos"),
    "min": ("min_left", "min_right"),
    "max": ("max_right", "max_left"),
}
#: A law of the checker's table, and the term that it is about.
_Fact: TypeAlias = tuple[str, Term]


class Cases:
    """Prove sequents by cases of their terms."""

    def __init__(self, driver: Driver, depth: int) -> None:
        self._driver = driver
        self._depth = depth

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
        atoms = _splitting(s)
        if len(atoms) > _MAX_SPLITS or not isinstance(s.goal, Relation):
            return None
        return self._cases(s, atoms, _facts(s))

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
        return contradicted(self._driver, s, self._depth, _DEGREE)

    def _law(
        self, s: Sequent, name: str, atom: Term, atoms: list[Term], facts: list[_Fact]
    ) -> Node | None:
        """Assume a law of a term, and go on with the others."""
        arguments = dict(zip("ab", map(term_text, atom.arguments), strict=False))
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


def _splitting(s: Sequent) -> list[Term]:
    return [n for n in _found(s, tuple(_LAWS)) if len(n.arguments) == (1 if n.operator == "abs" else 2)]


def _facts(s: Sequent) -> list[_Fact]:
    """Return the laws that say what roots and values of Lambert W are."""
    return [(law, atom) for atom in _found(s, ("sqrt", "lambertw")) for law in _laws_of(atom)]


def _laws_of(atom: Term) -> tuple[str, str]:
    if atom.operator == "sqrt":
        return "sqrt_square", "sqrt_nonneg"
    return ("w0_inverts", "w0_range") if atom.arguments[1] == t.ZERO else ("w1_inverts", "w1_range")


def _compared(atom: Term) -> tuple[Term, Term]:
    if atom.operator == "abs":
        return t.ZERO, atom.arguments[0]
    first, second = atom.arguments
    return first, second
