"""Ask Rocq's kernel whether theorems are the statements they are cited for, many at once."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from srverify.claims.obligation import Theorem
from srverify.emit.rocq import negation_to_rocq, statement_to_rocq, uses_lambertw
from srverify.kernels.rocq.assumptions import parse_assumptions
from srverify.kernels.rocq.build import first_error, run_coqc
from srverify.kernels.rocq.development import LOGICAL_NAME
from srverify.running.cache import write_atomically

#: Theorems in one file: loading the libraries costs as much as some thirty, and memory grows with each.
BATCH = 30
BATCH_TIMEOUT = 300.0
_MARK = "srverify-answer"


class RefusedError(Exception):
    """The kernel does not accept a theorem as the statement it is cited for."""


@dataclass(frozen=True)
class Question:
    """A theorem, the module that proves it, and the digest of the sources behind it.

    Raises UnsupportedError, on construction, for a statement that Rocq cannot be asked.
    """

    theorem: Theorem
    module: str
    sources: str

    def __post_init__(self) -> None:
        _ = self.proposition

    @cached_property
    def proposition(self) -> str | None:
        """The printed statement or its negation, if the theorem has to be one."""
        statement = self.theorem.statement
        if statement is None:
            return None
        return negation_to_rocq(statement) if self.theorem.negated else statement_to_rocq(statement)

    @property
    def full_name(self) -> str:
        """The theorem's name with its module, in full: other libraries have modules of the same name."""
        return f"{LOGICAL_NAME}.{self.module}.{self.theorem.name.rpartition('.')[2]}"


@dataclass(frozen=True)
class Answer:
    """What the kernel said: the axioms (``None`` if unreadable) and the theorem's type."""

    axioms: tuple[str, ...] | None
    statement: str


def check_source(questions: Sequence[Question]) -> str:
    """Return the file that makes the kernel compare theorems with their statements.

    >>> print(check_source([Question(Theorem("rocq", "C34_bound", claim="Theorem 5.3"), "Rounds", "")]))
    From Coq Require Import Reals.
    From SRVerify Require Rounds.
    Set Printing Width 100.
    Local Open Scope R_scope.
    Definition checked_0 := @SRVerify.Rounds.C34_bound.
    Goal True. idtac "srverify-answer". exact I. Qed.
    Check @SRVerify.Rounds.C34_bound.
    Print Assumptions checked_0.
    <BLANKLINE>
    """
    lines = ["From Coq Require Import Reals."]
    modules = dict.fromkeys(question.module for question in questions)
    lines.append(f"From {LOGICAL_NAME} Require {' '.join(modules)}.")
    statements = (question.theorem.statement for question in questions)
    if any(statement is not None and uses_lambertw(statement) for statement in statements):
        lines.append(f"From {LOGICAL_NAME} Require Import LambertW.")
    lines += ["Set Printing Width 100.", "Local Open Scope R_scope."]
    for index, question in enumerate(questions):
        name = question.full_name
        if question.proposition is None:
            lines.append(f"Definition checked_{index} := @{name}.")
        else:
            lines.append(f"Theorem checked_{index} : {question.proposition}. Proof. exact {name}. Qed.")
        lines.append(f'Goal True. idtac "{_MARK}". exact I. Qed.')
        lines.append(f"Check @{name}.")
        lines.append(f"Print Assumptions checked_{index}.")
    return "\n".join(lines) + "\n"


class Kernel:
    """Asks questions and remembers the answers.

    Parameters
    ----------
    flags
        Compiler flags under which the built development is found.
    folder
        Where answers are remembered, keyed by question, sources and compiler.
    version
        The compiler's version.
    """

    def __init__(self, flags: list[str], folder: Path, version: str) -> None:
        self._flags = flags
        self._folder = folder
        self._version = version

    def _path(self, question: Question) -> Path:
        text = f"{self._version}\0{question.sources}\0{check_source([question])}"
        return self._folder / f"{hashlib.sha256(text.encode()).hexdigest()}.json"

    def remembered(self, question: Question) -> Answer | None:
        """Return the kernel's earlier answer to the same question about the same sources, if any."""
        try:
            data = json.loads(self._path(question).read_text(encoding="utf-8"))
            return Answer(tuple(map(str, data["axioms"])), str(data["statement"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _remember(self, question: Question, answer: Answer) -> None:
        if answer.axioms is None:
            return
        text = json.dumps({"axioms": list(answer.axioms), "statement": answer.statement})
        with suppress(OSError):  # Costs the next run the question.
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path(question), text)

    def ask(self, question: Question, timeout: float) -> Answer:
        """Ask about one theorem; raises RefusedError, or subprocess.TimeoutExpired."""
        return self._ask([question], timeout)[0]

    def _ask(self, questions: Sequence[Question], timeout: float) -> list[Answer]:
        with tempfile.TemporaryDirectory(prefix="srverify-rocq-") as folder:
            (Path(folder) / "check.v").write_text(check_source(questions), encoding="utf-8")
            result = run_coqc([*self._flags, "check.v"], Path(folder), timeout)
        if result.returncode != 0:
            error = first_error(result.stderr)
            theorem = questions[0].theorem
            raise RefusedError(f"{theorem.name} is not {theorem.claimed}: {error}")
        answers = list(_answers(result.stdout))
        if len(answers) != len(questions):
            raise RefusedError("the compiler answered fewer questions than it was asked")
        for question, answer in zip(questions, answers, strict=True):
            self._remember(question, answer)
        return answers

    def ask_all(self, questions: Sequence[Question], jobs: int, progress: Callable[[str], None]) -> None:
        """Ask about many theorems, so that ``remembered`` knows the answers.

        A file in which something is refused is halved until what is refused stands alone.
        """
        new = [question for question in questions if self.remembered(question) is None]
        new.sort(key=lambda question: question.module)
        batches = [new[start : start + BATCH] for start in range(0, len(new), BATCH)]
        if new:
            progress(f"asking the kernel about {len(new)} theorems")
        with ThreadPoolExecutor(max(1, jobs)) as pool:
            list(pool.map(self._ask_some, batches))

    def _ask_some(self, questions: Sequence[Question]) -> None:
        try:
            self._ask(questions, BATCH_TIMEOUT)
        except (RefusedError, subprocess.TimeoutExpired):
            middle = len(questions) // 2
            if middle:
                self._ask_some(questions[:middle])
                self._ask_some(questions[middle:])


def _answers(output: str) -> Iterator[Answer]:
    for part in output.split(_MARK)[1:]:
        shown = part.partition("Axioms:\n")[0].partition("Closed under")[0]
        _, _, statement = shown.partition(":")
        yield Answer(parse_assumptions(part), statement.strip("\n").rstrip())
