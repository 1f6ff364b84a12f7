"""The axes of charts over time: which days and numbers are named, and where anything lies between them."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiau.presentation.course.scales import Days, People

FIRST = dt.date(2021, 2, 1)
SPANS = st.tuples(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 20_000))


@given(SPANS, st.floats(20, 200))
def test_named_days_are_in_order_and_do_not_run_into_each_other(span, apart):
    first, days = span
    across = Days(first, first + dt.timedelta(days), 50, 790)
    ticks = list(across.ticks(apart))
    places = [across.begins(day) for day, _, _ in ticks]
    assert all(50 <= place <= 790 for place in places)
    # The shortest month is a tenth shorter than the mean one.
    assert all(right - left >= 0.9 * apart for left, right in pairwise(places))
    # The year is told at the first of its days that are named.
    years = [day.year for day, _, _ in ticks]
    assert [year for _, _, year in ticks if year] == [str(year) for year in dict.fromkeys(years)]


@pytest.mark.parametrize(
    ("days", "named"),
    [
        (6, ["1 Feb", "2 Feb", "3 Feb", "4 Feb", "5 Feb", "6 Feb", "7 Feb"]),
        (40, ["1 Feb", "8 Feb", "15 Feb", "22 Feb", "1 Mar", "8 Mar"]),
        (300, ["Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]),
        (1_200, ["Apr", "Jul", "Oct", "Jan", "Apr", "Jul", "Oct", "Jan", "Apr", "Jul", "Oct", "Jan", "Apr"]),
    ],
)
def test_days_and_months_are_named_by_how_long_a_chart_is(days, named):
    across = Days(FIRST, FIRST + dt.timedelta(days), 0, 800)
    assert [name for _, name, _ in across.ticks(52)] == named


def test_days_lie_between_their_ends_and_what_is_beyond_at_the_edge():
    across = Days(FIRST, FIRST + dt.timedelta(9), 100, 200)
    assert (across.begins(FIRST), across.middle(FIRST), across.ends(FIRST)) == (100, 105, 110)
    assert across.ends(FIRST + dt.timedelta(9)) == 200
    assert across.begins(FIRST - dt.timedelta(5)) == 100
    assert across.ends(dt.date.max) == across.begins(FIRST + dt.timedelta(50)) == 200


@given(st.floats(0, 1e9), st.floats(15, 90))
def test_named_numbers_are_round_and_do_not_run_into_each_other(most, least):
    up = People.up_to(most, 10, 300)
    ticks = list(up.ticks(least))
    assert ticks[0] == 0
    assert max(most, 10) < up.most
    steps = {round(after - before, 6) for before, after in pairwise(ticks)}
    assert len(steps) <= 1
    for step in steps:
        assert f"{step:.0e}"[0] in "125"
        assert up.at(0) - up.at(step) >= least * (1 - 1e-9)
    assert up.at(0) == 300
    assert up.at(2 * up.most) == 10
