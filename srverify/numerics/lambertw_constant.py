"""Arguments of Lambert W that are closed forms, such as ``-exp(-1) + 10^-1000``.

Of a rational argument W is never a finite decimal, but for W_0(0); of others it may be: W_0(exp(1)) = 1,
and both branches are -1 at -exp(-1). That is shown by algebra, which decides it for sums of exponentials
of rationals (Lindemann-Weierstrass); where it can show nothing and more and more digits decide nothing
either, an error says so.
"""

from __future__ import annotations

import re
from functools import cached_property
from time import process_time

from flint import arb, ctx, fmpz

from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.parser import parse_term
from srverify.language.term import Number
from srverify.numerics.exact import ExactNumber, shortened
from srverify.numerics.reals import ClosedForm, Zeros, value_at

#: Bits at which it is given up to tell a number from another one.
MAX_PRECISION = 1 << 21
#: After an evaluation that took so many seconds of work no finer one is made.
MAX_SECONDS = 1.0
#: What no integer, decimal or fraction has: a function, a product, a power, a constant, a sum.
_FORM = re.compile(r"[(*^]|\bpi\b|(?<![\w.])e(?!\w)|\d\s*[+-]\s*\S")


class ConstantArgument:
    """An irrational number in closed form, with what W asks of an `ExactNumber`."""

    #: It has no digits of its own to be told apart from those of W_0.
    leading_zero_bits = 0

    def __init__(self, form: ClosedForm) -> None:
        self._form = form
        #: The last working precision, and the seconds of work that it took.
        self._precision, self._seconds = 0, 0.0

    def ball(self) -> arb:
        """Return an enclosure at the working precision of ``flint.ctx``.

        Raises InputError beyond ``MAX_PRECISION`` or ``MAX_SECONDS``: something is not told from 0.
        """
        finer = ctx.prec > self._precision
        if ctx.prec > MAX_PRECISION or (finer and self._seconds > MAX_SECONDS):
            raise InputError(
                f"{shortened(str(self))} or the value there cannot be told from a decimal, nor shown to "
                f"be it, within {self._precision} bits"
            )
        started = process_time()
        ball = self._form.ball()
        self._precision, self._seconds = ctx.prec, process_time() - started
        return ball

    @cached_property
    def sign(self) -> int:
        """The number's sign: -1, 0 or 1."""
        if self._is(t.ZERO):
            return 0
        with ctx.workprec(64):
            while True:
                ball = self.ball()
                if ball > 0 or ball < 0:
                    return 1 if ball > 0 else -1
                ctx.prec *= 2

    def is_argument_of(self, floor: fmpz, places: int) -> bool:
        """Tell whether it is shown that W is ``floor/10^places`` here."""
        w = t.div(t.number(int(floor)), t.power(t.number(10), t.number(places)))
        return self._is(t.mul(w, t.exp(w)))

    def _is(self, other: t.Term) -> bool:
        return Zeros({})(t.sub(self._form.term, other))

    def __str__(self) -> str:
        return str(self._form)


def is_closed_form(text: str) -> bool:
    """Tell whether a text is more than an integer, a decimal or a fraction."""
    return _FORM.search(text) is not None


def parse_argument(text: str) -> ExactNumber | ConstantArgument:
    """Read a number in closed form exactly; one that is rational after all becomes an ExactNumber.

    Raises InputError if it cannot be read, has variables, or is not certainly defined.

    >>> str(parse_argument("-exp(-1) + 10^-3")), parse_argument("2^-3 + 1/2")
    ('-exp(-1) + (1/1000)', ExactNumber.parse('5/8'))
    """
    term = parse_term(text, {})
    value = term.value if isinstance(term, Number) else value_at(term, {})
    if value is None:
        raise InputError(f"{text!r} is not certainly defined")
    return ConstantArgument(value) if isinstance(value, ClosedForm) else ExactNumber.of(value)  # type: ignore[arg-type]
