"""Compile what changed, in parallel, with a time limit per file."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from srverify.kernels.process import MEMORY_MB, OutOfMemoryError, command_pool, run
from srverify.kernels.rocq.development import LOGICAL_NAME, Development, file_of

#: Seconds that one file may take to compile.
FILE_TIMEOUT = 300.0
#: How OCaml collects garbage: new objects in 64 MiB where the compiler asks for 256, and seldom among
#: old ones, nearly all of which are libraries. Saves a tenth of the time, often a third of the memory.
_COLLECTOR = "s=8M,o=1000"


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
    return run([*told, *(compiler() or ["coqc"]), *arguments], folder, timeout, memory_mb)


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

    @property
    def flags(self) -> list[str]:
        """Compiler flags under which the development's modules are found."""
        return ["-q", "-R", str(self.folder), LOGICAL_NAME]

    def _source(self, module: str) -> Path:
        return self.folder / file_of(module)

    def _stamp(self, module: str) -> str:
        text = f"{self._version}\0{self._development.digest(module)}"
        return hashlib.sha256(text.encode()).hexdigest()

    def is_current(self, module: str) -> bool:
        """Tell whether a module's compiled form belongs to the present sources and compiler."""
        source = self._source(module)
        stamp = source.with_suffix(".stamp")
        try:
            return source.with_suffix(".vo").exists() and stamp.read_text() == self._stamp(module)
        except OSError:
            return False

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _compile(self, module: str, timeout: float) -> None:
        source = self._source(module)
        stamp = source.with_suffix(".stamp")
        stamp.unlink(missing_ok=True)
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(self._development.sources[module], encoding="utf-8")
        name = file_of(module)
        try:
            result = run_coqc([*self.flags, name], self.folder, timeout)
        except subprocess.TimeoutExpired:
            raise CompileError(name, f"no result within {timeout:g} s") from None
        except OutOfMemoryError as error:
            raise CompileError(name, str(error)) from None
        if result.returncode != 0:
            raise CompileError(name, first_error(result.stderr))
        stamp.write_text(self._stamp(module))

    def _remove_strangers(self) -> None:
        """Delete the compiled files of modules that are gone, which Rocq would still find."""
        ours = {self._source(module).with_suffix(".vo") for module in self._development.sources}
        for compiled in set(self.folder.rglob("*.vo")) - ours:
            compiled.unlink()

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
        wanted: dict[str, None] = {}
        for module in modules:
            wanted.update(dict.fromkeys(self._development.closure(module)))
        failed: dict[str, str] = {}
        with self._locked():
            self._remove_strangers()
            todo = [module for module in wanted if not self.is_current(module)]
            done = {module for module in wanted if module not in todo}
            running: dict[Future[None], str] = {}
            with command_pool(jobs) as pool:
                while todo or running:
                    for module in list(todo):
                        required = self._development.requires[module]
                        broken = next((name for name in required if name in failed), None)
                        if broken is not None:
                            failed[module] = failed[broken]
                            todo.remove(module)
                        elif all(name in done for name in required):
                            progress(file_of(module))
                            running[pool.submit(self._compile, module, timeout)] = module
                            todo.remove(module)
                    if not running:
                        continue
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        module = running.pop(future)
                        error = future.exception()
                        if error is None:
                            done.add(module)
                        elif isinstance(error, CompileError):
                            failed[module] = str(error)
                        else:
                            raise error
        return failed


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
