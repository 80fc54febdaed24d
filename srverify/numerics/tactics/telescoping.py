"""Gamma and its logarithmic derivatives at arguments that grow together, by elementary differences.

From x to x + 1 the logarithm of Gamma grows by log(x), so that a goal about such values which does not
grow by these steps follows from its limit at infinity. That limit is 0 where Stirling's bounds, their
logarithms compared with one logarithm, leave a rational function that vanishes there.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.parser import parse_term
from srverify.language.statement import Variable
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, expanded, linear_combination, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law
from srverify.numerics.tactics.planes import summands

#: Bounds by law from below and above: summands without logarithms, and factors of log(a).
_BOUNDS = {
    "loggamma": (
        ("loggamma_above", "log(2*pi)/2 - a", ("a", "-1/2")),
        ("loggamma_below", "log(2*pi)/2 - a + 1/(12*a)", ("a", "-1/2")),
    ),
    "digamma": (
        ("digamma_above", "-1/(2*a) - 1/(12*a^2)", ("1",)),
        ("digamma_below", "-1/(2*a)", ("1",)),
    ),
    "trigamma": (
        ("trigamma_above", "1/a + 1/(2*a^2)", ()),
        ("trigamma_below", "1/a + 1/(2*a^2) + 1/(6*a^3)", ()),
    ),
}
#: Multiples of 1/x that may bound what is left.
_MULTIPLES = (1, 2, 4, 8, 32)


class _Bounded(NamedTuple):
    """What is left of a goal after bounds, and how it follows from it."""

    rest: Term
    start: int
    links: list[Link]
    summands: list[tuple[object, ...]]

    def assume(self, instance: Node) -> list[object]:
        """Add an instance of a law, once; returns the factor of a certificate that it is."""
        if instance not in self.links:
            self.links.append(instance)
        return ["hyp", self.start + self.links.index(instance)]


def by_telescoping(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show that a goal does not grow by steps of 1, and what it is at infinity."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 2:
        return
    f = difference(goal)
    for variable in sequent.variables:
        x, free = variable.symbol, sequent.free_of(variable.symbol)
        if not _is_upwards(variable) or not _grows_evenly(f, x):
            continue
        after = t.substitute(f, {x: t.add(x, t.ONE)})
        if sign(t.sub(f, after), free) not in (0, 1):
            continue
        found = _bounded(f, variable, free)
        if found is None:
            continue
        for bound in _bounds(found.rest, variable):
            rest = plain(t.sub(found.rest, bound))
            if rest is not t.ZERO and sign(rest, free) != 1:
                continue
            head: Node = {"rule": "telescope", "var": variable.name, "bound": str(bound)}
            if goal.operator == "<":
                head["strict"] = True
            if _is_remembered(driver, sequent, head, found, rest, depth):
                yield head, 1
            break


def _bounds(rest: Term, variable: Variable) -> Iterator[Term]:
    """Yield what may be below a term and goes to 0: multiples of 1/x, or itself if it has parameters."""
    for multiple in _MULTIPLES:
        yield t.neg(t.div(t.number(multiple), _reference(variable)))
    if not t.symbols_of(rest) <= {variable.symbol}:
        yield rest


def by_telescoping_quotients(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show so what has divisors, before they are multiplied out: then no step is elementary any more.

    Slopes of what has been looked at already, which have trigamma, are left to the others.
    """
    goal = relation(sequent)
    if goal is None:
        return
    nodes = list(t.subterms(difference(goal)))
    divided = any(n.operator == "div" and t.symbols_of(n.arguments[1]) for n in nodes)
    if divided and all(n.operator != "trigamma" for n in nodes):
        yield from by_telescoping(driver, sequent, depth)


def _is_upwards(variable: Variable) -> bool:
    domain = variable.domain
    return (
        not domain.natural
        and domain.upper is None
        and domain.lower is not None
        and domain.lower >= t.ZERO
    )


def _grows_evenly(f: Term, x: Symbol) -> bool:
    """Tell whether such functions occur, and all at arguments that grow like the variable."""
    nodes = [n for n in t.subterms(f) if n.operator in _BOUNDS and x in t.symbols_of(n)]
    if not any(x in t.symbols_of(atom) for atom, _ in weights(f, tuple(_BOUNDS)) or ()):
        # In steps they cancel.
        return False
    try:
        steps = [
            expanded(t.sub(t.substitute(n.arguments[0], {x: t.add(x, t.ONE)}), n.arguments[0]))
            for n in nodes
        ]
    except t.UndefinedError:
        return False
    return bool(steps) and all(step is t.ONE for step in steps)


def _reference(variable: Variable) -> Term:
    """Return x, or a shift of it that is positive."""
    lower = variable.domain.lower
    assert lower is not None
    if lower > t.ZERO or variable.domain.lower_open:
        return variable.symbol
    return t.add(variable.symbol, t.ONE)


def weights(f: Term, kinds: tuple[str, ...]) -> list[tuple[Term, Term]] | None:
    """Return the atoms of some kinds with their factors, if a term is linear in them."""
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return None
    below = space.term(form.q)
    found = []
    for index, atom in space.atoms.items():
        if atom.operator not in kinds or not t.symbols_of(atom):
            continue
        parts = space.linear_in(form.p, index)
        if parts is not None:
            found.append((atom, parts[0] if below is t.ONE else t.div(parts[0], below)))
        elif any(exponents[index] for exponents in form.p.to_dict()):
            return None
    return found


def _bounded(f: Term, variable: Variable, sequent: Sequent) -> _Bounded | None:
    """Bound the functions by logarithms, and these by one of them, which has to cancel."""
    x, r = variable.symbol, _reference(variable)
    last = len(sequent.hypotheses)
    # The claim about what is left comes first.
    found = _Bounded(f, last + 1, [], [(1, ["hyp", last])])
    functions, logarithms = weights(f, tuple(_BOUNDS)), weights(f, ("log",))
    if functions is None or logarithms is None:
        return None
    rest = f
    pieces: list[tuple[Term, Term]] = []
    for atom, w in logarithms:
        u = atom.arguments[0]
        if x not in t.symbols_of(u):
            continue
        rest = t.sub(rest, t.mul(w, atom))
        above: Term = u
        below: Term = t.ONE
        if (parts := expanded(u)) is not None and parts.operator == "div":
            above, below = parts.arguments
            # Only a multiple that grows like x is one to compare with it.
            k = t.number((linear_combination(below) or {}).get(x, Fraction(1)))
            above, below = plain(t.div(above, k)), plain(t.div(below, k))
        if not t.symbols_of(below):
            pieces.append((u, w))
            continue
        quotient = found.assume(law("log_quotient", a=above, b=below))
        found.summands.append((-1, quotient, ["term", str(w)]))
        pieces += [(above, w), (below, t.neg(w))]
    for atom, w in functions:
        side = sign(w, sequent)
        if x not in t.symbols_of(atom) or side not in (1, -1):
            return None
        u = atom.arguments[0]
        name, smooth, factors = _BOUNDS[atom.operator][0 if side > 0 else 1]
        weight = w if side > 0 else t.neg(w)
        found.summands.append((1, found.assume(law(name, a=u)), ["nonneg", str(weight)]))
        rest = t.add(rest, t.mul(w, t.sub(_at(smooth, u), atom)))
        pieces += [(u, t.mul(w, _at(factor, u))) for factor in factors]
    reference = t.log(r)
    for u, whole in pieces:
        if u is r:
            rest = t.add(rest, t.mul(whole, reference))
            continue
        if sign(u, sequent) != 1:
            return None
        ratio, quotient = t.div(u, r), found.assume(law("log_quotient", a=u, b=r))
        found.summands.append((1, quotient, ["term", str(whole)]))
        rest = t.add(rest, t.mul(whole, reference))
        # Where the sign is not the same everywhere, those of its summands may be.
        signed = sign(whole, sequent) in (1, -1)
        for w in [whole] if signed else summands(plain(whole)):
            side = sign(w, sequent)
            if side not in (1, -1):
                return None
            line = t.sub(t.ONE, t.div(r, u)) if side > 0 else t.sub(ratio, t.ONE)
            weight = w if side > 0 else t.neg(w)
            tangent = found.assume(law("log_above" if side > 0 else "log_below", a=ratio))
            found.summands.append((1, tangent, ["nonneg", str(weight)]))
            rest = t.add(rest, t.mul(w, line))
    plain_rest = expanded(rest)
    if plain_rest is None or any(x in t.symbols_of(a) and a is not x for a in _atoms(plain_rest)):
        return None
    return found._replace(rest=plain_rest)


def _atoms(f: Term) -> list[Term]:
    return list(Space([f]).atoms.values())


def _at(text: str, u: Term) -> Term:
    a = t.variable("a")
    return t.substitute(parse_term(text, {"a": a}), {a: u})


def _is_remembered(
    driver: Driver, sequent: Sequent, head: Node, found: _Bounded, rest: Term, depth: int
) -> bool:
    """Show that the goal stays above the bound, and keep the proof."""
    try:
        _, above = expand(sequent, head)
    except RejectedError:
        return False
    links: list[Link] = [{"rule": "have", "formula": f"0 <= {rest}"}, *found.links]
    proof = driver.chain(above, [*links, combined(*found.summands)], max(depth - 1, 1))
    if proof is None:
        return False
    driver.remember(above, depth, proof)
    return True


__all__ = ["by_telescoping", "by_telescoping_quotients", "weights"]
