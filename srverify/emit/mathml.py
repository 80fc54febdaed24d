"""Statements as MathML Core, for pages that are read without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from html import escape
from types import MappingProxyType
from typing import ClassVar

from srverify.emit.infix import APPLICATION, ATOM, POWER, PRODUCT, SUM, InfixPrinter, Text
from srverify.language import term as t
from srverify.language.formula import And, Formula, Implies, Not, Or, Relation
from srverify.language.functions import FUNCTIONS
from srverify.language.statement import Domain, Statement
from srverify.language.term import Number, Symbol, Term

#: Names of Greek letters, as people type them.
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "eps": "ε", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "lam": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "rho": "ϱ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Sigma": "Σ", "Delta": "Δ", "Pi": "Π",
}  # fmt: skip

_TALL = ("<mfrac>", "<msqrt>", "<msup>")
_THIN = '<mspace width="0.17em"/>'
_RELATIONS = {"=": "=", "<=": "≤", "<": "&lt;"}


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def _operator(symbol: str) -> str:
    return f"<mo>{symbol}</mo>"


def _identifier(text: str) -> str:
    return f"<mi>{escape(text)}</mi>"


def name_to_mathml(name: str) -> str:
    """Return a variable's name with Greek letters and its digits or words as a subscript.

    >>> name_to_mathml("kappa0")
    '<msub><mi>κ</mi><mn>0</mn></msub>'
    """
    stem, _, subscript = name.partition("_")
    primes = len(stem) - len(stem.rstrip("'"))
    stem = stem.rstrip("'")
    letters = stem.rstrip("0123456789")
    if letters and letters != stem and not subscript:
        stem, subscript = letters, stem[len(letters) :]
    base = _identifier(GREEK.get(stem, stem) + "′" * primes)
    if not subscript:
        return base
    below = (
        f"<mn>{subscript}</mn>" if subscript.isdigit() else _identifier(GREEK.get(subscript, subscript))
    )
    return f"<msub>{base}{below}</msub>"


#: How the variables of the statement that is being printed are shown.
_NAMES: ContextVar[Mapping[str, str]] = ContextVar("names", default=MappingProxyType({}))


def _different(names: Iterable[str]) -> dict[str, str]:
    """Return a form for each of several names, no two alike: a later one stands letter by letter."""
    found: dict[str, str] = {}
    for name in names:
        shown = name_to_mathml(name)
        literal = name.endswith("_") or shown in found.values()
        found[name] = f"<mtext>{name}</mtext>" if literal else shown
    return found


def _name(name: str) -> str:
    return _NAMES.get().get(name) or name_to_mathml(name)


def _is_word(term: Term) -> bool:
    """Tell whether a term is a variable of several letters, which would run into its neighbours."""
    node = t.operation(term)
    name = str(term).partition("_")[0].rstrip("0123456789'") if node.operator == "variable" else ""
    return len(GREEK.get(name, name)) > 1


class MathmlTerms(InfixPrinter):
    """Terms as presentation MathML."""

    plus: ClassVar[str] = "<mo>+</mo>"
    minus: ClassVar[str] = "<mo>−</mo>"
    times: ClassVar[str] = "<mo>⁢</mo>"

    def bracketed(self, text: str) -> str:
        """Put parentheses around a text; they grow only around what is tall."""
        kind = "" if any(tall in text for tall in _TALL) else ' stretchy="false"'
        return f"<mrow><mo{kind}>(</mo>{text}<mo{kind}>)</mo></mrow>"

    def boxed(self, term: Term, level: int = SUM) -> str:
        """Print a term as one element, so that it can be an argument of a fraction or a power."""
        return _row(self.at(term, level))

    def walk_number(self, value: Number) -> Text:
        sign = "<mo>−</mo>" if value < 0 else ""
        if value.is_integer:
            return f"{sign}<mn>{abs(value)}</mn>", SUM if sign else ATOM
        fraction = f"<mfrac><mn>{abs(value.p)}</mn><mn>{value.q}</mn></mfrac>"
        return sign + fraction, SUM if sign else APPLICATION

    def walk_variable(self, symbol: Symbol) -> Text:
        return _name(symbol.name), ATOM

    def walk_mul(self, *terms: Term) -> Text:
        text = self.at(terms[0], PRODUCT)
        words = any(map(_is_word, terms))
        for term in terms[1:]:
            visible = words or t.operation(term).operator == "number"
            text += ("<mo>·</mo>" if visible else self.times) + self._factor(term)
        return text, PRODUCT

    def walk_neg(self, term: Term) -> Text:
        return f"<mo>−</mo>{self.at(term, POWER)}", SUM

    def walk_div(self, left: Term, right: Term) -> Text:
        return f"<mfrac>{self.boxed(left)}{self.boxed(right)}</mfrac>", APPLICATION

    def walk_power(self, base: Term, exponent: Number) -> Text:
        return f"<msup>{self.boxed(base, ATOM)}{self.boxed(exponent)}</msup>", POWER

    walk_natpower = walk_ratpower = walk_realpower = walk_power

    def walk_exp(self, term: Term) -> Text:
        if "e" in _NAMES.get():
            return self._call(_identifier("exp"), (term,))
        return f"<msup><mi>e</mi>{self.boxed(term)}</msup>", POWER

    def walk_log(self, term: Term) -> Text:
        argument, level = self.walk(term)
        if level >= ATOM:
            return f"<mi>log</mi><mo>⁡</mo>{_THIN}{argument}", POWER
        return f"<mi>log</mi><mo>⁡</mo>{self.bracketed(argument)}", POWER

    def _factor(self, term: Term) -> str:
        """Print a factor after another; a function's name does not run into it."""
        space = _THIN if t.operation(term).operator == "log" else ""
        return space + self.at(term, POWER)

    def walk_sqrt(self, term: Term) -> Text:
        return f"<msqrt>{self.at(term, SUM)}</msqrt>", ATOM

    def walk_abs(self, term: Term) -> Text:
        return _row("<mo>|</mo>", self.at(term, SUM), "<mo>|</mo>"), ATOM

    def walk_min(self, *terms: Term) -> Text:
        return self._call(_identifier("min"), terms)

    def walk_max(self, *terms: Term) -> Text:
        return self._call(_identifier("max"), terms)

    def walk_lambertw(self, term: Term, branch: Number) -> Text:
        below = "<mn>0</mn>" if branch == 0 else "<mrow><mo>−</mo><mn>1</mn></mrow>"
        return self._call(f"<msub><mi>W</mi>{below}</msub>", (term,))

    def walk_function(self, name: str, argument: Term) -> Text:
        if t.function(name, argument) is t.PI:
            return _identifier("π"), ATOM
        return f"{_identifier(FUNCTIONS[name].mathml)}<mo>⁡</mo>{self.at(argument, ATOM)}", POWER

    def _call(self, function: str, terms: tuple[Term, ...]) -> Text:
        inner = "<mo>,</mo>".join(self.at(term, SUM) for term in terms)
        return f"{function}<mo>⁡</mo>{self.bracketed(inner)}", ATOM


_TERMS = MathmlTerms()


def formula_to_mathml(formula: Formula, level: int = 0) -> str:
    """Return the presentation MathML of a formula at a binding level (0 implication … 3 atom)."""
    match formula:
        case Relation(operator, left, right):
            return _row(_TERMS.at(left, SUM), _operator(_RELATIONS[operator]), _TERMS.at(right, SUM))
        case Not(part):
            return _row(_operator("¬"), formula_to_mathml(part, 3))
        case Implies(premise, consequence):
            parts = [formula_to_mathml(premise, 1), _operator("⟹"), formula_to_mathml(consequence)]
            own = 0
        case And(inner) | Or(inner):
            own = 2 if isinstance(formula, And) else 1
            if not inner:
                return _row(_operator("⊤" if own == 2 else "⊥"))
            sign = _operator("∧" if own == 2 else "∨")
            parts = [formula_to_mathml(inner[0], own + 1)]
            for part in inner[1:]:
                parts += [sign, formula_to_mathml(part, own + 1)]
    if level > own:
        return _row(_operator("("), *parts, _operator(")"))
    return _row(*parts)


def domain_to_mathml(name: str, domain: Domain) -> str:
    """Return ``x ∈ (0, ∞)`` for a variable."""
    variable = _name(name)
    if domain == Domain():
        return _row(variable, _operator("∈"), _identifier("ℝ"))
    if domain.natural:
        parts = [variable, _operator("∈"), _identifier("ℕ")]
        if domain.lower is not None and domain.lower != 0:
            parts += [_operator(","), variable, _operator("≥"), _TERMS.at(domain.lower, SUM)]
        if domain.upper is not None:
            parts += [_operator(","), variable, _operator("≤"), _TERMS.at(domain.upper, SUM)]
        return _row(*parts)
    low = "<mo>−</mo><mi>∞</mi>" if domain.lower is None else _TERMS.at(domain.lower, SUM)
    high = "<mi>∞</mi>" if domain.upper is None else _TERMS.at(domain.upper, SUM)
    opening = "(" if domain.lower is None or domain.lower_open else "["
    closing = ")" if domain.upper is None or domain.upper_open else "]"
    fence = '<mo stretchy="false">{}</mo>'
    interval = (fence.format(opening), low, _operator(","), high, fence.format(closing))
    return _row(variable, _operator("∈"), *interval)


def math_element(inner: str) -> str:
    """Wrap presentation MathML in a block ``math`` element."""
    return f'<math display="block">{inner}</math>'


def statement_to_mathml(statement: Statement) -> tuple[str, tuple[str, ...]]:
    """Return the conclusion and, separately, each domain and hypothesis, as presentation MathML rows."""
    token = _NAMES.set(_different(v.name for v in statement.variables))
    try:
        conditions = [domain_to_mathml(v.name, v.domain) for v in statement.variables]
        conditions += [formula_to_mathml(hypothesis) for hypothesis in statement.hypotheses]
        return formula_to_mathml(statement.conclusion), tuple(conditions)
    finally:
        _NAMES.reset(token)
