"""The equation map: every numbered display of the paper and the claims that answer for it.

``()`` marks pure notation. A claim lists the same numbers in its ``equations``.
"""

from __future__ import annotations

from srverify.claim import Claim

CLAIMS: tuple[Claim, ...] = ()

EQUATIONS: dict[int, tuple[str, ...]] = {
    5: ("K01",),
    6: ("D14",),
    **dict.fromkeys(range(81, 86), ("D01",)),
    **dict.fromkeys(range(86, 89), ("D05",)),
    89: ("D06",),
    90: ("D06",),
    91: ("D07",),
    92: ("D07",),
    **dict.fromkeys(range(93, 96), ("D08",)),
    **dict.fromkeys(range(96, 100), ("D09", "D10")),
    100: ("D12",),
    101: ("D14",),
    102: ("D14",),
    103: ("K03",),
}
