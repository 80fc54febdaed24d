"""Rules applied one after the other by code that looks at what each leaves."""

from __future__ import annotations

from collections.abc import Sequence

from srverify.checker.check import expand
from srverify.checker.sequent import Sequent
from srverify.language.formula import Formula, Relation
from srverify.language.parser import formula_text, parse_formula
from srverify.language.term import Term
from srverify.numerics.tactics.driver import Driver, Link, Node
from srverify.numerics.tactics.lawful import conclusion, law


class Walk:
    """Rules applied one after the other, with proofs of all that they leave but the last."""

    def __init__(self, driver: Driver, sequent: Sequent) -> None:
        self.driver, self.sequent = driver, sequent
        self.steps: list[tuple[Node, list[Node]]] = []
        self.failed = False

    def step(self, head: Node, shown: Sequence[Link] | None = None) -> None:
        """Apply a rule; ``shown`` are the rules that show what it leaves first."""
        if self.failed:
            return
        *others, last = expand(self.sequent, head)
        proofs = []
        for place, child in enumerate(others):
            links = shown if place == 0 and shown is not None else ()
            proof = self.driver.chain(child, links, 1)
            if proof is None:
                self.failed = True
                self.driver.reason = f"not shown on the way: {child}"
                return
            proofs.append(proof)
        self.steps.append((head, proofs))
        self.sequent = last

    def law(self, name: str, **arguments: Term) -> int:
        """Assume an instance of a law."""
        head = law(name, **arguments)
        said = conclusion(self.sequent, head)
        self.step(head)
        return self.place(said)

    def have(self, formula: Relation, *shown: Link) -> int:
        """Show a formula, and assume it."""
        text = formula_text(formula)
        self.step({"rule": "have", "formula": text}, shown)
        return self.place(parse_formula(text, self.sequent.symbols))

    def place(self, formula: Formula) -> int:
        """Return the index of a hypothesis, which may have been one before."""
        if self.failed:
            return 0
        return self.sequent.hypotheses.index(formula)

    def only(self, *kept: int) -> Node:
        """Return the rule that forgets all other hypotheses."""
        rest = [i for i in range(len(self.sequent.hypotheses)) if i not in kept]
        return {"rule": "weaken", "drop": rest}

    def finished(self, depth: int) -> Node | None:
        """Return the proof, if the rest is proved."""
        node = None if self.failed else self.driver.prove(self.sequent, depth)
        for head, proofs in reversed(self.steps):
            if node is None:
                return None
            node = {**head, "children": [*proofs, node]}
        return node


__all__ = ["Walk"]
