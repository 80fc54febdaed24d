"""The Rocq engine: theorems checked by the kernel, with the axioms they rest on."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from srverify.claims.obligation import Obligation, Options, Replay, Theorem
from srverify.claims.outcome import Outcome, Status, Trust, accepted
from srverify.engines.base import Availability, Engine
from srverify.kernels.process import OutOfMemoryError
from srverify.kernels.rocq.build import compiler_version
from srverify.kernels.rocq.development import file_of
from srverify.kernels.rocq.kernel import SATISFIABLE, Answer, Question, RefusedError
from srverify.kernels.rocq.libraries import INSTALL, missing_libraries, required_libraries, unavailable
from srverify.kernels.rocq.replay.kernel import replayed
from srverify.kernels.rocq.replay.library import library_digest
from srverify.kernels.rocq.site import Site, build_folder_of
from srverify.language.errors import InputError, UnsupportedError
from srverify.running.snapshot import Current, snapshot


class RocqEngine(Engine):
    """Check theorems of a Rocq development.

    For a statement the engine prints it, or its negation where a refutation is expected, closes it by
    ``exact`` and the development's theorem, and lets the kernel compare the two; a theorem outside the
    statement language is compared in the same way with its pinned statement (``rocq/Statements/``), and
    a second theorem must show that its hypotheses hold together (``rocq/satisfiable.v``). ``Print
    Assumptions`` must name accepted axioms only (``srverify.kernels.rocq.assumptions``), and the
    sources must hold no axiom and no admitted proof. Trusted: Rocq's kernel, and the printer.

    A theorem whose sources require a library that is not installed is not asked about: what the kernel
    would say of it is as unknown as without a kernel.
    """

    name: ClassVar[str] = "rocq"
    summary: ClassVar[str] = "theorems checked by Rocq's kernel"
    trust: ClassVar[Trust] = Trust.KERNEL
    least_timeout: ClassVar[float] = 120.0

    def __init__(self, folder: Path | None = None, build_folder: Path | None = None) -> None:
        self._given_folder = folder
        self._given_build_folder = build_folder
        self._sites: Current[Site] = Current()

    @cached_property
    def _missing(self) -> frozenset[str]:
        return missing_libraries()

    @cached_property
    def _version(self) -> str | None:
        """The compiler's version; once what was missing is there, it is another one."""
        version = compiler_version()
        if version is None or not self._missing:
            return version
        return f"{version} without {' and '.join(sorted(self._missing))}"

    def _lacking(self, site: Site, question: Question) -> frozenset[str]:
        """Return the missing libraries that what is asked about rests on."""
        if not self._missing:
            return frozenset()
        development = site.development
        modules = {name for module in question.modules for name in development.closure(module)}
        named = (required_libraries(development.code[module]) for module in modules)
        return self._missing & frozenset().union(*named)

    def site(self, folder: str = "") -> Site:
        """Return the development beside a claims folder: ``rocq`` inside it (empty: the default one).

        An engine may outlive an audit: its sources are read again once they have changed.
        """
        from srverify.claims.folders import default_folder

        sources = self._given_folder
        if sources is None:
            sources = (Path(folder) if folder else default_folder()) / "rocq"
        return self._sites.get(sources, snapshot(sources, ".v", deep=True), self._site_of)

    def _site_of(self, sources: Path) -> Site:
        return Site(sources, self._given_build_folder or build_folder_of(sources), str(self._version))

    def probe(self) -> Availability:
        """See ``Engine.probe``."""
        if self._version is None:
            return Availability(False, reason="coqc is not on PATH", install=INSTALL)
        if self._missing:
            what = f"{' and '.join(sorted(self._missing))} not installed, so not all can be asked"
            return Availability(True, self._version, what, INSTALL)
        return Availability(True, self._version)

    def refusal(self, obligation: Obligation) -> str | None:
        """See ``Engine.refusal``."""
        if isinstance(obligation, Theorem) and obligation.engine == self.name:
            return None
        if isinstance(obligation, Replay):
            return None
        return "checks named theorems of the Rocq development, and replays of proof objects, only"

    def fingerprint(self, obligation: Obligation) -> str:
        """See ``Engine.fingerprint``: the sources that the theorem, or the replay, is built from."""
        if isinstance(obligation, Replay):
            return library_digest()
        assert isinstance(obligation, Theorem)
        site = self.site(obligation.folder)
        try:
            return site.question(obligation).sources
        except (InputError, UnsupportedError):
            return ""

    def prepare(
        self,
        obligations: Sequence[Obligation],
        jobs: int,
        progress: Callable[[str], None],
    ) -> None:
        """See ``Engine.prepare``: build what is needed, and ask the kernel about many at once."""
        by_folder: dict[str, list[Theorem]] = {}
        for obligation in obligations:
            if isinstance(obligation, Theorem) and obligation.engine == self.name:
                by_folder.setdefault(obligation.folder, []).append(obligation)
        for folder, theorems in by_folder.items():
            self._prepare(self.site(folder), theorems, jobs, progress)

    def _prepare(
        self, site: Site, theorems: Sequence[Theorem], jobs: int, progress: Callable[[str], None]
    ) -> None:
        questions: dict[Question, None] = {}
        for theorem in theorems:
            # What cannot be asked is said again, with its claim, when the theorem is settled.
            with suppress(InputError, UnsupportedError):
                question = site.question(theorem)
                if not self._lacking(site, question):
                    questions[question] = None
        modules = tuple(dict.fromkeys(name for question in questions for name in question.modules))
        failed = site.build.make(modules, jobs, progress=lambda file: progress(f"building {file}"))
        ready = [question for question in questions if not failed.keys() & set(question.modules)]
        site.kernel.ask_all(ready, jobs, progress)

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """See ``Engine.settle``."""
        if isinstance(obligation, Replay):
            return self._replayed(obligation, options)
        assert isinstance(obligation, Theorem)
        site = self.site(obligation.folder)
        try:
            question = site.question(obligation)
            if lacking := self._lacking(site, question):
                return unavailable(lacking)
            answer = site.kernel.remembered(question)
            if answer is None:
                if problem := site.unsound(question):
                    return self._failed(problem)
                answer = site.kernel.ask(question, options.timeout, options.memory_mb)
        except (InputError, UnsupportedError, RefusedError, OutOfMemoryError) as error:
            return self._failed(str(error))
        except subprocess.TimeoutExpired:
            return Outcome(self.name, Status.TIMEOUT, detail=f"no result in {options.timeout:g} s")
        if problem := site.unsound(question, build=False):
            return self._failed(problem)
        return self._outcome(question, answer)

    def _replayed(self, obligation: Replay, options: Options) -> Outcome:
        """Let the kernel follow a proof object; one that it cannot follow settles nothing.

        Rocq's functions are total, so that a true statement may have a replay that is refused.
        """
        outcome, _ = replayed(obligation.statement, obligation.proof, options.timeout)
        if outcome.status is Status.ERROR:
            return Outcome(self.name, Status.UNKNOWN, detail=f"no kernel proof: {outcome.detail}")
        return outcome

    def _failed(self, detail: str) -> Outcome:
        return Outcome(self.name, Status.ERROR, detail=detail)

    def _outcome(self, question: Question, answer: Answer) -> Outcome:
        theorem = question.theorem
        rests_on = answer.rests_on
        if rests_on is None:
            return self._failed("Print Assumptions answered nothing that can be read")
        if unknown := rests_on.refused:
            return self._failed(f"{theorem.name} rests on axioms not accepted: {', '.join(unknown)}")
        if not answer.founded:
            detail = (
                f"{theorem.name} is its pinned statement, but no theorem {theorem.name}{SATISFIABLE}"
                " shows that its hypotheses hold together"
            )
            return Outcome(self.name, Status.UNKNOWN, detail=detail, evidence={"unfounded": True})
        evidence: dict[str, Any] = {
            "theorem": theorem.name,
            "file": f"rocq/{file_of(question.module)}",
            "axioms": list(rests_on.axioms),
            "primitives": list(rests_on.primitives),
            "axioms_of": answer.company or "theorem",
            "statement": answer.statement,
        }
        if question.pinned:
            evidence["pinned"] = question.pinned
            if not theorem.negated:
                evidence["satisfiable"] = question.satisfiable
        if theorem.negated:
            evidence["negated"] = True
        detail = f"{theorem.name} ({file_of(question.module)}) is {question.claimed}"
        return Outcome(self.name, accepted(theorem), self.trust, detail=detail, evidence=evidence)
