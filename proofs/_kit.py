"""Shorthands of the claim modules: which engines settle what, and checks that are no statements."""

from __future__ import annotations

from collections.abc import Callable

from srverify.claims.claim import Check, Expect, Mutant, Part, Role, statement
from srverify.claims.obligation import Computation, Finding, Theorem
from srverify.selfreward.computations.finite_policies import EXACT

#: Polynomial and rational statements in any number of variables: both SMT solvers decide.
POLYNOMIAL = ("z3", "cvc5")
#: Rational statements in up to three variables.
RATIONAL = ("z3", "cvc5", "arb", "mpmath")
#: Statements with exp, log, sqrt or Lambert W in up to three variables.
SCALAR = ("arb", "leancert", "z3", "cvc5", "mpmath")
#: Statements with exp, log or sqrt in more variables: SMT through lemma instances.
LEMMAS = ("z3", "cvc5", "mpmath")
#: Rational identities.
IDENTITY = ("sympy", "z3", "cvc5", "mpmath")
#: Identities with exp, log, sqrt or Lambert W.
CLOSED_FORM = ("sympy", "mpmath")
#: Supporting evidence by evaluation only.
SAMPLED = ("mpmath",)


def text(paragraph: str) -> str:
    """Return a paragraph written over several lines as one line."""
    return " ".join(paragraph.split())


def mutant(name: str, show: str, *given: str, survives: str = "", **variables: str) -> Mutant:
    """Return a broken variant of a statement."""
    return Mutant(name, statement(show, *given, **variables), survives)


def computation(
    check_id: str,
    claim: str,
    function: Callable[[int], Finding],
    broken: Callable[[int], Finding] | None = None,
    engine: str = "exact",
    role: Role = Role.SUPPORT,
    expect: Expect = Expect.PROVED,
    note: str = "",
    whole: bool = False,
) -> Check:
    """Return a check by a computation; ``broken`` is its mutant, ``whole``: it decides its claim."""
    if expect is Expect.PROVED and engine in ("mpmath", "simulation"):
        expect = Expect.SUPPORTED
    obligation = Computation(claim, engine, function, broken, whole)
    return Check(check_id, obligation, expect=expect, role=role, note=note)


def kernel(check_id: str, theorem: str, claim: str) -> Check:
    """Return a check by a Rocq theorem that no statement of the language expresses.

    It is compared with its pinned statement, ``Definition NAME : Prop`` in ``rocq/Statements/``.
    """
    return Check(check_id, Theorem("rocq", theorem, claim=claim), role=Role.SUPPORT)


def refuted_in_kernel(check_id: str, statement_name: str, claim: str) -> Check:
    """Return a check by the negation of a pinned statement: the Rocq theorem ``NAME_refuted``."""
    theorem = Theorem("rocq", f"{statement_name}_refuted", claim=claim, negated=True)
    return Check(check_id, theorem, expect=Expect.REFUTED, role=Role.SUPPORT)


def stated(assertion: str, *by: str, case: str = "") -> Part:
    """Return an assertion of an entry, with the checks that settle it."""
    return Part(assertion, by, Role.STATED, case)


def repair(assertion: str, *by: str, case: str = "") -> Part:
    """Return an assertion that replaces one that fails."""
    return Part(assertion, by, Role.REPAIR, case)


def remark(assertion: str, *by: str, case: str = "") -> Part:
    """Return an assertion on which the verdict does not hang, such as what fails without a repair."""
    return Part(assertion, by, Role.SUPPORT, case)


def derivation(assertion: str, *by: str) -> Part:
    """Return a step of the paper's derivation, where the step and not the statement fails."""
    return Part(assertion, by, Role.DERIVATION)


def exact_instances(entry: str) -> Check:
    """Return the check of an entry on many finite policies of many sizes, in exact arithmetic."""
    function, broken = EXACT[entry]
    sentence = (function.__doc__ or "").partition(": ")[2].rstrip(".")
    return computation(
        "exact-instances", f"{sentence}, on random policies of many sizes", function, broken
    )


def simulated(entry: str) -> Check:
    """Return the check of an entry by the simulator: random and adversarial finite instances."""
    from srverify.selfreward.softmax.checks import simulated_check

    return Check("simulated", simulated_check(entry), expect=Expect.SUPPORTED, role=Role.SUPPORT)
