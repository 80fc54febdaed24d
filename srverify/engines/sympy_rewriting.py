"""Inequalities and identities by SymPy's rewriting: a sign or a zero that is visible after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sympy
from sympy import Dummy, Expr

from srverify.emit.sympy import term_to_sympy
from srverify.language.definedness import definedness
from srverify.language.elimination import definitions
from srverify.language.formula import And, Formula, Or, Relation
from srverify.language.statement import Domain, Statement
from srverify.language.term import Number, Symbol, Term


def shows(statement: Statement) -> bool:
    """Tell whether rewriting shows a statement, with the definedness of its terms.

    Every variable is written as an end of its domain plus (or minus) a nonnegative symbol, so that
    SymPy's assumptions carry the domain.
    """
    return any(_holds(statement.goal, charts) for charts in _charts(statement))


@dataclass(frozen=True)
class _Charts:
    """How variables are written in symbols that carry their domains as assumptions."""

    values: dict[Symbol, Expr]
    hypotheses: tuple[Relation, ...] = ()
    opaque: dict[Expr, Dummy] = field(default_factory=dict)

    def read(self, term: Term) -> Expr:
        """Convert a term; an arctangent that may be 0 becomes a real symbol.

        SymPy 1.14 takes atan(n) for nonzero at every integer n, n = 0 included.
        """
        return term_to_sympy(term, self.values).replace(
            lambda e: isinstance(e, sympy.atan) and e.args[0].is_zero is not False,
            lambda e: self.opaque.setdefault(e, Dummy("atan", real=True)),
        )


def _tightened(statement: Statement) -> dict[str, Domain]:
    """Return the domains, tightened by hypotheses that compare a variable with a number."""
    domains = {v.name: v.domain for v in statement.variables}
    for hypothesis in statement.premises:
        if not isinstance(hypothesis, Relation) or hypothesis.operator == "=":
            continue
        left, right, is_open = hypothesis.left, hypothesis.right, hypothesis.operator == "<"
        if isinstance(left, Number) and isinstance(right, Symbol):
            old = domains[right.name]
            if old.lower is None or left > old.lower or (left == old.lower and is_open):
                domains[right.name] = Domain(old.natural, left, old.upper, is_open, old.upper_open)
        elif isinstance(right, Number) and isinstance(left, Symbol):
            old = domains[left.name]
            if old.upper is None or right < old.upper or (right == old.upper and is_open):
                domains[left.name] = Domain(old.natural, old.lower, right, old.lower_open, is_open)
    return domains


def _number(value: Number | None) -> Any:
    return None if value is None else sympy.Rational(value.p, value.q)


def _chart(symbol: Symbol, domain: Domain, from_above: bool) -> Expr:
    """Write a variable as an end of its domain plus or minus a nonnegative symbol."""
    name = symbol.name
    lower, upper = _number(domain.lower), _number(domain.upper)
    if domain.natural:
        if domain.lower == 0:
            return Dummy(name, integer=True, nonnegative=True)
        if domain.lower == 1:
            return Dummy(name, integer=True, positive=True)
        return lower + Dummy(name, integer=True, nonnegative=True)
    if domain.upper is not None and (from_above or domain.lower is None):
        kind = {"positive": True} if domain.upper_open else {"nonnegative": True}
        return upper - Dummy(name, **kind)
    if domain.lower is not None:
        kind = {"positive": True} if domain.lower_open else {"nonnegative": True}
        return lower + Dummy(name, **kind)
    return Dummy(name, real=True)


def _plain_chart(symbol: Symbol, domain: Domain) -> Expr:
    """Write a variable as one symbol that only remembers its sign."""
    positive = domain.lower is not None and (
        domain.lower > 0 or (domain.lower == 0 and domain.lower_open)
    )
    nonnegative = domain.lower is not None and domain.lower >= 0
    negative = domain.upper is not None and (
        domain.upper < 0 or (domain.upper == 0 and domain.upper_open)
    )
    assumptions: dict[str, bool] = {"integer": True} if domain.natural else {"real": True}
    if positive:
        assumptions["positive"] = True
    elif nonnegative:
        assumptions["nonnegative"] = True
    elif negative:
        assumptions["negative"] = True
    return Dummy(symbol.name, **assumptions)


def _charts(statement: Statement) -> Iterator[_Charts]:
    try:
        domains = _tightened(statement)
    except ValueError:  # Contradictory hypotheses: vacuity is the audit's business, not ours.
        return
    symbols = {v.name: v.symbol for v in statement.variables}
    defined = definitions(statement)
    inequalities = tuple(h for h in statement.premises if isinstance(h, Relation) and h.operator != "=")
    for kind in ("plain", "lower", "upper"):
        values: dict[Symbol, Expr] = {}
        for name, domain in domains.items():
            symbol = symbols[name]
            if kind == "plain":
                values[symbol] = _plain_chart(symbol, domain)
            else:
                values[symbol] = _chart(symbol, domain, kind == "upper")
        charts = _Charts(values, inequalities)
        for symbol, term in defined.items():
            values[symbol] = charts.read(term)
        yield charts


def _holds(formula: Formula, charts: _Charts) -> bool:
    if isinstance(formula, And):
        return all(_holds(part, charts) for part in formula.parts)
    if isinstance(formula, Or):
        return any(_holds(part, charts) for part in formula.parts)
    assert isinstance(formula, Relation)
    conditions = (*definedness(formula.left), *definedness(formula.right))
    return all(_condition_holds(c, charts) for c in conditions) and _relation_holds(formula, charts)


def _condition_holds(condition: Formula, charts: _Charts) -> bool:
    if isinstance(condition, Or):
        sides = _apart(condition)
        if sides is not None:
            # The condition of a division: SymPy may know it as a whole.
            left, right = sides
            if _without_lambertw(charts.read(left) - charts.read(right)).is_nonzero:
                return True
        return any(_condition_holds(part, charts) for part in condition.parts)
    if isinstance(condition, And):
        return all(_condition_holds(part, charts) for part in condition.parts)
    assert isinstance(condition, Relation)
    return _relation_holds(condition, charts)


def _apart(condition: Or) -> tuple[Term, Term] | None:
    """Return a and b of "a < b or b < a"; None for every other disjunction."""
    match condition.parts:
        case (Relation("<", a, b), Relation("<", c, d)) if (a, b) == (d, c):
            return a, b
    return None


def _relation_holds(relation: Relation, charts: _Charts) -> bool:
    difference = charts.read(relation.right) - charts.read(relation.left)
    if difference.has(sympy.nan, sympy.zoo, sympy.oo):
        return False
    if relation.operator == "=":
        return _is_zero(difference)
    difference = _without_lambertw(difference)
    strict = relation.operator == "<"
    if any(_sign_shown(form, strict) for form in _forms(difference)):
        return True
    return any(
        _follows(difference, hypothesis, charts)
        for hypothesis in charts.hypotheses
        if hypothesis.operator == "<" or not strict
    )


def _follows(difference: Expr, hypothesis: Relation, charts: _Charts) -> bool:
    """Tell whether a difference is a positive multiple of a hypothesis's own difference."""
    known = charts.read(hypothesis.right) - charts.read(hypothesis.left)
    if known == 0:
        return False
    ratio = sympy.simplify(difference / known)
    return bool(ratio.is_positive)


def _is_zero(difference: Expr) -> bool:
    return any(form == 0 for form in _zero_forms(difference))


def _zero_forms(difference: Expr) -> Iterator[Expr]:
    yield difference
    yield sympy.expand(difference)
    eliminated = _without_lambertw(difference)
    yield sympy.powdenest(sympy.expand_power_base(sympy.expand_log(eliminated)))
    yield sympy.simplify(sympy.expand_log(sympy.powsimp(eliminated)))
    yield sympy.simplify(sympy.powdenest(sympy.expand_power_base(eliminated), force=False))
    yield sympy.simplify(sympy.expand_log(sympy.expand(eliminated)))


def _without_lambertw(expression: Expr) -> Expr:
    """Replace W(a) by a symbol w of known sign and use exp(b·w + c) = exp(c)·(a/w)^b.

    The rule is the definition of W; a/w is positive because it equals exp(w).
    """
    for node in list(expression.atoms(sympy.LambertW)):
        argument = node.args[0]
        lower_branch = len(node.args) == 2 and node.args[1] == -1
        if lower_branch or argument.is_negative:
            magnitude = Dummy("v", positive=True)
            w, quotient = -magnitude, -argument / magnitude
        elif argument.is_positive:
            w = Dummy("w", positive=True)
            quotient = argument / w
        else:
            continue
        expression = expression.xreplace({node: w})
        symbol = next(iter(w.free_symbols))
        sign = -1 if w != symbol else 1

        def rule(exponent: Expr, w: Expr = symbol, s: int = sign, q: Expr = quotient) -> Expr:
            expanded = sympy.expand(exponent)
            coefficient = expanded.coeff(w)
            if coefficient.is_Rational and not (expanded - coefficient * w).has(w):
                return sympy.exp(expanded - coefficient * w) * q ** (s * coefficient)
            return sympy.exp(exponent)

        expression = expression.replace(sympy.exp, rule)
    return expression


def _forms(difference: Expr) -> Iterator[Expr]:
    yield difference
    yield sympy.expand(difference)
    yield sympy.factor(difference)
    yield sympy.factor(sympy.together(difference))
    yield sympy.simplify(difference)


def _sign_shown(form: Expr, strict: bool) -> bool:
    if (form.is_positive if strict else form.is_nonnegative) is True:
        return True
    numerator, denominator = sympy.fraction(sympy.together(form))
    if denominator == 1:
        return _coefficients_show(form, strict)
    if not _coefficients_show(denominator, True):
        if not _coefficients_show(-denominator, True):
            return False
        numerator = -numerator
    return _coefficients_show(numerator, strict)


def _coefficients_show(expression: Expr, strict: bool) -> bool:
    """Tell whether a sum's terms are all of the right sign, one of them strictly if asked."""
    if (expression.is_positive if strict else expression.is_nonnegative) is True:
        return True
    summands = sympy.Add.make_args(sympy.expand(expression))
    if not all(summand.is_nonnegative for summand in summands):
        return False
    return not strict or any(summand.is_positive for summand in summands)
