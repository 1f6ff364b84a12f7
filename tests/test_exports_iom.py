"""Exports of IOM DTM, IDMC and HAPI, and tables with tags of HXL: the readings of the samples, and other layouts."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from tiau.building.recognise import recognise
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import Asked, FoundFigure, FoundPlace, FoundPopulation, LeftOut, Remark
from tiau.readers.exports.grids import read_book
from tiau.scenario.vocabulary import parse_period

SHARED = Path(__file__).resolve().parents[2] / "shared" / "exports"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the sample exports are not here (../shared/exports)")


def read(path, kind, **answers):
    book = read_book(path)
    known = recognise(book)
    assert known is not None
    assert known.name == kind
    return list(known.read(book, Answers(**answers)))


def sample(name, kind, **answers):
    return read(SHARED / name, kind, **answers)


def of(findings, kind):
    return [finding for finding in findings if isinstance(finding, kind)]


def figures(findings, **wanted):
    return [
        figure for figure in of(findings, FoundFigure)
        if all(getattr(figure, name) == value for name, value in wanted.items())
    ]  # fmt: skip


def value(findings, name, day):
    (found,) = [f for f in figures(findings) if f.spot.name == name and str(f.end) == day and "site" not in f.said_by]
    return found.value


@shared
def test_counts_of_the_api_add_reasons_and_origins_and_tell_copies():
    found = sample("dtm-admin2.json", "IOM DTM")
    baseline = [figure for figure in figures(found) if figure.said_by == "IOM DTM"]
    assert len(baseline) == 34
    assert {figure.quantity for figure in baseline} == {"idp_present"}
    assert value(found, "Ag Geneina", "2023-06-30") == 119_650
    assert value(found, "Zalingi", "2023-09-30") == 97_312
    assert value(found, "Nyala Janoub", "2023-09-30") == 256_000
    assert value(found, "Kulbus", "2023-06-30") == 8_122
    assert value(found, "At Tina", "2023-12-31") == 0
    (site,) = [figure for figure in figures(found) if "site assessment" in figure.said_by]
    assert (site.spot.name, site.value) == ("Al Fasher", 171_200)
    assert not [f for f in figures(found) if f.spot.name in ("Beida", "Kulbus") and str(f.end) == "2023-12-31"]
    assert len(of(found, LeftOut)) == 9
    assert sorted(row for finding in found for row in finding.rows) == list(range(1, 55))


@shared
def test_levels_in_one_table_are_scored_once():
    found = sample("dtm-hxl.csv", "IOM DTM")
    assert [len(figures(found, spot=f.spot)) for f in figures(found) if f.spot.tier == "country"]
    country = {str(f.end): f for f in figures(found) if f.spot.tier == "country"}
    assert {day: f.value for day, f in country.items()} == {
        "2023-06-30": 833_664, "2023-09-30": 935_650, "2023-12-31": 1_036_346, "2023-06-27": 904_210,
    }  # fmt: skip
    assert [day for day, f in country.items() if not f.not_scored] == ["2023-06-27"]
    assert "inactive" in country["2023-06-27"].note
    states = [f for f in figures(found) if f.spot.tier == "admin1"]
    assert len(states) == 12
    assert sum(bool(f.not_scored) for f in states) == 4
    assert len([f for f in figures(found) if f.spot.tier == "admin2" and not f.not_scored]) == 12


@shared
def test_hapi_has_the_counts_of_dtm():
    found = sample("hapi-idps.csv", "HDX HAPI IDPs")
    tiers = [figure.spot.tier for figure in figures(found)]
    assert (tiers.count("country"), tiers.count("admin1"), tiers.count("admin2")) == (3, 12, 34)
    assert value(found, "Ag Geneina", "2023-06-30") == 119_650
    assert value(found, "West Darfur", "2023-06-30") == 227_836
    assert all(f.not_scored for f in figures(found) if f.spot.tier != "admin2")
    (kreinik,) = {f.note.split("; ")[-1] for f in figures(found) if f.spot.name == "Kereneik"}
    assert kreinik == "called Kreinik by its provider"


@shared
def test_a_round_by_state_leaves_out_shares_notes_and_what_has_no_place():
    found = sample("dtm-round.xlsx", "IOM DTM workbook")
    assert len(figures(found)) == 10
    assert value(found, "West Darfur", "2024-02-29") == 193_000
    assert value(found, "Khartoum", "2024-02-29") == 41_000
    assert {figure.bound for figure in figures(found)} == {"about"}
    assert {row for finding in of(found, LeftOut) for row in finding.rows} == {13, 14}


@shared
def test_sites_are_places_with_counts_whatever_column_their_tags_stand_over():
    found = sample("dtm-country.xlsx", "IOM DTM workbook")
    assert len(figures(found)) == 11
    assert sum(figure.value for figure in figures(found)) == 170_110
    by_name = {figure.spot.name: figure for figure in figures(found)}
    assert (by_name["Ardamata Camp"].value, by_name["Misterei"].value) == (21_330, 4_402)
    assert by_name["Ardamata Camp"].spot.admin2 == "Ag Geneina"
    assert {(figure.start, figure.end) for figure in figures(found)} == {(dt.date(2023, 8, 1), dt.date(2023, 9, 30))}
    assert {str(figure.known_on) for figure in figures(found)} == {"2023-10-31"}
    assert {name for name, figure in by_name.items() if figure.not_scored} == {"Arara", "Hamidia"}
    places = of(found, FoundPlace)
    assert len(places) == 12
    assert [place.spot.name for place in places if place.closed] == ["Riyad"]
    assert next(p for p in places if p.spot.name == "Misterei").kind == "town"


@shared
def test_a_table_with_tags_and_no_day_is_asked_for_it():
    (asked,) = of(sample("hxl-partial.csv", "table with tags of HXL"), Asked)
    assert (asked.option, len(asked.rows)) == ("as_of", 21)
    found = sample("hxl-partial.csv", "table with tags of HXL", as_of=parse_period("2023-11"))
    assert (len(figures(found)), sum(figure.value for figure in figures(found))) == (21, 144_417)
    town = next(figure for figure in figures(found) if figure.spot.code == "SD0400101")
    assert (town.spot.tier, town.spot.name, town.value) == ("admin3", "Ag Geneina Town", 21_450)
    assert next(f for f in figures(found) if f.spot.name == "Sirba Rural").value == 0


@shared
@pytest.mark.parametrize("name", ["idu.json", "idu.csv"])
def test_updates_have_the_days_that_their_names_say(name):
    found = {figure.key: figure for figure in figures(sample(name, "IDMC displacement updates"))}
    assert len(found) == 14
    first, third = found["150101"], found["150103"]
    assert (str(first.start), str(first.end), first.value, first.bound) == (
        "2023-04-24",
        "2023-05-02",
        70_000,
        "at_least",
    )
    assert (str(third.start), third.bound, str(third.known_on)) == ("2023-06-15", "about", "2023-06-19")
    assert (found["150107"].value, found["150107"].bound) == (9_000, "at_most")
    assert (str(found["150113"].start), found["150113"].value) == ("2024-01-01", 1_250)
    assert (str(found["150110"].start), found["150110"].spot.name) == ("2023-09-25", "Goz Beida")
    assert "disaster" in found["150110"].not_scored
    assert {figure.quantity for figure in found.values()} == {"displaced_in_period"}


@shared
def test_the_yearly_database_has_stocks_and_flows():
    found = sample("gidd.csv", "IDMC GIDD")
    stocks = figures(found, quantity="idp_present")
    assert (len(stocks), len(figures(found, quantity="displaced_in_period"))) == (13, 12)
    sudan = next(f for f in stocks if f.spot.code == "SDN" and f.end.year == 2023)
    assert (sudan.value, str(sudan.start), sudan.bound) == (6_041_730, "2023-12-31", "exact")
    (left,) = of(found, LeftOut)
    assert "no figure" in left.reason
    tagged = sample("gidd-hxl.csv", "IDMC GIDD")
    parts = {(f.quantity, f.part): len(figures(tagged, quantity=f.quantity, part=f.part)) for f in figures(tagged)}
    assert parts == {
        ("idp_present", "conflict"): 8, ("idp_present", "disaster"): 4,
        ("displaced_in_period", "conflict"): 7, ("displaced_in_period", "disaster"): 8,
    }  # fmt: skip


# Other files of the same kinds.


def test_the_api_of_another_country_at_admin_1(tmp_path):
    record = {
        "id": 1, "operation": "Crisis", "admin0Name": "Nigeria", "admin0Pcode": "NGA", "admin1Name": "Borno",
        "admin1Pcode": "NG008", "numPresentIdpInd": 1200, "reportingDate": "2024-05-31T00:00:00", "roundNumber": 46,
        "displacementReason": "Conflict", "assessmentType": "BA",
    }  # fmt: skip
    other = record | {"id": 2, "displacementReason": "Flood", "numPresentIdpInd": 34}
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"result": [record, other]}), encoding="utf-8")
    (figure,) = figures(read(path, "IOM DTM"))
    assert (figure.value, figure.spot.tier, figure.spot.code, figure.rows) == (1234, "admin1", "NG008", (1, 2))


def test_a_workbook_of_sites_saved_as_csv_with_other_headings_is_read_by_its_tags(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(
        "Estado;Nombre del sitio;Lat;Long;Total IDP individuals;IDP HH;Survey Date\n"
        "#adm1+name;#loc+name;#geo+lat;#geo+lon;#affected+idps+ind;#affected+idps+hh;#date\n"
        "Borno;Camp A;11,84;13,15;1.250;240;31/05/2024\nBorno;Camp B;11,90;13,20;<5;1;31/05/2024\n",
        encoding="utf-8",
    )
    found = read(path, "table with tags of HXL")
    first, second = figures(found)
    assert (first.value, first.spot.name, str(first.start)) == (1250, "Camp A", "2024-05-31")
    assert (second.value, second.bound) == (4, "at_most")
    assert [place.spot.lat for place in of(found, FoundPlace)] == [11.84, 11.9]


def test_people_of_a_tagged_table_are_asked_for_where_the_tag_does_not_say(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("A,B,C\n#adm1+name,#affected,#date\nBorno,120,2024-05-31\n", encoding="utf-8")
    (asked,) = of(read(path, "table with tags of HXL"), Asked)
    assert asked.option == "quantity"
    (figure,) = figures(read(path, "table with tags of HXL", quantity="present"))
    assert (figure.value, figure.quantity) == (120, "present")


def test_populations_of_a_tagged_table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('A,B,C\n#adm2+name,#adm2+code,#population\nMafa,NG008021,"103,600"\n', encoding="utf-8")
    (found,) = of(read(path, "population by area (COD-PS)"), FoundPopulation)
    assert (found.people, found.spot.code) == (103_600, "NG008021")


DAY = "1.1.a.1: Survey Date"
NUMBERED = ["Country", "1.1.a.2: Survey Round", DAY, "1.1.c.1: Site ID", "1.1.d.1: Site Name", "1.1.e.1: Region",
            "1.1.e.2: Zone", "1.1.e.3: Woreda", "1.1.f.1: GPS: Longitude", "1.1.f.2: GPS: Latitude",
            "2.1.b.1: Total Number of IDP Households", "2.1.b.7: Total Number of IDP Individuals",
            "2.1.c.1: Male IDP individuals"]  # fmt: skip
SITE = ["Ethiopia", "28", "2022-01-03", "AF_S001", "Abala 01", "Afar", "Kilbati", "Abala", "39.75", "13.35",
        "412", "2105", "1001"]  # fmt: skip


def written(path, *rows):
    path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_sites_with_numbered_questions_as_headings(tmp_path):
    found = read(written(tmp_path / "DTM Ethiopia.csv", NUMBERED, SITE), "IOM DTM workbook")
    (figure,) = figures(found)
    assert (figure.value, figure.quantity, str(figure.start)) == (2105, "idp_present", "2022-01-03")
    assert (figure.spot.name, figure.spot.code, figure.spot.country) == ("Abala 01", "AF_S001", "Ethiopia")
    assert (figure.spot.admin1, figure.spot.admin2, figure.spot.admin3) == ("Afar", "Kilbati", "Abala")
    assert (figure.spot.lat, figure.spot.lon) == (13.35, 39.75)
    assert not of(found, Remark)


def test_the_order_of_columns_and_of_days_does_not_matter_but_the_meaning_of_days_is_asked(tmp_path):
    site = [*SITE[:2], "03/04/2022", *SITE[3:]]
    path = written(tmp_path / "sites.csv", NUMBERED[::-1], site[::-1])
    found = read(path, "IOM DTM workbook")
    (asked,) = of(found, Asked)
    assert (asked.option, asked.rows) == ("dates", (2,))
    assert not figures(found)
    (remark,) = of(found, Remark)
    assert "nothing in it says who counted" in remark.text
    (figure,) = figures(read(path, "IOM DTM workbook", dates="day-first"))
    assert str(figure.start) == "2022-04-03"


def test_figures_of_a_site_have_one_key_from_export_to_export(tmp_path):
    first = read(written(tmp_path / "a.csv", NUMBERED, SITE), "IOM DTM workbook")
    later = read(written(tmp_path / "b.csv", NUMBERED[::-1], [*SITE[:11], "2300", "9"][::-1]), "IOM DTM workbook")
    assert [f.key for f in figures(first)] == [f.key for f in figures(later)]
    assert [f.value for f in figures(first) + figures(later)] == [2105, 2300]


def test_sums_among_sites_and_sites_without_a_name(tmp_path):
    nameless = [*SITE[:4], "", *SITE[5:]]
    total = ["", "", "", "", "Total", "Afar", "", "", "", "", "412", "2105", "1001"]
    found = read(written(tmp_path / "dtm.csv", NUMBERED, nameless, total), "IOM DTM workbook")
    (figure,) = figures(found)
    assert (figure.spot.name, figure.rows) == ("AF_S001", (2,))
    assert [left.rows for left in of(found, LeftOut)] == [(3,)]


def test_headings_in_french(tmp_path):
    path = written(
        tmp_path / "dtm.csv",
        ["Pays", "Région", "Département", "Sous-préfecture", "Code du site", "Nom du site", "Latitude", "Longitude",
         "Ménages PDI", "Individus PDI", "Date de collecte"],
        ["Tchad", "Lac", "Fouli", "Liwa", "TD12", "Amma", "13,85", "14,26", "90", "1 410", "17/03/2023"],
    )  # fmt: skip
    (figure,) = figures(read(path, "IOM DTM workbook"))
    assert (figure.value, str(figure.start), figure.spot.lat) == (1410, "2023-03-17", 13.85)
    assert (figure.spot.admin1, figure.spot.admin2, figure.spot.admin3) == ("Lac", "Fouli", "Liwa")


def test_a_period_of_tags_and_people_who_are_not_displaced(tmp_path):
    path = written(
        tmp_path / "a.csv",
        ["a", "b", "c", "d", "e", "f"],
        ["#adm1+name", "#date+start", "#date+end", "#affected+idps", "#affected+returnees", "#affected+refugees"],
        ["Borno", "2024-05-01", "2024-05-31", "120", "999", "n/a"],
        ["Yobe", "2024-05-01", "2024-05-31", "-", "5", "7"],
    )
    found = figures(read(path, "table with tags of HXL"))
    assert [(f.value, f.quantity, f.spot.name) for f in found] == [
        (120, "idp_present", "Borno"),
        (7, "present", "Yobe"),
    ]
    assert {(str(f.start), str(f.end)) for f in found} == {("2024-05-01", "2024-05-31")}


def test_names_and_codes_of_areas_in_one_word(tmp_path):
    path = written(
        tmp_path / "a.csv",
        ["ADM1_EN", "ADM1_PCODE", "ADM2_EN", "ADM2_PCODE", "n"],
        ["", "", "", "", "#affected+idps"],
        ["Borno", "NG008", "Mafa", "NG008021", "120"],
    )
    (figure,) = figures(read(path, "table with tags of HXL", as_of=parse_period("2024-05-31")))
    assert (figure.spot.tier, figure.spot.code, figure.spot.name) == ("admin2", "NG008021", "Mafa")
    assert figure.spot.admin1 == "Borno"


def test_the_api_of_countries_alone(tmp_path):
    record = {
        "id": 1, "operation": "Crisis", "admin0Name": "Nigeria", "admin0Pcode": "NGA", "numPresentIdpInd": 1200,
        "reportingDate": "2024-05-31T00:00:00", "roundNumber": 46, "assessmentType": "BA",
    }  # fmt: skip
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"result": [record]}), encoding="utf-8")
    (figure,) = figures(read(path, "IOM DTM"))
    assert (figure.value, figure.spot.tier, figure.spot.code) == (1200, "country", "NGA")


@shared
def test_columns_in_another_order_and_semicolons_say_the_same(tmp_path):
    for name, kind in (("idu.csv", "IDMC displacement updates"), ("gidd.csv", "IDMC GIDD"), ("dtm-hxl.csv", "IOM DTM"),
                       ("hapi-idps.csv", "HDX HAPI IDPs")):  # fmt: skip
        with (SHARED / name).open(encoding="utf-8-sig", newline="") as file:
            rows = [row[::-1] for row in csv.reader(file)]
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        assert read(tmp_path / name, kind) == sample(name, kind)


def test_a_day_of_an_update_that_is_none_is_left_out(tmp_path):
    path = written(
        tmp_path / "a.csv",
        ["id", "iso3", "figure", "qualifier", "displacement_start_date", "displacement_end_date"],
        ["1", "SDN", "90", "total", "2023-13-45T12:00:00.000Z", ""],
        ["2", "SDN", "90", "up to", "2023-10-28 12:00:00", "2023-10-30 11:00:00"],
    )
    found = read(path, "IDMC displacement updates")
    (left,) = of(found, LeftOut)
    assert left.rows == (2,)
    (figure,) = figures(found)
    assert (str(figure.start), str(figure.end), figure.bound) == ("2023-10-29", "2023-10-31", "at_most")


def test_exact_columns_of_the_yearly_database_go_before_rounded_ones(tmp_path):
    path = written(
        tmp_path / "a.csv",
        ["ISO3", "Name", "Year", "Conflict Stock Displacement", "Conflict Stock Displacement (Raw)",
         "Disaster Internal Displacements", "Disaster Internal Displacements (Raw)"],
        ["SDN", "Sudan", "2023", "6042000", "6041730", "41000", ""],
    )  # fmt: skip
    stock, flow = figures(read(path, "IDMC GIDD"))
    assert (stock.value, stock.bound, stock.part) == (6_041_730, "exact", "conflict")
    assert (flow.value, flow.bound, flow.part) == (41_000, "about", "disaster")


def test_rows_by_cause_are_parts_of_one_count(tmp_path):
    path = written(
        tmp_path / "a.csv",
        ["a", "b", "c", "d"],
        ["#adm1+name", "#cause+type", "#affected+idps", "#date"],
        ["Borno", "Conflict", "10", "2024-05-31"],
        ["Borno", "Flood", "5", "2024-05-31"],
        ["Yobe", "Conflict", "7", "2024-05-31"],
    )
    found = figures(read(path, "table with tags of HXL"))
    assert [(f.spot.name, f.part, f.value) for f in found] == [
        ("Borno", "conflict", 10), ("Borno", "flood", 5), ("Yobe", "", 7),
    ]  # fmt: skip
    assert len({f.key for f in found}) == 3


def test_areas_of_one_name_are_two_and_a_site_that_was_not_counted_is_told(tmp_path):
    tagged = written(
        tmp_path / "a.csv",
        ["a", "b", "c", "d", "e"],
        ["#adm1+name", "#adm2+name", "#affected", "#affected+idps", "#date"],
        ["Borno", "Nasarawa", "50", "10", "2024-05-31"],
        ["Kano", "Nasarawa", "50", "5", "2024-05-31"],
    )
    found = read(tagged, "table with tags of HXL")
    assert [f.value for f in figures(found)] == [10, 5]
    assert len({f.key for f in figures(found)}) == 2
    assert not of(found, Asked)
    uncounted = [*SITE[:11], "-", "-"]
    sites = read(written(tmp_path / "dtm.csv", NUMBERED, SITE, uncounted), "IOM DTM workbook")
    assert [place.rows for place in of(sites, FoundPlace)] == [(2,), (3,)]
    (left,) = of(sites, LeftOut)
    assert (left.rows, left.reason) == ((3,), "no number of people")
