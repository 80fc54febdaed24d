"""The Rocq engine: theorems checked by the kernel, with the axioms they rest on."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from srverify.emit.rocq import statement_to_rocq_file
from srverify.engines.base import Availability, Engine, Outcome, Status, Trust
from srverify.errors import InputError, UnsupportedError
from srverify.obligation import Obligation, Options, Theorem
from srverify.rocq.assumptions import parse_assumptions, refused
from srverify.rocq.build import Build, compiler_version, first_error, run_coqc
from srverify.rocq.development import LOGICAL_NAME, Development

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
        """See ``Engine.prepare``: build the modules that the obligations need."""
        names = (o.name for o in obligations if isinstance(o, Theorem) and o.engine == self.name)
        modules: dict[str, None] = {}
        for name in names:
            with suppress(InputError):  # Said again, with its claim, when the theorem is settled.
                modules[self.development.module_of(name)] = None
        self.build.make(tuple(modules), jobs, progress=lambda module: progress(f"building {module}.v"))

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """See ``Engine.settle``."""
        assert isinstance(obligation, Theorem)
        try:
            module = self.development.module_of(obligation.name)
        except InputError as error:
            return self._failed(str(error))
        forbidden = [
            found
            for found in self.development.forbidden()
            if found.partition(".v:")[0] in self.development.closure(module)
        ]
        if forbidden:
            return self._failed(f"not a proof: {forbidden[0]}")
        errors = self.build.make((module,))
        if errors:
            return self._failed(errors.get(module) or next(iter(errors.values())))
        return self._check(obligation, module, options)

    def _failed(self, detail: str) -> Outcome:
        return Outcome(self.name, Status.ERROR, detail=detail)

    def _check(self, theorem: Theorem, module: str, options: Options) -> Outcome:
        try:
            source = check_source(theorem, module)
        except UnsupportedError as error:
            return self._failed(str(error))
        with tempfile.TemporaryDirectory(prefix="srverify-rocq-") as folder:
            file = Path(folder) / "check.v"
            file.write_text(source, encoding="utf-8")
            try:
                result = run_coqc([*self.build.flags, file.name], Path(folder), options.timeout)
            except subprocess.TimeoutExpired:
                return Outcome(self.name, Status.TIMEOUT, detail=f"no result in {options.timeout:g} s")
        if result.returncode != 0:
            return self._failed(f"{theorem.name} is not the statement: {first_error(result.stderr)}")
        axioms = parse_assumptions(result.stdout)
        if axioms is None:
            return self._failed("Print Assumptions answered nothing that can be read")
        if unknown := refused(axioms):
            return self._failed(f"{theorem.name} rests on axioms not accepted: {', '.join(unknown)}")
        evidence = {
            "theorem": theorem.name,
            "file": f"rocq/{module}.v",
            "axioms": list(axioms),
            "statement": _shown_statement(result.stdout, theorem.name),
        }
        what = "is the statement" if theorem.statement is not None else "is proved"
        detail = f"{theorem.name} ({module}.v) {what}"
        return Outcome(self.name, Status.PROVED, self.trust, detail=detail, evidence=evidence)


def check_source(theorem: Theorem, module: str) -> str:
    """Return the file that makes the kernel compare a theorem with its statement.

    >>> print(check_source(Theorem("rocq", "C34_bound", claim="Theorem 5.3"), "Iteration"))
    From SRVerify Require Import Iteration.
    Definition checked := @C34_bound.
    Set Printing Width 100.
    Check @C34_bound.
    Print Assumptions checked.
    <BLANKLINE>
    """
    require = f"From {LOGICAL_NAME} Require Import {module}."
    if theorem.statement is None:
        body = f"Definition checked := @{theorem.name}.\n"
    else:
        body = statement_to_rocq_file(theorem.statement, "checked", proof=theorem.name)
    show = f"Set Printing Width 100.\nCheck @{theorem.name}.\n"
    return f"{require}\n{body}{show}Print Assumptions checked.\n"


def _shown_statement(output: str, name: str) -> str:
    """Return the type that ``Check`` printed for a theorem."""
    text = output.partition("Axioms:")[0].partition("Closed under")[0]
    _, _, statement = text.partition(":")
    return statement.strip("\n").rstrip() if name.rpartition(".")[2] in text else ""
