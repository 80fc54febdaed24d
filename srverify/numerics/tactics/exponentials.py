"""Variables that occur in exponentials only: the exponentials become the variables.

Where ``exp(u - v)``, ``exp(2*v)`` and the like are all there is of u and v, the goal is one in
``exp(u)`` and ``exp(v)``, mostly a rational function of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from flint import ctx

from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator
from srverify.checker.sequent import Sequent, box_of, mentions
from srverify.language import term as t
from srverify.language.formula import Relation, terms
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.angles import linear_angle
from srverify.numerics.tactics.driver import Driver, Link, Proposal
from srverify.numerics.tactics.generalizing import written
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, nodes, replacing
from srverify.numerics.tactics.special import rewritten

#: Higher powers make polynomials too large.
_MAX_POWER = 8
_HYPERBOLIC = ("sinh", "cosh", "tanh")


def by_exponential_variables(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put variables for the exponentials of variables that occur in no other way."""
    exponents = {e: parts for e in _exponents(sequent) if (parts := _linear(e)) is not None}
    moved = _movable(sequent, exponents)
    used = {e: parts for e, parts in exponents.items() if parts.keys() <= moved}
    if len(moved) < 2 and len(used) < 2 and not (used and _are_inside_errors(sequent)):
        return
    units = {x: _unit([abs(parts[x]) for parts in used.values() if x in parts]) for x in moved}
    if any(abs(c / units[x]) > _MAX_POWER for parts in used.values() for x, c in parts.items()):
        return
    links: list[Link] = []
    for exponent, parts in used.items():
        links += written_exponential(
            sequent, exponent, {_scaled(x, units[x]): c / units[x] for x, c in parts.items()}
        )
    for index in reversed(range(len(sequent.hypotheses))):
        h = sequent.hypotheses[index]
        if any(mentions(h, x) for x in moved):
            assert isinstance(h, Relation)
            assert isinstance(h.left, Symbol)
            assert isinstance(h.right, Symbol)
            a, b = (_scaled(side, units[side]) for side in (h.left, h.right))
            links.append(law("exp_strict" if h.operator == "<" else "exp_monotone", a=a, b=b))
            links.append({"rule": "weaken", "drop": [index]})
    with ctx.workprec(DEFAULT_PRECISION):
        evaluator = Evaluator(box_of(sequent))
        for x in sorted(moved, key=str):
            atom = t.exp(_scaled(x, units[x]))
            domain = written(evaluator.walk(atom).at)
            name = fresh(sequent, f"{x}_e")
            links.append({"rule": "generalize", "term": str(atom), "name": name, "domain": domain})
    found = driver.chain(sequent, links, depth)
    if found is not None:
        yield found, -1


def _are_inside_errors(sequent: Sequent) -> bool:
    """Tell whether a goal of one variable has an error function of an exponential."""
    if len(sequent.variables) != 1:
        return False
    errors = (n for n in nodes(sequent) if n.operator in ("erf", "erfc"))
    return any(m.operator == "exp" and t.symbols_of(m) for n in errors for m in t.subterms(n))


def by_hyperbolics(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write a hyperbolic function by exponentials where variables occur in nothing else."""
    if len(sequent.variables) < 2:
        return
    stack, found = list(terms(sequent.goal)), dict[Term, None]()
    while stack:
        part = stack.pop()
        if isinstance(part, Symbol):
            return
        if part.operator in _HYPERBOLIC or part.operator == "exp":
            if _linear(part.arguments[0]) is None and t.symbols_of(part):
                return
            if part.operator != "exp" and t.symbols_of(part):
                found[part] = None
        elif part.operator != "number":
            stack.extend(part.arguments)
    for node in found:
        links = rewritten(sequent, node, f"{node.operator}_exp", a=node.arguments[0])
        proof = driver.chain(sequent, links, depth)
        if proof is not None:
            yield proof, -1
        return


def by_common_exponentials(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write exponentials in a goal of one variable as powers of one of them."""
    if len(sequent.variables) == 1:
        yield from by_powers_of_exponentials(driver, sequent, depth + 1)


def by_powers_of_exponentials(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write hyperbolic functions and exponentials of a variable's multiples as powers of one of them."""
    groups: dict[Symbol, dict[Term, Fraction]] = {}
    for node in nodes(sequent):
        if node.operator in (*_HYPERBOLIC, "exp"):
            parts = _linear(node.arguments[0])
            if parts is not None and len(parts) == 1:
                ((x, c),) = parts.items()
                groups.setdefault(x, {})[node] = c
    for x, found in groups.items():
        # The only one is turned over where its exponent falls, so that products with it are gone.
        cost = 0 if len(found) == 1 else 1
        if depth < cost or (cost == 0 and min(found.values()) > 0):
            continue
        links: list[Link] = []
        hyperbolic = next((n for n in found if n.operator != "exp"), None)
        if hyperbolic is not None:
            name = f"{hyperbolic.operator}_exp"
            links = rewritten(sequent, hyperbolic, name, a=hyperbolic.arguments[0])
        else:
            unit = _unit([abs(c) for c in found.values()])
            if any(abs(c / unit) > _MAX_POWER for c in found.values()):
                continue
            for node, c in found.items():
                if node.arguments[0] != _scaled(x, unit):
                    links += written_exponential(
                        sequent, node.arguments[0], {_scaled(x, unit): c / unit}
                    )
        proof = driver.chain(sequent, links, depth - cost) if links else None
        if proof is not None:
            yield proof, -1


def by_exponentiating(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``exp(v)`` for x where hypotheses speak of ``log(x)`` and of other exponentials."""
    last = len(sequent.hypotheses)
    said = [term for h in sequent.hypotheses for term in terms(h)]
    parts = [n for term in (*said, *terms(sequent.goal)) for n in t.subterms(term)]
    if not any(n.operator == "exp" and t.symbols_of(n) for n in parts):
        return
    logarithms = [n for term in said for n in t.subterms(term) if n.operator == "log"]
    for x in dict.fromkeys(n.arguments[0] for n in logarithms):
        if not isinstance(x, Symbol) or sequent.domains[x.name].natural:
            continue
        domain = sequent.domains[x.name]
        if domain.lower is None or domain.lower < 0 or (domain.lower == 0 and not domain.lower_open):
            continue
        if domain.lower > 0 and domain.upper is not None:
            # Such a range is covered as it is.
            continue
        name, at = fresh(sequent, "v"), t.log(x)
        links: list[Link] = [{"rule": "define", "name": name, "term": str(at)}]
        if domain.lower >= 1:
            bound = {"rule": "have", "formula": f"0 {'<' if domain.lower_open else '<='} {name}"}
            kind = "pos" if domain.lower_open else "nonneg"
            links.append((bound, combined((1, [kind, str(at)]), (-1, ["hyp", last]))))
            links.append({"rule": "absorb", "hyp": last + 1})
        links += [
            law("exp_log", a=x),
            {"rule": "replace", "hyp": last, "back": True, "in": [*range(last), last + 1]},
            {"rule": "weaken", "drop": [last]},
            {"rule": "eliminate", "hyp": last, "var": x.name},
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def _exponents(sequent: Sequent) -> list[Term]:
    """Return the exponents in a goal that have variables, inner exponentials left out."""
    found: dict[Term, None] = {}
    stack = list(terms(sequent.goal))
    while stack:
        part = stack.pop()
        if part.operator == "exp" and t.symbols_of(part):
            found[part.arguments[0]] = None
        elif part.operator not in ("number", "variable"):
            stack.extend(part.arguments)
    return list(found)


def _linear(exponent: Term) -> dict[Symbol, Fraction] | None:
    """Return the multiples of variables that an exponent is the sum of, if it is, without a constant."""
    parts = linear_angle(exponent)
    if parts is None or not all(isinstance(part, Symbol) for part in parts):
        return None
    return {part: c for part, c in parts.items() if isinstance(part, Symbol)}


def _movable(sequent: Sequent, exponents: dict[Term, dict[Symbol, Fraction]]) -> set[Symbol]:
    """Return the variables that occur in exponents and orders only, with each other."""
    outside: set[Symbol] = set()
    stack = list(terms(sequent.goal))
    while stack:
        part = stack.pop()
        if isinstance(part, Symbol):
            outside.add(part)
        elif part.operator == "exp" and part.arguments[0] in exponents:
            continue
        elif part.operator != "number":
            stack.extend(part.arguments)
    found = {v.symbol for v in sequent.variables if not v.domain.natural} - outside
    found &= {x for parts in exponents.values() for x in parts}
    while True:
        kept = {
            x for x in found if all(parts.keys() <= found for parts in exponents.values() if x in parts)
        }
        for h in sequent.hypotheses:
            about = {x for x in found if mentions(h, x)}
            order = isinstance(h, Relation) and h.operator != "=" and {h.left, h.right} <= kept
            if about and not order:
                kept -= about
        if kept == found:
            return found
        found = kept


def _unit(sizes: list[Fraction]) -> Fraction:
    """Return the greatest number of which all of some numbers are multiples."""
    below = math.lcm(*(c.denominator for c in sizes))
    return Fraction(math.gcd(*(int(c * below) for c in sizes)), below)


def _scaled(x: Symbol, unit: Fraction) -> Term:
    return x if unit == 1 else t.mul(t.number(unit), x)


def written_exponential(sequent: Sequent, exponent: Term, parts: dict[Term, Fraction]) -> list[Link]:
    """Return the steps that write an exponential as a product of powers of others."""
    links: list[Link] = []
    whole = exponent
    terms_left = [
        (base, k, base if k == 1 else t.neg(base) if k == -1 else t.mul(t.number(k), base))
        for base, k in parts.items()
    ]
    for place, (base, k, part) in enumerate(terms_left):
        rest = [other for _, _, other in terms_left[place + 1 :]]
        if rest:
            following = t.add(*rest)
            product = t.mul(t.exp(part), t.exp(following))
            links += replacing(sequent, t.exp(whole), product, law("exp_sum", a=part, b=following))
            whole = following
        elif t.exp(whole) != t.exp(part):
            same = t.exp(part)
            instance = law("exp_sum", a=part, b=t.ZERO)
            links += replacing(sequent, t.exp(whole), same, instance)
        if k == -1:
            links += replacing(
                sequent, t.exp(part), t.div(t.ONE, t.exp(base)), law("exp_negative", a=base)
            )
        elif k != 1:
            power = t.power(t.exp(base), t.number(k))
            links += replacing(sequent, t.exp(part), power, law("exp_multiple", a=base, b=t.number(k)))
    return links


__all__ = [
    "by_common_exponentials",
    "by_exponential_variables",
    "by_exponentiating",
    "by_hyperbolics",
    "by_powers_of_exponentials",
]
