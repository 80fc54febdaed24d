"""Proofs that a sum has a sign on a whole region: exact reductions, then derivatives, recursively."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from flint import fmpq

from srverify.numerics.prover import comparison, taylor
from srverify.numerics.prover import interval as iv
from srverify.numerics.prover import reduction as red
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.approximate import approximate
from srverify.numerics.prover.factoring import factors
from srverify.numerics.prover.poly import Poly, UnrepresentableError, number
from srverify.numerics.prover.region import Range, Region, float_of, power_of_two

Tactic: TypeAlias = Callable[[Algebra, Poly, bool, int], "str | None"]
Rewrite: TypeAlias = Callable[[Algebra, Poly], Iterator[Poly]]


class OutOfTimeError(Exception):
    """The deadline of the search has passed."""


@dataclass
class Clock:
    """A deadline shared by everything that works on one statement."""

    deadline: float

    def check(self) -> None:
        """Raise OutOfTimeError after the deadline."""
        if time.monotonic() > self.deadline:
            raise OutOfTimeError

    def left(self) -> float:
        """Return the seconds that remain."""
        return self.deadline - time.monotonic()

    def part(self, seconds: float) -> Clock:
        """Return a clock that stops after some seconds, or earlier with this one."""
        return Clock(min(self.deadline, time.monotonic() + seconds))


class OutOfStepsError(Exception):
    """A proof took more steps than it was given."""


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
    _cuts: int = 0
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
        if self._refuted_at_a_point(algebra, f, strict):
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
        if algebra.facts and _combined(algebra, clear, strict):
            return "combined with an assumption"
        sign = red.dominated(algebra, clear)
        if sign is not None and sign >= goal:
            return "dominated"
        if (how := self._by_factors(algebra, clear, strict, depth)) is not None:
            return how
        for moved, poly in red.shifted(algebra, clear):
            sign = moved.sign(poly)
            if sign is not None and sign >= goal:
                return "shifted"
        if (how := self._by_square(algebra, clear, strict, depth)) is not None:
            return how
        if (how := self._by_root(algebra, clear, strict, depth)) is not None:
            return how
        if depth > 0 and not algebra.facts:
            if (how := self._by_sides(algebra, f, strict, depth)) is not None:
                return how
            how = self._moving(self._by_monotonicity, algebra, f, strict, depth)
            if how is not None:
                return how
        if (how := self._by_comparison(algebra, clear, strict, depth)) is not None:
            return how
        # What follows moves along variables, away from points at which hypotheses hold.
        if depth <= 0 or algebra.facts:
            return None
        how = self._moving(self._by_calculus, algebra, f, strict, depth)
        if how is None and clear != f:
            how = self._moving(self._by_monotonicity, algebra, clear, strict, depth)
        return how or self._moving(self._by_shape, algebra, clear, strict, depth)

    def _by_sides(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Where f vanishes for equal variables, move one of them away from the other, both ways."""
        if strict or self._sides or len(algebra.variables(f)) < 2:
            return None
        self._sides += 1
        try:
            for pair in comparison.sides(algebra, f):
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
            return tactic(algebra, f, strict, depth)
        finally:
            self._inside -= 1

    def _by_calculus(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        if len(algebra.variables(f)) == 1 and (tight := self._tight_point(algebra, f)) is not None:
            how = self._cut(algebra, f, *tight, strict, depth)
            if how is not None:
                return how
        bound = taylor.lower_bound(algebra, f)
        if bound is not None and (bound > 0 or (not strict and bound >= 0)):
            return "Taylor form"
        if (how := self._by_convexity(algebra, f, strict, depth)) is not None:
            return how
        return self._by_minimum(algebra, f, strict, depth)

    def _by_shape(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        if (how := self._by_homogeneity(algebra, f, strict, depth)) is not None:
            return how
        return self._by_cases(algebra, f, strict, depth)

    def _by_convexity(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Go to the stationary point of a convex function, or to both ends of a concave one."""
        if not algebra.regular(f):
            return None
        for name in sorted(algebra.variables(f)):
            try:
                slope = algebra.derivative(f, name)
                curvature = algebra.derivative(slope, name)
            except UnrepresentableError:
                continue
            bends = self._apparent_sign(algebra, curvature)
            if bends and self._at_stationary_point(algebra, f, slope, curvature, name, strict, depth):
                return f"convex in {name}"
            if bends is False and self._at_both_ends(algebra, f, curvature, name, strict, depth):
                return f"concave in {name}"
        return None

    def _at_stationary_point(
        self,
        algebra: Algebra,
        f: Poly,
        slope: Poly,
        curvature: Poly,
        name: str,
        strict: bool,
        depth: int,
    ) -> bool:
        if len(algebra.variables(f)) < 2:
            return False
        try:
            point = comparison.stationary(algebra, slope, name)
            if point is None:
                return False
            part = algebra.region.by_name[name]
            face = algebra.restricted(algebra.region.without(name))
            for end, direction in ((part.low, 1), (part.high, -1)):
                if end is not None:
                    inside = face.scale(face.sub(point, number(end)), direction)
                    if self.prove(face, inside, False, 1) is None:
                        return False
            value = face.substitute(f, name, point)
        except UnrepresentableError:
            return False
        return (
            face.regular(point)
            and face.regular(value)
            and self.prove(face, value, strict, depth - 1) is not None
            and self.prove(algebra, curvature, False, depth - 1) is not None
        )

    def _at_both_ends(
        self, algebra: Algebra, f: Poly, curvature: Poly, name: str, strict: bool, depth: int
    ) -> bool:
        part = algebra.region.by_name[name]
        if part.low is None or part.high is None:
            return False
        positive = 0
        for end, opened, upward in ((part.low, part.low_open, True), (part.high, part.high_open, False)):
            reduced = self._restriction(algebra, f, name, end, upward)
            if reduced is None:
                return False
            if self.prove(*reduced, strict, depth - 1) is not None:
                positive += 1
            elif not strict or not opened or self.prove(*reduced, False, depth - 1) is None:
                return False
        # Strictly inside, a concave function is above the chord of its ends.
        return (
            positive > 0 and self.prove(algebra, algebra.neg(curvature), False, depth - 1) is not None
        ) or self.prove(algebra, algebra.neg(curvature), True, depth - 1) is not None

    def _by_cases(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Use even powers, or the order of the variables."""
        for moved, poly in comparison.squares(algebra, f):
            if self.prove(moved, poly, strict, depth - 1) is not None:
                return "in squares"
        for moved, poly in comparison.growth(algebra, f):
            if self.prove(moved, poly, strict, depth - 1) is not None:
                return "with the logarithm as a multiple"
        if depth < 2 or len(algebra.variables(f)) < 2:
            return None
        cases = comparison.orders(algebra, f)
        if cases and all(self.prove(*case, strict, 0) is not None for case in cases):
            return "by order of the variables"
        for pair in comparison.halves(algebra, f):
            if all(self.prove(*case, strict, depth - 1) is not None for case in pair):
                return "by order of two variables"
        return None

    # -- looking before working --------------------------------------------------------------

    def _refuted_at_a_point(self, algebra: Algebra, f: Poly, strict: bool) -> bool:
        if algebra.facts:
            return False  # the points sampled may be ones at which the facts do not hold
        for point in sample(algebra.region):
            guess, size = approximate(f, {name: float_of(x) for name, x in point.items()})
            if guess > 1e-9 * size:
                continue
            value = _at(algebra, f, point)
            if value is not None and (value[1] < 0 or (strict and value[1] <= 0)):
                return True
        return False

    # -- algebra -----------------------------------------------------------------------------

    def _by_factors(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        try:
            parts = factors(algebra, f)
        except UnrepresentableError:
            return None
        if parts is None:
            return None
        direction = 1
        for part, multiplicity in parts:
            if part.constant is not None:
                direction = direction if part.constant > 0 or multiplicity % 2 == 0 else -direction
                continue
            if multiplicity % 2 == 0:
                if strict and not self._nonzero(algebra, part, depth):
                    return None
                continue
            found = self._sign_of(algebra, part, strict, depth)
            if found is None:
                return None
            direction *= found
        return "factors" if direction > 0 else None

    def _sign_of(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> int | None:
        """Return 1 if ``f >= 0`` (> 0) is proved, -1 if ``f <= 0`` (< 0) is, else None."""
        if self.prove(algebra, f, strict, depth) is not None:
            return 1
        if self.prove(algebra, algebra.neg(f), strict, depth) is not None:
            return -1
        return None

    def _nonzero(self, algebra: Algebra, f: Poly, depth: int) -> bool:
        return self._sign_of(algebra, f, True, depth) is not None

    def _by_square(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Use that ``a x^2 + b x + c >= 0`` for all x if a >= 0, c >= 0 and 4ac >= b^2."""
        for name in sorted(algebra.variables(f)):
            parts = red.quadratic_parts(algebra, f, name)
            if parts is None:
                continue
            a, b, c = parts
            if (algebra.sign(a) or 1) < 0 or (algebra.sign(c) or 1) < 0:
                continue
            try:
                gap = algebra.sub(algebra.scale(algebra.mul(a, c), 4), algebra.mul(b, b))
            except UnrepresentableError:
                continue
            # With 4ac > b^2 and a >= 0, c >= 0 both a and c are positive, and so is the square.
            if (
                self.prove(algebra, gap, strict, depth - 1) is not None
                and self.prove(algebra, a, False, depth - 1) is not None
                and self.prove(algebra, c, False, depth - 1) is not None
            ):
                return "discriminant"
        return None

    def _by_root(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Decide ``P + Q sqrt(A)`` by comparing squares."""
        try:
            candidates = list(red.radical_parts(algebra, f))
        except UnrepresentableError:
            return None
        for p, q, a in candidates:
            try:
                gap = algebra.sub(algebra.mul(p, p), algebra.mul(algebra.mul(q, q), a))
            except UnrepresentableError:
                continue
            budget = min(depth, 2) - 1
            if self.prove(algebra, q, False, budget) is not None:
                # Q sqrt(A) >= |P|
                if self.prove(algebra, algebra.neg(gap), strict, depth - 1) is not None:
                    return "squared"
            elif (
                self.prove(algebra, p, False, budget) is not None
                and self.prove(algebra, gap, strict, depth - 1) is not None
            ):
                return "squared"
        return None

    # -- calculus ----------------------------------------------------------------------------

    def _by_monotonicity(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Replace a variable in which f is monotone by the end at which f is least."""
        if not algebra.regular(f):
            return None
        names = sorted(
            algebra.variables(f),
            key=lambda name: sum(
                any(name in algebra.variables_of(atom) for atom, _ in monomial) for monomial in f.terms
            ),
        )
        for name in names:
            try:
                slope = algebra.derivative(f, name)
            except UnrepresentableError:
                continue
            rising = self._apparent_sign(algebra, slope)
            for upward in (True, False) if rising is None else (rising,):
                how = self._at_least_end(algebra, f, slope, name, upward, strict, depth)
                if how is not None:
                    return how
        return None

    def _apparent_sign(self, algebra: Algebra, slope: Poly) -> bool | None:
        """Return the sign of a slope at the first sample at which it is clear; None if at none."""
        for point in sample(algebra.region):
            value, size = approximate(slope, {name: float_of(x) for name, x in point.items()})
            if abs(value) > 1e-9 * size:
                return value > 0
        return None

    def _at_least_end(
        self,
        algebra: Algebra,
        f: Poly,
        slope: Poly,
        name: str,
        upward: bool,
        strict: bool,
        depth: int,
    ) -> str | None:
        part = algebra.region.by_name[name]
        end = part.low if upward else part.high
        excluded = end is None or (part.low_open if upward else part.high_open)
        reduced = self._restriction(algebra, f, name, end, upward)
        if reduced is None:
            return None
        face, value = reduced
        if self._refuted_at_a_point(face, value, strict and not excluded):
            return None
        away = slope if upward else algebra.neg(slope)
        if self.prove(algebra, away, False, depth - 1) is None:
            return None
        if self.prove(face, value, strict, depth) is not None:
            return f"monotone in {name}"
        if (
            strict
            and excluded
            and self.prove(face, value, False, depth) is not None
            and self.prove(algebra, away, True, depth - 1) is not None
        ):
            return f"strictly monotone in {name}"
        return None

    def _restriction(
        self, algebra: Algebra, f: Poly, name: str, end: fmpq | None, upward: bool
    ) -> tuple[Algebra, Poly] | None:
        """Return f at an end of one variable, as a limit if it must be."""
        if end is not None:
            try:
                face = algebra.restricted(algebra.region.without(name))
                value = algebra.substitute(f, name, number(end))
                if face.regular(value):
                    return face, value
            except UnrepresentableError:
                pass
        return red.limit(algebra, f, name, not upward)

    def _tight_point(self, algebra: Algebra, f: Poly) -> tuple[str, float] | None:
        """Return where a function of one variable seems to have a zero minimum inside its range."""
        (name,) = algebra.variables(f)
        if not algebra.regular(f):
            return None
        lowest = least_point(algebra, f, name, {})
        if lowest is None or abs(_float_at(f, name, lowest, {})) > 1e-9:
            return None
        return name, lowest

    def _cut(
        self, algebra: Algebra, f: Poly, name: str, lowest: float, strict: bool, depth: int
    ) -> str | None:
        """Split at a minimum, or measure in units of it, if it has a closed form."""
        guess = red.closed_form(algebra, lowest)
        if guess is None or self._cuts >= 3:
            return None
        unit, is_rational = guess
        self._cuts += 1
        try:
            if is_rational:
                return self._split_at(algebra, f, name, unit, strict, depth)
            return self._in_units(algebra, f, name, unit, strict, depth)
        finally:
            self._cuts -= 1

    def _by_minimum(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Split where f is least in one variable, or measure that variable in units of it."""
        if not algebra.regular(f):
            return None
        for name in sorted(algebra.variables(f)):
            lowest = self._common_minimum(algebra, f, name)
            if lowest is None:
                continue
            if (how := self._cut(algebra, f, name, lowest, strict, depth)) is not None:
                return how
            if len(algebra.variables(f)) == 1:
                return self._around(algebra, f, name, lowest, strict, depth)
        return None

    def _around(
        self, algebra: Algebra, f: Poly, name: str, lowest: float, strict: bool, depth: int
    ) -> str | None:
        """Prove on a small box around an approximate minimum, and on both sides of it."""
        part = algebra.region.by_name[name]
        centre = _dyadic(lowest)
        for shrink in (16, 256):
            radius = power_of_two(max(abs(centre), fmpq(1, 1 << 30))) / shrink
            pieces = [part]
            for at in (centre - radius, centre + radius):
                last = pieces[-1]
                if last.contains(at) and at not in (last.low, last.high):
                    pieces[-1:] = last.split(at)
            for piece in sorted(pieces, key=lambda piece: not piece.contains(centre)):
                region = algebra.region.changed(name, piece)
                if region == algebra.region:
                    return None
                if self.prove(algebra.restricted(region), f, strict, depth - 1) is None:
                    break
            else:
                return f"around {name} = {float_of(centre):.6g}"
        return None

    def _common_minimum(self, algebra: Algebra, f: Poly, name: str) -> float | None:
        """Return where f is least in one variable, if that is the same at samples of the others."""
        if len(algebra.variables(f)) == 1:
            return least_point(algebra, f, name, {})
        found: list[float] = []
        missed = 0
        for point in sample(algebra.region):
            others = {other: float_of(value) for other, value in point.items() if other != name}
            lowest = least_point(algebra, f, name, others)
            if lowest is None:
                missed += 1
                if missed == 2:
                    return None
                continue
            found.append(lowest)
            if abs(found[0] - lowest) > 1e-6 * max(1.0, abs(lowest)):
                return None
            if len(found) == 3:
                break
        return found[0] if len(found) >= 2 else None

    def _split_at(
        self, algebra: Algebra, f: Poly, name: str, unit: Poly, strict: bool, depth: int
    ) -> str | None:
        at = unit.constant
        part = algebra.region.by_name[name]
        if at is None or part.low == at or part.high == at or not part.contains(at):
            return None
        if len(algebra.variables(f)) == 1 and not _vanishes(algebra, f, name, at):
            return None
        for side in part.split(at):
            half = algebra.restricted(algebra.region.changed(name, side))
            if self.prove(half, f, strict, depth) is None:
                return None
        return f"split at {name} = {at}"

    def _in_units(
        self, algebra: Algebra, f: Poly, name: str, unit: Poly, strict: bool, depth: int
    ) -> str | None:
        part = algebra.region.by_name[name]
        if part.low is None or part.low < 0 or (part.low == 0 and not part.low_open):
            return None
        try:
            moved = red.scaled(algebra, f, name, unit)
        except UnrepresentableError:
            return None
        if moved is None or not _vanishes(*moved, name, fmpq(1)):
            return None
        if self.prove(*moved, strict, depth) is None:
            return None
        return f"{name} in units of {unit!r}"

    def _by_homogeneity(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Replace two positive variables by their ratio or product, if that is all f depends on."""
        for moved, poly in red.ratios(algebra, f):
            how = self.prove(moved, poly, strict, depth - 1)
            if how is not None:
                return f"homogeneous, {how}"
        return None


def _vanishes(algebra: Algebra, f: Poly, name: str, at: fmpq) -> bool:
    """Tell whether f is exactly zero at a point: only there is a split better than a small box."""
    try:
        return not algebra.substitute(f, name, number(at)).terms
    except UnrepresentableError:
        return False


def _combined(algebra: Algebra, f: Poly, strict: bool) -> bool:
    """Tell whether f is a positive multiple of a known nonnegative sum plus one that is nonnegative."""
    for known, sign in algebra.facts.items():
        for monomial, coefficient in known.terms.items():
            weight = f.terms.get(monomial, fmpq(0)) / coefficient
            if weight == 0 or (sign != 0 and (weight > 0) != (sign > 0)):
                continue
            rest = algebra.sign(algebra.sub(f, algebra.scale(known, weight)))
            if rest is not None and rest >= 0 and (not strict or rest == 2 or abs(sign) == 2):
                return True
    return False


def sample(region: Region) -> list[dict[str, fmpq]]:
    """Return a few points inside a region: the middle, then towards the ends of each variable."""
    middles = {name: part.middle() for name, part in region.ranges}
    points = [middles]
    for name, part in region.ranges:
        middle = middles[name]
        if part.low == part.high and part.low is not None:
            continue
        for side in part.split(middle):
            nearer = side.middle()
            points.append({**middles, name: nearer})
    for low in (True, False):
        corner = {
            name: part.split(middles[name])[0 if low else 1].middle()
            if part.low is None or part.low != part.high
            else part.low
            for name, part in region.ranges
        }
        points.append(corner)
    return points


def _dyadic(value: float) -> fmpq:
    """Return a double with about 20 bits kept."""
    mantissa, exponent = math.frexp(value)
    return fmpq(round(mantissa * (1 << 20))) * fmpq(2) ** (exponent - 20)


def _at(algebra: Algebra, f: Poly, point: dict[str, fmpq]) -> iv.Interval | None:
    region = Region.of({name: Range(value, value) for name, value in point.items()})
    try:
        return algebra.enclose(f, region)
    except iv.Empty:
        return None


def _float_at(f: Poly, name: str, x: float, others: dict[str, float]) -> float:
    value, _ = approximate(f, {**others, name: x})
    return math.inf if math.isnan(value) else value


def least_point(algebra: Algebra, f: Poly, name: str, others: dict[str, float]) -> float | None:
    """Return an approximate interior minimiser in one variable, the others fixed (not rigorous)."""
    part = algebra.region.by_name[name]
    grid = _grid(part, bool(others))
    values = [_float_at(f, name, x, others) for x in grid]
    best = min(range(len(grid)), key=lambda index: values[index])
    if not math.isfinite(values[best]) or best in (0, len(grid) - 1):
        return None
    low, high = grid[best - 1], grid[best + 1]
    # Bisect the slope: it is far sharper than comparing values.
    try:
        slope = algebra.derivative(f, name)
    except UnrepresentableError:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if _float_at(slope, name, middle, others) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _grid(part: Range, coarse: bool) -> list[float]:
    """Return increasing points of a range: even on a bounded one, geometric on long or infinite ones."""
    low = -math.inf if part.low is None else float_of(part.low)
    high = math.inf if part.high is None else float_of(part.high)
    exponents = range(-12, 13, 3) if coarse else range(-40, 41, 4)
    geometric = [2.0**k for k in exponents] + [0.5, 1.5, 2.0, 3.0, 6.0]
    candidates = [0.0, *geometric, *(-x for x in geometric)]
    if math.isfinite(low):
        candidates += [low, *(low + x for x in geometric)]
    if math.isfinite(high):
        candidates += [high, *(high - x for x in geometric)]
    if math.isfinite(low) and math.isfinite(high):
        candidates += [low + (high - low) * k / 16 for k in range(17)]
    return sorted({x for x in candidates if low <= x <= high} | {float_of(part.middle())})
