"""Distances, coordinates and names of places, set against the globe and each other."""

from pathlib import Path

import pytest

import tiau
from checking import found, only
from folders import SCENARIO, write_folder
from tiau.scenario.checks import coordinates, countries, distances, readings, twins
from tiau.scenario.geography import great_circle_km

SHARED = Path(__file__).parents[2] / "shared"
CASES = sorted(path.parent for path in SHARED.glob("flee-cases/*/input_csv"))
PLACES = """\
place,aliases,country,admin1,admin2,lat,lon,kind,population,capacity
El Geneina,Geneina,Sudan,West Darfur,El Geneina,13.45,22.45,origin,540000,
Ardamata,,Sudan,West Darfur,El Geneina,13.48,22.48,origin,80000,
Zalingei,,Sudan,Central Darfur,Zalingei,12.91,23.47,origin,200000,
Nyala,,Sudan,South Darfur,Nyala,12.05,24.88,origin,800000,
Adre,,Chad,Ouaddai,Assoungha,13.47,22.20,reception,40000,
Farchana,,Chad,Ouaddai,Assoungha,13.62,21.77,camp,,50000
Goz Beida,,Chad,Sila,Kimiti,12.22,21.41,camp,,60000
Amdjarass,,Chad,Ennedi Est,Amdjarass,16.07,22.84,camp,,
"""
ROUTES = """\
from,to,distance_km,mode,crossing
El Geneina,Ardamata,5,road,
El Geneina,Zalingei,160,road,
Zalingei,Nyala,200,road,
El Geneina,Adre,30,road,Adre gate
Adre,Farchana,55,road,
Farchana,Goz Beida,180,track,
"""
GROUPS = "group,risk_class,community,homes,share\nMasalit,civilians,Masalit,El Geneina; Ardamata; Zalingei; Nyala,1\n"
EVENTS = "event,start,end,place,kind,severity,known_on\nE1,2021-02-02,2021-02-04,El Geneina,clash,5,2021-02-05\n"
ACTS = "act,from,until,known_on,authority,level,effect,places\nA1,2021-03-01,,2021-03-01,Chad,federal,relief,Chad\n"
REPORTS = (
    "report,known_on,as_of,place,group,quantity,value,bound\nR1,2021-03-02,2021-03-01,Adre,all,present,100,exact\n"
)
SHORT = distances.routes_shorter_than_the_great_circle
LONG = distances.routes_much_longer_than_the_great_circle
AREA = readings.places_named_like_their_area


def darfur(path, **tables):
    """A valid folder of real places; the district of El Geneina bears the name of its seat."""
    mine = {
        "places": PLACES,
        "routes": ROUTES,
        "groups": GROUPS,
        "events": EVENTS,
        "acts": ACTS,
        "reports": REPORTS,
        "areas": None,
    }
    return write_folder(path, **{**mine, **tables})


def replaced(text, old, new):
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("function", [SHORT, LONG, AREA, coordinates.misplaced_coordinates, twins.places_twice])
def test_real_map_gives_no_warning(tmp_path, function):
    events = EVENTS + "E2,2021-02-02,2021-02-04,Ardamata,clash,5,2021-02-05\n"
    assert found(function, darfur(tmp_path, events=events)) == []


def test_great_circles_of_known_length():
    assert great_circle_km(0, 0, 0, 90) == pytest.approx(10_007.5, abs=0.5)
    assert great_circle_km(13.45, 22.45, 12.91, 23.47) == pytest.approx(125.7, abs=0.2)
    assert great_circle_km(10, 179.5, 10, -179.5) == pytest.approx(109.5, abs=0.2)
    assert great_circle_km(90, 0, -90, 0) == pytest.approx(20_015, abs=1)


@pytest.mark.parametrize(
    ("km", "guess"),
    [
        ("16", ", 160 km if a digit was lost,"),
        ("100", ", 160.9 km if it is in miles,"),
        ("1", " or the coordinates"),
        ("110", ", 177 km if it is in miles,"),
    ],
)
def test_road_shorter_than_the_great_circle_is_a_warning_with_both_numbers(tmp_path, km, guess):
    folder = darfur(tmp_path, routes=replaced(ROUTES, "Zalingei,160", f"Zalingei,{km}"))
    fault = only(SHORT, folder)
    assert (fault.file, fault.row, fault.column, fault.cell, fault.level) == (
        "routes.csv", 3, "distance_km", km, "warning",
    )  # fmt: skip
    assert "126 km" in fault.problem
    assert guess in fault.remedy
    assert "El Geneina and Zalingei" in fault.remedy


@pytest.mark.parametrize("km", ["125.7", "121", "126", "600", "1200"])
def test_road_within_reason_of_the_great_circle_gives_no_warning(tmp_path, km):
    folder = darfur(tmp_path, routes=replaced(ROUTES, "Zalingei,160", f"Zalingei,{km}"))
    assert found((SHORT, LONG), folder) == []


@pytest.mark.parametrize(("north", "warned"), [("13.9001", True), ("13.9", False)])
def test_coarse_coordinates_excuse_a_short_road(tmp_path, north, warned):
    places = replaced(PLACES, "12.91,23.47", f"{north},22.4").replace("13.45,22.45", "13.5,22.4")
    routes = replaced(ROUTES, "Zalingei,160", "Zalingei,25").replace("Zalingei,Nyala,200", "Zalingei,Nyala,400")
    assert [fault.row for fault in found(SHORT, darfur(tmp_path, places=places, routes=routes))] == [3] * warned


@pytest.mark.parametrize(
    ("old", "new", "guess"),
    [
        ("Zalingei,160", "Zalingei,1600", "160 km if a decimal point was lost"),
        ("Ardamata,5", "Ardamata,5000", "5 km if it is in metres"),
        ("Adre,30", "Adre,30000", "30 km if it is in metres"),
    ],
)
def test_road_many_times_as_long_as_the_great_circle_is_a_warning(tmp_path, old, new, guess):
    fault = only(LONG, darfur(tmp_path, routes=replaced(ROUTES, old, new)))
    assert (fault.file, fault.column, fault.level) == ("routes.csv", "distance_km", "warning")
    assert "times the great circle" in fault.problem
    assert guess in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "how", "corrected"),
    [
        ("13.62,21.77", "21.77,13.62", "swapped", "lat 13.62, lon 21.77"),
        ("13.62,21.77", "-13.62,21.77", "other sign of lat", "lat 13.62, lon 21.77"),
        ("13.62,21.77", "13.62,-21.77", "other sign of lon", "lat 13.62, lon 21.77"),
        ("13.62,21.77", "13.62,2.177", "point of lon moved", "lat 13.62, lon 21.77"),
        ("12.91,23.47", "1.291,23.47", "point of lat moved", "lat 12.91, lon 23.47"),
    ],
)
def test_coordinates_swapped_or_without_their_sign_are_a_warning_with_the_right_pair(
    tmp_path, old, new, how, corrected
):
    fault = only(coordinates.misplaced_coordinates, darfur(tmp_path, places=replaced(PLACES, old, new)))
    assert (fault.file, fault.column, fault.cell) == ("places.csv", "lat", new.split(",")[0])
    assert how in fault.problem
    assert corrected in fault.remedy


def test_country_s_other_places_tell_where_no_way_does(tmp_path):
    places = replaced(PLACES, "13.62,21.77", "21.77,13.62")
    routes = ROUTES.replace("Adre,Farchana,55,road,\n", "").replace("Farchana,Goz", "Adre,Goz")
    fault = only(coordinates.misplaced_coordinates, darfur(tmp_path, places=places, routes=routes))
    assert "from the middle of the other places of Chad" in fault.problem
    assert "lat 13.62, lon 21.77" in fault.remedy


@pytest.mark.parametrize("country", ["Chad", "Sudan"])
def test_country_with_all_its_coordinates_swapped_is_one_warning(tmp_path, country):
    lines = PLACES.splitlines()
    for number, line in enumerate(lines):
        cells = line.split(",")
        if cells[2] == country:
            cells[5], cells[6] = cells[6], cells[5]
            lines[number] = ",".join(cells)
    folder = darfur(tmp_path, places="\n".join(lines) + "\n")
    fault = only(countries.misplaced_countries, folder)
    assert (fault.file, fault.column) == ("places.csv", "lat")
    assert "but swapped they would" in fault.problem
    assert {"Chad", "Sudan"} <= {word.strip(",") for word in f"{fault.problem} {fault.remedy}".split()}
    assert found(countries.misplaced_countries, darfur(tmp_path / "right")) == []


def test_capital_far_away_is_where_it_is(tmp_path):
    places = PLACES + "Khartoum,,Sudan,Khartoum,,15.5,32.56,town,,\n"
    routes = ROUTES + "Nyala,Khartoum,1300,road,\n"
    assert found((coordinates.misplaced_coordinates, SHORT, LONG), darfur(tmp_path, places=places, routes=routes)) == []


def test_place_is_not_taken_for_one_where_there_is_none_of_its_country_either(tmp_path):
    places = PLACES + "Port,,Sudan,Coast,,7.5,-22,town,,\n"
    assert found(coordinates.misplaced_coordinates, darfur(tmp_path, places=places)) == []


def test_country_whose_way_over_the_border_is_right_is_not_swapped(tmp_path):
    # As far north as east, the place on the border fits its way either way round.
    header = PLACES.splitlines()[0]
    places = "Left,,Chad,,,13.4,13.42,camp,,\nInland,,Chad,,,12,15,camp,,\nRight,,Sudan,,,13.45,13.5,origin,9,\n"
    routes = f"{ROUTES.splitlines()[0]}\nLeft,Right,12,road,Gate\n"
    groups = GROUPS.replace("El Geneina; Ardamata; Zalingei; Nyala", "Right")
    tables = {"places": f"{header}\n{places}", "routes": routes, "groups": groups}
    reports, events = REPORTS.replace("Adre", "Left"), EVENTS.replace("El Geneina", "Right")
    assert found(countries.misplaced_countries, darfur(tmp_path, **tables, reports=reports, events=events)) == []


def test_place_at_the_origin_of_the_grid_is_a_warning_and_has_no_distances(tmp_path):
    places = replaced(PLACES, "12.91,23.47", "0,0")
    fault = only(coordinates.no_coordinates, darfur(tmp_path, places=places))
    assert (fault.row, fault.column) == (4, "lat")
    assert found((SHORT, coordinates.misplaced_coordinates), tmp_path) == []


def test_region_of_two_countries_is_a_warning(tmp_path):
    places = replaced(PLACES, "Nyala,,Sudan", "Nyala,,Chad").replace("South Darfur,Nyala", "West Darfur,")
    fault = only(countries.regions_of_two_countries, darfur(tmp_path, places=places))
    assert (fault.row, fault.column) == (5, "country")
    assert "West Darfur is in Sudan elsewhere" in fault.problem


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        ("reports", "place", "R9,2021-03-02,2021-03-01,El Geneina,all,idp_present,2000,about\n"),
        ("reports", "place", "R9,2021-03-02,2021-03-01,el geneina,all,idp_present,2000,about\n"),
        ("acts", "places", "A9,2021-03-01,,2021-03-01,Sudan,federal,relief,El Geneina\n"),
    ],
)
def test_name_of_a_place_and_of_its_district_is_a_warning_with_both_readings(tmp_path, table, column, row):
    text = {"reports": REPORTS, "acts": ACTS}[table] + row
    events = replaced(EVENTS, "El Geneina", "Zalingei")
    fault = only(AREA, darfur(tmp_path, events=events, **{table: text}))
    assert (fault.file, fault.row, fault.column, fault.level) == (f"{table}.csv", 3, column, "warning")
    assert "is a place, and also an area with Ardamata in it: the place alone is meant" in fault.problem


def test_name_of_a_place_and_of_its_district_counts_in_affinities_and_the_series(tmp_path):
    groups = GROUPS.replace("share\n", "share,affinity\n").replace(",1\n", ",1,el geneina=1\n")
    events = replaced(EVENTS, "El Geneina", "Zalingei")
    fault = only(AREA, darfur(tmp_path / "affinity", groups=groups, events=events))
    assert (fault.file, fault.row, fault.column) == ("groups.csv", 2, "affinity")
    scenario = replaced(SCENARIO, 'place = "North"', 'place = "El Geneina"')
    fault = only(AREA, darfur(tmp_path / "series", scenario=scenario, events=events))
    assert (fault.file, fault.column, fault.cell) == ("scenario.toml", "series.place", "El Geneina")


def test_both_readings_can_be_said(tmp_path):
    reports = REPORTS + "R9,2021-03-02,2021-03-01,El Geneina area,all,idp_present,2000,about\n"
    reports += "R8,2021-03-02,2021-03-01,El Geneina,all,idp_present,1000,about\n"
    places = PLACES.replace("Darfur,El Geneina", "Darfur,El Geneina area")
    assert found(AREA, darfur(tmp_path / "area", reports=reports, places=places)) == []
    events = replaced(EVENTS, "El Geneina", "Geneina")
    reports = REPORTS + "R8,2021-03-02,2021-03-01,Geneina,all,idp_present,1000,about\n"
    assert found(AREA, darfur(tmp_path / "alias", reports=reports, events=events)) == []


def test_events_that_go_by_places_mean_the_seat(tmp_path):
    assert only(AREA, darfur(tmp_path / "a", reports=REPORTS, events=EVENTS)).file == "events.csv"
    events = EVENTS + "E2,2021-02-02,2021-02-04,Ardamata,clash,5,2021-02-05\n"
    assert found(AREA, darfur(tmp_path / "b", events=events)) == []


@pytest.mark.parametrize("where", ["13.62,21.77", "13.6203,21.7702"])
def test_two_places_at_one_spot_are_a_warning(tmp_path, where):
    places = PLACES + f"Camp Farchana,,Chad,Ouaddai,Assoungha,{where},camp,,\n"
    fault = only(twins.places_twice, darfur(tmp_path, places=places))
    assert (fault.row, fault.cell) == (10, "Camp Farchana")
    assert "Farchana (row 7)" in fault.problem
    routes = ROUTES + "Farchana,Camp Farchana,1,foot,\n"
    assert found(twins.places_twice, darfur(tmp_path / "joined", places=places, routes=routes)) == []


def test_places_across_a_border_or_a_walk_apart_are_two(tmp_path):
    places = PLACES + "Farchana East,,Sudan,,,13.62,21.77,town,,\nFarchana North,,Chad,,,13.63,21.77,camp,,\n"
    assert found(twins.places_twice, darfur(tmp_path, places=places)) == []


@pytest.mark.parametrize(
    ("district", "written", "told"),
    [
        ("Adré", "Adre", "is a place, and the area Adré is spelled nearly alike: the place alone is meant"),
        ("Adré", "Adré", "is an area, and the place Adre is spelled nearly alike: the area is meant"),
        ("ADRÉ", "adre", "is a place, and the area ADRÉ"),
        ("Adre area", "Adre", None),
    ],
)
def test_district_spelled_nearly_like_its_seat_is_a_warning_until_it_has_another_name(
    tmp_path, district, written, told
):
    lines = PLACES.splitlines()
    head = lines[0].split(",")
    rows = [dict(zip(head, line.split(","), strict=True)) for line in lines[1:]]
    for row in rows:
        if row["place"] in ("Adre", "Farchana"):
            row["admin2"] = district
    places = "\n".join([lines[0], *(",".join(row.values()) for row in rows), ""])
    reports = replaced(REPORTS, ",Adre,", f",{written},")
    faults = found(readings.places_spelled_like_an_area, darfur(tmp_path, places=places, reports=reports))
    assert [fault.problem.startswith(told or "-") for fault in faults] == ([True] if told else [])


OUTSIDE = countries.places_outside_their_country


def test_place_outside_the_country_of_its_row_is_a_warning(tmp_path):
    folder = darfur(tmp_path, places=replaced(PLACES, "Farchana,,Chad", "Farchana,,Sudan"))
    fault = only(OUTSIDE, folder)
    assert (fault.file, fault.row, fault.column, fault.cell, fault.level) == (
        "places.csv",
        7,
        "lat",
        "13.62",
        "warning",
    )
    assert fault.problem.startswith("of Farchana, with lon 21.77, lies ")
    assert fault.problem.endswith(" km outside Sudan, in Chad")


def test_place_at_sea_is_a_warning(tmp_path):
    fault = only(OUTSIDE, darfur(tmp_path, places=replaced(PLACES, "12.05,24.88", "-12.05,1.88")))
    assert fault.problem.endswith(" km outside Sudan, at sea")


def test_places_on_their_side_and_those_whose_country_has_no_shape_are_not_warned_of(tmp_path):
    assert found(OUTSIDE, darfur(tmp_path / "real")) == []
    moved = PLACES.replace(",Chad,", ",Wadai,")
    assert found(OUTSIDE, darfur(tmp_path / "named", places=moved)) == []


@pytest.mark.parametrize(("lat", "lon", "warned"), [("13.5", "22.1", 0), ("13.51", "22.11", 1), ("13", "21", 1)])
def test_as_much_as_was_rounded_is_allowed_for(tmp_path, lat, lon, warned):
    places = replaced(PLACES, "13.48,22.48", f"{lat},{lon}")
    assert len(found(OUTSIDE, darfur(tmp_path, places=places))) == warned


def test_no_place_of_the_library_lies_outside_its_country():
    assert list(OUTSIDE(tiau.load("mizoram-2021"))) == []


@pytest.mark.skipif(not CASES, reason="../shared/flee-cases is not there")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_place_of_flees_cases_lies_outside_its_country(case):
    assert list(OUTSIDE(tiau.load(case))) == []
