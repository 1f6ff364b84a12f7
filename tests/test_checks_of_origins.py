"""Figures of people who come from somewhere: what is read in two ways, or cannot be compared, is said."""

import pytest

from folders import added, changed, write_folder
from tiau.readers import examine


def warnings_of(folder, *cells):
    rows = [
        f"X{n},2021-03-20,,2021-03-10,{place},{origin},all,{quantity},5,exact,,,,{not_scored},a,b,,"
        for n, (place, origin, quantity, not_scored) in enumerate(cells)
    ]
    _, faults = examine(write_folder(folder, reports=added("reports", *rows)))
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
        (("Homeland", "", "returned_cumulative", ""), None),
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
    assert examine(write_folder(tmp_path, areas=areas, reports=added("reports", row)))[1] == ()


def test_refugees_from_a_country_put_at_it_take_one_line_however_many(tmp_path):
    from tiau.faults import listing

    rows = [f"X{n},2021-03-20,,2021-03-10,Homeland,,all,present,{n},exact,,,,,a,b,," for n in range(30)]
    _, faults = examine(write_folder(tmp_path, reports=added("reports", *rows)))
    assert len(faults) == 30
    said = listing(faults).splitlines()
    assert (len(said), said[1]) == (2, "  and 29 more")
    assert "and 29 more like it" in said[0]
