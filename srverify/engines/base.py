"""The contract of an engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import ClassVar

from srverify.claims.obligation import Obligation, Options
from srverify.claims.outcome import Outcome, Trust


@dataclass(frozen=True)
class Availability:
    """Whether an engine can run here, its version, or why not and how to install it.

    One that runs may have a reason too: something is missing that a part of what it takes needs.
    """

    available: bool
    version: str | None = None
    reason: str = ""
    install: str = ""


class Engine(ABC):
    """A solver behind one small contract.

    An engine's module imports its library inside methods only, so that a missing library is an
    ``unavailable`` engine and not an import error. ``settle`` runs in a worker process with limits; it
    must be deterministic for given options and may raise: the runner turns an exception into ``error``.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    #: The trust of its ``proved`` outcomes (single outcomes may carry a weaker one).
    trust: ClassVar[Trust]
    #: Modules that a worker imports before the time of a run counts: which run comes first in a worker
    #: is chance, and must not cost it what an import takes.
    libraries: ClassVar[tuple[str, ...]] = ()
    #: Whether its word weighs more once a proof object for it is found, which takes a search of its own;
    #: the extra options ``WITHOUT_PROOF`` leave that out.
    proves_later: ClassVar[bool] = False
    #: Whether it looks for another proof object where the extra options are ``FOR_KERNEL``.
    proves_for_kernels: ClassVar[bool] = False
    #: Seconds below which a run's limit is not set, whatever the user asks for (a kernel's start-up).
    least_timeout: ClassVar[float] = 0.0

    @abstractmethod
    def probe(self) -> Availability:
        """Say whether the engine runs here; cheap, and never raises."""

    @abstractmethod
    def refusal(self, obligation: Obligation) -> str | None:
        """Return why the engine cannot take an obligation (a line), or ``None`` if it can."""

    def beyond(self, obligation: Obligation) -> bool:
        """Tell whether an obligation is of a kind that no amount of time lets the engine decide.

        It may settle many of that kind all the same; but what it does not settle soon, it rarely does.
        """
        return False

    def fingerprint(self, obligation: Obligation) -> str:
        """Return what else an outcome depends on, for the cache key (the sources of a proof)."""
        return ""

    def note(self, obligation: Obligation) -> str:
        """Return what can be said of an obligation where the engine is unavailable; never a proof."""
        return ""

    def load(self) -> None:
        """Import what every run needs, in the worker; raises what the imports raise."""
        for name in self.libraries:
            import_module(name)

    def prepare(  # noqa: B027 - most engines share nothing
        self,
        obligations: Sequence[Obligation],
        jobs: int,
        progress: Callable[[str], None],
    ) -> None:
        """Do the work that many obligations share (a build), once, before they are settled.

        Runs in the main process without limits; ``progress`` takes a line for the user.
        """

    @abstractmethod
    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """Settle an obligation that is not refused; ``seconds`` is filled in by the runner.

        Where something that it needs is missing, the outcome is ``unavailable``, and its evidence names
        it under ``lacks``.
        """
