"""Shorthands of the claim modules: which engines settle what, and checks that are no statements."""

from __future__ import annotations

from collections.abc import Callable

from srverify.claims.claim import Check, Expect, Mutant, Role, statement
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
) -> Check:
    """Return a check by a computation; ``broken`` is its mutant."""
    if expect is Expect.PROVED and engine in ("mpmath", "simulation"):
        expect = Expect.SUPPORTED
    obligation = Computation(claim, engine, function, broken)
    return Check(check_id, obligation, expect=expect, role=role, note=note)


def kernel(check_id: str, theorem: str, claim: str, *confirms: str) -> Check:
    """Return a check by a Rocq theorem that no statement of the language expresses.

    ``confirms`` are the checks of the claim whose content the theorem proves as well.
    """
    obligation = Theorem("rocq", theorem, claim=claim)
    return Check(check_id, obligation, role=Role.SUPPORT, confirms=confirms)


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
