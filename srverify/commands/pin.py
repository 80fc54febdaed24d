"""``srverify pin``: record what the pinned statements of the Rocq development rest on."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", nargs="?", default="", metavar="DIR", help="claims folder")


def run(arguments: argparse.Namespace) -> int:
    """Record the digests of the definitions below the pinned statements, and print what changed."""
    from pathlib import Path

    from srverify.claims.folders import default_folder
    from srverify.commands.cli import EXIT_OK
    from srverify.kernels.rocq.development import STATEMENTS, Development
    from srverify.kernels.rocq.pins import drift, record
    from srverify.language.errors import InputError

    folder = (Path(arguments.folder) if arguments.folder else default_folder()) / "rocq"
    development = Development(folder)
    if not development.pinned:
        raise InputError(f"{folder}: no pinned statement in {STATEMENTS}/")
    changes = list(drift(development))
    for change in changes:
        print(change.partition(": pinned statements")[0])
    path = record(development)
    print(f"{len(changes)} changes recorded in {path}" if changes else f"{path} is up to date")
    return EXIT_OK
