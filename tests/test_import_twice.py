"""Imports that follow each other, or disagree: no number changes, doubles or goes stale without a word."""

import csv
import datetime as dt
from pathlib import Path

import pytest

import exports_toy as toy
from imported import DAY, brought, row, rows, toy_scenario
from sample_exports import EXPORTS, samples
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


# Figures: which count, and which are copies.

PORTAL = ("Country", "ISO3", "Country of Origin", "ISO3 of Origin", "Population type", "Source", "Date", "Individuals")


def portal(number, day="2023-12-31"):
    return toy.table(PORTAL, [("Chad", "TCD", "Sudan", "SDN", "Refugees", "UNHCR", day, number)])


def yearly(number, year=2023):
    return toy.people((year, "Sudan", "SDN", "Chad", "TCD", number, 0))


def of_origins(*origins, day="2023-03-01"):
    lines = [(day, "Delta Refugee Camp", origin, number) for origin, number in origins]
    return toy.table(("Date", "Place", "Origin", "Refugees"), lines)


def test_copies_of_a_figure_that_are_revised_alike_count_once(tmp_path):
    for number, day in ((120_000, DAY), (125_000, DAY + dt.timedelta(30))):
        paths = toy.base(tmp_path, figures_csv=yearly(number), portal_csv=portal(number))
        brought(tmp_path, paths, day=day)
    counting = {line["report"]: line["value"] for line in rows(tmp_path, "reports") if not line["same_as"]}
    gone = {line["replaces"] for line in rows(tmp_path, "reports")}
    assert [value for key, value in counting.items() if key not in gone] == ["125000"]


def test_a_bound_does_not_hide_the_exact_figure(tmp_path):
    media = toy.table(("Date", "Place", "Refugees"), [("2023-06-01", "Gamma", "more than 5,000")])
    register = toy.table(("Date", "Place", "Number of refugees"), [("2023-06-01", "Gamma", 5_000)])
    brought(tmp_path, toy.base(tmp_path, media_csv=media, register_csv=register))
    found = rows(tmp_path, "reports")
    assert [(line["bound"], line["same_as"]) for line in found] == [("at_least", ""), ("exact", "")]


@pytest.mark.parametrize("newer", ["a.csv", "b.csv"])
def test_the_file_that_is_said_to_be_newer_counts_in_whichever_order(tmp_path, newer):
    paths = toy.base(tmp_path, a_csv=yearly(125_000), b_csv=yearly(120_000))
    plan = brought(tmp_path, paths, newer=(newer,))
    assert not any(o.what == "question" for read in plan.reads for o in read.outcomes)
    gone = {line["replaces"] for line in rows(tmp_path, "reports")}
    counting = [line["value"] for line in rows(tmp_path, "reports") if line["report"] not in gone]
    assert counting == ["125000" if newer == "a.csv" else "120000"]


def test_figures_of_names_that_differ_in_vowel_signs_alone_are_two(tmp_path):
    table = toy.table(("Date", "Place", "Refugees"), [("2023-06-01", "မြို့", 500), ("2023-06-01", "မြူ", 700)])
    more = [(8, "မြို့", "", "", 13.3, 22.0, "P", "PPL", "TD", "12", 9_000),
            (9, "မြူ", "", "", 13.9, 21.5, "P", "PPL", "TD", "12", 9_000)]  # fmt: skip
    paths = toy.write(tmp_path, towns_txt=toy.towns(toy.TOWNS + more), people_csv=toy.populations(), mine_csv=table)
    brought(tmp_path, paths)
    assert {line["place"]: line["value"] for line in rows(tmp_path, "reports")} == {"မြို့": "500", "မြူ": "700"}


def test_an_origin_that_is_a_town_is_that_town(tmp_path):
    brought(tmp_path, toy.base(tmp_path, mine_csv=of_origins(("Alpha", 3_000), ("Stateless", 10))))
    found = {line["origin"]: line["not_scored"] for line in rows(tmp_path, "reports")}
    assert found["Alpha"] == ""
    assert "no country of this scenario" in found["Stateless"]


# People who are there on the first day.


def on_the_first_day(folder):
    return {(line["place"], line["origin"]): float(line["people"]) for line in rows(folder, "displaced")}


def test_two_sources_of_one_count_before_the_start_are_not_added_up(tmp_path):
    files = {"figures_csv": yearly(9_000, 2022), "portal_csv": portal(9_500, "2022-12-31")}
    plan = brought(tmp_path, toy.base(tmp_path, **files))
    assert on_the_first_day(tmp_path) == {("Delta Refugee Camp", "Sudan"): 9_000}
    assert any("not 9,500" in text for text in plan.said)


def test_parts_of_one_count_before_the_start_are_added_up(tmp_path):
    both = toy.people((2022, "Sudan", "SDN", "Chad", "TCD", 9_000, 400))
    brought(tmp_path, toy.base(tmp_path, figures_csv=both))
    assert on_the_first_day(tmp_path) == {("Delta Refugee Camp", "Sudan"): 9_400}


def test_people_of_several_origins_are_all_there_on_the_first_day(tmp_path):
    brought(tmp_path, toy.base(tmp_path, mine_csv=of_origins(("Alpha", 3_000), ("Beta", 2_000))))
    assert sorted(on_the_first_day(tmp_path).values()) == [2_000, 3_000]


def test_an_origin_within_another_is_not_added_to_it(tmp_path):
    brought(tmp_path, toy.base(tmp_path, mine_csv=of_origins(("Alpha", 3_000), ("Sudan", 6_000))))
    assert on_the_first_day(tmp_path) == {("Delta Refugee Camp", "Sudan"): 6_000}


def test_a_region_whose_figure_is_not_taken_for_that_of_a_camp_in_it_is_told(tmp_path):
    camp = toy.table(
        ("State", "Locality", "Site name", "Latitude", "Longitude", "IDP individuals", "Survey date"),
        [("#adm1+name", "#adm2+name", "#loc+name", "#geo+lat", "#geo+lon", "#affected+idps+ind", "#date"),
         ("West", "Betaland", "Beta Camp", 13.11, 22.16, 700, "2023-03-30")],
    )  # fmt: skip
    region = toy.table(("Date", "Place", "IDPs"), [("2023-03-31", "West", 100_000)])
    plan = brought(tmp_path, toy.base(tmp_path, sites_csv=camp, mine_csv=region))
    assert on_the_first_day(tmp_path) == {("Beta Camp", ""): 700}
    assert any("West: 100,000 people" in text and "are not put there" in text for text in plan.said)


# import.csv, populations and areas.


def test_import_csv_names_rows_that_are_there_and_nothing_is_added_twice(tmp_path):
    paths = toy.base(tmp_path, figures_csv=yearly(120_000))
    for _ in range(2):
        brought(tmp_path, paths)
        for line in rows(tmp_path, "import"):
            if line["id"] and line["what"] != "left out":
                table = rows(tmp_path, line["table"].removesuffix(".csv"))
                assert line["id"] in {next(iter(cells.values())) for cells in table}, line
    assert "added" not in {line["what"] for line in rows(tmp_path, "import")}


def test_a_newer_population_is_told_and_not_said_to_be_taken(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    plan = brought(tmp_path, toy.write(tmp_path, people_csv=toy.populations(alpha=200_000)))
    assert row(tmp_path, "places", "Alpha")["population"] == "94000"
    found = told(tmp_path, "people.csv")
    assert (found["2"]["what"], found["3"]["what"]) == ("left out", "given a population")
    assert any("Alpha" in text and "94,000" in text and "194,000" in text for text in plan.said)


def test_the_same_populations_again_are_no_others(tmp_path):
    paths = toy.base(tmp_path)
    brought(tmp_path, paths)
    plan = brought(tmp_path, paths)
    assert not any("keeps its population" in text for text in plan.said)
    assert {told(tmp_path, "people.csv")[number]["what"] for number in ("2", "3")} == {"given a population"}


def test_areas_of_one_name_and_other_codes_are_two(tmp_path):
    header = ("ADM0_EN", "ADM0_PCODE", "ADM1_EN", "ADM1_PCODE", "ADM2_EN", "ADM2_PCODE", "T_TL")
    people = [("Sudan", "SD", "West", "SD04", "Bassa", "SD04001", 100_000),
              ("Sudan", "SD", "East", "SD05", "Bassa", "SD05001", 70_000)]  # fmt: skip
    towns = [(8, "Bassa", "Bassa", "", 15.0, 30.0, "P", "PPLA2", "SD", "05", 20_000),
             (9, "Bassa", "Bassa", "", 13.0, 22.0, "P", "PPLA2", "SD", "04", 20_000)]  # fmt: skip
    known = toy.events(toy.event(1, "2023-05-01", "Bassa", "Bassa", latitude=15.0, longitude=30.0, admin1="East"),
                       toy.event(2, "2023-05-02", "Bassa", "Bassa", latitude=13.0, longitude=22.0))  # fmt: skip
    files = {"towns_txt": toy.towns(towns), "people_csv": toy.table(header, people), "events_csv": known}
    brought(tmp_path, toy.write(tmp_path, **files))
    again = brought(tmp_path, toy.write(tmp_path, **files))
    assert not any(table.changed for table in again.tables)
    assert {line["code"] for line in rows(tmp_path, "areas")} == {"SD04001", "SD05001"}
    found = {line["admin1"]: line["population"] for line in rows(tmp_path, "places")}
    assert found == {"West": "100000", "East": "70000"}
    region = {line["place"]: line["admin1"] for line in rows(tmp_path, "places")}
    assert [region[row(tmp_path, "events", key)["place"]] for key in ("SUD1", "SUD2")] == ["East", "West"]


def test_events_that_a_newer_export_of_their_days_lacks_are_told(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    days = {2: "2023-06-01", 3: "2023-04-20"}
    newer = [toy.event(number, day, "Beta", "Betaland", stamp=NEWER) for number, day in days.items()]
    plan = brought(tmp_path, toy.write(tmp_path, events_csv=toy.events(*newer)))
    assert row(tmp_path, "events", "SUD1")
    assert any("SUD1" in text and "withdrawn" in text for text in plan.said)
    again = brought(tmp_path, toy.write(tmp_path, events_csv=toy.events(newer[0])))
    assert not any("withdrawn" in text for text in again.said)
    abroad = [toy.event(number, day, "Gamma", country="Chad", stamp=NEWER) for number, day in days.items()]
    plan = brought(tmp_path, toy.write(tmp_path, events_csv=toy.events(*abroad)))
    assert not any("SUD1" in text for text in plan.said)
    older = [toy.event(number, day, "Beta", "Betaland", stamp=1_680_000_000) for number, day in days.items()]
    plan = brought(tmp_path, toy.write(tmp_path, events_csv=toy.events(*older)))
    assert not any("withdrawn" in text for text in plan.said)


@samples
def test_areas_and_crossings_of_import_csv_are_in_their_tables(tmp_path):
    toy.write(tmp_path)
    paths = [EXPORTS / name for name in ("cod-ab-old.xlsx", "cod-ps-thousands.csv", "border-crossings.xlsx")]
    for _ in range(2):
        brought(tmp_path, [*paths, EXPORTS / "geonames.txt"])
        for name in ("areas", "crossings"):
            there = {next(iter(cells.values())) for cells in rows(tmp_path, name)}
            told_of = [line for line in rows(tmp_path, "import") if line["table"] == f"{name}.csv"]
            assert {line["id"] for line in told_of if line["what"] != "left out"} <= there
    assert {line["what"] for line in told_of} == {"unchanged"}


def test_a_country_that_the_scenario_gets_later_has_its_figures_scored(tmp_path):
    paths = toy.base(tmp_path, figures_csv=toy.people((2023, "Sudan", "SDN", "Egypt", "EGY", 9_000, 0)))
    brought(tmp_path, paths)
    assert rows(tmp_path, "reports")[0]["not_scored"]
    settings = tmp_path / "mine" / "scenario.toml"
    settings.write_text(toy.SETTINGS.replace('["Chad"]', '["Chad", "Egypt"]'), encoding="utf-8")
    brought(tmp_path, paths)
    assert rows(tmp_path, "reports")[0]["not_scored"] == ""


def test_a_reason_of_ones_own_for_not_scoring_a_figure_stays(tmp_path):
    paths = toy.base(tmp_path, figures_csv=yearly(120_000))
    brought(tmp_path, paths)
    key = rows(tmp_path, "reports")[0]["report"]
    edited(tmp_path, "reports", key, not_scored="the count was stopped")
    brought(tmp_path, paths)
    assert row(tmp_path, "reports", key)["not_scored"] == "the count was stopped"


def test_a_place_that_an_export_puts_far_from_all_homes_is_told(tmp_path):
    swapped = toy.event(9, "2023-05-01", "Newtown", "", country="Chad", admin1="Lac", latitude=22.2, longitude=13.47)
    plan = brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(swapped)))
    assert any("Newtown: lies at 22.20, 13.47" in text for text in plan.said)


@pytest.mark.parametrize("moves", range(4))
def test_whoever_is_stopped_between_two_files_has_a_folder_that_is_sound_and_imports_again(
    tmp_path, monkeypatch, moves
):
    figures = {"figures_csv": yearly(9_000, 2022)}
    whole = tmp_path / "whole"
    whole.mkdir()
    brought(whole, toy.base(whole, **figures))
    paths = toy.base(tmp_path, **figures)
    done, moved = [], Path.replace

    def replace(self, target):
        if len(done) == moves:
            raise KeyboardInterrupt
        done.append(target)
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        brought(tmp_path, paths)
    monkeypatch.undo()
    names = toy_scenario(tmp_path).names
    for table, column in (("events", "place"), ("displaced", "place")):
        assert all(len(names.members(line[column])) for line in rows(tmp_path, table))
    brought(tmp_path, paths)
    for name in ("places", "areas", "events", "reports", "displaced"):
        assert rows(tmp_path, name) == rows(whole, name)


def test_a_name_with_something_hidden_in_it_is_no_alias_of_itself(tmp_path):
    towns = [*toy.TOWNS, (8, "Zeta\u0081", "Zeta", "", 13.2, 22.2, "P", "PPL", "SD", "47", 9_000)]
    paths = toy.write(tmp_path, towns_txt=toy.towns(towns), people_csv=toy.populations(), events_csv=toy.events())
    brought(tmp_path, paths)
    assert not any(table.changed for table in brought(tmp_path, paths).tables)


# Names of files.


def test_files_are_called_by_as_many_folders_as_tell_them_apart(tmp_path):
    from tiau.building.importing import names_of

    paths = [tmp_path / name for name in ("a/x/jan.csv", "b/x/jan.csv", "b/y/jan.csv", "b/feb.csv")]
    assert names_of(paths) == ["a/x/jan.csv", "b/x/jan.csv", "y/jan.csv", "feb.csv"]


def test_an_answer_is_of_the_file_even_if_its_name_has_the_mark_in_it(tmp_path, here):
    table = toy.table(("Date", "Place", "Refugees"), [("03/04/2023", "Gamma", 500)])
    toy.base(tmp_path)
    path = tmp_path / "a=b, of May.csv"
    path.write_text(table, encoding="utf-8")
    paths = [tmp_path / "towns.txt", path, path]
    done = here("import", *paths, "--into", "mine", "--dates", "a=b, of May.csv=day-first")
    assert done.returncode == 0, done.stderr
    (found,) = rows(tmp_path, "reports")
    assert found["as_of"] == "2023-04-03"
    assert not any("another number" in line["why"] for line in rows(tmp_path, "import"))
