"""Steps about formulas, hypotheses and variables."""

from __future__ import annotations

from srverify.checker.laws import laws
from srverify.checker.sequent import narrowed
from srverify.kernels.rocq.replay.library import proved_laws
from srverify.kernels.rocq.replay.node import Node, Script, decide_relation, translates
from srverify.kernels.rocq.replay.printing import variable_name
from srverify.language import term as t
from srverify.language.errors import UnsupportedError
from srverify.language.formula import Or

#: Larger natural numbers are not written out.
MAX_NATURAL = 30


@translates
def and_goal(node: Node) -> Script:
    """Each part is a child."""
    if not node.children:
        return ["exact I."]
    *uses, last = (node.use(i) for i in range(len(node.children)))
    ending = [f"split; [convert got{i} |]." for i in range(len(uses))]
    return [*uses, last, *ending, f"convert got{len(uses)}."]


@translates
def or_goal(node: Node) -> Script:
    """One part is the last child; others are assumed to fail."""
    goal = node.sequent.goal
    assert isinstance(goal, Or)
    step, count = node.step, len(goal.parts)
    assumed, wanted = step.indices("assume", count), step.index("index", count)
    last = len(node.children) - 1
    script = node.facts(list(range(last)))
    for i in assumed:
        tactic, _ = decide_relation(node, goal.parts[i], f"case{i}")
        script += [tactic, f"{{ {_choose(i, count)} repeat split; side. }}"]
    return [*script, node.use(last), _choose(wanted, count), f"convert got{last}."]


def _choose(index: int, count: int) -> str:
    return "right; " * index + ("left." if index < count - 1 else "idtac.")


@translates
def or_hyp(node: Node) -> Script:
    """One child per part of a hypothesis."""
    index, found = node.step.hypothesis()
    assert isinstance(found, Or)
    pattern = " | ".join(f"hyp{index}" for _ in found.parts)
    script = [f"destruct hyp{index} as [{pattern}]."] if len(found.parts) > 1 else []
    parts = range(len(node.children))
    return [*script, *(f"{{ unpack. {node.use(i)} convert got{i}. }}" for i in parts)]


@translates
def cases(node: Node) -> Script:
    """Distinguish whether a relation holds or fails."""
    last = len(node.children) - 2
    tactic, _ = decide_relation(node, node.step.formula("on"), "case")
    script = [*node.facts(list(range(last))), tactic]
    return [*script, *(f"{{ {node.use(i)} convert got{i}. }}" for i in (last, last + 1))]


@translates
def have(node: Node) -> Script:
    """Assume in the second child what the first one shows."""
    return [node.use(0), node.use(1), "convert got1."]


@translates
def unfold(node: Node) -> Script:
    """Terms of hypotheses are defined."""
    return [node.use(0), "convert got0."]


@translates
def assumption(node: Node) -> Script:
    """Take the goal from what is at hand."""
    return ["repeat split; side."]


@translates
def refute(node: Node) -> Script:
    """Contradict a hypothesis by the child."""
    return ["exfalso.", node.use(0), "unpack.", "first [lra | (destruct got0; lra) | tauto]."]


@translates
def weaken(node: Node) -> Script:
    """Less is given, or more is shown."""
    return [node.use(0), "convert got0."]


@translates
def absorb(node: Node) -> Script:
    """Take a bound into a domain, of which it may leave nothing."""
    return [node.use(0), "convert got0."] if node.children else ["exfalso; lra."]


@translates
def split(node: Node) -> Script:
    """Below or above a number."""
    step = node.step
    name, at = step.variable(), step.rational("at")
    domain = node.sequent.domains[name]
    if domain.natural:
        return _natural_split(node, name, int(at.p // at.q))
    script = [f"destruct (Rle_or_lt {variable_name(name)} {node.term(at)}) as [case | case]."]
    used = 0
    for upper in (True, False):
        if narrowed(domain, "<=", at, upper) is None:
            script.append("{ exfalso; lra. }")
        else:
            script.append(f"{{ {node.use(used)} convert got{used}. }}")
            used += 1
    return script


def _natural_split(node: Node, name: str, at: int) -> Script:
    domain = node.sequent.domains[name]
    shown = variable_name(name)
    script = [
        f"assert (case : INR {shown} <= {at} \\/ {at + 1} <= INR {shown}).",
        f"{{ destruct (Compare_dec.le_lt_dec {shown} {max(at, 0)}) as [case | case];"
        " [left | right]; apply le_INR in case; simpl INR in case; lra. }",
        "destruct case as [case | case].",
    ]
    used = 0
    for end, upper in ((at, True), (at + 1, False)):
        if narrowed(domain, "<=", t.number(end), upper) is None:
            script.append("{ exfalso; lra. }")
        else:
            script.append(f"{{ {node.use(used)} convert got{used}. }}")
            used += 1
    return script


@translates
def enumerate_(node: Node) -> Script:
    """Put the values of a variable in its place, one by one."""
    name = node.step.variable()
    domain, x = node.sequent.domains[name], variable_name(name)
    assert domain.lower is not None
    if not domain.natural:
        value = f"(only : {x} = {node.term(domain.lower)})"
        return [f"assert {value} by lra.", f"subst {x}.", node.use(0), "convert got0."]
    assert domain.upper is not None
    least, count = int(domain.lower.p), len(node.children)
    if least + count > MAX_NATURAL:
        raise node.refused(f"natural numbers beyond {MAX_NATURAL}")
    if count == 1:
        only = f"assert (only : {x} = {least}%nat) by (apply INR_eq; simpl; lra)."
        return [only, f"subst {x}.", node.use(0), "simpl; convert got0."]
    values = " \\/ ".join(f"{x} = {least + i}%nat" for i in range(count))
    script = [
        f"assert ({least} <= {x} <= {least + count - 1})%nat as range",
        "  by (split; apply INR_le; simpl; lra).",
        f"assert (values : {values}) by lia.",
        f"destruct values as {'[-> | ' * (count - 1)}->{']' * (count - 1)}.",
    ]
    return [*script, *(f"{{ {node.use(i)} simpl; convert got{i}. }}" for i in range(count))]


@translates
def relax(node: Node) -> Script:
    """Take a natural variable for a real one."""
    name = node.step.variable()
    return [node.use(0, {name: f"(INR {variable_name(name)})"}), "convert got0."]


@translates
def eliminate(node: Node) -> Script:
    """Put what a variable equals in its place."""
    name = variable_name(node.step.variable())
    return [f"subst {name}.", node.use(0), "convert got0."]


@translates
def define(node: Node) -> Script:
    """Let a new variable stand for a term."""
    step = node.step
    term, name = step.term("term"), step.text("name")
    last = len(node.children) - 1
    script = node.facts(list(range(last)))
    return [*script, node.use(last, {name: node.term(term)}), f"convert got{last}."]


@translates
def generalize(node: Node) -> Script:
    """Let a new variable take all values of a term."""
    return define(node)


@translates
def replace(node: Node) -> Script:
    """Equal terms are exchanged in the goal and in some hypotheses."""
    child, step = node.children[0], node.step
    index, _ = step.relation()
    turned = f"rewrite {'<- ' if step.take('back', False) else ''}hyp{index}"
    script = []
    for i in step.indices("in", len(node.sequent.hypotheses)):
        text = node.printer.formula(child, child.hypotheses[i])
        exchanged = f"first [convert hyp{i} | ({turned} in hyp{i}; convert hyp{i})]"
        script.append(f"assert (new{i} : {text}) by ({exchanged}).")
    return [*script, node.use(0), f"first [convert got0 | ({turned}; convert got0)]."]


@translates
def lambert(node: Node) -> Script:
    """Put the solution that a value of Lambert W is in its place."""
    step = node.step
    argument, branch, name = step.term("arg"), step.take("branch"), step.text("name")
    last = len(node.children) - 1
    value = "W0" if branch == 0 else "Wm1"
    shown = node.term(argument)
    script = node.facts(list(range(last)))
    script += [f"pose proof ({value}_inverse {shown}) as inverse; discharge inverse; unpack."]
    return [*script, node.use(last, {name: f"({value} {shown})"}), f"convert got{last}."]


@translates
def law(node: Node) -> Script:
    """Assume an instance of a law."""
    step = node.step
    name, arguments = step.text("name"), step.take("args")
    found = laws()[name]
    if name not in proved_laws():
        raise UnsupportedError(f"the law {name} is not in the Rocq library")
    last = len(node.children) - 1
    values = [node.term(step.read_term(arguments[key])) for key in found.parameters]
    script = node.facts(list(range(last)))
    script.append(f"pose proof ({' '.join([f'law_{name}', *values])}) as law; discharge law.")
    child = node.children[last]
    for i, hypothesis in enumerate(child.hypotheses):
        if hypothesis not in node.sequent.hypotheses:
            text = node.printer.formula(child, hypothesis)
            splitting = "split; [solve [side] |]; " * node.printer.conditions(child, hypothesis)
            script.append(f"assert (new{i} : {text}) by ({splitting}convert law).")
    return [*script, node.use(last), f"convert got{last}."]
