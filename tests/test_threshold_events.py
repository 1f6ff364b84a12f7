"""Threshold events of hindcasts: what is asked, what came, and that scores.csv leaves out only what follows from it."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from forecast_toys import reported, series
from tiau.evaluation.forecasts import covered, ends_of_intervals
from tiau.forecasting.hindcast import hindcast
from tiau.forecasting.quantiles import COUNT, at, levels_of, point
from tiau.forecasting.saving import score_rows
from tiau.forecasting.scoring import INSIDE, CaseScores
from tiau.forecasting.threshold_events import FEWEST, MARKS, NAMES, thresholds
from tiau.presentation.hindcast_terminal import show_hindcast


def test_growth_is_asked_of_places_with_people_and_marks_above_the_last_figure():
    found = thresholds(np.array([0.0, 99, 100, 1000, 20_000, 100_000, 3e6]))
    assert tuple(found) == NAMES == ("1.25", "1.5", "2", "round")
    np.testing.assert_array_equal(found["1.5"], [np.nan, np.nan, 150, 1500, 30_000, 150_000, 4.5e6])
    np.testing.assert_array_equal(found["round"], [1000, 1000, 1000, 10_000, 100_000, np.nan, np.nan])


# Of A there are ten more each day, from 1,000 on; of B always 500.
STEADY = reported(*series("A", range(1000, 5000, 100)), *series("B", [500] * 40))


@pytest.fixture(scope="module")
def steady():
    return hindcast(STEADY, methods=["statistical", "persistence"], horizons=[90])


def test_what_came_is_counted_and_a_last_figure_that_stays_misses_it(steady):
    line = next(line for line in steady.lines if line.method == "persistence" and line.segment == "all")
    rises = [(target.last, target.observed) for target in steady.cases[0].targets]
    for event, times in (("1.25", 1.25), ("1.5", 1.5), ("2", 2)):
        came = sum(observed >= times * last for last, observed in rises)
        score = line.events[event]
        assert (score.asked, score.came, score.hits, score.misses, score.false_alarms) == (len(rises), came, 0, came, 0)
        assert score.brier == pytest.approx(came / len(rises))
    assert (line.events["round"].asked, line.events["round"].came) == (len(rises), 0)


def test_a_trend_that_goes_on_is_warned_of(steady):
    trend = next(line for line in steady.lines if line.method == "trend" and line.segment == "all")
    persistence = next(line for line in steady.lines if line.method == "persistence" and line.segment == "all")
    assert trend.events["1.25"].hits > 0
    assert trend.events["1.25"].brier < persistence.events["1.25"].brier


def test_the_table_has_a_column_for_each(steady):
    assert {f"{name}_{event}" for name in ("asked", "came", "brier", "hits", "misses", "false_alarms")
            for event in NAMES} <= set(steady.table().columns)  # fmt: skip


def test_where_nothing_is_asked_there_is_no_score():
    found = hindcast(reported(*series("A", [200_000] * 40)), horizons=[30], methods=["statistical"])
    line = found.lines[0]
    assert (line.events["round"].asked, line.events["round"].hits) == (0, 0)
    assert np.isnan(line.events["round"].brier)
    few = hindcast(reported(*series("A", [FEWEST - 1] * 40)), horizons=[30], methods=["statistical"]).lines[0]
    assert (few.events["2"].asked, few.events["round"].asked) == (0, few.figures)


def test_the_terminal_tells_them(steady):
    console = Console(file=io.StringIO(), width=160)
    show_hindcast(steady, console)
    told = console.file.getvalue()
    assert "Threshold events, toy" in told
    assert all(head in told for head in ("x 1.25", "x 1.5", "x 2", "next mark"))
    assert all(f"{mark:,.0f}" in told for mark in MARKS)


def test_what_the_file_leaves_out_follows_from_it():
    toy = reported(*series("A", range(1000, 5000, 100)), *series("B", [0] * 12 + [800] * 28))
    found = hindcast(toy, horizons=[30, 90], methods=["statistical"])
    case = found.cases[0]
    scores = CaseScores(case)
    kept = {}
    for _, method, origin, horizon, place, score, value, _, _ in score_rows(case):
        kept.setdefault((method, score), {})[origin, horizon, place] = float(value)
    for method in case.quantiles:
        of = scores.of(method)
        observed, median = kept["reports", "observed"], kept[method, "median"]
        for number, (key, people) in enumerate(observed.items()):
            if (method, "level") in kept:
                inside = [abs(kept[method, "level"][key] - 0.5) <= half for half in (0.25, 0.4, 0.45)]
                assert inside == [bool(of[name][number]) for name in INSIDE]
            else:
                # Of forecasts without spread.
                missed = pytest.approx(abs(people - median[key]), abs=0.01)
                assert (of["wis"][number], of["crps"][number]) == (missed, missed)
                assert [of[name][number] for name in INSIDE] == [float(people == median[key])] * 3
    assert ("trend", "level") in kept
    assert ("persistence", "level") not in kept
    asked = kept["trend", "chance_2"]
    assert set(asked) == {key for key, last in kept["reports", "last"].items() if last >= FEWEST}


@given(st.lists(st.integers(0, 20), min_size=COUNT, max_size=COUNT).map(sorted), st.integers(0, 20))
def test_a_level_tells_which_intervals_hold_a_figure(quantiles, value):
    grid, values = np.array([quantiles], float), np.array([float(value)])
    level = levels_of(grid, values)[0]
    holds = covered(at(grid, ends_of_intervals()), values)[0]
    assert [abs(level - 0.5) <= half + 1e-9 for half in (0.25, 0.4, 0.45)] == list(holds)


def test_the_level_of_a_point_is_a_half_where_it_is_right():
    assert levels_of(point(np.array([5.0, 5.0, 5.0])), np.array([4.0, 5.0, 6.0])).tolist() == [0, 0.5, 1]
