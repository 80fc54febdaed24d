"""Error functions that go to a constant at an end of a variable's range, by what goes to 0 there.

The limit of ``erfc(u) - erfc(v)*k + 2*k - 2`` where u and v go to minus infinity is 0 for all k, which
interval arithmetic does not tell; that of ``erfc(-v)*k - erfc(-u)``, the same function, it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import ctx

from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION
from srverify.checker.enclosures.limits import Limits
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import has_limit
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.forms import plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law
from srverify.numerics.tactics.tails import put

#: Limits of larger terms take too long.
_MAX_LIMIT_SIZE = 60
_TWO = t.number(2)


def by_vanishing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``2 - erfc(-u)`` for ``erfc(u)`` and the like where that shows the sign of a limit."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    f = difference(goal)
    found = [n for n in dict.fromkeys(t.subterms(f)) if n.operator in ("erf", "erfc")]
    if not found or sum(1 for _ in t.subterms(f)) > _MAX_LIMIT_SIZE:
        return
    domains = {v.symbol: v.domain for v in sequent.variables}
    for variable in sequent.variables:
        domain, x = variable.domain, variable.symbol
        for end, is_open in (
            ("low", domain.lower is None or domain.lower_open),
            ("high", domain.upper is None or domain.upper_open),
        ):
            if domain.natural or not is_open:
                continue
            with ctx.workprec(DEFAULT_PRECISION):
                new, links = _rewritten(domains, found, x, end, len(sequent.hypotheses))
            if not new:
                continue
            # Constants must cancel.
            after = plain(put(f, new))
            written = Relation(goal.operator, t.ZERO, after)
            if _length(after) >= _length(plain(f)) or not has_limit(domains, written, x, end):
                continue
            links.append({"rule": "rewrite", "goal": formula_text(written)})
            proof = driver.chain(sequent, links, depth)
            if proof is not None:
                yield proof, -1
                return


def _length(f: Term) -> int:
    return len(f.arguments) if f.operator == "add" else 1


def _rewritten(
    domains: dict[Symbol, Domain], found: list[Term], x: Symbol, end: str, last: int
) -> tuple[dict[Term, Term], list[Link]]:
    """Return what to put for functions that do not vanish at an end, and the steps that do so."""
    limits = Limits(domains, x, end)
    new: dict[Term, Term] = {}
    links: list[Link] = []
    for node in found:
        u = node.arguments[0]
        try:
            towards = limits.walk(u).inf
        except RejectedError:
            continue
        if towards == 0 or (node.operator == "erfc" and towards > 0):
            continue
        v = u if towards > 0 else t.neg(u)
        rest = t.function("erfc", v)
        here, there, odd = (
            law("erfc_erf", a=u),
            law("erfc_erf", a=t.neg(u)),
            law("erf_negative", a=u),
        )
        laws: tuple[Node, ...]
        signs: tuple[int, ...]
        if node.operator == "erfc":
            new[node], laws, signs = t.sub(_TWO, rest), (here, there, odd), (1, 1, -1)
        elif towards > 0:
            new[node], laws, signs = t.sub(t.ONE, rest), (here,), (1,)
        else:
            new[node], laws, signs = t.sub(rest, t.ONE), (there, odd), (-1, 1)
        summands = ((k, ["hyp", last + i]) for i, k in enumerate(signs))
        equation = formula_text(Relation("=", node, new[node]))
        links += [
            *laws,
            ({"rule": "have", "formula": equation}, combined(*summands)),
            {"rule": "replace", "hyp": last + len(laws), "in": list(range(last))},
            {"rule": "weaken", "drop": list(range(last, last + len(laws) + 1))},
        ]
    return new, links


__all__ = ["by_vanishing"]
