"""How often the rows that are proposed of forty short texts are right; each rate says what it is over."""

import dataclasses
import functools

import pytest

import tiau
from article_scores import gives, proposals_of, rates, score, table
from article_texts import TEXTS
from tiau.readers.articles.reading import propose

LEAST = {
    "first": 0.90,
    "some": 0.98,
    "bound": 0.90,
    "quantity": 0.85,
    "place": 0.85,
    "as_of": 0.80,
    "households": 0.95,
    "none": 1.0,
}
"""Of texts with figures: the first proposal is of the main figure, some proposal is. Of texts where some is: what is
said of it, by column. Of rows in households that were found: their unit. Of texts without figures: none is proposed."""


@functools.cache
def scores():
    return [score(text, propose) for text in TEXTS]


def test_there_are_forty_texts_in_three_languages():
    counts = {code: sum(text.language == code for text in TEXTS) for code in ("en", "es", "fr")}
    assert counts == {"en": 28, "es": 6, "fr": 6}
    assert sum(not text.rows for text in TEXTS) == 4


@pytest.mark.parametrize("name", LEAST)
def test_rate(name):
    right, of = rates(scores())[name]
    assert of
    assert right >= LEAST[name] * of, f"{name}: {right} of {of}\n" + "\n".join(table(scores()))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_quotes_are_verbatim(text):
    article, everything = proposals_of(text, propose)
    for proposal in everything:
        assert proposal.quote
        assert article.text[proposal.start : proposal.end] == proposal.quote
        start, end = proposal.marked
        assert proposal.start <= start < end <= proposal.end


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_language_is_told(text):
    article, _ = proposals_of(text, propose)
    assert article.language.code == text.language


@pytest.mark.parametrize("text", [text for text in TEXTS if text.once], ids=lambda text: text.name)
def test_a_figure_that_stands_twice_is_proposed_once(text):
    _, everything = proposals_of(text, propose)
    assert sum(gives(one, text.rows[0]) for one in everything if one.table == "reports") == 1


def test_a_misspelt_place_is_that_of_the_scenario():
    text = next(text for text in TEXTS if text.name == "Mizoram, since late February")
    misspelt = dataclasses.replace(text, text=text.text.replace("Mizoram", "Mirozam"))
    scenario = tiau.load("mizoram-2021")
    _, everything = proposals_of(misspelt, lambda article, _: propose(article, scenario))
    figure = next(one for one in everything if gives(one, text.rows[0]))
    assert figure.cells["place"] == "Mizoram"
    assert any("Mirozam" in check and "Mizoram" in check for check in figure.check)
