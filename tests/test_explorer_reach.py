"""Every part of the page within reach: by keyboard, at any width, and by its address."""

from __future__ import annotations

import re

import pytest

import browser as look
from explorer_served import DESK, act, address_of, cut_short, openings, panel, sentence, settled, until, warm

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
CLOSE = "P09"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with warm(cut_short(tmp_path_factory.mktemp("reached") / "short")) as running:
        yield running


@pytest.fixture
def open_page(chromium, server):
    with openings(chromium, server.address) as opening:
        yield opening


@pytest.fixture
def page(open_page):
    """A page at which nothing was done yet, with its first numbers."""
    seen = open_page()
    settled(seen.page)
    return seen.page


def test_the_keyboard_alone_answers_what_if_an_act_were_switched_off(page):
    said, bar = sentence(page).inner_text(), act(page, CLOSE)
    focused = lambda: page.evaluate("document.activeElement?.getAttribute('aria-label') ?? ''")  # noqa: E731
    for _ in range(6):
        page.keyboard.press("F6")
        if "; from " in focused():
            break
    for _ in range(20):
        if focused() == bar.get_attribute("aria-label"):
            break
        page.keyboard.press("ArrowDown")
    assert focused().startswith(f"{CLOSE}, ")
    page.keyboard.press("Delete")
    after = settled(page)
    assert "; switched off" in focused()
    assert "difference" in after
    assert after != said


def test_the_first_stops_lead_to_the_parts_and_one_key_goes_from_part_to_part(page):
    held = lambda: page.evaluate(  # noqa: E731
        "document.activeElement.closest('.timeline, .places, .map, .chart, .acts, .head')?.classList[0]"
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Time"
    assert page.get_by_role("navigation", name="Go to").bounding_box()["width"] > 100
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Play"
    found = []
    for _ in range(6):
        found.append(held())
        page.keyboard.press("F6")
    assert found == ["timeline", "places", "map", "chart", "acts", "head"]
    assert held() == "timeline"
    page.keyboard.press("Shift+F6")
    assert held() == "head"


def test_the_address_is_copied_from_anywhere_by_one_key(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    clipboard = lambda: page.evaluate("navigator.clipboard.readText()")  # noqa: E731
    act(page, CLOSE).focus()
    page.keyboard.press("Delete")
    settled(page)
    changed = address_of(page, "drop")
    page.keyboard.press("Alt+c")
    until(page, lambda: clipboard() == changed, "the address on the clipboard")
    assert "; switched off" in page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_what_is_copied_right_after_a_change_has_it(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    act(page, CLOSE).focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Alt+c")
    until(page, lambda: page.locator(".share [role=status]").inner_text() == "Copied", "that it was copied")
    assert "drop" in page.evaluate("navigator.clipboard.readText()")


def test_the_address_is_copied_from_the_first_stops(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stops = page.get_by_role("navigation", name="Go to").get_by_role("button")
    for _ in range(stops.count()):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy the address"
    page.keyboard.press("Enter")
    copied = address_of(page, "scenario")
    until(page, lambda: page.evaluate("navigator.clipboard.readText()") == copied, "the address on the clipboard")
    assert page.locator(".share [role=status]").inner_text() == "Copied"


def test_all_keys_are_seen_at_once_those_of_where_the_focus_is_first(page):
    first = lambda: page.locator(".keys h3").first.inner_text()  # noqa: E731
    act(page, CLOSE).focus()
    # Held down, it opens them once.
    for _ in range(2):
        page.keyboard.down("?")
    page.keyboard.up("?")
    keys = page.get_by_role("dialog", name="Keys")
    until(page, lambda: first() == "Acts where you are", "the keys of acts first")
    room, needed = keys.locator(".inside").evaluate("box => [box.clientHeight, box.scrollHeight]")
    assert needed <= room
    page.get_by_role("group", name="Places on the map").focus()
    until(page, lambda: first() == "Map where you are", "the keys of the map first")
    assert "copy the address of what you see" in keys.inner_text()


def test_a_day_is_typed(page):
    field = page.get_by_label("Day, as a date")
    field.focus()
    page.keyboard.type("03152021")
    assert "On 15 March 2021: " in sentence(page).inner_text()
    field.fill("1999-01-01")
    assert "On 15 March 2021: " in sentence(page).inner_text()
    field.blur()
    assert field.input_value() == "2021-03-15"


def test_what_is_typed_into_a_number_stays_and_control_z_undoes_the_typing_alone(page):
    undo = page.get_by_role("button", name="Undo: ")
    act(page, CLOSE).focus()
    page.keyboard.press("Delete")
    settled(page)
    before = undo.get_attribute("aria-label")
    box = panel(page, "Assumptions").get_by_role("spinbutton").first
    was = box.input_value()
    box.press("Control+a")
    page.keyboard.type("0.010")
    assert box.input_value() == "0.010"
    for _ in range(6):
        page.keyboard.press("Control+z")
    assert box.input_value() == was
    until(page, lambda: undo.get_attribute("aria-label") == before, "the step before")
    assert "; switched off" in act(page, CLOSE).get_attribute("aria-label")


def test_the_table_of_reports_is_cut_at_no_width(open_page):
    page = open_page().page
    ledger = panel(page, "Reports")
    ledger.get_by_role("row").nth(3).wait_for()
    for width in (390, 600, 700, 820, 900, 1000, 1024, 1100, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide, room = ledger.locator(".scroll").evaluate("box => [box.scrollWidth, box.clientWidth]")
        assert wide <= room + 1, width


def test_half_of_everything_is_a_short_address_that_comes_back(open_page, page):
    events = panel(page, "Events")
    events.get_by_role("group", name="All ").get_by_role("button", name=re.compile("0.5$")).click()
    said = settled(page)
    address = address_of(page, "scale")
    assert len(address) < 600
    again = open_page(address[address.index("#") :]).page
    assert settled(again) == said
    assert "all" in panel(again, "What if").get_by_role("table", name="What is changed").inner_text()


@pytest.mark.parametrize("size", [(390, 844), (820, 1180), DESK])
def test_nothing_sticks_out_at_any_width(open_page, size):
    seen = open_page(size=size)
    settled(seen.page)
    # A map is moved below its frame, and a field scrolls what is written in it.
    moves = ("Map of", 'input ""')
    assert [told for told in look.sticking_out(seen) if not any(one in told for one in moves)] == []


def test_what_cannot_be_is_said_wherever_numbers_would_be(page):
    """What softens an order stands without it."""
    act(page, "P21").focus()
    page.keyboard.press("Delete")
    act(page, "P21x").focus()
    page.keyboard.press("Delete")
    sentence = page.locator(".chart-sentence")
    until(page, lambda: "cannot be worked out" in sentence.inner_text(), "that it cannot be")
    assert 'This cannot be: after the change, acts.csv row 25 column softens: "P21"' in page.inner_text("footer")
    page.wait_for_timeout(1500)
    assert "cannot be worked out" in sentence.inner_text()
    page.keyboard.press("Control+z")
    until(page, lambda: "run by run" in sentence.inner_text(), "runs of what is left")
