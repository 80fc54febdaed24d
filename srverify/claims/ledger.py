"""Find, load and check claim modules: the ledger of an audit.

A claims folder holds ``*.py`` modules (see ``srverify.claims.folders``), each defining ``CLAIMS``
and optionally ``ASSUMPTIONS`` and ``EQUATIONS``. Every folder is loaded as a package of its own under a
unique name, so that modules may use ``from ._helper import …`` and two folders never clash.
"""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from srverify.claims.claim import Assumption, Check, Claim, Expect, Paper
from srverify.claims.folders import declares_claims, home_of, is_shipped, meant_folder, module_files
from srverify.claims.obligation import Computation, Theorem
from srverify.claims.paper_record import read_record
from srverify.claims.plugins import experiments
from srverify.claims.review import Review, read_reviews
from srverify.claims.vocabulary import ENGINES
from srverify.language.errors import InputError

#: Numbered displays of a paper to the ids of the claims that answer for them; ``()`` is pure notation.
Equations = Mapping[int | str, tuple[str, ...]]

_counter = itertools.count()


# -- loading modules ---------------------------------------------------------------------------


class _Loader(SourceFileLoader):
    """Compile from the source every time: a cached ``.pyc`` is trusted by whole seconds only."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


class _FolderFinder:
    """Find the modules of loaded claims folders, so that relative imports between them work."""

    folders: dict[str, Path] = {}  # noqa: RUF012 - one table for the process, like sys.modules

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package, _, name = fullname.rpartition(".")
        folder = cls.folders.get(package)
        if folder is None:
            return None
        file = folder / f"{name}.py"
        if not file.is_file():
            return None
        return importlib.util.spec_from_file_location(
            fullname, file, loader=_Loader(fullname, str(file))
        )


def _package_of(folder: Path) -> str:
    """Register a claims folder as a new package and return its unique name."""
    if _FolderFinder not in sys.meta_path:
        sys.meta_path.insert(0, _FolderFinder)
    name = f"srverify_claims_{next(_counter)}"
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package
    _FolderFinder.folders[name] = folder
    return name


def _place(error: BaseException, file: Path) -> str:
    """Return ``file:line`` of the innermost frame inside the claims folder."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).parent == file.parent:
            return f"{frame.filename}:{frame.lineno}"
    return str(file)


def _import(package: str, file: Path) -> ModuleType:
    try:
        return importlib.import_module(f"{package}.{file.stem}")
    except InputError as error:
        raise InputError(f"{_place(error, file)}: {error}") from error
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        # A module may leave the program (SystemExit), or raise what is no Exception.
        reason = str(error.msg if isinstance(error, SyntaxError) else error).splitlines() or [""]
        raise InputError(
            f"{_place(error, file)}: claim module does not import: {type(error).__name__}: {reason[0]}"
        ) from error


@dataclass(frozen=True)
class ClaimModule:
    """One loaded module of a claims folder."""

    file: Path
    claims: tuple[Claim, ...]
    assumptions: tuple[Assumption, ...]
    equations: Equations
    paper: Paper | None = None


def _declared(module: ModuleType, name: str, kind: type, file: Path) -> tuple[object, ...]:
    value = getattr(module, name, ())
    if not isinstance(value, tuple | list) or not all(isinstance(item, kind) for item in value):
        raise InputError(f"{file}: {name} must be a tuple of {kind.__name__}")
    return tuple(value)


def _read(package: str, file: Path) -> ClaimModule:
    module = _import(package, file)
    if not hasattr(module, "CLAIMS"):
        raise InputError(
            f"{file}: defines no CLAIMS (a helper module's name starts with '_'; see 'srverify --help')"
        )
    claims = _declared(module, "CLAIMS", Claim, file)
    assumptions = _declared(module, "ASSUMPTIONS", Assumption, file)
    equations = getattr(module, "EQUATIONS", {})
    if not isinstance(equations, Mapping) or not all(
        isinstance(number, int | str) and isinstance(ids, tuple) for number, ids in equations.items()
    ):
        raise InputError(f"{file}: EQUATIONS must map numbers to tuples of claim ids")
    paper = getattr(module, "PAPER", None)
    if paper is not None and not isinstance(paper, Paper):
        raise InputError(f"{file}: PAPER must be a Paper")
    return ClaimModule(file, claims, assumptions, equations, paper)  # type: ignore[arg-type]


def load_module(file: Path) -> ClaimModule:
    """Load one claim module from its file; raises InputError with file and line if it cannot."""
    if not file.is_file():
        raise InputError(f"{file}: no such file")
    return _read(_package_of(file.parent), file)


# -- the ledger --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ledger:
    """The claims of an audit, in order, with everything that hangs together with them.

    Parameters
    ----------
    claims
        Claims to audit, in the order of files and declarations.
    context
        Claims that are only depended on: declared beside an audited file, not audited themselves.
    assumptions
        Assumptions by id.
    equations
        The equation map of all modules together.
    sources
        The file that declares each claim, audited or context.
    roots
        The folders and files that were loaded, for reports.
    reviews
        Who accepted which reading, by claim (``reviews.json`` beside the modules).
    paper
        What is audited, if a module says so (``PAPER``) or it was read from LaTeX (``paper.json``).
    """

    claims: tuple[Claim, ...]
    context: tuple[Claim, ...]
    assumptions: Mapping[str, Assumption]
    equations: Equations
    sources: Mapping[str, Path]
    roots: tuple[Path, ...]
    reviews: Mapping[str, Review] = field(default_factory=dict)
    paper: Paper | None = None
    _inherited: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def root(self) -> Path:
        """The first folder or file that was loaded."""
        return self.roots[0]

    @property
    def title(self) -> str:
        """Which claims these are, in a line: where they come from, and how many they are."""
        here = Path.cwd()
        places = [
            "the audit that came with srverify"
            if is_shipped(root)
            else str(root.relative_to(here) if root.is_relative_to(here) and root != here else root)
            for root in self.roots
        ]
        count = len(self.claims)
        return f"{', '.join(places)}: {count} claim{'' if count == 1 else 's'}"

    def home(self, claim_id: str) -> Path:
        """Return the claims folder that a claim belongs to: its proofs lie beside that."""
        file = self.sources[claim_id]
        if file not in self._homes:
            self._homes[file] = home_of(file)
        return self._homes[file]

    @cached_property
    def _homes(self) -> dict[Path, Path]:
        return {}

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """Every claim, audited or context, by id."""
        return {claim.id: claim for claim in (*self.claims, *self.context)}

    def claim(self, claim_id: str) -> Claim:
        """Return a claim; raises InputError for an unknown id."""
        found = self.by_id.get(claim_id) or self.by_id.get(claim_id.upper())
        if found is None:
            known = ", ".join(self.by_id)
            raise InputError(f"unknown claim {claim_id!r} (known: {known})")
        return found

    @cached_property
    def dependents(self) -> dict[str, tuple[str, ...]]:
        """For each claim the claims that depend on it directly."""
        found: dict[str, list[str]] = {claim_id: [] for claim_id in self.by_id}
        for claim in self.by_id.values():
            for dependency in claim.depends:
                found[dependency].append(claim.id)
        return {claim_id: tuple(ids) for claim_id, ids in found.items()}

    def assumptions_of(self, claim_id: str) -> tuple[str, ...]:
        """Return the assumptions that a claim rests on, its own first, then those it inherits."""
        if claim_id not in self._inherited:
            claim = self.by_id[claim_id]
            inherited = (name for dep in claim.depends for name in self.assumptions_of(dep))
            self._inherited[claim_id] = tuple(dict.fromkeys((*claim.assumptions, *inherited)))
        return self._inherited[claim_id]

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files of the claims, each once."""
        return tuple(dict.fromkeys(self.sources.values()))

    @cached_property
    def helpers_digest(self) -> str:
        """SHA-256 of the helper modules beside the claim modules: computations may use them."""
        digest = hashlib.sha256()
        for folder in sorted({file.parent for file in self.files}):
            for helper in sorted(folder.glob("_*.py")):
                digest.update(helper.name.encode() + b"\0" + helper.read_bytes())
        return digest.hexdigest()


def load(paths: Sequence[str | Path] = ()) -> Ledger:
    """Load the claims of files and folders; without any, of the folder that is meant here.

    Raises InputError, in one line that says where, for a missing path, a module that does not import or
    declares no claims, a duplicate id, an unknown dependency, engine or assumption, or a cycle.
    """
    if "" in paths:
        raise InputError("an empty path names no claims (is a variable of the shell unset?)")
    roots = [Path(path).absolute() for path in paths] or [meant_folder()]
    packages: dict[Path, str] = {}
    modules: dict[Path, ClaimModule] = {}
    for root in roots:
        for file in _files_of(root):
            if file not in modules:
                package = packages.setdefault(file.parent, "") or _package_of(file.parent)
                packages[file.parent] = package
                modules[file] = _read(package, file)
    audited = tuple(modules)
    _add_siblings(modules, packages)
    ledger = _assemble(modules, audited, tuple(roots))
    if not ledger.claims:
        raise InputError(f"{', '.join(map(str, roots))}: no claims are declared there (CLAIMS is empty)")
    _check(ledger, whole=not any(root.is_file() for root in roots))
    return ledger


def _files_of(root: Path) -> tuple[Path, ...]:
    if root.is_file():
        if root.suffix != ".py":
            raise InputError(f"{root}: a claim module is a .py file")
        return (root,)
    if not root.exists():
        raise InputError(f"{root}: no such file or folder")
    files = module_files(root)
    if not files:
        raise InputError(f"{root}: holds no claim modules (*.py files that define CLAIMS)")
    return files


def _missing(modules: Iterable[ClaimModule]) -> bool:
    modules = list(modules)
    claims = {claim.id for module in modules for claim in module.claims}
    assumptions = {a.id for module in modules for a in module.assumptions}
    return any(
        not claims.issuperset(claim.depends) or not assumptions.issuperset(claim.assumptions)
        for module in modules
        for claim in module.claims
    )


def _add_siblings(modules: dict[Path, ClaimModule], packages: dict[Path, str]) -> None:
    """Load the neighbours of audited files, if these depend on claims that they do not declare."""
    if not _missing(modules.values()):
        return
    for folder in dict.fromkeys(map(home_of, tuple(modules))):
        for file in module_files(folder):
            if file in modules or not declares_claims(file):
                continue
            if file.parent not in packages:
                packages[file.parent] = _package_of(file.parent)
            modules[file] = _read(packages[file.parent], file)
            if not _missing(modules.values()):
                return


def _assemble(
    modules: Mapping[Path, ClaimModule], audited: Sequence[Path], roots: tuple[Path, ...]
) -> Ledger:
    claims: list[Claim] = []
    context: list[Claim] = []
    sources: dict[str, Path] = {}
    assumptions: dict[str, Assumption] = {}
    equations: dict[int | str, tuple[str, ...]] = {}
    for file, module in modules.items():
        for claim in module.claims:
            if claim.id in sources:
                raise InputError(
                    f"{file}: claim {claim.id} is declared twice (first in {sources[claim.id]})"
                )
            sources[claim.id] = file
            (claims if file in audited else context).append(claim)
        for assumption in module.assumptions:
            if assumption.id in assumptions:
                raise InputError(f"{file}: assumption {assumption.id} is declared twice")
            assumptions[assumption.id] = assumption
        for number, ids in module.equations.items():
            if number in equations:
                raise InputError(f"{file}: equation ({number}) is mapped twice")
            equations[number] = ids
    home = roots[0] if roots[0].is_dir() else roots[0].parent
    reviews, paper = read_reviews(home), _paper(modules, home)
    return Ledger(tuple(claims), tuple(context), assumptions, equations, sources, roots, reviews, paper)


def _paper(modules: Mapping[Path, ClaimModule], home: Path) -> Paper | None:
    declared = {module.paper: file for file, module in modules.items() if module.paper is not None}
    if len(declared) > 1:
        raise InputError(f"{list(declared.values())[1]}: PAPER is declared twice, in different words")
    if declared:
        return next(iter(declared))
    record = read_record(home)
    return Paper(record.title) if record is not None and record.title else None


# -- consistency -------------------------------------------------------------------------------


def _check(ledger: Ledger, whole: bool) -> None:
    for claim in ledger.by_id.values():
        where = f"{ledger.sources[claim.id]}: claim {claim.id}"
        for dependency in claim.depends:
            if dependency not in ledger.by_id:
                raise InputError(f"{where} depends on unknown claim {dependency!r}")
        for name in claim.assumptions:
            if name not in ledger.assumptions:
                known = ", ".join(ledger.assumptions) or "none"
                raise InputError(f"{where} rests on unknown assumption {name!r} (known: {known})")
        for name in claim.experiments:
            if name not in experiments():
                known = ", ".join(experiments()) or "none"
                raise InputError(f"{where} names unknown experiment {name!r} (known: {known})")
        for check in claim.checks:
            _check_check(check, f"{where}, check {check.id}")
    for number, ids in ledger.equations.items() if whole else ():
        for claim_id in ids:
            if claim_id not in ledger.by_id:
                raise InputError(f"EQUATIONS maps ({number}) to unknown claim {claim_id!r}")
    _check_cycles(ledger)


def _check_check(check: Check, where: str) -> None:
    obligation = check.obligation
    names = check.engines if check.statement is not None else (obligation.engine,)  # type: ignore[union-attr]
    if not names and not check.rocq and not check.lean:
        raise InputError(f"{where} names no engine")
    for name in names:
        if name not in ENGINES:
            raise InputError(f"{where} names unknown engine {name!r} (known: {', '.join(ENGINES)})")
    if isinstance(obligation, Computation):
        for function in (obligation.function, obligation.mutant):
            if function is not None and not hasattr(function, "__qualname__"):
                raise InputError(f"{where}: {function!r} is not a function")
    if isinstance(obligation, Computation | Theorem) and (check.rocq or check.lean):
        raise InputError(
            f"{where}: rocq and lean name theorems of a Statement, not of other obligations"
        )
    if isinstance(obligation, Theorem):
        _check_theorem(obligation, check.expect, where)
    statement = check.statement
    if statement is None:
        return
    for index in check.unnecessary:
        if not 0 <= index < len(statement.hypotheses):
            raise InputError(f"{where}: there is no hypothesis {index} to be unnecessary")
    if check.example is not None and set(check.example) != {v.name for v in statement.variables}:
        raise InputError(f"{where}: the example must give each variable of the statement, and no other")


def _check_theorem(theorem: Theorem, expect: Expect, where: str) -> None:
    if theorem.statement is not None:
        # A kernel's functions are total: whether terms are defined, and hypotheses hold together, is
        # asked of statements.
        if theorem.negated:
            raise InputError(f"{where}: write the statement, expected to be refuted, with its theorem")
        engine = theorem.engine
        raise InputError(f"{where}: write the statement, and {engine}= for the name of its theorem")
    if theorem.negated and expect is not Expect.REFUTED:
        raise InputError(f"{where}: what a theorem negates is expected to be refuted")
    if expect is Expect.REFUTED and not theorem.negated:
        raise InputError(
            f"{where}: a theorem can only be proved (a refuted Statement names one of its negation)"
        )


def _check_cycles(ledger: Ledger) -> None:
    done: set[str] = set()
    path: list[str] = []

    def visit(claim_id: str) -> None:
        if claim_id in done:
            return
        if claim_id in path:
            cycle = " -> ".join((*path[path.index(claim_id) :], claim_id))
            raise InputError(f"{ledger.sources[claim_id]}: the claims depend on each other: {cycle}")
        path.append(claim_id)
        for dependency in ledger.by_id[claim_id].depends:
            visit(dependency)
        path.pop()
        done.add(claim_id)

    for claim_id in ledger.by_id:
        visit(claim_id)
