"""The one rule of small counts: multiples of the limit, blank below it, nobody is 0."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiau.results.disclosure import kept_back, nearest, shown, told

PEOPLE = st.floats(0, 1e7, allow_nan=False)


@pytest.mark.parametrize(
    ("people", "expected"),
    [(0, 0), (0.4, 0), (0.5, None), (1, None), (9, None), (9.99, None), (10, 10), (14.9, 10), (15, 20), (25, 30),
     (1_234, 1_230), (1_235, 1_240)],
)  # fmt: skip
def test_counts_are_rounded_to_tens_and_small_ones_kept_back(people, expected):
    found = shown([people], 10)[0]
    assert np.isnan(found) if expected is None else found == expected


@pytest.mark.parametrize("below", [0, 1])
def test_without_a_limit_there_are_whole_people(below):
    assert shown([0.4, 0.5, 1.4, 9.5, 10.2], below).tolist() == [0, 1, 1, 10, 10]


def test_what_is_no_number_stays_none():
    assert np.isnan(shown([np.nan], 10)).all()
    assert np.isnan(nearest([np.nan], 10)).all()


@given(st.lists(PEOPLE, min_size=1, max_size=9), st.integers(2, 1_000))
def test_sums_and_differences_of_what_is_shown_are_multiples(people, below):
    found = shown(people, below)
    left = found[~np.isnan(found)]
    assert not (left % below).any()
    assert (np.abs(left - np.array(people)[~np.isnan(found)]) <= below / 2).all()
    assert not (nearest(people, below) % below).any()
    assert not ((found > 0) & (found < below)).any()


@given(PEOPLE, PEOPLE, st.integers(0, 100))
def test_more_people_are_never_shown_as_fewer(one, other, below):
    low, high = shown(sorted((one, other)), below)
    assert np.isnan(low) or np.isnan(high) or low <= high


def test_a_reader_is_told_less_than_ten():
    assert told([0, 4, 1_234, np.nan], 10) == ["0", "<10", "1,230", ""]
    assert told([4, 1_234], 0) == ["4", "1,234"]


def test_names_of_what_is_kept_back():
    assert kept_back(np.array([0, np.nan, 10]), ("a", "b", "c")) == ("b",)
