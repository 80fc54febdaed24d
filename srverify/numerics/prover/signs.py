"""Proofs that a sum has a sign on a whole region: exact reductions, then derivatives, recursively."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from srverify.numerics.clock import Clock, OutOfStepsError, OutOfTimeError
from srverify.numerics.prover import changes, comparison, pairs, taylor
from srverify.numerics.prover import reduction as red
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.algebraic import (
    by_cases,
    by_factors,
    by_homogeneity,
    by_root,
    by_square,
    combined,
)
from srverify.numerics.prover.minima import by_minimum, cut, tight_point
from srverify.numerics.prover.monotonicity import by_convexity, by_monotonicity
from srverify.numerics.prover.poly import Poly, UnrepresentableError
from srverify.numerics.prover.probing import refuted_at_a_point
from srverify.numerics.prover.region import Region
from srverify.numerics.prover.tactic import Prover

Tactic: TypeAlias = Callable[[Prover, Algebra, Poly, bool, int], "str | None"]
Rewrite: TypeAlias = Callable[[Algebra, Poly], Iterator[Poly]]


@dataclass
class SignProver:
    """Prove ``f >= 0`` or ``f > 0`` over the region of an algebra, at every point where f is defined.

    ``prove`` returns the method that succeeded, or None. Hypotheses are not seen here: what is proved
    holds on the whole region.
    """

    clock: Clock
    #: Sums that may still be worked on; None for any number.
    steps: int | None = None
    _comparisons: int = 0
    _inside: int = 0
    cuts: int = 0
    _sides: int = 0
    _known: dict[tuple[Region, Poly, bool], tuple[int, str | None]] = field(default_factory=dict)

    def prove(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Return how ``f >= 0`` (``f > 0`` if strict) was proved, or None; depth bounds derivatives."""
        self.clock.check()
        sign = algebra.sign(f)
        if sign is not None and sign >= (2 if strict else 0):
            return "interval"
        if sign == -2 or (strict and sign is not None and sign <= 0):
            return None
        key = (algebra.region, f, strict)
        tried, found = self._known.get(key, (-1, None))
        if found is not None or tried >= depth:
            return found
        if self.steps is not None:
            self.steps -= 1
            if self.steps < 0:
                raise OutOfStepsError
        self._known[key] = (depth, None)
        try:
            found = self._prove(algebra, f, strict, depth)
        except (OutOfTimeError, OutOfStepsError):
            self._known[key] = (tried, None)
            raise
        self._known[key] = (depth, found)
        return found

    def _prove(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        if refuted_at_a_point(algebra, f, strict):
            return None
        try:
            clear, same = red.cleared(algebra, f)
        except UnrepresentableError:
            clear, same = f, True
        if strict and not same:
            clear = f
        if clear != f:
            sign = algebra.sign(clear)
            if sign is not None and sign >= (2 if strict else 0):
                return "cleared"
        goal = 2 if strict else 0
        if algebra.facts and combined(algebra, clear, strict):
            return "combined with an assumption"
        sign = red.dominated(algebra, clear)
        if sign is not None and sign >= goal:
            return "dominated"
        if (how := by_factors(self, algebra, clear, strict, depth)) is not None:
            return how
        for moved, poly in changes.shifted(algebra, clear):
            sign = moved.sign(poly)
            if sign is not None and sign >= goal:
                return "shifted"
        if (how := by_square(self, algebra, clear, strict, depth)) is not None:
            return how
        if (how := by_root(self, algebra, clear, strict, depth)) is not None:
            return how
        if depth > 0 and not algebra.facts:
            if (how := self._by_sides(algebra, f, strict, depth)) is not None:
                return how
            how = self._moving(by_monotonicity, algebra, f, strict, depth)
            if how is not None:
                return how
        if (how := self._by_comparison(algebra, clear, strict, depth)) is not None:
            return how
        # What follows moves along variables, away from points at which hypotheses hold.
        if depth <= 0 or algebra.facts:
            return None
        how = self._moving(_by_calculus, algebra, f, strict, depth)
        if how is None and clear != f:
            how = self._moving(by_monotonicity, algebra, clear, strict, depth)
        return how or self._moving(_by_shape, algebra, clear, strict, depth)

    def _by_sides(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Where f vanishes for equal variables, move one of them away from the other, both ways."""
        if strict or self._sides or len(algebra.variables(f)) < 2:
            return None
        self._sides += 1
        try:
            for pair in pairs.sides(algebra, f):
                if all(self.prove(*case, strict, depth) is not None for case in pair):
                    return "by sides of a variable"
        finally:
            self._sides -= 1
        return None

    def _by_comparison(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        if self._inside:
            # Derivatives come in dozens: only the comparison of two terms is cheap enough for them.
            rewrites: tuple[Rewrite, ...] = (comparison.logarithms,) if len(f) == 2 else ()
        elif self._comparisons < 2:
            rewrites = (comparison.logarithms, comparison.exponentiated, comparison.isolated)
        else:
            return None
        self._comparisons += 1
        try:
            for rewrite in rewrites:
                for other in rewrite(algebra, f):
                    if self.prove(algebra, other, strict, depth) is not None:
                        return "compared by logarithms"
        finally:
            self._comparisons -= 1
        return None

    def _moving(self, tactic: Tactic, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        self._inside += 1
        try:
            return tactic(self, algebra, f, strict, depth)
        finally:
            self._inside -= 1


def _by_calculus(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    if len(algebra.variables(f)) == 1 and (tight := tight_point(algebra, f)) is not None:
        how = cut(prover, algebra, f, *tight, strict, depth)
        if how is not None:
            return how
    bound = taylor.lower_bound(algebra, f)
    if bound is not None and (bound > 0 or (not strict and bound >= 0)):
        return "Taylor form"
    if (how := by_convexity(prover, algebra, f, strict, depth)) is not None:
        return how
    return by_minimum(prover, algebra, f, strict, depth)


def _by_shape(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    if (how := by_homogeneity(prover, algebra, f, strict, depth)) is not None:
        return how
    return by_cases(prover, algebra, f, strict, depth)
