"""Compile what changed, in parallel, with a time limit per file.

The files of a folder that has been read for it (``joined``) are compiled as one where that works
(``units``); where it does not, each by itself, so that what is wrong has the name of its file and
nothing else is lost.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from srverify.kernels.process import MEMORY_MB, OutOfMemoryError, command_pool, run
from srverify.kernels.rocq.development import LOGICAL_NAME, Development, file_of
from srverify.kernels.rocq.joined import digest_of, joined_folders
from srverify.kernels.rocq.units import Unit, source_of

#: Seconds that one file may take to compile.
FILE_TIMEOUT = 300.0
#: How OCaml collects garbage: new objects in 64 MiB where the compiler asks for 256, and hardly ever
#: among old ones, nearly all of which are libraries. Saves a fifth of the time, often a third
#: of the memory.
_COLLECTOR = "s=8M,o=100000"


@dataclass(frozen=True)
class CompileError(Exception):
    """A file did not compile: which one and the compiler's first error line."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


def run_coqc(
    arguments: list[str], folder: Path, timeout: float, memory_mb: int = MEMORY_MB
) -> subprocess.CompletedProcess[str]:
    """Compile; raises subprocess.TimeoutExpired or OutOfMemoryError."""
    told = [] if "OCAMLRUNPARAM" in os.environ else ["env", f"OCAMLRUNPARAM={_COLLECTOR}"]
    # Nobody reads what documentation would be linked by.
    return run([*told, *(compiler() or ["coqc"]), "-no-glob", *arguments], folder, timeout, memory_mb)


def first_error(text: str) -> str:
    """Return the place and the first lines of a compiler's error, on one line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for index, line in enumerate(lines):
        if line.startswith("Error"):
            place = lines[index - 1] if index and lines[index - 1].startswith("File") else ""
            return " ".join([place, *lines[index : index + 3]]).strip()[:400]
    return (lines[-1] if lines else "no message")[:400]


class Build:
    """The compiled form of a development, kept in a folder of its own.

    Parameters
    ----------
    development
        The sources; they are copied, never compiled in place.
    folder
        Where copies and compiled files live between runs.
    version
        The compiler's version: compiled files of another one are not used.
    """

    def __init__(self, development: Development, folder: Path, version: str) -> None:
        self._development = development
        self.folder = folder
        self._version = version
        self._apart: dict[str, bool] = {}
        self._stamps: dict[Unit, str] = {}

    @property
    def flags(self) -> list[str]:
        """Compiler flags under which the development's modules are found."""
        return ["-q", "-R", str(self.folder), LOGICAL_NAME]

    @cached_property
    def _folders(self) -> Mapping[str, Unit]:
        return joined_folders(self._development)

    def _source(self, library: str) -> Path:
        return self.folder / file_of(library)

    def _digest(self, unit: Unit) -> str:
        digest = digest_of(self._development, unit)
        return hashlib.sha256(f"{self._version}\0{digest}".encode()).hexdigest()

    def _stamp(self, unit: Unit) -> str:
        """Return a digest of what a unit is compiled from and against.

        It loads whole libraries: what else stands in the folder of a file that it requires counts too.
        """
        if unit not in self._stamps:
            required = {name for module in unit.modules for name in self._development.requires[module]}
            units = {self._unit(name) for name in required} - {unit}
            libraries = " ".join(sorted(f"{other.library}:{self._stamp(other)}" for other in units))
            found = hashlib.sha256(f"{self._digest(unit)}\0{libraries}".encode()).hexdigest()
            self._stamps[unit] = found
        return self._stamps[unit]

    def _unit(self, module: str) -> Unit:
        library = self.library(module)
        return self._folders[library] if library != module else Unit(module, (module,))

    def library(self, module: str) -> str:
        """Return the library that holds a module: its folder, unless that had to be taken apart."""
        unit = self._folders.get(module.partition(".")[0])
        if unit is None or module not in unit.modules or self._is_apart(unit):
            return module
        return unit.library

    def _is_apart(self, unit: Unit) -> bool:
        # Asked for every module again and again.
        if unit.library not in self._apart:
            try:
                said = self._mark(unit).read_text()
            except OSError:
                said = ""
            self._apart[unit.library] = said == self._digest(unit)
        return self._apart[unit.library]

    def _forget(self) -> None:
        """Ask files again how they are compiled: others may have done so otherwise."""
        self._apart.clear()
        self._stamps.clear()

    def _take_apart(self, unit: Unit) -> None:
        self._source(unit.library).with_suffix(".vo").unlink(missing_ok=True)
        self._mark(unit).write_text(self._digest(unit))
        self._apart[unit.library] = True
        self._stamps.clear()

    def _mark(self, unit: Unit) -> Path:
        return self._source(unit.library).with_suffix(".apart")

    def is_current(self, module: str) -> bool:
        """Tell whether a module's compiled form belongs to the present sources and compiler."""
        return self._is_current(self._unit(module))

    def _is_current(self, unit: Unit) -> bool:
        source = self._source(unit.library)
        stamp = source.with_suffix(".stamp")
        try:
            return source.with_suffix(".vo").exists() and stamp.read_text() == self._stamp(unit)
        except OSError:
            return False

    @contextmanager
    def _locked(self, kind: int = fcntl.LOCK_EX) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / ".lock", "w") as lock:
            fcntl.flock(lock, kind)
            yield

    @contextmanager
    def unchanged(self, modules: Iterable[str]) -> Iterator[str | None]:
        """Keep others from compiling; gives what of the compiled form is of other sources, if any."""
        with self._locked(fcntl.LOCK_SH):
            self._forget()
            stale = (unit for unit in self._units(modules) if not self._is_current(unit))
            yield next((str(unit) for unit in stale), None)

    def _compile(self, unit: Unit, timeout: float) -> None:
        source = self._source(unit.library)
        stamp = source.with_suffix(".stamp")
        stamp.unlink(missing_ok=True)
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(source_of(self._development, unit, self.library), encoding="utf-8")
        name = file_of(unit.library)
        limit = timeout * len(unit.modules)
        try:
            result = run_coqc([*self.flags, name], self.folder, limit)
        except subprocess.TimeoutExpired:
            raise CompileError(name, f"no result within {limit:g} s") from None
        except OutOfMemoryError as error:
            raise CompileError(name, str(error)) from None
        if result.returncode != 0:
            raise CompileError(name, first_error(result.stderr))
        stamp.write_text(self._stamp(unit))

    def _remove_strangers(self) -> None:
        """Delete the compiled files of what is gone or compiled otherwise, which Rocq would find."""
        libraries = map(self.library, self._development.sources)
        ours = {self._source(library).with_suffix(".vo") for library in libraries}
        for compiled in set(self.folder.rglob("*.vo")) - ours:
            compiled.unlink()

    def _units(self, modules: Iterable[str]) -> list[Unit]:
        """Return what has to be compiled for modules, with what they require."""
        units: dict[Unit, None] = {}

        def add(module: str) -> None:
            unit = self._unit(module)
            if unit not in units:
                units[unit] = None
                for name in unit.modules:
                    for required in self._development.requires[name]:
                        add(required)

        for module in modules:
            self._development.closure(module)  # Raises InputError where files require each other.
            add(module)
        return list(units)

    def make(
        self,
        modules: tuple[str, ...],
        jobs: int = 1,
        timeout: float = FILE_TIMEOUT,
        progress: Callable[[str], None] = lambda file: None,
    ) -> dict[str, str]:
        """Compile modules and what they require, where not current; returns module to error text.

        A module whose requirement failed is reported with that requirement's error.
        """
        failed: dict[str, str] = {}
        with self._locked():
            self._forget()
            self._remove_strangers()
            units = self._units(modules)
            todo = [unit for unit in units if not self._is_current(unit)]
            done = {name for unit in units if unit not in todo for name in unit.modules}
            running: dict[Future[None], Unit] = {}
            with command_pool(jobs) as pool:
                while todo or running:
                    for unit in list(todo):
                        required = self._required(unit)
                        broken = next((name for name in required if name in failed), None)
                        if broken is not None:
                            todo.remove(unit)
                            if unit.is_folder:
                                todo += self._parts(unit, modules)
                            else:
                                failed[unit.library] = failed[broken]
                        elif all(name in done for name in required):
                            progress(str(unit))
                            running[pool.submit(self._compile, unit, timeout)] = unit
                            todo.remove(unit)
                    if not running:
                        continue
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        unit = running.pop(future)
                        error = future.exception()
                        if error is None:
                            done.update(unit.modules)
                        elif not isinstance(error, CompileError):
                            raise error
                        elif unit.is_folder:
                            todo += self._parts(unit, modules)
                        else:
                            failed[unit.library] = str(error)
        return failed

    def _required(self, unit: Unit) -> list[str]:
        requires = self._development.requires
        required = dict.fromkeys(name for module in unit.modules for name in requires[module])
        return [name for name in required if name not in unit.modules]

    def _parts(self, unit: Unit, modules: Iterable[str]) -> list[Unit]:
        """Take a folder apart, and return what of it is asked for."""
        self._take_apart(unit)
        return [part for part in self._units(modules) if part.library in unit.modules]


def compiler() -> list[str] | None:
    """Return the command that compiles a file: Coq's, or the one that Rocq 9 calls by another name."""
    if shutil.which("coqc") is not None:
        return ["coqc"]
    return None if shutil.which("rocq") is None else ["rocq", "compile"]


def compiler_version() -> str | None:
    """Return the version of the compiler on PATH, or ``None`` if there is none."""
    command = compiler()
    if command is None:
        return None
    try:
        # In a worker, whose own limit on address space would not let OCaml 5 start.
        result = run([*command, "--print-version"], Path("/"), 20)
    except (OSError, subprocess.SubprocessError, OutOfMemoryError):
        return None
    words = result.stdout.split()
    return words[0] if result.returncode == 0 and words else None
