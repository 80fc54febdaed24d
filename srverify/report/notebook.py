"""What notebooks show: typeset statements, and findings and audits as tables.

A notebook asks an object for ``_repr_latex_`` or ``_repr_html_``. ``attach`` gives these methods to the
classes that people meet, so that statements and results need not know of LaTeX or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from srverify.language.statement import point_text
from srverify.report.style import counted
from srverify.report.summary import summarise

if TYPE_CHECKING:
    from srverify.audit.portfolio import Findings
    from srverify.audit.result import AuditResult, ClaimResult
    from srverify.claims.outcome import Outcome
    from srverify.language.statement import Statement


def findings_html(findings: Findings) -> str:
    """Return one row per engine under the status; a contradiction is told first."""
    caption = findings.status.value
    if findings.contradiction:
        caption = f"CONTRADICTION: {findings.contradiction}"
    rows = (
        (o.engine, o.status, o.trust or "-", f"{o.seconds:.2f} s", _found(o)) for o in findings.outcomes
    )
    return _table(caption, ("engine", "status", "trust", "time", "found"), rows)


def _found(outcome: Outcome) -> str:
    at = f"at {point_text(outcome.witness)}" if outcome.witness is not None else ""
    return "; ".join(filter(None, (at, outcome.detail)))


def audit_html(result: AuditResult) -> str:
    """Return the verdicts in numbers, then the findings and everything that is not as expected."""
    summary = summarise(result)
    caption = f"{counted(len(result.claims), 'claim')}: {'all' if result.ok else 'NOT'} as expected"
    numbers = ((verdict, str(n)) for verdict, n in summary.verdicts.items() if n)
    tables = [_table(caption, ("verdict", "claims"), numbers)]
    if summary.findings:
        rows = ((f.claim, f.verdict, f.line) for f in summary.findings)
        tables.append(_table("Findings", ("claim", "verdict", "what"), rows))
    wrong = list(_wrong(result))
    if wrong:
        tables.append(_table("Not as expected", ("where", "what"), wrong))
    return "".join(tables)


def claim_html(result: ClaimResult) -> str:
    """Return one row per check under the claim's verdict, then what is not as it should be."""
    claim = result.claim
    trust = f", trust {result.trust}" if result.trust is not None else ""
    caption = f"{claim.id} {claim.title}: {result.verdict}{trust}"
    rows = (
        (
            c.check.id,
            c.check.role,
            c.check.obligation.text,
            f"{c.check.expect} expected, {c.state}",
            " ".join(c.settled_by),
        )
        for c in result.checks
    )
    tables = [_table(caption, ("check", "role", "what", "outcome", "settled by"), rows)]
    problems = [(c.check.id, problem) for c in result.checks for problem in c.problems]
    problems += [(claim.id, problem) for problem in result.problems]
    if problems:
        tables.append(_table("Problems", ("where", "what"), problems))
    return "".join(tables)


def _wrong(result: AuditResult) -> Iterator[tuple[str, str]]:
    for line in result.contradictions:
        yield "contradiction", line
    for line in result.missing:
        yield "missing", line
    for claim in result.claims:
        if not claim.ok:
            told = f"expected {claim.claim.expected}, computed {claim.verdict}"
            problems = (f"{c.check.id}: {p}" for c in claim.checks if not c.ok for p in c.problems)
            yield claim.claim.id, "; ".join(dict.fromkeys((told, *problems, *claim.problems)))


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; every text is escaped here and nowhere else."""
    # Notebooks align cells to the right, as suits numbers.
    left = ' style="text-align: left"'
    titles = "".join(f"<th{left}>{escape(title)}</th>" for title in head)
    lines = "".join(f"<tr>{''.join(f'<td{left}>{escape(c)}</td>' for c in row)}</tr>" for row in rows)
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _statement_latex(statement: Statement) -> str:
    from srverify.emit.latex import statement_to_latex

    return rf"$\displaystyle {statement_to_latex(statement)}$"


def attach() -> None:
    """Let notebooks show statements, findings and audits; harmless to repeat."""
    from srverify.audit.portfolio import Findings
    from srverify.audit.result import AuditResult, ClaimResult
    from srverify.language.statement import Statement

    shown: tuple[tuple[type, str, Callable[[Any], str]], ...] = (
        (Statement, "_repr_latex_", _statement_latex),
        (Findings, "_repr_html_", findings_html),
        (ClaimResult, "_repr_html_", claim_html),
        (AuditResult, "_repr_html_", audit_html),
    )
    for kind, method, show in shown:
        setattr(kind, method, show)
