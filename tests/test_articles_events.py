"""What happened, read in a text. The sentences were written for these tests, in the manner of agency reports."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from known_sentences import MISSION, known_sentences
from tiau.loading import load
from tiau.readers.articles import events
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import languages
from tiau.readers.articles.places import Surroundings
from tiau.scenario.rows import Event
from tiau.scenario.severity import severity_by_rule

PUBLISHED = dt.date(2024, 5, 17)
NOWHERE = Surroundings.of(None)


def proposed(text, surroundings=NOWHERE, published=PUBLISHED, code="en"):
    article = Article("text.txt", text, next(one for one in languages() if one.code == code), published)
    found = events.propose(article, surroundings)
    for one in found:
        assert article.text[one.start : one.end] == one.quote
        assert one.start <= one.marked[0] < one.marked[1] <= one.end
        assert one.cells.get("severity", "") == ""
    return found


TOLD, NO_EVENT = known_sentences("events")
ABROAD = [(code, *row) for code in ("es", "fr") for row in known_sentences(f"events_{code}")[0]]
NO_EVENT_ABROAD = [(code, text) for code in ("es", "fr") for text in known_sentences(f"events_{code}")[1]]


@pytest.mark.parametrize(("text", "kind", "place", "day", "dead"), TOLD)
def test_an_event_with_its_kind_place_day_and_dead(text, kind, place, day, dead):
    (one,) = proposed(text)
    assert tuple(one.cells[column] for column in ("kind", "place", "as_of", "fatalities")) == (kind, place, day, dead)


@pytest.mark.parametrize(("code", "text", "kind", "place", "day", "dead"), ABROAD)
def test_an_event_in_another_language(code, text, kind, place, day, dead):
    (one,) = proposed(text, code=code)
    assert tuple(one.cells[column] for column in ("kind", "place", "as_of", "fatalities")) == (kind, place, day, dead)


@pytest.mark.parametrize(("code", "text"), NO_EVENT_ABROAD)
def test_what_only_may_be_is_no_event_in_another_language(code, text):
    assert proposed(text, code=code) == []


def test_a_headline_and_its_sentence_are_one_event_with_all_its_dead():
    text = "Five killed as troops clash with rebels near Loikaw\nTHE DAILY, May 17 (Yangon)\n\n"
    (one,) = proposed(f"{text}Five soldiers and one civilian died in clashes near Loikaw on Saturday, residents said.")
    assert (one.cells["fatalities"], one.cells["as_of"]) == ("6", "2024-05-11")


def test_the_dead_of_the_sentence_behind_are_those_of_the_event_and_are_to_be_checked():
    (one,) = proposed("Soldiers raided Kani on Monday. The bodies of 16 villagers were found in a forest.")
    assert one.cells["fatalities"] == "16"
    assert any("sentence behind" in check for check in one.check)
    (one,) = proposed("Soldiers raided Kani on Monday.\n\nThe bodies of 16 villagers were found in a forest.")
    assert one.cells["fatalities"] == ""
    (one,) = proposed("Soldiers raided Kani on Monday. One villager, 19, died of fever.")
    assert one.cells["fatalities"] != "19"


def test_somebody_without_a_number_beside_those_counted_makes_them_at_least_one_more():
    (one,) = proposed("Two children and their grandmother were killed when a shell hit a house in Pale on Tuesday.")
    assert one.cells["fatalities"] == "3"
    assert "killed: at least 3" in one.check


@pytest.mark.parametrize("text", NO_EVENT)
def test_what_only_may_be_or_is_only_mentioned_is_no_event(text):
    assert [(one.cells["kind"], one.cells["place"]) for one in proposed(text)] == []


def test_the_coup_has_its_own_day_and_protests_since_it_are_doubtful():
    text = "A wave of protests has broken out in Myanmar since the coup on February 1."
    coup, *others = sorted(proposed(text, published=dt.date(2021, 3, 20)), key=lambda one: -one.confidence)
    assert (coup.cells["kind"], coup.cells["as_of"], coup.cells["place"]) == ("coup", "2021-02-01", "Myanmar")
    assert [one.cells["kind"] for one in others] == ["protest"]
    assert others[0].cells["as_of"] == "2021-02-01/2021-03-20"
    assert others[0].confidence < 0.4


def test_an_event_that_is_told_twice_is_one_with_what_either_telling_gives():
    text = "The army shelled Demoso on Tuesday.\n\nThe shelling of Demoso killed 12 people."
    (one,) = proposed(text)
    assert (one.cells["as_of"], one.cells["place"], one.cells["fatalities"]) == ("2024-05-14", "Demoso", "12")


@pytest.mark.parametrize("text", [
    "The army shelled Demoso on Tuesday.\n\nThe army shelled Loikaw on Tuesday.",
    "The army shelled Demoso on Tuesday.\n\nThe army shelled Demoso on Wednesday.",
    "The army shelled Demoso on Tuesday.\n\nSoldiers burned houses in Demoso on Tuesday.",
])  # fmt: skip
def test_events_of_another_place_day_or_kind_are_others(text):
    assert len(proposed(text)) == 2


def test_wounded_and_displaced_are_no_dead():
    (one,) = proposed("Shelling wounded 12 people in Kherson on Sunday and displaced 3,000.")
    assert one.cells["fatalities"] == ""


def test_the_dead_that_are_at_least_so_many_are_to_be_checked():
    (one,) = proposed("Floods in Derna killed more than 4,300 people on May 10.")
    assert one.cells["fatalities"] == "4300"
    assert "killed: at least 4,300" in one.check


def test_without_a_day_an_event_is_doubtful_and_says_so():
    (vague,) = proposed("The army shelled Demoso.")
    (sure,) = proposed("The army shelled Demoso on Tuesday.")
    assert vague.confidence < 0.4 < sure.confidence
    assert any("no day is told" in check for check in vague.check)


def test_without_a_place_an_event_is_doubtful_and_says_so():
    (one,) = proposed("The army shelled a village on Tuesday.")
    assert one.confidence < 0.4
    assert "no place is named: fill in place" in one.check
    (one,) = proposed("Hundreds left Loikaw for Demoso. The army shelled a village on Tuesday.")
    assert any("sentence before" in check for check in one.check) or one.cells["place"] == ""


def test_a_day_on_which_somebody_spoke_is_not_the_day_of_the_event():
    (one,) = proposed("Gunmen attacked a camp in Bunia on Monday, the army said on Thursday.")
    assert one.cells["as_of"] == "2024-05-13"
    (one,) = proposed("Gunmen attacked a camp in Bunia, the army said on Thursday.")
    assert any("day on which it was said" in check for check in one.check)
    assert one.confidence < 0.6


@pytest.fixture(scope="module")
def mizoram():
    return Surroundings.of(load("mizoram-2021"))


def test_the_events_of_the_report_of_the_mission(mizoram):
    found = [one for one in proposed(MISSION, mizoram, dt.date(2021, 3, 20)) if one.confidence >= 0.4]
    told = {tuple(one.cells[column] for column in ("kind", "place", "as_of")) for one in found}
    assert told == {("protest crackdown", "Yangon", "2021-02-27"), ("coup", "Myanmar", "2021-02-01")}


@pytest.mark.parametrize("text", [one[0] for one in TOLD])
def test_a_proposal_is_a_row_of_events(text):
    for one in proposed(text):
        first, _, last = one.cells["as_of"].partition("/")
        row = {
            "event": one.cells["report"], "start": first, "end": last or first, "place": one.cells["place"],
            "kind": one.cells["kind"],
            "known_on": one.cells["known_on"], "fatalities": one.cells["fatalities"],
        }  # fmt: skip
        event = Event.model_validate(row)
        assert event.start <= event.end
        assert 0 < one.confidence < 1


def test_kinds_have_the_severity_that_is_meant():
    kinds = {rule.kind for language in languages() for rule in language.events}
    quiet = {kind for kind in kinds if severity_by_rule(kind, 0) == 0}
    assert quiet == {"coup", "ceasefire", "protest", "arrests"}


PLAIN = (
    "The army shelled Demoso on Tuesday killing 12 people fighting between in Loikaw since the coup . , flood "
    "hit protest police fired villages burned dead "
)
WORDS = st.sampled_from(
    [
        *PLAIN.split(),
        "April 15",
        "\n\n",
        "at least",
        "air strike",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_whatever_is_proposed_stands_in_the_text(text):
    ids = [one.cells["report"] for one in proposed(text)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "word",
    [
        "fighting ",
        "killed 12 ",
        "police fired ",
        "in the ",
        "a-",
        "attack on ",
        "village burned ",
        "flood ",
        "at least ",
        "protest ",
    ],
)
def test_long_runs_of_words_take_no_time(word):
    began = time.process_time()
    proposed(word * (20_000 // len(word)))
    assert time.process_time() - began < 10
