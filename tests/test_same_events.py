"""The same event in two catalogues."""

import datetime as dt

import pytest

from event_exports import DAY, events
from sample_exports import sample, samples
from tiau.building.events import same_events
from tiau.readers.exports.findings import FoundEvent, Spot


def found(source="ACLED", name="A", start="2023-06-15", end=None, lat=13.4526, lon=22.4473, **given):
    cells = {"kind": "armed clash", "fatalities": 20.0} | given
    spot = cells.pop("spot", None) or Spot("place", "El Geneina", lat=lat, lon=lon)
    days = dt.date.fromisoformat(start), dt.date.fromisoformat(end or start)
    return FoundEvent(rows=(2,), source=source, source_id=name, start=days[0], end=days[1], spot=spot, **cells)


def ged(name="1", **given):
    return found("UCDP GED", name, **{"kind": "state-based conflict"} | given)


def pairs(*given):
    return [(same.kept.source_id, same.other.source_id) for same in same_events(given)]


@samples
def test_four_files_hold_112_events_six_of_them_twice():
    all_events = {}
    for name in ("acled-old.csv", "acled-new.csv", "ged-hxl.csv", "ged.csv"):
        all_events |= events(sample(name))
    assert pairs(*all_events.values()) == [
        ("SUD18011", "490101"), ("SUD18022", "490102"), ("SUD18033", "490103"), ("SUD18036", "490104"),
        ("SUD20110", "490105"), ("SUD21007", "490106"),
    ]  # fmt: skip
    assert len(all_events) - 6 == 112


@samples
def test_the_pairs_do_not_hang_on_the_release_or_the_order():
    acled_events = events(sample("acled-old.csv")) | events(sample("acled-new.csv"))
    ged_events = events(sample("ged.csv")) | events(sample("ged-hxl.csv"))
    given = [*ged_events.values(), *acled_events.values()][::-1]
    assert len(pairs(*given)) == 6


@pytest.mark.parametrize(
    "other",
    [
        {"start": "2023-06-17"},
        {"start": "2023-06-13"},
        {"start": "2023-06-10", "end": "2023-06-16"},
        {"lat": 13.4755, "lon": 22.4853},
        {"fatalities": 60.0},
        {"fatalities": None},
        {"fatalities": 5.0, "low": 5.0, "high": 30.0},
    ],
)
def test_two_entries_that_may_be_one_event_are_one(other):
    assert pairs(found(), ged(**other)) == [("A", "1")]


@pytest.mark.parametrize(
    "other",
    [
        {"start": "2023-06-18"},
        {"start": "2023-06-01", "end": "2023-06-30"},
        {"lat": 13.55},
        {"fatalities": 61.0},
        {"kind": "one-sided violence against civilians"},
        {"kind": "peaceful protest", "fatalities": 0.0},
        {"spot": Spot("admin1", "West Darfur", lat=13.4526, lon=22.4473)},
        {"spot": Spot("place", "El Geneina")},
        {"place_precision_km": 50.0},
    ],
)
def test_two_entries_that_differ_are_two_events(other):
    assert pairs(found(), ged(**other)) == []


def test_few_dead_may_differ_by_five():
    assert pairs(found(fatalities=0.0), ged(fatalities=5.0)) == [("A", "1")]
    assert pairs(found(fatalities=0.0), ged(fatalities=6.0)) == []


def test_one_catalogue_holds_no_event_twice():
    assert pairs(found(name="A"), found(name="B")) == []
    assert pairs() == []


def test_an_event_is_one_with_one_other_the_most_like_it():
    given = [found(name="A", fatalities=20.0), found(name="B", fatalities=30.0), found(name="C", start="2023-06-16")]
    assert pairs(*given, ged("1", fatalities=31.0), ged("2", fatalities=21.0)) == [("A", "2"), ("B", "1")]


def test_far_longitudes_meet_at_the_date_line():
    assert pairs(found(lat=0.0, lon=179.99), ged(lat=0.0, lon=-179.99)) == [("A", "1")]


def test_what_is_known_better_is_kept():
    assert pairs(found(start="2023-06-12", end="2023-06-18"), ged()) == [("1", "A")]
    assert pairs(found(place_precision_km=25.0), ged()) == [("1", "A")]
    assert pairs(ged(), found(known_on=DAY(2023, 6, 20))) == [("A", "1")]


def test_the_reasons_are_told_in_words():
    (same,) = same_events([found(), ged(start="2023-06-16", lat=13.4755, lon=22.4853, fatalities=31.0)])
    assert same.reasons == "1 day apart, 5 km apart, armed clash and state-based conflict, 20 and 31 dead"


def test_events_of_many_places_and_days_are_told_apart_as_one_by_one():
    spots = [Spot("place", f"P{n}", lat=10 + n % 7 * 0.03, lon=20 + n // 7 * 0.03) for n in range(49)]
    given = [
        FoundEvent(rows=(n,), source=source, source_id=f"{source} {n}", start=day, end=day, kind="shelling",
                   spot=spots[n * step % 49], fatalities=float(n % 11))
        for source, step in (("ACLED", 5), ("UCDP GED", 8)) for n in range(400)
        for day in [DAY(2023, 1, 1) + dt.timedelta(n * step % 97)]
    ]  # fmt: skip
    same = same_events(given)
    left = {id(event) for event in given} - {id(event) for pair in same for event in (pair.kept, pair.other)}
    for pair in same:
        assert abs((pair.kept.start - pair.other.start).days) <= 2
        assert pairs(pair.kept, pair.other)
    loose = [event for event in given if id(event) in left]
    first, second = ([event for event in loose if event.source == name] for name in ("ACLED", "UCDP GED"))
    assert not any(pairs(one, other) for one in first[:60] for other in second[:60])
    assert same
