"""Factorials by Stirling's bounds, all at once, where they are taken at the numbers beside them.

Binomials and their bounds have logarithms of n, and ``loggamma(n + 1)``: by ``loggamma(n + 1) =
loggamma(n) + log(n)`` and a bound of ``loggamma(n)`` these logarithms cancel, and what is left is mostly
a rational function and a constant. That is positive where the numbers are large enough: small ones
are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from srverify.checker.laws import laws
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import samples, sign, value_at
from srverify.numerics.tactics.forms import factored, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law
from srverify.numerics.tactics.logarithms import Apart
from srverify.numerics.tactics.telescoping import weights

#: Natural variables are told apart up to here, and numbers that are large enough are so much larger.
_MOST, _FURTHER = 4, 4


class _Bound(NamedTuple):
    """A value of log Gamma or log, what its multiple in a goal loses, and the laws that say so."""

    atom: Term
    loss: Term
    instances: tuple[Node, ...]
    #: Factors of a certificate beside these.
    factors: tuple[list[str], ...]


def by_factorials(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Bound as many values of log Gamma as there is room for, where numbers are large enough."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    naturals = [v.domain for v in sequent.variables if v.domain.natural]
    if not naturals or any(domain.upper is not None for domain in naturals):
        # The values of a variable that has few are gone through first.
        return
    f = difference(goal)
    if len(weights(f, ("loggamma",)) or ()) < 2:
        return
    sums = _sums(f)
    bounds = _bounds(sequent, t.sub(f, t.add(t.ZERO, *(bound.loss for bound in sums))))
    if len(bounds) < 2:
        return
    everything = _rest(f, [*sums, *bounds])
    if _is_simpler(everything) and sign(everything, sequent) not in (0, 1):
        head = _apart(sequent, everything)
        if head is not None:
            yield head, 0
            return
    for size in range(len(bounds), 0, -1):
        for some in combinations(bounds, size):
            chosen = [*sums, *some]
            rest = _rest(f, chosen)
            if not _is_simpler(rest) or sign(rest, sequent) not in (0, 1):
                continue
            proof = driver.chain(sequent, _links(sequent, goal, chosen, rest), depth - 1)
            if proof is not None:
                yield proof, -1
            return


def _links(sequent: Sequent, goal: Relation, chosen: Sequence[_Bound], rest: Term) -> list[Link]:
    """Return the steps by which a goal follows from what is left over the reals, without its divisor."""
    last = len(sequent.hypotheses)
    links: list[Link] = [{"rule": "relax", "var": v.name} for v in sequent.variables if v.domain.natural]
    before = len(links)
    above, divisor = _undivided(sequent, rest)
    scale = [] if divisor is t.ONE else [["pos", str(divisor)]]
    links.append({"rule": "have", "formula": f"0 {goal.operator} {above}"})
    summands: list[tuple[object, ...]] = [(1, ["hyp", last])]
    for bound in chosen:
        for instance, factor in zip(bound.instances, bound.factors, strict=True):
            summands.append((1, ["hyp", last + len(links) - before], factor, *scale))
            links.append(instance)
    head = combined(*summands)
    return [*links, {**head, "k": str(divisor)} if scale else head]


def _undivided(sequent: Sequent, rest: Term) -> tuple[Term, Term]:
    """Return a term without its positive divisor, or logarithms with numbers for factors alone."""
    logarithms = weights(rest, ("log",)) or ()
    if logarithms:
        alone = t.add(*(t.mul(plain(w), atom) for atom, w in logarithms))
        if all(not t.symbols_of(plain(w)) for _, w in logarithms):
            return t.add(alone, plain(t.sub(rest, alone))), t.ONE
    parts = factored(rest)
    if parts is None or sign(parts.divisor, sequent) != 1:
        return rest, t.ONE
    return plain(parts.product), parts.divisor


def _is_simpler(rest: Term) -> bool:
    """Tell whether functions of several variables are gone, but for multiples of logarithms."""
    mixed = weights(rest, ("log", "loggamma"))
    return mixed is not None and all(
        len(t.symbols_of(atom)) < 2 or (atom.operator == "log" and not t.symbols_of(plain(w)))
        for atom, w in mixed
    )


def _rest(f: Term, chosen: Sequence[_Bound]) -> Term:
    return plain(t.sub(f, t.add(t.ZERO, *(bound.loss for bound in chosen))))


def _sums(f: Term) -> list[_Bound]:
    """Return the logarithms of products and quotients in a term, which are sums of others."""
    found = []
    for atom, w in weights(f, ("log",)) or ():
        apart = Apart()
        value = apart.log(atom.arguments[0], t.neg(w))
        # Of a value of Gamma it would take two laws at once.
        if apart.equations and all(len(instances) == 1 for instances, _ in apart.equations):
            instances = tuple(instance for (instance,), _ in apart.equations)
            factors = tuple(["term", str(weight)] for _, weight in apart.equations)
            found.append(_Bound(atom, t.mul(w, t.sub(atom, value)), instances, factors))
    return found


def _bounds(sequent: Sequent, f: Term) -> list[_Bound]:
    """Return Stirling's bounds of the values of log Gamma in a term, or none."""
    logarithms = {plain(n.arguments[0]) for n in t.subterms(f) if n.operator == "log"}
    found = []
    for atom, w in weights(f, ("loggamma",)) or ():
        side = sign(w, sequent)
        if side not in (1, -1):
            return []
        (u,) = atom.arguments
        # At u - 1, if that is what there are logarithms of.
        below = plain(t.sub(u, t.ONE))
        a = below if below in logarithms else u
        name = "loggamma_above" if side > 0 else "loggamma_below"
        conclusion = laws()[name].conclusion
        assert isinstance(conclusion, Relation)
        value = t.substitute(conclusion.left if side > 0 else conclusion.right, {t.variable("a"): a})
        instances = [law(name, a=a)]
        factors = [["nonneg", str(w if side > 0 else t.neg(w))]]
        if a is below:
            instances.append(law("loggamma_next", a=a))
            factors.append(["term", str(t.neg(w))])
            value = t.add(value, t.log(a))
        loss = t.mul(w, t.sub(atom, value))
        found.append(_Bound(atom, loss, tuple(instances), tuple(factors)))
    return found


def _apart(sequent: Sequent, rest: Term) -> Node | None:
    """Return the step that tells the least value of a natural variable apart, where that may help."""
    naturals = {
        v.name: int(v.domain.lower.p)
        for v in sequent.variables
        if v.domain.natural and v.domain.upper is None and v.domain.lower is not None
    }
    points = samples(sequent)
    far = [p for p in points if all(p[name] >= low + _FURTHER for name, low in naturals.items())]
    if not naturals or not far or not all(value_at(rest, p)[0] > 0 for p in far):
        return None
    corner = {**far[0], **naturals}
    gains = {
        name: value_at(rest, {**corner, name: low + 1})[0]
        for name, low in naturals.items()
        if low < _MOST
    }
    if not gains:
        return None
    name = max(gains, key=lambda n: gains[n])
    return {"rule": "split", "var": name, "at": str(naturals[name])}


__all__ = ["by_factorials"]
