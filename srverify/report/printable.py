"""Characters that no XML or HTML document may hold, replaced."""

from __future__ import annotations

import re

#: What XML 1.0 cannot carry at all; in HTML browsers drop or misread it.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)


def printable(text: str) -> str:
    r"""Return a text with control characters, lone surrogates and non-characters replaced.

    >>> printable("a\x00b\x1b[31m")
    'a�b�[31m'
    """
    return _UNPRINTABLE.sub("�", text)
