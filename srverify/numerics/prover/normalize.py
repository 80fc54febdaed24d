"""From written terms to normal forms."""

from __future__ import annotations

from fractions import Fraction

from srverify.language import term as t
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.arb_eval import rational
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.poly import Poly, UnrepresentableError, number


class Normalizer(t.TermWalker[Poly]):
    """Bring terms into the normal form of an algebra; raises UnrepresentableError."""

    def __init__(self, algebra: Algebra) -> None:
        self._algebra = algebra
        self._known: dict[Term, Poly] = {}

    def walk(self, term: Term) -> Poly:
        """Return the normal form of a term, computed once."""
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = super().walk(term)
        return found

    def walk_number(self, value: Number) -> Poly:
        return number(rational(value))

    def walk_variable(self, symbol: Symbol) -> Poly:
        return self._algebra.variable(symbol.name)

    def walk_add(self, *terms: Term) -> Poly:
        return self._algebra.add(*(self.walk(term) for term in terms))

    def walk_mul(self, *terms: Term) -> Poly:
        result = self.walk(terms[0])
        for term in terms[1:]:
            result = self._algebra.mul(result, self.walk(term))
        return result

    def walk_neg(self, term: Term) -> Poly:
        return self._algebra.neg(self.walk(term))

    def walk_div(self, left: Term, right: Term) -> Poly:
        return self._algebra.mul(self.walk(left), self._algebra.power(self.walk(right), -1))

    def walk_power(self, base: Term, exponent: Number) -> Poly:
        return self._algebra.power(self.walk(base), int(exponent))

    def walk_ratpower(self, base: Term, exponent: Number) -> Poly:
        return self._algebra.power(self.walk(base), exponent.value)

    def walk_sqrt(self, term: Term) -> Poly:
        return self._algebra.power(self.walk(term), Fraction(1, 2))

    def walk_natpower(self, base: Term, exponent: Term) -> Poly:
        value = self.walk(base)
        if self._algebra.sign(value) != 2:
            raise UnrepresentableError(f"a variable power of {base}, which is not certainly positive")
        return self.walk_realpower(base, exponent)

    def walk_realpower(self, base: Term, exponent: Term) -> Poly:
        logarithm = self._algebra.log(self.walk(base))
        return self._algebra.exp(self._algebra.mul(self.walk(exponent), logarithm))

    def walk_exp(self, term: Term) -> Poly:
        return self._algebra.exp(self.walk(term))

    def walk_log(self, term: Term) -> Poly:
        return self._algebra.log(self.walk(term))

    def walk_abs(self, term: Term) -> Poly:
        return self._algebra.absolute(self.walk(term))

    def walk_min(self, *terms: Term) -> Poly:
        return self._extremum("min", terms)

    def walk_max(self, *terms: Term) -> Poly:
        return self._extremum("max", terms)

    def _extremum(self, kind: str, terms: tuple[Term, ...]) -> Poly:
        result = self.walk(terms[0])
        for term in terms[1:]:
            result = self._algebra.extremum(kind, result, self.walk(term))
        return result

    def walk_lambertw(self, term: Term, branch: Number) -> Poly:
        return self._algebra.lambertw(self.walk(term), int(branch))

    def walk_function(self, name: str, argument: Term) -> Poly:
        raise UnrepresentableError(f"no normal form of {name}")
