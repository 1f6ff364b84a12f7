"""Exports of UNHCR, read row for row as ../shared/exports/README.md says, and variants of their layouts."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest

from tiau.building.recognise import recognise
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import Asked, FoundCrossing, FoundFigure, FoundPlace, LeftOut, Remark
from tiau.readers.exports.grids import Book, Grid, read_book

EXPORTS = Path(__file__).parents[2] / "shared" / "exports"
samples = pytest.mark.skipif(not EXPORTS.is_dir(), reason="../shared/exports is not there")
CHAD = Answers(place="Chad", origin="Sudan", quantity="arrived_cumulative")
BY_MONTH = Answers(place="Chad", origin="Sudan", quantity="crossed_in_period")


def read(path, answers=None):
    book = read_book(path)
    return list(recognise(book).read(book, answers or Answers()))


def sample(name, answers=None):
    return read(EXPORTS / name, answers)


def written(folder, text, answers=None, name="export.csv"):
    (folder / name).write_text(text, encoding="utf-8")
    return read(folder / name, answers)


def of(kind, findings):
    return [finding for finding in findings if isinstance(finding, kind)]


def figures(findings):
    return of(FoundFigure, findings)


def reasons(findings):
    return {row: out.reason for out in of(LeftOut, findings) for row in out.rows}


def remarks(findings):
    return " ".join(remark.text for remark in of(Remark, findings))


def where(spot):
    return spot and (spot.code or spot.name)


def table(findings):
    """Year, place, origin, part or quantity -> value."""
    found = {(f.end.year, where(f.spot), where(f.origin), f.part or f.quantity): f.value for f in figures(findings)}
    assert len(found) == len(figures(findings))
    return found


def rows_told(findings):
    return {row for finding in findings if not isinstance(finding, Remark) for row in finding.rows}


@samples
@pytest.mark.parametrize(
    ("name", "rows"),
    [("population.csv", 51), ("persons-of-concern.csv", 18), ("endyear-totals.csv", 19), ("unhcr-situations.csv", 16)],
)
def test_every_row_ends_in_a_finding(name, rows):
    assert rows_told(sample(name)) == set(range(2, rows + 2))


@samples
def test_population():
    findings = sample("population.csv")
    assert Counter(f.part or f.quantity for f in figures(findings)) == {
        "refugees": 44, "asylum-seekers": 36, "idp_present": 3,
    }  # fmt: skip
    assert {(f.start.month, f.start.day, f.end) for f in figures(findings) if f.end.year == 2022} == {
        (12, 31, dt.date(2022, 12, 31))
    }
    assert {(f.said_by, f.group, f.known_on) for f in figures(findings)} == {("UNHCR", "all", None)}
    found = table(findings)
    assert found[2023, "TCD", "SDN", "refugees"] == 912_446
    assert found[2023, "TCD", "SDN", "asylum-seekers"] == 2_310
    assert (found[2022, "TCD", "SDN", "refugees"], found[2022, "TCD", "SDN", "asylum-seekers"]) == (402_118, 1_204)
    assert found[2023, "SDN", None, "idp_present"] == 6_041_730
    assert (2023, "TCD", "CIV", "refugees") not in found
    small = [f for f in figures(findings) if f.bound == "about"]
    assert len(small) == 10
    assert {f.value for f in small} == {5}
    assert found[2023, "TCD", "CIV", "asylum-seekers"] == 5
    assert {f.quantity for f in figures(findings) if f.part} == {"present"}
    assert set(reasons(findings).values()) == {"0 of statistics"}
    assert {"Türkiye", "Central African Rep."} <= {f.origin.name for f in figures(findings) if f.origin}


@samples
def test_persons_of_concern_have_no_place_but_for_idps():
    findings = sample("persons-of-concern.csv")
    assert {f.quantity for f in figures(findings)} == {"idp_present"}
    assert len(figures(findings)) == 9
    found = table(findings)
    assert found[2023, "SDN", None, "idp_present"] == 6_041_730
    assert (found[2021, "TCD", None, "idp_present"], found[2022, "ETH", None, "idp_present"]) == (381_289, 2_730_000)
    assert len(reasons(findings)) == 18
    assert {reason.partition(": ")[2] for reason in reasons(findings).values()} == {
        "of all countries of asylum together: no place"
    }
    same = {f.key: f.value for f in figures(sample("population.csv"))}
    assert [same[f.key] == f.value for f in figures(findings) if where(f.spot) == "SDN"] == [True] * 3


@samples
def test_year_end_totals_by_codes():
    findings = sample("endyear-totals.csv")
    assert Counter(f.part or f.quantity for f in figures(findings)) == {
        "refugees": 13, "idp_present": 5, "asylum-seekers": 10,
    }  # fmt: skip
    found = table(findings)
    assert (found[2003, "TCD", "SDN", "refugees"], found[2013, "SDN", None, "idp_present"]) == (100_000, 2_000_000)
    assert {f.end.year: f.value for f in figures(findings) if f.bound == "about" and f.value > 5} == {
        2003: 100_000, 2004: 200_000, 2007: 300_000, 2013: 2_000_000,
    }  # fmt: skip
    assert reasons(findings) == {17: "0 of statistics"}
    same = {f.key: f.value for f in figures(sample("population.csv"))}
    assert {f.end.year for f in figures(findings) if same.get(f.key) == f.value} == {2021, 2022, 2023}
    assert all(same[f.key] == f.value for f in figures(findings) if f.end.year > 2020)


POPULATION = "Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),"


@pytest.mark.parametrize(
    "text",
    [
        # Other orders, wordings, marks; codes or names alone; one kind of people chosen; notes above; a column renamed.
        "Country of Asylum ISO,Country of Origin ISO,Asylum-seekers,Refugees,Year\nTCD,SDN,2310,912446,2023\n",
        f"{POPULATION}Refugees under UNHCR\u2019s mandate,Asylum-seekers\n2023,Sudan,SDN,Chad,TCD,912446,2310\n",
        "Year;Country of origin;Country of asylum;Refugees;Asylum-seekers\n2023;Sudan;Chad;912 446;2 310\n",
        'Year,CoO_name,CoO_ISO,CoA_name,CoA_ISO,REF,ASY\n2023,Sudan,SDN,Chad,TCD,"912,446","2,310"\n',
        "Year,Country / territory of asylum/residence,Origin,Refugees (incl. refugee-like situations),"
        "Asylum-seekers (pending cases),Total Population\n2023,Chad,Sudan,912446,2310,914756\n",
        f'"Extracted from the Refugee Data Finder, 3, June, 2024, ,"\n,,\n{POPULATION}Refugees,Asylum-seekers\n'
        "2023,Sudan,SDN,Chad,TCD,912446,2310\nSource: UNHCR\n",
        f"{POPULATION.replace('Year', 'Year of statistics')}Refugees,Asylum-seekers\n"
        "2023,Sudan,SDN,Chad,TCD,912446,2310\n",
        "Year,Country of origin,Country of asylum,Population type,Value\n2023,Sudan,Chad,Refugees,912446\n"
        "2023,Sudan,Chad,Asylum-seekers,2310\n",
        "\ufeffYear\tCountry of origin\tCountry of asylum\tNumber of refugees\tAsylum-seekers\n"
        "2023\tSudan\tChad\t912446\t2310\n",
        "Year,ISO3CoO,ISO3CoA,REF,ASY\n#date+year,#country+code+iso+origin,#country+code+iso+asylum,"
        "#indicator+num+ref,#indicator+num+asy\n2023,SDN,TCD,912446,2310\n",
    ],
)  # fmt: skip
def test_layouts_of_the_refugee_data_finder(tmp_path, text):
    found = figures(written(tmp_path, text))
    assert {(f.part, f.value) for f in found} == {("refugees", 912_446), ("asylum-seekers", 2_310)}
    assert {(f.end, where(f.spot) in ("TCD", "Chad"), where(f.origin) in ("SDN", "Sudan")) for f in found} == {
        (dt.date(2023, 12, 31), True, True)
    }


def test_an_answer_of_the_statistics_interface(tmp_path):
    row = {"year": 2023, "coo_id": 178, "coo_name": "Sudan", "coo": "SUD", "coo_iso": "SDN", "coa_id": 36,
           "coa_name": "Chad", "coa": "CHD", "coa_iso": "TCD", "refugees": 912446, "asylum_seekers": 2310,
           "returned_refugees": 0, "idps": "0", "returned_idps": "0", "stateless": 0, "ooc": "0", "oip": "-",
           "hst": 1200}  # fmt: skip
    text = json.dumps({"page": 1, "short-url": "", "maxPages": 1, "total": [], "items": [row]})
    findings = written(tmp_path, text, name="export.json")
    assert table(findings) == {(2023, "TCD", "SDN", "refugees"): 912_446, (2023, "TCD", "SDN", "asylum-seekers"): 2_310}
    assert reasons(findings) == {1: "host community: they are not displaced"}
    assert not remarks(findings)


def test_other_kinds_of_people(tmp_path):
    heads = "Refugees,Venezuelans displaced abroad,Other people in need of international protection,"
    findings = written(
        tmp_path,
        f"{POPULATION}{heads}Stateless persons,Host Community,Others of concern,Returned refugees,Visitors\n"
        "2023,Venezuela,VEN,Peru,PER,7001,900123,-,3,44,55,66,77\n2022,Venezuela,VEN,Peru,PER,-,,-,-,-,-,-,-\n",
    )
    assert {f.part: f.value for f in figures(findings)} == {"refugees": 7001, "Venezuelans displaced abroad": 900_123}
    told = " ".join(out.reason for out in of(LeftOut, findings))
    assert all(kind in told for kind in ("stateless persons", "host community", "others of concern", "returned"))
    assert reasons(findings)[3] == "no figure in the row"
    assert '"Visitors" is not read' in remarks(findings)


def test_countries_that_are_none_and_totals(tmp_path):
    findings = written(
        tmp_path,
        f"{POPULATION}Refugees,IDPs of concern to UNHCR\n2023,Various/Unknown,UKN,Chad,TCD,41,0\n"
        "2023,-,-,Chad,TCD,1100300,0\n2023,-,-,Egypt,EGY,300400,0\n2023,Sudan,SDN,Chad,TCD,912446,0\n"
        "2023,Sudan,SDN,Sudan,SDN,188760,6041730\n2023,Sudan,SDN,Various/Unknown,UKN,12,0\n2023,-,-,Sudan,SDN,0,6041730\n",
    )
    found = {f.rows[0]: f for f in figures(findings)}
    assert (found[2].origin, "several origins" in found[2].not_scored) == (None, True)
    assert (found[3].origin, "total of other rows" in found[3].not_scored) == (None, True)
    assert (found[4].origin, found[4].not_scored, found[5].not_scored) == (None, "", "")
    at_home = [f for f in figures(findings) if f.rows == (6,)]
    assert {f.quantity: f.not_scored for f in at_home} == {
        "present": "origin and asylum are one country", "idp_present": "",
    }  # fmt: skip
    assert "no one country" in reasons(findings)[7]
    assert reasons(findings)[8] == "same figure as row 6"


def test_hidden_and_doubled_figures(tmp_path):
    findings = written(
        tmp_path,
        "Year,Country of origin,Country of asylum,Refugees,Asylum-seekers\n2016,Sudan,Chad,*,12\n"
        "2017,Sudan,Chad,100,0\n2017,Sudan,Chad,100,0\n2018,Sudan,Chad,200,0\n2018,Sudan,Chad,210,0\nTotal,,,622,12\n"
        "2019,Sudan,Chad,many,3\n2020,Sudan,Chad,1e+20,n/a\n",
    )
    hidden = next(f for f in figures(findings) if f.end.year == 2016 and f.part == "refugees")
    assert (hidden.bound, hidden.low, hidden.high, hidden.value) == ("range", 1, 4, None)
    assert reasons(findings)[4] == "same figure as row 3"
    assert "row 6 has another figure for the same, 210 instead of 200" in reasons(findings)[5]
    assert reasons(findings)[7].startswith("no year")
    assert reasons(findings)[8] == 'refugees: "many" is no number of people'
    assert reasons(findings)[9] == 'refugees: "1e+20" is no number of people'
    assert [f.rows for f in figures(findings) if f.end.year == 2018] == [(6,)]


def test_a_revised_figure_has_the_same_key(tmp_path):
    first = written(tmp_path, f"{POPULATION}Refugees\n2023,Sudan,SDN,Chad,TCD,912446\n")
    later = written(tmp_path, "Refugees,Country of Asylum ISO,Country of Origin ISO,Year\n915002,TCD,SDN,2023\n")
    assert [f.key for f in figures(first)] == [f.key for f in figures(later)]


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


@samples
def test_border_crossings():
    findings = sample("border-crossings.xlsx")
    crossings = of(FoundCrossing, findings)
    assert Counter(c.spot.country for c in crossings) == {"Chad": 8, "Central African Republic": 1}
    assert {c.known_on for c in crossings} == {dt.date(2023, 7, 5)}
    found = {c.name: c for c in crossings}
    assert {name: (found[name].spot.lat, found[name].spot.lon) for name in ("Adikong - Adre", "Tina - Tine")} == {
        "Adikong - Adre": (13.4712, 22.2160), "Tina - Tine": (15.0356, 22.8170),
    }  # fmt: skip
    assert (found["Kulbus - Birak"].spot.lat, found["Kulbus - Birak"].spot.lon) == (14.3640, 22.3850)
    assert (found["Adikong - Adre"].sides, found["Adikong - Adre"].countries) == (("Adikong", "Adre"), ("", "Chad"))
    assert found["Um Dafog - Birao road"].sides == ("Um Dafog", "Birao")
    assert found["Kornoi road - Bahai"].sides == ("Kornoi", "Bahai")
    assert found["Amdjarass track"].sides == ("Amdjarass",)
    assert found["Tina - Tine"].aliases == ("الطينة",)
    assert not figures(findings)
    assert {out.sheet for out in of(LeftOut, findings)} == {"READ ME"}


def workbook(**sheets):
    rows = {
        name: [(number, cells) for number, cells in enumerate(rows, 1) if any(cells)] for name, rows in sheets.items()
    }
    grids = tuple(Grid(name, lambda kept=kept: iter(kept)) for name, kept in rows.items())
    return Book("book.xlsx", "workbook", grids, {})


def test_crossings_in_another_layout():
    book = workbook(
        Sheet1=[
            ("Last updated on: 05/07/2023", "", "", "", "", ""),
            ("Name - Ukrainian", "Name - English", "Country", "Longitude", "Latitude", "Name - Russian"),
            ("Краковець", "Krakovets \u2013 Korczowa", "Ukraine - Poland", "23,1500", "49,965", ""),
            ("", "Medyka - Shehyni", "Poland", "22.95", "49.80", "Медика"),
            ("", "Nowhere - Somewhere", "Poland", "", "95", ""),
        ]
    )
    findings = list(recognise(book).read(book, Answers(dates="day-first")))
    crossings = of(FoundCrossing, findings)
    assert [(c.sides, c.countries, c.spot.lat, c.spot.lon, c.aliases) for c in crossings] == [
        (("Krakovets", "Korczowa"), ("Ukraine", "Poland"), 49.965, 23.15, ("Краковець",)),
        (("Medyka", "Shehyni"), ("", "Poland"), 49.80, 22.95, ("Медика",)),
    ]
    assert {c.known_on for c in crossings} == {dt.date(2023, 7, 5)}
    assert reasons(findings) == {5: "no coordinates of a crossing"}


def test_crossings_without_a_column_of_countries():
    book = workbook(
        Chad=[
            ("Crossing point", "Y", "X"),
            ("Adikong / Adre", "13.4712", "22.2160"),
            ("Tina to Tine border crossing", "15.03", "22.8"),
        ],
        Notes=[("Collected by partners", "", "")],
    )
    findings = list(recognise(book).read(book, Answers()))
    assert [(c.sides, c.countries) for c in of(FoundCrossing, findings)] == [
        (("Adikong", "Adre"), ("", "Chad")), (("Tina", "Tine"), ("", "Chad")),
    ]  # fmt: skip


def test_a_gazetteer_is_no_list_of_crossings():
    book = workbook(
        Towns=[
            ("Name", "Country", "Lat", "Long"),
            ("Adre", "Chad", "13.47", "22.20"),
            ("Tine", "Chad", "15.03", "22.8"),
        ]
    )
    known = recognise(book)
    assert known is None or "crossings" not in known.name


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
