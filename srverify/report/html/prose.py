"""Prose with its formulas typeset: what is plainly mathematics in a sentence becomes MathML.

Claims are written in plain text (``alpha_T ||theta_0|| <= R``), which terminals show as it stands. Here
runs of such tokens are found and set: a run needs an operator, an index, a power or a Greek name, so
that words stay words. Ids of claims become links.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape

from srverify.report.html.prose_mathml import Setter, Token, symbol

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?(?!(?:st|nd|rd|th)\b))"
    r"|(?P<accent>-(?:hat|bar)(?![A-Za-z])|[\u0302\u0304])"
    r"|(?P<word>[A-Za-z]+\d*'*|[Α-Ωα-ωϱϕ]\d*'*)"
    r"|(?P<operator><=|>=|!=|:=|->|~|\|\||[-+*/^_=<>|≤≥≠−·→∈√])"
    r"|(?P<script>[⁰¹²³⁴-⁹₀-₉])"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<other>.)",
    re.S,
)
#: Functions that are no words of prose: applied to something they show a formula.
_APPLIED = frozenset({"log", "exp", "sqrt", "KL", "Var"})
#: Letters that are words of their own.
_WORDS = frozenset({"a", "A", "I"})
#: Words of two letters, which are no products.
_SHORT_WORDS = frozenset({
    "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of",
    "on", "or", "so", "to", "up", "us", "vs", "we",
})  # fmt: skip
#: Operators that make a run of tokens mathematics.
_TELLING = frozenset({
    "<=", ">=", "!=", ":=", "=", "<", ">", "+", "*", "/", "^", "_", "||", "|", "->", "≤", "≥", "≠", "−",
    "·", "→", "∈", "√",
})  # fmt: skip
_PARTS = frozenset({"Appendix", "Lemma", "Part", "Proposition", "Section", "Step", "Theorem"})
#: Relations, before which a long formula may be broken.
_BREAKS = frozenset({"<=", ">=", "=", "<", ">", "≤", "≥"})
#: Shown as signs even where no formula is found around them.
_SHOWN = frozenset({"<=", ">=", "!=", "->"})
#: Tokens that a formula may have without being broken.
_LONG = 24
#: Tokens that a telephone's line surely holds.
_WIDE = 32


def typeset(text: str, claims: Collection[str] = ()) -> str:
    """Return a sentence as HTML, its formulas as MathML and ids of ``claims`` as links.

    >>> typeset("at most x_0 <= 1")
    'at most <math><msub><mi>x</mi><mn>0</mn></msub><mo>≤</mo><mn>1</mn></math>'
    """
    tokens = [Token(m.group(), str(m.lastgroup)) for m in _TOKEN.finditer(text)]
    out: list[str] = []
    position = 0
    while position < len(tokens):
        end = _run(tokens, position, claims)
        if end > position:
            out += map(_set, _pieces(tokens[position:end]))
            position = end
            continue
        token = tokens[position]
        if token.text in claims:
            name = escape(token.text)
            out.append(f'<a href="#{name}">{name}</a>')
        else:
            out.append(symbol(token.text) if token.text in _SHOWN else escape(token.text))
        position += 1
    return "".join(out)


def _set(tokens: Sequence[Token]) -> str:
    """Return a formula, or a piece of one, as HTML; what may be wider than a telephone scrolls."""
    formula = f"<math>{''.join(Setter(tokens).row())}</math>"
    return f'<span class="wide">{formula}</span>' if len(tokens) > _WIDE else formula


def _pieces(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield a formula, a long one in pieces: lines may be broken before its relations, as TeX does."""
    start = depth = 0
    for index, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if len(tokens) > _LONG and not depth and index and token.text in _BREAKS:
            yield tokens[start:index]
            start = index
    yield tokens[start:]


def _mathematical(tokens: Sequence[Token], index: int, depth: int) -> bool:
    """Tell whether a token may stand in a formula."""
    token = tokens[index]
    if token.kind in ("number", "operator", "open", "close", "space", "accent", "script"):
        return True
    if token.kind == "word":
        if token.is_greek or len(token.stem) == 1 or token.is_function:
            return True
        product = len(token.stem) == 2 and token.text not in _SHORT_WORDS
        return product and (depth > 0 or _touches(tokens, index))
    return token.text in (",", ";", "!", "…") or (depth > 0 and token.text in (":", "#"))


def _touches(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether an operator that is no hyphen stands right beside a token."""
    beside = (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])
    return any(t.kind == "operator" and t.text in _TELLING for t in beside)


def _telling(token: Token) -> bool:
    """Tell whether the token alone shows that its surroundings are a formula."""
    if token.kind == "word":
        return token.is_greek
    return token.kind in ("accent", "script") or (token.kind == "operator" and token.text in _TELLING)


def _run(tokens: Sequence[Token], start: int, claims: Collection[str]) -> int:
    """Return where the formula ends that begins at a token, or ``start`` if none does."""
    if tokens[start].text in claims or not _may_begin(tokens, start):
        return start
    end, depth = start, 0
    braces: list[bool] = []
    while end < len(tokens):
        token = tokens[end]
        index = token.kind == "word" and end > start and tokens[end - 1].text in ("_", "^")
        named = token.kind == "word" and any(braces)
        if not (named or index or _mathematical(tokens, end, depth)) or _is_hyphen(tokens, end):
            break
        if token.text in claims:
            break
        if token.kind == "open":
            depth += 1
            braces.append(token.text == "{" and end > start and tokens[end - 1].text in ("_", "^"))
        elif token.kind == "close":
            depth -= 1
            if depth < 0:
                break
            braces.pop()
        elif (token.text in (",", ";", "!") and depth == 0) or (
            token.text in _WORDS and not index and not _is_variable(tokens, end, depth)
        ):
            break
        end += 1
    end = _trimmed(tokens, start, end)
    piece = tokens[start:end]
    called = len(piece) > 1 and any(token.stem in _APPLIED for token in piece)
    if called or any(map(_telling, piece)) or any(_is_difference(piece, i) for i in range(len(piece))):
        return end
    alone = len(piece) == 1 and piece[0].kind == "word"
    return end if alone and len(piece[0].text) == 1 and piece[0].text not in _WORDS else start


def _is_difference(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a minus stands right between a letter and a letter or number, as in n-1."""
    if tokens[index].text != "-" or not 0 < index < len(tokens) - 1:
        return False
    beside = (tokens[index - 1], tokens[index + 1])
    letters = [t.kind == "word" and len(t.stem) == 1 for t in beside]
    return any(letters) and all(t.kind in ("word", "number") for t in beside)


def _may_begin(tokens: Sequence[Token], start: int) -> bool:
    token = tokens[start]
    if not _mathematical(tokens, start, 0) or token.kind in ("space", "close", "accent", "script"):
        return False
    if token.kind == "other" or _is_hyphen(tokens, start):
        return False
    if start and tokens[start - 1].kind in ("word", "number") and token.kind != "open":
        return False
    if token.kind == "word" and _is_reference(tokens, start):
        return False
    if token.text in _WORDS:
        return _is_variable(tokens, start, 0)
    if token.kind == "operator":
        return token.text in ("||", "|", "-", "+", "<=", ">=", "<", ">", "≤", "≥", "−", "√")
    return True


def _is_reference(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a letter names a part of a paper, as in Lemma G.2 or Appendix C."""
    after = tokens[index + 1 : index + 3]
    numbered = len(after) == 2 and after[0].text == "." and after[1].kind == "number"
    return numbered or (index > 1 and tokens[index - 2].text in _PARTS)


def _is_variable(tokens: Sequence[Token], index: int, depth: int) -> bool:
    """Tell whether a one-letter word is a variable: by what stands beside it."""
    if _leans(tokens, index):
        return True
    before, after = tokens[index - 1 : index] if index else [], tokens[index + 1 : index + 2]
    if before and (before[0].kind == "number" or before[0].text in ("|", "||")):
        return True
    if tokens[index].text == "a" and after and after[0].text in (",", ";", ":", "."):
        return True  # no article is followed by a comma
    if depth == 0:
        return False
    following = tokens[index + 1 : index + 3]
    article = len(following) == 2 and following[0].kind == "space" and following[1].kind == "word"
    return not (article and not (following[1].is_greek or len(following[1].stem) == 1))


def _leans(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a one-letter word has an operator beside it, which makes it a variable."""
    before = [t for t in tokens[max(0, index - 2) : index] if t.kind != "space"]
    after = [t for t in tokens[index + 1 : index + 3] if t.kind != "space"]
    return any(t.kind == "operator" and t.text != "-" for t in (*before[-1:], *after[:1])) or (
        index + 1 < len(tokens) and tokens[index + 1].text in ("_", "^", "-", "(")
    )


def _is_hyphen(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a minus joins two words, as in log-ratio."""
    if tokens[index].text != "-" or not 0 < index < len(tokens) - 1:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    plain = [t for t in (before, after) if t.kind == "word" and len(t.text) > 1 and not _telling(t)]
    joined = before.kind in ("word", "number", "close", "other") and after.kind != "space"
    return joined and bool(plain)


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> int:
    """Move the end back over what cannot end a formula, and until brackets balance."""
    while end > start:
        last = tokens[end - 1]
        piece = tokens[start:end]
        opened = sum(t.kind == "open" for t in piece) - sum(t.kind == "close" for t in piece)
        dangling = last.kind in ("space", "open", "other") or (
            last.kind == "operator" and last.text not in ("||", "|", "*", "~")
        )
        if dangling or opened > 0 or (last.is_function and last.text not in ("KL", "Var")):
            end -= 1
        else:
            break
    return end
