"""Cases of Flee's in which something would happen without a word: it is told, by every command, with what to do."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flee_folders import FILES, changed, write_files
from tiau import flee
from tiau.faults import InputError
from tiau.flee.accuracy.table import why_none
from tiau.flee.case.counts import counts
from tiau.flee.conversion import scenario_of
from tiau.flee.engine.preparation import stops

LOCATIONS, ROUTES, CLOSURES = "input_csv/locations.csv", "input_csv/routes.csv", "input_csv/closures.csv"
CONFLICTS, PERIOD, LAYOUT = "input_csv/conflicts.csv", "input_csv/sim_period.csv", "source_data/data_layout.csv"
CHANGES, MENTAO, TOTAL = "input_csv/location_changes.csv", "source_data/mentao.csv", "source_data/refugees.csv"
RULES, LEVELS = "simsetting.yml", "input_csv/flood_level.csv"
CORRECTIONS = "input_csv/registration_corrections.csv"
FLOODED = (
    "spawn_rules:\n  take_from_population: True\n  conflict_zone_spawning_only: False\n"
    "  flood_zone_spawning_only: True\n  flood_driven_spawn_mode:\n    spawn_mode: constant\nmove_rules:\n"
    "  flood_rules:\n    flood_movechances: [0.3, 0.5, 1]\n    flood_loc_weights: [1, 0.5, 0.1]\n"
)


def faults_of(folder):
    with pytest.raises(InputError) as caught:
        flee.load(folder)
    return [str(fault) for fault in caught.value.faults]


def edit(folder, file, old, new):
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def days(*values):
    return "#Day,Gao,Menaka\n" + "".join(f"{day},{value},0\n" for day, value in enumerate(values))


STOPS = {
    "conflict ends": ({CONFLICTS: days(1, 1, 0, 0, 0, 0)},
                      "conflicts.csv row 4: on day 2 (2012-03-03) 490 people come by the counts, as on 2 more days, "
                      "but no location is in conflict then",
                      (CONFLICTS, "0,0\n3,0,0\n4,0,0", "1,0\n3,1,0\n4,1,0")),
    "conflict ends, and so does the run": ({CONFLICTS: days(1, 1, 0, 0, 0, 0)}, "or shorten the run to 2 days",
                                           (PERIOD, "6", "2")),
    "conflict begins late": (changed(LOCATIONS, "zone,0", "zone,2") | {CONFLICTS: days(0, 0, 1, 1, 1, 1)},
                             "conflicts.csv row 3: on day 1 (2012-03-02)", (CONFLICTS, "1,0,0", "1,1,0")),
    "nobody lives there": (changed(LOCATIONS, "86000", "0"), "locations.csv: on day 1 (2012-03-02)",
                           (LOCATIONS, "Gao,North,Mali,16.3,-0.1,conflict_zone,0,0",
                            "Gao,North,Mali,16.3,-0.1,conflict_zone,0,1")),
    "fewer than one agent": (changed(LOCATIONS, "86000", "900") | {RULES: "optimisations:\n  hasten: 1000\n",
                             CORRECTIONS: None, MENTAO: "2012-03-01,0\n2012-03-05,9000\n"},
                             "give a zone of conflict at least 1,000 people", (RULES, "1000", "100")),
    "everybody has left": (changed(LOCATIONS, "86000", "300") | {RULES: "spawn_rules:\n  take_from_population: True\n",
                           CONFLICTS: days(1, 1, 1, 1, 1, 1)},
                           "key spawn_rules.take_from_population: on day 2 (2012-03-03)", (RULES, "True", "False")),
    "a zone shut by a closure": ({CLOSURES: FILES[CLOSURES] + "camp,Gao,,1,9\n", CONFLICTS: days(1, 1, 1, 1, 1, 1)},
                                 "on day 2 (2012-03-03)", (CLOSURES, "camp,Gao,,1,9\n", "")),
    "a zone that becomes a town": ({CHANGES: "#name,kind,day\nGao,town,1\n", CONFLICTS: days(1, 1, 1, 1, 1, 1)},
                                   "no location is in conflict then", (CHANGES, "Gao,town,1", "Gao,town,5")),
    "a marker on the way": ({CHANGES: "#name,kind,day\nMopti,marker,3\n"},
                            'location_changes.csv row 2: "Mopti" would make or unmake a marker',
                            (CHANGES, "marker", "camp")),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "said", "remedy"), STOPS.values(), ids=STOPS)
def test_what_a_run_stops_on_some_day_is_found_before_and_its_remedy_works(changes, said, remedy, tmp_path, here):
    folder = write_files(tmp_path / "toy", changes)
    faults = faults_of(folder)
    assert len(faults) == 1
    assert said in faults[0]
    for command in (("check", "toy"), ("flee", "toy"), ("run", "toy"), ("import", "toy", "--into", "out")):
        done = here(*command)
        assert done.returncode == 2
        assert faults[0] in done.stdout + done.stderr
    edit(folder, *remedy)
    assert flee.simulate(flee.load(folder)).present.shape[0] == flee.load(folder).days


def test_a_scale_at_which_nobody_lives_in_the_zone_is_told_before_the_run(tmp_path):
    case = flee.load(write_files(tmp_path / "toy", changed(LOCATIONS, "86000", "90")))
    with pytest.raises(InputError, match=r"locations.csv: on day 1 .* give a zone of conflict at least 100 people"):
        flee.simulate(case, hasten=100)


def test_faults_of_several_days_and_files_are_told_at_once(tmp_path):
    folder = write_files(
        tmp_path / "toy", {CONFLICTS: days(1, 1, 0, 0, 0, 0), CHANGES: "Mopti,marker,3\nGao,marker,4\n"}
    )
    assert [fault.partition(":")[0] for fault in faults_of(folder)] == [
        "location_changes.csv row 1", "location_changes.csv row 2", "conflicts.csv row 4",
    ]  # fmt: skip


def test_degrees_of_awareness_without_a_weight_are_told(tmp_path):
    forecaster = (
        "    flood_forecaster: True\n    flood_forecaster_timescale: 2\n    flood_forecaster_end_time: 3\n"
        "    flood_forecaster_weights: [1, 1, 1, 1]\n    flood_awareness_weights: [0.5, 1]\n"
    )
    people = "input_csv/demographics_floodawareness.csv"
    files = {LEVELS: days(1, 1, 1, 1, 1, 1), RULES: FLOODED + forecaster, people: "floodawareness,Default\n0,1\n2,1\n"}
    folder = write_files(tmp_path / "toy", files)
    assert faults_of(folder) == [
        'demographics_floodawareness.csv: "2" has no weight in flood_awareness_weights; give a number from 0 to 1, or '
        "more flood_awareness_weights in simsetting.yml"
    ]
    edit(folder, people, "2,1", "1,1")
    flee.load(folder)


def test_a_case_without_ways_is_taken_through_its_days(tmp_path):
    case = flee.load(write_files(tmp_path / "toy", {ROUTES: "#name1,name2,distance\n"}))
    assert flee.simulate(case).present.shape[0] == 6


def test_a_way_that_nobody_can_finish_takes_no_room(tmp_path):
    files = changed(ROUTES, "172", "1e11") | {RULES: "move_rules:\n  max_move_speed: 0.0001\n"}
    case = flee.load(write_files(tmp_path / "toy", files))
    assert flee.simulate(case).present[-1, 1, 0] == flee.simulate(case).present[0, 1, 0]


NO_CAMP = {
    "a town": ({LAYOUT: FILES[LAYOUT] + "Mopti,mopti.csv\n"},
               'row 4 column name: "Mopti" is no camp but a town, so its counts of up to 700 people are in no table'),
    "a zone": ({LAYOUT: FILES[LAYOUT] + "Gao,mopti.csv\n"}, '"Gao" is no camp but a conflict_zone'),
    "no location": ({LAYOUT: FILES[LAYOUT] + "Mopty,mopti.csv\n"}, '"Mopty" is no location, so its counts'),
    "a camp later": ({LAYOUT: FILES[LAYOUT] + "Mopti,mopti.csv\n", CHANGES: "Mopti,camp,3\n"},
                     '"Mopti" is a camp from day 3 (2012-03-04) on, but not in locations.csv, so its counts'),
    "a camp after a closure": ({LAYOUT: FILES[LAYOUT] + "Mopti,mopti.csv\n",
                                CLOSURES: FILES[CLOSURES] + "idpcamp,Mopti,,0,2\n"},
                               "is a camp from day 2 (2012-03-03)"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), NO_CAMP.values(), ids=NO_CAMP)
def test_counts_that_are_in_no_table_are_told_by_every_command(changes, said, tmp_path, here):
    files = changes | {"source_data/mopti.csv": "2012-03-01,0\n2012-03-06,700\n"}
    write_files(tmp_path / "toy", files)
    for command in (("check", "toy"), ("flee", "toy"), ("run", "toy"), ("import", "toy", "--into", "out")):
        done = here(*command)
        assert done.returncode == 0
        assert said in done.stdout + done.stderr
    nobody = {"source_data/mopti.csv": "2012-03-01,0\n"}
    assert flee.load(write_files(tmp_path / "none", files | nobody)).warnings == ()


def test_counts_of_several_places_are_one_line(tmp_path, here):
    layout = FILES[LAYOUT] + "Gao,mentao.csv\nMopti,abala.csv\nKidal,abala.csv\n"
    folder = write_files(tmp_path / "toy", {LAYOUT: layout})
    assert sum("are in no table" in text for text in flee.load(folder).warnings) == 1
    assert "(and 2 more like it)" in here("check", "toy").stdout
    assert here("check", "toy", "--all").stdout.count("are in no table") == 3


def test_counts_outside_of_the_run_are_told(tmp_path):
    case = flee.load(write_files(tmp_path / "toy", {"source_data/abala.csv": "2013-03-01,10\n2013-03-05,900\n"}))
    assert case.warnings[0].startswith("source_data/abala.csv: has no count from 2012-03-01 to 2012-03-06, and Flee")


SUMS = {
    "as it is": ("2012-02-28,0\n2012-03-05,1500\n", ""),
    "a third in camps": ("2012-03-01,330\n2012-03-05,4500\n", "counts 4,500 people on 2012-03-05, and the other rows "
                         "of data_layout.csv together 1,500"),
    "a digit too many": ("2012-03-01,110\n2012-03-05,15000\n", "counts 15,000 people on 2012-03-05"),
    "more in camps than in all": ("2012-03-01,110\n2012-03-05,1000\n", "together 1,500"),
    "nobody in all": ("2012-03-01,0\n", "counts 0 people on 2012-03-05"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SUMS.values(), ids=SUMS)
def test_a_total_that_differs_from_the_sum_is_told_with_both(text, said, tmp_path):
    changes = {TOTAL: text, CORRECTIONS: None, MENTAO: "2012-03-01,100\n2012-03-05,600\n"}
    warnings = flee.load(write_files(tmp_path / "toy", changes)).warnings
    assert len(warnings) == bool(said)
    assert said in "".join(warnings)


def test_a_flood_without_counts_has_no_accuracy(tmp_path, here):
    files = {LEVELS: days(1, 1, 1, 1, 1, 1), RULES: FLOODED}
    folder = write_files(tmp_path / "toy", files)
    done = here("flee", "toy")
    assert done.returncode == 0
    assert "data_layout.csv: has no row for Gao, Menaka, Mopti (3 of 5 locations), where Flee stops" in done.stderr
    assert "3 of 5 locations have no counts, so no accuracy can be given." in done.stdout
    assert "relative difference" not in done.stdout
    assert here("run", "toy", "--out", "result").returncode == 0
    assert "relative difference" not in Path("result/report.html").read_text(encoding="utf-8")
    layout = FILES[LAYOUT] + "".join(f"{name},none.csv\n" for name in ("Gao", "Menaka", "Mopti"))
    write_files(folder, files | {LAYOUT: layout, "source_data/none.csv": "2012-03-01,0\n"})
    result = flee.simulate(flee.load(folder))
    assert why_none(result) == ""
    assert flee.score(result).normal.size == 1
    nothing = flee.load(write_files(tmp_path / "bare", files | {LAYOUT: None, CORRECTIONS: None}))
    assert "has no row for Gao, Menaka, Mopti, Mentao, Abala (5 of 5 locations)" in nothing.warnings[0]


def test_a_location_twice_moves_people_as_the_last_row_says(tmp_path):
    twice = FILES[LOCATIONS].replace("Mopti,South", "Mopti,,Niger,1,2,camp,,5\nMopti,South")
    case, plain = (flee.load(write_files(tmp_path / name, {LOCATIONS: text})) for name, text in (
        ("a", twice), ("b", FILES[LOCATIONS])))  # fmt: skip
    assert case == replace(plain, name="a")
    assert (flee.simulate(case).present == flee.simulate(plain).present).all()


def test_a_label_twice_brings_newcomers_twice_and_is_no_scenario(tmp_path, here):
    case = flee.load(write_files(tmp_path / "toy", {LAYOUT: FILES[LAYOUT] + "Abala,abala.csv\n"}))
    plain = flee.load(write_files(tmp_path / "plain"))
    late = flee.simulate(case).created[-1, 0] - flee.simulate(plain).created[-1, 0]
    assert late == pytest.approx(counts(plain, hasten=1, days=6)[2, -1] - 10)
    with pytest.raises(InputError, match="has several rows, of which Flee compares the first"):
        scenario_of(case)
    assert "tiau flee runs the case as it is" in here("check", "toy").stdout


@pytest.mark.skipif(not (Path(__file__).parents[2] / "shared" / "flee-cases").is_dir(), reason="no flee-cases")
def test_published_cases_have_nothing_new_to_tell():
    home = Path(__file__).parents[2] / "shared" / "flee-cases"
    new = ("in no table", "together", "has no count", "stands already", "says again", "too, so the same")
    for folder in sorted(path.parent for path in home.glob("*/input_csv")):
        for rules in sorted(home.glob("rules/*.yml")):
            case = flee.load(folder, rules)
            told = [note.cell for note in case.notes if any(words in str(note) for words in new)]
            assert told == (["Bossobolo"] if folder.name == "car2013" else []), folder.name
            assert not stops(case, counts(case, hasten=1, days=case.days), hasten=1)


def test_without_locations_nothing_is_said_of_names(tmp_path):
    for number, text in enumerate(("", "#name,region\n", "\n\n", FILES[LOCATIONS].splitlines()[0])):
        faults = faults_of(write_files(tmp_path / str(number), {LOCATIONS: text}))
        assert len(faults) == 1
        assert faults[0].startswith("locations.csv: has no locations; add them, one a row: name, region, country")
    faults = faults_of(write_files(tmp_path / "short", changed(LOCATIONS, ",conflict_zone,2,20000", "")))
    assert [fault.partition(":")[0] for fault in faults] == ["locations.csv row 3"]
    faults = faults_of(write_files(tmp_path / "open", changed(LOCATIONS, "Menaka,North", 'Menaka,"North')))
    assert [fault.partition(" ")[0] for fault in faults] == ["locations.csv"]


MISSING = {
    PERIOD: ("StartDate,2012-02-29\nLength,6\n", "add it with two rows such as StartDate,2012-02-29 and Length,300"),
    CONFLICTS: ("#Day,Gao\n" + "0,1\n" * 6, "#Day and the names of locations in the first row, then a row of numbers"),
    LOCATIONS: (FILES[LOCATIONS], "name,region,country,latitude,longitude,location_type,conflict_date,population"),
    ROUTES: (FILES[ROUTES], "add it with a header and a row for each way: name1,name2,distance"),
    CLOSURES: ("", "add it; an empty file says that nothing closes"),
    LAYOUT: (FILES[LAYOUT], "a row for the total and one for each camp: Mentao,mentao.csv"),
}


@pytest.mark.parametrize("file", MISSING)
def test_the_remedy_of_a_missing_file_works(file, tmp_path):
    folder = write_files(tmp_path / "toy", {file: None, "input_csv/IPC.csv": "#Region,2020-01\nGao,3\n"})
    text, said = MISSING[file]
    faults = faults_of(folder)
    assert len(faults) == 1
    assert faults[0].startswith(f"{file}: is missing; ")
    assert said in faults[0]
    (folder / file).write_text(text)
    flee.load(folder)


ELSEWHERE = {
    "case of letters": (ROUTES, "input_csv/Routes.csv", 'rename "Routes.csv" to routes.csv'),
    "one letter": (CONFLICTS, "input_csv/conflict.csv", 'rename "conflict.csv" to conflicts.csv'),
    "hyphen": (PERIOD, "input_csv/sim-period.csv", 'rename "sim-period.csv" to sim_period.csv'),
    "two endings": (PERIOD, "input_csv/sim_period.csv.txt", 'rename "sim_period.csv.txt" to sim_period.csv'),
    "beside": (CLOSURES, "closures.csv", "move closures.csv into input_csv"),
    "among counts": (ROUTES, "source_data/routes.csv", "move source_data/routes.csv into input_csv"),
    "too deep": (LOCATIONS, "input_csv/mali/locations.csv", "move input_csv/mali/locations.csv into input_csv"),
    "layout among tables": (LAYOUT, "input_csv/data_layout.csv", "move input_csv/data_layout.csv into source_data"),
    "layout with a hyphen": (LAYOUT, "source_data/data-layout.csv", 'rename "data-layout.csv" to data_layout.csv'),
    "counts among tables": (MENTAO, "input_csv/mentao.csv", "move input_csv/mentao.csv into source_data"),
}


@pytest.mark.parametrize(("file", "there", "said"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_file_that_is_elsewhere_is_found(file, there, said, tmp_path):
    folder = write_files(tmp_path / "toy")
    (folder / there).parent.mkdir(exist_ok=True)
    (folder / file).rename(folder / there)
    faults = faults_of(folder)
    assert len(faults) == 1
    assert faults[0].endswith(said)
    (folder / there).rename(folder / file)
    flee.load(folder)


@pytest.mark.parametrize(
    "other", ["IPC.csv", "notes.csv", "food.csv", "region_attributes_IPC.csv", "closures_2012.csv"]
)
def test_a_file_of_something_else_is_not_to_be_renamed(other, tmp_path):
    folder = write_files(tmp_path / "toy", {CONFLICTS: None, ROUTES: None, f"input_csv/{other}": "#Region,a\nGao,3\n"})
    assert not any("rename" in fault for fault in faults_of(folder))


def test_a_folder_to_be_copied_over_a_case_says_so_and_the_remedy_works(tmp_path, here):
    whole = write_files(tmp_path / "mali")
    part = whole / "SWEEP" / "run1"
    (part / "input_csv").mkdir(parents=True)
    (part / "input_csv" / "conflicts.csv").write_text(days(1, 1, 1, 1, 1, 1))
    said = (
        'folder: "run1" holds a part of a case, without locations.csv, routes.csv, closures.csv, sim_period.csv, '
        "data_layout.csv; Flee copies such a folder over mali; copy mali, put the files of this folder over the copy, "
        "and name the copy"
    )
    assert faults_of(part) == [said]
    for command in ("flee", "run", "check"):
        done = here(command, part)
        assert (done.returncode, said.partition(": ")[2] in done.stdout + done.stderr) == (2, True)
    shutil.copytree(whole, tmp_path / "copy")
    shutil.copytree(part, tmp_path / "copy", dirs_exist_ok=True)
    assert flee.load(tmp_path / "copy").conflicts.values[5, 0] == 1
    shutil.copytree(part, tmp_path / "alone" / "run1")
    assert "copy a whole case, put the files of this folder over" in faults_of(tmp_path / "alone" / "run1")[0]


def test_sim_period_with_both_keys_in_one_row_gives_the_rows_to_write(tmp_path):
    folder = write_files(tmp_path / "toy", {PERIOD: "StartDate,Length\n2012-03-01,6\n"})
    assert faults_of(folder) == [
        "sim_period.csv row 1: has both keys in one row; write two rows: StartDate,2012-03-01 and Length,6"
    ]
    (folder / PERIOD).write_text("StartDate,2012-03-01\nLength,6\n")
    flee.load(folder)


def test_a_date_where_a_number_of_a_day_belongs_gives_the_number(tmp_path):
    changes = {
        CLOSURES: "country,Mali,Niger,2012-03-01,2012-03-04\n", CHANGES: "Mopti,camp,2012-3-5\n",
        **changed(LOCATIONS, "conflict_zone,2", "conflict_zone,2012-03-03"),
    }  # fmt: skip
    folder = write_files(tmp_path / "toy", changes)
    assert [fault.rpartition(" ")[2] for fault in faults_of(folder)] == ["2", "4", "0", "3"]
    assert all("write the number of the day, StartDate being day 0" in fault for fault in faults_of(folder))
    for file, old, new in ((LOCATIONS, "2012-03-03", "2"), (CHANGES, "2012-3-5", "4"), (
            CLOSURES, "2012-03-01,2012-03-04", "0,3")):  # fmt: skip
        edit(folder, file, old, new)
    assert flee.load(folder).changes[0].day == 4


def test_conflicts_shorter_than_the_period_name_both_ways_out(tmp_path):
    folder = write_files(tmp_path / "toy", {CONFLICTS: days(1, 1, 1, 1)})
    assert faults_of(folder)[0].endswith("for each day of Length in sim_period.csv, or write Length,4 there")
    edit(folder, PERIOD, "6", "4")
    flee.load(folder)


def test_a_folder_named_too_high_too_low_or_of_another_kind_is_told_which_to_name(tmp_path, here):
    toy = write_files(tmp_path / "cases" / "toy")
    write_files(tmp_path / "cases" / "other")
    (tmp_path / "flat").mkdir()
    for file in FILES:
        shutil.copy(toy / file, tmp_path / "flat")
    shutil.copytree(toy, tmp_path / "hyphen")
    (tmp_path / "hyphen" / "input_csv").rename(tmp_path / "hyphen" / "Input-CSV")
    said = {
        "cases": "name a case folder in it: other, toy", "cases/toy/input_csv": "name the folder that holds it, toy",
        "cases/toy/source_data": "name the folder that holds it, toy", "flat": "put its tables into a folder input_csv",
        "hyphen": 'rename its folder "Input-CSV" to input_csv',
    }  # fmt: skip
    for folder, words in said.items():
        for command in (("flee", folder), ("check", folder), ("run", folder), ("import", folder, "--into", "out")):
            done = here(*command)
            assert done.returncode == 2
            assert words in done.stderr
    here("copy", "mizoram-2021", "mine")
    for folder in ("mine", "mizoram-2021"):
        assert f"it is a scenario of Tiau's own: tiau run {folder}" in here("flee", folder).stderr
    (tmp_path / "cases/toy/source_data").rename(tmp_path / "cases/toy/source-data")
    assert faults_of(tmp_path / "cases" / "toy")[0].endswith("rename the folder source-data to source_data")
