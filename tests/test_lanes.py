"""Rows of eight numbers are added up as numpy does it; what is known, or holds on a day, is made once."""

import numpy as np
import pytest
from numba import config
from numba.core.errors import TypingError

from tiau.engine.by_day import ByDay
from tiau.engine.kernels.lanes import LANES, add, add_product, add_shares, add_some, add_times, clear, multiply
from tiau.engine.known import Known
from tiau.engine.streams import lean
from tiau.engine.weights import weighed


@lean
def every_way(rows, others):
    add(rows, 0, others, 1)
    add_times(rows, 1, others, 0, 0.25)
    multiply(rows, 2, others, 0, others, 2, 3.0)
    clear(rows, 3)


def test_rows_are_added_multiplied_and_cleared_alone():
    rng = np.random.default_rng(1)
    rows, others = rng.random((6, LANES)), rng.random((3, LANES))
    wanted = rows.copy()
    wanted[0] += others[1]
    wanted[1] += others[0] * 0.25
    wanted[2] = others[0] * 3.0 * others[2]
    wanted[3] = 0.0
    every_way(rows, others)
    assert np.array_equal(rows, wanted)


@lean
def every_sum(rows, weights, others, index, share):
    add_product(rows, 0, weights, 1, others, 2, weights.shape[1])
    add_some(rows, 1, others, 0, weights, 2, others, 1, index, 1, index.size)
    add_shares(rows, 2, others, 1, weights, 0, others, 0, index, 0, 3, share)
    add_some(rows, 3, others, 0, weights, 0, others, 0, index, 2, 2)


@pytest.mark.parametrize("many", [1, 3, 4, 5, 11])
def test_rows_are_summed_by_a_row_of_weights(many):
    rng = np.random.default_rng(many)
    rows, weights, others = rng.random((4, LANES)), rng.random((3, many)), rng.random((many + 2, LANES))
    index, share = rng.integers(0, many, 6).astype(np.int32), rng.random(6)
    wanted = rows.copy()
    wanted[0] += weights[1] @ others[2:]
    wanted[1] += (weights[2, index[1:]] @ others[1 + index[1:]]) * others[0]
    wanted[2] += ((weights[0, index[:3]] * share[:3]) @ others[index[:3]]) * others[1]
    every_sum(rows, weights, others, index, share)
    np.testing.assert_allclose(rows, wanted, rtol=1e-14)


@pytest.mark.skipif(config.DISABLE_JIT, reason="nothing is compiled")
def test_rows_in_another_order_are_refused():
    rows, index = np.ones((4, LANES)), np.zeros(6, np.int32)
    for weights, kind in ((np.asfortranarray(np.ones((3, 2))), np.int32), (np.ones((3, 2)), np.int64)):
        with pytest.raises(TypingError, match="in C order"):
            every_sum(rows, weights, np.ones((5, LANES)), index.astype(kind), np.ones(6))


def test_weights_have_another_version_only_where_somebody_chose_by_others():
    first, more, changed = np.diag([1.0, 0, 0]), np.diag([1.0, 2, 0]), np.diag([3.0, 2, 0])
    here = weighed(more, weighed(first, None, 0, 0), 1, 0)
    assert (here.version, here.since) == (0, (0,))
    assert np.array_equal(here.last, more.T)
    later = weighed(changed, here, 2, 0)
    assert (later.version, later.since) == (1, (0, 2))
    assert np.array_equal(later.by_option[:6], np.concatenate([more.T, changed.T]))
    assert np.array_equal(later.last, changed.T)


def test_weights_are_kept_as_long_as_somebody_may_be_on_the_way_who_chose_by_them():
    """Others on each of 300 days, and people on the way for 7 at most."""
    now, rng = None, np.random.default_rng(1)
    each = rng.random((300, 4, 2))
    for day, weights in enumerate(each):
        now = weighed(weights, now, day, day - 6)
        assert now.version == day
        assert len(now.by_option) <= 2 * 3 * 7
        for since in range(max(day - 6, 0), day + 1):
            at = (since - now.first) * 2
            assert np.array_equal(now.by_option[at : at + 2], each[since].T)


def test_what_holds_on_a_day_is_made_when_it_is_asked_for_and_once():
    made = []
    days = ByDay(lambda day: made.append(day) or -day, 5)
    assert [days[3], days[1], days[3], len(days)] == [-3, -1, -3, 5]
    assert made == [3, 1]


def test_the_same_arrays_and_numbers_are_asked_once():
    made, known = [], Known(2)

    def ask(*parts):
        return known.of(lambda: made.append(parts) or len(made), *parts)

    assert [ask(np.arange(3), 1.0), ask(np.arange(3), 1.0), ask(np.arange(3), 2.0)] == [1, 1, 2]
    # Of another type or shape they are others, and the one that was not asked for longest is forgotten.
    assert [ask(np.arange(3.0), 1.0), ask(np.arange(3), 2.0), ask(np.arange(3), 1.0)] == [3, 2, 4]
