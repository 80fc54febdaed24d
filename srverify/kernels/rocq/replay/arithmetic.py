"""Steps decided by computing: covers by intervals, and polynomials in one variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flint import fmpq, fmpq_poly

from srverify.checker.enclosures.derivative import derivative
from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator, interval_of
from srverify.checker.enclosures.polynomial import univariate
from srverify.checker.expansions.series import DEFAULT_ORDER
from srverify.checker.rejected import RejectedError
from srverify.checker.rules import EXPANSIONS, negated
from srverify.checker.sequent import Sequent, narrowed
from srverify.checker.steps import number
from srverify.emit.infix import SUM
from srverify.kernels.rocq.replay.bernstein import positive
from srverify.kernels.rocq.replay.node import Node, Script, limits, translates
from srverify.kernels.rocq.replay.printing import decided, variable_name
from srverify.language import term as t
from srverify.language.errors import UnsupportedError
from srverify.language.formula import And, Formula, Or, Relation
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol

_SIGN = {"<=": "le", "<": "lt", "=": "eq"}


@translates
def cover(node: Node) -> Script:
    """Boxes, each decided by an enclosure or by slopes."""
    return _tree(node, node.step.take("tree"), node.sequent.domains)


def _tree(node: Node, tree: Any, domains: Mapping[str, Domain]) -> Script:
    if isinstance(tree, str):
        return _leaf(node, tree, domains)
    name, value, *halves = tree
    at, x = number(value), variable_name(name)
    if domains[name].natural:
        raise node.refused("a cover of natural numbers")
    script = [f"destruct (Rle_or_lt {x} {node.term(at)}) as [? | ?]."]
    for half, upper in zip(halves, (True, False), strict=True):
        part = narrowed(domains[name], "<=", at, upper)
        if part is None:
            script.append("{ exfalso; lra. }")
        else:
            script += ["{", *_tree(node, half, {**domains, name: part}), "}"]
    return script


def _leaf(node: Node, leaf: str, domains: Mapping[str, Domain]) -> Script:
    sequent = node.sequent
    for name, domain in domains.items():
        sequent = sequent.with_domain(name, domain)
    goal, only = sequent.goal, _only_values(domains)
    if leaf in EXPANSIONS:
        raise node.refused("a box settled by an expansion")
    if leaf in ("i", "m", "t"):
        return [*only, *_shown(node, sequent, goal, leaf)]
    for i, hypothesis in enumerate(sequent.hypotheses):
        against = negated(hypothesis)
        # That an equation fails is that one side is above the other.
        parts = against.parts if isinstance(against, Or) else (against,)
        for part in parts:
            known = decided(sequent, part) is True or (leaf == "n" and len(parts) == 1)
            if isinstance(part, Relation) and known:
                rest = _shown(node, sequent, part, "i" if leaf == "h" else "m")
                text = node.printer.relation(part)
                return [f"exfalso; assert (not{i} : {text}); [| lra].", *rest]
    raise node.refused("no hypothesis is decided")


def _only_values(domains: Mapping[str, Domain]) -> Script:
    """Return tactics that put natural variables of one value in their place."""
    script: Script = []
    for name, domain in domains.items():
        if domain.natural and domain.lower == domain.upper and domain.lower is not None:
            x = variable_name(name)
            script.append(f"assert (only : {x} = {domain.lower}%nat) by (apply INR_eq; simpl; lra).")
            script.append(f"subst {x}; simpl.")
    return script


def _shown(node: Node, sequent: Sequent, goal: Formula, leaf: str) -> Script:
    if isinstance(goal, And):
        *first, last = [_shown(node, sequent, part, leaf) for part in goal.parts] or [["exact I."]]
        return [*(line for part in first for line in ("split.", "{", *part, "}")), *last]
    if isinstance(goal, Or):
        for i, part in enumerate(goal.parts):
            if decided(sequent, part) is True or (leaf != "i" and len(goal.parts) == 1):
                end = "left." if i < len(goal.parts) - 1 else ""
                return [f"{'right; ' * i}{end or 'idtac.'}", *_shown(node, sequent, part, leaf)]
        raise node.refused("a disjunction of which no part is decided")
    assert isinstance(goal, Relation)
    asked = ["split; [solve [side] |]."] * len(node.printer.asked(sequent, goal))
    if leaf == "i":
        return [*asked, "solve [by_enclosure]."]
    return [*asked, *(_series if leaf == "t" else _slopes)(node, sequent, goal)]


def _series(node: Node, sequent: Sequent, goal: Relation) -> Script:
    """Return the tactic for a relation by Taylor models of the difference, or of its slope to an end."""
    f = t.sub(goal.right, goal.left)
    (x,) = (x for x in t.symbols_of(f) if _proper(sequent.domains[x.name]))
    domain = sequent.domains[x.name]
    assert domain.lower is not None
    assert domain.upper is not None
    step = node.step
    order, precision = step.take("order", DEFAULT_ORDER), step.take("precision", DEFAULT_PRECISION)

    def models(name: str) -> str:
        settings = f"i_taylor {name}, i_degree {order + 2}, i_prec {precision}, i_depth 8"
        return f"(unfold Rpower in *; interval with (i_bisect {name}, {settings}))"

    back = f"apply difference_{_SIGN[goal.operator]}_back"
    slopes = (
        " ".join(
            _towards(node, goal, x, domain, value, low, f"first [{models('pt')} | by_enclosure]").split()
        )
        for value, low in ((domain.lower, True), (domain.upper, False))
    )
    ways = (f"{back}; {models(variable_name(x.name))}", *slopes)
    return [f"first [{' | '.join(f'solve [{way}]' for way in ways)}]."]


def _slopes(node: Node, sequent: Sequent, goal: Relation) -> Script:
    """Return the tactic for a relation by its slope: towards an end, or by enclosing the slope."""
    f = t.sub(goal.right, goal.left)
    free = [x for x in sorted(t.symbols_of(f), key=str) if _proper(sequent.domains[x.name])]
    if len(free) != 1:
        names = ", ".join(f"i_bisect {variable_name(x.name)}" for x in free)
        return [f"first [solve [by_enclosure] | interval with ({names})]."]
    (x,) = free
    shown = variable_name(x.name)
    back = f"apply difference_{_SIGN[goal.operator]}_back"
    by_slope = f"({back}; interval with (i_bisect {shown}, i_autodiff {shown}, i_depth 10))"
    end = _end(sequent, goal, x)
    if end is None:
        return [f"first [solve [by_enclosure] | {by_slope}]."]
    towards = " ".join(_towards(node, goal, x, sequent.domains[x.name], *end).split())
    return [f"first [solve [by_enclosure] | solve [{towards}] | {by_slope}]."]


def _proper(domain: Domain) -> bool:
    return domain.lower is None or domain.lower != domain.upper


def _end(sequent: Sequent, goal: Relation, x: Symbol) -> tuple[Number, bool] | None:
    """Return the end at which the difference of the sides is least, if its slope has a sign."""
    slope = derivative(t.sub(goal.right, goal.left), x)
    domain = sequent.domains[x.name]
    if slope is None or domain.lower is None or domain.upper is None:
        return None
    box = {s: interval_of(sequent.domains[s.name]) for s in t.symbols_of(slope) | {x}}
    try:
        found = Evaluator(box).walk(slope).at
    except RejectedError:
        return None
    if found.low >= 0:
        return domain.lower, True
    return (domain.upper, False) if found.high <= 0 else None


def _towards(
    node: Node,
    goal: Relation,
    x: Symbol,
    domain: Domain,
    value: Number,
    low: bool,
    sign: str = "by_enclosure",
) -> str:
    """Return the tactic that carries a relation from an end, ``sign`` showing the sign of the slope."""
    name, place = variable_name(x.name), node.term(value)
    left, right = (derivative(side, x) or t.number(0) for side in (goal.left, goal.right))
    f = f"(fun {name} : R => {node.printer.term(goal.right, SUM)} - {node.term(goal.left)})"
    df = f"(fun {name} : R => {node.printer.term(right, SUM)} - {node.term(left)})"
    lemma = "increasing_on" if low else "decreasing_on"
    ends = f"{place} {name}" if low else f"{name} {place}"
    bounds = "; ".join(line.rstrip(".") for line in limits(node.printer, "pt", closed(domain), "pt"))
    inside = f"intros pt between; {bounds}; clear between; cbv beta in *"
    return f"""apply difference_{_SIGN[goal.operator]}_back;
        pose proof ({lemma} {f} {df} {ends}) as grows; cbv beta in *;
        destruct_premises grows;
        [ lra
        | {inside}; derive
        | {inside}; solve [{sign}]
        | continuous | continuous
        | eapply {_TRANSITIVE[goal.operator]}; [| exact grows]; by_enclosure ]"""


def closed(domain: Domain) -> Domain:
    """Return a domain with its ends."""
    return replace(domain, lower_open=False, upper_open=False)


_TRANSITIVE = {"<=": "Rle_trans", "<": "Rlt_le_trans"}


@translates
def polynomial(node: Node) -> Script:
    """Translate: the quotient of polynomials has factors of constant sign on the interval."""
    goal = node.sequent.goal
    if isinstance(goal, Or | And):
        return _parts(node, goal)
    name = node.step.variable()
    try:
        signs = _quotient(node, node.goal, name)
    except UnsupportedError:
        if not node.sequent.hypotheses:
            raise
        signs = ["solve [timeout 20 nra]."]  # The sign rests on a hypothesis.
    return [*node.defined(), *signs]


def _parts(node: Node, goal: Formula) -> Script:
    raise node.refused("polynomials in a formula that is not one relation")


def _quotient(node: Node, goal: Relation, name: str) -> Script:
    x = node.sequent.symbols[name]
    form = univariate(t.sub(goal.right, goal.left), x)
    assert form is not None
    p, q = (_poly(part) for part in form)
    if goal.operator == "=":
        return ["solve [side]."]
    domain = node.sequent.domains[name]
    shown = f"INR {variable_name(name)}" if domain.natural else variable_name(name)
    if p.degree() < 0:
        return ["right; solve [side]."] if goal.operator == "<=" else ["lra."]
    strict = goal.operator == "<"
    pieces = []
    for label, poly, positive_wanted in (("factor", p, strict), ("divisor", q, True)):
        pieces.append(_signed_product(node, poly, domain, shown, positive_wanted, label))
    (above, sign, script), (below, divisor, other) = pieces
    if sign * divisor < 0:
        raise node.refused("the sign of a polynomial rests on a hypothesis")
    lemma = f"quotient_{_SIGN[goal.operator]}"
    return [
        *script,
        *other,
        f"apply ({lemma} _ _ ({above}) ({below})).",
        "- solve [identity].",
        "- solve [multiply_signs].",
        "- solve [multiply_signs].",
    ]


def _poly(coefficients: Mapping[int, fmpq]) -> fmpq_poly:
    degree = max(coefficients, default=0)
    return fmpq_poly([coefficients.get(i, fmpq(0)) for i in range(degree + 1)])


def _signed_product(
    node: Node, poly: fmpq_poly, domain: Domain, x: str, strict: bool, label: str
) -> tuple[str, int, Script]:
    """Return a polynomial's absolute value as a product of factors of known sign, and its own sign.

    The tactics show the factors' signs on the domain.
    """
    leading, factors = poly.factor()
    sign = 1 if leading > 0 else -1
    texts, script = [_rational(abs(leading))], []
    for factor, exponent in factors:
        found = positive(factor, domain, x)
        text = found.text if found is not None else f"({_polynomial(factor, x)})"
        if found is None:
            if exponent % 2 or strict:
                raise node.refused("the sign of a polynomial rests on a hypothesis")
            texts.append(f"({text} ^ {exponent // 2}) ^ 2")
            continue
        if strict and not found.strict:
            raise node.refused("a polynomial vanishes in its domain")
        if found.negated and exponent % 2:
            sign = -sign
        script += found.script(f"{label}{len(texts)}")
        texts.append(f"{text} ^ {exponent}" if exponent > 1 else text)
    return " * ".join(texts), sign, script


def _rational(value: fmpq) -> str:
    return f"({value.p} / {value.q})" if value.q != 1 else str(value.p)


def _polynomial(poly: fmpq_poly, x: str) -> str:
    parts = []
    for i, c in enumerate(poly.coeffs()):
        if c != 0:
            shown = _rational(c) if c > 0 else f"(- {_rational(-c)})"
            parts.append(f"{shown} * {x} ^ {i}" if i else shown)
    return " + ".join(parts) or "0"
