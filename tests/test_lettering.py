import warnings

import matplotlib.font_manager as fonts
import pytest

from folders import TABLES, write_folder
from tiau.presentation import lettering

BURMESE = "\u1000\u101c\u1031\u1038\u1019\u103c\u102d\u102f\u1037"


@pytest.fixture
def only_dejavu(monkeypatch):
    """Fonts as they come with matplotlib, whatever is installed here."""
    bundled = [font for font in fonts.fontManager.ttflist if "mpl-data" in font.fname]
    monkeypatch.setattr(lettering.fontManager, "ttflist", bundled)
    lettering._fonts.cache_clear()
    yield
    lettering._fonts.cache_clear()


def test_letters_of_the_usual_font_need_no_other(only_dejavu):
    assert lettering.families(["Zokhawthar", "Malé", "Київ", "مخيم", ""]) == ["sans-serif"]
    assert lettering.without_font(["Zokhawthar", "Ca\u200dmp"]) == ""


def test_another_font_is_taken_for_letters_that_the_usual_one_lacks(only_dejavu):
    other = next(letter for letter in map(chr, range(0x1D400, 0x1D800)) if lettering.families([letter])[1:])
    assert len(lettering.families([f"Camp {other}"])) == 2
    assert lettering.without_font([other]) == ""


def test_names_that_no_font_can_show_are_told_in_one_sentence(only_dejavu, caplog):
    said = lettering.without_font(["Home", BURMESE, BURMESE])
    assert said.startswith("No font of this computer has the letters of " + BURMESE + ": ")
    assert [record.getMessage() for record in caplog.records] == [said]


@pytest.mark.parametrize("command", ["run", "compare"])
def test_run_with_names_that_no_font_can_show_says_so_once(here, tmp_path, only_dejavu, command, caplog):
    texts = {name: text.replace("Delta", BURMESE).replace("River", BURMESE) for name, text in TABLES.items()}
    folder = write_folder(tmp_path / "burmese", **texts)
    (tmp_path / "w.toml").write_text('title = "t"\nwhy = "w"\n[[set]]\ntable = "acts"\nid = "A1"\nenforcement = 0\n')
    more = ("--change", "w.toml") if command == "compare" else ("--no-width-sources",)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "Cyclopts")
        done = here(command, folder, "--members", 2, "--until", "2021-03-05", "--out", "o", *more)
    assert done.returncode == 0, done.stderr
    assert "Glyph" not in done.stderr
    page = (tmp_path / "o" / ("compare.html" if command == "compare" else "report.html")).read_text(encoding="utf-8")
    assert page.count("No font of this computer") == 1
    assert BURMESE in page
    assert sum("No font of this computer" in record.getMessage() for record in caplog.records) == 1


def test_other_warnings_of_charts_are_not_swallowed():
    with pytest.warns(UserWarning, match="something else"), lettering.quiet():
        warnings.warn("something else", UserWarning, stacklevel=1)
