"""What a paper numbers: displays, and statements in theorem-like environments, as LaTeX counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from srverify.language.errors import InputError
from srverify.language.tex.macros import Macros, group, local_styles, read_macros, with_structure
from srverify.language.tex.source import Place, Source, blanked, read_source

#: Display environments that number every row, and those that number once.
_ROWS = frozenset({"align", "gather", "flalign", "alignat", "eqnarray", "xalignat", "xxalignat"})
_ONCE = frozenset({"equation", "multline", "dmath", "math"})
_LEVELS = ("part", "chapter", "section", "subsection", "subsubsection")
#: Theorem-like environments that many class files bring along, used if the source declares none.
_COMMON = {
    "theorem": "Theorem", "thm": "Theorem", "lemma": "Lemma", "lem": "Lemma",
    "proposition": "Proposition", "prop": "Proposition", "corollary": "Corollary", "cor": "Corollary",
    "definition": "Definition", "defn": "Definition", "assumption": "Assumption", "claim": "Claim",
    "remark": "Remark", "conjecture": "Conjecture", "fact": "Fact", "example": "Example",
}  # fmt: skip


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


@dataclass
class _Kind:
    """A theorem-like environment: its heading and the counter that it steps."""

    heading: str
    counter: str
    numbered: bool = True


@dataclass
class _Counter:
    value: int = 0
    within: str = ""


@dataclass
class _State:
    source: Source
    kinds: dict[str, _Kind]
    counters: dict[str, _Counter]
    displays: list[Display] = field(default_factory=list)
    statements: list[Stated] = field(default_factory=list)
    section: str = ""
    appendix: bool = False
    inside: int | None = None
    #: The number of the group and the letter of the row, inside ``subequations``.
    sub: tuple[str, int] | None = None


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
    kinds, counters = _declared(blanked(preamble))
    state = _State(source, kinds, counters)
    start = begin + len(r"\begin{document}")
    body = source.text[start : end if end >= 0 else None]
    _walk(_nodes(body, path), state, start)
    return Paper(
        _title(source.text),
        tuple(state.displays),
        tuple(_with_displays(state)),
        macros,
        tuple(source.originals),
    )


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


# -- counters ----------------------------------------------------------------------------------


def _declared(preamble: str) -> tuple[dict[str, _Kind], dict[str, _Counter]]:
    counters = {name: _Counter() for name in (*_LEVELS, "equation")}
    for above, below in pairwise(_LEVELS[2:]):
        counters[below].within = above
    kinds: dict[str, _Kind] = {}
    for match in re.finditer(r"\\newtheorem(\*?)\s*(?=\{)", preamble):
        name = group(preamble, match.end())
        if name is None:
            continue
        shared = group(preamble, name[1], "[", "]")
        heading = group(preamble, shared[1] if shared else name[1])
        if heading is None:
            continue
        within = group(preamble, heading[1], "[", "]")
        counter = shared[0].strip() if shared else name[0].strip()
        kinds[name[0].strip()] = _Kind(plain(heading[0]), counter, not match.group(1))
        if not shared:
            counters[counter] = _Counter(within=within[0].strip() if within else "")
    for match in re.finditer(r"\\declaretheorem\s*(?:\[([^\]]*)\])?\s*\{([^{}]*)\}", preamble):
        options = {
            part.partition("=")[0].strip(): part.partition("=")[2].strip(" {}")
            for part in (match.group(1) or "").split(",")
        }
        shared_with = next(
            (options[k] for k in ("sibling", "numberlike", "sharenumber") if k in options), ""
        )
        for name_text in match.group(2).split(","):
            key = name_text.strip()
            shared_with = (
                options.get("sibling") or options.get("numberlike") or options.get("sharenumber")
            )
            kinds[key] = _Kind(
                options.get("name", key.capitalize()),
                shared_with or key,
                options.get("numbered") != "no",
            )
            if not shared_with:
                within_name = options.get("numberwithin") or options.get("parent") or ""
                counters[key] = _Counter(within=within_name)
    for match in re.finditer(r"\\(?:numberwithin|counterwithin)\*?\s*\{(\w+)\}\s*\{(\w+)\}", preamble):
        counters.setdefault(match.group(1), _Counter()).within = match.group(2)
    if not kinds:
        kinds = {name: _Kind(heading, heading.lower()) for name, heading in _COMMON.items()}
        for kind in kinds.values():
            counters.setdefault(kind.counter, _Counter())
    return kinds, counters


def _step(state: _State, name: str) -> str:
    state.counters.setdefault(name, _Counter()).value += 1
    _reset_below(state, name)
    return _printed(state, name)


def _reset_below(state: _State, name: str) -> None:
    for other, counter in state.counters.items():
        if counter.within == name:
            counter.value = 0
            _reset_below(state, other)


def _printed(state: _State, name: str) -> str:
    counter = state.counters.setdefault(name, _Counter())
    top = "chapter" if state.counters["chapter"].value else "section"
    if name == top and state.appendix:
        return chr(ord("A") + counter.value - 1) if 0 < counter.value <= 26 else str(counter.value)
    if counter.within and (counter.within != name):
        above = _printed(state, counter.within)
        return f"{above}.{counter.value}"
    return str(counter.value)


# -- the walk ----------------------------------------------------------------------------------


def _walk(nodes: Sequence[Any], state: _State, start: int) -> None:
    for index, node in enumerate(nodes):
        kind = type(node).__name__
        if kind == "LatexEnvironmentNode":
            _environment(node, state, start)
        elif kind == "LatexMathNode":
            continue
        elif kind == "LatexMacroNode":
            _macro(node, nodes[index + 1 : index + 2], state)
            for argument in node.nodeargd.argnlist if node.nodeargd else ():
                if argument is not None:
                    _walk(getattr(argument, "nodelist", None) or (), state, start)
        elif kind == "LatexGroupNode":
            _walk(node.nodelist, state, start)


def _macro(node: Any, after: Sequence[Any], state: _State) -> None:
    name = node.macroname
    if name == "appendix":
        state.appendix = True
        for level in ("chapter", "section"):
            state.counters[level].value = 0
            _reset_below(state, level)
    elif name in _LEVELS:
        starred = node.nodeargd is not None and (node.nodeargd.argnlist or [None])[0] is not None
        if not starred:
            number = _step(state, name)
            if name in ("chapter", "section"):
                state.section = number
    elif name == "setcounter":
        pass  # arguments unknown to the parser: see the test of what is not followed


def _environment(node: Any, state: _State, start: int) -> None:
    name = node.environmentname
    base = name.rstrip("*")
    place = state.source.place(start + node.pos)
    if base in _ROWS or base in _ONCE:
        _display(node, state, start)
    elif name == "appendices":
        _macro(_Named("appendix"), (), state)
        _walk(node.nodelist, state, start)
    elif name == "subequations":
        if state.sub is None:
            state.sub = (_step(state, "equation"), 0)
            _walk(node.nodelist, state, start)
            state.sub = None
        else:
            _walk(node.nodelist, state, start)
    elif name in state.kinds:
        kind = state.kinds[name]
        number = _step(state, kind.counter) if kind.numbered else ""
        outside, state.inside = state.inside, len(state.statements)
        tex = _inside(node)
        title, body = _optional(tex)
        stated = Stated(
            kind.heading, number, plain(title), _label(node.nodelist), body, place, state.section
        )
        state.statements.append(stated)
        _walk(node.nodelist, state, start)
        state.inside = outside
    else:
        _walk(node.nodelist, state, start)


@dataclass(frozen=True)
class _Named:
    macroname: str
    nodeargd: None = None


def _inside(node: Any) -> str:
    verbatim: str = node.latex_verbatim()
    begin = re.match(r"\\begin\s*\{[^{}]*\}", verbatim)
    end = verbatim.rfind(r"\end")
    return verbatim[begin.end() if begin else 0 : end if end >= 0 else None]


def _optional(tex: str) -> tuple[str, str]:
    option = group(tex, 0, "[", "]")
    return (option[0], tex[option[1] :].strip()) if option else ("", tex.strip())


def _label(nodes: Sequence[Any]) -> str:
    """Return the first label that is not inside a display or another environment."""
    for node in nodes:
        if type(node).__name__ == "LatexMacroNode" and node.macroname == "label":
            return str(node.nodeargd.argnlist[-1].latex_verbatim().strip("{}"))
    return ""


def _display(node: Any, state: _State, start: int) -> None:
    base = node.environmentname.rstrip("*")
    starred = node.environmentname.endswith("*")
    rows = list(_rows(node.nodelist)) if base in _ROWS else [list(node.nodelist)]
    # A row without a number belongs to the next that has one; the last ones to the one before.
    waiting: list[Any] = []
    first = len(state.displays)
    for row in rows:
        waiting += row
        tags = [_after(row, i) for i, node_ in enumerate(row) if _is_macro(node_, "tag")]
        silent = any(_is_macro(n, "nonumber", "notag") for n in row)
        empty = not "".join(n.latex_verbatim() for n in row).strip()
        if empty or (not tags and (starred or silent)):
            continue
        number = tags[0] if tags else _equation_number(state)
        place = state.source.place(start + _begins(waiting))
        tex = _mathematics(waiting)
        state.displays.append(Display(number, _label(row), tex, place, state.section, state.inside))
        waiting = []
    if waiting and len(state.displays) > first:
        last = state.displays[-1]
        state.displays[-1] = replace(last, tex=f"{last.tex} {_mathematics(waiting)}".strip())


def _after(row: Sequence[Any], index: int) -> str:
    return str(row[index + 1].latex_verbatim()).strip("{}") if index + 1 < len(row) else ""


def _mathematics(nodes: Sequence[Any]) -> str:
    """Return what the nodes typeset, without labels, tags and alignment marks."""
    kept = [
        " " if type(node).__name__ == "LatexSpecialsNode" and node.specials_chars == "&"
        else node.latex_verbatim()
        for index, node in enumerate(nodes)
        if not _is_macro(node, "label", "tag", "nonumber", "notag")
        and not (index and _is_macro(nodes[index - 1], "tag"))
    ]  # fmt: skip
    return "".join(kept).strip()


def _equation_number(state: _State) -> str:
    if state.sub is None:
        return _step(state, "equation")
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
