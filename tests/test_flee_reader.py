"""Case folders of Flee's: what is tolerated, what is put right, and what is refused."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from flee_folders import FILES, changed, write_files
from tiau import flee
from tiau.faults import InputError
from tiau.flee.case.kinds import kind_of, reported
from tiau.flee.case.model import Closure, Correction, Link, Location
from tiau.flee.reading import is_case

SHARED = Path(__file__).parents[2] / "shared"
CASES = sorted(path.parent for path in SHARED.glob("flee-cases/*/input_csv"))
RULES = sorted(SHARED.glob("flee-cases/rules/*.yml"))
LOCATIONS, ROUTES, CLOSURES = "input_csv/locations.csv", "input_csv/routes.csv", "input_csv/closures.csv"
CONFLICTS, PERIOD, LAYOUT = "input_csv/conflicts.csv", "input_csv/sim_period.csv", "source_data/data_layout.csv"
CORRECTIONS, MENTAO = "input_csv/registration_corrections.csv", "source_data/mentao.csv"


def read(folder, changes=None):
    return flee.load(write_files(folder / "toy", changes))


def refused(folder, changes):
    """Return the faults of the small case with some files changed."""
    with pytest.raises(InputError) as caught:
        read(folder, changes)
    assert all(fault.problem and fault.remedy for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.skipif(not CASES, reason="../shared/flee-cases is not there")
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_published_cases_are_read_with_every_set_of_rules(folder):
    for rules in RULES:
        case = flee.load(folder, rules)
        assert case.name == folder.name
        assert case.days == len(case.conflicts.values) > 299
        assert case.labels[0].name == "total"
        assert case.settings.capacity_scaling == 1.25
        assert len(case.settings.conflict_spawn_decay) == 5


def test_the_small_case_is_read_as_it_stands(tmp_path):
    case = read(tmp_path)
    assert (case.repairs, case.warnings) == ((), ())
    assert case.locations[1] == Location("Menaka", "North", "Mali", 15.9, 2.4, "conflict_zone", 2, 20000)
    assert case.locations[2] == Location("Mopti", "South", "Mali", 14.5, -4.2, "town", 0, 0)
    assert case.links[1] == Link("Mopti", "Mentao", 360.0, 0)
    assert case.closures == (Closure("country", "Mali", "Niger", 0, 3),)
    assert case.conflicts.names == ("Gao", "Menaka")
    assert case.conflicts.values.tolist() == [[1, 0], [1, 0], [1, 1], [1, 1], [1, 1], [0, 1]]
    assert case.corrections == (Correction("Mentao", 4),)
    assert [label.name for label in case.labels] == ["total", "Mentao", "Abala"]
    assert case.labels[0].files[0].days == (-2, 4)
    assert case.labels[2].files[0].people == (10, 900)
    assert case.settings.max_move_speed == 400
    assert [place.name for place in reported(case)] == ["Mentao", "Abala"]
    assert is_case(tmp_path / "toy")
    assert not is_case(tmp_path)


TOLERATED = {
    "byte order mark": (CONFLICTS, "\ufeff" + FILES[CONFLICTS], "conflicts.csv row 1: began with a byte order mark"),
    "layout with a mark": (LAYOUT, "\ufeff" + FILES[LAYOUT], "data_layout.csv row 1: began with a byte order mark"),
    "carriage returns": (ROUTES, FILES[ROUTES].replace("\n", "\r\n"), ""),
    "quoted header": (LOCATIONS, FILES[LOCATIONS].replace("#name", '"#name"'), ""),
    "half-quoted header": (LOCATIONS, FILES[LOCATIONS].replace("#name", '#"name"'), ""),
    "trailing comma in a header": (CONFLICTS, FILES[CONFLICTS].replace("Menaka\n", "Menaka,\n"), ""),
    "padded header": (CONFLICTS, FILES[CONFLICTS].replace(",", ", "), ""),
    "trailing commas": (ROUTES, FILES[ROUTES].replace("172,0", "172,0,,"), ""),
    "rows of commas": (MENTAO, FILES[MENTAO] + ",\n,\n", "source_data/mentao.csv row 4: has 2 rows of empty cells"),
    "blank lines": (CLOSURES, FILES[CLOSURES] + "\n\n", ""),
    "padded name": (LOCATIONS, FILES[LOCATIONS].replace("Abala,", "Abala ,"), 'row 6: "Abala" had blanks around it'),
    "padded label": (LAYOUT, FILES[LAYOUT].replace("Abala,", "Abala ,"), 'data_layout.csv row 3: "Abala" had blanks'),
    "padded count": (MENTAO, FILES[MENTAO].replace(",900", ",900 \t"), ""),
    "no header in routes": (ROUTES, FILES[ROUTES].partition("\n")[2], ""),
    "header without a hash": (ROUTES, FILES[ROUTES][1:], 'routes.csv row 1: "name1" is a header without #'),
    "header of locations": (LOCATIONS, FILES[LOCATIONS][1:], 'locations.csv row 1: "name" is a header without #'),
    "header of closures": (CLOSURES, FILES[CLOSURES][1:], 'closures.csv row 1: "closure_type" is a header without #'),
    "routes of three columns": (ROUTES, "Gao,Mopti,400\nMopti,Mentao,360\nGao,Menaka,300\nMenaka,Abala,172\n", ""),
    "comments in counts": (MENTAO, "# a note\n" + FILES[MENTAO] + "#2012-03-06,7 # no\n", ""),
    "counts left blank": (MENTAO, FILES[MENTAO] + "2012-03-06,\n", ""),
    "short days": (MENTAO, FILES[MENTAO].replace("2012-03-03", "2012-3-3"), ""),
    "keys in any case": (PERIOD, "startdate,2012-03-01\n\nLENGTH,6\nNote,none\n", ""),
    "more days than needed": (CONFLICTS, FILES[CONFLICTS] + "6,0,0\n", "conflicts.csv row 8: has rows after day 5"),
    "an early correction": (CORRECTIONS, FILES[CORRECTIONS] + "Abala,2012-02-01\n",
                            'registration_corrections.csv row 2 column date: "2012-02-01" lies before 2012-03-01'),
    "a label without a file": (LAYOUT, FILES[LAYOUT] + "Gao\n", 'data_layout.csv row 4: "Gao" names no file'),
    "location twice": (LOCATIONS, FILES[LOCATIONS] + "Mopti,South,Mali,14.5,-4.2,town,,\n",
                       'row 7 column name: "Mopti" stands already in row 4; as in Flee the last row counts'),
    "other location of a name": (LOCATIONS, FILES[LOCATIONS].replace("Mopti", "Mopti,,Niger,1,2,camp,,5\nMopti"),
                                 "the last row counts, with another region, country, latitude, longitude"),
    "column twice": (CONFLICTS, "#Day,Gao,Menaka,Gao\n0,1,0,1\n1,1,0,1\n2,1,1,1\n3,1,1,1\n4,1,1,1\n5,0,1,0\n",
                     'conflicts.csv row 1: "Gao" stands twice in the header with the same values'),
    "correction twice": (CORRECTIONS, FILES[CORRECTIONS] * 2, "row 2: says again what row 1 says"),
    "Length twice": (PERIOD, "Length,9\n" + FILES[PERIOD], 'row 3 column key: "Length" stands already in row 1'),
    "negative intensity": (CONFLICTS, FILES[CONFLICTS].replace("0,1,0", "0,1,-2"), 'column Menaka: "-2" is below 0'),
}  # fmt: skip


@pytest.mark.parametrize(("file", "text", "said"), TOLERATED.values(), ids=TOLERATED)
def test_what_flee_tolerates_is_read_the_same_and_repairs_are_told(file, text, said, tmp_path):
    plain = read(tmp_path)
    case = read(tmp_path / "other", {file: text})
    assert replace(case, corrections=case.corrections[:1]) == plain
    assert len(case.repairs) == bool(said)
    assert said in "".join(case.repairs)
    assert case.warnings == ()


WARNED = {
    "unsorted days": (MENTAO, "2012-03-01,100\n2012-03-05,600\n2012-03-03,900\n",
                      "source_data/mentao.csv: has 2012-03-03 after a later day"),
    "repeated days": (MENTAO, "2012-03-01,100\n2012-03-05,600\n2012-03-05,900\n", "has 2012-03-05 twice"),
    "isolated place": (ROUTES, FILES[ROUTES].replace("Menaka,Abala,172,0\n", ""), "routes.csv: has no way to Abala"),
    "self link": (ROUTES, FILES[ROUTES] + "Gao,Gao,5,0\n", 'routes.csv row 6 column name1: "Gao" leads to itself'),
    "parallel route": (ROUTES, FILES[ROUTES] + "Mopti,Gao,390,0\n", "to Gao stands already in row 2"),
    "redirection": (ROUTES, FILES[ROUTES].replace("172,0", "172,2"), "redirects nobody in Flee (1 rows)"),
    "doubled redirection": (ROUTES, FILES[ROUTES].replace("172,0", "172,1"), "makes two ways each way"),
    "end before start": (CLOSURES, FILES[CLOSURES] + "location,Gao,,101,0\n", "lies before the start, day 101"),
    "end on the start": (CLOSURES, FILES[CLOSURES] + "location,Gao,,4,4\n", "ends on the day it begins"),
    "redirection removed": (CLOSURES, FILES[CLOSURES] + "remove_forced_redirection,Gao,X,1,0\n",
                            'column closure_type: "remove_forced_redirection" does nothing'),
    "unknown country": (CLOSURES, FILES[CLOSURES].replace("Niger", "niger"), 'did you mean "Niger"?'),
    "closure of no place": (CLOSURES, FILES[CLOSURES] + "location,nizip,Mali,1,2\n",
                            'closures.csv row 3 column name1: "nizip" is not a location, so the row does nothing'),
    "unknown closure": (CLOSURES, FILES[CLOSURES] + "country_,Mali,Niger,1,2\n", 'did you mean "country"?'),
    "column of no place": (CONFLICTS, "#Day,Kidal,Gao,Menaka\n" + "0,1,0,1\n" * 6,
                           'conflicts.csv row 1: "Kidal" is not a location, so its column does nothing'),
    "zone without a column": (LOCATIONS, FILES[LOCATIONS].replace("Mopti,South,Mali,14.5,-4.2,town,,",
                                                                 "Mopti,South,Mali,14.5,-4.2,conflict_zone,0,9"),
                              "has no column for Mopti, which are in conflict from first to last"),
    "zone that never begins": (LOCATIONS, FILES[LOCATIONS].replace("Mopti,South,Mali,14.5,-4.2,town,,",
                                                                   "Mopti,South,Mali,14.5,-4.2,conflict_zone,9,9"),
                               "has no column for Mopti, where conflict never begins"),
    "home country inverted": (LOCATIONS, FILES[LOCATIONS].replace("#name", "Z,Z,Niger,1,1,town,,\n#name"),
                              'column country: "Niger" is home because it stands first, but conflict is in Mali'),
    "unlimited camp": (LOCATIONS, FILES[LOCATIONS].replace("6900", "0"), "gives Mentao no capacity"),
    "unknown kind": (LOCATIONS, FILES[LOCATIONS].replace(",town,", ",twn,"), 'is no kind of location; Flee moves'),
    "camps by chance": ("simsetting.yml", "move_rules:\n  default_movechance: 0.004\n", "makes camps of Menaka, Mopti"),
    "first label": (LAYOUT, "Mentao,mentao.csv\nAbala,abala.csv\n", '"Mentao" is the first row and counts as'),
    "closure twice": (CLOSURES, FILES[CLOSURES] * 2, "closures.csv row 4: says again what row 2 says"),
    "closure after the end": (CLOSURES, FILES[CLOSURES] + "location,Gao,,6,9\n",
                              'column closure_start: "6" is after day 5, the last of the run, so nothing closes'),
    "change after the end": ("input_csv/location_changes.csv", "Mopti,camp,6\n", "has days 0 to 5, so nothing changes"),
    "change twice": ("input_csv/location_changes.csv", "Mopti,camp,3\nMopti,town,3\n",
                     "changes already in row 1 on the same day; as in Flee the last row counts"),
    "other column of a name": (CONFLICTS, "#Day,Gao,Menaka,Gao\n" + "0,0,1,1\n" * 6,
                               'conflicts.csv row 1: "Gao" stands twice in the header with other values'),
    "label twice": (LAYOUT, FILES[LAYOUT] + "Mentao,other.csv\n",
                    'data_layout.csv row 4 column name: "Mentao" stands already in row 2; as in Flee newcomers are of'),
    "file twice": (LAYOUT, FILES[LAYOUT].replace("abala.csv", "mentao.csv"),
                   'data_layout.csv row 3 column file: "mentao.csv" is the file of Mentao too'),
    "optional file of another name": ("input_csv/location_change.csv", "Mopti,camp,3\n",
                                      "location_change.csv: is not read, in Flee neither; rename it to location"),
    "rules of another name": ("simsettings.yml", "", 'so Flee\'s defaults hold; rename "simsettings.yml"'),
    "files of other days": (MENTAO, FILES[MENTAO] + "2012-03-07,800\n", "files of Mentao hold different days"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "text", "said"), WARNED.values(), ids=WARNED)
def test_what_flee_takes_as_it_is_is_told(file, text, said, tmp_path):
    changes = {file: text, CORRECTIONS: None}
    if said.startswith("makes camps"):
        changes |= {LAYOUT: FILES[LAYOUT] + "Mopti,abala.csv\nMenaka,abala.csv\n"}
    if file == "simsettings.yml":
        changes |= {"simsetting.yml": None}
    if "other.csv" in text:
        changes |= {"source_data/other.csv": FILES[MENTAO]}
    if said.startswith("files of"):
        changes |= {LAYOUT: FILES[LAYOUT].replace("mentao.csv", "mentao.csv,abala.csv")}
    case = read(tmp_path, changes)
    assert said in "\n".join((*case.repairs, *case.warnings))


REFUSED = {
    "thousands": (LOCATIONS, "86000", '"22,849"', 'locations.csv row 2 column population: "22,849" is not a whole'),
    "decimals": (LOCATIONS, "86000", "1000.0", 'row 2 column population: "1000.0" is not a whole number'),
    "negative people": (LOCATIONS, "86000", "-5", "is too small"),
    "no name": (LOCATIONS, "Menaka,North", ",North", "row 3 column name: is blank"),
    "short row": (LOCATIONS, ",conflict_zone,2,20000", ",town", "locations.csv row 3: \"Menaka\" has 6 cells, not 8"),
    "long row": (LOCATIONS, "2,20000", "2,20000,7", 'row 3 column number 9: "7" stands in a column without a name'),
    "no conflict date": (LOCATIONS, "conflict_zone,0", "conflict_zone,", "row 2 column conflict_date: is blank"),
    "latitude": (LOCATIONS, "16.3", "16°18", 'row 2 column latitude: "16°18" is not a number'),
    "unknown end": (ROUTES, "Menaka,Abala", "Menaka,Abela", 'routes.csv row 5 column name2: "Abela" is not a location; '
                    'did you mean "Abala"?'),
    "no distance": (ROUTES, "172,0", ",0", "routes.csv row 5 column distance: is blank"),
    "negative distance": (ROUTES, "172,0", "-1,0", "row 5 column distance: \"-1\" is too small"),
    "infinite distance": (ROUTES, "172,0", "1e99,0", "row 5 column distance: \"1e99\" is not a number"),
    "kind of way": (ROUTES, "172,0", "172,drive", 'row 5 column forced_redirection: "drive" is not a whole number; '
                    "leave the fourth column blank; a kind of way belongs in a fifth"),
    "unnamed fifth column": (ROUTES, "172,0", "172,0,drive", 'row 5 column number 5: "drive" stands in a column'),
    "closure days": (CLOSURES, "0,3", "0,", "closures.csv row 2 column closure_end: is blank; give a day, or -1"),
    "short closure": (CLOSURES, "0,3", "0", 'closures.csv row 2: "country" has 4 cells, not 5'),
    "camp unknown": (CLOSURES, "country,Mali", "camp,Mentaoo", 'row 2 column name1: "Mentaoo" is not a location'),
    "short conflicts": (CONFLICTS, "5,0,1\n", "", "conflicts.csv row 1: has 5 rows of a day, for 6 days"),
    "missing value": (CONFLICTS, "4,1,1", "4,1", "conflicts.csv row 6: has 1 values, for 2 locations"),
    "blank value": (CONFLICTS, "4,1,1", "4,,1", "conflicts.csv row 6 column Gao: is blank"),
    "no number": (CONFLICTS, "4,1,1", "4,x,1", 'conflicts.csv row 6 column Gao: "x" is not a number'),
    "unnamed value": (CONFLICTS, "4,1,1", "4,1,1,1", 'row 6 column number 4: "1" stands in a column without a name'),
    "unnamed value further on": (CONFLICTS, "4,1,1", "4,1,1,,1", 'row 6 column number 5: "1" stands in a column'),
    "no header": (CONFLICTS, "#Day,Gao,Menaka\n", "", 'conflicts.csv row 1: "1" has numbers for a header'),
    "header alone": (CONFLICTS, "#Day,Gao,Menaka", "#Day", "conflicts.csv row 1: has no locations in its header"),
    "start": (PERIOD, "2012-03-01", "01/03/2012", 'sim_period.csv row 1 column value: "01/03/2012" is not a day'),
    "no calendar day": (PERIOD, "2012-03-01", "2012-02-30", '"2012-02-30" is not a day'),
    "another century": (PERIOD, "2012-03-01", "1012-03-01", '"1012-03-01" lies in another century'),
    "no length": (PERIOD, "Length,6", "Lenght,6", "sim_period.csv: has no row Length; add one: Length,300"),
    "length of nothing": (PERIOD, "Length,6", "Length,0", 'row 2 column value: "0" is too small'),
    "very long": (PERIOD, "Length,6", "Length,99999", "is longer than a hundred years"),
    "file not there": (LAYOUT, "abala.csv", "abela.csv", 'data_layout.csv row 3 column file: "abela.csv" is not in '
                       'source_data; did you mean "abala.csv"?'),
    "file elsewhere": (LAYOUT, "abala.csv", "../input_csv/routes.csv", "is not the name of a file in source_data"),
    "camp without counts": (LAYOUT, "Abala,", "Abela,", 'column name: "Abala" is a camp and has no row'),
    "file of a long name": (LAYOUT, "abala.csv", "a" * 400, "is not in source_data; add the file"),
    "count": (MENTAO, ",900", ",9.5", 'source_data/mentao.csv row 2 column count: "9.5" is not a whole number'),
    "date": (MENTAO, "2012-03-03", "03/03/2012", 'source_data/mentao.csv row 2 column date: "03/03/2012" is not a day'),
    "no counts": (MENTAO, FILES[MENTAO], "# none\n", "source_data/mentao.csv: has no counts"),
    "correction off a row": (CORRECTIONS, "03-05", "03-04", 'registration_corrections.csv row 1 column name: "Mentao" '
                             "has no count on 2012-03-04"),
    "correction at first": (CORRECTIONS, "03-05", "03-01", "has its first count on 2012-03-01"),
    "correction unknown": (CORRECTIONS, "Mentao", "Mentoa", '"Mentoa" is not a row of data_layout.csv; did you mean'),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), REFUSED.values(), ids=REFUSED)
def test_what_flee_fails_on_is_refused_with_its_place(file, old, new, said, tmp_path):
    faults = refused(tmp_path, changed(file, old, new))
    assert any(said in fault for fault in faults), faults


def test_a_small_count_before_a_correction_names_hasten(tmp_path):
    faults = refused(tmp_path, {"simsetting.yml": "optimisations:\n  hasten: 1000\n"})
    assert faults == [
        'registration_corrections.csv row 1 column name: "Mentao" has fewer than 1 agent in the count before '
        "2012-03-05, which a correction would divide by; remove the row, or give a smaller hasten than 1000"
    ]


def test_every_missing_file_is_named_at_once(tmp_path):
    faults = refused(tmp_path, dict.fromkeys(FILES) | {LOCATIONS: FILES[LOCATIONS]})
    assert [fault.partition(":")[0] for fault in faults] == [
        "input_csv/routes.csv", "input_csv/closures.csv", "input_csv/sim_period.csv", "input_csv/conflicts.csv",
        "source_data/data_layout.csv",
    ]  # fmt: skip


def test_a_misspelt_file_is_suggested(tmp_path):
    faults = refused(tmp_path, {ROUTES: None, "input_csv/Routes.csv": FILES[ROUTES]})
    assert faults == ['input_csv/routes.csv: is missing; rename "Routes.csv" to routes.csv']


def test_faults_of_all_files_are_told_at_once(tmp_path):
    files = [REFUSED[name] for name in ("thousands", "kind of way", "closure days", "missing value", "count")]
    changes = {}
    for file, old, new, _ in files:
        changes |= changed(file, old, new)
    faults = refused(tmp_path, changes)
    assert len(faults) == len(files)
    assert all(any(said in fault for fault in faults) for *_, said in files)


def test_no_folder_of_flee(tmp_path):
    with pytest.raises(InputError, match="is not a case folder of Flee: it has no folder input_csv"):
        flee.load(tmp_path)
    with pytest.raises(InputError, match="name a folder that holds input_csv and source_data"):
        flee.load("a\0b")


def test_attributes_are_kept_by_name(tmp_path):
    changes = changed(LOCATIONS, "population\n", "population,IPC,capacity_per_day\n")
    changes = {LOCATIONS: changes[LOCATIONS].replace("6900", "6900,,50").replace("20000", "20000,3")}
    case = read(tmp_path, changes)
    assert [place.attributes for place in case.locations] == [
        (), (("IPC", "3"),), (), (("IPC", ""), ("capacity_per_day", "50")), (),
    ]  # fmt: skip
    faults = refused(tmp_path / "b", {LOCATIONS: changes[LOCATIONS].replace(",,50", ",,many")})
    assert faults == [
        'locations.csv row 5 column capacity_per_day: "many" is not a number that can be used; give a whole number'
    ]


def test_attributes_of_ways_must_have_values_in_every_row(tmp_path):
    text = FILES[ROUTES].replace("redirection\n", "redirection,max_move_speed\n").replace(",0\n", ",0,200\n")
    faults = refused(tmp_path, {ROUTES: text})
    said = 'routes.csv row 3 column max_move_speed: "Mopti" has no max_move_speed; give every row a value once'
    assert faults == [f"{said} the column is there"]
    case = read(tmp_path / "b", {ROUTES: text.replace("360,\n", "360,,90\n")})
    assert case.links[1].attributes == (("max_move_speed", "90"),)


def test_changes_of_kind_are_read_and_their_names_checked(tmp_path):
    case = read(tmp_path, {"input_csv/location_changes.csv": "#name,type,day\nMopti,idpcamp,3\n"})
    assert (case.changes[0].name, case.changes[0].kind, case.changes[0].day) == ("Mopti", "idpcamp", 3)
    faults = refused(tmp_path / "b", {"input_csv/location_changes.csv": "Moptii,idpcamp,3\nMopti,city,x\n"})
    assert [fault.partition(":")[0] for fault in faults] == [
        "location_changes.csv row 1 column name", "location_changes.csv row 2 column location_type",
        "location_changes.csv row 2 column day",
    ]  # fmt: skip


def test_demographics_are_read(tmp_path):
    name = "input_csv/demographics_age.csv"
    case = read(tmp_path, {name: "age,Default,Gao,Nowhere\n5,0.5,1,7\n60,0.5,,7\n"})
    assert case.demographics == {"age": (("5", {"Default": 0.5, "Gao": 1.0}), ("60", {"Default": 0.5}))}
    assert "has no column Default" in refused(tmp_path / "b", {name: "age,Gao\n5,1\n"})[0]


def test_files_for_rules_that_nobody_uses_are_named(tmp_path):
    case = read(tmp_path, {"input_csv/major_routes.csv": "Gao,Mopti\n", "simsetting.yml": None})
    assert case.warnings == (
        "simsetting.yml: is not there, so Flee's defaults hold",
        "major_routes.csv: is not read, because no rule that Tiau has uses it",
    )


def test_kinds_are_found_in_words_in_flees_order():
    def kind(word, day=0):
        return kind_of(Location("A", "", "", 0, 0, word, day, 0))

    assert [kind(word) for word in ("IDPcamp", "camp_conflict", "Conflict", "forwarding_hub", "default", "hub")] == [
        "idpcamp", "camp", "conflict", "forward", "town", "",
    ]  # fmt: skip
    assert kind("conflict_zone", 5) == "town"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.csv").write_text("2012-03-01,1\n")
    folder = write_files(tmp_path / "toy", {MENTAO: None})
    (folder / MENTAO).symlink_to(tmp_path / "secret.csv")
    with pytest.raises(InputError, match=r"source_data/mentao\.csv: is a link to something outside the folder"):
        flee.load(folder)


TOO_MUCH = {
    "files of a label": (LAYOUT, FILES[LAYOUT] + "Gao" + ",abala.csv" * 31 + "\n", '"Gao" has more than 30 files'),
    "counts": (MENTAO, "2012-03-01,5\n" * 40_001, "is row number 40,001 with a count"),
    "corrections": (CORRECTIONS, "Mentao,2012-03-05\n" * 501, "is correction number 501; the rest was not read"),
    "closures": (CLOSURES, "location,Gao,,1,2\n" * 20_001, "is closure number 20,001; the rest was not read"),
    "counts in all": (LAYOUT, FILES[LAYOUT] + "".join(f"{n},mentao.csv,mentao.csv\n" for n in range(90_000)),
                      "brings more than 500,000 rows of counts"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "text", "said"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_more_than_any_case_has_is_refused(file, text, said, tmp_path):
    faults = refused(tmp_path, {file: text})
    assert len(faults) == 1
    assert said in faults[0]


def test_too_many_labels_for_the_days_are_refused(tmp_path):
    conflicts = "#Day,Gao,Menaka\n" + "0,1,1\n" * 30_000
    labels = FILES[LAYOUT] + "".join(f"{number},mentao.csv\n" for number in range(2000))
    faults = refused(tmp_path, {LAYOUT: labels, CONFLICTS: conflicts, PERIOD: "StartDate,2012-03-01\nLength,30000\n"})
    assert "has 2,003 rows for 30,000 days, more than can be counted" in faults[0]


def test_name_that_goes_on_for_ever_is_a_fault_before_it_becomes_a_place(tmp_path):
    case = write_files(tmp_path / "case")
    locations = case / "input_csv" / "locations.csv"
    header, first, *others = locations.read_text(encoding="utf-8").splitlines()
    _, *cells = first.split(",")
    cells[1] = "L" * 301
    locations.write_text("\n".join([header, ",".join(["L" * 400, *cells]), *others]), encoding="utf-8")
    with pytest.raises(InputError) as found:
        flee.load(case)
    faults = [fault for fault in found.value.faults if "letters" in fault.problem]
    assert [(fault.row, fault.column) for fault in faults] == [(2, "name"), (2, "country")]
