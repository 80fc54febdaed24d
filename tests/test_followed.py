"""What is said of proof objects without translating them is what the translation says."""

from __future__ import annotations

import pytest

from srverify.checker.laws import laws
from srverify.checker.rules import RULES
from srverify.kernels.rocq.replay.logic import proved_laws
from srverify.kernels.rocq.replay.node import TRANSLATIONS
from srverify.kernels.rocq.replay.printing import _KNOWN
from srverify.kernels.rocq.replay.translate import steps
from srverify.language.errors import UnsupportedError
from srverify.language.statement import Statement
from srverify.numerics.tactics import followed
from srverify.numerics.tactics.search import find

STATEMENTS = {
    "log(x) <= x - 1": {"x": "(0, oo)"},
    "exp(x) >= 1 + x + x^2/2": {"x": "[0, oo)"},
    "sin(x) <= x": {"x": "[0, oo)"},
    "x/(1 + x^2) <= atan(x)": {"x": "[0, oo)"},
    "cosh(x) >= 1 + x^2/2": {"x": "real"},
    "sqrt(x*y) <= (x + y)/2": {"x": "(0, oo)", "y": "(0, oo)"},
    "x*log(x/y) >= x - y": {"x": "(0, oo)", "y": "(0, oo)"},
    "log(1 + x) - x/(1 + x) <= x^2": {"x": "[0, oo)"},
    "exp(-x) <= 1/(1 + x)": {"x": "[0, oo)"},
    "x + 1/x >= 2": {"x": "(0, oo)"},
    "abs(x + y) <= abs(x) + abs(y)": {"x": "real", "y": "real"},
    "log(1 + exp(x)) >= x/2 + log(2)": {"x": "real"},
}


def test_the_kinds_of_steps_laws_and_functions_are_those_of_the_translation():
    assert RULES.keys() - TRANSLATIONS.keys() == followed.RULES
    assert {name for name in laws() if followed.is_law_followed(name)} == proved_laws() & laws().keys()
    assert followed.FUNCTIONS == _KNOWN


@pytest.mark.parametrize("show", STATEMENTS)
def test_a_proof_is_followed_if_and_only_if_it_is_translated(show):
    statement = Statement.parse(show, variables=STATEMENTS[show])
    found, reason = find(statement, 30)
    assert found is not None, reason
    try:
        steps(statement, found)
    except UnsupportedError:
        translated = False
    else:
        translated = True
    said = followed.may_be_followed(statement) and followed.is_followed(found)
    assert said is translated


@pytest.mark.parametrize(
    "step",
    [
        {"rule": "normalize"},
        {"rule": "telescope"},
        {"rule": "monotone", "by": "limit"},
        {"rule": "cover", "tree": ["x", "1", "i", "el1"]},
        {"rule": "law", "name": "cosh_exp"},
    ],
    ids=str,
)
def test_one_step_that_is_not_translated_is_enough(step):
    assert not followed.is_followed({"rule": "and_goal", "children": [{"rule": "assumption"}, step]})
    assert followed.is_followed({"rule": "and_goal", "children": [{"rule": "assumption"}]})
