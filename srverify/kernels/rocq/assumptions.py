"""Read ``Print Assumptions`` and compare it with the axioms that this audit accepts."""

from __future__ import annotations

import re

#: The axioms of Rocq's classical real numbers, and nothing else of a logical kind.
LOGICAL_AXIOMS = frozenset(
    {
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    }
)

#: Primitive machine integers and floats and their specification, which the ``interval`` tactic computes
#: with: types and operations of these modules are implemented in the kernel.
PRIMITIVE_MODULES = frozenset(
    {"PrimInt63", "Uint63", "Int63", "Sint63", "Uint63Axioms", "PrimFloat", "FloatAxioms", "FloatOps"}
)

_ENTRY = re.compile(r"^([A-Za-z_][\w'.]*)\s*(?::|$)")


def parse_assumptions(output: str) -> tuple[str, ...] | None:
    """Return the axioms that ``Print Assumptions`` named; ``None`` if its output cannot be read.

    >>> parse_assumptions("Closed under the global context")
    ()
    """
    if "Closed under the global context" in output:
        return ()
    _, found, listing = output.partition("Axioms:\n")
    if not found:
        return None
    names = (match.group(1) for line in listing.splitlines() if (match := _ENTRY.match(line)))
    return tuple(dict.fromkeys(names))


def is_accepted(axiom: str) -> bool:
    """Tell whether an axiom is on the allow-list."""
    if axiom in LOGICAL_AXIOMS:
        return True
    module, _, _ = axiom.rpartition(".")
    return bool(module) and module.rpartition(".")[2] in PRIMITIVE_MODULES


def refused(axioms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the axioms that are not on the allow-list."""
    return tuple(axiom for axiom in axioms if not is_accepted(axiom))
