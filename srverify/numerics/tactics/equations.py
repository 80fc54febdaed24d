"""Equations between polynomials as rules that rewrite others, with a record of what was used of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

#: Rules are made at most so many times.
_MAX_RULES = 60
#: Longer multiples of equations are not looked at.
_MAX_TERMS = 200


class Equations:
    """Polynomials that are 0 where they matter; each one stands for its first monomial."""

    def __init__(self, equations: Sequence[Any]) -> None:
        self._number = len(equations)
        #: Polynomials, each with the multipliers with which the equations sum up to it.
        self._rules: list[tuple[Any, list[Any]]] = []
        zero = [equation * 0 for equation in equations]
        pending = [
            (equation, [q + (i == index) for i, q in enumerate(zero)])
            for index, equation in enumerate(equations)
        ]
        for _ in range(_MAX_RULES):
            if not pending:
                break
            poly, origin = pending.pop(0)
            rest, used = self._divided(poly)
            if rest.is_zero():
                continue
            # What the new rule rewrites is no rule any more, but what is left of it.
            pending += [rule for rule in self._rules if not divmod(rule[0], rest)[0].is_zero()]
            self._rules = [rule for rule in self._rules if divmod(rule[0], rest)[0].is_zero()]
            self._rules.append((rest, [p - q for p, q in zip(origin, used, strict=True)]))

    def reduced(self, poly: Any) -> Any:
        """Return what is left of a polynomial once the equations are used."""
        for _, _, rest in self._divisions(poly):
            poly = rest
        return poly

    def multipliers(self, poly: Any) -> list[Any] | None:
        """Return polynomials by which the equations sum up to one; None if they are not seen to."""
        rest, used = self._divided(poly)
        return None if not rest.is_zero() or any(len(q) > _MAX_TERMS for q in used) else used

    def _divided(self, poly: Any) -> tuple[Any, list[Any]]:
        used = [poly * 0] * self._number
        for quotient, factors, rest in self._divisions(poly):
            poly = rest
            used = [q + quotient * factor for q, factor in zip(used, factors, strict=True)]
        return poly, used

    def _divisions(self, poly: Any) -> Iterator[tuple[Any, list[Any], Any]]:
        """Yield each use of a rule: the quotient, the rule's factors, and what is left then."""
        changed = True
        while changed:
            changed = False
            for rule, factors in self._rules:
                quotient, rest = divmod(poly, rule)
                if not quotient.is_zero():
                    poly, changed = rest, True
                    yield quotient, factors, rest
