"""Products, powers and exponentials compared by their logarithms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.statement import Variable
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import negative
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL, Space, factored, is_rational, polynomial
from srverify.numerics.tactics.hypotheses import combined, is_evident
from srverify.numerics.tactics.lawful import has_powers, law, linear_parts, nodes, rewriting
from srverify.numerics.tactics.monomials import has_least_distance


def by_isolating(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Divide by the factor of a logarithm, so that differentiating makes it vanish."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or goal.left is not t.ZERO:
        return
    for atom, p, r in linear_parts(goal.right, ("log",)):
        if not t.symbols_of(p):
            continue
        direction = sign(p, sequent)
        if direction not in (1, -1):
            continue
        k = p if direction > 0 else t.neg(p)
        new = t.add(atom if direction > 0 else t.neg(atom), t.div(r, k))
        yield {"rule": "rewrite", "k": str(k), "goal": f"0 {goal.operator} {new}"}, 1


def by_single_logarithms(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare two products by their logarithms."""
    return _by_logarithms(driver, sequent, depth, single=True)


def by_steep_exponentials(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare a sum of exponentials with one of a higher degree by their logarithms."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO:
        return
    atoms = [n for n in dict.fromkeys(t.subterms(goal.right)) if n.operator == "exp" and t.symbols_of(n)]
    degrees = [_degree(n.arguments[0]) for n in atoms]
    if len(degrees) > 1 and None not in degrees and degrees.count(max(degrees)) == 1:  # type: ignore[type-var]
        steep = atoms[degrees.index(max(degrees))]  # type: ignore[type-var]
        yield from _by_logarithms(driver, sequent, depth, single=False, only=steep)


def _degree(term: Term) -> int | None:
    """Return the degree of a polynomial in the variable in which it is highest."""
    try:
        form = Space([term]).form(term)
    except RejectedError:
        return None
    return max(map(int, form.p.degrees()), default=0) if form.q.is_constant() else None


def by_logarithms(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare sums by their logarithms."""
    return _by_logarithms(driver, sequent, depth, single=False)


def _by_logarithms(
    driver: Driver, sequent: Sequent, depth: int, *, single: bool, only: Term | None = None
) -> Iterator[Proposal]:
    """Compare ``A*exp(u)`` with B, both positive, by comparing u with ``log(B/A)``."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or goal.left is not t.ZERO:
        return
    name = "exp_strict" if goal.operator == "<" else "exp_monotone"
    kind = "pos" if goal.operator == "<" else "nonneg"
    last = len(sequent.hypotheses)
    for atom, p, r in linear_parts(goal.right, ("exp", "realpower")):
        direction = sign(p, sequent)
        if direction not in (1, -1) or sign(r, sequent) != -direction:
            continue
        if only is not None and atom != only:
            continue
        if single and (r.operator == "add" or p.operator == "add") and not _hides_logarithms(atom, p, r):
            continue
        a, b = (p, negative(r)) if direction > 0 else (negative(p), r)
        ratio = b if a is t.ONE else t.div(b, a)
        u = atom.arguments[0]
        if atom.operator == "realpower":
            u = t.mul(atom.arguments[1], t.log(atom.arguments[0]))
        lower, upper = (t.log(ratio), u) if direction > 0 else (u, t.log(ratio))
        links: list[Link] = [
            {"rule": "have", "formula": f"{lower} {goal.operator} {upper}"},
            law("exp_log", a=ratio),
            law(name, a=lower, b=upper),
        ]
        weight = ["term", str(a)]
        summands: list[tuple[object, ...]] = [
            (1, ["hyp", last + 2], [kind, str(a)]),
            (-direction, ["hyp", last + 1], weight),
        ]
        if atom.operator == "realpower":
            links.append(law("power_exp", a=atom.arguments[0], b=atom.arguments[1]))
            summands.append((-direction, ["hyp", last + 3], weight))
        found = driver.chain(sequent, [*links, combined(*summands)], depth - 1)
        if found is not None:
            yield found, -1


def _hides_logarithms(atom: Term, p: Term, r: Term) -> bool:
    """Tell whether an exponential of logarithms is compared with terms that have neither."""
    inside = any(n.operator == "log" for n in t.subterms(atom.arguments[0]))
    kinds = ("exp", "log", "realpower", "natpower")
    return inside and all(n.operator not in kinds for part in (p, r) for n in t.subterms(part))


def by_positive_powers(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show that a power with a positive base is positive."""
    goal = relation(sequent)
    if goal is None or goal.operator != "<" or goal.left is not t.ZERO:
        return
    if goal.right.operator in ("realpower", "natpower"):
        base, exponent = goal.right.arguments
        if sign(base, sequent) == 1:
            last = len(sequent.hypotheses)
            links: list[Link] = [law("power_positive", a=base, b=exponent), combined((1, ["hyp", last]))]
            found = driver.chain(sequent, links, depth)
            if found is not None:
                yield found, -1


#: Stands for whatever variable a function is taken at.
_SLOT = t.variable("slot")
#: What logarithms turn into sums.
_PRODUCTS = ("mul", "div", "power", "ratpower", "realpower", "natpower", "sqrt", "exp", "gamma")
#: Products of these values have simpler derivatives as sums of logarithms.
_LOG_CONCAVE = ("lambertw", "erf", "erfc")


def by_sides(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare two products with powers, exponentials or Gamma in them by their logarithms."""
    goal = relation(sequent)
    if goal is None or depth < 2:
        return
    if depth < 3 and any(map(_is_sum_of_powers, (goal.left, goal.right))):
        # The logarithm of a sum is no simpler than that, and what else there is comes first.
        return
    if any(side.operator in _PRODUCTS and has_powers(side) for side in (goal.left, goal.right)):
        yield from _by_sides(driver, sequent, depth - 1)


def by_log_sides(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Do so at once where only that is plain: values of Gamma, logarithms in exponents, roots."""
    goal = sequent.goal
    if not isinstance(goal, Relation) or goal.operator == "=" or depth < 1:
        return
    sides = goal.left, goal.right
    factors = [f for side in sides for f in _factors(side)]
    alike = any(map(_is_of_two_values, sides)) or (len(sequent.variables) > 1 and _are_alike(factors))
    if not alike and any(n.operator == "lambertw" for f in factors for n in t.subterms(f)):
        # Its equations have exponentials.
        return
    gammas = {f for f in factors if f.operator == "gamma" and t.symbols_of(f)}
    # It costs nothing: what is left has none of them.
    if (
        len(gammas) > 1
        or (gammas and any(map(_has_exponent, sides)))
        or any(map(_hides_a_logarithm, factors))
        or any(map(_is_root, sides))
        or (any(map(_roots_an_exponential, sides)) and not any(map(_is_negative, sequent.variables)))
        or (any(map(_has_exponent, sides)) and all(map(_is_monomial, sides)))
        or alike
        or has_least_distance(*sides)
    ):
        yield from _by_sides(driver, sequent, depth)
    elif goal.left is t.ZERO:
        compared = _two_products(goal)
        if compared is not None:
            last = len(sequent.hypotheses)
            have: Link = {"rule": "have", "formula": formula_text(compared)}
            found = driver.chain(sequent, [have, combined((1, ["hyp", last]))], depth)
            if found is not None:
                yield found, -1


def _two_products(goal: Relation) -> Relation | None:
    """Return ``P <= Q`` for ``0 <= Q - P``, products of powers with values of Gamma."""
    form = polynomial(goal.right)
    if form is None or len(form[1]) != 2:
        return None
    space, poly = form
    atoms = list(space.atoms.values())
    alike = _are_alike(atoms)
    candidate = alike or any(a.operator in ("gamma", "exp") and t.symbols_of(a) for a in atoms)
    if not candidate and sum(a.operator in _LOG_CONCAVE for a in atoms) < 2:
        return None
    context = poly.context()
    sides = {int(c > 0): space.term(context.from_dict({e: abs(c)})) for e, c in poly.to_dict().items()}
    if len(sides) < 2:
        return None
    if has_least_distance(sides[0], sides[1]):
        return Relation(goal.operator, sides[0], sides[1])
    if not (alike or any(_has_exponent(side) or _is_of_two_values(side) for side in sides.values())):
        return None
    return Relation(goal.operator, sides[0], sides[1])


def _are_alike(factors: Iterable[Term]) -> bool:
    """Tell whether a function is taken at two variables, and at what depends on several."""
    single: dict[Term, set[Symbol]] = {}
    several: set[frozenset[str]] = set()
    for u in factors:
        if is_rational(u) or u.operator == "exp":
            continue
        symbols = t.symbols_of(u)
        if len(symbols) > 1:
            several.add(_functions(u))
        elif symbols:
            (x,) = symbols
            single.setdefault(t.substitute(u, {x: _SLOT}), set()).add(x)
    return any(len(found) > 1 and _functions(u) in several for u, found in single.items())


def _is_of_two_values(side: Term) -> bool:
    """Tell whether a product has values of one function at several functions of a variable."""
    parts = side.arguments if side.operator == "mul" else ()
    found = [u for u in parts if u.operator in _LOG_CONCAVE and len(t.symbols_of(u)) == 1]
    # The rest of the arguments says which branch of W.
    kinds = {(u.operator, u.arguments[1:], t.symbols_of(u)) for u in found}
    return len(kinds) < len(set(found))


def _functions(u: Term) -> frozenset[str]:
    """Return the operators in a term that are neither arithmetic nor roots."""
    return frozenset(n.operator for n in t.subterms(u)) - RATIONAL - {"sqrt", "ratpower"}


def _has_exponent(u: Term) -> bool:
    """Tell whether a power in a product has a variable for its exponent."""
    kinds = ("realpower", "natpower")
    return any(n.operator in kinds and t.symbols_of(n.arguments[1]) for n in t.subterms(u))


def _is_monomial(u: Term) -> bool:
    """Tell whether a term is a product, none of its factors a sum."""
    match u.operator, u.arguments:
        case (("mul" | "div"), parts):
            return all(map(_is_monomial, parts))
        case operator, _:
            return operator not in ("add", "neg", "abs", "min", "max", "log")


def _is_root(u: Term) -> bool:
    """Tell whether a term is a quotient with higher roots in several variables, or such a root."""
    if u.operator == "ratpower":
        return u.arguments[0].operator == "div" and len(t.symbols_of(u)) > 1
    parts = [v for v in u.arguments if v.operator == "ratpower"] if u.operator == "div" else []
    return any(len(t.symbols_of(v)) > 1 for v in parts)


def _is_negative(variable: Variable) -> bool:
    """Tell whether a variable is never positive: its sign is taken away first."""
    upper = variable.domain.upper
    return upper is not None and upper <= 0


def _roots_an_exponential(u: Term) -> bool:
    """Tell whether a product has a root of an exponential that varies."""
    match u.operator, u.arguments:
        case (("mul" | "div"), parts):
            return any(map(_roots_an_exponential, parts))
        case (("sqrt" | "ratpower"), (base, *_)):
            return any(f.operator == "exp" and bool(t.symbols_of(f)) for f in _factors(base))
    return False


def _factors(u: Term) -> Iterator[Term]:
    """Yield what the logarithm of a product is the sum of the logarithms of, powers by their bases."""
    match u.operator, u.arguments:
        case (("mul" | "div"), parts):
            for part in parts:
                yield from _factors(part)
        case (("power" | "ratpower" | "realpower" | "natpower" | "sqrt"), (base, *_)):
            yield from _factors(base)
        case _:
            yield u


def _hides_a_logarithm(u: Term) -> bool:
    return u.operator == "exp" and any(n.operator == "log" for n in t.subterms(u) if t.symbols_of(n))


def _by_sides(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    goal = sequent.goal
    if not isinstance(goal, Relation) or goal.operator == "=":
        return
    sides = goal.left, goal.right
    if any(side.operator in ("neg", "abs", "log") for side in sides):
        return
    split = list(_away_from_zero(sequent, sides))
    if split or any(sign(side, sequent) != 1 for side in sides):
        yield from split[:1]
        return
    last = len(sequent.hypotheses)
    name = "log_reflects_strict" if goal.operator == "<" else "log_reflects"
    # What an equation among the hypotheses adds to a certificate is its right side minus its left.
    apart = Apart()
    below, above = apart.log(goal.left, t.ONE), apart.log(goal.right, t.number(-1))
    # What is known already would not be assumed once more.
    conditions = dict.fromkeys(Relation("<", t.ZERO, u) for u in apart.arguments)
    positive = [
        h.right for h in conditions if h not in sequent.hypotheses and not is_evident(sequent, h)
    ]
    first = last + 1 + len(positive)
    summands: list[tuple[object, ...]] = [(1, ["hyp", last])]
    links: list[Link] = []
    for instances, weight in apart.equations:
        summands.append((1, ["hyp", first + len(summands) - 1], ["term", str(weight)]))
        links.append(instances[0])
        for instance in instances[1:]:
            links += rewriting(instance, first + len(summands) - 2, back=True)
    logs = f"{t.log(goal.left)} {goal.operator} {t.log(goal.right)}"
    links += [
        ({"rule": "have", "formula": logs}, combined(*summands)),
        law(name, a=goal.left, b=goal.right),
        combined((1, ["hyp", first + len(summands)])),
    ]
    formulas = [f"{below} {goal.operator} {above}", *(f"0 < {u}" for u in positive)]
    found = driver.apart(sequent, formulas, links, depth)
    if found is not None:
        yield found, -1


class Apart:
    """Logarithms of products, quotients and powers as sums, and the laws that say so."""

    def __init__(self) -> None:
        #: Instances that together say an equation, and its weight.
        self.equations: list[tuple[tuple[Node, ...], Term]] = []
        #: What has to be positive.
        self.arguments: list[Term] = []

    def log(self, u: Term, weight: Term) -> Term:
        """Return the sum that ``log(u)`` is, and note the laws for its multiple by a weight."""
        self.arguments.append(u)
        match u.operator, u.arguments:
            case "exp", (a,):
                self._use(weight, law("log_exp", a=a))
                return a
            case "gamma", (a,):
                value = t.function("loggamma", a)
                self.arguments.append(a)
                self._use(weight, law("log_exp", a=value), law("gamma_loggamma", a=a))
                return value
            case "mul", (a, *rest):
                b = t.mul(*rest)
                self._use(weight, law("log_product", a=a, b=b))
                return t.add(self.log(a, weight), self.log(b, weight))
            case "div", (a, b) if a is t.ONE:
                self._use(weight, law("log_inverse", a=b))
                return t.neg(self.log(b, t.neg(weight)))
            case "div", (a, b):
                self._use(weight, law("log_quotient", a=a, b=b))
                return t.sub(self.log(a, weight), self.log(b, t.neg(weight)))
            case "sqrt", (a,):
                self._use(weight, law("log_sqrt", a=a))
                half = t.number(Fraction(1, 2))
                return t.mul(half, self.log(a, t.mul(half, weight)))
            case (("power" | "ratpower" | "realpower" | "natpower"), (a, b)):
                self._use(weight, law("log_power", a=a, b=b))
                return t.mul(b, self.log(a, t.mul(b, weight)))
        return t.log(u)

    def _use(self, weight: Term, *instances: Node) -> None:
        self.equations.append((instances, weight))


def _is_sum_of_powers(side: Term) -> bool:
    """Tell whether several summands of a factor have powers with exponents that vary."""
    return any(f.operator == "add" and sum(map(has_powers, f.arguments)) > 1 for f in _factors(side))


def _away_from_zero(sequent: Sequent, sides: tuple[Term, ...]) -> Iterator[Proposal]:
    """Tell a closed end of a range apart at which the base of a power vanishes."""
    for variable in sequent.variables:
        domain, x = variable.domain, variable.symbol
        for end, is_open, text in (
            (domain.lower, domain.lower_open, "{end} < {x}"),
            (domain.upper, domain.upper_open, "{x} < {end}"),
        ):
            if end is None or is_open or domain.natural or domain.lower == domain.upper:
                continue
            for base in dict.fromkeys(base for side in sides for base in _bases(side)):
                value = factored(t.substitute(base, {x: end}))
                if value is not None and value.constant == 0:
                    yield {"rule": "cases", "on": text.format(x=x, end=end)}, 1


def _bases(side: Term) -> Iterator[Term]:
    """Yield what must not vanish where logarithms are taken: bases, arguments, and factors."""
    yield from _factors(side)
    for node in t.subterms(side):
        if node.operator in ("realpower", "natpower", "log"):
            yield node.arguments[0]


def by_log_equations(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Take logarithms in an equation of products, such as ``w*exp(w) = x``, where the goal has one.

    Of a factor of the equation: then it says what that logarithm is.
    """
    wanted = {n.arguments[0] for n in nodes(sequent) if n.operator == "log"}
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator != "=":
            continue
        for product, other in ((h.left, h.right), (h.right, h.left)):
            instances = list(spread(product))
            logarithms = {t.log(a) for a in wanted.intersection(product.arguments)}
            if len(instances) < 2 or _is_said(sequent, logarithms):
                continue
            if not logarithms and not _frees(product, other):
                continue
            links = _logged(
                index, len(sequent.hypotheses), product is h.left, instances, list(spread(other))
            )
            found = driver.chain(sequent, links, depth)
            if found is not None:
                yield found, -1
            return


def _frees(product: Term, other: Term) -> bool:
    """Tell whether a variable occurs linearly in an exponent of one side of an equation, and only there.

    The equation of logarithms says what it is, by the logarithm of a variable on the other side.
    """
    if not any(isinstance(f, Symbol) for f in product.arguments):
        return False
    factors = list(_factors(other))
    exponents = [f.arguments[0] for f in factors if f.operator == "exp"]
    outside = t.symbols_of(product).union(*(t.symbols_of(f) for f in factors if f.operator != "exp"))
    if len(exponents) != 1:
        return False
    free = t.symbols_of(exponents[0]) - outside
    if not free:
        return False
    try:
        space = Space(exponents)
        form = space.form(exponents[0])
    except RejectedError:
        return False
    places = [i for i, atom in space.atoms.items() if atom in free]
    powers = [e[i] for i in places for e in (*form.p.to_dict(), *form.q.to_dict())]
    below = [e[i] for i in places for e in form.q.to_dict()]
    return bool(places) and max(powers) == 1 and not any(below)


def _is_said(sequent: Sequent, logarithms: set[Term]) -> bool:
    """Tell whether an equation has one of some logarithms already."""
    given = [h for h in sequent.hypotheses if isinstance(h, Relation) and h.operator == "="]
    return any(n in logarithms for h in given for s in (h.left, h.right) for n in t.subterms(s))


def _logged(index: int, first: int, forwards: bool, own: list[Node], others: list[Node]) -> list[Link]:
    """Return the steps to the equation of logarithms, which becomes the last hypothesis."""
    links: list[Link] = [own[0]]
    for instance in own[1:]:
        links += rewriting(instance, first)
    back = {} if forwards else {"back": True}
    links.append({"rule": "replace", "hyp": index, "in": [first], **back})
    for instance in others:
        links += rewriting(instance, first)
    return links


def spread(u: Term, *, powers: bool = False) -> Iterator[Node]:
    """Yield the laws that write log(u) as a sum, each for what the ones before it leave.

    ``powers``: those of powers and roots too, which give its summands factors.
    """
    again = partial(spread, powers=powers)
    match u.operator, u.arguments:
        case "exp", (a,):
            yield law("log_exp", a=a)
        case "mul", (a, *rest):
            b = t.mul(*rest)
            yield law("log_product", a=a, b=b)
            yield from again(a)
            yield from again(b)
        case "div", (a, b) if a is t.ONE:
            yield law("log_inverse", a=b)
            yield from again(b)
        case "div", (a, b):
            yield law("log_quotient", a=a, b=b)
            yield from again(a)
            yield from again(b)
        case "sqrt", (a,) if powers:
            yield law("log_sqrt", a=a)
            yield from again(a)
        case (("power" | "ratpower" | "realpower"), (a, b)) if powers:
            yield law("log_power", a=a, b=b)
            yield from again(a)
