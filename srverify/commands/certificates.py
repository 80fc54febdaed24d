"""What ``srverify prove`` writes to keep a proof: the proof object, or its replay for Rocq's kernel."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srverify.language.errors import InputError
from srverify.language.statement import Statement

if TYPE_CHECKING:
    from srverify.audit.portfolio import Findings
    from srverify.claims.outcome import Trust


def certificate_path(arguments: argparse.Namespace) -> Path | None:
    """Return where to write; raises InputError if it cannot be written, or is neither .json nor .v."""
    from srverify.report.files import check_writable

    if arguments.certificate is None:
        return None
    path = Path(arguments.certificate)
    if path.suffix not in (".json", ".v"):
        raise InputError(f"cannot tell what certificate {path} is: name it .json or .v")
    if arguments.file is not None:
        raise InputError("--certificate goes with a statement, not with --file")
    check_writable(path)
    return path


def wants_replay(arguments: argparse.Namespace, path: Path | None) -> bool:
    """Tell whether Rocq's kernel is to be asked about proof objects."""
    return arguments.require_trust == "kernel" or (path is not None and path.suffix == ".v")


def weakest(required: str | None) -> Trust:
    """Return the weakest trust that ends the search; what the kernel says is asked for afterwards."""
    from srverify.claims.outcome import Trust

    return Trust.CERTIFIED if required == "certified" else Trust.RIGOROUS


def with_replay(identifier: str, goal: object, findings: Findings) -> tuple[Findings, str]:
    """Add what Rocq's kernel says of a proof object's replay; returns the replay's text as well.

    The text is empty where nothing was proved, there is no proof object, it cannot be translated or the
    kernel does not accept it; of what was proved, the reason is told on stderr.
    """
    from srverify.kernels.rocq.replay.kernel import replayed

    if str(findings.status) != "proved":
        return findings, ""
    proof = proof_of(findings)
    if not isinstance(goal, Statement) or proof is None:
        print(f"srverify: {identifier}: there is no proof object to replay", file=sys.stderr)
        return findings, ""
    outcome, text = replayed(goal, proof)
    if str(outcome.status) != "proved":
        print(f"srverify: {identifier}: no kernel proof: {outcome.detail}", file=sys.stderr)
    kept = str(outcome.status) in ("proved", "unavailable")
    return replace(findings, outcomes=(*findings.outcomes, outcome)), text if kept else ""


def proof_of(findings: Findings) -> Mapping[str, Any] | None:
    """Return the proof object that some engine left, if any."""
    if str(findings.status) != "proved":
        return None
    outcomes = [outcome for outcome in findings.outcomes if str(outcome.status) == "proved"]
    proofs = [(outcome.evidence or {}).get("proof") for outcome in outcomes]
    return next((proof for proof in proofs if proof is not None), None)


def write_certificate(path: Path, statement: object, findings: Findings, replay: str) -> bool:
    """Write the proof object of a proved statement, or its replay; tell whether there is one.

    A proof object is checked once more; a replay that the kernel did not accept is not written.
    """
    from srverify.checker.certificate import recheck, written
    from srverify.report.files import write_whole

    assert isinstance(statement, Statement)
    proof = proof_of(findings)
    if proof is None or (path.suffix == ".v" and not replay):
        what = "there is no proof object" if proof is None else "the proof object has no replay"
        print(f"srverify: nothing written to {path}: {what}", file=sys.stderr)
        return False
    if path.suffix == ".v":
        write_whole(path, replay)
        accepted = any(str(outcome.trust) == "kernel" for outcome in findings.outcomes)
        said = (
            "accepted by Rocq's kernel" if accepted else f"not checked: {findings.outcomes[-1].detail}"
        )
        print(f"srverify: {path}: the proof object as a Rocq file, {said}", file=sys.stderr)
        return True
    text = written(statement, proof)
    recheck(text)
    write_whole(path, text)
    print(f"srverify: {path}: a checked proof object", file=sys.stderr)
    return True


def is_weaker(identifier: str, findings: Findings, required: str | None) -> bool:
    """Tell, on stderr as well, whether a proof rests on less than what is required."""
    from srverify.claims.outcome import Trust

    best = findings.best
    if required is None or best is None or best.trust is None or str(findings.status) != "proved":
        return False
    if best.trust.rank <= Trust(required).rank:
        return False
    print(f"srverify: {identifier}: {best.trust} is less than {required}", file=sys.stderr)
    return True
