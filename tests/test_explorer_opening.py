"""The opening of the explorer: what a page is told of a scenario before anything runs, faults in place."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import tiau
from folders import PLACES, write_folder
from tiau.engine.members import draw
from tiau.explorer.exploration import Exploration
from tiau.explorer.opening.presets import first_sentence

BURUNDI = Path(__file__).parents[2] / "shared" / "flee-cases" / "burundi2015"
HOSTILE = "<img src=x onerror=alert(1)>"
WHAT_IF = """title = "The bridge closes"
why = "Nobody asked for it. It is made up, e.g. for this test."

[[add]]
table = "acts"
act = "W1"
from = 2021-02-10
authority = "Farland"
level = "national"
effect = "close"
places = "River bridge"
enforcement = 0.9
"""


def explored(source, *, horizon=30, members=20):
    return Exploration(str(source), members=members, seed=1, horizon=horizon)


@pytest.fixture(scope="module")
def mizoram():
    return explored("mizoram-2021", horizon=90).opening()


@pytest.fixture
def folder(tmp_path):
    found = write_folder(tmp_path / "small")
    (found / "what-ifs").mkdir(exist_ok=True)
    (found / "what-ifs" / "bridge-closes.toml").write_text(WHAT_IF)
    return found


def require_whole(opening):
    """What the page relies on: everything is JSON, and every number that points at something points inside."""
    json.dumps(opening, allow_nan=False)
    places, followed = len(opening["places"]), len(opening["followed"])
    assert all(0 <= way[end] < places for way in opening["routes"] for end in ("from", "to"))
    assert all(one["places"] and max(one["places"]) < places for one in opening["followed"])
    labels = [one["label"] for one in opening["followed"]]
    assert len(set(labels)) == len(labels)
    assert [one["level"] for one in opening["followed"][-places:]] == ["place"] * places
    assert 0 <= opening["first_followed"] < followed
    assert all(report["followed"] is None or report["followed"] < followed for report in opening["reports"])
    width, height = opening["map"]["width"], opening["map"]["height"]
    there = [place for place in opening["places"] if place["x"] is not None]
    assert there
    assert all(0 <= place["x"] <= width and 0 <= place["y"] <= height for place in there)


def test_opening_of_the_packaged_scenario_is_whole_and_nobody_can_write_into_it(mizoram):
    require_whole(mizoram)
    assert mizoram["usable"]
    assert not mizoram["editable"]
    assert mizoram["followed"][mizoram["first_followed"]]["label"] == "India / Mizoram"
    scenario = tiau.load("mizoram-2021")
    assert mizoram["digest"] == scenario.digest()
    assert (mizoram["days"], mizoram["known"]) == (scenario.days + 90, scenario.days - 1)
    assert "90 days" in mizoram["ahead"]
    assert len(mizoram["presets"]) == 7
    assert all(preset["sentences"] and preset["why"].count(". ") == 0 for preset in mizoram["presets"])
    assert all(len(preset["why"]) < 180 for preset in mizoram["presets"])
    replaces = {act["act"]: act["replaces"] for act in mizoram["acts"]}
    assert replaces["P21"][0][0] == "P15"
    assert replaces["P21x"] == []
    assert {"Chin State", "Mizoram"} <= {land["name"] for land in mizoram["map"]["land"] if land["kind"] == "region"}
    assert "no endorsement" in mizoram["map"]["words"]


def test_opening_of_a_case_of_another_format_is_whole():
    if not BURUNDI.is_dir():
        pytest.skip("the cases in the format of Flee are not beside this repository")
    opening = explored(BURUNDI, horizon=90).opening()
    require_whole(opening)
    assert opening["ahead"] == ""
    assert opening["last"] == opening["end"]
    assert not opening["editable"]


def test_numbers_of_the_drawer_are_those_of_the_members(folder, mizoram):
    opening = explored(folder).opening()
    drawn = draw(tiau.load(folder), members=20, seed=1).parameters
    for one in opening["parameters"]:
        assert [one["low"], one["high"]] == np.quantile(drawn[one["name"]], (0.05, 0.95)).tolist()
    given = {one["name"]: one["given"] for one in opening["parameters"]}
    assert (given["departure_rate"], given["return_rate"]) == ("scenario", "default")
    assert {one["given"] for one in mizoram["parameters"] if one["name"] == "return_rate"} == {"fit"}


def test_reports_say_whether_they_are_placed_and_what_contradicts_them(mizoram):
    by_name = {report["report"]: report for report in mizoram["reports"]}
    against = {(name, other["report"]) for name, report in by_name.items() for other in report["contradicts"]}
    assert against
    assert all((other, name) in against for name, other in against)
    assert all(report["why"] for report in by_name.values() if report["status"] != "placed")


def test_faults_stand_in_place_the_last_sound_state_stays_and_mending_ends_both(folder):
    page = explored(folder)
    before = page.opening()
    assert (before["usable"], before["editable"], page.revision) == (True, True, 1)
    assert not page.refresh()
    acts = folder / "acts.csv"
    sound = acts.read_text()
    head, first, *rest = sound.splitlines()
    columns, cells = head.split(","), first.split(",")
    cells[columns.index("enforcement")] = "7"
    acts.write_text("\n".join([head, ",".join(cells), *rest]))
    assert page.refresh()
    broken = page.opening()
    assert (broken["usable"], broken["stale"], broken["revision"]) == (False, True, 2)
    (fault,) = [fault for fault in broken["faults"] if fault["level"] == "fault"]
    assert (fault["file"], fault["row"], fault["column"], fault["cell"]) == ("acts.csv", 2, "enforcement", "7")
    assert broken["digest"] == before["digest"]
    assert broken["places"] == before["places"]
    acts.write_text(sound)
    assert page.refresh()
    mended = page.opening()
    assert (mended["usable"], mended["revision"], "stale" in mended) == (True, 3, False)


def test_a_scenario_that_was_never_sound_shows_its_faults_alone(folder):
    (folder / "routes.csv").write_text("from,to\nAlpha,Nowhere\n")
    page = explored(folder)
    opening = page.opening()
    assert not opening["usable"]
    assert opening["faults"]
    assert opening["digest"] is None
    assert not {"places", "stale"} & set(opening)
    with pytest.raises(tiau.InputError):
        page.series(None)


def test_a_folder_that_goes_and_comes_back(folder):
    page = explored(folder)
    page.opening()
    away = folder.with_name("away")
    shutil.move(folder, away)
    assert page.refresh()
    assert not page.opening()["usable"]
    shutil.move(away, folder)
    assert page.refresh()
    assert page.opening()["usable"]


def test_a_hostile_name_stays_what_it_is_everywhere(folder):
    for file in folder.glob("*.csv"):
        file.write_text(file.read_text().replace("Epsilon", HOSTILE))
    opening = explored(folder).opening()
    require_whole(opening)
    assert opening["places"][-1]["name"] == HOSTILE
    assert opening["followed"][-1]["label"] == HOSTILE
    assert HOSTILE not in json.dumps(opening["map"])


def test_presets_tell_a_story_of_one_sentence_and_a_bad_one_is_a_fault(folder):
    (folder / "what-ifs" / "bad.toml").write_text('title = "Bad"\nwhy = "So."\n[[drop]]\ntable = "acts"\nid = "none"\n')
    opening = explored(folder).opening()
    (preset,) = opening["presets"]
    assert preset["why"] == "Nobody asked for it."
    assert preset["what_if"]["add"][0]["from"] == "2021-02-10"
    assert "W1 added" in preset["sentences"][0]
    assert [fault["file"] for fault in opening["faults"] if fault["level"] == "fault"] == ["bad.toml"]
    assert opening["usable"]


def test_first_sentence_does_not_end_at_a_point_inside_a_number_or_name():
    assert first_sentence("It rose by 0.8 e.g. there. Then it fell.") == "It rose by 0.8 e.g. there."


def test_without_coordinates_there_is_no_map(folder):
    rows = [line.split(",") for line in PLACES.splitlines()]
    lat, lon = rows[0].index("lat"), rows[0].index("lon")
    for row in rows[1:]:
        row[lat], row[lon] = "0", "0"
    (folder / "places.csv").write_text("\n".join(map(",".join, rows)) + "\n")
    opening = explored(folder).opening()
    assert opening["usable"]
    assert opening["map"] is None
    assert all(place["x"] is None for place in opening["places"])
