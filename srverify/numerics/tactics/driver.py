"""Backward search: sequents in, proof nodes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.errors import TooDeepError
from srverify.language.formula import And, Formula, Or, Relation
from srverify.numerics.clock import Clock
from srverify.numerics.tactics.floats import Point, ends, is_telling, margin, margins, samples, value_at
from srverify.numerics.tactics.forms import expanded, factored, is_rational
from srverify.numerics.tactics.renaming import renamed, unnamed

#: A proof node as plain data: a rule, its parameters, children.
Node: TypeAlias = dict[str, Any]
#: What a tactic proposes: a node without children, and what it costs; -1: the node is a whole proof.
Proposal: TypeAlias = tuple[Node, int]
#: What it proposes where nothing else is of use: it only wrote the sequent in a plainer way.
NOTHING_ELSE: Proposal = ({}, 0)
#: A rule of a chain, maybe with the rule that shows its first obligation.
Link: TypeAlias = "Node | tuple[Node, Node]"
Tactic: TypeAlias = Callable[["Driver", Sequent, int], Iterator[Proposal]]


#: By sequent up to the names of its variables: these names, and a proof.
Proved: TypeAlias = "dict[Sequent, tuple[tuple[str, ...], Node]]"


#: Sequents on the way to one, at most: steps that cost nothing might lead on for ever.
_MAX_OPEN = 60


class OutOfStepsError(Exception):
    """The number of sequents that may be looked at is used up."""


@dataclass
class Driver:
    """Try tactics on a sequent and on what they leave, up to a depth."""

    clock: Clock
    tactics: tuple[Tactic, ...]
    steps: int = 400
    reason: str = ""
    #: What was proved by other drivers with no other tactics than these, whose proofs serve as well.
    proved: Proved = field(default_factory=dict)
    #: By sequent up to the names of its variables: depth, these names, and a proof.
    _known: dict[Sequent, tuple[int, tuple[str, ...], Node | None]] = field(default_factory=dict)
    _open: set[Sequent] = field(default_factory=set)

    def prove(self, sequent: Sequent, depth: int) -> Node | None:
        """Return a proof of a sequent, or None."""
        alike, names = unnamed(sequent)
        tried, before, found = self._known.get(alike, (-1, names, None))
        if found is None and alike in self.proved:
            before, found = self.proved[alike]
        if found is not None and before != names:
            found = renamed(sequent, found, dict(zip(before, names, strict=True)))
            tried = -1 if found is None else tried
        if found is not None or tried >= depth or alike in self._open:
            return found
        if len(self._open) >= _MAX_OPEN:
            self.reason = "sequents lead to others without end"
            return None
        self.clock.check()
        self.steps -= 1
        if self.steps < 0:
            raise OutOfStepsError
        self._open.add(alike)
        try:
            found = self._prove(sequent, depth)
        finally:
            self._open.discard(alike)
        self._known[alike] = (depth, names, found)
        if found is not None:
            self.proved[alike] = (names, found)
        return found

    def remember(self, sequent: Sequent, depth: int, proof: Node) -> None:
        """Keep a proof that was found elsewhere."""
        alike, names = unnamed(sequent)
        self._known[alike] = (depth, names, proof)
        self.proved[alike] = (names, proof)

    def _prove(self, sequent: Sequent, depth: int) -> Node | None:
        if isinstance(sequent.goal, And):
            return self.apply(sequent, {"rule": "and_goal"}, depth)
        if self._hopeless(sequent):
            return None
        for tactic in self.tactics:
            for node, cost in self._proposed(tactic, sequent, depth):
                if not node:
                    return None
                if cost < 0:
                    return node
                if cost > depth:
                    continue
                found = self.apply(sequent, node, depth - cost)
                if found is not None:
                    return found
        return None

    def _proposed(self, tactic: Tactic, sequent: Sequent, depth: int) -> Iterator[Proposal]:
        """Yield what a tactic proposes, up to where its terms have no value, or are refused."""
        try:
            yield from tactic(self, sequent, depth)
        except (t.UndefinedError, TooDeepError, RejectedError) as error:
            self.reason = str(error)

    @staticmethod
    def _hopeless(sequent: Sequent) -> bool:
        """Tell whether the goal fails at a sample point, or everywhere: ``0 < 0`` in normal form."""
        points = samples(sequent)
        # Where equations hold by approximation only, a small negative margin says nothing.
        equations = [h for h in sequent.hypotheses if isinstance(h, Relation) and h.operator == "="]
        least = -1e-6 if equations else 0.0
        failing = (margins(sequent.goal, sequent) < least).nonzero()[0] if points else ()
        if any(is_telling(points[i], sequent.hypotheses, sequent.goal) for i in failing):
            return True
        goal = sequent.goal
        if not equations:
            for point in ends(sequent):
                room = margin(goal, point)
                if room < 0 or (room == 0 and _is_zero(goal, point)):
                    return True
        if not points or not isinstance(goal, Relation) or goal.operator != "<":
            return False
        parts = factored(t.sub(goal.right, goal.left))
        return parts is not None and parts.constant == 0

    def apply(self, sequent: Sequent, head: Node, depth: int) -> Node | None:
        """Apply a rule and prove what it leaves."""
        children = self._left_by(head, sequent)
        if children is None:
            return None
        proofs = []
        # In their order: a rule's obligations come before its goal, and fail sooner.
        for child in children:
            proof = self.prove(child, depth)
            if proof is None:
                return None
            proofs.append(proof)
        return {**head, "children": proofs} if proofs else dict(head)

    def applies(self, sequent: Sequent, head: Node) -> bool:
        """Tell whether a rule applies, whatever it leaves."""
        return self._left_by(head, sequent) is not None

    def _left_by(self, head: Node, sequent: Sequent) -> tuple[Sequent, ...] | None:
        """Return what a rule leaves to prove, or None where it does not apply."""
        try:
            return expand(sequent, head)
        except (TooDeepError, RejectedError) as error:
            self.reason = str(error)
            return None

    def chain(self, sequent: Sequent, links: Sequence[Link], depth: int) -> Node | None:
        """Apply rules one after the other, each to the last child of the one before.

        Obligations on the way are proved, the first one as a link says that names a rule for it.
        """
        return self.chained(sequent, links, depth)[1]

    def chained(self, sequent: Sequent, links: Sequence[Link], depth: int) -> tuple[bool, Node | None]:
        """Do so, and tell too whether all was shown on the way, whatever became of the end."""
        steps = self._walked(sequent, links, depth)
        if steps is None:
            return False, None
        left = steps[-1][2] if steps else sequent
        node: Node | None = None
        if left is not None:
            node = self.prove(left, depth)
            if node is None:
                return True, None
        for head, proofs, after in reversed(steps):
            if after is not None:
                assert node is not None
                proofs = [*proofs, node]
            node = {**head, "children": proofs} if proofs else dict(head)
        return True, node

    def apart(
        self,
        sequent: Sequent,
        formulas: Sequence[str],
        closing: Sequence[Link] | Callable[[Sequent], Node | None],
        depth: int,
    ) -> Node | None:
        """Prove formulas, each without what the others say, and go on where all are assumed.

        ``closing`` are rules to apply there, or makes the proof from there on.
        """
        last, steps = len(sequent.hypotheses), []
        for index, formula in enumerate(formulas):
            head: Node = {"rule": "have", "formula": formula}
            children = self._left_by(head, sequent)
            if children is None:
                return None
            alone, sequent = children
            drop: Node = {"rule": "weaken", "drop": list(range(last, last + index))}
            proof = self.apply(alone, drop, depth) if index else self.prove(alone, depth)
            if proof is None:
                return None
            steps.append((head, proof))
        node = closing(sequent) if callable(closing) else self.chain(sequent, closing, depth)
        for head, proof in reversed(steps):
            if node is None:
                return None
            node = {**head, "children": [proof, node]}
        return node

    def parted(self, sequent: Sequent, head: Node, links: Sequence[Link], depth: int) -> Node | None:
        """Apply a rule that leaves two goals alike: the second one is proved after some more rules."""
        children = self._left_by(head, sequent)
        if children is None:
            return None
        first, second = children
        proof = self.prove(first, depth)
        other = None if proof is None else self.chain(second, links, depth)
        return None if other is None else {**head, "children": [proof, other]}

    def _walked(
        self, sequent: Sequent, links: Sequence[Link], depth: int
    ) -> list[tuple[Node, list[Node], Sequent | None]] | None:
        """Return the rules of a chain with proofs of all children but the last, and that one, if any."""
        steps: list[tuple[Node, list[Node], Sequent | None]] = []
        before = len(sequent.hypotheses)
        for link in links:
            head, via = link if isinstance(link, tuple) else (link, None)
            children = self._left_by(head, sequent)
            if children is None:
                return None
            proofs = []
            for index, child in enumerate(children[:-1]):
                # What a chain has on the way is what it is about; conditions of laws are aside.
                reach = depth if head["rule"] == "have" else min(depth, 1)
                if via is not None and index == 0:
                    proof = self.apply(child, via, reach)
                else:
                    proof = self._aside(child, before, reach) if head["rule"] == "law" else None
                    proof = proof or self.prove(child, reach)
                if proof is None:
                    self.reason = f"not shown on the way: {child}"
                    return None
                proofs.append(proof)
            if not children:
                steps.append((head, proofs, None))
                break
            steps.append((head, proofs, children[-1]))
            sequent = children[-1]
        return steps

    def _aside(self, condition: Sequent, before: int, depth: int) -> Node | None:
        """Prove the condition of a law without what a chain has said, which is hardly about it."""
        said = range(before, len(condition.hypotheses))
        return self.apply(condition, {"rule": "weaken", "drop": list(said)}, depth) if said else None


def _is_zero(goal: Formula, point: Point) -> bool:
    """Tell whether a strict goal whose margin is zero fails at a point, without any rounding."""
    if not isinstance(goal, Relation) or goal.operator != "<":
        return False
    left, right = value_at(goal.left, point), value_at(goal.right, point)
    if left[0] != right[0] or not (is_rational(goal.left) and is_rational(goal.right)):
        return left[0] == right[0] and left[1] + right[1] == 0
    difference = t.sub(goal.right, goal.left)
    values = {s: t.number(Fraction(point[s.name])) for s in t.symbols_of(difference)}
    return expanded(t.substitute(difference, values)) is t.ZERO


def relation(sequent: Sequent) -> Relation | None:
    """Return the goal if it is one relation."""
    return sequent.goal if isinstance(sequent.goal, Relation) else None


__all__ = ["Clock", "Driver", "Link", "Node", "Or", "Proposal", "Tactic", "expand", "relation"]
