"""srverify: a machine-checked audit of the mathematics of a paper, and a tool to audit others.

The names below are the public interface; each is imported when it is first used, so that importing
``srverify`` stays instant.

>>> from srverify import Statement, prove
>>> prove("log(x) <= x - 1", ["x > 0"], engines=["arb"]).status.value
'proved'
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: Public name to the module that defines it.
_PUBLIC = {
    "Assumption": "srverify.claims.claim",
    "AuditResult": "srverify.audit",
    "Check": "srverify.claims.claim",
    "Claim": "srverify.claims.claim",
    "Computation": "srverify.claims.obligation",
    "Domain": "srverify.language.statement",
    "Expect": "srverify.claims.claim",
    "Finding": "srverify.claims.obligation",
    "InputError": "srverify.language.errors",
    "Mutant": "srverify.claims.claim",
    "Options": "srverify.claims.obligation",
    "Outcome": "srverify.claims.outcome",
    "Paper": "srverify.claims.claim",
    "Role": "srverify.claims.claim",
    "Settings": "srverify.audit",
    "Statement": "srverify.language.statement",
    "Status": "srverify.claims.outcome",
    "Theorem": "srverify.claims.obligation",
    "Trust": "srverify.claims.outcome",
    "Variable": "srverify.language.statement",
    "Verdict": "srverify.claims.claim",
    "audit_claims": "srverify.audit.api",
    "lambertw": "srverify.numerics.lambertw",
    "prove": "srverify.audit.api",
    "statement": "srverify.claims.claim",
}

__all__ = ["__version__", *_PUBLIC]

#: Names after which a notebook may have something to show.
_SHOWN = frozenset({"AuditResult", "Statement", "audit_claims", "prove"})

#: Modules that stood at the top once, and the rooms that they are in now.
_MOVED = {
    "language": "definedness elimination errors formula parser statement term",
    "claims": "claim ledger mutants obligation vacuity",
    "audit": "api portfolio verdict",
    "commands": "cli pytest_plugin",
    "numerics": "witness",
    "running": "cache executor isolation snapshot task worker",
    "selfreward": "bounds computations experiments softmax",
    "kernels": "lean rocq",
    "engines": "lemmas smoke",
}


class _Moved:
    """Say where a module is now; asked only when nothing else finds it."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        package, _, rest = name.partition(".")
        old = rest.partition(".")[0]
        if package == __name__:
            for room, modules in _MOVED.items():
                if old in modules.split():
                    now = f"srverify.{room}.{rest}"
                    hint = " (or 'from srverify import ...')" if room == "claims" else ""
                    raise ModuleNotFoundError(f"{name} is now {now}{hint}", name=name)


sys.meta_path.append(_Moved)

if TYPE_CHECKING:
    from srverify.audit import AuditResult as AuditResult
    from srverify.audit import Settings as Settings
    from srverify.audit.api import audit_claims as audit_claims
    from srverify.audit.api import prove as prove
    from srverify.claims.claim import Assumption as Assumption
    from srverify.claims.claim import Check as Check
    from srverify.claims.claim import Claim as Claim
    from srverify.claims.claim import Expect as Expect
    from srverify.claims.claim import Mutant as Mutant
    from srverify.claims.claim import Paper as Paper
    from srverify.claims.claim import Role as Role
    from srverify.claims.claim import Verdict as Verdict
    from srverify.claims.claim import statement as statement
    from srverify.claims.obligation import Computation as Computation
    from srverify.claims.obligation import Finding as Finding
    from srverify.claims.obligation import Options as Options
    from srverify.claims.obligation import Theorem as Theorem
    from srverify.claims.outcome import Outcome as Outcome
    from srverify.claims.outcome import Status as Status
    from srverify.claims.outcome import Trust as Trust
    from srverify.language.errors import InputError as InputError
    from srverify.language.statement import Domain as Domain
    from srverify.language.statement import Statement as Statement
    from srverify.language.statement import Variable as Variable
    from srverify.numerics.lambertw import lambertw as lambertw


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'srverify' has no attribute {name!r}")
    value = getattr(importlib.import_module(_PUBLIC[name]), name)
    if name in _SHOWN:
        importlib.import_module("srverify.report.notebook").attach()
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
