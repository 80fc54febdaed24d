"""Helpers of the runner's tests: claims in files, audited with fake engines."""

from __future__ import annotations

import textwrap
from pathlib import Path

from srverify.audit import AuditResult, Settings, audit
from srverify.claims.ledger import load
from srverify.running.cache import Cache

HEAD = """
from srverify.claims.claim import Assumption, Check, Claim, Expect, Mutant, Role, Verdict, statement
from srverify.claims.obligation import Computation, Finding, Theorem

def claim(id, *checks, expected=Verdict.HOLDS, **more):
    slug = f"claim-{id.lower()}"
    return Claim(id, slug, f"Title of {id}", "Section 1", "Prose.", checks, expected, **more)
"""


def write_claims(folder: Path, body: str, name: str = "a_claims.py") -> Path:
    """Write a claim module and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(HEAD + textwrap.dedent(body))
    return folder


def run_audit(folder: Path, cache: Path | None = None, **settings: object) -> AuditResult:
    """Audit a folder with small limits, and without the kernel unless a test asks for it."""
    options = {"jobs": 1, "timeout": 10.0, "replay": False, **settings}
    return audit(load([folder]), Settings(**options), None if cache is None else Cache(cache))  # type: ignore[arg-type]
