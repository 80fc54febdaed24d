"""The sign of a polynomial on an interval by its Bernstein coefficients, with balls as coefficients."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import comb
from typing import NamedTuple

from flint import arb, arb_poly, fmpz

#: How often an interval is halved where the coefficients do not tell.
_HALVINGS = 5


class Bernstein(NamedTuple):
    """Bernstein coefficients of a function on an interval, and how far from them its values may be.

    Theorem. At every u in [0, 1] the polynomial sum_j b_j*C(n, j)*u^j*(1 - u)^(n - j) is a convex
    combination of its coefficients b_j; b_0 and b_n are its values at the ends. With balls, this holds
    of each polynomial whose coefficients are in them. A function within ``slack`` of such polynomials,
    which may differ from point to point, is between the least and the greatest one but for ``slack``.
    """

    coefficients: tuple[arb, ...]
    slack: arb

    def sign(self) -> int:
        """Return 1 or -1 where the function is nowhere below or nowhere above 0, else 0."""
        if all(b >= self.slack for b in self.coefficients):
            return 1
        return -1 if all(b <= -self.slack for b in self.coefficients) else 0

    def positive(self, halvings: int = _HALVINGS) -> bool:
        """Tell whether the coefficients, or those of halves of the interval, show it positive."""
        if all(b > self.slack for b in self.coefficients):
            return True
        first, last = self.coefficients[0], self.coefficients[-1]
        if halvings == 0 or not (first > self.slack and last > self.slack):
            return False
        return all(half.positive(halvings - 1) for half in self.halves())

    def halves(self) -> tuple[Bernstein, Bernstein]:
        """Return the coefficients on both halves of the interval, by de Casteljau's algorithm."""
        row = list(self.coefficients)
        left, right = [row[0]], [row[-1]]
        while len(row) > 1:
            row = [(a + b) / 2 for a, b in pairwise(row)]
            left.append(row[0])
            right.append(row[-1])
        return Bernstein(tuple(left), self.slack), Bernstein(tuple(reversed(right)), self.slack)


def bernstein(coefficients: Sequence[arb], low: arb, high: arb) -> Bernstein:
    """Return those of sum_k c_k*d^k for d in ``[low, high]``, where c_n may differ from point to point.

    The last coefficient, Lagrange's remainder, is the wide one: the polynomials have its midpoint, and
    its radius times the greatest size of d^n is the slack.
    """
    *others, last = coefficients
    degree = len(others)
    moved = arb_poly([*others, arb(last.mid())])(arb_poly([low, high - low]))
    row = [moved[j] / comb(degree, j) for j in range(degree + 1)]
    # b_j = sum_i C(j, i)*row_i, by Pascal's rule.
    for done in range(degree):
        for j in range(degree, done, -1):
            row[j] += row[j - 1]
    size = -low if -low > high else high
    slack = arb(last.rad()) * size ** fmpz(degree)
    return Bernstein(tuple(row), slack.upper())
