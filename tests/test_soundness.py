"""Random statements: a ``proved`` is never contradicted, and neither is an exact reduction."""

from fractions import Fraction
from itertools import product

import pytest
from corpus import HARD, ROWS
from flint import arb, ctx, fmpq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srverify.language import term as t
from srverify.language.formula import And, Relation
from srverify.language.parser import parse_term
from srverify.language.statement import Domain, Statement, Variable
from srverify.numerics.arb_eval import evaluate, holds_at, rational, violates
from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.jets import Bound
from srverify.numerics.prover.normalize import Normalizer
from srverify.numerics.prover.poly import UnrepresentableError
from srverify.numerics.prover.region import Range, Region
from srverify.numerics.prover.solve import prove
from srverify.numerics.prover.tape import Tape

CALM = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
FEW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=CALM)
MANY = settings(max_examples=1500, deadline=None, suppress_health_check=CALM)
AT_LENGTH = {}


def checked(*strategies):
    """Test a property on a few random statements, and register it for many."""

    def decorate(function):
        AT_LENGTH[function.__name__] = MANY(given(*strategies)(function))
        return FEW(given(*strategies)(function))

    return decorate


NAMES = ("x", "y")
LEAVES = st.one_of(
    st.sampled_from([t.variable(name) for name in NAMES]),
    st.fractions(-4, 4, max_denominator=6).map(t.number),
)


def _compound(children):
    exponents = st.sampled_from([-2, -1, 2, 3]).map(t.number)
    roots = st.sampled_from([Fraction(1, 3), Fraction(-1, 2), Fraction(3, 2)]).map(t.number)

    def quotient(pair):
        return t.div(*pair) if pair[1] != 0 else pair[0]

    def power(pair):
        return pair[0] if pair[0] == 0 else t.power(*pair)

    return st.one_of(
        st.tuples(children, children).map(lambda p: t.add(*p)),
        st.tuples(children, children).map(lambda p: t.sub(*p)),
        st.tuples(children, children).map(lambda p: t.mul(*p)),
        st.tuples(children, children).map(quotient),
        st.tuples(children, exponents).map(power),
        st.tuples(children, roots).map(power),
        st.tuples(children, children).map(lambda p: t.maximum(*p)),
        children.map(t.exp),
        children.map(t.log),
        children.map(t.sqrt),
        children.map(t.absolute),
        children.map(lambda c: t.lambertw(c, 0)),
    )


TERMS = st.recursive(LEAVES, _compound, max_leaves=6)
ENDS = st.sampled_from([None, *map(Fraction, (-2, -1, 0, 1, 3)), Fraction(1, 2)])


@st.composite
def domains(draw):
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low >= high:
        low, high = high, low if low > high else high + 1
    ends = [None if end is None else t.number(end) for end in (low, high)]
    opened = [draw(st.booleans()) and end is not None for end in ends]
    return Domain(False, *ends, *opened)


def points(domain):
    """Return exact points of a domain: near and at its ends, simple, tiny and large ones."""
    anchors = [Fraction(end.p, end.q) for end in (domain.lower, domain.upper) if end is not None]
    values = [Fraction(k, 4) for k in range(-12, 13)]
    values += [sign * Fraction(10) ** k for k in (-40, -9, 1, 3, 9, 40) for sign in (1, -1)]
    values += [
        a + sign * Fraction(10) ** -k for a in anchors for k in (30, 12, 6, 2) for sign in (1, -1)
    ]
    return [v for v in dict.fromkeys([*anchors, *values]) if domain.contains(t.number(v))]


@checked(
    TERMS, TERMS, domains(), domains(), st.sampled_from(["<", "<="]), st.randoms(use_true_random=False)
)
def test_proved_statements_hold_at_exact_points(left, right, first, second, operator, random):
    variables = (Variable("x", first), Variable("y", second))
    statement = Statement(variables, (), Relation(operator, left, right))
    result = prove(statement, timeout=0.7)
    xs, ys = points(first), points(second)
    if result.status == "refuted":
        assert violates(statement, result.witness)
    if result.status == "proved":
        for _ in range(60):
            point = {"x": random.choice(xs), "y": random.choice(ys)}
            assert not violates(statement, point, 512), point


@checked(TERMS, domains(), st.fractions(-1, 1), st.randoms(use_true_random=False))
def test_a_bound_between_two_values_is_not_proved(term, domain, shift, random):
    """The value at a point is no strict bound: tight statements, strict ones false."""
    statement = Statement((Variable("x", domain), Variable("y", domain)), (), Relation("<", term, term))
    point = {name: random.choice(points(domain)) for name in NAMES}
    value = evaluate(term, point, 128)
    if value.exact is None or value.exact.q > 10**9:
        return
    bound = t.number(Fraction(int(value.exact.p), int(value.exact.q)))
    for relation in (Relation("<", term, bound), Relation("<", bound, term)):
        result = prove(statement.with_conclusion(relation), timeout=0.5)
        assert result.status != "proved", (relation, point)


@checked(TERMS, domains(), domains(), st.randoms(use_true_random=False))
def test_normal_forms_keep_values_and_signs(term, first, second, random):
    """The normal form agrees with the written term wherever that is defined; so do signs and tapes."""
    region = Region.of({"x": Range.of(first), "y": Range.of(second)})
    algebra = Algebra(region)
    try:
        poly = Normalizer(algebra).walk(term)
    except UnrepresentableError:
        return
    sign = algebra.sign(poly)
    tape = Tape(NAMES)
    slot = tape.walk(term)
    for _ in range(25):
        point = {"x": random.choice(points(first)), "y": random.choice(points(second))}
        value = evaluate(term, point, 192)
        if not value.defined:
            continue
        thin = Region.of({name: _point(v) for name, v in point.items()})
        low, high = algebra.enclose(poly, thin)
        assert not low > value.ball, (term, poly, point)
        assert not high < value.ball, (term, poly, point)
        wide = tape.run(region.box, 96)[slot]
        assert not wide[0] > value.ball, (term, point)
        assert not wide[1] < value.ball, (term, point)
        if sign == 2:
            assert not value.ball <= 0, (term, poly, point)
        if sign == -2:
            assert not value.ball >= 0, (term, poly, point)
        if sign == 1:
            assert not value.ball < 0, (term, poly, point)
        if sign == -1:
            assert not value.ball > 0, (term, poly, point)


@pytest.fixture(autouse=True)
def precision():
    with ctx.workprec(96):
        yield


def _point(value):
    number = fmpq(value.numerator, value.denominator)
    return Range(number, number)


@checked(TERMS, domains(), st.randoms(use_true_random=False))
def test_derivatives_are_slopes(term, domain, random):
    """Between two points of a regular region the mean slope lies in the derivative's range."""
    part = Range.of(domain)
    middle = part.middle()
    narrow = Range(middle, middle + fmpq(1, 64))
    if not (part.contains(narrow.low) and part.contains(narrow.high)):
        return
    region = Region.of({"x": narrow, "y": narrow})
    algebra = Algebra(region)
    try:
        poly = Normalizer(algebra).walk(term)
        slope = algebra.derivative(poly, "x")
        if not algebra.regular(poly):
            return
        low, high = algebra.enclose(slope, region)
        left = algebra.enclose(
            poly, region.changed("x", Range(narrow.low, narrow.low)).changed("y", _at(middle))
        )
        right = algebra.enclose(
            poly, region.changed("x", Range(narrow.high, narrow.high)).changed("y", _at(middle))
        )
    except (UnrepresentableError, iv.Empty):
        return
    rise = iv.scale(iv.sub(right, left), iv.exact(fmpq(64))[0])
    assert not rise[1] < low, (term, poly, slope)
    assert not rise[0] > high, (term, poly, slope)


def _at(value):
    return Range(value, value)


@checked(TERMS, domains(), domains(), st.integers(-12, 12), st.randoms(use_true_random=False))
def test_bounds_by_slopes_hold_at_exact_points(term, first, second, digits, random):
    """A term that derivatives show to be below a number on a box is defined and below it there."""
    region = Region.of({"x": _piece(first, random), "y": _piece(second, random)})
    middle = {name: _fraction(part.middle()) for name, part in region.ranges}
    value = evaluate(term, middle, 96)
    if not value.defined or not value.ball.is_finite() or not abs(value.ball) < 10**9:
        return
    guess = Fraction(float(value.ball)).limit_denominator(1000)
    tape = Tape(NAMES)
    bound = t.number(guess + Fraction((-1) ** (digits < 0), 2 ** abs(digits)))
    below = Bound(tape, tape.difference(term, bound)).negative(region.box, True)
    above = Bound(tape, tape.difference(bound, term)).negative(region.box, True)
    for _ in range(40 if below or above else 0):
        point = {name: _inside(part, random) for name, part in region.ranges}
        found = evaluate(term, point, 192)
        assert found.defined, (term, region, point)
        assert not below or not found.ball >= arb(rational(bound)), (term, bound, region, point)
        assert not above or not found.ball <= arb(rational(bound)), (term, bound, region, point)


@pytest.mark.parametrize("direction", [1, -1])
def test_slopes_take_an_end_for_the_number_that_it_is(direction):
    """The term is 10^-30 y z at x = p/q, which is mostly no ball's middle, and less elsewhere."""
    wrong = []
    for p, q in product(range(-12, 13), range(2, 30)):
        tape = Tape(("x", "y", "z"))
        text = f"{direction * q}*x - ({direction * p}) + y*z/10^30"
        goal = tape.walk(parse_term(text, dict.fromkeys("xyz", "real")))
        end = Fraction(p, q)
        part = (end - 1, end) if direction > 0 else (end, end + 1)
        box = [(iv.exact(low)[0], iv.exact(high)[0]) for low, high in (part, (-1, 1), (-1, 1))]
        if Bound(tape, goal).negative(box, False):
            wrong.append(end)
    assert wrong == []


def _piece(domain, random):
    low = random.choice([p for p in points(domain) if abs(p) < 100])
    high = low + Fraction(1, random.choice([1, 2, 16, 1000]))
    return Range(*(fmpq(end.numerator, end.denominator) for end in (low, high)))


def _fraction(value):
    return Fraction(int(value.p), int(value.q))


def _inside(part, random):
    low, high = _fraction(part.low), _fraction(part.high)
    return low + (high - low) * random.choice([0, 1, Fraction(1, 2), Fraction(random.random())])


@pytest.mark.slow  # the same properties on many more random statements
@pytest.mark.parametrize("name", list(AT_LENGTH))
def test_at_length(name):
    AT_LENGTH[name]()


def _strengthened(formula, margin):
    if isinstance(formula, Relation):
        return Relation("<=", t.add(formula.left, margin), formula.right)
    return And(tuple(_strengthened(part, margin) for part in formula.parts))


#: Their margin has the infimum 0 (``key-count`` is tight in the ratio of its sides only).
TIGHT = [
    row
    for row in ROWS
    if row.true
    and "tight" in row.tags
    and row.id != "key-count"
    and isinstance(row.statement.goal, Relation | And)
]


def strengthened(row, margin):
    statement = row.statement
    return statement.with_conclusion(_strengthened(statement.goal, t.number(margin)))


@pytest.mark.parametrize("row", [row for row in TIGHT if row.id not in HARD], ids=lambda row: row.id)
def test_a_tight_inequality_is_not_proved_with_a_margin(row):
    assert prove(strengthened(row, "1e-7"), timeout=0.4).status != "proved"


@pytest.mark.slow  # the hard rows, with more time for a wrong proof
@pytest.mark.parametrize("margin", ["1e-3", "1e-15"])
def test_no_tight_inequality_is_proved_with_a_margin(margin):
    for row in TIGHT:
        assert prove(strengthened(row, margin), timeout=3.0).status != "proved", row.id


def test_a_wrong_derivative_would_be_caught():
    algebra = Algebra(Region.of({"x": Range(fmpq(1), fmpq(2))}))
    poly = Normalizer(algebra).walk(t.exp(t.variable("x")))
    low, high = algebra.enclose(algebra.derivative(poly, "x"), algebra.region)
    assert low > 2
    assert high < 8
    assert holds_at(Relation("<", t.number(2), t.exp(t.variable("x"))), {"x": 1})


@pytest.mark.parametrize(
    ("show", "given_", "variables"),
    [
        ("1 = 2", (), {}),
        ("x = 2", (), {"x": "[0, 1]"}),
        ("x = 2", ("x^2 = 2", "x > 0"), {"x": "real"}),
        ("x = 2 or x = 3", (), {"x": "[0, 1]"}),
        ("x^2 + 1 = 2*x^2 + 2", (), {"x": "real"}),
    ],
)
def test_below_is_not_equal(show, given_, variables):
    """An equation whose left side lies below its right side everywhere is false."""
    assert prove(Statement.parse(show, given_, variables), timeout=2.0).status != "proved"


@pytest.mark.parametrize(
    "cusp",
    [
        "(x^2)^(1/3)",
        "sqrt(x^2)",
        "abs(x)",
        "((x - y + 3/2)^2)^(1/3)",
        "(x^2)^(2/3)",
        "(x^2)^(1/3)*exp(x)",
        "max(x, -x)",
        "sqrt(abs(x))",
    ],
)
def test_no_derivative_is_taken_across_a_cusp(cusp):
    """The sum is 0 on the line of the cusp, where the square is 0 at the irrational y = sqrt(2).

    In the fourth row the cusp's line meets ``y = sqrt(2)`` within the box.
    """
    show, domains = f"{cusp} + (y^2 - 2)^2 > 0", {"x": "[-1, 2]", "y": "[0, 2]"}
    assert prove(Statement.parse(show, (), domains), timeout=1.5).status != "proved"


def test_a_concave_arc_beside_a_cusp_is_still_proved():
    show, domains = "(x^2)^(1/3) + (y^2 - 2)^2 > 0", {"x": "[1/8, 2]", "y": "[0, 2]"}
    assert prove(Statement.parse(show, (), domains), timeout=5.0).status == "proved"
