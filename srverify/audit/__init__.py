"""The runner: plan (what to run), run (running it), result (what was found)."""

from srverify.audit.result import AuditResult, CheckResult, ClaimResult, Settings
from srverify.audit.run import Observer, audit

__all__ = ["AuditResult", "CheckResult", "ClaimResult", "Observer", "Settings", "audit"]
