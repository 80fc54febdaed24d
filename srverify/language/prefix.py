"""What texts with the operator first, such as SMT-LIB's, have in common."""

from __future__ import annotations

from srverify.language.term import Number, Term, TermWalker


class PrefixWriter(TermWalker[str]):
    """Write sums, products, quotients, constant powers and elementary functions, operator first."""

    def walk_add(self, *terms: Term) -> str:
        return f"(+ {' '.join(map(self.walk, terms))})"

    def walk_mul(self, *terms: Term) -> str:
        return f"(* {' '.join(map(self.walk, terms))})"

    def walk_neg(self, term: Term) -> str:
        return f"(- {self.walk(term)})"

    def walk_div(self, left: Term, right: Term) -> str:
        return f"(/ {self.walk(left)} {self.walk(right)})"

    def walk_power(self, base: Term, exponent: Number) -> str:
        return f"(^ {self.walk(base)} {self.walk(exponent)})"

    walk_ratpower = walk_power

    def walk_exp(self, term: Term) -> str:
        return f"(exp {self.walk(term)})"

    def walk_log(self, term: Term) -> str:
        return f"(log {self.walk(term)})"

    def walk_sqrt(self, term: Term) -> str:
        return f"(sqrt {self.walk(term)})"
