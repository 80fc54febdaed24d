"""What the infix printers (Lean, Rocq, LaTeX) share: binding levels and the shape of sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from srverify.language import term as t
from srverify.language.formula import And, Formula, Implies, Not, Or, Relation
from srverify.language.term import Number, Symbol, Term

#: Binding levels, loosest first: a text may stand wherever its level or a looser one is asked for.
SUM, PRODUCT, NEGATIVE, POWER, APPLICATION, ATOM = range(6)

Text = tuple[str, int]


class InfixPrinter(t.TermWalker[Text]):
    """Print terms with as few parentheses as the levels allow; subclasses add the notation."""

    plus: ClassVar[str] = " + "
    minus: ClassVar[str] = " - "
    times: ClassVar[str] = " * "
    brackets: ClassVar[tuple[str, str]] = ("(", ")")

    def at(self, term: Term, level: int) -> str:
        """Print a term so that it may stand at a level."""
        text, own = self.walk(term)
        return text if own >= level else self.bracketed(text)

    def bracketed(self, text: str) -> str:
        """Put a text in parentheses."""
        opening, closing = self.brackets
        return f"{opening}{text}{closing}"

    def walk_variable(self, symbol: Symbol) -> Text:
        return symbol.name, ATOM

    def walk_add(self, *terms: Term) -> Text:
        text = self.at(terms[0], SUM)
        for term in terms[1:]:
            node = t.operation(term)
            if node.operator == "neg":
                text += f"{self.minus}{self.at(node.arguments[0], PRODUCT)}"
            elif isinstance(term, Number) and term < 0:
                text += f"{self.minus}{self.at(-term, PRODUCT)}"
            else:
                text += f"{self.plus}{self.at(term, PRODUCT)}"
        return text, SUM

    def walk_mul(self, *terms: Term) -> Text:
        first = self.at(terms[0], PRODUCT)
        return self.times.join([first, *(self.at(term, NEGATIVE) for term in terms[1:])]), PRODUCT

    def walk_neg(self, term: Term) -> Text:
        return f"-{self.at(term, POWER)}", SUM


class FormulaPrinter:
    """Print formulas around a term printer; the connectives are class attributes."""

    terms: InfixPrinter
    relations: ClassVar[dict[str, str]] = {"=": " = ", "<=": " <= ", "<": " < "}
    conjunction: ClassVar[str]
    disjunction: ClassVar[str]
    implication: ClassVar[str]
    negation: ClassVar[str]
    true: ClassVar[str]
    false: ClassVar[str]

    def relation(self, relation: Relation) -> str:
        """Print one relation."""
        left, right = self.terms.at(relation.left, SUM), self.terms.at(relation.right, SUM)
        return f"{left}{self.relations[relation.operator]}{right}"

    def formula(self, formula: Formula, level: int = 0) -> str:
        """Print a formula at a level: 0 implication, 1 or, 2 and, 3 atom."""
        match formula:
            case Relation():
                return self.relation(formula)
            case Not(part):
                return f"{self.negation}({self.formula(part)})"
            case Implies(premise, consequence):
                text = self.chain([premise], consequence)
                own = 0
            case And(parts):
                if not parts:
                    return self.true
                text = self.conjunction.join(self.formula(part, 3) for part in parts)
                own = 2
            case Or(parts):
                if not parts:
                    return self.false
                text = self.disjunction.join(self.formula(part, 2) for part in parts)
                own = 1
        return f"({text})" if level > own else text

    def chain(self, premises: Sequence[Formula], conclusion: Formula) -> str:
        """Print ``premise → … → conclusion``."""
        parts = [*(self.formula(premise, 1) for premise in premises), self.formula(conclusion)]
        return self.implication.join(parts)
