"""Numbers of a text: digits and words, how firm they are, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiau.readers.articles.language import languages
from tiau.readers.articles.numbers import find
from tiau.readers.articles.sentences import folded

LANGUAGES = {language.code: language for language in languages()}


def read(text, code="en"):
    letters = folded(text)
    return [
        (letters[one.start : one.end], one.bound, one.value if one.value is not None else (one.low, one.high))
        for one in find(letters, LANGUAGES[code])
    ]


@pytest.mark.parametrize(
    ("text", "bound", "value"),
    [
        ("1,200 people", "exact", 1200),
        ("1 200 people", "exact", 1200),
        ("12,345,678 people", "exact", 12_345_678),
        ("1.2 million people", "exact", 1_200_000),
        ("1.643 people", "exact", 1643),
        ("12 lakh people", "exact", 1_200_000),
        ("3,50,000 people", "exact", 350_000),
        ("5k people", "exact", 5000),
        ("a thousand people", "exact", 1000),
        ("two thousand three hundred people", "exact", 2300),
        ("twenty-five families", "exact", 25),
        ("nine hundred and ninety-nine", "exact", 999),
        ("half a million people", "exact", 500_000),
        ("two and a half million", "exact", 2_500_000),
        ("a quarter of a million", "exact", 250_000),
        ("a dozen families", "exact", 12),
        ("more than 1,000 people", "at_least", 1000),
        ("at least an estimated 300 families", "at_least", 300),
        ("no fewer than 40", "at_least", 40),
        ("12,000 or more", "at_least", 12_000),
        ("no more than 50", "at_most", 50),
        ("fewer than 350 people", "at_most", 350),
        ("as many as 18,000", "at_most", 18_000),
        ("nearly 400", "about", 400),
        ("some 200 or so", "about", 200),
        ("hundreds of families", "at_least", 200),
        ("tens of thousands of people", "at_least", 20_000),
        ("hundreds of thousands of people", "at_least", 200_000),
        ("between 3,000 and 4,000 people", "range", (3000, 4000)),
        ("3,000-4,000 people", "range", (3000, 4000)),
        ("3 to 4 million people", "range", (3_000_000, 4_000_000)),
        ("two to three thousand", "range", (2000, 3000)),
    ],
)
def test_a_number_is_read_with_how_firm_it_is(text, bound, value):
    assert [found[1:] for found in read(text)] == [(bound, value)]


@pytest.mark.parametrize(
    ("code", "text", "bound", "value"),
    [
        ("es", "1.200 personas", "exact", 1200),
        ("es", "más de 1,2 millones de personas", "at_least", 1_200_000),
        ("es", "unas treinta y cinco familias", "about", 35),
        ("es", "entre 300 y 400 personas", "range", (300, 400)),
        ("es", "al menos mil personas", "at_least", 1000),
        ("fr", "1 200 personnes", "exact", 1200),
        ("fr", "plus de 1,2 million de personnes", "at_least", 1_200_000),
        ("fr", "environ quatre-vingts familles", "about", 80),
        ("fr", "entre 300 et 400 personnes", "range", (300, 400)),
        ("fr", "au moins vingt et une familles", "at_least", 21),
    ],
)
def test_other_languages_have_numbers_of_their_own(code, text, bound, value):
    assert [found[1:] for found in read(text, code)] == [(bound, value)]


@pytest.mark.parametrize(
    "text",
    [
        "the 1951 Refugee Convention and its 1967 Protocol", "a 34-year-old man", "aged 34", "$300",
        "US$ 1.8 million", "40% of them",
        "42 per cent", "20 km away", "at 10:30", "on 5/6/2020", "call +91 98765 43210", "tel. 0371-252-1234",
        "Section 144",
        "dozens of families", "scores of people", "the 19th day", "Covid-19", "3.4 metres", "nine in ten arrivals",
        "400 million euros",
    ],
)  # fmt: skip
def test_laws_ages_money_distances_and_telephones_are_no_numbers_of_people(text):
    assert read(text) == []


def test_a_number_that_rose_from_one_to_another_is_no_range():
    assert [value for _, _, value in read("rose from 300 to 500")] == [300, 500]
    assert [value for _, _, value in read("from 300 to 500 people arrive")] == [(300, 500)]


def test_a_point_before_three_digits_is_said_to_be_read_as_thousands():
    (one,) = find("1.643 people", LANGUAGES["en"])
    assert "1,643" in one.note


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789.,-' \u00a0abcdemnostuv", max_size=80), st.sampled_from(sorted(LANGUAGES)))
def test_numbers_of_any_text_are_in_order_and_inside_it(text, code):
    letters, before = folded(text), 0
    for one in find(letters, LANGUAGES[code]):
        assert before <= one.start < one.end <= len(letters)
        assert one.start <= one.bare[0] < one.bare[1] <= one.end
        assert one.size > 0 or one.value == 0
        before = one.end


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 999_999))
def test_a_whole_number_written_with_commas_is_that_number(number):
    assert [value for _, _, value in read(f"{number:,} people") if value] == [number]
