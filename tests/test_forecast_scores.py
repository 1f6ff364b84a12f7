"""Scores of forecasts: values worked out by hand, and those of another program."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiau.evaluation import bootstrap, forecasts, scores
from tiau.forecasting.quantiles import LEVELS, point

COUNTS = st.floats(0, 1e5)


def test_a_point_scores_its_distance():
    assert forecasts.quantile_score(point(np.array([10.0, 7.0])), np.array([4.0, 7.0]), LEVELS) == pytest.approx([6, 0])
    at_hub_levels = np.full((1, len(forecasts.interval_levels())), 10.0)
    assert forecasts.weighted_interval_score(at_hub_levels, np.array([4.0])) == pytest.approx([6])


def test_the_score_of_many_quantiles_is_the_integral_that_defines_it():
    levels = (np.arange(4000) + 0.5) / 4000
    # Uniform on (0, 1): the integral of (F - 1[x >= 1/4])^2 is (1/4)^3/3 + (3/4)^3/3.
    assert forecasts.quantile_score(levels[None], np.array([0.25]), levels) == pytest.approx([(1 + 27) / 192], rel=1e-4)


def test_one_interval_by_hand():
    # Levels of the hub with an interval of 20 to 40 around 30 at every level, and 50 that came.
    levels = forecasts.interval_levels()
    quantiles = np.where(levels < 0.5, 20.0, np.where(levels > 0.5, 40.0, 30.0))[None]
    alphas = np.array(forecasts.INTERVALS)
    expected = (0.5 * 20 + np.sum(alphas / 2 * (20 + 2 / alphas * 10))) / (len(alphas) + 0.5)
    assert forecasts.weighted_interval_score(quantiles, np.array([50.0])) == pytest.approx([expected])


def test_the_energy_score_of_one_place_is_the_fair_crps():
    draws = np.random.default_rng(1).gamma(2, 100, (1, 50))
    assert forecasts.energy_score(draws, np.array([130.0])) == pytest.approx(
        scores.fair_crps(draws, np.array([130.0]))[0]
    )


def test_the_energy_score_by_hand():
    # Two draws, (0, 0) and (3, 4), 5 apart, and (3, 0) that came: mean of 3 and 4 less half of 5.
    assert forecasts.energy_score(np.array([[0.0, 3.0], [0.0, 4.0]]), np.array([3.0, 0.0])) == pytest.approx(1.0)


def test_ends_of_intervals_hold_what_lies_on_them():
    ends = np.array([[10.0, 5.0, 1.0, 20.0, 25.0, 30.0]])
    for value, inside in ((10, [1, 1, 1]), (7, [0, 1, 1]), (30, [0, 0, 1]), (31, [0, 0, 0])):
        assert forecasts.covered(ends, np.array([float(value)])).tolist() == [list(map(bool, inside))]


@given(st.lists(COUNTS, min_size=3, max_size=30), COUNTS, st.integers(0, 100))
@settings(deadline=None)
def test_scores_agree_with_another_program(members, value, seed):
    other = pytest.importorskip("scoringrules")
    draws, values = np.array([members]), np.array([value])
    close = {"rel": 1e-9, "abs": 1e-6}
    assert scores.fair_crps(draws, values) == pytest.approx(
        other.crps_ensemble(values, draws, estimator="fair"), **close
    )
    quantiles = np.sort(np.random.default_rng(seed).gamma(1, 100, (1, len(LEVELS))))
    assert forecasts.quantile_score(quantiles, values, LEVELS) == pytest.approx(
        other.crps_quantile(values, quantiles, LEVELS), **close
    )
    levels = forecasts.interval_levels()
    at_levels = np.sort(np.random.default_rng(seed).gamma(1, 100, (1, len(levels))))
    middle, alphas = len(levels) // 2, np.array(forecasts.INTERVALS)
    lower, upper = at_levels[:, :middle], at_levels[:, middle + 1 :][:, ::-1]
    expected = other.weighted_interval_score(values, at_levels[:, middle], lower, upper, alphas)
    assert forecasts.weighted_interval_score(at_levels, values) == pytest.approx(expected, **close)


@given(st.integers(0, 1000), st.integers(2, 6))
@settings(deadline=None)
def test_energy_scores_agree_with_another_program(seed, places):
    other = pytest.importorskip("scoringrules")
    generator = np.random.default_rng(seed)
    draws, values = generator.gamma(1, 100, (places, 20)), generator.gamma(1, 100, places)
    expected = other.es_ensemble(values, draws.T, estimator="fair")
    assert forecasts.energy_score(draws, values) == pytest.approx(float(expected), rel=1e-6)


def pairs(ours, theirs, people):
    return bootstrap.Pairs(*(np.array(values, float) for values in (ours, theirs, people)))


def test_cases_weigh_alike_in_a_difference():
    small, large = pairs([1, 1], [2, 2], [10, 10]), pairs([400, 400], [300, 300], [1000, 1000])
    # .1 and .4 of the people against .2 and .3.
    assert bootstrap.difference([small, large]) == pytest.approx(0.0)
    assert bootstrap.difference([small]) == pytest.approx(-0.5)


def test_an_interval_holds_the_difference_and_is_wider_for_longer_blocks():
    generator = np.random.default_rng(2)
    # What days have in common with their neighbours is seen by blocks alone.
    common = np.repeat(generator.normal(0, 3, 30), 10)
    case = pairs(20 + common + generator.normal(0, 1, 300), np.full(300, 20.0), np.full(300, 100.0))
    widths = []
    for block in (1, 20):
        low, high = bootstrap.interval([case], block)
        assert low < bootstrap.difference([case]) < high
        widths.append(high - low)
    assert widths[1] > 1.5 * widths[0]


def test_there_is_no_interval_for_less_than_two_blocks():
    assert np.isnan(bootstrap.interval([pairs([1, 2], [1, 1], [5, 5])], 2)).all()
