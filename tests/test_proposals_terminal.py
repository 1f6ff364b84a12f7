"""A text in the terminal with its rows: beside it, below it, in marks that touch, without colours."""

import datetime as dt
import io

import pytest
from rich.console import Console

from tiau.presentation.proposals_terminal import LONG, SIDE_BY_SIDE, show_article
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import languages
from tiau.readers.articles.proposals import Proposal

TEXT = (
    "More than 300 families fled to Delta after soldiers shelled Alpha on Friday.\n\n"
    "Nothing is told in this paragraph.\n\n"
    "The ministry closed the bridge."
)
CELLS = {
    "reports": {"value": "300", "bound": "at_least", "unit": "households", "quantity": "arrived_cumulative",
                "place": "Delta", "as_of": "2021-03-19"},
    "acts": {"effect": "close", "authority": "Ministry", "level": "federal", "place": "Delta", "as_of": "2021-03-19"},
    "events": {"kind": "shelling", "place": "Alpha", "as_of": "2021-03-19"},
}  # fmt: skip


def article(text=TEXT):
    return Article("a.txt", text, languages()[0], dt.date(2021, 3, 20), "Daily Post")


def proposal(words, table="reports", *, whole=TEXT, check=(), **cells):
    start = whole.index(words)
    sentence = next(one for one in article(whole).sentences if one.start <= start < one.end)
    marked = (start, start + len(words))
    return Proposal(table, sentence.start, sentence.end, sentence.text, marked, 0.8, {**CELLS[table], **cells},
                    check=check, file="a.txt")  # fmt: skip


FIGURE = proposal("300 families", check=("households: give household_size",))
EVENT = proposal("shelled Alpha", "events")
ACT = proposal("closed the bridge", "acts")


def shown(proposals, *, width=80, text=TEXT, colour=None, first_row=1):
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        color_system=colour,
        force_terminal=colour is not None,
        highlight=False,
        legacy_windows=False,
    )
    show_article(article(text), proposals, console, first_row)
    return stream.getvalue()


def test_the_heading_says_whose_text_it_is_and_what_was_found():
    heading = next(line for line in shown([FIGURE, EVENT, ACT]).splitlines() if line)
    assert heading.rstrip() == "a.txt (Daily Post, 2021-03-20, English): 1 figure, 1 act, 1 event"


def test_a_text_without_rows_is_shown_and_says_so():
    told = shown([])
    assert "nothing proposed" in told
    assert "The ministry closed the bridge." in told


def test_rows_stand_below_a_narrow_text_in_the_order_of_its_words():
    lines = shown([ACT, EVENT, FIGURE], width=SIDE_BY_SIDE - 1).splitlines()
    order = ["[3: 300 families]", "3  at least 300 households", "look: households", "2  shelling, Alpha",
             "Nothing is told", "[1: closed the bridge]", "1  close by Ministry"]  # fmt: skip
    found = [next(at for at, line in enumerate(lines) if words in line) for words in order]
    assert found == sorted(found)
    assert found[0] != found[1]


def test_rows_stand_beside_a_wide_text():
    lines = shown([FIGURE, EVENT, ACT], width=SIDE_BY_SIDE).splitlines()
    assert any("More than [1: 300 families]" in line and "1  at least 300 households" in line for line in lines)
    assert any(line.rstrip() == "Nothing is told in this paragraph." for line in lines)
    assert max(map(len, lines)) <= SIDE_BY_SIDE


@pytest.mark.parametrize("width", [20, 40, SIDE_BY_SIDE, 200])
def test_no_word_of_the_text_is_lost_at_any_width(width):
    told = "".join(shown([FIGURE, EVENT, ACT], width=width).split())
    for words in ("shelledAlpha", "closedthebridge", "Nothingistold"):
        assert words in told or width == SIDE_BY_SIDE
    assert all(len(line) <= width for line in shown([FIGURE, EVENT, ACT], width=width).splitlines())


def test_rows_have_the_numbers_of_the_rows_of_the_table():
    assert "[7: 300 families]" in shown([ACT, FIGURE], first_row=6)
    stream = io.StringIO()
    show_article(article(), [FIGURE], Console(file=stream, width=80))
    assert "[2: 300 families]" in stream.getvalue()


def test_two_rows_of_the_same_words_share_a_mark():
    told = shown([FIGURE, proposal("300 families", quantity="present")], width=90)
    assert "[1, 2: 300 families]" in told


def test_a_mark_within_another_is_its_number_alone():
    inside = proposal("families", quantity="present")
    told = shown([FIGURE, inside], width=90)
    assert "More than [1: 300 families][2] fled to Delta" in told


def test_a_mark_that_goes_on_behind_another_loses_no_letter():
    beyond = proposal("families fled to Delta", quantity="present")
    assert "More than [1: 300 families][2] fled to Delta after" in shown([FIGURE, beyond], width=90)


def test_brackets_of_a_text_are_no_colours():
    whole = "Some 300 people [bold]fled[/bold] to [Delta."
    told = shown([proposal("300 people", whole=whole)], text=whole)
    assert "[1: 300 people] [bold]fled[/bold] to [Delta." in told


def test_without_colours_nothing_but_text_is_sent():
    assert "\x1b" not in shown([FIGURE, EVENT, ACT])


def test_with_colours_the_text_is_the_same():
    import re

    plain, coloured = shown([FIGURE, EVENT]), shown([FIGURE, EVENT], colour="standard")
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_of_a_long_text_those_paragraphs_are_shown_that_give_a_row():
    whole = TEXT + "\n\n" + "Much else was said. " * (LONG // 20)
    told = shown([FIGURE], text=whole)
    assert "300 families" in told
    assert "Much else" not in told
    assert "Nothing is told" not in told


def test_what_is_missing_in_a_row_is_said():
    bare = proposal("300 families", place="", as_of="", value="", bound="exact")
    assert "? households" in (told := shown([bare]))
    assert "place not known, day not known" in " ".join(told.split())
