"""Steps by derivatives: monotone, convex, concave functions, and comparison with a point."""

from __future__ import annotations

from dataclasses import dataclass

from srverify.checker.enclosures.derivative import derivative
from srverify.checker.enclosures.substitution import substituted
from srverify.emit.infix import SUM
from srverify.kernels.rocq.replay.algebra import atoms
from srverify.kernels.rocq.replay.node import Node, Script, limits, translates
from srverify.kernels.rocq.replay.printing import variable_name
from srverify.language import term as t
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term

_ZERO = t.number(0)
_SIGN = {"<=": "le", "<": "lt", "=": "eq"}


@dataclass(frozen=True)
class _Function:
    """The difference of the sides of a goal as a function of one variable, with its derivatives."""

    node: Node
    name: str

    @property
    def domain(self) -> Domain:
        """Where the variable lives."""
        return self.node.sequent.domains[self.name]

    @property
    def interior(self) -> Domain:
        """The domain without its ends."""
        ends = self.domain.lower, self.domain.upper
        return Domain(False, *ends, *(end is not None for end in ends))

    def sides(self, order: int) -> tuple[Term, Term]:
        """Return the sides, differentiated a number of times."""
        x: Symbol = self.node.sequent.symbols[self.name]
        left, right = self.node.goal.left, self.node.goal.right
        for _ in range(order):
            left, right = (derivative(side, x) or _ZERO for side in (left, right))
        return left, right

    def text(self, order: int = 0) -> str:
        """Print the function or a derivative."""
        left, right = self.sides(order)
        body = f"{self.node.printer.term(right, SUM)} - {self.node.term(left)}"
        return f"(fun {variable_name(self.name)} : R => {body})"

    def folded(self, place: Term, orders: int) -> str:
        """Return tactics that write what the function applies to a point as the checker folds it."""
        x: Symbol = self.node.sequent.symbols[self.name]
        shown, found = self.node.term(place), []
        for atom in atoms(side for order in range(orders + 1) for side in self.sides(order)):
            old = self.node.printer.at(atom, x, shown)
            new = self.node.term(substituted(atom, {x: place}))
            if old != new:
                found.append(f"try (replace {old} with {new} by (symmetry; same)).")
        return " ".join(found)

    def bounds(self, name: str, label: str) -> Script:
        """Return tactics that say that a point is inside, each by linear arithmetic."""
        return limits(self.node.printer, name, self.interior, label)

    def inside(self, signed: int | None, known: str = "") -> str:
        """Return tactics that, for a point ``pt`` between, give its bounds and what a child shows.

        ``known`` are other tactics that give the bounds.
        """
        bounds = known or f"{' '.join(self.bounds('pt', 'pt'))} clear between."
        script = ["intros pt between.", bounds]
        if signed is not None:
            script.append(f"{self.node.use(signed, {self.name: 'pt'}, 'signs')} unpack.")
        return " ".join([*script, "cbv beta in *."])


def _signed_child(f: _Function, count: int) -> int | None:
    """Return the index of the child about the derivative, among the first ``count`` children."""
    return 0 if count and f.name in f.node.children[0].symbols else None


def _carried(
    f: _Function, point: Term, *, upwards: bool, strict: bool, got: int, within: str, between: Script
) -> Script:
    """Return the tactics that carry a sign from a point to the variable, along which f does not fall.

    Parameters
    ----------
    upwards
        Whether the point lies below the variable.
    strict
        Whether f is to grow strictly, the child's sign being ``<=`` then.
    got
        The child that shows the sign at the point.
    within
        The tactic for the point being on its side of the variable.
    between
        The two tactics for the derivative between them: that it is one, and its sign.
    """
    node, operator = f.node, f.node.goal.operator
    shown = "<=" if strict else operator
    kind = "constant_on" if operator == "=" else f"{'in' if upwards else 'de'}creasing_on"
    place, x = node.term(point), variable_name(f.name)
    ends = f"{place} {x}" if upwards else f"{x} {place}"
    lemma = f"strictly_{kind}" if strict else kind
    return [
        *node.defined(),
        f"assert (value : 0 {shown} {f.text()} {place}).",
        f"{{ cbv beta. {f.folded(point, 0)} apply difference_{_SIGN[shown]}; convert got{got}. }}",
        f"pose proof ({lemma} {f.text()} {f.text(1)} {ends}) as grows; cbv beta in *.",
        f"assert (goal : 0 {operator} {node.difference(node.goal)}); [| lra].",
        "destruct_premises grows.",
        f"- {within}",
        *(f"- {tactics}" for tactics in between),
        "- continuous.",
        "- continuous.",
        "- lra.",
    ]


@translates
def monotone(node: Node) -> Script:
    """Monotone towards the point, from one at which the sign is known."""
    step = node.step
    f = _Function(node, step.variable())
    end, by, strict = step.text("end"), step.text("by", "value"), bool(step.take("strict", False))
    if by == "limit":
        raise node.refused("a limit")
    low = end == "low"
    value = f.domain.lower if low else f.domain.upper
    is_open = f.domain.lower_open if low else f.domain.upper_open
    assert value is not None
    signed = _signed_child(f, len(node.children))
    at = 0 if signed is None else 1
    others = [i for i in range(len(node.children)) if i != signed]
    return [
        *node.facts([i for i in others if i != at]),
        node.use(at),
        *_carried(
            f,
            value,
            upwards=low,
            strict=node.goal.operator == "<" and strict and is_open,
            got=at,
            within="lra.",
            between=[f"{f.inside(signed)} derive.", f"{f.inside(signed)} first [lra | side]."],
        ),
    ]


@translates
def convex(node: Node) -> Script:
    """Above the tangent at a point."""
    step = node.step
    f = _Function(node, step.variable())
    point, x = step.term("at"), variable_name(f.name)
    p = node.term(point)
    last, operator = len(node.children) - 1, node.goal.operator
    signed = _signed_child(f, last)
    inside = [line.replace("by lra.", "by (first [lra | side]).") for line in f.bounds(p, "in")]
    shown = [line.partition(" : ")[2].rpartition(") by")[0] for line in f.bounds("pt", "pt")]
    names = [line.partition("(")[2].partition(" :")[0] for line in f.bounds("pt", "pt")]
    where = f"Rmin {p} {x} < pt < Rmax {p} {x}"
    known = f"destruct (inner pt {{}}) as [{' '.join([*names, 'inner_'])}]. clear between."
    if len(names) == 2:
        known = f"destruct (inner pt {{}}) as [{names[0]} [{names[1]} inner_]]. clear between."
    within = " /\\ ".join([*shown, "True"])
    both, one = known.format("between"), known.format("(or_introl between)")
    return [
        *node.facts([i for i in range(last) if i != signed]),
        *inside,
        node.use(last),
        *node.defined(),
        f"assert (inner : forall pt, {where} \\/ pt = {p} -> {within}).",
        "{ intros pt [between | ->]; [unfold Rmin, Rmax in between;"
        f" destruct (Rle_dec {p} {x}) |]; repeat split; lra. }}",
        f"assert (tangent : 0 {operator} {f.text()} {p} + {f.text(1)} {p} * ({x} - {p})).",
        f"{{ cbv beta. {f.folded(point, 1)} convert got{last}. }}",
        f"pose proof (above_tangent {f.text()} {f.text(1)} {f.text(2)} {p} {x}) as above.",
        "cbv beta in *.",
        f"assert (goal : 0 {operator} {node.difference(node.goal)}); [| lra].",
        "destruct_premises above.",
        f"- {f.inside(signed, both)} derive.",
        f"- {f.inside(signed, both)} derive.",
        f"- {f.inside(signed, one)} first [lra | side].",
        "- continuous.",
        "- lra.",
    ]


@translates
def concave(node: Node) -> Script:
    """Above the lesser of the values at two ends."""
    step = node.step
    f = _Function(node, step.variable())
    strict = bool(step.take("strict", False))
    domain, operator, x = f.domain, node.goal.operator, variable_name(f.name)
    low, high = domain.lower, domain.upper
    assert low is not None
    assert high is not None
    count = len(node.children)
    signed = _signed_child(f, count - 2)
    signs = ["<=", "<="]
    for i, child in enumerate(node.children[-2:]):
        goal = child.goal
        signs[i] = getattr(goal, "operator", "<=")
    if operator == "<=":
        lemma = "concave_between"
    elif signs == ["<=", "<="]:
        if not strict:
            raise node.refused("no strict sign")
        lemma = "strictly_concave_between"
    elif signs == ["<=", "<"]:
        lemma = "concave_between_low"
    elif signs == ["<", "<="]:
        lemma = "concave_between_high"
    else:
        lemma = "concave_between_both"
    ends = [node.term(low), node.term(high)]
    script = [*node.facts([i for i in range(count - 2) if i != signed])]
    for i, (place, end) in enumerate(zip(ends, (low, high), strict=True)):
        got = count - 2 + i
        sign = signs[i] if operator == "<" else "<="
        script += [
            node.use(got),
            f"assert (value{i} : 0 {sign} {f.text()} {place}).",
            f"{{ cbv beta. {f.folded(end, 0)} apply difference_{_SIGN[sign]}; convert got{got}. }}",
        ]
    functions = f"{f.text()} {f.text(1)} {f.text(2)}"
    return [
        *script,
        *node.defined(),
        f"pose proof ({lemma} {functions} {ends[0]} {ends[1]} {x}) as above; cbv beta in *.",
        f"assert (goal : 0 {operator} {node.difference(node.goal)}); [| lra].",
        "destruct_premises above.",
        *(["- lra."] if lemma != "strictly_concave_between" else []),
        "- lra.",
        f"- {f.inside(signed)} derive.",
        f"- {f.inside(signed)} derive.",
        f"- {f.inside(signed)} first [lra | side].",
        "- continuous.",
        "- continuous.",
        "- exact value0.",
        "- exact value1.",
        "- exact above.",
    ]


@translates
def compare(node: Node) -> Script:
    """Compare with a point from which on the function does not fall."""
    step = node.step
    f = _Function(node, step.variable())
    point, fresh = step.term("point"), step.text("name")
    above, strict = step.text("side") == "above", bool(step.take("strict", False))
    last = len(node.children) - 1
    moving = next((i for i in range(last) if fresh in node.children[i].symbols), None)
    literal = point if isinstance(point, Number) else None
    bounds = (literal, f.domain.upper) if above else (f.domain.lower, literal)
    between = Domain(False, *bounds, *(end is not None for end in bounds))
    inside = ["intros pt [? ?].", *limits(node.printer, "pt", between, "pt")]
    if moving is not None:
        inside.append(f"{node.use(moving, {fresh: 'pt'}, 'signs')} unpack.")
    known = " ".join([*inside, "cbv beta in *."])
    return [
        *node.facts([i for i in range(last) if i != moving]),
        node.use(last),
        *_carried(
            f,
            point,
            upwards=above,
            strict=strict and node.goal.operator == "<",
            got=last,
            within="first [lra | side].",
            between=[f"{known} derive.", f"{known} first [lra | side]."],
        ),
    ]
