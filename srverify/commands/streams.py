"""Standard output and error that cannot stop a command: a reader that leaves, a full disk, ASCII.

While a command runs it writes through a ``Guarded`` stream. A failure is remembered instead of raised,
so that an audit is finished, its reports are written and its status is the real one.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO, cast


class Guarded(io.TextIOBase):
    r"""A text stream in front of another one, which may break.

    Parameters
    ----------
    stream
        Where the text goes; ``None`` (a closed standard stream) takes nothing.
    lenient
        Write ``\u2264`` where the encoding has no ``≤``; otherwise that is a failure, since what is
        printed has to be exact.
    """

    def __init__(self, stream: TextIO | None, lenient: bool) -> None:
        self._stream = stream
        self._lenient = lenient
        #: Why text was lost, in words; empty if none was, or if only its reader has gone.
        self.failure = ""

    def write(self, text: str) -> int:
        """Write, or remember why not."""
        if self._stream is None:
            self.failure = self.failure or ("it is closed" if text else "")
            return len(text)
        try:
            self._stream.write(text)
        except UnicodeEncodeError as error:
            self._write_escaped(text, error)
        except (OSError, ValueError) as error:
            self._lose(error)
        return len(text)

    def _write_escaped(self, text: str, error: UnicodeEncodeError) -> None:
        encoding = error.encoding
        if not self._lenient:
            sign = text[error.start]
            self.failure = f"its encoding, {encoding}, has no {sign!a}: set PYTHONIOENCODING=utf-8"
            return
        assert self._stream is not None
        try:
            self._stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        except (OSError, ValueError) as other:
            self._lose(other)

    def flush(self) -> None:
        """Flush, or remember why not."""
        if self._stream is not None:
            try:
                self._stream.flush()
            except (OSError, ValueError) as error:
                self._lose(error)

    def _lose(self, error: OSError | ValueError) -> None:
        """Stop writing; the interpreter must not try again at its end."""
        stream, self._stream = self._stream, io.StringIO()
        if not isinstance(error, BrokenPipeError):
            self.failure = (isinstance(error, OSError) and error.strerror) or str(error)
        with contextlib.suppress(OSError, ValueError, AttributeError):
            assert stream is not None
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream if self._stream is not None else io.StringIO(), name)

    def isatty(self) -> bool:
        """Tell whether a person is looking."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """Return the descriptor of what is behind; raises UnsupportedOperation if there is none."""
        if self._stream is None:
            raise io.UnsupportedOperation("fileno")
        return self._stream.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of what is behind."""
        return getattr(self._stream, "encoding", None) or "utf-8"


def occupy_closed_descriptors() -> None:
    """Open the null device in place of closed standard descriptors.

    Otherwise the next file that is opened becomes descriptor 1, and what a library prints goes into it.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            if os.open(os.devnull, os.O_RDWR) != descriptor:
                return


@contextlib.contextmanager
def guarded(lenient: bool = True) -> Iterator[Guarded]:
    """Put guarded streams in the place of the standard ones and yield the one of standard output."""
    out, err = sys.stdout, sys.stderr
    guard = Guarded(out, lenient)
    sys.stdout = cast(TextIO, guard)
    sys.stderr = cast(TextIO, Guarded(err, lenient=True))
    try:
        yield guard
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdout, sys.stderr = out, err
