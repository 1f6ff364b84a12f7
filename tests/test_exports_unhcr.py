"""Exports of UNHCR's portal, row for row as ../shared/exports/README.md says, and variants of their layouts."""

import datetime as dt
import json

import pytest

from figure_exports import figures, reasons, remarks, where, written
from sample_exports import EXPORTS, of, sample, samples
from tiau.building.recognise import recognise
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import Asked, FoundPlace
from tiau.readers.exports.grids import read_book

CHAD = Answers(place="Chad", origin="Sudan", quantity="arrived_cumulative")
BY_MONTH = Answers(place="Chad", origin="Sudan", quantity="crossed_in_period")


@samples
def test_portal_by_origin():
    findings = sample("portal-origin.json")
    found = {f.rows[0]: f for f in figures(findings)}
    assert reasons(findings) == {9: "0 of statistics"}
    assert {row: (f.end, where(f.spot), where(f.origin), f.quantity, f.part, f.value) for row, f in found.items()} == {
        1: (dt.date(2024, 3, 31), "Chad", "Sudan", "arrived_cumulative", "refugees", 563_884),
        2: (dt.date(2024, 2, 29), "Chad", "Sudan", "present", "refugees", 398_207),
        3: (dt.date(2024, 3, 31), "Chad", "Central African Rep.", "present", "refugees", 127_410),
        4: (dt.date(2024, 3, 31), "Chad", "Nigeria", "present", "refugees", 20_820),
        5: (dt.date(2023, 12, 31), "Chad", "Cameroon", "present", "refugees", 24_310),
        6: (dt.date(2024, 2, 29), "Chad", "Sudan", "present", "asylum-seekers", 2_218),
        7: (dt.date(2024, 3, 31), "Chad", None, "present", "asylum-seekers", 40),
        8: (dt.date(2024, 3, 31), "Chad", None, "present", "asylum-seekers", 1_306),
    }  # fmt: skip
    assert {f.said_by for f in found.values()} == {"UNHCR, Government"}
    assert {row for row, f in found.items() if f.not_scored} == {7, 8}
    assert not any(f.spot.code for f in found.values())


@samples
def test_portal_situations():
    findings = sample("unhcr-situations.csv")
    found = {f.rows[0]: f for f in figures(findings)}
    assert len(found) == 15
    assert reasons(findings) == {9: "0 of statistics"}
    assert {
        (f.end, f.spot.code, where(f.origin), f.part, f.value, f.said_by)
        for row, f in found.items()
        if row in (2, 10, 13)
    } == {
        (dt.date(2024, 3, 31), "TCD", "SDN", "refugees", 563_884, "UNHCR, Government"),
        (dt.date(2024, 3, 31), "EGY", "SDN", "refugees", 500_410, "UNHCR, Government"),
        (dt.date(2024, 3, 24), "CAF", "SDN", "refugees", 26_188, "UNHCR, CNR"),
    }  # fmt: skip
    assert (found[15].value, found[15].not_scored) == (188_760, "origin and asylum are one country")
    assert (found[7].origin, found[8].origin) == (None, None)
    assert "does not say whether" in remarks(findings)
    by_origin = {(f.end, f.spot.name, f.origin and f.origin.name, f.part, f.value)
                 for f in figures(sample("portal-origin.json"))}  # fmt: skip
    same = [f for f in found.values() if (f.end, f.spot.name, f.origin and f.origin.name, f.part, f.value) in by_origin]
    assert {f.spot.code for f in same} == {"TCD"}
    assert len(same) == 7


SITE = {"geomaster_name": "Adre", "geomaster_id": 1, "admin_level": "Settlement", "centroid_lon": 22.19,
        "centroid_lat": 13.46, "date": "2023-06-30", "month": 7, "year": 2023, "individuals": "98000",
        "population_groups_concat": "New Arrivals from Sudan", "source": "UNHCR"}  # fmt: skip


def test_portal_by_place(tmp_path):
    records = [
        SITE,
        {**SITE, "geomaster_name": "Ouaddaï", "admin_level": "Province", "individuals": "120,004"},
        {**SITE, "geomaster_name": "Tine", "individuals": None},
        {**SITE, "geomaster_name": "Farchana", "individuals": "5", "population_groups_concat": "Registered from Sudan"},
    ]
    findings = written(tmp_path, json.dumps({"data": records}), name="export.json")
    assert [(f.spot.tier, f.spot.name, f.quantity, f.value, f.bound, where(f.origin)) for f in figures(findings)] == [
        ("place", "Adre", "arrived_cumulative", 98_000, "exact", "Sudan"),
        ("admin1", "Ouaddaï", "arrived_cumulative", 120_004, "exact", "Sudan"),
        ("place", "Farchana", "present", 5, "exact", "Sudan"),
    ]
    assert reasons(findings) == {3: "no number of people"}
    assert {(p.spot.name, p.spot.lat, p.rows) for p in of(FoundPlace, findings)} == {
        ("Adre", 13.46, (1,)), ("Tine", 13.46, (3,)), ("Farchana", 13.46, (4,)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("group", "origin"),
    [
        ("New Arrivals from Sudan since 15 April 2023", "Sudan"),
        ("Registered from Cote d'Ivoire", "Cote d'Ivoire"),
        ("['Refugees from the Central African Rep.', 'x']", "Central African Rep."),
        ("Refugees", None),
    ],
)
def test_the_origin_in_the_name_of_a_group(tmp_path, group, origin):
    text = json.dumps({"data": [{**SITE, "population_groups_concat": group}]})
    (figure,) = figures(written(tmp_path, text, name="export.json"))
    assert where(figure.origin) == origin


def test_arrivals_that_are_not_cumulative_are_of_their_period(tmp_path):
    month = {**SITE, "pop_data_type_name": "New Arrivals", "pop_type_name": "Refugees", "pop_origin_name": "Sudan",
             "pop_frequency_code": "M", "pop_frequency_cumulative": "non-cumulative"}  # fmt: skip
    (figure,) = figures(written(tmp_path, json.dumps({"data": [month]}), name="export.json"))
    assert (figure.quantity, figure.start, figure.end) == (
        "crossed_in_period", dt.date(2023, 6, 1), dt.date(2023, 6, 30),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("IDPs", ("idp_present", "", None)),
        ("Refugee Returnees", ("present", "returnees", "SDN")),
        ("Refugees and Asylum-seekers", ("present", "refugees and asylum-seekers", "SDN")),
        ("Migrants", ("present", "migrants", "SDN")),
    ],
)
def test_kinds_of_people_of_the_portal(tmp_path, kind, expected):
    text = f"Country,ISO3,Country of Origin,ISO3 of Origin,Population type,Source,Date,Individuals\n" \
           f"South Sudan,SSD,Sudan,SDN,{kind},UNHCR,31/03/2024,1200\n"  # fmt: skip
    (figure,) = figures(written(tmp_path, text))
    assert (figure.quantity, figure.part, where(figure.origin)) == expected
    assert figure.end == dt.date(2024, 3, 31)


def test_people_of_the_portal_who_are_not_displaced(tmp_path):
    text = "Country,Country of Origin,Population type,Date,Individuals\nChad,Chad,Host Community,2024-03-31,1200\n"
    findings = written(tmp_path, text)
    assert reasons(findings) == {2: "host community: they are not displaced"}


def test_a_table_with_a_renamed_column_and_open_days(tmp_path):
    text = "Country,Origin,Type of population,As of date,Individuals\nChad,Sudan,Refugees,03/04/2024,1200\n"
    (asked,) = of(Asked, written(tmp_path, text))
    assert (asked.option, asked.rows, "03/04/2024" in asked.question) == ("dates", (2,), True)
    findings = written(tmp_path, text, Answers(dates="day-first"))
    assert [f.end for f in figures(findings)] == [dt.date(2024, 4, 3)]
    assert '"As of date" is taken for the day' in remarks(findings)


def test_tables_of_pages_of_the_portal(tmp_path):
    by_place = "Location name;Source;Data date;Population\nChad;UNHCR;31 Mar 2024;563 884\n"
    (figure,) = figures(written(tmp_path, by_place, Answers(origin="Sudan")))
    assert (figure.spot.name, figure.end, figure.value, where(figure.origin)) == (
        "Chad", dt.date(2024, 3, 31), 563_884, "SDN",
    )  # fmt: skip
    by_origin = "Country of origin,Source,Data date,Population\nSudan,UNHCR,2024-03-31,563884\n"
    (asked,) = of(Asked, written(tmp_path, by_origin))
    assert (asked.option, asked.rows) == ("place", (2,))
    (figure,) = figures(written(tmp_path, by_origin, Answers(place="Chad")))
    assert (figure.spot.name, where(figure.origin)) == ("Chad", "Sudan")


@samples
def test_a_series_by_day_must_be_explained():
    asked = of(Asked, sample("portal-timeseries-day.json"))
    assert [(a.option, a.rows) for a in asked] == [(option, tuple(range(1, 31))) for option in ("place", "quantity")]
    assert "not a proof" in asked[1].question
    assert "arrived_cumulative" in asked[1].choices
    findings = sample("portal-timeseries-day.json", CHAD)
    assert reasons(findings) == {21: "same figure as row 20"}
    found = {f.end.isoformat(): f.value for f in figures(findings)}
    assert len(found) == 29
    assert {day: found[day] for day in ("2023-04-20", "2023-06-15", "2023-06-18", "2023-12-31", "2024-03-31")} == {
        "2023-04-20": 10_000, "2023-06-15": 124_520, "2023-06-18": 152_004, "2023-12-31": 494_217,
        "2024-03-31": 563_884,
    }  # fmt: skip
    assert {(f.quantity, f.spot.name, f.origin.name, f.said_by) for f in figures(findings)} == {
        ("arrived_cumulative", "Chad", "Sudan", "UNHCR")
    }


@samples
def test_a_series_by_month_is_of_whole_months():
    findings = sample("portal-timeseries-month.json", BY_MONTH)
    found = {(f.start, f.end): f.value for f in figures(findings)}
    assert (len(found), sum(found.values())) == (12, 563_884)
    assert found[dt.date(2023, 6, 1), dt.date(2023, 6, 30)] == 114_247
    assert found[dt.date(2023, 12, 1), dt.date(2023, 12, 31)] == 13_706
    assert found[dt.date(2024, 3, 1), dt.date(2024, 3, 31)] == 19_782
    assert {f.quantity for f in figures(findings)} == {"crossed_in_period"}


@samples
@pytest.mark.parametrize(
    ("name", "answers", "why"),
    [
        ("portal-timeseries-month.json", CHAD, "never falls by half"),
        ("portal-timeseries-day.json", BY_MONTH, "days lie between"),
    ],
)
def test_an_answer_that_was_meant_of_another_series_is_asked_again(name, answers, why):
    findings = sample(name, answers)
    assert not figures(findings)
    (asked,) = of(Asked, findings)
    assert asked.option == "quantity"
    assert why in asked.question


@samples
def test_answers_in_other_spellings_make_the_same_figures():
    by_name = figures(sample("portal-timeseries-month.json", BY_MONTH))
    by_code = figures(
        sample("portal-timeseries-month.json", Answers(place="tcd", origin="Soudan", quantity="crossed_in_period"))
    )
    assert by_name == by_code
    assert (where(by_name[0].spot), where(by_name[0].origin)) == ("TCD", "SDN")
    at_place = figures(sample("portal-timeseries-month.json", Answers(place="Adré", quantity="crossed_in_period")))
    assert (at_place[0].spot.tier, at_place[0].spot.name, at_place[0].origin) == ("", "Adré", None)


@samples
def test_the_series_agree_with_each_other():
    by_day = {f.end: f.value for f in figures(sample("portal-timeseries-day.json", CHAD))}
    total = 0.0
    for figure in figures(sample("portal-timeseries-month.json", BY_MONTH)):
        total += figure.value
        if figure.end in by_day:
            assert by_day[figure.end] == total


@pytest.mark.parametrize(
    "text",
    [
        "data_date,unix_timestamp,individuals\n2023-06-15,1686787200,124520\n2023-06-16,1686873600,124400\n",
        "unix_timestamp;individuals\n1686787200;124520\n1686873600;124400\n",
        '{"timeseries": [{"data_date": "2023-06-15", "individuals": "124,520"}, {"data_date": "2023-06-16", '
        '"individuals": 124400}]}',
    ],
)
def test_layouts_of_series(tmp_path, text):
    findings = written(tmp_path, text, CHAD, "export.json" if text.startswith("{") else "export.csv")
    assert [(f.end, f.value) for f in figures(findings)] == [
        (dt.date(2023, 6, 15), 124_520), (dt.date(2023, 6, 16), 124_400),
    ]  # fmt: skip
    assert "yet the figures do" in remarks(findings)


def test_a_portal_answer_with_renamed_keys_is_of_the_same_kind(tmp_path):
    first, later = ({"data": [{**SITE, "pop_type_name": "Refugees"}]} for _ in range(2))
    later["data"][0]["geomaster"] = later["data"][0].pop("geomaster_name")
    (tmp_path / "first.json").write_text(json.dumps(first))
    (tmp_path / "later.json").write_text(json.dumps(later))
    books = [read_book(tmp_path / f"{name}.json") for name in ("first", "later")]
    assert len({recognise(book) for book in books}) == 1
    assert len({f.key for book in books for f in figures(recognise(book).read(book, Answers()))}) == 1


def test_totals_of_a_table_of_the_portal(tmp_path):
    heads = "Country,Country of Origin,Population type,Date,Individuals\n"
    findings = written(tmp_path, f"{heads}Chad,Sudan,Refugees,2024-03-31,7\nTotal,Sudan,Refugees,2024-03-31,7\n")
    assert [f.rows for f in figures(findings)] == [(2,)]
    assert reasons(findings) == {3: "of all places together, or of none"}


def test_a_table_of_the_portal_without_origins(tmp_path):
    text = "Country,ISO3,Population type,Source,Date,Individuals\nChad,TCD,Refugees,UNHCR,2024-03-31,1127000\n"
    (figure,) = figures(written(tmp_path, text))
    assert (where(figure.spot), figure.origin, figure.value) == ("TCD", None, 1_127_000)


@samples
def test_other_exports_are_not_taken_for_those_of_unhcr():
    own = {
        "population.csv",
        "persons-of-concern.csv",
        "endyear-totals.csv",
        "unhcr-situations.csv",
        "border-crossings.xlsx",
    }
    names = {path.name for path in EXPORTS.iterdir() if path.suffix != ".md"}
    others = {name for name in names - own if not name.startswith("portal-")}
    found = {name: known.name for name in others if (known := recognise(read_book(EXPORTS / name)))}
    assert not {name: kind for name, kind in found.items() if "UNHCR" in kind or "crossings" in kind}
