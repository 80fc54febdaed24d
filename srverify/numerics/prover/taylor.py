"""Taylor forms of sums on compact boxes."""

from __future__ import annotations

from flint import arb, fmpq

from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.interval import Interval
from srverify.numerics.prover.poly import Poly, UnrepresentableError
from srverify.numerics.prover.region import Range, Region

#: Order of the form in one variable.
ORDER = 5


def lower_bound(algebra: Algebra, poly: Poly) -> arb | None:
    """Return a lower bound of a regular sum on a compact region, or None.

    In one variable by a Taylor form, in several by the mean value form; raises nothing.
    """
    names = sorted(algebra.variables(poly))
    if not names or len(names) > 3 or not algebra.region.compact or not algebra.regular(poly):
        return None
    centre = {name: part.middle() for name, part in algebra.region.ranges}
    thin = Region.of({name: Range(value, value) for name, value in centre.items()})
    try:
        if len(names) == 1:
            return _taylor(algebra, poly, names[0], centre[names[0]], thin)[0]
        total = algebra.enclose(poly, thin)
        for name in names:
            slope = algebra.enclose(_derivative(algebra, poly, name), algebra.region)
            total = iv.add(total, iv.mul(slope, _offset(algebra, name, centre[name])))
        return total[0]
    except (UnrepresentableError, iv.Empty):
        return None


def _derivative(algebra: Algebra, poly: Poly, name: str) -> Poly:
    """Return a derivative that exists on the whole region; raises UnrepresentableError otherwise."""
    derivative = algebra.derivative(poly, name)
    if not algebra.regular(derivative):
        raise UnrepresentableError("a derivative that does not exist everywhere")
    return derivative


def _offset(algebra: Algebra, name: str, centre: fmpq) -> Interval:
    return iv.sub(algebra.region.by_name[name].enclosure, iv.exact(centre))


def _taylor(algebra: Algebra, poly: Poly, name: str, centre: fmpq, thin: Region) -> Interval:
    offset = _offset(algebra, name, centre)
    total = algebra.enclose(poly, thin)
    factorial = 1
    derivative = poly
    for order in range(1, ORDER + 1):
        factorial *= order
        derivative = _derivative(algebra, derivative, name)
        where = algebra.region if order == ORDER else thin
        value = algebra.enclose(derivative, where)
        term = iv.mul(value, iv.power(offset, order))
        total = iv.add(total, iv.scale(term, arb(fmpq(1, factorial))))
    return total
