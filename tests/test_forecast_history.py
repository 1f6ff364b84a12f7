"""Stock figures as they were known on a day."""

import numpy as np
import pytest

from forecast_toys import counted, reported, series
from tiau.forecasting.growth import arrivals, clean_steps, own_trend
from tiau.forecasting.history import History, last_reports
from tiau.forecasting.targets import targets_of
from tiau.scenario.rows import Area
from toys import camp, day


def panel(scenario, number):
    found = History(scenario).at(day(number).toordinal())
    return found[0] if found else None


def figures(scenario, number):
    seen = panel(scenario, number)
    first = scenario.settings.start.toordinal()
    return {} if seen is None else {
        one.place: list(zip((one.days - first).tolist(), one.people.tolist(), strict=True)) for one in seen.series
    }  # fmt: skip


def test_a_place_is_there_from_the_day_on_which_its_first_figure_is_known():
    toy = reported(counted("a", 5, 100), counted("b", 6, 0, known=9, place="B"))
    assert figures(toy, 4) == {}
    assert figures(toy, 8) == {"A": [(5, 100)]}
    assert figures(toy, 9) == {"A": [(5, 100)], "B": [(6, 0)]}


def test_a_revision_takes_the_place_of_a_figure_from_the_day_it_is_known():
    toy = reported(counted("a", 5, 100), counted("b", 5, 140, known=20, replaces="a"), counted("c", 10, 150))
    assert figures(toy, 15) == {"A": [(5, 100), (10, 150)]}
    assert figures(toy, 20) == {"A": [(5, 140), (10, 150)]}


def test_a_figure_of_more_people_than_there_are_leaves_the_one_before():
    toy = reported(counted("a", 5, 100_000), counted("typed", 8, 100_000_000))
    assert figures(toy, 9) == {"A": [(5, 100_000)]}
    assert last_reports(toy)["present", "A"].report == "a"


def test_a_copy_of_a_figure_counts_once_and_stands_for_what_is_not_known_yet():
    toy = reported(counted("a", 5, 100, known=30), counted("copy", 5, 100, known=10, same_as="a"))
    assert figures(toy, 15) == {"A": [(5, 100)]}
    assert figures(toy, 30) == {"A": [(5, 100)]}


def test_of_two_figures_of_one_day_the_one_known_last_counts():
    toy = reported(counted("a", 5, 100, known=9), counted("b", 5, 130, known=7))
    assert figures(toy, 8) == {"A": [(5, 130)]}
    assert figures(toy, 9) == {"A": [(5, 100)]}


@pytest.mark.parametrize(
    "columns", [{"bound": "at_least"}, {"group": "children"}, {"origin": "A"}, {"not_scored": "estimate"},
                {"quantity": "arrived_cumulative"}],
)  # fmt: skip
def test_what_is_no_stock_of_everybody_does_not_count(columns):
    assert figures(reported(counted("a", 5, 100, **columns)), 10) == {}


def test_a_figure_of_people_from_all_homes_is_of_everybody():
    toy = reported(counted("a", 5, 100, origin="Home"))
    assert figures(toy, 10) == {"A": [(5, 100)]}
    assert last_reports(toy)["present", "A"].value == 100


def test_a_range_counts_as_its_middle_and_a_month_as_the_middle_of_it():
    toy = reported(counted("a", 5, None, bound="range", low=100, high=200))
    assert figures(toy, 10) == {"A": [(5, 150)]}


def test_a_place_that_has_closed_is_not_forecast():
    toy = reported(*series("A", [5, 6]), *series("B", [7, 8]), camps=(camp("A", closes=day(20)), "B"))
    assert set(figures(toy, 19)) == {"A", "B"}
    assert set(figures(toy, 20)) == {"B"}


def test_figures_after_the_end_are_neither_known_nor_scored():
    toy = reported(*series("A", range(100, 110)), days=50)
    assert len(History(toy).truth["present"]["A"].days) == 5


def test_areas_that_overlap_with_places_stand_apart():
    whole = Area(area="both", members=("A", "B"))
    toy = reported(*series("A", [5, 6]), *series("B", [7, 8]), *series("both", [12, 14]), areas=(whole,))
    panels = History(toy).at(day(30).toordinal())
    assert sorted(one.places for one in panels) == [("A", "B"), ("both",)]
    assert History(toy).main == next(one.name for one in panels if one.places == ("A", "B"))


def test_the_largest_figure_so_far_is_the_capacity():
    assert panel(reported(*series("A", [5, 90, 30])), 25).capacity == pytest.approx([90])


def test_places_without_any_figure_are_named():
    whole = Area(area="some", members=("A", "B"))
    toy = reported(*series("some", [5, 6]), camps=("A", "B", "C"), areas=(whole,))
    assert History(toy).never_reported == ("C",)


def test_steps_leave_out_first_registrations_and_new_registrations():
    toy = reported(*series("A", [0, 0, 1000, 1100, 800, 850]))
    steps, covered = clean_steps(panel(toy, 60).series[0], day(60).toordinal(), 90)
    # From 1000 on: +100, a fall by more than 12% that is a recount, +50, over 30 days.
    assert steps.tolist() == [100, 0, 50]
    assert covered == 30


def test_the_start_of_a_window_is_interpolated():
    toy = reported(counted("a", 0, 1000), counted("b", 100, 2000))
    steps, covered = clean_steps(panel(toy, 110).series[0], day(110).toordinal(), 90)
    assert steps == pytest.approx([800])
    assert covered == 80


def test_trends_of_places_and_arrivals_in_all():
    toy = reported(*series("A", [100, 200, 300, 400, 500, 600]), *series("B", [600, 590, 580, 570, 560, 550]))
    seen = panel(toy, 50)
    assert own_trend(seen.series, np.full(2, float(seen.origin))) == pytest.approx([10, -1])
    assert arrivals(seen.series, np.full(2, float(seen.origin))) == pytest.approx(10)


def test_the_target_is_the_nearest_figure_within_a_sixth_at_its_own_date():
    toy = reported(*series("A", range(40)), counted("b", 10, 5, place="B"), counted("b2", 55, 6, place="B"))
    seen = panel(toy, 20)
    truth = History(toy).truth["present"]
    found = targets_of(seen, 33, truth)
    assert (found.rows.tolist(), found.lead.tolist(), found.people.tolist()) == ([0, 1], [30, 35], [5, 6])
    assert targets_of(seen, 29, truth).rows.tolist() == [0]
    assert np.all(np.abs(found.lead - 33) <= 33 / 6)
