"""Signs of sums over a region, and where they are defined and continuous."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from flint import arb, fmpq

from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.enclosure import Encloser
from srverify.numerics.prover.interval import Interval
from srverify.numerics.prover.poly import (
    Atom,
    Exponent,
    Monomial,
    Poly,
    UnrepresentableError,
    number,
)
from srverify.numerics.prover.region import Region
from srverify.numerics.prover.ring import Ring


class OrderedRing(Ring):
    """Sums over one region, with signs where these can be seen cheaply.

    A sign is 2 (positive), 1 (nonnegative), 0, -1 (nonpositive) or -2 (negative) at all points of the
    region at which the sum is defined.
    """

    def __init__(self, region: Region) -> None:
        super().__init__()
        self.region = region
        self.facts: dict[Poly, int] = {}
        self._signs: dict[Poly, int | None] = {}
        self._regular: dict[tuple[Atom, bool, bool], bool] = {}

    def atom_sign(self, atom: Atom) -> int | None:
        """Return the sign of an atom over the region; see ``Range.sign``."""
        match atom.kind:
            case "variable":
                part = self.region.by_name.get(atom.data)
                return None if part is None else part.sign
            case "exp" | "prime":
                return 2
            case "log":
                return self.sign(self.sub(atom.data, number(1)))
            case "sum":
                return self.sign(atom.data)
            case "abs":
                return 1
            case "lambertw":
                return -2 if atom.extra == -1 else self.sign(atom.data)
        signs = [self.sign(part) for part in atom.data]
        if None in signs:
            return None
        known = [sign for sign in signs if sign is not None]
        return min(known) if atom.kind == "min" else max(known)

    def monomial_sign(self, monomial: Monomial, coefficient: fmpq) -> int | None:
        """Return the sign of one monomial where it is defined."""
        size, direction = 2, 1 if coefficient > 0 else -1
        for atom, exponent in monomial:
            sign = self.atom_sign(atom)
            if isinstance(exponent, Fraction):
                # The base of a root is nonnegative where the root is defined.
                sign = 2 if sign == 2 or exponent < 0 else 1
            elif exponent % 2 == 0:
                sign = 2 if exponent < 0 or sign in (2, -2) else 1
            elif sign is None:
                return None
            elif exponent < 0:
                sign = 2 if sign > 0 else -2
            if sign == 0:
                return 0
            size = min(size, abs(sign))
            direction = direction if sign > 0 else -direction
        return size * direction

    def sign(self, poly: Poly) -> int | None:
        """Return the sign of a sum over the region where it is defined, if it can be seen cheaply."""
        if poly not in self._signs:
            self._signs[poly] = None  # cuts recursion through nested logarithms
            self._signs[poly] = self._find_sign(poly)
        return self._signs[poly]

    def _find_sign(self, poly: Poly) -> int | None:
        value = poly.constant
        if value is not None:
            return 0 if value == 0 else 2 if value > 0 else -2
        if self.facts and (known := self._known_sign(poly)) is not None:
            return known
        signs = [self.monomial_sign(m, c) for m, c in poly.terms.items()]
        if None not in signs:
            seen = [sign for sign in signs if sign is not None]
            if all(sign >= 0 for sign in seen):
                return max(seen)
            if all(sign <= 0 for sign in seen):
                return min(seen)
        try:
            low, high = self.enclose(poly, self.region)
        except iv.Empty:
            return None
        if low >= 0:
            return 2 if low > 0 or self._least_end_is_open(poly, 1) else 1
        if high <= 0:
            return -2 if high < 0 or self._least_end_is_open(poly, -1) else -1
        return None

    def _known_sign(self, poly: Poly) -> int | None:
        try:
            content, _, _ = self.split_content(poly)
        except UnrepresentableError:
            return None
        primitive = Poly({m: c / content for m, c in poly.terms.items()})
        if primitive in self.facts:
            return self.facts[primitive]
        opposite = self.neg(primitive)
        return -self.facts[opposite] if opposite in self.facts else None

    def _least_end_is_open(self, poly: Poly, direction: int) -> bool:
        """Tell whether a sum never takes the least value of its interval enclosure.

        With direction -1: the greatest. Looks at sums of products of powers of nonnegative variables,
        where the end of one term is taken only at ends that belong to the ranges.
        """
        found = False
        for monomial, coefficient in poly.terms.items():
            if not monomial:
                continue
            taken = self._end_is_taken(monomial, (coefficient > 0) == (direction > 0))
            if taken is None:
                return False
            found = found or not taken
        return found

    def _end_is_taken(self, monomial: Monomial, least: bool) -> bool | None:
        """Tell whether a product takes its least (greatest) value; None if that is not seen."""
        opened = zero = zero_taken = False
        for atom, exponent in monomial:
            if atom.kind != "variable":
                return None
            part = self.region.by_name[atom.data]
            if part.high == 0 and len(monomial) > 1:
                return None
            if (part.low is None or part.low < 0) and (len(monomial) > 1 or exponent != 1):
                return None
            low_end = least == (exponent > 0)
            end, open_end = (part.low, part.low_open) if low_end else (part.high, part.high_open)
            open_end = open_end or end is None
            opened = opened or open_end
            vanishes = end == 0 if exponent > 0 else end is None
            zero = zero or vanishes
            zero_taken = zero_taken or (vanishes and not open_end)
        # A product is 0 where one factor is; otherwise every factor must take its own end.
        return zero_taken if zero and least else not opened

    def enclose(self, poly: Poly, region: Region) -> Interval:
        """Enclose a sum over a region, at the points at which it is defined.

        Raises ``interval.Empty`` if it is defined nowhere there.
        """
        return Encloser(region).poly(poly)

    # -- definedness -------------------------------------------------------------------------

    def regular(self, poly: Poly) -> bool:
        """Tell whether a sum is certainly defined and continuous on the whole region."""
        return all(
            self._regular_factor(atom, exponent)
            for monomial in poly.terms
            for atom, exponent in monomial
        )

    def regular_inside(self, poly: Poly, name: str) -> bool:
        """Tell whether a sum is regular where one variable is strictly between its ends.

        A derivative must be: past a cusp, or where it is left out along a whole line, its sign
        elsewhere proves nothing.
        """
        part = self.region.by_name[name]
        if part.low is not None and part.low == part.high:
            return True
        inside = replace(part, low_open=True, high_open=True)
        return type(self)(self.region.changed(name, inside)).regular(poly)

    def _regular_factor(self, atom: Atom, exponent: Exponent) -> bool:
        key = (atom, exponent < 0, isinstance(exponent, Fraction))
        if key not in self._regular:
            self._regular[key] = self._is_regular(atom, exponent)
        return self._regular[key]

    def _is_regular(self, atom: Atom, exponent: Exponent) -> bool:
        sign = self.atom_sign(atom)
        if exponent < 0 and sign not in (2, -2):
            return False
        if isinstance(exponent, Fraction) and (sign is None or sign < 0):
            return False
        match atom.kind:
            case "variable" | "prime":
                return True
            case "exp":
                return self.regular(Poly({atom.data: fmpq(1)}))
            case "log":
                return self.regular(atom.data) and self.sign(atom.data) == 2
            case "sum" | "abs":
                return self.regular(atom.data)
            case "lambertw":
                if not self.regular(atom.data):
                    return False
                low, _ = self.enclose(atom.data, self.region)
                return bool(low > -arb(-1).exp()) and (atom.extra == 0 or self.sign(atom.data) == -2)
        return all(self.regular(part) for part in atom.data)
