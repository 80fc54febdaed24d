"""The two things that most programs want: prove one statement, audit a folder of claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from srverify.claims.obligation import Options
from srverify.language.statement import Statement

if TYPE_CHECKING:
    from srverify.audit import AuditResult, Settings
    from srverify.audit.portfolio import Findings


def prove(
    show: str | Statement,
    given: Sequence[str] = (),
    variables: Mapping[str, str] | None = None,
    *,
    engines: Sequence[str] = (),
    timeout: float = 30.0,
    compare: bool = False,
) -> Findings:
    """Ask the engines whether a statement holds; each runs in a worker process with limits.

    Parameters
    ----------
    show, given, variables
        As in ``Statement.parse``; or a finished Statement as ``show``.
    engines
        Names of the engines to ask; empty: all that are available, one after another until one answers.
    timeout
        Seconds per engine.
    compare
        Ask all engines at once and let them contradict each other, as named ones always may.

    Returns
    -------
    Findings
        ``status`` (proved, refuted or unknown), ``best`` (the strongest outcome), all ``outcomes``, and
        ``contradiction`` if engines disagree.

    Raises
    ------
    InputError
        For text that cannot be read, or an engine that is unknown or not available.

    >>> found = prove("x^2 >= x", engines=["arb"])
    >>> found.status.value, found.best.witness is not None
    ('refuted', True)
    """
    from srverify.audit.portfolio import Portfolio

    claim = show if isinstance(show, Statement) else Statement.parse(show, given, variables)
    with Portfolio(engines, Options(timeout=timeout), compare=compare) as portfolio:
        return portfolio.settle(claim)


def audit_claims(
    *paths: str | Path, settings: Settings | None = None, cache: bool = True
) -> AuditResult:
    """Audit claim modules or folders of them (default: the audit that comes with srverify).

    Parameters
    ----------
    settings
        Restrictions and limits (``srverify.Settings``).
    cache
        Whether to read and write the user's remembered outcomes.

    Raises
    ------
    InputError
        For modules that cannot be loaded, and unknown claims or engines.
    """
    from srverify.audit import audit
    from srverify.claims.ledger import load
    from srverify.running.cache import Cache, NoCache, cache_directory

    return audit(load(paths), settings, Cache(cache_directory()) if cache else NoCache())
