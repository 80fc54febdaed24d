"""Statements as LaTeX."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from srverify.emit.infix import (
    APPLICATION,
    ATOM,
    POWER,
    PRODUCT,
    SUM,
    FormulaPrinter,
    InfixPrinter,
    Text,
)
from srverify.language import term as t
from srverify.language.functions import FUNCTIONS
from srverify.language.statement import Domain, Statement
from srverify.language.term import Number, Symbol, Term

#: Greek letters that have a command of their own; the other capitals look like Latin ones.
_GREEK = frozenset(
    """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi
    chi psi omega varepsilon varkappa varphi varpi varrho varsigma vartheta Gamma Delta Theta Lambda Xi
    Pi Sigma Upsilon Phi Psi Omega ell hbar
    """.split()  # noqa: SIM905 - a word list reads better than quotes
)
_LIKE_LATIN = {
    "Alpha": "A", "Beta": "B", "Epsilon": "E", "Zeta": "Z", "Eta": "H", "Iota": "I", "Kappa": "K",
    "Mu": "M", "Nu": "N", "Omicron": "O", "Rho": "P", "Tau": "T", "Chi": "X",
}  # fmt: skip
_ACCENTS = ("ddot", "dot", "check", "breve", "acute", "grave", "tilde", "hat", "bar", "vec")


def _letter(stem: str) -> str:
    r"""Return the command of a Greek letter or an accented letter (``xbar``), else the stem itself.

    >>> _letter("sigma"), _letter("Kappa"), _letter("pihat"), _letter("next")
    ('\\sigma', '\\mathrm{K}', '\\hat{\\pi}', 'next')
    """
    special = {"eps": r"\varepsilon", "rho": r"\varrho", "lam": r"\lambda", "omicron": "o"}
    if stem in special:
        return special[stem]
    if stem in _GREEK:
        return f"\\{stem}"
    if stem in _LIKE_LATIN:
        return rf"\mathrm{{{_LIKE_LATIN[stem]}}}"
    for accent in _ACCENTS:
        if stem.endswith(accent):
            inner = _letter(stem.removesuffix(accent))
            if len(inner) == 1 or inner.startswith("\\"):
                return rf"\{accent}{{{inner}}}"
    return stem


def latex_name(name: str) -> str:
    r"""Return the LaTeX form of a variable's name: Greek letters, and digits or words as subscripts.

    >>> latex_name("kappa0"), latex_name("eps_LB")
    ('\\kappa_{0}', '\\varepsilon_{\\mathrm{LB}}')
    """
    stem, _, subscript = name.partition("_")
    primes = len(stem) - len(stem.rstrip("'"))
    stem = stem.rstrip("'")
    digits = stem.lstrip("".join(filter(lambda c: not c.isdigit(), stem)))
    if digits and not subscript and stem[: -len(digits)]:
        stem, subscript = stem[: -len(digits)], digits
    shown = _letter(stem)
    if len(stem) > 1 and not shown.startswith("\\"):
        shown = rf"\mathrm{{{shown}}}"
    shown += "'" * primes
    if subscript:
        word = subscript.replace("_", r"\_")
        inner = word if subscript.isdigit() or len(subscript) == 1 else rf"\mathrm{{{word}}}"
        shown += f"_{{{inner}}}"
    return shown


def latex_names(names: Iterable[str]) -> dict[str, str]:
    r"""Return a LaTeX form for each of several names, no two alike.

    Where the usual form is taken by an earlier name, it is the name itself, letter by letter.

    >>> latex_names(["kappa0", "kappa_0", "e", "e_"])
    {'kappa0': '\\kappa_{0}', 'kappa_0': '\\mathtt{kappa\\_0}', 'e': 'e', 'e_': '\\mathtt{e\\_}'}
    """
    found: dict[str, str] = {}
    for name in names:
        shown = latex_name(name)
        if name.endswith("_") or shown in found.values():
            literal = name.replace("_", r"\_")
            shown = rf"\mathtt{{{literal}}}"
        found[name] = shown
    return found


class LatexTerms(InfixPrinter):
    """Terms in mathematics mode.

    Parameters
    ----------
    names
        LaTeX forms of variables; default: ``latex_name`` of each.
    """

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = names or {}

    times: ClassVar[str] = r"\,"
    brackets: ClassVar[tuple[str, str]] = (r"\left(", r"\right)")

    def walk_number(self, value: Number) -> Text:
        if value.is_integer:
            return str(value), ATOM if value >= 0 else SUM
        sign = "-" if value < 0 else ""
        return rf"{sign}\frac{{{abs(value.p)}}}{{{value.q}}}", SUM if sign else APPLICATION

    def walk_variable(self, symbol: Symbol) -> Text:
        return self._names.get(symbol.name) or latex_name(symbol.name), ATOM

    def walk_mul(self, *terms: Term) -> Text:
        parts = [self.at(terms[0], PRODUCT)]
        for term in terms[1:]:
            text = self.at(term, POWER)
            # A product sign between digits, thin space elsewhere.
            glue = r" \cdot " if text[0].isdigit() or text.startswith(r"\frac") else self.times
            parts.append(glue + text)
        return "".join(parts), PRODUCT

    def walk_div(self, left: Term, right: Term) -> Text:
        return rf"\frac{{{self.at(left, 0)}}}{{{self.at(right, 0)}}}", APPLICATION

    def walk_power(self, base: Term, exponent: Number) -> Text:
        return f"{self.at(base, ATOM)}^{{{self.at(exponent, 0)}}}", POWER

    walk_natpower = walk_ratpower = walk_realpower = walk_power

    def walk_exp(self, term: Term) -> Text:
        if "e" in self._names:
            return self._call(r"\exp", (term,))
        return f"e^{{{self.at(term, 0)}}}", POWER

    def walk_log(self, term: Term) -> Text:
        return rf"\log {self.at(term, ATOM)}", POWER

    def walk_sqrt(self, term: Term) -> Text:
        return rf"\sqrt{{{self.at(term, 0)}}}", ATOM

    def walk_abs(self, term: Term) -> Text:
        return rf"\left|{self.at(term, 0)}\right|", ATOM

    def walk_min(self, *terms: Term) -> Text:
        return self._call(r"\min", terms)

    def walk_max(self, *terms: Term) -> Text:
        return self._call(r"\max", terms)

    def _call(self, function: str, terms: tuple[Term, ...]) -> Text:
        return rf"{function}\left({', '.join(self.at(term, 0) for term in terms)}\right)", ATOM

    def walk_lambertw(self, term: Term, branch: Number) -> Text:
        return self._call(f"W_{{{branch}}}", (term,))

    def walk_function(self, name: str, argument: Term) -> Text:
        if t.function(name, argument) is t.PI:
            return r"\pi", ATOM
        # Brackets around every argument, so that what follows is outside.
        return self._call(FUNCTIONS[name].latex, (argument,))[0], POWER


class LatexFormulas(FormulaPrinter):
    """Formulas in mathematics mode."""

    relations: ClassVar[dict[str, str]] = {"=": " = ", "<=": r" \le ", "<": " < "}
    conjunction: ClassVar[str] = r" \land "
    disjunction: ClassVar[str] = r" \lor "
    implication: ClassVar[str] = r" \implies "
    negation: ClassVar[str] = r"\lnot "
    true: ClassVar[str] = r"\top"
    false: ClassVar[str] = r"\bot"

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self.terms = LatexTerms(names)


def _domain(name: str, domain: Domain) -> str:
    if domain == Domain():
        return rf"{name} \in \mathbb{{R}}"
    if domain.natural:
        above = "" if domain.lower == 0 else rf",\ {name} \ge {domain.lower}"
        below = "" if domain.upper is None else rf",\ {name} \le {domain.upper}"
        return rf"{name} \in \mathbb{{N}}{above}{below}"
    terms = LatexTerms()
    low = r"-\infty" if domain.lower is None else terms.at(domain.lower, 0)
    high = r"\infty" if domain.upper is None else terms.at(domain.upper, 0)
    opening = "(" if domain.lower is None or domain.lower_open else "["
    closing = ")" if domain.upper is None or domain.upper_open else "]"
    return rf"{name} \in {opening}{low}, {high}{closing}"


def statement_to_latex(statement: Statement) -> str:
    r"""Print a statement for mathematics mode: the conclusion, then its conditions.

    >>> print(statement_to_latex(Statement.parse("log(x) <= x - 1", (), {"x": "(0, oo)"})))
    \log x \le x - 1 \qquad \left(x \in (0, \infty)\right)
    """
    names = latex_names(v.name for v in statement.variables)
    formulas = LatexFormulas(names)
    conditions = [_domain(names[v.name], v.domain) for v in statement.variables]
    conditions += [formulas.formula(hypothesis, 1) for hypothesis in statement.hypotheses]
    text = formulas.formula(statement.conclusion)
    if not conditions:
        return text
    listed = r",\; ".join(conditions)
    return rf"{text} \qquad \left({listed}\right)"
