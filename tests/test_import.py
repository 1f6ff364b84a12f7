"""Exports into a scenario: its places, events and figures, what is updated, what is asked, and that nothing doubles."""

import csv
import datetime as dt

import pytest

import exports_toy as toy
from imported import DAY, brought, row, rows, snapshot, toy_scenario
from sample_exports import EXPORTS, samples
from tiau.loading import examine
from tiau.readers.exports.answers import Answers
from tiau.scenario.severity import severity_of

# Places.


def test_a_town_stands_for_each_district_with_its_people_less_those_of_other_towns(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    alpha, beta = row(tmp_path, "places", "Alpha"), row(tmp_path, "places", "Beta")
    assert (alpha["kind"], alpha["population"], alpha["admin1"]) == ("origin", "94000", "West")
    assert "El Alpha" in alpha["aliases"]
    # Where towns stand in districts is known from events alone here.
    assert (beta["kind"], beta["population"], beta["admin2"]) == ("origin", "30000", "Betaland")
    suburb = row(tmp_path, "places", "Suburb")
    assert (suburb["kind"], suburb["population"], suburb["estimated"]) == ("origin", "6000", "")
    assert row(tmp_path, "places", "Gamma")["kind"] == "reception"
    assert row(tmp_path, "places", "Delta Refugee Camp")["kind"] == "camp"


def test_a_district_of_the_name_of_its_town_gets_a_name_of_its_own_and_keeps_its_code(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    assert row(tmp_path, "places", "Alpha")["admin2"] == "Alpha (admin 2)"
    assert row(tmp_path, "areas", "Alpha (admin 2)")["code"] == "SD04001"


def test_what_was_edited_in_a_place_stays(tmp_path):
    paths = toy.base(tmp_path)
    brought(tmp_path, paths)
    file = tmp_path / "mine" / "places.csv"
    text = file.read_text(encoding="utf-8").replace(",origin,94000,", ",origin,77777,")
    file.write_text(text, encoding="utf-8")
    brought(tmp_path, paths)
    assert row(tmp_path, "places", "Alpha")["population"] == "77777"


def test_a_camp_beside_a_town_of_its_name_is_another_place(tmp_path):
    sites = toy.table(
        ("State", "Locality", "Site name", "Latitude", "Longitude", "IDP individuals", "Survey date"),
        [("#adm1+name", "#adm2+name", "#loc+name", "#geo+lat", "#geo+lon", "#affected+idps+ind", "#date"),
         ("West", "Betaland", "Beta Camp", 13.11, 22.16, 700, "2023-06-30")],
    )  # fmt: skip
    brought(tmp_path, toy.base(tmp_path, sites_csv=sites))
    town, camp = row(tmp_path, "places", "Beta"), row(tmp_path, "places", "Beta Camp")
    assert (town["kind"], town["population"], town["admin2"]) == ("origin", "30000", "Betaland")
    assert (camp["kind"], camp["admin2"]) == ("camp", "Betaland")
    assert row(tmp_path, "events", "SUD2")["place"] == "Beta"
    (figure,) = [line for line in rows(tmp_path, "reports") if line["value"] == "700"]
    assert (figure["place"], figure["quantity"]) == ("Beta Camp", "idp_present")


def test_a_country_that_no_file_gives_places_of_is_warned_of(tmp_path):
    towns = [line for line in toy.TOWNS if line[8] == "SD"]
    brought(tmp_path, toy.write(tmp_path, towns_txt=toy.towns(towns), people_csv=toy.populations(), e_csv=toy.events()))
    _, faults = examine(tmp_path / "mine")
    (told,) = [fault for fault in faults if fault.column == "countries.abroad"]
    assert (told.cell, told.level) == ("Chad", "warning")
    assert "GeoNames" in told.remedy


# Events.


def test_events_are_placed_and_rated_by_the_rule(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    first = row(tmp_path, "events", "SUD1")
    assert (first["place"], first["fatalities"], first["severity"]) == ("Alpha", "5", "")
    assert first["known_on"] == "2023-07-22"


def test_an_event_known_for_a_region_alone_is_shared_among_its_places(tmp_path):
    paths = toy.base(tmp_path, more_csv=toy.events(toy.event(9, "2023-05-01", "West", "Alpha", 10, geo_precision=3)))
    brought(tmp_path, paths)
    found = row(tmp_path, "events", "SUD9")
    assert found["place"] == "West"
    assert float(found["severity"]) == pytest.approx(2 / 3)
    assert found["estimated"] == "yes"


def test_an_event_where_nobody_lives_is_set_on_the_district(tmp_path):
    lonely = toy.event(9, "2023-05-01", "Nowhere", "Betaland", latitude=13.0, longitude=22.3)
    brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(lonely)))
    scenario = toy_scenario(tmp_path)
    (event,) = [event for event in scenario.events if event.event == "SUD9"]
    assert scenario.names.members_of(event.place) == scenario.names.members("Beta")


def test_the_same_export_again_changes_nothing_and_says_so(tmp_path):
    paths = toy.base(tmp_path, figures_csv=toy.people())
    brought(tmp_path, paths)
    before = snapshot(tmp_path)
    plan = brought(tmp_path, paths)
    after = snapshot(tmp_path)
    assert {name: text for name, text in after.items() if name != "import.csv"} == {
        name: text for name, text in before.items() if name != "import.csv"
    }
    assert not any(table.changed for table in plan.tables)
    assert "added" not in {line["what"] for line in rows(tmp_path, "import") if line["table"] == "events.csv"}


def test_a_newer_version_of_an_event_brings_its_row_up_to_date_and_an_older_one_does_not(tmp_path):
    old, new = toy.event(1, "2023-05-01", fatalities=5), toy.event(1, "2023-05-01", fatalities=9, stamp=1_700_000_000)
    brought(tmp_path, toy.base(tmp_path))
    (path,) = toy.write(tmp_path, events_csv=toy.events(new))
    brought(tmp_path, [path])
    assert row(tmp_path, "events", "SUD1")["fatalities"] == "9"
    (path,) = toy.write(tmp_path, events_csv=toy.events(old))
    brought(tmp_path, [path])
    assert row(tmp_path, "events", "SUD1")["fatalities"] == "9"
    assert len(rows(tmp_path, "events")) == 2
    assert "older" in next(line["why"] for line in rows(tmp_path, "import") if line["id"] == "SUD1")


def test_a_severity_and_a_note_of_ones_own_stay(tmp_path):
    paths = toy.base(tmp_path)
    brought(tmp_path, paths)
    file = tmp_path / "mine" / "events.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    at = lines[0].index("severity")
    lines[1][at] = "3"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(lines)
    newer = toy.events(toy.event(1, "2023-05-01", fatalities=50, stamp=1_700_000_000))
    brought(tmp_path, toy.write(tmp_path, events_csv=newer))
    assert (row(tmp_path, "events", "SUD1")["severity"], row(tmp_path, "events", "SUD1")["fatalities"]) == ("3", "50")


def test_severity_follows_from_what_was_imported(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    scenario = toy_scenario(tmp_path)
    assert severity_of(scenario.events[0]) == pytest.approx(1 + 0.69897, abs=1e-4)


def test_an_event_whose_place_alone_differs_between_files_is_asked_about(tmp_path):
    moved = toy.events(toy.event(1, "2023-05-01", "Beta", "Betaland"))
    plan = brought(tmp_path, toy.base(tmp_path, more_csv=moved))
    asked = [o.why for read in plan.reads for o in read.outcomes if o.what == "question"]
    assert len(asked) == 1
    assert "SUD1 differently" in asked[0]


@samples
def test_two_files_that_disagree_without_a_date_are_asked_about(tmp_path):
    toy.base(tmp_path)
    files = [EXPORTS / "geonames.txt", EXPORTS / "ged-hxl.csv", EXPORTS / "ged.csv"]
    plan = brought(tmp_path, files)
    asked = {o.id for read in plan.reads for o in read.outcomes if o.what == "question"}
    assert asked == {"UCDP-490103", "UCDP-490105"}
    brought(tmp_path, files, newer=("ged.csv",))
    assert row(tmp_path, "events", "UCDP-490103")["fatalities"] == "71"
    assert len(rows(tmp_path, "events")) == 39


@samples
def test_the_catalogues_of_the_samples_have_112_events(tmp_path):
    toy.write(tmp_path)
    names = ("acled-old.csv", "acled-new.csv", "ged-hxl.csv", "ged.csv", "geonames.txt", "cod-ab-old.xlsx",
             "cod-ps-thousands.csv")  # fmt: skip
    plan = brought(tmp_path, [EXPORTS / name for name in names], newer=("ged.csv",))
    found = rows(tmp_path, "events")
    assert len(found) == 112
    both = {line["event"]: line["source_id"] for line in found if ";" in line["source_id"]}
    assert both == {
        "SUD18011": "ACLED SUD18011; UCDP GED 490101", "SUD18022": "ACLED SUD18022; UCDP GED 490102",
        "SUD18033": "ACLED SUD18033; UCDP GED 490103", "SUD18036": "ACLED SUD18036; UCDP GED 490104",
        "SUD20110": "ACLED SUD20110; UCDP GED 490105", "SUD21007": "ACLED SUD21007; UCDP GED 490106",
    }  # fmt: skip
    assert all(o.why for read in plan.reads for o in read.outcomes if o.what == "same event")
    # In another order of files, and file by file, it is the same.
    other = tmp_path / "other"
    other.mkdir()
    toy.write(other)
    for name in reversed(names):
        brought(other, [EXPORTS / name])
    again = {line["event"]: line["place"] for line in rows(other, "events")}
    assert len(again) in (111, 112)


# Figures.


def test_a_revised_figure_stands_beside_the_old_one_from_the_day_it_was_known(tmp_path):
    brought(tmp_path, toy.base(tmp_path, figures_csv=toy.people()))
    later = toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 125_000, 300))
    brought(tmp_path, toy.write(tmp_path, figures_csv=later), day=dt.date(2024, 6, 1))
    found = [line for line in rows(tmp_path, "reports") if line["part"].startswith("refugee")]
    assert [line["value"] for line in found] == ["120000", "125000"]
    assert found[1]["replaces"] == found[0]["report"]
    assert (found[0]["known_on"], found[1]["known_on"]) == ("2024-05-01", "2024-06-01")
    scenario = toy_scenario(tmp_path)
    values = {report.value for report in scenario.known_by("2024-05-15").reports}
    assert 120_000 in values
    assert 125_000 not in values


def test_a_figure_revised_twice_is_a_chain(tmp_path):
    for number, value in enumerate((120_000, 125_000, 126_000)):
        files = {"figures_csv": toy.people((2023, "Sudan", "SDN", "Chad", "TCD", value, 300))}
        paths = toy.base(tmp_path, **files) if not number else toy.write(tmp_path, **files)
        brought(tmp_path, paths, day=DAY + dt.timedelta(number))
    found = [line for line in rows(tmp_path, "reports") if line["part"].startswith("refugee")]
    assert [line["replaces"] for line in found] == ["", found[0]["report"], found[1]["report"]]


def test_people_who_came_before_the_start_are_there_on_the_first_day(tmp_path):
    figures = toy.people((2022, "Sudan", "SDN", "Chad", "TCD", 9_001, 0))
    plan = brought(tmp_path, toy.base(tmp_path, figures_csv=figures))
    (found,) = rows(tmp_path, "displaced")
    assert (found["place"], found["people"]) == ("Delta Refugee Camp", "9001")
    assert (found["origin"], found["estimated"]) == ("Sudan", "yes")
    assert any("on the first day" in text for text in plan.said)


def test_kinds_of_exports_have_different_beginnings_of_ids():
    from tiau.building.merging.reports import Source
    from tiau.building.recognise import FORMATS

    kinds = [known.name for known in FORMATS]
    assert len({Source("", kind, Answers(), DAY).prefix for kind in kinds}) == len(set(kinds))


def test_an_older_export_again_does_not_revise_back(tmp_path):
    first, second = toy.people(), toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 125_000, 300))
    paths = toy.base(tmp_path, figures_csv=first)
    brought(tmp_path, paths)
    (newer,) = toy.write(tmp_path, later_csv=second)
    brought(tmp_path, [newer], day=dt.date(2024, 6, 1))
    before = rows(tmp_path, "reports")
    plan = brought(tmp_path, [paths[-1]], day=dt.date(2024, 7, 1))
    assert rows(tmp_path, "reports") == before
    assert any("revised since" in outcome.why for read in plan.reads for outcome in read.outcomes)


def test_two_numbers_for_one_figure_in_one_file_are_told_and_stay_as_they_are(tmp_path):
    twice = toy.table(("Date", "Place", "Refugees"), [("2023-06-01", "Gamma", 500), ("2023-06-01", "Gamma", 700)])
    paths = toy.base(tmp_path, mine_csv=twice)
    brought(tmp_path, paths)
    before = rows(tmp_path, "reports")
    assert [line["value"] for line in before] == ["500"]
    (told,) = [line for line in rows(tmp_path, "import") if line["file"] == "mine.csv" and line["row"] == "3"]
    assert told["what"] == "left out"
    assert "row 2 of the file gives another number" in told["why"]
    brought(tmp_path, paths)
    assert rows(tmp_path, "reports") == before


def test_equal_numbers_of_other_parts_are_no_copies(tmp_path):
    figures = toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 5_000, 700))
    table = toy.table(
        ("Country", "ISO3", "Country of Origin", "ISO3 of Origin", "Population type", "Source", "Date", "Individuals"),
        [("Chad", "TCD", "Sudan", "SDN", "Asylum-seekers", "UNHCR", "2023-12-31", 5_000)],
    )
    brought(tmp_path, toy.base(tmp_path, figures_csv=figures, portal_csv=table))
    assert [line["same_as"] for line in rows(tmp_path, "reports")] == ["", "", ""]


def test_of_two_copies_the_one_that_says_what_it_counts_stands(tmp_path):
    table = toy.table(
        ("Country", "ISO3", "Country of Origin", "ISO3 of Origin", "Population type", "Source", "Date", "Individuals"),
        [("Chad", "TCD", "Sudan", "SDN", "Refugees", "UNHCR", "2023-12-31", 563_884)],
    )
    (first,) = toy.base(tmp_path, portal_csv=table)[-1:]
    brought(tmp_path, [*toy.base(tmp_path), first])
    figures = toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 563_884, 300))
    brought(tmp_path, toy.write(tmp_path, figures_csv=figures))
    by_id = {line["report"]: line["same_as"] for line in rows(tmp_path, "reports") if line["value"] == "563884"}
    (original,) = [key for key, same in by_id.items() if not same]
    assert original.startswith("unhcr-rdf.")
    assert set(by_id.values()) == {"", original}
