"""The checker's own arithmetic on random terms, against evaluation at exact points."""

from fractions import Fraction
from random import Random

import pytest
from flint import arb, ctx, fmpq

from srverify.checker.enclosures import interval as iv
from srverify.checker.enclosures.derivative import derivative, differentiability
from srverify.checker.enclosures.evaluation import Evaluator, decide, decided_by_slopes, interval_of
from srverify.checker.enclosures.polynomial import former
from srverify.checker.enclosures.substitution import substituted
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import Relation, negation
from srverify.language.statement import Domain
from srverify.numerics.arb_eval import evaluate, holds_at

X, Y, N = t.variable("x"), t.variable("y"), t.variable("n", natural=True)
NUMBERS = [Fraction(n, d) for n in (-3, -2, -1, 0, 1, 2, 5) for d in (1, 2, 3)]
ENDS = [None, *map(Fraction, ("-2", "-1", "-1/3", "0", "1/3", "1/2", "1", "2", "7"))]


def random_term(random, depth, variables=(X, Y, N)):
    """Return a random term that uses every operator sooner or later."""
    if depth == 0 or random.random() < 0.15:
        return random.choice([*variables, *variables, t.number(random.choice(NUMBERS))])

    def inner():
        return random_term(random, depth - 1, variables)

    choice = random.randrange(16)
    if choice < 3:
        return t.add(inner(), inner())
    if choice < 6:
        return t.mul(inner(), inner())
    if choice == 6:
        return t.power(inner(), t.number(random.choice([-3, -2, -1, 0, 2, 3])))
    if choice == 7:
        return t.power(
            inner(), t.number(random.choice([Fraction(1, 3), Fraction(-1, 2), Fraction(5, 2)]))
        )
    if choice == 8:
        return t.power(inner(), random.choice([variables[-1], inner()]))
    if choice == 9:
        return t.lambertw(inner(), random.choice([0, -1]))
    if choice == 10:
        return random.choice([t.minimum, t.maximum])(inner(), inner())
    if choice == 11:
        return t.div(inner(), inner())
    return random.choice([t.exp, t.log, t.sqrt, t.absolute, t.neg])(inner())


def random_terms(seed, count, **more):
    random = Random(seed)
    while count:
        try:
            term = random_term(random, 4, **more)
        except InputError:  # a literal division by zero
            continue
        count -= 1
        yield random, term


def random_domain(random, natural):
    while True:
        low, high = random.choice(ENDS), random.choice(ENDS)
        try:
            return Domain(
                natural,
                None if low is None else t.number(low),
                None if high is None else t.number(high),
                low is not None and random.random() < 0.5,
                high is not None and random.random() < 0.5,
            )
        except InputError:
            continue


def random_point(random, domain):
    low = -9 if domain.lower is None else domain.lower.value
    high = low + 30 if domain.upper is None else domain.upper.value
    while True:
        share = random.choice(
            [Fraction(0), Fraction(1), Fraction(1, 10**6), Fraction(random.randrange(1001), 1000)]
        )
        value = low + (high - low) * share
        if domain.natural:
            value = Fraction(int(value))
        if domain.contains(t.number(value)):
            return value


@pytest.mark.parametrize("precision", [3, 10, 53, 64, 200])
def test_enclosures_contain_the_values_and_know_where_terms_are_defined(precision):
    decided = 0
    for random, term in random_terms(precision, 400):
        domains = {s: random_domain(random, t.is_natural(s)) for s in (X, Y, N)}
        with ctx.workprec(precision):
            box = {s: interval_of(domain) for s, domain in domains.items()}
            (low, high, low_open, high_open), defined = Evaluator(box).walk(term)
        assert low.is_exact()
        assert high.is_exact()
        for _ in range(12):
            point = {s.name: random_point(random, domain) for s, domain in domains.items()}
            value = evaluate(term, point, 400)
            shown = (term, point, low, high)
            if defined is not None:
                decided += 1
                assert value.defined is not (not defined), shown
            if value.defined and value.ball.is_finite():
                # Certainly below the lower end, or at an end that is excluded: both are faults.
                assert not value.ball < low, shown
                assert not value.ball > high, shown
                if value.exact is not None:
                    assert value.exact != fmpq(*_exact(low)) or not low_open, shown
                    assert value.exact != fmpq(*_exact(high)) or not high_open, shown
    assert decided > 1000


def _exact(end):
    if not end.is_finite():
        return 10**40 + 1, 7
    mantissa, exponent = end.man_exp()
    exponent = int(exponent)
    return (int(mantissa) << max(0, exponent), 1 << max(0, -exponent))


@pytest.mark.parametrize("precision", [10, 64])
def test_decisions_agree_with_exact_points(precision):
    settled = {True: 0, False: 0, "slopes": 0}
    for random, left in random_terms(precision + 1, 500):
        right = random.choice([t.number(random.choice(NUMBERS)), X, t.mul(X, Y), t.add(left, X), N])
        relation = Relation(random.choice(["<", "<=", "="]), left, right)
        domains = {s: random_domain(random, t.is_natural(s)) for s in (X, Y, N)}
        with ctx.workprec(precision):
            box = {s: interval_of(domain) for s, domain in domains.items()}
            found = decide(relation, Evaluator(box))
            try:
                by_slopes = decided_by_slopes(relation, box)
            except RejectedError:
                by_slopes = False
        for _ in range(8):
            point = {s.name: random_point(random, domain) for s, domain in domains.items()}
            held = holds_at(relation, point, 512)
            if found is not None and held is not None:
                settled[found] += 1
                assert found == held, (relation, point)
            if by_slopes:
                settled["slopes"] += 1
                assert held is not False, (relation, point)
    assert min(settled.values()) > 50, settled


def test_derivatives_agree_with_difference_quotients():
    compared = 0
    step = Fraction(1, 2**120)
    for random, term in random_terms(7, 600, variables=(X, Y)):
        try:
            conditions, slope = differentiability(term, X), derivative(term, X)
        except RejectedError:
            continue
        slope = t.number(0) if slope is None else slope
        point = {
            "x": Fraction(random.randrange(-400, 400), 131),
            "y": Fraction(random.randrange(-300, 300), 97),
        }
        if not all(holds_at(c, point, 256) for c in conditions):
            continue
        value = evaluate(slope, point, 600)
        assert value.defined is not False, (term, point)
        ahead, behind = (evaluate(term, {**point, "x": point["x"] + d}, 600) for d in (step, -step))
        quotient = (ahead.ball - behind.ball) / arb(fmpq(2, 2**120))
        if not (quotient.is_finite() and value.ball.abs_upper() < 10**6):
            continue  # the quotient says nothing where curvature is huge
        scale = 1 + abs(value.ball)
        assert not abs(quotient - value.ball) > scale * arb(2) ** -60, (term, point, value, quotient)
        compared += 1
    assert compared > 100


def test_normal_forms_have_the_values_of_their_terms():
    compared = 0
    for random, term in random_terms(11, 500):
        try:
            forms = former([term])
            written = forms.written(forms.walk(term))
        except (RejectedError, InputError):
            continue
        for _ in range(6):
            point = {
                "x": random.choice(NUMBERS),
                "y": random.choice(NUMBERS),
                "n": Fraction(random.randrange(4)),
            }
            value = evaluate(term, point, 300)
            if not value.defined or not value.ball.is_finite():
                continue
            other = evaluate(written, point, 300)
            assert other.defined is not False, (term, written, point)
            assert other.ball.overlaps(value.ball), (term, written, point)
            compared += 1
    assert compared > 500


def test_substitution_keeps_value_and_definedness():
    compared = 0
    for random, term in random_terms(13, 800):
        values = {X: t.number(random.choice(NUMBERS)), Y: t.number(random.choice(NUMBERS))}
        try:
            there = substituted(term, values)
        except RejectedError:
            continue
        point = {"x": values[X].value, "y": values[Y].value, "n": Fraction(random.randrange(4))}
        old, new = evaluate(term, point, 300), evaluate(there, point, 300)
        if old.defined is not None and new.defined is not None:
            assert old.defined == new.defined, (term, there, point)
            compared += 1
            if old.defined and old.ball.is_finite() and new.ball.is_finite():
                assert old.ball.overlaps(new.ball), (term, there, point)
    assert compared > 200


@pytest.mark.parametrize("operator", ["<", "<=", "="])
def test_negations_of_relations_are_decided_the_other_way(operator):
    for random, left in random_terms(17, 150):
        right = random.choice([t.number(random.choice(NUMBERS)), X, t.mul(X, Y), t.neg(left)])
        relation = Relation(operator, left, right)
        box = {s: interval_of(random_domain(random, t.is_natural(s))) for s in (X, Y, N)}
        one, other = (decide(f, Evaluator(box)) for f in (relation, negation(relation)))
        assert not (one and other), (relation, box)


def test_a_minimum_of_one_term_is_that_term():
    box = {X: iv.Interval(iv.ZERO, iv.ONE)}
    assert Evaluator(box).walk(t.minimum(X)).at == box[X]
    with pytest.raises(RejectedError, match="no domain"):
        Evaluator(box).walk(t.add(X, Y))


def test_ends_at_infinity_and_zero_are_safe():
    line, half = iv.LINE, iv.Interval(iv.ZERO, iv.INF, True, True)
    assert iv.mul(iv.Interval(iv.ZERO, iv.ZERO), line) == iv.Interval(iv.ZERO, iv.ZERO)
    assert iv.inverse(half) == half
    assert iv.inverse(line) == line
    assert iv.exp(line) == iv.Interval(iv.ZERO, iv.INF, True, True)
    assert iv.power(line, 2).low == 0
    assert not iv.power(line, 2).low_open
    assert iv.mul(half, half).low_open


def test_products_of_positive_intervals_are_those_of_their_negatives():
    # Positive ones are multiplied end by end, others corner by corner.
    random = Random(7)
    for _ in range(500):
        a, b = (
            iv.Interval(
                arb(low) / 8, arb(low + random.randrange(3)) / 7, *random.choices([True, False], k=2)
            )
            for low in (random.randint(1, 20), random.randint(1, 20))
        )
        quick, slow = iv.mul(a, b), iv.mul(iv.neg(a), iv.neg(b))
        assert (quick.low, quick.high) == (slow.low, slow.high)
        # Where rounding makes corners alike, an end may count as open that is never attained.
        assert quick.low_open or not slow.low_open
        assert quick.high_open or not slow.high_open
