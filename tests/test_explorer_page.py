"""The whole page of the explorer with the server and the engine behind it, in Chromium, as somebody uses it."""

from __future__ import annotations

import csv
import re
from contextlib import ExitStack

import numpy as np
import pytest

import browser as look
import tiau
from explorer_served import (
    MEMBERS,
    SEED,
    act,
    address_of,
    cut_short,
    number,
    opened,
    openings,
    panel,
    printed,
    ranges,
    sentence,
    settled,
    simulated,
    state,
    told,
    until,
    warm,
)
from tiau.explorer.runs.fans import fan
from tiau.loading import load

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
PANELS = ("What if", "Assumptions", "Events", "Reports", "Files", "Keys", "Warnings")
CLOSE, EXEMPT = "P09", "P21y"
REFUSED = "Failed to load resource: the server responded with a status of 422"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with warm(cut_short(tmp_path_factory.mktemp("explored") / "short")) as running:
        yield running


@pytest.fixture
def open_page(chromium, server):
    with openings(chromium, server.address, aside=(REFUSED,)) as opening:
        yield opening


@pytest.fixture
def page(open_page):
    """A page at which nothing was done yet, with its first numbers."""
    seen = open_page()
    settled(seen.page)
    return seen.page


def follow(page, label):
    box = page.get_by_role("combobox", name="Follow")
    box.click()
    box.fill(label)
    page.get_by_role("option", name=label).first.click()
    return settled(page)


def hold(page, name, right, down=0, part="body"):
    """Take a part of the bar of an act by the mouse and carry it along, without letting go."""
    found = act(page, name).locator(f"[data-part={part}]").first
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    # A knob lies over the bar at its left.
    x = box["x"] + (box["width"] / 2 if part == "knob" else 0.6 * box["width"])
    y = box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=4)


def switched_off(page, name):
    act(page, name).focus()
    page.keyboard.press("Delete")
    return settled(page)


def test_it_opens_with_map_places_and_reports_and_asks_for_nothing_elsewhere(open_page, server):
    seen = open_page()
    said = settled(seen.page)
    assert re.match(r"On 5 May 2021: [\d,]+ people in Mizoram \([\d,]+ to [\d,]+ in nine of ten runs\)\.", said)
    assert "Refuge in Mizoram" in seen.page.title()
    assert seen.page.get_by_role("img", name=re.compile("^Map of mizoram-2021")).locator("path").count() > 20
    places = server.opening()["places"]
    shown = seen.page.get_by_role("group", name="Places on the map").get_by_role("button", include_hidden=True)
    assert shown.count() >= sum(place["x"] is not None for place in places) > 20
    marks = seen.page.get_by_role("group", name="Reports", exact=True).get_by_role("button")
    assert marks.count() > 2
    assert len(seen.asked) > 10
    assert [url for url in seen.asked if not url.startswith((server.address, "data:", "blob:"))] == []


def test_play_goes_through_the_days_and_ends_with_the_last(page):
    slider, play = page.get_by_role("slider", name="Day").first, page.get_by_role("button", name="Play")
    slider.focus()
    page.keyboard.press("Home")
    before = slider.input_value()
    play.click()
    until(page, lambda: int(slider.input_value()) > int(before) + 3, "days go by")
    page.get_by_role("button", name="Pause").click()
    play.wait_for()
    stood = slider.input_value()
    page.wait_for_timeout(300)
    assert slider.input_value() == stood
    page.get_by_label("Days a second").select_option("40")
    play.click()
    until(page, lambda: slider.input_value() == slider.get_attribute("max"), "the last day")
    play.wait_for()


def middle(place):
    """The name of a place on the map, and where it is on the screen."""
    box = place.bounding_box()
    name = place.get_attribute("aria-label").rpartition(":")[0]
    return name, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def is_free(page, name, x, y, within):
    """Whether a pointer there is on the place of that name, not on one that lies over it."""
    under = "([x, y]) => document.elementFromPoint(x, y)?.closest('[aria-label]')?.getAttribute('aria-label') ?? ''"
    return y > within["y"] and page.evaluate(under, [x, y]).startswith(f"{name}: ")


def test_a_place_that_is_clicked_is_followed(page):
    places = page.get_by_role("group", name="Places on the map").get_by_role("button").all()
    within = page.get_by_role("group", name="Places on the map").bounding_box()
    name, x, y = next(found for found in map(middle, places) if is_free(page, *found, within))
    page.mouse.click(x, y)
    assert f"people in {name}" in settled(page)
    assert page.get_by_role("heading", name=re.compile(re.escape(name))).count() == 1


def test_a_bar_that_is_dragged_moves_the_number_on_the_way_and_at_the_end(page):
    before = number(settled(page))
    hold(page, CLOSE, 0, 30, "knob")
    until(page, lambda: number(sentence(page).inner_text()) > before, "more people while an order is weakened")
    page.mouse.up()
    after = settled(page)
    assert number(after) > before
    assert "; as it was: " in after
    assert "difference " in after
    assert "+" in after
    hold(page, CLOSE, 120)
    page.mouse.up()
    settled(page)
    assert re.search("from 2[67] March 2021 .*; changed$", act(page, CLOSE).get_attribute("aria-label"))


def test_keys_do_what_the_mouse_does_and_each_step_is_undone_and_redone(page):
    first = settled(page)
    bar, words = act(page, CLOSE), lambda: act(page, CLOSE).get_attribute("aria-label")
    bar.focus()
    page.keyboard.press("-")
    weaker = settled(page)
    assert "strength 25%" in words()
    assert "; difference " in weaker
    off = switched_off(page, CLOSE)
    assert "; switched off" in words()
    assert number(off) > number(first)
    undo, redo = (page.get_by_role("button", name=re.compile(f"^{what}: ")) for what in ("Undo", "Redo"))
    undo.click()
    assert settled(page) == weaker
    page.keyboard.press("Control+z")
    assert settled(page) == first
    assert undo.get_attribute("aria-label") == "Undo: nothing"
    redo.click()
    redo.click()
    assert settled(page) == off
    assert "; switched off" in words()


def test_events_are_found_by_the_area_in_which_they_struck(page, server):
    opening = server.opening()
    events, places = opening["events"], [one["name"] for one in opening["places"]]
    chin = next(one for one in opening["followed"] if one["level"] == "admin1" and "Chin" in one["name"])
    inside = {places[at] for at in chin["places"]} | {chin["name"], chin["label"]}
    parts = [
        one for one in opening["followed"] if set(one["places"]) <= set(chin["places"]) and one["level"] != "place"
    ]
    inside |= {one["name"] for one in parts} | {one["label"] for one in parts}
    many = sum(any(place in inside for place in event["place"]) for event in events)
    assert many > sum("chin" in " ".join(event["place"]).lower() for event in events)
    page.get_by_role("navigation", name="Panels").get_by_role("button", name="Events").click()
    panel = page.get_by_role("dialog", name="Events")
    panel.get_by_label("Where").select_option(chin["label"])
    until(page, lambda: f"The {many} events found" in panel.inner_text(), "found")
    panel.get_by_role("button", name="Close Events").click()


def test_an_address_brings_the_same_state_and_numbers_to_somebody_else(page, open_page):
    before = switched_off(page, CLOSE)
    other = open_page(address_of(page, "what-if").partition("/#")[2].join(["#", ""])).page
    assert settled(other) == before
    assert "; switched off" in act(other, CLOSE).get_attribute("aria-label")
    other.reload()
    assert settled(other) == before


@pytest.mark.parametrize(
    ("hash_", "said"),
    [
        ("#scenario=elsewhere", "The address is of another scenario, elsewhere; this page shows mizoram-2021."),
        ("#what-if=%7Bbroken&follow=%00", "The address is damaged"),
    ],
)
def test_an_address_that_is_none_of_this_page_is_refused_in_words(open_page, page, hash_, said):
    other = open_page(hash_).page
    assert other.get_by_text(said).is_visible()
    assert settled(other) == sentence(page).inner_text()


@pytest.fixture
def saved(page, tmp_path):
    """A what-if as the page saves it, and the days that the page shows with it."""
    switched_off(page, CLOSE)
    files = panel(page, "Files")
    files.get_by_label("Title").fill("Nobody is turned back")
    files.get_by_label("Why").fill("nobody <enforces> it")
    kept = []
    for button in ("Save as a file", "Days as CSV"):
        with page.expect_download() as given:
            files.get_by_role("button", name=button).click()
        kept.append(tmp_path / given.value.suggested_filename)
        given.value.save_as(kept[-1])
    return kept


def days_of(table, columns):
    """Return columns of a table of days, (column, day)."""
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    return np.array([[int(row[column]) for row in rows] for column in columns])


def as_whole(quantiles):
    """Return people as the table has them: whole, halves upwards, for the days of the scenario alone."""
    return np.floor(quantiles.astype(float) + 0.5).astype(int)


def test_a_saved_what_if_is_read_by_compare_and_gives_its_numbers_and_is_loaded_again(saved, open_page, server):
    what_if, table = saved
    compared = tiau.compare(load(server.folder), what_if, members=MEMBERS, members_given=1, seed=SEED).outcomes[0]
    assert compared.change.what_if.title == "Nobody is turned back"
    found = as_whole(ranges(simulated(server.folder, what_if), "Mizoram"))
    until_the_end = found.shape[1]
    shown = days_of(table, ["p05", "p25", "p50", "p75", "p95"])
    np.testing.assert_array_equal(shown[:, :until_the_end], found)
    differences = as_whole(fan(compared.daily["present in Mizoram"].astype(np.float32))[[0, 2, 4]])
    shown = days_of(table, ["difference_p05", "difference_p50", "difference_p95"])
    np.testing.assert_array_equal(shown[:, :until_the_end], differences)
    other = open_page().page
    files = panel(other, "Files")
    files.get_by_label(re.compile("^A file that tiau compare reads")).set_input_files(what_if)
    files.get_by_text("is in force: 1 change.").wait_for()
    files.get_by_role("button", name="Close").click()
    settled(other)
    assert "; switched off" in act(other, CLOSE).get_attribute("aria-label")


def test_a_what_if_with_faults_shows_them_all_and_changes_nothing(page, tmp_path):
    before = settled(page)
    bad = tmp_path / "bad.toml"
    faults = '[[drop]]\ntable = "acts"\nid = "NONE"\n[[set]]\ntable = "acts"\nid = "P24"\nenforcement = 7\n'
    bad.write_text(f'title = "t"\nwhy = "w"\n{faults}', encoding="utf-8")
    files = panel(page, "Files")
    files.get_by_label(re.compile("^A file that tiau compare reads")).set_input_files(bad)
    files.get_by_text("Nothing was changed: the file has faults.").wait_for()
    assert "NONE" in files.inner_text()
    assert files.get_by_role("row").count() >= 3
    assert settled(page) == before
    assert page.get_by_role("button", name="Undo: nothing").count() == 1


def test_two_pages_do_not_disturb_each_other(chromium, server, tmp_path):
    acts, areas = (CLOSE, EXEMPT), ("Mizoram", "Manipur")
    with ExitStack() as stack:
        pages = [stack.enter_context(opened(chromium, server.address)).page for _ in acts]
        for page, label in zip(pages, areas, strict=True):
            settled(page)
            follow(page, f"India / {label}")
        for page, name in zip(pages, acts, strict=True):
            act(page, name).focus()
            page.keyboard.press("Delete")
        said = [settled(page) for page in pages]
    own = simulated(server.folder)
    for text, name, area in zip(said, acts, areas, strict=True):
        file = tmp_path / f"{name}.toml"
        file.write_text(f'title = "t"\nwhy = "w"\n[[drop]]\ntable = "acts"\nid = "{name}"\n', encoding="utf-8")
        with_it, as_it_was = (ranges(of, area)[2, -1] for of in (simulated(server.folder, file), own))
        assert f"5 May 2021: {told(with_it)} people in {area} (" in text
        assert f"as it was: {told(as_it_was)} (" in text


def test_a_page_that_is_closed_leaves_no_work_behind(chromium, server):
    many = 1000
    with ExitStack() as stack:
        first = stack.enter_context(opened(chromium, f"{server.address}#members={many}&seed=9"))
        until(first.page, lambda: "runs" in state(first.page).inner_text(), "the first page is at work")
        second = stack.enter_context(opened(chromium, f"{server.address}#seed=9")).page
        first.page.context.close()
        settled(second)
    # Had the work gone on, nothing would be left of it to do.
    left = server.first_message("progress", members=many, seed=9)
    assert left["total"] > many


def texts(page, selector):
    return page.evaluate("chosen => [...document.querySelectorAll(chosen)].map(one => one.textContent)", selector)


def test_two_sheets_hold_every_change_and_every_area_abroad(page, server, tmp_path):
    presets = panel(page, "What if")
    presets.get_by_role("button", name=re.compile("^Use: ")).first.click()
    settled(page)
    switched_off(page, CLOSE)
    count = presets.get_by_role("table", name="What is changed").get_by_role("row").count() - 1
    assert count >= 2
    sheet = ".print-pages "
    until(page, lambda: len(texts(page, f"{sheet} img")) == 2, "map and chart on paper")
    page.evaluate("() => { dispatchEvent(new Event('beforeprint')) }")
    until(page, lambda: "without ranges" not in "".join(texts(page, f"{sheet} caption")), "ranges on paper")
    sheets = printed(page, tmp_path)
    assert len(sheets) == 2
    assert len(texts(page, f"{sheet} .changes tbody tr")) == count
    rows = texts(page, f"{sheet} tr")
    assert look.unprinted_rows(sheets, rows) == []
    followed = server.opening()["followed"]
    abroad = [one["label"] for one in followed if one["abroad"] and one["level"] in ("country", "admin1")]
    named = texts(page, f"{sheet} .abroad tbody th")
    assert len(abroad) > 4
    assert [label for label in abroad if named.count(label) != 2] == []


def test_paper_has_no_map_and_chart_of_what_was_there_before(page):
    settled(page)
    printing = """async (day) => {
      const slider = document.querySelector("input[type=range][aria-label=Day]");
      if (day !== null) {
        slider.value = day;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      }
      dispatchEvent(new Event("beforeprint"));
      await Promise.resolve();
      const sheet = document.querySelector(".print-pages");
      const pictures = [...sheet.querySelectorAll("img")].map(({ src }) => src);
      return [pictures, sheet.textContent.includes("still being drawn")];
    }"""
    until(page, lambda: len(page.evaluate(printing, None)[0]) == 2, "map and chart on paper")
    before, says = page.evaluate(printing, None)
    assert not says
    after, says = page.evaluate(printing, 0)
    # On a machine that has much to do those of the first day may be there by now.
    assert says == (after == [])
    assert set(after).isdisjoint(before)
    until(page, lambda: len(page.evaluate(printing, None)[0]) == 2, "map and chart of the first day")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_page_and_in_its_panels(open_page, scheme):
    seen = open_page(scheme=scheme)
    settled(seen.page)
    assert look.violations(seen) == []
    for title in PANELS:
        dialog = panel(seen.page, title)
        dialog.wait_for()
        assert look.violations(seen, part="[role=dialog]") == [], title
        # The words of the command line are told with the command alone.
        own = re.sub(r"(--members|members=)\S*", "", dialog.inner_text())
        assert not re.search(r"\bmembers?\b|\bjudged\b", own), title
        seen.page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
