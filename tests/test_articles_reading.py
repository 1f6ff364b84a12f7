"""A whole text as proposed rows: the report that Tiau began with, and what must hold of any text."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiau
from pages import SHARED
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import language_of, languages
from tiau.readers.articles.proposals import COLUMNS
from tiau.readers.articles.reading import propose
from tiau.readers.articles.sentences import folded
from tiau.scenario.quantities import QUANTITIES

REPORT = SHARED / "mizoram-2021" / "report.txt"
PUBLISHED = dt.date(2021, 3, 20)


@pytest.fixture(scope="module")
def scenario():
    return tiau.load("mizoram-2021")


@pytest.fixture(scope="module")
def mission(scenario):
    if not REPORT.exists():
        pytest.skip("needs the shared folder with the report")
    text = REPORT.read_text(encoding="utf-8")
    article = Article("report.txt", text, language_of(folded(text)), PUBLISHED, "Dan Tri")
    return article, propose(article, scenario)


def rows(mission, table, **cells):
    return [one for one in mission[1] if one.table == table
            and all(one.cells.get(column, "") == text for column, text in cells.items())]  # fmt: skip


def test_the_report_gives_two_figures_and_no_more(mission):
    thousand, several = rows(mission, "reports")
    assert {
        "value": "1000", "bound": "at_least", "unit": "persons", "quantity": "arrived_cumulative", "place": "Mizoram",
        "as_of": "2021-02-28/2021-03-19", "group": "all", "origin": "", "publisher": "Dan Tri",
        "said_by": "member of parliament K. Vanlalvena", "known_on": "2021-03-20",
    }.items() <= thousand.cells.items()  # fmt: skip
    assert "more than 1,000 people have tried to flee" in thousand.quote
    assert thousand.cells["same_as"] == "R031"
    assert {
        "bound": "at_least",
        "quantity": "present",
        "place": "Mizoram",
        "group": "Police and officials",
    }.items() <= (several.cells.items())
    assert "Several Myanmar police officers" in several.quote


def test_misspelt_mizoram_is_repaired_and_said_to_be(mission):
    for one in rows(mission, "reports"):
        assert any('"Mirozam" is read as Mizoram' in look for look in one.check)
    assert not any("Mirozam" in one.cells.get("place", "") for one in mission[1])


def test_the_report_gives_its_acts(mission):
    (order,) = rows(mission, "acts", effect="close")
    (exception,) = rows(mission, "acts", effect="exempt")
    assert order.cells["authority"] == "Indian Ministry of Home Affairs"
    assert order.cells["level"] == "federal"
    assert "Mizoram" in order.cells["place"]
    assert exception.cells["softens"] == order.cells["report"]
    refusal, letter, request = (rows(mission, "acts", effect="statement", level=level)[0]
                                for level in ("federal", "state", "foreign"))  # fmt: skip
    assert "cannot grant refugee status" in refusal.quote
    assert (letter.cells["as_of"], letter.cells["place"]) == ("2021-03-18", "Mizoram")
    assert "Zoramthanga" in letter.cells["authority"]
    assert request.cells["as_of"] == "2021-03-01/2021-03-20"
    assert request.cells["group"] == "Police and officials"
    assert len(rows(mission, "acts")) == 5


def test_the_report_gives_its_events(mission):
    (crackdown,) = rows(mission, "events", kind="protest crackdown")
    (coup,) = rows(mission, "events", kind="coup")
    assert (crackdown.cells["place"], crackdown.cells["as_of"]) == ("Yangon", "2021-02-27")
    assert (coup.cells["place"], coup.cells["as_of"]) == ("Myanmar", "2021-02-01")


def sound(article, proposals):
    for one in proposals:
        assert one.quote
        assert article.text[one.start : one.end] == one.quote
        first, last = one.marked
        assert one.start <= first < last <= one.end
        assert 0 < one.confidence <= 1
        assert one.why
        assert set(one.cells) <= set(COLUMNS)
        if one.table == "reports":
            assert one.cells["quantity"] in QUANTITIES
            figures = [one.cells[column] for column in ("value", "low", "high")]
            assert any(figures)
        assert not one.quote.startswith(tuple("=+-@\t\r"))


def test_every_row_of_the_report_has_its_words(mission):
    sound(*mission)


PIECES = (
    "more than 1,000 people", "fled", "crossed into", "Mizoram", "Mirozam", "since Monday", "on 3 March", "said",
    "the mayor", "families",
    "hundreds of", "displaced", "killed 12", "were evacuated", ".", ",", "\n", "\n\n", "\u201c", "\u2019",
    "refugees", "the border was closed",
    "orders", "clashes in", "Yangon", "200", "300 households", "in", "from", "to", "the", "between 3 and 5",
    "million", "-", "\u0645\u0644\u062c\u0623",
    "\u1019\u103c\u1014\u103a\u1019\u102c", "los desplazados", "ont fui", "le", "la", "de", "=1+1", "@name",
    "\u202e", "\x00", "\u00a0", "\u0130", "\ufb01",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(range(len(languages()))), st.booleans())
def test_no_row_is_without_its_words_in_any_text(pieces, position, known):
    text = " ".join(pieces)
    article = Article("a.txt", text, languages()[position], PUBLISHED if known else None, "Agency")
    sound(article, propose(article))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_row_is_without_its_words_in_letters_of_any_kind(text):
    article = Article("a.txt", text, languages()[0], PUBLISHED)
    sound(article, propose(article))


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "1 " * 25_000,
        "people " * 10_000,
        "more than " * 8_000,
        "In X, " * 10_000,
        "the village of " * 5_000,
        "500 people fled to Mizoram. " * 500,
        "said the " * 8_000,
        "A b. " * 10_000,
        "\n" * 50_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_long_text_of_anything_takes_bounded_time(text):
    # A generous bound: what is slow here takes minutes.
    begun = time.process_time()
    propose(Article("a.txt", text, languages()[0], PUBLISHED))
    assert time.process_time() - begun < 30


def test_in_python_a_file_gives_its_rows(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("More than 300 people have crossed into Mizoram since Monday, the mayor said.", encoding="utf-8")
    (one,) = tiau.read(file, "mizoram-2021", published="2021-03-20", publisher="Agency")
    assert {"value": "300", "place": "Mizoram", "as_of": "2021-03-15/2021-03-20"}.items() <= one.cells.items()
    with pytest.raises(tiau.InputError, match="not a day"):
        tiau.read(file, published="20 March")
