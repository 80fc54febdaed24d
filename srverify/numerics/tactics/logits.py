"""Probabilities by half their log odds: ``p = (1 - tanh(l))/2``, so that ``log((1 - p)/p) = 2*l``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import terms
from srverify.language.parser import parse_term
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import factored
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law

_HALF = Fraction(1, 2)


def by_logits(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put log odds for a probability in exponents, or beside them, where a goal has its log odds."""
    if relation(sequent) is None or len(sequent.variables) < 2:
        return
    inner = list(dict.fromkeys(n for term in terms(sequent.goal) for n in t.subterms(term)))
    exponents = [n.arguments[0] for n in inner if n.operator == "exp"]
    mixed = [n for n in inner if n.operator == "log" and any(m.operator == "exp" for m in t.subterms(n))]
    for variable in sequent.variables:
        p = variable.symbol
        if not _is_probability(variable.domain) or any(mentions(h, p) for h in sequent.hypotheses):
            continue
        if not any(p in t.symbols_of(u) for u in (*exponents, *mixed)):
            continue
        odds = parse_term(f"(1 - {p})/{p}", {p.name: p})
        found = {n: turn for n in inner if n.operator == "log" and (turn := _turn(n, odds))}
        if found:
            proof = driver.chain(sequent, _links(sequent, p, odds, found), depth)
            if proof is not None:
                yield proof, -1
            return


def _is_probability(domain: Domain) -> bool:
    """Tell whether a range is inside (0, 1)."""
    low, high = domain.lower, domain.upper
    if domain.natural or low is None or high is None:
        return False
    above = low > 0 or (low == 0 and domain.lower_open)
    return bool(above and (high < 1 or (high == 1 and domain.upper_open)))


def _turn(logarithm: Term, odds: Term) -> int:
    """Return 1 for the logarithm of the odds, -1 for that of their inverse, 0 for others."""
    (u,) = logarithm.arguments
    for turn, other in ((1, t.div(u, odds)), (-1, t.mul(u, odds))):
        if t.symbols_of(u) == t.symbols_of(odds):
            parts = factored(other)
            if parts is not None and parts.constant == 1 and not parts.above and not parts.below:
                return turn
    return 0


def _links(sequent: Sequent, p: Symbol, odds: Term, found: dict[Term, int]) -> list[Link]:
    last, name = len(sequent.hypotheses), fresh(sequent, "l")
    domain = sequent.domains[p.name]
    below = domain.upper is not None and domain.upper <= _HALF
    above = domain.lower is not None and domain.lower >= _HALF
    if above:
        # So that the log odds are positive.
        odds = t.div(p, t.sub(t.ONE, p))
        found = {node: -turn for node, turn in found.items()}
    logarithm = t.log(odds)
    links: list[Link] = [{"rule": "define", "name": name, "term": str(t.div(logarithm, t.number(2)))}]
    if below or above:
        end, is_open = (domain.upper, domain.upper_open) if below else (domain.lower, domain.lower_open)
        operator = "<" if is_open or end != t.number(_HALF) else "<="
        shown = combined((_HALF, ["hyp", last + 1]), (-1, ["hyp", last]))
        links += [
            {"rule": "have", "formula": f"0 {operator} {logarithm}"},
            ({"rule": "have", "formula": f"0 {operator} {name}"}, shown),
            {"rule": "absorb", "hyp": last + 2},
            {"rule": "weaken", "drop": [last + 1]},
        ]
    double = f"2*{name}"
    links += [
        ({"rule": "have", "formula": f"{double} = {logarithm}"}, combined((2, ["hyp", last]))),
        law("exp_log", a=odds),
        law("tanh_exp", a=t.variable(name)),
        {"rule": "replace", "hyp": last + 1, "in": [last + 3]},
        {"rule": "replace", "hyp": last + 2, "in": [last + 3]},
        (
            {"rule": "have", "formula": f"{p} = (1 {'+' if above else '-'} tanh({name}))/2"},
            combined((-_HALF if above else _HALF, ["hyp", last + 3])),
        ),
        law("log_inverse", a=odds),
    ]
    for node, turn in found.items():
        because: list[tuple[object, ...]] = [(-turn, ["hyp", last + 1])]
        if turn < 0:
            because.append((1, ["hyp", last + 5]))
        value = double if turn > 0 else f"-({double})"
        links += [
            ({"rule": "have", "formula": f"{node} = {value}"}, combined(*because)),
            {"rule": "replace", "hyp": last + 6},
            {"rule": "weaken", "drop": [last + 6]},
        ]
    bounds = sum(end is not None for end in (domain.lower, domain.upper))
    return [
        *links,
        {"rule": "weaken", "drop": [last, last + 1, last + 2, last + 3, last + 5]},
        {"rule": "eliminate", "hyp": last, "var": p.name},
        # What it leaves: the equation itself, and the bounds of p.
        {"rule": "weaken", "drop": list(range(last, last + 1 + bounds))},
    ]


__all__ = ["by_logits"]
