"""The fixed table of laws: facts about the functions of the language that proofs may instantiate.

Each line of ``laws.txt`` reads ``name: premises |- conclusion`` over real variables a, b, c. It is a
theorem: for all real values at which the premises hold and the terms of the conclusion are defined, the
conclusion holds.
The laws of exp, log, roots and powers are those of the real functions (a power with a positive base is
exp(exponent*log(base)), whichever kind of exponent it has); monotone functions preserve and reflect
order; ``1 + a <= exp(a)`` is the tangent at 0, the other inequalities follow from it; W_0 and W_-1 are
the inverses of w*exp(w) on [-1, oo), where it increases, and on (-oo, -1], where it decreases.
On (0, oo) log Gamma is convex and digamma concave, their second derivatives being sums over k >= 0 of
1/(a + k)^2 and of -2/(a + k)^3: tangents of the one are below it, those of the other above. Reflection
and duplication are DLMF 5.5.3 to 5.5.5 and 5.5.8; where gamma(a) and gamma(1 - a) are defined, a is no
integer, and sin(pi*a) not 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from srverify.language.formula import Formula, normal
from srverify.language.parser import names_in, parse_formula

#: Laws whose conclusion is defined wherever their premises hold: w*exp(w) >= -1/e for all w, and < 0
#: for w < 0.
TOTAL = frozenset({"w0_of", "w1_of"})


@dataclass(frozen=True)
class Law:
    """Variables, premises and conclusion of a law."""

    parameters: tuple[str, ...]
    premises: tuple[Formula, ...]
    conclusion: Formula


def _line(text: str) -> Law:
    left, right = text.split("|-")
    given = [part for part in left.split(";") if part.strip()]
    names = dict.fromkeys(name for part in (*given, right) for name in names_in(part))
    kinds = dict.fromkeys(names, "real")
    premises, conclusion = [parse_formula(part, kinds) for part in given], parse_formula(right, kinds)
    return Law(tuple(sorted(names)), tuple(map(normal, premises)), normal(conclusion))


class Laws(Mapping[str, Law]):
    """The table by name; a line is read when it is asked for: few proofs need more than a few."""

    def __init__(self, table: str) -> None:
        self._texts = dict(line.split(":", 1) for line in table.splitlines())
        self._read: dict[str, Law] = {}

    def __getitem__(self, name: str) -> Law:
        if name not in self._read:
            self._read[name] = _line(self._texts[name])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, name: object) -> bool:
        return name in self._texts


@cache
def laws() -> Laws:
    """Return the table, by name.

    >>> laws()["log_product"].parameters
    ('a', 'b')
    """
    return Laws((files("srverify.checker") / "laws.txt").read_text(encoding="utf-8"))
