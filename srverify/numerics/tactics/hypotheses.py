"""Hypotheses used up: bounds into domains, disjunctions by cases, relations solved for a variable."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations, count
from typing import Any

from flint import ctx, fmpq, fmpq_poly

from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator, decide
from srverify.checker.enclosures.polynomial import univariate
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, box_of, mentions
from srverify.language import term as t
from srverify.language.formula import Formula, Or, Relation, terms
from srverify.language.term import Symbol, Term
from srverify.numerics.reals import real_roots
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Node, Proposal
from srverify.numerics.tactics.floats import samples, sign
from srverify.numerics.tactics.forms import (
    Space,
    affine,
    expanded,
    factored,
    is_rational,
    plain,
    vanishes,
)

#: Hypotheses that are solved one after the other.
_MAX_SLACKS = 3
#: Values of a natural variable that are gone through.
_FEW_VALUES = 40
_MAX_DEGREE = 12


def by_absorbing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Take bounds on variables into the domains, and disjunctions apart."""
    for index, found in enumerate(sequent.hypotheses):
        if isinstance(found, Or):
            yield {"rule": "or_hyp", "hyp": index}, 0
            return
        if isinstance(found, Relation) and found.operator != "=":
            kinds = {found.left.operator, found.right.operator}
            if kinds == {"variable", "number"}:
                yield {"rule": "absorb", "hyp": index}, 0
                yield NOTHING_ELSE
                return
            links = _solved_bound(sequent, index, found)
            if links is not None:
                node = driver.chain(sequent, links, depth)
                if node is not None:
                    yield node, -1
                return


def _solved_bound(sequent: Sequent, index: int, found: Relation) -> list[Link] | None:
    """Return the steps that make ``p <= 1 - p`` a bound of its only variable."""
    gap = difference(found)
    symbols = t.symbols_of(gap)
    solved = affine(gap, next(iter(symbols))) if len(symbols) == 1 else None
    if solved is None:
        return None
    (x,), (k, c) = symbols, solved
    if sequent.domains[str(x)].natural:
        return None
    end, last = t.number(-c / k), len(sequent.hypotheses)
    sides = f"{end} {found.operator} {x}" if k > 0 else f"{x} {found.operator} {end}"
    return [
        ({"rule": "have", "formula": sides}, combined((1 / abs(k), ["hyp", index]))),
        {"rule": "absorb", "hyp": last},
        {"rule": "weaken", "drop": [index]},
    ]


def by_tidying(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Drop hypotheses that hold on the whole box anyway."""
    if not sequent.hypotheses:
        return
    with ctx.workprec(DEFAULT_PRECISION):
        evaluator = Evaluator(box_of(sequent))
        idle = [i for i, h in enumerate(sequent.hypotheses) if _idle(h, evaluator)]
    if idle:
        yield {"rule": "weaken", "drop": idle}, 0
        # An evident order of two solutions of an equation is what tells them apart; and of large numbers
        # their functions' values do not.
        kept = [h for i, h in enumerate(sequent.hypotheses) if i not in idle]
        tied = any(isinstance(h, Relation) and h.operator == "=" for h in kept)
        if not tied and not any(is_order(sequent.hypotheses[i]) for i in idle):
            yield NOTHING_ELSE


def is_order(h: Formula) -> bool:
    """Tell whether a hypothesis compares two variables."""
    return isinstance(h, Relation) and isinstance(h.left, Symbol) and isinstance(h.right, Symbol)


def _idle(hypothesis: Formula, evaluator: Evaluator) -> bool:
    if isinstance(hypothesis, Relation) and hypothesis.left is hypothesis.right:
        return hypothesis.operator != "<" and evaluator.walk(hypothesis.left).defined is True
    if decide(hypothesis, evaluator) is True:
        return True
    if not isinstance(hypothesis, Relation) or hypothesis.operator == "=":
        return False
    gap = expanded(difference(hypothesis))
    return gap is not None and decide(Relation(hypothesis.operator, t.ZERO, gap), evaluator) is True


def by_absurdity(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show that a hypothesis fails whose sides are the same: ``c < c``."""
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.operator == "<":
            parts = factored(difference(h))
            if parts is not None and parts.constant == 0:
                yield {"rule": "refute", "hyp": index}, 0
                return


def by_refuting(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show that a hypothesis fails, where no point seems to meet them all."""
    if depth < 1 or samples(sequent):
        return
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.operator != "=" and t.symbols_of(difference(h)):
            yield {"rule": "refute", "hyp": index}, 1


def variables_in(formula: Formula) -> set[Symbol]:
    """Return the variables of a formula."""
    return {s for term in terms(formula) for s in t.symbols_of(term)}


def by_unused(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Forget variables that neither the goal nor what is known about its variables mentions."""
    present = variables_in(sequent.goal)
    about = [variables_in(h) for h in sequent.hypotheses]
    if not samples(sequent):
        present = present.union(*about)
    while more := {s for symbols in about if symbols & present for s in symbols} - present:
        present |= more
    idle = [v.name for v in sequent.variables if v.symbol not in present]
    if idle:
        # What is said of other variables alone is of no use where it is possible.
        drop = [i for i, symbols in enumerate(about) if symbols and not symbols & present]
        yield {"rule": "weaken", "unused": idle, **({"drop": drop} if drop else {})}, 0
        yield NOTHING_ELSE


def by_opening(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell a closed end of a range apart at which a strict hypothesis becomes ``0 < 0``."""
    strict = [h for h in sequent.hypotheses if isinstance(h, Relation) and h.operator == "<"]
    for variable in sequent.variables:
        domain, x = variable.domain, variable.symbol
        if domain.natural or domain.lower == domain.upper:
            continue
        for end, is_open, upper in (
            (domain.lower, domain.lower_open, False),
            (domain.upper, domain.upper_open, True),
        ):
            if end is None or is_open:
                continue
            for h in strict:
                f = difference(h)
                if t.symbols_of(f) == {x} and vanishes(f, x, end):
                    on = f"{x} < {end}" if upper else f"{end} < {x}"
                    yield {"rule": "cases", "on": on}, 0
                    return


def by_naturals(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Go through few values, relax to the reals, or try the least value by itself."""
    for variable in sequent.variables:
        domain, name = variable.domain, variable.name
        if domain.natural:
            assert domain.lower is not None
            if domain.upper is not None and domain.upper.value - domain.lower.value <= 2:
                yield {"rule": "enumerate", "var": name}, 0
                return
            if domain.lower == 0 and _may_be_zero_to_the(sequent, variable.symbol):
                # Among reals 0^0 is undefined.
                yield {"rule": "split", "var": name, "at": "0"}, 0
            yield {"rule": "relax", "var": name}, 0
            if domain.upper is not None and domain.upper.value - domain.lower.value <= _FEW_VALUES:
                yield {"rule": "enumerate", "var": name}, 1
            for root in _roots_between(sequent, variable.symbol):
                yield {"rule": "split", "var": name, "at": str(root)}, 1
            if domain.lower < 6:
                yield {"rule": "split", "var": name, "at": str(domain.lower)}, 1
        elif domain.lower is not None and domain.lower == domain.upper:
            yield {"rule": "enumerate", "var": name}, 0
            return


def _may_be_zero_to_the(sequent: Sequent, exponent: Symbol) -> bool:
    """Tell whether a power with a variable for its exponent may have the base 0."""
    bases = {
        node.arguments[0]
        for side in terms(sequent.goal)
        for node in t.subterms(side)
        if node.operator == "natpower" and node.arguments[1] is exponent
    }
    return any(not is_evident(sequent, Relation("<", t.ZERO, base)) for base in bases)


def is_evident(sequent: Sequent, relation: Relation) -> bool:
    """Tell whether a relation is seen to hold on the whole box at once."""
    with ctx.workprec(DEFAULT_PRECISION):
        return decide(relation, Evaluator(box_of(sequent))) is True


def _roots_between(sequent: Sequent, symbol: Symbol) -> Iterator[int]:
    """Yield integers above which a polynomial goal vanishes before the next integer."""
    goal = sequent.goal
    form = univariate(difference(goal), symbol) if isinstance(goal, Relation) else None
    if form is None or not 0 < max(form[0], default=0) <= _MAX_DEGREE:
        return
    for root in real_roots(fmpq_poly([form[0].get(i, fmpq(0)) for i in range(max(form[0]) + 1)])):
        below = math.floor(float(root))
        if below != root and sequent.domains[str(symbol)].contains(t.number(below)):
            yield below


def fresh(sequent: Sequent, wanted: str, taken: Sequence[str] = ()) -> str:
    """Return a name that no variable has, and is not taken."""
    names = (f"{wanted}{n}" for n in count(1))
    return next(name for name in names if name not in sequent.symbols and name not in taken)


def by_equations(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Solve an equation for a variable in which it is linear, and replace that variable."""
    return _by_solving(driver, sequent, depth, ("=",))


def by_solving(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Solve an inequality for a variable in which it is linear, up to a slack, and replace it."""
    return _by_solving(driver, sequent, depth, ("<", "<="))


def _by_solving(
    driver: Driver, sequent: Sequent, depth: int, operators: tuple[str, ...]
) -> Iterator[Proposal]:
    slacks = sum(map(_is_slack, sequent.symbols))
    if slacks > _MAX_SLACKS:
        return
    ordered = False
    for index, found in enumerate(sequent.hypotheses):
        if not isinstance(found, Relation) or found.operator not in operators:
            continue
        solutions = list(_linear(sequent, difference(found), found.operator == "="))
        if found.operator != "=":
            # What an equation says of a variable is plainer than what it says of a sum.
            tied = [h for h in sequent.hypotheses if isinstance(h, Relation) and h.operator == "="]
            solutions = [s for s in solutions if not any(mentions(h, s[0]) for h in tied)]
        # The larger variable becomes the smaller one and the slack, both of which keep their signs.
        solutions.sort(key=lambda solution: sign(solution[2], sequent) != 1)
        # What a variable is by definition is not solved for another one.
        if found.operator == "=":
            solutions = [s for s in solutions if _is_defined(s[0], found)] or solutions
        # Of a divisor that is a number nothing is left to show.
        solutions.sort(key=lambda solution: bool(t.symbols_of(solution[2])))
        # Of two variables the larger one only: the other way says the same, less plainly.
        simple = is_order(found)
        if simple and found.operator != "=":
            # One such order after the other: which one is first is no matter.
            if ordered:
                continue
            ordered = True
        for symbol, numerator, divisor in solutions[: 1 if simple else 2]:
            heads = _elimination(sequent, index, found, symbol, numerator, divisor)
            node = driver.chain(sequent, heads, depth)
            if node is not None:
                yield node, -1


def _is_defined(symbol: Symbol, equation: Relation) -> bool:
    """Tell whether an equation says what a variable is, by a term without it."""
    left, right = equation.left, equation.right
    return any(a is symbol and symbol not in t.symbols_of(b) for a, b in ((left, right), (right, left)))


def _is_slack(name: str) -> bool:
    return re.fullmatch(r"s\d+", name) is not None


def _linear(sequent: Sequent, h: Term, equation: bool) -> Iterator[tuple[Symbol, Term, Term]]:
    """Yield (v, b/q, a/q) with ``h = (a*v + b)/q``, a without v and of one sign, for real v."""
    try:
        space = Space([h])
        form = space.form(h)
    except RejectedError:
        return
    for variable in sequent.variables:
        symbol = variable.symbol
        if variable.domain.natural or _is_slack(variable.name):
            continue
        places = [i for i, atom in space.atoms.items() if symbol in t.symbols_of(atom)]
        if len(places) != 1 or space.atoms[places[0]] is not symbol:
            continue
        (index,) = places
        parts = space.linear_in(form.p, index)
        # A divisor with the variable in it is no matter where an equation is solved.
        if parts is None or (not equation and any(e[index] for e in form.q.to_dict())):
            continue
        a, b = parts
        q = space.term(form.q)
        if sign(a, sequent) in (1, -1):
            yield symbol, t.div(b, q), t.div(a, q)


def _elimination(
    sequent: Sequent, index: int, found: Relation, symbol: Symbol, b: Term, a: Term
) -> list[Link]:
    """Return the steps that put ``v = (s - b)/a`` for v, s being the slack of the hypothesis."""
    last = len(sequent.hypotheses)
    name = symbol.name

    def solved(source: int) -> Node:
        """``v = value`` since value - v is minus the relation over a."""
        return combined((-1, ["hyp", source], ["term", str(t.div(t.ONE, a))]))

    other = found.right if found.left is symbol else found.left
    if (
        found.operator == "="
        and symbol in (found.left, found.right)
        and symbol not in t.symbols_of(other)
    ):
        return [{"rule": "eliminate", "hyp": index, "var": name}]
    if found.operator == "=":
        value = plain(t.neg(t.div(b, a)))
        return [
            ({"rule": "have", "formula": f"{name} = {value}"}, solved(index)),
            {"rule": "weaken", "drop": [index]},
            {"rule": "eliminate", "hyp": last - 1, "var": name},
        ]
    slack = fresh(sequent, "s")
    s = t.variable(slack)
    value = plain(t.div(t.sub(s, b), a))
    positive = combined((1, ["hyp", index]), (-1, ["hyp", last]))
    return [
        {"rule": "define", "name": slack, "term": str(difference(found))},
        ({"rule": "have", "formula": f"0 {found.operator} {slack}"}, positive),
        {"rule": "absorb", "hyp": last + 1},
        ({"rule": "have", "formula": f"{name} = {value}"}, solved(last)),
        {"rule": "weaken", "drop": [index, last]},
        {"rule": "eliminate", "hyp": last - 1, "var": name},
    ]


#: By injective function: the law that undoes it. A logarithm is not: it would come back.
_UNDONE = {
    "exp": "log_exp",
    "sinh": "asinh_sinh",
    "tanh": "atanh_tanh",
    "asinh": "sinh_asinh",
    "acosh": "cosh_acosh",
    "atanh": "tanh_atanh",
    "asin": "sin_asin",
    "acos": "cos_acos",
    "atan": "tan_atan",
}


def by_inverting(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Undo a function in an equation in which a variable occurs in its argument only."""
    last = len(sequent.hypotheses)
    for index, found in enumerate(sequent.hypotheses):
        if not isinstance(found, Relation) or found.operator != "=":
            continue
        # What a variable is by definition is put for it instead.
        reals = (v.symbol for v in sequent.variables if not v.domain.natural)
        if any(_is_defined(x, found) for x in reals):
            continue
        for atom, a, b in _invertible(sequent, difference(found)):
            value = plain(t.neg(t.div(b, a)))
            links: list[Link] = [
                (
                    {"rule": "have", "formula": f"{atom} = {value}"},
                    combined((-1, ["hyp", index], ["term", str(t.div(t.ONE, a))])),
                ),
                {"rule": "law", "name": _UNDONE[atom.operator], "args": {"a": str(atom.arguments[0])}},
                {"rule": "replace", "hyp": last, "in": [last + 1]},
                {"rule": "weaken", "drop": [index, last]},
            ]
            node = driver.chain(sequent, links, depth)
            if node is not None:
                yield node, -1
            return


def _invertible(sequent: Sequent, h: Term) -> Iterator[tuple[Term, Term, Term]]:
    """Yield (E, a, b) with ``h = a*E + b``, E an injective function of a variable of its own."""
    try:
        space = Space([h])
        form = space.form(h)
    except RejectedError:
        return
    for index, atom in space.atoms.items():
        elsewhere = {s for i, a in space.atoms.items() if i != index for s in t.symbols_of(a)}
        if atom.operator not in _UNDONE or not t.symbols_of(atom) - elsewhere:
            continue
        parts = space.linear_in(form.p, index)
        if any(e[index] for e in form.q.to_dict()):
            continue
        q = space.term(form.q)
        if parts is not None and sign(parts[0], sequent) in (1, -1) and sign(q, sequent) in (1, -1):
            yield atom, t.div(parts[0], q), t.div(parts[1], q)


def combined(*summands: tuple[object, ...]) -> Node:
    """Return a certificate from its summands: a coefficient and factors each."""
    return {
        "rule": "combine",
        "terms": [{"coeff": str(c), "factors": list(factors)} for c, *factors in summands],
    }


def by_orders(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell apart the orders of two alike variables of a goal without functions."""
    goal = sequent.goal
    if not isinstance(goal, Relation) or depth < 2 or len(sequent.variables) > 4:
        return
    if not all(map(is_rational, (goal.left, goal.right))):
        return
    nodes = [n for side in (goal.left, goal.right) for n in t.subterms(side)]
    present = [v for v in sequent.variables if v.symbol in nodes and v.domain.upper is None]
    for first, second in combinations(present, 2):
        alike = first.domain == second.domain and not first.domain.natural
        known = {frozenset((h.left, h.right)) for h in sequent.hypotheses if isinstance(h, Relation)}
        if alike and frozenset((first.symbol, second.symbol)) not in known:
            yield {"rule": "cases", "on": f"{first.name} <= {second.name}"}, 1
            return


def by_hypotheses(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use one hypothesis, with a number or a cofactor, so that an evident rest is left."""
    # A product is first looked at factor by factor.
    product = _is_product(sequent)
    for head, cost in _with_hypotheses(sequent):
        if cost == 0 or not product:
            yield head, cost


def by_remainders(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use one hypothesis for a product whose factors did not settle it."""
    if _is_product(sequent):
        yield from ((head, cost) for head, cost in _with_hypotheses(sequent) if cost)


def _is_product(sequent: Sequent) -> bool:
    goal = sequent.goal
    parts = factored(difference(goal)) if isinstance(goal, Relation) else None
    return parts is not None and sum(exponent for _, exponent in parts.above) > 1


def _with_hypotheses(sequent: Sequent) -> Iterator[Proposal]:
    goal = sequent.goal
    if not isinstance(goal, Relation) or not sequent.hypotheses:
        return
    f = difference(goal)
    relations = [
        (i, h, difference(h)) for i, h in enumerate(sequent.hypotheses) if isinstance(h, Relation)
    ]
    try:
        space = Space([f, *(h for _, _, h in relations)])
        form = space.form(f)
        others = [(i, h, space.form(d)) for i, h, d in relations]
    except RejectedError:
        return
    divisor = _positive(space.term(form.q), sequent)
    if divisor is None:
        return
    for index, hypothesis, other in others:
        below = _positive(space.term(other.q), sequent)
        if below is None or other.p.is_zero():
            continue
        # Numerators with the signs of their divisors taken in: f*k = above, h*l = known.
        above = form.p if divisor[1] > 0 else -form.p
        known = other.p if below[1] > 0 else -other.p
        for head in _uses(space, sequent, goal.operator, index, hypothesis, above, known, below[0]):
            if divisor[0] is not t.ONE:
                head["k"] = str(divisor[0])
            yield head, 0 if len(head["terms"]) == 1 else 1


def _positive(divisor: Term, sequent: Sequent) -> tuple[Term, int] | None:
    """Return a divisor made positive, and the sign it had; None if that is not seen."""
    if divisor.operator == "number":
        return divisor, 1
    direction = sign(divisor, sequent)
    if direction not in (1, -1):
        return None
    return (divisor, 1) if direction > 0 else (t.neg(divisor), -1)


def _uses(
    space: Space,
    sequent: Sequent,
    operator: str,
    index: int,
    hypothesis: Relation,
    above: Any,
    known: Any,
    below: Term,
) -> Iterator[Node]:
    """Yield certificates ``above = g*known`` and ``above = c*known + rest``."""
    equation = hypothesis.operator == "="
    weak = operator == "<" and hypothesis.operator != "<"
    quotient, remainder = divmod(above, known)
    if remainder.is_zero() and not (weak and not equation):
        g = t.mul(space.term(quotient), below)
        kind = "term" if equation else "pos" if operator == "<" else "nonneg"
        if equation or sign(g, sequent) == 1:
            yield combined((1, ["hyp", index], [kind, str(g)]))
    if operator == "=":
        return
    mine = above.to_dict()
    for exponents, coefficient in known.to_dict().items():
        if exponents not in mine:
            continue
        c = mine[exponents] / coefficient
        if c <= 0 and not equation:
            continue
        rest = space.term(above - known * c)
        if sign(rest, sequent) in (0, 1):
            factors = [["hyp", index]] if below is t.ONE else [["hyp", index], ["pos", str(below)]]
            yield combined((c, *factors), (1, ["pos" if weak else "nonneg", str(rest)]))
