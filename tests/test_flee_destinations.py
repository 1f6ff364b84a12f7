"""Cases in Flee's format under the `destinations` rules: shares in closed form, closures, conservation, knowledge."""

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest

import flee_toys as toys
from flee_random_toys import random_case
from test_flee_command import folder as folder
from tiau import flee
from tiau.engine.audit import head_count
from tiau.engine.day import advance
from tiau.faults import InputError
from tiau.flee.accuracy.scores import averaged_difference
from tiau.flee.destinations import cold_start, present, simulate_destinations, variants

MALI_WITH, MALI_WITHOUT = 0.0868, 0.1639
CASES = Path(__file__).parents[2] / "shared" / "flee-cases"
PLAIN = {"distance_decay": 0.0, "crowd_power": 0.0, "entry_bonus": 0.0, "room_power": 0.0}


def star(*camps, days=6, data=None, **settings):
    """A zone with a way to each camp: (name, km, country[, capacity]); 1,000 people come on day 1."""
    places = [toys.place("Z", "conflict_zone", 5000)]
    places += [toys.place(name, "camp", *(room or [0]), country=country) for name, _, country, *room in camps]
    ways = [("Z", name, km) for name, km, *_ in camps]
    return toys.build(places, ways, days, data=toys.gone() | (data or {}), **settings)


def last(case, *, capacity=True, day=-1, **parameters):
    """People in each camp at the end, with all but some parameters at nothing."""
    cold = cold_start(case, capacity=capacity)
    return present(cold, variants(cold, [PLAIN | parameters]))[0][day, :, 0]


def test_distance_shares_newcomers_as_the_exponential_says():
    found = last(star(("Near", 100, "b"), ("Far", 250, "c")), distance_decay=0.01)
    near, far = math.exp(-1.0), math.exp(-2.5)
    assert found == pytest.approx([1000 * near / (near + far), 1000 * far / (near + far)])


def test_crowds_attract_and_those_of_the_first_day_stay_where_they_are():
    case = star(("A", 100, "b"), ("B", 100, "c"), data={"A": [300], "B": [100]})
    assert last(case, day=0).tolist() == [300, 100]
    found = last(case, crowd_power=2.0, crowd_floor=0.05)
    a, b = (0.75 + 0.05) ** 2, (0.25 + 0.05) ** 2
    assert found == pytest.approx([300 + 1000 * a / (a + b), 100 + 1000 * b / (a + b)])


def test_nearest_camp_of_each_country_has_the_bonus():
    case = star(("A", 100, "b"), ("B", 150, "b"), ("C", 500, "c"))
    bonus = math.e
    assert last(case, entry_bonus=1.0) == pytest.approx(np.array([bonus, 1, bonus]) * 1000 / (1 + 2 * bonus))


def test_room_counts_the_people_of_the_first_day_once():
    case = star(("A", 100, "b", 1000), ("B", 100, "c", 4000), data={"A": [400]})
    found = last(case, room_power=1.0, room_scale=2.0)
    a, b = 1 - 400 / 2000, 1.0
    assert found == pytest.approx([400 + 1000 * a / (a + b), 1000 * b / (a + b)])


def test_full_camps_take_nobody_while_others_have_room_and_then_overfill():
    one_full = star(("A", 100, "b", 300), ("B", 100, "c", 4000), data={"A": [300]})
    room = {"room_power": 1.0, "room_scale": 1.0, "room_floor": 0.001}
    assert last(one_full, **room) == pytest.approx([300 + 1000 / 1001, 1000 * 1000 / 1001])
    both_full = star(("A", 100, "b", 300), ("B", 200, "c", 100), data={"A": [300], "B": [100]})
    near, far = math.exp(-1), math.exp(-2)
    found = last(both_full, distance_decay=0.01, **room)
    assert found == pytest.approx([300 + 1000 * near / (near + far), 100 + 1000 * far / (near + far)])


def test_people_arrive_after_300_km_a_day():
    case = star(("Near", 300, "b"), ("Far", 650, "c"))
    there = [last(case, day=day).tolist() for day in range(5)]
    assert there == [[0, 0], [500, 0], [500, 0], [500, 500], [500, 500]]


def test_zones_send_people_by_population_times_intensity():
    places = [toys.place("Y", "conflict_zone", 1000), toys.place("Z", "conflict_zone", 2000)]
    places += [toys.place("A", "camp", country="b"), toys.place("B", "camp", country="b")]
    case = toys.build(places, [("Y", "A", 10), ("Z", "B", 10)], 4, data=toys.gone(700), conflicts={"Y": [1], "Z": [3]})
    assert last(case) == pytest.approx([100, 600])


@pytest.mark.parametrize("closure", [("country", "home", "b"), ("location", "T", ""), ("camp", "A", "")])
def test_people_wait_while_nothing_is_open_and_choose_when_it_opens(closure):
    places = [toys.place("Z", "conflict_zone", 5000), toys.place("T", "town"), toys.place("A", "camp", country="b")]
    case = toys.build(places, [("Z", "T", 10), ("T", "A", 10)], 6, data=toys.gone(), closures=[(*closure, 0, 3)])
    assert [last(case, day=day)[0] for day in range(5)] == [0, 0, 0, 1000, 1000]


def test_closed_way_sends_people_elsewhere_and_a_camp_that_is_none_keeps_its_people():
    closed = star(("A", 10, "b"), ("B", 10, "c"), closures=[("country", "home", "b", 0, 9)])
    assert last(closed).tolist() == [0, 1000]
    none = star(("A", 10, "b"), ("B", 10, "c"), data={"A": [70]}, closures=[("camp", "A", "", 0, 9)])
    assert last(none).tolist() == [70, 1000]


def test_who_is_on_the_way_when_it_shuts_chooses_again_at_the_next_place():
    places = [toys.place("Z", "conflict_zone", 5000), toys.place("T", "town"), toys.place("U", "town")]
    places += [toys.place("A", "camp", country="b"), toys.place("B", "camp", country="c")]
    ways = [("Z", "T", 290), ("T", "A", 200), ("T", "U", 200), ("U", "B", 10)]
    shut = {"data": toys.gone(), "closures": [("location", "A", "", 2, 99)]}
    # On day 1 they come past T; the road to A that half of them are on is not taken from under their feet.
    assert last(toys.build(places, ways, 8, **shut)).tolist() == [500, 500]
    assert last(toys.build(places, [("Z", "T", 300), *ways[1:]], 8, **shut)).tolist() == [0, 1000]


def test_nobody_is_lost_or_made_on_any_day():
    places = [toys.place("Z", "conflict_zone", 5000), toys.place("T", "town")]
    places += [toys.place("A", "camp", 900, country="b"), toys.place("B", "camp", 100, country="c")]
    case = toys.build(
        places, [("Z", "T", 700), ("T", "A", 100), ("T", "B", 900)], 30,
        data={"A": [50, 40, 60], "gone": toys.daily(100, 30)}, closures=[("country", "home", "b", 5, 12)],
    )  # fmt: skip
    cold = cold_start(case)
    batch = cold.batch(variants(cold, [{"room_scale": 1.1}]))
    for day in range(case.days):
        advance(batch, day)
        assert head_count(batch)[0] == pytest.approx(50 + cold.newcomers.a_day[: day + 1].sum(), rel=1e-12)
    assert batch.cells.people[0, : batch.cells.size[0]].sum() > 0


@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_lost_or_made_in_random_cases(seed):
    cold = cold_start(random_case(seed), capacity=bool(seed % 2))
    batch = cold.batch(variants(cold, [{}]))
    for day in range(cold.case.days):
        advance(batch, day)
        whole = cold.newcomers.at_camps.sum() + cold.newcomers.a_day[: day + 1].sum()
        assert head_count(batch)[0] == pytest.approx(whole, rel=1e-9)


def test_members_with_other_parameters_run_side_by_side():
    cold = cold_start(star(("A", 10, "b"), ("B", 900, "c")))
    points = [{"distance_decay": 0.001}, {"distance_decay": 0.01}]
    both, _ = present(cold, variants(cold, points))
    for number, point in enumerate(points):
        assert np.array_equal(both[:, :, number], present(cold, variants(cold, [point]))[0][:, :, 0])


def test_without_capacities_they_change_nothing():
    camps = [("A", 100, "b", 500), ("B", 300, "c", 2000)]
    other = [(*camp[:3], 77) for camp in camps]
    data = {"A": [100], "B": [20]}
    first, second = (
        [simulate_destinations(star(*row, data=data), capacity=capacity) for row in (camps, other)]
        for capacity in (False, True)
    )
    assert np.array_equal(first[0].present, first[1].present)
    assert not np.array_equal(second[0].present, second[1].present)
    assert "capacities" in second[0].knows
    assert "capacities" not in first[0].knows


def test_destinations_need_totals_and_zones():
    with pytest.raises(InputError, match="destinations need totals"):
        cold_start(star(("A", 10, "b"), spawn_mode="conflict"))
    quiet = [toys.place("Z", "town", 9), toys.place("A", "camp")]
    with pytest.raises(InputError, match=r"on day 1 .* 1,000 people come by the counts"):
        cold_start(toys.build(quiet, [("Z", "A", 9)], 3, data=toys.gone()))


@pytest.mark.skipif(not CASES.is_dir(), reason="../shared/flee-cases is not there")
def test_case_of_the_shared_folder():
    case = flee.load(CASES / "mali2012")
    with_, without = (simulate_destinations(case, capacity=capacity) for capacity in (True, False))
    data = with_.data.astype(float)
    assert with_.data.sum() > 0
    assert with_.created[-1, 0] == pytest.approx(89_991)
    assert "FITTED TO THIS CASE" in with_.knows
    assert averaged_difference(with_.present[:, :, 0], data) == pytest.approx(MALI_WITH, abs=0.002)
    assert averaged_difference(without.present[:, :, 0], data) == pytest.approx(MALI_WITHOUT, abs=0.002)
    blank = [dataclasses.replace(one, people=0) if "camp" in one.kind else one for one in case.locations]
    again = simulate_destinations(dataclasses.replace(case, locations=tuple(blank)), capacity=False)
    assert np.array_equal(again.present, without.present)


def test_command_runs_destinations_beside_the_same_baselines(here, folder):
    done = here("flee", folder, "--model", "destinations", "--out", "out.csv")
    assert done.returncode == 0, done.stderr
    for words in ("by the rules `destinations`", "shared by capacity", "capacities"):
        assert words in done.stdout
    rows = Path("out.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 41
    assert "Near sim" in rows[0]


@pytest.mark.parametrize("model", ["flee", "destinations"])
def test_command_can_do_without_capacities(here, folder, model):
    locations = folder / "input_csv" / "locations.csv"
    text = locations.read_text(encoding="utf-8")
    runs = []
    for capacity in ("1000", "10"):
        locations.write_text(text.replace("camp,,1000", f"camp,,{capacity}"), encoding="utf-8")
        done = here("flee", folder, "--model", model, "--no-capacity", "--out", "out.csv")
        assert done.returncode == 0, done.stderr
        runs.append(Path("out.csv").read_bytes())
        line = next(line for line in done.stdout.splitlines() if line.startswith("this run"))
        assert "totals; conflicts, roads" in line
        assert "capacities" not in line
    assert runs[0] == runs[1]


@pytest.mark.parametrize("option", ["--members", "--scale"])
def test_command_refuses_what_destinations_have_not(here, folder, option):
    done = here("flee", folder, "--model", "destinations", option, 3)
    assert done.returncode == 2
    assert f"{option}" in done.stderr
    assert "expectations at full scale" in done.stderr
