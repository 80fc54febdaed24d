"""The skeleton of an audit, from a paper's LaTeX: a claim per statement, all of them open."""

from __future__ import annotations

import keyword
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from srverify.claims.paper_record import NAME, Entry, PaperRecord
from srverify.language.errors import InputError
from srverify.language.parser import names_in
from srverify.language.tex.document import Display, Paper, Stated
from srverify.language.tex.formula import Reading, read_formula

_PREFIXES = {
    "theorem": "T", "lemma": "L", "proposition": "P", "corollary": "COR", "definition": "DEF",
    "assumption": "A", "remark": "R", "claim": "CL", "conjecture": "CJ", "example": "EX", "fact": "F",
}  # fmt: skip
_ENGINES = ("arb", "z3", "cvc5", "mpmath")
_PACKAGE_NAMES = frozenset({"statement", "Claim", "Check", "Verdict", "CLAIMS", "EQUATIONS"})


@dataclass(frozen=True)
class Skeleton:
    """The files of a new audit, by path relative to its folder, and what was read."""

    files: Mapping[str, str]
    paper: Paper
    filled: int
    unread: tuple[tuple[Display, str], ...]


def skeleton(paper: Paper, main: Path) -> Skeleton:
    """Return the files of an audit of a paper: claims, equation map, record, README.

    Every theorem-like statement gets a claim; so does a display outside of them that can be read as an
    inequality. What cannot be read comes back in ``unread`` with the reason.
    """
    taken: set[str] = set()
    claims: dict[str, list[str]] = {section: [] for section in paper.sections}
    equations: dict[str, list[str]] = {display.number: [] for display in paper.displays}
    statements: list[Entry] = []
    written_for: dict[int, str] = {}
    filled = 0
    unread: list[tuple[Display, str]] = []
    root = main.parent
    for index, stated in enumerate(paper.statements):
        inside = [d for d in paper.displays if d.statement == index]
        identifier = _fresh(_claim_id(stated), taken)
        written_for[index] = identifier
        checks = []
        for display in inside:
            equations[display.number].append(identifier)
            reading = _reading(display, paper, unread)
            if reading is not None:
                checks.append(_check_text(display, reading, root))
        filled += len(checks)
        claims[stated.section].append(_claim_text(identifier, stated, inside, checks, root))
        statements.append(
            Entry(
                stated.kind,
                stated.number,
                stated.label,
                _relative(stated.place.file, root),
                stated.place.line,
                stated.tex,
                identifier,
            )
        )
    displays: list[Entry] = []
    for display in paper.displays:
        claim_id = written_for.get(display.statement, "") if display.statement is not None else ""
        if display.statement is None:
            reading = _reading(display, paper, unread)
            if reading is not None:
                claim_id = _fresh(f"EQ{_token(display.number)}", taken)
                equations[display.number].append(claim_id)
                claims[display.section].append(_display_claim(claim_id, display, reading, root))
                filled += 1
        where = _relative(display.place.file, root)
        displays.append(
            Entry(
                "display",
                display.number,
                display.label,
                where,
                display.place.line,
                display.tex,
                claim_id,
            )
        )
    record = PaperRecord(paper.title, main.name, tuple(displays), tuple(statements))
    files = {f"proofs/{name}.py": text for name, text in _modules(claims, paper)}
    files["proofs/equations.py"] = _equations_text(equations)
    files[f"proofs/{NAME}"] = record.text()
    files["README.md"] = _readme(paper)
    return Skeleton(files, paper, filled, tuple(unread))


def _relative(file: Path, root: Path) -> str:
    return os.path.relpath(file, root)


# -- names -------------------------------------------------------------------------------------


def _token(number: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "-", number.upper()).strip("-")


def _claim_id(stated: Stated) -> str:
    prefix = _PREFIXES.get(stated.kind.lower()) or re.sub(r"[^A-Z]", "", stated.kind.upper())[:4] or "S"
    return f"{prefix}{_token(stated.number)}"


def _fresh(identifier: str, taken: set[str]) -> str:
    found, count = identifier, 1
    while found in taken:
        count += 1
        found = f"{identifier}-{count}"
    taken.add(found)
    return found


def _slug(text: str, fallback: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")
    return slug or fallback.lower()


# -- one claim ---------------------------------------------------------------------------------


def _reading(display: Display, paper: Paper, unread: list[tuple[Display, str]]) -> Reading | None:
    try:
        reading = read_formula(display.tex, paper.macros.commands)
        for name in _names(reading):
            if not name.isidentifier() or keyword.iskeyword(name) or name in _PACKAGE_NAMES:
                raise InputError(f"the name {name!r} cannot be a keyword argument of Python")
    except InputError as error:
        unread.append((display, str(error)))
        return None
    return reading


def _names(reading: Reading) -> list[str]:
    return list(
        dict.fromkeys(name for text in (reading.show, *reading.given) for name in names_in(text))
    )


def _statement_text(reading: Reading) -> str:
    parts = [repr(reading.show), *map(repr, reading.given)]
    parts += [f'{name}="real"' for name in _names(reading)]
    return f"statement({', '.join(parts)})"


def _check_text(display: Display, reading: Reading, root: Path) -> str:
    where = f"{_relative(display.place.file, root)}:{display.place.line}"
    return f"""        Check(
            "display-{_slug(display.number, "x")}",
            {_statement_text(reading)},
            engines={_ENGINES!r},
            note="Read from {where}; every domain is the real line until you say otherwise.",
        ),
"""


def _quoted(tex: str) -> str:
    """Return LaTeX as a Python literal that stays readable."""
    if '"""' in tex or tex.endswith(("\\", '"')):
        return repr(tex)
    return f'r"""{tex}"""'


def _claim_text(
    identifier: str, stated: Stated, inside: Sequence[Display], checks: Sequence[str], root: Path
) -> str:
    title = f"{stated.kind} {stated.number}".strip() + (f" ({stated.name})" if stated.name else "")
    where = f"{_relative(stated.place.file, root)}:{stated.place.line}"
    numbers = "".join(f"{_key(display.number)}, " for display in inside)
    return f"""Claim(
    id={identifier!r},
    slug={_slug(title, identifier)!r},
    title={title!r},
    paper={where!r},
    prose={f"Not audited yet. Label: {stated.label or 'none'}."!r},
    latex={_quoted(stated.tex)},
    expected=Verdict.OPEN,
    equations=({numbers.strip()}),
    checks=(
{"".join(checks)}    ),
)"""


def _display_claim(identifier: str, display: Display, reading: Reading, root: Path) -> str:
    where = f"{_relative(display.place.file, root)}:{display.place.line}"
    return f"""Claim(
    id={identifier!r},
    slug={_slug(f"display-{display.number}", identifier)!r},
    title={f"Display ({display.number})"!r},
    paper={where!r},
    prose={f"Not audited yet. Label: {display.label or 'none'}."!r},
    latex={_quoted(display.tex)},
    expected=Verdict.OPEN,
    equations=({_key(display.number)},),
    checks=(
{_check_text(display, reading, root)}    ),
)"""


def _key(number: str) -> str:
    """Return an equation's number as the key of the equation map: an integer where it is one."""
    return number if re.fullmatch(r"[1-9]\d*", number) else repr(number)


# -- files -------------------------------------------------------------------------------------


def _modules(claims: Mapping[str, Sequence[str]], paper: Paper) -> Iterator[tuple[str, str]]:
    for position, (section, texts) in enumerate((s, t) for s, t in claims.items() if t):
        name = f"s{position:02}_{_slug(section, 'start').replace('-', '_')}"
        heading = f"Section {section}" if section else "Before the first section"
        title = (paper.title or "a paper").replace("\\", "\\\\").replace('"', "'")
        names = [f"C{number}" for number, _ in enumerate(texts)]
        body = "\n\n".join(f"{name} = {text}" for name, text in zip(names, texts, strict=True))
        yield (
            name,
            f'"""{heading} of: {title}."""\n\n'
            "from srverify import Check, Claim, Verdict, statement  # noqa: F401\n\n"
            f"{body}\n\nCLAIMS = ({', '.join(names)},)\n",
        )


def _equations_text(equations: Mapping[str, Sequence[str]]) -> str:
    lines = [
        f"    {_key(number)}: ({''.join(f'{claim!r}, ' for claim in ids).strip()}),\n"
        for number, ids in equations.items()
        if ids
    ]
    return (
        '"""Numbered displays and the claims that answer for them; () marks pure notation."""\n\n'
        "CLAIMS = ()\n\n"
        f"EQUATIONS = {{\n{''.join(lines)}}}\n"
    )


def _readme(paper: Paper) -> str:
    return f"""# Audit of: {paper.title or "a paper"}

    srverify coverage                  # displays and statements that no claim answers for yet
    srverify audit                     # every claim, every engine
    srverify audit --html report.html  # one page to send to a co-author

The claims in proofs/ were written from the LaTeX source and are open: say what each states (domains,
hypotheses, conclusion), which engines settle it, and the verdict that you expect.
"""
