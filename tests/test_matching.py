"""Spots matched to places and areas: by code, name, unit, distance and likeness, in words, with alternatives."""

import itertools
import random
import time

import pytest

from sample_exports import findings, sample_path
from tiau.building.matching import Atlas
from tiau.faults import InputError
from tiau.readers.exports.findings import FoundArea, FoundPlace, Spot
from tiau.scenario.rows import Area, Place


def town(name, lat, lon, *aliases, country="Sudan", kind="town", people=None, admin1="", admin2="", code=""):
    spot = Spot("place", name, code, country=country, admin1=admin1, admin2=admin2, lat=lat, lon=lon, aliases=aliases)
    return FoundPlace(rows=(1,), spot=spot, kind=kind, source="toy", population=people)


def area(tier, name, code="", *aliases, country="Sudan", admin1=""):
    return FoundArea(
        rows=(1,), spot=Spot(tier, name, code, country=country, admin1=admin1, aliases=aliases), source="toy"
    )


def place(name, lat, lon, **cells):
    cells = {"country": "Sudan", "kind": "town"} | cells
    return Place.model_validate({"place": name, "lat": str(lat), "lon": str(lon), **cells})


@pytest.fixture(scope="module")
def darfur():
    names = ("geonames.txt", "cod-ab-old.xlsx", "cod-ab-new.xlsx")
    pool = [one for name in names for one in findings(sample_path(name)) if isinstance(one, FoundPlace | FoundArea)]
    return Atlas.of(pool=pool)


@pytest.mark.parametrize("code", ["SD04001", "SDN04001", "sd-04-001", "SD4001", "SD0401", "SDN004001"])
def test_a_code_is_found_in_every_length(darfur, code):
    match = darfur.match(Spot("admin2", "", code))
    assert (match.name, match.how, match.exact) == ("Ag Geneina", f"by code {code}", True)


def test_digits_alone_are_a_code_in_their_country_or_where_they_are_of_one(darfur):
    assert darfur.match(Spot("admin2", "", "14-02", country="Chad")).name == "Assoungha"
    assert darfur.match(Spot("admin2", "", "1402")).name == "Assoungha"
    assert darfur.match(Spot("admin1", "", "4", country="SDN")).name == "West Darfur"
    assert darfur.match(Spot("place", "", "1402", country="Chad")).known is None, "a site's number is no p-code"


def test_digits_that_can_be_two_areas_are_none():
    atlas = Atlas.of(pool=[area("admin1", "A", "SD01"), area("admin1", "B", "SD11"), area("admin2", "X", "SD01011"),
                           area("admin2", "Y", "SD11001")])  # fmt: skip
    assert atlas.match(Spot("admin2", "", "SD0111")).known is None
    assert atlas.match(Spot("admin2", "", "SD01011")).name == "X"


def test_codes_are_never_likened(darfur):
    assert darfur.match(Spot("admin2", "", "SD04009")).known is None


def test_a_code_whose_name_is_that_of_another_area_is_listed(darfur):
    match = darfur.match(Spot("admin2", "Beida", "SD04001", country="Sudan"))
    assert (match.name, match.exact) == ("Ag Geneina", False)
    assert match.alternatives == ("Beida (admin 2, Sudan)",)
    assert darfur.match(Spot("admin2", "Kreinik", "SD04003")).exact, "a name that nobody has says nothing"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("El Geneina", "Al-Junaynah"), ("الجنينة", "Al-Junaynah"), ("AL  GENEINA", "Al-Junaynah"),
        ("\u2019Ardamata", "'Ārdamatā"), ("Zalingei", "Zalinjay"), ("Kabka\u0304bi\u0304yah", "Kabkābīyah"),
    ],
)  # fmt: skip
def test_names_and_aliases_in_any_spelling(darfur, name, meant):
    match = darfur.match(Spot("place", name, country="SDN"))
    assert (match.name, match.exact) == (meant, True)
    assert match.how in (f"by name {name}", f"by alias {name}")


@pytest.mark.parametrize("name", ["Am Djarass", "am-djarass", "AMDJARASS", "Amdjarass"])
def test_hyphens_and_spaces_make_no_difference(darfur, name):
    assert darfur.match(Spot("place", name, country="Chad")).name == "Amdjarass"
    assert darfur.match(Spot("admin2", name, country="TCD")).name == "Am-Djarass"


def test_a_place_and_a_district_of_one_name_are_told_apart_by_the_level(darfur):
    meant = {tier: darfur.match(Spot(tier, "Kutum", country="Sudan")).known for tier in ("place", "admin2", "")}
    assert [meant[tier].tier for tier in meant] == ["place", "admin2", "place"]
    assert darfur.match(Spot("", "Kutum")).alternatives == ("Kutum (admin 2, Sudan)",)


def test_a_district_of_which_only_a_town_is_known_is_not_exact(darfur):
    match = darfur.match(Spot("admin2", "Nertiti", country="Sudan"))
    assert (match.name, match.exact) == ("Nertiti", False)
    assert match.how == "by name Nertiti, which is place, not admin 2"


def test_words_for_kinds_are_left_aside(darfur):
    assert darfur.match(Spot("admin1", "West Darfur State", country="Sudan")).name == "West Darfur"
    assert darfur.match(Spot("admin1", "Région du Ouaddaï", country="Tchad")).name == "Ouaddaï"
    camp = darfur.match(Spot("place", "Farchana Camp", country="Chad"))
    assert (camp.name, camp.exact, camp.alternatives) == ("Farchana Refugee Camp", True, ("Farchana (TD)",))
    site = darfur.match(Spot("place", "Ardamata Camp", country="Sudan"))
    assert (site.name, site.exact) == ("'Ārdamatā", False), "the town is not surely its camp"


def test_tina_and_tine_are_told_apart_by_country(darfur):
    for name in ("Tine", "الطينة"):
        assert darfur.match(Spot("place", name, country="Chad")).name == "Tiné"
        assert darfur.match(Spot("place", name, country="Sudan")).name == "Tina"
        assert not darfur.match(Spot("place", name)).exact


def test_two_goz_beida_are_told_apart_by_coordinates_or_unit(darfur):
    there = darfur.match(Spot("place", "Goz Beida", country="Chad", lat=12.2264, lon=21.4098))
    assert (round(there.known.lat, 2), there.exact, round(there.km)) == (12.23, True, 0)
    north = darfur.match(Spot("place", "Goz Beida", country="Chad", admin1="Ouaddaï"))
    assert (round(north.known.lat, 2), north.exact) == (13.95, True)
    unknown = darfur.match(Spot("place", "Goz Beida", country="Chad"))
    assert (unknown.exact, len(unknown.alternatives)) == (False, 1)


def test_a_name_far_from_its_coordinates_is_said(darfur):
    match = darfur.match(Spot("place", "Nyala", country="Sudan", lat=15.03, lon=22.82))
    assert (match.name, match.exact) == ("Nyala", False)
    assert f"{match.km:,.0f} km from the coordinates given" in match.how
    assert match.alternatives[0] == "Tina (SD, 0 km)"


def test_a_name_in_another_state_than_said_is_not_exact():
    pool = [area("admin1", "Sila", country="Chad"), area("admin1", "Ouaddaï", country="Chad"),
            town("Abdi", 12.6, 21.3, country="Chad", admin1="Ouaddaï")]  # fmt: skip
    match = Atlas.of(pool=pool).match(Spot("place", "Abdi", country="Chad", admin1="Sila"))
    assert (match.name, match.exact, match.how) == ("Abdi", False, "by name Abdi, in Ouaddaï, not in Sila")


def test_two_of_one_name_in_one_state_are_told_apart_by_their_districts():
    pool = [area("admin1", "Sila"), area("admin2", "Kimiti", admin1="Sila"), area("admin2", "Djourouf", admin1="Sila"),
            town("Abdi", 12.6, 21.3, admin1="Sila", admin2="Kimiti", people=900),
            town("Abdi", 12.9, 20.4, admin1="Sila", admin2="Djourouf")]  # fmt: skip
    match = Atlas.of(pool=pool).match(Spot("place", "Abdi", country="Sudan", admin1="Sila", admin2="Djourouf"))
    assert (match.known.admin2, match.exact) == ("Djourouf", True)


def test_a_point_means_the_nearest_place_of_its_own_country(darfur):
    sudan = darfur.match(Spot("point", country="Sudan", lat=13.47, lon=22.25), within_km=30)
    assert (sudan.name, sudan.how, sudan.exact) == ("Al-Junaynah", "nearest place, 21 km", False)
    assert darfur.match(Spot("point", country="Sudan", lat=13.47, lon=22.25)).known is None, "15 km by default"
    assert darfur.match(Spot("point", country="Chad", lat=13.47, lon=22.25)).name == "Adré"


def test_an_unknown_place_means_the_one_known_place_of_its_unit_or_the_nearest_of_several():
    places = [place("El Geneina", 13.45, 22.45, admin1="West Darfur", admin2="Ag Geneina"),
              place("Ardamata", 13.48, 22.49, admin1="West Darfur", admin2="Ag Geneina"),
              place("Misterei", 13.115, 22.153, admin1="West Darfur", admin2="Beida")]  # fmt: skip
    atlas = Atlas.of(places, pool=[area("admin2", "Beida", "SD04002", admin1="West Darfur")])
    alone = atlas.match(Spot("place", "Xyzzy", country="Sudan", admin2="Beida", lat=13.44, lon=22.44))
    assert (alone.name, alone.how) == ("Misterei", "the one known place in Beida")
    several = atlas.match(Spot("place", "Xyzzy", country="Sudan", admin2="Ag Geneina", lat=13.479, lon=22.489))
    assert (several.name, several.how) == ("Ardamata", "nearest place in Ag Geneina, 0 km")
    unlocated = atlas.match(Spot("place", "Xyzzy", country="Sudan", admin2="Ag Geneina"))
    assert (unlocated.name, unlocated.how) == ("Ag Geneina", "by the admin 2 it lies in, Ag Geneina")
    assert atlas.match(Spot("place", "Xyzzy", country="Sudan", admin2="SD04002")).name == "Misterei"
    assert not any(match.exact for match in (alone, several, unlocated))


def test_a_name_much_like_one_other_is_taken_and_listed(darfur):
    match = darfur.match(Spot("admin2", "Kreinik", country="SDN", admin1="West Darfur"))
    assert (match.name, match.how, match.exact) == ("Kereneik", "by likeness 90", False)


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (("East Darfur",), "West Darfur"), (("Camp 12",), "Camp 13"), (("Kutumo", "Kutuma"), "Kutumu"),
        (("Tina",), "Tine"), (("Nyala Shamal",), "Nyala Janoub"), (("New Halfa",), "Old Halfa"),
    ],
)  # fmt: skip
def test_names_that_differ_in_what_counts_or_are_alike_to_two_are_not_likened(names, asked):
    match = Atlas.of(pool=[area("admin2", name) for name in names]).match(Spot("admin2", asked, country="Sudan"))
    assert match.known is None
    assert match.alternatives == tuple(f"{name} (admin 2, Sudan)" for name in names)


def test_likeness_stays_in_the_country_and_the_state():
    pool = [area("admin1", "Sila", country="Chad"), area("admin1", "Ouaddaï", country="Chad"),
            area("admin2", "Kimiti", "TD2101", country="Chad", admin1="Sila")]  # fmt: skip
    atlas = Atlas.of(pool=pool)
    assert atlas.match(Spot("admin2", "Kimitti", country="Chad", admin1="Sila")).name == "Kimiti"
    assert atlas.match(Spot("admin2", "Kimitti", country="Chad", admin1="Ouaddaï")).known is None
    assert atlas.match(Spot("admin2", "Kimitti", country="Sudan")).known is None


def test_what_is_not_known_is_told_with_the_three_nearest_names(darfur):
    match = darfur.match(Spot("place", "Xyzzy", country="Sudan", lat=13.7, lon=22.0))
    assert (match.known, match.name, match.exact, len(match.alternatives)) == (None, "", False, 3)
    assert match.how.startswith("no place or area Xyzzy is known in Sudan; the nearest are Al-Junaynah (SD, 56 km), ")
    assert len(darfur.match(Spot("place", "Xyzzy", country="Sudan")).alternatives) == 3


def test_countries_by_every_name_and_code(darfur):
    for name, code in (("Chad", ""), ("Tchad", ""), ("", "TCD"), ("TD", "")):
        assert darfur.match(Spot("country", name, code)).name == "Tchad"
    assert darfur.match(Spot("country", "Mali", "MLI")).known is None


def test_an_admin_3_means_the_admin_2_that_it_is_part_of(darfur):
    match = darfur.match(Spot("admin3", "Sirba Rural", "SD0400502", country="Sudan"))
    assert (match.name, match.known.tier, match.exact) == ("Sirba", "admin2", False)


def test_answers_of_the_analyst_come_first(darfur):
    pool = [town("Adré", 13.47, 22.2, country="Chad"), town("Adar", 13.0, 22.5), area("admin2", "Adar", "SD04009")]
    atlas = Atlas.of(pool=pool, answers=["Bordertown = Adré, Chad", "Adré = Adar"])
    match = atlas.match(Spot("place", "bordertown", country="Sudan"))
    assert (match.name, match.exact, match.how) == ("Adré", True, "by the answer that bordertown is it")
    assert atlas.match(Spot("admin2", "Adre")).known.tier == "admin2"
    assert atlas.match(Spot("place", "Adre")).known.is_place


@pytest.mark.parametrize("answer", ["Bordertown", "Bordertown = ", "= Adré", "Bordertown = Adree"])
def test_an_answer_that_names_nothing_is_a_fault(answer):
    with pytest.raises(InputError, match=r"place.*NAME = PLACE"):
        Atlas.of(pool=[town("Adré", 13.47, 22.2, country="Chad")], answers=[answer])


def test_what_the_scenario_has_comes_first_and_is_told_in_its_words():
    places = [place("El Geneina", 13.45, 22.45, admin1="West Darfur", admin2="Ag Geneina", kind="origin")]
    areas = [Area.model_validate({"area": "Ag Geneina", "members": "El Geneina", "code": "SD04001"})]
    pool = [town("Al-Junaynah", 13.4526, 22.4473, "El Geneina", "Geneina", country="SD", people=402_300),
            town("Hamlet", 13.5, 22.5), area("admin2", "Ag Geneina", "SD04001", admin1="West Darfur"),
            area("admin1", "West Darfur", "SD04")]  # fmt: skip
    atlas = Atlas.of(places, areas, pool)
    assert len(atlas.known) == 5, "Sudan, West Darfur, Ag Geneina, El Geneina and the hamlet, each once"
    geneina = atlas.match(Spot("place", "Al Junaynah", country="Sudan")).known
    assert (geneina.name, geneina.in_scenario, geneina.population) == ("El Geneina", True, 402_300)
    district = atlas.match(Spot("admin2", "", "SDN04001")).known
    assert (district.name, district.tier, district.members) == ("Ag Geneina", "admin2", ("El Geneina",))
    near_both = atlas.match(Spot("point", country="Sudan", lat=13.5, lon=22.5))
    assert (near_both.name, near_both.alternatives) == ("El Geneina", ("Hamlet (Sudan, 0 km)",))


def test_areas_that_an_import_renamed_are_found_under_their_own_name_and_level():
    places = [place("Kutum", 14.2, 24.7, admin1="North Darfur", admin2="Kutum (admin 2)")]
    row = {"area": "Kutum (admin 2)", "aliases": "Kutum; كتم", "members": "Kutum", "code": "SD02002",
           "extra": (("x_tier", "admin2"), ("x_country", "Sudan"))}  # fmt: skip
    atlas = Atlas.of(places, [Area.model_validate(row)])
    assert atlas.match(Spot("admin2", "Kutum", country="Sudan")).name == "Kutum (admin 2)"
    assert atlas.match(Spot("place", "Kutum", country="Sudan")).name == "Kutum"


def test_places_of_a_scenario_are_never_made_one():
    atlas = Atlas.of([place("Djabal", 12.2, 21.4, aliases="Goz"), place("Goz", 12.21, 21.41)])
    assert {one.name for one in atlas.known if one.is_place} == {"Djabal", "Goz"}


def test_homonyms_across_countries_need_a_country():
    pool = [town("Gore", 7.9, 16.6, country="Chad"), town("Gore", 8.1, 35.5, country="Ethiopia", people=9)]
    atlas = Atlas.of(pool=pool)
    assert not atlas.match(Spot("place", "Gore")).exact
    assert atlas.match(Spot("place", "Gore", country="ETH")).known.country == "Ethiopia"
    assert atlas.match(Spot("place", "Gore", lat=7.92, lon=16.63)).known.country == "Chad"


def test_many_spots_over_many_places_are_remembered():
    pick = random.Random(11)
    names = [
        "".join(parts).title() for parts in itertools.product("bdfgkmnst", "aeiou", "lrz", "aeiou", "bdgmn", "aiou")
    ]
    pool = [
        town(pick.choice(names), pick.uniform(8, 22), pick.uniform(14, 38), people=number) for number in range(8_000)
    ]
    atlas = Atlas.of(pool=pool)
    spots = [Spot("place", one.spot.name, country="SDN", lat=one.spot.lat, lon=one.spot.lon) for one in pool[:500]]
    first = [atlas.match(spot) for spot in spots]
    assert all(match.exact and match.km < 1e-6 for match in first)
    began = time.process_time()
    again = [atlas.match(spot) for _ in range(100) for spot in spots]
    assert all(one is other for one, other in zip(again, itertools.cycle(first)))
    assert time.process_time() - began < 5, "50,000 matches that were made before take no searching"
