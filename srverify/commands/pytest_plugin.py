"""A pytest plugin: with ``--srverify`` claim modules are collected like tests, one item per check.

Options: ``--srverify`` turns it on (also ``srverify = true`` in the configuration),
``--srverify-engine NAME`` (repeatable) asks these engines only. Every item carries the marker
``srverify`` and its claim's id as a keyword, so that ``-m srverify`` and ``-k D09`` select as usual.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from srverify.language.errors import InputError

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr

    from srverify.audit.result import CheckResult, ClaimResult
    from srverify.claims.claim import Claim
    from srverify.claims.ledger import Ledger


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("srverify")
    group.addoption("--srverify", action="store_true", help="collect claim modules, one item per check")
    group.addoption(
        "--srverify-engine", action="append", default=[], metavar="NAME", help="ask these engines only"
    )
    parser.addini("srverify", "collect claim modules, one item per check", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker; refuse engines that do not exist."""
    config.addinivalue_line("markers", "srverify: a check of a claim, settled by srverify's engines")
    for name in config.getoption("--srverify-engine"):
        from srverify.claims.vocabulary import ENGINES

        if name not in ENGINES:
            raise pytest.UsageError(
                f"--srverify-engine: unknown engine {name!r} (known: {', '.join(ENGINES)})"
            )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Collect a claim module as one, and as nothing else: pytest imports a file named to it."""
    found = yield
    config = parent.config
    if not (config.getoption("--srverify") or config.getini("srverify")):
        return found
    from srverify.claims.folders import is_claim_module

    if not is_claim_module(file_path):
        return found
    module: pytest.Collector = ClaimModule.from_parent(parent, path=file_path)
    return [module]


class ClaimModule(pytest.File):
    """A module of claims."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Yield one item per check and one per verdict."""
        from srverify.claims.ledger import load

        try:
            ledger = load([self.path])
        except InputError as error:
            raise self.CollectError(str(error)) from None
        for claim in ledger.claims:
            audited = _Audited(ledger, claim, tuple(self.config.getoption("--srverify-engine")))
            for check in claim.checks:
                name = f"{claim.id}-{claim.slug}/{check.id}"
                yield CheckItem.from_parent(self, name=name, audited=audited, check=check.id)
            yield VerdictItem.from_parent(self, name=f"{claim.id}-{claim.slug}", audited=audited)


class _Audited:
    """A claim, audited with everything it depends on when its first item runs."""

    def __init__(self, ledger: Ledger, claim: Claim, engines: tuple[str, ...]) -> None:
        self.ledger = ledger
        self.claim = claim
        self._engines = engines
        self._result: ClaimResult | None = None

    @property
    def result(self) -> ClaimResult:
        """What the audit found; remembered outcomes are used."""
        if self._result is None:
            from srverify.audit import Settings, audit
            from srverify.running.cache import Cache, cache_directory

            settings = Settings(only=(self.claim.id,), engines=self._engines)
            found = audit(self.ledger, settings, Cache(cache_directory()))
            self._result = next(c for c in found.claims if c.claim.id == self.claim.id)
        return self._result

    def check(self, check_id: str) -> CheckResult:
        """Return one check's result."""
        return next(check for check in self.result.checks if check.check.id == check_id)


class _NotAsExpectedError(Exception):
    """A check or verdict is not as expected; the message says why."""


class _Item(pytest.Item):
    """What check and verdict items share."""

    def __init__(self, *, audited: _Audited, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.audited = audited
        self.add_marker(pytest.mark.srverify)
        self.extra_keyword_matches.add(audited.claim.id)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None
    ) -> str | TerminalRepr:
        """Show the reason alone: there is no Python traceback to read."""
        if isinstance(excinfo.value, _NotAsExpectedError | InputError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the claim is declared."""
        from srverify.report.problems import line_of

        return self.path, line_of(str(self.path), self.audited.claim.id) - 1, self.name


class CheckItem(_Item):
    """One check of a claim."""

    def __init__(self, *, check: str, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.check = check

    def runtest(self) -> None:
        """Fail unless the check is settled as expected; skip it if no engine for it is here."""
        result = self.audited.check(self.check)
        if result.state == "unavailable":
            pytest.skip("; ".join(result.problems) or "every engine for it is unavailable")
        if not result.ok:
            lines = [result.check.obligation.text, *result.problems, *_outcome_lines(result)]
            raise _NotAsExpectedError("\n".join(lines))


class VerdictItem(_Item):
    """The computed verdict of a claim."""

    def runtest(self) -> None:
        """Fail unless the verdict is the expected one."""
        result = self.audited.result
        if result.verdict is not result.claim.expected:
            lines = [f"expected {result.claim.expected}, computed {result.verdict}", *result.problems]
            raise _NotAsExpectedError("\n".join(lines))


def _outcome_lines(result: CheckResult) -> Iterator[str]:
    for outcome in result.evidence.outcomes:
        yield f"{outcome.engine}: {outcome.status}: {outcome.detail}"
