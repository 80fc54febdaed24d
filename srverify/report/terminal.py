"""The audit on a terminal or in a pipe: one line per claim as it completes, a summary last."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, TextIO

from srverify.audit.plan import Step
from srverify.audit.result import AuditResult, CheckState, ClaimResult
from srverify.audit.run import Observer
from srverify.claims.part import Extent
from srverify.report.style import Style, counted, wants_colour, width_of
from srverify.report.summary import Summary, summarise


class QuietReport(Observer):
    """Says which ledger it is, and no more; for runs that print something else at the end."""

    def __init__(self, title: str = "") -> None:
        self._title = title

    def planned(self, steps: int, cached: int) -> None:
        """Print which ledger is audited."""
        if self._title:
            print(f"auditing {self._title}", flush=True)

    def __enter__(self) -> QuietReport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def finish(self, result: AuditResult) -> None:
        """Do nothing."""


def claim_line(result: ClaimResult, style: Style) -> str:
    """Return the line of a claim: id, slug, verdict, trust, seconds, engines."""
    claim = result.claim
    seconds = f"{result.seconds:.1f} s" if result.seconds >= 0.05 else "-"
    trust = "-" if result.trust is None else str(result.trust)
    if result.trust is not None and result.extent is not Extent.FULL:
        trust += "*"
    line = (
        f"{style(f'{claim.id:<5}', 'bold')}{_cut(claim.slug, 30):<31}{style.verdict(result.verdict, 12)}"
        f"{trust:<11}{seconds:>7}  {' '.join(result.engines)}"
    ).rstrip()
    if result.verdict is not claim.expected:
        line += style(f"  [expected {claim.expected}]", "red", "bold")
    elif not result.ok:
        line += style("  [a check failed]", "red", "bold")
    return line


def problem_lines(result: ClaimResult, style: Style) -> Iterator[str]:
    """Yield why a claim is not as expected."""
    if result.ok:
        return
    failed = [check for check in result.checks if check.state is not CheckState.SETTLED]
    told = dict.fromkeys(f"{check.check.id}: {p}" for check in failed for p in check.problems)
    told.update(dict.fromkeys(result.problems))
    for problem in told:
        yield f"     {style('!', 'red', 'bold')} {problem}"


def summary_lines(result: AuditResult, style: Style, width: int) -> Iterator[str]:
    """Yield the summary: counts, findings, assumptions, engines, and what is not as expected."""
    summary = summarise(result)
    yield ""
    yield from _counts(result, summary, style)
    if summary.findings:
        yield style("Findings", "bold")
        for f in summary.findings:
            yield from _hanging(f"  {f.claim:<5}{style.verdict(f.verdict, 12)}", 19, f.line, width)
    if summary.assumptions:
        yield style("What rests on which assumption", "bold")
        for name, ids in summary.assumptions.items():
            yield from _hanging(f"  {name:<10} ", 13, " ".join(ids), width)
    # What nothing here needed is not worth a line.
    incomplete = {
        outcome.engine
        for claim in result.claims
        for check in claim.checks
        for outcome in check.evidence.outcomes
        if outcome.evidence.get("lacks")
    }
    for name, state in result.engines.items():
        if not state.available or name in incomplete:
            how = "broken" if state.broken else "incomplete" if state.available else "unavailable"
            hint = f"; install: {state.install}" if state.install else ""
            yield style(f"engine {name} is {how}: {state.reason}{hint}", "yellow")
    for line in result.contradictions:
        yield style(f"CONTRADICTION  {line}", "red", "bold")
    for line in result.missing:
        yield style(f"MISSING  {line}", "red", "bold")
    if result.ok:
        yield style("all as expected", "green", "bold")
    else:
        unexpected = " ".join(summary.unexpected)
        yield style(f"NOT as expected{': ' if unexpected else ''}{unexpected}", "red", "bold")


def _counts(result: AuditResult, summary: Summary, style: Style) -> Iterator[str]:
    claims = style(counted(len(result.claims), "claim"), "bold")
    yield f"{claims}, {counted(summary.checks, 'check')} in {result.seconds:.1f} s"
    n = summary.verdicts
    parts = ", ".join(
        f"{n[verdict]} {word}"
        for verdict, word in (
            ("holds", "hold"),
            ("repaired", "repaired"),
            ("refuted", "refuted"),
            ("conditional", "conditional"),
            ("sharper", "sharper"),
            ("open", "open"),
        )
    )
    yield parts
    fates = summary.mutants
    yield ", ".join(f"{counted(count, 'mutant')} {fate}" for fate, count in fates.items() if count)
    line = f"{counted(len(summary.single_engine), 'check')} settled by one engine only"
    if summary.unavailable:
        line += f", {len(summary.unavailable)} unavailable"
    yield line


def _hanging(head: str, indent: int, text: str, width: int) -> Iterator[str]:
    import textwrap

    lines = textwrap.wrap(text, max(30, width - indent), break_on_hyphens=False) or [""]
    yield f"{head}{lines[0]}"
    for line in lines[1:]:
        yield f"{' ' * indent}{line}"


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else f"{text[: size - 1]}…"


class TerminalReport(Observer):
    """Prints claims as they complete; a progress bar on stderr while work goes on, on a terminal only.

    Use as a context manager around the audit.

    Parameters
    ----------
    title
        Which ledger is audited: the first line.
    """

    def __init__(self, title: str = "", out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._title = title
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self.style = Style(wants_colour(self._out))
        self.width = width_of(self._out)
        self._progress: Any = None
        self._bar: Any = None

    def __enter__(self) -> TerminalReport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def planned(self, steps: int, cached: int) -> None:
        """Say which ledger it is; start the progress bar, if there is work and a terminal for it."""
        if self._title:
            self._print([f"auditing {self._title}"])
        if steps == cached or not self._err.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            TextColumn("{task.description:<28.28}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(file=self._err),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._bar = self._progress.add_task("starting", total=steps, completed=cached)
        self._progress.start()

    def preparing(self, line: str) -> None:
        """Show what an engine builds: in the bar, or as a line on stderr (builds take minutes)."""
        if self._progress is not None:
            self._progress.update(self._bar, description=line)
        else:
            print(f"srverify: {line}", file=self._err, flush=True)

    def stepped(self, step: Step) -> None:
        """Advance the progress bar."""
        if self._progress is not None:
            self._progress.update(self._bar, advance=1, description=f"{step.claim.id} {step.check.id}")

    def judged(self, result: ClaimResult) -> None:
        """Print a claim's line, and what is wrong with it."""
        self._print([claim_line(result, self.style), *problem_lines(result, self.style)])

    def finish(self, result: AuditResult) -> None:
        """Print the summary."""
        self._stop()
        self._print(summary_lines(result, self.style, self.width))

    def _print(self, lines: Iterable[str]) -> None:
        text = "\n".join(lines)
        if self._progress is not None and self._out.isatty():
            from rich.text import Text

            self._progress.console.print(Text.from_ansi(text), soft_wrap=True)
        else:
            print(text, file=self._out, flush=True)

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
