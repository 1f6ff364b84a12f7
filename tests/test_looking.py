"""The checks of pages in a browser: each finds what it is there for."""

import pytest

import browser as look
from browser import PHONE

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())


def test_what_a_page_asks_for_and_says_is_seen(toy):
    seen = toy('<img src="http://example.org/x.png"><script>console.error("lost"); alert(1); nothing()</script>')
    assert seen.asked == ["http://example.org/x.png"]
    assert {"alert: 1", "lost"} <= set(seen.said)
    assert any("nothing is not defined" in said for said in seen.said)


def test_what_sticks_out_is_seen(toy):
    wide = '<p style="width: 500px">wide</p>'
    assert look.sticking_out(toy(wide, width=PHONE))
    assert look.sticking_out(toy(f'<div style="overflow: hidden">{wide}</div>', width=PHONE))
    boxed = toy(f'<div style="overflow: auto">{wide}</div>', width=PHONE)
    assert look.sticking_out(boxed) == []
    assert look.sticking_out_of_paper(boxed) == []
    assert look.sticking_out_of_paper(toy('<div style="overflow: auto; height: 9px">cut<br>off</div>'))
    drawing = '<svg width="90" height="40"><text x="{}" y="20">a name</text></svg>'
    assert look.sticking_out(toy(drawing.format(10))) == []
    assert look.sticking_out(toy(drawing.format(60))) == ['text "a name" is cut off in its drawing']


def test_words_that_are_torn_on_paper_are_seen(toy):
    cell = '<table><tr><td style="width: 1px; overflow-wrap: {}">federal 2021-03-05</td></tr></table>'
    assert look.torn_on_paper(toy(cell.format("break-word"))) == []
    assert "federal" in look.torn_on_paper(toy(cell.format("anywhere")))


def test_letters_that_do_not_stand_out_are_seen(toy):
    assert look.faint(toy('<p style="color: #767676">enough</p>')) == []
    assert look.faint(toy('<p style="color: #777">faint</p>')) == ['"faint" 4.48 to 1']
    assert look.faint(toy('<p style="opacity: .4">faint</p>'))
    assert look.faint(toy('<svg><text y="20" fill="#aaa">faint</text></svg>'))
    dark = '<meta name="color-scheme" content="light dark"><p>paper</p><p style="color: #333">ink</p>'
    assert len(look.faint(toy(dark, scheme="dark"))) == 1


def test_what_axe_finds_is_told(toy):
    (found,) = look.violations(toy("<main><h1>Toy</h1><input></main>"))
    assert found.startswith("critical label x1: <input>")


def test_letters_that_no_font_has_are_boxes(toy):
    assert look.boxes(toy("<p>a</p>"), "a\U0010fffd") == ["\U0010fffd"]


def test_ids_are_found_on_paper_however_they_are_broken(chromium, tmp_path):
    path = tmp_path / "ids.html"
    cell = '<td style="width: 3em; overflow-wrap: anywhere">'
    long = "camp-register-2021-03"
    path.write_text(
        f"<!doctype html><table><tr>{cell}{long}</td><td>4,000</td></tr><tr>{cell}R10</td><td>5</td></tr></table>"
        '<p style="break-before: page">P-7</p>', encoding="utf-8",
    )  # fmt: skip
    sheets = look.printed(chromium, path, tmp_path)
    assert len(sheets) == 2
    assert long not in sheets[0]
    assert look.unprinted(sheets, [long, "R10", "R1", "P-7", "register"]) == ["R1", "register"]
    assert look.unprinted_rows(sheets, [f"{long}4,000", "R105", "R106"]) == ["R106"]
