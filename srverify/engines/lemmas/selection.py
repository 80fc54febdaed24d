"""Which lemma instances a set of exp and log arguments calls for, cheapest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from srverify.engines.lemmas import templates as l
from srverify.engines.lemmas.rounding import enclosure
from srverify.engines.lemmas.templates import Instance, Lemma, rational
from srverify.language import term as t
from srverify.language.normal_form import Atom, Monomial, Normal, normal
from srverify.language.term import Term

#: Levels of ``structural``: what the terms force, then what relates pairs, then what adds new terms.
LEVELS = (0, 1, 2)

_MAX_CONSTANT = 1000
_MAX_ROOT = 12
_MAX_PAIRED = 4
_ENCLOSURE_BITS = 48


def structural(exps: Sequence[Normal], logs: Sequence[Normal], level: int) -> Iterator[Instance]:
    """Yield the instances of one level for the arguments of exp and of log that occur."""
    if level == 0:
        for u in exps:
            yield from _exp_alone(u)
        for v in logs:
            yield from _log_alone(v)
        yield from _exp_relations(exps)
        yield from _log_relations(logs)
    elif level == 1:
        yield from _pairs(exps, logs)
    else:
        yield from _sharper(exps, logs)


def _at(lemma: Lemma, **arguments: Normal | Term) -> Instance:
    return Instance(
        lemma,
        {name: a.term if isinstance(a, Normal) else a for name, a in arguments.items()},
    )


def _constant(function: str, at: Fraction) -> Iterator[Instance]:
    if abs(at) <= _MAX_CONSTANT and (function == "exp" or at > 0):
        low, high = enclosure(function, at, _ENCLOSURE_BITS)
        yield Instance(l.enclosure(function, at, low, high), {})


# -- one argument ------------------------------------------------------------------------------


def _exp_alone(u: Normal) -> Iterator[Instance]:
    if u.constant is not None:
        yield from _constant("exp", u.constant)
        return
    yield _at(l.exp_positive(), t=u)
    yield _at(l.exp_above_line(), t=u)
    logs, rest = _split_logs(u)
    if logs.parts and rest.parts:
        yield _at(l.exp_sum(), s=logs, t=rest)
    elif len(logs.parts) > 1:
        first = Normal(logs.parts[:1])
        yield _at(l.exp_sum(), s=first, t=logs - first)
    elif logs.parts:
        monomial, factor = logs.parts[0]
        inside = monomial[0][0].term.arguments[0]
        if factor == 1:
            yield _at(l.exp_of_log(), t=inside)
        elif max(abs(factor.numerator), factor.denominator) <= _MAX_ROOT:
            lemma = l.exp_of_log_multiple(factor.numerator, factor.denominator)
            yield _at(lemma, t=inside)


def _split_logs(u: Normal) -> tuple[Normal, Normal]:
    """Separate the rational multiples of logarithms from the rest."""

    def is_log(monomial: Monomial) -> bool:
        return len(monomial) == 1 and monomial[0][1] == 1 and _is_call(monomial[0][0], "log")

    logs = tuple(part for part in u.parts if is_log(part[0]))
    return Normal(logs), Normal(tuple(part for part in u.parts if part not in logs))


def _is_call(atom: Atom, name: str) -> bool:
    return atom.key.startswith(f"{name}(")


def _log_alone(v: Normal) -> Iterator[Instance]:
    if v.constant is not None:
        yield from _constant("log", v.constant)
        return
    yield _at(l.log_below_line(), t=v)
    if len(v.parts) == 1:
        yield from _log_of_monomial(*v.parts[0])


def _log_of_monomial(monomial: Monomial, factor: Fraction) -> Iterator[Instance]:
    one = Fraction(1)
    above = tuple((atom, e) for atom, e in monomial if e > 0)
    below = tuple((atom, -e) for atom, e in monomial if e < 0)
    if factor < 0:
        return
    if factor != 1:
        yield _at(l.log_scaled(factor), t=Normal(((monomial, one),)))
    elif above and below:
        yield _at(l.log_quotient(), s=Normal(((above, one),)), t=Normal(((below, one),)))
    elif below:
        yield _at(l.log_power(-1), t=Normal(((below, one),)))
    elif len(above) > 1:
        yield _at(l.log_product(), s=Normal(((above[:1], one),)), t=Normal(((above[1:], one),)))
    else:
        atom, exponent = above[0]
        if exponent > 1:
            yield _at(l.log_power(exponent), t=atom.term)
        elif _is_call(atom, "sqrt"):
            yield _at(l.log_sqrt(), t=atom.term.arguments[0])
        elif _is_call(atom, "exp"):
            yield _at(l.log_of_exp(), t=normal(atom.term.arguments[0]))


# -- relations that hold between the arguments ---------------------------------------------------


def _exp_relations(exps: Sequence[Normal]) -> Iterator[Instance]:
    known = {u.key for u in exps}
    for u, v in combinations(exps, 2):
        if u.constant is not None or v.constant is not None:
            continue
        _, shift = (u - v).without_constant()
        if (u - v).constant is not None:
            yield _at(l.exp_sum(), s=rational(shift), t=v)
        elif (u + v).constant is not None or (u + v).key in known:
            yield _at(l.exp_sum(), s=u, t=v)
        else:
            ratio = _ratio(u, v)
            if ratio is not None and max(abs(ratio.numerator), ratio.denominator) <= _MAX_ROOT:
                yield _at(l.exp_multiple(ratio.numerator, ratio.denominator), t=v)
    for u in exps:
        if u.constant is None and u.scaled(Fraction(2)).key in known:
            yield _at(l.exp_multiple(2, 1), t=u)


def _ratio(u: Normal, v: Normal) -> Fraction | None:
    """Return c with u = c·v, if there is one."""
    if not u.parts or not v.parts:
        return None
    ratio = u.parts[0][1] / v.parts[0][1]
    return ratio if (u - v.scaled(ratio)).constant == 0 else None


def _log_relations(logs: Sequence[Normal]) -> Iterator[Instance]:
    known = {v.key for v in logs}
    for u, v in combinations(logs, 2):
        if u.constant is not None or v.constant is not None:
            continue
        ratio = _ratio(u, v)
        if ratio is not None and ratio > 0 and len(u.parts) > 1:
            yield _at(l.log_scaled(ratio), t=v)
        elif (u * v).key in known or (u * v).constant is not None:
            yield _at(l.log_product(), s=u, t=v)


# -- pairs -------------------------------------------------------------------------------------


def _pairs(exps: Sequence[Normal], logs: Sequence[Normal]) -> Iterator[Instance]:
    for u in exps:
        if u.constant is None:
            yield _at(l.exp_reciprocal(), t=u)
    for v in logs:
        if v.constant is None:
            yield _at(l.log_reciprocal(), t=v)
    if any(u.constant is None for u in exps):
        for v in logs:
            # Makes exp(log v) a term, which then compares with the other exponentials.
            yield _at(l.exp_of_log(), t=v)
    for u, v in permutations(exps, 2):
        if u.constant is None or v.constant is None:
            yield _at(l.exp_monotone(), s=u, t=v)
    for u, v in permutations(logs, 2):
        if u.constant is None or v.constant is None:
            yield _at(l.log_monotone(), s=u, t=v)


def _sharper(exps: Sequence[Normal], logs: Sequence[Normal]) -> Iterator[Instance]:
    yield from _anchored(exps, logs)
    for u in exps:
        if u.constant is None:
            for lemma in l.exp_at_zero():
                yield _at(lemma, t=u)
    for v in logs:
        if v.constant is None:
            for lemma in l.log_at_one():
                yield _at(lemma, t=v)
    if len(exps) <= _MAX_PAIRED:
        for u, v in permutations(exps, 2):
            yield _at(l.exp_sum(), s=u - v, t=v)
            yield _at(l.exp_above_line(), t=u - v)
    if len(logs) <= _MAX_PAIRED:
        for u, v in permutations(logs, 2):
            quotient = normal(_divided(u, v))
            yield _at(l.log_quotient(), s=u, t=v)
            yield _at(l.log_below_line(), t=quotient)


def _anchored(exps: Sequence[Normal], logs: Sequence[Normal]) -> Iterator[Instance]:
    """Yield tangents that touch log at the exponential of a number, such as 1/e, and log of a root."""
    for v in logs:
        if v.constant is not None or any(_is_call(atom, "sqrt") for atom in _atoms(v)):
            continue
        yield _at(l.log_sqrt(), t=v)
    anchors = [u for u in exps if u.constant is not None]
    for v in logs if anchors else ():
        if v.constant is None:
            for anchor in anchors:
                for sign in (1, -1):
                    offset = normal(t.log(v.term)) - anchor.scaled(Fraction(sign))
                    yield _at(l.exp_above_line(), t=offset)
                    yield _at(l.exp_above_line(), t=offset.scaled(Fraction(-1)))


def _atoms(form: Normal) -> Iterator[Atom]:
    for monomial, _ in form.parts:
        yield from (atom for atom, _ in monomial)


def _divided(u: Normal, v: Normal) -> Term:
    return t.div(u.term, v.term)
