"""Powers of several bases by one of them: ``a^p <= c^p*(a/c)^k`` where a <= c and k <= p."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Number, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, is_rational, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, rewriting

_DEGREES = (1, 2, 3)


@dataclass(frozen=True)
class _Largest:
    """The base that is the largest, its power with an exponent, and a constant factor of it, if any."""

    base: Term
    power: Term
    constant: Term | None = None


def by_power_chords(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Bound powers from above by that of the largest base, as for ``a^p + b^p <= (a + b)^p``."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    f = difference(goal)
    powers = [n for n in dict.fromkeys(t.subterms(f)) if n.operator == "realpower"]
    moving = [n for n in powers if t.symbols_of(n.arguments[0]) and is_rational(n.arguments[0])]
    if not 2 <= len(moving) <= 4 or not t.symbols_of(moving[0].arguments[1]):
        return
    exponent = moving[0].arguments[1]
    if any(n.arguments[1] != exponent for n in moving):
        return
    falling = [(n, p) for n, p in _factors(f) if n in moving and sign(p, sequent) == -1]
    for largest in _largest(sequent, moving, powers, exponent):
        smaller = [
            (n, p)
            for n, p in falling
            if n.arguments[0] is not largest.base
            and sign(n.arguments[0], sequent) == 1
            and sign(t.sub(largest.base, n.arguments[0]), sequent) in (0, 1)
        ]
        # Then one power is left, and rational factors.
        others = {n.arguments[0] for n in moving} - {n.arguments[0] for n, _ in smaller}
        if not smaller or len(others) > 1:
            continue
        for k in _DEGREES:
            if sign(t.sub(exponent, t.number(k)), sequent) not in (0, 1):
                break
            new = f
            for n, p in smaller:
                ratio = t.div(n.arguments[0], largest.base)
                bound = t.mul(largest.power, t.power(ratio, t.number(k)) if k > 1 else ratio)
                new = t.add(new, t.mul(p, t.sub(bound, n)))
            if sign(new, sequent) not in (0, 1):
                continue
            links = _links(sequent, goal, smaller, largest, exponent, k, plain(new))
            found = driver.chain(sequent, links, depth - 1)
            if found is not None:
                yield found, -1
                return


def _factors(f: Term) -> Iterator[tuple[Term, Term]]:
    """Yield powers in which a term is linear, with their factors."""
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return
    q = space.term(form.q)
    for index, atom in space.atoms.items():
        if atom.operator != "realpower" or any(powers[index] for powers in form.q.to_dict()):
            continue
        parts = space.linear_in(form.p, index)
        if parts is not None:
            yield atom, t.div(parts[0], q)


def _largest(
    sequent: Sequent, moving: list[Term], powers: list[Term], exponent: Term
) -> Iterator[_Largest]:
    """Yield bases that may be the largest: those of powers, and multiples by those of constant ones."""
    for n in powers:
        c, other = n.arguments
        apart = plain(t.sub(exponent, other))
        if isinstance(c, Number) and c > 0 and isinstance(apart, Number) and apart.is_integer:
            scale = t.number(c.value ** int(apart.p))
            for m in moving:
                base = t.mul(c, m.arguments[0])
                yield _Largest(base, t.mul(scale, n, m), n)
    for n in moving:
        yield _Largest(n.arguments[0], n)


def _links(
    sequent: Sequent,
    goal: Relation,
    smaller: list[tuple[Term, Term]],
    largest: _Largest,
    exponent: Term,
    k: int,
    new: Term,
) -> list[Link]:
    last, c = len(sequent.hypotheses), largest.base
    links: list[Link] = [{"rule": "have", "formula": formula_text(Relation(goal.operator, t.ZERO, new))}]
    summands: list[tuple[object, ...]] = [(1, ["hyp", last])]
    for place, (n, p) in enumerate(smaller, last + 1):
        a = n.arguments[0]
        links += [
            law("power_exponent_small", a=t.div(a, c), b=t.number(k), c=exponent),
            *rewriting(law("power_quotient", a=a, b=c, c=exponent), place),
        ]
        if largest.constant is not None:
            number, other = largest.constant.arguments
            rest = plain(t.sub(exponent, other))
            whole = t.power(number, exponent)
            assert isinstance(rest, Number)
            assert isinstance(number, Number)
            said = t.mul(t.number(number.value ** int(rest.p)), largest.constant)
            links += rewriting(law("power_product", a=number, b=c.arguments[1], c=exponent), place)
            if rest is not t.ZERO:
                links += [
                    law("power_sum", a=number, b=other, c=rest),
                    (
                        {"rule": "have", "formula": formula_text(Relation("=", whole, said))},
                        combined((1, ["hyp", place + 1])),
                    ),
                    {"rule": "replace", "hyp": place + 2, "in": [place]},
                    {"rule": "weaken", "drop": [place + 1, place + 2]},
                ]
        summands.append((1, ["hyp", place], ["nonneg", str(t.mul(t.neg(p), largest.power))]))
    return [*links, combined(*summands)]


__all__ = ["by_power_chords"]
