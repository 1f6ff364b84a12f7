"""What spreadsheets put into a table beside its rows: tags, headers, totals, notes, thousands with a point."""

import datetime as dt

import pytest

from folders import PLACES, REPORTS_HEADER, TABLES, added, change, changed, write_folder
from test_faults import DEPARTURES, event, faults_of, report
from tiau.faults import listing
from tiau.loading import load
from tiau.what_ifs.model import Scale, Set, WhatIf

EVENTS = TABLES["events"].splitlines()
TAGS = "#event,#date+start,#date+end,#loc +name,#event+type,#severity,#date+known,#date+published,#meta+source,,#meta"


def only(folder):
    (fault,) = [fault for fault in faults_of(folder) if "checks were left out" not in fault.problem]
    return fault


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        ([EVENTS[0], TAGS, *EVENTS[1:]], 2),
        ([TAGS, *EVENTS], 1),
        ([EVENTS[0], "#event,#date +start,,,,,,,,,", *EVENTS[1:]], 2),
        ([EVENTS[0], "#event,#date+start,#date+end,#adm1+name,#x,,,,,,see the legend", *EVENTS[1:]], 2),
        ([EVENTS[0], "", TAGS.upper(), *EVENTS[1:]], 3),
        ([*EVENTS, TAGS], 3),
        ([EVENTS[0], f"{TAGS.replace('#event', ' #event ')},,,", *EVENTS[1:]], 2),
    ],
)
def test_row_of_hxl_tags_is_left_out_with_a_word(tmp_path, lines, row):
    folder = write_folder(tmp_path / "tagged", events="\n".join(lines) + "\n")
    fault = only(folder)
    assert (fault.file, fault.row, fault.level) == ("events.csv", row, "warning")
    assert "is a row of HXL tags, which is left out" in fault.problem
    tagged = load(folder)
    assert tagged == load(write_folder(tmp_path / "plain"))
    assert [event.number for event in tagged.events] == [lines.index(EVENTS[1]) + 1]


def test_text_that_begins_with_a_number_sign_is_no_tag(tmp_path):
    folder = write_folder(tmp_path, reports=added("reports", report("#9", place="#1")))
    assert only(folder).problem == "is neither a place nor an area"
    assert len(load(folder).reports) == 7


def test_row_with_one_text_like_a_tag_is_a_row(tmp_path):
    folder = write_folder(tmp_path, reports=added("reports", report("#nine")))
    assert faults_of(folder) == []
    assert load(folder).reports[-1].report == "#nine"


def test_header_again_in_the_middle_is_left_out_with_a_word(tmp_path):
    text = (
        "\n".join([*EVENTS, EVENTS[0], event("Beta").replace("E9", "E2"), EVENTS[0].replace("event", " event ")]) + "\n"
    )
    folder = write_folder(tmp_path, events=text)
    said = faults_of(folder)
    assert [(fault.row, fault.problem, fault.level) for fault in said] == [
        (3, "is the header again, which is left out", "warning"),
        (5, "is the header again, which is left out", "warning"),
    ]
    assert [row.event for row in load(folder).events] == ["E1", "E2"]
    assert "(and 1 more like it" in listing(said)


@pytest.mark.parametrize("name", ["Total", "TOTAL", "Grand total", "Sub-total", "Totals:", "Total général", "Suma"])
def test_row_of_totals_is_told_once_with_what_to_do(tmp_path, name):
    fault = only(write_folder(tmp_path / "places", places=added("places", f"{name},,,,,,,,35000,6000,,,")))
    assert (fault.row, fault.cell, fault.problem) == (7, name, "sums up other rows")
    assert fault.remedy == "delete the row: totals are worked out"
    fault = only(write_folder(tmp_path / "days", departures=f"{DEPARTURES}2021-02-03,,,10\n{name},,,10\n"))
    assert (fault.row, fault.problem) == (3, "sums up other rows")
    fault = only(write_folder(tmp_path / "reports", reports=added("reports", f"{name},,,,,,,,575,,,,,,,,,")))
    assert (fault.row, fault.problem) == (8, "sums up other rows")


def test_place_that_is_called_like_a_total_stays_one_with_a_warning(tmp_path):
    folder = write_folder(tmp_path, places=added("places", "Total,,Homeland,,,22.06,93.23,town,,,survey,no,"),
                          routes=added("routes", "Total,Beta,6,foot,,,,map,no,"))  # fmt: skip
    fault = only(folder)
    assert (fault.level, fault.row, fault.cell) == ("warning", 7, "Total")


@pytest.mark.parametrize(
    "note", ["Source: UNHCR", "* provisional,,,,,,,,,,,,", ",,,see the annex,,,,,,,,,", "# comment"]
)
def test_note_below_a_table_is_told_once_with_what_to_do(tmp_path, note):
    fault = only(write_folder(tmp_path, places=added("places", "", note)))
    assert (fault.row, fault.cell, fault.problem) == (8, note.strip(","), "stands alone in its row")
    assert "delete the row if it is a note or a title" in fault.remedy


def test_title_above_the_header_is_told_and_the_table_is_read(tmp_path):
    text = "Events of 2021,,,\n\n" + changed("events", "2021-02-04", "soon")
    said = faults_of(write_folder(tmp_path, events=text))
    assert [(fault.row, fault.column, fault.problem) for fault in said] == [
        (1, "", "stands above the header"), (4, "end", "is not a day"),
    ]  # fmt: skip
    assert said[0].remedy == "delete the row"


@pytest.mark.parametrize("name", ["Known on", "KNOWN_ON", "known-on", " Known_on\u00a0", "known_on:"])
def test_header_in_another_spelling_is_one_fault(tmp_path, name):
    fault = only(write_folder(tmp_path, events=changed("events", "known_on", name)))
    assert (fault.row, fault.cell, fault.remedy) == (1, name.strip(), 'did you mean "known_on"?')


@pytest.mark.parametrize(
    ("column", "name"), [("lat", "Latitude"), ("lon", "LONGITUDE (WGS84)"), ("place", "placename")]
)
def test_header_that_begins_with_a_column_is_one_fault(tmp_path, column, name):
    fault = only(write_folder(tmp_path, places=PLACES.replace(f"{column},", f"{name},", 1)))
    assert (fault.row, fault.cell, fault.remedy) == (1, name, f'did you mean "{column}"?')


def test_spaces_and_columns_that_spreadsheets_add_make_no_difference(tmp_path):
    rows = [",".join(f"\u00a0{cell} " for cell in line.split(",")) + ",,," for line in TABLES["routes"].splitlines()]
    odd = write_folder(tmp_path / "odd", routes="\n".join([*rows, ",,,,", ""]))
    assert faults_of(odd) == []
    assert load(odd) == load(write_folder(tmp_path / "plain"))


def with_values(folder, *values):
    rows = [report(f"V{i}", value=value, bound="about", known="2021-03-30") for i, value in enumerate(values)]
    places = changed("places", ",20000,", ",90000,")
    return write_folder(folder, places=places, reports=REPORTS_HEADER + "\n".join(rows) + "\n")


@pytest.mark.parametrize(
    ("values", "first", "said"),
    [
        (
            ["137", "9.000", "10.500", "12.000"],
            3,
            "is read as 9, with a decimal point, and so are 2 more of the column",
        ),
        (["48.352", "137"], 2, "is read as 48.352, with a decimal point"),
        (["48.000"], 2, "is read as 48, with a decimal point"),
        (["500", "20", "1.000"], 4, "is read as 1, with a decimal point"),
    ],
)
def test_point_that_may_separate_thousands_is_told_once_a_column_with_both_readings(tmp_path, values, first, said):
    fault = only(with_values(tmp_path, *values))
    text = values[first - 2]
    assert (fault.row, fault.column, fault.cell, fault.level) == (first, "value", text, "warning")
    assert fault.problem == said
    thousands = text.replace(".", "")
    assert fault.remedy == (
        f"write {thousands} if the point separates thousands, {round(float(text))} if it does not"
    )  # fmt: skip
    for name, read in (("thousands", lambda value: value.replace(".", "")), ("whole", lambda value: value[:-4])):
        followed = [read(value) if "." in value else value for value in values]
        assert faults_of(with_values(tmp_path / name, *followed)) == []


@pytest.mark.parametrize("values", [["9.0", "137.0"], ["9.000", "20000.000"], ["0.000", "9.000"], ["9.00", "1e3"]])
def test_column_of_decimals_that_are_whole_gives_no_warning(tmp_path, values):
    assert faults_of(with_values(tmp_path, *values)) == []


@pytest.mark.parametrize("decimal", ["12.5", "1234.5", "7.0"])
def test_one_decimal_does_not_hide_thousands_of_its_column(tmp_path, decimal):
    said = faults_of(with_values(tmp_path, decimal, "9.000", "10.500"))
    assert [(fault.row, fault.problem) for fault in said if fault.cell == "9.000"] == [
        (3, "is read as 9, with a decimal point, and so is 1 more of the column")
    ]
    assert all(fault.cell in ("9.000", decimal) for fault in said)


def test_what_if_that_writes_thousands_with_a_point_is_told(tmp_path):
    scenario = load(write_folder(tmp_path))
    entry = {"table": "places", "id": "Beta", "population": "10.500"}
    (fault,) = change(scenario, WhatIf(title="more", why="a test", set=[Set.model_validate(entry)])).warnings
    assert (fault.column, fault.cell) == ("set[1].population", "10.500")
    assert "10500 if the point separates thousands" in fault.remedy


def test_what_if_that_works_a_count_out_is_not_asked_for_thousands(tmp_path):
    scenario = load(write_folder(tmp_path))
    less = Scale(table="places", id="Beta", column="population", by=0.0048352)
    (fault,) = change(scenario, WhatIf(title="fewer", why="a test", scale=[less])).warnings
    assert fault.problem == "is not a whole number of people"


def test_column_with_other_decimals_is_not_one_of_thousands(tmp_path):
    said = faults_of(with_values(tmp_path, "20000.000", "12.500", "48.352"))
    assert [(fault.row, fault.problem) for fault in said] == [
        (3, "is not a whole number of people"), (4, "is not a whole number of people"),
    ]  # fmt: skip


def test_groups_of_thousands_in_full_are_a_fault_and_the_others_of_the_column_are_told(tmp_path):
    said = faults_of(with_values(tmp_path, "9.000", "1.234.567"))
    assert [(fault.row, fault.level) for fault in said] == [(2, "warning"), (3, "fault")]
    assert "1234567" in said[1].remedy
    assert "9000 if the point separates thousands" in said[0].remedy


@pytest.mark.parametrize(
    ("table", "old", "new", "column"),
    [
        ("places", "20000", "20.000", "population"),
        ("places", "4000", "4.000", "capacity"),
        ("acts", "close,River bridge,,,0.5,,", "quota,River bridge,,,0.5,1.500,", "amount"),
        ("reports", "range,10,50", "range,1,1.250", "high"),
    ],
)
def test_every_count_of_people_is_looked_at(tmp_path, table, old, new, column):
    fault = only(write_folder(tmp_path, **{table: changed(table, old, new)}))
    assert (fault.file, fault.column, fault.level) == (f"{table}.csv", column, "warning")
    assert "if the point separates thousands" in fault.remedy


def test_distances_and_coordinates_with_three_decimals_are_no_thousands(tmp_path):
    routes = TABLES["routes"].replace(",30,", ",30.125,").replace(",20,", ",20.000,").replace(",40,", ",40.500,")
    places = PLACES.replace("22.0,93.0", "22.000,93.000").replace("22.1", "22.125")
    assert faults_of(write_folder(tmp_path, routes=routes, places=places)) == []


@pytest.mark.parametrize("text", ["", "2021-02-11", "2021-02", "2021", "2021-02-01/2021-02-11"])
def test_day_of_publication_is_a_day_month_year_or_period(tmp_path, text):
    folder = write_folder(tmp_path, reports=changed("reports", "2021-02-11,,", f"2021-02-11,{text},"))
    assert faults_of(folder) == []
    assert str(load(folder).reports[0].published or "") == text


@pytest.mark.parametrize("text", ["2021-02-30", "soon", "11/2/2021", "March 2021", "2021-13", "2021-02-11 (Reuters)"])
@pytest.mark.parametrize(("table", "known"), [("reports", "R1,2021-02-11,"), ("events", "5,2021-02-05,2021-02-05")])
def test_publication_on_no_day_is_a_fault(tmp_path, text, table, known):
    day = "2021-02-05" if table == "events" else ""
    new = known.removesuffix(day) + text
    fault = only(write_folder(tmp_path, **{table: changed(table, known, new)}))
    assert (fault.row, fault.column, fault.cell, fault.level) == (2, "published", text, "fault")
    assert "is not a day" in fault.problem


def test_report_that_was_known_before_it_was_published_is_a_warning(tmp_path):
    folder = write_folder(tmp_path, reports=changed("reports", "2021-02-11,,", "2021-02-11,2021-02-13,"))
    fault = only(folder)
    assert (fault.row, fault.column, fault.cell, fault.level) == (2, "published", "2021-02-13", "warning")
    assert fault.problem == "lies after known_on (2021-02-11)"
    assert load(folder).reports[0].published.start == dt.date(2021, 2, 13)
