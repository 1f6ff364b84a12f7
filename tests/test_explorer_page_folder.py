"""The page of the explorer while its folder is edited and its server comes and goes, and of other folders."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest

import browser as look
from explorer_served import act, number, opened, sentence, served, settled, state, until, warm
from folders import TABLES, changed, write_folder
from pages import CODE, lacking, ready

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
GONE = "The server is gone. What was there is still shown"


@pytest.fixture
def folder(tmp_path):
    """A small folder with a place that is called as a piece of code."""
    named = {table: text.replace("Epsilon", CODE) for table, text in TABLES.items()}
    named["groups"] = changed("groups", "; Epsilon=-0.5", "")
    return write_folder(tmp_path / "mine", **named)


@contextmanager
def exploring(chromium, folder):
    """Serve a folder, and open its page with its first numbers."""
    with warm(folder) as server, opened(chromium, server.address) as seen:
        settled(seen.page)
        yield server, seen


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_name_that_is_code_is_shown_and_a_folder_that_is_edited_is_read_again(chromium, folder):
    with exploring(chromium, folder) as (_, seen):
        page = seen.page
        assert page.get_by_role("button", name=re.compile(f"^{re.escape(CODE)}: "), include_hidden=True).count() == 1
        page.get_by_role("combobox", name="Follow").fill("onerror")
        page.get_by_role("option", name=CODE).click()
        assert f"people in {CODE}" in settled(page)
        assert page.get_by_role("heading", name=CODE).count() == 1
        assert page.locator("#app img[src=x]").count() == 0

        edit(folder / "scenario.toml", "Two countries and a river", "Two countries and a bridge")
        page.get_by_role("heading", name="Two countries and a bridge").wait_for()
        assert page.title().startswith("Two countries and a bridge")
        sound = settled(page)

        edit(folder / "acts.csv", "federal,close,River bridge,,,0.5", "federal,close,River bridge,,,1.5")
        wrong = page.get_by_role("region", name="In acts.csv")
        wrong.wait_for()
        row = wrong.get_by_role("row").filter(has_text="enforcement")
        assert row.get_by_role("rowheader").inner_text() == "row 2, enforcement"
        assert "1.5" in row.inner_text()
        assert page.get_by_text("The folder has faults; what you see is its last sound state.").is_visible()
        assert sentence(page).inner_text() == sound

        edit(folder / "acts.csv", ",1.5,", ",0.5,")
        wrong.wait_for(state="detached")
        assert settled(page) == sound
        assert seen.said == []


def test_a_page_whose_server_is_gone_says_so_keeps_what_it_shows_and_goes_on_when_it_is_back(chromium, folder):
    with exploring(chromium, folder) as (server, seen):
        page = seen.page
        before = sentence(page).inner_text()
        server.kill()
        page.get_by_text(GONE).wait_for()
        assert sentence(page).inner_text() == before
        act(page, "A1").focus()
        page.keyboard.press("Delete")
        assert page.get_by_role("status").filter(has_text=GONE).is_visible()
        with served(folder, port=server.port):
            page.get_by_text(GONE).wait_for(state="detached")
            after = settled(page)
            assert "; switched off" in act(page, "A1").get_attribute("aria-label")
            assert "as it was: " in after


@pytest.mark.parametrize("name", ["burundi", "darfur"])
def test_a_case_of_flees_and_imported_exports_are_explored_as_well(chromium, in_common, name):
    if reason := lacking(name):
        pytest.skip(reason)
    with exploring(chromium, ready(name, in_common)) as (server, seen):
        page = seen.page
        before = number(sentence(page).inner_text())
        assert before > 1000
        page.get_by_role("navigation", name="Panels").get_by_role("button", name="What if").click()
        page.get_by_role("button", name=re.compile("^Use: ")).first.click()
        after = settled(page)
        assert "difference" in after
        assert not server.opening()["faults"] or state(page).is_visible()
        until(page, lambda: "1 change" in page.get_by_role("dialog", name="What if").inner_text(), "told")
        assert seen.said == []
