"""Figures of displaced people in sentences: what they count, where, of which days; and numbers that are none."""

import datetime as dt
import time

import pytest

from tiau.readers.articles.article import Article
from tiau.readers.articles.figures import propose
from tiau.readers.articles.language import language_of, languages
from tiau.readers.articles.places import Surroundings
from tiau.readers.articles.sentences import folded

FRIDAY = dt.date(2024, 5, 17)


def proposals(text, published=FRIDAY):
    article = Article("a.txt", text, language_of(folded(text)) or languages()[0], published, "Agency")
    return propose(article, Surroundings())


def first(text):
    return proposals(text)[0].cells


@pytest.mark.parametrize(
    ("text", "quantity", "place"),
    [
        ("More than 12,000 people have fled from Sudan into eastern Chad since Monday.", "arrived_cumulative", "Chad"),
        ("In the past week 3,450 refugees crossed from Sudan to Adr\u00e9.", "crossed_in_period", "Adr\u00e9"),
        ("Some 1,200 refugees are sheltering in Goma.", "present", "Goma"),
        ("Chad now hosts more than 700,000 Sudanese refugees.", "present", "Chad"),
        ("Angola has received 22,461 refugees since April.", "arrived_cumulative", "Angola"),
        ("Border guards turned back 120 migrants at Moreh on Thursday.", "turned_back", "Moreh"),
        ("UNHCR has registered 5,000 new arrivals in Renk.", "registered", "Renk"),
        ("Some 3,000 people returned to Pinotepa in April.", "returned_cumulative", "Pinotepa"),
        ("Floods displaced 45,000 people in Sylhet this week.", "displaced_in_period", "Sylhet"),
        ("Authorities evacuated 900 residents from Ambae on Tuesday.", "displaced_in_period", "Ambae"),
        ("About 6,000 displaced people are living in schools in Bunia.", "idp_present", "Bunia"),
        ("The number of IDPs in Tigray has risen to 45,000.", "idp_present", "Tigray"),
        ("Shelling forced 300 families to flee the town of Avdiivka on Sunday.", "displaced_in_period", "Avdiivka"),
        ("Around 200 people a day are crossing the border into Renk.", "crossed_in_period", "Renk"),
    ],
)
def test_verb_tense_and_days_tell_what_is_counted_and_where(text, quantity, place):
    cells = first(text)
    assert (cells["quantity"], cells["place"]) == (quantity, place)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Clashes killed 12 people and displaced 3,000.", [3000]),
        ("12 people were killed and 3,000 displaced in the floods.", [3000]),
        ("Police arrested 40 people; 300 villagers fled to Aweil.", [300]),
        ("The agency needs $3 million to feed 40,000 people.", []),
        ("The town of 20,000 inhabitants was shelled.", []),
        ("A 34-year-old woman said 20 trucks carried 300 bags.", []),
        ("The 1951 Refugee Convention and its 1967 Protocol protect refugees.", []),
        ("At least 18 protesters were killed and 200 arrested.", []),
        ("45 soldiers turned back 120 refugees at the bridge.", [120]),
        ("Dozens of families fled.", []),
        ("Many refugees found their way to India.", []),
    ],
)
def test_who_was_killed_arrested_or_fed_is_not_displaced(text, values):
    assert sorted(float(one.cells["value"]) for one in proposals(text)) == values


def test_households_say_that_their_size_is_not_known():
    (one,) = proposals("More than 300 families fled to Goma on Monday.")
    assert (one.cells["unit"], one.cells.get("household_size", "")) == (
        "households",
        "",
    )
    assert any("household_size" in look for look in one.check)


def test_vague_words_are_a_lower_bound_and_say_so():
    (one,) = proposals("Hundreds of families fled to Goma on Monday.")
    assert (one.cells["value"], one.cells["bound"]) == ("200", "at_least")
    assert any('"hundreds"' in look for look in one.check)


def test_a_figure_that_a_text_gives_twice_is_proposed_once():
    text = (
        "6,400 evacuated as lava reaches houses.\n\n"
        "Some 6,400 people were evacuated on Monday from La Palma, the council said."
    )
    found = proposals(text)
    assert [one.cells["value"] for one in found] == ["6400"]
    assert any("again" in look for look in found[0].check)


def test_a_part_comes_after_the_whole():
    found = proposals("Some 233 people, including 112 children, were evacuated from Avdiivka on Friday.")
    assert [one.cells["value"] for one in found] == ["233", "112"]
    assert found[1].cells["group"] == "children"


def test_an_earlier_figure_comes_after_the_one_of_now():
    found = proposals("In the past week 3,450 refugees crossed to Adr\u00e9, up from 2,100 refugees the week before.")
    assert found[0].cells["value"] == "3450"
    assert all(any("earlier" in look for look in one.check) for one in found[1:])


def test_without_a_day_of_publication_days_are_blank_and_said_to_be():
    (one,) = proposals("Some 300 people fled to Goma on Monday.", published=None)
    assert (one.cells["known_on"], one.cells["as_of"]) == ("", "")
    assert any("--published" in look for look in one.check)


def test_a_person_reads_the_same_ids_when_a_text_is_read_again():
    text = "Some 300 people fled to Goma on Monday. In Bunia 500 people fled."
    assert [one.cells["report"] for one in proposals(text)] == [one.cells["report"] for one in proposals(text)]
    assert len({one.cells["report"] for one in proposals(text)}) == 2


def test_a_list_of_thousands_of_figures_without_a_full_stop_takes_bounded_time():
    text = "5,000 people fled " * 2000
    before = time.process_time()
    (one,) = proposals(text)
    assert time.process_time() - before < 20
    assert len(one.check) < 20


def test_people_and_households_of_one_count_say_so():
    people, households = proposals("DTM tracked 1,247 households (7,482 individuals) who fled to Marib on Monday.")
    assert (people.cells["value"], people.cells["unit"]) == ("7482", "persons")
    assert (households.cells["unit"], households.cells["household_size"]) == ("households", "6")
    assert any("the same people" in look for look in households.check)


def test_those_counted_again_have_the_unit_of_those_before():
    found = proposals("Some 520 families were displaced in Alto Baud\u00f3 on Monday and 670 more on Tuesday.")
    assert {(one.cells["value"], one.cells["unit"]) for one in found} == {("520", "households"), ("670", "households")}


def test_a_part_is_the_figure_and_what_it_is_a_part_of_comes_after():
    found = proposals("Of the 9,500 people who fled to Kapise, 6,320 have gone home.")
    assert [one.cells["value"] for one in found] == ["6320", "9500"]
    assert found[0].cells["quantity"] == "returned_cumulative"


def test_one_number_of_two_places_who_did_two_things_is_two_figures():
    found = proposals("300 people fled from Falam on 16 May. A total of 300 are staying in Champhai district.")
    assert {(one.cells["quantity"], one.cells["place"]) for one in found} == {
        ("displaced_in_period", "Falam"),
        ("idp_present", "Champhai"),
    }


def test_where_a_part_is_is_not_where_the_whole_is():
    whole, part = proposals("The district has 1,960 refugees, of whom 903 are in Tuipang.")
    assert (whole.cells["value"], whole.cells["place"]) == ("1960", "")
    assert (part.cells["value"], part.cells["place"]) == ("903", "Tuipang")


def test_a_people_before_those_counted_is_where_they_come_from():
    cells = first("Over 9,000 Myanmar refugees are in Mizoram.")
    assert (cells["place"], cells["origin"], cells["quantity"]) == ("Mizoram", "Myanmar", "present")


def test_dates_are_no_figures_even_where_their_year_is_not_known():
    assert [one.cells["value"] for one in proposals("By 20 May some 300 people had fled to Goma.", None)] == ["300"]


def test_of_two_clauses_each_number_has_its_own_day():
    text = "Troops shelled the village on Thursday, 9 May and 300 people fled to Goma on Monday, 13 May."
    assert first(text)["as_of"] == "2024-05-13"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The number of people displaced by the 6.2-magnitude quake rose to 19,435 on Sunday.", "19435", "persons"),
        ("Newly displaced families from Hajour (Kushar district), Hajjah: 2,870", "2870", "households"),
        ("Some 78,340 Burundians have been assisted to return since 2017.", "78340", "persons"),
        ("Bandits killed 20 persons, setting 74 houses ablaze in Kadisau.", "74", "households"),
        ("Police prevented 421 people from entering on Sunday.", "421", "persons"),
        ("Kalobeyei Settlement: population 38,204 (9,120 households) at 15 April 2024.", "38204", "persons"),
    ],
)  # fmt: skip
def test_figures_in_lists_totals_and_unusual_words_are_found(text, value, unit):
    cells = first(text)
    assert (cells["value"], cells["unit"]) == (value, unit)


def test_of_two_sure_rows_the_one_with_a_doubt_comes_after():
    found = proposals("In Sebba 1,318 households comprising 7,020 people were registered between 5 and 9 May.")
    assert [one.cells["unit"] for one in found] == ["persons", "households"]


def test_what_is_to_come_is_said_to_be():
    (one,) = proposals("About 3,000 people will be moved to Siaha next month, the minister said.")
    assert any("to come" in look for look in one.check)


def test_numbers_of_a_list_of_places_are_each_of_their_place():
    found = proposals(
        "A total of 9,410 people have taken shelter in Mizoram: 4,520 in Champhai, 1,705 in Aizawl and 640 in Siaha."
    )
    assert [(one.cells["value"], one.cells["place"]) for one in found] == [
        ("9410", "Mizoram"), ("4520", "Champhai"), ("1705", "Aizawl"), ("640", "Siaha"),
    ]  # fmt: skip
    assert {one.cells["quantity"] for one in found} == {"idp_present"}


def test_numbers_of_the_dead_of_a_list_of_places_are_no_figures():
    found = proposals("Clashes killed 12 in Bria, 3 in Ippy and displaced 3,000 people.")
    assert [one.cells["value"] for one in found] == ["3000"]
