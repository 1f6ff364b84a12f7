import pytest

from folders import added, changed, write_folder
from tiau.loading import load
from tiau.scenario.names import Gazetteer
from tiau.scenario.rows import Area, Place


def place(name, *, aliases=(), country="Homeland", admin1="", admin2=""):
    return Place(
        place=name, aliases=aliases, country=country, admin1=admin1, admin2=admin2, lat="0", lon="0", kind="town"
    )


def area(name, *members, aliases=()):
    return Area(area=name, members=members, aliases=aliases)


PLACES = (
    place("Alpha", aliases=("Alfa", "Old Alpha"), admin1="Hills", admin2="East"),
    place("Beta", admin1="Hills", admin2="West"),
    place("Gamma", admin1="Plains"),
    place("Delta", country="Farland", admin1="North"),
)


def names_of(names, area_name):
    return {names.places[position].place for position in names.members(area_name)}


@pytest.mark.parametrize("name", ["Alpha", "alpha", "ALPHA", "Alfa", "old alpha", " Old   Alpha ", "OLD\tALPHA"])
def test_place_is_found_under_every_alias_whatever_the_case_and_spaces(name):
    names = Gazetteer(PLACES, ())
    assert names_of(names, name) == {"Alpha"}
    assert names.proper(name) == "Alpha"
    assert name in names


def test_unknown_name_has_no_members_and_stays_as_it_is():
    names = Gazetteer(PLACES, ())
    assert "Omega" not in names
    assert names.members("Omega") == ()
    assert names.proper("Omega") == "Omega"


def test_countries_and_admin_areas_are_areas_without_a_row():
    names = Gazetteer(PLACES, ())
    assert names_of(names, "homeland") == {"Alpha", "Beta", "Gamma"}
    assert names_of(names, "hills") == {"Alpha", "Beta"}
    assert names_of(names, "East") == {"Alpha"}
    assert names_of(names, "North") == {"Delta"}
    assert names.proper("hills") == "Hills"
    assert names.countries == {"Homeland", "Farland"}


def test_row_that_only_gives_an_alias_leaves_an_area_its_places_inside_other_areas():
    rows = [area("Both", "Hills", "Farland"), area("Hills", aliases=("Highlands",))]
    names = Gazetteer(PLACES, rows)
    assert names_of(names, "Both") == {"Alpha", "Beta", "Delta"}


def test_blank_admin_area_is_no_area():
    assert "" not in Gazetteer(PLACES, ())


def test_country_and_district_of_one_name_are_one_area():
    names = Gazetteer([place("City", country="Singapore", admin1="Singapore")], ())
    assert names.members("Singapore") == (0,)


def test_place_comes_before_an_area_of_the_same_name():
    both = (*PLACES, place("Hills", admin1="Plains"))
    assert names_of(Gazetteer(both, ()), "Hills") == {"Hills"}
    assert names_of(Gazetteer(both, [area("Hills", "Beta")]), "Hills") == {"Hills"}


def test_alias_of_a_place_comes_before_an_area():
    both = (*PLACES, place("Hilltop", aliases=("Hills",)))
    assert names_of(Gazetteer(both, ()), "Hills") == {"Hilltop"}


def test_name_of_a_place_comes_before_the_alias_of_another():
    both = (place("Other", aliases=("Alpha",)), *PLACES)
    assert names_of(Gazetteer(both, ()), "Alpha") == {"Alpha"}


def test_alias_that_two_places_share_is_the_first_one_s():
    one, other = place("One", aliases=("Both",)), place("Other", aliases=("Both", "Mine"))
    for first, second in ((one, other), (other, one)):
        names = Gazetteer([first, second], ())
        assert names.proper("both") == first.place
        assert names.members("Both") == (0,)
        assert names.proper("Mine") == "Other"


def test_alias_that_two_areas_share_is_the_first_one_s_inside_another_area_too():
    one, other = area("One", "Alpha", aliases=("Both",)), area("Other", "Beta", aliases=("Both",))
    for first, second in ((one, other), (other, one)):
        names = Gazetteer(PLACES, [area("Outer", "Both"), first, second])
        assert names.proper("both") == first.area
        assert names.members("Both") == names.members("Outer") == names.members(first.area)


def test_name_of_an_area_comes_before_the_alias_of_another_inside_a_third_too():
    rows = [area("Outer", "Two"), area("Two", "Beta"), area("One", "Alpha", aliases=("Two",))]
    for ordered in (rows, rows[::-1]):
        names = Gazetteer(PLACES, ordered)
        assert names_of(names, "Two") == names_of(names, "Outer") == {"Beta"}


def test_derived_area_comes_before_the_alias_of_a_row_inside_another_too():
    names = Gazetteer(PLACES, [area("Outer", "Hills"), area("Riverside", "Gamma", aliases=("Hills",))])
    assert names_of(names, "Hills") == names_of(names, "Outer") == {"Alpha", "Beta"}


@pytest.mark.parametrize("name", ["Hills", "hills"])
def test_row_of_areas_replaces_a_derived_area(name):
    names = Gazetteer(PLACES, [area(name, "Beta", "Gamma")])
    assert names_of(names, "Hills") == {"Beta", "Gamma"}
    assert names_of(names, "Homeland") == {"Alpha", "Beta", "Gamma"}


def test_area_without_members_has_none_but_is_known():
    names = Gazetteer(PLACES, [area("Nowhere")])
    assert "nowhere" in names
    assert names.members("nowhere") == ()


def test_areas_of_areas_hold_the_places_of_each_once():
    rows = [
        area("Both", "Hills", "Lowlands", "Alfa"),
        area("Lowlands", "Gamma", "North"),
        area("All of it", "both", "Delta"),
    ]
    names = Gazetteer(PLACES, rows)
    assert names_of(names, "Lowlands") == {"Gamma", "Delta"}
    assert names_of(names, "Both") == {"Alpha", "Beta", "Gamma", "Delta"}
    members = names.members("All of it")
    assert sorted(members) == [0, 1, 2, 3]


def test_area_is_found_under_its_aliases_alone_and_inside_another():
    names = Gazetteer(
        PLACES, [area("Riverside", "Gamma", "Delta", aliases=("The border",)), area("More", "the border")]
    )
    assert names_of(names, "THE BORDER") == {"Gamma", "Delta"}
    assert names_of(names, "More") == {"Gamma", "Delta"}
    assert names.proper("the border") == "Riverside"


def test_areas_that_hold_each_other_do_not_loop():
    names = Gazetteer(PLACES, [area("One", "Two", "Alpha"), area("Two", "One", "Beta")])
    assert names_of(names, "One") == {"Alpha", "Beta"}
    assert names_of(names, "Two") == {"Alpha", "Beta"}


def test_unknown_members_are_those_that_name_nothing_and_the_area_itself():
    rows = [area("Loop", "Loop", "Alpha", "Omega", "Hills")]
    assert Gazetteer(PLACES, rows).unknown_members(rows[0]) == ("Loop", "Omega")


def test_every_name_a_cell_may_use_is_listed():
    listed = list(Gazetteer(PLACES, [area("Riverside", "Gamma", aliases=("The border",))]))
    for name in ("Alpha", "Alfa", "Homeland", "Hills", "Riverside", "The border"):
        assert name in listed


def test_gazetteer_of_a_folder_knows_its_rows(tmp_path):
    names = load(write_folder(tmp_path / "a", areas=added("areas", "Twins,,Alpha; Beta,"))).names
    assert names_of(names, "the border") == {"Gamma", "Delta"}
    assert names_of(names, "twins") == {"Alpha", "Beta"}
    text = changed("areas", "Borderlands", "North")
    names = load(write_folder(tmp_path / "b", areas=text)).names
    assert names_of(names, "North") == {"Gamma", "Delta"}
