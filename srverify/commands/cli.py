"""The command line: names, exit statuses and the one-line form of errors."""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections.abc import Sequence
from typing import Any

from srverify import __version__
from srverify.claims import plugins
from srverify.commands.streams import guarded
from srverify.language.errors import InputError, SrverifyError
from srverify.running.stopping import Stopped, stoppable

#: Commands whose output is read by a program, so that no character of it may be replaced.
_EXACT = frozenset({"export"})

EXIT_OK = 0
EXIT_UNEXPECTED = 1
EXIT_USAGE = 2
EXIT_INTERNAL = 3
EXIT_INTERRUPTED = 130

COMMANDS = {
    "audit": "check every claim with every engine and print the verdicts",
    "list": "list the claims of the audit",
    "show": "show everything about one claim",
    "export": "print a claim as SMT-LIB 2, Lean, Rocq or LaTeX",
    "prove": "prove or refute an inequality, a TOML file or an SMT-LIB 2 file",
    "check": "check a proof object again, without any search",
    "lambertw": "evaluate a real branch of Lambert W, every printed digit right",
    "new": "start an audit of your own: a small working one, or from a paper's LaTeX",
    "review": "read the paper's statements beside ours, and record who accepted them",
    "coverage": "say which of a paper's displays and statements no claim answers for",
    "pin": "record the definitions that the pinned statements of a Rocq development rest on",
    "doctor": "show the engines, their versions and how to install what is missing",
}


#: Options that take one value each time, and what it is.
_REPEATED = {"--given": "each hypothesis", "--var": "each variable"}


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line and exit with status 2."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # argparse takes -1 and -0.2 for values, not options; so are -1/5 and -1e-5000.
        self._negative_number_matcher = re.compile(r"-(\.?[0-9]|inf|nan|e\b|pi\b|[A-Za-z]*\()")

    def error(self, message: str) -> None:  # type: ignore[override]
        raise InputError(f"{message} (try '{self.prog} --help')")


def commands() -> dict[str, tuple[str, str]]:
    """Return every command's summary and module: our own, then those of plugins."""
    added = {name: (command.summary, command.module) for name, command in plugins.commands().items()}
    # A plugin cannot replace a command of ours.
    return {**added, **_own()}


def _own() -> dict[str, tuple[str, str]]:
    return {name: (summary, f"srverify.commands.{name}") for name, summary in COMMANDS.items()}


def _command_in(argv: Sequence[str]) -> str | None:
    return next((word for word in argv if not word.startswith("-")), None)


def build_parser(chosen: str | None = None) -> argparse.ArgumentParser:
    """Return the parser; only the chosen command's own module is imported."""
    parser = _Parser(
        prog="srverify",
        description="Audit the mathematics of arXiv:2601.22513, or of your own paper.",
        epilog="Exit status: 0 all as expected, 1 something is not, 2 bad input, 3 a fault of srverify, "
        "130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"srverify {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    # A command of ours needs no plugin to be looked for.
    known = {chosen: _own()[chosen]} if chosen in COMMANDS else commands()
    for name, (summary, location) in known.items():
        sentence = f"{summary[0].upper()}{summary[1:]}."
        subparser = subparsers.add_parser(name, help=summary, description=sentence)
        if name == chosen:
            module = importlib.import_module(location)
            module.configure(subparser)
            subparser.set_defaults(run=module.run)
    return parser


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit status; errors become one line on stderr.

    Output that cannot be written does not stop the command: a reader that leaves (``| head``) changes
    nothing, any other failure is said at the end and makes a status of 0 a 2.
    """
    with guarded(lenient=_command_in(argv) not in _EXACT) as out, stoppable():
        status = _run(argv)
        out.flush()
        if out.failure:
            print(f"srverify: cannot write to standard output: {out.failure}", file=sys.stderr)
            status = status or EXIT_USAGE
    return status


def _run(argv: Sequence[str]) -> int:
    try:
        parser = build_parser(_command_in(argv))
        arguments, unread = parser.parse_known_args(argv)
        if unread:
            raise InputError(_unread(unread, argv, arguments.command))
        if arguments.command is None:
            parser.print_help()
            return EXIT_USAGE
        status: int = arguments.run(arguments)
    except SystemExit as end:
        # The parser has said what there is to say: help, the version, or what is wrong.
        return end.code if isinstance(end.code, int) else EXIT_OK
    except SrverifyError as error:
        print(f"srverify: {_one_line(error)}", file=sys.stderr)
        return EXIT_USAGE
    except Stopped as stop:
        print(f"srverify: stopped by {stop.name}", file=sys.stderr)
        return 128 + stop.number
    except KeyboardInterrupt:
        print("srverify: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except OSError as error:
        # The machine's answer (no space, no permission), not a fault of the program.
        print(f"srverify: {_one_line(error)}", file=sys.stderr)
        return EXIT_USAGE
    except Exception as error:
        return _crashed(argv, error)
    return status


def _one_line(error: Exception) -> str:
    if isinstance(error, FileNotFoundError) and error.filename is None:
        return "the current folder no longer exists"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(str(error).split("\n")) or type(error).__name__


def _unread(words: Sequence[str], argv: Sequence[str], command: str | None) -> str:
    """Say which words no option takes, and what may have been meant."""
    said = f"unrecognized arguments: {' '.join(words)}"
    before = argv[: argv.index(words[0])] if words[0] in argv else ()
    option = next((word for word in reversed(before) if word.startswith("-")), None)
    if option in _REPEATED and not words[0].startswith("-"):
        said += f"; {_REPEATED[option]} has a {option} of its own"
    return f"{said} (try '{' '.join(filter(None, ('srverify', command)))} --help')"


def _crashed(argv: Sequence[str], error: Exception) -> int:
    """Say that this is our fault, and which file to send."""
    from srverify.running.crash import sent_from, trace_of, write_crash_report

    report = write_crash_report(f"srverify {' '.join(map(repr, argv))}", trace_of(error))
    line = f"srverify: error: {type(error).__name__} inside srverify, which is a fault of ours"
    print(f"{line}: {sent_from(report)}", file=sys.stderr)
    return EXIT_INTERNAL
