"""Days of a text: dates, and words that count from the day of publication."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiau.readers.articles.days import find
from tiau.readers.articles.language import languages
from tiau.readers.articles.sentences import Sentence

LANGUAGES = {language.code: language for language in languages()}
SATURDAY = dt.date(2021, 3, 20)


def read(text, published=SATURDAY, code="en"):
    found = find(Sentence(0, len(text), text), LANGUAGES[code], published)
    return [(f"{one.first}/{one.last}" if one.first != one.last else str(one.first)) for one in found]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("said on March 19 that", ["2021-03-19"]),
        ("on 19 March 2020", ["2020-03-19"]),
        ("on the 3rd of March", ["2021-03-03"]),
        ("on 2021-03-10", ["2021-03-10"]),
        ("between March 3 and 5", ["2021-03-03/2021-03-05"]),
        ("from 3 to 5 March 2021", ["2021-03-03/2021-03-05"]),
        ("on 14 and 15 November", ["2020-11-14/2020-11-15"]),
        ("3-5 March", ["2021-03-03/2021-03-05"]),
        ("between 1 January and 8 March 2021", ["2021-01-01/2021-03-08"]),
        ("from Monday to Wednesday", ["2021-03-15/2021-03-17"]),
        ("since the end of February", ["2021-02-28/2021-03-20"]),
        ("since late February", ["2021-02-21/2021-03-20"]),
        ("since Monday", ["2021-03-15/2021-03-20"]),
        ("since violence erupted on February 20", ["2021-02-20/2021-03-20"]),
        ("on Friday", ["2021-03-19"]),
        ("on Saturday", ["2021-03-20"]),
        ("last Saturday", ["2021-03-13"]),
        ("yesterday", ["2021-03-19"]),
        ("in the past week", ["2021-03-13/2021-03-20"]),
        ("in the last 10 days", ["2021-03-10/2021-03-20"]),
        ("over the past three weeks", ["2021-02-27/2021-03-20"]),
        ("last week", ["2021-03-08/2021-03-14"]),
        ("earlier this month", ["2021-03-01/2021-03-20"]),
        ("last month", ["2021-02-01/2021-02-28"]),
        ("this year", ["2021-01-01/2021-03-20"]),
        ("in February", ["2021-02-01/2021-02-28"]),
        ("in December 2020", ["2020-12-01/2020-12-31"]),
        ("three days ago", ["2021-03-17"]),
        ("as of 15 March", ["2021-03-15"]),
        ("in 2020", ["2020-01-01/2020-12-31"]),
        ("on 25 March", ["2020-03-25"]),
        ("May said he may go", []),
        ("they march on", []),
        ("March 3,000 people", []),
    ],
)
def test_days_count_from_the_day_of_publication(text, days):
    assert read(text) == days


@pytest.mark.parametrize(
    ("code", "text", "days"),
    [
        ("es", "desde el 3 de marzo", ["2021-03-03/2021-03-20"]),
        ("es", "el viernes", ["2021-03-19"]),
        ("es", "la semana pasada", ["2021-03-08/2021-03-14"]),
        ("es", "ayer", ["2021-03-19"]),
        ("fr", "depuis le 3 mars", ["2021-03-03/2021-03-20"]),
        ("fr", "vendredi", ["2021-03-19"]),
        ("fr", "la semaine derni\u00e8re", ["2021-03-08/2021-03-14"]),
        ("fr", "hier", ["2021-03-19"]),
    ],
)
def test_other_languages_have_days_of_their_own(code, text, days):
    assert read(text, code=code) == days


def test_on_a_friday_since_friday_is_a_week_ago():
    friday = dt.date(2024, 5, 17)
    assert read("since Friday", friday) == ["2024-05-10/2024-05-17"]
    assert read("on Friday", friday) == ["2024-05-17"]


def test_a_date_that_can_be_read_in_two_ways_says_so():
    (one,) = find(Sentence(0, 13, "on 03/04/2021"), LANGUAGES["en"], SATURDAY)
    assert "2021-04-03" in one.note
    assert "2021-03-04" in one.note
    assert not one.sure


def test_the_day_of_a_dateline_is_none_of_the_story():
    text = "AIZAWL, India, April 9 (Agency) - More than 2,300 people have crossed since late February."
    assert read(text, dt.date(2021, 4, 9)) == ["2021-02-21/2021-04-09"]


def test_without_a_day_of_publication_dates_with_their_year_alone_are_known():
    assert read("on March 19 and on 3 March 2021, last week", None) == ["2021-03-03"]


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="0123456789/.- marchfeidysntouweklp", max_size=60),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)),
)
def test_days_of_any_text_are_in_order_and_inside_it(text, published):
    before = 0
    for one in find(Sentence(0, len(text), text), LANGUAGES["en"], published):
        assert before <= one.start < one.end <= len(text)
        assert one.first <= one.last
        before = one.end


def test_a_weekday_beside_a_date_names_the_day_of_the_date():
    assert read("on Thursday, 11 March") == ["2021-03-11"]
    assert read("on 11 March (Thursday)") == ["2021-03-11"]
    assert read("on Thursday") == ["2021-03-18"]
