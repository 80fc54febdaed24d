"""Equivalent comparisons: logarithms or exponentials of both sides, one logarithm isolated, squares.

Each function yields sums with the same sign as the given one at every point at which it is defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from flint import arb, fmpq

from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.approximate import approximate
from srverify.numerics.prover.poly import Atom, Monomial, Poly, UnrepresentableError, number, times
from srverify.numerics.prover.region import Range, Region, float_of


def logarithms(algebra: Algebra, poly: Poly) -> Iterator[Poly]:
    """Yield ``log P - log N`` for a difference P - N of positive sums with exponentials in it."""
    positive: dict[Monomial, fmpq] = {}
    negative: dict[Monomial, fmpq] = {}
    for monomial, coefficient in poly.terms.items():
        sign = algebra.monomial_sign(monomial, coefficient)
        if sign == 2:
            positive[monomial] = coefficient
        elif sign == -2:
            negative[monomial] = -coefficient
        else:
            return
    if not positive or not negative or min(len(positive), len(negative)) > 1:
        return
    # Roots are left alone: squaring handles them, logarithms would hide them.
    if not any(atom.kind == "exp" and algebra.variables_of(atom) for atom in poly.atoms()):
        return
    try:
        yield algebra.sub(algebra.log(Poly(positive)), algebra.log(Poly(negative)))
    except UnrepresentableError:
        return


def isolated(algebra: Algebra, poly: Poly) -> Iterator[Poly]:
    """Yield ``L + R/P`` for a logarithm L with ``f = P*L + R`` and a P that varies."""
    for atom in list(poly.atoms()):
        if atom.kind != "log" or not algebra.variables_of(atom):
            continue
        parts = _linear_in(algebra, poly, atom)
        if parts is None or parts[0].constant is not None:
            continue
        sign = algebra.sign(parts[0])
        if sign not in (2, -2):
            continue
        try:
            ratio = algebra.mul(parts[1], algebra.power(parts[0], -1))
        except UnrepresentableError:
            continue
        moved = algebra.add(algebra.monomial(atom), ratio)
        yield moved if sign == 2 else algebra.neg(moved)


def exponentiated(algebra: Algebra, poly: Poly) -> Iterator[Poly]:
    """Yield the difference of exponentials for ``f = sum c*log(Q) + R``, R without logarithms.

    Positive c go to the left side, negative ones to the right, beside ``exp(-R)``.
    """
    left, right = number(1), number(1)
    rest: dict[Monomial, fmpq] = {}
    found = False
    try:
        for monomial, coefficient in poly.terms.items():
            logs = [a for a, _ in monomial if a.kind == "log" and algebra.variables_of(a)]
            if not logs:
                rest[monomial] = coefficient
                continue
            if len(monomial) > 1 or monomial[0][1] != 1 or coefficient.q > 4 or abs(coefficient) > 4:
                return
            found = True
            exponent = Fraction(int(coefficient.p), int(coefficient.q))
            factor = algebra.power(logs[0].data, abs(exponent))
            if coefficient > 0:
                left = algebra.mul(left, factor)
            else:
                right = algebra.mul(right, factor)
        if found:
            right = algebra.mul(right, algebra.exp(algebra.neg(Poly(rest))))
            yield algebra.sub(left, right)
    except UnrepresentableError:
        return


def _linear_in(algebra: Algebra, poly: Poly, atom: Atom) -> tuple[Poly, Poly] | None:
    inside: dict[Monomial, fmpq] = {}
    outside: dict[Monomial, fmpq] = {}
    for monomial, coefficient in poly.terms.items():
        exponent = dict(monomial).get(atom, 0)
        if exponent == 1:
            inside[times(monomial, ((atom, -1),))] = coefficient
        elif exponent == 0:
            outside[monomial] = coefficient
        else:
            return None
    return Poly(inside), Poly(outside)


def stationary(algebra: Algebra, slope: Poly, name: str) -> Poly | None:
    """Solve ``slope = 0`` for a variable that occurs in one way only, or return None."""
    inside: dict[Monomial, fmpq] = {}
    outside: dict[Monomial, fmpq] = {}
    core: Monomial | None = None
    for monomial, coefficient in slope.terms.items():
        here = tuple((a, e) for a, e in monomial if name in algebra.variables_of(a))
        if not here:
            outside[monomial] = coefficient
            continue
        if core is not None and here != core:
            return None
        core = here
        inside[tuple((a, e) for a, e in monomial if name not in algebra.variables_of(a))] = coefficient
    if core is None or len(core) != 1:
        return None
    atom, exponent = core[0]
    value = algebra.mul(algebra.neg(Poly(outside)), algebra.power(Poly(inside), -1))
    if not value.terms or algebra.sign(value) != 2:
        return value if atom.kind == "variable" and exponent == 1 else None
    inverse = 1 / Fraction(exponent)
    if atom.kind == "variable":
        return algebra.power(value, inverse)
    if atom.kind == "exp" and _is_bare(atom.data, name):
        return algebra.scale(algebra.log(value), fmpq(inverse.numerator, inverse.denominator))
    return None


def _is_bare(monomial: Monomial, name: str) -> bool:
    return (
        len(monomial) == 1
        and monomial[0][1] == 1
        and monomial[0][0].kind == "variable"
        and bool(monomial[0][0].data == name)
    )


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


def orders(algebra: Algebra, poly: Poly) -> list[tuple[Algebra, Poly]] | None:
    """Return one problem per order of two or three unbounded variables, or None.

    In the order ``x <= y <= z`` the variables are ``x``, ``x + s`` and ``x + s + t``.
    """
    names = [
        name for name in sorted(algebra.variables(poly)) if algebra.region.by_name[name].high is None
    ]
    if len(names) not in (2, 3) or len({algebra.region.by_name[name] for name in names}) != 1:
        return None
    found = []
    for order in permutations(names):
        region = algebra.region
        for name in order[1:]:
            region = region.changed(name, Range(fmpq(0)))
        target = Algebra(region)
        values = {}
        total = target.variable(order[0])
        for name in order[1:]:
            total = target.add(total, target.variable(name))
            values[name] = total
        try:
            found.append((target, algebra.rebased(poly, target, values)))
        except UnrepresentableError:
            return None
    return found


def halves(algebra: Algebra, poly: Poly) -> Iterator[list[tuple[Algebra, Poly]]]:
    """Yield pairs of problems: ``y = x*t`` and ``x = y*t`` with t in [0, 1], for alike variables."""
    names = sorted(algebra.variables(poly))
    for i, x in enumerate(names):
        for y in names[i + 1 :]:
            part = algebra.region.by_name[x]
            if part != algebra.region.by_name[y] or part.low != 0:
                continue
            found = []
            for large, small in ((x, y), (y, x)):
                ratio = Range(fmpq(0), fmpq(1), part.low_open, False)
                target = Algebra(algebra.region.changed(small, ratio))
                value = target.mul(target.variable(large), target.variable(small))
                try:
                    found.append((target, algebra.rebased(poly, target, {small: value})))
                except UnrepresentableError:
                    break
            if len(found) == 2:
                yield found


def sides(algebra: Algebra, poly: Poly) -> Iterator[list[tuple[Algebra, Poly]]]:
    """Yield pairs of problems in which y moves from an end of its range to x, where the sum vanishes.

    For x and y in ``(0, h)`` these are ``y = x*t`` and ``h - y = (h - x)*t`` with t in (0, 1].
    """
    names = sorted(algebra.variables(poly))
    for x, y in permutations(names, 2):
        part = algebra.region.by_name[y]
        high = part.high
        if part != algebra.region.by_name[x] or part.low != 0 or high is None:
            continue
        if not _seems_zero_where_equal(algebra, poly, x, y, high):
            return
        found = []
        for opened, below in ((part.low_open, True), (part.high_open, False)):
            target = Algebra(algebra.region.changed(y, Range(fmpq(0), fmpq(1), opened, False)))
            still, ratio = target.variable(x), target.variable(y)
            if below:
                value = target.mul(still, ratio)
            else:
                above = target.sub(number(high), still)
                value = target.sub(number(high), target.mul(above, ratio))
            try:
                found.append((target, algebra.rebased(poly, target, {y: value})))
            except UnrepresentableError:
                break
        if len(found) == 2:
            yield found


def _seems_zero_where_equal(algebra: Algebra, poly: Poly, x: str, y: str, high: fmpq) -> bool:
    point = {name: float_of(part.middle()) for name, part in algebra.region.ranges}
    for part in (high / 5, high / 2):
        value, size = approximate(poly, {**point, x: float_of(part), y: float_of(part)})
        if not abs(value) <= 1e-9 * size:
            return False
    return True


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
