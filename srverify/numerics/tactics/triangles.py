"""Angles of a triangle, by the tangents of their halves: three positive variables without a condition.

For a, b, c > 0 with ``a + b + c = pi`` let ``x = sin(a/2)*cos(b/2)*cos(c/2)``, and y, z alike. Then
``x + y = cos(c/2)^2`` and so on, by ``cos(c/2) = sin(a/2 + b/2)``, and ``x*y + y*z + z*x`` is the square
of ``w = cos(a/2)*cos(b/2)*cos(c/2)``. So ``sin(a/2)^2 = x^2/((x + y)*(x + z))``, ``cos(a/2)^2`` is
``w^2/((x + y)*(x + z))``, and what is written by functions of the angles is a homogeneous function
of x, y, z, without roots where it is even in the angles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from srverify.checker.check import expand
from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.parser import formula_text, parse_formula
from srverify.language.statement import Domain, Variable
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.angles import linear_angle, next_expansion, plain_base
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.forms import RATIONAL, is_algebraic, linear_combination, plain
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import conclusion, law
from srverify.numerics.tactics.rootbounds import bounded_roots

_KINDS = ("sin", "cos", "tan")
_HALF, _TWO = t.number(Fraction(1, 2)), t.number(2)
_MAX_STEPS = 60


def by_triangles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put three positive variables for the angles of a triangle, where no roots but one are left."""
    plan = next((p for p in _plans(sequent, depth) if p.roots <= {p.names.root}), None)
    if plan is not None:
        # What is left is tried first: the way there is the same for all.
        settled = _settled(driver, plan, depth - 1)
        found = plan.proof(driver, depth) if settled else None
        if found is not None:
            yield found, -1


def by_rooted_triangles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put three positive variables for the angles of a triangle, where roots are left."""
    plan = next((p for p in _plans(sequent, depth) if not (p.names.acute or p.names.inner)), None)
    if plan is not None and plan.roots and driver.prove(plan.left, depth - 1) is not None:
        found = plan.proof(driver, depth)
        if found is not None:
            yield found, -1


def _plans(sequent: Sequent, depth: int) -> Iterator[_Plan]:
    """Yield what a sequent becomes by the triangle itself and by others."""
    goal = relation(sequent)
    if goal is None or depth < 2:
        return
    f = difference(goal)
    if not any(n.operator in _KINDS and t.symbols_of(n) for n in t.subterms(f)):
        return
    for index, h in enumerate(sequent.hypotheses):
        angles = _angles(sequent, h)
        if angles is None:
            continue
        for acute, inner in ((True, False), (False, False), (False, True)):
            plan = _Plan.of(sequent, goal, f, angles, index, acute=acute, inner=inner)
            if plan is not None:
                yield plan
        return


def _settled(driver: Driver, plan: _Plan, depth: int) -> bool:
    """Tell whether what is left is proved, by a bound for the root if there is one."""
    left = plan.left
    if not plan.roots:
        return driver.prove(left, depth) is not None
    for links in bounded_roots(left, plan.names.new):
        node = driver.chain(left, links, depth)
        if node is not None:
            driver.remember(left, depth, node)
            return True
    return False


def _angles(sequent: Sequent, h: Formula) -> tuple[Symbol, Symbol, Symbol] | None:
    """Return three positive variables whose sum a hypothesis says is pi."""
    if not isinstance(h, Relation) or h.operator != "=":
        return None
    parts = linear_combination(difference(h)) or {}
    whole = parts.get(t.PI, Fraction(0))
    angles = [s for s in parts if isinstance(s, Symbol)]
    if len(parts) != 4 or len(angles) != 3 or any(parts[s] != -whole for s in angles):
        return None
    for s in angles:
        low = sequent.domains[s.name]
        if low.natural or low.lower is None or not (low.lower.value > 0 or low.lower == t.ZERO):
            return None
        if low.lower == t.ZERO and not low.lower_open:
            return None
    first, second, third = sorted(angles, key=str)
    return first, second, third


class _Walk:
    """Rules applied one after the other, with proofs of all that they leave but the last."""

    def __init__(self, driver: Driver, sequent: Sequent) -> None:
        self.driver, self.sequent = driver, sequent
        self.steps: list[tuple[Node, list[Node]]] = []
        self.failed = False

    def step(self, head: Node, shown: Sequence[Link] | None = None) -> None:
        """Apply a rule; ``shown`` are the rules that show what it leaves first."""
        if self.failed:
            return
        *others, last = expand(self.sequent, head)
        proofs = []
        for place, child in enumerate(others):
            links = shown if place == 0 and shown is not None else ()
            proof = self.driver.chain(child, links, 1)
            if proof is None:
                self.failed = True
                self.driver.reason = f"not shown on the way: {child}"
                return
            proofs.append(proof)
        self.steps.append((head, proofs))
        self.sequent = last

    def law(self, name: str, **arguments: Term) -> int:
        """Assume an instance of a law."""
        head = law(name, **arguments)
        said = conclusion(self.sequent, head)
        self.step(head)
        return self.place(said)

    def have(self, formula: Relation, *shown: Link) -> int:
        """Show a formula, and assume it."""
        text = formula_text(formula)
        self.step({"rule": "have", "formula": text}, shown)
        return self.place(parse_formula(text, self.sequent.symbols))

    def place(self, formula: Formula) -> int:
        """Return the index of a hypothesis, which may have been one before."""
        if self.failed:
            return 0
        return self.sequent.hypotheses.index(formula)

    def only(self, *kept: int) -> Node:
        """Return the rule that forgets all other hypotheses."""
        rest = [i for i in range(len(self.sequent.hypotheses)) if i not in kept]
        return {"rule": "weaken", "drop": rest}

    def finished(self, depth: int) -> Node | None:
        """Return the proof, if the rest is proved."""
        node = None if self.failed else self.driver.prove(self.sequent, depth)
        for head, proofs in reversed(self.steps):
            if node is None:
                return None
            node = {**head, "children": [*proofs, node]}
        return node


@dataclass(frozen=True)
class _Names:
    """The new variables, and what sines and cosines of angles and their halves are by them.

    Where all angles are below pi/2, ``pi - 2*a`` and so on are those of a triangle too, and their halves
    have the cosines of the angles for their sines (``acute``). Always ``(pi - a)/2`` and so on are
    angles of a triangle, all below pi/2, with the cosines ``sin(a/2)`` (``inner``).
    """

    angles: tuple[Symbol, Symbol, Symbol]
    new: tuple[Symbol, Symbol, Symbol]
    acute: bool
    inner: bool

    @property
    def units(self) -> list[Term]:
        """Of what sines and cosines are used: angles or their halves, maybe of the other triangle."""
        if self.inner:
            quarter = t.number(Fraction(1, 4))
            return [t.sub(t.mul(quarter, t.PI), t.mul(quarter, s)) for s in self.angles]
        return [s if self.acute else t.mul(_HALF, s) for s in self.angles]

    @property
    def kinds(self) -> tuple[str, str]:
        """What functions are the sine and cosine of half an angle, maybe of the other triangle."""
        return ("cos", "sin") if self.acute else ("sin", "cos")

    @property
    def pairs(self) -> Term:
        x, y, z = self.new
        return plain(t.add(t.mul(x, y), t.mul(y, z), t.mul(z, x)))

    @property
    def root(self) -> Term:
        return t.sqrt(self.pairs)

    def doubled(self, i: int) -> tuple[Term, Term]:
        """Return the sine and cosine of an angle of the triangle whose half angles are the units."""
        if self.inner:
            half = t.mul(_HALF, self.angles[i])
            return t.function("cos", half), t.function("sin", half)
        return t.function("sin", self.angles[i]), t.function("cos", self.angles[i])

    def sums(self, i: int) -> tuple[Term, Term]:
        """Return the sums in which a variable is."""
        x, y, z = self.new[i], self.new[(i + 1) % 3], self.new[(i + 2) % 3]
        return plain(t.add(x, y)), plain(t.add(x, z))

    def value(self, i: int, kind: str, *, half: bool) -> Term:
        x, (p, q) = self.new[i], self.sums(i)
        if self.inner:
            half, kind = False, "cos" if kind == "sin" else "sin"
        if half or self.acute:
            above: Term = x if kind == self.kinds[0] else t.sqrt(self.pairs)
            return t.div(above, t.mul(t.sqrt(p), t.sqrt(q)))
        if kind == "sin":
            return t.div(t.mul(_TWO, x, t.sqrt(self.pairs)), t.mul(p, q))
        return t.sub(t.div(self.pairs, t.mul(p, q)), t.div(t.power(x, _TWO), t.mul(p, q)))


@dataclass(frozen=True)
class _Plan:
    """What a sequent becomes, and the steps to that."""

    sequent: Sequent
    goal: Relation
    names: _Names
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
    ) -> _Plan | None:
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
        f = _put(f, {old: new for old, new, _ in laws})
        known = [
            linear_angle(n.arguments[0])
            for n in dict.fromkeys(t.subterms(f))
            if n.operator in _KINDS and t.symbols_of(n)
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
            f = _put(f, {old: new})
        else:
            return None
        if acute and any(c != 1 for part in base.angles for c in part.values()):
            return None
        if inner and any(c != _HALF.value for part in base.angles for c in part.values()):
            return None
        if inner:
            below = tuple((i, "<", 0) for i in range(3))
        names = _Names(angles, (x, y, z), acute, inner)
        values = []
        for n in dict.fromkeys(t.subterms(f)):
            if n.operator not in _KINDS or not t.symbols_of(n):
                continue
            angle = linear_angle(n.arguments[0]) or {}
            place = next((i for i, s in enumerate(angles) if angle == {s: angle.get(s)}), None)
            if place is None or angle[angles[place]] not in (1, _HALF.value):
                return None
            half = angle[angles[place]] == _HALF.value
            values.append((n, names.value(place, n.operator, half=half), place))
        f = _put(f, {old: new for old, new, _ in values})
        if t.symbols_of(f) & set(angles) or not is_algebraic(f):
            return None
        stages = [f, plain(f)]
        for _ in range(3):
            reduced = _put(stages[-1], {old: new for old, new, _, _ in _powers(stages[-1])})
            if reduced == stages[-1]:
                break
            stages += [reduced, plain(reduced)]
        return _Plan(sequent, goal, names, sum_at, below, tuple(laws), tuple(values), tuple(stages))

    @property
    def left(self) -> Sequent:
        """What is to be proved."""
        kept = [v for v in self.sequent.variables if v.symbol not in self.names.angles]
        new = [Variable(s.name, Domain(lower=t.ZERO, lower_open=True)) for s in self.names.new]
        facts = [h for h in self.sequent.hypotheses if not _mentions(h, self.names.angles)]
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
        return Relation(operator, t.power(self.names.new[i], _TWO), self.names.pairs)

    def proof(self, driver: Driver, depth: int) -> Node | None:
        """Return a proof, where what is left is proved."""
        walk = _Walk(driver, self.sequent)
        names, angles = self.names, self.names.angles
        halves = names.units
        sines, cosines = ([t.function(kind, u) for u in halves] for kind in names.kinds)
        positive: list[tuple[int, int]] = []
        underneath: list[int] = []
        for i, s in enumerate(angles):
            others = [["low", o.name] for o in angles if o is not s]
            parts = linear_combination(difference(self.sequent.hypotheses[self.sum_at])) or {}  # type: ignore[arg-type]
            shown = combined((1 / parts[t.PI], ["hyp", self.sum_at]), *((1, other) for other in others))
            below = walk.have(Relation("<", s, t.PI), shown)
            underneath.append(below)
            known = (self.acute[i][2] if names.acute else below, below)
            pair = [
                walk.have(Relation("<", t.ZERO, part), walk.only(at))
                for part, at in zip((sines[i], cosines[i]), known, strict=True)
            ]
            positive.append((pair[0], pair[1]))
        acute = []
        for i, operator, at in self.acute:
            at = underneath[i] if names.inner else at
            acute.append(walk.have(Relation(operator, t.ZERO, names.doubled(i)[1]), walk.only(at)))
        given = len(walk.sequent.hypotheses)
        for old, new, instance in self.laws:
            said = conclusion(walk.sequent, instance)
            walk.step(instance)
            at = walk.place(said)
            if said != Relation("=", old, new):
                at = walk.have(Relation("=", old, new), combined((1, ["hyp", at])))
            walk.step({"rule": "replace", "hyp": at})
        extra = len(walk.sequent.hypotheses)
        walk.step({"rule": "weaken", "drop": list(range(given, extra))})
        turn = _Turn.of(walk, self.sum_at, names)
        sums = [turn.have(walk, i, of=names.kinds[1]) for i in range(3)]
        rest = turn.have(walk, 2, of=names.kinds[0])
        product = t.mul(*cosines)
        defined, inside = [], []
        for i, new in enumerate(names.new):
            term = t.mul(sines[i], cosines[(i + 1) % 3], cosines[(i + 2) % 3])
            inside.append(term)
            walk.step({"rule": "define", "name": new.name, "term": str(term)})
            defined.append(len(walk.sequent.hypotheses) - 1)
        for i, new in enumerate(names.new):
            factors = [["hyp", positive[i][0]]] + [["hyp", positive[j][1]] for j in range(3) if j != i]
            at = walk.have(
                Relation("<", t.ZERO, new), combined((-1, ["hyp", defined[i]]), (1, *factors))
            )
            walk.step({"rule": "absorb", "hyp": at})
        squares = []
        for i in range(3):
            j, k = (i + 1) % 3, (i + 2) % 3
            shown = combined(
                (1, ["hyp", defined[j]]),
                (1, ["hyp", defined[k]]),
                (-1, ["hyp", sums[i]], ["term", str(cosines[i])]),
            )
            left = plain(t.add(names.new[j], names.new[k]))
            squares.append(walk.have(Relation("=", left, t.power(cosines[i], _TWO)), shown))
        put = [{"rule": "replace", "hyp": at} for at in defined]
        shown = combined(
            (-1, ["hyp", sums[2]], ["term", str(t.mul(product, sines[2]))]),
            (1, ["hyp", rest], ["term", str(t.mul(product, cosines[2]))]),
        )
        whole_at = walk.have(Relation("=", names.pairs, t.power(product, _TWO)), *put, shown)
        roots = [_root(walk, squares[i], cosines[i], [positive[i][1]]) for i in range(3)]
        roots.append(_root(walk, whole_at, product, [pair[1] for pair in positive]))
        facts = []
        for (i, operator, _), cosine in zip(self.acute, acute, strict=True):
            if names.acute:
                break
            j, k = (i + 1) % 3, (i + 2) % 3
            double = _double(walk, names, i, "cos")
            both = t.mul(cosines[j], cosines[k])
            factors = [["hyp", positive[j][1]], ["hyp", positive[k][1]]] * 2
            shown = combined(
                (-1, ["hyp", whole_at]),
                *((c, ["hyp", at], ["term", str(t.power(both, _TWO))]) for c, at in double),
                (1, ["hyp", defined[i]], ["term", str(t.add(inside[i], names.new[i]))]),
                (1, ["hyp", cosine], *factors),
            )
            facts.append(walk.have(self.acuteness(i, operator), shown))
        for node, value, i in self.values:
            j, k = (i + 1) % 3, (i + 2) % 3
            links: list[Link] = [{"rule": "replace", "hyp": at} for at in (roots[3], roots[j], roots[k])]
            links += [{"rule": "replace", "hyp": squares[j]}, {"rule": "replace", "hyp": squares[k]}]
            links += [{"rule": "replace", "hyp": whole_at}, {"rule": "replace", "hyp": defined[i]}]
            under = t.mul(cosines[k], cosines[j])
            factors = [["hyp", positive[j][1]], ["hyp", positive[k][1]]]
            if names.inner or (node.arguments[0] is angles[i] and not names.acute):
                kind = "sin" if (node.operator == "sin") != names.inner else "cos"
                shown = combined(*((c, ["hyp", at]) for c, at in _double(walk, names, i, kind)))
                under = t.mul(*(t.power(factor, _TWO) for factor in under.arguments))
                factors *= 2
            else:
                shown = combined()
            walk.have(Relation("<", t.ZERO, under), combined((1, *factors)))
            at = walk.have(Relation("=", node, value), *links, shown)
            walk.step({"rule": "replace", "hyp": at})
        return self._closed(walk, facts, depth)

    def _closed(self, walk: _Walk, facts: list[int], depth: int) -> Node | None:
        """Forget the angles, and write the goal without squares of roots."""
        if walk.failed:
            return None
        angles = self.names.angles
        kept = [
            i
            for i, h in enumerate(walk.sequent.hypotheses)
            if not _mentions(h, (*angles, *self.names.new))
        ]
        kept += facts
        walk.step({**walk.only(*kept), "unused": [s.name for s in angles]})
        count = len(walk.sequent.hypotheses)
        for before, after in pairwise(self.stages):
            powers = list(_powers(before))
            if _put(before, {old: new for old, new, _, _ in powers}) != after or not powers:
                walk.step({"rule": "rewrite", "goal": f"0 {self.goal.operator} {after}"})
                continue
            for old, new, inside, cofactor in powers:
                at = walk.law("sqrt_square", a=inside)
                shown = combined((1, ["hyp", at], ["term", str(cofactor)]))
                at = walk.have(Relation("=", old, new), shown)
                walk.step({"rule": "replace", "hyp": at})
        added = list(range(count, len(walk.sequent.hypotheses)))
        if added:
            walk.step({"rule": "weaken", "drop": added})
        return walk.finished(depth - 1)


def _double(walk: _Walk, names: _Names, i: int, kind: str) -> list[tuple[int, int]]:
    """Show what a function of twice a unit is, by hypotheses of which multiples say so."""
    u = names.units[i]
    known = [(1, walk.law(f"{kind}_sum", a=u, b=u))]
    if names.inner:
        equal = Relation("=", t.function(kind, t.add(u, u)), names.doubled(i)[kind == "cos"])
        known.append((-1, walk.have(equal, walk.only())))
    return known


@dataclass(frozen=True)
class _Turn:
    """Three angles of the sum pi/2 or pi, and where the sine and cosine of that are known."""

    angles: list[Term]
    sine: int
    cosine: int
    #: Whether the sum is pi.
    half: bool

    @staticmethod
    def of(walk: _Walk, sum_at: int, names: _Names) -> _Turn:
        """Show the values for the angles of a triangle, or for their halves."""
        angles, half = names.units, names.acute
        whole, turn = t.add(*angles), t.PI if half else t.div(t.PI, _TWO)
        given = walk.sequent.hypotheses[sum_at]
        assert isinstance(given, Relation)
        parts = linear_combination(difference(given)) or {}
        part = 1 if half else Fraction(-1, 4) if names.inner else _HALF.value
        shown = combined((part / parts[t.PI], ["hyp", sum_at]))
        equal = walk.have(Relation("=", whole, turn), shown)
        at: list[int] = []
        for kind, value in (("sin", 0), ("cos", -1)) if half else (("sin", 1), ("cos", 0)):
            links: list[Link] = [{"rule": "replace", "hyp": equal}, walk.only()]
            at.append(walk.have(Relation("=", t.function(kind, whole), t.number(value)), *links))
        return _Turn(angles, at[0], at[1], half)

    def have(self, walk: _Walk, i: int, *, of: str) -> int:
        """Show what the sine or the cosine of an angle is by those of the other two."""
        u, others = self.angles[i], [self.angles[(i + 1) % 3], self.angles[(i + 2) % 3]]
        v = t.add(*others)
        (su, sv, s1, s2), (cu, cv, c1, c2) = (
            [t.function(kind, a) for a in (u, v, *others)] for kind in ("sin", "cos")
        )
        n = len(walk.sequent.hypotheses)
        whole = "sin" if (of == "sin") == self.half else "cos"
        laws: list[Link] = [
            law(f"{whole}_sum", a=others[0], b=others[1]),
            law("sin_cos_square", a=u),
            law("sin_sum", a=u, b=v),
            law("cos_sum", a=u, b=v),
        ]
        # The cosine of pi - v is that of v, turned over.
        side = -1 if self.half and of == "cos" else 1
        p = sv if whole == "sin" else t.mul(t.number(side), cv)
        q, r = (cu, t.neg(su)) if whole == "sin" else (su, cu)
        if side < 0:
            q, r = t.neg(q), t.neg(r)
        shown = combined(
            (side, ["hyp", n]),
            (1, ["hyp", n + 1], ["term", str(p)]),
            (1, ["hyp", n + 2], ["term", str(q)]),
            (1, ["hyp", n + 3], ["term", str(r)]),
            (-1, ["hyp", self.sine], ["term", str(q)]),
            (-1, ["hyp", self.cosine], ["term", str(r)]),
        )
        if whole == "sin":
            value = t.add(t.mul(s1, c2), t.mul(c1, s2))
        else:
            value = t.mul(t.number(side), t.sub(t.mul(c1, c2), t.mul(s1, s2)))
        return walk.have(Relation("=", t.function(of, u), value), *laws, shown)


def _mentions(formula: Formula, symbols: Sequence[Symbol]) -> bool:
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


def _root(walk: _Walk, square: int, base: Term, signs: list[int]) -> int:
    """Show that the root of what a hypothesis says is the square of a positive term is that term."""
    if walk.failed:
        return 0
    found = walk.sequent.hypotheses[square]
    assert isinstance(found, Relation)
    walk.have(Relation("<", t.ZERO, base), combined((1, *(["hyp", i] for i in signs))))
    count = len(walk.sequent.hypotheses)
    links: list[Link] = [
        {"rule": "replace", "hyp": square},
        law("sqrt_of_square", a=base),
        law("abs_nonneg", a=base),
        combined((1, ["hyp", count]), (1, ["hyp", count + 1])),
    ]
    return walk.have(Relation("=", t.sqrt(found.left), base), *links)


def _powers(term: Term) -> Iterator[tuple[Term, Term, Term, Term]]:
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


def _put(term: Term, values: Mapping[Term, Term]) -> Term:
    return rebuilt(term, values.get)


__all__ = ["by_rooted_triangles", "by_triangles"]
