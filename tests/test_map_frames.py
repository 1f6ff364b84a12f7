"""The frame of a map: what is far off, crowded, without coordinates or used by nobody is in it or told."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

import map_toys
from map_reading import SVG, assert_readable, boxes, frame, names, sheets, texts
from map_toys import chin, place
from tiau.presentation.maps import drawing
from tiau.presentation.maps.drawing import NO_COORDINATES, flow_map
from tiau.presentation.maps.framing import in_the_frame

WAYS = [("Falam", "Rihkhawdar", 900), ("Rihkhawdar", "Zokhawthar", 800), ("Zokhawthar", "Champhai", 300)]


def far_off(lon, lat, people=300):
    places = [*chin().scenario.places, place("Faraway", lon, lat)]
    flows = [("Falam", "Champhai", 5000), ("Champhai", "Faraway", people)]
    return flow_map(map_toys.result(places, {"Champhai": 4000, "Faraway": people}, flows), suppress_below=10)


def test_a_place_thousands_of_km_off_is_told_and_not_shown():
    drawn = far_off(77.2, 28.6)
    (row,) = drawn.unplaced
    assert (row.name, row.people) == ("Faraway", 300)
    assert row.why == "outside the frame, 1,707 km north-west of the nearest place in it"
    assert "Faraway 300 (1,707 km)" in drawn.svg, "an arrow at the edge points to it"
    assert "1,000 km from all others" in drawn.caption


def test_a_place_some_hundred_km_off_is_shown():
    drawn = far_off(88.0, 24.0)
    assert drawn.unplaced == ()
    assert "Faraway 300" in drawn.svg


def test_a_place_of_many_is_shown_however_far_it_lies():
    drawn = far_off(77.2, 28.6, people=3000)
    assert drawn.unplaced == ()
    assert "Faraway 3,000" in drawn.svg


def test_nothing_is_far_where_everything_is():
    points = np.array([(lon, lat) for lon in range(-10, 60, 20) for lat in (0, 40)], float)
    assert in_the_frame(points, np.zeros(len(points)), drawing.PAGE).all()


def test_islands_on_both_sides_of_180_degrees_lie_side_by_side():
    places = [place("Funafuti", 179.2, -8.5, "origin", "Tuvalu"), place("Atafu", -172.5, -8.55, "camp", "Tokelau")]
    drawn = flow_map(map_toys.result(places, {"Atafu": 300}, [("Funafuti", "Atafu", 300)]), suppress_below=10)
    at = {name: left for name, left, *_ in boxes(sheets(drawn)[0])}
    assert at["Funafuti"] < at["Atafu 300"]
    assert drawn.unplaced == ()
    assert_readable(drawn)


def test_land_on_both_sides_of_180_degrees_is_drawn():
    places = [place("Egvekinot", 172.0, 66.3, "origin", "Russia"), place("Enurmino", -172.0, 66.9, "camp", "Russia")]
    sheet = sheets(flow_map(map_toys.result(places, {"Enurmino": 300}), suppress_below=10))[0]
    (path,) = (one.get("d") for one in sheet.iter(f"{SVG}path") if one.get("class") == "h")
    rings = [[int(step) for step in re.findall(r"-?\d+", ring)][::2] for ring in path.split("z") if ring]
    reached = np.concatenate([np.cumsum(across) for across in rings]) / 10
    assert reached.min() < 0.4 * frame(sheet)[0] < 0.6 * frame(sheet)[0] < reached.max()


def test_a_place_without_coordinates_is_in_the_table():
    places = [*chin().scenario.places, place("Nowhere", 0, 0)]
    drawn = flow_map(map_toys.result(places, {"Champhai": 4000, "Nowhere": 60}), suppress_below=10)
    assert [(row.name, row.people, row.why) for row in drawn.unplaced] == [("Nowhere", 60, NO_COORDINATES)]


@pytest.mark.parametrize(("unused", "said"), [(0, None), (1, "1 place without"), (3, "3 places without")])
def test_places_that_nobody_used_are_counted_in_the_legend(unused, said):
    spare = [place(f"Spare {at}", 93.3 + at / 50, 23.1, "town") for at in range(unused)]
    drawn = flow_map(map_toys.result([*chin().scenario.places, *spare], {"Champhai": 4000}, WAYS), suppress_below=10)
    for sheet in sheets(drawn)[:2]:
        found = [one.text for one in texts(sheet, "k") if "without a name" in one.text]
        assert found == ([f"{said} a name: nobody was there"] if said else [])


def test_no_coordinates_at_all_no_map():
    places = [place("A", 0, 0), place("O", 0, 0, "origin", "Myanmar")]
    drawn = flow_map(map_toys.result(places, {"A": 7}), suppress_below=10)
    assert drawn.svg == ""
    assert [row.name for row in drawn.unplaced] == ["A", "O"]
    assert math.isnan(drawn.unplaced[0].people)


def test_countries_that_nobody_knows_and_the_open_sea_are_drawn():
    places = [place("A", -30.0, 30.0, country="Farland"), place("O", -30.2, 30.1, "origin", "Homeland")]
    drawn = flow_map(map_toys.result(places, {"A": 70, "O": 20}, [("O", "A", 70)]), suppress_below=10)
    assert "A 70" in drawn.svg
    assert "displaced inside Homeland" in drawn.svg
    assert not [one for one in sheets(drawn)[0].iter(f"{SVG}path") if one.get("class") in ("b", "h")]


def test_one_place_and_nobody():
    drawn = flow_map(map_toys.result([place("O", 93.0, 23.0, "origin", "Myanmar")], {}), suppress_below=10)
    assert_readable(drawn)
    assert drawn.unplaced == ()


def test_crowded_places_are_named_on_a_part_drawn_larger():
    grid = [(93 + 0.02 * (at % 6), 23 + 0.02 * (at // 6)) for at in range(36)]
    places = [place(f"Camp number {at}", lon, lat) for at, (lon, lat) in enumerate(grid)]
    places.append(place("Home", 96.0, 17.0, "origin", "Myanmar"))
    people = {one.place: 1000 + at for at, one in enumerate(places)}
    drawn = flow_map(map_toys.result(places, people), suppress_below=10)
    assert "drawn larger below" in drawn.svg
    # Outlines of parts strike through no name.
    for sheet in sheets(drawn):
        (inner,) = (one for one in sheet if one.get("clip-path"))
        kinds = [one.get("class") for one in inner]
        first = next(at for at, kind in enumerate(kinds) if kind in ("p", "q"))
        assert "v" not in kinds[first:]
    pages = [sheet for sheet in sheets(drawn) if "tiau-page" in sheet.get("class")]
    assert len(names(pages[0])) < len(places) == len({name for sheet in pages for name in names(sheet)})
    assert drawn.unplaced == ()
    assert_readable(drawn)


def test_thousands_of_places_make_no_huge_map():
    rng = np.random.default_rng(1)
    spots = np.round(rng.uniform((70, 10), (100, 30), (3000, 2)), 4).tolist()
    places = [
        place(f"P{at}", lon, lat, *(("camp",) if at else ("origin", "Myanmar"))) for at, (lon, lat) in enumerate(spots)
    ]
    people = {one.place: int(count) for one, count in zip(places, rng.integers(0, 9000, 3000), strict=True)}
    flows = [(f"P{a}", f"P{b}", int(n)) for a, b, n in rng.integers(0, 3000, (6000, 3)) if a != b]
    drawn = flow_map(map_toys.result(places, people, flows), suppress_below=10)
    assert len((drawn.svg + drawn.closer).encode()) < 1_500_000
