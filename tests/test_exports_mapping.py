"""An analyst's own workbook through a mapping: the readings of its README, and tables of other layouts."""

import datetime as dt
from pathlib import Path

import pytest

from tiau.building.recognise import FORMATS, recognise
from tiau.faults import InputError
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import Asked, FoundFigure, LeftOut, Remark
from tiau.readers.exports.grids import read_book
from tiau.readers.exports.mapping import mapping_text, read_mapping
from tiau.readers.exports.mapping_format import apply
from tiau.readers.exports.mapping_proposal import propose
from tiau.readers.exports.mapping_reading import matches

DAILY = Path(__file__).parents[2] / "shared/exports/daily-arrivals.xlsx"
ADRE = {
    15: 1820, 16: 5540, 17: 6905, 18: 4410, 20: 3514, 21: 1560, 22: 1044, 23: 9, 24: 480, 25: 751, 26: 402, 27: 330,
    28: 0, 29: 602, 30: 496,
}  # fmt: skip
TINE = {
    "2023-06-20": 301, "2023-06-21": 377, "2023-06-22": 1048, "2023-06-23": 215, "2023-06-25": 171, "2023-06-26": 260,
    "2023-07-01": 615, "2023-07-02": 199, "2023-07-03": 88,
}  # fmt: skip


def read(text, tmp_path, **answers):
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    book, given = read_book(path), Answers(**answers)
    return list(apply(book, propose(book, given), given))


def figures(found, quantity=None):
    return [one for one in found if isinstance(one, FoundFigure) and quantity in (None, one.quantity)]


@pytest.fixture(scope="module")
def daily():
    if not DAILY.is_file():
        pytest.skip("../shared/exports is not there")
    book = read_book(DAILY)
    return list(recognise(book).read(book, Answers()))


def test_each_day_of_the_sample_is_a_figure_of_people_at_the_place_of_its_sheet(daily):
    entered = figures(daily, "crossed_in_period")
    adre = {one.start.day: one.value for one in entered if one.sheet == "Adre"}
    tine = {str(one.start): one.value for one in entered if one.sheet == "Tine"}
    assert (adre, tine, len(entered)) == (ADRE, TINE, 24)
    assert {one.spot.name for one in entered} == {"Adré", "Tiné"}
    assert {alias for one in entered for alias in one.spot.aliases} == {"Adre", "Tine"}
    assert {one.origin.name for one in entered} == {"Sudan"}
    assert {one.said_by for one in entered} == {"border monitoring team"}
    assert {one.known_on for one in entered if one.sheet == "Adre"} == {dt.date(2023, 6, 30)}
    assert "count of two days (19 and 20 June)" in {one.note for one in entered}


def test_pushed_back_is_turned_back_and_the_cumulative_column_its_own_quantity(daily):
    back = {one.start.day: (one.value, one.bound) for one in figures(daily, "turned_back")}
    assert back == {21: (4, "at_most"), 22: (12, "exact"), 27: (31, "exact")}
    total = {str(one.start): one.value for one in figures(daily, "arrived_cumulative")}
    assert total["2023-07-03"] == 3274
    assert all(one.not_scored for one in figures(daily, "arrived_cumulative"))


def test_rows_that_are_no_days_are_left_out_with_their_reason(daily):
    left = {(one.sheet, one.rows[0]): one.reason for one in daily if isinstance(one, LeftOut)}
    assert left["Adre", 10] == "no figure (n/a): no count, rain"
    assert left["Adre", 22] == left["Tine", 15] == "a row of totals"
    assert left["Adre", 24] == "a note"


def test_a_mapping_is_kept_as_toml_and_fits_next_months_file(tmp_path):
    month = "Date,Place,New arrivals,Households,Remarks\n{}\n"
    first, second = tmp_path / "june.csv", tmp_path / "july.csv"
    first.write_text(month.format("13/06/2023,Adre,120,30,"), encoding="utf-8")
    text = month.replace("New arrivals", "New arrivals (ind.)").format("03/07/2023,Adre,90,20,")
    second.write_text(text, encoding="utf-8")
    kept = tmp_path / "mapping.toml"
    kept.write_text(mapping_text(propose(read_book(first), Answers())), encoding="utf-8")
    mapping, book = read_mapping(kept), read_book(second)
    assert mapping == propose(read_book(first), Answers())
    assert matches(book, mapping)
    found = list(apply(book, mapping, Answers()))
    assert [(one.start, one.value) for one in figures(found)] == [(dt.date(2023, 7, 3), 90)]
    assert any("New arrivals (ind.)" in one.text for one in found if isinstance(one, Remark))
    second.write_text("Trucks,Litres\n1,2\n", encoding="utf-8")
    assert not matches(read_book(second), mapping)


def test_a_mapping_with_faults_tells_all_of_them(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text('table = "report"\ndash = 3\n[columns]\nplaec = "Camp"\n', encoding="utf-8")
    with pytest.raises(InputError) as wrong:
        read_mapping(path)
    assert {fault.column for fault in wrong.value.faults} == {"table", "dash", "columns.plaec"}


@pytest.mark.parametrize(
    "text",
    [
        "Date;Lieu;Nouveaux arrivés;Ménages\n15/06/2023;Adré;1 820;412\n16/06/2023;Adré;5 540;1 105\n",
        "Fecha,Lugar,Llegadas,Hogares\n15/06/2023,Adré,1820,412\n16/06/2023,Adré,5540,1105\n",
        "Place,15/06/2023,16/06/2023\nAdré,1820,5540\nTotal,1820,5540\n,,\nNew arrivals by day at the border post\n",
        "Daily arrivals,,\nDate,Adré,Tiné\n15/06/2023,1820,\n16/06/2023,5540,\n17/06/2023,,4\n",
    ],
    ids=["french", "spanish", "days across", "places across"],
)
def test_long_and_wide_tables_in_other_languages(text, tmp_path):
    found = figures(read(text, tmp_path, quantity="crossed_in_period"))
    adre = {(one.start.day, one.value) for one in found if one.spot.name == "Adré"}
    assert adre == {(15, 1820), (16, 5540)}
    assert {one.unit for one in found} == {"persons"}


def test_what_a_table_does_not_say_is_asked_and_then_read(tmp_path):
    text = "Date,Individuals\n03/04/2023,100\n05/06/2023,120\n"
    asked = {one.option: one.rows for one in read(text, tmp_path) if isinstance(one, Asked)}
    assert asked == {"dates": (2, 3)}
    asked = {one.option for one in read(text, tmp_path, dates="day-first") if isinstance(one, Asked)}
    assert asked == {"place", "quantity"}
    found = figures(read(text, tmp_path, dates="day-first", place="Adre", quantity="present"))
    assert [(str(one.start), one.value) for one in found] == [("2023-04-03", 100), ("2023-06-05", 120)]


def test_parts_are_taken_where_no_column_has_their_sum(tmp_path):
    found = figures(read("Date,Camp,Men,Women\n15/06/2023,Gaga,10,20\n", tmp_path, quantity="present"))
    assert {(one.part, one.value) for one in found} == {("Men", 10), ("Women", 20)}
    found = figures(read("Date,Camp,Total,Men,Women\n15/06/2023,Gaga,30,10,20\n", tmp_path, quantity="present"))
    assert [(one.part, one.value) for one in found] == [("", 30)]


def test_a_table_of_ones_own_is_the_last_of_all_kinds():
    assert FORMATS[-1].name == "a table of your own"
