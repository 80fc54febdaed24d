"""One step of a proof object as it is translated: its sequent, its children, its parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from srverify.checker.rules import negated
from srverify.checker.sequent import Sequent
from srverify.checker.steps import Step
from srverify.emit.infix import SUM
from srverify.kernels.rocq.replay.printing import Printer, variable_name
from srverify.language.errors import UnsupportedError
from srverify.language.formula import Formula, Relation, normal
from srverify.language.statement import Domain
from srverify.language.term import Term


@dataclass(frozen=True)
class Node:
    """A node with the lemmas that its children became.

    Parameters
    ----------
    sequent, data
        What it proves, and the rule with its parameters.
    children, lemmas
        The sequents of the children and the names of the lemmas that prove them.
    printer
        Prints terms as in all steps on the way here.
    """

    sequent: Sequent
    data: Mapping[str, Any]
    children: tuple[Sequent, ...]
    lemmas: tuple[str, ...]
    printer: Printer

    @property
    def step(self) -> Step:
        """The parameters, to be read as the checker does."""
        return Step(self.sequent, self.data)

    @property
    def goal(self) -> Relation:
        """The goal, if it is one relation."""
        if not isinstance(self.sequent.goal, Relation):
            raise UnsupportedError("the goal is not one relation")
        return self.sequent.goal

    def refused(self, reason: str) -> UnsupportedError:
        """Return the error that says which step cannot be translated."""
        return UnsupportedError(f"the step {self.data.get('rule')} has no Rocq form here: {reason}")

    def instance(self, index: int, values: Mapping[str, str] | None = None) -> str:
        """Return a child's lemma applied to its variables, some of them given other values."""
        given = values or {}
        arguments = [given.get(v.name, variable_name(v.name)) for v in self.children[index].variables]
        name = self.lemmas[index]
        return f"({' '.join([name, *arguments])})" if arguments else name

    def use(self, index: int, values: Mapping[str, str] | None = None, name: str = "") -> str:
        """Return the tactic that obtains what a child proves; its premises are shown."""
        label = name or f"got{index}"
        return f"pose proof {self.instance(index, values)} as {label}; discharge {label}."

    def facts(self, indices: list[int]) -> list[str]:
        """Return the tactics that obtain and take apart what some children prove."""
        return [*(self.use(index) for index in indices), *(["unpack."] if indices else [])]

    def defined(self) -> list[str]:
        """Return the tactics that show that the sides of the goal are defined."""
        return ["split; [solve [side] |]."] * len(self.printer.asked(self.sequent, self.goal))

    def term(self, term: Term) -> str:
        """Print a term as an argument."""
        return self.printer.term(term)

    def difference(self, relation: Relation) -> str:
        """Print the right side less the left one."""
        return f"({self.printer.term(relation.right, SUM)} - {self.printer.term(relation.left)})"


#: The tactics that prove a node's goal, its variables, bounds and hypotheses being introduced.
Script: TypeAlias = list[str]
Translation: TypeAlias = Callable[[Node], Script]

TRANSLATIONS: dict[str, Translation] = {}


def translates(function: Translation) -> Translation:
    """Register a translation under the name of the rule, a final underscore aside."""
    TRANSLATIONS[function.__name__.rstrip("_")] = function
    return function


def decide_relation(node: Node, formula: Formula, label: str) -> tuple[str, Formula]:
    """Return the tactic that distinguishes whether a relation holds (first) or fails; and the latter."""
    if not isinstance(formula, Relation):
        raise node.refused("it decides a formula that is not one relation")
    left, right = node.term(formula.left), node.term(formula.right)
    match formula.operator:
        case "<=":
            tactic = f"destruct (Rle_or_lt {left} {right}) as [{label} | {label}]."
        case "<":
            tactic = f"destruct (Rlt_or_le {left} {right}) as [{label} | {label}]."
        case _:
            tactic = (
                f"destruct (Req_dec {left} {right}) as [{label} | {label}];"
                f" [| apply Rdichotomy in {label}]."
            )
    return tactic, negated(normal(formula))


def limits(printer: Printer, name: str, domain: Domain, label: str) -> Script:
    """Return tactics that restate the bounds of a variable, each from those at hand."""
    found = []
    for end, value in (("lower", domain.lower), ("upper", domain.upper)):
        if value is not None:
            operator = "<" if getattr(domain, f"{end}_open") else "<="
            sides = [printer.term(value), name]
            text = f" {operator} ".join(sides if end == "lower" else sides[::-1])
            found.append(f"assert ({label}{end} : {text}) by lra.")
    return found
