"""The rules about formulas, hypotheses and variables, and those decided by exact or interval arithmetic.

Each rule computes, from a sequent and its parameters, the sequents of its children. Its theorem: if all
children are valid, so is the sequent. A rule without children states when the sequent is valid.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from flint import ctx

from srverify.checker.enclosures import signs
from srverify.checker.enclosures.evaluation import (
    DEFAULT_PRECISION,
    MAX_PRECISION,
    Evaluator,
    decide,
    decided_by_slopes,
    interval_of,
)
from srverify.checker.enclosures.interval import Interval
from srverify.checker.enclosures.substitution import rebuilt, substituted
from srverify.checker.expansions.expansion import decided_by_expansion
from srverify.checker.expansions.series import DEFAULT_ORDER, MAX_ORDER, decided_by_series
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, narrowed
from srverify.checker.steps import Step, as_list, goal_relation, number, read_domain, remaining, showing
from srverify.language import term as t
from srverify.language.definedness import defined
from srverify.language.formula import And, Formula, Not, Or, Relation, map_terms, normal
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term

Children: TypeAlias = tuple[Sequent, ...]
Rule: TypeAlias = Callable[[Sequent, Step], Children]

RULES: dict[str, Rule] = {}

#: Leaves by expansions at the low and the high end, in roots of the distance.
EXPANSIONS = frozenset(f"e{end}{root}" for end in "lh" for root in "1234")
#: The most values that ``enumerate`` goes through.
MAX_VALUES = 10_000


def rule(function: Rule) -> Rule:
    """Register a rule under its function's name, a final underscore aside."""
    RULES[function.__name__.rstrip("_")] = function
    return function


def negated(formula: Formula) -> Formula:
    """Return what holds exactly where all terms of a formula are defined and it does not hold."""
    return normal(Not(formula))


# -- formulas ----------------------------------------------------------------------------------------


@rule
def and_goal(s: Sequent, step: Step) -> Children:
    """A conjunction holds if every part does; the empty one holds. A child per part."""
    if not isinstance(s.goal, And):
        raise RejectedError("the goal is no conjunction")
    return tuple(s.proving(part) for part in s.goal.parts)


@rule
def or_goal(s: Sequent, step: Step) -> Children:
    """A disjunction holds if part ``index`` does; the parts in ``assume`` may be taken to fail.

    At a point at which a part of ``assume`` holds, nothing is left to show; at the others its negation
    holds, provided that its terms are defined, which a child shows unless it is plain.
    """
    if not isinstance(s.goal, Or):
        raise RejectedError("the goal is no disjunction")
    parts = s.goal.parts
    assumed = [parts[i] for i in step.indices("assume", len(parts))]
    wanted = parts[step.index("index", len(parts))]
    return (
        *showing(s, (c for part in assumed for c in defined(part))),
        s.assuming(*(negated(part) for part in assumed)).proving(wanted),
    )


@rule
def or_hyp(s: Sequent, step: Step) -> Children:
    """Where the disjunction ``hyp`` holds, one of its parts does. A child per part."""
    index, found = step.hypothesis()
    if not isinstance(found, Or):
        raise RejectedError(f"hypothesis {index} is no disjunction")
    rest = s.keeping(lambda i, _: i != index)
    return tuple(rest.assuming(part) for part in found.parts)


@rule
def cases(s: Sequent, step: Step) -> Children:
    """Where the terms of ``on`` are defined, it or its negation holds.

    Children: the terms are defined (unless plain), ``on`` assumed, its negation assumed.
    """
    on = step.formula("on")
    return (*showing(s, defined(on)), s.assuming(on), s.assuming(negated(on)))


@rule
def have(s: Sequent, step: Step) -> Children:
    """What has been shown may be assumed. Children: ``formula`` as the goal, then assumed."""
    formula = step.formula("formula")
    return s.proving(formula), s.assuming(formula)


@rule
def unfold(s: Sequent, step: Step) -> Children:
    """The terms of a hypothesis ``hyp`` that is a relation are defined, which may be assumed."""
    _, found = step.relation()
    return (s.assuming(*defined(found)),)


@rule
def assumption(s: Sequent, step: Step) -> Children:
    """The goal is among the facts: hypotheses and the definedness of their terms; no children.

    Where ``l < r`` or ``l = r`` holds, so does ``l <= r``; a disjunction holds where a part does.
    """
    facts = s.facts
    if isinstance(s.goal, Relation) and s.goal.operator == "=":
        facts = facts | {
            Relation("=", f.right, f.left)
            for f in facts
            if isinstance(f, Relation) and f.operator == "="
        }
    if remaining(s, [s.goal], facts):
        raise RejectedError("the goal is no hypothesis, nor plain")
    return ()


@rule
def refute(s: Sequent, step: Step) -> Children:
    """If the hypotheses imply that one of them, ``hyp``, fails, they hold nowhere."""
    _, found = step.hypothesis()
    return (s.proving(negated(found)),)


@rule
def weaken(s: Sequent, step: Step) -> Children:
    """A sequent is valid if one with fewer hypotheses, larger domains or a stronger goal is.

    Parameters: hypotheses to ``drop``; ``domains``, each containing the present one; ``unused``
    variables to remove; ``strict``: the goal ``l < r`` for ``l <= r``.
    """
    drop = set(step.indices("drop", len(s.hypotheses)))
    child = s.keeping(lambda i, _: i not in drop)
    for name, text in _mapping(step.take("domains", {})).items():
        domain = read_domain(text)
        if name not in s.domains or not _contains(domain, s.domains[name]):
            raise RejectedError(f"the domain {domain} of {name} is not larger")
        child = child.with_domain(name, domain)
    for name in as_list(step.take("unused", [])):
        if not isinstance(name, str) or name not in child.symbols:
            raise RejectedError(f"no variable {name!r}")
        child = child.without_variable(name)
    if step.take("strict", False):
        goal = goal_relation(s)
        if goal.operator != "<=":
            raise RejectedError("only <= has a strict form that implies it")
        child = child.proving(Relation("<", goal.left, goal.right))
    return (child,)


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise RejectedError("a mapping is expected")
    return value


def _contains(outer: Domain, inner: Domain) -> bool:
    """Tell whether a domain contains another of the same kind, which is never empty."""
    low = (
        narrowed(inner, "<" if outer.lower_open else "<=", outer.lower, False)
        if outer.lower is not None
        else inner
    )
    high = (
        narrowed(inner, "<" if outer.upper_open else "<=", outer.upper, True)
        if outer.upper is not None
        else inner
    )
    return outer.natural == inner.natural and low == inner and high == inner


# -- variables ---------------------------------------------------------------------------------------


@rule
def absorb(s: Sequent, step: Step) -> Children:
    """A hypothesis ``hyp`` that compares a variable with a number becomes part of its domain.

    If no point of the domain is left, the sequent is valid, and there is no child.
    """
    index, found = step.relation()
    rest = s.keeping(lambda i, _: i != index)
    upper = isinstance(found.left, Symbol)
    symbol, value = (found.left, found.right) if upper else (found.right, found.left)
    if found.operator == "=" or not isinstance(symbol, Symbol) or not isinstance(value, Number):
        raise RejectedError(f"hypothesis {index} does not bound a variable by a number")
    domain = narrowed(s.domains[symbol.name], found.operator, value, upper)
    return () if domain is None else (rest.with_domain(symbol.name, domain),)


@rule
def split(s: Sequent, step: Step) -> Children:
    """Every point of the domain of ``var`` is at most or at least the number ``at``.

    For a natural variable: at most floor(at) or at least floor(at) + 1. A part without points has no
    child.
    """
    name, at = step.variable(), step.rational("at")
    domain = s.domains[name]
    above = at
    if domain.natural:
        at = t.number(int(at.p // at.q))
        above = t.number(int(at.p) + 1)
    parts = narrowed(domain, "<=", at, True), narrowed(domain, "<=", above, False)
    return tuple(s.with_domain(name, part) for part in parts if part is not None)


@rule
def enumerate_(s: Sequent, step: Step) -> Children:
    """A child per value of a natural variable ``var`` with an upper end, or of a domain of one point."""
    name = step.variable()
    domain = s.domains[name]
    if (
        domain.lower is None
        or domain.upper is None
        or not (domain.natural or domain.lower == domain.upper)
    ):
        raise RejectedError(f"{name} has infinitely many values")
    values = [domain.lower]
    if domain.natural:
        least, most = int(domain.lower.p), int(domain.upper.p)
        if most - least >= MAX_VALUES:
            raise RejectedError(f"{name} has more than {MAX_VALUES} values")
        values = [t.number(value) for value in range(least, most + 1)]
    return tuple(_valued(s, name, value) for value in values)


def _valued(s: Sequent, name: str, value: Number) -> Sequent:
    symbols = {s.symbols[name]: value}
    return s.mapped(lambda term: substituted(term, symbols)).without_variable(name)


@rule
def relax(s: Sequent, step: Step) -> Children:
    """A sequent about a natural ``var`` is valid if the one about the reals of its range is.

    In the goal a power with the exponent ``var`` then asks for a positive base, which makes the goal
    stronger, its value being the same; in a hypothesis this would be weaker, and is refused.
    """
    name = step.variable()
    domain, old = s.domains[name], s.symbols[name]
    if not domain.natural:
        raise RejectedError(f"{name} is not natural")
    wider = s.with_domain(name, Domain(False, domain.lower, domain.upper))
    new = wider.symbols[name]

    def relaxed(part: Term, *, goal: bool) -> Term:
        def change(inner: Term) -> Term | None:
            if inner == old:
                return new
            node = t.operation(inner)
            if node.operator != "natpower" or old not in t.symbols_of(node.arguments[1]):
                return None
            if not goal:
                raise RejectedError(f"{name} is an exponent in a hypothesis")
            return t.power(*(rebuilt(argument, change) for argument in node.arguments))

        return rebuilt(part, change)

    hypotheses = tuple(map_terms(h, lambda term: relaxed(term, goal=False)) for h in s.hypotheses)
    return (
        Sequent(wider.variables, hypotheses, map_terms(s.goal, lambda term: relaxed(term, goal=True))),
    )


def bounds(s: Sequent, name: str) -> tuple[Relation, ...]:
    """Return what the domain of a variable says of it, natural numbers aside."""
    return bounds_on(s.domains[name], s.symbols[name])


def bounds_on(domain: Domain, term: Term) -> tuple[Relation, ...]:
    """Return the relations that say that a term is between the ends of a domain."""
    found = []
    if domain.lower is not None:
        found.append(Relation("<" if domain.lower_open else "<=", domain.lower, term))
    if domain.upper is not None:
        found.append(Relation("<" if domain.upper_open else "<=", term, domain.upper))
    return tuple(found)


# -- exact and interval arithmetic ---------------------------------------------------------------------


@rule
def cover(s: Sequent, step: Step) -> Children:
    """A binary tree of boxes that contain the domain; every leaf is decided. No children.

    ``tree`` is a leaf or ``[var, at, left, right]``, the parts at most and at least ``at``. Leaves:
    ``"i"`` the goal holds on the box by intervals, ``"h"`` a hypothesis holds nowhere on it, ``"m"`` a
    relation of the goal holds by slopes (`decided_by_slopes`), ``"n"`` so does a hypothesis' negation,
    ``"t"`` a relation of the goal holds by Taylor's theorem (`decided_by_series`) of ``order``;
    ``"el1"`` one holds by its expansion of that order at the low end (`decided_by_expansion`), ``"eh3"``
    at the high end in the third root of the distance.
    """
    precision = step.take("precision", DEFAULT_PRECISION)
    if not isinstance(precision, int) or not 2 <= precision <= MAX_PRECISION:
        raise RejectedError(f"the precision must be between 2 and {MAX_PRECISION} bits")
    order = step.take("order", DEFAULT_ORDER)
    if not isinstance(order, int) or not 1 <= order <= MAX_ORDER:
        raise RejectedError(f"the order must be between 1 and {MAX_ORDER}")
    stack = [(step.take("tree"), s.domains)]
    with ctx.workprec(precision):
        while stack:
            tree, domains = stack.pop()
            if isinstance(tree, str):
                box = {s.symbols[name]: interval_of(domain) for name, domain in domains.items()}
                if not _settled(s, box, tree, order):
                    shown = ", ".join(f"{name} in {domain}" for name, domain in domains.items())
                    raise RejectedError(f"the box {shown} is not decided by {tree!r}")
                continue
            parts = as_list(tree)
            if len(parts) != 4 or not isinstance(parts[0], str) or parts[0] not in domains:
                raise RejectedError("a node of the tree is [var, at, left, right]")
            name, at, *halves = parts
            for half, upper in zip(halves, (True, False), strict=True):
                part = narrowed(domains[name], "<=", number(at), upper)
                if part is not None:
                    stack.append((half, {**domains, name: part}))
    return ()


def _settled(s: Sequent, box: dict[Symbol, Interval], leaf: str, order: int) -> bool:
    match leaf:
        case "i":
            return decide(s.goal, Evaluator(box)) is True
        case "h":
            evaluator = Evaluator(box)
            return any(decide(h, evaluator) is False for h in s.hypotheses)
        case "m":
            return any(_shown(decided_by_slopes, part, box) for part in _options(s.goal))
        case "t":
            by_series = partial(decided_by_series, order=order)
            return any(_shown(by_series, part, box) for part in _options(s.goal))
        case leaf if leaf in EXPANSIONS:
            by_expansion = partial(
                decided_by_expansion,
                end={"l": "low", "h": "high"}[leaf[1]],
                root=int(leaf[2]),
                order=order,
            )
            return any(_shown(by_expansion, part, box) for part in _options(s.goal))
        case "n":
            return any(
                _shown(decided_by_slopes, part, box)
                for h in s.hypotheses
                if isinstance(h, Relation)
                for part in _options(negated(h))
            )
    raise RejectedError(f"unknown leaf {leaf!r}")


def _shown(
    method: Callable[[Relation, dict[Symbol, Interval]], bool],
    relation: Relation,
    box: dict[Symbol, Interval],
) -> bool:
    try:
        return method(relation, box)
    except RejectedError:
        return False


def _options(formula: Formula) -> list[Relation]:
    """Return relations each of which suffices for a formula."""
    parts = formula.parts if isinstance(formula, Or) else (formula,)
    return [part for part in parts if isinstance(part, Relation)]


@rule
def polynomial(s: Sequent, step: Step) -> Children:
    """The sequent is about rational functions of one variable ``var`` and true by its sign table.

    Hypotheses that mention anything else are ignored; so is that ``var`` is natural. No children.
    """
    name = step.variable()
    x = s.symbols[name]
    given = [h for h in s.hypotheses if signs.about(h, x)]
    if not signs.about(s.goal, x):
        raise RejectedError(f"the goal is not rational in {name}")
    if not signs.holds([*bounds(s, name), *given], s.goal, x):
        raise RejectedError("the goal fails somewhere")
    return ()
