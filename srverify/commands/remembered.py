"""Answers that ``prove`` remembers: what is kept is checked again, so that nothing rests on the files.

A remembered proof object goes through the checker, and a witness is tried, as if they were new; what
does not stand is looked for anew.
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import Any

from srverify.audit.portfolio import Findings, Portfolio
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.language.errors import SrverifyError
from srverify.language.statement import Statement
from srverify.running.cache import Cache, key_of


class RememberingPortfolio(Portfolio):
    """A portfolio that knows what it found before.

    Parameters
    ----------
    cache
        Where answers are kept.
    arguments, keywords
        Those of `Portfolio`.
    """

    def __init__(self, cache: Cache, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._cache = cache

    def settle(self, statement: Statement, *, refute_only: bool = False) -> Findings:
        """Return the answer that is remembered and stands, or what the engines find."""
        started = monotonic()
        key = key_of("prove", statement.to_dict())
        found = self._cache.get(key)
        if found is not None and stands(statement, found):
            # What was just checked is trusted for that, whatever the file says.
            known = replace(found, trust=Trust.RIGOROUS)
            if self._is_enough(known):
                return Findings((known,), monotonic() - started, remembered=True)
        findings = super().settle(statement, refute_only=refute_only)
        best = findings.best
        if best is not None and not findings.contradiction and _can_be_checked(best):
            self._cache.put(key, best)
        return findings


def stands(statement: Statement, outcome: Outcome) -> bool:
    """Tell whether an outcome's proof object is accepted, or its witness violates the statement."""
    from srverify.checker.check import check
    from srverify.numerics.arb_eval import violates
    from srverify.numerics.witness import parse_witness

    if not _can_be_checked(outcome):
        return False
    try:
        if outcome.status is Status.PROVED:
            check(statement, outcome.evidence["proof"])
            return True
        assert outcome.witness is not None
        return bool(violates(statement, parse_witness(outcome.witness)))
    except (SrverifyError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _can_be_checked(outcome: Outcome) -> bool:
    if outcome.status is Status.PROVED:
        return outcome.evidence.get("proof") is not None
    return outcome.status is Status.REFUTED and outcome.witness is not None
