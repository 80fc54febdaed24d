"""The author's own commands: what the preamble defines, expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from srverify.language.errors import InputError
from srverify.language.tex.source import Source, blanked, read_tex

#: Expansions of one text at most, so that a command defined by itself ends.
MAX_EXPANSIONS = 20_000
MAX_LENGTH = 5_000_000

_DEFINITION = re.compile(
    r"\\(?P<how>(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|def|gdef|let"
    r"|newenvironment|renewenvironment|(?:New|Renew|Provide|Declare)Document(?:Command|Environment))"
    r"(?P<star>\*?)\s*"
)
_NAME = re.compile(r"\\(?:[A-Za-z@]+|.)")
_PACKAGE = re.compile(r"\\(?:usepackage|documentclass|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")


@dataclass(frozen=True)
class Macro:
    r"""A command with ``arguments`` arguments, the first optional if it has a ``default``.

    ``delimiters`` is what stands before the first argument and behind each: ``\b`` in ``\def\a#1\b{}``.
    """

    arguments: int
    body: str
    default: str | None = None
    delimiters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Macros:
    """Commands by name (with the backslash) and environments by name (what begins and ends them)."""

    commands: Mapping[str, Macro]
    environments: Mapping[str, tuple[Macro, str]]


def group(text: str, position: int, opening: str = "{", closing: str = "}") -> tuple[str, int] | None:
    """Read a balanced group that begins at or after blanks: its inside, and where it ends."""
    while position < len(text) and text[position].isspace():
        position += 1
    if position >= len(text) or text[position] != opening:
        return None
    depth, start = 0, position + 1
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 2
            continue
        if opening == "[" and character == "{":
            inner = group(text, position)
            if inner is None:
                return None
            position = inner[1]
            continue
        if character == opening:
            depth += 1
        elif character == closing:
            depth -= 1
            if depth == 0:
                return text[start:position], position + 1
        position += 1
    return None


def plain(tex: str) -> str:
    r"""Return a short text without its commonest markup, on one line.

    >>> plain(r"Why \emph{it}\\ works~so")
    'Why it works so'
    """
    tex = re.sub(r"\\label\s*\{[^{}]*\}", "", tex)
    tex = re.sub(
        r"\\(?:emph|textbf|textit|texttt|textsc|textsf|text|mbox|bf|it|sc)\s*\{([^{}]*)\}", r"\1", tex
    )
    tex = re.sub(r"\\thanks\s*\{[^{}]*\}", "", tex)
    tex = re.sub(r"\\\\(?:\[[^\]]*\])?|~|\\[ ,;:!]|\\(?:newline|linebreak|quad|qquad)\b", " ", tex)
    return " ".join(tex.split())


def read_macros(text: str, folder: Path | None = None) -> Macros:
    """Return what a text (and the style files beside it that it uses) defines."""
    commands: dict[str, Macro] = {}
    environments: dict[str, tuple[Macro, str]] = {}
    if folder is not None:
        for style in local_styles(text, folder):
            read = read_macros(style)
            commands |= read.commands
            environments |= read.environments
    for match in _DEFINITION.finditer(text):
        found = _definition(match.group("how"), text, match.end())
        if isinstance(found, _Environment):
            environments[found.name] = (found.begin, found.end)
        elif found is not None:
            name, macro = found
            if match.group("how") != "providecommand" or name not in commands:
                commands[name] = macro
    return Macros(commands, environments)


def local_styles(text: str, folder: Path) -> Iterator[str]:
    """Yield the style and class files that a text uses and that stand beside it."""
    for match in _PACKAGE.finditer(text):
        for name in match.group(1).split(","):
            for suffix in (".sty", ".cls"):
                file = folder / f"{name.strip()}{suffix}"
                if file.is_file():
                    yield blanked(read_tex(file))


@dataclass(frozen=True)
class _Environment:
    name: str
    begin: Macro
    end: str


#: What amsmath has environments be called within others: ``\align ... \endalign``.
_CALLED = re.compile(
    r"\\(end)?((?:equation|align|gather|multline|flalign|alignat|eqnarray|subequations)\*?)(?![A-Za-z@])"
)


def _as_environments(body: str) -> str:
    return _CALLED.sub(lambda match: f"\\{match.group(1) or 'begin'}{{{match.group(2)}}}", body)


def _specified(spec: str) -> tuple[int, str | None]:
    """Return how many arguments xparse is told of, and the default of the first if that is optional."""
    count, default, position = 0, None, 0
    while position < len(spec):
        letter = spec[position]
        position += 1
        if letter in "moO":
            count += 1
            inner = group(spec, position) if letter == "O" else None
            position = inner[1] if inner else position
            if letter in "oO" and count == 1:
                default = inner[0] if inner else ""
    return count, default


def _definition(how: str, text: str, position: int) -> tuple[str, Macro] | _Environment | None:
    if how.endswith("nvironment"):
        name = group(text, position)
        if name is None:
            return None
        count, default, position = _arguments(how, text, name[1])
        begin = group(text, position)
        end = group(text, begin[1]) if begin else None
        if begin is None or end is None:
            return None
        begins = Macro(count, _as_environments(begin[0]), default)
        return _Environment(name[0], begins, _as_environments(end[0]))
    braced = group(text, position)
    if braced:
        name_text, position = braced[0].strip(), braced[1]
    else:
        match = _NAME.match(text, position)
        if match is None:
            return None
        name_text, position = match.group(), match.end()
    if not _NAME.fullmatch(name_text):
        return None
    if how == "let":
        match = re.compile(r"\s*=?\s*(\\[A-Za-z@]+)").match(text, position)
        return (name_text, Macro(0, match.group(1))) if match else None
    if how in ("def", "gdef"):
        parameters = re.compile(r"[^{}]*").match(text, position)
        body = group(text, parameters.end()) if parameters else None
        if parameters is None or body is None:
            return None
        between = tuple(part.strip() for part in re.split(r"#\d", parameters.group()))
        return name_text, Macro(len(between) - 1, body[0], None, between if any(between) else ())
    if how == "DeclareMathOperator":
        body = group(text, position)
        return (name_text, Macro(0, rf"\operatorname{{{body[0]}}}")) if body else None
    stars = _stars(text, position) if "Document" in how else 0
    count, default, position = _arguments(how, text, position)
    body = group(text, position)
    if body is None:
        return None
    # A star is an argument of xparse's; here the form without it is read.
    shown = re.sub(r"#(\d)", lambda m: f"#{int(m[1]) - stars}" if int(m[1]) > stars else "", body[0])
    return name_text, Macro(count, shown if stars else body[0], default)


def _stars(text: str, position: int) -> int:
    spec = group(text, position)
    leading = re.match(r"[s\s]*", spec[0]) if spec else None
    return leading.group().count("s") if leading else 0


def _arguments(how: str, text: str, position: int) -> tuple[int, str | None, int]:
    """Read how many arguments are declared, the default of the first, and where that ends."""
    if "Document" in how:
        spec = group(text, position)
        return (*_specified(spec[0]), spec[1]) if spec else (0, None, position)
    count, default = 0, None
    option = group(text, position, "[", "]")
    if option and option[0].strip().isdigit():
        count, position = int(option[0]), option[1]
        option = group(text, position, "[", "]")
        if option:
            default, position = option
    return count, default, position


#: What shows that a command or environment begins or ends others.
_HIDES = re.compile(r"\\(?:begin|end)\s*\{")
_CALL = re.compile(r"\\(?:[A-Za-z@]+|.)")


def expand(text: str, macros: Mapping[str, Macro]) -> str:
    r"""Expand commands until none of them is left; raises InputError for one without end.

    >>> print(expand(r"\R^2", {r"\R": Macro(0, r"\mathbb{R}")}))
    \mathbb{R}^2
    """
    position, count = 0, 0
    while True:
        match = _CALL.search(text, position)
        if match is None:
            return text
        macro = macros.get(match.group())
        if macro is None:
            position = match.end()
            continue
        put, end = _applied(macro, text, match.end())
        count += 1
        if count > MAX_EXPANSIONS or len(text) > MAX_LENGTH:
            raise InputError(f"the command {match.group()} expands without end")
        # A command's name must not run into the letter that follows.
        gap = " " if re.search(r"\\[A-Za-z]+\Z", put) and text[end : end + 1].isalpha() else ""
        text = text[: match.start()] + put + gap + text[end:]
        position = match.start()


def _applied(macro: Macro, text: str, position: int) -> tuple[str, int]:
    arguments: list[str] = []
    if macro.default is not None:
        option = group(text, position, "[", "]")
        arguments.append(option[0] if option else macro.default)
        position = option[1] if option else position
    position = _past(macro.delimiters[0], text, position) if macro.delimiters else position
    while len(arguments) < macro.arguments:
        behind = macro.delimiters[len(arguments) + 1] if macro.delimiters else ""
        argument, position = _delimited(behind, text, position) if behind else _argument(text, position)
        arguments.append(argument)
    if macro.arguments == 0 and position < len(text) and text[position] == " ":
        position += 1
    return _filled(macro.body, arguments), position


def _past(delimiter: str, text: str, position: int) -> int:
    blanks = re.compile(r"\s*").match(text, position)
    start = blanks.end() if blanks else position
    return start + len(delimiter) if delimiter and text.startswith(delimiter, start) else position


def _argument(text: str, position: int) -> tuple[str, int]:
    """Read a group or a single token."""
    braced = group(text, position)
    if braced:
        return braced
    token = re.compile(r"\s*(\\[A-Za-z@]+|\\.|\S)").match(text, position)
    return (token.group(1), token.end()) if token else ("", position)


def _delimited(delimiter: str, text: str, position: int) -> tuple[str, int]:
    """Read up to a delimiter that stands outside of groups."""
    start = position
    while position < len(text):
        if text.startswith(delimiter, position):
            end = position + len(delimiter)
            if not (delimiter[-1].isalpha() and text[end : end + 1].isalpha()):
                return text[start:position].strip(), end
        inner = group(text, position) if text[position] == "{" else None
        position = inner[1] if inner else position + (2 if text[position] == "\\" else 1)
    return "", start


def _filled(body: str, arguments: list[str]) -> str:
    """Put arguments into a body; a command's name must not run into a letter that follows."""
    out = ""
    for piece in re.split(r"(#\d)", body):
        put = piece
        if re.fullmatch(r"#\d", piece):
            number = int(piece[1])
            put = arguments[number - 1] if 0 < number <= len(arguments) else ""
        gap = " " if put[:1].isalpha() and re.search(r"\\[A-Za-z]+\Z", out) else ""
        out += gap + put
    return out


def with_structure(source: Source, macros: Macros) -> Source:
    r"""Expand the commands and environments that hide ``\begin`` or ``\end`` of other environments."""
    hiding = _hiding(macros.commands)
    environments = {
        name: (begin, end)
        for name, (begin, end) in macros.environments.items()
        if any(
            _HIDES.search(text) or any(c in hiding for c in _CALL.findall(text))
            for text in (begin.body, end)
        )
    }

    def changes() -> Iterator[tuple[int, int, str]]:
        text = source.text
        body = text.find(r"\begin{document}")
        position = max(body, 0)
        pattern = re.compile(r"\\(begin|end)\{([^{}]*)\}|\\(?:[A-Za-z@]+|.)")
        while match := pattern.search(text, position):
            position = match.end()
            if match.group(2) in environments:
                begin, end = environments[match.group(2)]
                if match.group(1) == "end":
                    yield (*match.span(), expand(end, hiding))
                else:
                    put, position = _applied(begin, text, match.end())
                    yield match.start(), position, expand(put, hiding)
            elif match.group() in hiding:
                put, position = _applied(hiding[match.group()], text, match.end())
                yield match.start(), position, expand(put, hiding)

    return source.replaced(changes()) if hiding or environments else source


def _hiding(commands: Mapping[str, Macro]) -> dict[str, Macro]:
    r"""Return the commands with a ``\begin`` or ``\end`` in them, or in what they call."""
    found: dict[str, Macro] = {}
    while True:
        more = {
            name: macro
            for name, macro in commands.items()
            if name not in found
            and (_HIDES.search(macro.body) or any(call in found for call in _CALL.findall(macro.body)))
        }
        if not more:
            return found
        found |= more
