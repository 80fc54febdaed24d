"""The Lean engine: theorems checked by Lean's kernel where a toolchain is present."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from srverify.claims.obligation import Obligation, Options, Theorem
from srverify.claims.outcome import Outcome, Status, Trust, accepted
from srverify.emit.lean import negation_to_lean, statement_to_lean
from srverify.engines.base import Availability, Engine
from srverify.kernels.lean.project import LeanProject, LeanTheorem, squeezed
from srverify.kernels.process import OutOfMemoryError, run
from srverify.running.snapshot import Current, snapshot

INSTALL = "install elan (the Lean toolchain manager), then run 'lake exe cache get' in lean/"

#: A project that uses Mathlib may take long, and much, to build.
BUILD_SECONDS = 6 * 3600.0
BUILD_MEMORY_MB = 1 << 16

#: The axioms of Lean's own logic that Mathlib is built on.
ACCEPTED_AXIOMS = frozenset({"propext", "Classical.choice", "Quot.sound"})

_AXIOMS = re.compile(r"depends on axioms: \[([^\]]*)\]")


class LeanEngine(Engine):
    """Build the Lean project and read the axioms of its theorems.

    With ``lake`` on PATH a theorem counts if a file that states the printed proposition (its negation
    where a refutation is expected) and closes it by the theorem compiles, and if ``#print axioms`` names
    accepted axioms only. Without ``lake`` the engine is unavailable, whatever the static reading of the
    sources says; ``note`` reports it.
    """

    name: ClassVar[str] = "lean"
    summary: ClassVar[str] = "theorems checked by Lean's kernel, against Mathlib"
    trust: ClassVar[Trust] = Trust.KERNEL
    least_timeout: ClassVar[float] = 600.0

    def __init__(self, folder: Path | None = None) -> None:
        self._given_folder = folder
        self._projects: Current[LeanProject] = Current()

    def project(self, folder: str = "") -> LeanProject:
        """Return the Lean project next to a claims folder (empty: the default one)."""
        from srverify.claims.folders import default_folder

        place = self._given_folder
        if place is None:
            place = (Path(folder) if folder else default_folder()).parent / "lean"
        state = snapshot(place, ".lean") + snapshot(place / "SRVerify", ".lean", deep=True)
        return self._projects.get(place, state, LeanProject)

    def probe(self) -> Availability:
        """See ``Engine.probe``."""
        if shutil.which("lake") is None:
            return Availability(False, reason="lake is not on PATH", install=INSTALL)
        try:
            result = run(["lake", "--version"], Path("/"), 60)
        except (OSError, subprocess.SubprocessError, OutOfMemoryError) as error:
            return Availability(False, reason=f"lake does not run: {error}", install=INSTALL)
        if result.returncode != 0:
            reason = squeezed(f"lake does not run: {result.stderr}")[:300]
            return Availability(False, reason=reason, install=INSTALL)
        return Availability(True, squeezed(result.stdout))

    def refusal(self, obligation: Obligation) -> str | None:
        """See ``Engine.refusal``."""
        if isinstance(obligation, Theorem) and obligation.engine == self.name:
            return None
        return "checks named theorems of the Lean project only"

    def note(self, obligation: Obligation) -> str:
        """See ``Engine.note``: what the sources say, which is not a proof."""
        assert isinstance(obligation, Theorem)
        if problem := self._static_problem(obligation):
            return f"static: {problem}"
        what = "its negation" if obligation.negated else "it"
        return f"static: {self._found(obligation).file} states {what}, without sorry"

    def _found(self, obligation: Theorem) -> LeanTheorem:
        return self.project(obligation.folder).by_name[obligation.name]

    def _static_problem(self, obligation: Theorem) -> str | None:
        theorem = self.project(obligation.folder).by_name.get(obligation.name)
        if theorem is None:
            return f"no theorem {obligation.name} in the Lean project"
        if theorem.sorries:
            return f"{theorem.file}:{theorem.line}: {theorem.sorries} sorry in the proof"
        proposition = proposition_of(obligation)
        if proposition is not None:
            printed = squeezed(proposition)
            if theorem.statement != printed:
                return f"{theorem.file}:{theorem.line}: states {theorem.statement}, not {printed}"
        return None

    def fingerprint(self, obligation: Obligation) -> str:
        """See ``Engine.fingerprint``."""
        assert isinstance(obligation, Theorem)
        sources = self.project(obligation.folder).sources
        return squeezed("\0".join(f"{path}\0{text}" for path, text in sources.items()))

    def prepare(
        self, obligations: Sequence[Obligation], jobs: int, progress: Callable[[str], None]
    ) -> None:
        """See ``Engine.prepare``: build each project once."""
        theorems = (o for o in obligations if isinstance(o, Theorem) and o.engine == self.name)
        for folder in dict.fromkeys(theorem.folder for theorem in theorems):
            progress("building the Lean project")
            place = self.project(folder).folder
            run(["lake", "build"], place, BUILD_SECONDS, BUILD_MEMORY_MB)

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """See ``Engine.settle``."""
        assert isinstance(obligation, Theorem)
        if problem := self._static_problem(obligation):
            return Outcome(self.name, Status.ERROR, detail=problem)
        with tempfile.TemporaryDirectory(prefix="srverify-lean-") as folder:
            file = Path(folder) / "Check.lean"
            file.write_text(check_source(obligation), encoding="utf-8")
            try:
                result = run(
                    ["lake", "env", "lean", str(file)],
                    self.project(obligation.folder).folder,
                    options.timeout,
                    options.memory_mb,
                )
            except OutOfMemoryError as exceeded:
                return Outcome(self.name, Status.ERROR, detail=str(exceeded))
            except subprocess.TimeoutExpired:
                return Outcome(self.name, Status.TIMEOUT, detail=f"no result in {options.timeout:g} s")
        if result.returncode != 0:
            error = squeezed(result.stdout + result.stderr)[:300]
            return Outcome(self.name, Status.ERROR, detail=f"{obligation.name}: {error}")
        return self._read_axioms(obligation, result.stdout)

    def _read_axioms(self, theorem: Theorem, output: str) -> Outcome:
        match = _AXIOMS.search(output)
        if match is None and "does not depend on any axioms" not in output:
            return Outcome(self.name, Status.ERROR, detail="#print axioms answered nothing readable")
        axioms = [name.strip() for name in match[1].split(",")] if match else []
        unknown = [axiom for axiom in axioms if axiom not in ACCEPTED_AXIOMS]
        if unknown:
            detail = f"{theorem.name} rests on axioms not accepted: {', '.join(unknown)}"
            return Outcome(self.name, Status.ERROR, detail=detail)
        place = self._found(theorem)
        evidence: dict[str, Any] = {
            "theorem": theorem.name,
            "file": f"lean/{place.file}",
            "axioms": axioms,
        }
        if theorem.negated:
            evidence["negated"] = True
        what = f"is {theorem.claimed}" if theorem.statement is not None else "is proved"
        detail = f"{theorem.name} ({place.file}) {what}"
        return Outcome(self.name, accepted(theorem), self.trust, detail=detail, evidence=evidence)


def proposition_of(theorem: Theorem) -> str | None:
    """Return the printed statement or its negation, if the theorem has to be one."""
    if theorem.statement is None:
        return None
    return (negation_to_lean if theorem.negated else statement_to_lean)(theorem.statement)


def check_source(theorem: Theorem) -> str:
    """Return the file that makes Lean compare a theorem with its statement and print its axioms.

    >>> print(check_source(Theorem("lean", "SRVerify.theorem_5_3", claim="Theorem 5.3")))
    import SRVerify
    #check @SRVerify.theorem_5_3
    #print axioms SRVerify.theorem_5_3
    <BLANKLINE>
    """
    proposition = proposition_of(theorem)
    if proposition is None:
        body = f"#check @{theorem.name}"
    else:
        body = f"example : {proposition} :=\n  {theorem.name}"
    return f"import SRVerify\n{body}\n#print axioms {theorem.name}\n"
