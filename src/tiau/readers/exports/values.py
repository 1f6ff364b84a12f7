"""Cells of exports as values: counts with their qualifiers, numbers, and days in one order for a whole column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from tiau.scenario.spellings import days as day_spellings
from tiau.scenario.spellings import figures as figure_spellings
from tiau.scenario.spellings.figures import Figure
from tiau.scenario.vocabulary import Period, parse_period

_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T00:00:00(?:\.0+)?Z?")
FROM_CELL = dict.fromkeys(("", "-", "--", "#n/a", "null", "<null>", "none", "nan"))


def known(text: str) -> bool:
    """Whether a cell says anything: not blank, ``-``, ``n/a``, ``<Null>`` and the like, which are never 0."""
    tidy = figure_spellings.tidied(text)
    return tidy not in FROM_CELL and tidy not in figure_spellings.NOT_KNOWN


@lru_cache(maxsize=65_536)
def count(text: str) -> Figure | None:
    """Return a cell as a figure of people; None where it says none.

    ``<5`` is at most 4, ``*`` and other signs for hidden counts say none. Where a separator could part thousands or
    decimals, thousands are meant: people are counted whole.
    """
    if not text or not known(text):
        return None
    if text.isdecimal() and text.isascii() and len(text) <= 12:
        return Figure(float(text))
    try:
        value = float(text)
    except ValueError:
        found = figure_spellings.figures(text)
        return found[0] if found else None
    if "." in text and "e" not in text.lower() and len(text.partition(".")[2]) == 3:
        found = figure_spellings.figures(text)
        return found[0] if found else None
    return Figure(value, "about" if "e" in text.lower() else "exact") if value >= 0 and value < 1e12 else None


@lru_cache(maxsize=65_536)
def number(text: str) -> float | None:
    """Return a cell as a number such as a coordinate; None where it is none."""
    try:
        value = float(text)
    except ValueError:
        tidy = figure_spellings.tidied(text)
        found = figure_spellings.numbers(tidy.lstrip("-"))
        value = (-found[0] if tidy.startswith("-") else found[0]) if found else float("nan")
    return value if abs(value) <= 1e12 else None


@lru_cache(maxsize=65_536)
def readings(text: str) -> tuple[tuple[Period, str], ...]:
    """Return the days or periods that a cell can mean, each with its condition, such as `spellings.days.DAY_FIRST`."""
    try:
        return ((parse_period(text), ""),)
    except ValueError:
        found = day_spellings.periods(text)
    read = []
    for reading in found:
        try:
            read.append((parse_period(reading.meant), reading.when))
        except ValueError:
            continue
    return tuple(read)


def order_of(column: Iterable[str], given: str = "") -> str | None:
    """Return the one order of day and month in which all cells of a column can be read.

    Returns
    -------
    {"", "day-first", "month-first"} or None
        Blank where no cell leaves it open; None where all are open and it was not `given`: it must be asked.
    """
    open_ones, told = False, set()
    for text in column:
        found = readings(text) if text else ()
        whens = {when for _, when in found}
        if len(found) > 1 and day_spellings.DAY_FIRST in whens:
            open_ones = True
        elif len(found) == 1 and (order := _only_order(text)):
            told.add(order)
    if not open_ones:
        return ""
    # What the cells themselves tell goes before the answer, which is for all files of an import.
    return told.pop() if len(told) == 1 else given or None


def _only_order(text: str) -> str:
    """Return the order in which numbers of a day must stand because the other gives no day."""
    parts = [part for part in text.replace(".", "/").replace("-", "/").split()[0].split("/") if part.isdecimal()]
    if len(parts) != 3 or len(parts[0]) > 2:
        return ""
    return "day-first" if int(parts[0]) > 12 else "month-first" if int(parts[1]) > 12 else ""


def period(text: str, order: str = "") -> Period | None:
    """Return the day or period that a cell means, in an order that `order_of` found; None for none or several."""
    found = readings(text) if text else ()
    if len(found) == 1:
        return found[0][0]
    wanted = day_spellings.DAY_FIRST if order == "day-first" else day_spellings.MONTH_FIRST
    chosen = [meant for meant, when in found if when.startswith(wanted)] if order else []
    return chosen[0] if len(chosen) == 1 else None


def day(text: str, order: str = "") -> dt.date | None:
    """Return the day that a cell means; None where it means none, several, or a longer period."""
    meant = period(text, order)
    return meant.start if meant is not None and meant.start == meant.end else None


def day_text(text: str) -> str:
    """Return a day without a midnight behind it."""
    found = _MIDNIGHT.fullmatch(text)
    return found[1] if found else text
