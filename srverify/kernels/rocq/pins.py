"""Digests of the definitions that pinned statements unfold to: a change of meaning is made on purpose.

The kernel compares a theorem with its pinned statement, but the statement means what its definitions
say, and these stand in files that hold proofs too. So ``Statements/pins.json`` records a digest of every
sentence below the pinned statements that can bear on their meaning: of each module that they require,
directly or not, everything but theorems and opaque proofs (definitions, notations, instances, coercions,
section variables, scopes, imports), and those theorems, by their statements, that such a sentence names.
Sentences are compared as text with comments and spacing removed, so nothing has to be resolved, and what
is recorded is more than what matters, never less. ``srverify pin`` records them anew; the difference is
part of the change that a reviewer reads. Rocq's own library and Coquelicot are trusted as installed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from srverify.kernels.rocq.development import STATEMENTS, Development, file_of, without_comments

FILE = "pins.json"
_THEOREM = re.compile(
    r"(?:#\[[^\]]*\]\s*)?(?:(?:Local|Global|Program)\s+)*"
    r"(?:Theorem|Lemma|Corollary|Proposition|Fact|Remark|Goal)\b\s*([A-Za-z_][\w']*)?"
)
_NAMED = re.compile(
    r"(?:#\[[^\]]*\]\s*)?(?:(?:Local|Global|Program|Polymorphic|Canonical)\s+)*"
    r"(Definition|Fixpoint|CoFixpoint|Inductive|CoInductive|Record|Structure|Class|Instance|Let|Notation|"
    r"Function)\b\s*(\"[^\"]*\"|[A-Za-z_][\w']*)?"
)
#: What a sentence of a proof may begin with: bullets, braces.
_FOCUS = re.compile(r"[-+*{}\s]*")
_CLOSED_OPAQUELY = re.compile(r"(?:Qed|Abort)\b|Proof\b")
#: A proof that is a term has no other end than ``Proof term.``.
_CLOSED = re.compile(r"(?:Qed|Defined|Abort|Admitted|Save)\b|Proof\s+(?!using\b|with\b)[^.\s]")
#: Commands have capitals, tactics do not: with one inside, a proof is kept.
_COMMAND = re.compile(r"(?:#\[|[A-Z])(?!roof\b)")
_SENTENCE = re.compile(r'((?:"[^"]*"|[^".]|\.(?!\s))+\.)(?=\s)')
_WORD = re.compile(r"[A-Za-z_][\w']*")


def sentences(source: str) -> Iterator[str]:
    r"""Yield the sentences of a file without comments, spacing normalised, strings kept.

    >>> list(sentences('Definition a := 1. (* no. *) Notation "x . y" := (a x\n  y). '))
    ['Definition a := 1.', 'Notation "x . y" := (a x y).']
    """
    for match in _SENTENCE.finditer(without_comments(source, keep_strings=True) + "\n"):
        yield " ".join(match[1].split())


def meaning(source: str) -> tuple[list[str], dict[str, str]]:
    """Return the sentences of a file that bear on meaning, and its opaque theorems by name.

    Left out is only what stands between a theorem and the sentence that closes its proof opaquely, and
    only if nothing but tactics does: a command there, such as ``Time Defined.``, may end it otherwise.
    """
    kept: list[str] = []
    theorems: dict[str, str] = {}
    pending: list[str] | None = None  # A theorem's sentences, until it is known how its proof ends.
    is_plain = True
    for sentence in sentences(source):
        if pending is not None:
            pending.append(sentence)
            step = _FOCUS.sub("", sentence, count=1)
            if _CLOSED.match(step):
                name = _THEOREM.match(pending[0])
                if not (is_plain and _CLOSED_OPAQUELY.match(step)):
                    kept += pending
                elif name is not None and name[1]:
                    # One of the same name may stand in another module of the file.
                    before = theorems.get(name[1])
                    theorems[name[1]] = f"{before}\n{pending[0]}" if before else pending[0]
                pending = None
            elif _COMMAND.match(step):
                is_plain = False
        elif _THEOREM.match(sentence):
            pending, is_plain = [sentence], True
        else:
            kept.append(sentence)
    return kept + (pending or []), theorems


def digests(development: Development) -> dict[str, str]:
    """Return a digest of everything that the meaning of the pinned statements rests on, by place."""
    modules: dict[str, None] = {}
    for module in development.sources:
        if module.partition(".")[0] == STATEMENTS:
            modules.update(dict.fromkeys(development.closure(module)))
    parts = {module: meaning(development.sources[module]) for module in modules}
    words = {word for kept, _ in parts.values() for sentence in kept for word in _uses(sentence)}
    found: dict[str, str] = {}
    for module in sorted(parts):
        kept, theorems = parts[module]
        kept = kept + [text for name, text in theorems.items() if name in words]
        found.update(_by_place(module, kept))
    return found


def _uses(sentence: str) -> list[str]:
    """Return a sentence's words without the name that it gives, which a theorem may have too."""
    words = _WORD.findall(sentence)
    named = _NAMED.match(sentence)
    if named and named[2] in words:
        words.remove(named[2])
    return words


def _by_place(module: str, kept: list[str]) -> Mapping[str, str]:
    """Return digests of a module's sentences: each named one by its name, the others together."""
    groups: dict[str, list[str]] = {}
    for sentence in kept:
        named = _NAMED.match(sentence)
        name = named[2] if named and named[2] else None
        groups.setdefault(f"{file_of(module)}: {name or 'context'}", []).append(sentence)
    return {
        place: hashlib.sha256("\n".join(group).encode()).hexdigest()[:20]
        for place, group in groups.items()
    }


def recorded(development: Development) -> dict[str, str]:
    """Return the digests that are recorded; none if there is no such file, or it cannot be read."""
    try:
        data = json.loads((development.folder / STATEMENTS / FILE).read_text(encoding="utf-8"))
        return {str(place): str(digest) for place, digest in data.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def drift(development: Development) -> Iterator[str]:
    """Yield, one line each, what pinned statements rest on and differs from what is recorded."""
    known, now = recorded(development), digests(development)
    for place in sorted(known.keys() | now.keys()):
        if known.get(place) == now.get(place):
            continue
        how = "changed" if place in known and place in now else "is new" if place in now else "is gone"
        yield f"{place} {how}: pinned statements may mean otherwise; read it, then run 'srverify pin'"


def record(development: Development) -> Path:
    """Record the present digests; returns the file that was written."""
    from srverify.running.cache import write_atomically

    path = development.folder / STATEMENTS / FILE
    write_atomically(path, json.dumps(digests(development), indent=1, sort_keys=True) + "\n")
    return path
