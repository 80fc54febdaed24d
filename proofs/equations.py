"""The equation map: every numbered display of the paper and the claims that answer for it.

``()`` marks pure notation. A claim lists the same numbers in its ``equations``.
"""

from __future__ import annotations

from collections.abc import Iterable

from srverify.claims.claim import Claim, Paper

PAPER = Paper(
    "Why Self-Rewarding Works: Theoretical Guarantees for Iterative Alignment of Language Models",
    "Fu, Wang, Hu, Wang and Tao",
    "arXiv:2601.22513v2",
)

CLAIMS: tuple[Claim, ...] = ()

EQUATIONS: dict[int, tuple[str, ...]] = {}


def _answer(numbers: Iterable[int], *claims: str) -> None:
    for number in numbers:
        EQUATIONS[number] = claims


def _through(first: int, last: int) -> range:
    return range(first, last + 1)


# Sections 3 to 6.
_answer([1])
_answer([2], "S01", "S02")
_answer([3], "S04")
_answer([4], "S05")
_answer([5], "K01")
_answer([6], "D14")
_answer([7], "C34")
# Appendix C.1 and C.2: one round.
_answer([8], "C03")
_answer([9], "C01")
_answer([10], "C02")
_answer([11], "C04")
_answer([12], "S01", "S02")
_answer([13, 14], "S03")
_answer([15], "C05", "C06")
_answer([16, 17], "C04", "C06")
_answer([18], "C06")
_answer([19, 20])
_answer([21], "C07")
_answer([22, 23], "C08")
_answer([24], "C09")
_answer([25], "C10")
_answer([26], "C11")
_answer([27], "C12")
_answer([28], "C08")
_answer(_through(29, 31), "C18")
_answer([32], "C13")
_answer([33], "C15")
_answer([34], "C13")
_answer([35], "C14")
_answer(_through(36, 38), "C15")
_answer([39], "C16", "C17", "C18")
_answer([40], "C18")
# Appendix C.3: failures and the next condition number.
_answer([41, 42], "C19")
_answer([43], "C20")
_answer([44], "C27")
_answer(_through(45, 47), "C21")
_answer(_through(48, 51), "C22")
_answer([52], "C21", "C22")
_answer([53], "C23")
_answer(_through(54, 56), "C24")
_answer([57, 58], "C25", "C26")
_answer([59], "C27")
# Appendix C.4 and C.5: the recurrence and the theorem.
_answer([60], "C31", "C32")
_answer(_through(61, 64), "C27")
_answer([65, 66], "C28")
_answer([67, 68], "C29")
_answer(_through(69, 71), "C30")
_answer([72, 73], "C31")
_answer(_through(74, 77), "C32")
_answer([78], "C19")
_answer([79], "C33")
_answer([80], "C34")
# Appendix D: the lower bound.
_answer(_through(81, 85), "D01")
_answer(_through(86, 88), "D05")
_answer([89, 90], "D06")
_answer([91, 92], "D07")
_answer(_through(93, 95), "D08")
_answer(_through(96, 99), "D09", "D10")
_answer([100], "D12")
_answer([101, 102], "D14")
_answer([103], "K03")
# Appendix F: linear softmax, with repetitions of Appendix C.
_answer([104, 105])
_answer([106, 107], "S04")
_answer([108, 109], "S05")
_answer([110], "C18")
_answer([111, 112])
_answer([113], "C13")
_answer([114], "C14")
_answer([115], "F04")
_answer([116], "C18", "F07")
_answer(_through(117, 120), "C19", "C20", "F09")
_answer(_through(121, 126), "C21")
_answer(_through(127, 129), "C22")
_answer([130], "C23")
_answer(_through(131, 134), "C24", "F08")
_answer([135], "F08")
_answer(_through(136, 138), "C25", "C26", "F08")
_answer(_through(139, 142), "F09", "C27", "C28")
_answer([143, 144], "C29", "C30", "F09")
_answer([145], "C31", "F09")
_answer([146], "C32", "F09")
_answer([147, 148], "F09")
# Appendix G: the effective dimension.
_answer([149], "G02")
