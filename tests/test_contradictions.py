"""Reports that cannot both be true: which pairs are found, by what rule, and how they are told."""

import datetime as dt
import itertools
import math

import numpy as np
import pytest
from scipy.stats import wasserstein_distance

from disagreeing import ARRIVED, ENTERED, found, names, row
from folders import REPORTS_HEADER, SCENARIO, write_folder
from tiau.loading import load
from tiau.observations.claims import Claims, interval
from tiau.observations.contradictions import MOST_COMPARED, disagreements
from tiau.observations.ledger import ledger
from tiau.presentation.words.disagreements import contradiction_line, sections, summary
from tiau.scenario.network import build
from tiau.scenario.rows import Report

GROUPS = """\
group,risk_class,community,homes,share,departure_multiplier,affinity,speed_factor,source,estimated,note
Hill civilians,civilians,Hill,Hills,0.9,1,,1,judgement,yes,
Hill police,police,Hill,Alpha; Beta,0.1,5,,1,judgement,yes,
"""


def contradictions_of(folder, *rows, **tables):
    return [(c.higher.report.report, c.lower.report.report) for c in found(folder, *rows, **tables).contradictions]


@pytest.mark.parametrize(
    ("bound", "value", "low", "high", "expected"),
    [
        ("exact", 100, None, None, (100, 100)),
        ("about", 100, None, None, (85, 115)),
        ("at_least", 100, None, None, (100, math.inf)),
        ("at_most", 100, None, None, (0, 100)),
        ("range", None, 90, 130, (90, 130)),
        ("range", None, None, 130, (0, 130)),
        ("range", None, 90, None, (90, math.inf)),
    ],
)
def test_report_allows_an_interval(bound, value, low, high, expected):
    report = Report.model_construct(value=value, bound=bound, low=low, high=high)
    assert interval(report, 0.15) == pytest.approx(expected)


CONTRADICTIONS = {
    "two exact figures of one count": [row("A", 23, **ARRIVED), row("B", 16, **ARRIVED)],
    "at least against exact": [row("A", 100, bound="at_least", **ARRIVED), row("B", 16, **ARRIVED)],
    "exact against at most": [row("A", 100, **ARRIVED), row("B", 99, bound="at_most", **ARRIVED)],
    "at least against about": [row("A", 116, bound="at_least", **ARRIVED), row("B", 100, bound="about", **ARRIVED)],
    "range above about": [
        row("A", "", bound="range", low="120", high="130", **ARRIVED),
        row("B", 100, bound="about", **ARRIVED),
    ],
    "count falls": [row("A", 50, "2021-02-05", **ARRIVED), row("B", 49, "2021-03-05", **ARRIVED)],
    "count of those who returned falls": [
        row("A", 50, "2021-02-05", quantity="returned_cumulative"),
        row("B", 49, "2021-03-05", quantity="returned_cumulative"),
    ],
    "present, not arrived": [row("A", 50), row("B", 49, **ARRIVED)],
    "present before, not arrived later": [row("A", 50, "2021-02-05"), row("B", 49, "2021-03-05", **ARRIVED)],
    "present in a part, not arrived in the whole": [row("A", 50, place="Delta"), row("B", 49, **ARRIVED)],
    "entered, not arrived": [row("A", 50, "2021-02-03/2021-02-10", **ENTERED), row("B", 49, **ARRIVED)],
    "entered in a part of a period": [row("A", 50, **ENTERED), row("B", 49, "2021-02", **ENTERED)],
    "more turned back at a place than in the area": [
        row("A", 50, place="Delta", quantity="turned_back"),
        row("B", 49, quantity="turned_back"),
    ],
    "place in area, stock": [row("A", 50, place="Delta"), row("B", 49)],
    "place in area, count, earlier": [row("A", 50, "2021-02-05", place="Delta", **ARRIVED), row("B", 49, **ARRIVED)],
    "area in area": [row("A", 50, place="North"), row("B", 49, place="Farland")],
    "group in all": [row("A", 50, group="Hill police"), row("B", 49)],
    "risk class in all": [row("A", 50, group="police"), row("B", 49)],
    "group in its risk class": [row("A", 50, group="Hill police"), row("B", 49, group="police")],
    "origin in any": [row("A", 50, origin="Alpha"), row("B", 49)],
    "origin in a wider one": [row("A", 50, origin="Alpha"), row("B", 49, origin="Hills")],
    "stock leaps up in two days": [row("A", 500, "2021-02-12"), row("B", 390, "2021-02-10")],
    "stock leaps down in two days": [row("A", 5000, "2021-02-10"), row("B", 3990, "2021-02-12")],
    "small stock leaps by more than 50 a day": [row("A", 60, "2021-02-11"), row("B", 9, "2021-02-10")],
    "a hundredth too many": [row("A", 50.01, **ARRIVED), row("B", 50, **ARRIVED)],
    "stock of a part leaps": [row("A", 5000, "2021-02-12", place="Delta"), row("B", 3990, "2021-02-10")],
    "quantity that is not modelled": [row("A", 500, quantity="registered"), row("B", 400, quantity="registered")],
}  # fmt: skip


@pytest.mark.parametrize("rows", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradiction_is_found_once_whatever_the_order_of_rows(tmp_path, rows):
    assert contradictions_of(tmp_path / "as-is", *rows) == [("A", "B")]
    assert contradictions_of(tmp_path / "turned", *reversed(rows)) == [("A", "B")]


COMPATIBLE = {
    "at least against more": [row("A", 15, bound="at_least", **ARRIVED), row("B", 16, **ARRIVED)],
    "about against what lies in its slack": [row("A", 115, **ARRIVED), row("B", 100, bound="about", **ARRIVED)],
    "two lower bounds": [row("A", 100, bound="at_least"), row("B", 10, bound="at_least")],
    "ranges that overlap": [
        row("A", "", bound="range", low="10", high="30"),
        row("B", "", bound="range", low="30", high="40"),
    ],
    "count rises": [row("A", 50, "2021-02-05", **ARRIVED), row("B", 5000, "2021-02-06", **ARRIVED)],
    "present later than arrived": [row("A", 50, "2021-03-05"), row("B", 40, "2021-02-05", **ARRIVED)],
    "fewer present than arrived": [row("A", 50), row("B", 60, **ARRIVED)],
    "entered later than arrived": [row("A", 50, "2021-02-09/2021-02-11", **ENTERED), row("B", 40, **ARRIVED)],
    "entered since before the start": [row("A", 50, "2021-01-30/2021-02-05", **ENTERED), row("B", 40, **ARRIVED)],
    "periods that only overlap": [
        row("A", 50, "2021-02-03/2021-02-08", **ENTERED),
        row("B", 10, "2021-02-05/2021-02-10", **ENTERED),
    ],
    "place smaller than its area": [row("A", 40, place="Delta"), row("B", 400)],
    "places side by side": [row("A", 4000, place="Delta"), row("B", 40, place="Epsilon")],
    "count of a part, later": [row("A", 50, "2021-02-11", place="Delta", **ARRIVED), row("B", 40, **ARRIVED)],
    "groups side by side": [row("A", 400, group="Hill police"), row("B", 300, group="Hill civilians")],
    "origins side by side": [row("A", 400, origin="Alpha"), row("B", 300, origin="Beta")],
    "small stock moves by 50 a day": [row("A", 120, "2021-02-12"), row("B", 20, "2021-02-10")],
    "large stock moves by a tenth a day": [row("A", 5000, "2021-02-12"), row("B", 4000, "2021-02-10")],
    "large stock moves slowly": [row("A", 5000, "2021-02-22"), row("B", 40, "2021-02-10")],
    "displaced inside against present": [
        row("A", 500, place="Hills", quantity="idp_present"),
        row("B", 40, place="Hills"),
    ],
    "registered against present": [row("A", 500, quantity="registered"), row("B", 40)],
    "not scored": [row("A", 500, not_scored="a doubt"), row("B", 40)],
    "no value": [row("A", ""), row("B", 40)],
    "place unknown": [row("A", 500, place="Nowhere"), row("B", 40, place="Nowhere")],
    "group unknown": [row("A", 500, group="children"), row("B", 40)],
    "origin unknown": [row("A", 500, origin="Nowhere"), row("B", 40)],
    "outside the period": [row("A", 500, "2021-06-01", **ARRIVED), row("B", 40, "2021-06-02", **ARRIVED)],
}  # fmt: skip


@pytest.mark.parametrize("rows", COMPATIBLE.values(), ids=COMPATIBLE)
def test_reports_that_can_both_be_true_are_no_contradiction(tmp_path, rows):
    assert contradictions_of(tmp_path, *rows) == []


def test_days_between_periods_bound_how_far_the_means_of_a_stock_may_differ(tmp_path):
    ends = itertools.combinations_with_replacement((1, 2, 3, 5, 9, 16, 28), 2)
    rows = [row(f"R{n}", 1, f"2021-02-{a:02d}/2021-02-{b:02d}") for n, (a, b) in enumerate(ends)]
    network = build(load(write_folder(tmp_path, reports=REPORTS_HEADER + "\n".join(rows) + "\n")))
    claims = Claims(ledger(network), network, about_slack=0.1, daily_change=0.1)
    for (a, one), (b, other) in itertools.product(enumerate(claims.placements), repeat=2):
        periods = (one.report.as_of, other.report.as_of)
        first, second = (list(range(period.start.day, period.end.day + 1)) for period in periods)
        farthest, given = wasserstein_distance(first, second), claims.days_between(a)[b]
        assert farthest - 1e-9 <= given <= farthest + 0.5
        if first[0] <= second[0] and first[-1] <= second[-1]:
            assert given == pytest.approx(farthest)


def said_of(true, random):
    """Cells of a report that allows a true figure."""
    about = true / random.uniform(0.86, 1.14)
    return [
        {"bound": "exact", "value": repr(true)},
        {"bound": "at_least", "value": repr(true * random.uniform(0.3, 1))},
        {"bound": "at_most", "value": repr(true * random.uniform(1, 3))},
        {"bound": "about", "value": repr(about)},
        {"bound": "range", "value": "", "low": repr(true * 0.9), "high": repr(true * 1.2)},
    ][random.integers(5)]


@pytest.mark.parametrize("seed", range(8))
def test_reports_of_one_truth_never_contradict_each_other(tmp_path, seed):
    random = np.random.default_rng(seed)
    entered = random.integers(0, 12, (59, 2, 2))  # day, place, group
    arrived = entered.cumsum(axis=0)
    stays = np.zeros_like(entered)
    for day in range(59):
        before = stays[day - 1] if day else stays[0]
        stays[day] = before + entered[day] - random.integers(0, np.minimum(before, 12) + 1)
    assert abs(np.diff(stays.sum(axis=(1, 2)), axis=0)).max() <= 50
    truth = {"present": stays, "arrived_cumulative": arrived, "crossed_in_period": entered}
    start, rows = dt.date(2021, 2, 1), []
    for number in range(120):
        quantity = list(truth)[random.integers(3)]
        place = ("Delta", "Epsilon", "North")[chosen_place := random.integers(3)]
        group = ("Hill civilians", "police", "all")[chosen_group := random.integers(3)]
        first, last = np.sort(random.integers(0, 59, 2))
        part = truth[quantity][:, slice(None) if chosen_place == 2 else [chosen_place]]
        days = part[:, :, slice(None) if chosen_group == 2 else [chosen_group]].sum(axis=(1, 2))[first : last + 1]
        true = {"present": days.mean(), "arrived_cumulative": days[-1], "crossed_in_period": days.sum()}[quantity]
        period = f"{start + dt.timedelta(int(first))}/{start + dt.timedelta(int(last))}"
        said = said_of(float(true), random)
        rows.append(row(f"R{number}", said.pop("value"), period, place=place, group=group, quantity=quantity, **said))
    assert contradictions_of(tmp_path, *rows) == []


def test_area_of_a_single_place_is_not_taken_for_that_place(tmp_path):
    rows = (row("A", 500, place="D1 district"), row("B", 100, place="Delta"))
    assert contradictions_of(tmp_path / "area", *rows) == []
    rows = (row("A", 500, place="Delta"), row("B", 100, place="D1 district"))
    assert contradictions_of(tmp_path / "place", *rows) == [("A", "B")]


def test_everybody_is_not_taken_for_the_only_group(tmp_path):
    only = GROUPS.replace("Hill police,police,Hill,Alpha; Beta,0.1,5,,1,judgement,yes,\n", "").replace("0.9", "1")
    rows = [row("A", 500), row("B", 100, group="Hill civilians")]
    assert contradictions_of(tmp_path, *rows, groups=only) == []


def test_aliases_are_the_same_place(tmp_path):
    rows = [row("A", 500, place="Alfa", quantity="idp_present"), row("B", 100, place="Alpha", quantity="idp_present")]
    assert contradictions_of(tmp_path, *rows) == [("A", "B")]


@pytest.mark.parametrize(("share", "expected"), [("0.3", []), ("0.1", [("A", "B")])])
def test_largest_daily_change_is_a_parameter(tmp_path, share, expected):
    text = SCENARIO + f'\n[parameters.largest_daily_change]\nvalue = {share}\nwhy = "a test"\n'
    rows = (row("A", 1000, "2021-02-11"), row("B", 800))
    assert contradictions_of(tmp_path, *rows, scenario=text) == expected


def test_slack_of_about_is_a_parameter(tmp_path):
    text = SCENARIO + '\n[parameters.about_slack]\nvalue = 0.1\nwhy = "a test"\n'
    rows = (row("A", 115, **ARRIVED), row("B", 100, bound="about", **ARRIVED))
    assert contradictions_of(tmp_path, *rows, scenario=text) == [("A", "B")]


def test_copy_is_compared_once_through_its_original(tmp_path):
    rows = [row("A", 100, **ARRIVED), row("B", 16, **ARRIVED), row("C", 16, "2021-02-12", same_as="B", **ARRIVED)]
    assert contradictions_of(tmp_path, *rows) == [("A", "B")]


def test_copy_with_another_figure_contradicts_its_original_alone(tmp_path):
    copy = row("B", 1500, bound="about", same_as="A", **ARRIVED)
    rows = [row("A", 150, bound="about"), copy, row("C", 160, **ARRIVED)]
    (one,) = found(tmp_path, *rows).contradictions
    assert (names(one.placements), one.rule) == (("B", "A"), "B is given as a copy of A, with another figure")
    assert one.factor == pytest.approx(1500 * 0.85 / (150 * 1.15))


def test_copy_that_speaks_of_another_quantity_stands_for_itself(tmp_path):
    rows = [row("A", 95, "2021-02-08", **ARRIVED), row("B", 90), row("C", 90, same_as="B", **ARRIVED)]
    assert contradictions_of(tmp_path, *rows) == [("A", "C")]


def test_copy_of_later_days_stands_for_itself(tmp_path):
    rows = [row("A", 5000, "2021-02-20", place="Delta"), row("B", 90), row("C", 90, "2021-02-20", same_as="B")]
    assert contradictions_of(tmp_path, *rows) == [("A", "C")]


def test_rule_is_said_in_plain_words(tmp_path):
    rows = [row("A", 50, "2021-02-05", place="Delta", group="police"), row("B", 40, place="Farland", **ARRIVED)]
    (one,) = found(tmp_path, *rows).contradictions
    rule = "who is present has arrived or was there at the start; Delta is part of Farland; police are part of all"
    assert one.rule == rule
    assert one.factor == 50 / 40
    assert contradiction_line(one) == (
        "2021-02-05 to 2021-02-10, Farland: 50 present (police) in Delta on 2021-02-05 [A, office]; but 40 arrived "
        f"on 2021-02-10 [B, office]: {rule}"
    )


def test_nothing_reported_is_no_disagreement(tmp_path):
    nothing = found(tmp_path, row("A", 5, not_scored="a doubt"))
    assert (nothing.contradictions, nothing.pictures) == ((), ())
    assert summary(nothing) == "Contradictions among reports: none\nDifferent pictures: none"


@pytest.mark.parametrize(("many", "compared"), [(MOST_COMPARED, True), (MOST_COMPARED + 1, False)])
def test_many_reports_are_not_compared_and_it_is_said(tmp_path, many, compared):
    network = build(load(write_folder(tmp_path, reports=REPORTS_HEADER + row("A", 10) + "\n" + row("B", 99) + "\n")))
    first, second = ledger(network)
    disagreement = disagreements([first, second] * (many // 2) + [first] * (many % 2), network)
    assert (disagreement.compared, bool(disagreement.contradictions)) == (compared, compared)
    for text in (summary(disagreement), sections(disagreement)):
        assert ("reports are not compared, because there are more than 1,000" in text) is not compared


def test_check_shows_ten_lines_and_says_how_many_more(tmp_path):
    rows = [row(f"R{n}", 10 + n, **ARRIVED) for n in range(6)]
    disagreement = found(tmp_path, *rows)
    lines = sections(disagreement).splitlines()
    assert lines[0] == "Contradictions (pairs of reports that cannot both be true): 15"
    assert lines[1].startswith("  2021-02-10, North: 15 arrived [R5, office]; but 10 arrived [R0, office]: ")
    assert lines[11] == "  and 5 more: --all"
    assert lines[12].endswith(": none")
    assert len(sections(disagreement, everything=True).splitlines()) == 17
    assert summary(disagreement).splitlines() == [
        "Contradictions among reports: 15, such as 2021-02-10 North 15 [R5] against 10 [R0]; 2021-02-10 North 14 [R4] "
        "against 11 [R1]; 2021-02-10 North 13 [R3] against 12 [R2]",
        "Different pictures: none",
    ]


def test_who_was_there_on_the_first_day_never_arrived(tmp_path):
    rows = [row("A", 50, place="Delta"), row("B", 40, place="Delta", **ARRIVED)]
    assert contradictions_of(tmp_path / "without", *rows) == [("A", "B")]
    there = "place,people\nDelta,{}\n"
    assert contradictions_of(tmp_path / "with", *rows, displaced=there.format(10)) == []
    assert contradictions_of(tmp_path / "few", *rows, displaced=there.format(9)) == [("A", "B")]
