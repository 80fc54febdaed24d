"""Remember outcomes: one small file per engine run, keyed by everything that the outcome depends on.

A key covers the obligation, the variant of it, the engine and its version, the options and the sources
of srverify that the engine can reach. Whatever is wrong with an entry, it is ignored and rebuilt.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from srverify.claims.outcome import Outcome, Status

SCHEMA = 1
#: Part of the names of this process's temporary files, and their numbers.
_MARK, _NUMBERS = os.urandom(8).hex(), count()

#: Outcomes that say something whatever the machine was doing.
KEPT = frozenset({Status.PROVED, Status.REFUTED, Status.UNKNOWN})
#: A timeout may be the machine's fault: it is stored, but only given to those who ask for it because
#: nothing hangs on it. An error is not even stored.
STORED = KEPT | {Status.TIMEOUT}


def cache_directory() -> Path:
    """Return ``$XDG_CACHE_HOME/srverify``, or ``~/.cache/srverify`` (a relative value is ignored).

    A user without a home gets a private folder that goes when the process ends: a fixed place in a
    folder that everybody may write to would let others plant outcomes.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():
        home = _home()
        if home is None:
            base = _passing_folder()
            # The workers, and what they start, share it.
            os.environ["XDG_CACHE_HOME"] = str(base)
        else:
            base = home / ".cache"
    return base / "srverify"


def _home() -> Path | None:
    try:
        home = Path.home()
    except (RuntimeError, KeyError):
        return None  # a user id without an entry in the table of users, and no HOME
    return home if home.is_absolute() else None


@lru_cache(maxsize=1)
def _passing_folder() -> Path:
    folder = tempfile.mkdtemp(prefix="srverify-")
    owner = os.getpid()

    def remove() -> None:
        # A forked child inherits this.
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return Path(folder)


# -- keys --------------------------------------------------------------------------------------

_PACKAGE = Path(__file__).resolve().parents[1]
_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]*)|import[ \t]+([^\n#]+))", re.M
)
_NAMED = re.compile(rb"\bsrverify(?:\.\w+)+")
_WORD = re.compile(rb"\w+(?:[ \t]+as[ \t]+\w+)?")


@lru_cache(maxsize=1024)
def _source(path: Path) -> bytes:
    return path.read_bytes()


@lru_cache(maxsize=4096)
def _file_of(module: str) -> Path | None:
    """Return the file of a module of srverify, if there is one."""
    base = _PACKAGE.joinpath(*module.split(".")[1:])
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None


def _mentioned(source: bytes, package: str) -> set[str]:
    """Return the modules of srverify that a source imports anywhere, or names in a string."""
    found = {match.decode() for match in _NAMED.findall(source)}
    for origin, names, plain in _IMPORT.findall(source):
        if plain:
            continue  # ``import srverify.x`` is already seen as a dotted name
        base = origin.decode()
        dots = len(base) - len(base.lstrip("."))
        if dots:
            parents = package.split(".")
            base = ".".join((*parents[: len(parents) - dots + 1], *filter(None, [base.lstrip(".")])))
        if base.split(".")[0] != "srverify":
            continue
        found.add(base)
        found.update(f"{base}.{word.split()[0].decode()}" for word in _WORD.findall(names))
    return found


def reachable(sources: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of srverify that some files can reach through imports, themselves included.

    Imports are read from the text, inside functions too; a dotted name in a string counts, so that an
    engine which asks the registry for another depends on it. Packages on the way count as files, but
    what they mention is followed only if they are imported for themselves.
    """
    found: dict[Path, bool] = {}
    stack = [(Path(path), True) for path in sources]
    while stack:
        path, followed = stack.pop()
        if found.get(path, False) or (path in found and not followed):
            continue
        found[path] = followed
        if followed:
            stack += _neighbours(path)
    return tuple(sorted(found))


@lru_cache(maxsize=1024)
def _neighbours(path: Path) -> tuple[tuple[Path, bool], ...]:
    """Return the files that a file mentions, and whether each is imported for itself."""
    inside = path.is_relative_to(_PACKAGE)
    package = ".".join(("srverify", *path.parent.relative_to(_PACKAGE).parts)) if inside else ""
    found: dict[tuple[Path, bool], None] = {}
    for module in _mentioned(_source(path), package):
        parts = module.split(".")
        while len(parts) > 1 and _file_of(".".join(parts)) is None:
            parts.pop()
        file = _file_of(".".join(parts))
        if file is not None and len(parts) > 1:
            found[file, True] = None
        for depth in range(1, len(parts)):
            parent = _file_of(".".join(parts[:depth]))
            if parent is not None:
                found[parent, False] = None
    return tuple(found)


@lru_cache(maxsize=256)
def sources_digest(*sources: Path) -> str:
    """Return the SHA-256 of some files and of the files of srverify that they can reach."""
    digest = hashlib.sha256(sys.version.encode())
    for path in reachable(sources):
        digest.update(_signed(path))
    return digest.hexdigest()


@lru_cache(maxsize=1024)
def _signed(path: Path) -> bytes:
    """Return a file's name, relative to srverify if it belongs to it, and its digest."""
    name = path.relative_to(_PACKAGE).as_posix() if path.is_relative_to(_PACKAGE) else path.name
    return name.encode() + b"\0" + file_digest(path)


def file_digest(path: Path) -> bytes:
    """Return the SHA-256 of a file, as it was when it was first read."""
    return hashlib.sha256(_source(path)).digest()


@lru_cache(maxsize=1)
def package_files() -> tuple[Path, ...]:
    """Return every source file of the package that is running."""
    return tuple(sorted(_PACKAGE.rglob("*.py")))


@lru_cache(maxsize=1)
def package_digest() -> str:
    """Return the SHA-256 of the whole package: workers compare it with what they run."""
    digest = hashlib.sha256()
    for path in package_files():
        digest.update(_signed(path))
    return digest.hexdigest()


def forget_sources() -> None:
    """Read source files anew: for a process that audits more than once."""
    for remembered in (
        _source,
        _file_of,
        _neighbours,
        _signed,
        sources_digest,
        package_files,
        package_digest,
    ):
        remembered.cache_clear()


def key_of(*parts: Any) -> str:
    """Return the key of plain data."""
    return hashlib.sha256(json.dumps([SCHEMA, *parts], sort_keys=True).encode()).hexdigest()


# -- entries -----------------------------------------------------------------------------------


def _checksum(body: Any) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


class Cache:
    """A folder of outcomes; unreadable entries do not exist, an unwritable folder is said once.

    Parameters
    ----------
    folder
        Where entries live; created when first written to.
    warn
        Receives one line if the folder cannot be written.
    """

    def __init__(self, folder: Path, warn: Any = None) -> None:
        self.folder = folder
        self._outcomes = os.path.join(folder, "outcomes")
        self._warn = warn
        self._writable = True

    def _path(self, key: str) -> str:
        # An audit asks thousands of times: a path as text, without objects for its parts.
        return f"{self._outcomes}/{key[:2]}/{key[2:]}.json"

    def get(self, key: str, timeouts: bool = False) -> Outcome | None:
        """Return a remembered outcome, or ``None`` if there is none that can be trusted."""
        try:
            outcome = Outcome.from_dict(self._read(key, "outcome"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return outcome if outcome.status in (STORED if timeouts else KEPT) else None

    def put(self, key: str, outcome: Outcome) -> None:
        """Remember an outcome, if it is of a kind worth remembering and the folder can be written."""
        if outcome.status in STORED:
            self._write(key, "outcome", outcome.to_dict())

    def text(self, key: str) -> str | None:
        """Return a remembered text, or ``None`` if there is none that can be trusted."""
        try:
            text = self._read(key, "text")
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return text if isinstance(text, str) else None

    def put_text(self, key: str, text: str) -> None:
        """Remember a text, if the folder can be written."""
        self._write(key, "text", text)

    def _read(self, key: str, kind: str) -> Any:
        with open(self._path(key), "rb") as stream:
            entry = json.loads(stream.read())
        body = entry[kind]
        if entry["schema"] != SCHEMA or entry["key"] != key or entry["sum"] != _checksum(body):
            raise ValueError("not what was written")
        return body

    def _write(self, key: str, kind: str, body: Any) -> None:
        if not self._writable:
            return
        entry = {"schema": SCHEMA, "key": key, kind: body, "sum": _checksum(body)}
        try:
            _write_new(self._path(key), json.dumps(entry))
        except OSError as error:
            self._writable = False
            if self._warn is not None:
                reason = error.strerror or error
                self._warn(
                    f"warning: the cache {self.folder} cannot be written ({reason}): going on without"
                )


class NoCache(Cache):
    """Remembers nothing."""

    def __init__(self) -> None:
        super().__init__(Path(os.devnull))

    def _read(self, key: str, kind: str) -> Any:
        raise KeyError(key)

    def _write(self, key: str, kind: str, body: Any) -> None:
        pass


def write_atomically(path: Path, text: str, mode: int | None = None) -> None:
    """Write a whole file or nothing: through a temporary file beside it, and a rename.

    ``mode`` are its permissions; without it those of any new file. A link stays a link, and a device or
    a pipe is written to, not replaced.
    """
    if _is_special(path):
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
        return
    if path.is_symlink():
        path = Path(os.path.realpath(path))
    _write_new(str(path), text, mode)


def _write_new(path: str, text: str, mode: int | None = None) -> None:
    """Put a file in place of whatever has its name."""
    try:
        descriptor, name = _opened_beside(path, mode)
    except FileNotFoundError:
        path = os.path.realpath(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor, name = _opened_beside(path, mode)
    try:
        # A lone surrogate (from a file's name, say) is written as JSON writes it.
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text.encode(errors="backslashreplace"))
        if mode is not None:
            os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _opened_beside(path: str, mode: int | None) -> tuple[int, str]:
    """Make a file beside another, under a name that nobody else has; an audit makes thousands."""
    folder, file = os.path.split(path)
    name = os.path.join(folder, f".{file[:20]}.{os.getpid()}.{_MARK}.{next(_NUMBERS)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    return os.open(name, flags, 0o666 if mode is None else 0o600), name


def _is_special(path: Path) -> bool:
    """Tell whether a path is something else than a file's name (``/dev/stdout`` may lead to a file)."""
    try:
        return not stat.S_ISREG(path.stat().st_mode) or str(path).startswith(("/dev/std", "/dev/fd/"))
    except OSError:
        return False
