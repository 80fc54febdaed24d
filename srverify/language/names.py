"""Names of variables, and the signs of other alphabets that typed mathematics is full of.

A name is a letter of any alphabet with letters, digits, subscripts, accents and primes after it. A
superscript is an exponent and a vulgar fraction a number: as parts of names they would make ``x²`` a
variable, which takes any value.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction

_SUBSCRIPTS = frozenset("₀₁₂₃₄₅₆₇₈₉")
#: Spellings of letters that read as others: bold and italic, of double width.
_SAME = ("<font>", "<wide>", "<narrow>", "<compat>")
PRIMES = "'′"
#: Letters and accents that are not seen: names that differ in them would look the same.
_UNSEEN = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x180B, 0x180C, 0x180D, 0x180F),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    )
)


def _tag(character: str) -> str:
    """Return how a character is made from others, such as ``<super>``; empty if it is not."""
    return unicodedata.decomposition(character).partition(" ")[0]


def _starts(character: str) -> bool:
    return character == "_" or (
        unicodedata.category(character).startswith("L")
        and _tag(character) != "<super>"
        and ord(character) not in _UNSEEN
    )


def _continues(character: str) -> bool:
    return (
        _starts(character)
        or character in _SUBSCRIPTS
        or (character.isascii() and character.isdigit())
        or (unicodedata.category(character) in ("Mn", "Mc") and ord(character) not in _UNSEEN)
    )


def name_end(text: str, position: int) -> int:
    """Return where the name that starts at a position ends; the position itself if none does.

    >>> name_end("κ₀' + 1", 0), name_end("x²", 0), name_end("²", 0)
    (3, 1, 0)
    """
    end = position
    if end < len(text) and _starts(text[end]):
        end += 1
        while end < len(text) and _continues(text[end]):
            end += 1
        while end < len(text) and text[end] in PRIMES:
            end += 1
    return end


def is_name(text: str) -> bool:
    """Tell whether a text is a name, and nothing else."""
    return bool(text) and name_end(text, 0) == len(text)


def canonical(name: str) -> str:
    """Return the one spelling of a name: accents joined to their letters, styles of letters ignored.

    >>> canonical("𝑥"), canonical("e\u0301") == canonical("\u00e9"), canonical("f′"), canonical("κ₀")
    ('x', True, "f'", 'κ₀')
    """
    plain = "".join(
        unicodedata.normalize("NFKC", c) if _tag(c) in _SAME else c for c in name.replace("′", "'")
    )
    return unicodedata.normalize("NFC", plain)


def superscript(text: str, position: int) -> tuple[str, int]:
    """Return the superscripts at a position in plain characters, and where they end.

    >>> superscript("x⁻¹²", 1), superscript("x", 0)
    (('-12', 4), ('', 0))
    """
    end = position
    while end < len(text) and _tag(text[end]) == "<super>":
        end += 1
    return unicodedata.normalize("NFKC", text[position:end]).replace("−", "-"), end


def fraction(character: str) -> Fraction | None:
    """Return the value of a vulgar fraction such as ``½``; ``None`` for other characters."""
    if _tag(character) != "<fraction>":
        return None
    above, _, below = unicodedata.normalize("NFKC", character).partition("\u2044")
    return Fraction(int(above), int(below)) if above and below else None


def unexpected(character: str) -> str:
    """Say what is wrong with a character that starts nothing."""
    if unicodedata.category(character) in ("Nd", "Nl", "No"):
        return f"{character!r} is not a number here: write digits 0 to 9"
    name = unicodedata.name(character, "") if not character.isascii() else ""
    return f"unexpected character {character!r}" + (f" ({name.lower()})" if name else "")
