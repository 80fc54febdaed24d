"""The registry of simulated checks: entry id to its statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from srverify.selfreward.softmax.checks.search import Evaluate, Sizes, SlackCheck, SlackReport

POLICY_SIZES: tuple[Sizes, ...] = ((1, 2), (1, 3), (2, 3), (3, 5), (2, 16))
"""(prompts, responses) that most checks of policies run over."""


class Checkable(Protocol):
    """One statement that can be tried out, as stated or as one of its mutants."""

    @property
    def entry(self) -> str:
        """Id of the ledger's entry that it serves."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def claim(self) -> str:
        """What holds, in one sentence."""
        ...

    @property
    def mutants(self) -> tuple[str, ...]:
        """Names of its broken variants."""
        ...

    def run(self, seed: int, mutant: str | None = None) -> SlackReport:
        """Try the statement, or one of its mutants, and report the least slack."""


@dataclass(frozen=True)
class TrialCheck:
    """A statement tried by its own function, for entries that are not one batched inequality."""

    entry: str
    name: str
    claim: str
    mutants: tuple[str, ...]
    function: Callable[[TrialCheck, int, str | None], SlackReport]

    def run(self, seed: int, mutant: str | None = None) -> SlackReport:
        """Try the statement or a mutant; raises KeyError for an unknown mutant."""
        if mutant is not None and mutant not in self.mutants:
            raise KeyError(f"{self.entry} has no mutant {mutant!r}")
        return self.function(self, seed, mutant)


CHECKS: dict[str, list[Checkable]] = {}


def _register(check: Checkable) -> None:
    if not check.mutants:
        raise ValueError(f"{check.entry} {check.name}: without a mutant it cannot be shown to fail")
    if any(known.name == check.name for known in CHECKS.get(check.entry, [])):
        raise ValueError(f"{check.entry} {check.name} is registered twice")
    CHECKS.setdefault(check.entry, []).append(check)


def slack_check(
    entry: str,
    name: str,
    claim: str,
    mutants: tuple[str, ...],
    sizes: tuple[Sizes, ...] = POLICY_SIZES,
    batch: int = 1500,
    generations: int = 25,
) -> Callable[[Evaluate], Evaluate]:
    """Register a batched evaluator as one statement of an entry."""

    def register(evaluate: Evaluate) -> Evaluate:
        _register(SlackCheck(entry, name, claim, evaluate, mutants, sizes, batch, generations))
        return evaluate

    return register


_Trial = Callable[[TrialCheck, int, str | None], SlackReport]


def trial_check(
    entry: str, name: str, claim: str, mutants: tuple[str, ...]
) -> Callable[[_Trial], _Trial]:
    """Register a function of (check, seed, mutant) as one statement of an entry."""

    def register(function: _Trial) -> _Trial:
        _register(TrialCheck(entry, name, claim, mutants, function))
        return function

    return register
