"""``srverify prove``: settle inequalities that were typed, or that a TOML or SMT-LIB 2 file holds."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srverify.language.errors import InputError

if TYPE_CHECKING:
    from srverify.audit.portfolio import Findings, Portfolio
    from srverify.language.smtlib.question import Question
    from srverify.language.smtlib.requests import Label
    from srverify.language.statement import Statement
    from srverify.running.executor import LocalExecutor

#: Statements of a file that are under way at the same time, so that no worker waits for another's.
LANES_PER_CORE = 2

_EPILOG = """
examples:
  srverify prove 'log(x) <= x - 1' --given 'x > 0'
  srverify prove '2^n >= n + 1' --var 'n: natural'
  srverify prove --file statements.toml     # [[statement]] tables: id, vars, given, show
  srverify prove --file script.smt2         # unsat: proved contradictory; sat: refuted by a model
  srverify prove --file script.smt2 --answers   # sat, unsat or unknown, as a solver answers
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument("show", nargs="?", metavar="STATEMENT", help="what to prove")
    parser.add_argument(
        "--given", action="append", default=[], metavar="STATEMENT", help="a hypothesis (repeatable)"
    )
    parser.add_argument(
        "--var",
        action="append",
        default=[],
        metavar="'NAME: DOMAIN'",
        help="a variable's domain: real (default), natural, (0, oo), natural [1, oo) (repeatable)",
    )
    parser.add_argument(
        "--latex", action="store_true", help="STATEMENT and --given are LaTeX; say how they were read"
    )
    parser.add_argument("--file", metavar="F", help="a .toml or .smt2 file")
    parser.add_argument(
        "--engine", nargs="+", action="extend", default=[], metavar="NAME", help="ask these engines only"
    )
    parser.add_argument(
        "--all-engines",
        action="store_true",
        help="ask all engines at once and compare their answers (default: stop at the first that is"
        " rigorous)",
    )
    parser.add_argument(
        "--certificate",
        metavar="F",
        help="F.json: write the proof object, which 'srverify check' checks without any search; F.v:"
        " write a Rocq file that proves the statement by the same steps, checked if coqc is there",
    )
    parser.add_argument(
        "--require-trust",
        metavar="TRUST",
        choices=("kernel", "certified", "rigorous"),
        help="fail (status 1) if a proof rests on less: kernel (asks Rocq), certified or rigorous",
    )
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="neither read nor write remembered answers (they are checked again when they are read)",
    )
    parser.add_argument(
        "--answers",
        action="store_true",
        help="answer an .smt2 file as a solver does (check-sat, get-model, get-value,"
        " get-unsat-core, echo and the like); status 0",
    )
    parser.add_argument(
        "--timeout",
        default="20",
        metavar="S",
        help="seconds of work per engine run, at most (default: 20); a solver that was not asked for by"
        " name gets a quarter where the first engine has no answer and the statement is of a kind that"
        " the solver does not decide",
    )


@dataclass(frozen=True)
class Result:
    """The answer to one statement or script.

    Parameters
    ----------
    status
        ``proved``, ``refuted`` or ``unknown``.
    findings
        The engines' outcomes behind it.
    witness
        For ``refuted``: exact values.
    detail
        What the status means, where that needs saying.
    answer
        For a script, what a solver prints: ``sat``, ``unsat`` or ``unknown``.
    suggestion
        For a statement that was typed and is refuted: a hypothesis with which it is proved.
    core
        For a script that asks for it, what its contradiction needs.
    asked
        The question that is answered, of the two that a script may ask at once.
    applied
        The values of a script's functions in a model, by the constants that stand for them.
    ok
        Whether this is what was wanted: proved, or as a script's ``:status`` says.
    """

    id: str
    status: str
    findings: Findings
    witness: Mapping[str, str] | None
    detail: str
    ok: bool
    answer: str = ""
    suggestion: str = ""
    core: tuple[Label, ...] = ()
    asked: Question | None = None
    applied: Mapping[str, str] | None = None

    @property
    def data(self) -> dict[str, Any]:
        """The result as plain data; see the README for the schema."""
        best = self.findings.best if self.status != "unknown" else None
        return {
            "id": self.id,
            "status": self.status,
            "engine": None if best is None else best.engine,
            "trust": None if best is None or best.trust is None else str(best.trust),
            "seconds": round(self.findings.seconds if best is None else best.seconds, 6),
            "remembered": self.findings.remembered,
            "witness": None if self.witness is None else dict(self.witness),
            "detail": self.detail,
            "suggestion": self.suggestion or None,
            "contradiction": self.findings.contradiction or None,
            "outcomes": [outcome.to_dict() for outcome in self.findings.outcomes],
        }


def run(arguments: argparse.Namespace) -> int:
    """Settle everything asked for; 0 if all of it is proved (a script: as its status says), else 1."""
    from srverify.claims.vocabulary import ENGINES, FIRST
    from srverify.running.isolation import start_early

    if arguments.file is None and arguments.engine in ([], [FIRST]):
        # Most of the wait for a short proof is for two processes that import: let them do so together.
        start_early(ENGINES[FIRST])

    from srverify.audit.lanes import Lanes
    from srverify.claims.obligation import FOR_KERNEL, Options
    from srverify.commands.audit import cache_of
    from srverify.commands.certificates import (
        certificate_path,
        is_weaker,
        wants_replay,
        weakest,
        with_replay,
        write_certificate,
    )
    from srverify.commands.cli import EXIT_OK, EXIT_UNEXPECTED
    from srverify.commands.remembered import RememberingPortfolio
    from srverify.running.executor import available_cores

    if arguments.answers and (arguments.json or not str(arguments.file).endswith(".smt2")):
        raise InputError("--answers goes with --file SCRIPT.smt2, and not with --json")
    goals = _goals(arguments)
    certificate = certificate_path(arguments)
    replay = ""
    results: list[Result] = []
    replaying = wants_replay(arguments, certificate)
    # What is kept may be given to a kernel later.
    kept = FOR_KERNEL if certificate or replaying else {}
    options = Options(timeout=_timeout(arguments.timeout), extra=kept)
    # Proof objects come from one engine; the others need not be asked for theirs.
    engines = arguments.engine or (["arb"] if certificate or replaying else [])
    enough = weakest(arguments.require_trust)
    # Where engines are compared they run side by side; else many statements do.
    alone = len(goals) == 1 or arguments.all_engines or len(engines) > 1 or replaying
    number = 1 if alone else min(len(goals), LANES_PER_CORE * available_cores())

    # What is asked of certain engines, or of all, is asked of them.
    remembers = not (engines or kept or arguments.all_engines or arguments.no_cache)
    cache = cache_of(no_cache=not remembers)

    def portfolio(workers: LocalExecutor) -> Portfolio:
        shared = None if alone else workers
        return RememberingPortfolio(
            cache, engines, options, compare=arguments.all_engines, enough=enough, executor=shared
        )

    def settle(named: tuple[str, Statement | Question], portfolio: Portfolio) -> Result:
        return _settled(*named, portfolio)

    with Lanes(portfolio, number) as lanes:
        for (identifier, goal), result in zip(goals, lanes.map(settle, goals), strict=True):
            if replaying:
                findings, replay = with_replay(identifier, goal, result.findings)
                result = replace(result, findings=findings)
            results.append(result)
            _show_progress("")
            if arguments.answers:
                print("\n".join(_answered(result)), flush=True)
            elif not arguments.json:
                print("\n".join(_lines(result)), flush=True)
            if len(results) < len(goals):
                _show_progress(f"{len(results)} of {len(goals)} settled")
    if arguments.file is None and (suggestion := _suggested(goals[0][1], results[0])):
        results[0] = replace(results[0], suggestion=suggestion)
        if not arguments.json:
            # What is typed as LaTeX is read as LaTeX.
            how = f"where {suggestion}" if arguments.latex else f"with --given '{suggestion}'"
            print(f"         holds {how}", flush=True)
    if arguments.json:
        print(json.dumps({"schema": 1, "results": [result.data for result in results]}, indent=2))
    written = certificate is None or write_certificate(
        certificate, goals[0][1], results[0].findings, replay
    )
    required = arguments.require_trust
    weak = [result for result in results if is_weaker(result.id, result.findings, required)]
    contradictory = [result for result in results if result.findings.contradiction]
    for result in contradictory:
        print(
            f"srverify: CONTRADICTION: {result.id}: {result.findings.contradiction};"
            " one of them is wrong, please report this",
            file=sys.stderr,
        )
    if arguments.answers and not contradictory and not weak:
        return EXIT_OK  # A solver has done its work whatever the answer is.
    good = written and not weak and all(result.ok for result in results)
    return EXIT_OK if good else EXIT_UNEXPECTED


def _show_progress(text: str) -> None:
    """Put a text in place of the last one below what is printed, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


# -- what is asked -----------------------------------------------------------------------------


def _goals(arguments: argparse.Namespace) -> list[tuple[str, Statement | Question]]:
    if (arguments.show is None) == (arguments.file is None):
        raise InputError("prove takes either a statement or --file (try 'srverify prove --help')")
    if arguments.file is None:
        return [("statement", _typed(arguments))]
    if arguments.given or arguments.var or arguments.latex:
        raise InputError("--given, --var and --latex go with a statement, not with --file")
    return list(_from_file(Path(arguments.file)))


def _typed(arguments: argparse.Namespace) -> Statement:
    from srverify.language.parser import free_names
    from srverify.language.toml_file import parse_statement

    declared: dict[str, str] = {}
    for text in arguments.var:
        name, colon, domain = text.partition(":")
        if not colon or not name.strip() or not domain.strip():
            raise InputError(f"--var {text!r}: write 'NAME: DOMAIN', such as 'n: natural'")
        if name.strip() in declared:
            raise InputError(f"--var {text!r}: {name.strip()!r} is declared twice")
        declared[name.strip()] = domain.strip()
    show, given = arguments.show, list(arguments.given)
    if arguments.latex:
        show, given = _read_latex(show, given)
    names = free_names(show, given, declared)
    for name in declared:
        if name not in names:
            raise InputError(f"--var: {name!r} does not occur (there are: {', '.join(names) or 'none'})")
    variables = {name: declared.get(name, "real") for name in names}
    return parse_statement(show, given, variables)


def _read_latex(show: str, given: Sequence[str]) -> tuple[str, list[str]]:
    """Read LaTeX, and tell on stderr as what: a misreading must not go unseen."""
    from srverify.language.tex.formula import read_formula

    reading = read_formula(show)
    found = list(reading.given)
    for text in given:
        condition = read_formula(text)
        found += [condition.show, *condition.given]
    hypotheses = f", given {', '.join(found)}" if found else ""
    print(f"srverify: read as {reading.show}{hypotheses}", file=sys.stderr)
    return reading.show, found


def _from_file(path: Path) -> Iterator[tuple[str, Statement | Question]]:
    from srverify.language.text_file import read_text
    from srverify.language.toml_file import read_toml

    if path.suffix == ".toml":
        yield from read_toml(path).items()
    elif path.suffix == ".smt2":
        from srverify.language.smtlib.reader import read_smtlib

        try:
            questions = read_smtlib(read_text(path))
        except InputError as error:
            raise InputError(f"{path}: {error}") from None
        for question in questions:
            several = len(questions) > 1
            yield (f"{path.stem}:{question.line}" if several else path.stem), question
    else:
        raise InputError(f"cannot tell what {path} is: name it .toml or .smt2")


def _timeout(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise InputError(f"--timeout {text!r} is not a positive number of seconds")
    return seconds


# -- answers -----------------------------------------------------------------------------------


def _settled(identifier: str, goal: Statement | Question, portfolio: Portfolio) -> Result:
    from srverify.language.statement import Statement

    if isinstance(goal, Statement):
        findings = portfolio.settle(goal)
        best = findings.best
        refuted = best if findings.status == "refuted" else None
        witness = None if refuted is None else refuted.witness
        # Why the conclusion does not hold there, if it is because something has no value.
        detail = "" if refuted is None else str(refuted.evidence.get("undefined", ""))
        status = str(findings.status)
        return Result(identifier, status, findings, witness, detail, status == "proved")
    return answer(identifier, goal, portfolio)


def answer(identifier: str, question: Question, portfolio: Portfolio) -> Result:
    """Answer a ``check-sat``: first look for a contradiction, then for a model.

    What is open then is asked anew where quotients by 0 have some value.
    """
    found = _answer(identifier, question, portfolio)
    if found.answer == "unknown" and question.total is not None and not found.findings.contradiction:
        total = _answer(identifier, question.total, portfolio)
        return found if total.answer == "unknown" else total
    return found


def _answer(identifier: str, question: Question, portfolio: Portfolio) -> Result:
    from srverify.commands.answers import function_values
    from srverify.commands.cores import core_of

    findings = portfolio.settle(question.contradiction)
    core: tuple[Label, ...] = ()
    detail = "the assertions contradict each other (unsat)"
    witness = applied = None
    if findings.status == "proved":
        found, status = "unsat", "proved"
        core = core_of(question, portfolio)
    else:
        witness = _model(question, findings)
        if witness is None and not findings.contradiction:
            # Where no term is partial, a proof has been looked for already.
            findings = portfolio.settle(question.model_statement, refute_only=question.is_total)
            witness = _model(question, findings)
        if witness is not None:
            found, status = "sat", "refuted"
            assert findings.best is not None
            assert findings.best.witness is not None
            applied = question.applied(findings.best.witness)
            # Constants of these names come first.
            witness = function_values(question, witness, applied) | witness
            detail = "the assertions have a model (sat)"
        else:
            found, status = "unknown", "unknown"
            detail = ""
            if findings.status == "proved":
                detail = "no model with every division, logarithm and root defined; SMT-LIB gives them"
                detail += " values elsewhere too, so this is not unsat"
    if question.expected not in (None, found) and found != "unknown":
        detail += f", but :status says {question.expected}"
    ok = found == question.expected if question.expected is not None else status == "proved"
    return Result(
        identifier,
        status,
        findings,
        witness,
        detail,
        ok,
        found,
        core=core,
        asked=question,
        applied=applied,
    )


def _suggested(goal: Statement | Question, result: Result) -> str:
    """Return a hypothesis that a typed statement lacks, unless a term has no value at its witness."""
    if result.status != "refuted" or not result.witness or result.detail:
        return ""

    from srverify.commands.repairs import missing_hypothesis
    from srverify.language.statement import Statement

    assert isinstance(goal, Statement)
    return missing_hypothesis(goal, result.witness)


def _answered(result: Result) -> Iterator[str]:
    from srverify.commands.answers import answered

    assert result.asked is not None
    return answered(result.asked, result.answer, result.witness, result.core, result.applied)


def _model(question: Question, findings: Findings) -> dict[str, str] | None:
    """Return a refutation's witness, if it is a model, by the script's own symbols."""
    from srverify.numerics.arb_eval import violates
    from srverify.numerics.witness import parse_witness

    best = findings.best
    if findings.status != "refuted" or best is None or best.witness is None:
        return None
    if not violates(question.model_statement, parse_witness(best.witness)):
        return None
    return question.model(best.witness)


def _lines(result: Result) -> Iterator[str]:
    from srverify.report.style import Style, wants_colour

    style = Style(wants_colour(sys.stdout))
    colour = {"proved": "green", "refuted": "magenta"}.get(result.status, "yellow")
    line = f"{style(f'{result.status:8}', colour, 'bold')} {result.id}"
    best = result.findings.best
    if result.status != "unknown" and best is not None:
        line += f"  by {best.engine} in {best.seconds:.2f} s ({best.trust})"
        line += ", remembered and checked again" if result.findings.remembered else ""
    yield line
    if result.witness is not None:
        point = ", ".join(f"{name} = {value}" for name, value in result.witness.items())
        yield f"         witness: {point or 'every point'}"
    if result.detail:
        yield f"         {result.detail}"
    if result.status == "unknown":
        for outcome in result.findings.outcomes:
            yield f"         {outcome.engine}: {outcome.status} {outcome.detail}".rstrip()
    else:
        agreeing = [
            o.engine for o in result.findings.outcomes if o.status == result.status and o != best
        ]
        if agreeing:
            yield f"         also {result.status} by {', '.join(agreeing)}"
