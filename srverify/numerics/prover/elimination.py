"""Assumptions used up: solve one for a variable and substitute, with its slack as the new variable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb, fmpq

from srverify.numerics.prover import interval as iv
from srverify.numerics.prover import reduction as red
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.poly import Atom, Poly, UnrepresentableError, number
from srverify.numerics.prover.region import Range


@dataclass(frozen=True)
class Assumption:
    """``poly > 0``, ``poly >= 0`` or ``poly = 0``, by its operator."""

    poly: Poly
    operator: str


@dataclass(frozen=True)
class Problem:
    """Prove that ``target`` is nonnegative (positive) wherever the assumptions hold."""

    algebra: Algebra
    assumptions: tuple[Assumption, ...]
    target: Poly
    strict: bool
    story: tuple[str, ...] = ()


def sharpened(problem: Problem) -> Problem:
    """Open the closed ends of ranges at which an assumption ``g > 0`` fails."""
    algebra, region = problem.algebra, problem.algebra.region
    for assumption in problem.assumptions:
        if assumption.operator != ">":
            continue
        for name in sorted(algebra.variables(assumption.poly)):
            part = region.by_name[name]
            for lower in (True, False):
                end = part.low if lower else part.high
                if end is None or (part.low_open if lower else part.high_open):
                    continue
                try:
                    value = algebra.substitute(assumption.poly, name, number(end))
                except UnrepresentableError:
                    continue
                sign = algebra.sign(value)
                if sign is not None and sign <= 0:
                    part = replace(part, low_open=True) if lower else replace(part, high_open=True)
            region = region.changed(name, part)
    if region == algebra.region:
        return problem
    return replace(problem, algebra=algebra.restricted(region))


def with_facts(problem: Problem) -> Algebra:
    """Return the problem's algebra, which also knows the signs that the assumptions say."""
    facts = []
    for assumption in problem.assumptions:
        sign = {">": 2, ">=": 1, "=": 0}[assumption.operator]
        facts.append((assumption.poly, sign))
        try:
            clear, same = red.cleared(problem.algebra, assumption.poly)
        except UnrepresentableError:
            continue
        if same:
            facts.append((clear, sign))
    return problem.algebra.with_facts(facts)


def steps(problem: Problem) -> Iterator[Problem]:
    """Yield problems each of which is enough for the given one, with an assumption used up.

    Those that leave fewer assumptions come first.
    """
    found = []
    for index, assumption in enumerate(problem.assumptions):
        for name in sorted(problem.algebra.variables(assumption.poly)):
            try:
                reduced = _solved(problem, index, name)
            except (UnrepresentableError, iv.Empty):
                continue
            if reduced is not None:
                found.append(reduced)
    found.sort(key=lambda p: (len(p.assumptions), len(p.target)))
    yield from found


def _solved(problem: Problem, index: int, name: str) -> Problem | None:
    """Solve one assumption, linear in a variable, for it."""
    algebra, assumption = problem.algebra, problem.assumptions[index]
    clear, same = red.cleared(algebra, assumption.poly)
    poly = clear if same else assumption.poly
    linear = _linear_parts(algebra, poly, name)
    if linear is None:
        return None
    slope, rest = linear
    sign = algebra.sign(slope)
    if sign not in (2, -2):
        return None
    part = algebra.region.by_name[name]
    region = algebra.region.without(name)
    slack_name = f"{name}'"
    while slack_name in algebra.region.by_name:
        slack_name += "'"
    if assumption.operator != "=":
        region = region.with_variable(
            slack_name, Range(fmpq(0), None, assumption.operator == ">", False)
        )
    target = Algebra(region)
    inverse = target.power(algebra.rebased(slope, target, {}), -1)
    slack = number(0) if assumption.operator == "=" else target.variable(slack_name)
    # Measured in units of the slope, so that the variable is its bound plus or minus the slack.
    offset = target.neg(target.mul(algebra.rebased(rest, target, {}), inverse))
    value = target.add(offset, slack if sign > 0 else target.neg(slack))
    return _moved(
        problem,
        target,
        {name: value},
        {},
        [a for i, a in enumerate(problem.assumptions) if i != index],
        _bounds(target, value, part),
        f"{name} = {value!r}",
    )


def _moved(
    problem: Problem,
    target: Algebra,
    values: dict[str, Poly],
    atoms: dict[Atom, Poly],
    assumptions: list[Assumption],
    extra: list[Assumption],
    story: str,
) -> Problem:
    def change(poly: Poly) -> Poly:
        return problem.algebra.rebased(poly, target, values, atoms)

    kept = []
    for assumption in assumptions:
        try:
            kept.append(Assumption(change(assumption.poly), assumption.operator))
        except UnrepresentableError:
            continue  # an assumption may always be forgotten
    kept += extra
    return Problem(
        target,
        tuple(a for a in dict.fromkeys(kept) if not _evident(target, a)),
        change(problem.target),
        problem.strict,
        (*problem.story, story),
    )


def _evident(algebra: Algebra, assumption: Assumption) -> bool:
    sign = algebra.sign(assumption.poly)
    if sign is None:
        return False
    return sign == 0 if assumption.operator == "=" else sign >= (2 if assumption.operator == ">" else 0)


def _bounds(algebra: Algebra, value: Poly, part: Range) -> list[Assumption]:
    found = []
    if part.low is not None:
        found.append(Assumption(algebra.sub(value, number(part.low)), ">" if part.low_open else ">="))
    if part.high is not None:
        found.append(Assumption(algebra.sub(number(part.high), value), ">" if part.high_open else ">="))
    return found


def _linear_parts(algebra: Algebra, poly: Poly, name: str) -> tuple[Poly, Poly] | None:
    """Return (a, b) with the sum equal to ``a*x + b`` and neither containing x."""
    atom = algebra.atom("variable", name)
    slope, rest = {}, {}
    for monomial, coefficient in poly.terms.items():
        exponents = dict(monomial)
        degree = exponents.pop(atom, 0)
        if degree not in (0, 1) or any(name in algebra.variables_of(other) for other in exponents):
            return None
        if degree:
            slope[tuple((a, e) for a, e in monomial if a is not atom)] = coefficient
        else:
            rest[monomial] = coefficient
    return (Poly(slope), Poly(rest)) if slope else None


# -- atoms with cases ------------------------------------------------------------------------------


def split_atom(problem: Problem) -> list[Problem] | None:
    """Split into cases at an absolute value, minimum or maximum; None if there is none."""
    algebra = problem.algebra
    polys = [problem.target, *(assumption.poly for assumption in problem.assumptions)]
    atom = next(
        (a for poly in polys for a in _inner_atoms(poly) if a.kind in ("abs", "min", "max")), None
    )
    if atom is None:
        return None
    if atom.kind == "abs":
        inner = atom.data
        cases = [(inner, inner), (algebra.neg(inner), algebra.neg(inner))]
    else:
        left, right = atom.data
        # Where left >= right the maximum is left and the minimum is right.
        cases = [
            (algebra.sub(left, right), left if atom.kind == "max" else right),
            (algebra.sub(right, left), right if atom.kind == "max" else left),
        ]
    found = []
    for condition, value in cases:
        target = Algebra(algebra.region)
        try:
            replaced = {atom: algebra.rebased(value, target, {})}
            found.append(
                _moved(
                    problem,
                    target,
                    {},
                    replaced,
                    [*problem.assumptions, Assumption(condition, ">=")],
                    [],
                    f"case {condition!r} >= 0",
                )
            )
        except UnrepresentableError:
            return None
    return found


def _inner_atoms(poly: Poly) -> Iterator[Atom]:
    """Yield the atoms of a sum and the atoms inside them, inner ones first."""
    for atom in poly.atoms():
        if atom.kind == "exp":
            yield from _inner_atoms(Poly({atom.data: fmpq(1)}))
        elif atom.kind not in ("variable", "prime"):
            for part in atom.data if isinstance(atom.data, tuple) else (atom.data,):
                yield from _inner_atoms(part)
        yield atom


# -- Lambert W -------------------------------------------------------------------------------------


def lambertw_removed(problem: Problem) -> Iterator[Problem]:
    """Yield the problem with W as a variable, where its argument can be solved for another one."""
    algebra = problem.algebra
    polys = [problem.target, *(assumption.poly for assumption in problem.assumptions)]
    atoms = dict.fromkeys(a for poly in polys for a in _inner_atoms(poly) if a.kind == "lambertw")
    for atom in atoms:
        for name in sorted(algebra.variables(atom.data)):
            try:
                moved = _without_lambertw(problem, atom, name)
            except (UnrepresentableError, iv.Empty):
                continue
            if moved is not None:
                yield moved


def _without_lambertw(problem: Problem, atom: Atom, name: str) -> Problem | None:
    algebra = problem.algebra
    low, high = algebra.enclose(algebra.monomial(atom), algebra.region)
    negative = atom.extra == -1 or algebra.sign(atom.data) == -2
    if not negative and algebra.sign(atom.data) != 2:
        return None
    size = Range(_outer(-high if negative else low, False), _outer(-low if negative else high, True))
    size = _cut(size, fmpq(0), True)
    if atom.extra == -1:
        size = _cut(size, fmpq(1), False)
    elif negative:
        size = Range(size.low, fmpq(1) if size.high is None else min(size.high, fmpq(1)), True, False)
    part = algebra.region.by_name[name]
    w_name = "W"
    while w_name in algebra.region.by_name:
        w_name += "'"
    target = Algebra(algebra.region.without(name).with_variable(w_name, size))
    w = target.variable(w_name)
    w = target.neg(w) if negative else w
    argument = target.mul(w, target.exp(w))
    value = _inverse_image(algebra, atom.data, name, target, argument)
    if value is None:
        return None
    return _moved(
        problem,
        target,
        {name: value},
        {atom: w},
        list(problem.assumptions),
        _bounds(target, value, part),
        f"{name} = {value!r} by Lambert W",
    )


def _cut(part: Range, low: fmpq, opened: bool) -> Range:
    if part.low is None or part.low <= low:
        return Range(low, part.high, opened, part.high_open)
    return part


def _outer(end: arb, upward: bool) -> fmpq | None:
    """Return a short rational beyond an end, None if it is infinite."""
    if not end.is_finite():
        return None
    scaled = end * (1 << 20)
    rounded = (scaled.upper().ceil() if upward else scaled.lower().floor()).unique_fmpz()
    return None if rounded is None else fmpq(rounded, 1 << 20)


def _inverse_image(algebra: Algebra, poly: Poly, name: str, target: Algebra, value: Poly) -> Poly | None:
    """Solve ``poly = value`` for a variable that occurs in one factor of a one-term sum."""
    if len(poly) != 1:
        return None
    ((monomial, coefficient),) = poly.terms.items()
    inside = [(a, e) for a, e in monomial if name in algebra.variables_of(a)]
    if len(inside) != 1:
        return None
    atom, exponent = inside[0]
    others = Poly({tuple((a, e) for a, e in monomial if a is not atom): coefficient})
    quotient = target.mul(value, target.power(algebra.rebased(others, target, {}), -1))
    if atom.kind == "variable":
        if algebra.atom_sign(atom) != 2:
            return None
        return target.power(quotient, 1 / Fraction(exponent))
    if atom.kind == "exp":
        linear = _linear_parts(algebra, Poly({atom.data: fmpq(1)}), name)
        if linear is None or linear[0].constant is None:
            return None
        scale = fmpq(exponent.numerator, exponent.denominator)
        logarithm = target.scale(target.log(quotient), 1 / scale)
        shifted = target.sub(logarithm, algebra.rebased(linear[1], target, {}))
        return target.scale(shifted, 1 / linear[0].constant)
    return None
