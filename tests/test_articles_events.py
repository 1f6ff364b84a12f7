"""What happened, read in a text. The sentences were written for these tests, in the manner of agency reports."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiau.loading import load
from tiau.readers.articles import events
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import languages
from tiau.readers.articles.places import Surroundings
from tiau.scenario.rows import Event
from tiau.scenario.severity import severity_by_rule

PUBLISHED = dt.date(2024, 5, 17)
NOWHERE = Surroundings.of(None)


def proposed(text, surroundings=NOWHERE, published=PUBLISHED):
    article = Article("text.txt", text, languages()[0], published)
    found = events.propose(article, surroundings)
    for one in found:
        assert article.text[one.start : one.end] == one.quote
        assert one.start <= one.marked[0] < one.marked[1] <= one.end
        assert one.cells.get("severity", "") == ""
    return found


TOLD = [
    ("Heavy fighting broke out between the army and the Rapid Support Forces in Khartoum on April 15, killing at least 56 people.", "armed clash", "Khartoum", "2024-04-15", "56"),
    ("An air strike on a market in Togoga killed 64 people on June 22, witnesses said.", "air strike", "Togoga", "2023-06-22", "64"),
    ("Russian missiles hit an apartment block in Dnipro on Saturday, killing 12 people and wounding 64.", "shelling", "Dnipro", "2024-05-11", "12"),
    ("Gunmen attacked the village of Mutumji in Zamfara state last Friday, killing 23 people.", "attack", "Mutumji", "2024-05-10", "23"),
    ("Soldiers burned more than 200 houses in Thantlang on October 29.", "arson", "Thantlang", "2023-10-29", ""),
    ("Police fired tear gas at protesters in Caracas on Monday.", "protest crackdown", "Caracas", "2024-05-13", ""),
    ("Cyclone Mocha made landfall near Sittwe on May 14, killing at least 145 people.", "storm", "Sittwe", "2024-05-14", "145"),
    ("A 7.8-magnitude earthquake struck Gaziantep on February 6.", "earthquake", "Gaziantep", "2024-02-06", ""),
    ("Floods in Maiduguri killed 30 people last week and displaced 400,000.", "flood", "Maiduguri", "2024-05-06/2024-05-12", "30"),
    ("Martial law was declared in Hlaingtharya on March 14.", "martial law", "Hlaingtharya", "2024-03-14", ""),
    ("The military declared martial law in six townships of Yangon on March 14.", "martial law", "Yangon", "2024-03-14", ""),
    ("Clashes between the army and the Karen National Union erupted in Lay Kay Kaw on December 15.", "armed clash", "Lay Kay Kaw", "2023-12-15", ""),
    ("Ethiopia's government and Tigrayan forces signed a ceasefire in Pretoria on November 2.", "ceasefire", "Pretoria", "2023-11-02", ""),
    ("The military seized power in Niger on July 26.", "coup", "Niger", "2023-07-26", ""),
    ("Militants massacred at least 100 villagers in Solhan on June 5.", "massacre", "Solhan", "2023-06-05", "100"),
    ("The army shelled Demoso township on Tuesday.", "shelling", "Demoso", "2024-05-14", ""),
    ("Troops raided Nan Thar village overnight, residents said.", "raid", "Nan Thar", "2024-05-16/2024-05-17", ""),
    ("More than 5,000 people fled fighting in Loikaw this week.", "armed clash", "Loikaw", "2024-05-13/2024-05-17", ""),
    ("The Nyiragongo volcano erupted on May 22, killing 32 people in Goma.", "eruption", "Goma", "2023-05-22", "32"),
    ("A landslide buried Yambali village in Enga province on May 24.", "landslide", "Yambali", "2023-05-24", ""),
    ("Security forces arrested 50 protesters in Mandalay on Sunday.", "arrests", "Mandalay", "2024-05-12", ""),
    ("Drought has gripped Somalia since October.", "drought", "Somalia", "2023-10-01/2024-05-17", ""),
    ("Villages were burned in West Darfur in June, UN experts said.", "arson", "West Darfur", "2023-06-01/2023-06-30", ""),
    ("Thousands of demonstrators marched in Dhaka on August 4.", "protest", "Dhaka", "2023-08-04", ""),
    ("A suicide bombing at a mosque in Peshawar killed 59 people on January 30.", "attack", "Peshawar", "2024-01-30", "59"),
    ("Shelling killed three people in Kherson on Sunday.", "shelling", "Kherson", "2024-05-12", "3"),
    ("In Bambari, fighting between rebels and the army killed five people on Thursday.", "armed clash", "Bambari", "2024-05-16", "5"),
    ("Fighting has raged in El Fasher since April 15.", "armed clash", "El Fasher", "2024-04-15/2024-05-17", ""),
    ("Thousands have fled since fighting erupted on April 15 in Omdurman.", "armed clash", "Omdurman", "2024-04-15", ""),
    ("A drone strike in Tigray on Friday left 19 people dead.", "air strike", "Tigray", "2024-05-17", "19"),
    ("Boko Haram fighters attacked Baga on Wednesday, killing 15 fishermen.", "attack", "Baga", "2024-05-15", "15"),
    ("Twelve civilians were killed when the army shelled a camp in Idlib on Monday.", "shelling", "Idlib", "2024-05-13", "12"),
    ("Floodwaters submerged Jowhar in Somalia on May 12.", "flood", "Jowhar", "2024-05-12", ""),
    ("Hurricane Beryl struck Carriacou on July 1.", "storm", "Carriacou", "2023-07-01", ""),
    ("Armed groups clashed in Catatumbo on January 16, and 80 people were killed.", "armed clash", "Catatumbo", "2024-01-16", "80"),
    ("Gangs set fire to homes in Solino on Thursday.", "arson", "Solino", "2024-05-16", ""),
    ("Protesters were dispersed by riot police in Tbilisi on Tuesday.", "protest crackdown", "Tbilisi", "2024-05-14", ""),
    ("A truce began in Gaza on November 24.", "ceasefire", "Gaza", "2023-11-24", ""),
    ("Mudslides in Mocoa killed more than 300 people on April 1.", "landslide", "Mocoa", "2024-04-01", "300"),
    ("Warplanes bombed Pazi Gyi village in Sagaing on April 11, killing about 170 people.", "air strike", "Pazi Gyi", "2024-04-11", "170"),
    ("Soldiers raided homes in Hakha at dawn on Saturday.", "raid", "Hakha", "2024-05-11", ""),
    ("An earthquake with a magnitude of 6.3 hit Herat on October 7, killing 1,482 people.", "earthquake", "Herat", "2023-10-07", "1482"),
]  # fmt: skip
NO_EVENT = [
    "People fled after years of conflict.",
    "They feared attacks.",
    "If fighting breaks out, thousands may flee.",
    "UNHCR warned of flooding in Bentiu.",
    "He died of a heart attack on Monday.",
    "The parties held talks on a ceasefire in Jeddah on Friday.",
    "The refugees flooded into Chad on Friday.",
    "Many left after the war in 2011.",
    "The army denied it had attacked the camp on Friday.",
    "Ukraine commemorated the anniversary of the invasion on February 24.",
    "Firefighters battled the blaze in Athens on Monday.",
    "The battle against cholera began in Lusaka on Friday.",
    "Lawmakers clashed over the budget in Nairobi on Monday.",
    "Many refugees from Myanmar found their way to India after the coup occurred.",
    "The army had ordered them to suppress protesters, and police were sent whenever there were protests.",
    "Police who crossed the border hope for asylum amid the escalating violence in the country.",
    "More than 1,000 people have crossed into Chad since Friday.",
    "The minister visited Goma on Monday.",
    "A storm of criticism met the minister in Lima on Monday.",
    "The party won by a landslide victory in Dhaka on January 7.",
    "The camp in Adre opened on Friday.",
    "The attackers are not known.",
    "Some 60 people were killed in road accidents in Kampala on Sunday.",
    "Air raid sirens sounded in Kyiv on Monday.",
    "Fighting poverty is his aim, he said in Accra on Monday.",
    "They fled violence.",
    "The court battle began in London on Monday.",
    "The volcano is near Goma.",
    "Candles burned in homes in Kyiv on Monday.",
    "Villagers prepared for floods in Sylhet on Friday.",
    "An attempted coup failed in Libreville on Monday.",
    "Prices erupted in Lagos on Monday.",
    "The rebels rejected the ceasefire.",
    "Refugees were detained at the airport in Cairo on Monday.",
    "The budget of Darfur was cut on Friday.",
    "The shell company was sold in Panama on Friday.",
    "Mount Kenya is a mountain in Kenya.",
    "The truce collapsed.",
    "Drought-resistant seeds were handed out in Baidoa on Monday.",
    "Villages near Kass are empty.",
    "The police chief said on Friday that no attack on the camp had been reported in Goma.",
    "Hurricane season begins in June in Haiti.",
    "The risk of flooding in Juba rose on Monday.",
    "The army could shell Bakhmut on Monday.",
]


@pytest.mark.parametrize(("text", "kind", "place", "day", "dead"), TOLD)
def test_an_event_with_its_kind_place_day_and_dead(text, kind, place, day, dead):
    (one,) = proposed(text)
    assert tuple(one.cells[column] for column in ("kind", "place", "as_of", "fatalities")) == (kind, place, day, dead)


@pytest.mark.parametrize("text", NO_EVENT)
def test_what_only_may_be_or_is_only_mentioned_is_no_event(text):
    assert [(one.cells["kind"], one.cells["place"]) for one in proposed(text)] == []


def test_the_coup_has_its_own_day_and_protests_since_it_are_doubtful():
    coup, *others = sorted(
        proposed("A wave of protests has broken out in Myanmar since the coup on February 1.", published=dt.date(2021, 3, 20)),
        key=lambda one: -one.confidence,
    )  # fmt: skip
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
    text = """Police disperse a protesting crowd in Yangon, Myanmar on February 27 (Photo: Reuters).

Another border crossing officer said that the army had ordered them to suppress protesters and that police were always dispatched to the front lines whenever there were protests.

Many refugees from Myanmar found their way to India after the coup occurred.

A wave of protests has broken out strongly in Myanmar since the coup on February 1."""
    found = [one for one in proposed(text, mizoram, dt.date(2021, 3, 20)) if one.confidence >= 0.4]
    told = {tuple(one.cells[column] for column in ("kind", "place", "as_of")) for one in found}
    assert told == {("protest crackdown", "Yangon", "2021-02-27"), ("coup", "Myanmar", "2021-02-01")}


@pytest.mark.parametrize("text", [one[0] for one in TOLD])
def test_a_proposal_is_a_row_of_events(text):
    for one in proposed(text):
        first, _, last = one.cells["as_of"].partition("/")
        row = {
            "event": one.cells["report"], "start": first, "end": last or first, "place": one.cells["place"], "kind": one.cells["kind"],
            "known_on": one.cells["known_on"], "fatalities": one.cells["fatalities"],
        }  # fmt: skip
        event = Event.model_validate(row)
        assert event.start <= event.end
        assert 0 < one.confidence < 1


def test_kinds_have_the_severity_that_is_meant():
    kinds = {rule.kind for language in languages() for rule in language.events}
    quiet = {kind for kind in kinds if severity_by_rule(kind, 0) == 0}
    assert quiet == {"coup", "ceasefire", "protest", "arrests"}


WORDS = st.sampled_from([
    "The", "army", "shelled", "Demoso", "on", "Tuesday", "killing", "12", "people", "fighting", "between", "in", "Loikaw", "since", "the", "coup", "April 15",
    ".", ",", "\n\n", "flood", "hit", "protest", "police", "fired", "villages", "burned", "at least", "dead", "air strike",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_whatever_is_proposed_stands_in_the_text(text):
    ids = [one.cells["report"] for one in proposed(text)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("word", ["fighting ", "killed 12 ", "police fired ", "in the ", "a-", "attack on ", "village burned ", "flood ", "at least ", "protest "])
def test_long_runs_of_words_take_no_time(word):
    began = time.perf_counter()
    proposed(word * (20_000 // len(word)))
    assert time.perf_counter() - began < 10
