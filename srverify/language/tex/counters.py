"""LaTeX's counters and theorem-like environments, as a paper's preamble declares them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from srverify.language.tex.macros import group, plain

LEVELS = ("part", "chapter", "section", "subsection", "subsubsection")
#: Classes with chapters, which number sections and displays within them.
_WITH_CHAPTERS = re.compile(
    r"\\documentclass\s*(?:\[[^\]]*\])?\s*\{\s*(?:ext)?(?:report|book|memoir|scrreprt|scrbook)\s*\}"
)
#: Theorem-like environments that many class files bring along, used if the source declares none.
_COMMON = {
    "theorem": "Theorem", "thm": "Theorem", "lemma": "Lemma", "lem": "Lemma",
    "proposition": "Proposition", "prop": "Proposition", "corollary": "Corollary", "cor": "Corollary",
    "definition": "Definition", "defn": "Definition", "assumption": "Assumption", "claim": "Claim",
    "remark": "Remark", "conjecture": "Conjecture", "fact": "Fact", "example": "Example",
}  # fmt: skip
_THEOREM = re.compile(r"\\(?:newtheorem|spnewtheorem|newmdtheoremenv)(\*?)\s*(?=\{)")
_WITHIN = re.compile(r"\\(?:numberwithin|counterwithin)(\*?)\s*\{(\w+)\}\s*\{(\w+)\}")
_RESET = re.compile(r"\\@addtoreset\s*\{(\w+)\}\s*\{(\w+)\}")
_WITHOUT = re.compile(r"\\counterwithout\*?\s*\{(\w+)\}\s*\{(\w+)\}")
_ALIAS = re.compile(r"\\newaliascnt\s*\{(\w+)\}\s*\{(\w+)\}")
_FORMAT = re.compile(r"\\renewcommand\*?\s*\{?\s*\\the(\w+)\s*\}?\s*(?=\{)")
_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|g?def|(?:re)?newenvironment)\*?\s*"
    r"(?:\{\s*(?P<braced>[^{}]*?)\s*\}|(?P<bare>\\(?:[A-Za-z@]+|.)))(?:\s*\[[^\]]*\])*[^{}\\]*(?=\{)"
)
_PRINTED = re.compile(r"\\(arabic|alph|Alph|roman|Roman)\s*\{\s*(\w+)\s*\}|\\the([A-Za-z]+)")


@dataclass
class Kind:
    """A theorem-like environment: its heading and the counter that it steps."""

    heading: str
    counter: str
    numbered: bool = True


@dataclass
class _Counter:
    value: int = 0
    #: What resets it, and stands before it in print if nothing else is said.
    within: str = ""
    #: How it is printed, if the source says.
    form: str = ""
    #: Whether the number above is left out while it is 0, as the classes with chapters do.
    sparing: bool = False


@dataclass
class Counters:
    """Counters by name, stepped as LaTeX steps them."""

    _all: dict[str, _Counter] = field(default_factory=dict)
    _alias: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> _Counter:
        return self._all.setdefault(self._alias.get(name, name), _Counter())

    def alias(self, name: str, other: str) -> None:
        """Let a name stand for another counter."""
        self._alias[name] = self._alias.get(other, other)

    def step(self, name: str) -> str:
        """Step a counter and return its number in print."""
        self[name].value += 1
        self._reset_below(self._alias.get(name, name))
        return self.printed(name)

    def _reset_below(self, name: str) -> None:
        for other, counter in self._all.items():
            if counter.within == name and other != name:
                counter.value = 0
                self._reset_below(other)

    def begin_appendix(self) -> None:
        """Start to number chapters or sections by letters, whatever was said before."""
        top = "chapter" if self["section"].within == "chapter" else "section"
        self[top].form = rf"\Alph{{{top}}}"
        for level in ("chapter", "section"):
            self[level].value = 0
            self._reset_below(level)

    def printed(self, name: str, depth: int = 0) -> str:
        """Return a counter's number in print."""
        counter = self[name]
        if counter.form and depth < 10:
            return _PRINTED.sub(lambda match: self._piece(match, depth), counter.form)
        above = counter.within
        if above and above != name and not (counter.sparing and not self[above].value):
            return f"{self.printed(above, depth)}.{counter.value}"
        return str(counter.value)

    def _piece(self, match: re.Match[str], depth: int) -> str:
        if match.group(3):
            return self.printed(match.group(3), depth + 1)
        return _in_style(self[match.group(2)].value, match.group(1))

    def told(self, command: str, text: str, position: int) -> None:
        r"""Follow ``\setcounter``, ``\addtocounter`` or ``\renewcommand{\the…}`` at a position."""
        if command == "renewcommand":
            match = _FORMAT.match(text, position - len(command) - 1)
            body = group(text, match.end()) if match else None
            if match and body:
                self[match.group(1)].form = _bare(body[0])
            return
        name = group(text, position)
        value = group(text, name[1]) if name else None
        if name and value and re.fullmatch(r"\s*-?\d+\s*", value[0]):
            counter = self[name[0].strip()]
            counter.value = int(value[0]) + (counter.value if command == "addtocounter" else 0)


def _bare(form: str) -> str:
    """Return how a counter is printed, without groups and spaces that do not show."""
    kept = _PRINTED.sub(
        lambda match: f"\\{match.group(1)}<{match.group(2)}>" if match.group(1) else match.group(), form
    )
    kept = re.sub(r"[{}\s]|\\(?:textup|mathrm|rm|text)(?![A-Za-z])", "", kept)
    return re.sub(r"\\(\w+)<(\w+)>", r"\\\1{\2}", kept)


def _in_style(value: int, style: str) -> str:
    if style in ("alph", "Alph") and 0 < value <= 26:
        letter = chr(ord("a") + value - 1)
        return letter.upper() if style == "Alph" else letter
    if style in ("roman", "Roman") and 0 < value < 4000:
        written = "".join(_roman(value))
        return written.upper() if style == "Roman" else written
    return str(value)


def _roman(value: int) -> Iterator[str]:
    for size, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while value >= size:
            yield letters
            value -= size


def declared(preamble: str, body: str = "") -> tuple[dict[str, Kind], Counters]:
    """Return the theorem-like environments and the counters that a preamble declares.

    Environments may be declared in the ``body`` too. What stands in a command's definition is said only
    where the command is used, so it is left out.
    """
    preamble = _without_bodies(preamble)
    counters = Counters()
    for name in (*LEVELS, "equation"):
        _ = counters[name]
    for above, below in pairwise(LEVELS[2:]):
        counters[below].within = above
    if _WITH_CHAPTERS.search(preamble):
        for name in ("section", "equation"):
            counters[name].within = "chapter"
        counters["equation"].sparing = True
    for match in _ALIAS.finditer(preamble):
        counters.alias(match.group(1), match.group(2))
    kinds = dict(_theorems(preamble + body, counters))
    kinds |= _declared_theorems(preamble, counters)
    for match in _WITHIN.finditer(preamble):
        counter = counters[match.group(2)]
        counter.within, counter.sparing = match.group(3), False
        if match.group(1):
            counter.form = rf"\arabic{{{match.group(2)}}}"
    for match in _RESET.finditer(preamble):
        counter = counters[match.group(1)]
        counter.form = counter.form or rf"\arabic{{{match.group(1)}}}"
        counter.within = match.group(2)
    for match in _WITHOUT.finditer(preamble):
        counters[match.group(1)].within = ""
    for match in _FORMAT.finditer(preamble):
        counters.told("renewcommand", preamble, match.start() + len(r"\renewcommand"))
    if not kinds:
        kinds = {name: Kind(heading, heading.lower()) for name, heading in _COMMON.items()}
    return kinds, counters


def _without_bodies(preamble: str) -> str:
    r"""Blank what commands and environments stand for, except how ``\the…`` prints a counter."""
    out: list[str] = []
    position = 0
    while match := _DEFINITION.search(preamble, position):
        end = match.end()
        name = match.group("braced") or match.group("bare")
        # An environment has two bodies.
        for _ in range(1 if name.startswith("\\") else 2):
            body = group(preamble, end)
            end = body[1] if body else end
        out.append(preamble[position : match.end()])
        inside = preamble[match.end() : end]
        out.append(inside if name.startswith("\\the") else re.sub(r"[^\n]", " ", inside))
        position = end
    return "".join((*out, preamble[position:]))


def _theorems(text: str, counters: Counters) -> Iterator[tuple[str, Kind]]:
    for match in _THEOREM.finditer(text):
        name = group(text, match.end())
        if name is None:
            continue
        shared = group(text, name[1], "[", "]")
        heading = group(text, shared[1] if shared else name[1])
        if heading is None:
            continue
        within = group(text, heading[1], "[", "]")
        counter = shared[0].strip() if shared else name[0].strip()
        yield name[0].strip(), Kind(plain(heading[0]), counter, not match.group(1))
        if not shared:
            counters[counter].within = within[0].strip() if within else ""


def _declared_theorems(preamble: str, counters: Counters) -> dict[str, Kind]:
    r"""Return what thmtools' ``\declaretheorem`` declares, in either order of its arguments."""
    kinds: dict[str, Kind] = {}
    pattern = r"\\declaretheorem\s*(?:\[([^\]]*)\])?\s*\{([^{}]*)\}(?:\s*\[([^\]]*)\])?"
    for match in re.finditer(pattern, preamble):
        options = {
            part.partition("=")[0].strip(): part.partition("=")[2].strip(" {}")
            for part in (match.group(1) or match.group(3) or "").split(",")
        }
        shared = options.get("sibling") or options.get("numberlike") or options.get("sharenumber")
        for name_text in match.group(2).split(","):
            key = name_text.strip()
            heading = options.get("name") or options.get("title") or key.capitalize()
            kinds[key] = Kind(plain(heading), shared or key, options.get("numbered") != "no")
            if not shared:
                counters[key].within = (
                    options.get("numberwithin") or options.get("within") or options.get("parent") or ""
                )
    return kinds
