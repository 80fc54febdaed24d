"""Mutants of proof objects, and a judgement of accepted ones that does not use the checker's arithmetic.

A mutant is a statement and a proof of which one thing was changed. It is *harmless* when it is accepted
and nothing that it claims is false: no sequent of its tree is violated at any of many exact points
(ends, numbers near them, small, large and random ones), evaluated by `srverify.numerics.arb_eval`. An
accepted mutant with a violated sequent is a fault of the checker.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from srverify.checker.check import check, expand
from srverify.checker.laws import laws
from srverify.checker.rejected import RejectedError
from srverify.checker.rules import RULES
from srverify.checker.sequent import Sequent
from srverify.language.errors import InputError
from srverify.language.statement import Domain, Statement
from srverify.numerics.arb_eval import holds_at

Node = dict[str, Any]
Mutant = tuple[str, Statement, Node]

_FLIPS = {
    "low": "high",
    "high": "low",
    "value": "limit",
    "limit": "value",
    "above": "below",
    "below": "above",
}
_FACTORS = ("hyp", "low", "high", "square", "pos", "nonneg", "term")
_RELATIONS = {" <= ": (" < ", " = "), " < ": (" <= ",), " = ": (" <= ", " < ")}


def mutants(statement: Statement, proof: Node) -> Iterator[Mutant]:
    """Yield every mutant of a proof and its statement, with its kind."""
    for path, node in _nodes(proof, ()):
        for kind, changed in _of_node(node):
            yield kind, statement, _with(proof, path, changed)
    for kind, other in _of_statement(statement):
        yield kind, other, proof


def _nodes(node: Node, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Node]]:
    yield path, node
    for i, child in enumerate(node.get("children", [])):
        yield from _nodes(child, (*path, i))


def _with(proof: Node, path: tuple[int, ...], changed: Node) -> Node:
    if not path:
        return changed
    children = list(proof["children"])
    children[path[0]] = _with(children[path[0]], path[1:], changed)
    return {**proof, "children": children}


# -- the proof ---------------------------------------------------------------------------------------


def _of_node(node: Node) -> Iterator[tuple[str, Node]]:
    for other in _similar(node["rule"]):
        yield "another rule", {**node, "rule": other}
    children = node.get("children", [])
    for i in range(len(children)):
        yield "a child dropped", {**node, "children": children[:i] + children[i + 1 :]}
        yield "a child lifted", children[i]
        for j in range(i):
            swapped = list(children)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            yield "children swapped", {**node, "children": swapped}
            yield (
                "a child repeated",
                {**node, "children": [*children[:i], children[j], *children[i + 1 :]]},
            )
    yield "a child invented", {**node, "children": [*children, {"rule": "assumption"}]}
    for key, value in node.items():
        if key in ("rule", "children", "sequent"):
            continue
        for kind, changed in _of_value(key, value):
            yield kind, {**node, key: changed}
        if value is not None:
            yield "a parameter dropped", {k: v for k, v in node.items() if k != key}
    if node["rule"] in ("monotone", "concave", "compare", "telescope") and "strict" not in node:
        yield "strictness claimed", {**node, "strict": True}
    if node["rule"] == "or_goal" and "assume" not in node:
        yield "assumptions invented", {**node, "assume": [0]}


def _similar(rule: str) -> list[str]:
    """Return the rules that take parameters of the same names."""
    groups = (
        ("assumption", "and_goal"),
        ("or_hyp", "unfold", "refute", "absorb"),
        ("monotone", "concave", "convex", "polynomial", "enumerate", "relax"),
        ("define", "generalize"),
    )
    return [
        other for group in groups if rule in group for other in group if other != rule and other in RULES
    ]


def _of_value(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    match key:
        case "at" | "point" | "k" | "goal" | "formula" | "term" | "arg" | "on":
            for changed in texts(value):
                yield f"{key} changed", changed
        case "hyp" | "index":
            yield "another index", value + 1
            yield "another index", value - 1
        case "assume" | "in" | "drop":
            yield "indices changed", [*value, 0]
            yield "indices changed", value[1:]
        case "end" | "by" | "side":
            yield f"{key} flipped", _FLIPS[value]
        case "strict" | "back":
            yield f"{key} flipped", not value
        case "branch":
            yield "another branch", -1 - value
        case "var":
            yield "another variable", "y" if value == "x" else "x"
        case "name" if value in laws():
            wanted = laws()[value].parameters
            for other, law in laws().items():
                if other != value and law.parameters == wanted:
                    yield "another law", other
        case "name":
            yield "a name that is taken", "x"
        case "args":
            yield from (
                ("a law's argument", {**value, k: c}) for k, v in value.items() for c in texts(v)
            )
            if len(value) == 2:
                yield (
                    "a law's arguments swapped",
                    dict(zip(value, reversed(value.values()), strict=True)),
                )
        case "domain":
            for changed in _domains(value):
                yield "a domain changed", changed
        case "domains":
            for name, text in value.items():
                yield from (("a domain changed", {**value, name: c}) for c in _domains(text))
        case "unused":
            yield "unused changed", []
        case "tree":
            yield from _trees(value)
        case "terms":
            yield from _certificates(value)
        case "precision":
            yield "precision lowered", 2
        case "order":
            yield "order lowered", 1


def texts(value: Any) -> Iterator[str]:
    """Yield mutants of a term, formula or number: a sign, a number, a relation."""
    text = str(value)
    for i, character in enumerate(text):
        if character.isdigit() and not text[i + 1 : i + 2].isdigit():
            yield text[:i] + str((int(character) + 1) % 10) + text[i + 1 :]
        if character in "+-" and i:
            yield text[:i] + ("-" if character == "+" else "+") + text[i + 1 :]
        if character == "*":
            yield text[:i] + "+" + text[i + 1 :]
    for relation, others in _RELATIONS.items():
        if relation in text:
            yield from (text.replace(relation, other, 1) for other in others)
            left, right = text.split(relation, 1)
            yield f"{right}{relation}{left}"
    if not any(relation in text for relation in _RELATIONS):
        yield f"-({text})"
        yield f"{text} + 1/1000"


def _trees(tree: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(tree, str):
        yield from (("another leaf", leaf) for leaf in "ihmnt" if leaf != tree)
        return
    name, at, left, right = tree
    yield "a box's halves swapped", [name, at, right, left]
    yield "a box lost", left
    yield "a box lost", right
    yield "a cut moved", [name, str(Fraction(at) + Fraction(1, 7)), left, right]
    yield "a cut moved", [name, str(Fraction(at) - 100), left, right]
    yield "another variable cut", ["y" if name == "x" else "x", at, left, right]
    yield from ((kind, [name, at, half, right]) for kind, half in _trees(left))
    yield from ((kind, [name, at, left, half]) for kind, half in _trees(right))


def _certificates(terms: list[Node]) -> Iterator[tuple[str, list[Node]]]:
    def put(i: int, summand: Node) -> list[Node]:
        return [*terms[:i], summand, *terms[i + 1 :]]

    for i, summand in enumerate(terms):
        yield "a summand dropped", terms[:i] + terms[i + 1 :]
        yield "a summand repeated", [*terms, summand]
        yield "a coefficient's sign", put(i, {**summand, "coeff": str(-Fraction(summand["coeff"]))})
        yield (
            "a coefficient",
            put(i, {**summand, "coeff": str(Fraction(summand["coeff"]) + Fraction(1, 10))}),
        )
        yield "a coefficient", put(i, {**summand, "coeff": 0})
        for j, (kind, argument) in enumerate(summand["factors"]):
            rest = summand["factors"][:j], summand["factors"][j + 1 :]
            yield "a factor dropped", put(i, {**summand, "factors": [*rest[0], *rest[1]]})
            for other in _FACTORS:
                if other != kind:
                    factors = [*rest[0], [other, argument], *rest[1]]
                    yield "a factor's kind", put(i, {**summand, "factors": factors})
            changes = (
                texts(argument) if isinstance(argument, str) else iter((argument + 1, argument - 1))
            )
            for change in changes:
                yield (
                    "a factor changed",
                    put(i, {**summand, "factors": [*rest[0], [kind, change], *rest[1]]}),
                )
    yield "a summand invented", [*terms, {"coeff": 1, "factors": []}]


#: What a parameter, or a part of one, may be mistaken for.
NONSENSE: tuple[Any, ...] = (
    None, 1, -1, 10**30, True, "x", "", "(", "1/0", "x < 1", "w" * 5000, "[1, 0]", "natural [0, oo)",
    [], {}, [1], ["x"], [[]], {"x": 1}, [{"coeff": 1, "factors": 5}], ["x", 1, "i"], [[], 1, "i", "i"],
)  # fmt: skip


def nonsense(statement: Statement, proof: Node) -> Iterator[tuple[Statement, Node]]:
    """Yield a proof with every parameter, and every part of one, replaced by values of other types."""
    for path, node in _nodes(proof, ()):
        for key in (*node, "sequent", "extra"):
            replaced = [*NONSENSE, *(_inside(node[key]) if key in node and key != "children" else ())]
            for value in replaced:
                yield statement, _with(proof, path, {**node, key: value})


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from ([*value[:i], other, *value[i + 1 :]] for other in (*NONSENSE, *_inside(item)))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from ({**value, key: other} for other in (*NONSENSE, *_inside(item)))


# -- the statement -------------------------------------------------------------------------------------


def _of_statement(statement: Statement) -> Iterator[tuple[str, Statement]]:
    data = statement.to_dict()
    show, given, variables = data["show"], data["given"], data["variables"]
    for changed in texts(show):
        yield from _parsed("the goal changed", changed, given, variables)
    for i, text in enumerate(given):
        yield from _parsed("a hypothesis dropped", show, [*given[:i], *given[i + 1 :]], variables)
        for changed in texts(text):
            yield from _parsed(
                "a hypothesis changed", show, [*given[:i], changed, *given[i + 1 :]], variables
            )
    for name, text in variables.items():
        for changed in _domains(text):
            yield from _parsed("a domain changed", show, given, {**variables, name: changed})
        flipped = (
            text.replace("natural", "real")
            if "natural" in text
            else f"natural {text.replace('real', '')}"
        )
        yield from _parsed("natural or real", show, given, {**variables, name: flipped})


def _parsed(
    kind: str, show: str, given: list[str], variables: dict[str, str]
) -> Iterator[tuple[str, Statement]]:
    try:
        yield kind, Statement.parse(show, given, variables)
    except InputError:
        return


def _domains(text: str) -> Iterator[str]:
    """Yield a domain with an end moved, opened, closed, or removed."""
    domain = Domain.parse(text)
    prefix = "natural " if domain.natural else ""
    low, high = (
        ("-oo" if domain.lower is None else str(domain.lower)),
        ("oo" if domain.upper is None else str(domain.upper)),
    )
    opening = "(" if domain.lower is None or domain.lower_open else "["
    closing = ")" if domain.upper is None or domain.upper_open else "]"
    if low != "-oo":
        yield f"{prefix}{'[' if opening == '(' else '('}{low}, {high}{closing}"
        yield f"{prefix}{opening}{Fraction(low) - Fraction(1, 3)}, {high}{closing}"
        yield f"{prefix}(-oo, {high}{closing}"
    if high != "oo":
        yield f"{prefix}{opening}{low}, {high}{']' if closing == ')' else ')'}"
        yield f"{prefix}{opening}{low}, {Fraction(high) + Fraction(1, 3)}{closing}"
        yield f"{prefix}{opening}{low}, oo)"


# -- the judgement -----------------------------------------------------------------------------------


def points(sequent: Sequent, limit: int = 150) -> Iterator[dict[str, Fraction]]:
    """Yield exact points of the domains: combinations of telling numbers, then random ones."""
    random = Random(0)
    choices = []
    for v in sequent.variables:
        found = [x for x in _numbers(v.domain) if v.domain.contains(_number(x))]
        choices.append(found)
    names = [v.name for v in sequent.variables]
    everything = list(product(*choices)) if _size(choices) <= limit else None
    if everything is None:
        everything = [tuple(random.choice(values) for values in choices) for _ in range(limit)]
    for point in everything:
        yield dict(zip(names, point, strict=True))


def _number(value: Fraction) -> Any:
    from srverify.language import term as t

    return t.number(value)


def _size(choices: list[list[Fraction]]) -> int:
    size = 1
    for values in choices:
        size *= len(values)
    return size


def _numbers(domain: Domain) -> list[Fraction]:
    low = None if domain.lower is None else domain.lower.value
    high = None if domain.upper is None else domain.upper.value
    tiny = Fraction(1, 10**9)
    found = {Fraction(n, d) for n in (-7, -3, -2, -1, 0, 1, 2, 3, 5) for d in (1, 2, 3)}
    found |= {
        Fraction(1414213562, 10**9),
        Fraction(-36787944, 10**8),
        Fraction(693147, 10**6),
        Fraction(40),
    }
    for end in (low, high):
        if end is not None:
            found |= {end, end + tiny, end - tiny, end + Fraction(1, 50), end - Fraction(1, 50)}
    if low is not None and high is not None:
        found |= {low + (high - low) * Fraction(k, 8) for k in range(9)}
    return sorted(found)


def violated(sequent: Sequent) -> dict[str, Fraction] | None:
    """Return a point at which all hypotheses hold and the goal does not, if one is found."""
    for point in points(sequent):
        if not all(holds_at(h, point, 256) is True for h in sequent.hypotheses):
            continue
        if holds_at(sequent.goal, point, 256) is False:
            return point
    return None


def sequents(statement: Statement, proof: Node) -> Iterator[Sequent]:
    """Yield every sequent of an accepted proof."""
    stack = [(Sequent.of(statement), proof)]
    while stack:
        sequent, node = stack.pop()
        yield sequent
        stack += zip(expand(sequent, node), node.get("children", []), strict=True)


def judged(statement: Statement, proof: Node) -> str:
    """Return "rejected", "harmless", or what is wrong with an accepted mutant."""
    try:
        check(statement, copy.deepcopy(proof))
    except RejectedError:
        return "rejected"
    for sequent in sequents(statement, proof):
        point = violated(sequent)
        if point is not None:
            return f"FAULT: accepted {sequent}, false at {point}"
    return "harmless"
