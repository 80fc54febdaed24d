"""Replacing subterms so that value and definedness follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.term import Number, Symbol, Term


def rebuilt(term: Term, change: Callable[[Term], Term | None]) -> Term:
    """Replace subterms, outermost first, so that value *and definedness* follow the replacement.

    ``change`` returns the new subterm or None. If every replacement has the value of what it replaces
    (at the points considered, both being defined there), the result is defined where the term is, with
    the same value. The builders read a power by its exponent, and a real exponent asks for a base > 0,
    or >= 0 where it is positive, which an integer does not: ``x^y`` with 2 for y becomes
    ``x^2 + 0*sqrt(x)``, with -2 ``x^-2 + 0*log(x)``. A natural exponent must stay natural.
    """
    done: dict[Term, Term] = {}  # Terms share their parts: each is rebuilt once.

    def go(part: Term) -> Term:
        if part not in done:
            done[part] = _rebuilt(part, change(part), go)
        return done[part]

    return go(term)


def _rebuilt(term: Term, found: Term | None, go: Callable[[Term], Term]) -> Term:
    if found is not None:
        return found
    node = t.operation(term)
    if node.operator in ("number", "variable"):
        return term
    literal = node.operator in ("power", "ratpower", "lambertw")
    old = node.arguments[:1] if literal else node.arguments
    new = tuple(map(go, old))
    if all(a is b or a == b for a, b in zip(old, new, strict=True)):
        return term
    if literal:
        new = (*new, node.arguments[1])
    try:
        return _built(node.operator, new)
    except InputError as error:
        raise RejectedError(str(error)) from None


def _built(operator: str, arguments: tuple[Term, ...]) -> Term:
    match operator:
        case "lambertw":
            return t.lambertw(arguments[0], int(t.literal(arguments[1])))
        case "power" | "ratpower" | "natpower":
            if operator == "natpower" and not t.is_natural(arguments[1]):
                raise RejectedError(f"the exponent {arguments[1]} would not be natural")
            return t.power(*arguments)
        case "realpower":
            base, exponent = arguments
            found = t.power(base, exponent)
            if found.operator in ("realpower", "ratpower", "sqrt"):
                return found
            if not isinstance(exponent, Number):
                raise RejectedError(f"the exponent {exponent} would become natural")
            guard = t.sqrt(base) if exponent.value > 0 else t.log(base)
            return t.add(found, t.mul(t.number(0), guard))
    if operator in t.FUNCTIONS:
        return t.function(operator, *arguments)
    return _BUILDERS[operator](*arguments)


_BUILDERS: dict[str, Callable[..., Term]] = {
    "add": t.add, "mul": t.mul, "neg": t.neg, "div": t.div, "exp": t.exp, "log": t.log,
    "sqrt": t.sqrt, "abs": t.absolute, "min": t.minimum, "max": t.maximum,
}  # fmt: skip


def substituted(term: Term, values: Mapping[Symbol, Term]) -> Term:
    """Replace variables by terms of the same value; see `rebuilt`."""
    return rebuilt(term, lambda part: values.get(part) if isinstance(part, Symbol) else None)
