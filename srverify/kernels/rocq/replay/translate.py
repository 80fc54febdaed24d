"""A proof object as a self-contained Rocq file that proves the printed statement by the same steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from srverify.checker.check import check, expand
from srverify.checker.sequent import Sequent
from srverify.emit.rocq import statement_to_rocq, uses_lambertw
from srverify.kernels.rocq.replay import algebra, arithmetic, calculus, logic  # noqa: F401
from srverify.kernels.rocq.replay.library import library
from srverify.kernels.rocq.replay.node import TRANSLATIONS, Node, Translation
from srverify.kernels.rocq.replay.printing import Printer, variable_name
from srverify.language.errors import UnsupportedError
from srverify.language.statement import Statement

#: The name of the theorem that is the printed statement.
THEOREM = "statement"
#: Steps beyond which a proof is not translated.
MAX_STEPS = 400

#: What a replay begins with.
HEADER = """\
(* Generated: a proof object of srverify, replayed.

   The last theorem is the statement; the lemmas before it are the steps of the proof object, innermost
   first, by the names of their places in it.  Needs Coq 8.16 or newer, Coquelicot and CoqInterval. *)

From Coq Require Import Reals Lra Psatz Ranalysis5.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Local Open Scope R_scope.
"""


def replay(statement: Statement, proof: Mapping[str, Any]) -> str:
    """Return the file that proves a statement by the steps of a proof object.

    Raises RejectedError if the checker rejects the proof, UnsupportedError for a statement or a step
    that has no Rocq form here.
    """
    shown = steps(statement, proof)
    return "\n".join([HEADER, library(_needs_lambert(statement, proof)), shown])


def steps(statement: Statement, proof: Mapping[str, Any]) -> str:
    """Return what follows the library in a replay: the lemmas and the theorem.

    Raises RejectedError and UnsupportedError as `replay` does.
    """
    report = check(statement, proof)
    if report.steps > MAX_STEPS:
        raise UnsupportedError(f"the proof object has {report.steps} steps, more than {MAX_STEPS}")
    lemmas: list[str] = []
    root = Sequent.of(statement)
    name = _lemma(root, proof, "step", Printer(statement.positive_symbols), lemmas)
    return "\n".join([*lemmas, _conclusion(statement, name)])


def _needs_lambert(statement: Statement, proof: Mapping[str, Any]) -> bool:
    words = ("LambertW", "'lambert'", "'w0_", "'w1_")
    return uses_lambertw(statement) or any(word in repr(proof) for word in words)


def _lemma(
    sequent: Sequent, data: Mapping[str, Any], name: str, printer: Printer, lemmas: list[str]
) -> str:
    """Add the lemmas of a node and of all below it; returns the name of the node's."""
    translation = translation_of(data)
    children = expand(sequent, data)
    names = []
    every = (v for child in children for v in child.variables)
    inner = printer.including(v for v in every if v.name not in sequent.symbols)
    for i, (child, part) in enumerate(zip(children, data.get("children", []), strict=True)):
        names.append(_lemma(child, part, f"{name}_{i}", inner, lemmas))
    script = translation(Node(sequent, data, children, tuple(names), inner))
    body = "\n  ".join([*_introduced(sequent, inner), *script])
    lemmas.append(f"Lemma {name} : {inner.proposition(sequent)}.\nProof.\n  {body}\nQed.\n")
    return name


def translation_of(data: Mapping[str, Any]) -> Translation:
    """Return the translation of a node; raises UnsupportedError, with the rule's name, without one."""
    rule = str(data.get("rule"))
    found = TRANSLATIONS.get(rule)
    if found is None:
        raise UnsupportedError(f"the step {rule} has no Rocq form here")
    return found


def _introduced(sequent: Sequent, printer: Printer) -> list[str]:
    """Return the tactics that name variables, bounds and hypotheses."""
    names = [variable_name(v.name) for v in sequent.variables]
    names += [f"bnd{i}" for i in range(len(printer.bounds(sequent)))]
    for i, hypothesis in enumerate(sequent.hypotheses):
        pattern = f"hyp{i}"
        for _ in range(printer.conditions(sequent, hypothesis)):
            pattern = f"[? {pattern}]"
        names.append(pattern)
    known = [
        f"pose proof (pos_INR {variable_name(v.name)})." for v in sequent.variables if v.domain.natural
    ]
    return [f"intros {' '.join(names)}.", *known] if names else []


def _conclusion(statement: Statement, name: str) -> str:
    """Return the theorem: it follows from the step at the root, which shows definedness besides."""
    printed = statement_to_rocq(statement)
    count = len(statement.variables)
    variables = [f"x{i}" for i in range(count)]
    instance = " ".join([name, *variables])
    script = [f"intros {' '.join(variables)}; intros; unpack." if count else "intros; unpack."]
    naturals = [x for x, v in zip(variables, statement.variables, strict=True) if v.domain.natural]
    script += [f"pose proof (pos_INR {x})." for x in naturals]
    script += [f"pose proof ({instance}) as shown; discharge shown.", "convert_root."]
    body = "\n  ".join(script)
    proved = f"Lemma {THEOREM}_proved : {printed}.\nProof.\n  {body}\nQed.\n"
    return f"{proved}\nTheorem {THEOREM} : {printed}.\nProof. exact {THEOREM}_proved. Qed.\n"
