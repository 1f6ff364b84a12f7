"""Exports of UNHCR's yearly statistics, row for row as ../shared/exports/README.md says, and other layouts of them."""

import datetime as dt
import json
from collections import Counter

import pytest

from figure_exports import figures, reasons, remarks, where, written
from sample_exports import of, sample, samples
from tiau.readers.exports.findings import LeftOut, Remark


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
