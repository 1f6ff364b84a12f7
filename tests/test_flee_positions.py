"""Cases of Flee's whose files another program wrote: what they say by position and order is told where it differs."""

from pathlib import Path

import pytest

from flee_folders import FILES, changed, write_files
from tiau import flee
from tiau.faults import InputError

pytestmark = pytest.mark.filterwarnings("ignore:Cyclopts application invoked without tokens")
LOCATIONS, ROUTES, CLOSURES = "input_csv/locations.csv", "input_csv/routes.csv", "input_csv/closures.csv"
CONFLICTS, PERIOD, LAYOUT = "input_csv/conflicts.csv", "input_csv/sim_period.csv", "source_data/data_layout.csv"
CHANGES, MENTAO, ABALA = "input_csv/location_changes.csv", "source_data/mentao.csv", "source_data/abala.csv"
CORRECTIONS = "input_csv/registration_corrections.csv"
CSVS = [name for name in FILES if name.endswith(".csv")]


def warnings_of(tmp_path, changes):
    return flee.load(write_files(tmp_path / "toy", changes)).warnings


def faults_of(folder):
    with pytest.raises(InputError) as caught:
        flee.load(folder)
    return [str(fault) for fault in caught.value.faults]


def rows(*days):
    return "#Day,Gao,Menaka\n" + "".join(f"{day},1,0\n" for day in days)


CALENDARS = {
    "from 1": (rows(*range(1, 7)), 'row 2 column #Day: "1" stands where day 0 (2012-03-01) is read'),
    "twice": (rows(0, 1, 1, 2, 3, 4, 5), 'row 4 column #Day: "1" stands where day 2 (2012-03-03) is read'),
    "a gap": (rows(0, 1, 3, 4, 5, 6), 'row 4 column #Day: "3"'),
    "out of order": (rows(0, 2, 1, 3, 4, 5), 'row 3 column #Day: "2"'),
    "backwards": (rows(5, 4, 3, 2, 1, 0), 'row 2 column #Day: "5"'),
    "another year": (rows(*(f"2013-03-0{day}" for day in range(1, 7))), '"2013-03-01" stands where day 0 (2012-03-01)'),
}


@pytest.mark.parametrize(("text", "said"), CALENDARS.values(), ids=CALENDARS)
def test_a_table_by_day_whose_days_are_not_those_of_the_run_is_told_once(text, said, tmp_path):
    (warning,) = warnings_of(tmp_path, {CONFLICTS: text})
    assert said in warning


@pytest.mark.parametrize("days", [range(6), [f"2012-03-0{day}" for day in range(1, 7)], "abcdef", [""] * 6])
def test_days_as_they_should_be_and_words_are_not_told(days, tmp_path):
    assert warnings_of(tmp_path, {CONFLICTS: rows(*days)}) == ()


def moved_columns(name, *order):
    lines = [line.split(",") for line in FILES[name].splitlines()]
    table = [",".join(cells[position] for position in order) for cells in lines]
    return {name: "\n".join(table) + "\n"}


ORDERS = {
    "latitude": (moved_columns(LOCATIONS, 0, 1, 2, 4, 3, 5, 6, 7), '"longitude" is the name of column 4, which is read '
                 "as latitude"),
    "country": (moved_columns(LOCATIONS, 0, 2, 1, 3, 4, 5, 6, 7), '"country" is the name of column 2'),
    "days of closures": (moved_columns(CLOSURES, 0, 1, 2, 4, 3), '"closure_end" is the name of column 4'),
    "shorter words": (changed(LOCATIONS, "latitude,longitude", "lon,lat"), '"lon" is the name of column 4'),
    "without #": (changed(LOCATIONS, "#name,region,country", "name,country,region"), '"country" is the name of col'),
    "capitals": (changed(LOCATIONS, "#name,region,country", "#Name,Country,Region"), '"Country" is the name of col'),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), ORDERS.values(), ids=ORDERS)
def test_columns_in_another_order_than_they_are_read_are_told(changes, said, tmp_path):
    told = [text for text in warnings_of(tmp_path, changes) if "is the name of column" in text]
    assert len(told) == 1
    assert said in told[0]
    assert "(and 1 more like it)" in told[0]


@pytest.mark.parametrize(
    "header", ["#name,region,country,lat,lon,kind,date,capacity", "#location,a,b,c,d,e,f,g", "# all of it", "#name"]
)
def test_other_words_for_the_same_columns_are_not_told(header, tmp_path):
    assert warnings_of(tmp_path, changed(LOCATIONS, FILES[LOCATIONS].splitlines()[0], header)) == ()


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")])
def test_another_separator_is_one_fault_a_file(mark, name, tmp_path):
    for number, file in enumerate(CSVS):
        text = FILES[file] if FILES[file].count("\n") > 1 else FILES[file] * 2
        faults = faults_of(write_files(tmp_path / str(number), {file: text.replace(",", mark)}))
        assert len(faults) == 1
        assert f"row 1: is separated by {name}; save it as" in faults[0].replace(file.rpartition("/")[2], "")


def test_a_remark_with_a_semicolon_is_none_of_the_table(tmp_path):
    remark = "# nothing closes; see the report\n"
    flee.load(write_files(tmp_path / "alone", {CLOSURES: remark}))
    flee.load(write_files(tmp_path / "above", {CLOSURES: remark + FILES[CLOSURES]}))


OVERLAPS = {
    "longer": ("country,Mali,Niger,1,5\n", True),
    "same first day": ("country,Mali,Niger,0,5\n", True),
    "for ever": ("country,Mali,Niger,2,-1\n", True),
    "other way round": ("country,Niger,Mali,1,5\n", True),
    "follows": ("country,Mali,Niger,3,5\n", False),
    "another kind": ("location,Mali,Niger,1,5\n", False),
    "another border": ("country,Mali,Burkina_Faso,1,5\n", False),
    "later": ("country,Mali,Niger,4,5\n", False),
}


@pytest.mark.parametrize(("row", "told"), OVERLAPS.values(), ids=OVERLAPS)
def test_a_closure_that_another_opens_too_early_is_told(row, told, tmp_path):
    said = [text for text in warnings_of(tmp_path, {CLOSURES: FILES[CLOSURES] + row}) if "shuts for longer" in text]
    assert len(said) == told


def test_each_kind_is_one_line_however_many_files_have_it(tmp_path, here):
    twice = {name: FILES[name].replace("2012-03-01", "2012-03-05", 1) for name in (MENTAO, ABALA)}
    marked = {name: "\ufeff" + {**FILES, **twice}[name] for name in CSVS}
    write_files(tmp_path / "toy", marked | {CORRECTIONS: None})
    for command in ("check", "flee", "run"):
        done = here(command, "toy")
        text = done.stdout + done.stderr
        assert text.count("byte order mark") == text.count("Flee takes the first row after a day") == 1
        assert "(and 8 more like it)" in text


def test_a_sentence_is_whole_in_every_command(tmp_path, here):
    files = {LAYOUT: FILES[LAYOUT] + "Mopti,mopti.csv\n", CHANGES: "Mopti,camp,3\n"}
    case = flee.load(write_files(tmp_path / "toy", files | {"source_data/mopti.csv": "2012-03-06,700\n"}))
    for command in ("check", "flee", "run"):
        done = here(command, "toy")
        assert case.warnings[0] in done.stdout + done.stderr


@pytest.mark.parametrize("day", [0, 3])
def test_a_camp_that_opens_later_is_compared_once_the_remedy_is_followed(day, tmp_path):
    files = {LAYOUT: FILES[LAYOUT] + "Mopti,mopti.csv\n", "source_data/mopti.csv": "2012-03-01,0\n2012-03-06,70\n"}
    (warning,) = warnings_of(tmp_path, files | {CHANGES: f"Mopti,camp,{day}\n"})
    assert "though newcomers come from them too" in warning
    row = warning.rpartition("shut it until then: ")[2].removesuffix(" in closures.csv") if day else ""
    assert row == (f"location,Mopti,,0,{day}" if day else "")
    followed = files | changed(LOCATIONS, "town,,", "camp,,900") | {CLOSURES: FILES[CLOSURES] + row + "\n"}
    case = flee.load(write_files(tmp_path / "followed", followed))
    assert case.warnings == ()
    result = flee.simulate(case)
    assert not result.present[:day, result.camps.index("Mopti")].any()


def test_people_counted_twice_are_told_and_a_shared_file_of_zeros_is_not(tmp_path):
    twice = warnings_of(tmp_path, {LAYOUT: FILES[LAYOUT].replace("mentao.csv", "mentao.csv,mentao.csv")})
    assert any('"mentao.csv" stands twice for Mentao, so the same people count twice' in text for text in twice)
    layout = FILES[LAYOUT] + "Gao,none.csv\nMopti,none.csv\n"
    files = {LAYOUT: layout, "source_data/none.csv": "2012-03-01,0\n"}
    assert flee.load(write_files(tmp_path / "zeros", files)).warnings == ()


def test_a_header_of_counts_in_other_words_is_put_right(tmp_path):
    plain = flee.load(write_files(tmp_path / "plain"))
    for number, header in enumerate(("date,count", "day,people", "DATE,Count")):
        case = flee.load(write_files(tmp_path / str(number), {MENTAO: f"{header}\n{FILES[MENTAO]}"}))
        assert case.labels == plain.labels
        assert "is a header without #" in case.repairs[0]


@pytest.mark.parametrize("file", [LOCATIONS, CONFLICTS, LAYOUT, MENTAO])
@pytest.mark.parametrize("ending", [".xlsx", ".XLS", ".ods"])
def test_a_spreadsheet_is_to_be_saved_not_renamed(file, ending, tmp_path):
    other = str(Path(file).with_suffix(ending))
    (fault,) = faults_of(write_files(tmp_path / "toy", {file: None, other: b"PK\x03\x04"}))
    assert f'open "{Path(other).name}" in a spreadsheet and save it as CSV: {Path(file).name}' in fault


@pytest.mark.parametrize("file", [CONFLICTS, CLOSURES, PERIOD, CORRECTIONS, CHANGES])
def test_any_file_alone_is_a_part_of_a_case(file, tmp_path):
    files = dict.fromkeys(FILES) | {file: FILES.get(file, "Mopti,camp,3\n")}
    (fault,) = faults_of(write_files(tmp_path / "toy", files))
    assert "holds a part of a case" in fault


def test_tables_that_nobody_reads_are_told(tmp_path):
    files = {"input_csv/flood_level.csv": FILES[CONFLICTS], CORRECTIONS: None}
    files |= {"source_data/registration_corrections.csv": FILES[CORRECTIONS]}
    assert warnings_of(tmp_path, files) == (
        "flood_level.csv: is not read, because the rules have no flood_driven_spawn_mode",
        "source_data/registration_corrections.csv: is not read, in Flee neither; move it into input_csv",
    )


def test_the_row_of_another_location_is_not_suggested(tmp_path):
    twin = FILES[LOCATIONS] + "mentao,Sahel,Burkina_Faso,13.9,-1.7,camp,,9000\n"
    (fault,) = faults_of(write_files(tmp_path / "toy", {LOCATIONS: twin}))
    assert 'did you mean "Mentao"' not in fault
