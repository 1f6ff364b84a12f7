import datetime as dt
import math

import numpy as np
import pytest

from folders import REPORTS, REPORTS_HEADER, SCENARIO, changed, write_folder
from given_results import result_of
from tiau.evaluation import scores
from tiau.evaluation.assessment import composition, parts, shares
from tiau.loading import load
from tiau.observations.ledger import ledger
from tiau.scenario.network import build
from tiau.scenario.settings import Series


def log_ratio(one, other):
    return abs(math.log(one / other))


def test_score_counts_what_is_inside_and_takes_medians():
    figures = np.array([np.linspace(100, 200, 101), np.linspace(10, 20, 101), np.linspace(1000, 3000, 101)])
    found = scores.score(figures, np.array([150.0, 30.0, 1000.0]))
    assert found.count == 3
    assert found.inside == 1
    errors = [log_ratio(150, 150), log_ratio(15, 30), log_ratio(2000, 1000)]
    assert found.error == pytest.approx(np.median(errors))
    assert found.width == pytest.approx(np.median([195 / 105, 19.5 / 10.5, 2900 / 1100]))


def test_value_on_the_edge_of_the_band_is_inside():
    figures = np.array([np.linspace(0, 100, 101)])
    assert scores.score(figures, np.array([5.0])).inside == 1
    assert scores.score(figures, np.array([95.0])).inside == 1
    assert scores.score(figures, np.array([4.9])).inside == 0
    assert scores.score(figures, np.array([95.1])).inside == 0


def test_nobody_counts_as_half_a_person_in_logs():
    found = scores.score(np.zeros((1, 5)), np.array([0.0]))
    assert (found.inside, found.error, found.width) == (1, 0.0, 1.0)
    assert scores.point_score(np.array([0.0]), np.array([5.0])) == pytest.approx(math.log(10))


def test_point_score_is_the_median_absolute_log_error():
    predicted, values = np.array([100.0, 200.0, 400.0]), np.array([110.0, 100.0, 400.0])
    assert scores.point_score(predicted, values) == pytest.approx(math.log(1.1))


def test_increments_compare_changes_and_not_levels():
    values = np.array([100.0, 300.0, 200.0])
    assert scores.increment_error(values + 50, values, (50.0, 0.0)) == 0
    # Changes reported 100, 200, -100; predicted 100, 100, 100.
    assert scores.increment_error(np.array([100.0, 200.0, 300.0]), values, (0.0, 0.0)) == pytest.approx(300 / 400)
    assert scores.increment_error(np.zeros(3), values, (0.0, 0.0)) == 1


def test_last_figure_stays():
    predicted = scores.last_figure(np.array([1.0, 4.0]), np.array([10.0, 40.0]), np.array([5.0, 9.0]))
    assert predicted.tolist() == [40, 40]


def test_last_slope_goes_on():
    predicted = scores.last_slope(np.array([1.0, 4.0, 6.0]), np.array([0.0, 40.0, 60.0]), np.array([6.0, 8.0]))
    assert predicted.tolist() == [60, 80]
    assert scores.last_slope(np.array([4.0]), np.array([40.0]), np.array([8.0])).tolist() == [40]


def test_straight_line_is_of_least_squares():
    predicted = scores.straight_line(np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 6.0]), np.array([0.0, 4.0]))
    assert predicted == pytest.approx([0.5, 10.5])
    assert scores.straight_line(np.array([4.0]), np.array([40.0]), np.array([8.0])).tolist() == [40]


def test_distance_of_shares_is_half_the_sum_of_differences():
    assert scores.share_distance(np.array([1.0, 3.0]), np.array([30.0, 10.0])) == pytest.approx(0.5)
    assert scores.share_distance(np.array([2.0, 4.0]), np.array([1.0, 2.0])) == pytest.approx(0)
    assert scores.share_distance(np.array([1.0, 0.0]), np.array([0.0, 9.0])) == pytest.approx(1)


SERIES_ROWS = {
    "late": "2021-03-20,North,,all,present,5,exact,,,,,",
    "early": "2021-02-20,North,,all,arrived_cumulative,5,exact,,,,,",
    "about": "2021-02-20,North,,all,present,5,about,,,,,",
    "police": "2021-02-20,North,,police,present,5,exact,,,,,",
    "elsewhere": "2021-02-20,Delta,,all,present,5,exact,,,,,",
    "copy": "2021-02-20,North,,all,present,5,exact,,,early,,",
    "flow": "2021-02-20,North,,all,crossed_in_period,5,exact,,,,,",
    "before": "2021-02-01,North,,all,present,5,exact,,,,,",
    "unscored": "2021-02-20,North,,all,present,5,exact,,,,no,",
    "on the day": "2021-02-05,North,,all,present,5,exact,,,,,",
}


def test_series_holds_exact_figures_of_its_place_and_group_in_order_of_time(tmp_path):
    text = REPORTS_HEADER + "".join(f"{name},2022-01-01,,{rest},,,\n" for name, rest in SERIES_ROWS.items())
    entries = ledger(build(load(write_folder(tmp_path, reports=text))))
    series = Series(place="North", group="all", since=dt.date(2021, 2, 5), title="t")
    assert [entries[row].report.report for row in scores.series_rows(entries, series)] == [
        "on the day",
        "early",
        "late",
    ]


TRUTH = [44.0, 80.0, 150.0, 250.0, 20.0, np.nan]


def test_assessment_splits_the_series_at_the_day_of_the_fit(tmp_path):
    known, later = parts(result_of(tmp_path, TRUTH))
    assert (known.rows, later.rows) == ([0, 1], [2])
    assert known.title == "known by 2021-02-28, in time for the fit"
    assert later.title == "known after 2021-02-28, too late for the fit"
    assert known.score.error == pytest.approx(np.median([log_ratio(44, 40), log_ratio(80, 90)]))
    assert later.score.error == pytest.approx(log_ratio(150, 140))


def test_assessment_measures_changes_from_the_figure_before(tmp_path):
    known, later = parts(result_of(tmp_path, TRUTH))
    # Reported 0, 40, 90, 140; run 0, 44, 80, 150.
    assert known.increments == pytest.approx((4 + 14) / 90)
    assert later.increments == pytest.approx(20 / 50)


def test_baselines_see_only_what_was_known(tmp_path):
    known, later = parts(result_of(tmp_path, TRUTH))
    # Days 9 and 19: 40 and 90; day 32: 140, the slope of 5 a day gives 155.
    assert set(known.baselines) == {"a straight line"}
    assert set(later.baselines) == set(scores.BASELINES)
    assert later.baselines["the last figure stays"] == pytest.approx((log_ratio(90, 140), 1.0))
    for name in ("the last slope goes on", "a straight line"):
        assert later.baselines[name] == pytest.approx((log_ratio(155, 140), 15 / 50))


def test_assessment_without_a_series_is_empty(tmp_path):
    head, _, rest = SCENARIO.partition("[series]")
    text = head + "[rules]" + rest.partition("[rules]")[2]
    assert parts(result_of(tmp_path, TRUTH, scenario=text)) == []


def test_assessment_without_a_day_of_the_fit_has_one_part(tmp_path):
    text = changed("scenario", "fitted_until = 2021-02-28\n", "")
    (part,) = parts(result_of(tmp_path, TRUTH, scenario=text))
    assert part.title == "not fitted to"
    assert part.rows == [0, 1, 2]
    assert part.baselines == {}
    assert part.increments == pytest.approx((4 + 14 + 20) / 140)


SHARE_PLACES = ["Delta", "D2 district", "Alpha", "Beta", "Gamma"]


def share_reports(*places, value="10", bound="exact", group="all"):
    return REPORTS_HEADER + "".join(
        f"S{n},2021-03-01,,2021-02-20,{place},,{group},present,{value},{bound},,,,,,,,\n"
        for n, place in enumerate(places)
    )


def test_shares_of_a_day_are_set_side_by_side(tmp_path):
    result = result_of(tmp_path, [50.0, 20.0, 10.0, 10.0, 10.0], reports=share_reports(*SHARE_PLACES))
    (found,) = shares(result)
    assert found.day == "2021-02-20"
    assert found.places == tuple(SHARE_PLACES)
    assert found.reported.tolist() == [10, 10, 10, 10, 10]
    assert found.simulated.tolist() == [50, 20, 10, 10, 10]
    assert found.distance == pytest.approx(0.3)


def test_shares_leave_out_wholes_that_hold_parts(tmp_path):
    result = result_of(tmp_path, [1000.0, 10, 10, 10, 10, 10], reports=share_reports("Farland", *SHARE_PLACES))
    (found,) = shares(result)
    assert set(found.places) == set(SHARE_PLACES)


@pytest.mark.parametrize(
    "text",
    [
        share_reports(*SHARE_PLACES[:4]),
        share_reports(*SHARE_PLACES, bound="about"),
        share_reports(*SHARE_PLACES, group="police"),
    ],
    ids=["too few", "not exact", "one group"],
)
def test_shares_need_five_exact_figures_of_everybody(tmp_path, text):
    assert shares(result_of(tmp_path, [10.0] * text.count("\nS"), reports=text)) == []


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        ("40,exact,,", "inside"),
        ("9,exact,,", "below the band"),
        ("200,exact,,", "above the band"),
        ("9,at_least,,", "inside"),
        ("200,at_least,,", "above the band"),
        ("200,at_most,,", "inside"),
        ("9,at_most,,", "below the band"),
        (",range,90,300", "inside"),
        (",range,1,10", "below the band"),
        (",range,101,300", "above the band"),
        (",exact,,", "not scored: no value"),
    ],
)
def test_verdict_says_where_a_figure_lies_against_the_band(tmp_path, figure, verdict):
    text = REPORTS_HEADER + f"R,2021-03-01,,2021-02-20,North,,all,present,{figure},,,,,,\n"
    members = np.linspace(10, 100, 91)[None, :]  # 5-95%: 14.5 to 95.5
    (fit,) = result_of(tmp_path, members, reports=text).fits
    assert fit.verdict == verdict
    if fit.p05 is not None:
        assert (fit.p05, fit.p50, fit.p95) == pytest.approx((14.5, 55, 95.5))


def test_fits_are_one_a_report_and_empty_where_not_placed(tmp_path):
    unplaced = REPORTS.replace("Epsilon,,all,turned_back", "Epsilon,,children,turned_back")
    found = result_of(tmp_path, TRUTH, reports=unplaced).fits
    assert [fit.placement.report.report for fit in found] == [line.split(",")[0] for line in REPORTS.splitlines()[1:]]
    assert found[5].p05 is found[5].p50 is found[5].p95 is found[5].log_likelihood is None
    assert all(fit.log_likelihood is not None for fit in found[:5])


def classes_of(civilians, police):
    """Entries by class as (class, day, member): one history for all three members, after the last value the same."""
    days = 59
    return [[[row[min(d, len(row) - 1)]] * 3 for d in range(days)] for row in (civilians, police)]


def test_composition_follows_the_shares_of_risk_classes(tmp_path):
    result = result_of(tmp_path, TRUTH, by_class=classes_of([0, 0, 0, 1, 4, 10, 12, 30], [0, 0, 0, 9, 12, 10, 12, 10]))
    found = composition(result)
    assert (found.where, found.classes) == ("North", ("civilians", "police"))
    first = dt.date(2021, 2, 4)
    assert found.days == [first + dt.timedelta(d) for d in (1, 2, 4, 8, 16, 32, 55)]
    assert found.entries[:3].tolist() == [16, 20, 40]
    assert found.shares[1, 1, :3].tolist() == [0.75, 0.5, 0.25]
    assert found.shares.sum(1) == pytest.approx(np.ones((3, 7)))


def test_composition_leaves_out_members_in_whom_nobody_entered(tmp_path):
    by_class = np.array(classes_of([1], [3]), float)
    by_class[:, :, 2] = 0
    found = composition(result_of(tmp_path, TRUTH, by_class=by_class))
    assert found.shares[:, 1, 0].tolist() == [0.75, 0.75, 0.75]


def test_composition_needs_two_classes_and_entries(tmp_path):
    assert composition(result_of(tmp_path / "nobody", TRUTH, by_class=classes_of([0], [0]))) is None
    groups = changed("groups", "Hill police,police", "Hill police,civilians")
    reports = REPORTS.replace(",police,", ",all,")
    one = result_of(tmp_path / "one", TRUTH, groups=groups, reports=reports, by_class=[[[5.0] * 3] * 59])
    assert composition(one) is None
