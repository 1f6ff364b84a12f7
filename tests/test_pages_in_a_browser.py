"""Pages as people see them in Chromium: on a desk, on a phone, in the dark, in four scripts."""

import pytest

import browser as look
from browser import MOST_BYTES, PHONE, WIDE
from pages import ARABIC, BURMESE, CODE, DEVANAGARI, KINDS, PAGES, of

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())


# On a desk in the dark, and on a phone by day.
VIEWS = [(page, *how) for page in PAGES for how in ((WIDE, "dark"), (PHONE, "light"))]


@pytest.fixture(scope="module")
def view(request, chromium, file_of):
    """A page of `VIEWS` that stands open; nothing done to it may change how it looks."""
    page, width, scheme = request.param
    with look.opened(chromium, file_of(page), width, scheme) as seen:
        yield seen


def seen_as(views):
    """Parametrise over some of `VIEWS`."""
    return pytest.mark.parametrize("view", views, indirect=True, ids=lambda one: " ".join(map(str, one)))


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
