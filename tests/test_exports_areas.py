"""Exports of areas, places and populations, row for row as ../shared/exports/README.md says, and in other layouts."""

import pytest

from sample_exports import findings, kind_of, of, sample_path
from tiau.readers.exports.findings import (
    FoundArea,
    FoundEvent,
    FoundFigure,
    FoundPlace,
    FoundPopulation,
    LeftOut,
    Remark,
)
from tiau.readers.exports.grids import read_book

GEONAMES_HEADINGS = (
    "geonameid\tname\tasciiname\talternatenames\tlatitude\tlongitude\tfeature class\tfeature code\tcountry code\tcc2\t"
    "admin1 code\tadmin2 code\tadmin3 code\tadmin4 code\tpopulation\televation\tdem\ttimezone\tmodification date\n"
)


def geoname(number, name, kind, code, *, lat="13.0", lon="22.0", people="0", alternates=""):
    cells = [
        number,
        name,
        name,
        alternates,
        lat,
        lon,
        kind,
        code,
        "SD",
        "",
        "47",
        "",
        "",
        "",
        people,
        "",
        "9",
        "UTC",
        "2023",
    ]
    return "\t".join(map(str, cells)) + "\n"


@pytest.fixture
def written(tmp_path):
    def write(text, name="export.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def people(found):
    return {one.spot.name: one.people for one in of(FoundPopulation, found)}


def every_row_is_in_a_finding(path, found):
    """Rows below the headings, each named by one finding other than remarks."""
    named = [(one.sheet, row) for one in found if not isinstance(one, Remark) for row in one.rows]
    assert len(named) == len(set(named))
    for grid in read_book(path).grids:
        rows = [number for number, _ in grid.rows()]
        first = min((row for sheet, row in named if sheet == grid.sheet), default=None)
        assert [row for row in rows if first and row >= first] == sorted(r for sheet, r in named if sheet == grid.sheet)


SAMPLES = ("cod-ab-old.xlsx", "cod-ab-new.xlsx", "cod-ps-latin1.csv", "cod-ps-bom.csv", "cod-ps-thousands.csv",
           "hapi-population.csv", "geonames.txt", "ipc-long.csv")  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_a_sample_ends_in_one_finding_and_none_is_of_people_displaced(name):
    path = sample_path(name)
    found = findings(path)
    every_row_is_in_a_finding(path, found)
    assert not of(FoundFigure, found)
    assert not of(FoundEvent, found)


def test_old_boundaries_are_areas_without_coordinates():
    found = of(FoundArea, findings(sample_path("cod-ab-old.xlsx")))
    tiers = [one.spot.tier for one in found]
    assert [tiers.count(tier) for tier in ("admin2", "admin1", "country")] == [12, 4, 1]
    assert all(one.spot.lat is None and one.spot.lon is None for one in found)
    by_code = {one.spot.code: one.spot for one in found}
    assert (by_code["SD04001"].name, by_code["SD04001"].admin1, by_code["SD04001"].country) == (
        "Ag Geneina", "West Darfur", "Sudan",
    )  # fmt: skip
    assert (by_code["SD06001"].name, by_code["SD06001"].admin1) == ("Zalingi", "Central Darfur")
    assert by_code["SD04"].name == "West Darfur"
    assert by_code["SD"].name == "Sudan"


def test_new_boundaries_have_middles_that_make_no_towns_and_names_in_french():
    found = findings(sample_path("cod-ab-new.xlsx"))
    areas = of(FoundArea, found)
    tiers = [one.spot.tier for one in areas]
    assert [tiers.count(tier) for tier in ("country", "admin1", "admin2")] == [1, 4, 11]
    assert not of(FoundPlace, found)
    by_code = {one.spot.code: one.spot for one in areas}
    assoungha, megri = by_code["TD1402"], by_code["TD1704"]
    assert (assoungha.name, assoungha.lat, assoungha.lon, assoungha.admin1) == ("Assoungha", 13.45, 21.93, "Ouaddaï")
    assert (megri.name, megri.aliases) == ("Mégri", ("Megri",))
    assert by_code["TD"].name == "Tchad"
    assert {"Chad", "TCD"} <= set(by_code["TD"].aliases)
    assert any("no places" in one.text for one in of(Remark, found))


def test_french_populations_keep_their_accents_and_give_totals_alone():
    found = findings(sample_path("cod-ps-latin1.csv"))
    assert len(people(found)) == len(of(FoundPopulation, found)) == 11
    assert sum(people(found).values()) == 2_343_856
    assert people(found)["Ouara"] == 617_812
    assert people(found)["Kimiti"] == 402_377
    assert people(found)["Mégri"] == 58_302
    ouara = next(one.spot for one in of(FoundPopulation, found) if one.spot.name == "Ouara")
    assert (ouara.tier, ouara.code, ouara.admin1, ouara.country) == ("admin2", "TD1403", "Ouaddaï", "TD")


def test_a_mark_of_byte_order_is_no_part_of_a_heading():
    found = findings(sample_path("cod-ps-bom.csv"))
    assert len(of(FoundPopulation, found)) == 11
    assert sum(people(found).values()) == 2_340_389
    assert people(found)["Kimiti"] == 398_910
    assert {one.spot.country for one in of(FoundPopulation, found)} == {"Tchad"}


def test_populations_with_separators_and_dashes_have_arabic_aliases():
    found = findings(sample_path("cod-ps-thousands.csv"))
    assert len(of(FoundPopulation, found)) == 12
    assert sum(people(found).values()) == 3_588_224
    assert people(found)["Beida"] == 98_420
    assert people(found)["Nyala Janoub"] == 803_250
    geneina = next(one for one in of(FoundPopulation, found) if one.people == 617_812)
    assert (geneina.spot.name, geneina.spot.tier, geneina.spot.admin1) == ("Ag Geneina", "admin2", "West Darfur")
    assert "الجنينة" in geneina.spot.aliases


def test_hapi_gives_one_population_an_area():
    found = findings(sample_path("hapi-population.csv"))
    populations = of(FoundPopulation, found)
    tiers = [one.spot.tier for one in populations]
    assert [tiers.count("admin1"), tiers.count("admin2"), len(tiers)] == [4, 12, 16]
    assert people(found)["Ag Geneina"] == 617_812
    assert people(found)["West Darfur"] == 1_215_213
    assert [one.people for one in populations if one.spot.name == "At Tina"] == [41_275]
    assert {one.year for one in populations} == {2023}
    assert any("PCode mismatch" in one.text for one in of(Remark, found))
    assert [one.reason for one in of(LeftOut, found) if 38 in one.rows] == ["the same population as row 37"]
    assert next(one.spot for one in populations if one.spot.code == "SD04003").aliases == ("Kreinik",)
    assert people(found).items() >= people(findings(sample_path("cod-ps-thousands.csv"))).items()


def test_geonames_gives_towns_and_camps_with_their_other_names():
    found = findings(sample_path("geonames.txt"))
    places = of(FoundPlace, found)
    assert [one.kind for one in places].count("town") == 30
    assert {one.spot.name for one in places if one.kind == "camp"} == {
        "Farchana Refugee Camp",
        "Djabal",
        "Oure Cassoni",
    }
    assert len(of(LeftOut, found)) == 4
    assert sum(one.population is not None for one in places) == 24
    by_name = {one.spot.name: one for one in places}
    geneina = by_name["Al-Junaynah"]
    assert (geneina.spot.lat, geneina.spot.lon, geneina.population) == (13.45262, 22.44725, 402_300)
    assert {"El Geneina", "Geneina", "الجنينة"} <= set(geneina.spot.aliases)
    assert (geneina.seat, by_name["Adré"].seat, by_name["Misterei"].seat) == ("admin1", "admin2", "")
    assert geneina.spot.admin1 == "West Darfur", "the file's own row of the state names it"
    assert by_name["Kutum"].spot.admin1 == "SD.55", "no row names this one"
    assert {"Zalingei", "Zalingi"} <= set(by_name["Zalinjay"].spot.aliases)
    assert "Adre" in by_name["Adré"].spot.aliases
    assert by_name["Misterei"].population is None
    assert "Masteri" in by_name["Misterei"].spot.aliases
    beidas = sorted((one.population, one.spot.lat) for one in places if "Goz Beida" in one.spot.aliases)
    assert beidas == [(1_500, 13.94563), (58_900, 12.22643)]


def test_food_security_is_context_with_a_population_an_area():
    found = findings(sample_path("ipc-long.csv"))
    assert len(of(FoundPopulation, found)) == 5
    assert len(of(LeftOut, found)) == 65
    assert people(found)["Ag Geneina"] == 617_812
    assert any("context" in one.text for one in of(Remark, found))


@pytest.mark.parametrize(
    "headings",
    [
        "ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,F_TL,M_TL,T_TL",
        "admin1Name,admin1Pcode,admin2Name,admin2Pcode,female,male,Total",
        "Province,Province code,District,District Pcode,Femmes,Hommes,Population totale",
        "State,State Pcode,Locality,Locality Pcode,F_TL,M_TL,Population 2023",
    ],
)
def test_headings_of_other_countries(written, headings):
    path = written(f"{headings}\nTillabéri,NE06,Ayerou,NE06001,30,20,50\nTillabéri,NE06,Téra,NE06002,5,4,9\n")
    found = findings(path)
    assert people(found) == {"Ayerou": 50, "Téra": 9}
    spot = of(FoundPopulation, found)[1].spot
    assert (spot.tier, spot.code, spot.admin1, spot.country) == ("admin2", "NE06002", "Tillabéri", "NE")


def test_title_rows_and_tags_stand_above_the_table(written):
    path = written(
        "Population of Niger\n\nRégion,Département,Pcode,Effectif\n#adm1+name,#adm2+name,#adm2+code,#population\n"
        "Tillabéri,Téra,NE06002,9\nTotal,,,9\n"
    )
    found = findings(path)
    assert people(found) == {"Téra": 9}
    assert [one.rows for one in of(LeftOut, found)] == [(6,)]


def test_without_a_total_the_sexes_are_added_and_that_is_said(written):
    found = findings(
        written("ADM2_EN,ADM2_PCODE,F_TL,M_TL,T_TL\nTéra,NE06002,5,4,\nAyerou,NE06001,5,-,\nSay,NE06003,1,1,4\n")
    )
    assert people(found) == {"Téra": 9, "Say": 4}
    assert [one.rows for one in of(LeftOut, found)] == [(3,)]
    assert {one.rows: one.text for one in of(Remark, found)} == {
        (2,): "no total given: F_TL and M_TL were added",
        (4,): "F_TL and M_TL add up to another figure than the total, which was taken",
    }


def test_of_several_years_the_latest_is_taken_and_that_is_said(written):
    found = findings(written("ADM2_EN,ADM2_PCODE,Population 2020,Population 2024\nTéra,NE06002,8,9\n"))
    assert [(one.people, one.year) for one in of(FoundPopulation, found)] == [(9, 2024)]
    assert ["2020" in one.text for one in of(Remark, found)] == [True]


def test_smaller_units_are_added_up_to_the_district(written):
    found = findings(
        written(
            "dis_en,subdistrict_en,total.pop\nTéra,Téra Nord, 1 200 \nTéra,Téra Sud,300\n"
            "Say,Say Ville,7\nSay,Say Rural, - \n"
        )
    )
    assert people(found) == {"Téra": 1_500, "Say": 7}
    assert [one.rows for one in of(FoundPopulation, found)] == [(2, 3), (4,)]
    assert [(one.rows, one.reason) for one in of(LeftOut, found)] == [((5,), "no population given")]


def test_the_same_area_twice_counts_once(written):
    found = findings(written("ADM2_EN,ADM2_PCODE,T_TL\nTéra,NE06002,9\nTéra,NE06002,9\nTéra,NE06002,11\n"))
    assert people(found) == {"Téra": 9}
    assert [one.reason for one in of(LeftOut, found)] == [
        "the same population as row 2", "row 2 gives 9 for Téra too, which was taken",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "ADM1_EN,ADM1_PCODE,Total IDPs,Total\nWest Darfur,SD04,5,9\n",
        "State,Households,Total\nWest Darfur,5,9\n",
        "State,Total\nWest Darfur,9\n",
        "State,State Pcode,Sex,Population\nWest Darfur,SD04,f,9\n",
        "State,State Pcode,Total\n#adm1+name,#adm1+code,#affected+idps\nWest Darfur,SD04,9\n",
    ],
)
def test_counts_of_displaced_people_are_no_populations(written, text):
    assert kind_of(written(text)) in ("", "a table of your own", "table with tags of HXL")


def test_areas_that_ended_or_come_twice_are_left_out(written):
    found = findings(
        written(
            "ADM2_EN,ADM2_AR,ADM2_PCODE,ADM1_EN,ADM1_PCODE,validOn,validTo\n"
            "Kas,كاس,SD03002,South Darfur,SD03,2020-01-01,<Null>\n"
            "Old,,SD03009,South Darfur,SD03,2010-01-01,2019-12-31\n"
            "Kass,,SD03002,South Darfur,SD03,2020-01-01,\n"
            "<Null>,<Null>,<Null>,South Darfur,SD03,2020-01-01,\n"
        )
    )
    assert [(one.spot.name, one.spot.aliases, one.spot.country) for one in of(FoundArea, found)] == [
        ("Kas", ("كاس",), "SD")
    ]
    assert [one.reason for one in of(LeftOut, found)] == [
        "an area that was valid until 2019-12-31 only", "the same area as row 2, there named Kas",
        "neither name nor code at admin 2",
    ]  # fmt: skip


@pytest.mark.parametrize("headings", [GEONAMES_HEADINGS, ""])
def test_classes_of_geonames(written, headings):
    rows = [
        geoname(1, "Khartoum", "P", "PPLC", people="5000"),
        geoname(2, "Old Dongola", "P", "PPLQ"),
        geoname(3, "Mine", "S", "CMPMN"),
        geoname(4, "Zamzam", "S", "CMP", alternates="Camp de Zamzam,زمزم,https://example.org"),
        geoname(5, "School", "S", "SCH"),
        geoname(6, "Nowhere", "P", "PPL", lat="95"),
        geoname(1, "Khartoum", "P", "PPLC", people="5000"),
    ]
    found = findings(written(headings + "".join(rows), "SD.txt"))
    khartoum, zamzam = of(FoundPlace, found)
    assert (khartoum.spot.name, khartoum.seat, khartoum.population) == ("Khartoum", "country", 5_000)
    assert (zamzam.kind, zamzam.spot.aliases) == ("camp", ("Camp de Zamzam", "زمزم"))
    assert len(of(LeftOut, found)) == (5 if headings else 4), (
        "without headings a row off the globe is no row of the table"
    )


def test_hapi_takes_the_latest_year_and_leaves_parts_out(written):
    found = findings(
        written(
            "location_code,admin2_code,admin2_name,admin_level,gender,age_range,population,reference_period_start\n"
            "SDN,SD04001,Ag Geneina,2,all,all,100,2020-01-01\nSDN,SD04001,Ag Geneina,2,all,all,110,2023-01-01\n"
            "SDN,SD04001,Ag Geneina,2,f,all,60,2023-01-01\nSDN,,,0,all,all,900,2023-01-01\n"
        )
    )
    assert [(one.spot.name, one.people, one.year) for one in of(FoundPopulation, found)] == [
        ("Ag Geneina", 110, 2023), ("SDN", 900, 2023),
    ]  # fmt: skip
    assert [one.rows for one in of(LeftOut, found)] == [(4,), (2,)]
