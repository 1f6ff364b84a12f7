"""Flee's measures on numbers worked out by hand, baselines on a small case, and both on the published ones."""

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tiau import flee
from tiau.flee.accuracy import scores
from tiau.flee.accuracy.baselines import answers, baselines, capacities, gravity, last_counts
from tiau.flee.case.counts import counts
from tiau.flee.case.kinds import reported
from tiau.flee.case.model import DataFile, DayTable, FleeCase, Label, Link, Location
from tiau.flee.case.settings import FleeSettings

SHARED = Path(__file__).parents[2] / "shared"
CAMPS = ("Near", "Far")


def array(*rows):
    return np.array(rows, dtype=np.float64)


def test_difference_is_relative_to_the_total_of_the_day():
    found = scores.difference(array([3, 1], [0, 10]), array([1, 3], [5, 5]))
    assert found.tolist() == [1.0, 1.0]
    assert scores.averaged_difference(array([3, 1], [5, 6]), array([1, 3], [5, 5])) == pytest.approx((1 + 0.1) / 2)


def test_a_total_below_one_counts_as_one():
    assert scores.difference(array([3, 1]), array([0, 0])).tolist() == [4.0]


def test_differences_are_rounded_to_four_digits():
    assert scores.difference(array([1.00004, 0]), array([1, 0])).tolist() == [0.0]
    assert scores.difference(array([1.00006, 0]), array([1, 0])).tolist() == [0.0001]


def test_rescaling_removes_the_error_of_the_total():
    simulated, data = array([2, 2], [0, 0], [1, 3]), array([10, 30], [5, 5], [0, 0])
    assert scores.rescaled(simulated, data).tolist() == [[20, 20], [0, 0], [0, 0]]
    assert scores.averaged_difference_rescaled(simulated, data) == pytest.approx((20 / 40 + 1 + 0) / 3)


def test_errors_of_camps_add_up_to_the_difference():
    simulated, data = array([3, 1], [4, 8]), array([1, 3], [6, 6])
    found = scores.camp_errors(simulated, data)
    assert found.absolute.tolist() == [2, 2]
    assert found.absolute_rescaled.tolist() == [2, 2]
    assert found.share.sum() == pytest.approx(scores.averaged_difference(simulated, data))


def growing(days=10):
    """One camp with a person more each day, from 1, beside one that stays at 2."""
    return np.array([[day + 1.0, 2.0] for day in range(days)])


def test_scaled_error_of_flee_sets_all_days_against_the_days_after():
    data = growing()
    simulated = data[:, ::-1]
    # Off by |t - 1| on each day, in both camps: mean over all 10 days 3.7. The flat line of day 7 (8 people) is off by
    # 1 on day 8 and 2 on day 9.
    assert scores.mase_of_flee(simulated, data, day=7, naive="flat")[0] == pytest.approx(round(3.7 / 1.5, 4))
    # The slope goes on by 8 a day: 64 and 72 where 9 and 10 are right, and 16 and 18 where 2 is.
    found = scores.mase_of_flee(simulated, data, day=7, naive="sloped")
    assert found.tolist() == [round(3.7 / 58.5, 4), round(3.7 / 15, 4)]
    # The share of day 7 is 8 of 10, and totals are 11 and 12.
    found = scores.mase_of_flee(simulated, data, day=7, naive="ratio")
    assert found.tolist() == [round(3.7 / 0.3, 4)] * 2


def test_scaled_error_of_flee_has_no_slope_for_a_camp_empty_on_the_early_day():
    late = [0.0 if day < 20 else 5.0 for day in range(34)]
    data = np.array([late, [5.0] * 34]).T
    # Everybody of the second camp is simulated in the first, and the other way round.
    off_by = 20 * 5 / 34
    first, second = scores.mase_of_flee(data[:, ::-1], data, day=30, naive="sloped")
    assert first == pytest.approx(round(off_by / 5, 4))
    assert second == pytest.approx(round(off_by / (31 * 5 - 5 + 5), 4))


def test_scaled_error_without_an_error_to_scale_by_is_no_number():
    data = growing()
    assert np.isinf(scores.mase_of_flee(data[:, ::-1], data, day=7, naive="flat")[1])
    assert np.isnan(scores.mase_of_flee(data, data, day=7, naive="flat")[1])
    assert np.isnan(scores.mase_of_flee(data, data, day=30, naive="flat")).all()


def test_total_of_scaled_errors_weighs_camps_by_their_people():
    data = array([1, 3], [1, 3])
    assert scores.total_mase_of_flee(np.array([2.0, 4.0]), data) == pytest.approx(3.5)


def test_scaled_error_on_the_same_days_compares_like_with_like():
    data = growing()
    assert scores.mase(data + 1, data, day=7) == pytest.approx((2 + 2) / (1 + 2))
    assert scores.mase(np.broadcast_to(data[7], data.shape), data, day=7) == 1
    assert np.isnan(scores.mase(data, data, day=9))
    assert np.isnan(scores.mase(data[:, 1:], data[:, 1:], day=7))


def place(name, kind, people, country="Home"):
    return Location(name, "", country, 0.0, 0.0, kind, 0, people)


def label(name, *rows):
    return Label(name, (DataFile(f"{name}.csv", tuple(day for day, _ in rows), tuple(n for _, n in rows)),))


def case_of(**changed):
    """Zones A and B; roads A 10 km Near, Near 30 km Far, B 20 km Far; conflict in A from day 0, in B from day 50."""
    conflict = np.zeros((100, 2))
    conflict[:, 0], conflict[50:, 1] = 1, 1
    case = FleeCase(
        name="small",
        start=dt.date(2020, 1, 1),
        days=100,
        locations=(
            place("A", "conflict_zone", 300), place("B", "town", 900),
            place("Near", "camp", 100, "Away"), place("Far", "camp", 300, "Away"),
        ),
        links=(Link("A", "Near", 10), Link("A", "Near", 15), Link("Near", "Far", 30), Link("Far", "B", 20)),
        closures=(),
        labels=(
            label("total", (0, 0)), label("Near", (0, 0), (40, 80), (80, 40)), label("Far", (10, 10), (60, 160))
        ),
        conflicts=DayTable(("A", "B"), conflict),
    )  # fmt: skip
    return replace(case, **changed)


def data_of(case, hasten=1, days=100):
    return counts(case, hasten=hasten, days=days)[1:].T.astype(float)


def result_of(case, present, data):
    rest = {name: np.zeros(0) for name in ("created", "raw", "debt", "everywhere")}
    how = {"hasten": 1, "members": present.shape[2], "seed": 1, "chance": True, "camps": CAMPS, "seconds": 0.0}
    return flee.FleeResult(case=case, present=present, data=data.astype(np.int64), **how, **rest)


def by_name(case, hasten=1):
    data = data_of(case, hasten)
    return {one.name: one for one in baselines(case, camps=CAMPS, data=data, hasten=hasten)}


def test_shares_split_the_total_of_each_day():
    case = case_of()
    data, found = data_of(case), by_name(case)
    by_capacity = found["total, shared by capacity"]
    assert np.allclose(by_capacity.values, data.sum(1)[:, None] * [0.25, 0.75])
    by_largest = found["total, shared by largest count"]
    assert np.allclose(by_largest.values, data.sum(1)[:, None] * [80 / 240, 160 / 240])
    assert [name for name, one in found.items() if one.leaks] == ["total, shared by largest count"]


def test_new_arrivals_are_added_to_the_people_of_the_first_day_and_nobody_leaves():
    case = case_of()
    data, values = data_of(case), by_name(case)["new arrivals, shared evenly"].values
    assert values[0].tolist() == data[0].tolist() == [0, 10]
    assert np.allclose(values.sum(1), np.maximum.accumulate(data.sum(1)))
    assert np.allclose(values[:, 1] - values[:, 0], 10)


def test_distance_draws_people_of_places_in_conflict_by_the_shortest_roads():
    found = gravity(case_of(), CAMPS, 100)
    assert found[0] == pytest.approx([0.8, 0.2])
    near, far = 300 / 10 + 900 / 50, 300 / 40 + 900 / 20
    assert found[50] == pytest.approx([near / (near + far), far / (near + far)])


def test_distance_uses_the_shares_of_the_day_before_where_no_place_is_in_conflict():
    conflict = np.zeros((100, 1))
    conflict[10:20] = 1
    found = gravity(case_of(conflicts=DayTable(("A",), conflict)), CAMPS, 100)
    assert np.allclose(found, [0.8, 0.2])
    assert gravity(case_of(conflicts=DayTable(("A",), conflict * 0)), CAMPS, 100) is None
    assert gravity(case_of(links=()), CAMPS, 100) is None


def test_last_counts_are_not_interpolated_and_divided_by_hasten():
    last = last_counts(case_of(), camps=CAMPS, days=100, hasten=3)
    assert last[[0, 39, 40, 79, 80, 99], 0].tolist() == [0, 0, 26, 26, 13, 13]
    assert last[[0, 59, 60], 1].tolist() == [3, 3, 53]


def test_last_counts_of_camps_emptied_on_the_first_day_start_at_zero():
    case = case_of(settings=FleeSettings(empty_camps_on_day0=True))
    assert last_counts(case, camps=CAMPS, days=100, hasten=1)[[0, 60], 1].tolist() == [0, 150]


def test_persistence_knows_no_later_count():
    found = by_name(case_of())
    for lead in (30, 90):
        one = found[f"last count {lead} days ago"]
        assert one.first == lead
        assert np.isnan(one.values[:lead]).all()
        assert np.isfinite(one.values[lead:]).all()
    assert found["last count 30 days ago"].values[[30, 69, 70, 89, 90]].tolist() == [
        [0, 10], [0, 10], [80, 10], [80, 10], [80, 160]
    ]  # fmt: skip
    assert "last count 180 days ago" not in found


def test_drift_goes_on_and_ends_at_nobody():
    one = by_name(case_of())["last count 30 days ago, and drift"]
    assert one.first == 60
    assert one.values[[60, 70, 90]].tolist() == [[0, 10], [160, 10], [160, 310]]
    falling = case_of(labels=(label("total", (0, 0)), label("Near", (0, 90), (31, 30), (99, 30)), label("Far", (0, 5))))
    assert by_name(falling)["last count 30 days ago, and drift"].values[61, 0] == 0


def test_capacities_that_say_where_people_will_be_are_counted():
    case = case_of()
    assert capacities(case, CAMPS).tolist() == [100, 300]
    assert answers(case, CAMPS, data_of(case), 1) == 0
    places = (*case.locations[:3], place("Far", "camp", 157, "Away"))
    assert answers(replace(case, locations=places), CAMPS, data_of(case, 10), 10) == 1


@pytest.mark.parametrize(("capacity", "close"), [(980, 1), (1000, 1), (1020, 1), (979, 0), (1021, 0), (0, 0)])
def test_capacity_is_an_answer_within_two_percent_of_the_largest_count(capacity, close):
    case = case_of()
    places = (*case.locations[:3], place("Far", "camp", capacity, "Away"))
    largest = np.array([[0.0, 50.0], [0.0, 100.0], [0.0, 70.0]])
    assert answers(replace(case, locations=places), CAMPS, largest, 10) == close


def test_the_table_holds_members_and_the_run_on_the_days_of_each_baseline():
    case = case_of()
    data = data_of(case)
    simulated = np.stack([data, data * 1.5], axis=2)
    found = flee.score(result_of(case, simulated, data))
    assert found.normal == pytest.approx([0, 0.5])
    assert found.rescaled == pytest.approx([0, 0])
    late = {row.baseline.name: row for row in found.rows}["last count 90 days ago"]
    assert late.run_normal == pytest.approx(0.25)
    assert late.normal == pytest.approx(scores.averaged_difference(late.baseline.values[90:], data[90:]))
    assert [mase.day for mase in found.mase] == [7, 30]
    assert found.simulated.tolist() == (data[-1] * 1.25).tolist()


def test_no_counts_give_no_table():
    assert flee.score(result_of(case_of(), np.ones((3, 2, 1)), np.zeros((3, 2)))) is None


# Measured by others at full scale (capacity share), and of last counts 30, 90 and 180 days ago and drift.
PUBLISHED = {
    "burundi2015": (0.337, 0.174, 0.330, 0.510, 0.139),
    "car2013": (0.373, None, None, None, None),
    "mali2012": (0.168, 0.208, 0.381, 0.625, 0.165),
    "nigeria2016": (0.087, 0.093, 0.123, 0.167, 0.101),
    "ssudan2013": (0.423, 0.199, 0.292, 0.383, 0.170),
    "syria2013": (0.467, 0.117, 0.209, 0.310, 0.061),
}


@pytest.mark.skipif(not (SHARED / "flee-cases").is_dir(), reason="../shared/flee-cases is not there")
@pytest.mark.parametrize("name", PUBLISHED)
def test_baselines_of_published_cases_are_those_measured_before(name):
    case = flee.load(SHARED / "flee-cases" / name, SHARED / "flee-cases/rules/modern125.yml")
    camps = tuple(location.name for location in reported(case))
    position = [[label.name for label in case.labels].index(camp) for camp in camps]
    data = counts(case, hasten=1, days=case.days)[position].T.astype(float)
    found = {one.name: one for one in baselines(case, camps=camps, data=data, hasten=1)}
    names = ["total, shared by capacity", *(f"last count {lead} days ago" for lead in (30, 90, 180))]
    names.append("last count 30 days ago, and drift")
    for title, expected in zip(names, PUBLISHED[name], strict=True):
        one = found[title]
        if expected is not None:
            error = scores.averaged_difference(one.values[one.first :], data[one.first :])
            assert error == pytest.approx(expected, abs=0.0007), title


REFERENCES = sorted(path for path in (SHARED / "flee-reference").glob("*.csv") if path.name != "summary.csv")


@pytest.mark.skipif(not REFERENCES, reason="../shared/flee-reference is not there")
@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
def test_differences_of_mean_runs_are_near_the_mean_differences_of_flee(path):
    with path.open() as stream:
        rows = list(csv.DictReader(stream))
    camps = len({row["place"] for row in rows})
    simulated, data = (array(*(float(row[name]) for row in rows)).reshape(-1, camps) for name in ("mean", "data"))
    case, _, rules = path.stem.partition("-")
    with (SHARED / "flee-reference/summary.csv").open() as stream:
        expected = next(row for row in csv.DictReader(stream) if (row["case"], row["rules"]) == (case, rules))
    # A mean of absolute differences is at least the absolute difference of the mean.
    for measure, name in (
        (scores.averaged_difference, "ard_normal_mean"), (scores.averaged_difference_rescaled, "ard_rescaled_mean")
    ):  # fmt: skip
        assert -0.0001 < float(expected[name]) - measure(simulated, data) < 0.011, name
