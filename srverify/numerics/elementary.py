"""Numbers written by few functions, so that algebra shows when they are equal.

Theorem. Wherever a term without variables is defined, `written_out` has its value: hyperbolic functions
and their inverses are written by exponentials, logarithms and roots, Gamma by its value in (0, 1],
exponentials and circular functions of sums by those of the parts, logarithms of products as sums, and
``exp(W(a))`` as ``a/W(a)``. At its point every term of `relations` is 0.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from flint import arb, fmpq, fmpz

from srverify.checker.enclosures.polynomial import Form, former
from srverify.language import term as t
from srverify.language.term import Number, Term

#: A linear combination of terms: the constant part belongs to 1.
Combination: TypeAlias = dict[Term, Fraction]
Circular: TypeAlias = Mapping[str, Callable[[Fraction], "Term | None"]]
_HALF, _TWO = t.number(Fraction(1, 2)), t.number(2)
#: Larger arguments of Gamma, and multiples of angles, are left alone.
_MAX_SHIFT, _MAX_MULTIPLE = 64, 24
#: Fractions that a value of Lambert W may be have divisors up to this.
_MAX_DIVISOR = 64


def linear(term: Term) -> Combination | None:
    """Write a term as a linear combination of products of atoms with rational coefficients."""
    forms = former([term])
    form = forms.walk(term)
    if not form.q.is_constant():
        return None
    context, scale = form.p.context(), form.q.leading_coefficient()
    found: Combination = {}
    for exponents, c in form.p.to_dict().items():
        one = Form(context.from_dict({exponents: fmpq(1)}), context.constant(1))
        product = t.ONE if not any(exponents) else forms.written(one)
        value = c / scale
        found[_plain(product)] = Fraction(int(value.p), int(value.q))
    return found


def _plain(term: Term) -> Term:
    """Remove what multiplies and divides by 1."""
    if term.operator == "div" and term.arguments[1] is t.ONE:
        return _plain(term.arguments[0])
    if term.operator == "mul":
        return t.mul(*(f for f in map(_plain, term.arguments) if f is not t.ONE))
    if term.operator == "power" and term.arguments[1] is t.ONE:
        return term.arguments[0]
    return term


class Writer(t.TermWalker[Term]):
    """Write numbers by few functions, given their enclosures and a way to see that some are 0."""

    def __init__(self, value: Callable[[Term], arb], is_zero: Callable[[Term], bool]) -> None:
        self._value, self._is_zero = value, is_zero
        self._known: dict[Term, Term] = {}

    def walk(self, term: Term) -> Term:
        """Return another term of the same value, computed once."""
        if term not in self._known:
            self._known[term] = term if term is t.PI else super().walk(term)
        return self._known[term]

    def walk_number(self, value: Number) -> Term:
        return value

    def walk_variable(self, symbol: Term) -> Term:
        return symbol

    def walk_add(self, *terms: Term) -> Term:
        return t.add(*map(self.walk, terms))

    def walk_mul(self, *terms: Term) -> Term:
        return t.mul(*map(self.walk, terms))

    def walk_neg(self, term: Term) -> Term:
        return t.neg(self.walk(term))

    def walk_div(self, left: Term, right: Term) -> Term:
        return t.div(self.walk(left), self.walk(right))

    def walk_power(self, base: Term, exponent: Number) -> Term:
        return t.power(self.walk(base), exponent)

    def walk_ratpower(self, base: Term, exponent: Number) -> Term:
        return t.power(self.walk(base), exponent)

    def walk_realpower(self, base: Term, exponent: Term) -> Term:
        return self.walk(t.exp(t.mul(exponent, t.log(base))))

    def walk_natpower(self, base: Term, exponent: Term) -> Term:
        return t.power(self.walk(base), self.walk(exponent))

    def walk_sqrt(self, term: Term) -> Term:
        return _root(self.walk(term))

    def walk_abs(self, term: Term) -> Term:
        return t.absolute(self.walk(term))

    def walk_min(self, *terms: Term) -> Term:
        return t.minimum(*map(self.walk, terms))

    def walk_max(self, *terms: Term) -> Term:
        return t.maximum(*map(self.walk, terms))

    def walk_exp(self, term: Term) -> Term:
        u = self.walk(term)
        parts = linear(u)
        if parts is None:
            return t.exp(u)
        factors: list[Term] = []
        rest: list[Term] = []
        for atom, c in parts.items():
            if atom.operator == "log" and c.denominator <= _MAX_DIVISOR:
                factors.append(t.power(atom.arguments[0], t.number(c)))
            elif atom.operator == "lambertw" and c.denominator == 1 and not self._near_zero(atom):
                factors.append(t.power(t.div(atom.arguments[0], atom), t.number(c)))
            else:
                rest.append(t.mul(t.number(c), atom))
        return t.mul(*factors, t.exp(t.add(*rest))) if rest else t.mul(*factors) if factors else t.ONE

    def _near_zero(self, term: Term) -> bool:
        value = self._value(term)
        return not (value > 0 or value < 0)

    def walk_log(self, term: Term) -> Term:
        return self._log(self.walk(term))

    def _log(self, u: Term) -> Term:
        """Return the logarithm of the absolute value of a number that is not 0."""
        first = u.arguments[0] if u.arguments else u
        match u.operator:
            case "number":
                value = abs(t.literal(u).value)
                return (
                    t.add(
                        *(
                            t.mul(t.number(side * int(e)), t.log(t.number(int(p))))
                            for side, n in ((1, value.numerator), (-1, value.denominator))
                            if n > 1
                            for p, e in _factors(n)
                        )
                    )
                    if value != 1
                    else t.ZERO
                )
            case "exp":
                return first
            case "neg":
                return self._log(first)
            case "mul":
                return t.add(*map(self._log, u.arguments))
            case "div":
                return t.sub(self._log(first), self._log(u.arguments[1]))
            case "power" | "ratpower":
                return t.mul(u.arguments[1], self._log(first))
            case "sqrt":
                return t.mul(_HALF, self._log(first))
            case "lambertw" if not self._near_zero(u):
                return t.sub(self._log(first), u)
        return t.log(u) if self._value(u) > 0 else t.log(t.neg(u))

    def walk_lambertw(self, term: Term, branch: Number) -> Term:
        u = self.walk(term)
        value = self._value(t.lambertw(u, int(branch)))
        for guess in self._guesses(term, u, value):
            side = self._value(t.add(guess, t.ONE))
            if (side > 0) if branch.value == 0 else (side < 0):
                gap = t.sub(u, t.mul(guess, t.exp(guess)))
                if self._value(gap).contains(0) and self._is_zero(gap):
                    return self.walk(guess)
        return t.lambertw(u, int(branch))

    def _guesses(self, term: Term, u: Term, value: arb) -> Iterable[Term]:
        near = float(value)
        if not math.isfinite(near):
            return
        yield t.number(Fraction(near).limit_denominator(_MAX_DIVISOR))
        units = [n.arguments[0] for side in (term, u) for n in t.subterms(side) if n.operator == "exp"]
        units += [n for side in (term, u) for n in t.subterms(side) if n.operator == "log"]
        for unit in dict.fromkeys(units):
            size = float(self._value(unit))
            ratio = near / size if size else math.nan
            if math.isfinite(ratio):
                yield t.mul(t.number(Fraction(ratio).limit_denominator(_MAX_DIVISOR)), unit)

    def walk_function(self, name: str, argument: Term) -> Term:
        u = self.walk(argument)
        one = t.ONE
        match name:
            case "sinh" | "cosh" | "tanh":
                up, down = self.walk(t.exp(u)), self.walk(t.exp(t.neg(u)))
                minus, plus = t.sub(up, down), t.add(up, down)
                if name == "tanh":
                    return t.div(minus, plus)
                return t.mul(_HALF, minus if name == "sinh" else plus)
            case "asinh":
                return self._log(t.add(u, _root(t.add(t.power(u, _TWO), one))))
            case "acosh":
                return self._log(t.add(u, _root(t.sub(t.power(u, _TWO), one))))
            case "atanh":
                return t.mul(_HALF, self.walk(t.log(t.div(t.add(one, u), t.sub(one, u)))))
            case "erfc":
                return t.sub(one, t.function("erf", u))
            case "tan":
                return t.div(t.function("sin", u), t.function("cos", u))
            case "acos":
                return t.sub(t.mul(_HALF, t.PI), t.function("asin", u))
            case "atan" if isinstance(u, Number) and u > 1:
                return t.sub(t.mul(_HALF, t.PI), t.function("atan", t.number(1 / u.value)))
            case "gamma" if isinstance(u, Number) and u > 0:
                return self.walk_exp(self._shifted("loggamma", u))
            case "loggamma" | "digamma" | "trigamma" if isinstance(u, Number):
                return self._shifted(name, u)
        return t.function(name, u)

    def _shifted(self, name: str, u: Number) -> Term:
        """Return log Gamma or a derivative of it by its value in (0, 1]."""
        if not 1 < u.value <= _MAX_SHIFT:
            return t.function(name, u)
        below = t.number(u.value - 1)
        rest = self._shifted(name, below)
        match name:
            case "loggamma":
                return t.add(rest, self._log(below))
            case "digamma":
                return t.add(rest, t.div(t.ONE, below))
        return t.sub(rest, t.div(t.ONE, t.power(below, _TWO)))


def _root(u: Term) -> Term:
    """Return a square root: of a rational number by that of a squarefree integer."""
    parts = linear(u)
    if parts is None or parts.keys() != {t.ONE} or parts[t.ONE] < 0:
        return t.sqrt(u)
    value, outside, inside = parts[t.ONE], 1, 1
    for p, e in _factors(value.numerator * value.denominator):
        outside, inside = outside * p ** (e // 2), inside * p ** (e % 2)
    return t.mul(t.number(Fraction(outside, value.denominator)), t.sqrt(t.number(inside)))


def _factors(n: int) -> list[tuple[int, int]]:
    """Return factors that multiply to a number, the small ones prime."""
    return [(int(p), int(e)) for p, e in fmpz(n).factor(trial_limit=1000)]


# -- sums in exponents and angles ------------------------------------------------------------------


def _gcd(values: Iterable[Fraction]) -> Fraction:
    def both(a: Fraction, b: Fraction) -> Fraction:
        q = math.lcm(a.denominator, b.denominator)
        return Fraction(math.gcd(int(a * q), int(b * q)), q)

    return reduce(both, values, Fraction(0))


def parted(term: Term, circular: Circular) -> Term:
    """Write exponentials and circular functions of sums by those of the parts."""
    units: dict[str, dict[Term, list[Fraction]]] = {"exp": defaultdict(list), "angle": defaultdict(list)}
    sums: dict[Term, Combination] = {}
    for node in dict.fromkeys(t.subterms(term)):
        if node.operator in ("exp", "sin", "cos"):
            parts = linear(node.arguments[0])
            if parts is not None:
                sums[node] = parts
                kind = "exp" if node.operator == "exp" else "angle"
                for atom, c in parts.items():
                    units[kind][atom].append(c)
    done: dict[Term, Term] = {}

    def go(part: Term) -> Term:
        if part not in done:
            done[part] = _parted(part, sums, units, go, circular)
        return done[part]

    return go(term)


def _parted(
    part: Term,
    sums: dict[Term, Combination],
    units: dict[str, dict[Term, list[Fraction]]],
    go: Callable[[Term], Term],
    known: Circular,
) -> Term:
    if part.operator in ("number", "variable") or part is t.PI:
        return part
    if part not in sums:
        literal = part.operator in ("power", "ratpower", "lambertw")
        new = tuple(map(go, part.arguments[:1] if literal else part.arguments))
        return t.rebuilt(part, (*new, part.arguments[1]) if literal else new)
    kind = "exp" if part.operator == "exp" else "angle"
    product: Term = t.ONE
    cosine: Term = t.ONE
    sine: Term = t.ZERO
    for atom, c in sums[part].items():
        unit = _gcd(units[kind][atom])
        count = int(c / unit)
        small = atom if unit == 1 else t.mul(t.number(unit), atom)
        if kind == "exp":
            product = t.mul(product, t.power(t.exp(small), t.number(count)))
            continue
        if abs(count) > _MAX_MULTIPLE:
            return part
        one = _on_circle(small, known)
        one = one if count >= 0 else (one[0], t.neg(one[1]))
        for _ in range(abs(count)):
            cosine, sine = (
                t.sub(t.mul(cosine, one[0]), t.mul(sine, one[1])),
                t.add(t.mul(sine, one[0]), t.mul(cosine, one[1])),
            )
    return product if kind == "exp" else cosine if part.operator == "cos" else sine


def _on_circle(angle: Term, known: Circular) -> tuple[Term, Term]:
    """Return cosine and sine of an angle, in closed form where there is one."""
    turn = linear(angle)
    if turn is not None and turn.keys() == {t.PI}:
        cosine, sine = (known[name](turn[t.PI]) for name in ("cos", "sin"))
        if cosine is not None and sine is not None:
            return cosine, sine
    if angle.operator in ("asin", "atan"):
        u = angle.arguments[0]
        square = t.power(u, _TWO)
        if angle.operator == "asin":
            return _root(t.sub(t.ONE, square)), u
        root = _root(t.add(t.ONE, square))
        return t.div(t.ONE, root), t.div(u, root)
    return t.function("cos", angle), t.function("sin", angle)


def _parts(term: Term) -> Iterator[Term]:
    """Yield each subterm once: sines of multiples share their parts, over and over."""
    seen, stack = {term}, [term]
    while stack:
        node = stack.pop()
        yield node
        if node.operator not in ("number", "variable"):
            new = [part for part in node.arguments if part not in seen]
            seen.update(new)
            stack += new


def relations(term: Term) -> list[Term]:
    """Return terms that are 0, as what a term is made of has relations: circles and roots."""
    found: list[Term] = []
    for node in _parts(term):
        u = node.arguments[0] if node.operator not in ("number", "variable") else node
        match node.operator:
            case "sin" | "cos":
                squares = (t.power(t.function(f, u), _TWO) for f in ("sin", "cos"))
                found.append(t.sub(t.add(*squares), t.ONE))
            case "sqrt":
                found.append(t.sub(t.power(node, _TWO), u))
            case "ratpower":
                exponent = t.literal(node.arguments[1]).value
                sides = (
                    t.power(node, t.number(exponent.denominator)),
                    t.power(u, t.number(exponent.numerator)),
                )
                found.append(t.sub(*sides))
    return list(dict.fromkeys(found))


def written_out(
    term: Term, value: Callable[[Term], arb], is_zero: Callable[[Term], bool], circular: Circular
) -> Term:
    """Return another term of the value of one without variables, where that is defined.

    ``circular`` gives sines and cosines of multiples of pi, where there is a short form.
    """
    return parted(Writer(value, is_zero).walk(term), circular)


__all__ = ["relations", "written_out"]
