"""A careless prover: it tries every rule with plausible parameters and lets the checker judge.

It knows no mathematics, so that whatever it proves rests on the checker alone: a false statement that it
proves is a fault of the checker. What it proves of true statements is material for mutants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import And, Or, Relation, relations
from srverify.language.parser import formula_text, term_text
from srverify.language.statement import Domain

Node = dict[str, Any]


class Greedy:
    """Search for an acceptable proof, within a number of rule applications."""

    def __init__(self, seed: int = 0, tries: int = 400, depth: int = 4) -> None:
        self._random = Random(seed)
        self._left = tries
        self._depth = depth

    def prove(self, sequent: Sequent, depth: int | None = None) -> Node | None:
        """Return a proof that the checker accepts, or None."""
        depth = self._depth if depth is None else depth
        for node in (*leaves(sequent), *self._steps(sequent, depth)):
            self._left -= 1
            if self._left < 0:
                return None
            try:
                children = expand(sequent, node)
            except RejectedError:
                continue
            if not children:
                return node
            if depth <= 0 or len(children) > 12:
                continue
            proofs: list[Node] = []
            for child in children:
                found = self.prove(child, depth - 1)
                if found is None:
                    break
                proofs.append(found)
            else:
                return {**node, "children": proofs}
        return None

    def _steps(self, s: Sequent, depth: int) -> list[Node]:
        if depth <= 0:
            return []
        found = list(steps(s))
        if depth < self._depth:
            self._random.shuffle(found)
        return found


def leaves(s: Sequent) -> Iterator[Node]:
    """Yield rules without children that may settle a sequent."""
    yield {"rule": "assumption"}
    for name in s.symbols:
        yield {"rule": "polynomial", "var": name}
    tree = grown(s, 60)
    if tree is not None:
        yield {"rule": "cover", "tree": tree}
    yield {"rule": "combine", "terms": []}


def grown(s: Sequent, budget: int) -> Any:
    """Return a tree of boxes that settles the goal, or None."""
    left = [budget]

    def grow(part: Sequent, depth: int) -> Any:
        for leaf in "ihmn":
            try:
                expand(part, {"rule": "cover", "tree": leaf})
            except RejectedError:
                continue
            return leaf
        left[0] -= 1
        if left[0] < 0 or depth > 12 or not part.variables:
            return None
        v = max(part.variables, key=lambda v: width(v.domain))
        at = middle(v.domain)
        if at is None:
            return None
        halves: list[Any] = []
        for upper in (True, False):
            domain = (
                replace(v.domain, upper=at, upper_open=False)
                if upper
                else replace(v.domain, lower=at, lower_open=False)
            )
            half = grow(part.with_domain(v.name, domain), depth + 1)
            if half is None:
                return None
            halves.append(half)
        return [v.name, str(at), *halves]

    return grow(s, 0)


def width(domain: Domain) -> Fraction:
    """Return the length of a domain, a large number for an infinite one."""
    if domain.lower is None or domain.upper is None:
        return Fraction(10**9)
    return domain.upper.value - domain.lower.value


def middle(domain: Domain) -> Any:
    """Return a number inside a domain."""
    low = None if domain.lower is None else domain.lower.value
    high = None if domain.upper is None else domain.upper.value
    if low is None:
        at = Fraction(0) if high is None or high > 0 else 2 * high - 1
    elif high is None:
        at = Fraction(1) if low < 1 else 2 * low
    else:
        at = (low + high) / 2
    if domain.natural:
        at = Fraction(int(at))
        if low is not None and high is not None and high - low <= 1:
            return None
    return t.number(at)


def steps(s: Sequent) -> Iterator[Node]:
    """Yield rules with children, with parameters made from the sequent itself."""
    if isinstance(s.goal, And):
        yield {"rule": "and_goal"}
    if isinstance(s.goal, Or):
        for i in range(len(s.goal.parts)):
            yield {"rule": "or_goal", "index": i}
            yield {
                "rule": "or_goal",
                "index": i,
                "assume": [j for j in range(len(s.goal.parts)) if j != i],
            }
    for i, h in enumerate(s.hypotheses):
        if isinstance(h, Or):
            yield {"rule": "or_hyp", "hyp": i}
        else:
            yield {"rule": "absorb", "hyp": i}
            yield {"rule": "unfold", "hyp": i}
            yield {"rule": "gap", "hyp": i, "name": "mm"}
            for name in s.symbols:
                yield {"rule": "eliminate", "hyp": i, "var": name}
            for back in (False, True):
                yield {"rule": "replace", "hyp": i, "back": back}
        yield {"rule": "refute", "hyp": i}
    if isinstance(s.goal, Relation):
        yield from _calculus(s)
        yield from _algebra(s)
    for v in s.variables:
        if v.domain.natural:
            yield {"rule": "relax", "var": v.name}
            yield {"rule": "enumerate", "var": v.name}
        at = middle(v.domain)
        if at is not None:
            yield {"rule": "split", "var": v.name, "at": str(at)}
        yield {"rule": "enumerate", "var": v.name}
    for relation in relations(s.goal):
        for side in (relation.left, relation.right):
            for node in t.subterms(side):
                yield from _about(node)


def _calculus(s: Sequent) -> Iterator[Node]:
    for name in s.symbols:
        for strict in (False, True):
            for end in ("low", "high"):
                for by in ("value", "limit"):
                    yield {"rule": "monotone", "var": name, "end": end, "by": by, "strict": strict}
            yield {"rule": "concave", "var": name, "strict": strict}
            for bound in ("0", f"-1/{name}", f"-1/(1 + {name})"):
                yield {"rule": "telescope", "var": name, "bound": bound, "strict": strict}
        for point in ("0", "1", "1/2", "sqrt(2)", "log(2)", "exp(-1)"):
            yield {"rule": "convex", "var": name, "at": point}
            for side in ("above", "below"):
                yield {"rule": "compare", "var": name, "point": point, "name": "zz", "side": side}


def _algebra(s: Sequent) -> Iterator[Node]:
    assert isinstance(s.goal, Relation)
    difference = term_text(t.sub(s.goal.right, s.goal.left))
    for i in range(len(s.hypotheses)):
        for coefficient in ("1", "1/2", "-1", "2"):
            yield {"rule": "combine", "terms": [{"coeff": coefficient, "factors": [["hyp", i]]}]}
    for kind in ("pos", "nonneg", "term", "square"):
        yield {"rule": "combine", "terms": [{"coeff": 1, "factors": [[kind, difference]]}]}
    yield {
        "rule": "combine",
        "k": difference,
        "terms": [{"coeff": 1, "factors": [["square", difference]]}],
    }
    yield {
        "rule": "rewrite",
        "goal": formula_text(Relation(s.goal.operator, t.number(0), t.sub(s.goal.right, s.goal.left))),
    }
    for name in s.symbols:
        yield {"rule": "combine", "terms": [{"coeff": 1, "factors": [["square", name]]}]}
        yield {"rule": "cases", "on": f"{name} <= 0"}
        yield {"rule": "cases", "on": f"{name} = 0"}


def _about(node: Any) -> Iterator[Node]:
    first = term_text(node.arguments[0])
    if node.operator == "lambertw":
        branch = int(node.arguments[1])
        yield {"rule": "lambert", "arg": first, "branch": branch, "name": "ww"}
    if node.operator == "abs":
        for law in ("abs_nonneg", "abs_nonpos", "abs_zero", "abs_square"):
            yield {"rule": "law", "name": law, "args": {"a": first}}
        yield {"rule": "cases", "on": f"0 <= {first}"}
    if node.operator in ("exp", "log"):
        for law in ("exp_above", "exp_log") if node.operator == "exp" else ("log_below", "log_exp"):
            yield {"rule": "law", "name": law, "args": {"a": first}}
    if node.operator == "sqrt":
        yield {"rule": "law", "name": "sqrt_square", "args": {"a": first}}
        yield {"rule": "law", "name": "sqrt_nonneg", "args": {"a": first}}
    if node.operator not in ("number", "variable"):
        yield {"rule": "generalize", "term": term_text(node), "name": "gg", "domain": "real"}
        yield {"rule": "generalize", "term": term_text(node), "name": "gg", "domain": "[0, oo)"}
