"""The runner: plan (what to run), run (running it), result (what was found)."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from srverify.audit.result import AuditResult as AuditResult
    from srverify.audit.result import CheckResult as CheckResult
    from srverify.audit.result import ClaimResult as ClaimResult
    from srverify.audit.result import Settings as Settings
    from srverify.audit.run import Observer as Observer
    from srverify.audit.run import audit as audit

_PUBLIC = {
    "AuditResult": "result",
    "CheckResult": "result",
    "ClaimResult": "result",
    "Observer": "run",
    "Settings": "result",
    "audit": "run",
}

__all__ = ["AuditResult", "CheckResult", "ClaimResult", "Observer", "Settings", "audit"]


def __getattr__(name: str) -> Any:
    # Settling one statement needs none of them.
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_PUBLIC[name]}"), name)
    return value
