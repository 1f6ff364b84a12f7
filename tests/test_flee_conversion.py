"""A case of Flee's as a scenario and back: nothing is lost, also by way of files."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from test_flee_writing import cases
from tiau.readers import examine, native
from tiau.readers.flee import read_case
from tiau.scenario.flee.conversion import case_of, scenario_of
from tiau.scenario.flee.source_data import counts

SHARED = Path(__file__).parents[2] / "shared"
CASES = sorted(path.parent for path in SHARED.glob("flee-cases/*/input_csv"))
published = pytest.mark.skipif(not CASES, reason="../shared/flee-cases is not there")


def through_files(scenario, folder):
    native.write(scenario, folder)
    again, faults = examine(folder)
    assert [str(fault) for fault in faults if fault.level == "fault"] == []
    return again


@published
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_published_cases_come_back_from_a_scenario_folder_without_a_fault(folder, tmp_path):
    case = read_case(folder, SHARED / "flee-cases" / "rules" / "modern125aw2dm75.yml")
    scenario = scenario_of(case)
    assert case_of(scenario) == case
    assert case_of(through_files(scenario, tmp_path / folder.name)) == case


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases())
def test_any_case_comes_back(case, tmp_path_factory):
    names = {place.name.lower() for place in case.locations}
    assume(len(names) == len(case.locations) and not any(";" in name for name in names))
    assume(all(link.name1 != link.name2 for link in case.links))
    scenario = scenario_of(case)
    assert case_of(scenario) == case
    assert case_of(through_files(scenario, tmp_path_factory.mktemp("scenario") / "case")) == case


@published
def test_a_scenario_says_natively_what_the_case_says():
    case = read_case(SHARED / "flee-cases" / "mali2012")
    scenario = scenario_of(case)
    places = {place.place: place for place in scenario.places}
    assert (places["Kidal"].kind, places["Kidal"].population) == ("origin", 25617)
    assert (places["Mopti"].kind, places["Mentao"].kind, places["Mentao"].capacity) == ("town", "camp", 6905)
    assert places["Mentao"].population is None
    kidal = [event for event in scenario.events if event.place == ("Kidal",)]
    assert [(event.start, event.end, event.severity) for event in kidal] == [
        (dt.date(2012, 2, 29), dt.date(2012, 12, 24), 1.0)
    ]
    closed = scenario.acts[0]
    assert (closed.effect, closed.level, closed.until) == ("close", "foreign", dt.date(2012, 3, 21))
    assert set(closed.places) == {"Douentza - Mentao", "Mopti - Mentao", "Mopti - Bobo-Dioulasso",
                                  "Segou - Bobo-Dioulasso"}  # fmt: skip
    assert scenario.areas[0].area == "total"
    assert len(scenario.areas[0].members) == 7
    first = scenario.reports[0]
    assert (first.place, first.value, first.as_of.start, first.publisher) == (
        "total", 0.0, dt.date(2012, 1, 16), "refugees.csv",
    )  # fmt: skip
    present = counts(case, hasten=1, days=300)[1:].sum(axis=0)
    left = sum(row.people for row in scenario.departures)
    assert left >= max(present) - present[0]
    assert scenario.settings.rules.model == "flee"


def test_departures_make_up_for_a_fall_first():
    from test_flee_source_data import case_of as with_counts
    from test_flee_source_data import label
    from tiau.scenario.flee.to_scenario import newcomers

    case = with_counts(label("total", [(0, 0)]), label("A", [(0, 5), (1, 15), (2, 11), (3, 13), (4, 20)]))
    present = counts(case, hasten=1, days=5)
    assert newcomers(case, present).tolist() == [0, 10, 0, 0, 5]
    assert np.sum(newcomers(case, present)) == 15
