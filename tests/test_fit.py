"""A scenario fitted to its figures: what is learned, what is told, and where it is written."""

import numpy as np
import pytest

import tiau
import toys
from tiau.calibration.fit import fit
from tiau.calibration.learned import learned
from tiau.presentation.words import fitting
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import Period

RATE = 2e-3
DAYS = (30, 40, 50, 59)


def report(number, value, **columns):
    day = toys.day(number)
    given = {"bound": "exact", "quantity": "present", "group": "all", "place": "C", "said_by": "police"} | columns
    return Report(
        report=columns.pop("report", f"r{number}{given['place']}"), known_on=day, as_of=Period(day, day, str(day)),
        value=value, **given,
    )  # fmt: skip


def scenario(*reports, rate=RATE, **tables):
    """Two camps beyond a border, to which people leave for twenty days."""
    return toys.scenario(
        [toys.origin(people=100_000), toys.camp("C"), toys.camp("D")],
        [toys.way("O", "C", 100, crossing="X"), toys.way("O", "D", 100, crossing="Y")],
        days=60,
        parameters={**toys.LIVELY, "departure_rate": rate, "return_rate": 0, "onward_rate": 0, "stay_inside": 0},
        **{"events": [toys.event(0, 20)], "reports": reports} | tables,
    )


def figures(value, **columns):
    return [report(number, value, **columns) for number in DAYS]


def medians(done):
    return np.exp(np.median(done.posterior, axis=1))


class TestLevel:
    @pytest.mark.parametrize("factor", [1 / 20, 20, 200])
    def test_a_rate_that_is_far_off_comes_out_right_at_the_first_try(self, factor):
        done = fit(scenario(*figures(4_000), rate=RATE * factor), members=40)
        assert not done.unreached
        assert len(done.levels) > 1
        assert medians(done) == pytest.approx([4_000] * 4, rel=0.5)
        assert "of another rate of leaving" in fitting.level(done)

    def test_a_level_that_is_about_right_is_not_told_of(self):
        there = float(np.median(tiau.simulate(scenario(*figures(1)), members=40, seed=1).truth))
        done = fit(scenario(*figures(round(there))), members=40)
        assert len(done.levels) == 1
        assert fitting.level(done) == ""

    @pytest.mark.parametrize(
        ("unreached", "tables", "words"),
        [
            ("nothing happens", {"events": []}, "add events"),
            ("given", {"departures": (toys.leave(1, 10),)}, "departures.csv gives who leaves"),
            ("run out", {"places": 5_000}, "more were reported than can leave"),
        ],
    )
    def test_where_no_rate_reaches_the_figures_it_says_why(self, unreached, tables, words):
        toy = scenario(*figures(4_900), **{name: rows for name, rows in tables.items() if name != "places"})
        if "places" in tables:
            shut = [toys.act("shut", ("X", "Y"), 0, "close", enforcement=0.95)]
            people = (toys.origin(people=tables["places"]), *toy.places[1:])
            toy = toy.model_copy(update={"places": people, "acts": tuple(shut)})
        done = fit(toy, members=20)
        assert done.unreached == unreached
        assert words in fitting.level(done)


class TestLearned:
    def test_what_a_place_attracts_is_learned_where_figures_tell(self):
        done = fit(scenario(*figures(6_000), *figures(1_000, place="D")), members=100)
        attracts = {one.name: one for one in learned(done) if one.kind == "attraction"}
        assert attracts["C"].posterior[1] > 1.4 * attracts["D"].posterior[1]
        assert attracts["C"].told
        middle = medians(done)
        assert middle[:4] == pytest.approx([6_000] * 4, rel=0.5)
        assert middle[4:] == pytest.approx([1_000] * 4, rel=0.5)

    def test_what_no_figure_tells_keeps_its_spread_and_is_named(self):
        done = fit(scenario(*figures(4_000)), members=100)
        things = learned(done)
        waiting = next(one for one in things if one.name == "km_per_day_waited")
        assert waiting.left > 0.8
        assert [one.left for one in things] == sorted(one.left for one in things)

    def test_the_scenario_runs_as_it_was_fitted(self):
        done = fit(scenario(*figures(4_000)), members=20, seed=3)
        again = tiau.simulate(done.scenario, members=20, seed=3)
        np.testing.assert_allclose(np.log(again.truth), done.posterior - np.log(coverage_of(again)), atol=1e-3)

    def test_the_same_seed_and_members_give_the_same_again(self):
        toy = scenario(*figures(4_000))
        assert fit(toy, members=20).learned == fit(toy, members=20).learned
        assert fit(toy, members=20).learned != fit(toy, members=20, seed=2).learned


def coverage_of(result):
    return np.array([result.parameters["coverage_register"]])
