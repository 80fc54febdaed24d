"""Unsatisfiable cores: which named assertions and assumptions a contradiction needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srverify.audit.portfolio import Portfolio
    from srverify.language.smtlib.question import Question
    from srverify.language.smtlib.requests import Label

#: With more labels than this all of them are the core: it need not be the least one.
MAX_LABELS = 64

_WANTED = ("get-unsat-core", "get-unsat-assumptions")


def core_of(question: Question, portfolio: Portfolio) -> tuple[Label, ...]:
    """Return labels of a contradictory question that contradict each other and what has no label.

    One at a time is left out for which a contradiction without it is proved; not one on which the form
    of the question rests. Nothing is asked if the script does not ask for a core.
    """
    kept = list(question.labels)
    if not any(request.command in _WANTED for request in question.requests):
        return tuple(kept)
    for label in question.labels if len(kept) <= MAX_LABELS else ():
        if label.needed:
            continue
        fewer = [other for other in kept if other is not label]
        if portfolio.settle(question.only(fewer).contradiction).status == "proved":
            kept = fewer
    return tuple(kept)
