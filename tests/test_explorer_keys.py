"""Keys, what Escape closes, what is typed, and what the chart says in words: parts of the page in Chromium."""

from __future__ import annotations

import pytest

import browser as look
from explorer_parts import SCENARIO, act, opened, report, set_of, what_if

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
SENTENCE = ".chart-sentence"
OPEN = (".acts-editor", ".chart .chart-about[open]", "details[open]")


@pytest.fixture
def page(chromium):
    with opened(chromium) as (page, said):
        yield page
        assert said == []


@pytest.mark.parametrize(
    ("name", "key", "day", "cells"),
    [
        ("A2", "e", 60, {"until": "2021-04-02"}),
        ("A2", "e", 3, {"until": "2021-03-10"}),
        ("A2", "b", 60, {"from": "2021-04-02"}),
        ("A1", "b", 190, {"from": "2021-03-21"}),
        ("A2", "Alt+PageDown", 10, {"until": "2021-07-20"}),
        ("A1", "PageUp", 10, {"from": "2021-03-31", "until": "2021-04-20"}),
    ],
)
def test_one_key_begins_or_ends_an_act_on_the_day_in_view_or_moves_it_far(page, name, key, day, cells):
    page.evaluate("day => page.look({day})", day)
    page.focus(f"[data-act={name}]")
    page.keyboard.press(key)
    assert set_of(page, name) == {"table": "acts", "id": [name], **cells}


def test_escape_closes_what_was_opened_last_wherever_the_focus_is(page):
    page.click("text=How it works")
    page.click("text=What the marks mean")
    page.focus("[data-act=A1]")
    page.keyboard.press("Enter")
    counts = []
    for _ in range(4):
        counts.append([page.locator(one).count() for one in OPEN])
        page.keyboard.press("Escape")
    assert counts == [[1, 1, 2], [0, 1, 2], [0, 0, 1], [0, 0, 0]]
    assert what_if(page) == {}


def test_the_focus_of_what_escape_closes_goes_to_what_opened_it(page):
    page.click("text=What the marks mean")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "What the marks mean"
    assert page.locator("details[open]").count() == 0


def test_older_orders_that_stand_again_are_named_where_an_order_is_off(chromium):
    acts = [act("A0", "2021-02-01", enforcement=0.05), act("A1", "2021-03-01", enforcement=0.3),
            {**act("A2", "2021-03-10", enforcement=0.5), "replaces": [["A1", "A0"], ["A1"]]}]  # fmt: skip
    with opened(chromium, {**SCENARIO, "acts": acts}) as (page, _):
        page.focus("[data-act=A2]")
        page.keyboard.press("Delete")
        assert "then A1 of 1 March 2021 by Union government (30%) stands again" in page.inner_text(".acts-chosen p")
        page.focus("[data-act=A1]")
        page.keyboard.press("Delete")
        assert "stands again" not in page.inner_text(".acts-chosen p")
        page.focus("[data-act=A2]")
        assert "then A0 of 1 February 2021 by Union government (5%) stands again" in page.inner_text(".acts-chosen p")


def test_an_older_order_stands_again_from_where_a_later_one_was_made_to_end_if_it_lasts(chromium):
    older = [act("A0", "2021-02-01", "2021-04-30", enforcement=0.05), act("A1", "2021-03-01", enforcement=0.3)]
    acts = [*older, {**act("A2", "2021-03-10", enforcement=0.5), "replaces": [["A0"], ["A1"]]}]
    for day, named in ((60, ("A0", "A1")), (120, ("A1",))):
        with opened(chromium, {**SCENARIO, "acts": acts}) as (page, _):
            page.evaluate("day => page.look({day})", day)
            page.focus("[data-act=A2]")
            assert " again" not in page.inner_text(".acts-chosen p")
            page.keyboard.press("e")
            told = page.inner_text(".acts-chosen p").partition("; then ")[2]
            assert tuple(name for name in ("A0", "A1") if f"{name} of" in told) == named
            assert told.endswith(("stands again", "stand again"))


def test_what_is_being_typed_is_not_taken_away_and_control_z_undoes_it(page):
    page.dblclick("[data-act=A2] [data-part=body]")
    field = page.locator(".acts-editor input[type=number]")
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type("7")
    page.evaluate("page.look({day: 20})")
    page.wait_for_timeout(50)
    assert field.input_value() == "507"
    page.keyboard.press("Control+z")
    assert field.input_value() == "50"
    assert what_if(page) == {}


@pytest.mark.parametrize(
    ("late", "said"),
    [
        ((9, 9, 7, 12), "; of the 4 latest, 3 lie in its lower half."),
        ((6, 7, 6, 7), "; of the 4 latest, 4 lie near its lower end."),
        ((9, 4, 4, 4), "; of the 4 latest, 4 lie near its lower end or below it (3 below)."),
        ((9, 11, 9, 11), "as it is with errors of reporting."),
        ((25, 25, 25, 12), "; of the 4 latest, 4 lie near its upper end or above it (3 above)."),
        ((9, 9), "as it is with errors of reporting."),
    ],
)
def test_where_late_reports_lie_beside_the_runs_as_they_were_is_said(chromium, late, said):
    """Late: in the last third of the days that are known."""
    rows = [report("R000", 20, 8), *(report(f"R{at}", 110 + at, value) for at, value in enumerate(late, 1))]
    inside = 1 + sum(5 <= value <= 20 for value in late)
    with opened(chromium, {**SCENARIO, "reports": rows}) as (page, _):
        page.evaluate("figures => page.setState({figures})", [[level] * len(rows) for level in (5, 10, 20)])
        told = page.inner_text(SENTENCE)
        verb = "lies" if inside == 1 else "lie"
        assert f"Of {len(rows)} figures of all people drawn here, {inside} {verb} in the range of the scenario" in told
        assert told.endswith(said)
        assert "in the range" in page.evaluate("svg()")


def test_where_nobody_counted_that_is_said_once_runs_are_done(page):
    page.evaluate("page.look({ followed: 1, quantity: 'arrived' })")
    assert "nothing tests" not in page.inner_text(SENTENCE)
    page.evaluate("figures => page.setState({figures})", [[level] * 6 for level in (5, 10, 20)])
    assert page.inner_text(SENTENCE).endswith("No report counts all people here: nothing tests these numbers.")


def test_a_forecast_of_some_days_is_drawn_as_one_line_from_the_day_it_begins(page):
    """Weeks lie between the days that a forecast tells."""
    levels = [one * level for level in (10, 20, 30, 40, 50) for one in (100, 100, 200)]
    page.evaluate("forecast => page.setState({forecast})", {"days": [150, 157, 164], "fan": levels})
    told = page.evaluate("""async () => {
      const { shownOf } = await import('./chart/data.mjs');
      const { forecast } = shownOf({ scenario: page.scenario, whatIf: page.state.whatIf, view: page.state.view,
        outcome: page.outcome() });
      return [149, 150, 157, 158, 164, 165].map(day => String(forecast.p50[day]));
    }""")
    assert told == ["NaN", "3000", "3000", "3428.571533203125", "6000", "NaN"]
    drawn = page.evaluate("""() => [...new DOMParser().parseFromString(svg(), 'image/svg+xml')
      .querySelectorAll('path[stroke-dasharray="2 3"]')].map(one => one.getAttribute('d'))""")
    assert max(d.count("L") for d in drawn) >= 14
    page.click("text=What the marks mean")
    assert "forecast of the scenario as it is" in page.inner_text(".chart-about")


def test_a_forecast_asked_for_by_two_clicks_or_a_key_held_down_is_not_stopped_at_once(page):
    page.dblclick(".chart-ask")
    assert page.inner_text(".chart-ask") == "Stop the forecast"
    page.click(".chart-ask")
    assert page.inner_text(".chart-ask") == "Forecast from 1 July 2021"
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    assert page.inner_text(".chart-ask") == "Stop the forecast"


def test_the_button_of_the_forecast_stops_it_and_keeps_the_focus(page):
    page.focus(".chart-ask")
    said = []
    for forecasting in (None, None, "done"):
        if forecasting:
            page.evaluate(
                """forecasting => page.setState({ forecasting, forecast: { days: [150, 190],
              fan: [1, 1, 1, 1, 2, 2, 3, 3, 3, 3] } })""",
                forecasting,
            )
        else:
            page.keyboard.press("Enter")
        said.append(page.evaluate("[document.activeElement.textContent.trim(), document.activeElement.ariaDisabled]"))
    assert said == [
        ["Stop the forecast", None],
        ["Forecast from 1 July 2021", None],
        ["Forecast from 1 July 2021", "true"],
    ]
    told = page.inner_text(".chart-forecast")
    assert told.startswith("Forecast for 10 August 2021, with nothing changed: ")
    assert told.endswith("quote this of days ahead: runs let the last days known happen again, to compare decisions.")
