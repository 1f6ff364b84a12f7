"""The record of a trigger: origins that figures decide, warnings, lead times and scores with known answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast_toys import counted, reported, series
from tiau.evaluation.events import Warnings, brier_score, skill, warnings
from tiau.forecasting.constants import stored
from tiau.forecasting.history import History
from tiau.forecasting.methods import METHODS, USUAL, Method
from tiau.forecasting.quantiles import COUNT, LEVELS, at, chance_above, point
from tiau.forecasting.trigger_record import chance_of, now, outcome, past
from tiau.forecasting.triggers import Question
from tiau.scenario.rows import Trigger
from toys import START, day


def question(days=30, comparison=">", threshold=1000.0, any_day=True, place="A"):
    columns = {"within_days": days} if any_day else {"on": day(days)}
    row = Trigger(trigger="T", place=place, comparison=comparison, threshold=threshold, **columns)
    return Question(row, "present", place, days, any_day)


def given_by(chances):
    """A method that gives a chance of more than 1,000 by the days since the start, to a level of the grid."""

    def forecast(now, lead, constants):
        # The threshold lies just below the upper of two values.
        return np.where(1 - chances(now.age) > LEVELS, 500.0, 1000.0001)[None].repeat(len(lead), axis=0)

    return Method(forecast, "toy")


def recorded(toy, asks, chances=lambda age: 0.0):
    methods = {"toy": given_by(chances), "persistence": METHODS["persistence"]}
    return past(History(toy), [asks], methods, stored().constants())[0]


def days_of(found):
    return [origin - START.toordinal() for origin in found.origins]


SERIES = History(reported(counted("a", 10, 800), counted("b", 35, 1200), counted("c", 70, 700))).truth["present"]["A"]


@pytest.mark.parametrize(
    ("asks", "origin", "came", "passed"),
    [
        (question(30), 10, True, 35),
        (question(25), 10, True, 35),
        # The figure after the end, though near, may have been reached on any day since.
        (question(24), 10, None, None),
        (question(30), 40, False, None),
        # Within a sixth of 26 days from the end, 66, lies that of day 70; of 18 days from the end, 58, none does.
        (question(26), 40, False, None),
        (question(18), 40, None, None),
        (question(24, any_day=False), 10, True, 35),
        (question(30, any_day=False), 40, False, None),
        (question(15, any_day=False), 10, None, None),
        (question(30, "<", 750), 40, True, 70),
        (question(30, "<=", 700), 40, True, 70),
        (question(30, "<", 700), 40, False, None),
        (question(40), 71, None, None),
    ],
)
def test_figures_decide_whether_it_came(asks, origin, came, passed):
    found, on = outcome(asks, SERIES, START.toordinal() + origin)
    assert found is came
    assert (None if np.isnan(on) else on - START.toordinal()) == passed


def test_a_place_without_figures_decides_nothing():
    assert outcome(question(), None, START.toordinal())[0] is None


# 500 people until day 200 and 1,500 from then on, counted every ten days.
JUMP = reported(*series("A", [500] * 20 + [1500] * 21))


def test_origins_are_those_from_which_it_could_be_asked_and_is_over():
    found = recorded(JUMP, question(60))
    # From day 200 on it has been passed; asked every 30 days from day 30 on.
    assert days_of(found) == [30, 60, 90, 120, 150, 180]
    assert found.came == [False] * 4 + [True] * 2
    assert found.passings == 1
    ends_sooner = JUMP.model_copy(update={"settings": JUMP.settings.model_copy(update={"end": day(220)})})
    assert days_of(recorded(ends_sooner, question(60))) == [30, 60, 90, 120, 150]


def test_progress_counts_past_days():
    told = []
    past(History(JUMP), [question(60)], {"persistence": METHODS["persistence"]}, stored().constants(),
         lambda done, total: told.append((done, total)))  # fmt: skip
    assert told == [(done, 13) for done in range(13)]


def test_lead_time_is_from_the_first_warning_to_the_figure_that_passed():
    record = recorded(JUMP, question(90), lambda age: 0.6 if age >= 150 else 0.3).record("toy")
    half, fifth = record.decisions
    assert half.counts == Warnings(hits=2, misses=1, false_alarms=0, correct_rejections=3)
    assert (half.warned, half.lead_days) == (1, 50)
    # From 20% on it warns all the time: three false alarms, and the first warning of what came is of day 120.
    assert fifth.counts == Warnings(hits=3, misses=0, false_alarms=3, correct_rejections=0)
    assert (fifth.warned, fifth.lead_days) == (1, 80)


def test_the_mean_lead_is_over_passings_not_over_origins():
    # Passed twice: on day 100 with one warning before, of day 90, and on day 250 with three, the first of day 180.
    toy = reported(*series("A", [500] * 10 + [1500] * 5 + [500] * 10 + [1500] * 16))
    found = recorded(toy, question(80), lambda age: 1.0 if age >= 90 else 0.0)
    decision = found.record("toy").decisions[0]
    assert found.passings == 2
    assert (decision.warned, decision.lead_days) == (2, (10 + 70) / 2)


def test_scores_of_a_perfect_a_blind_and_a_constant_method():
    asks = question(60)
    perfect = recorded(JUMP, asks, lambda age: 1.0 if age >= 150 else 0.0).record("toy")
    assert (perfect.brier, perfect.over_base_rate, perfect.over_persistence) == (0, 1, 1)
    base = recorded(JUMP, asks, lambda age: 1 / 4).record("toy")
    # Two of six came.
    chance = 1 - LEVELS[30]
    assert base.brier == pytest.approx((2 * (1 - chance) ** 2 + 4 * chance**2) / 6)
    assert base.over_base_rate == pytest.approx(1 - base.brier / (2 / 9))
    blind = recorded(JUMP, asks).record("persistence")
    assert blind.brier == pytest.approx(1 / 3)
    assert blind.over_persistence == 0


def test_where_nothing_ever_came_there_is_no_skill():
    record = recorded(reported(*series("A", [500] * 40)), question(60), lambda age: 0.25).record("toy")
    assert record.brier == pytest.approx((1 - LEVELS[30]) ** 2)
    assert np.isnan(record.over_base_rate)


def test_without_figures_near_the_end_there_is_no_record():
    toy = reported(counted("a", 10, 500), counted("b", 20, 500))
    found = recorded(toy, question(60))
    assert found.origins
    assert not found.judged.any()
    assert found.record("toy") is None


def test_a_growing_place_is_warned_of_by_its_trend_and_not_by_its_last_figure():
    growing = reported(*series("A", range(100, 4100, 100)))
    found = past(History(growing), [question(60, threshold=2000)], USUAL, stored().constants())[0]
    assert found.record("trend").decisions[1].counts.hits > 0
    assert found.record("persistence").decisions[1].counts.hits == 0
    assert found.record("trend").over_persistence > 0


def test_of_any_day_the_chance_is_no_less_than_of_the_last():
    toy = reported(*series("A", range(100, 2100, 100)), days=200)
    any_day, alone = (question(60, threshold=2200, any_day=either) for either in (True, False))
    sooner, later = now(History(toy), [any_day, alone], USUAL, stored().constants())
    assert set(sooner) == set(USUAL)
    assert all(sooner[name] >= later[name] for name in USUAL)


def test_a_place_without_figures_has_no_chance():
    assert now(History(reported(*series("A", [5]))), [question(place="B")], USUAL, stored().constants()) == [{}]


def test_what_is_known_later_changes_no_record():
    toy = reported(*series("A", range(100, 4100, 100)))
    cut = toy.known_by(day(250))
    cut = cut.model_copy(update={"settings": cut.settings.model_copy(update={"end": day(250)})})
    scrambled = [
        report if report.known_on <= day(250) else report.model_copy(update={"value": 7.0}) for report in toy.reports
    ]
    other = toy.model_copy(update={"reports": tuple(scrambled)}).known_by(day(250))
    other = other.model_copy(update={"settings": cut.settings})
    asks = [question(60, threshold=2000)]
    one, same = (past(History(scenario), asks, USUAL, stored().constants())[0] for scenario in (cut, other))
    assert (one.origins, one.came, one.chances) == (same.origins, same.came, same.chances)
    assert max(one.origins) <= day(190).toordinal()


QUANTILES = st.lists(st.integers(0, 1000), min_size=COUNT, max_size=COUNT, unique=True).map(sorted)


@given(QUANTILES, st.floats(0.001, 0.999))
def test_the_chance_above_a_quantile_is_what_its_level_leaves(quantiles, level):
    grid = np.array([quantiles], float)
    value = at(grid, np.array([level]))[:, 0]
    if value[0] > 0:
        assert chance_above(grid, value)[0] == pytest.approx(1 - level, abs=1e-6)


@given(st.lists(st.integers(0, 9), min_size=COUNT, max_size=COUNT).map(sorted), st.integers(0, 9))
def test_chances_are_chances_and_what_is_reached_counts_no_less(quantiles, value):
    grid, values = np.array([quantiles], float), np.array([float(value)])
    more, reached = chance_above(grid, values)[0], chance_above(grid, values, reached=True)[0]
    assert 0 <= more <= reached <= 1


def test_a_point_is_above_or_not():
    people = point(np.array([5.0, 5.0, 5.0]))
    values = np.array([4.0, 5.0, 6.0])
    assert chance_above(people, values).tolist() == [1, 0, 0]
    assert chance_above(people, values, reached=True).tolist() == [1, 1, 0]


@pytest.mark.parametrize(("sign", "chance"), [(">", 0), (">=", 1), ("<", 0), ("<=", 1)])
def test_a_threshold_that_is_just_reached(sign, chance):
    assert chance_of(question(comparison=sign, threshold=5.0), point(np.array([5.0])))[0] == chance


def test_brier_and_warnings_by_hand():
    chance, came = np.array([0.9, 0.5, 0.2, 0.0]), np.array([True, False, True, False])
    assert brier_score(chance, came) == pytest.approx((0.01 + 0.25 + 0.64 + 0) / 4)
    assert warnings(chance, came, 0.5) == Warnings(1, 1, 1, 1)
    assert warnings(chance, came, 0.2) == Warnings(2, 0, 1, 1)
    assert np.isnan(brier_score(chance[:0], came[:0]))
    assert skill(0.1, 0.2) == 0.5
    assert np.isnan(skill(0.1, 0.0))
