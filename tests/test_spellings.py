"""Cells that spell a day or a figure in another way: every reading, never a wrong one, and remedies that work."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking import examined
from folders import PLACES, REPORTS_HEADER, write_folder
from tiau.loading import examine
from tiau.scenario.spellings import advice as remedies
from tiau.scenario.spellings.days import days, periods
from tiau.scenario.spellings.figures import Figure, figures
from tiau.scenario.vocabulary import parse_day, parse_period

DAY, MONTH, YEAR = " if the day stands first", " if the month does", " if the year does"
OWN = " if the time is the country's own"


def ahead(day, clock):
    return f"{day} where the country's clock stands at UTC+{clock} or more"


DAYS = {
    "15/03/2021": ["2021-03-15"],
    "2/14/2021": ["2021-02-14"],
    "4/2/2021": ["2021-02-04" + DAY, "2021-04-02" + MONTH],
    "04.02.2021": ["2021-02-04" + DAY, "2021-04-02" + MONTH],
    "5/5/2021": ["2021-05-05"],
    "15-03-21": ["2021-03-15" + DAY, "2015-03-21" + YEAR],
    "04/03/21": ["2021-03-04" + DAY, "2021-04-03" + MONTH, "2004-03-21" + YEAR],
    "12/5/85": ["1985-05-12" + DAY, "1985-12-05" + MONTH],
    "2021-3-5": ["2021-03-05"],
    "2021/03/05": ["2021-03-05"],
    "2021/15/03": ["2021-03-15"],
    "20210304": ["2021-03-04"],
    "20032021": ["2021-03-20"],
    "04032021": ["2021-03-04" + DAY, "2021-04-03" + MONTH],
    "٤/٣/٢٠٢١": ["2021-03-04" + DAY, "2021-04-03" + MONTH],
    "4-Mar-21": ["2021-03-04"],
    "04-Mar-2021": ["2021-03-04"],
    "2021-Mar-04": ["2021-03-04"],
    "March 4, 2021": ["2021-03-04"],
    "Mar 4th 2021": ["2021-03-04"],
    "Thursday, 4 March 2021": ["2021-03-04"],
    "4 mars 2021": ["2021-03-04"],
    "1er février 2021": ["2021-02-01"],
    "4 août 2021": ["2021-08-04"],
    "4 juil. 2021": ["2021-07-04"],
    "4 de agosto de 2021": ["2021-08-04"],
    "4 ene 2021": ["2021-01-04"],
    "9 dic. 2021": ["2021-12-09"],
    "5 de março de 2021": ["2021-03-05"],
    "44259": ["2021-03-04"],
    "44259.0": ["2021-03-04"],
    # A time that cannot move the day
    "2021-03-04 00:00:00": ["2021-03-04"],
    "2021-03-04T00:00": ["2021-03-04"],
    "3/14/2021 12:00:00 AM": ["2021-03-14"],
    "3/4/2021 12:00 AM": ["2021-04-03" + DAY, "2021-03-04" + MONTH],
    # A time that can
    "2021-03-04T22:00:00.000Z": ["2021-03-04 in UTC", ahead("2021-03-05", "02:00")],
    "2021-03-03T18:30:00Z": ["2021-03-03 in UTC", ahead("2021-03-04", "05:30")],
    "2021-03-04T11:00:00.000Z": ["2021-03-04 in UTC", ahead("2021-03-05", "13:00")],
    "2021-03-04T23:59:59Z": ["2021-03-04 in UTC", ahead("2021-03-05", "00:01")],
    "2021-03-04T03:00:00Z": ["2021-03-04 in UTC", "2021-03-03 where the country's clock is behind UTC-03:00"],
    "2021-03-04T00:00:00Z": ["2021-03-04 in UTC", "2021-03-03 where the country's clock is behind UTC"],
    "2021-03-04T00:00:00+00:00": ["2021-03-04 in UTC", "2021-03-03 where the country's clock is behind UTC"],
    "2021-03-04T22:00:00+05:30": ["2021-03-04 if the country's clock stands at UTC+05:30"],
    "2021-03-04 00:00:00-0300": ["2021-03-04 if the country's clock stands at UTC-0300"],
    "Wed Mar 03 2021 00:00:00 GMT+0530": ["2021-03-03 if the country's clock stands at UTC+0530"],
    "2021-03-04 22:00": ["2021-03-04" + OWN, "2021-03-05 if it is UTC and the country's clock stands at UTC+02:00 or "
                         "more"],
    "44259.9375": ["2021-03-04" + OWN, "2021-03-05 if it is UTC and the country's clock stands at UTC+01:30 or more"],
    "3/4/2021 10:00 PM": ["2021-04-03" + DAY + ", by the clock of the time",
                          "2021-03-04" + MONTH + ", by the clock of the time"],
    # Nothing that can be told
    **dict.fromkeys(("yesterday", "", "Mar-21", "4 March", "Marble 4 2021", "jui 4 2021", "32/13/2021", "99999999",
                     "2021-03-04T25:00", "2021-03-04 24:00", "13/3/2021 13:00 PM", "2021-03-04 (Reuters)", "1/2/3",
                     "4 March or 5 March 2021", "11/11/1111", "x" * 500), ()),
}  # fmt: skip

PERIODS = {
    "15/02/2021": ["2021-02-15"],
    "March 2021": ["2021-03"],
    "mars 2021": ["2021-03"],
    "Mar-21": ["2021-03 if 21 is the year and not the day"],
    "03/2021": ["2021-03"],
    "2021/03": ["2021-03"],
    "202103": ["2021-03"],
    "2021.0": ["2021"],
    "Q1 2021": ["2021-01-01/2021-03-31"],
    "2021-Q2": ["2021-04-01/2021-06-30"],
    "T4 2021": ["2021-10-01/2021-12-31"],
    "2021-W10": ["2021-03-08/2021-03-14 if weeks begin on Mondays"],
    "2021-01/2021-02": ["2021-01-01/2021-02-28"],
    "2021-2022": ["2021-01-01/2022-12-31"],
    "Dec 2021 to Jan 2022": ["2021-12-01/2022-01-31"],
    "2021-03-01 to 2021-03-07": ["2021-03-01/2021-03-07"],
    "2021-03-01-2021-03-07": ["2021-03-01/2021-03-07"],
    "2021-03-01T00:00:00/2021-03-07T00:00:00": ["2021-03-01/2021-03-07"],
    "01/03/2021 - 15/03/2021": ["2021-03-01/2021-03-15"],
    "3/1/2021 - 3/15/2021": ["2021-03-01/2021-03-15"],
    "01/03/2021-05/03/2021": ["2021-03-01/2021-03-05" + DAY, "2021-01-03/2021-05-03" + MONTH],
    "1\u20137 mars 2021": ["2021-03-01/2021-03-07"],
    "du 1 au 7 mars 2021": ["2021-03-01/2021-03-07"],
    "01-07/03/2021": ["2021-03-01/2021-03-07"],
    **dict.fromkeys(("2021-W60", "9999-Q1", "2021-03-04-25", "2021-03-07 to 2021-03-01", "Feb - Mar 2021", "recently",
                     "2021-13", "0000", "2021-03-01T22:00Z/2021-03-07T22:00Z"), ()),
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_day_is_read_in_every_way_that_it_can_mean(text):
    assert [str(reading) for reading in days(text)] == list(DAYS[text])


@pytest.mark.parametrize("text", PERIODS)
def test_period_is_read_in_every_way_that_it_can_mean(text):
    assert [str(reading) for reading in periods(text)] == list(PERIODS[text])


@pytest.mark.parametrize("text", [*DAYS, *PERIODS])
def test_every_reading_of_a_day_or_period_is_accepted_when_it_is_written(text):
    for reading in days(text):
        assert parse_day(reading.meant) is not None
    for reading in periods(text):
        assert parse_period(reading.meant).start <= parse_period(reading.meant).end


@given(st.text(max_size=30) | st.from_regex(r"[0-9TZ:/. apm+-]{1,25}", fullmatch=True))
def test_no_text_breaks_the_readings_and_each_of_them_is_accepted(text):
    for reading in [*days(text), *periods(text)]:
        assert parse_period(reading.meant) is not None
    assert len(remedies.for_figure(text)) < 400
    assert len(remedies.for_day(text)) < 400
    assert remedies.for_people(text)
    assert remedies.for_number(text)


@given(st.dates().filter(lambda day: 1900 <= day.year <= 2199), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y",
       "%Y%m%d", "%d %B %Y", "%d-%b-%Y", "%B %d, %Y", "%Y/%m/%d", "%Y-%m-%dT00:00:00", "%A, %d %B %Y"]))  # fmt: skip
def test_day_that_was_meant_is_among_the_readings(day, form):
    assert str(day) in [reading.meant for reading in days(day.strftime(form))]


def exact(*values):
    return tuple(Figure(value) for value in values)


FIGURES = {
    "<5": (Figure(4, "at_most"),),
    "< 5": (Figure(4, "at_most"),),
    "fewer than 5": (Figure(4, "at_most"),),
    "moins de 5": (Figure(4, "at_most"),),
    "≤5": (Figure(5, "at_most"),),
    "up to 50": (Figure(50, "at_most"),),
    "jusqu'à 50": (Figure(50, "at_most"),),
    "50 or fewer": (Figure(50, "at_most"),),
    "≥ 1,600": (Figure(1600, "at_least"),),
    ">= 1600": (Figure(1600, "at_least"),),
    "> 1600": (Figure(1600, "at_least"),),
    "100+": (Figure(100, "at_least"),),
    "more than 1,000": (Figure(1000, "at_least"),),
    "plus de 1 000 personnes": (Figure(1000, "at_least"),),
    "más de 300": (Figure(300, "at_least"),),
    "at least 4.2k": (Figure(4200, "at_least"),),
    "300 or more": (Figure(300, "at_least"),),
    "~140": (Figure(140, "about"),),
    "≈ 140": (Figure(140, "about"),),
    "c. 300": (Figure(300, "about"),),
    "ca 300": (Figure(300, "about"),),
    "about 300 people": (Figure(300, "about"),),
    "5 (approx.)": (Figure(5, "about"),),
    "environ 1.200": (Figure(1200, "about"),),
    "4.2k": (Figure(4200, "about"),),
    "4,2k": (Figure(4200, "about"),),
    "1.2 million": (Figure(1_200_000, "about"),),
    "1.2m": (Figure(1_200_000, "about"),),
    "2 lakh": (Figure(200_000, "about"),),
    "1,234k": (Figure(1_234_000, "about"), Figure(1234, "about")),
    "1-9": (Figure(None, "range", 1, 9),),
    "0-4": (Figure(None, "range", 0, 4),),
    "12\u201315": (Figure(None, "range", 12, 15),),
    "12 to 15": (Figure(None, "range", 12, 15),),
    "between 12 and 15": (Figure(None, "range", 12, 15),),
    "entre 1,200 et 1,500": (Figure(None, "range", 1200, 1500),),
    "10.000 - 20.000": (Figure(None, "range", 10_000, 20_000),),
    "4k-10k": (Figure(None, "range", 4000, 10_000),),
    "1 643": exact(1643),
    "1\u202f643": exact(1643),
    "1\u00a0643": exact(1643),
    "1\u2009643": exact(1643),
    "1'643": exact(1643),
    "1\u2019643": exact(1643),
    "1,643": exact(1643),
    "1.643": exact(1643),
    "1.234.567": exact(1_234_567),
    "1,234,567": exact(1_234_567),
    "1,20,000": exact(120_000),
    "1,643 persons": exact(1643),
    "٣٠٠": exact(300),
    '="20000"': exact(20_000),
    "'20000": exact(20_000),
    "5*": exact(5),
    "1,234¹": exact(1234),
    "9,000": exact(9000, 9),
    "9.000": exact(9000, 9),
    "0.500": exact(0.5),
    "1.234,5": exact(1234.5),
    "3,5": exact(3.5),
    **dict.fromkeys(("*", "n/a", "..", "-", "N/D", "12%", "-12", "500 families", "12 15", "15-12", "100-200k", "crore",
                     "2021-03-04", "12/15", "<", "<0", "many", "300 (Reuters)", "1-2-3", "", "x" * 500), ()),
}  # fmt: skip


@pytest.mark.parametrize("text", FIGURES)
def test_figure_is_read_as_value_bound_and_ends(text):
    assert figures(text) == FIGURES[text]


def faults_of(folder):
    return [fault for fault in examine(folder)[1] if fault.level == "fault"]


def with_figure(folder, **cells):
    """A folder with one report, written as a spreadsheet does."""
    usual = {"report": "S0", "known_on": "2021-02-12", "as_of": "2021-02-10", "place": "North", "group": "all",
             "quantity": "present", "bound": "exact"}  # fmt: skip
    text = io.StringIO(REPORTS_HEADER, newline="")
    writer = csv.DictWriter(text, REPORTS_HEADER.strip().split(","))
    text.seek(0, io.SEEK_END)
    writer.writerow({**usual, **cells})
    return write_folder(folder, places=PLACES.replace(",20000,", ",2000000,"), reports=text.getvalue())


SAID = {
    "<5": "write value = 4, bound = at_most",
    "1-9": "write bound = range, low = 1, high = 9, and leave value blank",
    "≥ 1,600": "write value = 1600, bound = at_least",
    "~140": "write value = 140, bound = about",
    "4.2k": "write value = 4200, bound = about",
    "5 (approx.)": "write value = 5, bound = about",
    "1 643": "without spaces or thousands separators: 1643",
    "1,000": "thousands separators: 1000, or 1 if the separator is a decimal one",
    "5*": "thousands separators: 5; say in note what its mark means",
    "n/a": "leave the cell blank and say why in not_scored",
    "N/D": "leave the cell blank and say why in not_scored",
    "..": "leave the cell blank and say why in not_scored",
    "-": "write 0 if it stands for none; otherwise leave the cell blank and say why in not_scored",
    "*": "leave the cell blank and say so in not_scored; or, where the publisher says what it hides, such as 1 to 4, "
         "write bound = range, low = 1, high = 4",
    "12%": "give a number of people, not a share",
    "500 families": "give people: the number of households times the people in one",
    "#REF!": "it is a formula or its error",
    "dozens": "use digits and a decimal point",
}  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_figure_of_a_report_that_is_no_number_is_a_fault_that_proposes_what_it_means(tmp_path, text):
    (fault,) = faults_of(with_figure(tmp_path, value=text))
    assert (fault.row, fault.column, fault.cell, fault.problem) == (2, "value", text, "is not a number")
    assert SAID[text] in fault.remedy


def test_number_below_0_may_have_a_dash_that_is_no_sign(tmp_path):
    (fault,) = faults_of(with_figure(tmp_path / "dash", value="-12"))
    assert str(fault).endswith('"-12" is too small; give a number not below 0, 12 if its dash is no minus sign')
    assert faults_of(with_figure(tmp_path / "followed", value="12")) == []


@pytest.mark.parametrize("text", [text for text in FIGURES if text])
def test_remedy_of_a_figure_works_when_it_is_followed(tmp_path, text):
    remedy = remedies.for_figure(text)
    written = dict(re.findall(r"(value|bound|low|high) = (\w+)", remedy))
    if number := re.search(r"separators: ([0-9.]+)", remedy):
        written = {"value": number[1].rstrip(".")}
    elif "leave the cell blank" in remedy and "bound" not in written:
        written = {"value": "", "not_scored": "not known"}
    if written:
        said = [str(fault) for fault in examined(with_figure(tmp_path, **written))]
        # Half a person was written, so half a person is what the remedy proposes, and a warning says so.
        assert [text for text in said if "whole number" not in text] == []


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("~140", "write 140, and in note that it is about 140"),
        ("<5", "write 4, and in note that it is at most 4"),
        ("12-15", "give one number, from 12 to 15, and say in note which"),
        ("4.2k", "write 4200, and in note that it is about 4200"),
        ("12%", "give a number of people, not a share"),
        ("*", "it stands for a small count that is not told; leave the cell blank where the figure is not known"),
        ("n/a", "leave the cell blank where the figure is not known"),
        ("1.234.567", "thousands separators: 1234567"),
    ],
)
def test_population_takes_a_plain_number(tmp_path, text, remedy):
    (fault,) = faults_of(write_folder(tmp_path, places=PLACES.replace("20000", text)))
    assert (fault.row, fault.column, fault.cell) == (2, "population", text)
    assert remedy in fault.remedy


@pytest.mark.parametrize(("text", "number"), [("22,5", "22.5"), ("-93,25", "-93.25"), ("12 km", "12"), ("48.352 km",
                         "48.352"), ("90%", "0.9 for 90%"), ("12,345", "12345, or 12.345 if")])  # fmt: skip
def test_other_numbers_keep_their_decimals(text, number):
    assert f"separators: {number}" in remedies.for_number(text)
