"""areas.csv: who is where by district and month, and areas that are their own places whatever they are called."""

import csv
import datetime as dt

import numpy as np
import pytest

import tiau
import toys
from forecast_toys import counted
from tiau.results import area_table
from tiau.results.area_table import COLUMNS, NUMBERS
from tiau.results.areas import Area, areas_kept
from tiau.results.disclosure import shown
from tiau.scenario import rows as tables
from tiau.simulation import Simulation, simulate

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def namesakes(**more):
    """A district called as a camp elsewhere, and two districts of one name in different states."""
    places = [
        toys.origin(people=5_000, admin1="Hills"),
        toys.camp("A", admin1="North", admin2="Champhai"),
        toys.camp("B", admin1="North", admin2="Champhai"),
        toys.camp("Champhai", admin1="North", admin2="Town"),
        toys.camp("C", admin1="South", admin2="Centre"),
        toys.camp("D", admin1="West", admin2="Centre"),
    ]
    routes = [toys.way("O", place.place, 100 + 10 * number, place.place) for number, place in enumerate(places[1:])]
    events = [toys.event(0, 60)]
    return toys.scenario(places, routes, days=75, base={**toys.LIVELY, **toys.UNLIKE}, events=events, **more)


@pytest.fixture(scope="module")
def result():
    return tiau.simulate(namesakes(), members=20, seed=3)


@pytest.fixture(scope="module")
def mizoram():
    return tiau.simulate(tiau.load("mizoram-2021").until("2021-04-15"), members=12, seed=1)


def members_at(result, *places):
    """People present at some places together (day, member)."""
    mask = np.isin(result.network.place_names, places)
    row = next(row for row, kept in enumerate(areas_kept(result.network).places) if np.array_equal(kept, mask))
    return result.areas["present"][row].astype(float)


def of(result, level, name, target, period, **columns):
    return [
        row for row in area_table.rows(result, suppress_below=0)
        if (row.area.level, row.area.name, row.target, row.period) == (level, name, target, period)
        and all(getattr(row.area, column) == value for column, value in columns.items())
    ]  # fmt: skip


def test_people_in_a_district_by_month_are_the_quantiles_of_members(mizoram, tmp_path):
    mizoram.save(tmp_path / "out", suppress_below=10)
    rows = [
        row for row in rows_of(tmp_path / "out" / "areas.csv")
        if (row["level"], row["area"], row["target"], row["period"])
        == ("admin2", "Champhai district", "present", "month")
    ]  # fmt: skip
    assert [(row["month"], row["from"], row["to"]) for row in rows] == [
        ("2021-02", "2021-02-01", "2021-02-28"), ("2021-03", "2021-03-01", "2021-03-31"),
        ("2021-04", "2021-04-01", "2021-04-15"),
    ]  # fmt: skip
    for row in rows:
        day = mizoram.days.index(dt.date.fromisoformat(row["to"]))
        expected = shown(np.quantile(mizoram.area("Champhai district")[day], LEVELS), 10)
        assert [row[name] for name in NUMBERS] == [f"{x:.0f}" if x == x else "" for x in expected]


def test_a_district_is_its_own_places_and_not_the_place_of_its_name(result):
    assert result.network.names.members("Champhai") == (3,)
    district = of(result, "admin2", "Champhai", "present", "day")
    people = members_at(result, "A", "B")
    assert people[-1].max() > 100
    expected = np.floor(np.quantile(people, LEVELS, axis=1).T + 0.5)
    assert [row.numbers for row in district] == [tuple(of_day) for of_day in expected]
    assert not np.array_equal(result.area("Champhai"), people)
    assert np.array_equal(result.area("Abroad / North / Champhai"), people)


def test_districts_of_one_name_in_two_states_are_two(result):
    for state, place in (("South", "C"), ("West", "D")):
        row = of(result, "admin2", "Centre", "present", "month", admin1=state)[-1]
        assert row.numbers == tuple(np.floor(np.quantile(members_at(result, place)[-1], LEVELS) + 0.5))
    both = of(result, "admin2", "Centre", "present", "month")
    assert {row.area.label for row in both} == {"Abroad / South / Centre", "Abroad / West / Centre"}


def test_each_set_of_places_is_kept_once(mizoram):
    kept = areas_kept(mizoram.network)
    assert kept.names == mizoram.area_names
    chains = {tuple(kept.places[row]) for row in kept.row_of.values()}
    extra = [tuple(mask) for name, mask in zip(kept.names, kept.places, strict=True) if " / " in name]
    assert len(set(extra)) == len(extra)
    assert len(chains) == len(set(kept.row_of.values()))


def test_presence_is_of_the_last_day_and_arrivals_of_the_period(result):
    days = of(result, "country", "Abroad", "present", "day")
    assert len(days) == 75
    for row in of(result, "country", "Abroad", "present", "week"):
        assert row.numbers == next(one.numbers for one in days if one.last == row.last)
        assert (row.last - row.first).days in (4, 6)
    assert not of(result, "country", "Abroad", "arrivals", "day")
    entered = result.area("Abroad", "arrived_cumulative").astype(float)
    months = of(result, "country", "Abroad", "arrivals", "month")
    ends = [result.days.index(row.last) for row in months]
    for row, before, end in zip(months, [None, *ends], ends, strict=False):
        came = entered[end] - (0 if before is None else entered[before])
        assert row.numbers == tuple(np.floor(np.quantile(came, LEVELS) + 0.5))


def test_arrivals_go_by_borders_where_there_are_any_and_else_by_who_settles():
    places = [
        toys.origin(people=1_000, admin1="Hills"), toys.camp("A", admin1="North"), toys.camp("B", admin1="Inland"),
    ]  # fmt: skip
    routes = [toys.way("O", "A", 100, "gate"), toys.way("A", "B", 100)]
    reports = [counted(place, 29, 5, place=place, quantity="arrived_cumulative") for place in ("North", "Inland")]
    toy = toys.scenario(places, routes, days=30, base={**toys.LIVELY, "onward_rate": 0.2}, events=[toys.event(0, 20)],
                        reports=reports)  # fmt: skip
    found = tiau.simulate(toy, members=5, seed=1)
    for row, place in enumerate(("North", "Inland")):
        assert found.truth[row].min() > 0
        assert found.area(place, "arrived_cumulative")[-1] == pytest.approx(found.truth[row])


def test_crossings_have_arrivals_alone_and_say_what_lies_behind_them(result):
    rows = [row for row in area_table.rows(result, suppress_below=0) if row.area.level == "crossing"]
    assert {row.target for row in rows} == {"arrivals"}
    assert {row.area for row in rows} >= {Area("crossing", "Abroad", "South", "Centre", "C")}
    last = [row for row in rows if row.period == "month" and row.area.crossing == "A"]
    assert sum(row.numbers[2] for row in last) > 0


def test_areas_where_nobody_ever_is_are_left_out():
    empty = toys.camp("E", "Nowhere", admin1="Far")
    toy = namesakes()
    found = tiau.simulate(toy.model_copy(update={"places": (*toy.places, empty)}), members=2)
    assert not [row for row in area_table.rows(found, suppress_below=0) if "Nowhere" in row.area.label]


def test_rows_stand_in_order_and_numbers_are_numbers(result, tmp_path):
    area_table.write(result, tmp_path / "areas.csv", suppress_below=25)
    rows = rows_of(tmp_path / "areas.csv")
    assert tuple(rows[0]) == COLUMNS
    levels = [row["level"] for row in rows]
    assert levels == sorted(levels, key=("country", "admin1", "admin2", "crossing").index)
    cells = {row[name] for row in rows for name in NUMBERS}
    assert "" in cells
    assert all(int(cell) % 25 == 0 for cell in cells if cell)
    for row in rows:
        assert row["suppressed"].split("; ") == ([name for name in NUMBERS if not row[name]] or [""])
        assert row["month"] == row["to"][:7]


def test_a_run_goes_on_where_another_report_gave_an_area_its_name():
    # The district is called as a place is: only a row of areas.csv names it, which a report has kept by that name.
    toy = namesakes(areas=[tables.Area(area="Champhai district", members=("A", "B"))])
    late = toy.model_copy(update={"reports": (counted("R", 60, 5, place="Champhai district"),)})
    first = Simulation(late, members=3)
    assert "Champhai district" in simulate(late, members=1).area_names
    first.go_on(toys.day(20))
    again = Simulation(toy, members=3).resumed(first.snapshot())
    again.go_on()
    assert again.result() == simulate(toy, members=3)
