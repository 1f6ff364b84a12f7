"""Imports that follow each other, or disagree: no number changes, doubles or goes stale without a word."""

import csv
import datetime as dt

import pytest

import exports_toy as toy
from test_import import DAY, brought, row, rows, toy_scenario
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


# Events: which is which.


def test_ids_with_blanks_in_them_name_one_event_each(tmp_path):
    for fatalities, stamp in ((5, 1_690_000_000), (90, NEWER)):
        named = (("SUD 9", "2023-05-11"), ("SUD; 10", "2023-05-21"))
        found = [toy.event(9, day, fatalities=fatalities, stamp=stamp, event_id_cnty=name) for name, day in named]
        brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(*found)))
    assert row(tmp_path, "events", "SUD 9")["source_id"] == "ACLED SUD-9"
    assert row(tmp_path, "events", "SUD, 10")["source_id"] == "ACLED SUD,-10"
    assert [line["fatalities"] for line in rows(tmp_path, "events")] == ["5", "5", "90", "90"]


def test_an_event_that_was_typed_is_not_overwritten_by_another_of_its_id(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    edited(tmp_path, "events", "SUD2", event="SUD7", source_id="", start="2023-08-01", end="2023-08-01")
    before = row(tmp_path, "events", "SUD7")
    brought(tmp_path, toy.write(tmp_path, more_csv=toy.events(toy.event(7, "2023-05-11", stamp=NEWER))))
    assert row(tmp_path, "events", "SUD7") == before
    assert row(tmp_path, "events", "acled-SUD7")["start"] == "2023-05-11"
    again = brought(tmp_path, toy.write(tmp_path, more_csv=toy.events(toy.event(7, "2023-05-11", stamp=NEWER))))
    assert not any(table.changed for table in again.tables)


def test_an_event_whose_region_alone_differs_between_files_is_asked_about(tmp_path):
    east = toy.event(9, "2023-05-01", "East", "", 10, geo_precision=3, time_precision=2, admin1="East")
    brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(VAGUE), other_csv=toy.events(east)))
    assert told(tmp_path, "other.csv")["2"]["what"] == "question"


UCDP = ("id", "relid", "year", "type_of_violence", "conflict_name", "dyad_name", "side_a", "side_b", "latitude",
        "longitude", "where_prec", "country", "adm_1", "adm_2", "where_coordinates", "date_prec", "date_start",
        "date_end", "best", "high", "low", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")  # fmt: skip


def ucdp(number, day, lat, lon, dead=6):
    given = {"id": number, "relid": f"SUD-2023-1-{number}", "year": 2023, "type_of_violence": 3, "country": "Sudan",
             "conflict_name": "A - Civilians", "dyad_name": "A - Civilians", "side_a": "A", "side_b": "Civilians",
             "adm_1": "West", "adm_2": "Alpha", "where_coordinates": "Village", "where_prec": 1, "date_prec": 1,
             "latitude": lat, "longitude": lon, "date_start": day, "date_end": day, "best": dead, "high": dead,
             "low": dead}  # fmt: skip
    return toy.table(UCDP, [[given.get(name, 0) for name in UCDP]])


def test_a_second_catalogue_finds_an_event_at_its_point_however_far_its_place_is(tmp_path):
    village = toy.event(9, "2023-05-11", "Village", "Alpha", latitude=13.55, longitude=22.60)
    brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(village)))
    brought(tmp_path, toy.write(tmp_path, ged_csv=ucdp(4711, "2023-05-11", 13.55, 22.60)))
    assert told(tmp_path, "ged.csv")["2"]["what"] == "same event"
    assert row(tmp_path, "events", "SUD9")["source_id"] == "ACLED SUD9; UCDP GED 4711"


def test_an_event_of_three_catalogues_is_one(tmp_path):
    from tiau.building.importing import prepare
    from tiau.building.merging.events import Happenings
    from tiau.building.merging.reports import Source
    from tiau.readers.exports.answers import Answers
    from tiau.readers.exports.findings import FoundEvent, Spot

    brought(tmp_path, toy.base(tmp_path))
    plan = prepare([tmp_path / "events.csv"], tmp_path / "mine", today=DAY)
    spot, day = Spot("place", "Beta", country="Sudan", lat=13.10, lon=22.15), dt.date(2023, 9, 1)
    source = Source("f.csv", "x", Answers(), DAY)
    found = [
        (FoundEvent(rows=(2,), source=name, source_id="E1", start=day, end=day, spot=spot, kind="armed clash",
                    fatalities=5.0, known_on=day), source)
        for name in ("A", "B", "C")
    ]  # fmt: skip
    events = plan.tables[2]
    outcomes = Happenings(events, plan.where).merge(found)
    assert [outcome.what for outcome in outcomes] == ["added", "same event", "same event"]
    assert {outcome.id for outcome in outcomes} == {"E1"}
    assert events.cell("E1", "source_id") == "A E1; B E1; C E1"


def test_an_event_that_was_typed_is_not_doubled_by_the_catalogue_that_has_it_and_stays_as_it_is(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    edited(tmp_path, "events", "SUD2", event="raid on Beta", source_id="", source="a newspaper", known_on="2023-06-02")
    for fatalities, stamp in ((5, NEWER), (7, NEWER + 90_000)):
        same = toy.event(7, "2023-06-01", "Beta", "Betaland", fatalities, stamp=stamp)
        brought(tmp_path, toy.write(tmp_path, more_csv=toy.events(same)))
        found = row(tmp_path, "events", "raid on Beta")
        assert len(rows(tmp_path, "events")) == 2
        assert found["source_id"] == "by hand raid-on-Beta; ACLED SUD7"
        assert (found["fatalities"], found["known_on"], found["source"]) == ("5", "2023-06-02", "a newspaper")
        assert told(tmp_path, "more.csv")["2"]["what"] == "same event"
