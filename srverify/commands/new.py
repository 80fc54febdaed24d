"""``srverify new``: write a small working audit, or the skeleton of an audit of a paper's LaTeX."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", metavar="DIR", help="a folder that does not exist yet, or is empty")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="PAPER.tex",
        help="a paper's main file: one open claim per statement, the equation map, its displays",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the files; refuse a folder that holds something."""
    from srverify.language.errors import InputError

    folder = Path(arguments.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is not an empty folder: name a new one")
    if arguments.source is not None:
        return _from_paper(folder, Path(arguments.source))
    from srverify.claims.scaffold import FILES

    _write(folder, FILES)
    print(f"{folder}: {', '.join(FILES)}")
    print(f"next: cd {folder} && srverify audit")
    return 0


def _from_paper(folder: Path, source: Path) -> int:
    from srverify.claims.from_paper import skeleton
    from srverify.language.tex.document import read_paper
    from srverify.report.style import counted

    paper = read_paper(source)
    made = skeleton(paper, source)
    _write(folder, made.files)
    for display in paper.displays:
        label = f" [{display.label}]" if display.label else ""
        print(f"  ({display.number}){label}  {display.place}")
    for stated in paper.statements:
        name = f" ({stated.name})" if stated.name else ""
        print(f"  {stated.kind} {stated.number}{name}  {stated.place}")
    for display, reason in made.unread:
        print(f"srverify: display ({display.number}) is left to you: {reason}", file=sys.stderr)
    found = (
        counted(len(paper.displays), "numbered display"),
        counted(len(paper.statements), "statement"),
        f"{made.filled} read as inequalities",
    )
    print(f"{folder}: {', '.join(found)}")
    print(f"next: cd {folder} && srverify coverage")
    return 0


def _write(folder: Path, files: Mapping[str, str]) -> None:
    from srverify.language.errors import InputError
    from srverify.report.files import write_whole

    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot make {path.parent}: {error.strerror}") from None
        write_whole(path, text)
