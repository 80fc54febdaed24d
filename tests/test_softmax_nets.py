"""Nets and packings of ellipsoids: spread, separation, covering, and what goes wrong when too large."""

import numpy as np
import pytest

from srverify.language.errors import InputError
from srverify.selfreward.softmax import nets


def _gaps(centres):
    distance = np.sqrt(((centres[:, None] - centres[None]) ** 2).sum(axis=-1))
    return distance[np.triu_indices(len(centres), 1)]


@pytest.mark.parametrize("dimension", [1, 2, 3, 6])
def test_points_of_the_ball_leave_no_octant_empty(dimension):
    points = nets.unit_ball_points(dimension, 384)
    norms = np.linalg.norm(points, axis=1)
    assert points.shape == (384, dimension)
    assert norms.max() <= 1.0 + 1e-15
    assert np.count_nonzero(norms > 1.0 - 1e-12) > 150
    assert len(np.unique(points > 0.0, axis=0)) >= 2**dimension


@pytest.mark.parametrize("order", ["farthest", "nearest"])
def test_members_are_separated_inside_and_cover_the_points(order):
    axes = np.array([[2.0, 1.0, 0.6], [3.0, 0.0, 0.0], [0.2, 0.1, 0.1]])
    points = nets.unit_ball_points(3, 200)
    packing = nets.greedy_packing(axes, 0.8, points, order, np.array([0, 5, 7]))
    assert packing.sizes[2] == 1
    for row, scale in enumerate(axes):
        members = packing.centres[row, : packing.sizes[row]]
        assert (_gaps(members) > 0.8 - 1e-9).all()
        inside = np.divide(members, scale, out=np.zeros_like(members), where=scale > 0)
        assert (np.linalg.norm(inside, axis=1) <= 1.0 + 1e-12).all()
        assert (members[:, scale == 0] == 0).all()
        cloud = points * scale
        reach = np.sqrt(((cloud[:, None] - members[None]) ** 2).sum(axis=-1)).min(axis=1)
        # Projected points are pushed outwards, so only full-dimensional clouds must be covered.
        assert (scale == 0).any() or reach.max() <= 0.8 + 1e-9


def test_dense_packings_have_at_least_as_many_members_on_an_interval():
    axes = np.full((1, 1), 5.0)
    points = nets.unit_ball_points(1, 2000)
    dense = nets.greedy_packing(axes, 1.0, points, "nearest")
    sparse = nets.greedy_packing(axes, 1.0, points, "farthest")
    assert dense.sizes[0] == 10
    assert sparse.sizes[0] == 9


def test_the_climb_finds_the_deep_hole_of_a_square():
    centres = np.array([[[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]])
    net = nets.Nets(centres, np.array([4]))
    distance, point = nets.farthest_points(np.full((1, 2), 1.2), net, nets.unit_ball_points(2, 64))
    assert distance[0] == pytest.approx(np.sqrt(2.0), abs=1e-3)
    assert np.linalg.norm(point[0]) < 1e-2


def test_a_maximal_packing_is_a_net():
    axes = np.array([[1.5, 1.2, 0.9], [2.0, 0.7, 0.0]])
    points = nets.unit_ball_points(3, 50)
    coarse = nets.greedy_packing(axes, 1.0, points)
    complete = nets.maximal_packing(axes, 1.0, points)
    assert (complete.sizes >= coarse.sizes).all()
    assert complete.sizes.sum() > coarse.sizes.sum()
    fresh = nets.unit_ball_points(3, 3000)
    for row, scale in enumerate(axes):
        members = complete.centres[row, : complete.sizes[row]]
        assert (_gaps(members) > 1.0 - 1e-9).all()
        reach = np.sqrt((((fresh * scale)[:, None] - members[None]) ** 2).sum(axis=-1)).min(axis=1)
        assert reach.max() <= 1.02


def test_a_net_that_would_not_fit_is_refused():
    with pytest.raises(InputError, match="more than 4096 points"):
        nets.greedy_packing(np.full((1, 1), 1e6), 1.0, nets.unit_ball_points(1, 10_000))
