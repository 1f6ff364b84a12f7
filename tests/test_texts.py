import datetime as dt

import pytest
from pydantic import ValidationError

from folders import PLACES, SCENARIO, changed, read, write_folder
from tiau.readers import native
from tiau.scenario.rows import Place
from tiau.scenario.settings import Settings
from tiau.texts import hidden_in_line, hidden_in_prose, prose, visible
from tiau.what_ifs.model import WhatIf

HIDDEN = {
    "NUL": "\0", "bell": "\x07", "escape": "\x1b[2J", "delete": "\x7f", "C1": "\x9b", "next line": "\x85",
    "override": "\u202e", "embedding": "\u202a", "isolate": "\u2066", "end of isolate": "\u2069",
    "line separator": "\u2028", "paragraph separator": "\u2029", "half a character": "\ud800", "no character": "\uffff",
    "tag": "\U000e0041",
}  # fmt: skip
CELLS = {name: text for name, text in HIDDEN.items() if name not in ("NUL", "half a character")}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_can_see_is_told_in_a_name_and_in_a_note(name):
    assert hidden_in_line(f"Ca{HIDDEN[name]}mp").startswith("holds ")
    assert hidden_in_prose(f"Ca{HIDDEN[name]}mp").startswith("holds ")


@pytest.mark.parametrize("letters", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e\u200b"])
def test_a_letter_of_no_width_between_latin_letters_only_hides_a_difference(letters):
    assert "invisible" in hidden_in_line(f"Ca{letters}mp")
    assert "invisible" in hidden_in_line(f"{letters}Camp")
    assert not hidden_in_prose(f"a soft{letters}hyphen of a web page")


@pytest.mark.parametrize("name", ["می‌خواهم", "ကလေး​မြို့", "क्‍ष", "Nord Kivu", "Malé Süd", "雨", "مخيم‎ 2"])
def test_scripts_keep_the_marks_that_they_need(name):
    assert hidden_in_line(name) == ""
    assert visible(name) == name


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_can_see_is_marked_where_a_text_is_shown(name):
    assert visible(f"Ca{HIDDEN[name]}mp").isprintable()


def test_name_that_goes_on_for_ever_is_a_fault_where_it_is_given(tmp_path):
    long = "L" * 10_000
    _, faults = read(write_folder(tmp_path / "f", places=changed("places", "Alpha,", f"{long},")))
    assert [(fault.row, fault.column) for fault in faults if "letters" in fault.problem] == [(2, "place")]
    assert "has 10,000 letters; give at most 300" in str(faults[0])


@pytest.mark.parametrize("letter", ["\n", "\r", "\t", "\r\n"])
def test_line_breaks_belong_into_notes_alone(letter):
    assert "on one line" in hidden_in_line(f"a{letter}b")
    assert hidden_in_prose(f"a{letter}b") == ""
    assert prose(f"a{letter}b") in ("a\nb", "a\tb")


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("column", ["place", "note", "x_of_mine"])
def test_cell_with_something_hidden_is_a_fault_with_its_row_and_column(tmp_path, name, column):
    header, first, *rows = PLACES.splitlines()
    row = {"place": first.replace("Alpha,", f"Al{CELLS[name]}pha,", 1) + ",", "note": f'{first}a{CELLS[name]}b,',
           "x_of_mine": f"{first},a{CELLS[name]}b"}[column]  # fmt: skip
    text = "\n".join([f"{header},x_of_mine", row, *(f"{other}," for other in rows)]) + "\n"
    faults = [fault for fault in read(write_folder(tmp_path, places=text))[1] if fault.level == "fault"]
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [("places.csv", 2, column)]
    assert "invisible" in faults[0].problem
    assert str(faults[0]).isprintable()


@pytest.mark.parametrize("name", CELLS)
def test_header_with_something_hidden_is_a_fault(tmp_path, name):
    text = "\n".join(f"{line},{f'x_{CELLS[name]}y' if not n else ''}" for n, line in enumerate(PLACES.splitlines()))
    faults = [f for f in read(write_folder(tmp_path, places=text))[1] if f.level == "fault"]
    assert any(fault.row == 1 and "invisible" in fault.problem for fault in faults)


@pytest.mark.parametrize("name", [*CELLS, "NUL"])
@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("title", "Two countries and a river", "Two{}"),
        ("series.title", "Figures of the north", "Fig{}"),
        ("series.place", 'place = "North"', 'place = "No{}rth"'),
        ("parameters.departure_rate.why", "so that a short run moves people", "so{}"),
        ("licence", 'name = "small"', 'name = "small"\nlicence = "CC{}"'),
    ],
)
def test_setting_with_something_hidden_is_a_fault_with_its_key(tmp_path, name, key, old, new):
    written = "".join(f"\\U{ord(letter):08X}" for letter in HIDDEN[name])
    text = changed("scenario", old, new.format(written))
    faults = [fault for fault in read(write_folder(tmp_path, scenario=text))[1] if fault.level == "fault"]
    assert [(fault.file, fault.column) for fault in faults] == [("scenario.toml", key)]
    assert "invisible" in faults[0].problem


def test_models_made_in_python_hold_no_hidden_letters_either():
    with pytest.raises(ValidationError, match="invisible"):
        WhatIf(title="clear\x1b[2J", why="a test")
    with pytest.raises(ValidationError, match="invisible"):
        Place(place="C\0", country="A", lat=0, lon=0, kind="camp")
    day = dt.date(2021, 1, 1)
    assert Settings(format=1, name="a", title="A", start=day, end=day, description="a\rb\r\nc").description == "a\nb\nc"


def test_settings_are_written_in_lines_that_one_can_read(tmp_path):
    scenario = read(write_folder(tmp_path / "one"))[0]
    native.write(scenario, tmp_path / "two")
    text = (tmp_path / "two" / "scenario.toml").read_text(encoding="utf-8")
    assert text.startswith('format = 2\nname = "small"\n')
    assert "[parameters.departure_rate]\nvalue = 0.0001\n" in text
    # The choice of rules, which earlier versions had, is not written any more.
    assert SCENARIO.count("[") == text.count("[") + 1
