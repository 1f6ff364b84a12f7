"""Figures of people who come from somewhere: what is read in two ways, or cannot be compared, is said."""

import pytest

from checking import examined
from folders import GROUPS, PLACES, added, changed, write_folder


def warnings_of(folder, *cells):
    rows = [
        f"X{n},2021-03-20,,2021-03-10,{place},{origin},all,{quantity},5,exact,,,,{not_scored},a,b,,"
        for n, (place, origin, quantity, not_scored) in enumerate(cells)
    ]
    faults = examined(write_folder(folder, reports=added("reports", *rows)))
    assert all(fault.level == "warning" for fault in faults)
    return [(fault.row, fault.column, fault.problem.partition(":")[0].partition(",")[0]) for fault in faults]


LEAVE, ABROAD = "is where people leave", "lies in no country that people leave"
NOBODY = "is no home of any group"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("Homeland", "", "present", ""), ("place", LEAVE)),
        (("Hills", "", "arrived_cumulative", ""), ("place", LEAVE)),
        (("Alpha", "", "registered", ""), ("place", LEAVE)),
        (("Homeland", "Homeland", "present", ""), ("place", LEAVE)),
        (("Homeland", "", "idp_present", ""), None),
        (("Homeland", "", "returned_cumulative", ""), ("place", LEAVE)),
        (("Alpha", "", "returned_cumulative", ""), ("place", LEAVE)),
        (("Alpha", "Alpha", "returned_cumulative", ""), None),
        (("North", "Hills", "returned_cumulative", ""), None),
        (("Homeland", "", "crossed_in_period", ""), ("place", LEAVE)),
        (("North", "", "crossed_in_period", ""), None),
        (("Homeland", "", "turned_back", ""), ("place", LEAVE)),
        (("Homeland", "", "present", "of another count"), None),
        (("Gamma", "", "present", ""), None),
        (("The border", "", "present", ""), None),
        (("North", "Hills", "present", ""), None),
        (("North", "", "idp_present", ""), ("place", ABROAD)),
        (("The border", "", "idp_present", ""), None),
        (("North", "Gamma", "present", ""), ("origin", NOBODY)),
        (("North", "Farland", "present", ""), ("origin", NOBODY)),
        (("North", "Gamma", "present", "by origin"), None),
    ],
)
def test_a_figure_that_could_be_of_others_is_said(tmp_path, cells, expected):
    assert warnings_of(tmp_path, cells) == ([(8, *expected)] if expected else [])


def test_figure_of_an_area_on_both_sides_of_the_border_is_of_both(tmp_path):
    areas = changed("areas", "Gamma; Delta", "Alpha; Delta")
    row = "X1,2021-03-20,,2021-03-10,Borderlands,,all,present,5,exact,,,,,a,b,,"
    assert examined(write_folder(tmp_path, areas=areas, reports=added("reports", row))) == ()


def test_refugees_from_a_country_put_at_it_take_one_line_however_many(tmp_path):
    from tiau.faults import listing

    rows = [f"X{n},2021-03-20,,2021-03-10,Homeland,,all,present,{n},exact,,,,,a,b{n},," for n in range(30)]
    faults = examined(write_folder(tmp_path, reports=added("reports", *rows)))
    assert len(faults) == 30
    said = listing(faults).splitlines()
    assert len(said) == 1
    assert "and 29 more like it" in said[0]


@pytest.mark.parametrize(
    ("quantity", "read_as", "remedy"),
    [
        ("present", "people displaced inside Homeland", "write idp_present if it is that"),
        ("returned_cumulative", "people displaced inside Homeland who went home", "for those who came home put it"),
        ("crossed_in_period", "people who enter Homeland", "for people who left put this name into origin"),
        ("turned_back", "people whom the border of Homeland keeps out", "turned back on their way out"),
    ],
)
def test_the_reading_at_home_is_that_of_the_quantity(tmp_path, quantity, read_as, remedy):
    row = f"X,2021-03-20,,2021-03-10,Homeland,,all,{quantity},5,exact,,,,,a,b,,"
    (fault,) = examined(write_folder(tmp_path, reports=added("reports", row)))
    assert f"{quantity} is read as {read_as}" in fault.problem
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("place", "origin", "quantity", "told"),
    [
        ("Farland", "Homeland", "present", False),
        ("Farland", "Homeland", "returned_cumulative", False),
        ("Farland", "", "crossed_in_period", False),
        ("Farland", "", "present", True),
        ("Farland", "", "returned_cumulative", True),
        ("Farland", "Zeta", "crossed_in_period", True),
    ],
)
def test_where_two_countries_flee_to_each_other_people_of_one_are_refugees_in_the_other(
    tmp_path, place, origin, quantity, told
):
    tables = {
        "places": PLACES + "Zeta,,Farland,North,D3 district,22.4,93.8,origin,3000,,census,no,\n",
        "routes": added("routes", "Epsilon,Zeta,15,road,,,,map,no,"),
        "groups": GROUPS + "Zetans,civilians,Zeta,Zeta,1,1,,1,judgement,yes,\n",
        "reports": added("reports", f"X,2021-03-20,,2021-03-10,{place},{origin},all,{quantity},5,exact,,,,,a,b,,"),
    }
    faults = examined(write_folder(tmp_path, **tables))
    assert any(fault.row == 8 and LEAVE in fault.problem for fault in faults) == told
