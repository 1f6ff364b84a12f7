"""`tiau routes`: neighbours joined, borders crossed where crossings are, rows of one's own left alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from folders import write_folder
from tiau.building.crossings import read_crossings
from tiau.building.neighbours import links, neighbours, on_sphere
from tiau.building.routes import propose
from tiau.loading import examine

SCENARIO = """\
format = 2
name = "d"
title = "t"
start = 2023-04-15
end = 2023-06-30
"""
PLACES = """\
place,country,admin1,lat,lon,kind,population
El Geneina,Sudan,West Darfur,13.4526,22.4473,origin,400000
Misterei,Sudan,West Darfur,13.115,22.153,origin,10000
Kulbus,Sudan,West Darfur,14.3631,22.45,origin,8000
Zalingei,Sudan,Central Darfur,12.9092,23.4706,origin,120000
Adre,Chad,Ouaddai,13.4665,22.1988,reception,
Farchana,Chad,Ouaddai,13.6,21.77,camp,
Birak,Chad,Wadi Fira,14.385,22.3,reception,
"""
ROUTES = "from,to,distance_km,mode,crossing\n"
GROUPS = "group,risk_class,community,homes,share\n"
CROSSINGS = """\
crossing,lat,lon,from,to,country_from,country_to
Adikong - Adre,13.4712,22.216,Adikong,Adre,SDN,Tchad
Kulbus - Birak,14.364,22.385,,,,
Um Dafog,10.5,23.3,,,Sudan,Central African Republic
"""


@pytest.fixture
def folder(tmp_path):
    header = dict.fromkeys(("areas",))
    return write_folder(tmp_path / "d", scenario=SCENARIO, places=PLACES, routes=ROUTES, groups=GROUPS, **header,
                        events="event,start,end,place,kind,severity,known_on\n",
                        acts="act,from,known_on,authority,level,effect,places\n",
                        reports="report,known_on,as_of,place,group,quantity,bound\n")  # fmt: skip


def pairs_of(routes):
    return {frozenset((route.from_, route.to)) for route in routes}


def test_every_place_is_reached_and_every_row_is_an_estimate(folder):
    proposal = propose(folder)
    assert not proposal.unreachable
    assert all(route.estimated and route.mode == "road" and "tiau routes" in route.source for route in proposal.routes)
    assert frozenset(("El Geneina", "Misterei")) in pairs_of(proposal.routes)
    direct = next(route for route in proposal.routes if {route.from_, route.to} == {"El Geneina", "Adre"})
    assert direct.crossing == "El Geneina - Adre"
    assert direct.distance_km == pytest.approx(26.9 * 1.3, abs=0.5)
    proposal.write()
    scenario, faults = examine(folder)
    assert len(scenario.routes) == len(proposal.routes)
    assert not [fault for fault in faults if fault.file in ("routes.csv", "groups.csv")]


def test_groups_are_the_civilians_of_each_home_admin1(folder):
    assert [(group.group, group.homes, group.share) for group in propose(folder).groups] == [
        ("West Darfur civilians", ("West Darfur",), 1), ("Central Darfur civilians", ("Central Darfur",), 1),
    ]  # fmt: skip


def test_a_second_run_adds_nothing_and_what_was_deleted_stays_deleted(folder):
    propose(folder).write()
    before = (folder / "routes.csv").read_text("utf-8")
    again = propose(folder)
    assert (again.routes, again.groups) == ((), ())
    again.write()
    assert (folder / "routes.csv").read_text("utf-8") == before
    gone = [line for line in before.splitlines() if not line.startswith("El Geneina,Adre")]
    assert len(gone) < len(before.splitlines())
    (folder / "routes.csv").write_text("\n".join(gone) + "\n", "utf-8")
    assert propose(folder).routes == ()


def test_rows_of_ones_own_stay_whatever_their_direction(folder):
    own = "from,to,distance_km,mode,crossing,x_checked\nAdre,El Geneina,31,track,Adikong,by me\n"
    (folder / "routes.csv").write_text(own, "utf-8")
    proposal = propose(folder)
    assert frozenset(("Adre", "El Geneina")) not in pairs_of(proposal.routes)
    proposal.write()
    lines = (folder / "routes.csv").read_text("utf-8").splitlines()
    assert lines[1].startswith("Adre,El Geneina,31,track,Adikong,by me")
    assert lines[0].endswith("estimated,note")


def test_borders_are_crossed_at_known_crossings_alone(folder):
    (folder / "crossings.csv").write_text(CROSSINGS, "utf-8")
    assert len(read_crossings(folder)) == 3
    proposal = propose(folder)
    over = {route.crossing: (route.from_, route.to) for route in proposal.routes if route.crossing}
    assert over == {"Adikong - Adre": ("El Geneina", "Adre"), "Kulbus - Birak": ("Kulbus", "Birak")}
    assert any("Um Dafog" in said and "Central African Republic" in said for said in proposal.said)
    proposal.write()
    assert propose(folder).routes == ()


def test_a_place_without_coordinates_is_told(folder):
    (folder / "places.csv").write_text(PLACES + "Nowhere,Chad,Ouaddai,0,0,camp,\n", "utf-8")
    (lost,) = propose(folder).unreachable
    assert "Nowhere: has no coordinates" in lost


def test_dry_run_writes_nothing_and_wrong_options_are_told(here, folder):
    before = (folder / "routes.csv").read_bytes()
    done = here("routes", folder, "--dry-run")
    assert done.returncode == 0
    assert "El Geneina to Adre" in done.stdout
    assert "would add" in done.stdout
    assert (folder / "routes.csv").read_bytes() == before
    assert "--detour" in here("routes", folder, "--detour", "0.5").stderr
    assert "FOLDER" in here("routes", "nowhere").stderr
    assert sorted(path.name for path in Path(folder).iterdir() if path.name.startswith(".")) == []


def degrees_of(count, pairs):
    return np.bincount(np.array(pairs).ravel(), minlength=count)


def test_thousands_of_places_have_about_four_neighbours_and_hang_together():
    rng = np.random.default_rng(1)
    points = on_sphere(rng.uniform(5, 20, 5000), rng.uniform(15, 35, 5000))
    pairs = neighbours(points)
    degrees = degrees_of(len(points), pairs)
    assert 3.5 < degrees.mean() < 4.1
    assert degrees.max() < 12
    joined = [*pairs, *links(points, pairs)]
    assert list(links(points, joined)) == []


@pytest.mark.parametrize(("lat", "lon"), [
    ([], []), ([1], [1]), ([1, 1], [1, 1]), ([0, 0, 0], [1, 2, 3]), ([0, 0, 1, 1], [0, 1, 0, 1]),
    ([0, 0], [179.9, -179.9]), ([5] * 40, [5] * 40),
])  # fmt: skip
def test_odd_layouts_hang_together(lat, lon):
    points = on_sphere(lat, lon)
    pairs = neighbours(points)
    assert list(links(points, pairs)) == []
    assert all(i < j for i, j in pairs)


def test_a_grid_has_no_diagonals():
    assert neighbours(on_sphere([0, 0, 1, 1], [0, 1, 0, 1])) == [(0, 1), (0, 2), (1, 3), (2, 3)]
