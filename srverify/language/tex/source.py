"""The text of a paper: its files joined, comments blanked, and the way back to file and line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from srverify.language.errors import InputError

#: Files joined at most: a file that includes itself ends here.
MAX_FILES = 500

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_INPUT = re.compile(
    r"\\(?:input|include|subfile)(?![A-Za-z])\s*(?:\{\s*([^{}]+?)\s*\}|([^\s{}\\]+))"
    r"|\\(?:sub)?import\*?\s*\{\s*([^{}]*?)\s*\}\s*\{\s*([^{}]+?)\s*\}"
)
#: Conditionals whose branch the source itself decides, and those that are only counted.
_SWITCH = re.compile(r"\\newif\s*\\if([A-Za-z@]+)")
_CONDITIONAL = re.compile(r"\\(else|fi|newif\s*\\if[A-Za-z@]+|if[A-Za-z@]*)(?![A-Za-z@])")
_PRIMITIVE = frozenset(
    f"if{name}" for name in
    ("", "x", "num", "dim", "odd", "cat", "mmode", "vmode", "hmode", "inner", "case", "true", "false",
     "defined", "csname", "eof", "void")
)  # fmt: skip
_UNSEEN = re.compile(
    r"\\begin\{(verbatim\*?|lstlisting|minted|comment|filecontents\*?)\}.*?\\end\{\1\}"
    r"|\\iffalse\b(?:(?!\\(?:else|if)).)*?\\fi\b",
    re.S,
)


@dataclass(frozen=True)
class Place:
    """A line of a file."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class _Run:
    """From ``start`` on, the text is that of a file from an offset on."""

    start: int
    file: Path
    offset: int
    #: The run came out of a macro: all of it belongs to one place.
    fixed: bool = False


@dataclass(frozen=True)
class Source:
    """A text with the place that each character came from."""

    text: str
    runs: tuple[_Run, ...]
    originals: dict[Path, str]

    def place(self, offset: int) -> Place:
        """Return the file and the line (from 1) of a character."""
        run = self.runs[bisect_right([run.start for run in self.runs], offset) - 1]
        at = run.offset if run.fixed else run.offset + offset - run.start
        return Place(run.file, self.originals[run.file].count("\n", 0, at) + 1)

    def replaced(self, changes: Iterator[tuple[int, int, str]]) -> Source:
        """Return the source with pieces (start, end, text), in order, replaced."""
        out: list[str] = []
        runs: list[_Run] = []
        length, position = 0, 0

        def copy(start: int, end: int) -> None:
            nonlocal length
            inside = [run for run in self.runs if start < run.start < end]
            for run_start in (start, *(run.start for run in inside)):
                if run_start < end:
                    run = self.runs[bisect_right([r.start for r in self.runs], run_start) - 1]
                    shift = 0 if run.fixed else run_start - run.start
                    runs.append(
                        _Run(length + run_start - start, run.file, run.offset + shift, run.fixed)
                    )
            out.append(self.text[start:end])
            length += end - start

        for start, end, text in changes:
            copy(position, start)
            run = self.runs[bisect_right([r.start for r in self.runs], start) - 1]
            at = run.offset if run.fixed else run.offset + start - run.start
            if text:
                runs.append(_Run(length, run.file, at, fixed=True))
                out.append(text)
                length += len(text)
            position = end
        copy(position, len(self.text))
        return Source("".join(out), tuple(runs) or self.runs[:1], self.originals)


def blanked(text: str) -> str:
    r"""Return a text in which what TeX does not see is spaces: comments, verbatim, ``\iffalse``.

    >>> blanked("a % b")
    'a    '
    """
    text = _UNSEEN.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    return _COMMENT.sub(
        lambda match: match.group(1) + " " * (len(match.group()) - len(match.group(1))), text
    )


def read_tex(path: Path) -> str:
    """Return a file's text; raises InputError if it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")  # what LaTeX papers were written in before UTF-8


def read_source(path: Path) -> Source:
    r"""Join a paper's files by ``\input``, ``\include`` and ``\subfile``.

    Raises InputError for a file that is missing or includes itself, with the place that asks for it.
    """
    pieces: list[str] = []
    runs: list[_Run] = []
    originals: dict[Path, str] = {}
    length = 0

    def add(file: Path, text: str, start: int, end: int) -> None:
        nonlocal length
        if end > start:
            runs.append(_Run(length, file, start))
            pieces.append(text[start:end])
            length += end - start

    def join(file: Path, above: tuple[Path, ...]) -> None:
        if file not in originals:
            originals[file] = read_tex(file)
        text = blanked(originals[file])
        stop = re.search(r"\\endinput\b", text)
        end = stop.start() if stop else len(text)
        position = 0
        for match in _INPUT.finditer(text, 0, end):
            place = f"{file}:{text.count(chr(10), 0, match.start()) + 1}"
            name = match.group(1) or match.group(2) or str(Path(match.group(3), match.group(4)))
            target = _find(path.parent, file.parent, name)
            if target is None:
                raise InputError(f"{place}: {match.group().strip()}: no such file")
            if target in (*above, file) or len(runs) > MAX_FILES:
                raise InputError(f"{place}: {match.group().strip()} includes itself")
            add(file, text, position, match.start())
            join(target, (*above, file))
            position = match.end()
        add(file, text, position, end)

    join(path, ())
    text = without_branches("".join(pieces))
    return Source(text, tuple(runs) or (_Run(0, path, 0),), originals)


def without_branches(text: str) -> str:
    r"""Blank the branches that TeX does not take, where the source itself decides.

    These are ``\iffalse``, ``\iftrue`` and the source's own switches, off until ``\…true``: what a
    switch is set to where it is asked counts. Other conditionals stay as they stand, with both branches.

    >>> without_branches(r"\iffalse a\else b\fi").strip()
    'b'
    """
    switches = {match.group(1) for match in _SWITCH.finditer(text)}
    if not switches and "\\iffalse" not in text and "\\iftrue" not in text:
        return text
    setting = "|".join(map(re.escape, sorted(switches))) or "(?!)"
    pattern = re.compile(rf"{_CONDITIONAL.pattern}|\\({setting})(true|false)(?![A-Za-z@])")
    values = dict.fromkeys(switches, False)
    out: list[str] = []
    position = 0
    #: For each open conditional: whether it is decided, and whether the branch at hand is taken.
    stack: list[tuple[bool, bool]] = []

    def copy(end: int) -> None:
        piece = text[position:end]
        out.append(piece if all(taken for _, taken in stack) else re.sub(r"[^\n]", " ", piece))

    for match in pattern.finditer(text):
        word, name, value = match.groups()
        alive = all(taken for _, taken in stack)
        if name:
            values[name] = value == "true" if alive else values[name]
            continue
        if word.startswith("newif"):
            continue
        decided = word in ("iffalse", "iftrue") or word[2:] in switches
        if word in ("else", "fi"):
            if not stack:
                continue
            decided, taken = stack[-1]
            copy(match.start())
            if word == "else":
                stack[-1] = (decided, not taken if decided else True)
            else:
                stack.pop()
        elif decided or word in _PRIMITIVE:
            copy(match.start())
            stack.append((decided, not decided or word == "iftrue" or values.get(word[2:], False)))
        else:
            continue
        out.append(re.sub(r"[^\n]", " ", match.group()) if decided else match.group())
        position = match.end()
    copy(len(text))
    return "".join(out)


def _find(*where: Path | str) -> Path | None:
    *folders, name = where
    for folder in folders:
        for candidate in (Path(folder) / f"{name}.tex", Path(folder) / str(name)):
            if candidate.is_file():
                return candidate
    return None
