"""The new variables for the angles of a triangle, and what functions of the angles are by them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from srverify.language import term as t
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.forms import plain

HALF, TWO = t.number(Fraction(1, 2)), t.number(2)


@dataclass(frozen=True)
class Names:
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
        return [s if self.acute else t.mul(HALF, s) for s in self.angles]

    @property
    def kinds(self) -> tuple[str, str]:
        """What functions are the sine and cosine of half an angle, maybe of the other triangle."""
        return ("cos", "sin") if self.acute else ("sin", "cos")

    @property
    def pairs(self) -> Term:
        """The sum of the products of two variables: the square of that of the three cosines."""
        x, y, z = self.new
        return plain(t.add(t.mul(x, y), t.mul(y, z), t.mul(z, x)))

    @property
    def root(self) -> Term:
        """The product of the three cosines."""
        return t.sqrt(self.pairs)

    def doubled(self, i: int) -> tuple[Term, Term]:
        """Return the sine and cosine of an angle of the triangle whose half angles are the units."""
        if self.inner:
            half = t.mul(HALF, self.angles[i])
            return t.function("cos", half), t.function("sin", half)
        return t.function("sin", self.angles[i]), t.function("cos", self.angles[i])

    def sums(self, i: int) -> tuple[Term, Term]:
        """Return the sums in which a variable is."""
        x, y, z = self.new[i], self.new[(i + 1) % 3], self.new[(i + 2) % 3]
        return plain(t.add(x, y)), plain(t.add(x, z))

    def value(self, i: int, kind: str, *, half: bool) -> Term:
        """Return the sine or cosine of an angle, or of its half, by the new variables."""
        x, (p, q) = self.new[i], self.sums(i)
        if self.inner:
            half, kind = False, "cos" if kind == "sin" else "sin"
        if half or self.acute:
            above: Term = x if kind == self.kinds[0] else t.sqrt(self.pairs)
            return t.div(above, t.mul(t.sqrt(p), t.sqrt(q)))
        if kind == "sin":
            return t.div(t.mul(TWO, x, t.sqrt(self.pairs)), t.mul(p, q))
        return t.sub(t.div(self.pairs, t.mul(p, q)), t.div(t.power(x, TWO), t.mul(p, q)))


__all__ = ["HALF", "TWO", "Names"]
