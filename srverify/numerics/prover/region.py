"""Regions: one range with exact ends per variable, open ends told apart from closed ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from flint import fmpq

from srverify.language.statement import Domain
from srverify.numerics.arb_eval import rational
from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.interval import Interval


@dataclass(frozen=True)
class Range:
    """A real interval: exact ends, ``None`` for an infinite one."""

    low: fmpq | None = None
    high: fmpq | None = None
    low_open: bool = False
    high_open: bool = False

    @staticmethod
    def of(domain: Domain) -> Range:
        """Return the range of a domain; natural variables are relaxed to reals."""
        return Range(
            None if domain.lower is None else rational(domain.lower),
            None if domain.upper is None else rational(domain.upper),
            domain.lower_open,
            domain.upper_open,
        )

    @cached_property
    def enclosure(self) -> Interval:
        """The closed hull."""
        low = iv.MINUS_INF if self.low is None else iv.exact(self.low)[0]
        high = iv.INF if self.high is None else iv.exact(self.high)[0]
        return low, high

    @property
    def compact(self) -> bool:
        """Whether both ends are finite (open or not)."""
        return self.low is not None and self.high is not None

    @property
    def sign(self) -> int | None:
        """2: positive, 1: nonnegative, -1: nonpositive, -2: negative, 0: zero, None: both signs."""
        if self.low is not None and self.low >= 0:
            if self.high == 0:
                return 0
            return 2 if self.low > 0 or self.low_open else 1
        if self.high is not None and self.high <= 0:
            return -2 if self.high < 0 or self.high_open else -1
        return None

    def contains(self, value: fmpq) -> bool:
        """Tell whether a number lies in the range."""
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return self.high is None or bool(
            value < self.high or (not self.high_open and value == self.high)
        )

    def split(self, at: fmpq) -> tuple[Range, Range]:
        """Return the closed pieces on both sides of a point."""
        return (
            replace(self, high=at, high_open=False),
            replace(self, low=at, low_open=False),
        )

    def middle(self) -> fmpq:
        """Return a point well inside: geometric towards infinite ends and over many magnitudes."""
        low, high = self.low, self.high
        if low is None and high is None:
            return fmpq(0)
        if high is None:
            assert low is not None
            return _outward(low)
        if low is None:
            return -_outward(-high)
        if low >= 0 and high > 0 and (low == 0 or high / low > 16):
            return _geometric(low, high)
        if high <= 0 and low < 0 and (high == 0 or low / high > 16):
            return -_geometric(-high, -low)
        return _simple_between(low, high)

    @property
    def size(self) -> float:
        """A width for choosing what to split: relative over many magnitudes, huge if infinite."""
        low, high = self.low, self.high
        if low is None or high is None:
            return 64.0
        width = float_of(high - low)
        scale = max(1.0, min(abs(float_of(low)), abs(float_of(high))))
        return width / scale

    def __str__(self) -> str:
        opening = "(" if self.low is None or self.low_open else "["
        closing = ")" if self.high is None or self.high_open else "]"
        low = "-oo" if self.low is None else self.low
        high = "oo" if self.high is None else self.high
        return f"{opening}{low}, {high}{closing}"


def float_of(value: fmpq) -> float:
    """Return the nearest double, infinite beyond the range of doubles."""
    try:
        return int(value.p) / int(value.q)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def power_of_two(value: fmpq) -> fmpq:
    """Return the power of two at or just above a positive number, within a factor of two."""
    exponent = int(value.p.bit_length()) - int(value.q.bit_length())
    return fmpq(1 << exponent) if exponent >= 0 else fmpq(1, 1 << -exponent)


def _outward(low: fmpq) -> fmpq:
    if low < 1:
        return fmpq(1) if low >= 0 else fmpq(0)
    return power_of_two(low * low * 2) if low < 1 << 20 else power_of_two(low) * (1 << 20)


def _geometric(low: fmpq, high: fmpq) -> fmpq:
    if low == 0:
        # Exponents double at first, then grow evenly, so that ends stay short.
        step = fmpq(1, 4) if high > fmpq(1, 1 << 10) else max(high, fmpq(1, 1 << 64)) / (1 << 10)
        return power_of_two(high * step)
    exponent = int((low * high).p.bit_length()) - int((low * high).q.bit_length())
    root = fmpq(1 << exponent // 2) if exponent >= 0 else fmpq(1, 1 << (-exponent + 1) // 2)
    return root if low < root < high else _simple_between(low, high)


def _simple_between(low: fmpq, high: fmpq) -> fmpq:
    """Return a dyadic number near the middle with few bits."""
    width = high - low
    step = power_of_two(width) / 8
    middle = (low + high) / 2 / step
    candidate = fmpq((middle + fmpq(1, 2)).floor()) * step
    return candidate if low < candidate < high else (low + high) / 2


@dataclass(frozen=True)
class Region:
    """A product of ranges, by variable name; equal regions compare and hash equal."""

    ranges: tuple[tuple[str, Range], ...]

    @staticmethod
    def of(ranges: Mapping[str, Range]) -> Region:
        """Return the region with these ranges, in this order."""
        return Region(tuple(ranges.items()))

    @cached_property
    def by_name(self) -> dict[str, Range]:
        """The ranges by variable."""
        return dict(self.ranges)

    @property
    def names(self) -> tuple[str, ...]:
        """The variables, in order."""
        return tuple(name for name, _ in self.ranges)

    @cached_property
    def box(self) -> tuple[Interval, ...]:
        """The closed hulls, in order."""
        return tuple(part.enclosure for _, part in self.ranges)

    @cached_property
    def compact(self) -> bool:
        """Whether every range has finite ends."""
        return all(part.compact for _, part in self.ranges)

    def changed(self, name: str, part: Range) -> Region:
        """Return the region with another range for one variable."""
        return Region(tuple((key, part if key == name else old) for key, old in self.ranges))

    def without(self, name: str) -> Region:
        """Return the region of the other variables."""
        return Region(tuple((key, part) for key, part in self.ranges if key != name))

    def with_variable(self, name: str, part: Range) -> Region:
        """Return the region with one more variable."""
        return Region((*self.ranges, (name, part)))

    def __str__(self) -> str:
        return ", ".join(f"{name} in {part}" for name, part in self.ranges)
