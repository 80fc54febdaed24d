"""Read text files as editors leave them: with or without a byte order mark, in UTF-8 or UTF-16."""

from __future__ import annotations

import codecs
from pathlib import Path

from srverify.language.errors import InputError

#: Marks, longer ones first: that of UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """Return bytes as text with plain line ends; raises UnicodeDecodeError.

    The mark at the beginning says the encoding and is no part of the text; without one it is UTF-8.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    text = data[len(mark) :].decode(encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path) -> str:
    """Read a text file; raises InputError, with the file and the line, if that does not work."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None
    try:
        return decoded(data)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            f"cannot read {path}: line {line}: byte {error.start} is not {error.encoding.upper()}:"
            " save it as UTF-8"
        ) from None
