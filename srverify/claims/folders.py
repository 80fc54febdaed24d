"""Where claims are: which files are claim modules, which folder is meant, what lies beside it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from srverify.language.errors import InputError

#: How far below the current folder claims are looked for that the user may have meant.
_SEARCH_DEPTH = 3
#: Folders that hold other people's code, or none.
_FOREIGN = frozenset({"node_modules", "site-packages", "build", "dist", "venv", "env"})
_ASSIGNED = re.compile(rb"^CLAIMS\b", re.M)


def declares_claims(file: Path) -> bool:
    """Tell whether a file is a claim module: it binds ``CLAIMS`` at its top, and knows srverify.

    It knows srverify if it names it, or if a helper module beside it does, which it imports from. A
    file that does not parse is one if a line starts with ``CLAIMS``: the mistake is to be told.
    """
    try:
        state = file.stat()
    except OSError:
        return False
    return _declares(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4096)
def _declares(file: Path, changed: int, size: int) -> bool:
    try:
        source = file.read_bytes()
    except OSError:
        return False
    if b"CLAIMS" not in source and b"C\0L\0A\0I\0M\0S" not in source:
        return False
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _ASSIGNED.search(source) is not None
    if not any("CLAIMS" in _bound(statement) for statement in tree.body):
        return False
    return b"srverify" in source or (_imports_helpers(tree) and _helpers_know(file.parent))


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds at the top of a module."""
    match statement:
        case ast.Assign(targets=targets):
            yield from (node.id for t in targets for node in ast.walk(t) if isinstance(node, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
            yield name
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name
        case ast.ImportFrom(names=names) | ast.Import(names=names):
            yield from (alias.asname or alias.name for alias in names)
        case ast.If() | ast.Try() | ast.With() | ast.For():
            for node in ast.iter_child_nodes(statement):
                if isinstance(node, ast.stmt):
                    yield from _bound(node)


def _imports_helpers(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.level > 0 for node in ast.walk(tree))


def _helpers_know(folder: Path) -> bool:
    return any(b"srverify" in helper.read_bytes() for helper in folder.glob("_*.py"))


def module_files(folder: Path) -> tuple[Path, ...]:
    """Return the claim modules of a folder, in sorted order, those of the folders inside it too.

    In the folder itself every ``*.py`` is one, unless its name starts with ``_`` (helpers) or it is a
    test; below it, the files that declare claims.
    """
    return (*_own_files(folder), *sorted(_nested_files(folder)))


def _own_files(folder: Path) -> tuple[Path, ...]:
    found = (file for file in folder.glob("*.py") if _may_declare(file.name))
    # A pipe or a device has no text that could be read twice; a link that leads nowhere is to be told.
    return tuple(sorted(file for file in found if file.is_file() or not file.exists()))


def _may_declare(name: str) -> bool:
    return name.endswith(".py") and not name.startswith(("_", ".", "test_")) and name != "conftest.py"


def is_claim_module(file: Path) -> bool:
    """Tell whether a file, wherever it is, is a claim module by its name and what it declares."""
    return _may_declare(file.name) and declares_claims(file)


def _nested_files(folder: Path) -> Iterator[Path]:
    for inner in _inner_folders(folder):
        yield from filter(declares_claims, _own_files(inner))
        yield from _nested_files(inner)


def _inner_folders(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        plain = not entry.name.startswith(("_", ".")) and entry.name not in _FOREIGN
        # A link may lead back up.
        if plain and entry.is_dir(follow_symlinks=False):
            inner = Path(entry.path)
            if not (inner / "pyvenv.cfg").exists():
                yield inner


def is_claims_folder(folder: Path) -> bool:
    """Tell whether a folder, or one inside it, has a claim module."""
    return folder.is_dir() and any(map(declares_claims, module_files(folder)))


def _has_own_claims(folder: Path) -> bool:
    return any(map(declares_claims, _own_files(folder)))


def home_of(file: Path) -> Path:
    """Return the claims folder that a module belongs to: the outermost of those around it.

    Proofs, and the claims that it depends on, are looked for there.
    """
    folder = file.parent
    while folder.parent != folder and _has_own_claims(folder.parent):
        folder = folder.parent
    return folder


def shipped_folders() -> tuple[Path, ...]:
    """Return where the claims folder that came with srverify may be: in the package, or beside it."""
    package = Path(__file__).resolve().parents[1]
    return (package / "_audit" / "proofs", package.parent / "proofs")


def default_folder() -> Path:
    """Return ``./proofs`` if it is a claims folder, else the copy that came with srverify."""
    candidates = (Path("proofs").absolute(), *shipped_folders())
    for folder in candidates:
        if is_claims_folder(folder):
            return folder
    looked = ", ".join(str(folder) for folder in candidates)
    raise InputError(f"no claims found: give a PATH to a claims folder (looked in {looked})")


def is_shipped(folder: Path) -> bool:
    """Tell whether a folder is the one that came with srverify."""
    return folder.resolve() in [shipped.resolve() for shipped in shipped_folders()]


def meant_folder() -> Path:
    """Return the folder that is meant when none is named.

    ``./proofs``, or the current folder if it holds claims, or what came with srverify. Raises
    InputError if claims lie elsewhere around here: they, not the shipped ones, may be meant.
    """
    here = Path.cwd()
    proofs = here / "proofs"
    if is_claims_folder(proofs):
        return proofs
    if _has_own_claims(here):
        return home_of(here / "any.py")
    others = sorted(_below(here, _SEARCH_DEPTH)) or list(_above(here))
    if others:
        shown = os.path.relpath(others[0], here)
        more = f" (or another of {len(others)} such folders)" if len(others) > 1 else ""
        raise InputError(f"there is no ./proofs with claims here, but {shown} has some: name it{more}")
    if proofs.exists():
        raise InputError(f"{proofs} holds no claim modules: name the folder that does")
    return default_folder()


def _below(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the outermost folders with claims below a folder."""
    for inner in _inner_folders(folder) if depth else ():
        if _has_own_claims(inner):
            yield inner
        else:
            yield from _below(inner, depth - 1)


def _above(folder: Path) -> Iterator[Path]:
    """Yield the claims folder of the repository around a folder, if there is one."""
    for parent in folder.parents:
        if _has_own_claims(parent):
            yield home_of(parent / "any.py")
            return
        if is_claims_folder(parent / "proofs"):
            yield parent / "proofs"
            return
        if (parent / ".git").exists():
            yield from sorted(_below(parent, _SEARCH_DEPTH))[:1]
            return
