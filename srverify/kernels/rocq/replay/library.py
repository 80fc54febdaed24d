"""The lemma library that came with srverify, as text to put in front of a replay."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from srverify.claims.folders import shipped_folders
from srverify.language.errors import InputError

#: Modules of ``proofs/rocq`` in the order in which they build on each other.
CORE = ("Replay/Calculus", "Replay/Laws", "Replay/Steps")
LAMBERT = "Scalar/LambertW", "Replay/Lambert"
_IMPORT = re.compile(r"^From .*? Require .*?\.$\n?", re.M)
_OPEN = re.compile(r"^(Local )?Open Scope R_scope\.$\n?", re.M)
_LAW = re.compile(r"^Lemma law_(\w+)", re.M)
_COMMENT = re.compile(r"^\(\*\*? .*?\*\)\n", re.M | re.S)


@cache
def library(lambert: bool) -> str:
    """Return the definitions, lemmas and tactics of the library, without what it requires.

    Raises InputError if the library is missing from the installation.
    """
    names = (*LAMBERT[:1], *CORE, *LAMBERT[1:]) if lambert else CORE
    return "\n".join(_text(name) for name in names)


def library_digest() -> str:
    """Return the SHA-256 of the whole library; empty if it is missing."""
    try:
        return hashlib.sha256(library(lambert=True).encode()).hexdigest()
    except InputError:
        return ""


@cache
def proved_laws() -> frozenset[str]:
    """Return the names of the laws that the library proves."""
    return frozenset(_LAW.findall(library(lambert=True)))


def shipped(name: str) -> str:
    """Return a file of the development that came with srverify; raises InputError if it is missing."""
    for folder in shipped_folders():
        file: Path = folder / "rocq" / f"{name}.v"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise InputError(f"the lemma library {name}.v is missing from this installation")


def _text(name: str) -> str:
    text = shipped(name)
    for pattern in (_COMMENT, _IMPORT, _OPEN):
        text = pattern.sub("", text)
    return f"(* {name}.v *)\n{text.strip()}\n"
