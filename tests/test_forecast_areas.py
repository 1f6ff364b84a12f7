"""What a planner takes away of a forecast: areas by week and month, who arrives, needs."""

import csv
import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiau
from forecast_toys import counted
from tiau.forecasting.delivery import AREAS, FORECAST, NEEDS
from tiau.forecasting.regions import Region, place_of, regions, with_figures
from tiau.results.periods import days_ahead, periods
from toys import LIVELY, UNLIKE, camp, day, event, origin, place, scenario, way

HORIZON = 40
GIVEN = {"origin": day(60), "horizon": HORIZON, "members": 20, "jobs": 1}
LEVELS = ("p05", "p25", "median", "p75", "p95")


def districts():
    """Two districts of a state abroad: one camp counted, one not, and a camp of no district with a figure."""
    camps = (
        camp("C", admin1="State", admin2="East"),
        camp("D", admin1="State", admin2="East"),
        camp("E", admin1="State", admin2="West"),
        camp("F", admin1="Other"),
    )
    figures = [
        counted(f"{name}{number}", number, share * number, place=name)
        for number in range(10, 61, 10) for name, share in (("C", 40), ("D", 10), ("E", 20), ("F", 5))
    ]  # fmt: skip
    figures.append(counted("S", 60, 9_000, place="State"))
    return scenario(
        [origin(people=200_000), *camps],
        [way("O", one.place, 100, one.place) for one in camps],
        days=120,
        parameters={**LIVELY, **UNLIKE, "departure_rate": 0.002, "stay_inside": 0},
        reports=figures,
        events=[event(first, first + 5, name=f"e{first}") for first in range(0, 60, 12)],
    )


@pytest.fixture(scope="module")
def found():
    return tiau.forecast(districts(), **GIVEN)


def draws(found, name, target="present"):
    return found.draws[found.row(target, name)]


def test_regions_are_parted_into_what_lies_right_below_them():
    of = regions(districts())
    assert {name: (region.level, region.parts) for name, region in of.items() if name != "Home"} == {
        "Abroad": ("country", ("State", "Other")),
        "State": ("admin1", ("East", "West")),
        "Other": ("admin1", ("F",)),
        "East": ("admin2", ("C", "D")),
        "West": ("admin2", ("E",)),
    }
    assert place_of(districts(), "West") == ("admin2", "Abroad")
    assert place_of(districts(), "F") == ("place", "Abroad")


def test_a_district_of_one_name_in_two_states_is_taken_by_its_places():
    camps = camp("C", admin1="North", admin2="Centre"), camp("D", admin1="South", admin2="Centre")
    of = regions(scenario([origin(), *camps], [way("O", "C", 100)]))
    assert (of["North"].parts, of["South"].parts, of["Abroad"].parts) == (("C",), ("D",), ("North", "South"))


def test_a_city_of_the_name_of_its_country_is_no_circle():
    camps = camp("C", "City", admin1="Region", admin2="City"), camp("D", "City", admin1="Region", admin2="Port")
    of = regions(scenario([origin(), *camps], [way("O", "C", 100)]))
    assert of["City"] == Region("country", ("Region",))
    assert of["Region"] == Region("admin1", ("C", "Port"))


def test_regions_know_whether_a_part_of_them_has_a_figure():
    of = regions(districts())
    assert with_figures(of, {"C"}) == {"East", "State", "Abroad"}
    assert with_figures(of, {"State"}) == {"Abroad"}
    assert with_figures(of, {"Abroad"}) == set()


def test_an_area_without_a_figure_is_the_sum_of_its_parts_member_by_member(found):
    assert draws(found, "East") == pytest.approx(draws(found, "C") + draws(found, "D"))
    assert draws(found, "West") == pytest.approx(draws(found, "E"))
    assert draws(found, "Abroad") == pytest.approx(draws(found, "State") + draws(found, "F"))


def test_places_where_nobody_is_add_up_to_nobody(found):
    empty = [place(f"R{number}", "reception", "Abroad", admin1="Far") for number in range(5)]
    toy = districts()
    far = tiau.forecast(toy.model_copy(update={"places": (*toy.places, *empty)}), **GIVEN)
    assert not draws(far, "Far").any()
    assert not draws(far, "Far", "arrivals").any()
    assert draws(far, "Abroad") == pytest.approx(draws(found, "Abroad"))


def test_an_area_with_a_figure_stands_by_it_and_says_what_its_parts_add_up_to(found):
    assert found.last[found.row("present", "State")] == 9_000
    assert found.parts.keys() == {"State"}
    assert found.parts["State"] == pytest.approx(draws(found, "East") + draws(found, "West"))
    table = found.areas()
    of_state = table[(table["area"] == "State") & (table["target"] == "present")]
    assert (of_state["median_of_parts"] < 0.7 * of_state["median"]).all()
    assert table.loc[table["area"] != "State", "median_of_parts"].isna().all()


def test_a_row_of_an_area_is_the_quantile_of_the_sum(found):
    table = found.areas()
    row = table[(table["area"] == "East") & (table["target"] == "present") & (table["period"] == "week")].iloc[1]
    people = draws(found, "C")[2] + draws(found, "D")[2]
    assert [row[name] for name in LEVELS] == [round(x) for x in found.of(people, 0.05, 0.25, 0.5, 0.75, 0.95)]
    assert (row["from"], row["to"]) == (day(68), day(74))


def test_the_same_area_is_the_same_number_in_both_files(found, tmp_path):
    found.save(tmp_path / "out")
    with (tmp_path / "out" / FORECAST).open(encoding="utf-8", newline="") as file:
        hub = {
            (row["location"], row["target"], row["target_end_date"], row["output_type_id"]): float(row["value"])
            for row in csv.DictReader(file) if row["output_type"] == "quantile"
        }  # fmt: skip
    with (tmp_path / "out" / AREAS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    compared = 0
    for row in rows:
        key = row["area"], row["target"], row["to"], "0.95"
        whole_week = row["period"] == "week" and _days(row) == 7
        if row["target"] == "present" or whole_week:
            assert int(row["p95"]) == pytest.approx(hub[key], abs=0.51, rel=1e-5)
            compared += 1
    # Present: 5 areas, 6 weeks, March and April; arrivals: 5 whole weeks.
    assert compared == 5 * (6 + 2) + 5 * 5


def _days(row):
    return (dt.date.fromisoformat(row["to"]) - dt.date.fromisoformat(row["from"])).days + 1


@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 730))
def test_weeks_and_months_part_the_time_ahead(begin, horizon):
    for name in ("week", "month"):
        parts = [one for one in periods(begin, horizon) if one.name == name]
        assert [one.after for one in parts] == [0, *(one.to for one in parts[:-1])]
        assert parts[-1].to == horizon
        assert all(one.after < one.to for one in parts)
        months = {(begin + dt.timedelta(days)).strftime("%Y %m") for days in range(1, horizon + 1)}
        assert len(parts) == (-(-horizon // 7) if name == "week" else len(months))
    assert set(range(7, horizon, 7)) <= set(days_ahead(begin, horizon))


def test_weeks_and_months_of_arrivals_add_up_to_the_same(found):
    came = draws(found, "East", "arrivals")
    at = {days: number for number, days in enumerate((0, *found.days))}
    for name in ("week", "month"):
        parts = [came[at[one.to]] - came[at[one.after]] for one in periods(found.origin, HORIZON) if one.name == name]
        assert sum(parts) == pytest.approx(came[-1])
        assert min(float(part.min()) for part in parts) >= 0


def test_who_is_present_has_arrived(found):
    # Nobody returns or moves on here; what is left is that gaps to last figures fade, and that sources err a little
    # otherwise, which moves people present alone.
    sure = tiau.forecast(steady(), **GIVEN)
    for name in ("C", "East"):
        present, came = draws(sure, name), draws(sure, name, "arrivals")
        more = present[-1] - present[0]
        # Every other member goes by figures alone.
        assert np.abs(came[-1] - more)[:, ::2].max() < 0.05 * present[-1].max()
        assert (came[-1] - more).min() > -0.05 * present[-1].max()
    assert np.all(draws(found, "East", "arrivals")[-1] > 0)


def steady():
    """Nobody returns or moves on, and gaps to figures last."""
    calm = {"return_rate": 0, "onward_rate": 0, "pull_drift_days": 3_650}
    toy = districts()
    data = toy.model_dump()
    data["settings"]["parameters"] |= {name: {"value": value, "why": "toy"} for name, value in calm.items()}
    return type(toy).model_validate(data)


def test_needs_follow_from_the_people_present(found, tmp_path):
    found.save(tmp_path / "out")
    with (tmp_path / "out" / NEEDS).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["area"], row["need"]) == ("East", "water")]
    assert [row["to"] for row in rows] == [str(found.date(days)) for days in found.days]
    people = found.of(draws(found, "East")[-1], 0.05, 0.5)
    assert [int(rows[-1][name]) for name in ("p05", "median")] == [15 * round(x) for x in people]
    assert (rows[-1]["level"], rows[-1]["admin1"], rows[-1]["place"]) == ("admin2", "State", "")
    needs = found.needs()
    assert set(needs["area"]) == {name for target, name in found.rows if target == "present"}


def test_it_is_found_by_tab_and_shown_as_a_table(found):
    assert {"areas", "needs", "save", "table", "quantiles", "samples"} <= set(dir(found))
    assert "<table" in found._repr_html_()
