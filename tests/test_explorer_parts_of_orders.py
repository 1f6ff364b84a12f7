"""An order that stands in several rows: who moves one of them is told which stay, and takes them along by one key."""

from __future__ import annotations

import pytest

import browser as look
from explorer_parts import SCENARIO, act, drag, opened, set_of, what_if
from explorer_served import cut_short, panel, served, settled
from explorer_served import opened as opened_page

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
SOURCE = "A paper, 2021-03-10"
STAY = "of the same authority and source began with it and stay where they are"


def rows(source=SOURCE, **of_b):
    """An order for two borders with an exemption for either, beside acts that are others."""
    shared = {"source": source, "enforcement": 0.3}
    return (
        act("A", "2021-03-10", **shared), act("B", "2021-03-10", **{**shared, "places": ["Mizoram"], **of_b}),
        act("A-but", "2021-03-10", source=source, effect="exempt", admit_share=0.5, softens="A"),
        act("says", "2021-03-10", source=source, effect="statement"),
        act("later", "2021-03-20", source=source, enforcement=0.2),
        act("elsewhere", "2021-03-10", source=source, authority="Chief Minister", level="state", enforcement=0.2),
        act("unsaid", "2021-03-10", source="Another paper", enforcement=0.2),
    )  # fmt: skip


@pytest.fixture
def page(chromium):
    with opened(chromium, {**SCENARIO, "acts": rows()}) as (page, said):
        yield page
        assert said == []


def chosen(page):
    return page.inner_text(".acts-chosen p")


def moved(page):
    return {edit["id"][0]: (edit.get("from"), edit.get("until")) for edit in what_if(page).get("set", [])}


def test_who_moves_a_part_is_told_which_stay_and_one_key_takes_them_along(page):
    drag(page, "[data-act=A] [data-part=body]", 60, release=False)
    assert f"B and A-but {STAY}." in chosen(page)
    page.mouse.up()
    assert set(moved(page)) == {"A"}
    assert page.get_attribute("[data-act=A]", "aria-label").endswith(f"; B and A-but {STAY}")
    page.keyboard.press("m")
    assert set(moved(page)) == {"A", "B", "A-but"}
    assert len(set(moved(page).values())) == 1
    assert "began with it" not in chosen(page)
    page.focus("[data-act=B]")
    page.keyboard.press("r")
    assert f"A and A-but {STAY}" not in chosen(page)
    page.focus("[data-act=A]")
    assert "B of the same authority and source began with it and stays where it is." in chosen(page)
    page.click(".acts-chosen >> text=Move B too")
    assert set(moved(page)) == {"A", "B", "A-but"}


def test_what_is_switched_off_leaves_orders_like_it_in_force(page):
    page.focus("[data-act=A]")
    page.keyboard.press("Delete")
    assert "B of the same authority and source began with it and stays in force." in chosen(page)
    assert "; A-but, which softens it, is off with it" in page.get_attribute("[data-act=A]", "aria-label")
    page.keyboard.press("m")
    assert {one for edit in what_if(page)["drop"] for one in edit["id"]} == {"A", "A-but", "B"}
    assert "in force" not in chosen(page)


def test_an_order_stands_without_what_softens_it(page):
    page.focus("[data-act=A-but]")
    page.keyboard.press("Delete")
    assert "began with it" not in chosen(page)


def test_the_editor_says_what_began_with_it_and_takes_it_along(page):
    page.dblclick("[data-act=A] [data-part=body]")
    editor = page.locator(".acts-editor")
    assert "B and A-but of the same authority and source begin with it." in editor.inner_text()
    page.fill(".acts-editor >> text=From", "2021-04-01")
    assert f"B and A-but {STAY}." in editor.inner_text()
    editor.get_by_role("button", name="Move them too").click()
    assert moved(page) == dict.fromkeys(("A", "B", "A-but"), ("2021-04-01", None))
    assert "stay" not in editor.inner_text()


def test_another_strength_moves_nothing_and_asks_nothing(page):
    page.focus("[data-act=A]")
    page.keyboard.press("+")
    assert set_of(page, "A")["enforcement"] == pytest.approx(0.35)
    assert "began with it" not in chosen(page)


def test_without_a_source_only_what_a_row_is_bound_to_is_said(chromium):
    with opened(chromium, {**SCENARIO, "acts": rows(source="")}) as (page, _):
        page.focus("[data-act=A]")
        page.keyboard.press("ArrowRight")
        assert "A-but of the same authority began with it and stays where it is." in chosen(page)


def test_ends_go_along_by_as_many_days_each(chromium):
    acts = rows(until="2021-05-01")
    acts = [{**one, "until": "2021-04-01"} if one["act"] == "A" else one for one in acts]
    with opened(chromium, {**SCENARIO, "acts": acts}) as (page, _):
        page.focus("[data-act=A]")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("m")
        assert moved(page) == {
            "A": ("2021-03-17", "2021-04-08"), "B": ("2021-03-17", "2021-05-08"), "A-but": ("2021-03-17", None),
        }  # fmt: skip


def test_the_list_of_changes_says_what_stays_and_takes_it_along(chromium, tmp_path):
    with served(cut_short(tmp_path / "short")) as server:
        assert server.first_message("done")
        with opened_page(chromium, server.address) as seen:
            page = seen.page
            settled(page)
            page.locator("[data-act=P21]").focus()
            page.keyboard.press("ArrowRight")
            settled(page)
            listed = panel(page, "What if").get_by_role("table", name="What is changed")
            assert f"P21m, P21x and P21y {STAY}." in listed.inner_text()
            listed.get_by_role("button", name="Move them too").click()
            settled(page)
            assert listed.get_by_role("row").count() == 5
            assert "stay" not in listed.inner_text()
            assert seen.said == []
