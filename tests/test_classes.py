"""The class of a figure: kind of source, level of its place, what is counted."""

import pytest

import tiau
from tiau.observations.classes import FigureClass, class_of
from tiau.observations.ledger import ledger
from tiau.scenario.network import build
from tiau.scenario.quantities import QUANTITIES
from tiau.scenario.rows import Area, Report
from toys import day, place, scenario, way


def report(where, quantity="present", **columns):
    fields = {"report": "R", "known_on": day(9), "as_of": "2021-01-06", "place": where, "group": "all"}
    return Report(**fields, quantity=quantity, value=10, bound="exact", **columns)


def toy(reports=()):
    places = [
        place("O", "origin", population=100, admin1="Hills", admin2="O township"),
        place("Far", "camp", "Abroad", admin1="East", admin2="Riverside", aliases=("Farther",)),
        place("Near", "camp", "Abroad", admin1="East", admin2="Riverside"),
        place("Alone", "camp", "Abroad", admin1="East", admin2="Lakeside"),
        place("West", "camp", "Abroad", admin1="West"),
        place("North", "camp", "Abroad"),
        place("South", "camp", "Abroad"),
    ]
    areas = [
        Area(area="the banks", members=("Far", "Near")),
        Area(area="Far and around", members=("Far",)),
        Area(area="two districts", members=("Riverside", "Lakeside")),
        Area(area="the rest", members=("North", "South")),
        Area(area="nowhere", members=()),
        Area(area="Lakeside", members=(), aliases=("Lake country",)),
    ]
    return scenario(places, [way("O", "Far", 100, "gate")], areas=areas, reports=reports)


@pytest.mark.parametrize(
    ("where", "level"),
    [
        ("Abroad", "state"),
        ("East", "state"),
        ("two districts", "state"),
        ("the rest", "state"),
        ("Riverside", "district"),
        ("Lakeside", "district"),
        ("lake  country", "district"),
        ("the banks", "district"),
        ("Far", "village"),
        ("farther", "village"),
        ("Far and around", "village"),
        # A place comes before an area of the same name.
        ("West", "village"),
        ("nowhere", "village"),
        ("Atlantis", "village"),
    ],
)
def test_level_goes_by_how_wide_a_place_is(where, level):
    assert class_of(toy(), report(where)).level == level


@pytest.mark.parametrize("quantity", ["idp_present", "displaced_in_period"])
@pytest.mark.parametrize(("where", "level"), [("O", "district"), ("O township", "district"), ("Hills", "state")])
def test_one_place_stands_for_its_township_where_people_are_displaced_inside(quantity, where, level):
    assert class_of(toy(), report(where, quantity))[1:] == (level, "inside")


def test_what_is_counted_goes_by_the_table_of_quantities():
    found = {name: class_of(toy(), report("Abroad", name)).quantity for name in QUANTITIES}
    assert found == {
        "present": "present",
        "registered": "present",
        "idp_present": "inside",
        "displaced_in_period": "inside",
        "arrived_cumulative": "arrivals",
        "returned_cumulative": "returns",
        "crossed_in_period": "flow",
        "turned_back": "flow",
    }


def test_source_is_the_one_that_counts():
    assert class_of(toy(), report("Far", said_by="police")).source == "register"
    assert class_of(toy(), report("Far", said_by="police", source_kind="media")).source == "media"


def test_placements_carry_their_class():
    entries = ledger(
        build(toy([report("Far", said_by="UNHCR"), report("Atlantis").model_copy(update={"report": "S"})]))
    )
    assert [entry.figure_class for entry in entries] == [
        FigureClass("agency", "village", "present"),
        FigureClass("other", "village", "present"),
    ]
    assert entries[0].figure_class.source == entries[0].counting.kind


def test_classes_of_the_packaged_scenario():
    found = {}
    for entry in ledger(build(tiau.load("mizoram-2021"))):
        found[entry.report.place, entry.figure_class.quantity == "inside"] = entry.figure_class.level
    assert found["Mizoram", False] == found["six border districts", False] == "state"
    assert found["Sagaing Region", True] == "state"
    assert found["Siaha district", False] == found["Tuipuiral group villages (Champhai)", False] == "district"
    assert found["Mindat Township", True] == "district"
    assert found["Zokhawthar", False] == "village"
