"""The rules about terms: definitions, replacements, laws and Lambert W."""

from __future__ import annotations

from srverify.checker.enclosures.substitution import rebuilt, substituted
from srverify.checker.laws import TOTAL, laws
from srverify.checker.rejected import RejectedError
from srverify.checker.rules import Children, bounds, bounds_on, rule
from srverify.checker.sequent import Sequent
from srverify.checker.steps import Step, showing
from srverify.language import term as t
from srverify.language.definedness import defined, definedness
from srverify.language.formula import Relation, map_terms
from srverify.language.statement import Domain
from srverify.language.term import Term


@rule
def eliminate(s: Sequent, step: Step) -> Children:
    """Where ``var = phi`` holds (hypothesis ``hyp``, either way round), the variable may be replaced.

    The variable must not occur in phi. Its domain becomes hypotheses about phi; a natural variable needs
    a visibly natural phi. The hypothesis itself becomes ``phi = phi``, which keeps that phi is defined.
    """
    index, found = step.relation()
    name = step.variable()
    x = s.symbols[name]
    phi = found.right if found.left == x else found.left
    if found.operator != "=" or x not in (found.left, found.right) or x in t.symbols_of(phi):
        raise RejectedError(f"hypothesis {index} does not say what {name} is")
    domain = s.domains[name]
    if domain.natural and not t.is_natural(phi):
        raise RejectedError(f"{phi} is not visibly natural")
    bounded = s.assuming(*bounds(s, name))
    child = bounded.mapped(lambda term: substituted(term, {x: phi})).without_variable(name)
    return (child,)


@rule
def define(s: Sequent, step: Step) -> Children:
    """A fresh real variable ``name`` may stand for a term that is defined.

    Children: the term is defined (unless plain), then ``name = term`` assumed.
    """
    term, name = step.term("term"), step.text("name")
    wider = s.with_variable(name, Domain())
    wider = wider.assuming(Relation("=", wider.symbols[name], term))
    return (*showing(s, definedness(term)), wider)


@rule
def gap(s: Sequent, step: Step) -> Children:
    """Where ``a <= b`` holds for natural a and b, a fresh natural variable may stand for ``b - a``.

    Hypothesis ``hyp`` says so (or ``<``, or ``=``), its sides being visibly natural. Child: ``b = a +
    name`` assumed, the variable being at least 1 where the hypothesis is strict.
    """
    index, found = step.relation()
    if not t.is_natural(found.left) or not t.is_natural(found.right):
        raise RejectedError(f"hypothesis {index} is not about visibly natural terms")
    name, least = step.text("name"), t.number(1 if found.operator == "<" else 0)
    wider = s.with_variable(name, Domain(True, least))
    return (wider.assuming(Relation("=", found.right, t.add(found.left, wider.symbols[name]))),)


@rule
def generalize(s: Sequent, step: Step) -> Children:
    """Every occurrence of a term may be replaced by a fresh variable that takes all values it has.

    Children: the term is defined and in ``domain`` (unless plain), then the term replaced.
    """
    term, name, domain = step.term("term"), step.text("name"), step.domain("domain")
    if domain.natural:
        raise RejectedError("the fresh variable must be real")
    wider = s.with_variable(name, domain)
    symbol = wider.symbols[name]
    within = bounds_on(domain, term)
    replaced = wider.mapped(lambda part: rebuilt(part, lambda inner: symbol if inner == term else None))
    return (*showing(s, (*definedness(term), *within)), replaced)


@rule
def replace(s: Sequent, step: Step) -> Children:
    """Where the equality ``hyp`` holds, its sides are defined and equal, in the goal and elsewhere.

    Occurrences of the left side (with ``back``, the right one) become the other side in the goal and in
    the hypotheses ``in``.
    """
    index, found = step.relation()
    if found.operator != "=":
        raise RejectedError(f"hypothesis {index} is no equality")
    old, new = (found.right, found.left) if step.take("back", False) else (found.left, found.right)
    places = step.indices("in", len(s.hypotheses))
    if index in places:
        raise RejectedError("the equality cannot rewrite itself")

    def change(term: Term) -> Term:
        return rebuilt(term, lambda inner: new if inner == old else None)

    hypotheses = tuple(map_terms(h, change) if i in places else h for i, h in enumerate(s.hypotheses))
    return (Sequent(s.variables, hypotheses, map_terms(s.goal, change)),)


@rule
def lambert(s: Sequent, step: Step) -> Children:
    """A value of Lambert W may be replaced by a fresh variable that it is the only solution for.

    W_0(u) is the w >= -1, and W_-1(u) the w <= -1, with w*exp(w) = u. Children: ``LambertW(arg,
    branch)`` is defined (unless plain); every occurrence of it replaced by ``name``, and
    ``arg = name*exp(name)`` assumed.
    """
    argument, branch, name = step.term("arg"), step.take("branch"), step.text("name")
    if branch not in (0, -1) or isinstance(branch, bool):
        raise RejectedError("the branches are 0 and -1")
    term = t.lambertw(argument, branch)
    domain = Domain(lower=t.number(-1)) if branch == 0 else Domain(upper=t.number(-1))
    wider = s.with_variable(name, domain)
    w = wider.symbols[name]

    def change(part: Term) -> Term:
        return rebuilt(part, lambda inner: w if inner == term else None)

    solved = Relation("=", change(argument), t.mul(w, t.exp(w)))
    return (*showing(s, definedness(term)), wider.mapped(change).assuming(solved))


@rule
def law(s: Sequent, step: Step) -> Children:
    """An instance of a law of the table (`srverify.checker.laws`) may be assumed.

    ``args`` gives a term for every variable of the law ``name``. Children: its premises hold and the
    terms of its conclusion are defined (unless plain); its conclusion assumed.
    """
    name, arguments = step.text("name"), step.take("args")
    found = laws().get(name)
    if found is None:
        raise RejectedError(f"no law {name!r}")
    if not isinstance(arguments, dict) or set(arguments) != set(found.parameters):
        raise RejectedError(f"the law {name} has the arguments {', '.join(found.parameters)}")
    values = {t.variable(key): step.read_term(text) for key, text in arguments.items()}

    def instance(term: Term) -> Term:
        return t.substitute(term, values)

    premises = [map_terms(premise, instance) for premise in found.premises]
    conclusion = map_terms(found.conclusion, instance)
    terms = [c for value in values.values() for c in definedness(value)]
    sides = () if name in TOTAL else defined(conclusion)
    return (*showing(s, (*terms, *premises, *sides)), s.assuming(conclusion))
