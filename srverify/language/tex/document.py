"""What a paper numbers: displays, and statements in theorem-like environments, as LaTeX counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from srverify.language.errors import InputError
from srverify.language.tex.counters import LEVELS, Counters, Kind, declared
from srverify.language.tex.macros import (
    Macros,
    group,
    local_styles,
    plain,
    read_macros,
    with_structure,
)
from srverify.language.tex.source import Place, Source, blanked, read_source

#: Display environments that number every row, and those that number once.
_ROWS = frozenset({
    "align", "gather", "flalign", "alignat", "eqnarray", "xalignat", "IEEEeqnarray", "numcases",
    "subnumcases",
})  # fmt: skip
_ONCE = frozenset({"equation", "multline", "dmath"})
#: Environments of optidef: the objective and each constraint, numbered once, or by row with a ``!``.
_PROGRAMS = frozenset({"mini", "maxi", "argmini", "argmaxi"})
_ROW_PROGRAM = re.compile(r"(\\(?:begin|end)\{(?:arg)?(?:mini|maxi))!\}")
#: What takes a row's number away, and what gives one to a row of a starred environment.
_SILENT = ("nonumber", "notag", "IEEEnonumber")
_SPOKEN = ("yesnumber", "IEEEyesnumber")
_REFERENCE = re.compile(r"\\(?:eq|auto|c|C|labelc|name|v)?ref\*?\s*\{([^{}]*)\}")
_ONLY_REFERRED = re.compile(
    r"\\mathtoolsset\s*\{[^}]*showonlyrefs(?!\s*=\s*false)|\\usepackage\s*(?:\[[^\]]*\])?\s*\{[^}]*\bautonum\b"
)


@dataclass(frozen=True)
class Display:
    """A numbered display: one row of it where rows are numbered one by one."""

    number: str
    label: str
    tex: str
    place: Place
    section: str
    #: Position among the statements if it stands inside one, else None.
    statement: int | None = None


@dataclass(frozen=True)
class Stated:
    """A theorem-like statement."""

    kind: str
    number: str
    name: str
    label: str
    tex: str
    place: Place
    section: str
    displays: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A paper as far as an audit starts from it."""

    title: str
    displays: tuple[Display, ...]
    statements: tuple[Stated, ...]
    macros: Macros
    files: tuple[Path, ...]
    #: The numbers of its sections (chapters, in a book) in order, "" for what stands before the first.
    sections: tuple[str, ...] = ("",)


@dataclass
class _State:
    source: Source
    kinds: dict[str, Kind]
    counters: Counters
    displays: list[Display] = field(default_factory=list)
    statements: list[Stated] = field(default_factory=list)
    sections: list[str] = field(default_factory=lambda: [""])
    inside: int | None = None
    #: The number of the group and the letter of the row, inside ``subequations``.
    sub: tuple[str, int] | None = None
    #: The labels that are referred to, where only displays with one of them are numbered.
    only: frozenset[str] | None = None

    @property
    def section(self) -> str:
        """The number of the section at hand."""
        return self.sections[-1]


def read_paper(path: Path) -> Paper:
    r"""Read a paper from its main file.

    Raises
    ------
    InputError
        For a file that is missing or cannot be read, or a source without ``\begin{document}``.
    """
    source = read_source(path)
    macros = read_macros(source.text, path.parent)
    source = with_structure(source, macros)
    begin = source.text.find(r"\begin{document}")
    if begin < 0:
        raise InputError(f"{path}: no \\begin{{document}}: name the paper's main file")
    end = source.text.find(r"\end{document}", begin)
    preamble = "\n".join((*local_styles(source.text[:begin], path.parent), source.text[:begin]))
    kinds, counters = declared(blanked(preamble), source.text[begin : end if end >= 0 else None])
    state = _State(source, kinds, counters)
    if _ONLY_REFERRED.search(source.text, 0, begin):
        names = ",".join(match.group(1) for match in _REFERENCE.finditer(source.text, begin))
        state.only = frozenset(name.strip() for name in names.split(","))
    start = begin + len(r"\begin{document}")
    # The parser knows no environment whose name ends with an exclamation mark.
    body = _ROW_PROGRAM.sub(r"\1-}", source.text[start : end if end >= 0 else None])
    _walk(_nodes(body, path), state, start)
    return Paper(
        _title(source.text),
        tuple(_with_references(state.displays)),
        tuple(_with_displays(state)),
        macros,
        tuple(source.originals),
        tuple(dict.fromkeys(state.sections)),
    )


def _with_references(displays: Sequence[Display]) -> Iterator[Display]:
    r"""Yield displays with what tags refer to, as in ``\tag{\ref{eq:a}$'$}``, put in."""
    numbers = {display.label: display.number for display in displays if display.label}
    for display in displays:
        number = _REFERENCE.sub(lambda match: numbers.get(match.group(1), match.group()), display.number)
        yield replace(display, number=number.replace("$'$", "'").replace(r"$^\prime$", "'"))


def _nodes(body: str, path: Path) -> Sequence[Any]:
    try:
        from pylatexenc.latexwalker import LatexWalker
    except ImportError:
        raise InputError("reading LaTeX needs pylatexenc: pip install 'srverify[latex]'") from None
    import logging

    logging.getLogger("pylatexenc").setLevel(logging.ERROR)
    try:
        nodes, _, _ = LatexWalker(body, tolerant_parsing=True).get_latex_nodes()
    except RecursionError:
        raise InputError(f"{path}: groups are nested too deeply") from None
    return list(nodes)


def _title(text: str) -> str:
    match = re.search(r"\\(?:icml|aistats|neurips)?title\*?\s*(?=[\[{])", text)
    if match is None:
        return ""
    option = group(text, match.end(), "[", "]")
    found = group(text, option[1] if option else match.end())
    return plain(found[0]) if found else ""


# -- the walk ----------------------------------------------------------------------------------


def _walk(nodes: Sequence[Any], state: _State, start: int) -> None:
    for node in nodes:
        kind = type(node).__name__
        if kind == "LatexEnvironmentNode":
            _environment(node, state, start)
        elif kind == "LatexMathNode":
            if node.displaytype == "display" and any(_is_macro(n, "tag") for n in node.nodelist):
                _record(state, start, [list(node.nodelist)], starred=True)
        elif kind == "LatexMacroNode":
            _macro(node, state, start)
            for argument in node.nodeargd.argnlist if node.nodeargd else ():
                if argument is not None:
                    _walk(getattr(argument, "nodelist", None) or (), state, start)
        elif kind == "LatexGroupNode":
            _walk(node.nodelist, state, start)


def _macro(node: Any, state: _State, start: int) -> None:
    name = node.macroname
    if name == "appendix":
        state.counters.begin_appendix()
    elif name in LEVELS:
        starred = node.nodeargd is not None and (node.nodeargd.argnlist or [None])[0] is not None
        if not starred:
            number = state.counters.step(name)
            if name in ("chapter", "section"):
                state.sections.append(number)
    elif name in ("stepcounter", "refstepcounter"):
        found = group(state.source.text, start + node.pos + len(name) + 1)
        if found:
            state.counters.step(found[0].strip())
    elif name in ("setcounter", "addtocounter", "renewcommand"):
        state.counters.told(name, state.source.text, start + node.pos + len(name) + 1)


def _environment(node: Any, state: _State, start: int) -> None:
    name = node.environmentname
    base = name.rstrip("*")
    if base in _ROWS or base in _ONCE:
        _display(node, state, start)
    elif base.rstrip("-") in _PROGRAMS:
        _program(node, state, start)
    elif name == "empheq":
        inner = group(_inside(node), 0) or group(_inside(node), (_option_end(_inside(node))))
        _display(node, state, start, inner[0].strip() if inner else "equation")
    elif name == "appendices":
        state.counters.begin_appendix()
        _walk(node.nodelist, state, start)
    elif name == "subequations":
        if state.sub is None:
            state.sub = (state.counters.step("equation"), 0)
            _walk(node.nodelist, state, start)
            state.sub = None
        else:
            _walk(node.nodelist, state, start)
    elif base == "restatable":
        title, rest = _optional(_inside(node))
        kind, command = group(rest, 0), None
        if kind is not None:
            command = group(rest, kind[1])
        if kind is None or command is None or kind[0].strip() not in state.kinds:
            _walk(node.nodelist, state, start)
        else:
            _stated(node, state, start, state.kinds[kind[0].strip()], title, rest[command[1] :].strip())
    elif name in state.kinds:
        _stated(node, state, start, state.kinds[name], *_optional(_inside(node)))
    else:
        _walk(node.nodelist, state, start)


def _stated(node: Any, state: _State, start: int, kind: Kind, title: str, body: str) -> None:
    """Record a theorem-like statement and walk on inside it."""
    number = state.counters.step(kind.counter) if kind.numbered else ""
    outside, state.inside = state.inside, len(state.statements)
    place = state.source.place(start + node.pos)
    label = _label(node.nodelist)
    state.statements.append(
        Stated(kind.heading, number, plain(title), label, body, place, state.section)
    )
    _walk(node.nodelist, state, start)
    state.inside = outside


def _inside(node: Any) -> str:
    verbatim: str = node.latex_verbatim()
    begin = re.match(r"\\begin\s*\{[^{}]*\}", verbatim)
    end = verbatim.rfind(r"\end")
    return verbatim[begin.end() if begin else 0 : end if end >= 0 else None]


def _option_end(tex: str) -> int:
    option = group(tex, 0, "[", "]")
    return option[1] if option else 0


def _optional(tex: str) -> tuple[str, str]:
    option = group(tex, 0, "[", "]")
    return (option[0], tex[option[1] :].strip()) if option else ("", tex.strip())


def _label(nodes: Sequence[Any]) -> str:
    """Return the first label that is not inside a display or another environment."""
    for node in nodes:
        if type(node).__name__ == "LatexMacroNode" and node.macroname == "label":
            return str(node.nodeargd.argnlist[-1].latex_verbatim().strip("{}"))
    return ""


def _display(node: Any, state: _State, start: int, named: str = "") -> None:
    name = named or node.environmentname
    base = name.rstrip("*")
    nodes = list(node.nodelist)
    if named or base in ("alignat", "xalignat", "IEEEeqnarray", "numcases", "subnumcases"):
        nodes = _without_arguments(nodes, keep=base in ("numcases", "subnumcases"))
    rows = list(_rows(nodes)) if base in _ROWS else [nodes]
    if base == "subnumcases" and state.sub is None:
        state.sub = (state.counters.step("equation"), 0)
        _record(state, start, rows)
        state.sub = None
    else:
        _record(state, start, rows, starred=name.endswith("*"))


def _program(node: Any, state: _State, start: int) -> None:
    """Record an optimisation problem; a ``!``, here ``-``, numbers it by letters, row by row."""
    name = node.environmentname
    if name.endswith("*"):
        return
    nodes = list(node.nodelist)
    rows: list[list[Any]] = [[]]
    for inner in nodes:
        if _is_macro(inner, "addConstraint"):
            rows.append([])
        rows[-1].append(inner)
    groups = [node for node in rows[0] if type(node).__name__ == "LatexGroupNode"]
    if name.endswith("-") and len(groups) > 2:
        rows[0].remove(groups[2])  # the label of them all
    if not name.endswith("-"):
        _record(state, start, [nodes])
    elif state.sub is None:
        state.sub = (state.counters.step("equation"), 0)
        _record(state, start, rows)
        state.sub = None


def _without_arguments(nodes: list[Any], keep: bool = False) -> list[Any]:
    """Drop the braced and bracketed arguments that an environment begins with."""
    position = 0
    while position < len(nodes) and not nodes[position].latex_verbatim().strip():
        position += 1
    if position < len(nodes) and nodes[position].latex_verbatim().lstrip().startswith("["):
        while position < len(nodes) and not nodes[position].latex_verbatim().rstrip().endswith("]"):
            position += 1
        nodes, position = nodes[position + 1 :], 0
    if position < len(nodes) and type(nodes[position]).__name__ == "LatexGroupNode":
        return nodes[:position] + nodes[position + (0 if keep else 1) :]
    return nodes


def _record(state: _State, start: int, rows: Sequence[Sequence[Any]], *, starred: bool = False) -> None:
    """Record the numbered rows of a display."""
    # A row without a number belongs to the next that has one; the last ones to the one before.
    waiting: list[Sequence[Any]] = []
    first = len(state.displays)
    for row in rows:
        if not "".join(n.latex_verbatim() for n in row).strip():
            continue
        waiting.append(row)
        for node in row:
            if _is_macro(node, "stepcounter", "refstepcounter"):
                _macro(node, state, start)
        tags = [_tag(row, i, state) for i, node_ in enumerate(row) if _is_macro(node_, "tag")]
        silent = any(_is_macro(n, *_SILENT) or _is_silent_group(n) for n in row)
        spoken = any(_is_macro(n, *_SPOKEN) for n in row)
        label = _label(row) or _label_inside(row)
        if state.only is not None and label not in state.only:
            silent = True
        if not tags and ((starred and not spoken) or silent):
            continue
        number = tags[0] if tags else _equation_number(state)
        place = state.source.place(start + _begins(waiting[0]))
        tex = _lines(waiting)
        state.displays.append(Display(number, label, tex, place, state.section, state.inside))
        waiting = []
    if waiting and len(state.displays) > first:
        last = state.displays[-1]
        state.displays[-1] = replace(last, tex=_joined(last.tex, _lines(waiting)))


def _is_silent_group(node: Any) -> bool:
    """Tell whether braces hold what takes the row's number away."""
    return type(node).__name__ == "LatexGroupNode" and any(_is_macro(n, *_SILENT) for n in node.nodelist)


def _lines(rows: Sequence[Sequence[Any]]) -> str:
    return _joined(*map(_mathematics, rows))


def _joined(*lines: str) -> str:
    """Join rows; the break stays, since two formulas may meet there."""
    return " \\\\ ".join(filter(None, lines))


def _label_inside(nodes: Sequence[Any]) -> str:
    r"""Return a label that stands in braces or in an inner environment, as in ``split``."""
    for node in nodes:
        if found := re.search(r"\\label\s*\{([^{}]*)\}", node.latex_verbatim()):
            return found.group(1)
    return ""


def _tag(row: Sequence[Any], index: int, state: _State) -> str:
    r"""Return what a ``\tag`` or ``\tag*`` at an index of the row says."""
    text = "".join(node.latex_verbatim() for node in row[index + 1 : index + 4]).lstrip()
    said = group(text.removeprefix("*"), 0)
    tag = " ".join(said[0].split()) if said else ""
    return re.sub(r"\\the(\w+)", lambda match: state.counters.printed(match.group(1)), tag)


def _mathematics(nodes: Sequence[Any]) -> str:
    """Return what the nodes typeset, without labels, tags and alignment marks."""
    kept: list[str] = []
    tagged = False
    for node in nodes:
        if tagged:  # up to the group that says the tag: a star or blanks
            tagged = type(node).__name__ != "LatexGroupNode"
        elif _is_macro(node, "tag"):
            tagged = True
        elif type(node).__name__ == "LatexSpecialsNode" and node.specials_chars == "&":
            kept.append(" ")
        elif not _is_macro(node, "label", *_SILENT, *_SPOKEN):
            kept.append(node.latex_verbatim())
    return "".join(kept).strip()


def _equation_number(state: _State) -> str:
    if state.sub is None:
        return state.counters.step("equation")
    number, rows = state.sub
    state.sub = (number, rows + 1)
    return f"{number}{chr(ord('a') + rows)}"


def _begins(nodes: Sequence[Any]) -> int:
    """Return the position of the first character that is no blank."""
    for node in nodes:
        text = node.latex_verbatim()
        if text.strip():
            return int(node.pos + len(text) - len(text.lstrip()))
    return int(nodes[0].pos)


def _is_macro(node: Any, *names: str) -> bool:
    return type(node).__name__ == "LatexMacroNode" and node.macroname in names


def _rows(nodes: Sequence[Any]) -> Iterator[list[Any]]:
    row: list[Any] = []
    for node in nodes:
        if _is_macro(node, "\\"):
            yield row
            row = []
        else:
            row.append(node)
    yield row


def _with_displays(state: _State) -> Iterator[Stated]:
    for index, stated in enumerate(state.statements):
        numbers = tuple(d.number for d in state.displays if d.statement == index)
        yield replace(stated, displays=numbers)
