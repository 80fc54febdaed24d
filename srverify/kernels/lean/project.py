"""Read a Lean project statically: theorems, their statements, and everything left unproved."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_DECLARATION = re.compile(
    r"^(?P<attributes>(?:@\[[^\]]*\]\s*)*)(?P<modifiers>(?:(?:private|protected|noncomputable|nonrec)\s+)*)"
    r"(?P<kind>theorem|lemma|def|abbrev|structure|class|instance|example|axiom|opaque|inductive)\b"
    r"[ \t\n]*(?P<name>[^\s:({\[⦃]*)",
    re.M,
)
_SCOPE = re.compile(
    r"^(?:(?P<open>namespace|section)[ \t]*(?P<name>\S*)|(?P<end>end)\b[ \t]*(?P<ended>\S*))", re.M
)
_SORRY = re.compile(r"\b(sorry|admit)\b")
_FORBIDDEN = re.compile(r"\b(native_decide|sorryAx|implemented_by|extern|unsafe)\b|^\s*axiom\b", re.M)
_PIN = re.compile(r"leanprover/lean4:v4\.\d+\.\d+(-rc\d+)?\Z")


_OPENING = re.compile(r'/-|--|"')
_NESTING = re.compile(r"/-|-/")
_NOT_A_LINE_BREAK = re.compile(r"[^\n]")


def without_comments(source: str) -> str:
    """Blank out comments (nested ones too) and string literals, keeping positions and line breaks."""
    result: list[str] = []
    index = depth = 0
    state = "code"
    while index < len(source):
        if state == "code":
            found = (_NESTING if depth else _OPENING).search(source, index)
            passed = source[index : found.start() if found else None]
            result.append(_NOT_A_LINE_BREAK.sub(" ", passed) if depth else passed)
            index += len(passed)
            if found is None:
                break
        character, pair = source[index], source[index : index + 2]
        blank = "\n" if character == "\n" else " "
        if state == "line":
            state = "code" if character == "\n" else state
            result.append(blank)
        elif state == "string":
            if character == "\\":
                result.append(" ")
                index += 1
            elif character == '"':
                state = "code"
            result.append(blank)
        elif pair == "/-" or (depth and pair == "-/"):
            depth += 1 if pair == "/-" else -1
            result.append("  ")
            index += 1
        else:
            state = "line" if pair == "--" else "string"
            result.append(" ")
        index += 1
    return "".join(result)


def squeezed(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


@dataclass(frozen=True)
class LeanTheorem:
    """A theorem as it stands in a file.

    ``statement`` is the text between the colon after the name (binders included) and ``:=``, squeezed;
    ``sorries`` counts what is left open in its proof.
    """

    name: str
    file: str
    line: int
    statement: str
    sorries: int
    documented: bool


@dataclass(frozen=True)
class LeanProject:
    """A Lake project: ``lakefile.toml``, ``lean-toolchain`` and the modules under ``SRVerify/``."""

    folder: Path

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Path of each module (relative to the project) to its text."""
        files = sorted((self.folder / "SRVerify").rglob("*.lean"))
        files += [file for file in [self.folder / "SRVerify.lean"] if file.exists()]
        return {str(f.relative_to(self.folder)): f.read_text(encoding="utf-8") for f in files}

    @cached_property
    def theorems(self) -> tuple[LeanTheorem, ...]:
        """All theorems and lemmas, in order of files and lines, with their full names."""
        return tuple(t for path, text in self.sources.items() for t in _theorems(path, text))

    @cached_property
    def by_name(self) -> Mapping[str, LeanTheorem]:
        """Theorem by full name (of several of one name the first; see ``problems``)."""
        found: dict[str, LeanTheorem] = {}
        for theorem in self.theorems:
            found.setdefault(theorem.name, theorem)
        return found

    @cached_property
    def toolchain(self) -> str:
        """The pinned toolchain, e.g. ``leanprover/lean4:v4.19.0``."""
        file = self.folder / "lean-toolchain"
        return file.read_text(encoding="utf-8").strip() if file.exists() else ""

    def problems(self) -> Iterator[str]:
        """Yield ``file:line: text`` for all that a finished project must not have.

        Duplicate names, axioms, ``native_decide`` and other ways around the kernel, a ``sorry`` outside
        a documented theorem, and pins that are missing, malformed or differ.
        """
        seen: dict[str, LeanTheorem] = {}
        for theorem in self.theorems:
            first = seen.setdefault(theorem.name, theorem)
            if first is not theorem:
                yield (
                    f"{theorem.file}:{theorem.line}: theorem {theorem.name} is declared already"
                    f" ({first.file}:{first.line})"
                )
            if theorem.sorries and not theorem.documented:
                place = f"{theorem.file}:{theorem.line}"
                yield f"{place}: sorry without a docstring that says what is missing"
        for path, source in self.sources.items():
            code = without_comments(source)
            for match in _FORBIDDEN.finditer(code):
                line = code.count("\n", 0, match.end() - 1) + 1
                yield f"{path}:{line}: {match.group().strip()}"
            inside = sum(theorem.sorries for theorem in self.theorems if theorem.file == path)
            if len(_SORRY.findall(code)) != inside:
                yield f"{path}:1: a sorry outside a theorem"
        yield from self._pin_problems()

    def _pin_problems(self) -> Iterator[str]:
        if not _PIN.match(self.toolchain):
            yield f"lean-toolchain:1: not one released toolchain: {self.toolchain!r}"
        lakefile = self.folder / "lakefile.toml"
        try:
            data = tomllib.loads(lakefile.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            yield f"lakefile.toml:1: {error}"
            return
        revisions = [r.get("rev", "") for r in data.get("require", []) if r.get("name") == "mathlib"]
        tag = self.toolchain.rpartition(":")[2]
        if revisions != [tag]:
            yield f"lakefile.toml:1: mathlib is pinned to {revisions}, the toolchain to {tag!r}"


def _scopes(code: str) -> list[tuple[int, str]]:
    """Return where the current namespace changes and what it is from there on."""
    stack: list[tuple[str, str]] = []
    changes = [(0, "")]
    for match in _SCOPE.finditer(code):
        if match["open"]:
            stack.append((match["open"], match["name"]))
        elif stack:
            stack.pop()
        spaces = [name for kind, name in stack if kind == "namespace"]
        changes.append((match.end(), ".".join(spaces)))
    return changes


def _theorems(path: str, source: str) -> Iterator[LeanTheorem]:
    code = without_comments(source)
    scopes = _scopes(code)
    declarations = list(_DECLARATION.finditer(code))
    for index, match in enumerate(declarations):
        if match["kind"] not in ("theorem", "lemma"):
            continue
        end = declarations[index + 1].start() if index + 1 < len(declarations) else len(code)
        body = code[match.end() : end]
        statement, _, proof = body.partition(":=")
        space = next(name for position, name in reversed(scopes) if position <= match.start())
        before = source[: match.start()].rstrip()
        yield LeanTheorem(
            name=f"{space}.{match['name']}" if space else match["name"],
            file=path,
            line=code.count("\n", 0, match.start("kind")) + 1,
            statement=squeezed(statement).removeprefix(":").strip(),
            sorries=len(_SORRY.findall(proof)),
            documented=before.endswith("-/") and "/--" in before[before.rfind("/-") :][:3],
        )
