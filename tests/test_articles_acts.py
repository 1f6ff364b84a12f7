"""What authorities did, read in a text. The sentences were written for these tests, in the manner of agency reports."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from known_sentences import MISSION, known_sentences
from tiau.loading import load
from tiau.readers.articles import acts, chains
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import languages
from tiau.readers.articles.places import Surroundings
from tiau.scenario.rows import Act

PUBLISHED = dt.date(2024, 5, 17)
NOWHERE = Surroundings.of(None)


def proposed(text, surroundings=NOWHERE, published=PUBLISHED, code="en"):
    article = Article("text.txt", text, next(one for one in languages() if one.code == code), published)
    found = acts.propose(article, surroundings)
    for one in found:
        assert article.text[one.start : one.end] == one.quote
        assert one.start <= one.marked[0] < one.marked[1] <= one.end
    return found


TOLD, NO_ACT = known_sentences("acts")
ABROAD = [(code, *row) for code in ("es", "fr") for row in known_sentences(f"acts_{code}")[0]]
NO_ACT_ABROAD = [(code, text) for code in ("es", "fr") for text in known_sentences(f"acts_{code}")[1]]


@pytest.mark.parametrize(("text", "effect", "authority", "level", "day", "place"), TOLD)
def test_an_act_with_who_did_it_where_and_when(text, effect, authority, level, day, place):
    cells = proposed(text)[0].cells
    told = tuple(cells[column] for column in ("effect", "authority", "level", "as_of", "place"))
    assert told == (effect, authority, level, day, place)


@pytest.mark.parametrize(("code", "text", "effect", "authority", "level", "day", "place"), ABROAD)
def test_an_act_in_another_language(code, text, effect, authority, level, day, place):
    cells = proposed(text, code=code)[0].cells
    told = tuple(cells[column] for column in ("effect", "authority", "level", "as_of", "place"))
    assert told == (effect, authority, level, day, place)


@pytest.mark.parametrize(("code", "text"), NO_ACT_ABROAD)
def test_what_is_no_act_in_another_language_gives_none(code, text):
    assert proposed(text, code=code) == []


@pytest.mark.parametrize(("text", "first", "until"), [
    ("The mayor of Goma imposed a curfew on 6 May until 31 May.", "2024-05-06", "2024-05-31"),
    ("The mayor of Goma imposed a curfew from 6 May until 10 May.", "2024-05-06", "2024-05-10"),
    ("The mayor of Goma imposed a curfew from 6 May until further notice.", "2024-05-06", ""),
    ("The mayor of Goma imposed a curfew on 6 May.", "2024-05-06", ""),
    ("The mayor of Goma imposed a curfew until 3 January.", "2024-05-17", "2025-01-03"),
])  # fmt: skip
def test_the_last_day_of_an_act(text, first, until):
    (act,) = proposed(text)
    assert (act.cells["as_of"], act.cells["until"]) == (first, until)


def test_a_quota_has_its_number_and_nothing_else_has():
    (quota,) = proposed("Panama's government limited entry to 1,200 migrants a day on 1 May.")
    assert quota.cells["amount"] == "1200"
    (relief,) = proposed("Uganda's cabinet approved $2 million for refugees in Kisoro on Tuesday.")
    assert relief.cells["amount"] == ""


def test_an_order_taken_back_asks_which_one_and_counts_its_day_from_it():
    order, back = proposed(
        "On 2 May the government of Assam told district chiefs in Dhubri not to open camps. "
        "It withdrew the order two days later."
    )
    assert (back.cells["effect"], back.cells["as_of"]) == ("statement", "2024-05-04")
    assert back.cells["authority"] == order.cells["authority"]
    assert back.cells["place"] == order.cells["place"] == "Dhubri"
    (asked,) = [check for check in back.check if "which act does it end?" in check]
    assert order.cells["report"] in asked
    assert back.cells.get("ends", "") == ""


@pytest.mark.parametrize("words", [
    "Those in need of treatment may enter.", "Humanitarian cases are exempt.", "Students can still cross.",
    "The ban does not apply to patients.",
])  # fmt: skip
def test_an_exception_in_a_sentence_of_its_own_is_that_of_the_order_before(words):
    order, exception = proposed(f"Jordan's government closed its border with Syria on 2 May. {words}")
    assert exception.cells["effect"] == "exempt"
    assert exception.cells["softens"] == order.cells["report"]
    assert exception.cells["authority"] == "Jordan's government"
    assert proposed(words) == []


def test_two_acts_of_one_sentence_are_two_rows():
    relief, register = proposed(
        "The government of Assam released Rs 2 crore for refugees and began registering refugees."
    )
    assert (relief.cells["effect"], register.cells["effect"]) == ("relief", "register")
    assert relief.cells["authority"] == register.cells["authority"]


def test_an_order_to_deport_nobody_is_no_expulsion():
    (act,) = proposed("The High Court of Kenya ordered that no one be deported.")
    assert (act.cells["effect"], act.cells["level"]) == ("statement", "court")


def test_a_letter_was_written_when_it_was_written_and_a_closure_not_when_it_was_told():
    (letter,) = proposed(
        "India's home ministry wrote to two states on Saturday, telling them to stop people from entering."
    )
    assert letter.cells["as_of"] == "2024-05-11"
    assert not any("said" in check for check in letter.check)
    (closure,) = proposed("Chad closed its border, its government said on Saturday.")
    assert any("the day on which it was said" in check for check in closure.check)


def test_a_day_that_is_vague_says_so_and_one_that_ended_asks_for_its_end():
    (vague,) = proposed("Chad closed its border earlier this month.")
    assert any("on which of these days is not told" in check for check in vague.check)
    assert not any("until" in check for check in vague.check)
    (ended,) = proposed("Chad closed its border last month; the closure has ended.")
    assert any("write the last one into until" in check for check in ended.check)


def test_a_curfew_where_people_flee_from_is_foreign(mizoram):
    text = "The State Administration Council imposed a curfew in Falam on 5 March."
    (act,) = proposed(text, mizoram, dt.date(2021, 3, 20))
    assert (act.cells["effect"], act.cells["level"]) == ("statement", "foreign")
    (act,) = proposed(text.replace("Falam", "Champhai").replace("State Administration", "Village"), mizoram) or [None]
    assert act is None or act.cells["level"] != "foreign"


@pytest.mark.parametrize("text", NO_ACT)
def test_what_is_no_act_gives_none(text):
    assert [(one.cells["effect"], one.cells["authority"]) for one in proposed(text)] == []


@pytest.mark.parametrize("words", [
    "except on humanitarian grounds", "except for medical emergencies", "with the exception of women and children",
    "unless they hold visas",
])  # fmt: skip
def test_an_exception_is_a_row_of_its_own_that_softens_the_order(words):
    order, exception = proposed(f"Jordan sealed its border with Syria on June 21, {words}.")
    assert (order.cells["effect"], exception.cells["effect"]) == ("close", "exempt")
    assert exception.cells["softens"] == order.cells["report"]
    assert exception.cells["report"] != order.cells["report"]
    assert {order.cells[column] == exception.cells[column] for column in ("authority", "level", "place", "as_of")} == {
        True
    }
    assert words.split()[0] in exception.quote[exception.marked[0] - exception.start :]


def test_an_exception_told_later_softens_the_order_of_the_same_authority_alone():
    orders = "Chad closed its border on 2 May.\n\nMexico suspended entry for Haitians on 3 May."
    chad, mexico, minors = proposed(f"{orders}\n\nMexico exempted minors on 4 May.")
    assert minors.cells["softens"] == mexico.cells["report"] != chad.cells["report"]


def test_what_a_text_tells_twice_is_one_act_with_its_day():
    text = "Chad closed its border with Sudan.\n\nThe border was closed on 15 April."
    (act,) = proposed(text)
    assert act.cells["as_of"] == "2024-04-15"
    assert len(proposed("Chad closed its border on 2 May.\n\nLibya closed its border on 2 May.")) == 2
    assert len(proposed("Chad closed its border on 2 March.\n\nChad closed its border on 2 May.")) == 2


def test_each_act_of_a_sentence_has_its_own_day_and_place():
    text = "Chad's government, which closed its border in April, has since allowed refugees to enter at Adr\u00e9."
    close, admit = proposed(text)
    assert (close.cells["effect"], close.cells["as_of"], close.cells["place"]) == (
        "close", "2024-04-01/2024-04-30", "Chad",
    )  # fmt: skip
    assert (admit.cells["effect"], admit.cells["as_of"], admit.cells["place"]) == (
        "admit", "2024-05-17", "Adr\u00e9",
    )  # fmt: skip


def test_who_is_not_told_is_left_blank_and_asked_for():
    (act,) = proposed("The border was closed on Friday.")
    assert (act.cells["authority"], act.cells["level"]) == ("", "")
    assert any("fill in authority" in check for check in act.check)
    assert act.confidence < proposed("Chad closed the border on Friday.")[0].confidence


def test_a_day_that_is_not_told_is_that_of_publication_and_says_so():
    (act,) = proposed("Chad closed its border with Sudan.")
    assert act.cells["as_of"] == "2024-05-17"
    assert any("no day is told" in check for check in act.check)
    (act,) = proposed("Chad closed its border with Sudan.", published=None)
    assert act.cells["as_of"] == ""


def test_places_that_an_order_counts_but_does_not_name_are_asked_for():
    text = "The home ministry ordered five provinces, including {}, to prevent refugees from entering."
    (act,) = proposed(text.format("Zambia and Malawi"))
    assert "five provinces: 3 of them are not named" in act.check
    (act,) = proposed(text.format("some in the north"))
    assert "five provinces: not all of them are named" in act.check


@pytest.fixture(scope="module")
def mizoram():
    return Surroundings.of(load("mizoram-2021"))


def test_the_acts_of_the_report_of_the_mission(mizoram):
    found = proposed(MISSION, mizoram, dt.date(2021, 3, 20))
    told = [tuple(one.cells[column] for column in ("effect", "level", "as_of", "place", "group")) for one in found]
    assert told == [
        ("close", "federal", "2021-03-20", "Mizoram", ""),
        ("exempt", "federal", "2021-03-20", "Mizoram", ""),
        ("statement", "federal", "2021-03-20", "India", ""),
        ("statement", "state", "2021-03-18", "Mizoram", ""),
        ("statement", "foreign", "2021-03-01/2021-03-20", "India", "Police and officials"),
    ]
    assert "four states: 3 of them are not named" in found[0].check
    assert found[1].cells["softens"] == found[0].cells["report"]
    assert "Zoramthanga" in found[3].cells["authority"]
    assert any("part of a country" in check for check in found[3].check)


def test_a_state_of_a_scenario_acts_by_its_name_and_is_a_state(mizoram):
    (act,) = proposed("Mizoram opened its border to refugees on 5 March.", mizoram, dt.date(2021, 3, 20))
    assert (act.cells["authority"], act.cells["level"]) == ("Government of Mizoram", "state")


@pytest.mark.parametrize("text", [one[0] for one in TOLD])
def test_a_proposal_is_a_row_of_acts_once_it_has_places(text):
    for one in proposed(text):
        first, _, last = one.cells["as_of"].partition("/")
        row = {
            "act": one.cells["report"], "from": first, "until": "", "known_on": one.cells["known_on"],
            "authority": one.cells["authority"],
            "level": one.cells["level"], "effect": one.cells["effect"], "places": one.cells["place"] or "somewhere",
            "groups": one.cells["group"], "softens": one.cells.get("softens", ""),
        }  # fmt: skip
        assert Act.model_validate(row).effect == one.cells["effect"]
        assert last == "" or dt.date.fromisoformat(last) >= dt.date.fromisoformat(first)
        assert 0 < one.confidence < 1
        assert one.why


def test_every_rule_of_a_language_can_be_read():
    for language in languages():
        for rule in (*language.acts, *language.events):
            for part in (*rule.parts, rule.unless):
                assert chains.expanded(language, part)


PLAIN = (
    "Chad closed the border ordered to prevent refugees from entering except for asked India hand over police "
    "court deport a letter granted asylum on Friday . , camp opened by Ministry "
)
WORDS = st.sampled_from(
    [
        *PLAIN.split(),
        "\n\n",
        "the government",
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
        "ordered ",
        "closed border ",
        "refugees from ",
        "ask ",
        "to prevent ",
        "in the ",
        "a-",
        "letter to ",
        "has been ",
        "Chad ",
    ],
)
def test_long_runs_of_words_take_no_time(word):
    began = time.process_time()
    proposed(word * (20_000 // len(word)))
    assert time.process_time() - began < 10
