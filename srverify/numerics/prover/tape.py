"""Terms compiled to a tape: interval evaluation over boxes, as written, without a tree walk."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from flint import arb, fmpq

from srverify.language import term as t
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.arb_eval import rational
from srverify.numerics.doubles import FLOATS
from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.interval import Interval

_Function: TypeAlias = Callable[[list[Any], tuple[int, ...], Any], Any]


def _unary(function: Callable[[Any], Any]) -> _Function:
    return lambda values, where, _: function(values[where[0]])


def _binary(function: Callable[[Any, Any], Any]) -> _Function:
    return lambda values, where, _: function(values[where[0]], values[where[1]])


def _with_extra(function: Callable[[Any, Any], Any]) -> _Function:
    return lambda values, where, extra: function(values[where[0]], extra)


def _folded(function: Callable[[Any, Any], Any]) -> _Function:
    def fold(values: list[Any], where: tuple[int, ...], _: Any) -> Any:
        result = values[where[0]]
        for index in where[1:]:
            result = function(result, values[index])
        return result

    return fold


_INTERVAL: dict[str, _Function] = {
    "add": _folded(iv.add),
    "mul": _folded(iv.mul),
    "neg": _unary(iv.neg),
    "sub": _binary(iv.sub),
    "div": _binary(iv.div),
    "power": _with_extra(iv.power),
    "ratpower": _with_extra(iv.rational_power),
    "natpower": _binary(iv.natural_power),
    "realpower": _binary(iv.real_power),
    "exp": _unary(iv.exp),
    "log": _unary(iv.log),
    "sqrt": _unary(iv.sqrt),
    "abs": _unary(iv.absolute),
    "min": _folded(iv.minimum),
    "max": _folded(iv.maximum),
    "lambertw": _with_extra(iv.lambertw),
} | {name: _unary(iv.image(name)) for name in t.FUNCTIONS}


def _float_lambertw(value: float, branch: int) -> float:
    ball = arb(value).lambertw(branch)
    return float(ball) if ball.is_finite() else math.nan


_FLOAT: dict[str, _Function] = {
    "add": _folded(operator.add),
    "mul": _folded(operator.mul),
    "neg": _unary(operator.neg),
    "sub": _binary(operator.sub),
    "div": _binary(operator.truediv),
    "power": _with_extra(lambda base, n: math.pow(base, n)),
    "ratpower": _with_extra(lambda base, p: math.pow(base, int(p.p) / int(p.q))),
    "natpower": _binary(math.pow),
    "realpower": _binary(math.pow),
    "exp": _unary(math.exp),
    "log": _unary(math.log),
    "sqrt": _unary(math.sqrt),
    "abs": _unary(abs),
    "min": _folded(min),
    "max": _folded(max),
    "lambertw": _with_extra(_float_lambertw),
} | {name: _unary(function) for name, function in FLOATS.items()}


class Tape(t.TermWalker[int]):
    """Compile terms once; equal subterms share a slot.

    ``names`` fixes the order of the variables in a box. ``run`` evaluates all steps over a box, given
    as one interval per variable, where each operation is defined; it raises ``interval.Empty`` when
    some operation is defined nowhere on the box.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._slots: dict[str, int] = {name: index for index, name in enumerate(names)}
        self._known: dict[Term, int] = {}
        self._constants: dict[int, tuple[fmpq, Interval]] = {}
        self._steps: list[tuple[int, str, tuple[int, ...], Any]] = []
        self._count = len(names)
        self._variables = len(names)
        self._precision = 0

    def walk(self, term: Term) -> int:
        """Return the slot of a term."""
        found = self._known.get(term)
        if found is None:
            found = super().walk(term)
            self._known[term] = found
        return found

    def difference(self, left: Term, right: Term) -> int:
        """Return the slot of ``left - right``."""
        if right is t.ZERO:
            return self.walk(left)
        if left is t.ZERO:
            return self.walk_neg(right)
        return self.step("sub", (self.walk(left), self.walk(right)))

    def run(self, box: Sequence[Interval], precision: int) -> list[Interval]:
        """Evaluate everything over a box; ``precision`` is the one set in ``flint.ctx``."""
        values: list[Interval] = [*box, *([iv.LINE] * (self._count - self._variables))]
        if precision != self._precision:
            self._precision = precision
            self._constants = {
                slot: (value, iv.exact(value)) for slot, (value, _) in self._constants.items()
            }
        for slot, (_, enclosure) in self._constants.items():
            values[slot] = enclosure
        for slot, name, where, extra in self._steps:
            values[slot] = _INTERVAL[name](values, where, extra)
        return values

    def run_floats(self, point: Sequence[float]) -> list[float]:
        """Evaluate in doubles, only to look for candidates; nan where that goes wrong."""
        values: list[float] = [*point, *([math.nan] * (self._count - self._variables))]
        for slot, (value, _) in self._constants.items():
            try:
                values[slot] = int(value.p) / int(value.q)
            except OverflowError:
                values[slot] = math.nan
        for slot, name, where, extra in self._steps:
            try:
                values[slot] = _FLOAT[name](values, where, extra)
            except (ValueError, ZeroDivisionError, OverflowError):
                values[slot] = math.nan
        return values

    def _slot(self) -> int:
        self._count += 1
        return self._count - 1

    def step(self, name: str, where: tuple[int, ...], extra: Any = None) -> int:
        """Add an operation on slots; return its slot."""
        slot = self._slot()
        self._steps.append((slot, name, where, extra))
        return slot

    def walk_number(self, value: Number) -> int:
        slot = self._slot()
        number = rational(value)
        self._constants[slot] = (number, iv.exact(number))
        return slot

    def walk_variable(self, symbol: Symbol) -> int:
        return self._slots[symbol.name]

    def walk_add(self, *terms: Term) -> int:
        return self.step("add", tuple(self.walk(term) for term in terms))

    def walk_mul(self, *terms: Term) -> int:
        # Repeated factors are a power: x*x is never negative.
        counts: dict[int, int] = {}
        for term in terms:
            slot = self.walk(term)
            counts[slot] = counts.get(slot, 0) + 1
        slots = tuple(
            slot if count == 1 else self.step("power", (slot,), count) for slot, count in counts.items()
        )
        return slots[0] if len(slots) == 1 else self.step("mul", slots)

    def walk_neg(self, term: Term) -> int:
        return self.step("neg", (self.walk(term),))

    def walk_div(self, left: Term, right: Term) -> int:
        return self.step("div", (self.walk(left), self.walk(right)))

    def walk_power(self, base: Term, exponent: Number) -> int:
        return self.step("power", (self.walk(base),), int(exponent))

    def walk_ratpower(self, base: Term, exponent: Number) -> int:
        return self.step("ratpower", (self.walk(base),), rational(exponent))

    def walk_natpower(self, base: Term, exponent: Term) -> int:
        return self.step("natpower", (self.walk(base), self.walk(exponent)))

    def walk_realpower(self, base: Term, exponent: Term) -> int:
        return self.step("realpower", (self.walk(base), self.walk(exponent)))

    def walk_exp(self, term: Term) -> int:
        return self.step("exp", (self.walk(term),))

    def walk_log(self, term: Term) -> int:
        return self.step("log", (self.walk(term),))

    def walk_sqrt(self, term: Term) -> int:
        return self.step("sqrt", (self.walk(term),))

    def walk_abs(self, term: Term) -> int:
        return self.step("abs", (self.walk(term),))

    def walk_min(self, *terms: Term) -> int:
        return self.step("min", tuple(self.walk(term) for term in terms))

    def walk_max(self, *terms: Term) -> int:
        return self.step("max", tuple(self.walk(term) for term in terms))

    def walk_lambertw(self, term: Term, branch: Number) -> int:
        return self.step("lambertw", (self.walk(term),), int(branch))

    def walk_function(self, name: str, argument: Term) -> int:
        return self.step(name, (self.walk(argument),))
