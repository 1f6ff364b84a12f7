"""Who sets out where a case of Flee's is a scenario: when, from where, and since when it is known."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import flee_toys as toys
import tiau
from converted import START, by_day, by_place, coming, lost
from flee_random_toys import random_case
from test_flee_source_data import case_of as with_counts
from test_flee_source_data import label
from tiau.flee.case.counts import accounts, counts, known_on
from tiau.flee.case.model import Correction
from tiau.flee.case.settings import FleeSettings
from tiau.flee.conversion import scenario_of
from tiau.scenario import checks


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_people_who_set_out_are_the_newcomers_of_flees_accounts(seed):
    case = random_case(seed)
    scenario = scenario_of(case)
    assert (by_day(scenario) == coming(case)).all()
    assert [fault for fault in checks.check(scenario) if fault.level == "fault"] == []
    living = {place.place: place.population for place in scenario.places if place.kind == "origin"}
    for name, people in living.items():
        assert sum(row.people for row in scenario.departures if row.place == name) <= people


def test_people_leave_by_population_and_intensity_of_the_day():
    zones = [toys.place("Z", "conflict_zone", 3000), toys.place("Y", "town", 1000), toys.place("C", "camp")]
    ways = [("Z", "C", 100), ("Y", "C", 100)]
    conflicts = {"Z": [1, 1, 1, 0], "Y": [0, 0, 3, 3]}
    case = toys.build(zones, ways, 5, conflicts=conflicts, data={"gone": [0, 100, 201, 301, 301]})
    scenario = scenario_of(case)
    assert [by_place(scenario, day) for day in range(5)] == [{}, {"Z": 100}, {"Z": 51, "Y": 50}, {"Y": 100}, {}]
    # Where departures are given nobody leaves otherwise: that nobody did is said, too.
    assert [(row.place, row.people) for row in scenario.departures if row.day == START] == [("Z", 0.0)]


def test_a_run_sends_the_people_who_are_given():
    case = toys.line(300, days=8, country="abroad")
    result = tiau.simulate(scenario_of(case), chance=False)
    names = [place.name for place in case.locations]
    in_camp = result.everybody[0, :, names.index("C")]
    away = result.totals["moving"][:, 0] + in_camp
    assert away == pytest.approx(np.cumsum(coming(case)), rel=0.01)
    assert in_camp[-1] > 0


def test_a_fall_is_made_up_for_before_anybody_sets_out():
    case = toys.debt()
    assert by_day(scenario_of(case)).tolist() == [0, 20, 0, 0, 0, 0, 30, 0, 10, 1]


def test_zones_that_send_more_than_they_have_are_raised_and_said():
    zones = [toys.place("Z", "conflict_zone", 30), toys.place("Y", "conflict_zone", 900), toys.place("C", "camp")]
    case = toys.build(zones, [("Z", "C", 9), ("Y", "C", 9)], 4, data={"gone": [0, 500, 1000, 2000]})
    scenario = scenario_of(case)
    left = {name: sum(row.people for row in scenario.departures if row.place == name) for name in "ZY"}
    living = {place.place: (place.population, place.estimated) for place in scenario.places}
    assert left["Z"] + left["Y"] == 2000
    assert living["Z"] == (left["Z"], True)
    assert living["Y"] == (left["Y"], True)
    assert any(f"raised by {2000 - 930:,} in all (Z 30 to {left['Z']:.0f}, Y 900 to" in text for text in lost(case))
    result = tiau.simulate(scenario, chance=False)
    assert result.everybody[0, -1, 2] + result.totals["moving"][-1, 0] == pytest.approx(2000, rel=0.01)


def test_people_taken_from_the_population_leave_what_is_left_to_weigh():
    zones = [toys.place("Z", "conflict_zone", 100), toys.place("Y", "town", 100), toys.place("C", "camp")]
    conflicts, data = {"Z": [1], "Y": [0, 0, 1]}, {"gone": [0, 50, 80]}
    for taken, expected in ((False, {"Z": 15, "Y": 15}), (True, {"Z": 10, "Y": 20})):
        case = toys.build(zones, [("Z", "C", 9)], 3, conflicts=conflicts, data=data, take_from_population=taken)
        assert by_place(scenario_of(case), 2) == expected


def test_newcomers_without_a_zone_in_conflict_are_not_lost():
    zones = [toys.place("Z", "conflict_zone", 300), toys.place("C", "camp")]
    case = toys.build(zones, [("Z", "C", 9)], 4, conflicts={"Z": [1, 1, 0, 0]}, data={"gone": [0, 10, 30, 30]})
    assert by_day(scenario_of(case)).tolist() == [0, 10, 20, 0]
    assert any("in conflict on 1 days with 20 newcomers: they set out from all zones" in text for text in lost(case))


def test_departures_between_two_counts_are_known_with_the_later_one():
    places = [toys.place("Z", "conflict_zone", 9000), toys.place("C", "camp")]
    case = toys.build(places, [("Z", "C", 9)], 12)
    case = replace(case, labels=(label("total", [(0, 0)]), label("C", [(2, 10), (6, 90), (10, 130)])))
    rows = {(row.day - START).days: row.known_on for row in scenario_of(case).departures if row.people}
    assert set(rows) == {3, 4, 5, 6, 7, 8, 9, 10}
    for day, known in rows.items():
        later = 6 if day <= 6 else 10
        assert known == (None if day == later else START + dt.timedelta(later)), day


def test_what_a_correction_rescales_is_known_with_it():
    case = with_counts(
        label("total", [(0, 0)]), label("A", [(0, 100), (4, 200), (6, 100), (9, 140)]), corrections=[Correction("A", 6)]
    )
    assert known_on(case, 11).tolist() == [0, 6, 6, 6, 6, 6, 6, 9, 9, 9, 10]


FLEE_EXAMPLE = ([(0, 100), (10, 200)], [(0, 60), (10, 100)], [(0, 30), (10, 90)])


@pytest.mark.parametrize(("rules", "first"), [
    ({}, 0), ({"insert_day0": False}, 190), ({"insert_day0": False, "sum_from_camps": False}, 100),
    ({"insert_day0": False, "empty_camps_on_day0": True}, 0),
])  # fmt: skip
def test_newcomers_of_an_example_run_with_flee(rules, first):
    case = with_counts(*(label(name, rows) for name, rows in zip(["total", "C1", "C2"], FLEE_EXAMPLE, strict=True)))
    case = replace(case, settings=FleeSettings(**rules))
    assert accounts(case, counts(case, hasten=1, days=11)).coming.tolist() == [first] + [10] * 10


@pytest.mark.parametrize(("empty", "people"), [(False, 1135), (True, 135)])
def test_newcomers_of_flees_own_test_of_escape(empty, people):
    rows = [(0, 500), (365, 6000)]
    case = with_counts(label("total", rows), label("camp", rows))
    case = replace(case, settings=FleeSettings(insert_day0=False, empty_camps_on_day0=empty))
    assert accounts(case, counts(case, hasten=1, days=10)).coming.sum() == people
