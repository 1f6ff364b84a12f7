"""Pages on paper, as Chromium prints them: every row and every id, the answer on the first sheets."""

import re
from functools import cache

import pytest

import browser as look
from pages import ARABIC, BURMESE, DEVANAGARI, KINDS, given, of
from tiau.loading import load

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
KEY, TITLE = "the middle of the model's runs", "^.+: displaced people present$"
# Letters that are shaped stand in a PDF as glyphs, in the order in which they are drawn.
SHAPED = re.compile(f"[{ARABIC}{BURMESE}{DEVANAGARI}]".replace(" ", ""))


@pytest.fixture(scope="module")
def sheets_of(chromium, file_of, tmp_path_factory):
    """Give the text of each sheet of a page, printed once."""
    return cache(lambda page: look.printed(chromium, file_of(page), tmp_path_factory.mktemp("printed")))


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
