"""``srverify new``: write a small working audit to start from."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", metavar="DIR", help="a folder that does not exist yet, or is empty")


def run(arguments: argparse.Namespace) -> int:
    """Write the files; refuse a folder that holds something."""
    from srverify.claims.scaffold import FILES
    from srverify.language.errors import InputError
    from srverify.report.files import write_whole

    folder = Path(arguments.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is not an empty folder: name a new one")
    for name, text in FILES.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot make {path.parent}: {error.strerror}") from None
        write_whole(path, text)
    print(f"{folder}: {', '.join(FILES)}")
    print(f"next: cd {folder} && srverify audit")
    return 0
