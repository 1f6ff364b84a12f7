"""Imports that follow each other, or disagree: no number changes, doubles or goes stale without a word."""

import csv

import pytest

import exports_toy as toy
from test_import import brought, row, rows, toy_scenario
from tiau.scenario.severity import severity_by_rule

NEWER = 1_700_000_000


def told(folder, file):
    return {line["row"]: line for line in rows(folder, "import") if line["file"] == file}


def edited(folder, name, key, **cells):
    """Write cells of a row by hand."""
    path = folder / "mine" / f"{name}.csv"
    lines = rows(folder, name)
    for line in lines:
        if next(iter(line.values())) == key:
            line.update(cells)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, lines[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


# Events: what is known better later.

VAGUE = toy.event(9, "2023-05-01", "West", "Alpha", 10, geo_precision=3, time_precision=2)
KNOWN = toy.event(9, "2023-05-01", "Alpha", "Alpha", 500, stamp=NEWER)


def test_an_event_whose_town_is_known_later_loses_its_share_and_its_spread(tmp_path):
    brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(VAGUE)))
    brought(tmp_path, toy.write(tmp_path, more_csv=toy.events(KNOWN)))
    found = row(tmp_path, "events", "SUD9")
    assert (found["place"], found["fatalities"], found["severity"], found["estimated"]) == ("Alpha", "500", "", "")
    assert (found["date_precision_days"], found["note"]) == ("", "")


def test_a_share_follows_the_dead(tmp_path):
    brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(VAGUE)))
    later = toy.event(9, "2023-05-01", "West", "Alpha", 1_000, geo_precision=3, stamp=NEWER)
    brought(tmp_path, toy.write(tmp_path, more_csv=toy.events(later)))
    assert float(row(tmp_path, "events", "SUD9")["severity"]) == pytest.approx(4 / 3)


def test_a_severity_that_was_written_over_a_share_stays(tmp_path):
    brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(VAGUE)))
    edited(tmp_path, "events", "SUD9", severity="1")
    brought(tmp_path, toy.write(tmp_path, more_csv=toy.events(KNOWN)))
    assert row(tmp_path, "events", "SUD9")["severity"] == "1"


def test_an_event_that_is_set_on_a_district_is_shared_among_its_places(tmp_path):
    far = toy.event(9, "2023-05-01", "Farvillage", "Alpha", 10, latitude=14.9, longitude=23.9)
    brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(far)))
    found = row(tmp_path, "events", "SUD9")
    homes = len(toy_scenario(tmp_path).names.members(found["place"]))
    assert homes == 2
    assert float(found["severity"]) * homes == pytest.approx(severity_by_rule(found["kind"], 10))
    assert found["estimated"] == "yes"
