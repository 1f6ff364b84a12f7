"""Acts are dragged, keyed, switched and added; the chart follows; a guess comes first: as Chromium shows it."""

from __future__ import annotations

import pytest

import browser as look
from explorer_parts import SCENARIO, act, day_wide, drag, opened, set_of, touch, what_if

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
SENTENCE = ".chart-sentence"
WEAKER = {"set": [{"table": "acts", "id": ["A2"], "enforcement": 0.1}]}
LESS = "\N{MINUS SIGN}"
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(chromium):
    with opened(chromium) as (page, said):
        yield page
        assert said == []


def test_a_bar_that_is_dragged_moves_both_ends(page):
    drag(page, "[data-act=A1] [data-part=body]", 10 * day_wide(page))
    assert set_of(page, "A1") == {"table": "acts", "id": ["A1"], "from": "2021-03-11", "until": "2021-03-31"}
    told = page.evaluate("page.told.map(one => one.settled)")
    assert told[-1] is True
    assert told[:-1]
    assert not any(told[:-1])


@pytest.mark.parametrize(
    ("name", "part", "days", "cells"),
    [
        ("A1", "start", 4, {"from": "2021-03-05"}),
        ("A1", "start", 90, {"from": "2021-03-21"}),
        ("A1", "end", -5, {"until": "2021-03-16"}),
        ("A2", "end", -19, {"until": "2021-07-31"}),
        ("A2", "body", 5, {"from": "2021-03-15"}),
    ],
)
def test_ends_are_dragged_and_never_pass_each_other(page, name, part, days, cells):
    drag(page, f"[data-act={name}] [data-part={part}]", days * day_wide(page))
    assert {column: cell for column, cell in set_of(page, name).items() if column not in ("table", "id")} == cells


def test_an_end_that_is_dragged_back_beyond_the_last_day_is_none_again(page):
    drag(page, "[data-act=A2] [data-part=end]", -19 * day_wide(page))
    drag(page, "[data-act=A2] [data-part=end]", 19 * day_wide(page))
    assert what_if(page) == {}


def test_the_knob_gives_the_strength(page):
    drag(page, "[data-act=A2] .knob", 0, -22)
    assert set_of(page, "A2")["enforcement"] == pytest.approx(0.7)
    drag(page, "[data-act=R1] .knob", 0, 300)
    assert set_of(page, "R1")["amount"] == 0


def test_escape_ends_a_drag_as_if_nothing_was(page):
    drag(page, "[data-act=A1] [data-part=body]", 60, release=False)
    assert set_of(page, "A1")
    page.keyboard.press("Escape")
    page.mouse.up()
    assert what_if(page) == {}
    assert page.evaluate("page.told.at(-1).settled")


def test_a_finger_drags_and_does_not_scroll(chromium):
    with opened(chromium, touch=True) as (page, _):
        touch(page, "[data-act=A1] [data-part=body]", 10 * day_wide(page), 0)
        assert set_of(page, "A1")["from"] == "2021-03-11"
        touch(page, "[data-act=A2] .knob", 0, -22)
        assert set_of(page, "A2")["enforcement"] == pytest.approx(0.7)


def test_the_line_follows_while_dragging_and_numbers_settle(page):
    assert "20,000 people in Mizoram (10,000 to 40,000 in nine of ten runs)" in page.inner_text(SENTENCE)
    drag(page, "[data-act=A2] [data-part=body]", 40, release=False)
    said = page.inner_text(SENTENCE)
    estimate = "about 9,000 people in Mizoram (an estimate until the runs are in, which give its range)"
    assert f"{estimate}; as it was: 21,000 (10,000 to " in said
    assert f"difference {LESS}12,000." in said
    page.mouse.up()
    page.wait_for_function("() => document.querySelector('.chart-sentence').textContent.includes('8,300')")
    told = page.inner_text(SENTENCE)
    assert "8,300 people in Mizoram (4,200 to 17,000 in nine of ten runs); as it was: 20,000 (10,000 to " in told
    assert f"difference run by run, not of these two, {LESS}10,000 ({LESS}20,000 to +1,000)." in told


def test_an_act_that_comes_to_differ_is_brought_into_view_and_the_focus_stays(page):
    page.focus("[data-act=A1]")
    page.evaluate("""() => page.change({ ...page.state.whatIf, add: [{ table: "acts", act: "W1", from: "2021-03-05",
      authority: "Chief Minister", level: "state", effect: "close", places: "Moreh", enforcement: 0.8 }] },
      { settled: true })""")
    page.wait_for_function("() => document.querySelector('.acts-chosen p').textContent.startsWith('W1, ')")
    box, bar = page.locator(".acts-scroll").bounding_box(), page.locator("[data-act=W1]").bounding_box()
    assert box["y"] - 2 <= bar["y"]
    assert bar["y"] + bar["height"] <= box["y"] + box["height"] + 2
    assert page.evaluate("document.activeElement.dataset.act") == "A1"


def test_numbers_of_before_are_not_told_as_those_of_now(page):
    page.evaluate("page.setState({isAsked: true})")
    page.focus("[data-act=A1]")
    page.keyboard.press("Delete")
    page.wait_for_timeout(50)
    asked = "(10,000 to 40,000 in nine of ten runs); what your changes come to is being worked out."
    assert asked in page.inner_text(SENTENCE)


def test_before_any_run_it_is_said_that_there_is_no_answer_yet(page):
    page.evaluate("page.setState({isFirst: true})")
    told = "no answer yet: 21,000 people in Mizoram by a first reckoning without chance, from which the runs may lie"
    assert told in page.inner_text(SENTENCE)
    assert told in page.evaluate("svg()")
    page.check("text=Guess first")
    page.focus("[data-act=A1]")
    page.keyboard.press("Delete")
    assert "as it was 21,000 people in Mizoram by a first reckoning without chance" in page.inner_text(SENTENCE)
    assert "As it was: 21,000 (first reckoning, no runs yet)." in page.inner_text(".guess-asks")


def test_keys_alone_move_weaken_switch_and_restore(page):
    page.focus("[data-act=A1]")
    told = "A1, Union government (federal): close, Moreh, for everybody; from 1 March 2021"
    assert page.inner_text(".acts-chosen p").startswith(told)
    page.focus("[data-act=A2]")
    assert page.inner_text(".acts-chosen p").startswith("A2, ")
    page.keyboard.press("ArrowUp")
    for key in ("ArrowRight", "Shift+ArrowRight", "Alt+ArrowLeft", "+", "-", "-"):
        page.keyboard.press(key)
    cells = {"from": "2021-03-09", "until": "2021-03-28", "enforcement": 0.25}
    assert set_of(page, "A1") == {"table": "acts", "id": ["A1"], **cells}
    assert "from 9 March 2021 to 28 March 2021; strength 25%; changed" in page.get_attribute(
        "[data-act=A1]", "aria-label"
    )
    page.keyboard.press("r")
    assert what_if(page) == {}
    page.keyboard.press("Delete")
    assert what_if(page) == {"drop": [{"table": "acts", "id": ["A1"]}]}
    page.keyboard.press("Delete")
    assert what_if(page) == {}
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.act") == "A2"


def test_a_key_is_one_step_when_it_is_let_go(page):
    page.focus("[data-act=A1]")
    page.keyboard.down("ArrowRight")
    page.keyboard.down("ArrowRight")
    assert page.evaluate("page.told.map(one => one.settled)") == [False, False]
    page.keyboard.up("ArrowRight")
    assert page.evaluate("page.told.map(one => one.settled)") == [False, False, True]
    page.keyboard.down("ArrowRight")
    page.focus("[data-act=A2]")
    assert page.evaluate("page.told.at(-1).settled")


def test_statements_are_shown_when_asked_for_and_acts_filtered(page):
    assert page.locator("[data-act=S1]").count() == 0
    page.check("text=1 statement too")
    assert page.locator("[data-act=S1]").count() == 1
    page.fill("[type=search]", "relief")
    assert page.eval_on_selector_all("[data-act]", "found => found.map(one => one.dataset.act)") == ["R1"]


def test_an_authority_is_folded(page):
    high = page.locator(".acts-scroll > svg").bounding_box()["height"]
    page.click(".office >> nth=0")
    assert page.locator(".acts-scroll > svg").bounding_box()["height"] < high
    assert page.locator("[data-act=A1]").count() == 0
    assert page.get_attribute(".office >> nth=0", "aria-expanded") == "false"


def test_an_act_is_added_edited_and_removed(page):
    page.click("text=Add an act")
    page.select_option("text=What it does", "relief")
    page.fill("text=Last day", "2021-06-30")
    page.click(".acts-ends >> text=Add")
    cells = {"authority": "Union government", "level": "federal", "effect": "relief", "from": "2021-02-11",
             "until": "2021-06-30", "places": ["Mizoram"], "amount": 1000}  # fmt: skip
    assert what_if(page)["add"] == [{"table": "acts", "act": "W1", **cells}]
    assert page.evaluate("document.activeElement.dataset.act") == "W1"
    page.keyboard.press("Enter")
    page.fill("input[aria-label='Where: another name']", "Moreh")
    page.keyboard.press("Enter")
    assert what_if(page)["add"][0]["places"] == ["Mizoram", "Moreh"]
    page.click("[aria-label='Take out Moreh']")
    assert what_if(page)["add"][0]["places"] == ["Mizoram"]
    assert page.evaluate("document.activeElement.ariaLabel") == "Where: another name"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.act") == "W1"
    page.keyboard.press("Delete")
    assert what_if(page) == {}


def test_enter_in_a_field_adds_no_act_yet(page):
    page.click("text=Add an act")
    page.focus(".acts-editor input[list=acts-authorities]")
    page.keyboard.press("Enter")
    assert what_if(page) == {}
    assert page.locator(".acts-editor").count() == 1


def test_a_button_that_has_nothing_more_to_do_keeps_the_focus(page):
    page.focus("[data-act=A2]")
    page.keyboard.press("+")
    page.focus(".acts-chosen >> text=As it was")
    page.keyboard.press("Enter")
    assert what_if(page) == {}
    assert page.evaluate("document.activeElement.textContent") == "As it was"
    assert page.evaluate("document.activeElement.ariaDisabled") == "true"


def test_an_act_that_is_added_is_seen_whatever_was_looked_for(page):
    page.fill("[aria-label^='Find an act']", "corridor")
    page.click("text=Add an act")
    page.click(".acts-ends >> text=Add")
    assert page.evaluate("document.activeElement.dataset.act") == "W1"
    assert page.input_value("[aria-label^='Find an act']") == ""


def test_an_act_without_a_strength_is_said_to_move_nobody(chromium):
    blank = {"set": [{"table": "acts", "id": ["A2"], "enforcement": ""}]}
    with opened(chromium, what_if=blank) as (page, _):
        assert "; no strength given: moves nobody" in page.get_attribute("[data-act=A2]", "aria-label")


def test_days_after_all_that_is_known_are_said_to_be_so(page):
    page.evaluate("page.look({ day: 150 })")
    assert "no forecast" not in page.inner_text(SENTENCE)
    page.evaluate("page.look({ day: 151 })")
    assert ", after all that is known, no forecast: " in page.inner_text(SENTENCE)


def test_a_strength_that_is_given_stands_for_itself(chromium):
    scaled = {"scale": [{"table": "acts", "id": ["A2"], "column": "enforcement", "by": 0.5}]}
    with opened(chromium, what_if=scaled) as (page, _):
        assert "strength 25%" in page.get_attribute("[data-act=A2]", "aria-label")
        page.focus("[data-act=A2]")
        page.keyboard.press("+")
        assert what_if(page) == {"set": [{"table": "acts", "id": ["A2"], "enforcement": 0.3}]}


def test_what_is_wrong_is_said_beside_the_field(chromium):
    fault = {
        "file": "acts.csv",
        "column": "until",
        "cell": "A2",
        "problem": "A2 ends before it begins",
        "remedy": "mend it",
    }
    with opened(chromium, what_if=WEAKER, faults=[fault]) as (page, _):
        page.dblclick("[data-act=A2] [data-part=body]")
        assert page.inner_text(".acts-editor .acts-faults") == "A2 ends before it begins; mend it"


def test_marks_are_of_the_place_and_quantity_and_chosen_by_key(page):
    marks = "found => found.map(one => one.dataset.report)"
    assert page.eval_on_selector_all(".mark[data-report]", marks) == ["R001", "R002", "R003"]
    assert "part" in page.get_attribute("[data-report=R003]", "class")
    page.focus("[data-report=R001]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.evaluate("page.state.view.report") == "R002"
    page.click("text=Arrivals so far")
    assert page.eval_on_selector_all(".mark[data-report]", marks) == ["R006"]


def test_the_day_is_set_by_click_and_moved_by_keys(page):
    box = page.locator(".chart-over .ground").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 5)
    day = page.evaluate("page.state.view.day")
    assert abs(day - 100) <= 1
    page.focus(".chart-over .day")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("page.state.view.day") == day - 1


def test_chart_and_acts_have_the_same_edges(page):
    days = "day => [...document.querySelectorAll(day)].map(one => one.getBoundingClientRect().x)"
    (chart,), (acts,) = page.evaluate(days, ".chart-over .day .line"), page.evaluate(days, ".acts .day-line")
    assert chart == pytest.approx(acts, abs=0.6)


def test_results_are_hidden_until_a_guess_is_put(page):
    page.check("text=Guess first")
    drag(page, "[data-act=A2] [data-part=body]", 40, release=False)
    assert "9,000" not in page.inner_text("#app")
    page.mouse.up()
    assert "as it was 20,000 people in Mizoram" in page.inner_text(SENTENCE)
    assert "8,300" not in page.inner_text("#app")
    assert "8,300" not in page.evaluate("svg()")
    page.fill(".guess input[type=number]", "12000")
    page.keyboard.press("Enter")
    assert (
        page.inner_text(".guess-both") == "You said 12,000; the model says 8,300 (4,200 to 17,000) on 11 February 2021."
    )
    assert "8,300" in page.inner_text(SENTENCE)
    page.focus("[data-act=A1]")
    page.keyboard.press("Delete")
    assert "8,300" not in page.inner_text("#app")


def test_a_marker_on_the_chart_is_dragged_to_a_guess(page):
    page.check("text=Guess first")
    page.focus("[data-act=A1]")
    page.keyboard.press("Delete")
    box = page.locator(".chart-over .ground").bounding_box()
    page.mouse.click(box["x"] + 50, box["y"] + box["height"] / 2)
    assert page.evaluate("page.state.guess.draft") == pytest.approx(25000, rel=0.02)
    assert page.evaluate("page.state.view.day") == 10


def test_files_of_the_chart_say_what_is_seen(page):
    svg = page.evaluate("svg()")
    assert svg.startswith("<svg")
    assert "20,000 people in Mizoram (10,000 to 40,000 in nine of ten runs)." in svg
    assert "2021-02-21, Home Department: 12,000, R001" in svg
    assert page.evaluate("png()") > 10_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_are_shown_as_they_are_and_nothing_is_grave(chromium, scheme):
    acts = [act("A1", "2021-03-01", enforcement=0.3, authority=EVIL, places=[EVIL])]
    followed = [{**SCENARIO["followed"][0], "name": EVIL, "label": EVIL}]
    scenario = {**SCENARIO, "acts": acts, "followed": followed}
    with opened(chromium, scenario, scheme=scheme) as (page, said):
        assert EVIL in page.inner_text(SENTENCE)
        assert page.locator("img").count() == 0
        assert (
            page.evaluate("new DOMParser().parseFromString(svg(), 'image/svg+xml').querySelectorAll('img').length") == 0
        )
        page.click("text=Add an act")
        assert look.violations(look.Seen(page)) == []
        assert said == []


def test_a_scenario_without_acts_and_reports_says_so(chromium):
    with opened(chromium, {**SCENARIO, "acts": [], "reports": []}) as (page, said):
        assert "The scenario has no acts; add one." in page.inner_text(".acts")
        page.click("text=Add an act")
        assert page.input_value(".acts-editor >> text=From") == "2021-02-11"
        assert said == []


def test_two_taps_of_a_finger_open_the_editor(chromium):
    with opened(chromium, touch=True) as (page, said):
        touch(page, "[data-act=A2] [data-part=body]", 0, 0)
        assert page.locator(".acts-editor").count() == 0
        # On a machine that has much to do two of them may come too far apart.
        for _ in range(5):
            if not page.locator(".acts-editor").count():
                touch(page, "[data-act=A2] [data-part=body]", 0, 0)
        assert page.locator(".acts-editor").count() == 1
        assert what_if(page) == {}
        assert said == []
