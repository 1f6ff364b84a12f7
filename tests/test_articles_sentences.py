"""A text as sentences: what ends one and what does not, with places that hold, in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiau.readers.articles.language import languages
from tiau.readers.articles.sentences import LONGEST, folded, sentences

ENGLISH = languages()[0]


def told(text):
    return [sentence.text for sentence in sentences(text, ENGLISH)]


@pytest.mark.parametrize(
    "whole",
    [
        "Mr. K. Vanlalvena said so.", "The U.N. High Commissioner came.", "They came at 5 a.m. on Friday.",
        "They left at 3 p.m. Friday.", "They left at 3 p.m. IST by bus.",
        "About 3.5 million people, or 12.5 per cent, fled.",
        "Gen. Min Aung Hlaing spoke on Feb. 1 of Article No. 5 to all.", "“Why did they go?” he asked.",
        "“We fled!” said the man (a farmer of St. Mary).", "They fled ... and came back.", "J. K. Rao came.",
        "The site is www.example.org of the agency.",
    ],
)  # fmt: skip
def test_no_sentence_ends_at_a_mark_inside_it(whole):
    assert told(whole) == [whole]
    assert told(f"{whole} The rest stayed.") == [whole, "The rest stayed."]


@pytest.mark.parametrize(
    "two",
    [
        ("They asked him.", "He said no."), ("He said no.", "More came."),
        ("They came in the U.S.", "The people stayed."),
        ("They came at 5 a.m.", "Police stood there."), ("“They fled.”", "The man left."), ("(They fled.)", "He left."),
        ("Did they flee?", "They did!"), ("They fled.[1]", "The rest stayed."), ("They fled…", "He left."),
        ("In May 2021 they fled in 3.", "4 came."), ("They came.", "$3 million was given."),
        ("He said `stop.`", "He left."),
    ],
)  # fmt: skip
def test_sentences_end(two):
    assert told(" ".join(two)) == list(two)


def test_a_missing_blank_ends_a_sentence():
    assert told("They crossed the border.More people came.") == ["They crossed the border.", "More people came."]


def test_items_of_a_list_are_sentences_with_their_numbers():
    assert told("There are:\n- 300 people\n• 40 police\n* others") == [
        "There are:",
        "300 people",
        "40 police",
        "others",
    ]
    assert told("1. One town\n2. Two towns. And more") == ["1. One town", "2. Two towns.", "And more"]


def test_lines_broken_by_width_are_one_sentence():
    text = (
        "More than 1,000 people have crossed the border from Myanmar into the state of\n"
        "Mizoram since the end of February, said K. Vanlalvena, a member of the\n"
        "Rajya Sabha. Police\nsaid less."
    )
    assert told(text) == [text[: text.index(" Police")], "Police\nsaid less."]


@pytest.mark.parametrize("gap", ["\n\n", "\n \t\n", "\n"])
def test_a_heading_without_a_full_stop_is_a_sentence(gap):
    body = "AIZAWL: More than 1,000 people have crossed the border from Myanmar into the state."
    heading = "Over a thousand flee to Mizoram"
    found = sentences(heading + gap + body, ENGLISH)
    assert [one.text for one in found] == [heading, body]
    assert [one.paragraph for one in found] == [0, 1]


def test_long_lines_are_paragraphs():
    line = (
        "more than 1,000 people have crossed the border from Myanmar into the state "
        + "and then to others " * 3
        + "on foot"
    )
    assert told(f"{line}\n{line}") == [line, line]


def test_rows_of_a_table_are_sentences():
    assert told("Mizoram 1,000\nManipur 500\nNagaland 20") == ["Mizoram 1,000", "Manipur 500", "Nagaland 20"]


def test_what_a_spreadsheet_takes_for_a_formula_begins_no_sentence():
    assert told("=1+1 people. +5 came. @all of them. -3 left. $5 was paid.") == [
        "1+1 people.", "5 came.", "all of them.", "3 left.", "$5 was paid.",
    ]  # fmt: skip


def test_folded_letters_are_those_that_rules_know():
    assert folded("“São Tomé” \u2013 L\u2019État\n1\u202f000") == '"sao tome" - l\'etat 1 000'


ODD = st.text(
    st.one_of(
        st.sampled_from(list(".!?…\"'\u2019”»)]`[1( \n\t-•*Aa.İßﬁ\u0301$=+@\u2028\u00a0한\u0627")),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=300,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(ODD)
def test_places_hold(text):
    found = sentences(text, ENGLISH)
    assert len(folded(text)) == len(text)
    covered = set()
    for one, following in zip(found, [*found[1:], None], strict=False):
        assert text[one.start : one.end] == one.text != ""
        assert one.text == one.text.rstrip()
        assert len(one.letters) == len(one.text) <= LONGEST
        assert all(0 <= first < last <= len(one.text) for first, last in one.words)
        assert following is None or (one.end <= following.start and one.paragraph <= following.paragraph)
        covered.update(range(one.start, one.end))
    assert all(place in covered for place, letter in enumerate(text) if letter.isalnum())


@pytest.mark.parametrize(
    "part",
    [
        ".",
        "a. ",
        "The people fled. ",
        "the ",
        "\n",
        " \n",
        "a\n",
        "1. ",
        "\"'",
        '."',
        "$",
        "[",
        ".[1]",
        "é",
        "A.",
        "x",
        "- a\n",
    ],
)
def test_a_megabyte_is_read_in_time(part):
    text = part * (1_000_000 // len(part))
    start = time.process_time()
    found = sentences(text, ENGLISH)
    assert time.process_time() - start < 15
    assert all(len(one.text) <= LONGEST for one in found)
