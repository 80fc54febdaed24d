"""Rules by algebraic identity: consequences of hypotheses, and other ways to write a goal."""

from __future__ import annotations

from collections.abc import Mapping

from srverify.checker.enclosures.polynomial import former
from srverify.checker.rejected import RejectedError
from srverify.checker.rules import Children, rule
from srverify.checker.sequent import Sequent
from srverify.checker.steps import Step, as_list, checked_index, goal_relation, number, showing
from srverify.language import term as t
from srverify.language.definedness import defined, definedness
from srverify.language.formula import Formula, Relation, unequal
from srverify.language.term import Term

#: How the factors of a summand combine: what is known of their signs.
_STRICT, _WEAK, _NULL, _NONE = "<", "<=", "=", "?"


@rule
def combine(s: Sequent, step: Step) -> Children:
    """The goal is a consequence of hypotheses by an identity (a Positivstellensatz certificate).

    Theorem. Let f be the right side of the goal less its left side, and let
    ``k*f = sum_j c_j * product of the factors of j`` wherever all terms are defined. The goal holds if
    k > 0 (for ``=``: k != 0) and: for ``=``, every summand has a factor that is 0; for ``<=``, every
    summand has such a factor, or c_j >= 0 and factors that are all nonnegative; for ``<``, moreover some
    summand has c_j > 0 and factors that are all positive. Factors: ``["hyp", i]`` is right less left of
    a hypothesis, ``["low", x]`` and ``["high", x]`` the distance of a variable to an end of its domain,
    ``["square", u]`` is u^2, ``["pos", u]`` and ``["nonneg", u]`` have their sign shown, ``["term", u]``
    may have any sign.

    One child, unless all is plain: the terms are defined, k and the factors have their signs.
    """
    goal = goal_relation(s)
    k = step.read_term(step.take("k", "1"))
    wanted = [*defined(goal), *definedness(k)]
    wanted.append(unequal(k, t.ZERO) if goal.operator == "=" else Relation("<", t.ZERO, k))
    summands: list[Term] = []
    signs: list[str] = []
    for summand in as_list(step.take("terms")):
        if not isinstance(summand, Mapping) or set(summand) != {"coeff", "factors"}:
            raise RejectedError("a summand has a coeff and factors")
        coefficient, sign = number(summand["coeff"]), _STRICT
        factors: list[Term] = [coefficient]
        for item in as_list(summand["factors"]):
            factor, known, conditions = _factor(s, step, item)
            sign = _product(sign, known)
            factors.append(factor)
            wanted += conditions
        if sign != _NULL and coefficient.value < 0:
            sign = _NONE
        summands.append(t.mul(*factors))
        signs.append(_WEAK if sign == _STRICT and coefficient.value == 0 else sign)
    if goal.operator == "=":
        right = all(sign == _NULL for sign in signs)
    else:
        right = _NONE not in signs and (goal.operator == "<=" or _STRICT in signs)
    if not right:
        raise RejectedError(f"summands of signs {', '.join(signs)} do not show {goal.operator}")
    difference = t.mul(k, t.sub(goal.right, goal.left))
    _zero(t.sub(difference, t.add(*summands)) if summands else difference)
    return showing(s, wanted)


def _product(sign: str, other: str) -> str:
    for known in (_NULL, _NONE, _WEAK):
        if known in (sign, other):
            return known
    return _STRICT


def _factor(s: Sequent, step: Step, item: object) -> tuple[Term, str, list[Formula]]:
    """Return a factor, what is known of its sign, and what has to be shown for that."""
    if not isinstance(item, list) or len(item) != 2:
        raise RejectedError("a factor is [kind, argument]")
    kind, argument = item
    if not isinstance(kind, str):
        raise RejectedError(f"unknown kind of factor {kind!r}")
    if kind == "hyp":
        found = s.hypotheses[checked_index(argument, len(s.hypotheses))]
        if not isinstance(found, Relation):
            raise RejectedError(f"hypothesis {argument} is not a relation")
        return t.sub(found.right, found.left), found.operator, []
    if kind in ("low", "high"):
        domain = s.domains.get(argument) if isinstance(argument, str) else None
        end = None if domain is None else domain.lower if kind == "low" else domain.upper
        if domain is None or end is None:
            raise RejectedError(f"{argument!r} is no variable with a finite end there")
        is_open = domain.lower_open if kind == "low" else domain.upper_open
        ends = (s.symbols[argument], end) if kind == "low" else (end, s.symbols[argument])
        return t.sub(*ends), _STRICT if is_open else _WEAK, []
    u = step.read_term(argument)
    conditions = list(definedness(u))
    match kind:
        case "square":
            return t.power(u, t.number(2)), _WEAK, conditions
        case "pos":
            return u, _STRICT, [*conditions, Relation("<", t.ZERO, u)]
        case "nonneg":
            return u, _WEAK, [*conditions, Relation("<=", t.ZERO, u)]
        case "term":
            return u, _NONE, conditions
    raise RejectedError(f"unknown kind of factor {kind!r}")


def _zero(term: Term) -> None:
    if not former([term]).walk(term).p.is_zero():
        raise RejectedError("the two sides of the identity differ")


@rule
def rewrite(s: Sequent, step: Step) -> Children:
    """The goal may be written differently: ``f = k*f'`` for the differences f and f' of the sides.

    Theorem. Let ``goal`` have the operator of the present goal, k > 0 (for ``=``: k != 0), and all terms
    be defined. Where the new goal holds, so does the present one. Children: the terms are defined and k
    has its sign, the new goal being assumed (unless plain); the new goal.
    """
    old, new = goal_relation(s), step.formula("goal")
    k = step.read_term(step.take("k", "1"))
    if not isinstance(new, Relation) or new.operator != old.operator:
        raise RejectedError("the new goal must be a relation with the same operator")
    _zero(t.sub(t.sub(old.right, old.left), t.mul(k, t.sub(new.right, new.left))))
    sign = unequal(k, t.ZERO) if old.operator == "=" else Relation("<", t.ZERO, k)
    return (*showing(s.assuming(new), (*defined(old), *definedness(k), sign)), s.proving(new))
