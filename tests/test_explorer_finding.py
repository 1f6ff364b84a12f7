"""An act is found by who ordered what, where, for whom and from when, by keyboard alone, as Chromium shows it."""

from __future__ import annotations

import pytest

import browser as look
from explorer_parts import SCENARIO, act, opened

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
ACTS = (
    act("P02", "2021-02-10", enforcement=0.05, places=["The border"], note="because of Covid-19"),
    act("P21", "2021-03-19", enforcement=0.1, places=["Mizoram"], note="direction as worded by an agency"),
    act(
        "P24",
        "2021-03-26",
        enforcement=0.8,
        authority="Home Department",
        level="state",
        groups=["police"],
        note="တပ်မတော်",
    ),
    act("S1", "2021-03-19", effect="statement", authority="Chief Minister", level="state"),
)
BORDER = {"name": "The border", "label": "The border", "level": "area", "places": [0, 1], "abroad": True}
FIND = "Find an act: who, what, where, for whom, when"


@pytest.fixture
def page(chromium):
    scenario = {**SCENARIO, "acts": ACTS, "followed": [*SCENARIO["followed"], BORDER]}
    with opened(chromium, scenario) as (page, said):
        yield page
        assert said == []


def found(page):
    return [one.get_attribute("id").removeprefix("found-") for one in page.get_by_role("option").all()]


@pytest.mark.parametrize(
    ("words", "those"),
    [
        ("central mizoram", ["P21", "P02"]), ("union close", ["P02", "P21"]), ("march 2021", ["P21", "P24"]),
        ("shut manipur", ["P02", "P24"]), ("champhai", []),
        ("police", ["P24"]), ("everybody 19", ["P02", "P21"]), ("worded agency", ["P21"]), ("state moreh", ["P24"]),
        ("nowhere", []), ("order", []), ("21", ["P21"]), ("24", ["P24"]), ("မတော်", ["P24"]),
    ],
)  # fmt: skip
def test_an_act_is_found_by_any_words_of_it(page, words, those):
    page.get_by_label(FIND).fill(words)
    assert found(page) == those
    assert page.eval_on_selector_all("[data-act]", "some => some.map(one => one.dataset.act)") == sorted(those)
    count = f"{len(those)} act{'' if len(those) == 1 else 's'}"
    assert page.locator(".acts-finding [role=status]").inner_text() == count


def test_an_act_is_found_by_the_states_that_it_reaches_after_those_that_name_them(page):
    page.get_by_label(FIND).fill("mizoram")
    assert found(page) == ["P21", "P02"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.act") == "P21"


def test_an_act_at_a_crossing_is_found_by_the_state_to_which_people_cross(chromium):
    gate = act("G1", "2021-03-19", enforcement=0.5, places=["Gate 1"])
    with opened(chromium, {**SCENARIO, "acts": [*ACTS, gate]}) as (page, said):
        for words, those in (("shut manipur", ["G1", "P24"]), ("mizoram", ["P21"]), ("sagaing", [])):
            page.get_by_label(FIND).fill(words)
            assert found(page) == those
        assert said == []


def test_what_is_found_says_who_what_where_for_whom_and_from_when(page):
    page.get_by_label(FIND).fill("march")
    first, second = (one.inner_text().split("\n") for one in page.get_by_role("option").all())
    assert first[0] == "P21 Union government (federal): close, Mizoram, for everybody"
    assert first[1] == "from 19 March 2021 without an end; 10%; direction as worded by an agency"
    assert second[0] == "P24 Home Department (state): close, Moreh, for police"


def test_by_keyboard_from_a_bar_to_the_field_and_to_the_bar_of_what_was_found(page):
    page.focus("[data-act=P02]")
    page.keyboard.press("/")
    page.keyboard.type("march")
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).get_attribute("id") == "found-P24"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.act") == "P24"
    assert page.get_by_role("option").count() == 0


def test_what_is_found_in_a_folded_lane_is_unfolded(page):
    page.click(".office >> nth=0")
    page.get_by_label(FIND).fill("P21")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.act") == "P21"


def test_escape_closes_the_list_and_leaves_the_field(page):
    page.get_by_label(FIND).fill("march")
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert page.get_by_label(FIND).input_value() == "march"


def test_bars_and_the_line_below_them_say_for_whom_and_from_when(page):
    page.focus("[data-act=P24]")
    assert page.inner_text(".acts-chosen p").startswith(
        "P24, Home Department (state): close, Moreh, for police; from 26"
    )
    assert page.text_content("[data-act=P02] .name").endswith("The border · from 10 February 2021")
    page.focus("[data-act=P21]")
    assert page.inner_text(".acts-note") == "direction as worded by an agency"


def test_a_list_of_what_is_found_has_no_grave_faults(page):
    page.get_by_label(FIND).fill("march")
    assert look.violations(look.Seen(page)) == []
