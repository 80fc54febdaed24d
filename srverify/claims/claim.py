"""What a module of ``proofs/`` declares: claims with their checks, and assumptions.

Nothing here runs an engine. A verdict is computed from outcomes (``srverify.audit.verdict``), never
declared; ``Claim.expected`` is only what the audit compares it with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from srverify.claims.obligation import Computation, Theorem
from srverify.claims.typed import check_types
from srverify.language.errors import InputError
from srverify.language.statement import Statement

_ID = re.compile(r"[A-Z]+\d*[A-Z0-9-]*\Z")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class Verdict(StrEnum):
    """What the audit says of a claim."""

    HOLDS = "holds"
    REPAIRED = "repaired"
    REFUTED = "refuted"
    CONDITIONAL = "conditional"
    SHARPER = "sharper"
    OPEN = "open"


class Role(StrEnum):
    """What a check says about its claim.

    ``STATED``: the paper's own statement (or ours, for a claim of ours). ``DERIVATION``: a step of the
    paper's derivation, where the step and not the statement fails. ``REPAIR``: the corrected statement.
    ``SUPPORT``: a lemma, a cross-check or a numerical witness that strengthens trust.
    """

    STATED = "stated"
    DERIVATION = "derivation"
    REPAIR = "repair"
    SUPPORT = "support"


class Expect(StrEnum):
    """What the engines should find: a proof, a refutation with a witness, or only support."""

    PROVED = "proved"
    REFUTED = "refuted"
    SUPPORTED = "supported"


@dataclass(frozen=True)
class Mutant:
    """A broken variant of a statement that some engine must refute.

    Parameters
    ----------
    name
        What was broken, e.g. ``"2/e replaced by 0.73"``.
    statement
        The variant.
    survives
        A reason, for a variant that is known to be true because the constant is loose on purpose or
        the hypothesis is unnecessary: then it must be *proved* instead.
    """

    name: str
    statement: Statement
    survives: str = ""

    def __post_init__(self) -> None:
        check_types(self, f"mutant {self.name!r}")


@dataclass(frozen=True)
class Check:
    """One obligation with the engines that should settle it.

    Parameters
    ----------
    id
        Unique inside its claim: lower-case words with hyphens (``sharp-constant``).
    obligation
        A Statement, a Computation or a Theorem.
    engines
        Engines to run; each that is not expected to decide simply reports ``unknown``.
    expect, role
        See ``Expect`` and ``Role``.
    note
        One sentence for the reader: why this is what the claim needs.
    mutants
        Broken variants beyond the automatic ones (conclusion turned, hypothesis dropped).
    unnecessary
        Hypothesis index to reason, for a hypothesis that the audit is expected to find droppable.
    example
        A point (variable to exact text) at which the hypotheses hold: the proof of non-vacuity;
        without it the audit searches for one.
    rocq, lean
        Names of the theorems whose statement is this one, printed; its negation, where the statement
        is expected to be refuted.
    """

    id: str
    obligation: Statement | Computation | Theorem
    engines: tuple[str, ...] = ("arb", "mpmath")
    expect: Expect = Expect.PROVED
    role: Role = Role.STATED
    note: str = ""
    mutants: tuple[Mutant, ...] = ()
    unnecessary: Mapping[int, str] = field(default_factory=dict)
    example: Mapping[str, str] | None = None
    rocq: str | None = None
    lean: str | None = None

    def __post_init__(self) -> None:
        check_types(self, f"check {self.id!r}")
        if self.statement is not None:
            names = {variable.name for variable in self.statement.variables}
            for mutant in self.mutants:
                others = names ^ {variable.name for variable in mutant.statement.variables}
                if others:
                    raise InputError(
                        f"check {self.id!r}: mutant {mutant.name!r} differs in the variables"
                        f" {', '.join(sorted(others))}: fix one as '[2, 2]'"
                    )
        if not _SLUG.match(self.id):
            raise InputError(f"check id {self.id!r}: write lower-case words joined by hyphens")

    @property
    def statement(self) -> Statement | None:
        """The statement, if the obligation is one."""
        return self.obligation if isinstance(self.obligation, Statement) else None

    @property
    def theorems(self) -> dict[str, Theorem]:
        """What the check asks of the kernels, by engine: its statement, or the negation of it."""
        negated = self.expect is Expect.REFUTED
        named = {"rocq": self.rocq, "lean": self.lean}
        return {
            engine: Theorem(engine, name, self.statement, negated=negated)
            for engine, name in named.items()
            if name is not None
        }


@dataclass(frozen=True)
class Part:
    """One assertion of an entry.

    Parameters
    ----------
    text
        The assertion, in a line.
    by
        Ids of the checks that settle it together: its trust is that of the weakest of them.
    role
        Whether it is stated, a repair, or a step of the paper's derivation; ``SUPPORT`` for a remark, on
        which the verdict does not hang.
    case
        The special case that the checks settle, if they settle no more: ``"N = 2"``.
    """

    text: str
    by: tuple[str, ...]
    role: Role = Role.STATED
    case: str = ""

    def __post_init__(self) -> None:
        check_types(self, f"part {self.text!r}")


@dataclass(frozen=True)
class Assumption:
    """A named assumption that claims may rest on (``A-CONC``).

    ``known`` says what is known about it: a family where it holds, one where it fails, with the ids of
    the claims that show it.
    """

    id: str
    statement: str
    paper: str
    known: str
    shown_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_types(self, f"assumption {self.id!r}")


@dataclass(frozen=True)
class Paper:
    """What is audited, as one cites it; a claims folder declares it once as ``PAPER``."""

    title: str
    authors: str = ""
    reference: str = ""

    def __post_init__(self) -> None:
        check_types(self, f"paper {self.title!r}")


@dataclass(frozen=True)
class Claim:
    """One entry of the paper.

    Parameters
    ----------
    id, slug
        Fixed id (``D09``) and readable name (``lambert-closed-form``).
    title
        One line for lists.
    paper
        Where it stands, in words: section, theorem, remark.
    equations
        Numbered displays of the paper that this claim answers for: integers, or tags (``"2.3"``).
    prose
        What is claimed and what was found, in a paragraph; formulas in plain text.
    depends
        Ids of claims whose truth this one uses.
    assumptions
        Ids of assumptions that the claim rests on.
    checks
        The obligations.
    expected
        The verdict that the audit should compute.
    ours
        The statement is not the paper's but this audit's own (verdict ``sharper`` when it holds).
    experiments
        Names of experiments of the simulator (``srverify simulate NAME``) that show what is claimed.
    latex
        The paper's own statement, as LaTeX, to be read beside ours.
    """

    id: str
    slug: str
    title: str
    paper: str
    prose: str
    checks: tuple[Check, ...]
    expected: Verdict
    equations: tuple[int | str, ...] = ()
    depends: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    ours: bool = False
    experiments: tuple[str, ...] = ()
    latex: str = ""
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        check_types(self, f"claim {self.id!r}")
        if not _ID.match(self.id):
            raise InputError(f"claim id {self.id!r}: write capitals and digits, such as 'D09'")
        if not _SLUG.match(self.slug):
            raise InputError(f"slug {self.slug!r} of {self.id}: lower-case words and hyphens")
        seen: set[str] = set()
        for check in self.checks:
            if check.id in seen:
                raise InputError(f"claim {self.id} declares check {check.id!r} twice")
            seen.add(check.id)
        self._assign_roles()

    def _assign_roles(self) -> None:
        """Give the supporting checks that parts name the parts' roles."""
        known = {check.id: check for check in self.checks}
        roles: dict[str, Role] = {}
        for part in self.parts:
            if not part.by:
                raise InputError(f"claim {self.id}: no check settles the part {part.text!r}")
            for name in part.by:
                if name not in known:
                    raise InputError(f"claim {self.id}: a part names the unknown check {name!r}")
                if roles.setdefault(name, part.role) is not part.role:
                    raise InputError(f"claim {self.id}: check {name!r} is in parts of different roles")
        if self.parts:
            checks = tuple(
                replace(check, role=roles[check.id])
                if check.role is Role.SUPPORT and check.id in roles
                else check
                for check in self.checks
            )
            object.__setattr__(self, "checks", checks)

    @property
    def assertions(self) -> tuple[Part, ...]:
        """The parts, or, where none is declared, one for each check that is not mere support."""
        if self.parts:
            return self.parts
        needed = (check for check in self.checks if check.role is not Role.SUPPORT)
        return tuple(Part(check.obligation.text, (check.id,), check.role) for check in needed)


def statement(show: str, *given: str, **variables: str) -> Statement:
    """Write a statement in a claim module: the conclusion, the hypotheses, then each variable's domain.

    >>> statement("log(x) <= x - 1", x="(0, oo)").text
    'for x in (0, oo): log(x) <= x - 1'
    """
    return Statement.parse(show, given, variables)
