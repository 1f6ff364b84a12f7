"""Needs in a planner's units: the standards, needs.csv and places.csv of a run."""

import csv
import datetime as dt

import numpy as np
import pytest

import tiau
import toys
from tiau.results import needs_table, place_table
from tiau.results.disclosure import shown
from tiau.results.needs import NEEDS, needed, needs_of
from tiau.results.variables import NUMBERS, QUANTILES

BY_NAME = {need.name: need for need in NEEDS}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("name", "people", "amount"),
    [("people", 12, 12), ("households", 10, 2), ("households", 11, 3), ("shelters", 11, 3), ("covered_area", 100, 350),
     ("water", 100, 1500), ("taps", 250, 1), ("taps", 251, 2), ("latrines", 20, 1), ("latrines", 21, 2),
     ("latrines", 0, 0), ("food", 1000, 1000 * 0.000555 * 31), ("health_posts", 10_000, 1),
     ("health_posts", 10_001, 2), ("health_posts", 1, 1)],
)  # fmt: skip
def test_needs_follow_the_standards(name, people, amount):
    assert needed(np.array(float(people)), BY_NAME[name], household_size=5, days=31) == pytest.approx(amount)


def test_every_standard_is_cited():
    for name in ("covered_area", "water", "taps", "latrines", "food", "health_posts"):
        assert "standard" in BY_NAME[name].source
        assert "Sphere" in BY_NAME[name].source


def test_nobody_needs_nothing():
    assert all(float(found.amounts.sum()) == 0 and "-" not in "".join(found.cells()[2:])
               for found in needs_of(np.zeros(5), 10, household_size=5))  # fmt: skip


def test_the_gap_is_what_people_beyond_the_capacity_need():
    people = np.array([10.0, 40, 100, 120, 200])
    gaps = {found.need.name: found.gap for found in needs_of(people, 33, household_size=5)}
    assert (gaps["people"], gaps["households"], gaps["shelters"], gaps["covered_area"]) == (67, 14, 14, 67 * 3.5)
    assert all(np.isnan(gaps[name]) for name in ("water", "taps", "latrines", "food", "health_posts"))
    assert {found.gap for found in needs_of(people, 100, household_size=5) if found.need.room} == {0}
    assert all(np.isnan(found.gap) for found in needs_of(people, None, household_size=5))


@pytest.fixture(scope="module")
def mizoram():
    return tiau.simulate(tiau.load("mizoram-2021").until("2021-04-15"), members=12, seed=1)


@pytest.fixture(scope="module")
def folder(mizoram, tmp_path_factory):
    out = tmp_path_factory.mktemp("needs") / "out"
    mizoram.save(out, suppress_below=10)
    return out


def test_how_many_shelters_a_district_needs_in_a_month_is_read_off_one_row(mizoram, folder):
    (row,) = [
        row for row in rows_of(folder / "needs.csv")
        if (row["area"], row["month"], row["need"]) == ("Siaha district", "2021-03", "shelters")
    ]  # fmt: skip
    day = mizoram.days.index(dt.date(2021, 3, 31))
    people = shown(np.quantile(mizoram.area("Siaha district")[day], QUANTILES), 10)
    assert np.nanmax(people) > 0
    expected = ["" if np.isnan(x) else f"{np.ceil(x / 5):.0f}" for x in people]
    assert [row[name] for name in NUMBERS] == expected
    assert (row["level"], row["unit"], row["to"]) == ("admin2", "tents or rooms", "2021-03-31")


def test_needs_have_every_place_and_area_with_people_and_every_need(mizoram, folder):
    rows = rows_of(folder / "needs.csv")
    assert tuple(rows[0]) == needs_table.COLUMNS
    keys = [(row["level"], row["area"], row["country"], row["admin1"], row["month"]) for row in rows]
    assert all(keys.count(key) == len(NEEDS) for key in dict.fromkeys(keys[:: len(NEEDS)]))
    places = {row["place"] for row in rows if row["level"] == "place"}
    ends = [27, 58, 73]
    there = (mizoram.everybody[-1, ends] >= 0.5).any(0)
    assert places == {name for name, somebody in zip(mizoram.network.place_names, there, strict=True) if somebody}
    assert {row["level"] for row in rows} == {"country", "admin1", "admin2", "place"}


def test_places_have_a_row_a_month_with_where_they_are(mizoram, folder):
    rows = rows_of(folder / "places.csv")
    assert tuple(rows[0]) == place_table.COLUMNS
    ever = [
        place for place, some in zip(mizoram.scenario.places, mizoram.everybody[-1].max(0) >= 0.5, strict=True) if some
    ]
    assert [row["place"] for row in rows] == [place.place for place in ever for _ in range(3)]
    assert [row["to"] for row in rows[:3]] == ["2021-02-28", "2021-03-31", "2021-04-15"]
    at = {name: position for position, name in enumerate(mizoram.network.place_names)}
    for row in rows:
        day = mizoram.days.index(dt.date.fromisoformat(row["to"]))
        people = shown(mizoram.everybody[:, day, at[row["place"]]], 10)
        assert [row[name] for name in NUMBERS] == ["" if np.isnan(x) else f"{x:.0f}" for x in people]
        place = mizoram.scenario.places[at[row["place"]]]
        assert (float(row["lat"]), float(row["lon"]), row["admin2"]) == (place.lat, place.lon, place.admin2)


def crowded(**capacities):
    places = [toys.origin(people=1_000, admin1="Hills")]
    places += [toys.camp(name, admin1="North", capacity=capacity) for name, capacity in capacities.items()]
    routes = [toys.way("O", place.place, 100 + number) for number, place in enumerate(places[1:])]
    found = toys.scenario(places, routes, days=31, departures=[toys.leave(1, 400)])
    return list(needs_table.rows(tiau.simulate(found, chance=False), suppress_below=10))


def of(rows, area):
    found = [dict(zip(needs_table.COLUMNS, row, strict=True)) for row in rows]
    (row,) = [row for row in found if (row["area"], row["need"]) == (area, "people")]
    return row


def test_an_area_has_the_room_of_its_places_if_all_with_people_tell_theirs():
    both = crowded(A=100, B=50)
    north, places = of(both, "North"), [of(both, name) for name in "AB"]
    assert north["capacity"] == "150"
    assert int(north["gap"]) == int(north["median"]) - 150 == 250
    assert [row["gap"] for row in places] == [str(max(int(row["median"]) - int(row["capacity"]), 0)) for row in places]
    one = of(crowded(A=100, B=None), "North")
    assert (one["capacity"], one["gap"]) == ("", "")


def test_a_scenario_can_say_how_large_its_households_are_and_stays_the_same_scenario():
    toy = toys.line(departures=[toys.leave(1, 60)], days=31)
    larger = toys.with_parameters(toy, household_size=6)
    (row,) = [row for row in needs_table.rows(tiau.simulate(larger, chance=False), suppress_below=10)
              if row[:2] == ["Abroad", "country"] and row[9] == "households"]  # fmt: skip
    assert row[13] == "10"
    assert (larger.digest(), larger.prior_digest()) == (toy.digest(), toy.prior_digest())
    assert larger != toy
