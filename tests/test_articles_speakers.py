"""Who says what a sentence says. The sentences were written for these tests, in the manner of agency reports."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from known_sentences import MISSION, known_sentences
from tiau.readers.articles import offices, speakers
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import languages

PUBLISHED = dt.date(2024, 5, 17)


def article(text):
    return Article("text.txt", text, languages()[0], PUBLISHED)


def said(text):
    """Return who says the last sentence of a text, and the kind of source."""
    one = article(text)
    found = speakers.of(speakers.find(one), len(one.sentences) - 1)
    return (found.said_by, found.source_kind) if found else ("", "")


TOLD, NOBODY = known_sentences("speakers")


@pytest.mark.parametrize(("text", "office", "kind"), TOLD)
def test_the_office_beside_the_verb_says_it(text, office, kind):
    assert said(text) == (office, kind)


@pytest.mark.parametrize("text", NOBODY)
def test_a_sentence_without_a_verb_of_saying_is_said_by_nobody(text):
    assert said(text) == ("", "")


@pytest.mark.parametrize("text", [
    "The governor of Borno, Babagana Zulum, visited. He said 300 families had left.",
    "The governor of Borno, Babagana Zulum, said people fled. He added that 300 families had left.",
    "The governor of Borno, Babagana Zulum, said people fled.\n\nThe official said 300 families had left.",
    'The governor of Borno, Babagana Zulum, said people fled. "We counted 300 families."',
])  # fmt: skip
def test_who_spoke_goes_on_in_the_next_sentence(text):
    expected = "" if "visited" in text else "governor of Borno Babagana Zulum"
    assert said(text)[0] == expected


def test_who_spoke_two_paragraphs_before_speaks_no_more():
    assert said("The army said it was calm.\n\nIt rained.\n\nThe river rose.\n\nHe said 300 families had left.") == (
        "",
        "",
    )


def test_a_name_alone_is_whoever_held_the_office_before():
    text = "Prime Minister of Mizoram Zoramthanga sent a letter.\n\nIn it, Mr. Zoramthanga said people suffer."
    assert said(text)[0] == "Prime Minister of Mizoram Zoramthanga"
    assert said("Ma Htwe, 25, a farmer, said it burned. Villagers fled, Htwe told Reuters.")[0] == "farmer"


def test_of_two_who_speak_in_a_sentence_the_nearer_one_gave_the_figure():
    one = article("UNHCR said 5,000 people fled, while Sudan's government put the number at 2,000.")
    found = speakers.find(one)
    assert speakers.of(found, 0, one.text.index("5,000")).said_by == "UNHCR"
    assert speakers.of(found, 0, one.text.index("2,000")).said_by == "Sudan's government"


def test_policemen_of_whom_the_text_tells_that_they_fled_are_no_officials():
    fled = "Several Myanmar police officers sought refuge in India."
    assert said(f"{fled}\n\nWe had no choice, the Myanmar police officer told AP.") == (
        "police officer who fled",
        "other",
    )
    assert said(f"{fled}\n\nA Mizoram police officer told AP that they came.")[1] == "register"


@pytest.mark.parametrize("name", ["Ma Htwe", "Amina Yusuf", "Abdul Karim", "Lalthanpuii Hmar", "José García"])
@pytest.mark.parametrize("telling", [
    "{}, 40, a farmer, said it burned.", '"It burned," said {}, a teacher from Goma.', "{} said it burned.",
    "It burned, {} told AFP.", "Refugee {} said it burned.", "According to {}, it burned.",
    "Villager {}, 33, said it burned.",
    "Police officer {} said it burned.", "UNHCR spokeswoman {} said it burned.", "Mr. {} said it burned.",
])  # fmt: skip
def test_no_name_of_a_private_person_is_an_office(name, telling):
    office = said(telling.format(name))[0].lower()
    assert not any(word.lower() in office for word in name.split() if len(word) > 2)


def test_the_speakers_of_the_report_of_the_mission():
    assert {found.said_by for found in speakers.find(article(MISSION))} == {
        "police officer who fled", "officer who fled", "member of parliament K. Vanlalvena", "India's Home Ministry",
        "Prime Minister of Mizoram Zoramthanga",
    }  # fmt: skip


PLAIN = (
    "said told the governor of Borno UNHCR , Ma Htwe who police officer he ministry of Myanmar . a farmer "
    "U.N. 's (IOM) 300 "
)
WORDS = st.sampled_from([*PLAIN.split(), "according to", '"', "\u201c", "\u201d", "\n\n", "\u0645\u0631"])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_speakers_stand_where_they_are_said_to_stand(text):
    one = article(text)
    for found in speakers.find(one):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 <= found.sentence < len(one.sentences)
        assert found.said_by.strip()
    for sentence in one.sentences:
        ends = [0, *(end for who in offices.find(sentence, one.language) for end in (who.start, who.end))]
        assert ends == sorted(ends)


@pytest.mark.parametrize(
    "word", ["said ", "Ann ", "the governor of ", "who ", "a, ", "U.N. ", "police ", "according to ", "' ", "a-"]
)
def test_long_runs_of_words_take_no_time(word):
    one = article(word * (20_000 // len(word)))
    began = time.process_time()
    speakers.find(one)
    assert time.process_time() - began < 8


@pytest.mark.parametrize(("words", "said_by"), [
    ("The police count 1,600 refugees in Mizoram.", "Mizoram police"),
    ("The state government said 1,600 refugees live in Mizoram.", "Mizoram state government"),
    ("The police said 1,600 refugees live in Champhai.", "police"),
    ("The police said 1,600 refugees live in Mizoram and in Manipur.", "police"),
    ("The police said 40 refugees came with a teacher, Zoliana.", "police"),
])  # fmt: skip
def test_an_office_that_does_not_say_whose_it_is_gets_the_state_that_its_sentence_names(words, said_by):
    text = f"{words}\n\nMizoram's governor and Manipur's governor met."
    article = Article("text.txt", text, languages()[0], dt.date(2024, 5, 17))
    assert [one.said_by for one in speakers.find(article)][:1] in ([said_by], [])
    assert next(one.said_by for one in speakers.named(article)[0]) == said_by
