"""Exports of UCDP GED, row for row as ../shared/exports/README.md says, and variants of their layouts."""

import json

import pytest

from event_exports import DAY, days, events, reasons, table
from sample_exports import EXPORTS, of, read, sample, samples
from tiau.readers.exports.findings import FoundEvent, Remark
from tiau.scenario.severity import severity_by_rule


@samples
def test_ged_of_hdx_has_24_events():
    findings = sample("ged-hxl.csv")
    assert len(events(findings)) == 24
    assert sorted(row for finding in findings for row in finding.rows) == list(range(3, 27))
    assert {event.known_on for event in events(findings).values()} == {None}


@samples
@pytest.mark.parametrize(
    ("file", "name", "when", "tier", "place", "dead"),
    [
        ("ged-hxl.csv", "490101", ("2023-04-24", "2023-04-24"), "place", "El Geneina", (21, 21, 21)),
        ("ged-hxl.csv", "490102", ("2023-05-27", "2023-05-27"), "place", "El Geneina", (28, 28, 28)),
        ("ged-hxl.csv", "490103", ("2023-06-14", "2023-06-16"), "place", "El Geneina", (58, 58, 58)),
        ("ged-hxl.csv", "490302", ("2023-07-01", "2023-07-31"), "admin1", "West Darfur", (12, 12, 40)),
        ("ged-hxl.csv", "490301", ("2023-05-01", "2023-12-31"), "country", "Sudan", (20, 45, 90)),
        ("ged-hxl.csv", "490213", ("2023-09-10", "2023-09-10"), "place", "Ardamata", (0, 0, 15)),
        ("ged.csv", "490103", ("2023-06-14", "2023-06-16"), "place", "El Geneina", (58, 71, 71)),
        ("ged.csv", "490105", ("2023-08-23", "2023-08-23"), "place", "Nyala", (30, 33, 33)),
        ("ged.csv", "490303", ("2023-10-09", "2023-10-15"), "place", "El Fasher", (0, 0, 8)),
        ("ged.csv", "490106", ("2023-11-03", "2023-11-05"), "place", "Ardamata", (110, 110, 110)),
    ],
)
def test_events_of_ged_are_as_listed(file, name, when, tier, place, dead):
    event = events(sample(file))[name]
    assert (days(event), event.spot.tier, event.spot.name) == (when, tier, place)
    assert (event.low, event.fatalities, event.high) == dead
    assert (event.spot.lat is None) == (tier != "place")


@samples
def test_both_releases_of_ged_have_39_events_and_do_not_say_which_is_newer():
    hdx, own = events(sample("ged-hxl.csv")), events(sample("ged.csv"))
    assert (len(own), len(hdx | own)) == (20, 39)
    assert set(hdx) & set(own) == {"490101", "490103", "490104", "490105", "490301"}
    assert {event.changed for event in (hdx | own).values()} == {""}
    differ = {name for name in set(hdx) & set(own) if hdx[name].fatalities != own[name].fatalities}
    assert differ == {"490103", "490105"}


@samples
@pytest.mark.parametrize(("name", "head"), [("ged.csv", 1), ("ged-hxl.csv", 2)])
def test_ged_without_a_heading_is_known_by_what_it_holds(tmp_path, name, head):
    lines = (EXPORTS / name).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "GEDEvent_v24_0_3.csv").write_text("".join(lines[head:]), encoding="utf-8")
    found = read(tmp_path / "GEDEvent_v24_0_3.csv")
    expected = events(sample(name))
    assert {name: (days(e), e.spot, e.low, e.fatalities, e.high) for name, e in events(found).items()} == {
        name: (days(e), e.spot, e.low, e.fatalities, e.high) for name, e in expected.items()
    }
    assert min(event.rows for event in of(FoundEvent, found)) == (1,)


GED = {
    "id": "1", "relid": "SDN-2023-1-1", "year": "2023", "type_of_violence": "1", "source_date": "2023-06-17",
    "where_prec": "1", "where_coordinates": "El Geneina town", "adm_1": "West Darfur state",
    "adm_2": "Ag Geneina district", "latitude": "13.4526", "longitude": "22.4473", "country": "Sudan",
    "date_prec": "1", "date_start": "2023-06-15 00:00:00.000", "date_end": "2023-06-15 00:00:00.000", "best": "5",
    "high": "9", "low": "4",
}  # fmt: skip


def ged_event(folder, **cells):
    path = folder / "ged.csv"
    path.write_text(table([GED | cells]))
    (event,) = events(read(path)).values()
    return event


@pytest.mark.parametrize(
    ("precision", "tier", "name", "km"),
    [
        ("1", "place", "El Geneina", None),
        ("2", "place", "El Geneina", 25),
        ("3", "admin2", "Ag Geneina", None),
        ("4", "admin1", "West Darfur", None),
        ("5", "point", "El Geneina", 50),
        ("6", "country", "Sudan", None),
        ("7", "point", "El Geneina", None),
    ],
)
def test_where_an_event_of_ged_is_known_to_be(tmp_path, precision, tier, name, km):
    event = ged_event(tmp_path, where_prec=precision)
    assert (event.spot.tier, event.spot.name, event.place_precision_km) == (tier, name, km)
    assert (event.spot.lat is not None) == (tier in ("place", "point"))


def test_a_division_that_is_not_named_is_the_one_above(tmp_path):
    assert ged_event(tmp_path, where_prec="3", adm_2="").spot.name == "West Darfur"
    assert ged_event(tmp_path, where_prec="4", adm_1="").spot.tier == "country"


@pytest.mark.parametrize(
    ("precision", "end", "when", "days_off"),
    [
        ("1", "15", ("06-15", "06-15"), None),
        ("1", "17", ("06-15", "06-17"), None),
        ("2", "17", ("06-15", "06-17"), 2),
        ("3", "21", ("06-15", "06-21"), 6),
        ("2", "15", ("06-12", "06-18"), 6),
        ("4", "15", ("06-01", "06-30"), 29),
        ("5", "15", ("01-01", "12-31"), 364),
    ],
)
def test_when_an_event_of_ged_is_known_to_be(tmp_path, precision, end, when, days_off):
    event = ged_event(tmp_path, date_prec=precision, date_end=f"2023-06-{end} 00:00:00.000")
    assert days(event) == tuple(f"2023-{day}" for day in when)
    assert event.date_precision_days == days_off


def test_the_first_day_on_which_a_source_told_of_an_event_is_its_publication(tmp_path):
    event = ged_event(tmp_path, source_date="2023-06-20;2023-06-17;2023-07-01")
    assert (event.published, event.known_on) == (DAY(2023, 6, 17), None)


def test_an_event_that_ends_before_it_starts_is_left_out(tmp_path):
    path = tmp_path / "ged.csv"
    path.write_text(table([GED | {"date_end": "2023-06-01"}]))
    assert reasons(read(path)) == {("", 2): "ends (2023-06-01) before it starts (2023-06-15)"}


@pytest.mark.parametrize(
    ("violence", "kind"),
    [("1", "state-based conflict"), ("2", "non-state conflict"), ("3", "one-sided violence against civilians")],
)
def test_kinds_of_ged_are_violence(tmp_path, violence, kind):
    event = ged_event(tmp_path, type_of_violence=violence)
    assert event.kind == kind
    assert severity_by_rule(kind, 10) == 2


def test_one_page_of_an_answer_of_ucdp_is_told(tmp_path):
    record = GED | {"date_start": "2023-06-15T00:00:00", "date_end": "2023-06-15T00:00:00", "best": 5, "where_prec": 1}
    answer = {"TotalCount": 2000, "TotalPages": 2, "NextPageUrl": "https://example.org/1", "Result": [record]}
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer))
    findings = read(path)
    (event,) = events(findings).values()
    assert (event.start, event.fatalities) == (DAY(2023, 6, 15), 5)
    assert "2000" in of(Remark, findings)[0].text
    path.write_text(json.dumps(answer | {"NextPageUrl": ""}))
    assert not of(Remark, read(path))
