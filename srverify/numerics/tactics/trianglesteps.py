"""The steps from a goal about the angles of a triangle to what a plan leaves of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node
from srverify.numerics.tactics.forms import linear_combination, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import conclusion, law
from srverify.numerics.tactics.trianglenames import HALF, TWO, Names
from srverify.numerics.tactics.triangleplans import Plan, mentioned, powers_of_roots, put
from srverify.numerics.tactics.walks import Walk


def proof(plan: Plan, driver: Driver, depth: int) -> Node | None:
    """Return the proof of a plan's sequent, where what is left is proved."""
    walk = Walk(driver, plan.sequent)
    names, angles = plan.names, plan.names.angles
    halves = names.units
    sines, cosines = ([t.function(kind, u) for u in halves] for kind in names.kinds)
    positive: list[tuple[int, int]] = []
    underneath: list[int] = []
    for i, s in enumerate(angles):
        others = [["low", o.name] for o in angles if o is not s]
        parts = linear_combination(difference(plan.sequent.hypotheses[plan.sum_at])) or {}  # type: ignore[arg-type]
        shown = combined((1 / parts[t.PI], ["hyp", plan.sum_at]), *((1, other) for other in others))
        below = walk.have(Relation("<", s, t.PI), shown)
        underneath.append(below)
        known = (plan.acute[i][2] if names.acute else below, below)
        pair = [
            walk.have(Relation("<", t.ZERO, part), walk.only(at))
            for part, at in zip((sines[i], cosines[i]), known, strict=True)
        ]
        positive.append((pair[0], pair[1]))
    acute = []
    for i, operator, at in plan.acute:
        at = underneath[i] if names.inner else at
        acute.append(walk.have(Relation(operator, t.ZERO, names.doubled(i)[1]), walk.only(at)))
    given = len(walk.sequent.hypotheses)
    for old, new, instance in plan.laws:
        said = conclusion(walk.sequent, instance)
        walk.step(instance)
        at = walk.place(said)
        if said != Relation("=", old, new):
            at = walk.have(Relation("=", old, new), combined((1, ["hyp", at])))
        walk.step({"rule": "replace", "hyp": at})
    extra = len(walk.sequent.hypotheses)
    walk.step({"rule": "weaken", "drop": list(range(given, extra))})
    turn = _Turn.of(walk, plan.sum_at, names)
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
        at = walk.have(Relation("<", t.ZERO, new), combined((-1, ["hyp", defined[i]]), (1, *factors)))
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
        squares.append(walk.have(Relation("=", left, t.power(cosines[i], TWO)), shown))
    put = [{"rule": "replace", "hyp": at} for at in defined]
    shown = combined(
        (-1, ["hyp", sums[2]], ["term", str(t.mul(product, sines[2]))]),
        (1, ["hyp", rest], ["term", str(t.mul(product, cosines[2]))]),
    )
    whole_at = walk.have(Relation("=", names.pairs, t.power(product, TWO)), *put, shown)
    roots = [_root(walk, squares[i], cosines[i], [positive[i][1]]) for i in range(3)]
    roots.append(_root(walk, whole_at, product, [pair[1] for pair in positive]))
    facts = []
    for (i, operator, _), cosine in zip(plan.acute, acute, strict=True):
        if names.acute:
            break
        j, k = (i + 1) % 3, (i + 2) % 3
        double = _double(walk, names, i, "cos")
        both = t.mul(cosines[j], cosines[k])
        factors = [["hyp", positive[j][1]], ["hyp", positive[k][1]]] * 2
        shown = combined(
            (-1, ["hyp", whole_at]),
            *((c, ["hyp", at], ["term", str(t.power(both, TWO))]) for c, at in double),
            (1, ["hyp", defined[i]], ["term", str(t.add(inside[i], names.new[i]))]),
            (1, ["hyp", cosine], *factors),
        )
        facts.append(walk.have(plan.acuteness(i, operator), shown))
    for node, value, i in plan.values:
        j, k = (i + 1) % 3, (i + 2) % 3
        links: list[Link] = [{"rule": "replace", "hyp": at} for at in (roots[3], roots[j], roots[k])]
        links += [{"rule": "replace", "hyp": squares[j]}, {"rule": "replace", "hyp": squares[k]}]
        links += [{"rule": "replace", "hyp": whole_at}, {"rule": "replace", "hyp": defined[i]}]
        under = t.mul(cosines[k], cosines[j])
        factors = [["hyp", positive[j][1]], ["hyp", positive[k][1]]]
        if names.inner or (node.arguments[0] is angles[i] and not names.acute):
            kind = "sin" if (node.operator == "sin") != names.inner else "cos"
            shown = combined(*((c, ["hyp", at]) for c, at in _double(walk, names, i, kind)))
            under = t.mul(*(t.power(factor, TWO) for factor in under.arguments))
            factors *= 2
        else:
            shown = combined()
        walk.have(Relation("<", t.ZERO, under), combined((1, *factors)))
        at = walk.have(Relation("=", node, value), *links, shown)
        walk.step({"rule": "replace", "hyp": at})
    return _closed(plan, walk, facts, depth)


def _closed(plan: Plan, walk: Walk, facts: list[int], depth: int) -> Node | None:
    """Forget the angles, and write the goal without squares of roots."""
    if walk.failed:
        return None
    angles = plan.names.angles
    kept = [
        i for i, h in enumerate(walk.sequent.hypotheses) if not mentioned(h, (*angles, *plan.names.new))
    ]
    kept += facts
    walk.step({**walk.only(*kept), "unused": [s.name for s in angles]})
    count = len(walk.sequent.hypotheses)
    for before, after in pairwise(plan.stages):
        powers = list(powers_of_roots(before))
        if put(before, {old: new for old, new, _, _ in powers}) != after or not powers:
            walk.step({"rule": "rewrite", "goal": f"0 {plan.goal.operator} {after}"})
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


def _double(walk: Walk, names: Names, i: int, kind: str) -> list[tuple[int, int]]:
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
    def of(walk: Walk, sum_at: int, names: Names) -> _Turn:
        """Show the values for the angles of a triangle, or for their halves."""
        angles, half = names.units, names.acute
        whole, turn = t.add(*angles), t.PI if half else t.div(t.PI, TWO)
        given = walk.sequent.hypotheses[sum_at]
        assert isinstance(given, Relation)
        parts = linear_combination(difference(given)) or {}
        part = 1 if half else Fraction(-1, 4) if names.inner else HALF.value
        shown = combined((part / parts[t.PI], ["hyp", sum_at]))
        equal = walk.have(Relation("=", whole, turn), shown)
        at: list[int] = []
        for kind, value in (("sin", 0), ("cos", -1)) if half else (("sin", 1), ("cos", 0)):
            links: list[Link] = [{"rule": "replace", "hyp": equal}, walk.only()]
            at.append(walk.have(Relation("=", t.function(kind, whole), t.number(value)), *links))
        return _Turn(angles, at[0], at[1], half)

    def have(self, walk: Walk, i: int, *, of: str) -> int:
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


def _root(walk: Walk, square: int, base: Term, signs: list[int]) -> int:
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


__all__ = ["proof"]
