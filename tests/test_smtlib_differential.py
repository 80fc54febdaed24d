"""Random scripts, read here and by Z3: at a point both find the same, and no answers contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from random import Random

import pytest
import z3
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from smtlib_scripts import Scripts

from srverify.audit.portfolio import Portfolio
from srverify.claims.obligation import Options
from srverify.commands.answers import answered
from srverify.commands.prove import answer
from srverify.language.errors import InputError
from srverify.language.formula import Not, conjunction
from srverify.language.smtlib import terms as smtlib_terms
from srverify.language.smtlib.question import Question
from srverify.language.smtlib.reader import read_smtlib
from srverify.numerics.arb_eval import holds_at

#: Scripts are small already, and shrinking takes minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
COORDINATES = st.fractions(-3, 3, max_denominator=3)
POINTS = st.tuples(COORDINATES, COORDINATES, st.booleans(), st.booleans())


def z3_answers(script: str) -> list[str]:
    context = z3.Context()
    lines = z3.Z3_eval_smtlib2_string(context.ref(), f"(set-option :timeout 2000){script}").split("\n")
    assert not any("error" in line for line in lines), (lines, script)
    return [line for line in lines if line]


def fixed(values: Mapping[str, Fraction | bool]) -> str:
    """Return assertions that give constants their values."""
    found = []
    for name, value in values.items():
        if isinstance(value, bool):
            found.append(f"(assert (= {name} {str(value).lower()}))")
        else:
            above = str(value.numerator) if value >= 0 else f"(- {-value.numerator})"
            found.append(f"(assert (= (* {value.denominator} {name}) {above}))")
    return "".join(found)


def read(script: str) -> tuple[Question, ...]:
    """Read a script, or nothing if it expands to too much."""
    try:
        return read_smtlib(script)
    except InputError as error:
        if "expands to" in str(error) or "splits into" in str(error) or "division by zero" in str(error):
            return ()
        raise


def truth(question: Question, point: dict[str, Fraction]) -> str:
    """Return whether a point satisfies the assertions; ``unknown`` if it hangs on a division by 0.

    Constants that stand for terms have no value here.
    """
    if question.helpers:
        return "unknown"
    if not question.assertions:
        return "sat"
    assertion = conjunction(*question.assertions)
    if holds_at(assertion, point):
        return "sat"
    return "unsat" if holds_at(Not(assertion), point) else "unknown"


@settings(max_examples=60, deadline=None, phases=PHASES)
@given(st.randoms(use_true_random=False), POINTS)
def test_scripts_mean_the_same_at_a_point(
    random: Random, point: tuple[Fraction, Fraction, bool, bool]
) -> None:
    scripts = Scripts(random)
    commands = scripts.commands(8)
    x, y, p, q = point
    at = fixed({"x": x, "y": y, "p": p, "q": q})
    body = "\n".join(commands)
    values = {"x": x, "y": y, "p": Fraction(p), "q": Fraction(q)}
    found = [truth(question, values) for question in read(scripts.header + body)]
    if found:
        for ours, theirs in zip(found, z3_answers(scripts.header + at + body), strict=True):
            assert "unknown" in (ours, theirs) or ours == theirs, body


@contextmanager
def limits(*, shares: bool) -> Iterator[None]:
    """Let constants stand for nearly everything, if wanted."""
    with pytest.MonkeyPatch.context() as patch:
        if shares:
            patch.setattr(smtlib_terms, "MAX_CASES", 2)
            patch.setattr(smtlib_terms, "MAX_SHARED", 4)
        yield


@pytest.mark.parametrize("shares", [False, True])
@settings(max_examples=40, deadline=None, phases=PHASES)
@given(st.randoms(use_true_random=False), st.integers(-7, 7), st.integers(-7, 7), POINTS)
def test_terms_have_the_same_values(
    shares: bool, random: Random, n: int, m: int, point: tuple[Fraction, Fraction, bool, bool]
) -> None:
    with limits(shares=shares):
        compare_values(random, n, m, point)


def compare_values(random: Random, n: int, m: int, point: tuple[Fraction, Fraction, bool, bool]) -> None:
    scripts = Scripts(random, integral=True)
    terms = [scripts.integer(3), scripts.truth(3), scripts.real(2)]
    x, y, p, q = point
    values = {"x": x, "y": y, "n": Fraction(n), "m": Fraction(m), "p": p, "q": q}
    model = {name: str(value).lower() for name, value in values.items()}
    for term in terms:
        script = f"{scripts.header}(check-sat)(get-value ({term}))"
        for question in read(script):
            _, told = answered(question, "sat", model)
            if "is not known" in told:
                continue
            value = told.removeprefix(f"(({term} ").removesuffix("))")
            check = f"{scripts.header}{fixed(values)}(assert (distinct {term} {value}))(check-sat)"
            assert z3_answers(check) in (["unsat"], ["unknown"]), (term, value)


@pytest.fixture(scope="module")
def portfolio() -> Iterator[Portfolio]:
    with Portfolio([], Options(timeout=2), jobs=2) as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_no_answers_contradict(seed: int, portfolio: Portfolio) -> None:
    scripts = Scripts(Random(seed), integral=seed % 3 == 0, uninterpreted=seed % 5 < 2)
    script = scripts.header + "\n".join(scripts.commands(8))
    with limits(shares=seed % 2 == 0):
        questions = read(script)
    if questions:
        ours = [answer("script", question, portfolio).answer for question in questions]
        for pair in zip(ours, z3_answers(script), strict=True):
            assert set(pair) != {"sat", "unsat"}, script
