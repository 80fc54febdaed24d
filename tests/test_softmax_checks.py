"""Every simulated check passes as stated and fails on each of its mutants."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from srverify.language.errors import InputError
from srverify.selfreward.softmax import checks, policies
from srverify.selfreward.softmax.checks import registry, search

ENTRIES = [
    f"{section}{number:02d}"
    for section, numbers in {
        "S": range(1, 10),
        "K": range(1, 4),
        "C": [*range(2, 23), 26, 27, 34, 36],
        "D": [*range(1, 7), *range(15, 19)],
        "E": range(1, 7),
        "F": [*range(1, 7), 10],
        "G": [*range(1, 7), 9, 10],
    }.items()
    for number in numbers
]
# Half a second or more each: learner runs by the hundred thousand, thousands of nets or decompositions.
HEAVY = {"C34", "D15", "D17", "F01", "F05", "F06", "F10", "G06", "S08"}


def test_every_entry_about_policies_or_distributions_has_checks():
    assert checks.checked_entries() == tuple(sorted(ENTRIES))


@pytest.mark.parametrize(
    "entry",
    [pytest.param(entry, marks=[pytest.mark.slow] if entry in HEAVY else []) for entry in ENTRIES],
)
def test_entry_holds_and_every_mutant_is_violated(entry):
    report = checks.slack_report(entry, seed=1)
    assert report.holds, report
    assert report.instances_tried >= 10_000
    assert report.instance
    for part in report.parts:
        assert part.instances_tried >= 5000
        assert part.smallest_slack >= -part.allowance
    for mutant in checks.mutant_reports(entry, seed=1):
        assert not mutant.holds, mutant


def test_a_mutant_of_a_learner_falls_with_the_first_instance_that_refutes_it():
    (learner,) = [check for check in checks.CHECKS["D17"] if check.name == "learner"]
    whole, mutant = learner.run(0), learner.run(0, learner.mutants[0])
    assert whole.holds
    assert whole.instances_tried == 30 * 10_000
    assert not mutant.holds
    assert mutant.instances_tried < whole.instances_tried


def test_obligations_for_the_ledger_can_be_sent_to_a_worker():
    for entry in ENTRIES:
        obligation = checks.simulated_check(entry)
        assert pickle.loads(pickle.dumps(obligation.function)) is obligation.function
    obligation = checks.simulated_check("C11")
    assert len({checks.simulated_check(entry).digest for entry in ENTRIES}) == len(ENTRIES)
    finding = obligation.function(3)
    assert finding.holds
    assert "8 (a^4 + b^4)" in finding.detail
    assert obligation.mutant is not None
    assert not obligation.mutant(3).holds


def test_a_surviving_mutant_is_reported(monkeypatch):
    loose = search.SlackCheck(
        "C11", "loose", "x <= 2", lambda r, s, m: _constant(r, 1.0, 2.0), ("x <= 2",), ((1,),)
    )
    monkeypatch.setitem(checks.CHECKS, "C11", [loose])
    assert checks.simulated_check("C11").mutant(0).holds


def _constant(reader, lhs, rhs):
    column = 0.0 * reader.raw(1)[:, 0]
    return search.Comparison(column + lhs, column + rhs, column + 1.0, 4)


def test_the_search_finds_a_violation_that_random_instances_miss():
    def ridge(reader, sizes, mutant):
        # Violated only within 1e-3 of the point (5, …, 5) in eight dimensions.
        point = reader.reals("z", 8)
        distance = np.sqrt(((point - 5.0) ** 2).sum(axis=-1))
        return search.Comparison(np.full_like(distance, 1e-3), distance, np.ones_like(distance), 4)

    check = search.SlackCheck("X", "ridge", "distance >= 1e-3", ridge, ("none",), ((8,),), 500, 400)
    report = check.run(0)
    assert not report.holds
    assert report.instances_tried > 500
    np.testing.assert_allclose(report.instance["z"], 5.0, atol=1e-3)


def test_the_search_ends_where_more_adds_nothing_and_not_before_it_has_tried_enough():
    def flat(reader, sizes, mutant):
        return _constant(reader, 1.0, 2.0)

    def tried(sizes, mutant=None):
        check = search.SlackCheck("X", "flat", "", flat, ("none",), sizes)
        return check.run(0, mutant).instances_tried

    whole = tried(((1,),))
    assert whole < search.ENOUGH < tried(((1,),) * 5) < 5 * whole
    assert tried(((1,),) * 2) >= search.ENOUGH
    # A mutant is to fall: for it the search goes on.
    assert tried(((1,),) * 5, "none") == 5 * whole


@pytest.mark.parametrize(("lhs", "holds"), [(1.0, True), (1.0 + 1e-15, True), (1.0 + 1e-9, False)])
def test_rounding_is_forgiven_and_nothing_more(lhs, holds):
    check = search.SlackCheck(
        "X", "near", "", lambda r, s, m: _constant(r, lhs, 1.0), ("none",), ((1,),)
    )
    assert check.run(0).holds is holds


def test_nan_counts_as_a_violation_and_unresolved_instances_as_untried():
    nan = search.SlackCheck(
        "X", "nan", "", lambda r, s, m: _constant(r, float("nan"), 1.0), ("none",), ((1,),)
    )
    assert not nan.run(0).holds

    def blurred(reader, sizes, mutant):
        column = 0.0 * reader.raw(1)[:, 0]
        return search.Comparison(column + 2.0, column + 1.0, column + 1e30, 4)

    report = search.SlackCheck("X", "blurred", "", blurred, ("none",), ((1,),)).run(0)
    assert report.instances_tried == 0
    assert not report.holds


def test_reports_depend_on_the_seed_only():
    first, again = checks.slack_report("C08", 4), checks.slack_report("C08", 4)
    assert first == again
    assert first != checks.slack_report("C08", 5)


def test_mistakes_are_named():
    with pytest.raises(InputError, match="no simulated check for 'Z99'"):
        checks.slack_report("Z99")
    with pytest.raises(KeyError, match="has no mutant"):
        checks.CHECKS["C11"][0].run(0, "nonsense")
    with pytest.raises(ValueError, match="without a mutant"):
        registry.slack_check("X", "none", "", ())(lambda r, s, m: None)
    with pytest.raises(ValueError, match="registered twice"):
        registry.slack_check("C11", "fourth-power", "", ("m",))(lambda r, s, m: None)


@given(
    st.integers(1, 9).flatmap(
        lambda width: arrays(
            np.float64, (3, width), elements=st.floats(-1e300, 1e300) | st.sampled_from([np.inf, np.nan])
        )
    )
)
def test_short_reductions_give_the_very_bits_of_numpy(values):
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(policies.sum_last(values), values.sum(axis=-1))
        np.testing.assert_array_equal(policies.max_last(values), values.max(axis=-1))
