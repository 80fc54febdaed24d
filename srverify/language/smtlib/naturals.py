"""A script's integers as natural numbers or their differences: statements know no other integers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from srverify.language import term as t
from srverify.language.formula import Formula, Relation, map_terms, terms
from srverify.language.parser import RESERVED
from srverify.language.smtlib.integers import Integers, Named, Quotient, StandIn
from srverify.language.smtlib.uninterpreted import Application, applications, congruences
from srverify.language.statement import Domain, Variable
from srverify.language.term import Number, Symbol, Term

#: The domain of a variable that stands for a truth value.
BIT = Domain(natural=True, upper=t.number(1))


@dataclass(frozen=True)
class InNaturals:
    """What is asked, in real and natural variables.

    Parameters
    ----------
    variables
        Those of the script and those that stand for terms.
    facts
        What fixes the latter, and the bounds that declarations set.
    differences
        Variables that are integers but no natural numbers, each with the two whose difference it is.
    helpers
        The variables that stand for terms, and those whose differences do.
    stand_ins
        What these stand for.
    put
        What was put in place of integers.
    bases
        The assertions because of which integers are natural numbers, by identity.
    """

    variables: tuple[Variable, ...]
    facts: tuple[Formula, ...]
    differences: dict[str, tuple[str, str]]
    helpers: frozenset[str]
    stand_ins: tuple[StandIn, ...]
    put: Mapping[Symbol, Term]
    bases: frozenset[int]

    def changed(self, formula: Formula) -> Formula:
        """Return a formula of the script in these variables."""
        return _put(formula, self.put)


def in_naturals(
    variables: Sequence[Variable],
    assertions: Sequence[Formula],
    ranges: Sequence[Formula],
    integers: Integers,
    *,
    last: Collection[int] = (),
) -> InNaturals:
    """Say assertions in natural numbers, with what fixes the constants that stand for terms of them.

    ``ranges`` are the bounds of declarations. By the assertions in ``last``, by identity, an integer is
    a natural number only where no other says so. Raises InputError where too much fixes them.
    """
    stand_ins = tuple(integers.occurring(term for a in assertions for term in terms(a)))
    quotients = [helper for helper in stand_ins if isinstance(helper, Quotient)]
    facts = [fact for helper in stand_ins for fact in helper.facts]
    facts += congruences(applications(stand_ins))
    plain_first = sorted(assertions, key=lambda a: id(a) in last)
    bases: set[int] = set()
    for quotient in reversed(quotients):
        base = _keeping_nonnegative(quotient.dividend, [*ranges, *facts, *plain_first], quotient.whole)
        if base is not None:
            bases.add(id(base))
            facts.append(Relation("<=", t.ZERO, quotient.symbol))
    whole = {*integers.declared, *(helper.symbol for helper in stand_ins if _is_integer(helper))}
    bits = {helper.symbol for helper in stand_ins if _is_bit(helper)}
    hidden = [Variable(s.name, BIT if s in bits else Domain()) for s in (h.symbol for h in stand_ins)]
    helpers = {variable.name for variable in hidden}
    used = {variable.name for variable in (*variables, *hidden)}
    found: list[Variable] = []
    put: dict[Symbol, Term] = {}
    differences: dict[str, tuple[str, str]] = {}
    for variable in (*variables, *hidden):
        symbol = variable.symbol
        if symbol not in whole:
            found.append(variable)
        elif (base := _keeping_nonnegative(symbol, [*facts, *ranges, *plain_first])) is not None:
            bases.add(id(base))
            natural = Variable(variable.name, Domain(natural=True))
            found.append(natural)
            put[symbol] = natural.symbol
        else:
            above, below = (_half(variable, suffix, used) for suffix in ("above", "below"))
            found += [above, below]
            put[symbol] = t.sub(above.symbol, below.symbol)
            differences[variable.name] = (above.name, below.name)
            if variable.name in helpers:
                helpers |= {above.name, below.name}
    return InNaturals(
        tuple(found),
        tuple(_put(fact, put) for fact in (*facts, *ranges)),
        differences,
        frozenset(helpers),
        stand_ins,
        put,
        frozenset(bases),
    )


def _is_integer(helper: StandIn) -> bool:
    if isinstance(helper, Application):
        return helper.function.sort == "Int"
    return isinstance(helper, Quotient)


def _is_bit(helper: StandIn) -> bool:
    if isinstance(helper, Application):
        return helper.function.sort == "Bool"
    return isinstance(helper, Named) and helper.bit


def _half(variable: Variable, suffix: str, used: set[str]) -> Variable:
    """Return one of the two natural numbers whose difference an integer is."""
    name = usable_name(f"{variable.name}_{suffix}", used)
    used.add(name)
    return Variable(name, Domain(natural=True))


def _keeping_nonnegative(
    term: Term, assertions: Sequence[Formula], whole: bool = True
) -> Formula | None:
    """Return the first assertion by which a term is not negative; a ``whole`` one is an integer."""
    bounds = (a for a in assertions if isinstance(a, Relation) and a.right is term)
    return next(
        (
            a
            for a in bounds
            if isinstance(a.left, Number)
            and (a.left >= 0 or (whole and a.left >= -1 and a.operator == "<"))
        ),
        None,
    )


def _put(formula: Formula, put: Mapping[Symbol, Term]) -> Formula:
    return map_terms(formula, lambda term: t.substitute(term, put)) if put else formula


def usable_name(symbol: str, used: Collection[str]) -> str:
    """Return a variable name for a symbol: the symbol itself if it can be one.

    >>> usable_name("a b", {"a_b"})
    'a_b_2'
    """
    name = re.sub(r"\W", "_", symbol, flags=re.ASCII)
    if not name or name[0].isdigit() or name in RESERVED:
        name = f"v_{name}"
    stem, number = name, 1
    while name in used:
        number += 1
        name = f"{stem}_{number}"
    return name
