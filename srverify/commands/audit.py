"""``srverify audit``: check every claim with every engine and print the verdicts."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from srverify.errors import InputError

if TYPE_CHECKING:
    from srverify.audit import AuditResult, Settings
    from srverify.cache import Cache

#: Report files by option: the module that writes each, through ``write(result, path)``.
_WRITERS = {
    "json": "srverify.report.json",
    "junit": "srverify.report.junit",
    "html": "srverify.report.html",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="claim modules or folders of them (default: ./proofs)"
    )
    parser.add_argument("--json", metavar="F", help="write the whole audit as JSON")
    parser.add_argument("--junit", metavar="F", help="write a JUnit report")
    parser.add_argument("--html", metavar="F", help="write a self-contained HTML report")
    configure_run(parser)


def configure_run(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that say what runs and how."""
    many = {"nargs": "+", "action": "extend", "default": []}
    parser.add_argument("--only", metavar="ID", help="audit these claims only", **many)  # type: ignore[arg-type]
    parser.add_argument("--engine", metavar="NAME", help="ask these engines only", **many)  # type: ignore[arg-type]
    parser.add_argument(
        "--require",
        metavar="NAME",
        help="fail if one of these engines is missing",
        **many,  # type: ignore[arg-type]
    )
    parser.add_argument("--jobs", type=_positive, metavar="N", help="worker processes (default: cores)")
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=20.0,
        metavar="S",
        help="seconds per engine run (default: 20)",
    )
    parser.add_argument(
        "--memory", type=_positive, default=4096, metavar="MIB", help="MiB per worker (default: 4096)"
    )
    parser.add_argument(
        "--seed", type=_natural, default=0, metavar="N", help="seed of everything random"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="neither read nor write remembered outcomes"
    )
    parser.add_argument(
        "--executor", metavar="SPEC", help="where to run: local (default) or dask:tcp://HOST:PORT"
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive whole number")
    return int(text)


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a natural number")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number of seconds")
    return value


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Return what the arguments of ``configure_run`` ask for."""
    from srverify.audit import Settings

    return Settings(
        only=tuple(arguments.only),
        engines=tuple(arguments.engine),
        require=tuple(arguments.require),
        jobs=arguments.jobs,
        timeout=arguments.timeout,
        memory_mb=arguments.memory,
        seed=arguments.seed,
        executor=arguments.executor,
    )


def cache_of(arguments: argparse.Namespace) -> Cache:
    """Return the user's cache, or none with ``--no-cache``."""
    from srverify.cache import Cache, NoCache, cache_directory

    if arguments.no_cache:
        return NoCache()
    return Cache(cache_directory(), warn=lambda line: print(f"srverify: {line}", file=sys.stderr))


def run(arguments: argparse.Namespace) -> int:
    """Audit, print, write the reports asked for; 0 if all is as expected, else 1."""
    from srverify.audit import audit
    from srverify.cli import EXIT_OK, EXIT_UNEXPECTED
    from srverify.ledger import load
    from srverify.report.terminal import TerminalReport

    writers = _writers(arguments)
    settings = settings_of(arguments)
    ledger = load(arguments.paths)
    with TerminalReport() as report:
        result = audit(ledger, settings, cache_of(arguments), report)
        report.finish(result)
    for write, path in writers:
        try:
            write(result, path)
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {error.strerror or error}") from None
    return EXIT_OK if result.ok else EXIT_UNEXPECTED


def _writers(arguments: argparse.Namespace) -> list[tuple[Callable[[AuditResult, Path], None], Path]]:
    """Return the writers of the reports asked for, after making sure that their files can be written."""
    found = []
    for option, module in _WRITERS.items():
        value = getattr(arguments, option)
        if value is None:
            continue
        if importlib.util.find_spec(module) is None:
            raise InputError(f"--{option}: not available yet")
        path = Path(value)
        _require_writable(path, option)
        found.append((importlib.import_module(module).write, path))
    return found


def _require_writable(path: Path, option: str) -> None:
    parent = path.absolute().parent
    if path.is_dir():
        raise InputError(f"--{option} {path}: is a folder, not a file")
    if not parent.is_dir():
        raise InputError(f"--{option} {path}: there is no folder {parent}")
    if not os.access(parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise InputError(f"--{option} {path}: cannot be written (permission denied)")
