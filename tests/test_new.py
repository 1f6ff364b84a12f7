"""`tiau new`: a folder begun, what it says of what comes next, and the guides to its tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import get_args

import pytest

from tiau.building.guides import guides, markdown, name_of
from tiau.building.new import name_of as scenario_name
from tiau.readers.settings import read_settings
from tiau.scenario.rows import TABLES

GIVEN = ("--start", "2023-04-15", "--end", "2024-03-31")


def test_a_folder_holds_settings_and_every_table(here):
    done = here("new", "Darfur 2023", *GIVEN, "--home", "SDN", "--abroad", "Tchad,CAR", "--abroad", "Egypt")
    assert done.returncode == 0
    assert "tiau import" in done.stdout
    settings, faults = read_settings(Path("Darfur 2023/scenario.toml"))
    assert not faults
    assert (settings.name, settings.start, settings.end) == ("darfur-2023", dt.date(2023, 4, 15), dt.date(2024, 3, 31))
    assert settings.countries.home == ("Sudan",)
    assert settings.countries.abroad == ("Chad", "Central African Republic", "Egypt")
    for row_type in TABLES:
        assert Path("Darfur 2023", row_type.file).read_text("utf-8") == ",".join(row_type.columns()) + "\n"


def test_wrong_words_are_told_at_once_and_nothing_is_written(here):
    done = here("new", "x", "--start", "2023-04-15", "--end", "2023-04-01", "--home", "Sudn", "--abroad", "TCD")
    assert done.returncode == 2
    assert "before the start" in done.stderr
    assert 'did you mean "Sudan"?' in done.stderr
    assert not Path("x").exists()
    assert "--home, --abroad" in here("new", "x", *GIVEN).stderr
    assert "people leave too" in here("new", "x", *GIVEN, "--home", "SDN", "--abroad", "Sudan").stderr


def test_a_folder_in_use_is_refused(here):
    Path("x").mkdir()
    Path("x/mine.txt").write_text("mine")
    assert here("new", "x", *GIVEN, "--home", "SDN", "--abroad", "TCD").returncode == 2
    assert [path.name for path in Path("x").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("command", ["check", "run", "routes"])
def test_commands_say_in_one_sentence_what_a_new_folder_lacks(here, command):
    here("new", "x", *GIVEN, "--home", "SDN", "--abroad", "TCD")
    done = here(command, "x")
    assert done.returncode == 2
    said = done.stdout + done.stderr
    assert said.count("fault:") == 1
    assert "warning:" not in said
    assert "tiau import FILE... --into x" in said


@pytest.mark.parametrize(("folder", "name"), [("Soudan été", "soudan-ete"), ("دارفور", "scenario"), ("a_b.1", "a_b.1")])
def test_a_name_is_made_of_the_folder(folder, name):
    assert scenario_name(Path(folder)) == name


@pytest.mark.parametrize("row_type", TABLES, ids=name_of)
def test_every_column_and_word_has_a_guide_and_its_example_can_be_read(row_type):
    guide = guides()[name_of(row_type)]
    assert [column.name for column in guide.columns] == list(row_type.columns())
    for column in guide.columns:
        field = next(one for key, one in row_type.model_fields.items() if (one.alias or key) == column.name)
        words = [word for word in get_args(field.annotation) if isinstance(word, str) and word]
        assert list(column.words) == words
    row_type.model_validate({column.name: column.example for column in guide.columns})


def test_guides_in_the_docs_are_those_of_the_terminal():
    docs = Path(__file__).parent.parent / "docs" / "building.md"
    assert markdown() in docs.read_text("utf-8"), "run python tools/guides.py"


def test_a_guide_is_printed_and_a_wrong_table_gets_the_nearest(here):
    done = here("new", "--guide", "events.csv")
    assert done.returncode == 0
    assert "severity: how bad" in done.stdout
    assert 'did you mean "events"?' in here("new", "--guide", "event").stderr
