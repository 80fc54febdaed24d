"""Logarithms of numbers as sums of those of primes, so that relations between them are identities."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Term
from srverify.numerics.rational_eval import rational_value
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal
from srverify.numerics.tactics.lawful import law, nodes, replacing

#: Larger factors than this are not looked for.
_LARGEST_FACTOR = 1000


def by_prime_logarithms(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Take the largest number apart whose logarithm shares a factor with that of another one."""
    found = [node for node in nodes(sequent) if node.operator == "log" and _value(node) not in (None, 1)]
    if len(found) < 2:
        return
    for node in sorted(found, key=_size, reverse=True):
        value = _value(node)
        assert value is not None
        others = [q for q in map(_value, found) if q is not None and q != value]
        if not any(_have_common_factor(value, q) for q in others):
            continue
        taken = _apart(value)
        if taken is None:
            continue
        new, instance = taken
        links: list[Link] = replacing(sequent, node, new, instance)
        proof = driver.chain(sequent, links, depth)
        if proof is not None:
            yield proof, -1
        return


def _value(node: Term) -> Fraction | None:
    """Return the positive number that a logarithm is of."""
    argument = node.arguments[0]
    value = None if t.symbols_of(argument) else rational_value(argument, {})
    return None if value is None or value <= 0 else value


def _size(node: Term) -> int:
    value = _value(node)
    return 0 if value is None else max(value.numerator, value.denominator)


def _have_common_factor(one: Fraction, other: Fraction) -> bool:
    return gcd(one.numerator * one.denominator, other.numerator * other.denominator) > 1


def smallest_factor(number: int) -> int:
    """Return the smallest factor but 1 of a positive number, itself if that is large.

    >>> smallest_factor(91), smallest_factor(97), smallest_factor(1)
    (7, 97, 1)
    """
    return next((p for p in range(2, min(number, _LARGEST_FACTOR)) if number % p == 0), number)


def _apart(value: Fraction) -> tuple[Term, Node] | None:
    """Return the sum that a logarithm of a number is, and the law that says so; None of a prime."""
    above, below = value.numerator, value.denominator
    if above == 1:
        return t.neg(t.log(t.number(below))), law("log_inverse", a=t.number(below))
    if below > 1:
        a, b = t.number(above), t.number(below)
        return t.sub(t.log(a), t.log(b)), law("log_quotient", a=a, b=b)
    prime = smallest_factor(above)
    power, rest = 0, above
    while rest % prime == 0:
        power, rest = power + 1, rest // prime
    if rest > 1:
        a, b = t.number(above // rest), t.number(rest)
        return t.add(t.log(a), t.log(b)), law("log_product", a=a, b=b)
    if power == 1:
        return None
    a, b = t.number(prime), t.number(power)
    return t.mul(b, t.log(a)), law("log_power", a=a, b=b)
