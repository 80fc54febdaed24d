"""Read a folder of Rocq files: which theorem is where, and what it is built from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from srverify.language.errors import InputError

#: The logical name of the development, as in ``From SRVerify Require Import …``.
LOGICAL_NAME = "SRVerify"

_THEOREM = re.compile(r"^\s*(?:Theorem|Lemma|Corollary|Proposition|Fact)\s+([A-Za-z_][\w']*)", re.M)
#: The folder of the statements that people read, and what it holds.
STATEMENTS = "Statements"
_PINNED = re.compile(r"^Definition\s+([A-Za-z_][\w']*)\s*:\s*Prop\s*:=\s*(.*?)\.(?=\s)", re.M | re.S)
_REQUIRE = re.compile(
    r"(?:\bFrom\s+(?P<root>[\w.']+)\s+)?\bRequire\s+(?P<how>(?:Import|Export)\b)?"
    r"(?P<names>[^.]*(?:\.\w[^.]*)*)\.\s"
)
_DECLARATION = re.compile(
    r"\b(?:Theorem|Lemma|Corollary|Proposition|Fact|Remark|Definition|Fixpoint|Instance|Let|Ltac)"
    r"\s+([A-Za-z_][\w']*)"
)
_WORD = re.compile(r"[A-Za-z_][\w']*")
#: Tactics whose proofs rest on a library that takes Rocq seconds to follow down to its axioms.
COMPUTING = frozenset({"interval", "interval_intro", "integral", "integral_intro"})
#: What an import may be restricted to, as in ``Require Import -(coercions) A B(c)``.
_CATEGORIES = re.compile(r"-?\([^)]*\)")
#: What may be assumed, left out or unchecked; what is read from elsewhere, which no digest covers; and
#: what runs or writes other programs.
_FORBIDDEN = re.compile(
    r"^\s*(?:#\[[^\]]*\]\s*)?(?:(?:Local|Global|Polymorphic)\s+)?"
    r"(Axioms?|Parameters?|Conjectures?|Admitted|admit)\b"
    r"|\b(Admitted|admit)\s*\."
    r"|\bUnset\s+(?:Guard|Positivity|Universe)\s+Check\w*"
    r"|\bLoad\b|\bDeclare\s+ML\b|\b(?:Add|Remove)\s+(?:Rec\s+)?(?:ML\s+Path|LoadPath)\b|\bRedirect\b"
    r"|\bExtraction\b|\bExtract\s+(?:Constant|Inductive)\b"
    # These reach statements of files that do not require them, where several are asked about at once.
    r"|(?:\bGlobal\s+|#\[[^\]]*\]\s*)(?:Opaque|Transparent)\b|\bStrategy\s+(?:opaque|expand|transparent|-?\d)",
    re.M,
)
#: A string of Rocq may hold these, and then the language has tokens that comments seem to begin and end.
_COMMENT_TOKEN = re.compile(r"\(\*|\*\)")
#: What a file of statements does without: inside, a name would not be that which people read.
_HIDING = re.compile(r"\b(?:Module|Section|Include)\b")


_DELIMITER = re.compile(r'\(\*|\*\)|"')
_NOT_A_LINE_BREAK = re.compile(r"[^\n]")


def without_comments(source: str, keep_strings: bool = False) -> str:
    """Blank out nested comments and, unless kept, string literals, keeping positions and line breaks.

    >>> without_comments('a (* b (* "c *)" *) *) d "e"')
    'a                      d    '
    """
    result: list[str] = []
    depth = start = 0
    in_string = False

    def blanked(text: str) -> str:
        hidden = depth or (in_string and not keep_strings)
        return _NOT_A_LINE_BREAK.sub(" ", text) if hidden else text

    for match in _DELIMITER.finditer(source):
        delimiter = match.group()
        if in_string and delimiter != '"':
            continue
        result.append(blanked(source[start : match.start()]))
        start = match.end()
        if delimiter == '"':
            in_string = not in_string
            result.append('"' if keep_strings and not depth else " ")
        elif delimiter == "(*":
            depth += 1
            result.append("  ")
        else:
            result.append("  " if depth else delimiter)
            depth = max(0, depth - 1)
    result.append(blanked(source[start:]))
    return "".join(result)


def _is_closed(source: str) -> bool:
    """Tell whether a file ends outside of comments and strings: what follows it is not blanked out."""
    return without_comments(f"{source}.").endswith(".")


@dataclass(frozen=True)
class Pinned:
    """What people read instead of a theorem's proof: ``Definition NAME : Prop := text`` of a module."""

    name: str
    module: str
    text: str

    @property
    def full_name(self) -> str:
        """The name with its module, in full."""
        return f"{LOGICAL_NAME}.{self.module}.{self.name}"


@dataclass(frozen=True)
class Requirement:
    """A ``Require`` command.

    Parameters
    ----------
    start, end
        Where it stands in its source.
    how
        ``Import``, ``Export`` or nothing.
    modules
        The modules of the development that it names; all others are of libraries.
    is_plain
        Each name is that of one module, or all are of libraries, and all of each is imported.
    without_import
        The command that only loads.
    """

    start: int
    end: int
    how: str
    modules: tuple[str, ...]
    is_plain: bool
    without_import: str


@dataclass(frozen=True)
class Development:
    """A folder of Rocq files in folders by topic: ``Topic/File.v`` is the module ``Topic.File``."""

    folder: Path

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Module name to source text, sorted by name."""
        files = {
            ".".join(file.relative_to(self.folder).with_suffix("").parts): file
            for file in self.folder.rglob("*.v")
        }
        return {module: files[module].read_text(encoding="utf-8") for module in sorted(files)}

    @cached_property
    def code(self) -> Mapping[str, str]:
        """Module name to source text without comments and strings."""
        return {module: without_comments(source) for module, source in self.sources.items()}

    @cached_property
    def theorems(self) -> Mapping[str, tuple[str, ...]]:
        """Theorem name to the modules that prove one of that name."""
        found: dict[str, list[str]] = {}
        for module, code in self.code.items():
            for name in dict.fromkeys(_THEOREM.findall(code)):
                found.setdefault(name, []).append(module)
        return {name: tuple(modules) for name, modules in found.items()}

    @cached_property
    def computing(self) -> frozenset[str]:
        """The names that, as far as sources tell, rest on a tactic that computes: a hint only."""
        used_by: dict[str, set[tuple[str, str]]] = {}
        for module, code in self.code.items():
            starts = [*_DECLARATION.finditer(code)]
            if not starts:
                continue
            ends = [*(match.start() for match in starts[1:]), len(code)]
            for match, end in zip(starts, ends, strict=True):
                for word in _WORD.findall(code, match.end(), end):
                    used_by.setdefault(word, set()).add((match.group(1), module))
        # A name of a module that is not required is another one.
        visible = {module: self._visible(module) for module in self.code}
        found: set[tuple[str, str]] = set()
        waiting = [user for tactic in COMPUTING for user in used_by.get(tactic, ())]
        while waiting:
            name, module = waiting.pop()
            if (name, module) not in found:
                found.add((name, module))
                users = used_by.get(name, ())
                waiting += (user for user in users if module in visible[user[1]])
        return frozenset(name for name, _ in found)

    def _visible(self, module: str) -> frozenset[str]:
        """Return a module and everything that it requires, in a circle or not."""
        found: set[str] = set()
        waiting = [module]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.requires[name]
        return frozenset(found)

    def theorems_in(self, module: str) -> tuple[str, ...]:
        """Return the names of the theorems that a module proves."""
        return tuple(dict.fromkeys(_THEOREM.findall(self.code[module])))

    @cached_property
    def pinned(self) -> Mapping[str, Pinned]:
        """Name to pinned statement; raises InputError for a name that is pinned twice."""
        found: dict[str, Pinned] = {}
        for module, code in self.code.items():
            if module.partition(".")[0] != STATEMENTS:
                continue
            for match in _PINNED.finditer(code + "\n"):
                if match[1] in found:
                    raise InputError(f"{match[1]} is pinned in {found[match[1]].module} and in {module}")
                found[match[1]] = Pinned(match[1], module, match[2])
        return found

    def module_of(self, name: str) -> str:
        """Return the module of a theorem, ``name``, ``File.name`` or ``Topic.File.name``.

        Raises InputError if there is none, or if a bare name is in several modules.
        """
        qualifier, _, bare = name.rpartition(".")
        modules = self.theorems.get(bare, ())
        if qualifier:
            modules = tuple(module for module in modules if _ends_with(module, qualifier))
        if not modules:
            raise InputError(f"no theorem {name} in {self.folder.parent.name}/{self.folder.name}/")
        if len(modules) > 1:
            options = " or ".join(f"{module}.{bare}" for module in modules)
            raise InputError(f"theorem {name} is ambiguous: write {options}")
        return modules[0]

    @cached_property
    def requires(self) -> Mapping[str, tuple[str, ...]]:
        """Module name to the modules of the development that it requires directly."""
        return {
            module: tuple(dict.fromkeys(name for requirement in found for name in requirement.modules))
            for module, found in self.requirements.items()
        }

    @cached_property
    def requirements(self) -> Mapping[str, tuple[Requirement, ...]]:
        """Module name to its ``Require`` commands, in their order."""
        return {module: tuple(_requirements(code, self.sources)) for module, code in self.code.items()}

    def closure(self, module: str) -> tuple[str, ...]:
        """Return a module and everything that it requires, in an order in which they can be built."""
        order: dict[str, None] = {}

        def visit(name: str, above: tuple[str, ...]) -> None:
            if name in above:
                raise InputError(f"Rocq modules require each other: {' -> '.join((*above, name))}")
            if name in order:
                return
            for required in self.requires[name]:
                visit(required, (*above, name))
            order[name] = None

        visit(module, ())
        return tuple(order)

    def digest(self, module: str) -> str:
        """SHA-256 over the sources that a module is built from."""
        if module not in self._digests:
            content = hashlib.sha256()
            for name in self.closure(module):
                content.update(f"{name}\0{self.sources[name]}\0".encode())
            self._digests[module] = content.hexdigest()
        return self._digests[module]

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    def forbidden(self) -> Iterator[str]:
        """Yield ``file:line: text`` for every axiom, admitted proof or disabled check in the sources.

        And for what would hide one: commands that read other files, tokens that comments seem to begin
        or end with, a file that ends inside of one.
        """
        yield from self._forbidden

    @cached_property
    def _forbidden(self) -> tuple[str, ...]:
        # Kept: every theorem asks, and looking takes a tenth of a second.
        found = [
            f"{file_of(module)}:{_line(code, match)}: {match.group().strip()}"
            for module, code in self.code.items()
            for pattern in (_FORBIDDEN, *([_HIDING] if module.partition(".")[0] == STATEMENTS else []))
            for match in pattern.finditer(code)
        ]
        for module, source in self.sources.items():
            text = without_comments(source, keep_strings=True)
            if (match := _COMMENT_TOKEN.search(text)) is not None:
                place = f"{file_of(module)}:{_line(text, match)}"
                found.append(f"{place}: {match.group()} outside of comments")
            elif not _is_closed(source):
                found.append(f"{file_of(module)}: ends in a comment or a string")
        return tuple(found)


def _line(code: str, match: re.Match[str]) -> int:
    """Return the line on which a match ends, from 1."""
    return code.count("\n", 0, match.end() - 1) + 1


def file_of(module: str) -> str:
    """Return the file of a module, relative to the development's folder.

    >>> file_of("Topic.File")
    'Topic/File.v'
    """
    return f"{module.replace('.', '/')}.v"


def _ends_with(module: str, suffix: str) -> bool:
    return f".{module}".endswith(f".{suffix}")


def _requirements(code: str, modules: Collection[str]) -> Iterator[Requirement]:
    """Yield the ``Require`` commands of a file."""
    for match in _REQUIRE.finditer(code + "\n"):
        names = _CATEGORIES.sub(" ", match["names"]).split()
        root = match["root"] or LOGICAL_NAME
        found = [tuple(_found(name, root, modules)) for name in names]
        whole = not _CATEGORIES.search(match["names"])
        before = f"From {match['root']} " if match["root"] else ""
        yield Requirement(
            match.start(),
            match.end() - 1,
            match["how"] or "",
            tuple(name for each in found for name in each),
            whole and (not any(found) or all(len(each) == 1 for each in found)),
            f"{before}Require {' '.join(names)}.",
        )


def _found(name: str, root: str, modules: Collection[str]) -> Iterator[str]:
    """Yield the modules that a name may be, as Rocq finds them: exactly, else by suffix."""
    if root.partition(".")[0] != LOGICAL_NAME:
        return
    topic = root.partition(".")[2]
    wanted = name.removeprefix(f"{LOGICAL_NAME}.")
    exact = f"{topic}.{wanted}" if topic else wanted
    if exact in modules:
        yield exact
    else:
        yield from (
            module
            for module in modules
            if module.startswith(f"{topic}." if topic else "") and _ends_with(module, wanted)
        )
