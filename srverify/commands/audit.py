"""``srverify audit``: check every claim with every engine and print the verdicts."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srverify.language.errors import InputError

if TYPE_CHECKING:
    from srverify.audit import AuditResult, Settings
    from srverify.running.cache import Cache

    Writer = Callable[[AuditResult, Path], None]

#: Report files by option: what they are, and the function ``(result, path)`` that writes them.
_REPORTS = {
    "json": ("the whole audit as JSON", "srverify.report.json:write"),
    "junit": ("a JUnit report", "srverify.report.json:write_junit"),
    "sarif": ("a SARIF 2.1.0 report", "srverify.report.json:write_sarif"),
    "html": ("a self-contained HTML report", "srverify.report.html:write"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="claim modules or folders of them (default: ./proofs)"
    )
    for option, (text, _) in _REPORTS.items():
        parser.add_argument(f"--{option}", metavar="F", help=f"write {text}")
    parser.add_argument(
        "--against", metavar="OLD", help="print only what differs from an earlier --json; fail if worse"
    )
    configure_run(parser)


def configure_run(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that say what runs and how."""
    many: dict[str, Any] = {"nargs": "+", "action": "extend", "default": []}
    parser.add_argument("--only", metavar="ID", help="audit these claims only", **many)
    parser.add_argument("--engine", metavar="NAME", help="ask these engines only", **many)
    parser.add_argument(
        "--require", metavar="NAME", help="fail if one of these engines is missing", **many
    )
    parser.add_argument(
        "--replay",
        action=argparse.BooleanOptionalAction,
        help="let Rocq's kernel follow the proof objects of all checks that name no theorem, or of none "
        "(default: of those that settle a part of a claim; seconds each)",
    )
    parser.add_argument("--jobs", type=_positive, metavar="N", help="worker processes (default: cores)")
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=20.0,
        metavar="S",
        help="seconds of work per engine run (default: 20)",
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
        replay=arguments.replay,
    )


def cache_of(no_cache: bool = False) -> Cache:
    """Return the user's cache, or one that remembers nothing."""
    from srverify.running.cache import Cache, NoCache, cache_directory

    if no_cache:
        return NoCache()
    return Cache(cache_directory(), warn=lambda line: print(f"srverify: {line}", file=sys.stderr))


def run(arguments: argparse.Namespace) -> int:
    """Audit, print, write the reports asked for; 0 if all is as expected, else 1."""
    from srverify.audit import audit
    from srverify.audit.plan import REPLAYING
    from srverify.claims.ledger import load
    from srverify.commands.cli import EXIT_OK, EXIT_UNEXPECTED, EXIT_USAGE
    from srverify.report.json import audit_data
    from srverify.report.terminal import QuietReport, TerminalReport

    writers = _writers(arguments)
    earlier = _earlier(arguments.against)
    settings = settings_of(arguments)
    ledger = load(arguments.paths)
    with (QuietReport if earlier else TerminalReport)(ledger.title) as report:
        result = audit(ledger, settings, cache_of(arguments.no_cache), report)
        report.finish(result)
    kernel = result.engines.get(REPLAYING)
    if settings.replay and kernel is not None and not kernel.available:
        print(f"srverify: --replay: nothing was replayed: {kernel.reason}", file=sys.stderr)
    lost = _write_reports(result, writers)
    ok = result.ok
    annotate = bool(os.environ.get("GITHUB_ACTIONS"))
    if earlier is not None or annotate:
        record = audit_data(result)
        if annotate:
            _annotate(record)
        if earlier is not None:
            ok = _print_differences(earlier, record)
    if not ok:
        return EXIT_UNEXPECTED
    return EXIT_USAGE if lost else EXIT_OK


def _write_reports(result: AuditResult, writers: list[tuple[Writer, Path]]) -> bool:
    """Write every report that can be written; say which cannot, and return whether there is one."""
    lost = False
    for write, path in writers:
        try:
            write(result, path)
        except InputError as error:
            lost = True
            print(f"srverify: {error}", file=sys.stderr)
    return lost


def _writers(arguments: argparse.Namespace) -> list[tuple[Writer, Path]]:
    """Return the writers of the reports asked for, after making sure that their files can be written."""
    from srverify.report.files import check_writable

    found = []
    taken: dict[str, str] = {}
    for option, (_, entry) in _REPORTS.items():
        value = getattr(arguments, option)
        if value is None:
            continue
        module, _, function = entry.partition(":")
        if importlib.util.find_spec(module) is None:
            raise InputError(f"--{option}: not available yet")
        check_writable(Path(value))
        other = taken.setdefault(os.path.realpath(value), option)
        # A device takes any number of them.
        if other != option and (os.path.isfile(value) or not os.path.exists(value)):
            raise InputError(f"--{other} and --{option} would write the same file {value}")
        found.append((getattr(importlib.import_module(module), function), Path(value)))
    return found


def _earlier(path: str | None) -> dict[str, Any] | None:
    if path is None:
        return None
    from srverify.report.against import read_record

    return read_record(Path(path))


def _print_differences(earlier: dict[str, Any], record: dict[str, Any]) -> bool:
    """Print what differs from an earlier audit; return whether nothing got worse."""
    from srverify.report.against import compare
    from srverify.report.style import counted

    differences = list(compare(earlier, record))
    for difference in differences:
        print(f"{'worse ' if difference.worse else '      '}{difference.place}: {difference.text}")
    worse = sum(difference.worse for difference in differences)
    print(f"{counted(len(differences), 'difference')}, {worse} for the worse")
    return worse == 0 and not record["summary"]["contradictions"] and not record["summary"]["missing"]


def _annotate(record: dict[str, Any]) -> None:
    from srverify.report.github import workflow_commands

    for line in workflow_commands(record):
        print(line)
