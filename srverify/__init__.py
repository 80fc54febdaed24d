"""srverify: a machine-checked audit of the mathematics of a paper, and a tool to audit others.

The names below are the public interface; each is imported when it is first used, so that importing
``srverify`` stays instant.

>>> from srverify import Statement, prove
>>> prove("log(x) <= x - 1", ["x > 0"], engines=["arb"]).status.value
'proved'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: Public name to the module that defines it.
_PUBLIC = {
    "Assumption": "srverify.claim",
    "AuditResult": "srverify.audit",
    "Check": "srverify.claim",
    "Claim": "srverify.claim",
    "Computation": "srverify.obligation",
    "Domain": "srverify.statement",
    "Expect": "srverify.claim",
    "Finding": "srverify.obligation",
    "InputError": "srverify.errors",
    "Mutant": "srverify.claim",
    "Options": "srverify.obligation",
    "Outcome": "srverify.engines.base",
    "Role": "srverify.claim",
    "Settings": "srverify.audit",
    "Statement": "srverify.statement",
    "Status": "srverify.engines.base",
    "Theorem": "srverify.obligation",
    "Trust": "srverify.engines.base",
    "Variable": "srverify.statement",
    "Verdict": "srverify.claim",
    "audit_claims": "srverify.api",
    "lambertw": "srverify.numerics.lambertw",
    "prove": "srverify.api",
}

__all__ = ["__version__", *_PUBLIC]

if TYPE_CHECKING:
    from srverify.api import audit_claims as audit_claims
    from srverify.api import prove as prove
    from srverify.audit import AuditResult as AuditResult
    from srverify.audit import Settings as Settings
    from srverify.claim import Assumption as Assumption
    from srverify.claim import Check as Check
    from srverify.claim import Claim as Claim
    from srverify.claim import Expect as Expect
    from srverify.claim import Mutant as Mutant
    from srverify.claim import Role as Role
    from srverify.claim import Verdict as Verdict
    from srverify.engines.base import Outcome as Outcome
    from srverify.engines.base import Status as Status
    from srverify.engines.base import Trust as Trust
    from srverify.errors import InputError as InputError
    from srverify.numerics.lambertw import lambertw as lambertw
    from srverify.obligation import Computation as Computation
    from srverify.obligation import Finding as Finding
    from srverify.obligation import Options as Options
    from srverify.obligation import Theorem as Theorem
    from srverify.statement import Domain as Domain
    from srverify.statement import Statement as Statement
    from srverify.statement import Variable as Variable


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'srverify' has no attribute {name!r}")
    value = getattr(importlib.import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
