"""Read what Rocq says a theorem rests on, and hold it against what this audit accepts.

Rocq lists everything without a body: axioms, the kernel's primitive operations, and what was let pass
unchecked. Names are printed as short as the context allows, so that an axiom of one's own can print like
one of the library: what a name stands for is asked as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: The axioms of Rocq's classical real numbers, and nothing else of a logical kind.
LOGICAL_AXIOMS = frozenset(
    {
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    }
)

_INTEGERS = """
    of_to_Z lsl_spec lsr_spec land_spec lor_spec lxor_spec add_spec sub_spec mul_spec mulc_spec div_spec
    mod_spec eqb_correct eqb_refl ltb_spec leb_spec compare_def_spec head0_spec tail0_spec addc_def_spec
    addcarryc_def_spec subc_def_spec subcarryc_def_spec diveucl_def_spec diveucl_21_spec
    addmuldiv_def_spec"""
_SIGNED = "asr_spec div_spec mod_spec ltb_spec leb_spec compare_spec"
_FLOATS = """
    Prim2SF_valid SF2Prim_Prim2SF Prim2SF_SF2Prim opp_spec abs_spec eqb_spec ltb_spec leb_spec
    compare_spec Leibniz.eqb_spec classify_spec mul_spec add_spec sub_spec div_spec sqrt_spec
    of_uint63_spec normfr_mantissa_spec frshiftexp_spec ldshiftexp_spec next_up_spec next_down_spec"""
_ARRAYS = """
    get_out_of_bounds get_set_same get_set_other default_set get_make leb_length length_make length_set
    get_copy length_copy array_ext"""

#: What the library states of the kernel's machine integers, floats and arrays: axioms that say what the
#: primitives compute, one by one. The ``interval`` tactic rests on them.
SPECIFICATION_AXIOMS = frozenset(
    f"{file}.{name}"
    for files, names in {
        "Uint63 Uint63Axioms": _INTEGERS,
        "Sint63 Sint63Axioms": _SIGNED,
        "FloatAxioms": _FLOATS,
        "PArray ArrayAxioms": _ARRAYS,
    }.items()
    for file in files.split()
    for name in names.split()
)

#: By file and name; the kernel is asked which constants of the library these are.
ALLOWED = LOGICAL_AXIOMS | SPECIFICATION_AXIOMS

#: What the library's names begin with, from Coq to Rocq 9. No other development can take them.
LIBRARIES = frozenset({"Coq", "Stdlib", "Corelib"})

#: Printed before what ``Locate`` says of a name.
LOCATED = "located "
_CLOSED = "Closed under the global context"
_NAMED = re.compile(r"^([^\W\d][\w'.]*)(?:\s+:.*)?$")
_CONSTANT = re.compile(r"^Constant\s+([\w'.]+)$")
_SHORTER = re.compile(r"^\(shorter name to refer to it in current context is ([\w'.]+)\)$")
_PRIMITIVE = re.compile(r"^([^\W\d][\w'.]*)\s*:(?:\s|$)")


@dataclass(frozen=True)
class Assumptions:
    """What a theorem rests on.

    Parameters
    ----------
    axioms
        Accepted axioms of the library, by file and name; of all others the name or line as printed.
    primitives
        Operations and types that the kernel itself implements: no axioms, they say nothing.
    """

    axioms: tuple[str, ...] = ()
    primitives: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[str, ...]:
        """The axioms that are not on the allow-list."""
        return tuple(axiom for axiom in self.axioms if axiom not in ALLOWED)


def parse_primitives(output: str) -> frozenset[str]:
    r"""Return the names that ``Search is:Primitive`` printed.

    >>> sorted(parse_primitives("PrimInt63.add: int -> int\nget:\n  forall A : Type, array A -> A"))
    ['PrimInt63.add', 'get']
    """
    return frozenset(match.group(1) for line in output.splitlines() if (match := _PRIMITIVE.match(line)))


def parse_names(output: str) -> Mapping[str, str]:
    r"""Return what ``Locate`` said of each name after its ``located``: the name in use to the full name.

    >>> shorter = "(shorter name to refer to it in current context is My.A.x)"
    >>> parse_names(f"located A.x\nConstant Coq.A.x\nConstant My.A.x\n  {shorter}")
    {'A.x': 'Coq.A.x', 'My.A.x': 'My.A.x'}
    """
    found: list[tuple[str, str]] = []
    asked = ""
    for line in map(str.strip, output.splitlines()):
        if line.startswith(LOCATED):
            asked = line.removeprefix(LOCATED)
        elif match := _CONSTANT.match(line):
            # In use is the name that was asked for, unless the next line says otherwise.
            found.append((asked, match.group(1)))
        elif found and (match := _SHORTER.match(line)):
            found[-1] = (match.group(1), found[-1][1])
    return dict(found)


def parse_assumptions(
    output: str, primitives: frozenset[str], names: Mapping[str, str]
) -> Assumptions | None:
    """Return what ``Print Assumptions`` listed; ``None`` if its output cannot be read.

    A line that is no axiom, such as ``f is assumed to be guarded.``, counts as one that nobody accepts.

    >>> parse_assumptions("Closed under the global context", frozenset(), {})
    Assumptions(axioms=(), primitives=())
    """
    text = output.strip()
    if text == _CLOSED:
        return Assumptions()
    lines = [line for line in text.splitlines() if line and not line[0].isspace()]
    if len(lines) < 2 or "Axioms:" not in lines:
        return None
    axioms: dict[str, None] = {}
    found: dict[str, None] = {}
    for line in lines:
        if line == "Axioms:":
            continue
        match = _NAMED.match(line)
        printed = match.group(1) if match else line
        if match and printed in primitives:
            found[printed] = None
        else:
            axioms[_library_name(printed, names) if match else line] = None
    return Assumptions(tuple(axioms), tuple(found))


def _library_name(printed: str, names: Mapping[str, str]) -> str:
    """Return the file and name of an accepted axiom, of another constant all there is to know of it."""
    full = names.get(printed)
    if full is None:
        # Nothing of this name was looked for; what looks like an accepted axiom is none.
        return f"{printed} (of no library)" if printed in ALLOWED else printed
    return next(_known(full), full)


def _known(full: str) -> Iterator[str]:
    root, *path = full.split(".")
    if root in LIBRARIES:
        yield from (name for start in range(len(path)) if (name := ".".join(path[start:])) in ALLOWED)
