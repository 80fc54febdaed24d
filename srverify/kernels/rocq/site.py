"""One Rocq development at work: its sources, its build, and the questions put to the kernel."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from srverify.claims.obligation import Theorem
from srverify.emit.rocq import uses_lambertw
from srverify.kernels.rocq.build import Build
from srverify.kernels.rocq.development import (
    LOGICAL_NAME,
    STATEMENTS,
    Development,
    file_of,
    without_comments,
)
from srverify.kernels.rocq.kernel import SATISFIABLE, Companies, Kernel, Question
from srverify.kernels.rocq.pins import drift
from srverify.kernels.rocq.replay.library import LAMBERT, shipped
from srverify.language.errors import InputError


@dataclass(frozen=True)
class Site:
    """A folder of Rocq files with the folder that its compiled form is kept in.

    Parameters
    ----------
    folder
        The sources.
    build_folder
        Compiled files and the kernel's answers; of this development only.
    version
        The compiler's version.
    """

    folder: Path
    build_folder: Path
    version: str

    @cached_property
    def development(self) -> Development:
        """The sources."""
        return Development(self.folder)

    @cached_property
    def build(self) -> Build:
        """The compiled development."""
        return Build(self.development, self.build_folder, self.version)

    @cached_property
    def kernel(self) -> Kernel:
        """The kernel, with what it answered before."""
        answers = self.build_folder / "answers"
        build = self.build
        return Kernel(build.flags, answers, self.version, self.companies, build.library, build.unchanged)

    @cached_property
    def drift(self) -> tuple[str, ...]:
        """Definitions under pinned statements that are not those recorded; see ``pins``."""
        return tuple(drift(self.development))

    def question(self, theorem: Theorem) -> Question:
        """Return what to ask of a theorem; raises InputError if it cannot be asked.

        A theorem that no statement of the language expresses needs a pinned one.
        """
        development = self.development
        module = development.module_of(theorem.name)
        if theorem.statement is not None:
            lambertw = ""
            if uses_lambertw(theorem.statement):
                lambertw = next(self._lambertw(development.closure(module)), "")
                lambertw = lambertw or next(self._lambertw(development.sources), "")
            return Question(theorem, module, development.digest(module), lambertw=lambertw)
        name = theorem.pinned_name
        pinned = development.pinned.get(name)
        if pinned is None:
            raise InputError(
                f"theorem {name} has no pinned statement: write Definition {name} : Prop := ..."
                f" in rocq/{STATEMENTS}/"
            )
        shown = f"{name}{SATISFIABLE}"
        satisfiable = ""
        if shown in development.theorems and not theorem.negated:
            satisfiable = f"{LOGICAL_NAME}.{development.module_of(shown)}.{shown}"
        question = Question(theorem, module, "", pinned.full_name, satisfiable)
        sources = "\0".join(map(development.digest, question.modules))
        return replace(question, sources=hashlib.sha256(sources.encode()).hexdigest())

    def companies(self, question: Question) -> Companies:
        """Return what a theorem is asked in: with all others that compute, or do not; with its file.

        Rocq follows theorems down to its library's axioms in seconds, one as long as hundreds. What
        computes, by itself or in the instance of its hypotheses, rests on more of them than the rest.
        """
        names = (question.theorem.name, question.satisfiable)
        computes = any(name.rpartition(".")[2] in self.development.computing for name in names)
        which = "the theorems that compute" if computes else "the theorems that do not compute"
        return (which, file_of(question.module))

    def _lambertw(self, modules: Iterable[str]) -> Iterator[str]:
        """Yield those of the modules that are named like the one that defines Lambert W."""
        name = LAMBERT[0].rpartition("/")[2]
        return (module for module in modules if module.rpartition(".")[2] == name)

    @cached_property
    def _other_lambertw(self) -> str | None:
        """Why printed statements about Lambert W, which the development defines, may not mean it."""
        file = LAMBERT[0]
        ours = without_comments(shipped(file), keep_strings=True).split()
        for module in self._lambertw(self.development.sources):
            source = self.development.sources[module]
            if without_comments(source, keep_strings=True).split() != ours:
                what = f"{file_of(module)} is not the {file}.v that came with srverify"
                return f"{what}: W0 may be anything"
        return None

    def unsound(self, question: Question, build: bool = True) -> str | None:
        """Return why a theorem does not count: something unproved in its sources, no build, drift."""
        if question.pinned and self.drift:
            return self.drift[0]
        statement = question.theorem.statement
        if statement is not None and uses_lambertw(statement) and self._other_lambertw is not None:
            return self._other_lambertw
        closure = {
            file_of(name) for module in question.modules for name in self.development.closure(module)
        }
        for found in self.development.forbidden():
            if found.partition(":")[0] in closure:
                return f"not a proof: {found}"
        errors = self.build.make(question.modules) if build else {}
        return errors.get(question.module) or next(iter(errors.values()), None)


def build_folder_of(folder: Path) -> Path:
    """Return where the compiled form of a development is kept: in the cache, apart from all others.

    Modules of one development must never be found while another one is compiled. The answer does not
    depend on the current folder: worker processes, on other machines too, find what was built.
    """
    from srverify.claims.folders import shipped_folders
    from srverify.running.cache import cache_directory

    resolved = folder.resolve()
    if resolved in [shipped / "rocq" for shipped in shipped_folders()]:
        return cache_directory() / "rocq"
    return cache_directory() / f"rocq-{hashlib.sha256(str(resolved).encode()).hexdigest()[:16]}"
