"""The engines of an audit: which run here, in which version, and what outcomes depend on."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from srverify.claims.obligation import Obligation
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines import REGISTRY, engine
from srverify.engines.base import Engine
from srverify.running.cache import sources_digest

#: Libraries that take part whatever the engine: reading statements and confirming witnesses.
_COMMON_LIBRARIES = ("sympy", "mpmath", "python-flint", "numpy")


@dataclass(frozen=True)
class EngineState:
    """An engine as it is found on this machine.

    Parameters
    ----------
    broken
        The engine's own module does not work: its outcomes are errors, not "unavailable".
    trust
        The trust of its proofs; ``None`` if its module did not load.
    """

    name: str
    entry: str
    available: bool
    broken: bool = False
    version: str | None = None
    reason: str = ""
    install: str = ""
    summary: str = ""
    trust: Trust | None = None
    instance: Engine | None = None

    @cached_property
    def sources(self) -> str:
        """Digest of the sources that its outcomes depend on."""
        assert self.instance is not None
        package = Path(__file__).resolve().parents[1]
        module = sys.modules[type(self.instance).__module__]
        assert module.__file__ is not None
        files = [Path(module.__file__), package / "running" / "worker.py"]
        return sources_digest(*files)

    def fingerprint(self, obligation: Obligation) -> str:
        """Return what else an outcome depends on, as the engine says."""
        assert self.instance is not None
        return self.instance.fingerprint(obligation)

    def absent(self, obligation: Obligation) -> Outcome:
        """Return the outcome of an engine that cannot run, with what it can say all the same."""
        if self.broken or self.instance is None:
            status = Status.ERROR if self.broken else Status.UNAVAILABLE
            return Outcome(self.name, status, detail=self.reason)
        detail = self.reason if not self.install else f"{self.reason} ({self.install})"
        note = self.instance.note(obligation) if self.instance.refusal(obligation) is None else ""
        return Outcome(self.name, Status.UNAVAILABLE, detail=f"{detail}; {note}" if note else detail)


def examine(name: str) -> EngineState:
    """Import and probe an engine; a missing library is unavailable, any other failure is broken.

    Raises InputError for an unknown name.
    """
    entry = REGISTRY.get(name, "")
    try:
        instance = engine(name)
    except ImportError as error:
        own = (error.name or "").startswith("srverify")
        return EngineState(name, entry, False, broken=own, reason=f"{type(error).__name__}: {error}")
    except ValueError:
        raise
    except Exception as error:
        return EngineState(name, entry, False, broken=True, reason=f"{type(error).__name__}: {error}")
    try:
        found = instance.probe()
    except Exception as error:
        reason = f"its probe failed: {type(error).__name__}: {error}"
        return EngineState(name, entry, False, True, reason=reason, instance=instance)
    return EngineState(
        name,
        entry,
        found.available,
        version=found.version,
        reason=found.reason,
        install=found.install,
        summary=instance.summary,
        trust=instance.trust,
        instance=instance,
    )


def unexamined(name: str) -> EngineState:
    """Return an engine that is taken to be available: if it is not, its outcomes are errors."""
    return EngineState(name, REGISTRY[name], True, instance=engine(name))


class Engines:
    """The states of engines, each examined when first asked for."""

    def __init__(self) -> None:
        self.states: dict[str, EngineState] = {}
        self._missing: set[str] = set()

    def __getitem__(self, name: str) -> EngineState:
        if name not in self.states:
            self.states[name] = examine(name)
        return self.states[name]

    def has(self, name: str) -> bool:
        """Tell whether an engine is available; one that is not is not counted among those asked."""
        if name not in self.states and name not in self._missing:
            state = examine(name)
            if not state.available:
                self._missing.add(name)
                return False
            self.states[name] = state
        return name in self.states and self.states[name].available

    @cached_property
    def libraries(self) -> dict[str, str]:
        """Versions of the libraries that take part in every outcome."""
        return {name: library_version(name) for name in _COMMON_LIBRARIES}


def library_version(distribution: str) -> str:
    """Return the version of an installed distribution without importing it; empty if missing."""
    import importlib.metadata

    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""
