"""Lanes of acts below a chart: a lane for each authority, bars over the days in force, shaded by what they do."""

from itertools import pairwise

import pytest

import toys
from course_toys import DAYS, NS, Drawing, numbers
from tiau.presentation.course.chart import WIDE, course
from tiau.presentation.course.lanes import binding, lanes
from tiau.simulation import simulate

PLACES = ("A",)


def result_of(*acts, **more):
    return simulate(toys.line(1000, days=DAYS, departures=[toys.leave(0, 500)], acts=acts, **more), members=2)


def chart_of(result, events=()):
    svg = course(
        result, "Abroad", "present", suppress_below=10, acts=result.scenario.acts, events=events, size=WIDE[:1]
    )
    return Drawing(svg)


def bars_of(result, name=""):
    made = lanes(result, result.scenario.acts, toys.day(0), toys.day(DAYS - 1), name)
    return {bar.act.act: bar for lane in made for bar in lane.bars}


def spans(result):
    return {
        name: ((bar.first - toys.START).days, None if bar.open else (bar.last - toys.START).days)
        for name, bar in bars_of(result).items()
    }  # fmt: skip


def test_each_authority_has_one_lane_by_level_and_first_act():
    result = result_of(
        toys.close(PLACES, 6, name="late", authority="ministry"),
        toys.close(PLACES, 2, name="early", authority="union"),
        toys.act("relief", PLACES, 8, "relief", authority="ministry", amount=5),
        toys.act("far", PLACES, 0, "relief", authority="office").model_copy(update={"level": "district"}),
    )  # fmt: skip
    chart = chart_of(result)
    assert [one.get("data-authority") for one in chart.of("lane")] == ["union", "ministry", "office"]
    (ministry,) = [one for one in chart.of("lane") if one.get("data-authority") == "ministry"]
    assert [one.get("data-act") for one in ministry if one.get("data-act")] == ["late", "relief"]
    assert "ministry (federal)" in [one.text for one in ministry.iter(f"{NS}text")]


def test_bars_span_the_days_in_force():
    chart = chart_of(result_of(toys.close(PLACES, 3, until=7, name="closed"), toys.act("open", PLACES, 5, "relief")))
    found = {one.get("data-act"): one.get("d") for one in chart.of("act")}
    left, _, right = numbers(found["closed"])[:3]
    assert (chart.day(left), chart.day(right)) == pytest.approx((3, 8), abs=0.05)
    # What has no end ends in a tip, at the end of the last day.
    left, _, neck = numbers(found["open"])[:3]
    assert "l4 4.5l-4 4.5" in found["open"]
    assert (chart.day(left), chart.day(neck + 4)) == pytest.approx((5, DAYS), abs=0.05)


def test_acts_begun_before_the_run_begin_at_its_edge_and_those_over_are_left_out():
    result = result_of(toys.close(PLACES, -30, name="before"), toys.close(PLACES, -30, until=-20, name="over"),
                       toys.close(PLACES, DAYS + 5, name="later"))  # fmt: skip
    chart = chart_of(result)
    ((name, path),) = [(one.get("data-act"), one.get("d")) for one in chart.of("act")]
    assert name == "before"
    assert chart.day(numbers(path)[0]) == pytest.approx(0, abs=0.05)


def test_an_act_ends_where_another_ends_it_and_a_statement_on_its_day():
    result = result_of(
        toys.act("helps", PLACES, 2, "relief"), toys.act("ends it", PLACES, 6, "statement", ends="helps"),
        toys.act("says", PLACES, 4, "statement"),
    )  # fmt: skip
    assert spans(result) == {"helps": (2, 5), "says": (4, 4), "ends it": (6, 6)}
    assert "diamond" not in chart_of(result).text


def test_the_latest_order_to_close_of_an_office_counts():
    result = result_of(
        toys.close(PLACES, 1, 0.1, name="first"), toys.close(PLACES, 4, 0.2, name="second"),
        toys.close(PLACES, 6, 0.3, until=8, name="for a while"), toys.close(PLACES, 9, name="of others", authority="x"),
        toys.act("exempt", PLACES, 5, "exempt", admit_share=0.5),
    )  # fmt: skip
    assert spans(result) == {
        "first": (1, 3), "second": (4, None), "for a while": (6, 8), "exempt": (5, None), "of others": (9, None),
    }  # fmt: skip


def test_an_order_of_some_crossings_leaves_an_order_of_all_in_force():
    toy = toys.scenario(
        [toys.origin(), toys.camp("A"), toys.camp("B")], [toys.way("O", "A", 100, "a"), toys.way("O", "B", 100, "b")],
        days=DAYS, acts=[toys.close(("Abroad",), 1, name="all"), toys.close(("A",), 5, name="some")],
    )  # fmt: skip
    result = simulate(toy, members=2)
    assert spans(result)["all"] == (1, None)
    # On the chart of A alone, the order on A takes its place.
    assert bars_of(result, "A")["all"].last == toys.day(4)


def test_bars_in_force_at_once_lie_below_each_other():
    acts = [
        toys.act(f"a{number}", PLACES, first, "relief", until=first + 4) for number, first in enumerate((0, 2, 4, 5, 9))
    ]
    found = bars_of(result_of(*acts))
    for one in found.values():
        for other in found.values():
            if one is not other and one.row == other.row:
                assert one.last < other.first or other.last < one.first
    assert max(bar.row for bar in found.values()) == 1 + (found["a2"].row == 2)


@pytest.mark.parametrize(
    ("columns", "looks"),
    [
        ({"effect": "close", "enforcement": 1.0}, ("shuts", "var(--out)", 0.75)),
        ({"effect": "close", "enforcement": 0.5}, ("shuts", "var(--out)", 0.475)),
        ({"effect": "close"}, ("shuts", "none", None)),
        ({"effect": "exempt", "admit_share": 0.5}, ("opens", "url", 0.475)),
        ({"effect": "exempt"}, ("opens", "none", None)),
        ({"effect": "quota", "amount": 5}, ("opens", "url", 0.53)),
        ({"effect": "quota", "amount": 0}, ("shuts", "var(--out)", 0.53)),
        ({"effect": "relief", "amount": 5}, ("helps", "url", 0.53)),
        ({"effect": "register"}, ("helps", "none", None)),
        ({"effect": "statement"}, ("says", "none", None)),
    ],
)
def test_bars_are_shaded_by_what_an_act_does_and_how_strongly(columns, looks):
    (bar,) = chart_of(result_of(toys.act("x", PLACES, 3, until=6, **columns))).of("act")
    does, fill, opacity = looks
    assert does in bar.get("class")
    assert bar.get("fill").startswith(fill)
    assert float(bar.get("fill-opacity", 0)) == pytest.approx(opacity or 0, abs=0.006)


def test_ids_stand_where_there_is_room_and_cover_no_other_bar():
    acts = [toys.act(f"act number {number}", PLACES, number, "relief", until=number) for number in range(3)]
    acts.append(toys.act("wide", PLACES, 4, "relief"))
    (lane,) = chart_of(result_of(*acts)).of("lane")
    ids = [(one.text, float(one.get("x"))) for one in lane.iter(f"{NS}text")][1:]
    assert [name for name, _ in ids] == ["wide"] or [name for name, _ in ids] == ["act number 2", "wide"]
    for (name, left), (_, right) in pairwise(ids):
        assert left + 5 * len(name) < right


def test_acts_of_a_place_are_those_at_ways_into_it_or_at_it():
    toy = toys.scenario(
        [toys.origin(), toys.camp("A"), toys.camp("B")], [toys.way("O", "A", 100, "a"), toys.way("O", "B", 100, "b")],
        days=DAYS, acts=[
            toys.close(("Abroad",), 1, name="all"), toys.close(("b",), 2, name="at b"),
            toys.close(("a",), 2, name="at a"),
            toys.act("help", ("A",), 3, "relief", amount=4), toys.act("elsewhere", ("B",), 3, "relief", amount=4),
        ],
    )  # fmt: skip
    result = simulate(toy, members=2)
    assert [act.act for act in binding(result, "A")] == ["all", "at a", "help"]
    assert len(binding(result, "Abroad")) == 5


def test_events_are_ticks_by_severity_and_weeks_where_there_are_many():
    few = [toys.event(2, 3, severity=4.0), toys.event(6, 6, severity=1.0, name="b"), toys.event(40, 41, name="after")]
    chart = chart_of(result_of(), few)
    (group,) = chart.of("events")
    ticks = numbers(group[-1].get("d"))
    assert [chart.day(x) for x in ticks[::3]] == pytest.approx([2.5, 6.5], abs=0.05)
    assert ticks[2] == pytest.approx(4 * ticks[5], abs=0.2)
    assert group[0].text == "events; higher: more severe"
    many = [toys.event(number % DAYS, number % DAYS, name=f"e{number}") for number in range(600)]
    (group,) = chart_of(result_of(), many).of("events")
    assert group[0].text == "events by week; higher: more severe"
    assert len(numbers(group[-1].get("d"))) == 3 * 3


def test_without_acts_and_events_there_are_no_lanes():
    chart = chart_of(result_of())
    assert not chart.of("acts")
    assert not chart.of("events")
    assert float(chart.root.get("viewBox").split()[-1]) == WIDE[0].height


def test_a_name_that_is_too_long_for_the_drawing_is_cut():
    long = ("An office with a name " * 12).strip()
    result = result_of(toys.close(PLACES, 0, authority=long))
    for size in (WIDE[:1], WIDE[1:]):
        svg = course(result, "Abroad", "present", suppress_below=10, acts=result.scenario.acts, size=size)
        (lane,) = Drawing(svg).of("lane")
        shown = next(lane.iter(f"{NS}text")).text
        assert shown.endswith("…")
        assert long.startswith(shown[:-1])
        assert len(shown) < size[0].width / 4
        assert lane.find(f"{NS}title").text == f"{long} (federal)"
