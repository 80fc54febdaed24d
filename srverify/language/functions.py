"""The table of functions of one argument: where each is defined, and how it is written everywhere.

One row per name of ``srverify.language.term.FUNCTIONS``. What proofs may use of a function (its
derivative, its enclosures, its limits) is the table of ``srverify.checker.enclosures.functions``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from srverify.language import term as t
from srverify.language.formula import Formula, Or, Relation, unequal
from srverify.language.term import Term

#: The conditions under which a function of a term is defined, its argument being defined.
Conditions: TypeAlias = Callable[[Term], tuple[Formula, ...]]


def _everywhere(_: Term) -> tuple[Formula, ...]:
    return ()


def _positive(u: Term) -> tuple[Formula, ...]:
    return (Relation("<", t.ZERO, u),)


def _cosine_nonzero(u: Term) -> tuple[Formula, ...]:
    return (unequal(t.function("cos", u), t.ZERO),)


def _in_unit(operator: str) -> Conditions:
    def conditions(u: Term) -> tuple[Formula, ...]:
        return Relation(operator, t.number(-1), u), Relation(operator, u, t.ONE)

    return conditions


def _from_one(u: Term) -> tuple[Formula, ...]:
    return (Relation("<=", t.ONE, u),)


def _off_poles(u: Term) -> tuple[Formula, ...]:
    # The poles are 0, -1, -2, ...; the sine of pi*u vanishes at the integers.
    return (Or((Relation("<", t.ZERO, u), unequal(t.function("sin", t.mul(t.PI, u)), t.ZERO))),)


@dataclass(frozen=True)
class Function:
    """One function of one argument.

    Parameters
    ----------
    spellings
        Other names in the grammar and in SMT-LIB.
    conditions
        Where it is defined.
    latex
        Its command.
    mathml
        Its name in MathML.
    lean, rocq
        Its name in Mathlib and in Rocq's Reals, if it is there with the same values.
    """

    name: str
    spellings: tuple[str, ...]
    conditions: Conditions
    latex: str
    mathml: str
    lean: str | None
    rocq: str | None


def _row(
    name: str,
    spellings: str = "",
    conditions: Conditions = _everywhere,
    latex: str = "",
    *,
    mathml: str = "",
    lean: str | None = None,
    rocq: str | None = None,
) -> Function:
    command = latex or rf"\operatorname{{{mathml or name}}}"
    return Function(name, tuple(spellings.split()), conditions, command, mathml or name, lean, rocq)


_CLOSED, _OPEN = _in_unit("<="), _in_unit("<")
#: The table. Mathlib and Reals give a value outside the domain too, as they do for ``log``.
FUNCTIONS: dict[str, Function] = {
    row.name: row
    for row in (
        _row("sin", "", _everywhere, r"\sin", lean="Real.sin", rocq="sin"),
        _row("cos", "", _everywhere, r"\cos", lean="Real.cos", rocq="cos"),
        _row("tan", "", _cosine_nonzero, r"\tan", lean="Real.tan", rocq="tan"),
        _row("asin", "arcsin", _CLOSED, r"\arcsin", lean="Real.arcsin", rocq="asin", mathml="arcsin"),
        _row("acos", "arccos", _CLOSED, r"\arccos", lean="Real.arccos", rocq="acos", mathml="arccos"),
        _row(
            "atan", "arctan", _everywhere, r"\arctan", lean="Real.arctan", rocq="atan", mathml="arctan"
        ),
        _row("sinh", "", _everywhere, r"\sinh", lean="Real.sinh", rocq="sinh"),
        _row("cosh", "", _everywhere, r"\cosh", lean="Real.cosh", rocq="cosh"),
        _row("tanh", "", _everywhere, r"\tanh", lean="Real.tanh", rocq="tanh"),
        _row("asinh", "arcsinh arsinh", lean="Real.arsinh", rocq="arcsinh", mathml="arsinh"),
        _row("acosh", "arccosh arcosh", _from_one, mathml="arcosh"),
        _row("atanh", "arctanh artanh", _OPEN, mathml="artanh"),
        _row("erf"),
        _row("erfc"),
        _row("gamma", "Gamma", _off_poles, r"\Gamma", lean="Real.Gamma", mathml="Γ"),
        _row("loggamma", "lgamma", _positive, r"\log\Gamma", mathml="logΓ"),
        _row("digamma", "", _off_poles, r"\psi", mathml="ψ"),
        _row("trigamma", "", _off_poles, r"\psi'", mathml="ψ′"),
    )
}
#: The name of a function by every spelling of it.
SPELLINGS: dict[str, str] = {
    spelling: row.name for row in FUNCTIONS.values() for spelling in (row.name, *row.spellings)
}


def _cube_root(u: Term) -> Term:
    """Return the real cube root, of negative numbers too, for which a power of a third is undefined."""
    third = t.number("1/3")
    below, above = t.minimum(u, t.ZERO), t.maximum(u, t.ZERO)
    return t.sub(t.power(above, third), t.power(t.neg(below), third))


#: Short forms, written out when they are read.
SUGAR: dict[str, Callable[[Term], Term]] = {
    "log2": lambda u: t.div(t.log(u), t.log(t.number(2))),
    "log10": lambda u: t.div(t.log(u), t.log(t.number(10))),
    "log1p": lambda u: t.log(t.add(t.ONE, u)),
    "expm1": lambda u: t.sub(t.exp(u), t.ONE),
    "cbrt": _cube_root,
    "cot": lambda u: t.div(t.function("cos", u), t.function("sin", u)),
    "sec": lambda u: t.div(t.ONE, t.function("cos", u)),
    "csc": lambda u: t.div(t.ONE, t.function("sin", u)),
}


def conditions(name: str, argument: Term) -> tuple[Formula, ...]:
    """Return the conditions that a function adds to those of its argument.

    >>> conditions("asin", t.variable("x"))
    (Relation(operator='<=', left=-1, right=x), Relation(operator='<=', left=x, right=1))
    """
    return FUNCTIONS[name].conditions(argument)


def builders() -> dict[str, Callable[[Term], Term]]:
    """Return what builds a function or a short form, by every spelling."""

    def building(name: str) -> Callable[[Term], Term]:
        return lambda u: t.function(name, u)

    return {spelling: building(name) for spelling, name in SPELLINGS.items()} | SUGAR
