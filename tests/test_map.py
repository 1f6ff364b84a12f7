"""The map of a run: everything in the frame or told, names that collide with nothing, nothing hidden given away."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import map_toys
import tiau
from map_reading import SVG, assert_readable, boxes, circles, frame, names, sheets, texts
from map_toys import chin, place
from tiau.presentation.maps import drawing
from tiau.presentation.maps.drawing import NO_ROOM, flow_map
from tiau.presentation.maps.framing import fitted, in_the_frame
from tiau.presentation.maps.labels import Paper, placed
from tiau.presentation.maps.widths import right_to_left
from tiau.scenario.geography import great_circle_km

SHARED = Path(__file__).resolve().parents[2] / "shared"
LIMIT = 400_000


# --- real cases


@pytest.fixture(scope="module", params=["mizoram-2021", "burundi2015", "syria2013"])
def real(request):
    case = SHARED / "flee-cases" / request.param
    if request.param != "mizoram-2021" and not case.is_dir():
        pytest.skip(f"the case {request.param} is not here (../shared/flee-cases)")
    return tiau.simulate(request.param if request.param == "mizoram-2021" else tiau.load(case), members=2)


@pytest.fixture(scope="module")
def map_of_real(real):
    return flow_map(real, suppress_below=10)


def test_names_collide_with_nothing_on_real_cases(map_of_real):
    assert_readable(map_of_real)


def test_a_map_is_small(map_of_real):
    assert len((map_of_real.svg + map_of_real.closer).encode()) < LIMIT


def test_every_place_with_people_is_named_or_in_the_table(real, map_of_real):
    for screen in ("tiau-page",):
        named = {name for sheet in sheets(map_of_real) if screen in sheet.get("class") for name in names(sheet)}
        told = {row.name for row in map_of_real.unplaced}
        present = dict(zip(real.network.place_names, real.everybody[2, -1], strict=True))
        assert {name for name, people in present.items() if people >= 0.5} <= named | told
        assert not named & {row.name for row in map_of_real.unplaced if row.why == NO_ROOM}


def test_every_place_that_matters_is_in_the_frame_or_told(real, map_of_real):
    """Every place that people leave, pass or stay at has a mark on the whole map, or a row that says where it is."""
    outside = {row.name for row in map_of_real.unplaced if row.why != NO_ROOM}
    network = real.network
    used = {network.place_names[at] for at in network.home_place}
    used |= {network.place_names[at] for ends in (network.start, network.end) for at in ends[real.flow[2, -1] >= 0.5]}
    for sheet in sheets(map_of_real)[:2]:
        across, down = frame(sheet)
        assert len(circles(sheet)) >= len(used - outside)
        assert all(0 <= x <= across and 0 <= y <= down for x, y, _ in circles(sheet))


def test_the_same_result_gives_the_same_bytes(real, map_of_real):
    assert flow_map(real, suppress_below=10) == map_of_real


def test_borders_scale_and_sentences_are_there(map_of_real):
    for sheet in sheets(map_of_real):
        assert sheet.get("role") == "img"
        described = {one.get("id"): one.text for one in sheet if one.get("id")}
        assert described[sheet.get("aria-labelledby")]
        assert described[sheet.get("aria-describedby")]
        assert [one for one in sheet.iter(f"{SVG}path") if one.get("class") in ("b", "h")]
        assert any(re.fullmatch(r"[\d,]+ km", one.text) for one in texts(sheet, "k"))
    assert "no endorsement" in map_of_real.caption
    ids = re.findall(r' id="([^"]+)"', map_of_real.svg + map_of_real.closer)
    assert len(ids) == len(set(ids))


def test_colours_are_those_of_the_page(map_of_real):
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(", re.sub(r"url\(#[\w-]+\)", "", map_of_real.svg + map_of_real.closer))


# --- random places

LETTERS = st.sampled_from("aWiM\u1000\u1031\u0915\u093f\u0645\u0627 ")
SPOTS = st.lists(
    st.tuples(st.floats(90, 96), st.floats(20, 25), st.integers(10, 20_000), st.text(LETTERS, max_size=40)),
    min_size=2, max_size=60,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(SPOTS)
def test_names_collide_with_nothing_wherever_places_lie(spots):
    places = [
        place(
            f"{at} {name.strip()}", round(lon, 4), round(lat, 4), *(("camp", "India") if at else ("origin", "Myanmar"))
        )
        for at, (lon, lat, _, name) in enumerate(spots)
    ]
    people = {one.place: count for one, (_, _, count, _) in zip(places, spots, strict=True)}
    flows = [(one.place, other.place, 10 * at) for at, (one, other) in enumerate(pairwise(places), 1)]
    drawn = flow_map(map_toys.result(places, people, flows), suppress_below=10)
    assert_readable(drawn)
    assert len(circles(sheets(drawn)[0])) == len(places)


@settings(max_examples=200, deadline=None)
@given(st.floats(0, 300), st.floats(0, 200), st.floats(0, 20), st.floats(5, 200), st.floats(5, 30))
def test_a_name_leaves_no_paper_and_does_not_touch_its_circle(x, y, radius, across, up):
    circle = np.array([(x, y, radius)])
    paper = Paper(300, 200, circle, np.zeros((0, 2)), np.zeros((0, 2)))
    label = placed("name", (x, y), radius, (across, up), paper)
    if label is not None:
        box = label.box
        assert 0 <= box.left <= box.right <= 300
        assert 0 <= box.top <= box.bottom <= 200
        off = math.hypot(max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0))
        assert off >= radius
        assert paper.taken == [box]
    elif across < 80 and up < 20 and radius < 10:
        assert not (20 < x < 280 and 40 < y < 160), "there is room"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=12))
def test_whatever_is_kept_lies_in_the_frame(points):
    where = np.array(points)
    kept = in_the_frame(where, np.ones(len(points)), drawing.PAGE)
    assert kept.any()
    for sheet in (drawing.PAGE, drawing.PHONE):
        found = fitted(where[kept], sheet)
        pixels = found.at(where[kept])
        assert (pixels >= sheet.margin - 0.51).all()
        assert (pixels <= np.array((found.width, found.height)) - sheet.margin + 0.51).all()


# --- what is hidden


def test_what_is_hidden_changes_nothing():
    """With 3 or 9 people at a place, or on a way, not a letter of the map is another."""
    few, more = (flow_map(chin(Zokhawthar=count), suppress_below=10) for count in (3, 9))
    assert few == more
    places = chin().scenario.places
    ways = [[("Falam", "Rihkhawdar", 9000), ("Rihkhawdar", "Zokhawthar", count)] for count in (2, 8)]
    one, other = (flow_map(map_toys.result(places, {"Champhai": 500}, flows), suppress_below=10) for flows in ways)
    assert one == other
    drawn = [path.get("d").count("M") for path in sheets(one)[0].iter(f"{SVG}path") if path.get("class") == "f"]
    assert sum(drawn) == 2, "that somebody went there is told"


def test_a_hidden_count_is_told_as_less():
    drawn = flow_map(chin(Zokhawthar=7), suppress_below=10)
    assert "Zokhawthar &lt;10" in drawn.svg
    assert "Zokhawthar 7" not in flow_map(chin(Zokhawthar=7), suppress_below=10).svg
    assert "Zokhawthar 7" in flow_map(chin(Zokhawthar=7), suppress_below=0).svg


def test_counts_are_rounded():
    assert "Champhai 12,350" in flow_map(chin(Champhai=12_345), suppress_below=10).svg
    assert "Champhai 12,345" in flow_map(chin(Champhai=12_345), suppress_below=1).svg


# --- what marks mean


def test_the_area_of_a_circle_and_the_width_of_a_way_are_people():
    sheet = sheets(flow_map(chin(Zokhawthar=0, Rihkhawdar=3085), suppress_below=10))[0]
    by_name = {re.match("[^,]+", one[0].text)[0]: one for one in sheet.iter(f"{SVG}circle") if len(one)}
    radius = {name: float(one.get("r")) for name, one in by_name.items()}
    assert radius["Champhai"] / radius["Rihkhawdar"] == pytest.approx(2, abs=0.02)
    widths = sorted(float(one.get("stroke-width")) for one in sheet.iter(f"{SVG}path") if one.get("class") == "f")
    assert widths[-1] / widths[0] == pytest.approx(3, rel=0.05)
    assert by_name["Champhai"].get("class") != by_name["Rihkhawdar"].get("class"), "abroad is told from inside"


def test_the_description_says_where_most_people_are():
    words = " ".join(one.text for one in sheets(flow_map(chin(), suppress_below=10))[0].iter(f"{SVG}desc"))
    assert "Abroad most are in Champhai (12,340) and Zokhawthar (2,500)." in words
    assert "In Myanmar most are in Rihkhawdar (1,500)." in words
    assert "Falam to Rihkhawdar (9,000)" in words


def test_names_are_escaped():
    bad = '<img src=x onerror=alert("1")>&amp;'
    places = [place(bad, 93.3, 23.4), place("Home", 93.6, 22.9, "origin", "Myanmar")]
    drawn = flow_map(map_toys.result(places, {bad: 500}, [("Home", bad, 500)]), suppress_below=10)
    assert "<img" not in drawn.svg
    assert f"{bad} 500"[:25] in "".join(one.text for one in texts(sheets(drawn)[0], "p"))


@pytest.mark.parametrize(
    ("name", "turned"),
    [("Champhai", False), ("مخيم الأمل", True), ("12 مخيم", True), ("ဟားခါး", False), ("चम्फाई", False)],
)
def test_names_run_in_their_own_direction(name, turned):
    assert right_to_left(name) == turned
    places = [place(name, 93.3, 23.4), place("Home", 93.6, 22.9, "origin", "Myanmar")]
    drawn = flow_map(map_toys.result(places, {name: 500}), suppress_below=10)
    found = [one for one in texts(sheets(drawn)[0], "p") if one.text.startswith(name)]
    assert [one.get("direction") for one in found] == ["rtl" if turned else None]
    (x, _, radius), *_ = [circle for circle in circles(sheets(drawn)[0]) if circle[2] > 5]
    left = next(left for words, left, *_ in boxes(sheets(drawn)[0]) if words == found[0].text)
    assert left == pytest.approx(x + radius + 3, abs=0.2), "it stands on the right of its circle"


def test_the_scale_is_right_and_north_is_up():
    sheet = sheets(flow_map(chin(), suppress_below=10))[0]
    at = {re.match("[^,]+", one[0].text)[0]: one for one in sheet.iter(f"{SVG}circle") if len(one)}
    x, y = ([float(at[name].get(key)) for name in ("Rihkhawdar", "Champhai")] for key in ("cx", "cy"))
    (km,) = (float(one.text.split()[0]) for one in texts(sheet, "k") if re.fullmatch(r"[\d.]+ km", one.text))
    (bar,) = (one.get("d") for one in sheet.iter(f"{SVG}path") if one.get("class") == "s")
    pixels = float(re.search(r"M0 0h([\d.]+)", bar)[1])
    apart = great_circle_km(23.35, 93.39, 23.47, 93.32)
    assert math.hypot(x[1] - x[0], y[1] - y[0]) * km / pixels == pytest.approx(apart, rel=0.01)
    assert y[1] < y[0], "Champhai is in the north"
    assert x[1] < x[0], "and in the west"


def test_who_goes_each_way_keeps_to_the_right():
    places = [place("O", 93.0, 23.0, "origin", "Myanmar"), place("A", 94.0, 23.0)]
    flows = [("O", "A", 4000), ("A", "O", 2000)]
    sheet = sheets(flow_map(map_toys.result(places, {"A": 100}, flows), suppress_below=10))[0]
    lanes = [one for one in sheet.iter(f"{SVG}path") if one.get("class") == "f"]
    back, there = (
        re.findall(r"[\d.]+", one.get("d")) for one in sorted(lanes, key=lambda o: float(o.get("stroke-width")))
    )
    assert float(there[0]) < float(there[2]), "to the east"
    assert float(there[1]) > float(back[1]), "on its right, which is south"
