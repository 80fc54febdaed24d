"""Signs that are evident once a term is multiplied out and taken apart into factors.

Conditions on the way ask for many of these: ``0 < (k + m) - k``, or that a product of positive functions
is positive, which intervals do not tell where one of its factors goes to 0 and another one to infinity.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import ctx

from srverify.checker.check import expand
from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator, decide
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, box_of
from srverify.language import term as t
from srverify.language.formula import And, Or, Relation
from srverify.language.term import Term
from srverify.numerics.tactics.driver import Driver, Node, Proposal
from srverify.numerics.tactics.forms import factored, is_rational, with_plain_sums
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law

_POWERS = ("realpower", "natpower")
#: Conditions of conditions.
_DEEPEST = 5


def by_evident_signs(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare with 0 what is a product of factors whose signs intervals tell, and its conditions too."""
    with ctx.workprec(DEFAULT_PRECISION):
        node = _whole(sequent, _DEEPEST)
    if node is not None:
        yield node, -1


def _whole(sequent: Sequent, depth: int) -> Node | None:
    """Return a whole proof of such signs."""
    for head in _heads(sequent) if depth else ():
        try:
            children = expand(sequent, head)
        except RejectedError:
            continue
        proofs = []
        for child in children:
            proof = _whole(child, depth - 1)
            if proof is None:
                break
            proofs.append(proof)
        else:
            return {**head, "children": proofs} if proofs else head
    return None


def _heads(sequent: Sequent) -> Iterator[Node]:
    goal = sequent.goal
    if isinstance(goal, And):
        yield {"rule": "and_goal"}
    elif isinstance(goal, Or):
        yield from ({"rule": "or_goal", "index": i} for i in range(len(goal.parts)))
    elif isinstance(goal, Relation) and goal.operator != "=" and t.ZERO in (goal.left, goal.right):
        yield from _of_relation(sequent, goal)


def _of_relation(sequent: Sequent, goal: Relation) -> Iterator[Node]:
    if goal in sequent.hypotheses:
        yield {"rule": "assumption"}
        return
    evaluator = Evaluator(box_of(sequent))
    if decide(goal, evaluator) is True:
        yield {"rule": "cover", "tree": "i"}
        return
    if goal.left is t.ZERO and goal.right.operator in _POWERS:
        base, exponent = goal.right.arguments
        if _is_positive(base, evaluator):
            yield law("power_positive", a=base, b=exponent)
        return
    f = goal.right if goal.left is t.ZERO else goal.left
    if f.operator != "add" or is_rational(f):
        head = _product(f if goal.left is t.ZERO else t.neg(f), evaluator)
        if head is not None:
            yield head


def _product(f: Term, evaluator: Evaluator) -> Node | None:
    parts = factored(with_plain_sums(f))
    if parts is None or parts.constant == 0:
        return None
    constant, above, below = parts.constant, list[list[str]](), list[Term]()
    for kept, side in ((True, parts.above), (False, parts.below)):
        for factor, exponent in side:
            positive = factor
            if not _is_positive(factor, evaluator):
                positive = t.neg(factor)
                if not _is_positive(positive, evaluator):
                    return None
                constant *= (-1) ** exponent
            if kept:
                above += [["pos", str(positive)]] * exponent
            else:
                below += [positive] * exponent
    if constant < 0:
        return None
    head = combined((constant, *above))
    return {**head, "k": str(t.mul(*below))} if below else head


def _is_positive(f: Term, evaluator: Evaluator) -> bool:
    base = f.arguments[0] if f.operator in _POWERS else f
    return decide(Relation("<", t.ZERO, base), evaluator) is True


__all__ = ["by_evident_signs"]
