"""A forecast of a scenario: what is known and what may happen, as tables and files, and wrong input in a sentence."""

import csv
import io

import numpy as np
import pytest
from rich.console import Console

import tiau
import toys
from forecast_toys import counted, fleeing
from tiau.faults import InputError
from tiau.forecasting import ahead
from tiau.forecasting.delivery import COLUMNS, FORECAST, hub_rows, save
from tiau.presentation.forecast_terminal import show_forecast
from tiau.presentation.words import forecasts as words
from toys import day

NOW = day(60)
GIVEN = {"origin": NOW, "horizon": 30, "members": 20, "jobs": 1}


@pytest.fixture(scope="module")
def mixed():
    return tiau.forecast(fleeing(), **GIVEN)


def middle(found, place):
    table = found.table()
    return table.loc[(table["location"] == place) & (table["target"] == "present"), "median"].iloc[-1]


def test_places_with_figures_and_areas_abroad_are_forecast_by_week(mixed):
    assert set(mixed.rows) == {(of, place) for of in ("present", "arrivals") for place in ("C", "D", "Abroad")}
    # Weeks, the end of March, and the horizon.
    assert mixed.days == (7, 14, 21, 28, 29, 30)
    present = [row for row, (target, _) in enumerate(mixed.rows) if target == "present"]
    assert np.all(np.diff(mixed.quantiles[present], axis=2) >= 0)
    assert np.isnan(mixed.last[mixed.rows.index(("present", "Abroad"))])
    assert mixed.last[mixed.rows.index(("present", "C"))] == 2_400


def test_worse_courses_bring_more_people(mixed):
    subsides, escalates = (tiau.forecast(fleeing(), events=name, **GIVEN) for name in ("subsides", "escalates"))
    assert middle(subsides, "C") < middle(mixed, "C") < middle(escalates, "C")


def test_the_file_holds_each_quantile_and_each_member_once(mixed, tmp_path):
    save(mixed, fleeing(), tmp_path / "out", seed=1)
    with (tmp_path / "out" / FORECAST).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    keys = [tuple(row[column] for column in COLUMNS[:-1]) for row in rows]
    assert len(set(keys)) == len(keys) == len(list(hub_rows(mixed))) == 3 * (6 + 4) * (23 + 20)
    assert {row["target_end_date"] for row in rows if row["horizon"] == "30"} == {str(day(90))}
    assert {row["reference_date"] for row in rows} == {str(NOW)}
    of_c = [row for row in rows if (row["location"], row["target"]) == ("C", "present")]
    medians = [row for row in of_c if row["output_type_id"] == "0.5"]
    assert float(medians[-1]["value"]) == pytest.approx(middle(mixed, "C"), rel=1e-5)


def test_a_folder_of_something_else_stays_as_it_is(mixed, tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="not a result"):
        save(mixed, fleeing(), tmp_path, seed=1)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_what_was_fitted_to_the_same_is_not_fitted_again(mixed, monkeypatch):
    fitted = tiau.fit(fleeing(), until=NOW, members=20, jobs=1).scenario
    known_more = fitted.model_copy(update={"reports": (*fitted.reports, counted("new", 59, 2_000))})

    def never(*_, **__):
        raise AssertionError

    monkeypatch.setattr(ahead, "fit", never)
    again = tiau.forecast(fitted, **GIVEN)
    assert again.rows == mixed.rows
    with pytest.raises(AssertionError):
        tiau.forecast(known_more, **GIVEN)
    with pytest.raises(AssertionError):
        tiau.forecast(fitted, **{**GIVEN, "origin": day(50)})


def test_courses_and_ranges_are_said(mixed):
    assert "50% events of the last 90 days happen again" in words.opening(mixed)
    assert words.with_range(12, 347, 6_789) == "350 (12-6,800)"


def test_the_terminal_shows_three_dates_a_third_of_the_time_apart(mixed):
    console = Console(file=io.StringIO(), width=120)
    show_forecast(mixed, console)
    said = console.file.getvalue()
    assert all(str(day(60 + days)) in said for days in (7, 21, 30))
    low, middle, high = mixed.range(mixed.row("present", "D"), 5)
    assert "1,200" in said
    assert words.with_range(low, middle, high) in said
    assert words.TRUST.split(".")[0] in said


def test_a_forecast_starts_from_the_day_on_which_a_place_was_said_to_be_empty():
    figures = [counted(f"C{number}", number, 40 * number, place="C") for number in range(10, 51, 10)]
    emptied = counted("C60", 60, 0, place="C", known=62)
    found = tiau.forecast(fleeing(reports=[*figures, emptied]), **{**GIVEN, "origin": None})
    assert found.origin == day(62)
    assert found.last[found.row("present", "C")] == 0


def test_millions_are_written_to_the_person_as_in_the_table_of_areas():
    figures = [counted(f"C{number}", number, 60_000 * number, place="C") for number in range(10, 61, 10)]
    home = toys.origin(people=90_000_000)
    given = {"reports": tuple(figures), "places": (home, toys.camp("C"), toys.camp("D"))}
    found = tiau.forecast(fleeing().model_copy(update=given), **GIVEN)
    end, row = str(found.date(30)), found.areas().query("area == 'Abroad' and target == 'present' and period == 'week'")
    (median,) = (
        value for _, _, day, target, place, _, level, value in hub_rows(found)
        if (day, target, place, level) == (end, "present", "Abroad", "0.5")
    )  # fmt: skip
    assert int(median) == row["median"].iloc[-1] > 1_000_000


FEW = fleeing(reports=[counted(f"C{number}", number, 40 * number, place="C") for number in (10, 20)])
ONE = fleeing(reports=[counted("C10", 10, 400, place="C")])
LEAVING = fleeing(departures=[toys.leave(number, 10) for number in range(100)])


@pytest.mark.parametrize(
    ("scenario", "given", "said"),
    [
        (fleeing(), {"origin": day(5)}, "lies before anybody is counted in toy, which is known on 2021-01-11"),
        (fleeing(), {"origin": day(500)}, "lies after toy, which ends on 2021-04-30"),
        (fleeing(), {"events": "hold"}, 'did you mean "holds"'),
        (fleeing(), {"events": None}, 'events: "None" is neither a word nor a path; choose from mixed, holds'),
        (FEW, {}, "has 2 figures that a run can be set beside"),
        (ONE, {}, "has 1 figure that a run can be set beside"),
        (fleeing(reports=()), {}, "counts nobody; add reports of stocks"),
        (LEAVING, {}, "gives who leaves, and nobody knows that of days to come"),
    ],
)
def test_wrong_input_is_a_sentence(scenario, given, said):
    with pytest.raises(InputError, match=said):
        tiau.forecast(scenario, **{**GIVEN, **given})


@pytest.mark.parametrize("horizon", [0, 3_650])
def test_a_horizon_of_nothing_or_of_ten_years_is_refused(horizon):
    with pytest.raises(ValueError, match="horizon must be a whole number from 1 to 1,096"):
        tiau.forecast(fleeing(), **{**GIVEN, "horizon": horizon})
