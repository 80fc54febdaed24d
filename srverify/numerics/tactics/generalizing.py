"""Variables for what a goal knows of its variables: logarithms, roots and other terms with a range."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import ctx

from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator, decide
from srverify.checker.enclosures.interval import Interval
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, box_of, mentions
from srverify.language import term as t
from srverify.language.formula import Formula, Relation, terms
from srverify.language.statement import Variable
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.rational_eval import rational_value
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.forms import Space
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, nodes, replacing, rewriting

#: Ends of more binary digits, before or after the point, are not written: they would not be doubles.
_MAX_BITS = 900


def by_generalizing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Replace a root of a variable, or the only atom that a variable occurs in, by a fresh variable."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    f = difference(goal)
    if (links := root_of_variable(sequent)) is not None:
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return
    for variable in sequent.variables:
        if any(mentions(h, variable.symbol) for h in sequent.hypotheses):
            continue
        head = _logarithm_as_variable(sequent, variable)
        if head is not None:
            yield head, 0
            return
    try:
        space = Space([f])
    except RejectedError:
        return
    for variable in sequent.variables:
        atoms = [a for a in space.atoms.values() if variable.symbol in t.symbols_of(a)]
        if any(mentions(h, variable.symbol) for h in sequent.hypotheses):
            continue
        if len(atoms) == 1 and atoms[0].operator == "exp":
            yield (
                {
                    "rule": "generalize",
                    "term": str(atoms[0]),
                    "name": fresh(sequent, "u"),
                    "domain": _range(sequent, atoms[0]),
                },
                0,
            )


def by_exponents(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show that an exponential is positive whatever its exponent, which has to be defined."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or goal.right.operator != "exp":
        return
    (u,) = goal.right.arguments
    if u.operator not in ("number", "variable"):
        head = {"rule": "generalize", "term": str(u), "name": fresh(sequent, "v"), "domain": "real"}
        yield head, 0


def by_bounded_logarithms(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put a variable for ``log(x)`` where x occurs in no other way, and hypotheses bound x by numbers.

    Below ``exp(1/4)`` is x where its logarithm is below 1/4, a plainer end than any near x.
    """
    for variable in sequent.variables:
        x = variable.symbol
        places = [i for i, h in enumerate(sequent.hypotheses) if mentions(h, x)]
        bounds = [b for i in places if (b := _bound(sequent.hypotheses[i], x)) is not None]
        if not places or len(bounds) < len(places):
            continue
        head = _logarithm_as_variable(sequent, variable)
        if head is None:
            continue
        last, links = len(sequent.hypotheses) - 1, list[Link]()
        for place, (h, end) in zip(reversed(places), reversed(bounds), strict=True):
            name = "log_strict" if h.operator == "<" else "log_monotone"
            links += [law(name, a=h.left, b=h.right), {"rule": "weaken", "drop": [place]}]
            if end.operator == "exp":
                links += rewriting(law("log_exp", a=end.arguments[0]), last)
        found = driver.chain(sequent, [*links, head], depth)
        if found is not None:
            yield found, -1
        return


def _bound(h: Formula, x: Symbol) -> tuple[Relation, Term] | None:
    """Return an order between a variable and a number that is not rational, and that number."""
    if not isinstance(h, Relation) or h.operator == "=" or x not in (h.left, h.right):
        return None
    end = h.right if h.left is x else h.left
    return None if t.symbols_of(end) or isinstance(end, Number) else (h, end)


def _logarithm_as_variable(sequent: Sequent, variable: Variable) -> Node | None:
    """Return the step that puts a variable for ``log(x)`` where x occurs in the goal in no other way."""
    x, logarithm = variable.symbol, t.log(variable.symbol)
    domain = variable.domain
    if domain.natural or domain.lower is None or domain.lower < 0:
        return None
    outside, found = list(terms(sequent.goal)), False
    while outside:
        part = outside.pop()
        if part is x:
            return None
        if part == logarithm:
            found = True
        elif part.operator not in ("number", "variable"):
            outside.extend(part.arguments)
    if not found:
        return None
    text = enclosed(sequent, logarithm)
    return {"rule": "generalize", "term": str(logarithm), "name": fresh(sequent, "u"), "domain": text}


def enclosed(sequent: Sequent, term: Term) -> str:
    """Return the enclosure of a term over the box of a sequent, as a domain."""
    with ctx.workprec(DEFAULT_PRECISION):
        return written(Evaluator(box_of(sequent)).walk(term).at)


def written(at: Interval) -> str:
    """Return an enclosure as a domain; ends of thousands of digits give way to plainer ones outside."""
    low, cut_low = _end(at.low, up=False)
    high, cut_high = _end(at.high, up=True)
    opening = "(" if low is None or at.low_open or cut_low else "["
    closing = ")" if high is None or at.high_open or cut_high else "]"
    return f"{opening}{'-oo' if low is None else low}, {'oo' if high is None else high}{closing}"


def _end(end: Any, up: bool) -> tuple[Fraction | None, bool]:
    """Return a finite end, or one further out (strictly), and whether it is; None for infinity."""
    if not end.is_finite():
        return None, False
    mantissa, exponent = (int(part) for part in end.man_exp())
    size = abs(mantissa).bit_length() + exponent
    if mantissa == 0 or abs(size) <= _MAX_BITS:
        return Fraction(mantissa) * Fraction(2) ** exponent, False
    outwards = (mantissa > 0) == up
    sign = 1 if mantissa > 0 else -1
    if size > 0:
        return (None if outwards else sign * Fraction(2) ** _MAX_BITS), True
    return (sign * Fraction(1, 2**_MAX_BITS) if outwards else Fraction(0)), True


def _range(sequent: Sequent, atom: Term) -> str:
    """Return a range of an exponential that enclosing it shows: half a line or less."""
    with ctx.workprec(DEFAULT_PRECISION):
        evaluator = Evaluator(box_of(sequent))
        for relation_, text in (((t.ONE, atom), "(1, oo)"), ((atom, t.ONE), "(0, 1)")):
            if decide(Relation("<", *relation_), evaluator) is True:
                return text
    return "(0, oo)"


def root_of_variable(sequent: Sequent) -> list[Link] | None:
    """Return the steps that make a variable of the first root of one for which there are such steps."""
    roots = (n for n in nodes(sequent) if n.operator in ("sqrt", "ratpower"))
    named = (root_as_variable(sequent, n) for n in roots if n.arguments[0].operator == "variable")
    return next((links for links in named if links is not None), None)


def root_as_variable(sequent: Sequent, node: Term) -> list[Link] | None:
    """Return the steps that put ``u^q`` for x where ``x^(p/q)`` occurs, u taking the root's values."""
    x = node.arguments[0]
    exponent = Fraction(1, 2) if node.operator == "sqrt" else t.literal(node.arguments[1]).value
    domain = sequent.domains[x.name]  # type: ignore[attr-defined]
    if exponent <= 0 or domain.natural or domain.lower is None or domain.lower < 0:
        return None
    last, q = len(sequent.hypotheses), exponent.denominator
    root = t.power(x, t.number(Fraction(1, q)))
    ends = [_exact_root(domain.lower.value, q), None]
    if domain.upper is not None:
        ends[1] = _exact_root(domain.upper.value, q)
    opening = "(" if ends[0] is None or domain.lower_open else "["
    closing = ")" if ends[1] is None or domain.upper_open else "]"
    text = f"{opening}{ends[0] or 0}, {'oo' if ends[1] is None else ends[1]}{closing}"
    kind = "power_power" if domain.lower > 0 or domain.lower_open else "power_power_nonneg"
    name = fresh(sequent, "u")
    links: list[Link] = []
    if root != node:
        p = t.number(exponent.numerator)
        instance = law(kind, a=x, b=t.number(Fraction(1, q)), c=p)
        links += replacing(sequent, node, t.power(root, p), instance)
    if root.operator == "sqrt":
        instance = law("sqrt_square", a=x)
    else:
        instance = law(kind, a=x, b=t.number(Fraction(1, q)), c=t.number(q))
    return [
        *links,
        instance,
        (
            {"rule": "have", "formula": f"{x} = ({root})^{q}"},
            combined((-1, ["hyp", last])),
        ),
        {"rule": "weaken", "drop": [last]},
        {"rule": "generalize", "term": str(root), "name": name, "domain": text},
        {"rule": "eliminate", "hyp": last, "var": x.name},  # type: ignore[attr-defined]
    ]


def _exact_root(value: Fraction, degree: int) -> Fraction | None:
    return rational_value(t.power(t.number(value), t.number(Fraction(1, degree))), {})
