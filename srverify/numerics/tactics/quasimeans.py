"""Functions of geometric and quadratic means: other variables make the mean an arithmetic one.

With ``x = exp(u)`` and ``y = exp(v)`` the mean ``sqrt(x*y)`` is ``exp((u + v)/2)``, with ``x = sqrt(u)``
and ``y = sqrt(v)`` the mean ``sqrt((x^2 + y^2)/2)`` is ``sqrt((u + v)/2)``: what compares values of a
function at x and at y with its value at the mean becomes a question of convexity.
"""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import RATIONAL, polynomial
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, rewriting
from srverify.numerics.tactics.logarithms import spread

_ROOTS = ("sqrt", "ratpower", "realpower")


def by_mean_variables(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put variables of which a function's argument is an arithmetic mean in place of x and y."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2 or depth < 1:
        return
    f = difference(goal)
    for mean in _inside_functions(f):
        symbols = tuple(sorted(t.symbols_of(mean), key=lambda x: x.name))
        if not all(_is_nonnegative(sequent, x) for x in symbols) or not _is_apart(f, mean, symbols):
            continue
        orders = [i for i, h in enumerate(sequent.hypotheses) if any(mentions(h, x) for x in symbols)]
        # Comparing with a mean needs no order, but for being strict.
        if not all(goal.operator == "<=" and _is_order(sequent.hypotheses[i], symbols) for i in orders):
            continue
        closed = next((x for x in symbols if not _is_positive(sequent, x)), None)
        if closed is not None:
            yield {"rule": "cases", "on": f"0 < {closed}"}, 0
            return
        first = len(sequent.hypotheses) - len(orders)
        steps = _exponentials if _is_geometric(mean) else _roots
        links: list[Link] = [{"rule": "weaken", "drop": orders}] if orders else []
        proof = driver.chain(sequent, [*links, *steps(sequent, mean, symbols, first)], depth)
        if proof is not None:
            yield proof, -1
        return


def _inside_functions(f: Term) -> Iterator[Term]:
    """Yield geometric and quadratic means of several variables in arguments of functions."""
    for node in dict.fromkeys(t.subterms(f)):
        if node.operator in RATIONAL or node.operator in _ROOTS:
            continue
        for inner in dict.fromkeys(n for argument in node.arguments for n in t.subterms(argument)):
            if len(t.symbols_of(inner)) > 1 and (_is_geometric(inner) or _is_quadratic(inner)):
                yield inner


def _is_geometric(u: Term) -> bool:
    """Tell whether a term is a product of constant powers of variables, roots among them."""
    return any(n.operator in _ROOTS for n in t.subterms(u)) and _is_product(u)


def _is_product(u: Term) -> bool:
    match u.operator, u.arguments:
        case "variable", _:
            return True
        case "mul", parts:
            return all(map(_is_product, parts))
        case "sqrt", (base,):
            return _is_product(base)
        case (("power" | "ratpower" | "realpower"), (base, exponent)):
            return isinstance(exponent, Number) and _is_product(base)
    return False


def _is_quadratic(u: Term) -> bool:
    """Tell whether a term is the root of a sum of multiples of squares."""
    if u.operator != "sqrt":
        return False
    form = polynomial(u.arguments[0])
    if form is None:
        return False
    space, poly = form
    squares = {exponents: [i for i, e in enumerate(exponents) if e] for exponents in poly.to_dict()}
    return all(c > 0 for c in poly.coeffs()) and all(
        len(at) < 2 and all(exponents[i] == 2 and isinstance(space.atoms[i], Symbol) for i in at)
        for exponents, at in squares.items()
    )


def _is_nonnegative(sequent: Sequent, x: Symbol) -> bool:
    domain = sequent.domains[x.name]
    return not domain.natural and domain.lower is not None and domain.lower >= 0


def _is_positive(sequent: Sequent, x: Symbol) -> bool:
    domain = sequent.domains[x.name]
    return domain.lower != 0 or domain.lower_open


def _is_apart(f: Term, mean: Term, symbols: tuple[Symbol, ...]) -> bool:
    """Tell whether functions are of the mean, or of one of the variables, in no product with others."""
    name = t.variable("m".join(x.name for x in symbols) + "m")
    left = rebuilt(f, lambda inner: name if inner == mean else None)
    about = [
        {*symbols, name} & t.symbols_of(node)
        for node in t.subterms(left)
        if node.operator not in RATIONAL and node.operator not in _ROOTS
    ]
    return all(len(found) < 2 for found in about) and all({x} in about for x in symbols)


def _is_order(h: Formula, symbols: tuple[Symbol, ...]) -> bool:
    return isinstance(h, Relation) and h.left in symbols and h.right in symbols


def _exponentials(
    sequent: Sequent, mean: Term, symbols: tuple[Symbol, ...], first: int
) -> Iterator[Link]:
    """Yield the steps that write a geometric mean as an exponential, and put ``x = exp(u)``."""
    yield law("exp_log", a=mean)
    for instance in spread(mean, powers=True):
        yield from rewriting(instance, first)
    yield {"rule": "replace", "hyp": first, "back": True}
    yield {"rule": "weaken", "drop": [first]}
    for x in symbols:
        name, value = _name(sequent, x), str(t.log(x))
        yield {"rule": "define", "name": name, "term": value}
        for formula, term in _sides_of_one(sequent, x, name, value):
            strict = "<" in formula.split()
            yield (
                {"rule": "have", "formula": formula},
                combined(
                    (1, ["pos" if strict else "nonneg", term]),
                    (-1 if term == value else 1, ["hyp", first]),
                ),
            )
            yield {"rule": "absorb", "hyp": first + 1}
        yield law("exp_log", a=x)
        known = [end in (0, 1) for end in _ends(sequent, x)]
        yield from _eliminating(x, first, known)
        first += known.count(False)


def _sides_of_one(sequent: Sequent, x: Symbol, name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield what a domain beyond 1 says of log(x): a formula, and what is positive there."""
    domain = sequent.domains[x.name]
    if domain.lower is not None and domain.lower >= 1:
        yield f"0 {'<' if domain.lower_open else '<='} {name}", value
    if domain.upper is not None and domain.upper <= 1:
        yield f"{name} {'<' if domain.upper_open else '<='} 0", f"-{value}"


def _roots(sequent: Sequent, mean: Term, symbols: tuple[Symbol, ...], first: int) -> Iterator[Link]:
    """Yield the steps that put ``x = sqrt(u)``."""
    for x in symbols:
        name, value = _name(sequent, x), str(t.power(x, t.number(2)))
        yield {"rule": "define", "name": name, "term": value}
        yield (
            {"rule": "have", "formula": f"0 < {name}"},
            combined((1, ["pos", value]), (-1, ["hyp", first])),
        )
        yield {"rule": "absorb", "hyp": first + 1}
        yield {"rule": "replace", "hyp": first, "back": True}
        yield law("sqrt_of_square", a=x)
        yield from rewriting(law("abs_nonneg", a=x), first + 1)
        known = [end == 0 for end in _ends(sequent, x)]
        yield from _eliminating(x, first, known)
        first += known.count(False)


def _ends(sequent: Sequent, x: Symbol) -> list[Number]:
    domain = sequent.domains[x.name]
    return [end for end in (domain.lower, domain.upper) if end is not None]


def _eliminating(x: Symbol, first: int, known: list[bool]) -> Iterator[Link]:
    """Yield the steps that put for x what the new variable makes of it, and drop what is known then.

    That is that its value is defined, and between those ends of the range that the new variable has.
    """
    yield {"rule": "replace", "hyp": first, "back": True, "in": [first + 1]}
    yield {"rule": "weaken", "drop": [first]}
    yield {"rule": "eliminate", "hyp": first, "var": x.name}
    yield {"rule": "weaken", "drop": [first, *(i for i, end in enumerate(known, first + 1) if end)]}


def _name(sequent: Sequent, x: Symbol) -> str:
    return fresh(sequent, f"{x.name}w")


__all__ = ["by_mean_variables"]
