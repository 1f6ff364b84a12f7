"""Ways of least cost: those that were found before are taken where Dijkstra's algorithm would find them again."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiau.engine import trees
from tiau.loading import load
from tiau.scenario.network import build


def found(network, options, chance, cost_of_waiting=3.0):
    """The ways by `tree_to`, and by Dijkstra alone."""
    taken = trees.tree_to(network, options, chance, cost_of_waiting)
    return taken, trees._cheapest(network, options, trees._effort(network, chance, cost_of_waiting))


def assert_same(taken, searched):
    for ours, theirs in zip(taken, searched, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@st.composite
def lands(draw):
    """Some places with routes of few lengths, so that ways often cost the same; chances and destinations change."""
    places = draw(st.integers(2, 6))
    ends = st.integers(0, places - 1)
    routes = draw(st.lists(st.tuples(ends, ends, st.sampled_from([0.0, 1.0, 2.0, 0.1, 0.3])), min_size=1, max_size=12))
    start, end, effort = (np.array(column) for column in zip(*routes, strict=True))
    network = SimpleNamespace(
        start=start.astype(np.int32), end=end.astype(np.int32), effort=effort, place_names=("",) * places
    )
    many = draw(st.integers(1, places))
    options = st.lists(ends, min_size=many, max_size=many, unique=True)
    some = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=len(routes), max_size=len(routes))
    asked = draw(st.lists(st.tuples(options, some), min_size=2, max_size=5))
    return network, [(np.array(goals, np.int32), np.array(chances)) for goals, chances in asked]


@settings(max_examples=200, deadline=None)
@given(land=lands())
def test_ways_are_those_of_a_search_from_nothing(land):
    network, several = land
    trees._LATEST.clear()
    for options, chance in several:
        assert_same(*found(network, options, chance))


def test_what_moves_a_little_needs_no_search(monkeypatch):
    network = build(load("mizoram-2021"))
    options = np.flatnonzero(network.abroad).astype(np.int32)
    border, chance = network.crossing >= 0, np.ones(network.start.size)
    trees._LATEST.clear()
    searches, searched = [], trees._cheapest
    monkeypatch.setattr(trees, "_cheapest", lambda *arguments: searches.append(1) or searched(*arguments))
    for step in range(20):
        chance[border] = 0.5 + step / 100
        taken = trees.tree_to(network, options, chance, 8.0)
        assert_same(taken, searched(network, options, trees._effort(network, chance, 8.0)))
    assert len(searches) < 10


def test_ways_that_cost_as_much_are_searched_anew():
    """From 0 to 3 over 1 or over 2: where both cost as much, what was taken before does not decide."""
    network = SimpleNamespace(
        start=np.array([0, 0, 1, 2], np.int32), end=np.array([1, 2, 3, 3], np.int32), effort=np.ones(4),
        place_names=("",) * 4,
    )  # fmt: skip
    options = np.array([3], np.int32)
    trees._LATEST.clear()
    fresh, _ = found(network, options, np.ones(4))
    for shut in (0, 1):
        chance = np.ones(4)
        chance[shut] = 0.0
        (_, following), _ = found(network, options, chance)
        assert following[0, 0] == 1 - shut
        assert_same(found(network, options, np.ones(4))[0], fresh)


def test_ways_to_another_place_are_not_taken_for_ways_to_one():
    """From 0 to 1, from where nothing leads to 2 nor back to 0."""
    network = SimpleNamespace(
        start=np.array([0], np.int32), end=np.array([1], np.int32), effort=np.ones(1), place_names=("",) * 3
    )
    trees._LATEST.clear()
    for option in (1, 2, 1, 0):
        (_, following), _ = taken, searched = found(network, np.array([option], np.int32), np.ones(1))
        assert following.tolist() == [[0 if option == 1 else -1, -1, -1]]
        assert_same(taken, searched)


@pytest.mark.parametrize("what", ["a route that is not there", "a route from elsewhere", "a circle"])
def test_ways_of_another_land_are_not_taken(what):
    network = SimpleNamespace(
        start=np.array([0, 1, 1], np.int32), end=np.array([1, 2, 0], np.int32), effort=np.ones(3), place_names=("",) * 3
    )
    strange = {
        "a route that is not there": [[7, 1, -1]], "a route from elsewhere": [[1, 1, -1]], "a circle": [[0, 2, -1]],
    }  # fmt: skip
    trees._LATEST.clear()
    trees._LATEST.append(np.array(strange[what], np.int32))
    assert_same(*found(network, np.array([2], np.int32), np.ones(3)))
