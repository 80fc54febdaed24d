"""The Rocq engine: theorems checked by the kernel, with the axioms they rest on."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from srverify.engines.base import Availability, Engine, Outcome, Status, Trust
from srverify.errors import InputError, UnsupportedError
from srverify.obligation import Obligation, Options, Theorem
from srverify.rocq.assumptions import refused
from srverify.rocq.build import Build, compiler_version
from srverify.rocq.development import Development
from srverify.rocq.kernel import Answer, Kernel, Question, RefusedError

INSTALL = "apt-get install --no-install-recommends coq libcoq-interval libcoq-coquelicot"


class RocqEngine(Engine):
    """Check theorems of a Rocq development.

    For a statement the engine prints it, closes it by ``exact`` and the development's theorem, and lets
    the kernel compare the two; for a theorem outside the statement language it checks that the
    theorem exists. ``Print Assumptions`` must name accepted axioms only (``srverify.rocq.assumptions``),
    and the sources must hold no axiom and no admitted proof. Trusted: Rocq's kernel, and the printer.
    """

    name: ClassVar[str] = "rocq"
    summary: ClassVar[str] = "theorems checked by Rocq's kernel"
    trust: ClassVar[Trust] = Trust.KERNEL
    least_timeout: ClassVar[float] = 120.0

    def __init__(self, folder: Path | None = None, build_folder: Path | None = None) -> None:
        self._given_folder = folder
        self._given_build_folder = build_folder

    @cached_property
    def _version(self) -> str | None:
        return compiler_version()

    @cached_property
    def development(self) -> Development:
        """The sources: ``rocq`` inside the claims folder."""
        if self._given_folder is not None:
            return Development(self._given_folder)
        from srverify.ledger import default_folder

        return Development(default_folder() / "rocq")

    @cached_property
    def build(self) -> Build:
        """The compiled development, kept in the cache folder."""
        folder = self._given_build_folder
        if folder is None:
            from srverify.cache import cache_directory

            folder = cache_directory() / "rocq"
        return Build(self.development, folder, str(self._version))

    def probe(self) -> Availability:
        """See ``Engine.probe``."""
        if self._version is None:
            return Availability(False, reason="coqc is not on PATH", install=INSTALL)
        return Availability(True, self._version)

    def refusal(self, obligation: Obligation) -> str | None:
        """See ``Engine.refusal``."""
        if isinstance(obligation, Theorem) and obligation.engine == self.name:
            return None
        return "checks named theorems of the Rocq development only"

    def fingerprint(self, obligation: Obligation) -> str:
        """See ``Engine.fingerprint``: the sources that the theorem is built from."""
        assert isinstance(obligation, Theorem)
        try:
            return self.development.digest(self.development.module_of(obligation.name))
        except InputError:
            return ""

    def prepare(
        self,
        obligations: Sequence[Obligation],
        jobs: int,
        progress: Callable[[str], None],
    ) -> None:
        """See ``Engine.prepare``: build what is needed, and ask the kernel about many at once."""
        questions: dict[Question, None] = {}
        for obligation in obligations:
            # What cannot be asked is said again, with its claim, when the theorem is settled.
            with suppress(InputError, UnsupportedError):
                if isinstance(obligation, Theorem) and obligation.engine == self.name:
                    questions[self._question(obligation)] = None
        modules = tuple(dict.fromkeys(question.module for question in questions))
        failed = self.build.make(modules, jobs, progress=lambda module: progress(f"building {module}.v"))
        ready = [question for question in questions if question.module not in failed]
        self._kernel.ask_all(ready, jobs, progress)

    def _question(self, theorem: Theorem) -> Question:
        module = self.development.module_of(theorem.name)
        return Question(theorem, module, self.development.digest(module))

    @cached_property
    def _kernel(self) -> Kernel:
        return Kernel(self.build.flags, self.build.folder / "answers", str(self._version))

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """See ``Engine.settle``."""
        assert isinstance(obligation, Theorem)
        try:
            question = self._question(obligation)
            answer = self._kernel.remembered(question)
            if answer is None:
                if problem := self._unsound(question.module):
                    return self._failed(problem)
                answer = self._kernel.ask(question, options.timeout)
        except (InputError, UnsupportedError, RefusedError) as error:
            return self._failed(str(error))
        except subprocess.TimeoutExpired:
            return Outcome(self.name, Status.TIMEOUT, detail=f"no result in {options.timeout:g} s")
        if problem := self._unsound(question.module, build=False):
            return self._failed(problem)
        return self._outcome(question, answer)

    def _unsound(self, module: str, build: bool = True) -> str | None:
        """Return why a module's theorems do not count: something unproved in its sources, no build."""
        closure = self.development.closure(module)
        for found in self.development.forbidden():
            if found.partition(".v:")[0] in closure:
                return f"not a proof: {found}"
        errors = self.build.make((module,)) if build else {}
        return errors.get(module) or next(iter(errors.values()), None)

    def _failed(self, detail: str) -> Outcome:
        return Outcome(self.name, Status.ERROR, detail=detail)

    def _outcome(self, question: Question, answer: Answer) -> Outcome:
        theorem = question.theorem
        if answer.axioms is None:
            return self._failed("Print Assumptions answered nothing that can be read")
        if unknown := refused(answer.axioms):
            return self._failed(f"{theorem.name} rests on axioms not accepted: {', '.join(unknown)}")
        evidence = {
            "theorem": theorem.name,
            "file": f"rocq/{question.module}.v",
            "axioms": list(answer.axioms),
            "statement": answer.statement,
        }
        what = "is the statement" if theorem.statement is not None else "is proved"
        detail = f"{theorem.name} ({question.module}.v) {what}"
        return Outcome(self.name, Status.PROVED, self.trust, detail=detail, evidence=evidence)
