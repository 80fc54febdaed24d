"""Ask Rocq's kernel whether a replay proves the statement, and what it rests on."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from srverify.checker.rejected import RejectedError
from srverify.claims.obligation import Theorem
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.emit.rocq import uses_lambertw
from srverify.kernels.process import MEMORY_MB, OutOfMemoryError
from srverify.kernels.rocq.build import compiler_version, first_error, run_coqc
from srverify.kernels.rocq.development import LOGICAL_NAME
from srverify.kernels.rocq.kernel import Answer, Kernel, Question, RefusedError
from srverify.kernels.rocq.libraries import missing_libraries, required_libraries, unavailable
from srverify.kernels.rocq.replay.translate import THEOREM, replay
from srverify.language.errors import UnsupportedError
from srverify.language.statement import Statement
from srverify.running.cache import cache_directory

#: Seconds that the kernel may take.
REPLAY_TIMEOUT = 120.0
_ENGINE = "rocq"
_MODULE = "certificate"


def checked(statement: Statement, text: str, timeout: float = REPLAY_TIMEOUT) -> Outcome:
    """Let the kernel check a file that is said to prove a statement.

    ``proved`` with trust ``kernel`` means that the file compiles, that its theorem is the printed
    statement (a second file compares them by ``exact``) and that it rests on accepted axioms only.
    Anything else is an ``error``, a ``timeout``, or ``unavailable`` without a compiler or the libraries.
    The answer is remembered by the file's text and the compiler's version.
    """
    version = compiler_version()
    if version is None:
        return Outcome(_ENGINE, Status.UNAVAILABLE, detail="coqc is not on PATH")
    if lacking := required_libraries(text) & missing_libraries():
        return unavailable(lacking)
    question = _question(statement, text)
    started = monotonic()
    with tempfile.TemporaryDirectory(prefix="srverify-replay-") as name:
        folder = Path(name)
        flags = ["-q", "-w", "none", "-R", name, LOGICAL_NAME]
        kernel = Kernel(flags, cache_directory() / "replay", version)
        try:
            answer = kernel.remembered(question) or _asked(
                kernel, question, text, folder, timeout, flags
            )
        except subprocess.TimeoutExpired:
            return Outcome(_ENGINE, Status.TIMEOUT, detail=f"no result in {timeout:g} s")
        except (RefusedError, OutOfMemoryError) as error:
            return Outcome(_ENGINE, Status.ERROR, detail=str(error))
    return _outcome(answer, monotonic() - started)


def replayed(
    statement: Statement, proof: Mapping[str, Any], timeout: float = REPLAY_TIMEOUT
) -> tuple[Outcome, str]:
    """Translate a proof object and let the kernel check it; returns the outcome and the file's text.

    What cannot be translated is ``unknown``, with the name of the statement's or the step's part that
    has no Rocq form; the text is then empty.
    """
    try:
        text = replay(statement, proof)
    except (UnsupportedError, RejectedError) as error:
        return Outcome(_ENGINE, Status.UNKNOWN, detail=str(error)), ""
    return checked(statement, text, timeout), text


def _question(statement: Statement, text: str) -> Question:
    theorem = Theorem(_ENGINE, THEOREM, statement=statement)
    return Question(theorem, _MODULE, hashlib.sha256(text.encode()).hexdigest())


def _asked(
    kernel: Kernel, question: Question, text: str, folder: Path, timeout: float, flags: list[str]
) -> Answer:
    """Compile the file, with Lambert W under the name that questions know it by, and ask."""
    sources = {_MODULE: text}
    statement = question.theorem.statement
    if statement is not None and uses_lambertw(statement):
        sources["LambertW"] = f"From {LOGICAL_NAME} Require Export {_MODULE}.\n"
    for module, source in sources.items():
        (folder / f"{module}.v").write_text(source, encoding="utf-8")
        result = run_coqc([*flags, f"{module}.v"], folder, timeout, MEMORY_MB)
        if result.returncode != 0:
            raise RefusedError(f"the kernel does not accept the replay: {first_error(result.stderr)}")
    return kernel.ask(question, timeout)


def _outcome(answer: Answer, seconds: float) -> Outcome:
    rests_on = answer.rests_on
    if rests_on is None:
        return Outcome(
            _ENGINE, Status.ERROR, detail="Print Assumptions answered nothing that can be read"
        )
    if rests_on.refused:
        named = ", ".join(rests_on.refused)
        return Outcome(_ENGINE, Status.ERROR, detail=f"the replay rests on axioms not accepted: {named}")
    evidence = {
        "axioms": list(rests_on.axioms),
        "primitives": list(rests_on.primitives),
        "statement": answer.statement,
    }
    detail = "the proof object, replayed, is the statement"
    return Outcome(_ENGINE, Status.PROVED, Trust.KERNEL, seconds, detail=detail, evidence=evidence)
