"""Methods of forecasting: their distributions, what they start from, and the constants that they go by."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from forecast_toys import reported, series
from tiau.faults import InputError
from tiau.forecasting import fitting, regression
from tiau.forecasting.constants import from_text, stored, to_text
from tiau.forecasting.history import History
from tiau.forecasting.methods import METHODS, named
from tiau.forecasting.quantiles import CORRELATION, COUNT, LEVELS, NORMAL, at, fan, joint, mixture, point
from tiau.forecasting.situation import Situation
from toys import camp, day, event

HORIZON = np.array([30.0, 90.0, 180.0])


def situation(scenario, number):
    return Situation(History(scenario).at(day(number).toordinal())[0], scenario)


def forecast(method, scenario, number, lead):
    now = situation(scenario, number)
    leads = np.full(now.count, float(lead))
    return METHODS[method].forecast(now, leads, stored().constants_for(scenario))


GROWING = reported(*series("A", range(1000, 5000, 100)), *series("B", [0] * 40), *series("C", [5000] * 40), camps="ABC")


@given(st.tuples(*[st.floats(0, 1e6)] * 3))
def test_a_fan_goes_through_its_quantiles_and_is_in_order(three):
    found = fan(np.array([three]))
    assert np.all(np.diff(found) >= 0)
    assert np.all(found >= 0)
    low, middle, high = sorted(three)
    # Linear in between, the given levels lie between levels of the grid.
    assert found[0, 7] <= max(low, 0) + 1e-6
    assert found[0, 8] >= low - 1e-6
    assert found[0, 19] <= middle + 1e-6 <= found[0, 20] + 2e-6
    assert found[0, 31] <= high + 1e-6


def test_the_mixture_of_a_distribution_with_itself_is_it():
    one = fan(np.array([[10.0, 30.0, 80.0]]))
    assert mixture([one, one, one]) == pytest.approx(one)


def test_a_mixture_of_two_points_has_half_of_each():
    assert mixture([point(np.array([1.0])), point(np.array([5.0]))])[0].tolist() == [1.0] * 20 + [5.0] * 20


def test_other_levels_of_a_normal_distribution():
    quantiles = 1000 + 50 * NORMAL[None]
    levels = np.array([0.001, 0.05, 0.5, 0.999])
    assert at(quantiles, levels)[0] == pytest.approx(1000 + 50 * ndtri(levels))
    assert at(quantiles, LEVELS) == pytest.approx(quantiles)


def test_joint_draws_keep_each_distribution_and_are_correlated():
    quantiles = np.stack([1000 + 50 * NORMAL, 2000 + 10 * NORMAL])
    draws = joint(quantiles, ["A", "B"], "toy", 20_000)
    assert draws.mean(axis=1) == pytest.approx([1000, 2000], rel=0.002)
    assert draws.std(axis=1) == pytest.approx([50, 10], rel=0.02)
    assert np.corrcoef(draws)[0, 1] == pytest.approx(CORRELATION, abs=0.02)


def test_a_place_more_moves_no_draw():
    quantiles = np.stack([1000 + 50 * NORMAL, 2000 + 10 * NORMAL])
    both = joint(quantiles, ["A", "B"], "toy", 50)
    assert joint(quantiles[1:], ["B"], "toy", 50)[0].tolist() == both[1].tolist()
    assert joint(quantiles[1:], ["B"], "another day", 50)[0].tolist() != both[1].tolist()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("lead", [1, 7, 30, 100, 210, 730])
def test_quantiles_are_numbers_in_order_and_never_below_0(method, lead):
    found = forecast(method, GROWING, 200, lead)
    assert found.shape == (3, COUNT)
    assert np.isfinite(found).all()
    assert np.all(found >= 0)
    assert np.all(np.diff(found) >= -1e-9)


def test_persistence_is_the_last_figure():
    assert forecast("persistence", GROWING, 200, 30)[:, 0].tolist() == [3000, 0, 5000]


def test_all_people_and_arrivals_are_shared_out_by_nearness():
    toy = GROWING.model_copy(update={"events": (event(1, 1),)})
    found = forecast("share_by_distance", toy, 200, 30)[:, 0]
    # Ten arrive a day; ways are 100, 200 and 300 km long.
    assert found.sum() == pytest.approx(8000 + 300)
    assert found / found[0] == pytest.approx([1, 101 / 201, 101 / 301])
    # Of what nobody knows yet that it happened, each place gets the same.
    assert forecast("share_by_distance", toy, 0, 30)[:, 0] == pytest.approx([2000, 2000, 2000])


def test_shares_by_capacity_are_those_of_the_scenario():
    camps = (camp("A", capacity=100), camp("B", capacity=300), camp("C", capacity=600))
    toy = GROWING.model_copy(update={"places": (GROWING.places[0], *camps)})
    assert forecast("capacity_share", toy, 200, 30)[:, 0] == pytest.approx([830, 2490, 4980])


def test_the_trend_of_a_place_that_grows_lies_above_that_of_one_that_stays():
    found = forecast("trend", GROWING, 200, 90)
    rise = found[:, 20] - [3000, 0, 5000]
    assert rise[0] > rise[2]
    # Nobody was counted at B, but people arrive and part of them may come there.
    assert found[1, -3] > 0


def test_spread_grows_with_days_ahead():
    widths = [np.ptp(forecast("tiau", GROWING, 200, lead), axis=1).sum() for lead in (5, 30, 90, 180, 365)]
    assert np.all(np.diff(widths) > 0)


def test_a_quiet_crisis_keeps_the_trend_of_places_that_nobody_is_in():
    quiet = reported(*series("A", [5000] * 40), *series("B", [0] * 40))
    assert situation(quiet, 200).growing < 0.05
    assert forecast("tiau", quiet, 200, 90)[1].max() < forecast("tiau", GROWING, 200, 90)[1].max()


def test_a_figure_that_is_old_widens_the_forecast():
    fresh = reported(*series("A", [4000, 4100, 4050, 4080] * 5), *series("B", range(1000, 3000, 100)))
    stale = fresh.model_copy(
        update={"reports": tuple(r for r in fresh.reports if r.place == "B" or r.as_of.start <= day(120))}
    )
    widths = [np.subtract(*at(forecast("tiau", toy, 190, 30), np.array([0.95, 0.05]))[0]) for toy in (fresh, stale)]
    assert widths[1] > 1.2 * widths[0]


def test_growth_up_to_the_last_figure_is_seen_however_old_that_is():
    toy = reported(*series("A", range(1000, 2000, 100)))
    now = situation(toy, 250)
    assert (now.own_trend.tolist(), now.arrivals) == ([0], 0)
    assert now.at_reports.own_trend == pytest.approx([10])
    assert now.at_reports.arrivals == pytest.approx(10)


def test_methods_are_told_by_name_and_the_reference_is_always_among_them():
    assert list(named(["persistence", "tiau"])) == ["tiau", "trend", "persistence"]
    with pytest.raises(InputError, match='methods: "persistance" is no method; did you mean "persistence"'):
        named(["persistance"])
    with pytest.raises(InputError, match="methods: tiau, mechanism, statistical, trend, persistence"):
        named([""])


def test_constants_are_read_as_they_are_written():
    store = stored()
    again = from_text(to_text(store))
    assert again.cases == store.cases
    assert again.folds.keys() == store.folds.keys()
    assert to_text(again) == to_text(store)


def test_a_conflict_is_forecast_with_constants_that_never_saw_it():
    store = stored()
    names = {case.name for case in store.cases}
    seen = next(case for case in store.cases if case.name == "mali2012")
    unseen = store.constants_for(GROWING)
    assert unseen.left_out == ()
    assert len(unseen.folds) == len(names)
    found = store.constants([seen.name])
    assert found.all is store.folds[frozenset({"mali2012"})]
    assert {id(fold) for fold in found.folds} == {
        id(store.folds[frozenset({"mali2012", other})]) for other in names - {"mali2012"}
    }


def test_a_conflict_is_known_by_half_of_its_places_under_another_name():
    case = next(case for case in stored().cases if case.name == "mali2012")
    toy = reported(camps=tuple(camp(name.title()) for name in case.places))
    renamed = toy.model_copy(update={"settings": toy.settings.model_copy(update={"name": "another"})})
    assert not case.is_of(renamed)
    dates = {"start": dt.date(2012, 1, 1), "end": dt.date(2013, 1, 1)}
    moved = renamed.model_copy(update={"settings": renamed.settings.model_copy(update=dates)})
    assert case.is_of(moved)
    assert stored().constants_for(moved).left_out == ("mali2012",)


@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.5, 0.8]))
@settings(max_examples=10, deadline=None)
def test_quantile_regression_finds_what_made_the_values(seed, level):
    generator = np.random.default_rng(seed)
    design = np.stack([np.ones(2000), generator.uniform(0, 1e5, 2000)], axis=1)
    noise = generator.normal(0, 1, 2000)
    values = 500 + 0.3 * design[:, 1] + 1000 * noise
    found = fitting.quantile_regression(design, values, np.ones(2000), level)
    assert np.mean(values < design @ found) == pytest.approx(level, abs=0.002)
    # The sd of a quantile of 2,000 normal values of sd 1,000 is some 30, that of the height of the line twice that.
    assert found[0] == pytest.approx(500 + 1000 * ndtri(level), abs=300)
    assert found[1] == pytest.approx(0.3, abs=0.01)


def test_a_fit_finds_the_growth_of_its_conflicts():
    # Every place of the first grows as it did; of the second none does any more: half of each is the best median.
    def toy(name, people):
        found = reported(*series("A", people), *series("B", people[::-1]), days=400)
        return found.model_copy(update={"settings": found.settings.model_copy(update={"name": name})})

    steady = toy("steady", list(range(10_000, 14_000, 100)))
    store = fitting.fit([steady, toy("level", [10_000] * 40)], most_left_out=1)
    assert set(store.folds) == {frozenset(), frozenset({"steady"}), frozenset({"level"})}
    history = History(steady)
    now = Situation(history.at(day(200).toordinal())[0], steady)
    only_steady = store.folds[frozenset({"level"})].coefficients["trend"]
    found = regression.forecast(regression.FORMS["trend"], only_steady, now, np.full(2, 30.0))
    assert found[0, 20] == pytest.approx(12_300, rel=0.01)
