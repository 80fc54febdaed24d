"""What becomes of a goal about the angles of a triangle by three positive variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.parser import formula_text, parse_formula
from srverify.language.statement import Domain, Variable
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.angles import linear_angle, next_expansion, plain_base
from srverify.numerics.tactics.driver import Node
from srverify.numerics.tactics.forms import RATIONAL, is_algebraic, linear_combination, plain
from srverify.numerics.tactics.hypotheses import fresh
from srverify.numerics.tactics.lawful import law
from srverify.numerics.tactics.trianglenames import HALF, TWO, Names

KINDS = ("sin", "cos", "tan")
_MAX_STEPS = 60


@dataclass(frozen=True)
class Plan:
    """What a sequent becomes, and the steps to that."""

    sequent: Sequent
    goal: Relation
    names: Names
    #: Where the sum of the angles is given, and which angles are at most, or below, pi/2.
    sum_at: int
    acute: tuple[tuple[int, str, int], ...]
    #: Replacements by laws, in their order.
    laws: tuple[tuple[Term, Term, Node], ...]
    #: What is left of sines and cosines, and what they are.
    values: tuple[tuple[Term, Term, int], ...]
    #: The right side of the goal after these, and what it becomes without squares of roots.
    stages: tuple[Term, ...]

    @staticmethod
    def of(
        sequent: Sequent,
        goal: Relation,
        f: Term,
        angles: tuple[Symbol, Symbol, Symbol],
        sum_at: int,
        *,
        acute: bool = False,
        inner: bool = False,
    ) -> Plan | None:
        """Return a plan, if all functions of the angles can be written so, by which triangle."""
        x, y, z = (t.variable(fresh(sequent, letter)) for letter in "xyz")
        below = tuple(_acute(sequent, angles))
        if acute and (len(below) < 3 or any(operator != "<" for _, operator, _ in below)):
            return None
        laws: list[tuple[Term, Term, Node]] = []
        for node in dict.fromkeys(t.subterms(f)):
            if node.operator == "tan" and t.symbols_of(node):
                u = node.arguments[0]
                quotient = t.div(t.function("sin", u), t.function("cos", u))
                laws.append((node, quotient, law("tan_quotient", a=u)))
        f = put(f, {old: new for old, new, _ in laws})
        known = [
            linear_angle(n.arguments[0])
            for n in dict.fromkeys(t.subterms(f))
            if n.operator in KINDS and t.symbols_of(n)
        ]
        found = [angle for angle in known if angle is not None]
        base = plain_base(found) if len(found) == len(known) else None
        if base is None:
            return None
        for _ in range(_MAX_STEPS):
            step = next_expansion(f, base)
            if step is None:
                return None
            old, new, instance = step
            if old is None:
                break
            laws.append((old, new, instance))
            f = put(f, {old: new})
        else:
            return None
        if acute and any(c != 1 for part in base.angles for c in part.values()):
            return None
        if inner and any(c != HALF.value for part in base.angles for c in part.values()):
            return None
        if inner:
            below = tuple((i, "<", 0) for i in range(3))
        names = Names(angles, (x, y, z), acute, inner)
        values = []
        for n in dict.fromkeys(t.subterms(f)):
            if n.operator not in KINDS or not t.symbols_of(n):
                continue
            angle = linear_angle(n.arguments[0]) or {}
            place = next((i for i, s in enumerate(angles) if angle == {s: angle.get(s)}), None)
            if place is None or angle[angles[place]] not in (1, HALF.value):
                return None
            half = angle[angles[place]] == HALF.value
            values.append((n, names.value(place, n.operator, half=half), place))
        f = put(f, {old: new for old, new, _ in values})
        if t.symbols_of(f) & set(angles) or not is_algebraic(f):
            return None
        stages = [f, plain(f)]
        for _ in range(3):
            reduced = put(stages[-1], {old: new for old, new, _, _ in powers_of_roots(stages[-1])})
            if reduced == stages[-1]:
                break
            stages += [reduced, plain(reduced)]
        return Plan(sequent, goal, names, sum_at, below, tuple(laws), tuple(values), tuple(stages))

    @property
    def left(self) -> Sequent:
        """What is to be proved."""
        kept = [v for v in self.sequent.variables if v.symbol not in self.names.angles]
        new = [Variable(s.name, Domain(lower=t.ZERO, lower_open=True)) for s in self.names.new]
        facts = [h for h in self.sequent.hypotheses if not mentioned(h, self.names.angles)]
        if not self.names.acute:
            facts += [self.acuteness(i, operator) for i, operator, _ in self.acute]
        goal = Relation(self.goal.operator, t.ZERO, self.stages[-1])
        blank = Sequent((*kept, *new), (), goal)
        # As they will be read.
        *read, shown = (parse_formula(formula_text(h), blank.symbols) for h in (*facts, goal))
        return blank.assuming(*read).proving(shown)

    @property
    def roots(self) -> set[Term]:
        """The roots of variables that are left."""
        nodes = dict.fromkeys(t.subterms(self.stages[-1]))
        return {n for n in nodes if n.operator not in RATIONAL and t.symbols_of(n)}

    def acuteness(self, i: int, operator: str) -> Relation:
        """Say of the new variables that an angle is at most, or below, pi/2."""
        return Relation(operator, t.power(self.names.new[i], TWO), self.names.pairs)


def mentioned(formula: Formula, symbols: Sequence[Symbol]) -> bool:
    """Tell whether some of several variables occur in a formula."""
    return any(mentions(formula, s) for s in symbols)


def _acute(sequent: Sequent, angles: Sequence[Symbol]) -> Iterator[tuple[int, str, int]]:
    """Yield the places of angles that are at most, or below, pi/2, how, and where that is said."""
    for i, s in enumerate(angles):
        for index, h in enumerate(sequent.hypotheses):
            if not isinstance(h, Relation) or h.operator == "=":
                continue
            parts = linear_combination(difference(h)) or {}
            if parts.keys() == {s, t.PI} and parts[s] < 0 and parts[t.PI] == -parts[s] / 2:
                yield i, h.operator, index
                break


def powers_of_roots(term: Term) -> Iterator[tuple[Term, Term, Term, Term]]:
    """Yield powers of roots, what they are, the radicand, and the quotient by its root's square."""
    for node in dict.fromkeys(t.subterms(term)):
        if node.operator != "power":
            continue
        root, exponent = node.arguments
        if root.operator != "sqrt" or not isinstance(exponent, Number) or exponent.value < 2:
            continue
        n, u = int(exponent.value), root.arguments[0]
        m, rest = divmod(n, 2)
        new = t.mul(t.power(u, t.number(m)), *([root] if rest else []))
        parts = [_product((root, n - 2 - 2 * j), (u, j)) for j in range(m)]
        yield node, new, u, t.add(*parts)


def _product(*powers: tuple[Term, int]) -> Term:
    parts = [t.power(base, t.number(n)) for base, n in powers if n]
    return t.mul(*parts) if parts else t.ONE


def put(term: Term, values: Mapping[Term, Term]) -> Term:
    """Return a term in which others stand for some of its subterms."""
    return rebuilt(term, values.get)


__all__ = ["KINDS", "Plan", "mentioned", "powers_of_roots", "put"]
