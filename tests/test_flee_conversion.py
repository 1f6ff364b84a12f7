"""A case of Flee's as a scenario under our own rules: what it says there, what is lost and said, and that it runs."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

import flee_toys as toys
import tiau
from converted import START, by_day, coming, lost, through_files
from flee_folders import changed, write_files
from test_flee_writing import cases
from tiau import flee
from tiau.faults import InputError
from tiau.flee.case.model import DayTable, FleeCase
from tiau.flee.conversion import convert, scenario_of
from tiau.flee.destinations import cold_start
from tiau.loading import examine
from tiau.scenario import checks

SHARED = Path(__file__).parents[2] / "shared"
CASES = sorted(path.parent for path in SHARED.glob("flee-cases/*/input_csv"))
published = pytest.mark.skipif(not CASES, reason="../shared/flee-cases is not there")

# The six published cases.


@published
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_published_cases_are_scenarios_without_a_fault_also_by_way_of_files(folder, tmp_path):
    scenario, faults = examine(folder)
    assert {fault.level for fault in faults} <= {"warning", "put right"}
    assert through_files(scenario, tmp_path / folder.name) == scenario
    assert (by_day(scenario) == coming(flee.load(folder))).all()
    # What only follows from how a case is made into a scenario would be a false alarm.
    alarms = ("departures", "nobody leaves", "live in all homes", "another century", "where events happen")
    assert [str(fault) for fault in faults if any(words in str(fault) for words in alarms)] == []


@published
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_people_leave_where_flee_and_the_destinations_game_let_them_appear(folder):
    cold = cold_start(flee.load(folder))
    scenario = scenario_of(cold.case)
    place = {row.place: number for number, row in enumerate(scenario.places)}
    whole = np.zeros_like(cold.coming)
    for row in scenario.departures:
        whole[(row.day - scenario.settings.start).days, place[row.place]] = row.people
    assert (np.abs(whole - cold.coming) < 1).all()


@published
def test_a_scenario_says_natively_what_the_case_says():
    scenario = tiau.load(SHARED / "flee-cases" / "mali2012")
    assert scenario == examine(SHARED / "flee-cases" / "mali2012")[0]
    places = {place.place: place for place in scenario.places}
    assert (places["Kidal"].kind, places["Kidal"].population) == ("origin", 25617)
    assert (places["Mopti"].kind, places["Mentao"].kind, places["Mentao"].capacity) == ("town", "camp", 6905)
    assert places["Mentao"].population is None
    kidal = [event for event in scenario.events if event.place == ("Kidal",)]
    # By the week, each known when it is over.
    assert [(event.start, event.severity) for event in kidal] == [
        (dt.date(2012, 2, 29) + dt.timedelta(7 * week), min(7.0, 300.0 - 7 * week)) for week in range(43)
    ]
    assert all(event.known_on >= event.end for event in scenario.events)
    closed, opened = scenario.acts[:2]
    assert (closed.effect, closed.level, closed.enforcement, closed.until) == ("close", "foreign", 1, None)
    assert (opened.ends, opened.from_, opened.known_on) == (closed.act, dt.date(2012, 3, 22), dt.date(2012, 3, 22))
    assert set(closed.places) == {"Douentza - Mentao", "Mopti - Mentao", "Mopti - Bobo-Dioulasso",
                                  "Segou - Bobo-Dioulasso"}  # fmt: skip
    assert (scenario.areas[0].area, len(scenario.areas[0].members)) == ("total", 7)
    first = scenario.reports[0]
    assert (first.place, first.value, first.as_of.start, first.known_on, first.said_by) == (
        "total", 0.0, dt.date(2012, 1, 16), dt.date(2012, 1, 16), "refugees.csv",
    )  # fmt: skip
    assert not any(row.extra for table in (scenario.places, scenario.routes, scenario.reports) for row in table)
    assert sum(row.people for row in scenario.displaced) == 10_838


@published
def test_a_published_case_runs_and_is_compared(here, tmp_path):
    case = SHARED / "flee-cases" / "mali2012"
    done = here("run", case, "--members", 2, "--until", "2012-05-31", "--no-width-sources", "--out", "result")
    assert done.returncode == 0, done.stderr
    assert "RuntimeWarning" not in done.stderr
    drops = "".join(f'[[drop]]\ntable = "acts"\nid = "closure-001{end}"\n' for end in ("", "-ends"))
    what_if = f'title = "Open"\nwhy = "a test"\n{drops}'
    (tmp_path / "open.toml").write_text(what_if)
    done = here("compare", case, "--change", "open.toml", "--members", 2, "--until", "2012-05-31", "--out", "other")
    assert done.returncode == 0, done.stderr
    done = here("acts", case, "--at", "Mentao", "--on", "2012-03-05")
    assert "passes with chance 0 = Burkina_Faso by closure-001 0" in done.stdout


# What a scenario says, and what it has no place for.


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(case=cases())
def test_any_case_is_a_scenario_that_files_hold_or_a_fault(case, tmp_path_factory):
    try:
        scenario = scenario_of(case)
    except InputError:
        names = [place.name.lower() for place in case.locations] + [one.name for one in case.labels]
        assert len(set(names)) < len(names) or any(";" in place.name + place.country for place in case.locations)
        return
    wrong = [fault for fault in checks.check(scenario) if fault.level == "fault"]
    assume(not wrong)
    assert through_files(scenario, tmp_path_factory.mktemp("scenario") / "case") == scenario


def test_events_have_the_intensity_of_each_day():
    places = [toys.place("Z", "town", 900), toys.place("Y", "conflict_zone", 90), toys.place("C", "camp")]
    case = toys.build(places, [("Z", "C", 9), ("Y", "C", 9)], 6, conflicts={"Z": [0, 2, 2, 0.5, 0, 1]})
    found = [((event.start - START).days, (event.end - START).days, event.place, event.severity)
             for event in scenario_of(case).events]  # fmt: skip
    # Y has no column and is in conflict from first to last.
    assert found == [(1, 2, ("Z",), 4.0), (3, 3, ("Z",), 0.5), (5, 5, ("Z",), 1.0), (0, 5, ("Y",), 6.0)]


def test_closures_close_the_crossings_that_they_shut():
    case = toys.shut()
    acts = {act.act: act for act in scenario_of(case).acts}
    # A place and a way inside the country cannot be closed, nor a camp; a border can.
    crossings = ("Z - F", "T - F")
    assert {name: act.places for name, act in acts.items()} == {"closure-001": crossings, "closure-001-ends": crossings}
    assert ((acts["closure-001"].from_ - START).days, (acts["closure-001-ends"].from_ - START).days) == (5, 9)
    said = " ".join(lost(case))
    for words in ('"I" shuts 2 ways inside a country from day 4 to day 11', '"Z" shuts 1 ways', "(Z - T)",
                  '"C" is a camp on 15 of 20 days, here on 20 from day 0'):  # fmt: skip
        assert words in said
    way_out = tiau.simulate(scenario_of(case), chance=False).crossings.sum(0)[:, 0]
    assert way_out[4] < way_out[8] + 1e-9
    assert way_out[-1] > way_out[8]


def test_a_closure_that_ends_with_the_case_or_after_it_says_nothing_of_days_that_are_none():
    case = toys.line(300, days=9, country="abroad", closures=[("link", "Z", "C", 2, 9), ("link", "Z", "C", 3, 40)])
    scenario = scenario_of(case)
    assert [act.act for act in scenario.acts] == ["closure-001", "closure-002"]
    assert not [fault for fault in checks.check(scenario) if fault.file == "acts.csv"]


def test_crossings_shut_twice_are_told_as_they_open_otherwise_than_by_flees_rules():
    closures = [("link", "Z", "C", 1, 4), ("country", "home", "abroad", 2, 7)]
    case = toys.line(300, days=9, country="abroad", closures=closures)
    (said,) = [text for text in lost(case) if "shuts the same crossings twice" in text]
    assert "Flee opens them when the first ends, on day 4, here each holds until its own end, on day 7" in said


@pytest.mark.parametrize("day", range(1, 20, 3))
def test_what_was_known_of_a_case_is_not_changed_by_what_comes_later(day):
    """Cases that differ after a day alone are known alike on it, but for places, who live there from the start."""
    case = toys.shut()
    known = scenario_of(case).known_by(case.date(day))
    later = replace(
        case,
        closures=tuple(replace(row, end=row.end + 2) if row.end > day + 1 else row for row in case.closures),
        conflicts=DayTable(
            case.conflicts.names, np.where(np.arange(case.days)[:, None] > day, 0.5, case.conflicts.values)
        ),
    )
    other = scenario_of(later).known_by(case.date(day))
    assert (known.acts, known.events, known.reports) == (other.acts, other.events, other.reports)


def test_a_closure_without_an_end_and_one_that_ends_too_early_last():
    case = toys.line(300, days=9, country="abroad", closures=[
        ("link", "Z", "C", 2, -1), ("link", "C", "Z", 5, 3), ("location", "Z", "", 4, 4), ("contry", "a", "b", 0, 9),
    ])  # fmt: skip
    acts = scenario_of(case).acts
    assert [((act.from_ - START).days, act.until, act.places) for act in acts] == [
        (2, None, ("Z - C",)), (5, None, ("Z - C",)),
    ]  # fmt: skip


def test_reports_hold_every_count_with_its_day(tmp_path):
    scenario = tiau.load(write_files(tmp_path / "toy"))
    said = [(row.place, str(row.as_of), row.value, row.said_by, row.known_on) for row in scenario.reports]
    assert said == [
        (name, day, people, file, dt.date.fromisoformat(day))
        for name, file, rows in (
            ("total", "refugees.csv", [("2012-02-28", 0), ("2012-03-05", 1500)]),
            ("Mentao", "mentao.csv", [("2012-03-01", 100), ("2012-03-03", 900), ("2012-03-05", 600)]),
            ("Abala", "abala.csv", [("2012-03-01", 10), ("2012-03-05", 900)]),
        )
        for day, people in rows
    ]
    assert {(row.quantity, row.bound, row.group) for row in scenario.reports} == {("present", "exact", "all")}
    assert "sets 2 earlier counts right: reports hold them as they were said" in scenario.settings.description
    assert "Mentao 900 to 600" in scenario.settings.description


def test_files_that_add_up_are_one_figure(tmp_path):
    scenario = tiau.load(write_files(tmp_path / "toy", {
        **changed("source_data/data_layout.csv", "mentao.csv", "mentao.csv,other.csv"),
        "source_data/other.csv": "2012-03-01,1\n2012-03-03,2\n2012-03-05,3\n",
    }))  # fmt: skip
    assert [(row.value, row.said_by) for row in scenario.reports if row.place == "Mentao"] == [
        (101, "mentao.csv; other.csv"), (902, "mentao.csv; other.csv"), (603, "mentao.csv; other.csv"),
    ]  # fmt: skip


def test_a_camp_for_a_time_opens_or_closes():
    found = {place.place: (place.opens, place.closes) for place in scenario_of(toys.changing()).places}
    assert any(found["T"])


def test_people_in_camps_on_the_first_day_are_displaced_and_nobody_stays_elsewhere(tmp_path):
    scenario, faults = examine(write_files(tmp_path / "toy"))
    assert [(row.place, row.people) for row in scenario.displaced] == [("Mentao", 66), ("Abala", 10)]
    assert not any("on the first day" in str(fault) for fault in faults)
    assert scenario.settings.parameters["stay_inside"].value == 0


@pytest.mark.parametrize(("case", "words"), [
    (toys.changing(), 'changes the kind of C; here places keep one kind'),
    (toys.marker_graph(), "has C as markers or hubs"),
    (toys.sinks(), "gives deactivation_probability (2 cells)"),
    (toys.two_camps(), "gives capacity_per_day (1 cells)"),
    (toys.flood(), "makes newcomers by conflict or flood"),
    (toys.forecast(), "comes with demographics of floodawareness"),
    (toys.line(0), "gives Z - C no distance; here 1 m"),
    (toys.line(300, conflict_movechance=0.001), "makes a camp of Z, where people set out"),
])  # fmt: skip
def test_what_has_no_place_is_said_with_its_numbers(case, words):
    scenario, faults = convert(case)
    assert [str(fault) for fault in faults if words in str(fault)], [str(fault) for fault in faults]
    assert words in scenario.settings.description
    assert {fault.level for fault in faults} == {"warning"}


def test_a_plain_case_has_nothing_to_say():
    places = [toys.place("Z", "conflict_zone", 9000), toys.place("C", "camp", 50)]
    case = toys.build(places, [("Z", "C", 9)], 5, data={"gone": [0, 10]})
    case = replace(case, locations=tuple(replace(place, x=1.0, y=2.0) for place in case.locations))
    assert lost(case) == []
    assert scenario_of(case).settings.description == ""


def test_floods_drive_people_out_by_our_own_rules():
    scenario = scenario_of(toys.flood())
    assert scenario.departures == ()
    assert {event.kind for event in scenario.events} == {"flood"}
    assert {place.place: place.kind for place in scenario.places} == {
        "A": "origin", "B": "origin", "T": "origin", "C": "camp",
    }  # fmt: skip
    assert "stay_inside" not in scenario.settings.parameters
    assert tiau.simulate(scenario, chance=False).totals["moving"].shape == (12, 1)


def test_a_case_without_source_data_leaves_departures_to_the_events():
    case = replace(toys.line(100), labels=())
    assert scenario_of(case).departures == ()
    assert sum(event.severity for event in scenario_of(case).events) == 12


def test_a_case_keeps_its_digest_whatever_was_put_right(tmp_path):
    case = flee.load(write_files(tmp_path / "a" / "toy"))
    other = flee.load(write_files(tmp_path / "b" / "toy", changed("input_csv/locations.csv", "Abala,", "Abala ,")))
    assert isinstance(case, FleeCase)
    assert case.digest() == other.digest()
    assert case.digest() != replace(case, days=5).digest()
