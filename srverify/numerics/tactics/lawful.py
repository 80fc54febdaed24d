"""Steps by laws: atoms simplified or expanded, roots by squares; what other tactics make steps with."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from srverify.checker.laws import laws
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation, map_terms, terms
from srverify.language.parser import formula_text, parse_term
from srverify.language.term import Number, Term
from srverify.numerics.rational_eval import rational_value
from srverify.numerics.tactics.algebraic import negative
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, expanded, factored, is_algebraic, plain
from srverify.numerics.tactics.hypotheses import combined

_TWO = t.number(2)


def law(name: str, **arguments: Term) -> Node:
    """Return the step that assumes an instance of a law."""
    return {"rule": "law", "name": name, "args": {key: str(term) for key, term in arguments.items()}}


def replacing(sequent: Sequent, old: Term, new: Term, instance: Node) -> list[Link]:
    """Return the steps that replace a term by one that a law says is equal."""
    last = len(sequent.hypotheses)
    equation = Relation("=", old, new)
    said = conclusion(sequent, instance)
    if said in (equation, Relation("=", new, old)):
        back = {} if said == equation else {"back": True}
        return [
            instance,
            {"rule": "replace", "hyp": last, "in": list(range(last)), **back},
            {"rule": "weaken", "drop": [last]},
        ]
    return [
        instance,
        ({"rule": "have", "formula": formula_text(equation)}, combined((1, ["hyp", last]))),
        {"rule": "replace", "hyp": last + 1, "in": list(range(last))},
        {"rule": "weaken", "drop": [last, last + 1]},
    ]


def rewriting(instance: Node, place: int, *, back: bool = False) -> list[Link]:
    """Return the steps by which an equation, assumed next, rewrites the last hypothesis."""
    turned = {"back": True} if back else {}
    return [
        instance,
        {"rule": "replace", "hyp": place + 1, "in": [place], **turned},
        {"rule": "weaken", "drop": [place + 1]},
    ]


def replaced_by(instance: Node, last: int) -> list[Link]:
    """Return the steps that put the right side of a law's equation for its left side.

    ``last`` hypotheses come before; unlike ``replacing``, it may speak of variables named on the way.
    """
    return [
        instance,
        {"rule": "replace", "hyp": last, "in": list(range(last))},
        {"rule": "weaken", "drop": [last]},
    ]


def conclusion(sequent: Sequent, instance: Node) -> Formula:
    """Return what an instance of a law says."""
    values = {
        t.variable(key): parse_term(text, sequent.symbols) for key, text in instance["args"].items()
    }
    return map_terms(laws()[instance["name"]].conclusion, lambda term: t.substitute(term, values))


def nodes(sequent: Sequent) -> list[Term]:
    """Return the subterms of a goal, inner ones first."""
    found: dict[Term, None] = {}
    for term in terms(sequent.goal):
        for node in t.subterms(term):
            found[node] = None
    return list(reversed(found))


def by_simplifying(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Evaluate closed subterms that are rational, undo inverses, resolve absolute values and extrema."""
    for node in nodes(sequent):
        if node.operator in ("number", "variable"):
            continue
        for links in _simpler(sequent, node):
            led, found = driver.chained(sequent, links, depth)
            if led:
                yield (found, -1) if found is not None else NOTHING_ELSE
                return
        if node.operator in ("abs", "max", "min") and depth > 0:
            yield from _kinks(driver, sequent, node, depth)
            return


def _simpler(sequent: Sequent, node: Term) -> Iterator[list[Link]]:
    last = len(sequent.hypotheses)
    u = node.arguments[0]
    if node.operator in ("exp", "log", "sqrt", "ratpower", "realpower", "abs", "lambertw"):
        value = None if t.symbols_of(node) else rational_value(node, {})
        if value is not None:
            yield [
                {"rule": "have", "formula": f"{node} = {t.number(value)}"},
                {"rule": "replace", "hyp": last, "in": list(range(last))},
                {"rule": "weaken", "drop": [last]},
            ]
            return
    if node.operator == "realpower" and u is t.ONE:
        exponent = node.arguments[1]
        written = t.exp(t.mul(exponent, t.log(t.ONE)))
        yield replacing(sequent, node, written, law("power_exp", a=t.ONE, b=exponent))
    if node.operator == "exp" and t.symbols_of(u) and plain(u) is t.ZERO:
        yield replacing(sequent, node, t.ONE, law("exp_difference", a=u, b=u))
    if node.operator == "exp" and u.operator == "log":
        yield replacing(sequent, node, u.arguments[0], law("exp_log", a=u.arguments[0]))
    if node.operator == "log" and u.operator == "exp":
        yield replacing(sequent, node, u.arguments[0], law("log_exp", a=u.arguments[0]))
    if node.operator == "exp" and u.operator == "neg" and u.arguments[0].operator == "log":
        inner = u.arguments[0]
        yield replacing(sequent, node, t.div(t.ONE, t.exp(inner)), law("exp_negative", a=inner))
    if node.operator == "abs":
        direction = sign(u, sequent)
        if direction in (0, 1):
            yield replacing(sequent, node, u, law("abs_nonneg", a=u))
        if direction in (0, -1):
            yield replacing(sequent, node, t.neg(u), law("abs_nonpos", a=u))
    if node.operator in ("max", "min") and len(node.arguments) == 2:
        a, b = node.arguments
        direction = sign(t.sub(b, a), sequent)
        if direction in (0, 1):
            right = node.operator == "max"
            name = f"{node.operator}_{'right' if right else 'left'}"
            yield replacing(sequent, node, b if right else a, law(name, a=a, b=b))
        if direction in (0, -1):
            right = node.operator == "min"
            name = f"{node.operator}_{'right' if right else 'left'}"
            yield replacing(sequent, node, b if right else a, law(name, a=a, b=b))
    if node.operator == "exp" and isinstance(u, Number) and u < 0:
        a = t.number(-u.value)
        yield replacing(sequent, node, t.div(t.ONE, t.exp(a)), law("exp_negative", a=a))
    if node.operator == "log" and u.operator == "div" and u.arguments[0] is t.ONE:
        inner = u.arguments[1]
        yield replacing(sequent, node, t.neg(t.log(inner)), law("log_inverse", a=inner))
    if node.operator == "log" and isinstance(u, Number) and u.p == 1 and u.q > 1:
        whole = t.number(u.q)
        yield replacing(sequent, node, t.neg(t.log(whole)), law("log_inverse", a=whole))
    if node.operator == "exp" and isinstance(u, Number) and u.is_integer and u >= 1:
        # All exponentials of rationals as powers of one.
        parts = [n.arguments[0] for n in nodes(sequent) if n.operator == "exp"]
        roots = [p.q for p in parts if isinstance(p, Number) and p.p == 1 and p.q > 1]
        q = max(roots, default=1)
        if q * u.p > 1 and q * u.p <= 64:
            power = t.number(q * u.p)
            base = t.number(Fraction(1, q))
            new = t.power(t.exp(base), power)
            yield replacing(sequent, node, new, law("exp_multiple", a=base, b=power))
    if node.operator == "log" and u.operator == "gamma" and sign(u.arguments[0], sequent) == 1:
        inner = u.arguments[0]
        new = t.exp(t.function("loggamma", inner))
        yield replacing(sequent, u, new, law("gamma_loggamma", a=inner))
    if (
        node.operator == "log"
        and u.operator in ("mul", "div", "power", "ratpower", "realpower", "natpower", "sqrt")
        and has_powers(u)
    ):
        yield from split_logarithm(sequent, node)
    if node.operator == "log" and u.operator in ("mul", "neg", "div"):
        above = u.arguments[0] if u.operator in ("neg", "div") else u
        factors = list(factors_of(above))
        first = next((f for f in factors if f.operator == "exp"), None)
        if first is not None and len(factors) > 1:
            factors.remove(first)
            rest = t.mul(*factors)
            rest = t.neg(rest) if u.operator == "neg" else rest
            rest = t.div(rest, u.arguments[1]) if u.operator == "div" else rest
            new = t.add(first.arguments[0], t.log(rest))
            yield _split_exponential(sequent, node, first, rest, new)
    if node.operator == "log" and u.operator in ("mul", "div", "neg"):
        simple = _exponential_quotient(u)
        if simple is not None and simple != u:
            yield [
                ({"rule": "have", "formula": formula_text(Relation("=", u, simple))}, combined()),
                {"rule": "replace", "hyp": last, "in": list(range(last))},
                {"rule": "weaken", "drop": [last]},
            ]
            return
    if node.operator == "log" and u.operator == "div" and u.arguments[1].operator == "exp":
        above, below = u.arguments
        equation = Relation("=", node, t.sub(t.log(above), below.arguments[0]))
        yield [
            law("log_quotient", a=above, b=below),
            law("log_exp", a=below.arguments[0]),
            (
                {"rule": "have", "formula": formula_text(equation)},
                combined((1, ["hyp", last]), (-1, ["hyp", last + 1])),
            ),
            {"rule": "replace", "hyp": last + 2, "in": list(range(last))},
            {"rule": "weaken", "drop": [last, last + 1, last + 2]},
        ]
    if node.operator == "power" and u.operator == "sqrt" and node.arguments[1] is _TWO:
        yield replacing(sequent, node, u.arguments[0], law("sqrt_square", a=u.arguments[0]))
    if node.operator == "sqrt" and u.operator == "power" and u.arguments[1] is _TWO:
        yield replacing(
            sequent, node, t.absolute(u.arguments[0]), law("sqrt_of_square", a=u.arguments[0])
        )


def _exponential_quotient(u: Term) -> Term | None:
    """Return a product or quotient of exponentials without signs and numbers, if a term is one."""
    parts = factored(u)
    if parts is None or parts.constant != 1 or not (parts.above or parts.below):
        return None
    if any(f.operator != "exp" for f, _ in (*parts.above, *parts.below)):
        return None
    above = parts.product if parts.above else t.ONE
    return t.div(above, parts.divisor) if parts.below else above


def factors_of(term: Term) -> tuple[Term, ...]:
    """Return the factors of a product, of products in it as well."""
    if term.operator != "mul":
        return (term,)
    return tuple(factor for part in term.arguments for factor in factors_of(part))


def _split_exponential(sequent: Sequent, node: Term, first: Term, rest: Term, new: Term) -> list[Link]:
    """Return the steps that put ``u + log(rest)`` for ``log(exp(u)*rest)``."""
    last = len(sequent.hypotheses)
    equation = formula_text(Relation("=", node, new))
    return [
        law("log_product", a=first, b=rest),
        law("log_exp", a=first.arguments[0]),
        ({"rule": "have", "formula": equation}, combined((1, ["hyp", last]), (1, ["hyp", last + 1]))),
        {"rule": "replace", "hyp": last + 2, "in": list(range(last))},
        {"rule": "weaken", "drop": [last, last + 1, last + 2]},
    ]


def _kinks(driver: Driver, sequent: Sequent, node: Term, depth: int) -> Iterator[Proposal]:
    if node.operator == "abs":
        yield {"rule": "cases", "on": f"0 <= {node.arguments[0]}"}, 1
    elif len(node.arguments) == 2:
        yield {"rule": "cases", "on": f"{node.arguments[0]} <= {node.arguments[1]}"}, 1
    else:
        first, *rest = node.arguments
        if len(rest) == 2:
            build = t.maximum if node.operator == "max" else t.minimum
            new = build(first, build(*rest))
            instance = law(f"{node.operator}_three", a=first, b=rest[0], c=rest[1])
            found = driver.chain(sequent, replacing(sequent, node, new, instance), depth)
            if found is not None:
                yield found, -1


def by_rooting(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Take the roots of both sides of a hypothesis that compares squares."""
    for index, found in enumerate(sequent.hypotheses):
        if not isinstance(found, Relation) or found.operator == "=":
            continue
        left, right = found.left, found.right
        if all(side.operator == "power" and side.arguments[1] is _TWO for side in (left, right)):
            a, b = left.arguments[0], right.arguments[0]
            if sign(b, sequent) not in (0, 1):
                continue
            name = "squares_reflect_strict" if found.operator == "<" else "squares_reflect"
            if Relation(found.operator, a, b) in sequent.hypotheses:
                continue
            links: list[Link] = [law(name, a=a, b=b), {"rule": "weaken", "drop": [index]}]
            node = driver.chain(sequent, links, depth)
            if node is not None:
                yield node, -1


def by_expanding(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write exponentials of sums as products, and logarithms of products as sums."""
    if depth < 1:
        return
    for node in nodes(sequent):
        for links in _expanded(sequent, node):
            found = driver.chain(sequent, links, depth - 1 if node.operator == "log" else depth)
            if found is not None:
                yield found, -1
            return


def _expanded(sequent: Sequent, node: Term) -> Iterator[list[Link]]:
    if node.operator == "exp":
        u = node.arguments[0]
        if u.operator == "neg":
            inner = u.arguments[0]
            yield replacing(sequent, node, t.div(t.ONE, t.exp(inner)), law("exp_negative", a=inner))
        elif u.operator == "add":
            first, rest = u.arguments[0], t.add(*u.arguments[1:])
            new = t.mul(t.exp(first), t.exp(rest))
            yield replacing(sequent, node, new, law("exp_sum", a=first, b=rest))
        elif (wide := expanded(u)) is not None and wide.operator == "add":
            first, rest = wide.arguments[0], t.add(*wide.arguments[1:])
            new = t.mul(t.exp(first), t.exp(rest))
            yield replacing(sequent, node, new, law("exp_sum", a=first, b=rest))
        elif u.operator == "mul" and isinstance(u.arguments[0], Number) and u.arguments[0].is_integer:
            n, rest = u.arguments[0], t.mul(*u.arguments[1:])
            if abs(n.p) <= 12 and t.symbols_of(rest):
                yield replacing(sequent, node, t.power(t.exp(rest), n), law("exp_multiple", a=rest, b=n))
    if node.operator == "log":
        yield from split_logarithm(sequent, node)


def split_logarithm(sequent: Sequent, node: Term) -> Iterator[list[Link]]:
    """Yield the steps that write the logarithm of a product, quotient or power by others."""
    u = node.arguments[0]
    if u.operator == "div":
        a, b = u.arguments
        if a is t.ONE:
            yield replacing(sequent, node, t.neg(t.log(b)), law("log_inverse", a=b))
        elif sign(a, sequent) == 1 and sign(b, sequent) == 1:
            yield replacing(sequent, node, t.sub(t.log(a), t.log(b)), law("log_quotient", a=a, b=b))
    elif u.operator == "mul":
        a, b = u.arguments[0], t.mul(*u.arguments[1:])
        if sign(a, sequent) == 1 and sign(b, sequent) == 1:
            yield replacing(sequent, node, t.add(t.log(a), t.log(b)), law("log_product", a=a, b=b))
    elif u.operator in ("power", "ratpower", "realpower", "natpower"):
        a, b = u.arguments
        if sign(a, sequent) == 1:
            yield replacing(sequent, node, t.mul(b, t.log(a)), law("log_power", a=a, b=b))
    elif u.operator == "sqrt":
        a = u.arguments[0]
        half = t.mul(t.number(Fraction(1, 2)), t.log(a))
        yield replacing(sequent, node, half, law("log_sqrt", a=a))
    elif u.operator in ("add", "neg"):
        parts = factored(u)
        if parts is None:
            return
        if parts.below:
            top, bottom = parts.product, parts.divisor
            if sign(top, sequent) == 1 and sign(bottom, sequent) == 1:
                new = t.sub(t.log(top), t.log(bottom))
                yield replacing(sequent, node, new, law("log_quotient", a=top, b=bottom))
        elif sum(e for _, e in parts.above) > 1:
            first, _ = parts.above[0]
            first = first if sign(first, sequent) == 1 else negative(first)
            rest = factored(t.div(u, first))
            if rest is not None and sign(first, sequent) == 1 and sign(rest.product, sequent) == 1:
                new = t.add(t.log(first), t.log(rest.product))
                yield replacing(sequent, node, new, law("log_product", a=first, b=rest.product))


# -- comparisons -----------------------------------------------------------------------------------


def has_powers(side: Term) -> bool:
    """Tell whether a product has factors that only a logarithm makes simple."""
    kinds = ("realpower", "natpower", "gamma", "erfc")
    return any(n.operator in kinds and t.symbols_of(n.arguments[-1]) for n in t.subterms(side))


def linear_parts(f: Term, kinds: tuple[str, ...]) -> Iterator[tuple[Term, Term, Term]]:
    """Yield (atom, P, R) with ``f = P*atom + R``, atom in neither, f being a polynomial over atoms."""
    for atom, p, r, _ in _linear(f, kinds, quotients=False):
        yield atom, p, r


def linear_quotients(f: Term, kinds: tuple[str, ...]) -> Iterator[tuple[Term, Term, Term, Term]]:
    """Yield (atom, P, R, Q) with ``f = (P*atom + R)/Q``, atom in none, f being rational over atoms."""
    return _linear(f, kinds, quotients=True)


def _linear(
    f: Term, kinds: tuple[str, ...], *, quotients: bool
) -> Iterator[tuple[Term, Term, Term, Term]]:
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return
    polynomial = form.q.is_constant()
    if not (polynomial or quotients):
        return
    below = t.ONE if polynomial else space.term(form.q)
    scale = form.q.leading_coefficient() if polynomial else 1
    context = form.p.context()
    for index, atom in space.atoms.items():
        if atom.operator not in kinds or not t.symbols_of(atom) or atom in t.subterms(below):
            continue
        inside: dict[Any, Any] = {}
        outside: dict[Any, Any] = {}
        for exponents, coefficient in form.p.to_dict().items():
            rest = tuple(0 if i == index else e for i, e in enumerate(exponents))
            if exponents[index] > 1:
                break
            (inside if exponents[index] else outside)[rest] = coefficient / scale
        else:
            if inside:
                p, r = context.from_dict(inside), context.from_dict(outside)
                yield atom, space.term(p), space.term(r), below


def by_squaring(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare ``Q*sqrt(A)`` with -P by their squares."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or depth < 1:
        return
    last = len(sequent.hypotheses)
    two = t.number(2)
    strict = goal.operator == "<"
    links: list[Link]
    for root, q, p in linear_parts(goal.right, ("sqrt",)):
        a = root.arguments[0]
        up = sign(q, sequent)
        if p is t.ZERO and up == 1 and not strict:
            links = [law("sqrt_nonneg", a=a), combined((1, ["hyp", last], ["nonneg", str(q)]))]
            found = driver.chain(sequent, links, depth)
            if found is not None:
                yield found, -1
            continue
        # Q*sqrt(A) on its own side, the rest on the other.
        if up == 1:
            small, large = t.neg(p), t.mul(q, root)
        elif up == -1 and sign(p, sequent) == 1:
            small, large = t.mul(t.neg(q), root), p
        else:
            continue
        rational_small, rational_large = (
            (t.power(p, two), t.mul(t.power(q, two), a))
            if up == 1
            else (t.mul(t.power(q, two), a), t.power(p, two))
        )
        formulas = [f"{rational_small} {goal.operator} {rational_large}"]
        if up == -1:
            # Its proof is no easier for knowing the squares, which only lead astray.
            formulas.append(f"0 <= {large}")
        given = last + len(formulas)
        # large^2 - small^2 = (rational difference) -+ Q^2*(A - sqrt(A)^2)
        squares = combined((1, ["hyp", last]), (-up, ["hyp", given], ["term", str(t.power(q, two))]))
        name = "squares_reflect_strict" if strict else "squares_reflect"
        reflected: Link = law(name, a=small, b=large)
        if up == 1:
            reflected = (
                law(name, a=small, b=large),
                combined((1, ["hyp", given + 2], ["nonneg", str(q)])),
            )
        links = [
            law("sqrt_square", a=a),
            (
                {
                    "rule": "have",
                    "formula": f"{t.power(small, two)} {goal.operator} {t.power(large, two)}",
                },
                squares,
            ),
            *([law("sqrt_nonneg", a=a)] if up == 1 else ()),
            reflected,
            combined((1, ["hyp", given + 2 + (up == 1)])),
        ]
        found = driver.apart(sequent, formulas, links, depth - 1)
        if found is not None:
            yield found, -1


def by_root_signs(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell the signs of P apart for algebraic ``P + Q*sqrt(A) >= 0``, where not all squares compare."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or depth < 2:
        return
    if not is_algebraic(goal.right):
        return
    for root, q, p in linear_parts(goal.right, ("sqrt",)):
        if sign(q, sequent) != 1 or sign(p, sequent) is not None:
            continue
        gap = t.sub(t.mul(t.power(q, _TWO), root.arguments[0]), t.power(p, _TWO))
        if sign(gap, sequent) not in (0, 1):
            yield {"rule": "cases", "on": f"0 <= {p}"}, 1


def by_tangents(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use the tangents of an exponential or a logarithm that occurs linearly."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or depth < 1:
        return
    last = len(sequent.hypotheses)
    for atom, p, _ in linear_parts(goal.right, ("exp", "log")):
        direction = sign(p, sequent)
        if direction not in (1, -1):
            continue
        u = atom.arguments[0]
        if atom.operator == "exp":
            if direction < 0:
                continue
            name, bound = "exp_above", t.add(t.ONE, u)
        elif direction < 0:
            name, bound = "log_below", t.sub(u, t.ONE)
        else:
            name, bound = "log_above", t.sub(t.ONE, t.div(t.ONE, u))
        rest = t.add(goal.right, t.mul(p, t.sub(bound, atom)))
        if sign(rest, sequent) not in (0, 1):
            continue
        weight = p if direction > 0 else t.neg(p)
        strict = {"exp_above": "exp_above_strict", "log_below": "log_below_strict"}.get(name)
        uses = [(name, "nonneg", "nonneg")]
        if goal.operator == "<":
            # The tangent touches at one point only; the rest may vanish there.
            uses = [(name, "nonneg", "pos")] if sign(rest, sequent) == 1 else []
            uses += [(strict, "pos", "nonneg")] if strict else []
        for used, kind, left in uses:
            links: list[Link] = [
                law(used, a=u),
                combined((1, ["hyp", last], [kind, str(weight)]), (1, [left, str(rest)])),
            ]
            found = driver.chain(sequent, links, depth - 1)
            if found is not None:
                yield found, -1
                return
