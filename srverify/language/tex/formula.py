r"""One inequality in LaTeX, read into the grammar of statements; what has two readings is refused.

``\log(1+x) \le x`` becomes ``log(1 + x) <= x``. Refused, with the position and what would be clear:
``x(y+1)`` (a product, or a function of y + 1?), ``e^x`` (Euler's number, or a variable?), ``\pi(x)``,
``\sin^{-1} x`` (the arcsine, or 1/sin?), ``\log x y``, ``1/2x``, ``f'`` and everything that the grammar
has no word for (sums, expectations, limits). ``\pi`` alone is the constant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import NoReturn

from srverify.language import functions
from srverify.language.errors import InputError
from srverify.language.tex.macros import Macro, expand

_TOKEN = re.compile(
    r"(?P<space>\s+|~|\\[ ,;:!>]|\\(?:quad|qquad|displaystyle|textstyle|limits|nolimits"
    r"|big[lr]?|Big[lr]?|bigg[lr]?|Bigg[lr]?|hspace\*?\{[^{}]*\}|!)(?![A-Za-z])|&)"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<command>\\(?:[A-Za-z]+|[{}|#%$]))"
    r"|(?P<letter>[A-Za-z])"
    r"|(?P<symbol>.)",
    re.S,
)
_GREEK = frozenset({
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta",
    "iota", "kappa", "lambda", "mu", "nu", "xi", "rho", "varrho", "sigma", "varsigma", "tau", "upsilon",
    "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Sigma",
    "Upsilon", "Phi", "Psi", "Omega", "ell", "hbar",
})  # fmt: skip
_RELATIONS = {
    "<": "<", ">": ">", "=": "=", r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=",
    r"\geq": ">=", r"\geqslant": ">=", r"\lt": "<", r"\gt": ">", r"\ne": "!=", r"\neq": "!=",
    "\u2264": "<=", "\u2265": ">=",
}  # fmt: skip
_FUNCTIONS = {r"\log": "log", r"\ln": "log", r"\exp": "exp"} | {
    rf"\{name}": name
    for name in (
        *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh"),
        *("arcsin", "arccos", "arctan"),
    )
}
#: What ``\operatorname`` may name.
_OPERATORS = functions.builders()
_MANY = {r"\max": "max", r"\min": "min"}
_FRACTIONS = frozenset({r"\frac", r"\tfrac", r"\dfrac", r"\cfrac", r"\nicefrac", r"\sfrac"})
_TIMES = frozenset({r"\cdot", r"\times", "*", r"\ast"})
_FENCES = {"(": ")", "[": "]", r"\{": r"\}", r"\lvert": r"\rvert", "|": "|"}
#: Brackets that are functions to some: what they are then.
_PARTS = {"[": "integer part", r"\{": "fractional part"}
_FONTS = frozenset({r"\mathrm", r"\mathit", r"\mathsf", r"\mathbf", r"\boldsymbol", r"\mathcal", r"\bm"})
_ACCENTS = {
    r"\hat": "hat",
    r"\widehat": "hat",
    r"\tilde": "tilde",
    r"\widetilde": "tilde",
    r"\bar": "bar",
}
_CONDITION = re.compile(
    r"\\(?:text|mbox|textrm)\s*\{\s*,?\s*(?:for(?:\s+all|\s+every|\s+any)?|if|when|whenever|where|with|and)"
    r"\s*\}|\\forall(?![A-Za-z])"
)
_TRAILING = re.compile(r"[\s.,;]*(?:\\(?:quad|qquad)\s*)*[\s.,;]*\Z")
#: Environments that only align the lines of one formula, and the breaks between lines.
_ALIGNED = re.compile(
    r"\\label\s*\{[^{}]*\}"
    r"|\\(?:begin|end)\{(?:split|aligned|gathered|multlined|alignedat)\*?\}(?:\[[tcb]\])?(?:\{\d+\})?"
)
_BREAK = re.compile(r"\\\\\*?(?:\s*\[[^\]]*\])?")
_RELATION = r"[<>=\u2264\u2265]|\\(?:leq?|leqslant|geq?|geqslant|lt|gt|neq?)(?![A-Za-z])"
_OPERATION = r"[-+/*]|\\(?:cdot|times|ast)(?![A-Za-z])"
_JOINS_AFTER = re.compile(
    rf"(?:\\[ ,;:!>]|\\q?quad|\s|\{{\}}|&)*(?:{_RELATION}|{_OPERATION}|\\(?:text|mbox|forall))"
)
_JOINS_BEFORE = re.compile(rf"(?:{_RELATION}|{_OPERATION}|[,;(\[])(?:\\[ ,;:!>]|\s|&)*\Z")
#: A variable by itself, and one that a relation begins with.
_VARIABLE = r"(?:[A-Za-z]|\\[A-Za-z]+)(?:_(?:\{[A-Za-z0-9]+\}|[A-Za-z0-9]))?'*"
_BLANK = r"(?:\s|~|\\[ ,;:!>]|\\q?quad(?![A-Za-z]))*"
_NAME = re.compile(rf"{_BLANK}{_VARIABLE}{_BLANK}")
_SUBJECT = re.compile(rf"({_BLANK}{_VARIABLE}{_BLANK})((?:{_RELATION}|\\in(?![A-Za-z])).*)", re.S)
#: How an index becomes part of a name.
_INDEX_WORDS = {
    "+": "plus", "-": "minus", "*": "star", ",": "", "mathrm": "", "text": "", "rm": "", "mathsf": "",
}  # fmt: skip
#: What LaTeX may call a name that our grammar keeps for itself.
_KEPT = frozenset({"oo", "exp", "log", "ln", "sqrt", "abs", "min", "max", "and", "or", "not", "implies"})


@dataclass(frozen=True)
class Reading:
    """An inequality in the grammar of statements, with the conditions that stand beside it."""

    show: str
    given: tuple[str, ...] = ()


def read_formula(tex: str, macros: Mapping[str, Macro] | None = None) -> Reading:
    r"""Read one relation or chain of relations, with conditions after a comma or ``\text{for}``.

    Raises InputError, with the position, for what is ambiguous or has no word in the grammar.

    >>> read_formula(r"\frac{2x}{2+x} \le \log(1+x), \quad x \ge 0")
    Reading(show='2*x/(2 + x) <= log(1 + x)', given=('x >= 0',))
    """
    text = _TRAILING.sub("", _one_line(expand(tex, macros) if macros else tex))
    relations: list[str] = []
    #: Names that wait for what is said of them together with the next, as in ``a, b \ge 0``.
    waiting: list[str] = []
    for start, end, named in _parts(text):
        piece = text[start:end]
        if relations and _NAME.fullmatch(piece):
            waiting.append(piece)
            continue
        read = [_Reader(text, start, end).relation()]
        if waiting:
            subject = _SUBJECT.match(piece)
            if subject is None:
                raise InputError(
                    f"what is said of {waiting[-1].strip()!r}?"
                    f" at position {start + 1} of {_shown(text)!r}"
                )
            read = [
                *(_Reader(t, 0, len(t)).relation() for t in (name + subject[2] for name in waiting)),
                *read,
            ]
            waiting = []
        for relation in read:
            if relations and not named and len(_variables(relation)) != 1:
                raise InputError(
                    f"a second relation, or a condition of the first? write \\text{{for}} before"
                    f" conditions at position {start + 1} of {_shown(text)!r}"
                )
        if len(relations) > 1 and not named and _may_be_one(relations[-1], read[0], piece):
            raise InputError(
                "bounds of one variable each, or of both? write each by itself"
                f" at position {start + 1} of {_shown(text)!r}"
            )
        relations += read
    if waiting:
        raise InputError(
            f"what is said of {waiting[-1].strip()!r}? at position {len(text)} of {_shown(text)!r}"
        )
    return Reading(relations[0], tuple(relations[1:]))


def _variables(relation: str) -> set[str]:
    return {*re.findall(r"[A-Za-z]\w*'*", relation)} - {"pi", "and"}


def _may_be_one(before: str, after: str, piece: str) -> bool:
    """Tell whether two conditions are like those of ``0 < a, b < 1``, which may bound both twice."""
    if re.match(r"\s*\\q?quad(?![A-Za-z])", piece):
        return False
    ends = re.fullmatch(r".*[^\w](<=?|>=?) [A-Za-z]\w*'*", before)
    begins = re.match(r"[A-Za-z]\w*'* (<=?|>=?) ", after)
    return bool(ends and begins and ends[1][0] == begins[1][0])


def _shown(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "..."


def _one_line(text: str) -> str:
    """Blank what only breaks lines; raise InputError where two formulas may meet at a break."""
    text = _ALIGNED.sub(lambda match: " " * len(match.group()), text)
    if r"\begin" in text:
        return text  # read as far as that, and refused there
    for match in reversed(list(_BREAK.finditer(text))):
        before, after = text[: match.start()].rstrip(" \n\t&"), text[match.end() :].lstrip(" \n\t&")
        if after and not (_JOINS_AFTER.match(after) or _JOINS_BEFORE.search(before)):
            raise InputError(
                "a second formula on the next line, or a product?"
                f" at position {match.end() + 1} of {_shown(text)!r}"
            )
        text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return text


def _parts(text: str) -> list[tuple[int, int, bool]]:
    r"""Split at top-level commas and at words such as ``\text{for all}``, which are told apart."""
    cuts: list[tuple[int, int, bool]] = []
    depth = 0
    position = 0
    while position < len(text):
        word = _CONDITION.match(text, position)
        if word and depth == 0:
            cuts.append((*word.span(), True))
            position = word.end()
            continue
        match = _TOKEN.match(text, position)
        assert match is not None
        token = match.group()
        if token in ("{", "(", "[", r"\{", r"\left"):
            depth += token != r"\left"
        elif token in ("}", ")", "]", r"\}"):
            depth -= 1
        elif token in (",", ";") and depth == 0:
            cuts.append((*match.span(), False))
        position = match.end()
    bounds: list[tuple[int, int, bool]] = []
    start, named = 0, False
    for cut_start, cut_end, word_cut in [*cuts, (len(text), len(text), False)]:
        if _has_content(text[start:cut_start]):
            bounds.append((start, cut_start, named))
            named = False
        named = named or word_cut
        start = cut_end
    return bounds or [(0, len(text), False)]


def _has_content(piece: str) -> bool:
    return any(match.lastgroup != "space" for match in _TOKEN.finditer(piece))


@dataclass(frozen=True)
class _Token:
    text: str
    kind: str
    position: int


#: A piece of output and how tightly it binds: sum, product, unary minus, power, atom.
_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_Text = tuple[str, int]


class _Reader:
    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._tokens = [
            _Token(m.group(), str(m.lastgroup), m.start())
            for m in _TOKEN.finditer(text, start, end)
            if m.lastgroup != "space" and m.group() not in (r"\left", r"\right", r"\middle")
        ]
        self._tokens.append(_Token("", "end", end))
        self._index = 0
        self._bars = 0
        self._depth = 0

    # -- tokens ------------------------------------------------------------------------------

    @property
    def _token(self) -> _Token:
        return self._tokens[self._index]

    def _next(self) -> _Token:
        token = self._token
        self._index = min(self._index + 1, len(self._tokens) - 1)
        return token

    def _fail(self, message: str, token: _Token | None = None) -> NoReturn:
        at = (token or self._token).position
        raise InputError(f"{message} at position {at + 1} of {_shown(self._text)!r}")

    # -- relations ---------------------------------------------------------------------------

    def relation(self) -> str:
        if any(token.text == r"\in" for token in self._tokens):
            return self._membership()
        sides = [self._sum()[0]]
        words: list[str] = []
        while self._token.text in _RELATIONS:
            words.append(_RELATIONS[self._next().text])
            sides.append(self._sum()[0])
        if self._token.kind != "end":
            self._fail(f"no reading of {self._token.text!r}")
        if not words:
            self._fail("expected a relation such as \\le", self._tokens[0])
        out = sides[0]
        for word, side in zip(words, sides[1:], strict=True):
            out += f" {word} {side}"
        return out

    def _membership(self) -> str:
        names = [self._sum()[0]]
        while self._token.text == ",":
            self._next()
            names.append(self._sum()[0])
        token = self._next()
        if token.text != r"\in":
            self._fail("expected \\in", token)
        opening = self._next()
        if opening.text not in ("(", "["):
            self._fail("only intervals can stand after \\in", opening)
        low = self._end()
        if self._next().text not in (",", ";"):
            self._fail("an interval has two ends", opening)
        high = self._end()
        closing = self._next()
        if closing.text not in (")", "]") or self._token.kind != "end":
            self._fail("an interval ends in ) or ]", closing)
        found = []
        for name in names:
            if low is not None:
                found.append(f"{low} {'<' if opening.text == '(' else '<='} {name}")
            if high is not None:
                found.append(f"{name} {'<' if closing.text == ')' else '<='} {high}")
        if not found:
            return f"{names[0]} = {names[0]}"
        return " and ".join(found)

    def _end(self) -> str | None:
        start = self._index
        if self._token.text in ("-", "+"):
            self._next()
        if self._token.text == r"\infty":
            self._next()
            return None
        self._index = start
        return self._sum()[0]

    # -- terms -------------------------------------------------------------------------------

    def _sum(self) -> _Text:
        self._depth += 1
        if self._depth > 60:
            self._fail("nested too deeply")
        text, level = self._signed_product()
        while self._token.text in ("+", "-"):
            sign = self._next().text
            right, right_level = self._signed_product()
            text = f"{text} {sign} {_at(right, right_level, _PRODUCT)}"
            level = _SUM
        self._depth -= 1
        return text, level

    def _signed_product(self) -> _Text:
        if self._token.text in ("-", "+"):
            sign = self._next().text
            text, level = self._signed_product()
            return (f"-{_at(text, level, _PRODUCT)}", _SUM) if sign == "-" else (text, level)
        return self._product()

    def _product(self) -> _Text:
        text, level = self._factor()
        divided: _Token | None = None
        while True:
            token = self._token
            if token.text in _TIMES:
                self._next()
                right, right_level = self._factor()
                text, level = f"{_at(text, level, _PRODUCT)}*{_at(right, right_level, _POWER)}", _PRODUCT
                divided = None
            elif token.text == "/":
                self._next()
                right, right_level = self._factor()
                text, level = f"{_at(text, level, _PRODUCT)}/{_at(right, right_level, _POWER)}", _PRODUCT
                divided = token
            elif self._starts_factor(token):
                if divided is not None:
                    self._fail(
                        "a quotient followed by a factor has two readings: use \\frac or brackets"
                    )
                right, right_level = self._factor(after=text)
                text, level = f"{_at(text, level, _PRODUCT)}*{_at(right, right_level, _POWER)}", _PRODUCT
            else:
                return text, level

    def _starts_factor(self, token: _Token) -> bool:
        if token.kind in ("number", "letter"):
            return True
        if token.text == "|" and self._bars:
            return False
        return (
            token.text in ("(", "[", r"\{", "{", "|", r"\lvert", r"\sqrt", r"\lvert")
            or token.text in _FRACTIONS
            or token.text in _FUNCTIONS
            or token.text in _MANY
            or token.text in _FONTS
            or token.text in _ACCENTS
            or token.text == r"\operatorname"
            or token.text.lstrip("\\") in _GREEK
            or token.text == r"\pi"
        )

    def _factor(self, after: str = "") -> _Text:
        token = self._token
        base = self._base(after)
        if self._token.text == "^":
            self._next()
            exponent, level = self._script()
            if re.fullmatch(r"\w*'+|\*", exponent):
                self._fail("a mark, not a power", token)
            return f"{_at(*base, _ATOM)}^{_at(exponent, level, _ATOM)}", _POWER
        return base

    def _base(self, after: str) -> _Text:
        token = self._next()
        text = token.text
        if token.kind == "number":
            if after and re.search(r"\d\Z", after):
                self._fail("two numbers side by side", token)
            return text, _ATOM
        if text in _FENCES:
            if text in _PARTS:
                self._need_nested(token)
            return self._fenced(token)
        if text == "{":
            inner = self._sum()
            self._close("}", token)
            return inner
        if text in _FRACTIONS:
            top, bottom = self._argument(), self._argument()
            if top[0] == "d" and re.match(r"d\b|\(?d\*", bottom[0]):
                self._fail("a derivative, or a quotient of variables called d?", token)
            return f"{_at(*top, _PRODUCT)}/{_at(*bottom, _ATOM)}", _PRODUCT
        if text == r"\sqrt":
            return self._root()
        if text in _FUNCTIONS or text in _MANY:
            return self._applied(token)
        if text == r"\operatorname":
            return self._operator(token)
        if token.kind == "letter" or text.lstrip("\\") in _GREEK or text in (*_FONTS, *_ACCENTS):
            return self._name(token)
        if text == r"\pi":
            if self._token.text in ("(", "[", "_", "'", r"\prime", r"\left"):
                self._fail("\\pi: the constant or a variable? write its value, or another name", token)
            return "pi", _ATOM
        if token.kind == "end":
            self._fail("the formula ends", token)
        return self._fail(f"no word for {text!r}", token)

    def _close(self, wanted: str, opened: _Token) -> None:
        if self._token.text != wanted:
            self._fail(
                f"expected {wanted!r} for {opened.text!r}, found {self._token.text or 'the end'!r}"
            )
        self._next()

    def _fenced(self, token: _Token) -> _Text:
        if token.text == "|":
            self._bars += 1
        inner, _ = self._sum()
        if token.text == "|":
            self._bars -= 1
        self._close(_FENCES[token.text], token)
        if token.text == "|" and self._token.text != "|" and self._starts_factor(self._token):
            rest = [other.text for other in self._tokens[self._index :]]
            if "|" in rest:
                self._fail("bars have two readings here: use \\lvert and \\rvert", token)
        if token.text in ("|", r"\lvert"):
            return f"abs({inner})", _ATOM
        return f"({inner})", _ATOM

    def _need_nested(self, token: _Token) -> None:
        """Refuse brackets that may be a function, unless they stand around others."""
        closing, what = _FENCES[token.text], _PARTS[token.text]
        inner = takewhile(lambda other: other.text != closing, self._tokens[self._index :])
        if not any(other.text in _FENCES for other in inner):
            self._fail(f"{token.text}...{closing}: brackets, or the {what}? write (...)", token)

    def _argument(self) -> _Text:
        token = self._token
        if token.text == "{":
            self._next()
            inner = self._sum()
            self._close("}", token)
            return inner
        if token.kind == "number" and len(token.text) > 1:
            # TeX takes one character: \frac12 is a half.
            self._tokens[self._index] = _Token(token.text[1:], "number", token.position + 1)
            return token.text[0], _ATOM
        return self._base("")

    def _script(self) -> _Text:
        return self._argument()

    def _root(self) -> _Text:
        degree = ""
        if self._token.text == "[":
            self._next()
            degree = self._next().text
            if not degree.isdigit() or int(degree) < 2:
                self._fail("a root's degree is a number of at least 2")
            if self._next().text != "]":
                self._fail("expected ']' after the root's degree")
        inner, level = self._argument()
        if degree in ("", "2"):
            return f"sqrt({inner})", _ATOM
        return f"{_at(inner, level, _ATOM)}^(1/{degree})", _POWER

    def _operator(self, token: _Token) -> _Text:
        """Read the name of a function, which stands in braces, and its argument."""
        opening, letters = self._next(), ""
        while opening.text == "{" and self._token.kind == "letter":
            letters += self._next().text
        self._close("}", opening)
        if letters not in _OPERATORS:
            self._fail("no word for this operator", token)
        return self._applied(token, letters)

    def _applied(self, token: _Token, name: str = "") -> _Text:
        power = ""
        name = name or _FUNCTIONS.get(token.text, "")
        if self._token.text == "^":
            self._next()
            exponent, level = self._script()
            power = f"^{_at(exponent, level, _ATOM)}"
            if exponent.startswith("-"):
                self._fail(f"an inverse function, or 1/{name}? write which", token)
            if exponent.startswith("("):
                self._fail(f"applied several times, or a power of {token.text}? write which", token)
        if self._token.text == "_":
            self._fail("no word for a function with an index", token)
        if token.text in _MANY:
            arguments = self._arguments(token)
            return f"{_MANY[token.text]}({', '.join(arguments)}){power}", _POWER if power else _ATOM
        opening = self._token
        if opening.text in ("(", "[", r"\{", "{"):
            inner = self._fenced(self._next())[0] if opening.text in _FENCES else self._base("")[0]
            inner = inner[1:-1] if inner.startswith("(") and opening.text != "{" else inner
        else:
            inner = _at(*self._factor(), _SUM)
            named = self._token.text in _FUNCTIONS or self._token.text == r"\operatorname"
            if (self._starts_factor(self._token) and not named) or self._token.text == "/":
                self._fail(f"how far does {token.text} reach? write {token.text}(...)", self._token)
        if opening.text in ("(", "[") and self._token.text == "^":
            self._fail(f"a power after {token.text}(...) has two readings: write {token.text}^n(...)")
        return f"{name}({inner}){power}", _POWER if power else _ATOM

    def _arguments(self, token: _Token) -> list[str]:
        opening = self._next()
        if opening.text not in ("(", r"\{", "["):
            self._fail(f"{token.text} needs brackets", opening)
        found = [self._sum()[0]]
        while self._token.text == ",":
            self._next()
            found.append(self._sum()[0])
        self._close(_FENCES[opening.text], opening)
        return found

    def _name(self, token: _Token) -> _Text:
        name = self._letters(token)
        if self._token.text == "_":
            self._next()
            name += "_" + self._index_text()
        marks = 0
        while self._token.text in ("'", r"\prime"):
            self._next()
            marks += 1
        name += "'" * marks
        raised = self._token.text == "^"
        if (name == "e" and token.kind == "letter") or (name in ("e", "E") and raised):
            self._fail("e: Euler's number or a variable? write \\exp(...), or another name", token)
        if name in _KEPT:
            self._fail(f"{name!r} cannot be a variable's name", token)
        if self._token.text in ("(", "["):
            self._fail(f"{name}(...): a product or a function? write {name} \\cdot (...)", token)
        if self._token.text == r"\left":
            self._fail(f"{name}(...): a product or a function?", token)
        return name, _ATOM

    def _letters(self, token: _Token) -> str:
        if token.kind == "letter":
            return token.text
        if token.text in _FONTS or token.text in _ACCENTS:
            opening = self._next()
            letters = opening.text
            if opening.text == "{":
                letters = ""
                while self._token.text != "}" and self._token.kind != "end":
                    inner = self._next()
                    if inner.kind == "letter" or inner.text.lstrip("\\") in _GREEK:
                        letters += inner.text.lstrip("\\")
                    else:
                        self._fail("no reading of this name", inner)
                self._close("}", opening)
            return letters.lstrip("\\") + (f"_{_ACCENTS[token.text]}" if token.text in _ACCENTS else "")
        return token.text.lstrip("\\")

    def _index_text(self) -> str:
        token = self._next()
        if token.text != "{":
            return token.text.lstrip("\\")
        out = ""
        while self._token.text != "}":
            inner = self._next()
            word = inner.text.lstrip("\\")
            if inner.kind == "end" or not (inner.text in _INDEX_WORDS or re.fullmatch(r"\w+", word)):
                self._fail("no reading of this index", inner)
            out += _INDEX_WORDS.get(word, word)
            if self._token.text == "{":
                self._next()
                while self._token.text != "}":
                    if self._token.kind == "end":
                        self._fail("an index ends in }")
                    out += self._next().text
                self._next()
        self._next()
        return out


def _at(text: str, level: int, wanted: int) -> str:
    return text if level >= wanted else f"({text})"
