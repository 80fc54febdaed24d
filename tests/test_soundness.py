"""Random statements: a ``proved`` is never contradicted."""

from fractions import Fraction

import pytest
from corpus import HARD, ROWS
from flint import ctx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srverify.language import term as t
from srverify.language.formula import And, Relation
from srverify.language.statement import Domain, Statement, Variable
from srverify.numerics.arb_eval import evaluate, violates
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
def test_tapes_enclose_values(term, first, second, random):
    """What the refutation's compiled terms say of a region holds at its points."""
    region = Region.of({"x": Range.of(first), "y": Range.of(second)})
    tape = Tape(NAMES)
    slot = tape.walk(term)
    for _ in range(25):
        point = {"x": random.choice(points(first)), "y": random.choice(points(second))}
        value = evaluate(term, point, 192)
        if not value.defined:
            continue
        wide = tape.run(region.box, 96)[slot]
        assert not wide[0] > value.ball, (term, point)
        assert not wide[1] < value.ball, (term, point)


@pytest.fixture(autouse=True)
def precision():
    with ctx.workprec(96):
        yield


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
