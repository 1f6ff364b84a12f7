"""A case of Flee's as a scenario under our own rules: what it says there, what is lost and said, and that it runs."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import flee_toys as toys
import tiau
from flee_folders import FILES, changed, write_files
from flee_random_toys import random_case
from test_flee_source_data import case_of as with_counts
from test_flee_source_data import label
from test_flee_writing import cases
from tiau import flee
from tiau.faults import InputError
from tiau.flee.case.counts import accounts, counts, known_on
from tiau.flee.case.model import Correction, DayTable, FleeCase
from tiau.flee.case.settings import FleeSettings
from tiau.flee.conversion import convert, scenario_of
from tiau.flee.destinations import cold_start
from tiau.loading import examine
from tiau.readers import native
from tiau.scenario import checks
from tiau.scenario.rows import Departure

SHARED = Path(__file__).parents[2] / "shared"
CASES = sorted(path.parent for path in SHARED.glob("flee-cases/*/input_csv"))
published = pytest.mark.skipif(not CASES, reason="../shared/flee-cases is not there")
START = dt.date(2020, 1, 1)


def through_files(scenario, folder):
    native.write(scenario, folder)
    again, faults = examine(folder)
    assert [str(fault) for fault in faults if fault.level == "fault"] == []
    return again


def by_day(scenario):
    """Who sets out on each day, in all."""
    people = np.zeros(scenario.days)
    for row in scenario.departures:
        people[(row.day - scenario.settings.start).days] += row.people
    return people


def by_place(scenario, day):
    """Who sets out on a day, place by place, but for those where nobody does."""
    date = scenario.settings.start + dt.timedelta(day)
    return {row.place: row.people for row in scenario.departures if row.day == date and row.people}


def lost(case):
    """What is said of a case that a scenario has no place for."""
    return [str(fault) for fault in convert(case)[1]]


def coming(case):
    """Who comes by Flee's own accounts."""
    present = counts(case, hasten=1, days=case.days)
    return accounts(case, present - present[:, :1] if case.settings.empty_camps_on_day0 else present).coming


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


# Who sets out: when, from where, and since when it is known.


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


# Everything else that a scenario says.


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


def test_ways_to_themselves_are_left_out_and_said(tmp_path, here):
    write_files(tmp_path / "case", {"input_csv/routes.csv": FILES["input_csv/routes.csv"] + "Gao,Gao,3,0\n"})
    done = here("check", "case")
    assert done.returncode == 0
    assert "has ways from Gao to itself, which are left out" in done.stdout
    assert len(tiau.load(tmp_path / "case").routes) == 4


@pytest.mark.parametrize(("new", "said"), [
    ("gao,", "differs from Gao in case alone"), ("Mopti;Sevare,", "holds a semicolon"),
])  # fmt: skip
def test_names_that_would_mean_something_else_are_refused_with_a_sentence(new, said, tmp_path, here):
    write_files(tmp_path / "toy", {name: re.sub(r"\bMopti,", new, text) for name, text in FILES.items()})
    with pytest.raises(InputError, match=f"{said}.*tiau flee runs the case as it is"):
        tiau.load(tmp_path / "toy")
    done = here("check", "toy")
    assert done.returncode == 2
    assert said in done.stdout
    assert here("flee", "toy").returncode == 0


def test_findings_name_the_files_of_the_case(tmp_path):
    _, faults = examine(write_files(tmp_path / "toy", changed("input_csv/routes.csv", "Gao,Mopti,400", "Gao,Mopti,4")))
    shorter = [str(fault) for fault in faults if "great circle" in str(fault)]
    assert shorter
    assert "in locations.csv" in shorter[0]
    assert not any("places.csv" in str(fault) or "row None" in str(fault) for fault in faults)


# Commands.


@pytest.mark.parametrize("command", ["copy", "import"])
def test_the_commands_write_the_scenario_that_the_case_is(tmp_path, here, command):
    folder = write_files(tmp_path / "toy", changed("input_csv/locations.csv", "Abala,", "Abala ,"))
    words = (command, folder, *(("--into",) if command == "import" else ()), "mine/toy")
    done = here(*words)
    assert done.returncode == 0, done.stderr
    assert tiau.load(tmp_path / "mine" / "toy") == tiau.load(folder)
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["toy"]
    assert here("check", "mine/toy").returncode == 0
    again = here(*words)
    assert again.returncode == 2
    assert "exists and is not an empty folder" in again.stderr


def test_import_says_what_was_put_right_and_what_is_lost(tmp_path, here):
    folder = write_files(tmp_path / "toy", changed("input_csv/locations.csv", "Abala,", "Abala ,"))
    done = here("import", folder, "--into", "mine")
    assert 'put right: locations.csv row 6: "Abala" had blanks around it' in done.stderr
    assert "sets 2 earlier counts right" in done.stderr
    assert "imported to mine" in done.stdout


def test_import_tells_every_fault_and_writes_nothing(tmp_path, here):
    wrong = changed("input_csv/locations.csv", "86000", '"86,000"') | changed("input_csv/routes.csv", "172,0", "x,0")
    done = here("import", write_files(tmp_path / "toy", wrong), "--into", "mine")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert not (tmp_path / "mine").exists()


def test_a_table_with_more_rows_than_can_be_read_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr(Departure, "most_rows", 5)
    scenario = tiau.load(write_files(tmp_path / "toy"))
    with pytest.raises(InputError, match=r"departures.csv: would have \d+ rows, and 5 can be read"):
        native.write(scenario, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_load_raises_what_check_lists(tmp_path):
    write_files(tmp_path / "toy", changed("input_csv/routes.csv", "Gao,Menaka", "Gao,Menakka"))
    scenario, faults = examine(tmp_path / "toy")
    assert scenario is None
    with pytest.raises(InputError, match='did you mean "Menaka"') as error:
        tiau.load(tmp_path / "toy")
    assert error.value.faults == faults


@pytest.mark.parametrize(("rules", "said"), [
    ('model = "destinations"', ""),
    ('model = "flee"', 'rules.model: "flee" is no longer a model of scenarios; run the case folder'),
    ('model = "gravity"', 'rules.model: "gravity" chooses rules'),
    ('model = "destinations"\n[rules.flee]\nhasten = 1', "key rules: \"destinations\" chooses rules"),
])  # fmt: skip
def test_a_choice_of_rules_is_told(tmp_path, rules, said):
    native.write(tiau.load(write_files(tmp_path / "toy")), tmp_path / "mine")
    path = tmp_path / "mine" / "scenario.toml"
    assert "[rules]" not in path.read_text()
    path.write_text(f"{path.read_text()}\n[rules]\n{rules}\n")
    scenario, faults = examine(tmp_path / "mine")
    wrong = [str(fault) for fault in faults if fault.level == "fault"]
    assert (scenario is not None) == (not said)
    assert len(wrong) == bool(said)
    assert said in "".join(wrong)


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


def test_a_case_keeps_its_digest_whatever_was_put_right(tmp_path):
    case = flee.load(write_files(tmp_path / "a" / "toy"))
    other = flee.load(write_files(tmp_path / "b" / "toy", changed("input_csv/locations.csv", "Abala,", "Abala ,")))
    assert isinstance(case, FleeCase)
    assert case.digest() == other.digest()
    assert case.digest() != replace(case, days=5).digest()
