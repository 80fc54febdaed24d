"""Vacuity: a statement whose hypotheses no point satisfies says nothing, however it is proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import And, Formula, Implies, Not, Or, Relation
from srverify.language.statement import Statement


def has_conditions(statement: Statement) -> bool:
    """Tell whether a statement could be vacuous: domains are never empty, hypotheses may be."""
    return bool(statement.hypotheses) or any(premises(statement.conclusion))


def premises(formula: Formula) -> Iterator[Formula]:
    """Yield what the implications inside a conclusion assume, outer premises included.

    >>> from srverify.language.parser import formula_text, parse_formula
    >>> [formula_text(p) for p in premises(parse_formula("0 < x and (x < 1 implies x < 2)"))]
    ['x < 1']
    """
    if isinstance(formula, And | Or):
        for part in formula.parts:
            if isinstance(formula, Or) and isinstance(part, Not) and len(formula.parts) > 1:
                yield part.part  # An implication in other words.
            else:
                yield from premises(part)
    elif isinstance(formula, Implies):
        yield formula.premise
        yield from (And((formula.premise, inner)) for inner in premises(formula.consequence))


def impossible(statement: Statement) -> Iterator[Statement]:
    """Yield "the hypotheses never hold", alone and with each premise inside the conclusion.

    Each counterexample to one of them is a model.
    """
    never = Relation("<", t.ZERO, t.ZERO)
    if statement.hypotheses:
        yield statement.with_conclusion(never)
    for premise in premises(statement.conclusion):
        yield Statement(statement.variables, (*statement.hypotheses, premise), never)


def model_problem(statement: Statement, example: Mapping[str, str]) -> str | None:
    """Return why a point is not a model of the hypotheses, or ``None`` if it certainly is one.

    ``example`` maps every variable to an exact number: ``"1/2"``, ``"log(2)"``,
    ``"root(x^2 - 2, 1, 2)"``.
    """
    from srverify.language.parser import formula_text
    from srverify.numerics.mpmath_eval import holds_at
    from srverify.numerics.reals import in_domain, parse_real

    point = {}
    for variable in statement.variables:
        text = example[variable.name]
        try:
            value = parse_real(text)
        except InputError as error:
            return f"the example's {variable.name} = {text!r} cannot be read: {error}"
        if not in_domain(variable.domain, value):
            return f"the example's {variable.name} = {text} is not in {variable.domain}"
        point[variable.name] = value
    for hypothesis in statement.hypotheses:
        holds = holds_at(hypothesis, point)
        if holds is not True:
            how = "does not hold" if holds is False else "could not be decided"
            return f"{formula_text(hypothesis)} {how} at the example"
    return None
