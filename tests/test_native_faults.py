"""Faults in the files of a scenario folder: each is named with its cell and what to do, all of them at once."""

import pytest

from folders import PLACES, SCENARIO, TABLES, added, changed, read, write_folder
from tiau.faults import InputError, listing, nearest
from tiau.loading import examine, load
from tiau.readers import native


def faults_of(folder):
    return read(folder)[1]


def only_fault(folder):
    (fault,) = faults_of(folder)
    return fault


@pytest.mark.parametrize(
    ("wrong", "right"), [("populaton", "population"), ("Population", "population"), ("cappacity", "capacity")]
)
def test_unknown_column_is_named_with_the_nearest_name(tmp_path, wrong, right):
    fault = only_fault(write_folder(tmp_path, places=changed("places", right, wrong)))
    assert (fault.file, fault.row, fault.cell) == ("places.csv", 1, wrong)
    assert fault.remedy == f'did you mean "{right}"?'


def test_unknown_column_with_no_near_name_says_how_to_keep_it(tmp_path):
    fault = only_fault(write_folder(tmp_path, places=changed("places", "population", "zzzz")))
    assert "x_" in fault.remedy


def test_column_that_stands_twice_is_a_fault(tmp_path):
    fault = only_fault(write_folder(tmp_path, places=changed("places", "aliases", "country")))
    assert (fault.problem, fault.column) == ("stands twice in the header", "country")


def test_missing_required_column_is_named(tmp_path):
    text = "\n".join(line.partition(",")[2] for line in TABLES["routes"].splitlines()) + "\n"
    fault = only_fault(write_folder(tmp_path, routes=text))
    assert fault.problem == 'has no column "from"'


@pytest.mark.parametrize("table", ["places", "routes", "groups", "events", "acts", "reports"])
def test_missing_file_is_named_with_its_columns(tmp_path, table):
    scenario, faults = read(write_folder(tmp_path, **{table: None}))
    assert scenario is None
    assert [(fault.file, fault.problem) for fault in faults] == [(f"{table}.csv", "is missing")]
    assert "note" in faults[0].remedy


def test_missing_settings_are_named(tmp_path):
    fault = only_fault(write_folder(tmp_path, scenario=None))
    assert (fault.file, fault.problem) == ("scenario.toml", "is missing")
    assert "tiau copy" in fault.remedy


def test_folder_in_place_of_a_file_cannot_be_read(tmp_path):
    write_folder(tmp_path, events=None)
    (tmp_path / "events.csv").mkdir()
    assert "cannot be read" in only_fault(tmp_path).problem


def test_letters_in_another_encoding_are_found_with_their_row(tmp_path):
    raw = PLACES.replace("tents", "ténts").encode("latin-1")
    fault = only_fault(write_folder(tmp_path, places=raw))
    assert fault.row == 6
    assert "UTF-8" in fault.problem
    assert "UTF-8" in fault.remedy


def test_sixteen_bit_encoding_is_recognised(tmp_path):
    fault = only_fault(write_folder(tmp_path, places=PLACES.encode("utf-16")))
    assert fault.problem == "is in UTF-16"
    assert "UTF-8" in fault.remedy


def test_semicolons_between_cells_are_recognised(tmp_path):
    fault = only_fault(write_folder(tmp_path, places=PLACES.replace("; ", " ").replace(",", ";")))
    assert fault.problem == "is separated by semicolons"
    assert "comma" in fault.remedy


def test_empty_file_is_named_with_its_columns(tmp_path):
    fault = only_fault(write_folder(tmp_path, acts=""))
    assert fault.problem == "is empty"
    assert "authority" in fault.remedy


def test_row_with_too_few_cells_is_a_fault(tmp_path):
    fault = only_fault(write_folder(tmp_path, routes=changed("routes", "20,track,,,,map,no,", "20,track")))
    assert (fault.row, fault.problem) == (3, "has 4 cells for 10 columns")
    assert "cut short" in fault.remedy


def test_row_with_too_many_cells_is_a_fault(tmp_path):
    fault = only_fault(
        write_folder(tmp_path, routes=changed("routes", "20,track,,,,map,no,", "20,track,,,,map,no,a,b"))
    )
    assert (fault.row, fault.problem) == (3, "has 11 cells for 10 columns")
    assert "quotes" in fault.remedy


def test_blank_cells_beyond_the_header_are_forgiven(tmp_path):
    assert faults_of(write_folder(tmp_path, routes=changed("routes", "track,,,,map,no,", "track,,,,map,no,,,"))) == []


def test_quotation_mark_that_is_not_closed_is_a_fault(tmp_path):
    fault = only_fault(write_folder(tmp_path, places=changed("places", "Beta,", '"Beta,')))
    assert "is not a table" in fault.problem
    assert "quotation mark" in fault.remedy


@pytest.mark.parametrize(
    ("table", "old", "new", "column", "problem", "remedy"),
    [
        ("places", "22.4", "122.4", "lat", "is too large", "not above 90"),
        ("places", "93.0", "-193.0", "lon", "is too small", "not below -180"),
        ("places", "20000", "-5", "population", "is too small", "not below 0"),
        ("places", "4000", "0", "capacity", "is too small", "above 0"),
        ("places", "20000", "NaN", "population", "is not a finite number", "leave the cell blank"),
        ("places", "20000", '"20,000"', "population", "is not a number", "thousands separators"),
        ("places", "camp", "kamp", "kind", "is not a word known here", 'did you mean "camp"?'),
        ("places", "camp", "zzzz", "kind", "is not a word known here", "junction"),
        ("places", "census,yes", "census,TRUE", "estimated", "is neither yes nor no", "blank for no"),
        ("places", "22.4", "", "lat", "is blank", "give a value"),
        ("places", "Epsilon", "", "place", "is blank", "give a value"),
        ("groups", "0.9", "1.5", "share", "is too large", "not above 1"),
        ("groups", "Farland=1", "Farland", "affinity", "is not area=number", "separate"),
        ("groups", "Hills,0.9", ",0.9", "homes", "is blank", "give a value"),
        ("events", "2021-02-04", "4.2.2021", "end", "is not a day", "YYYY-MM-DD"),
        ("events", "2021-02-04", "2021-02-31", "end", "is not a day of the calendar", "check month"),
        ("acts", "federal", "fedral", "level", "is not a word known here", 'did you mean "federal"?'),
        ("acts", "0.5", "1.5", "enforcement", "is too large", "not above 1"),
        ("reports", "exact", "exactly", "bound", "is not a word known here", 'did you mean "exact"?'),
    ],
)
def test_wrong_cell_is_named_with_what_to_do(tmp_path, table, old, new, column, problem, remedy):
    text = TABLES[table].replace(old, new, 1)
    assert text != TABLES[table]
    fault = only_fault(write_folder(tmp_path, **{table: text}))
    assert (fault.file, fault.column) == (f"{table}.csv", column)
    row = next(number for number, line in enumerate(TABLES[table].splitlines(), 1) if old in line)
    assert fault.row == row
    assert problem in fault.problem
    assert remedy in fault.remedy


def test_settings_that_are_no_toml_are_a_fault(tmp_path):
    fault = only_fault(write_folder(tmp_path, scenario="format = 1\nname =\n"))
    assert "is not valid TOML" in fault.problem
    assert "line 2" in fault.problem


def test_unknown_key_of_the_settings_is_named_with_the_nearest(tmp_path):
    fault = only_fault(write_folder(tmp_path, scenario='licens = "CC0"\n' + SCENARIO))
    assert (fault.column, fault.problem) == ("licens", "is not a key of this file")
    assert fault.remedy == 'did you mean "licence"?'


def test_required_keys_of_the_settings_are_all_named(tmp_path):
    faults = faults_of(write_folder(tmp_path, scenario="format = 1\n"))
    assert [fault.column for fault in faults] == ["name", "title", "start", "end"]


def test_end_before_start_is_a_fault_and_a_single_day_is_none(tmp_path):
    fault = only_fault(
        write_folder(tmp_path / "a", scenario=changed("scenario", "end = 2021-03-31", "end = 2021-01-31"))
    )
    assert (fault.column, fault.problem) == ("end", "lies before start")
    text = changed("scenario", "end = 2021-03-31", "end = 2021-02-01")
    assert faults_of(write_folder(tmp_path / "b", scenario=text)) == []


def test_newer_format_asks_for_a_newer_version(tmp_path):
    fault = only_fault(write_folder(tmp_path, scenario=changed("scenario", "format = 1", "format = 3")))
    assert fault.problem == "has format 3, this version reads formats 1 to 2"
    assert "newer version" in fault.remedy


def test_unknown_parameter_is_named_with_the_nearest(tmp_path):
    text = changed("scenario", "[parameters.departure_rate]", "[parameters.departure_rat]")
    fault = only_fault(write_folder(tmp_path, scenario=text))
    assert (fault.column, fault.problem) == ("parameters.departure_rat", "is not a parameter")
    assert fault.remedy == 'did you mean "departure_rate"?'


@pytest.mark.parametrize("value", ["1.5", "-0.1", "inf"])
def test_parameter_outside_its_bounds_is_a_fault_with_the_bounds(tmp_path, value):
    fault = faults_of(write_folder(tmp_path, scenario=changed("scenario", "0.0001", value)))[0]
    assert (fault.column, fault.problem) == ("parameters.departure_rate", "lies outside the bounds")
    assert "from 0 to 1" in fault.remedy


@pytest.mark.parametrize("value", ["0", "1", "0.5"])
def test_parameter_on_its_bounds_is_none(tmp_path, value):
    assert faults_of(write_folder(tmp_path, scenario=changed("scenario", "0.0001", value))) == []


def test_parameter_needs_a_reason(tmp_path):
    text = changed("scenario", 'why = "so that a short run moves people"\n', "")
    assert "why" in only_fault(write_folder(tmp_path, scenario=text)).column


def test_all_faults_of_all_files_are_found_at_once(tmp_path):
    folder = write_folder(
        tmp_path,
        scenario=changed("scenario", "departure_rate", "departure_rat"),
        places=changed("places", "camp", "kamp").replace("22.1", "222.1").replace("20000", "many"),
        routes=None,
        groups=changed("groups", "share,", "shares,"),
        events=changed("events", "2021-02-04", "soon"),
        acts=TABLES["acts"].encode("utf-16"),
        reports=changed("reports", "exact", "xact"),
    )
    with pytest.raises(InputError) as caught:
        load(folder)
    by_file = {}
    for fault in caught.value.faults:
        by_file[fault.file] = by_file.get(fault.file, 0) + 1
    assert by_file == {
        "scenario.toml": 1,
        "places.csv": 3,
        "routes.csv": 1,
        "groups.csv": 1,
        "events.csv": 1,
        "acts.csv": 1,
        "reports.csv": 3,
    }
    assert examine(folder)[0] is None


def test_message_names_file_row_column_and_the_start_of_the_cell(tmp_path):
    text = changed("places", "camp", "k" * 60)
    line = str(only_fault(write_folder(tmp_path, places=text)))
    assert line.startswith('places.csv row 6 column kind: "' + "k" * 40 + '..." is not a word known here; ')


def test_listing_is_cut_at_twenty_faults_a_file_and_says_how_many_are_left(tmp_path):
    rows = [f"X{i},2021-02-02,never,Alpha,clash,5,2021-02-05,,paper,no," for i in range(50)]
    faults = faults_of(write_folder(tmp_path, events=added("events", *rows), places=changed("places", "camp", "kamp")))
    assert len(faults) == 51
    text = listing(faults)
    assert text.count("events.csv") == 20
    assert text.count("places.csv") == 1
    assert text.splitlines()[-1] == "  and 30 more"
    assert len(listing(faults, everything=True).splitlines()) == 51


def test_listing_stays_below_six_thousand_characters():
    faults = [native.Fault(f"file{i}.csv", "p" * 300) for i in range(60)]
    text = listing(faults)
    assert len(text) <= 6000
    shown = text.count("fault: ")
    assert text.endswith(f"and {60 - shown} more")


def test_nothing_is_suggested_where_nothing_is_near():
    assert nearest("qqqq", ["alpha", "beta"]) == ""
    assert nearest("ALPA", ["Alpha", "beta"]) == 'did you mean "Alpha"?'
