"""What an engine can be asked to settle: a statement, a computation, a kernel theorem, a replay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from srverify.claims.typed import check_types
from srverify.language.errors import InputError
from srverify.language.statement import Statement


@dataclass(frozen=True)
class Finding:
    """What a computation found.

    Parameters
    ----------
    holds
        Whether the computed fact agrees with the computation's claim.
    detail
        One line with the numbers: what was compared, over how many instances, smallest slack.
    witness
        The exact instance that decides (a counterexample if ``holds`` is false), name to exact text.
    """

    holds: bool
    detail: str
    witness: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Computation:
    """A finite computation, a symbolic derivation or a simulation, by a registered function.

    Parameters
    ----------
    claim
        One sentence: what holds if the function's finding holds.
    engine
        The engine that runs it: ``exact`` (rational arithmetic), ``sympy`` (symbolic), ``arb`` (rigorous
        enclosures), ``mpmath`` (high precision, not rigorous) or ``simulation`` (NumPy).
    function
        A module-level function of a seed; returns a Finding.
    mutant
        A function of the same kind that runs the same comparison on a deliberately wrong variant;
        its finding must not hold, or the computation cannot fail.
    whole
        The computation decides its claim whole (a fact about one explicit object), not on instances.
    """

    claim: str
    engine: str
    function: Callable[[int], Finding]
    mutant: Callable[[int], Finding] | None = None
    whole: bool = False

    @property
    def text(self) -> str:
        """The claim, for reports."""
        return self.claim

    @property
    def digest(self) -> str:
        """SHA-256 of the claim and of the source file that defines the function."""
        import inspect

        path = inspect.getsourcefile(self.function)
        source = open(path, "rb").read() if path else b""  # noqa: SIM115
        name = f"{self.claim}\0{self.engine}\0{self.function.__qualname__}\0"
        return hashlib.sha256(name.encode() + source).hexdigest()


#: How the name of a Rocq theorem ends that is the negation of a pinned statement.
REFUTED = "_refuted"


@dataclass(frozen=True)
class Theorem:
    """A theorem of the Rocq or Lean development.

    With ``statement`` the theorem must be that statement, as printed; without it the theorem speaks of
    something outside the statement language (finite spaces) and ``claim`` says what in one sentence.

    Parameters
    ----------
    negated
        The theorem must be the statement's negation, as printed, or, without a statement, that of the
        pinned one (``NAME_refuted`` of ``NAME``): accepted, it refutes the statement.
    folder
        The claims folder beside whose files the development is looked for (``rocq/`` inside it,
        ``lean/`` next to it); empty: the default claims folder. Raises InputError, on construction, for
        a negation of neither.
    """

    engine: str
    name: str
    statement: Statement | None = None
    claim: str = ""
    negated: bool = False
    folder: str = ""

    def __post_init__(self) -> None:
        check_types(self, f"theorem {self.name!r}")
        if not self.negated or self.statement is not None:
            return
        if self.engine != "rocq" or not self.name.endswith(REFUTED):
            raise InputError(
                f"theorem {self.name}: only a statement can be negated, or a pinned one by a theorem of"
                f" Rocq whose name is the statement's with {REFUTED}"
            )

    @property
    def pinned_name(self) -> str:
        """The name of the pinned statement that the theorem is, or negates, if it has no other."""
        name = self.name.rpartition(".")[2]
        return name.removesuffix(REFUTED) if self.negated else name

    @property
    def text(self) -> str:
        """The statement (or its negation) or the claim, for reports."""
        if self.statement is None:
            return self.claim
        return f"not: {self.statement.text}" if self.negated else self.statement.text

    @property
    def claimed(self) -> str:
        """What an accepted theorem is, in words: the statement or its negation."""
        return "the statement's negation" if self.negated else "the statement"

    @property
    def digest(self) -> str:
        """SHA-256 of the theorem's name and what it states (not of its proof, nor of where it is)."""
        body = self.statement.normal_form if self.statement is not None else self.claim
        parts = (self.engine, self.name, body, *(("negated",) if self.negated else ()))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Replay:
    """A proof object of a statement, for a kernel to follow its steps.

    Parameters
    ----------
    proof
        What an engine found and the checker accepted, as plain data.
    """

    statement: Statement
    proof: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The statement, for reports."""
        return self.statement.text

    @property
    def digest(self) -> str:
        """SHA-256 of the statement as written and of the proof: its steps speak of names and places."""
        data = [self.statement.to_dict(), self.proof]
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


Obligation: TypeAlias = Statement | Computation | Theorem | Replay


#: Extra options that tell an engine not to look for a proof object: others may bring one, or need none.
WITHOUT_PROOF: Mapping[str, str] = {"proof": "later"}
#: Extra options that tell an engine that a kernel is to follow its proof object: of several, it takes
#: one that a kernel can follow.
FOR_KERNEL: Mapping[str, str] = {"proof": "for a kernel"}


@dataclass(frozen=True)
class Options:
    """Limits and settings of one engine run; recorded with every outcome.

    Parameters
    ----------
    timeout
        Seconds of processor time, and of sleep; waiting for a busy machine does not count.
    memory_mb
        Address space of the worker in MiB; of a kernel's processes, the memory that they occupy.
    digits
        Decimal digits of high-precision evaluation.
    seed
        Seed of everything random.
    refute_only
        The caller expects a refutation (a mutant): an engine may skip its search for a proof.
    """

    timeout: float = 30.0
    memory_mb: int = 4096
    digits: int = 50
    seed: int = 0
    refute_only: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)
