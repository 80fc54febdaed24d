"""Trees, greedy decoding, the exact mode and the constructions of Proposition 4.3."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srverify.language.errors import InputError
from srverify.selfreward.softmax import autoregressive as auto


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 4), st.integers(1, 4), st.integers(0, 10**6))
def test_exact_mode_agrees_with_exhaustive_search(vocabulary, length, seed):
    rng = np.random.default_rng(seed)
    tree = auto.random_tree(vocabulary, length, 1, rng, spread=2.0)
    masses = auto.sequence_log_mass(tree)[0]
    one = [level[0] for level in tree]
    conditionals = auto.tree_conditionals(one)
    sequence, mass = auto.exact_mode(conditionals, length, batch=3)
    assert mass == pytest.approx(masses.max())
    assert list(sequence) == auto.digits(masses.argmax(), vocabulary, length).tolist()
    greedy, greedy_mass = auto.greedy_search(conditionals, length)
    tabulated = auto.greedy_decode(one)
    assert list(greedy) == auto.digits(tabulated, vocabulary, length).tolist()
    assert greedy_mass == pytest.approx(masses[tabulated])


def test_masses_and_conditionals_are_inverse():
    tree = auto.random_tree(3, 3, 4, np.random.default_rng(1))
    back = auto.tree_from_masses(auto.sequence_log_mass(tree), 3, 3)
    for level, again in zip(tree, back, strict=True):
        np.testing.assert_allclose(level, again, atol=1e-12)


@pytest.mark.parametrize(("vocabulary", "length"), [(2, 2), (2, 5), (3, 2), (4, 3)])
@pytest.mark.parametrize("position", [1e-7, 1e-3, 0.3, 0.9, 1 - 1e-7])
def test_greedy_misses_the_mode_at_every_position(vocabulary, length, position):
    low = vocabulary**-length
    mode = low + position * (0.5 - low)
    tree = auto.greedy_miss(vocabulary, length, mode)
    masses = auto.sequence_log_mass(tree)
    assert np.isfinite(masses).all()
    assert np.exp(masses).sum() == pytest.approx(1.0)
    assert np.exp(masses[0]) == pytest.approx(mode, abs=1e-12)
    assert masses[1:].max() < masses[0]
    assert auto.hamming(auto.greedy_decode(tree), 0, vocabulary, length) == length


def test_a_batch_of_constructions_is_the_constructions_one_by_one():
    modes = np.array([[0.21, 0.25, 0.31], [0.4, 0.45, 0.49]])
    batch = auto.greedy_miss(3, 2, modes)
    traps = auto.trap_masses(3, 2, modes, 0.01)
    for row, column in np.ndindex(modes.shape):
        alone = auto.greedy_miss(3, 2, modes[row, column])
        for level, single in zip(batch, alone, strict=True):
            np.testing.assert_array_equal(level[row, column], single)
        np.testing.assert_array_equal(
            traps[row, column], auto.trap_masses(3, 2, modes[row, column], 0.01)
        )
    sequence, log_mass = auto.exhaustive_mode(batch)
    np.testing.assert_array_equal(sequence, 0)
    np.testing.assert_allclose(np.exp(log_mass), modes, atol=1e-12)
    with pytest.raises(InputError, match=r"q = \[0.5\]"):
        auto.greedy_miss(3, 2, np.array([0.3, 0.5]))


@pytest.mark.parametrize("mode", [0.5, 0.7, 0.25])
def test_no_miss_is_built_where_none_exists(mode):
    with pytest.raises(InputError, match="greedy can miss a unique mode"):
        auto.greedy_miss(2, 2, mode)


def test_the_papers_trap_catches_greedy_above_its_threshold_only():
    def first_token(mode, excess):
        log_masses = np.log(np.maximum(auto.trap_masses(3, 3, mode, excess), 1e-300))
        return auto.greedy_decode(auto.tree_from_masses(log_masses, 3, 3)) // 9

    assert first_token(0.22, 0.21) == 1
    assert first_token(0.15, 0.14) == 2
    with pytest.raises(InputError, match="V = 2"):
        auto.trap_masses(2, 3, 0.3, 0.2)
    with pytest.raises(InputError, match="no room"):
        auto.trap_masses(3, 2, 0.15, 0.1)


def test_search_limit_is_reported():
    with pytest.raises(InputError, match="more than 2 prefixes"):
        auto.exact_mode(lambda prefixes: np.full((len(prefixes), 2), -0.7), 20, limit=2)
