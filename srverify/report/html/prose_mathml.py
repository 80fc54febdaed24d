"""The tokens of one formula in prose, set as MathML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from srverify.emit.mathml import GREEK as _LETTERS

FUNCTIONS = frozenset({
    "log", "exp", "sqrt", "max", "min", "sup", "inf", "argmax", "argmin", "KL", "Var", "Bin", "Exp",
    "tr", "rank", "clip", "sum", "int", "lim", "mode", "supp", "dim", "diag", "floor", "ceil", "sign",
})  # fmt: skip
GREEK = {**_LETTERS, "pi": "π", "infinity": "∞", "oo": "∞"}
_SYMBOLS = {
    "<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "-": "−", "||": "‖", "<": "&lt;", ">": "&gt;", "*": "⁢",
    "~": "∼",
}  # fmt: skip
#: Functions that are shown as a sign.
_SIGNS = {"int": "∫", "sum": "∑"}
_ACCENTS = {"hat": "^", "bar": "¯", "\u0302": "^", "\u0304": "¯"}
#: Operators that stand close to what is beside them.
_CLOSE = ' lspace="0.06em" rspace="0.06em"'
_THIN = '<mspace width="0.17em"/>'
#: Words that end in one of these are an accented letter, as in pihat.
_ACCENTED = re.compile(r"([A-Za-zΑ-ωϱϕ]|" + "|".join(sorted(GREEK)) + r")(hat|bar)")


@dataclass(frozen=True)
class Token:
    """A piece of a sentence."""

    text: str
    kind: str

    @property
    def stem(self) -> str:
        """A word without its digits and primes."""
        return self.text.rstrip("'0123456789")

    @property
    def is_function(self) -> bool:
        """Whether the token names a function."""
        return self.kind == "word" and self.stem in FUNCTIONS

    @property
    def is_greek(self) -> bool:
        """Whether the token is a Greek letter, spelt out or not, perhaps with an accent."""
        return self.kind == "word" and (
            self.stem in GREEK or self.stem in GREEK.values() or self.is_accented
        )

    @property
    def is_accented(self) -> bool:
        """Whether the token is a letter and the name of its accent."""
        return self.kind == "word" and _ACCENTED.fullmatch(self.stem) is not None


def symbol(text: str) -> str:
    """Return how an operator looks, as HTML."""
    return _SYMBOLS.get(text, escape(text))


class Setter:
    """Set the tokens of one formula."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._index = 0

    def row(self, inside: bool = False) -> Iterator[str]:
        """Yield elements until the closing bracket (of any kind: [0, 1) is one interval) or the end."""
        while self._index < len(self._tokens):
            token = self._tokens[self._index]
            if token.kind == "close" and inside:
                self._index += 1
                return
            if token.kind == "space":
                self._index += 1
                continue
            yield self._scripted()

    def _scripted(self) -> str:
        base = self._accented(self._atom())
        below = above = ""
        while self._index + 1 < len(self._tokens):
            token = self._tokens[self._index]
            if token.text == "_" and not below:
                self._index += 1
                below = self._accented(self._atom(index=True))
            elif token.text == "^" and not above:
                self._index += 1
                above = self._accented(self._atom(index=True))
            else:
                break
        if self._is_mark("~"):
            self._index += 1
            base = _accent(base, "~")
        if self._is_mark("*"):
            self._index += 1
            above = above or "<mo>∗</mo>"
        if below and above:
            return f"<msubsup>{base}{below}{above}</msubsup>"
        if below:
            return f"<msub>{base}{below}</msub>"
        return f"<msup>{base}{above}</msup>" if above else base

    def _accented(self, base: str) -> str:
        """Put the accent that follows, as in pi-hat, on what was set last."""
        if self._index < len(self._tokens) and self._tokens[self._index].kind == "accent":
            mark = _ACCENTS[self._tokens[self._index].text.lstrip("-")]
            self._index += 1
            return _accent(base, mark)
        return base

    def _is_mark(self, mark: str) -> bool:
        """Tell whether a star or tilde belongs to the letter before it (p*, eps~) and is no operator."""
        if self._index >= len(self._tokens) or self._tokens[self._index].text != mark:
            return False
        before = self._tokens[self._index - 1] if self._index else None
        after = self._tokens[self._index + 1] if self._index + 1 < len(self._tokens) else None
        marked = before is not None and before.kind in ("word", "close")
        return marked and (after is None or after.kind not in ("word", "number", "open"))

    def _atom(self, index: bool = False) -> str:
        token = self._tokens[self._index]
        self._index += 1
        if token.kind == "number":
            return f"<mn>{token.text}</mn>"
        if token.kind == "word":
            return self._word(token, index)
        if token.kind == "open":
            return self._group(token, index)
        if token.kind == "script":
            return f"<mtext>{token.text}</mtext>"
        if index and token.text == "-" and self._index < len(self._tokens):
            return f"<mrow><mo>−</mo>{self._atom(index=True)}</mrow>"
        return f"<mo{_CLOSE if token.text in ('|', '/') else ''}>{symbol(token.text)}</mo>"

    def _word(self, token: Token, index: bool) -> str:
        if token.stem == "sqrt" and "'" not in token.text:
            digits = token.text[len(token.stem) :]
            if digits:
                return f"<msqrt><mn>{digits}</mn></msqrt>"
            if self._index < len(self._tokens) and self._tokens[self._index].kind == "open":
                self._index += 1
                return f"<msqrt>{''.join(self.row(inside=True))}</msqrt>"
        bare = token.text.rstrip("'")
        primes = "′" * (len(token.text) - len(bare))
        letters = bare.rstrip("0123456789")
        digits = bare[len(letters) :]
        if letters in _SIGNS:
            return f"<mo>{_SIGNS[letters]}</mo>"
        if accented := _ACCENTED.fullmatch(letters):
            identifier = f"<mi>{escape(GREEK.get(accented[1], accented[1]))}{primes}</mi>"
            identifier = _accent(identifier, _ACCENTS[accented[2]])
        elif (
            not index
            and len(letters) == 2
            and letters not in GREEK
            and letters not in FUNCTIONS
            and not primes
        ):
            # A product of two letters, as in n log(nL).
            identifier = "".join(f"<mi>{letter}</mi>" for letter in letters)
            identifier = f"<mrow>{identifier}</mrow>"
        else:
            identifier = f"<mi>{escape(GREEK.get(letters, letters))}{primes}</mi>"
        if digits:
            identifier = f"<msub>{identifier}<mn>{digits}</mn></msub>"
        if not index and token.is_function:
            return self._spaced(identifier)
        return identifier

    def _spaced(self, function: str) -> str:
        """Set a function's name apart from the factor before it and an argument without brackets."""
        before = self._tokens[self._index - 2 : self._index - 1] if self._index > 1 else []
        if before and before[0].kind == "space":
            before = self._tokens[self._index - 3 : self._index - 2] if self._index > 2 else []
        factor = bool(before) and before[0].kind in ("word", "number", "close")
        after = self._tokens[self._index : self._index + 1]
        apart = bool(after) and after[0].kind == "space"
        if not factor and not apart:
            return function
        return f"<mrow>{_THIN if factor else ''}{function}{_THIN if apart else ''}</mrow>"

    def _group(self, token: Token, index: bool) -> str:
        inside = "".join(self.row(inside=True))
        if token.text == "{" and index:
            return f"<mrow>{inside}</mrow>"
        last = self._tokens[self._index - 1]
        closing = last.text if last.kind == "close" else ""
        fence = '<mo stretchy="false">{}</mo>'
        return f"<mrow>{fence.format(token.text)}{inside}{fence.format(closing)}</mrow>"


def _accent(base: str, mark: str) -> str:
    return f'<mover accent="true">{base}<mo stretchy="false">{mark}</mo></mover>'
