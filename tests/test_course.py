"""Charts over time: what is read off them is what was run, forecast and reported, and nothing hidden."""

import dataclasses
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiau
import toys
from course_toys import BOUNDS, DAYS, NS, Drawing, drawn, everything_reported, numbers, report, run_of, shape_of
from test_forecast_areas import GIVEN, HORIZON, districts
from tiau.presentation.course.chart import WIDE, course, fan
from tiau.presentation.course.marks import KINDS
from tiau.simulation import simulate

# --- reports


@pytest.fixture(scope="module")
def reported():
    return everything_reported()


def test_each_report_is_drawn_once_by_who_said_it_and_how_it_is_bound(reported):
    chart = drawn(reported)
    found = {}
    for group in chart.of("reports"):
        for one in group:
            found.setdefault(one.get("data-report"), []).append((set(group.get("class").split()), group.get("opacity")))
    for kind in KINDS:
        for bound in BOUNDS:
            assert found[f"{kind} {bound}"] == [({"reports", kind, bound}, None)]
    assert set(found) == {f"{kind} {bound}" for kind in KINDS for bound in BOUNDS} | {"copy", "aside", "period"}
    # What does not stand for itself is pale, and smaller.
    assert float(found["copy"][0][1]) == float(found["aside"][0][1]) < 1


def test_marks_stand_at_their_days_and_figures(reported):
    chart = drawn(reported)
    for number, kind in enumerate(KINDS):
        for bound, value in BOUNDS.items():
            path = numbers(shape_of(chart, f"{kind} {bound}")[1])
            # Of a ring the path begins left of its middle, of a triangle at its tip.
            x, y = path[:2]
            radius = path[2] if bound in ("exact", "about") else {"at_least": -3.8, "at_most": 3.8, "range": 0}[bound]
            x, y = (x + radius, y) if bound in ("exact", "about") else (x, y - radius)
            assert chart.day(x) == pytest.approx(2 + 3 * number + 0.5, abs=0.05)
            if value is None:
                assert [chart.people(at) for at in path[1:3]] == pytest.approx([60, 180], abs=1)
            else:
                assert chart.people(y) == pytest.approx(value, abs=1)


def test_shapes_differ_so_that_colour_is_not_alone(reported):
    chart = drawn(reported)
    shapes = {bound: re.sub(r"[\d.-]+", "", shape_of(chart, f"media {bound}")[1]) for bound in BOUNDS}
    looks = {(shapes[bound], shape_of(chart, f"register {bound}")[0][-1].get("fill")) for bound in BOUNDS}
    assert len(looks) == len(BOUNDS) - 1, "both triangles have the same commands"
    tips = [numbers(shape_of(chart, f"media {bound}")[1])[3] for bound in ("at_least", "at_most")]
    assert tips[0] > 0 > tips[1]
    large, small = (numbers(shape_of(chart, name)[1])[2] for name in ("register exact", "copy"))
    assert small < large


def test_kinds_of_source_differ_where_no_colours_are_seen(reported):
    chart = drawn(reported)
    for bound in BOUNDS:
        marked = []
        for kind in KINDS:
            mark, _ = shape_of(chart, f"{kind} {bound}")
            for inner in mark.findall(f"{NS}path[@class='who']"):
                left, low, right, high = numbers(inner.get("d"))
                marked.append((right > left, high > low))
                assert inner.get("stroke") != mark.find(f"{NS}path").get("fill")
        # Registers have none; of the others each has its own.
        assert sorted(marked) == [(False, False), (False, True), (True, False)]


def test_a_report_of_a_period_is_a_bar_over_its_days(reported):
    chart = drawn(reported)
    mark, _ = shape_of(chart, "period")
    left, y, right = numbers(mark.find(f"{NS}path[@class='period']").get("d"))
    assert (chart.day(left), chart.day(right)) == pytest.approx((3, 10), abs=0.05)
    assert chart.people(y) == pytest.approx(80, abs=1)
    assert shape_of(chart, "media exact")[0].find(f"{NS}path[@class='period']") is None


def test_words_of_a_mark_say_who_said_what(reported):
    mark, _ = shape_of(drawn(run_of(report("R1", 1_200, "at_least", said_by="the police"))), "R1")
    assert mark.find(f"{NS}title").text == "2021-01-06, the police: at least 1,200 (R1)"


def test_reports_that_the_run_misses_are_numbered_as_in_the_sentence():
    result = run_of(report("near", 300, said_by="a"), report("far", 900, said_by="b"), report("in", 75, said_by="c"),
                    people=(180, 200, 220))  # fmt: skip
    chart = drawn(result)
    names = {one.text: one for one in chart.of("numbers")[0]}
    assert set(names) == {"1", "2"}
    assert chart.people(float(names["2"].get("y"))) == pytest.approx(300, abs=40)
    (described,) = chart.root.findall(f"{NS}desc")
    assert described.text.endswith("3 reports drawn, 2 of them outside what nine in ten runs give.")


def test_a_figure_far_beyond_the_run_does_not_press_it_flat():
    chart = drawn(run_of(report("wild", 90_000)))
    assert chart.numbers[-1][0] <= 220
    assert shape_of(chart, "wild")
    assert [one.text for one in chart.of("beyond")[0]] == ["↑ 90,000"]


def test_many_reports_are_drawn_small_and_those_that_cover_each_other_once():
    many = [report(f"R{number}", 100 + number % 50, at=number % DAYS) for number in range(600)]
    chart = drawn(run_of(*many))
    (group,) = chart.of("reports")
    shapes = numbers(group[-1].get("d"))
    assert len(set(re.findall(r"M[^M]*", group[-1].get("d")))) == group[-1].get("d").count("M")
    assert 100 < group[-1].get("d").count("M") <= 600
    assert shapes


# --- bands and what is hidden


def test_the_band_is_read_off_as_it_is():
    result = run_of(people=np.linspace(1_000, 2_000, 21) * 10)
    chart = drawn(result)
    nine, five, median = (chart.of(name)[0] for name in ("nine", "five", "median"))
    x, y = numbers(median.get("d"))[-2:]
    assert chart.day(x) == pytest.approx(DAYS - 0.5, abs=0.05)
    assert chart.people(y) == pytest.approx(15_000, rel=0.01)
    for shape, low, high in ((nine, 10_500, 19_500), (five, 12_500, 17_500)):
        path = numbers(shape.get("d"))
        at = [high for right, high in zip(path[::2], path[1::2], strict=True) if right == x]
        assert sorted(map(chart.people, at)) == pytest.approx([low, high], rel=0.01)
    (told,) = chart.root.findall(f"{NS}desc")
    assert told.text == (
        "The run: from 0 on 2021-01-01 to 15,000 on 2021-01-15, nine in ten between 10,500 and 19,500."
    )


HIDING = run_of(report("far", 900), report("near", 5), people=(0, 0))
FEW = st.tuples(st.integers(1, 9), st.integers(1, 9))


@settings(deadline=None)
@given(FEW, FEW)
def test_nothing_below_the_limit_can_be_read_off(few, other):
    def of(people):
        there = {name: np.full(values.shape, np.array(people, float)) for name, values in HIDING.areas.items()}
        return course(dataclasses.replace(HIDING, areas=there), "Abroad", "present", suppress_below=10)

    assert of(few) == of(other)


def test_what_is_drawn_is_rounded():
    for below, people in ((10, 50), (0, 47)):
        chart = drawn(run_of(people=(47,)), suppress_below=below)
        assert chart.people(numbers(chart.of("median")[0].get("d"))[-1]) == pytest.approx(people, abs=0.5)


def test_without_chance_there_is_a_line_and_no_band():
    result = simulate(
        toys.line(1000, days=DAYS, departures=[toys.leave(0, 100)], reports=[report("R", 90)]), chance=False
    )
    chart = drawn(result)
    assert not chart.of("nine")
    assert chart.people(numbers(chart.of("median")[0].get("d"))[-1]) == pytest.approx(100, abs=1)
    assert "nine in ten" not in chart.text


# --- a forecast


@pytest.fixture(scope="module")
def ahead():
    return tiau.forecast(
        districts(), triggers=[f"Abroad > 5000 by {toys.day(90)}", f"C > 3000 by {toys.day(80)}"], **GIVEN
    )


@pytest.fixture(scope="module")
def joined(ahead):
    """A chart of a run until the forecast's origin, with the forecast."""
    data = districts().model_dump()
    data["settings"]["end"] = ahead.origin
    result = simulate(type(ahead.scenario).model_validate(data), members=4)
    return result, Drawing(course(result, "Abroad", "present", suppress_below=10, forecast=ahead, size=WIDE[:1]))


def test_a_forecast_goes_on_from_its_origin(ahead, joined):
    _, chart = joined
    (origin,), (forecast,) = chart.of("origin"), chart.of("forecast")
    begins = numbers(forecast.find(f"{NS}path[@class='median']").get("d"))[0]
    assert numbers(origin.get("d"))[0] == begins
    run = chart.of("run")[0].find(f"{NS}path[@class='median']")
    assert numbers(run.get("d"))[-2] == begins
    ends = numbers(forecast.find(f"{NS}path[@class='median']").get("d"))[-2:]
    row = ahead.row("present", "Abroad")
    assert chart.people(ends[1]) == pytest.approx(ahead.range(row, -1)[1], rel=0.02)
    # It is told apart by more than its place: hatched, its line dashed.
    assert forecast.find(f"{NS}path[@class='hatch']") is not None
    assert run.get("stroke-dasharray") is None
    assert f"to {round(ahead.range(row, -1)[1], -1):,.0f} on {ahead.date(ahead.days[-1])}" in chart.text


def test_triggers_of_the_place_are_lines_over_their_days(ahead, joined):
    _, chart = joined
    (group,) = chart.of("thresholds")
    assert [one.text for one in group.iter(f"{NS}text")] == ["trigger: above 5,000"]
    _, line = group.findall(f"{NS}path")
    left, y, right, _ = numbers(line.get("d"))
    assert chart.people(y) == pytest.approx(5_000, rel=0.02)
    origin = numbers(chart.of("origin")[0].get("d"))[0]
    days = (numbers(chart.of("median")[-1].get("d"))[-2] - origin) / ahead.days[-1]
    assert (left - origin, right - origin) == pytest.approx((0, 30.5 * days), abs=0.2)


def test_a_place_without_a_row_has_no_forecast(ahead, joined):
    result, _ = joined
    svg = course(result, "Home", "present", suppress_below=10, forecast=ahead)
    assert 'class="forecast"' not in svg
    assert "origin" not in svg


def test_fans_of_a_forecast_have_the_same_days_and_its_triggers(ahead):
    rows = [ahead.row("present", name) for name in ("C", "Other")]
    first, second = (Drawing(fan(ahead, row)) for row in rows)
    for chart in (first, second):
        begins, ends = (numbers(chart.of("median")[0].get("d"))[at] for at in (0, -2))
        assert numbers(chart.of("origin")[0].get("d"))[0] == begins
        # Of nine months before and the horizon after it.
        left = numbers(chart.of("grid")[0][0].get("d"))[0]
        assert (begins - left) / (ends - left) == pytest.approx(270.5 / (270.5 + HORIZON), abs=0.005)
    assert [one.text for one in first.of("thresholds")[0].iter(f"{NS}text")] == ["trigger: above 3,000"]
    assert {one.get("data-report") for one in first.of("report")} == {f"C{number}" for number in range(10, 61, 10)}
