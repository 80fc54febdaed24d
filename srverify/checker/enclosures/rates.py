"""How terms follow a motion of their variables: homogeneous ones, and those that are shifted.

For every real c let the scaled variables x, of weight w, be moved to ``exp(w*c)*x`` and the shifted ones
to ``x + w*c``. A term t has the *rate* (k, s), k free of the variables that move, if at every point t is
defined if and only if it is so at the moved point, and its value there is ``exp(k*c)*(t + c*s)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from srverify.checker.enclosures.polynomial import former
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Number, Symbol, Term

_ZERO = t.number(0)


class Rate(NamedTuple):
    """What a term becomes: ``exp(factor*c)*(t + c*summand)``."""

    factor: Term
    summand: Term


class Rates(t.TermWalker[Rate]):
    """Compute rates by structural induction; raises RejectedError where a term has none."""

    def __init__(self, moving: Mapping[Symbol, Rate]) -> None:
        self._moving = moving
        self._known: dict[Term, Rate] = {}

    def walk(self, term: Term) -> Rate:
        """Return the rate of a term, computed once."""
        if not self._moves(term):
            return Rate(_ZERO, _ZERO)
        found = self._known.get(term)
        if found is None:
            found = self._moving[term] if isinstance(term, Symbol) else super().walk(term)
            found = self._known[term] = Rate(*map(_reduced, found))
        return found

    def _moves(self, term: Term) -> bool:
        return any(x in self._moving for x in t.symbols_of(term))

    def _pure(self, term: Term) -> Term:
        """Return k of a term that is multiplied by exp(k*c) only."""
        factor, summand = self.walk(term)
        if summand != _ZERO:
            raise RejectedError(f"{term} is not homogeneous")
        return factor

    def _fixed(self, *terms: Term) -> None:
        for term in terms:
            if self.walk(term) != Rate(_ZERO, _ZERO):
                raise RejectedError(f"{term} is not invariant")

    def walk_add(self, *terms: Term) -> Rate:
        rates = [self.walk(term) for term in terms]
        if any(rate.factor != rates[0].factor for rate in rates):
            raise RejectedError("the summands are not of one degree")
        return Rate(rates[0].factor, t.add(*(rate.summand for rate in rates)))

    def walk_neg(self, term: Term) -> Rate:
        factor, summand = self.walk(term)
        return Rate(factor, t.neg(summand))

    def walk_mul(self, *terms: Term) -> Rate:
        rates = [self.walk(term) for term in terms]
        factor = t.add(*(rate.factor for rate in rates))
        moved = [i for i, rate in enumerate(rates) if rate.summand != _ZERO]
        if len(moved) > 1:
            raise RejectedError("a product of logarithms is not homogeneous")
        parts = list(terms)
        for i in moved:
            parts[i] = rates[i].summand
        return Rate(factor, t.mul(*parts) if moved else _ZERO)

    def walk_div(self, left: Term, right: Term) -> Rate:
        factor, summand = self.walk(left)
        below = self._pure(right)
        return Rate(t.sub(factor, below), _ZERO if summand == _ZERO else t.div(summand, right))

    def walk_power(self, base: Term, exponent: Number) -> Rate:
        return Rate(t.mul(exponent, self._pure(base)), _ZERO)

    walk_ratpower = walk_power

    def walk_sqrt(self, term: Term) -> Rate:
        return Rate(t.div(self._pure(term), t.number(2)), _ZERO)

    def walk_realpower(self, base: Term, exponent: Term) -> Rate:
        if self._moves(exponent):
            factor = self._pure(base)
            self._fixed(exponent)
            if factor != _ZERO:
                raise RejectedError(f"{base} is raised to a power that moves")
            return Rate(_ZERO, _ZERO)
        return Rate(t.mul(exponent, self._pure(base)), _ZERO)

    walk_natpower = walk_realpower

    def walk_exp(self, term: Term) -> Rate:
        factor, summand = self.walk(term)
        if factor != _ZERO or self._moves(summand):
            raise RejectedError(f"exp({term}) is not homogeneous")
        return Rate(summand, _ZERO)

    def walk_log(self, term: Term) -> Rate:
        return Rate(_ZERO, self._pure(term))

    def walk_abs(self, term: Term) -> Rate:
        return Rate(self._pure(term), _ZERO)

    def walk_min(self, *terms: Term) -> Rate:
        factors = [self._pure(term) for term in terms]
        if any(factor != factors[0] for factor in factors):
            raise RejectedError("a minimum of terms of several degrees")
        return Rate(factors[0], _ZERO)

    walk_max = walk_min

    def walk_lambertw(self, term: Term, branch: Number) -> Rate:
        self._fixed(term)
        return Rate(_ZERO, _ZERO)

    def walk_function(self, name: str, argument: Term) -> Rate:
        self._fixed(argument)
        return Rate(_ZERO, _ZERO)

    def keep(self, relation: Relation) -> None:
        """Show that a relation holds at a moved point if and only if it holds at the point itself."""
        left, right = self.walk(relation.left), self.walk(relation.right)
        if relation.left == _ZERO or relation.right == _ZERO:
            if (right if relation.left == _ZERO else left).summand != _ZERO:
                raise RejectedError(f"{relation} is not homogeneous")
        elif left.factor != right.factor or _reduced(t.sub(left.summand, right.summand)) != _ZERO:
            raise RejectedError(f"{relation} is not homogeneous")


def _reduced(term: Term) -> Term:
    """Return a normal form, in which terms that are equal by it are the same; 0 is 0 where defined."""
    forms = former([term])
    form = forms.walk(term)
    return _ZERO if form.p.is_zero() else forms.written(form)
