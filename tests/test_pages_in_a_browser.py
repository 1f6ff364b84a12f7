"""Pages as people see them in Chromium: on a desk, on a phone, in the dark, on paper, in four scripts."""

import contextlib
import re
from functools import cache

import pytest

import browser as look
from browser import MOST_BYTES, PHONE, WIDE
from pages import ARABIC, BURMESE, CODE, DEVANAGARI, PAGES, given, lacking, made
from tiau.loading import load

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
KINDS = ("forecast", "compare", "report")
KEY, TITLE = "the middle of the model's runs", "^.+: displaced people present$"
# Letters that are shaped stand in a PDF as glyphs, in the order in which they are drawn.
SHAPED = re.compile(f"[{ARABIC}{BURMESE}{DEVANAGARI}]".replace(" ", ""))


# On a desk in the dark, and on a phone by day.
VIEWS = [(page, *how) for page in PAGES for how in ((WIDE, "dark"), (PHONE, "light"))]


def of(*kinds, named=""):
    """Parametrise over the pages of some kinds, of all scenarios or of one."""
    return pytest.mark.parametrize(
        "page", [page for page in PAGES if page.split()[1] in kinds and page.startswith(named)]
    )


@pytest.fixture(scope="module")
def file_of(in_common):
    """Give the file of a page, made when it is first looked at."""

    def found(page):
        if reason := lacking(page):
            pytest.skip(reason)
        return made(page, in_common)

    return found


@pytest.fixture
def file(page, file_of):
    return file_of(page)


@pytest.fixture(scope="module")
def sheets_of(chromium, file_of, tmp_path_factory):
    """Give the text of each sheet of a page, printed once."""
    return cache(lambda page: look.printed(chromium, file_of(page), tmp_path_factory.mktemp("printed")))


@pytest.fixture(scope="module")
def view(request, chromium, file_of):
    """A page of `VIEWS` that stands open; nothing done to it may change how it looks."""
    page, width, scheme = request.param
    with look.opened(chromium, file_of(page), width, scheme) as seen:
        yield seen


def seen_as(views):
    """Parametrise over some of `VIEWS`."""
    return pytest.mark.parametrize("view", views, indirect=True, ids=lambda one: " ".join(map(str, one)))


@pytest.fixture
def toy(chromium, tmp_path):
    """Open a page with a given body, to see that a check finds what is wrong with it."""
    with contextlib.ExitStack() as stack:

        def opened(body, **how):
            path = tmp_path / "toy.html"
            head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Toy</title>'
            path.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8")
            return stack.enter_context(look.opened(chromium, path, **how))

        yield opened


@of(*KINDS)
def test_a_page_is_small(file):
    assert file.stat().st_size < MOST_BYTES


@seen_as(VIEWS)
def test_a_page_asks_for_nothing(view):
    assert view.asked == []
    assert view.said == []


@seen_as(VIEWS)
def test_nothing_sticks_out(view):
    assert look.sticking_out(view) == []


@seen_as(VIEWS)
def test_words_in_tables_are_whole(view):
    assert look.torn(view) == []


@seen_as(VIEWS)
def test_letters_stand_out(view):
    assert look.faint(view) == []


# Each page in one view, by turns: each kind of page in both.
@seen_as([VIEWS[2 * number + number % 2] for number in range(len(PAGES))])
def test_axe_finds_nothing(view):
    assert look.violations(view, look.ANY) == []


@of(*KINDS, named="scripts")
def test_names_in_other_scripts_are_shown_and_code_is_no_code(chromium, file, toy):
    if unknown := look.boxes(toy(""), BURMESE + ARABIC + DEVANAGARI):
        pytest.skip(f"no font of this computer has the letters {''.join(unknown)}")
    with look.opened(chromium, file) as seen:
        assert seen.said == []
        assert seen.page.locator("img").count() == 0
        for name in (CODE, ARABIC, DEVANAGARI):
            assert look.shown(seen, name)
        assert look.boxes(seen, BURMESE + ARABIC + DEVANAGARI) == []


@of(*KINDS)
def test_nothing_sticks_out_of_a_sheet_and_every_row_is_on_paper(chromium, page, file, sheets_of):
    with look.opened(chromium, file) as seen:
        rows = look.rows(seen)
        assert look.sticking_out_of_paper(seen) == []
        assert look.torn_on_paper(seen) == []
    assert rows
    sheets = sheets_of(page)
    assert all(sheet.strip() for sheet in sheets)
    assert look.unprinted_rows(sheets, [row for row in rows if not SHAPED.search(row)]) == []


@of("report")
def test_every_id_is_on_paper(file, page, sheets_of):
    assert look.printed_ids(sheets_of(page), load(given(page, file))) == []


@of("report")
def test_two_sheets_hold_the_answer_and_the_annex_begins_the_next(page, sheets_of):
    sheets = sheets_of(page)
    assert "Can it be trusted?" in sheets[0]
    begins = [number for number, sheet in enumerate(sheets) if "What follows is the annex" in sheet]
    assert len(begins) == 1
    assert "What people there need" in sheets[0] + sheets[1]
    assert "What if?" in sheets[0] + sheets[1]
    assert "Every report" in "".join(sheets[begins[0] :])
    (keyed,) = [sheet for sheet in sheets[: begins[0]] if KEY in sheet]
    assert re.search(TITLE, keyed, re.MULTILINE)


# The checks themselves: each finds what it is there for.


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
