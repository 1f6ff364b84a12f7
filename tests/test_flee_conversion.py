"""A case of Flee's as a scenario and back: nothing is lost, also by way of files."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from tiau.flee.case.conversion import case_of, scenario_of
from tiau.flee.case.to_scenario import newcomers

from flee_folders import FILES, changed, write_files
from test_flee_source_data import case_of as with_counts
from test_flee_source_data import label
from test_flee_writing import cases
from tiau.faults import InputError
from tiau.flee.case.counts import counts
from tiau.flee.case.model import Closure
from tiau.flee.case.settings import FleeSettings
from tiau.flee.reading import read_case
from tiau.loading import examine
from tiau.readers import native

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


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(case=cases())
def test_any_case_comes_back(case, tmp_path_factory):
    names = {place.name.lower() for place in case.locations}
    assume(len(names) == len(case.locations) and not any(";" in name for name in names))
    assume("total" not in names)  # the reader refuses two rows of one name in data_layout.csv
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
    case = with_counts(label("total", [(0, 0)]), label("A", [(0, 5), (1, 15), (2, 11), (3, 13), (4, 20)]))
    present = counts(case, hasten=1, days=5)
    assert newcomers(case, present).tolist() == [0, 10, 0, 0, 5]
    assert np.sum(newcomers(case, present)) == 15


def test_the_command_imports_a_case_and_says_what_it_put_right(tmp_path, here):

    folder = write_files(tmp_path / "toy", changed("input_csv/locations.csv", "Abala,", "Abala ,"))
    done = here("import", "flee", folder, "mine/toy")
    assert done.returncode == 0, done.stderr
    assert 'put right: locations.csv row 6: "Abala" had blanks around it' in done.stdout
    assert "imported toy: 5 locations, 4 ways, 6 days" in done.stdout
    assert case_of(examine(tmp_path / "mine" / "toy")[0]) == read_case(folder)
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["toy"]
    assert here("check", "mine/toy").returncode == 0
    again = here("import", "flee", folder, "mine/toy")
    assert again.returncode == 2
    assert "exists and is not an empty folder" in again.stderr


def test_the_command_tells_every_fault_and_writes_nothing(tmp_path, here):

    wrong = changed("input_csv/locations.csv", "86000", '"86,000"') | changed("input_csv/routes.csv", "172,0", "x,0")
    done = here("import", "flee", write_files(tmp_path / "toy", wrong), "mine")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    ("routes.csv", "172,0", "172,0\nGao,Gao,3,0", '"Gao" has a way to itself'),
    ("locations.csv", "Mopti,", "gao,", "differs from Gao in case alone"),
    ("locations.csv", "Mopti,", "Mopti;Sevare,", "holds a semicolon"),
])  # fmt: skip
def test_what_the_format_cannot_say_is_refused_with_a_sentence(file, old, new, said, tmp_path):

    files = {name: text.replace("Mopti,", new) if old == "Mopti," else text for name, text in FILES.items()}
    name = f"input_csv/{file}"
    files[name] = files[name].replace(old, new)
    with pytest.raises(InputError, match=said):
        scenario_of(read_case(write_files(tmp_path / "toy", files)))


def test_what_cannot_be_taken_back_is_refused_with_its_place(tmp_path):

    native.write(scenario_of(read_case(write_files(tmp_path / "toy"))), tmp_path / "mine")
    path = tmp_path / "mine" / "places.csv"
    path.write_text(path.read_text().replace(",conflict_zone,2,2", ",conflict_zone,2,soon"))
    with pytest.raises(InputError, match=r'places\.csv row 3 column x_conflict_date: "soon" is not what was written'):
        case_of(examine(tmp_path / "mine")[0])


def test_edits_of_the_native_columns_count(tmp_path):

    native.write(scenario_of(read_case(write_files(tmp_path / "toy"))), tmp_path / "mine")
    for name, old, new in (("places.csv", ",6900,", ",7000,"), ("routes.csv", "Abala,172", "Abala,180"),
                           ("acts.csv", "2012-03-03", "2012-03-04"), ("reports.csv", ",900,", ",950,")):  # fmt: skip
        path = tmp_path / "mine" / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))
    case = case_of(examine(tmp_path / "mine")[0])
    assert case.locations[3].people == 7000
    assert case.links[3].km == 180
    assert case.closures[0].end == 4
    assert case.labels[1].files[0].people == (100, 950, 600)


def test_other_rules_are_no_case():
    from tiau import load

    with pytest.raises(InputError, match="is not Flee's model"):
        case_of(load("mizoram-2021"))


def test_settings_of_flee_need_its_model(tmp_path):

    native.write(scenario_of(read_case(write_files(tmp_path / "toy"))), tmp_path / "mine")
    path = tmp_path / "mine" / "scenario.toml"
    text = path.read_text()
    path.write_text(text.replace('"flee"', '"destinations"').replace("max_move_speed", "max_move_sped"))
    faults = [str(fault) for fault in examine(tmp_path / "mine")[1] if fault.level == "fault"]
    assert faults == [
        'scenario.toml key rules.flee.max_move_sped: "400.0" is not a key of this file; did you mean "max_move_speed"?'
    ]
    path.write_text(text.replace('"flee"', '"destinations"'))
    faults = [str(fault) for fault in examine(tmp_path / "mine")[1] if fault.level == "fault"]
    assert faults == [
        'scenario.toml key rules: has settings of the model "flee", but another model is chosen; write model = "flee"'
    ]


def test_an_act_that_closes_is_a_closure_and_a_report_without_a_file_is_no_count(tmp_path):
    scenario = scenario_of(read_case(write_files(tmp_path / "toy")))
    native.write(scenario, tmp_path / "mine")
    with (tmp_path / "mine" / "acts.csv").open("a") as stream:
        stream.write("new,2012-03-02,,2012-03-02,Mali,civil,close,Mopti - Mentao; Gao" + "," * 14 + "\n")
    with (tmp_path / "mine" / "reports.csv").open("a") as stream:
        stream.write("new,2012-03-02,,2012-03-02,Mentao,,all,present,5,exact" + "," * 10 + "\n")
    again, _ = examine(tmp_path / "mine")
    case = case_of(again)
    assert case.closures[1:] == (Closure("link", "Mopti", "Mentao", 1, -1), Closure("location", "Gao", "", 1, -1))
    assert case.labels == case_of(scenario).labels


FLEE_EXAMPLE = ([(0, 100), (10, 200)], [(0, 60), (10, 100)], [(0, 30), (10, 90)])


@pytest.mark.parametrize(("rules", "first"), [
    ({}, 0), ({"insert_day0": False}, 190), ({"insert_day0": False, "sum_from_camps": False}, 100),
    ({"insert_day0": False, "empty_camps_on_day0": True}, 0),
])  # fmt: skip
def test_newcomers_of_an_example_run_with_flee(rules, first):
    case = with_counts(*(label(name, rows) for name, rows in zip(["total", "C1", "C2"], FLEE_EXAMPLE, strict=True)))
    case = replace(case, settings=FleeSettings(**rules))
    assert newcomers(case, counts(case, hasten=1, days=11)).tolist() == [first] + [10] * 10


@pytest.mark.parametrize(("empty", "people"), [(False, 1135), (True, 135)])
def test_newcomers_of_flees_own_test_of_escape(empty, people):
    rows = [(0, 500), (365, 6000)]
    case = with_counts(label("total", rows), label("camp", rows))
    case = replace(case, settings=FleeSettings(insert_day0=False, empty_camps_on_day0=empty))
    assert newcomers(case, counts(case, hasten=1, days=10)).sum() == people
