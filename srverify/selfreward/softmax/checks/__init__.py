"""Simulated, adversarial checks of the entries that speak of policies or distributions.

``simulated_check("C08")`` returns the obligation that the ledger attaches to entry C08;
``slack_report("C08", seed)`` runs its statements and returns the least slack with the instance that
attains it. Agreement is evidence (trust ``simulated``), never a proof.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

from srverify.claims.obligation import Computation, Finding
from srverify.language.errors import InputError
from srverify.selfreward.softmax.checks import (  # noqa: F401  (imported for their registrations)
    covering,
    dimension,
    finite_sample,
    greedy,
    iteration,
    linear_class,
    lower_bound,
    preliminaries,
    tails,
)
from srverify.selfreward.softmax.checks.registry import CHECKS, Checkable
from srverify.selfreward.softmax.checks.search import SlackReport

__all__ = [
    "CHECKS",
    "SlackReport",
    "checked_entries",
    "mutant_reports",
    "simulated_check",
    "slack_report",
]


def checked_entries() -> tuple[str, ...]:
    """Return the ids of all entries with simulated checks, sorted."""
    return tuple(sorted(CHECKS))


def _statements(entry: str) -> list[Checkable]:
    if entry not in CHECKS:
        raise InputError(f"no simulated check for {entry!r}; there are: {', '.join(checked_entries())}")
    return CHECKS[entry]


def slack_report(entry: str, seed: int = 0) -> SlackReport:
    """Run every statement of an entry; the least slack and its instance lead, parts hold the rest.

    Raises InputError for an entry without simulated checks.

    Examples
    --------
    >>> report = slack_report("C11")
    >>> report.holds, report.instances_tried >= 10_000
    (True, True)
    """
    parts = tuple(statement.run(seed) for statement in _statements(entry))
    leading = min(parts, key=lambda part: (part.holds, part.smallest_slack))
    tried = sum(part.instances_tried for part in parts)
    return dataclasses.replace(leading, instances_tried=tried, parts=parts)


def mutant_reports(entry: str, seed: int = 0) -> list[SlackReport]:
    """Run every mutant of every statement of an entry; none of the reports should hold."""
    return [
        statement.run(seed, mutant) for statement in _statements(entry) for mutant in statement.mutants
    ]


def _finding(report: SlackReport) -> Finding:
    lines = "; ".join(f"{part.statement}: {part.summary}" for part in report.parts or (report,))
    instance = {name: json.dumps(value) for name, value in report.instance.items()}
    return Finding(report.holds, lines, instance)


def _make_functions(
    entry: str,
) -> tuple[Callable[[int], Finding], Callable[[int], Finding]]:
    """Return the finding of an entry and of its mutants, as functions of this module.

    They are module-level functions in all but spelling: workers unpickle them by name.
    """

    def check(seed: int) -> Finding:
        return _finding(slack_report(entry, seed))

    def mutant(seed: int) -> Finding:
        reports = mutant_reports(entry, seed)
        survivors = [report.statement for report in reports if report.holds]
        detail = "; ".join(f"{report.statement}: {report.summary}" for report in reports)
        return Finding(bool(survivors), detail)

    for function, name in ((check, f"check_{entry}"), (mutant, f"mutant_{entry}")):
        function.__name__ = function.__qualname__ = name
        globals()[name] = function
    return check, mutant


_FUNCTIONS = {entry: _make_functions(entry) for entry in CHECKS}


def simulated_check(entry: str) -> Computation:
    """Return the obligation "no violation found" of an entry, with its mutants, for the ledger.

    Raises InputError for an entry without simulated checks.
    """
    statements = _statements(entry)
    check, mutant = _FUNCTIONS[entry]
    claim = "; ".join(statement.claim for statement in statements)
    return Computation(
        claim=f"No violation found by adversarial search: {claim}",
        engine="simulation",
        function=check,
        mutant=mutant,
    )
