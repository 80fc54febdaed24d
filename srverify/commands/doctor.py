"""``srverify doctor``: the engines, whether they really run, and how to install what is missing."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from srverify.audit.engines import EngineState
    from srverify.claims.outcome import Outcome

#: Seconds that an engine may take for the smallest obligation.
_SMOKE_SECONDS = 20.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print JSON")


@dataclass(frozen=True)
class _Examined:
    state: EngineState
    smoke: Outcome | None
    detail: str

    @property
    def works(self) -> bool:
        """Whether the engine is available and did what it was asked, if anything could be asked."""
        from srverify.claims.outcome import Status

        if not self.state.available:
            return False
        return self.smoke is None or self.smoke.status is Status.PROVED or self.smoke.supports


def run(arguments: argparse.Namespace) -> int:
    """Examine every engine; 1 if one that is installed does not work, else 0."""
    from srverify.commands.cli import EXIT_OK, EXIT_UNEXPECTED
    from srverify.engines import REGISTRY

    examined = _examine(REGISTRY)
    machine = _machine()
    if arguments.json:
        import json

        engines = {e.state.name: _engine_data(e) for e in examined}
        print(json.dumps({"schema": 1, "machine": machine, "engines": engines}, indent=1))
    else:
        _print(examined, machine)
    broken = [e for e in examined if e.state.broken or (e.state.available and not e.works)]
    return EXIT_UNEXPECTED if broken else EXIT_OK


def _examine(names: Any) -> list[_Examined]:
    from srverify.audit.engines import examine
    from srverify.running.isolation import WorkerProcess

    worker = WorkerProcess()
    try:
        return [_smoke(examine(name), worker) for name in names]
    finally:
        worker.close()


def _smoke(state: EngineState, worker: Any) -> _Examined:
    """Ask an engine the first tiny obligation that it takes, in a worker process."""
    import hashlib

    from srverify.claims.obligation import Computation, Options
    from srverify.engines import smoke
    from srverify.running.task import Source, Task, encode, options_data

    if not state.available or state.instance is None:
        return _Examined(state, None, state.reason)
    file = Path(smoke.__file__)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    for check in smoke.SMOKE.checks:
        if state.instance.refusal(check.obligation) is not None:
            continue
        source = None
        if isinstance(check.obligation, Computation):
            source = Source(str(file), digest, smoke.SMOKE.id, check.id)
        options = options_data(Options(timeout=_SMOKE_SECONDS))
        outcome = worker.settle(Task(state.name, state.entry, encode(check.obligation, source), options))
        return _Examined(state, outcome, outcome.detail)
    return _Examined(state, None, "takes theorems only")


def _machine() -> dict[str, Any]:
    from srverify import __version__
    from srverify.running.cache import cache_directory
    from srverify.running.executor import available_cores

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return {
        "srverify": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cores": available_cores(),
        "memory_mb": memory,
        "cache": str(cache_directory()),
    }


def _engine_data(examined: _Examined) -> dict[str, Any]:
    from srverify.report.json import engine_data

    smoke = examined.smoke
    return {
        **engine_data(examined.state),
        "summary": examined.state.summary,
        "works": examined.works,
        "smoke": None if smoke is None else smoke.to_dict(),
    }


def _print(examined: list[_Examined], machine: dict[str, Any]) -> None:
    from srverify.report.style import Style, wants_colour, width_of
    from srverify.report.table import print_table

    style = Style(wants_colour(sys.stdout))
    rows = []
    for e in examined:
        if e.works:
            seconds = "" if e.smoke is None else f", {e.smoke.seconds:.2f} s"
            word, colour = f"works{seconds}", "green"
        elif e.state.broken or e.state.available:
            word, colour = "BROKEN", "red"
        else:
            word, colour = "missing", "yellow"
        what = e.state.summary if e.works else e.detail
        if e.works and e.state.reason:
            what += f" - {e.state.reason}"
        if (not e.works or e.state.reason) and e.state.install:
            what += f" - install: {e.state.install}"
        rows.append(
            (e.state.name, e.state.version or "", style(word, colour), str(e.state.trust or ""), what)
        )
    print_table(("engine", "version", "state", "trust", ""), rows, width_of(sys.stdout), style)
    print()
    print(f"srverify {machine['srverify']}, Python {machine['python']}, {machine['platform']}")
    print(f"{machine['cores']} cores, {machine['memory_mb']} MiB of memory")
    print(f"cache: {machine['cache']}")
