"""Rules by derivatives: monotone, convex and concave functions of one variable.

Let f be the right side of the goal less its left side, x a real variable on an interval I, and the
other variables fixed at values at which the hypotheses without x hold; the others are dropped. Every
operation of the language is continuous on its domain, so f is continuous on every set on which it is
defined. On the interior of I the conditions of `differentiability` are shown, which make f smooth there
and exclude cusps and kinks; at closed ends of I the rules show that f is defined.
"""

from __future__ import annotations

from srverify.checker.enclosures.derivative import derivative, differentiability
from srverify.checker.enclosures.limits import limit_sign
from srverify.checker.enclosures.substitution import substituted
from srverify.checker.rejected import RejectedError
from srverify.checker.rules import Children, bounds_on, rule
from srverify.checker.sequent import Sequent
from srverify.checker.steps import Step, goal_relation, showing
from srverify.language import term as t
from srverify.language.definedness import defined, definedness, joined
from srverify.language.errors import InputError
from srverify.language.formula import Formula, Relation, map_terms
from srverify.language.statement import Domain
from srverify.language.term import Number, Term


class _Slope:
    """A goal as a function of one real variable."""

    def __init__(self, s: Sequent, step: Step) -> None:
        self.goal = goal_relation(s)
        self.name = step.variable()
        self.x, self.domain = s.symbols[self.name], s.domains[self.name]
        if self.domain.natural:
            raise RejectedError(f"{self.name} is natural: relax it first")
        ends = self.domain.lower, self.domain.upper
        try:
            self.interior = Domain(False, *ends, *(end is not None for end in ends))
        except InputError:
            raise RejectedError(f"the domain of {self.name} is a point") from None
        self.rest = s.free_of(self.x)

    def sides(self, order: int) -> tuple[Term, Term]:
        """Return the sides of the goal, differentiated a number of times."""
        left, right = self.goal.left, self.goal.right
        for _ in range(order):
            left, right = (derivative(side, self.x) or t.ZERO for side in (left, right))
        return left, right

    def signed(self, order: int, operator: str, falling: bool) -> Children:
        """Return the child that shows smoothness and the sign of a derivative on the interior."""
        left, right = self.sides(order)
        sign = Relation(operator, right, left) if falling else Relation(operator, left, right)
        smooth = joined(*(differentiability(side, self.x) for side in self.sides(0)))
        return showing(self.rest.with_domain(self.name, self.interior), (*smooth, sign))

    def is_open(self, end: str) -> bool:
        """Tell whether an end is excluded or infinite."""
        return bool(getattr(self.domain, end) is None or getattr(self.domain, f"{end}_open"))

    def limit_sign(self, end: str, operator: str) -> bool:
        """Tell whether the goal's right side less its left one has a limit of a sign at an end."""
        domains = {v.symbol: v.domain for v in self.rest.variables}
        return limit_sign(domains, self.goal, self.x, end, operator)

    def at(self, value: Term, formula: Formula) -> Sequent:
        """Return the sequent of a formula at a value of the variable."""
        there = map_terms(formula, lambda term: substituted(term, {self.x: value}))
        return self.rest.proving(there).without_variable(self.name)

    def end_value(self, end: str, operator: str) -> Children:
        """Return the child that shows the goal, with an operator, at an end."""
        value = getattr(self.domain, end)
        if value is None:
            raise RejectedError(f"{self.name} has no finite end there")
        return (self.at(value, Relation(operator, self.goal.left, self.goal.right)),)

    def defined_at_end(self, end: str) -> Children:
        """Return the child that shows that f is defined at an end, if it is closed."""
        if self.is_open(end):
            return ()
        at = self.at(getattr(self.domain, end), self.goal)
        return showing(at, defined(at.goal))


@rule
def monotone(s: Sequent, step: Step) -> Children:
    """The goal holds if f is monotone towards one end of I and has the right sign at the other.

    Parameters: ``var``, ``end`` ("low" or "high"), ``strict`` (derivative), ``by`` ("value" or "limit").
    Theorem (mean value theorem). Let f' >= 0 on the interior and ``end`` be "low" (f' <= 0 and "high").
    Then f(x) is at least its value at that end, if f is defined there, and its limit there; more than
    that away from the end if the sign of f' is strict. For ``=``, f' = 0. So, for ``<`` with a strict
    sign, an excluded end needs ``<=`` only. Children: smoothness and the sign of f' on the interior; the
    goal at the end (unless by limit, which is computed); f is defined at the other end (unless plain).
    """
    f = _Slope(s, step)
    end, by, strict = step.text("end"), step.text("by", "value"), bool(step.take("strict", False))
    if end not in ("low", "high") or by not in ("value", "limit"):
        raise RejectedError("end is low or high, by is value or limit")
    here, there = ("lower", "upper") if end == "low" else ("upper", "lower")
    operator = f.goal.operator
    derivative_sign = "=" if operator == "=" else "<" if strict else "<="
    needed = "<=" if operator == "<" and strict and f.is_open(here) else operator
    shown: Children = ()
    if by == "value":
        shown = f.end_value(here, needed)
    elif not f.is_open(here) or operator == "=" or not f.limit_sign(end, needed):
        raise RejectedError(f"the limit at the {end} end does not show {needed}")
    return (*f.signed(1, derivative_sign, end == "high"), *shown, *f.defined_at_end(there))


@rule
def convex(s: Sequent, step: Step) -> Children:
    """A convex f lies above its tangent at a point ``at`` of the interior, a term without x.

    Theorem. If f'' >= 0 on the interior and f is defined at closed ends, f(x) >= f(p) + f'(p)(x - p) on
    I. Children: smoothness and f'' >= 0; p is defined and inside (unless plain); f is defined at closed
    ends (unless plain); the goal for the tangent, with all hypotheses.
    """
    f = _Slope(s, step)
    p = step.term("at")
    if f.goal.operator == "=" or f.x in t.symbols_of(p):
        raise RejectedError("convexity shows inequalities, at a point free of the variable")
    inside = (*definedness(p), *bounds_on(f.interior, p))
    values, slopes = (t.sub(right, left) for left, right in (f.sides(0), f.sides(1)))
    values, slopes = (substituted(term, {f.x: p}) for term in (values, slopes))
    tangent = t.add(values, t.mul(slopes, t.sub(f.x, p)))
    there = f.at(t.ZERO, Relation("=", t.ZERO, t.ZERO))
    return (
        *f.signed(2, "<=", False),
        *showing(there, inside),
        *f.defined_at_end("lower"),
        *f.defined_at_end("upper"),
        s.proving(Relation(f.goal.operator, t.ZERO, tangent)),
    )


@rule
def concave(s: Sequent, step: Step) -> Children:
    """A concave f is, between two finite ends, at least the lesser of its values there.

    Parameters: ``var``, ``strict`` (second derivative). Theorem. If f'' <= 0 on the interior, f
    lies above its chord, strictly so inside if f'' < 0. For ``<``, an excluded end needs ``<=`` only if
    the sign is strict or the other end shows ``<``. Children: smoothness and the sign of f''; the
    goal at the lower, then at the upper end.
    """
    f = _Slope(s, step)
    strict = bool(step.take("strict", False))
    operator = f.goal.operator
    if operator == "=":
        raise RejectedError("concavity shows inequalities")
    low = high = operator
    if operator == "<" and f.is_open("lower") and (strict or not f.is_open("upper")):
        low = "<="
    if operator == "<" and f.is_open("upper") and (strict or low == "<"):
        high = "<="
    ends = (*f.end_value("lower", low), *f.end_value("upper", high))
    return (*f.signed(2, "<" if strict else "<=", True), *ends)


@rule
def compare(s: Sequent, step: Step) -> Children:
    """The goal holds at ``var`` if it holds at a ``point`` and f does not fall on the way from there.

    Parameters: ``var``, ``point`` (a term p without it), ``name`` (a fresh z), ``side`` ("above":
    p <= x, or "below"), ``strict``. Theorem (mean value theorem). At a point at which all hypotheses
    hold, let p be defined and p <= x, f be defined at x and at p, and smooth with f'(z) >= 0 for all z
    strictly between (for "below": x <= p and f' <= 0). Then f(x) >= f(p), and f(x) > f(p) if p and x
    differ and the sign of f' is strict. Here the hypotheses are kept: they speak about x, not about z.
    Children: p is defined and on its side, f is defined at x (unless plain); smoothness and the sign of
    f' at z; the goal at p.
    """
    goal = goal_relation(s)
    name, p, fresh = step.variable(), step.term("point"), step.text("name")
    above, strict = (
        {"above": True, "below": False}.get(step.text("side")),
        bool(step.take("strict", False)),
    )
    x, domain = s.symbols[name], s.domains[name]
    if above is None or x in t.symbols_of(p):
        raise RejectedError("the side is above or below, and the point is free of the variable")
    literal = p if isinstance(p, Number) else None
    ends = (literal, domain.upper) if above else (domain.lower, literal)
    try:
        between = Domain(False, *ends, *(end is not None for end in ends))
    except InputError:
        raise RejectedError("there is nothing between the point and the variable") from None
    moving = s.with_variable(fresh, between)
    z = moving.symbols[fresh]
    low, high = (p, x) if above else (x, p)
    moving = moving.assuming(Relation("<", low, z), Relation("<", z, high))
    left, right = (substituted(side, {x: z}) for side in (goal.left, goal.right))
    slopes = [derivative(side, z) or t.ZERO for side in (left, right)]
    operator = "=" if goal.operator == "=" else "<" if strict else "<="
    sign = Relation(operator, *(slopes if above else reversed(slopes)))
    smooth = joined(differentiability(left, z), differentiability(right, z))
    apart = "<" if strict and goal.operator == "<" else "<="
    needed = "<=" if strict and goal.operator == "<" else goal.operator
    there = (substituted(side, {x: p}) for side in (goal.left, goal.right))
    return (
        *showing(s, (*definedness(p), Relation(apart, low, high), *defined(goal))),
        *showing(moving, (*smooth, sign)),
        s.proving(Relation(needed, *there)),
    )


@rule
def telescope(s: Sequent, step: Step) -> Children:
    """The goal holds if f does not grow by steps of 1 and stays above what has a limit of its sign.

    Parameters: ``var``, a real x whose domain has no upper end; ``bound``, a term g; ``strict``.
    Theorem. For all x of I, let f be defined at x and at x + 1, f(x + 1) <= f(x) and g(x) <= f(x), and
    let g have a limit l >= 0 at infinity. Then f(x) >= f(x + n) >= g(x + n) for all n, so f(x) >= l, and
    f(x) > f(x + 1) >= 0 if steps are strict; for ``<``, l > 0 is asked for where they are not. Children:
    f(x + 1) <= f(x) (or ``<``); g <= f.
    """
    f = _Slope(s, step)
    bound, strict = step.term("bound"), bool(step.take("strict", False))
    if f.goal.operator == "=" or f.domain.upper is not None:
        raise RejectedError("steps go up without an end, and show inequalities")
    needed = "<=" if strict else f.goal.operator
    domains = {v.symbol: v.domain for v in f.rest.variables}
    if not limit_sign(domains, Relation("<=", t.ZERO, bound), f.x, "high", needed):
        raise RejectedError(f"the limit of the bound does not show {needed}")
    here = t.sub(f.goal.right, f.goal.left)
    after = substituted(here, {f.x: t.add(f.x, t.number(1))})
    return (
        f.rest.proving(Relation("<" if strict else "<=", after, here)),
        f.rest.proving(Relation("<=", bound, here)),
    )
