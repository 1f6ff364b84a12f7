"""A new scenario folder: its settings, and every table with its header."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from tiau.faults import Fault, InputError, plain, some_of
from tiau.readers.new_folder import new_folder, require_empty
from tiau.readers.settings import SETTINGS_FILE, settings_text
from tiau.readers.tables import write_table
from tiau.scenario.countries import country, nearest_country
from tiau.scenario.rows import TABLES
from tiau.scenario.settings import FORMAT, Countries, Settings
from tiau.scenario.vocabulary import LONGEST_NAME

NAMED = 3


def new(
    folder: Path, *, start: dt.date, end: dt.date, home: Sequence[str], abroad: Sequence[str], title: str = ""
) -> Settings:
    """Write a new scenario folder: scenario.toml, and the tables with their headers.

    Parameters
    ----------
    folder : Path
        A new or empty folder; the scenario has its name.
    start, end : date
        First and last day.
    home, abroad : sequence of str
        Countries that people leave, and countries that they go to: names in English, French or Spanish, or codes.
    title : str
        By default made of the countries and days.

    Raises
    ------
    InputError
        With everything that is wrong, or if the folder is not empty or cannot be written.
    """
    faults: list[Fault] = []
    if end < start:
        faults.append(_wrong("end", "lies before the start", "correct one of the two", str(end)))
    left, entered = (_countries(names, given, faults) for names, given in (("home", home), ("abroad", abroad)))
    faults += [
        _wrong("abroad", "is a country that people leave too", "name it once", name) for name in entered if name in left
    ]
    if faults:
        raise InputError(faults)
    require_empty(folder)
    said = title or f"{some_of(left, NAMED)} to {some_of(entered, NAMED)}, {start} to {end}"
    settings = Settings(
        format=FORMAT, name=name_of(folder), title=said[:LONGEST_NAME], start=start, end=end,
        countries=Countries(home=left, abroad=entered),
    )  # fmt: skip
    with new_folder(folder) as partial:
        (partial / SETTINGS_FILE).write_text(settings_text(settings), encoding="utf-8", newline="\n")
        for row_type in TABLES:
            write_table(partial / row_type.file, row_type, ())
    return settings


def name_of(folder: Path) -> str:
    """Return the name of a scenario in a folder: letters, digits, dots, hyphens and underscores of the folder's."""
    letters = re.sub(r"[^a-z0-9._-]+", "-", plain(folder.absolute().name)).strip("-._")
    return letters[:100] or "scenario"


def _countries(argument: str, given: Sequence[str], faults: list[Fault]) -> tuple[str, ...]:
    """Return the names of countries, each once; what is none is added to the faults."""
    found: dict[str, None] = {}
    for text in given:
        # A name may hold a comma, as "Congo, Democratic Republic of the" does.
        for part in [text] if country(text) else filter(None, map(str.strip, text.split(","))):
            if known := country(part):
                found[known.name] = None
            else:
                remedy = nearest_country(part) or "give a name, or the code of ISO or UNHCR, such as SDN"
                faults.append(_wrong(argument, "is no country that is known", remedy, part))
    if not found and not faults:
        faults.append(_wrong(argument, "names no country", "give one, such as SDN", ", ".join(given)))
    return tuple(found)


def _wrong(argument: str, problem: str, remedy: str, cell: str) -> Fault:
    return Fault(argument, problem, remedy, cell=cell, argument=True)
