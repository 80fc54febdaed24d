"""Quotients and exponentials that variables occur in, taken for the variables."""

from __future__ import annotations

from collections.abc import Container, Iterator
from fractions import Fraction

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import Relation, terms
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.exponentials import written_exponential
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL, Space, factored, linear_combination, tidied
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law

_LINE = Domain()
#: Higher powers make polynomials too large.
_MAX_POWER = 8


def _free(sequent: Sequent) -> list[Symbol]:
    """Return the variables with all real values of which no hypothesis speaks."""
    return [
        v.symbol
        for v in sequent.variables
        if v.domain == _LINE and not any(mentions(h, v.symbol) for h in sequent.hypotheses)
    ]


def by_quotient_variables(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``x = u*y`` where functions have x in quotients ``x/y`` only."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2:
        return
    f = difference(goal)
    functions = [n for n in dict.fromkeys(t.subterms(f)) if n.operator not in RATIONAL]
    for x in _free(sequent):
        about = [a for n in functions for a in n.arguments if x in t.symbols_of(a)]
        y = next((y for a in about if (y := _divisor(a, x)) is not None), None)
        if y is None or sign(y, sequent) not in (1, -1):
            continue
        name, last = fresh(sequent, "q"), len(sequent.hypotheses)
        u = t.variable(name)
        values = {x: t.mul(u, y)}
        # What does not have x stays as it is written.
        made = {n: tidied(t.substitute(n, values)) for n in functions if x in t.symbols_of(n)}
        new = t.substitute(rebuilt(f, made.get), values)
        if any(u in t.symbols_of(n) and y in t.symbols_of(n) for n in _functions(new)):
            continue
        links: list[Link] = [
            {"rule": "define", "name": name, "term": str(t.div(x, y))},
            (
                {"rule": "have", "formula": f"{x} = {name}*{y}"},
                combined((-1, ["hyp", last], ["term", str(y)])),
            ),
            {"rule": "weaken", "drop": [last]},
            {"rule": "eliminate", "hyp": last, "var": x.name},
            {"rule": "weaken", "drop": [last]},
            {"rule": "rewrite", "goal": f"0 {goal.operator} {new}"},
        ]
        proof = driver.chain(sequent, links, depth)
        if proof is not None:
            yield proof, -1
        return


def _functions(f: Term) -> Iterator[Term]:
    """Yield the innermost functions with variables in a term."""
    for n in dict.fromkeys(t.subterms(f)):
        if n.operator not in RATIONAL and all(
            m.operator in RATIONAL for m in t.subterms(n) if m is not n
        ):
            yield n


def _divisor(u: Term, x: Symbol) -> Symbol | None:
    """Return the variable by which x is divided in a term, if that is a multiple of such a quotient."""
    parts = factored(u)
    if parts is None or parts.above != ((x, 1),) or len(parts.below) != 1:
        return None
    ((y, e),) = parts.below
    return y if isinstance(y, Symbol) and e == 1 else None


def by_log_variables(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``u = log(r)`` where a goal has logarithms of sums with ``exp(u)``, and multiples of u."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    inner = list(dict.fromkeys(n for term in terms(goal) for n in t.subterms(term)))
    logarithms = [n for n in inner if n.operator == "log"]
    exponentials = [n for n in inner if n.operator == "exp"]
    for u in _movable(sequent):
        powers = {n: k for n in exponentials if (k := _multiple(n.arguments[0], u)) is not None}
        if not any(n in t.subterms(m) for m in logarithms for n in powers):
            continue
        # Anywhere else it is a factor in sums.
        if any(n not in powers and n.operator not in RATIONAL and _has(n, u, powers) for n in inner):
            continue
        if not _is_worth_it(goal, u, len(logarithms)):
            continue
        links = [
            link
            for n, k in powers.items()
            if k != 1
            for link in written_exponential(sequent, n.arguments[0], {u: Fraction(k)})
        ]
        found = driver.chain(sequent, [*links, *_put(sequent, u)], depth)
        if found is not None:
            yield found, -1
        return


def _movable(sequent: Sequent) -> list[Symbol]:
    """Return the variables of which no hypothesis speaks that are real, or end at 0."""
    return [
        v.symbol
        for v in sequent.variables
        if not v.domain.natural
        and {v.domain.lower, v.domain.upper} <= {None, 0}
        and not any(mentions(h, v.symbol) for h in sequent.hypotheses)
    ]


def _multiple(exponent: Term, u: Symbol) -> int | None:
    """Return how often a variable is in an exponent that is nothing else, if so and not too often."""
    parts = linear_combination(exponent)
    if parts is None or parts.keys() != {u} or parts[u].denominator != 1:
        return None
    return int(parts[u]) if abs(parts[u]) <= _MAX_POWER else None


def _is_worth_it(goal: Relation, u: Symbol, logarithms: int) -> bool:
    """Tell whether a variable has other variables for a factor, or is to be compared with logarithms."""
    f = difference(goal)
    if logarithms > 1 and _is_weighted(f, u):
        return True
    parts = linear_combination(f)
    return parts is not None and u in parts and any(n.operator == "log" for n in parts)


def _put(sequent: Sequent, u: Symbol) -> list[Link]:
    """Return the steps that put a variable for its exponential."""
    name, last = fresh(sequent, "y"), len(sequent.hypotheses)
    domain, e = sequent.domains[u.name], t.exp(u)
    links: list[Link] = [
        {"rule": "define", "name": name, "term": str(e)},
        (
            {"rule": "have", "formula": f"0 < {name}"},
            combined((1, ["pos", str(e)]), (-1, ["hyp", last])),
        ),
        {"rule": "absorb", "hyp": last + 1},
    ]
    for bound, is_open, below in (
        (domain.lower, domain.lower_open, True),
        (domain.upper, domain.upper_open, False),
    ):
        if bound is None:
            continue
        sides = ("1", name) if below else (name, "1")
        links += [
            {"rule": "have", "formula": f"{sides[0]} {'<' if is_open else '<='} {sides[1]}"},
            {"rule": "absorb", "hyp": last + 1},
        ]
    return [
        *links,
        {"rule": "replace", "hyp": last, "back": True},
        law("log_exp", a=u),
        {"rule": "replace", "hyp": last, "back": True, "in": [last + 1]},
        {"rule": "weaken", "drop": [last]},
        {"rule": "eliminate", "hyp": last, "var": u.name},
        {"rule": "weaken", "drop": [last]},
    ]


def _is_weighted(f: Term, u: Symbol) -> bool:
    """Tell whether a term is linear in a variable, which has other variables for a factor there."""
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return False
    index = next((i for i, atom in space.atoms.items() if atom is u), None)
    if index is None or any(powers[index] for powers in form.q.to_dict()):
        return False
    parts = space.linear_in(form.p, index)
    return parts is not None and bool(t.symbols_of(t.div(parts[0], space.term(form.q))))


def _has(term: Term, u: Symbol, left_out: Container[Term]) -> bool:
    """Tell whether a variable occurs in a term outside of some others."""
    stack = [term]
    while stack:
        part = stack.pop()
        if part is u:
            return True
        if part not in left_out and part.operator not in ("number", "variable"):
            stack.extend(part.arguments)
    return False


__all__ = ["by_log_variables", "by_quotient_variables"]
