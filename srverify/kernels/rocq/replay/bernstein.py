"""Signs of polynomials on intervals, with proofs by coefficients that are all nonnegative.

On a half line from a the polynomial is expanded at a, on an interval [a, b] in the Bernstein basis; if a
coefficient has the wrong sign, the interval is halved (which ends, by Vincent's theorem, where the
polynomial has no root).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb

from flint import fmpq, fmpq_poly

from srverify.checker.enclosures.interval import rational
from srverify.language.statement import Domain

#: How often intervals are halved.
_MAX_DEPTH = 12

_Ends = tuple[fmpq | None, fmpq | None]


@dataclass(frozen=True)
class Positive:
    """A polynomial, or its negative (``negated``), that is nonnegative on a domain.

    ``strict``: positive there. ``lines`` are the tactics that prove it.
    """

    text: str
    negated: bool
    strict: bool
    lines: tuple[str, ...]

    def script(self, label: str) -> list[str]:
        """Return the tactics that put the sign among the hypotheses."""
        sign = "<" if self.strict else "<="
        return [f"assert ({label} : 0 {sign} {self.text}).", "{", *self.lines, "}"]


def shown(value: fmpq) -> str:
    """Print an exact number as an argument."""
    text = f"{abs(value.p)} / {value.q}" if value.q != 1 else str(abs(value.p))
    return f"(- ({text}))" if value < 0 else f"({text})"


def positive(poly: fmpq_poly, domain: Domain, x: str) -> Positive | None:
    """Return the sign of an irreducible polynomial on a domain; None if none is found."""
    ends = tuple(None if end is None else rational(end) for end in (domain.lower, domain.upper))
    low, high = ends
    sample = _sample(low, high)
    negated = poly(sample) < 0
    value = -poly if negated else poly
    text = f"({_written(value, x)})"
    if poly.degree() == 1:
        values = [None if end is None else value(end) for end in ends]
        rising = value[1] > 0
        least = values[0] if rising else values[1]
        if least is None or least < 0:
            return None
        is_open = domain.lower_open if rising else domain.upper_open
        return Positive(text, negated, bool(least > 0 or is_open), ("lra.",))
    found = list(_proof(value, (low, high), x, _MAX_DEPTH))
    return Positive(text, negated, True, tuple(found)) if None not in found else None  # type: ignore[arg-type]


def _sample(low: fmpq | None, high: fmpq | None) -> fmpq:
    """Return a point that is no root of an irreducible polynomial of higher degree: a rational one."""
    if low is None:
        return fmpq(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _written(poly: fmpq_poly, x: str) -> str:
    parts = []
    for i, c in enumerate(poly.coeffs()):
        if c != 0:
            parts.append(f"{shown(c)} * {x} ^ {i}" if i else shown(c))
    return " + ".join(parts) or "0"


def _proof(poly: fmpq_poly, ends: _Ends, x: str, depth: int) -> Iterator[str | None]:
    """Yield tactics that show that a polynomial is positive on a closed interval; None: not found."""
    low, high = ends
    expansion = _expanded(poly, low, high, x)
    if expansion is not None:
        least, text, scale = expansion
        shifted = f"{scale} * ({_written(poly, x)} - {shown(least)})"
        yield f"assert (rest : {shifted} = {text}) by (field; lra)."
        yield f"assert (sum : 0 <= {text}) by (add_powers)."
        yield "rewrite <- rest in sum."
        yield "apply Rmult_nonneg_inv in sum; [lra | solve [first [lra | apply pow_lt; lra]]]."
        return
    if depth == 0:
        yield None
        return
    middle = _sample(low, high) if (low, high) != (None, None) else fmpq(0)
    yield f"destruct (Rle_or_lt {x} {shown(middle)}) as [? | ?]."
    for part in ((low, middle), (middle, high)):
        yield "{"
        yield from _proof(poly, part, x, depth - 1)
        yield "}"


def _expanded(
    poly: fmpq_poly, low: fmpq | None, high: fmpq | None, x: str
) -> tuple[fmpq, str, str] | None:
    """Return a positive lower bound and the rest, a scale times it, as a sum of nonnegative summands."""
    if low is not None and high is not None:
        degree, width = poly.degree(), high - low
        # (1 + s)^n p((low + high s)/(1 + s)): the coefficients times binomials of the Bernstein form.
        numerator = fmpq_poly([0])
        for i, c in enumerate(poly.coeffs()):
            numerator += c * fmpq_poly([low, high]) ** i * fmpq_poly([1, 1]) ** (degree - i)
        coefficients = [numerator[k] for k in range(degree + 1)]
        least = min(c / comb(degree, k) for k, c in enumerate(coefficients))
        if least <= 0:
            return None
        rest = [c - least * comb(degree, k) for k, c in enumerate(coefficients)]
        left, right = f"({x} - {shown(low)})", f"({shown(high)} - {x})"
        parts = [
            f"{shown(c)} * {left} ^ {k} * {right} ^ {degree - k}" for k, c in enumerate(rest) if c != 0
        ]
        return least, " + ".join(parts) or "0", f"{shown(width)} ^ {degree}"
    if low is None and high is None:
        return None
    end = low if low is not None else high
    assert end is not None
    shift = fmpq_poly([end, 1 if low is not None else -1])
    coefficients = list(poly(shift).coeffs())
    if coefficients[0] <= 0 or any(c < 0 for c in coefficients):
        return None
    step = f"({x} - {shown(end)})" if low is not None else f"({shown(end)} - {x})"
    parts = [f"{shown(c)} * {step} ^ {k}" for k, c in enumerate(coefficients) if k and c != 0]
    return coefficients[0], " + ".join(parts) or "0", "1"
