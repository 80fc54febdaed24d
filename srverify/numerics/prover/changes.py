"""Changes of one variable: counted from an end, in units of a constant, squares, exponentials.

Each yields sums over other regions; where those are nonnegative (positive), so is the given one.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb, fmpq, fmpz

from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.poly import (
    Atom,
    Monomial,
    Poly,
    UnrepresentableError,
    number,
)
from srverify.numerics.prover.region import Range, Region


def shifted(algebra: Algebra, poly: Poly) -> Iterator[tuple[Algebra, Poly]]:
    """Yield the sum with each variable counted from a finite end, lower ends first."""
    names = algebra.variables(poly)
    for lower_first in (True, False):
        values: dict[str, tuple[fmpq, int]] = {}
        ranges = {}
        for name, part in algebra.region.ranges:
            low, high = part.low, part.high
            ranges[name] = part
            if name not in names or (low is None and high is None):
                continue
            from_low = low is not None and (lower_first or high is None)
            end = low if from_low else high
            assert end is not None
            if end == 0 and from_low:
                continue
            width = None if low is None or high is None else high - low
            opening = part.low_open if from_low else part.high_open
            closing = part.high_open if from_low else part.low_open
            ranges[name] = Range(fmpq(0), width, opening, closing)
            values[name] = (end, 1 if from_low else -1)
        if not values:
            continue
        target = Algebra(Region.of(ranges))
        replaced = {
            name: target.add(number(end), target.scale(target.variable(name), direction))
            for name, (end, direction) in values.items()
        }
        try:
            yield target, algebra.rebased(poly, target, replaced)
        except UnrepresentableError:
            continue


def scaled(algebra: Algebra, poly: Poly, name: str, unit: Poly) -> tuple[Algebra, Poly] | None:
    """Measure one variable in units of a positive constant: ``x = unit*t``.

    The range of t is rounded outward, so what is proved over it covers the range of x.
    """
    low, high = algebra.enclose(unit, algebra.region)
    if not low > 0:
        return None
    part = algebra.region.by_name[name]
    moved = Range(
        _quotient_bound(part.low, low, high, False),
        _quotient_bound(part.high, low, high, True),
        part.low_open,
        part.high_open,
    )
    target = Algebra(algebra.region.changed(name, moved))
    try:
        factor = algebra.rebased(unit, target, {})
        return target, algebra.rebased(poly, target, {name: target.mul(factor, target.variable(name))})
    except UnrepresentableError:
        return None


def _quotient_bound(end: fmpq | None, low: arb, high: arb, upward: bool) -> fmpq | None:
    """Return a short rational at or beyond end/unit, on the outer side; exact at 0."""
    if end is None or end == 0:
        return end
    quotient = (arb(end) / low).union(arb(end) / high)
    scale = 1 << 20
    magnified = quotient * scale
    if not magnified.is_finite():
        raise UnrepresentableError("a range that cannot be rescaled")
    edge = magnified.upper().ceil() if upward else magnified.lower().floor()
    rounded = edge.unique_fmpz()
    if rounded is None:
        raise UnrepresentableError("a range that cannot be rescaled")
    # Rounding must not let a positive range touch 0.
    if rounded == 0:
        raise UnrepresentableError("a range that cannot be rescaled")
    return fmpq(rounded, fmpz(scale))


def squares(algebra: Algebra, poly: Poly) -> Iterator[tuple[Algebra, Poly]]:
    """Yield the sum in the squares of variables of which it contains even powers only."""
    changed: dict[str, Range] = {}
    for name in sorted(algebra.variables(poly)):
        atom = algebra.atom("variable", name)
        part = algebra.region.by_name[name]
        if part.sign is not None:
            continue
        exponents = [dict(monomial).get(atom, 0) for monomial in poly.terms]
        inside = any(name in algebra.variables_of(other) for other in poly.atoms() if other is not atom)
        if not inside and all(isinstance(e, int) and e % 2 == 0 for e in exponents):
            ends = [end for end in (part.low, part.high) if end is not None]
            top = max(end * end for end in ends) if len(ends) == 2 else None
            changed[name] = Range(fmpq(0), top)
    if not changed:
        return
    region = Region.of({name: changed.get(name, part) for name, part in algebra.region.ranges})
    target = Algebra(region)
    halves: dict[Monomial, fmpq] = {}
    atoms = {algebra.atom("variable", name) for name in changed}
    for monomial, coefficient in poly.terms.items():
        key = tuple((a, e // 2 if a in atoms and isinstance(e, int) else e) for a, e in monomial)
        halves[key] = coefficient
    try:
        yield target, algebra.rebased(Poly(halves), target, {})
    except UnrepresentableError:
        return


def exponentials(algebra: Algebra, poly: Poly) -> Iterator[tuple[Algebra, Poly]]:
    """Yield the sum with ``exp(x)`` as a variable, if x occurs in no other way."""
    for name in sorted(algebra.variables(poly)):
        core = algebra.atom("exp", ((algebra.atom("variable", name), 1),))
        if not _only_inside(algebra, poly, core, name):
            continue
        target = Algebra(algebra.region.changed(name, _exponential_range(algebra.region.by_name[name])))
        try:
            yield target, algebra.rebased(poly, target, {}, {core: target.variable(name)})
        except UnrepresentableError:
            continue


def logarithmic(algebra: Algebra, poly: Poly) -> Iterator[tuple[Algebra, Poly]]:
    """Yield the sum with ``exp(x)`` as a variable u and ``log(u)`` for a term x beside it."""
    for name in sorted(algebra.variables(poly)):
        alone: Monomial = ((algebra.atom("variable", name), 1),)
        core = algebra.atom("exp", alone)
        beside = Poly({m: c for m, c in poly.terms.items() if m != alone})
        if len(beside) == len(poly) or not _only_inside(algebra, beside, core, name):
            continue
        target = Algebra(algebra.region.changed(name, _exponential_range(algebra.region.by_name[name])))
        try:
            u = target.variable(name)
            moved = algebra.rebased(beside, target, {}, {core: u})
            linear = target.scale(target.log(u), poly.terms[alone])
            yield target, target.add(moved, linear)
        except UnrepresentableError:
            continue


def _only_inside(algebra: Algebra, poly: Poly, core: Atom, name: str) -> bool:
    for atom in poly.atoms():
        if atom is core or name not in algebra.variables_of(atom):
            continue
        if atom.kind in ("variable", "exp"):
            return False
        parts = atom.data if isinstance(atom.data, tuple) else (atom.data,)
        if not all(_only_inside(algebra, part, core, name) for part in parts):
            return False
    return True


def _exponential_range(part: Range) -> Range:
    """Return a range that contains exp of every point of a range; exact at 0, else rounded outward."""

    def image(end: fmpq | None, upward: bool) -> fmpq | None:
        if end is None:
            return None if upward else fmpq(0)
        if end == 0:
            return fmpq(1)
        if abs(end) > 1000:
            return None if upward else fmpq(0)
        value = arb(end).exp() * (1 << 40)
        rounded = (value.upper().ceil() if upward else value.lower().floor()).unique_fmpz()
        return (None if upward else fmpq(0)) if rounded is None else fmpq(rounded, 1 << 40)

    low, high = image(part.low, False), image(part.high, True)
    return Range(low, high, part.low_open or low == 0, part.high_open)


#: log(w)/w is at most exp(-1), which is below this.
_GREATEST_RATIO = fmpq(3679, 10000)


def growth(algebra: Algebra, poly: Poly) -> Iterator[tuple[Algebra, Poly]]:
    """Yield the sum with ``log(w) = u*w`` for an unbounded w >= 1 and a new variable u in [0, exp(-1)].

    A relaxation, since u is not tied to w any more: what it proves holds.
    """
    for name in sorted(algebra.variables(poly)):
        part = algebra.region.by_name[name]
        if part.low is None or part.low < 1 or part.high is not None:
            continue
        logarithm = algebra.atom("log", algebra.variable(name))
        if not any(_nests(algebra, atom, logarithm) for atom in poly.atoms()):
            continue
        ratio = f"log {name}/{name}"
        if ratio in algebra.region.by_name:
            continue
        positive = part.low > 1 or part.low_open
        target = Algebra(
            algebra.region.with_variable(ratio, Range(fmpq(0), _GREATEST_RATIO, positive, False))
        )
        value = target.mul(target.variable(ratio), target.variable(name))
        try:
            moved = algebra.rebased(poly, target, {}, {logarithm: value})
            # Taking w out of a logarithm brings log(w) back.
            again = target.atom("log", target.variable(name))
            for _ in range(3):
                if again not in set(moved.atoms()):
                    yield target, moved
                    break
                moved = target.rebased(moved, target, {}, {again: value})
        except UnrepresentableError:
            continue


def _nests(algebra: Algebra, atom: Atom, inner: Atom) -> bool:
    """Tell whether a sum or logarithm contains an atom together with other terms."""
    if atom is inner or atom.kind not in ("sum", "log"):
        return False
    return any(part is inner or _nests(algebra, part, inner) for part in atom.data.atoms())
