"""Steps by algebraic identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from srverify.checker.enclosures.polynomial import former
from srverify.checker.rejected import RejectedError
from srverify.kernels.rocq.replay.node import Node, Script, translates
from srverify.kernels.rocq.replay.printing import variable_name
from srverify.language import term as t
from srverify.language.errors import UnsupportedError
from srverify.language.formula import Relation
from srverify.language.term import Term

_ARITHMETIC = ("add", "mul", "neg", "div", "power")
_LEMMA = {"<=": "le", "<": "lt", "=": "eq"}


def atoms(terms: Iterable[Term]) -> list[Term]:
    """Return the outermost operations that are not rational arithmetic, each once."""
    found: dict[Term, None] = {}
    seen: set[Term] = set()
    stack = list(terms)[::-1]
    while stack:
        term = stack.pop()
        if term in seen or term.operator == "number":
            continue
        seen.add(term)
        if term.operator in _ARITHMETIC:
            stack += reversed(term.arguments[:1] if term.operator == "power" else term.arguments)
        elif term.operator != "variable":
            found[term] = None
    return list(found)


def _equal(one: Term, other: Term) -> bool:
    try:
        return bool(former([one, other]).walk(t.sub(one, other)).p.is_zero())
    except RejectedError:
        return False


def unified(node: Node, terms: Iterable[Term]) -> Script:
    """Return tactics that write equal operations alike, and those of known value as such."""
    script: Script = []
    kept: list[Term] = []
    for atom in atoms(terms):
        value = former([atom]).walk(atom)
        if value.p.is_constant() and value.q.is_constant():
            number = former([atom]).written(value)
            twin: Term | None = number
        else:
            twin = next((other for other in kept if _equal(atom, other)), None)
        if twin is None:
            kept.append(atom)
            continue
        shown, other = node.term(atom), node.term(twin)
        script.append(f"try (replace {shown} with {other} by (symmetry; same)).")
    return script


@translates
def combine(node: Node) -> Script:
    """Write a multiple of the difference of the sides as a sum of products of known sign."""
    goal, step = node.goal, node.step
    k = step.read_term(step.take("k", "1"))
    script = [*node.facts(list(range(len(node.children)))), *node.defined()]
    sums: list[tuple[str, str]] = []
    terms: list[Term] = [k, goal.left, goal.right]
    for j, summand in enumerate(step.take("terms")):
        text, sign, lines, used = _summand(node, j, summand)
        script += lines
        sums.append((text, sign))
        terms += used
    total = " + ".join(text for text, _ in sums) or "0"
    factor = f"by_factor_{_LEMMA[goal.operator]} {node.term(k)} _ _ ({total})"
    identity = " ".join(unified(node, terms))
    script.append(f"apply ({factor}).")
    script.append("- solve [side].")
    script.append(f"- {identity} solve [identity].")
    script.append(f"- {_sum_sign(sums, goal.operator)}")
    return script


def _sum_sign(sums: list[tuple[str, str]], operator: str) -> str:
    if operator == "=":
        known = ", ".join(f"sign{j}" for j in range(len(sums)))
        return f"rewrite {known}; ring." if sums else "reflexivity."
    return "solve [add_signs]." if sums else "lra."


def _summand(node: Node, j: int, summand: Mapping[str, Any]) -> tuple[str, str, Script, list[Term]]:
    """Return a summand's text and sign, the tactics that show the sign, and the terms in it."""
    coefficient = t.number(summand["coeff"])
    texts, signs, script, terms = [node.term(coefficient)], [], [], []
    for i, (kind, argument) in enumerate(summand["factors"]):
        text, sign, used = _factor(node, kind, argument)
        texts.append(text)
        signs.append(sign)
        terms += used
        label = f"factor{j}_{i}"
        if sign == "=":
            script.append(f"assert ({label} : {text} = 0) by (first [lra | side]).")
        elif sign != "?":
            script.append(f"assert ({label} : 0 {sign} {text}) by (first [lra | side]).")
    text = " * ".join(texts)
    if "=" in signs:
        zero = f"factor{j}_{signs.index('=')}"
        script.append(f"assert (sign{j} : {text} = 0) by (rewrite {zero}; ring).")
        return text, "=", script, terms
    if "?" in signs:
        raise UnsupportedError("a summand has no sign")
    sign = "<=" if "<=" in signs or coefficient.value == 0 else "<"
    script.append(f"assert (sign{j} : 0 {sign} {text}) by (multiply_signs).")
    return text, sign, script, terms


def _factor(node: Node, kind: str, argument: Any) -> tuple[str, str, list[Term]]:
    s = node.sequent
    if kind == "hyp":
        found = s.hypotheses[argument]
        assert isinstance(found, Relation)
        return node.difference(found), found.operator, [found.left, found.right]
    if kind in ("low", "high"):
        domain, x = s.domains[argument], variable_name(argument)
        if domain.natural:
            x = f"INR {x}"
        end = domain.lower if kind == "low" else domain.upper
        assert end is not None
        shown = node.term(end)
        is_open = domain.lower_open if kind == "low" else domain.upper_open
        return f"({x} - {shown})" if kind == "low" else f"({shown} - {x})", "<" if is_open else "<=", []
    u = node.step.read_term(argument)
    text = node.term(u)
    if kind == "square":
        return f"({text} ^ 2)", "<=", [u]
    return text, {"pos": "<", "nonneg": "<=", "term": "?"}[kind], [u]


@translates
def rewrite(node: Node) -> Script:
    """Write the difference of the sides as a multiple of another."""
    goal, step = node.goal, node.step
    new = step.formula("goal")
    assert isinstance(new, Relation)
    k = step.read_term(step.take("k", "1"))
    last = len(node.children) - 1
    script = [node.use(last), "unpack.", *node.facts(list(range(last))), *node.defined()]
    sides = " ".join(node.printer.term(side) for side in (new.left, new.right))
    script.append(
        f"assert (new : {node.printer.relation(new)}) by (first [assumption | convert got{last}])."
    )
    script.append(f"apply (by_multiple_{_LEMMA[goal.operator]} {node.term(k)} _ _ {sides}).")
    if goal.operator != "=":
        script.append("- solve [side].")
    identity = " ".join(unified(node, [k, goal.left, goal.right, new.left, new.right]))
    script.append(f"- {identity} solve [identity].")
    script.append("- exact new.")
    return script
