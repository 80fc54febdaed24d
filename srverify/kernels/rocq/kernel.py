"""Ask Rocq's kernel whether theorems are the statements they are cited for, many at once."""

from __future__ import annotations

import hashlib
import json
import secrets
import subprocess
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from srverify.claims.obligation import Theorem
from srverify.emit.rocq import negation_to_rocq, statement_to_rocq
from srverify.kernels.process import MEMORY_MB, OutOfMemoryError, command_pool
from srverify.kernels.rocq.assumptions import (
    ALLOWED,
    LOCATED,
    Assumptions,
    parse_assumptions,
    parse_names,
    parse_primitives,
)
from srverify.kernels.rocq.build import first_error, run_coqc
from srverify.kernels.rocq.development import LOGICAL_NAME
from srverify.kernels.rocq.units import Libraries
from srverify.running.cache import write_atomically

#: Seconds that one file of questions may take.
BATCH_TIMEOUT = 600.0
_MARK = "srverify-answer"
_CLOSED = "srverify-closed"
#: What the name of a theorem is followed by in that of the one that its hypotheses hold together.
SATISFIABLE = "_satisfiable"


class RefusedError(Exception):
    """The kernel does not accept a theorem as the statement it is cited for."""


@dataclass(frozen=True)
class Question:
    """A theorem, the module that proves it, and the digest of the sources behind it.

    ``pinned`` is the full name of the pinned statement that the theorem must be, if the statement is not
    one of the statement language; ``satisfiable`` that of the theorem that its hypotheses hold together,
    if there is one. ``lambertw`` is the module that defines Lambert W, if the printed statement has it.

    Raises UnsupportedError, on construction, for a statement that Rocq cannot be asked.
    """

    theorem: Theorem
    module: str
    sources: str
    pinned: str = ""
    satisfiable: str = ""
    lambertw: str = ""

    def __post_init__(self) -> None:
        _ = self.proposition

    @cached_property
    def proposition(self) -> str | None:
        """The printed statement or its negation, if the theorem has to be one."""
        statement = self.theorem.statement
        if statement is None:
            return (f"~ {self.pinned}" if self.theorem.negated else self.pinned) if self.pinned else None
        return negation_to_rocq(statement) if self.theorem.negated else statement_to_rocq(statement)

    @property
    def says_all(self) -> bool:
        """Whether the statement needs nothing but Rocq's own library to be read."""
        return self.proposition is not None and not self.pinned and not self.lambertw

    @property
    def claimed(self) -> str:
        """What an accepted theorem is, in words."""
        if not self.pinned:
            return self.theorem.claimed
        return "the negation of its pinned statement" if self.theorem.negated else "its pinned statement"

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules of the theorem, of what it is compared with, and of its hypotheses' instance."""
        others = (self.pinned, self.satisfiable)
        named = (name.partition(".")[2].rpartition(".")[0] for name in others if name)
        return (self.module, *named, *([self.lambertw] if self.lambertw else []))

    @property
    def full_name(self) -> str:
        """The theorem's name with its module, in full: other libraries have modules of the same name."""
        return f"{LOGICAL_NAME}.{self.module}.{self.theorem.name.rpartition('.')[2]}"


#: Names of the companies that a theorem is asked in, from the largest on: what many rest on between them
#: costs as much as what one does. Where that is accepted, the smaller companies are not asked.
Companies = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What the kernel said.

    Parameters
    ----------
    rests_on
        Axioms and primitives; ``None`` if what was printed cannot be read.
    statement
        The theorem's type.
    company
        Name of the theorems, those asked with this one, that rest on these between them; empty if this
        theorem does by itself.
    founded
        The hypotheses of a pinned statement are shown to hold together, or it has none.
    """

    rests_on: Assumptions | None
    statement: str
    company: str
    founded: bool = True

    @property
    def is_accepted(self) -> bool:
        """Whether every axiom is on the allow-list."""
        return self.rests_on is not None and not self.rests_on.refused


#: Company (empty: a theorem by itself) and the names of what it consists of.
_Groups = Sequence[tuple[str, Sequence[str]]]


def loading(questions: Sequence[Question], libraries: Libraries) -> list[str]:
    """Return the commands that load what questions are about, from the libraries that hold it."""
    modules = dict.fromkeys(module for question in questions for module in question.modules)
    names = dict.fromkeys(map(libraries, modules))
    # Of a folder that is one library, so that its files' names are printed as short as those of others.
    folders = [name for name in names if name not in modules]
    imported = [*folders, *dict.fromkeys(filter(None, (question.lambertw for question in questions)))]
    return [
        f"From {LOGICAL_NAME} Require {' '.join(names)}.",
        *(f"Import {LOGICAL_NAME}.{module}." for module in imported),
    ]


def check_source(
    questions: Sequence[Question],
    groups: _Groups = (),
    mark: str = _MARK,
    libraries: Libraries = str,
) -> str:
    """Return the file that makes the kernel compare theorems with their statements.

    In it the theorem of question i is ``checked_i``; the mark separates the answers. ``libraries``: what
    the modules were compiled into.

    >>> theorem = Theorem("rocq", "C34_bound", claim="Theorem 5.3")
    >>> source = check_source([Question(theorem, "Rounds", "")], [("", ["checked_0"])])
    >>> print(source[: source.index("idtac")])
    From Coq Require Import Reals.
    From SRVerify Require Rounds.
    Set Printing Width 100.
    Local Open Scope R_scope.
    Definition checked_0 := @SRVerify.Rounds.C34_bound.
    Definition group_0 := @checked_0.
    Goal True.
    <BLANKLINE>
    >>> print(source[source.rindex("idtac") :])
    idtac "srverify-answer".
    Print Assumptions group_0.
    exact I. Qed.
    <BLANKLINE>
    """
    lines = ["From Coq Require Import Reals."]
    # What a development defines, notations above all, must not change what statements say.
    lines += [
        f"Definition said_{index} : Prop := ({question.proposition})%R."
        for index, question in enumerate(questions)
        if question.says_all
    ]
    lines += _hypotheses(questions, libraries)
    lines += loading(questions, libraries)
    lines += ["Set Printing Width 100.", "Local Open Scope R_scope."]
    for index, question in enumerate(questions):
        name = question.full_name
        if question.says_all:
            lines.append(f"Theorem checked_{index} : said_{index}. Proof. exact @{name}. Qed.")
        elif question.proposition is None:
            lines.append(f"Definition checked_{index} := @{name}.")
        else:
            lines.append(f"Theorem checked_{index} : {question.proposition}. Proof. exact @{name}. Qed.")
        if _has_hypotheses(question):
            lines += _satisfiability(index, question, mark)
    for number, (_, names) in enumerate(groups):
        lines.append(f"Definition group_{number} := {_tuple(names)}.")
    # Inside a proof, so that idtac can print the marks.
    lines.append("Goal True.")
    answer = f'idtac "{mark}".'
    lines += (line for question in questions for line in (answer, f"Check @{question.full_name}."))
    # A development's notations do not change how the rest is printed.
    lines += ["Unset Printing Notations.", answer, "Search is:Primitive.", answer]
    lines += (f'idtac "{LOCATED}{name}". Locate {name}.' for name in sorted(ALLOWED))
    lines += (
        line for number in range(len(groups)) for line in (answer, f"Print Assumptions group_{number}.")
    )
    lines.append("exact I. Qed.")
    return "\n".join(lines) + "\n"


def _has_hypotheses(question: Question) -> bool:
    """Tell whether it is asked if a statement's hypotheses hold together: none are of what is false."""
    return bool(question.pinned) and not question.theorem.negated


def _hypotheses(questions: Sequence[Question], libraries: Libraries) -> Iterator[str]:
    """Yield the definitions of what satisfies pinned statements' hypotheses.

    Only the statements are loaded before: no file of proofs must change how they are read.
    """
    found = [(index, q.pinned) for index, q in enumerate(questions) if _has_hypotheses(q)]
    if not found:
        return
    modules = (name.removeprefix(f"{LOGICAL_NAME}.").rpartition(".")[0] for _, name in found)
    names = dict.fromkeys(map(libraries, modules))
    yield f"From {LOGICAL_NAME} Require {' '.join(names)}."
    yield satisfiability_source()
    for index, name in found:
        yield f"Definition hypotheses_{index} : Prop := ltac:(srverify_hypotheses_of {name})."


def _satisfiability(index: int, question: Question, mark: str) -> Iterator[str]:
    """Yield the comparison of a theorem's hypotheses with what is shown to hold together.

    Where no theorem is named for that, what is asked for is told from nothing.
    """
    yield f'Goal True. idtac "{_CLOSED}".'
    if question.satisfiable:
        yield "exact I. Qed."
        yield f"Theorem satisfiable_{index} : hypotheses_{index}."
        yield f"Proof. exact @{question.satisfiable}. Qed."
    else:
        told = f'idtac "{_unfounded(index, mark)}"'
        yield f"let s := eval red in hypotheses_{index} in"
        yield f"lazymatch s with True => idtac | _ => {told} end. exact I. Qed."


def _unfounded(index: int, mark: str) -> str:
    return f"unfounded {index} {mark}."


@cache
def satisfiability_source() -> str:
    """Return the tactic that generates, from a statement, that its hypotheses hold together."""
    return files("srverify.kernels.rocq").joinpath("satisfiable.v").read_text(encoding="utf-8")


def _checked(index: int, question: Question) -> list[str]:
    return [f"checked_{index}", *([f"satisfiable_{index}"] if question.satisfiable else [])]


def _tuple(names: Sequence[str]) -> str:
    """Return pairs of pairs: in (((a, b), c), d) the type of a stands thrice, and so on."""
    if len(names) == 1:
        return f"@{names[0]}"
    middle = len(names) // 2
    return f"({_tuple(names[:middle])}, {_tuple(names[middle:])})"


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
    companies
        What a question is asked in before it is asked alone.
    libraries
        What the development's modules were compiled into.
    unchanged
        Keeps the compiled form of modules as it is, and gives what of it is of other sources.
    """

    def __init__(
        self,
        flags: list[str],
        folder: Path,
        version: str,
        companies: Callable[[Question], Companies] = lambda question: (),
        libraries: Libraries = str,
        unchanged: Callable[[Iterable[str]], AbstractContextManager[str | None]] = lambda modules: (
            nullcontext()
        ),
    ) -> None:
        self._flags = flags
        self._folder = folder
        self._version = version
        self._companies = companies
        self._libraries = libraries
        self._unchanged = unchanged

    def _path(self, question: Question) -> Path:
        text = f"{self._version}\0{question.sources}\0{check_source([question])}"
        return self._folder / f"{hashlib.sha256(text.encode()).hexdigest()}.json"

    def remembered(self, question: Question) -> Answer | None:
        """Return the kernel's earlier answer to the same question about the same sources, if any."""
        try:
            data = json.loads(self._path(question).read_text(encoding="utf-8"))
            rests_on = Assumptions(
                tuple(map(str, data["axioms"])),
                tuple(map(str, data["primitives"])),
            )
            return Answer(rests_on, str(data["statement"]), str(data["company"]), bool(data["founded"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _remember(self, question: Question, answer: Answer) -> None:
        if answer.rests_on is None:
            return
        data = {
            **asdict(answer.rests_on),
            "statement": answer.statement,
            "company": answer.company,
            "founded": answer.founded,
        }
        with suppress(OSError):  # Costs the next run the question.
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path(question), json.dumps(data))

    def ask(self, question: Question, timeout: float, memory_mb: int = MEMORY_MB) -> Answer:
        """Ask about one theorem; raises RefusedError, OutOfMemoryError or subprocess.TimeoutExpired."""
        return self._ask([question], timeout, memory_mb)[0]

    def _ask(
        self, questions: Sequence[Question], timeout: float, memory_mb: int, size: int = 0
    ) -> list[Answer]:
        # Nothing that a development can print is taken for the beginning of an answer.
        mark = f"{_MARK}-{secrets.token_hex(8)}"
        groups = self._groups(questions, size)
        modules = dict.fromkeys(name for question in questions for name in question.modules)
        with (
            self._unchanged(modules) as stale,
            tempfile.TemporaryDirectory(prefix="srverify-rocq-") as folder,
        ):
            if stale is not None:
                # Otherwise the answer would be remembered as one about these sources.
                raise RefusedError(f"{stale} has been compiled anew by another process: run it again")
            (Path(folder) / "check.v").write_text(
                check_source(questions, groups, mark, self._libraries), encoding="utf-8"
            )
            result = run_coqc([*self._flags, "check.v"], Path(folder), timeout, memory_mb)
        if result.returncode != 0:
            error = first_error(result.stderr)
            raise _refusal(questions[0], error, _CLOSED in result.stdout)
        before, *parts = result.stdout.split(f"{mark}\n")
        unfounded = {i for i in range(len(questions)) if _unfounded(i, mark) in before}
        answers = _answers(parts, len(questions), groups, unfounded)
        for question, answer in zip(questions, answers, strict=True):
            if not answer.company or answer.is_accepted:
                self._remember(question, answer)
        return answers

    def _company(self, question: Question, size: int) -> str:
        """Return the company of a size, 0 the largest; empty where it is asked alone."""
        companies = self._companies(question)
        return companies[size] if size < len(companies) else ""

    def _groups(self, questions: Sequence[Question], size: int) -> _Groups:
        companies: dict[str, list[int]] = {}
        for index, question in enumerate(questions):
            name = self._company(question, size)
            companies.setdefault(name or f"{index}", []).append(index)
        return [
            (
                name if len(members) > 1 else "",
                [checked for index in members for checked in _checked(index, questions[index])],
            )
            for name, members in companies.items()
        ]

    def ask_all(self, questions: Sequence[Question], jobs: int, progress: Callable[[str], None]) -> None:
        """Ask about many theorems, so that ``remembered`` knows the answers.

        Where a statement is refused, the questions are halved until it stands alone; where an axiom is,
        those of the company are asked in smaller ones.
        """
        new = [question for question in questions if self.remembered(question) is None]
        if not new:
            return
        progress(f"asking the kernel about {len(new)} theorems")
        companies: dict[str, list[Question]] = {}
        for question in new:
            companies.setdefault(self._company(question, 0), []).append(question)
        shares: list[list[Question]] = [[] for _ in range(max(1, jobs))]
        for together in sorted(companies.values(), key=len, reverse=True):
            min(shares, key=len).extend(together)
        with command_pool(len(shares)) as pool:
            list(pool.map(self._ask_some, filter(None, shares)))

    def _ask_some(self, questions: Sequence[Question], size: int = 0) -> None:
        try:
            answers = self._ask(questions, BATCH_TIMEOUT, MEMORY_MB, size)
        except (RefusedError, OutOfMemoryError, subprocess.TimeoutExpired):
            middle = len(questions) // 2
            if middle:
                self._ask_some(questions[:middle], size)
                self._ask_some(questions[middle:], size)
            return
        asked = zip(questions, answers, strict=True)
        refused = [question for question, answer in asked if answer.company and not answer.is_accepted]
        if refused:
            self._ask_some(refused, size + 1)


def _refusal(question: Question, error: str, closed: bool) -> RefusedError:
    name = question.theorem.name
    if question.satisfiable and closed:
        how = f"{question.satisfiable} does not show that the hypotheses of {name} hold together"
    else:
        how = f"{name} is not {question.claimed}"
    return RefusedError(f"{how}: {error}")


def _answers(
    parts: Sequence[str], count: int, groups: _Groups, unfounded: Collection[int]
) -> list[Answer]:
    if len(parts) != count + 2 + len(groups):
        raise RefusedError("the compiler answered fewer questions than it was asked")
    known, names = parse_primitives(parts[count]), parse_names(parts[count + 1])
    found = {
        name: (parse_assumptions(part, known, names), company)
        for (company, members), part in zip(groups, parts[count + 2 :], strict=True)
        for name in members
    }
    answers = []
    for index, shown in enumerate(parts[:count]):
        rests_on, company = found[f"checked_{index}"]
        statement = shown.partition(":")[2].strip("\n").rstrip()
        answers.append(Answer(rests_on, statement, company, index not in unfounded))
    return answers
