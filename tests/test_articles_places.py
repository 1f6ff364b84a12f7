"""Places of a text: those of a scenario, misspelt ones repaired, others by what stands around them."""

import pytest

import tiau
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import languages
from tiau.readers.articles.places import Surroundings, find

ENGLISH = languages()[0]


@pytest.fixture(scope="module")
def mizoram():
    return Surroundings.of(tiau.load("mizoram-2021"))


def places(text, surroundings=None):
    return find(Article("a.txt", text, ENGLISH), surroundings or Surroundings())


def names(text, surroundings=None):
    return [one.name for one in places(text, surroundings)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They crossed into Mizoram.", ["Mizoram"]),
        ("They reached Champhai district on foot.", ["Champhai district"]),
        ("They fled Kalaymyo for Zokhawthar.", ["Kale", "Zokhawthar"]),
        ("They fled Tiddim.", ["Tedim"]),
        ("They came from Myanmar.", ["Myanmar"]),
    ],
)
def test_a_place_of_the_scenario_has_its_proper_name(mizoram, text, expected):
    found = places(text, mizoram)
    assert [one.name for one in found] == expected
    assert all(one.known and not one.repaired for one in found)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mirozam", "Mizoram"),
        ("Mizorma", "Mizoram"),
        ("Champai district", "Champhai district"),
        ("Zokhawtar", "Zokhawthar"),
        ("Zokhawthhar", "Zokhawthar"),
        ("Saggaing Region", "Sagaing Region"),
    ],
)
def test_a_misspelt_place_is_repaired_and_keeps_how_it_was_written(mizoram, written, meant):
    (one,) = places(f"Many people arrived in {written}.", mizoram)
    assert (one.name, one.repaired) == (meant, True)
    assert one.written in written


@pytest.mark.parametrize("name", ["Mumbai", "Assam", "Geneva", "Guwahati", "Silchar", "Monday", "Reuters"])
def test_another_name_is_not_taken_for_a_misspelt_place(mizoram, name):
    assert not any(one.repaired for one in places(f"He said in {name} that many arrived.", mizoram))


def test_a_person_is_no_misspelt_place(mizoram):
    text = "Mr. Mizoran said many arrived in Champhai. They were welcomed by Mizoran."
    assert names(text, mizoram) == ["Champhai"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They arrived in Adr\u00e9 on Monday.", ["Adr\u00e9"]),
        ("In Sylhet district people were moved.", ["Sylhet"]),
        ("They left the village of Kagunga in Tanzania.", ["Kagunga", "Tanzania"]),
        ("Residents of Marawi fled.", ["Marawi"]),
        ("They live in Nairobi's Kibera settlement.", ["Nairobi", "Kibera"]),
        ("They landed on La Palma.", ["La Palma"]),
        ("The Ministry of Home Affairs said so.", []),
        ("He spoke to the Red Cross on Friday in May.", []),
        ("Across the district houses fell.", []),
    ],
)
def test_without_a_scenario_what_stands_around_a_name_makes_it_a_place(text, expected):
    assert names(text) == expected


def test_spans_are_those_of_the_text(mizoram):
    text = "From Myanmar\u2019s Chin State they walked to Mirozam, India."
    for one in places(text, mizoram):
        assert text[one.start : one.end] == one.written


def test_a_place_knows_whether_people_leave_its_country(mizoram):
    found = {one.name: one.home for one in places("From Falam in Myanmar to Aizawl in India.", mizoram)}
    assert found["Falam"] is True
    assert found["Myanmar"] is True
    assert found["India"] is False
