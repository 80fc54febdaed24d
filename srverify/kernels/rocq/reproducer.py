"""A file by which anyone can let Rocq compare a theorem with what it is cited for."""

from __future__ import annotations

from srverify.claims.obligation import Theorem
from srverify.kernels.rocq.development import LOGICAL_NAME
from srverify.kernels.rocq.kernel import loading
from srverify.kernels.rocq.site import Site


def reproducer(site: Site, theorem: Theorem, name: str) -> str:
    """Return a file that states what a theorem is cited for, and closes it by the theorem.

    Beside a printed statement that is its print, else its pinned statement, which stands in a comment
    too. The file ends with the axioms, and with the instance of the hypotheses if there is one.

    Raises
    ------
    InputError
        For a theorem that the development does not have, or that has no pinned statement.
    UnsupportedError
        For a statement that Rocq cannot be asked.
    """
    question = site.question(theorem)
    lines = [
        f"(* coqc -R {site.build_folder} {LOGICAL_NAME} FILE.v",
        "   (what it needs is built by: srverify audit --engine rocq) *)",
        "From Coq Require Import Reals.",
        *loading([question], site.build.library),
        "Local Open Scope R_scope.",
    ]
    if question.pinned:
        pinned = site.development.pinned[theorem.pinned_name]
        lines += ["", f"(* {question.pinned} says:", "", pinned.text, "*)"]
    lines += [
        "",
        f"Theorem {name} :",
        f"  {question.proposition}.",
        f"Proof. exact @{question.full_name}. Qed.",
        f"Print Assumptions {name}.",
    ]
    if question.satisfiable:
        lines += ["(* Its hypotheses hold together: *)", f"Check @{question.satisfiable}."]
    return "\n".join((*lines, ""))
