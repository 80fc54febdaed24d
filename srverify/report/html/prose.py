"""Prose with its formulas typeset: what is plainly mathematics in a sentence becomes MathML.

Claims are written in plain text (``alpha_T ||theta_0|| <= R``), which terminals show as it stands. Here
runs of such tokens are found and set: a run needs an operator, an index, a power or a Greek name, so
that words stay words. Ids of claims become links.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from srverify.emit.mathml import GREEK

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>\d+(?:\.\d+)?(?:e-?\d+)?(?!(?:st|nd|rd|th)\b))"
    r"|(?P<word>[A-Za-z]+\d*'*)"
    r"|(?P<operator><=|>=|!=|:=|->|~|\|\||[-+*/^_=<>|])"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<other>.)",
    re.S,
)
_FUNCTIONS = frozenset({
    "log", "exp", "sqrt", "max", "min", "sup", "inf", "argmax", "argmin", "KL", "Var", "Bin", "Exp",
    "tr", "rank", "clip", "sum", "lim", "mode", "supp", "dim", "diag", "floor", "ceil", "sign",
})  # fmt: skip
#: Those that are no words of prose: applied to something they show a formula.
_APPLIED = frozenset({"log", "exp", "sqrt", "KL", "Var"})
#: Letters that are words of their own.
_WORDS = frozenset({"a", "A", "I"})
_GREEK = {**GREEK, "pi": "π", "infinity": "∞", "oo": "∞"}
_SYMBOLS = {
    "<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "-": "−", "||": "‖", "<": "&lt;", ">": "&gt;", "*": "⁢",
    "~": "∼",
}  # fmt: skip
#: Operators that make a run of tokens mathematics.
_TELLING = frozenset({"<=", ">=", "!=", ":=", "=", "<", ">", "+", "*", "/", "^", "_", "||", "|", "->"})


@dataclass(frozen=True)
class _Token:
    text: str
    kind: str

    @property
    def mathematical(self) -> bool:
        """Whether the token may stand in a formula."""
        if self.kind in ("number", "operator", "open", "close", "space"):
            return True
        if self.kind == "word":
            return self.telling or len(self.text.rstrip("'0123456789")) == 1 or _is_function(self.text)
        return self.text in (",", ";", "!", "…")

    @property
    def telling(self) -> bool:
        """Whether the token alone shows that its surroundings are a formula."""
        if self.kind == "word":
            return self.text.rstrip("'0123456789") in _GREEK
        return self.kind == "operator" and self.text in _TELLING


def _is_function(text: str) -> bool:
    return text.rstrip("0123456789") in _FUNCTIONS


def typeset(text: str, claims: Collection[str] = ()) -> str:
    """Return a sentence as HTML, its formulas as MathML and ids of ``claims`` as links.

    >>> typeset("at most x_0 <= 1")
    'at most <math><msub><mi>x</mi><mn>0</mn></msub><mo>≤</mo><mn>1</mn></math>'
    """
    tokens = [_Token(m.group(), str(m.lastgroup)) for m in _TOKEN.finditer(text)]
    out: list[str] = []
    position = 0
    while position < len(tokens):
        end = _run(tokens, position)
        if end > position:
            out.append(f"<math>{''.join(_Setter(tokens[position:end]).row())}</math>")
            position = end
            continue
        token = tokens[position]
        if token.text in claims:
            name = escape(token.text)
            out.append(f'<a href="#{name}">{name}</a>')
        else:
            out.append(escape(token.text))
        position += 1
    return "".join(out)


def _run(tokens: Sequence[_Token], start: int) -> int:
    """Return where the formula ends that begins at a token, or ``start`` if none does."""
    if not _may_begin(tokens, start):
        return start
    end, depth = start, 0
    while end < len(tokens):
        token = tokens[end]
        index = token.kind == "word" and end > start and tokens[end - 1].text in ("_", "^")
        if not (token.mathematical or index) or _is_hyphen(tokens, end):
            break
        if token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth -= 1
            if depth < 0:
                break
        elif (token.text in (",", ";", "!") and depth == 0) or (
            token.text in _WORDS and not index and not _leans(tokens, end)
        ):
            break
        end += 1
    end = _trimmed(tokens, start, end)
    piece = tokens[start:end]
    called = len(piece) > 1 and any(token.text.rstrip("0123456789") in _APPLIED for token in piece)
    if called or any(token.telling for token in piece):
        return end
    alone = len(piece) == 1 and piece[0].kind == "word"
    return end if alone and len(piece[0].text) == 1 and piece[0].text not in _WORDS else start


def _may_begin(tokens: Sequence[_Token], start: int) -> bool:
    token = tokens[start]
    if not token.mathematical or token.kind in ("space", "close"):
        return False
    if token.kind == "other" or _is_hyphen(tokens, start):
        return False
    if start and tokens[start - 1].kind in ("word", "number") and token.kind != "open":
        return False
    if token.text in _WORDS:
        return _leans(tokens, start)
    if token.kind == "operator":
        return token.text in ("||", "|", "-", "+", "<=", ">=", "<", ">")
    return True


def _leans(tokens: Sequence[_Token], index: int) -> bool:
    """Tell whether a one-letter word has an operator beside it, which makes it a variable."""
    before = [t for t in tokens[max(0, index - 2) : index] if t.kind != "space"]
    after = [t for t in tokens[index + 1 : index + 3] if t.kind != "space"]
    return any(t.kind == "operator" and t.text != "-" for t in (*before[-1:], *after[:1])) or (
        index + 1 < len(tokens) and tokens[index + 1].text in ("_", "^", "-", "(")
    )


def _is_hyphen(tokens: Sequence[_Token], index: int) -> bool:
    """Tell whether a minus joins two words, as in log-ratio."""
    if tokens[index].text != "-" or not 0 < index < len(tokens) - 1:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    plain = [t for t in (before, after) if t.kind == "word" and len(t.text) > 1 and not t.telling]
    return before.kind != "space" and after.kind != "space" and bool(plain)


def _trimmed(tokens: Sequence[_Token], start: int, end: int) -> int:
    """Move the end back over what cannot end a formula, and until brackets balance."""
    while end > start:
        last = tokens[end - 1]
        piece = tokens[start:end]
        opened = sum(t.kind == "open" for t in piece) - sum(t.kind == "close" for t in piece)
        dangling = last.kind in ("space", "open", "other") or (
            last.kind == "operator" and last.text not in ("||", "|", "*", "~")
        )
        if dangling or opened > 0 or (_is_function(last.text) and last.text not in ("KL", "Var")):
            end -= 1
        else:
            break
    return end


class _Setter:
    """Set the tokens of one formula."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
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
        base = self._atom()
        below = above = ""
        while self._index + 1 < len(self._tokens):
            token = self._tokens[self._index]
            if token.text == "_" and not below:
                self._index += 1
                below = self._atom(index=True)
            elif token.text == "^" and not above:
                self._index += 1
                above = self._atom(index=True)
            else:
                break
        if self._is_mark("~"):
            self._index += 1
            base = f'<mover accent="true">{base}<mo stretchy="false">~</mo></mover>'
        if self._is_mark("*"):
            self._index += 1
            above = above or "<mo>∗</mo>"
        if below and above:
            return f"<msubsup>{base}{below}{above}</msubsup>"
        if below:
            return f"<msub>{base}{below}</msub>"
        return f"<msup>{base}{above}</msup>" if above else base

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
        if index and token.text == "-" and self._index < len(self._tokens):
            return f"<mrow><mo>−</mo>{self._atom(index=True)}</mrow>"
        return f"<mo>{_SYMBOLS.get(token.text, escape(token.text))}</mo>"

    def _word(self, token: _Token, index: bool) -> str:
        if token.text == "sqrt" and self._index < len(self._tokens):
            following = self._tokens[self._index]
            if following.kind == "open":
                self._index += 1
                return f"<msqrt>{''.join(self.row(inside=True))}</msqrt>"
        stem = token.text.rstrip("'")
        primes = "′" * (len(token.text) - len(stem))
        letters = stem.rstrip("0123456789")
        digits = stem[len(letters) :]
        identifier = f"<mi>{escape(_GREEK.get(letters, letters))}{primes}</mi>"
        if digits:
            identifier = f"<msub>{identifier}<mn>{digits}</mn></msub>"
        if letters in _FUNCTIONS and not index and self._index < len(self._tokens):
            following = self._tokens[self._index]
            if following.kind == "space":
                return f'{identifier}<mspace width="0.17em"/>'
        return identifier

    def _group(self, token: _Token, index: bool) -> str:
        inside = "".join(self.row(inside=True))
        if token.text == "{" and index:
            return f"<mrow>{inside}</mrow>"
        last = self._tokens[self._index - 1]
        closing = last.text if last.kind == "close" else ""
        fence = '<mo stretchy="false">{}</mo>'
        return f"<mrow>{fence.format(token.text)}{inside}{fence.format(closing)}</mrow>"
