"""Exports of ACLED, row for row as ../shared/exports/README.md says, sums of a month, and variants of their layouts."""

import json
from collections import Counter

import pytest

from event_exports import DAY, days, events, reasons, table
from sample_exports import of, read, sample, samples
from tiau.readers.exports.acled import kind_of
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import Asked, FoundEvent, Remark, Spot
from tiau.scenario.severity import severity_by_rule

# --- ACLED ---


ACLED = {
    "event_id_cnty": "SUD1", "event_date": "15 June 2023", "year": "2023", "time_precision": "1",
    "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Military", "country": "Sudan",
    "admin1": "West Darfur", "admin2": "Ag Geneina", "admin3": "", "location": "El Geneina", "latitude": "13.4526",
    "longitude": "22.4473", "geo_precision": "1", "notes": "Invented, with \"quotes\" and\na line break.",
    "fatalities": "5", "timestamp": "1687356184",
}  # fmt: skip


def acled(folder, *rows, answers=None, mark=","):
    path = folder / "any name.csv"
    given = [ACLED | {"event_id_cnty": f"SUD{number}"} | row for number, row in enumerate(rows, 1)]
    path.write_text(table(given, mark), encoding="utf-8", newline="")
    return read(path, answers)


def acled_event(folder, **cells):
    return events(acled(folder, cells))["SUD1"]


@samples
def test_acled_until_2022_has_34_events_in_35_rows():
    findings = sample("acled-old.csv")
    found = events(findings)
    assert len(found) == 34
    assert reasons(findings) == {("", 12): "older version of SUD18015, see row 13"}
    assert sorted(row for finding in findings for row in finding.rows) == list(range(2, 37))
    assert Counter(event.spot.country for event in found.values()) == {"Sudan": 33, "Chad": 1}
    assert min(event.start for event in found.values()) == DAY(2023, 4, 17)
    assert max(event.end for event in found.values()) == DAY(2023, 6, 30)
    assert found["CHA1902"].spot.name == "Adre"


@samples
@pytest.mark.parametrize(
    ("name", "when", "place", "kind", "dead", "known"),
    [
        ("SUD18011", ("2023-04-24", "2023-04-24"), "El Geneina", "armed clash", 18, "2023-04-30"),
        ("SUD18015", ("2023-05-12", "2023-05-12"), "Ardamata", "shelling", 12, "2023-06-08"),
        ("SUD18022", ("2023-05-27", "2023-05-27"), "El Geneina", "attack on civilians", 31, "2023-06-02"),
        ("SUD18033", ("2023-06-15", "2023-06-15"), "El Geneina", "attack on civilians", 40, "2023-06-21"),
        ("SUD18029", ("2023-06-01", "2023-06-30"), "West Darfur", "attack on civilians", 10, "2023-06-07"),
    ],
)
def test_events_of_acled_until_2022_are_as_listed(name, when, place, kind, dead, known):
    event = events(sample("acled-old.csv"))[name]
    assert (days(event), event.spot.name, event.kind, event.fatalities, str(event.known_on)) == (
        when, place, kind, dead, known,
    )  # fmt: skip
    assert event.source == "ACLED"


@samples
def test_an_event_of_a_month_and_a_state_is_of_these():
    event = events(sample("acled-old.csv"))["SUD18029"]
    assert event.spot == Spot("admin1", "West Darfur", country="Sudan")
    assert event.date_precision_days == 29


@samples
def test_events_without_violence_are_kept_and_weigh_nothing():
    found = events(sample("acled-old.csv")) | events(sample("acled-new.csv"))
    peaceful = {name for name, event in found.items() if severity_by_rule(event.kind, event.fatalities) == 0}
    assert peaceful == {"SUD18019", "SUD18024", "SUD18027", "CHA1902", "SUD22310"}


@samples
def test_no_text_that_may_name_people_is_kept():
    assert {event.note for event in events(sample("acled-old.csv")).values()} == {""}


@samples
def test_acled_since_2023_has_48_events_three_of_them_again():
    old, new = events(sample("acled-old.csv")), events(sample("acled-new.csv"))
    assert len(new) == 48
    assert len(old | new) == 79
    assert set(old) & set(new) == {"SUD18033", "SUD18036", "SUD18040"}
    assert all(new[name].changed > old[name].changed for name in set(old) & set(new))
    assert (min(event.start for event in new.values()), max(event.end for event in new.values())) == (
        DAY(2023, 6, 15), DAY(2024, 3, 30),
    )  # fmt: skip
    assert {name: new[name].fatalities for name in ("SUD18033", "SUD18036", "SUD18040", "SUD20110", "SUD21007")} == {
        "SUD18033": 64, "SUD18036": 10, "SUD18040": 3, "SUD20110": 24, "SUD21007": 95,
    }  # fmt: skip
    assert (new["SUD20110"].spot.name, new["SUD20110"].start) == ("Nyala", DAY(2023, 8, 23))
    assert (new["SUD22401"].spot.tier, new["SUD22401"].spot.name) == ("admin1", "South Darfur")
    assert days(new["SUD22401"]) == ("2024-02-01", "2024-02-29")
    assert str(new["SUD18033"].known_on) == "2023-08-20"


@samples
def test_coordinates_without_their_last_zeros_are_the_same():
    assert events(sample("acled-new.csv"))["SUD18036"].spot.lat == events(sample("acled-old.csv"))["SUD18036"].spot.lat


@pytest.mark.parametrize(
    "text",
    ["15-Jun-23", "2023-06-15", "15 June 2023", "15/06/2023", "06/15/2023", "45092", "15 juin 2023", "15.6.2023"],
)
def test_days_as_spreadsheets_save_them(tmp_path, text):
    assert acled_event(tmp_path, event_date=text).start == DAY(2023, 6, 15)


def test_one_day_tells_the_order_of_its_column(tmp_path):
    found = events(acled(tmp_path, {"event_date": "03/04/2023"}, {"event_date": "04/25/2023"}))
    assert found["SUD1"].start == DAY(2023, 3, 4)


def test_an_order_that_no_row_tells_is_asked_for(tmp_path):
    rows = {"event_date": "03/04/2023"}, {"event_date": "15 June 2023"}
    findings = acled(tmp_path, *rows)
    (asked,) = of(Asked, findings)
    assert (asked.option, asked.rows, asked.choices) == ("dates", (2,), ("day-first", "month-first"))
    assert set(events(findings)) == {"SUD2"}
    answered = acled(tmp_path, *rows, answers=Answers(dates="day-first"))
    assert events(answered)["SUD1"].start == DAY(2023, 4, 3)
    assert not of(Asked, answered)


@pytest.mark.parametrize(
    ("text", "said"), [("", "no day"), ("soon", '"soon" is no day'), ("9999-12-31", '"9999-12-31" is no day')]
)
def test_a_row_without_a_day_says_so(tmp_path, text, said):
    assert reasons(acled(tmp_path, {"event_date": text}, {})) == {("", 2): said}


@pytest.mark.parametrize(
    ("precision", "when", "days_off"),
    [("1", ("15", "15"), None), ("", ("15", "15"), None), ("2", ("12", "18"), 6), ("3", ("01", "30"), 29)],
)
def test_days_known_roughly_are_spread(tmp_path, precision, when, days_off):
    event = acled_event(tmp_path, time_precision=precision)
    assert days(event) == tuple(f"2023-06-{day}" for day in when)
    assert event.date_precision_days == days_off


def test_an_event_near_a_town_is_at_it_within_some_km(tmp_path):
    event = acled_event(tmp_path, geo_precision="2")
    assert (event.spot.tier, event.spot.name, event.place_precision_km) == ("place", "El Geneina", 25)
    assert acled_event(tmp_path).place_precision_km is None


def test_an_event_of_a_region_is_not_at_the_capital_it_was_put_on(tmp_path):
    assert acled_event(tmp_path, geo_precision="3").spot == Spot("admin1", "West Darfur", country="Sudan")
    assert acled_event(tmp_path, geo_precision="3", admin1="").spot == Spot("country", "Sudan")


@pytest.mark.parametrize("order", [1, -1])
def test_the_row_changed_last_counts_wherever_it_stands(tmp_path, order):
    rows = [
        {"event_id_cnty": "SUD7", "fatalities": "7", "timestamp": "1684418584"},
        {"event_id_cnty": "SUD7", "fatalities": "12", "timestamp": "1686232984"},
        {"event_id_cnty": "SUD7", "fatalities": "9", "timestamp": "1685000000"},
    ]
    findings = acled(tmp_path, *rows[::order])
    assert events(findings)["SUD7"].fatalities == 12
    assert len(reasons(findings)) == 2


def test_of_rows_changed_at_once_the_last_counts(tmp_path):
    findings = acled(tmp_path, *({"event_id_cnty": "SUD7", "fatalities": dead} for dead in ("7", "12")))
    assert events(findings)["SUD7"].fatalities == 12
    assert reasons(findings) == {("", 2): "older version of SUD7, see row 3"}


def test_a_timestamp_is_a_day_of_utc(tmp_path):
    assert acled_event(tmp_path, timestamp="1687391999").known_on == DAY(2023, 6, 21)
    assert acled_event(tmp_path, timestamp="1687392000").known_on == DAY(2023, 6, 22)


def test_a_timestamp_that_a_spreadsheet_rounded_says_nothing(tmp_path):
    findings = acled(tmp_path, {"timestamp": "1.69E+09"}, {})
    found = events(findings)
    assert (found["SUD1"].known_on, found["SUD1"].changed) == (None, "")
    assert found["SUD2"].known_on
    (remark,) = of(Remark, findings)
    assert remark.rows == (2,)


@pytest.mark.parametrize(("text", "dead"), [("0", 0), ("", None), ("n/a", None), ("1,204", 1204), ("12", 12)])
def test_fatalities_are_as_given_and_blank_is_not_0(tmp_path, text, dead):
    assert acled_event(tmp_path, fatalities=text).fatalities == dead


def test_semicolons_and_decimal_commas(tmp_path):
    findings = acled(tmp_path, {"latitude": "13,115", "longitude": "22,4473"}, mark=";")
    assert (events(findings)["SUD1"].spot.lat, events(findings)["SUD1"].spot.lon) == (13.115, 22.4473)


@pytest.mark.parametrize(("lat", "lon"), [("", "22.4"), ("0", "0"), ("91.5", "22.4"), ("13.4", "far")])
def test_a_point_that_is_none_leaves_the_name(tmp_path, lat, lon):
    spot = acled_event(tmp_path, latitude=lat, longitude=lon).spot
    assert (spot.name, spot.lat, spot.lon) == ("El Geneina", None, None)


@pytest.mark.parametrize("wrapped", [True, False])
def test_answers_of_the_api(tmp_path, wrapped):
    records = [ACLED | {"latitude": 13.4526, "fatalities": 5, "time_precision": 2, "geo_precision": 3,
                        "timestamp": 1687356184, "event_date": "2023-06-15"}]  # fmt: skip
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"status": 200, "count": 1, "data": records} if wrapped else records))
    (event,) = events(read(path)).values()
    assert (days(event), event.fatalities, event.spot.tier) == (("2023-06-12", "2023-06-18"), 5, "admin1")
    assert (event.known_on, event.rows) == (DAY(2023, 6, 21), (1,))


def test_columns_may_lack_and_stand_in_any_order(tmp_path):
    kept = ("timestamp", "longitude", "latitude", "location", "event_type", "event_date", "event_id_cnty")
    path = tmp_path / "export.csv"
    path.write_text(table([{key.upper(): ACLED[key] for key in kept}]))
    event = events(read(path))["SUD1"]
    assert (event.kind, event.fatalities, event.spot.name) == ("battle", None, "El Geneina")


def test_a_renamed_column_is_taken_and_told(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(table([{("event_location" if key == "location" else key): cell for key, cell in ACLED.items()}]))
    findings = read(path)
    assert events(findings)["SUD1"].spot.name == "El Geneina"
    assert '"event_location"' in of(Remark, findings)[0].text


@pytest.mark.parametrize(
    ("event_type", "sub_type", "kind", "severity"),
    [
        ("Battles", "Armed clash", "armed clash", 1),
        ("Battles", "Government regains territory", "battle: government regains territory", 1),
        ("Battles", "", "battle", 1),
        ("Explosions/Remote violence", "Shelling/artillery/missile attack", "shelling", 1),
        ("Explosions/Remote violence", "Air/drone strike", "air strike", 1),
        ("Violence against civilians", "Attack", "attack on civilians", 1),
        ("Violence against civilians", "Sexual violence", "violence against civilians: sexual violence", 1),
        ("Riots", "Mob violence", "riot: mob violence", 0.5),
        ("Riots", "Violent demonstration", "riot: violent demonstration", 0.5),
        ("Protests", "Peaceful protest", "peaceful protest", 0),
        ("Protests", "Protest with intervention", "protest with intervention", 0),
        ("Protests", "Excessive force against protesters", "excessive force against protesters", 1),
        ("Protests", "", "protest", 0),
        ("Strategic developments", "Looting/property destruction",
         "strategic development: looting/property destruction", 0),
        ("Strategic developments", "Other", "strategic development: other", 0),
        ("Battle-No change of territory", "", "battle-no change of territory", 1),
    ],
)  # fmt: skip
def test_kinds_are_words_that_the_rule_of_severity_knows(event_type, sub_type, kind, severity):
    assert kind_of(event_type, sub_type) == kind
    assert severity_by_rule(kind, 0) == severity


# --- ACLED by month ---


@samples
@pytest.mark.parametrize(("name", "rows"), [("acled-hdx.xlsx", 6 + 36 + 33), ("hapi-conflict-events.csv", 41)])
def test_sums_of_a_month_are_no_events(name, rows):
    findings = sample(name)
    assert not of(FoundEvent, findings)
    assert len(reasons(findings)) == rows
    assert all("added up over a month" in reason for reason in reasons(findings).values())


@samples
def test_sums_that_are_asked_for_are_events_over_the_month():
    findings = sample("acled-hdx.xlsx", Answers(aggregates=True))
    assert Counter(event.sheet for event in of(FoundEvent, findings)) == {"Non_HRP": 5, "HRP_1": 21, "HRP_2": 5}
    assert len(reasons(findings)) + 31 == 6 + 36 + 33
    june = {event.spot.code: event for event in of(FoundEvent, findings) if event.start == DAY(2023, 6, 1)}
    assert (days(june["SD04001"]), june["SD04001"].fatalities) == (("2023-06-01", "2023-06-30"), 412)
    assert june["SD04001"].spot == Spot("admin2", "Ag Geneina", "SD04001", country="Sudan", admin1="West Darfur")
    assert "37" in june["SD04001"].note
    assert "SD04004" not in june
    assert len(events(findings)) == 31


@samples
def test_sums_of_hapi_that_are_asked_for():
    findings = sample("hapi-conflict-events.csv", Answers(aggregates=True))
    found = [event for event in of(FoundEvent, findings) if event.spot.code == "SD04001" and event.start.month == 6]
    assert {(event.kind, *days(event), event.fatalities) for event in found} == {
        ("political violence", "2023-06-01", "2023-06-30", 390),
        ("civilian targeting", "2023-06-01", "2023-06-30", 301),
    }
    assert len(events(findings)) == 19
    assert reasons(findings)["", 42] == "no place: Unknown locality (Non matching p-code)"
    assert Counter(event.kind for event in of(FoundEvent, findings)).keys() == {
        "political violence", "civilian targeting",
    }  # fmt: skip


def by_month(folder, *rows):
    path = folder / "sums.csv"
    path.write_text(table([{"Country": "Sudan", "Admin1": "West Darfur", "Month": "6", "Year": "2023", "Events": "3",
                            "Fatalities": ""} | row for row in rows]))  # fmt: skip
    return read(path, Answers(aggregates=True))


def test_dead_of_a_sum_that_are_not_given_are_not_0(tmp_path):
    (event,) = events(by_month(tmp_path, {})).values()
    assert (event.fatalities, days(event), event.spot.tier) == (None, ("2023-06-01", "2023-06-30"), "admin1")
    assert " " not in event.source_id


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Events": "-"}, "no number of events"),
        ({"Month": "spring"}, "no month"),
        ({"Events": "0", "Fatalities": "0"}, "no events in the month"),
    ],
)
def test_sums_that_say_nothing_are_left_out(tmp_path, row, reason):
    assert reasons(by_month(tmp_path, {"Month": "5"}, row)) == {("", 3): reason}


def test_a_sum_given_twice_is_one_event(tmp_path):
    findings = by_month(tmp_path, {}, {})
    assert len(events(findings)) == 1
    assert reasons(findings) == {("", 3): "says the same area and month as row 2"}
