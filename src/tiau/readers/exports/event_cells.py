"""What catalogues of events share: columns picked fast, days and points known roughly, which row of an event counts."""

from __future__ import annotations

import calendar
import datetime as dt
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns
from tiau.readers.exports.findings import Asked, LeftOut, Remark
from tiau.readers.exports.grids import Cells, Grid
from tiau.readers.exports.values import count, number, order_of, period, readings
from tiau.scenario.spellings.days import EARLIEST, LATEST
from tiau.scenario.vocabulary import Period

NEAR_KM = 25.0
"""How far "near a town" may be: UCDP's codebook says about 25 km, ACLED's gives no number for the same."""
HALF_A_WEEK = 3


def picked(grid: Grid, columns: Columns, keys: Sequence[str]) -> Iterator[tuple[int, Cells]]:
    """Iterate over the rows of a table: number, and the cells of two or more keys in order, blank where absent."""
    places = [columns.position.get(key, -1) for key in keys]
    pick, width, whole = itemgetter(*places), max(places) + 1, min(places) >= 0
    for row, cells in columns.rows(grid):
        if whole and len(cells) >= width:
            yield row, pick(cells)
        else:
            # A blank behind the last cell is what a place of -1 takes.
            yield row, pick((*cells[:width], *[""] * (width - len(cells)), ""))


@lru_cache(maxsize=65_536)
def point(lat: str, lon: str) -> tuple[float | None, float | None]:
    """Return two cells as a point in degrees; none where they name none on land, such as 0, 0.

    A single comma parts decimals, however many follow, as nothing here has thousands.
    """
    north, east = (number(text.replace(",", ".") if text.count(",") == 1 else text) for text in (lat, lon))
    if north is None or east is None or abs(north) > 90 or abs(east) > 180 or north == east == 0:
        return None, None
    return north, east


@lru_cache(maxsize=4096)
def people(text: str) -> float | None:
    """Return a cell as a number of people; of a range its middle, and None where it says none."""
    found = count(text)
    if found is None:
        return None
    ends = [end for end in (found.low, found.high) if end is not None]
    return sum(ends) / len(ends) if found.value is None and ends else found.value


class Spread(NamedTuple):
    """The days on which an event may have happened, both included.

    Attributes
    ----------
    start, end : date
    precision_days : float or None
        How far the one true day may lie from any other of these; None where the day is known.
    """

    start: dt.date
    end: dt.date
    precision_days: float | None = None


def week_around(day: dt.date) -> Spread:
    """Return the week whose middle a day is."""
    return spread_over(day - dt.timedelta(HALF_A_WEEK), day + dt.timedelta(HALF_A_WEEK))


def month_of(day: dt.date) -> Spread:
    """Return the month in which a day lies."""
    return spread_over(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def year_of(day: dt.date) -> Spread:
    """Return the year in which a day lies."""
    return spread_over(day.replace(month=1, day=1), day.replace(month=12, day=31))


def spread_over(start: dt.date, end: dt.date) -> Spread:
    """Return the days from one to another, on one of which an event happened."""
    return Spread(start, end, float((end - start).days) or None)


@dataclass(frozen=True)
class Days:
    """What the cells of a column of days mean.

    Attributes
    ----------
    meant : dict of str to Period
        By the text of the cell; those that mean no day are missing.
    asked : frozenset of str
        Those that mean one day or another by the order of day and month, which no row tells.
    """

    meant: Mapping[str, Period]
    asked: frozenset[str]

    def without(self, text: str, row: int, sheet: str) -> LeftOut | None:
        """Return why a row has no day; None where it waits for the order of day and month."""
        if text in self.asked:
            return None
        said = f'"{text[:40]}" is no day' if text else "no day"
        return LeftOut(rows=(row,), sheet=sheet, reason=said)


def days_of(column: Iterable[str], answers: Answers) -> Days:
    """Read the distinct cells of a column of days in one order of day and month."""
    texts = sorted(set(column))
    order = order_of(texts, answers.dates)
    read = {text: period(text, order or "") for text in texts}
    meant = {text: found for text, found in read.items() if found and EARLIEST <= found.start.year <= LATEST}
    open_ones = (text for text in texts if text not in meant and len(readings(text)) > 1)
    return Days(meant, frozenset(open_ones))


def order_asked(rows: Sequence[int], sheet: str, example: str) -> Asked:
    """Return the question for the order of day and month."""
    return Asked(
        rows=tuple(rows),
        sheet=sheet,
        option="dates",
        question=f'does the day or the month stand first in "{example}"? No row tells',
        choices=("day-first", "month-first"),
    )


def renamed(columns: Columns, sheet: str) -> Iterator[Remark]:
    """Tell of each heading that was taken for another."""
    for key, name in columns.renamed.items():
        yield Remark(sheet=sheet, text=f'the column "{name}" was read as "{key}", which no other column is called')


def absent(columns: Columns, sheet: str, wanted: Mapping[str, str]) -> Iterator[Remark]:
    """Tell of columns that such exports have and this one lacks: what is not known without them."""
    for key, what in wanted.items():
        if key not in columns:
            text = f'no column is called "{key}": {what}; if another column holds it, call it that, and import again'
            yield Remark(sheet=sheet, text=text)


class Versions:
    """Which of several rows of one event is its latest: the one with the latest stamp, of equal ones the last.

    Of each row a digest of its id, its stamp and its number are kept, 24 bytes.
    """

    def __init__(self) -> None:
        self._ids, self._stamps, self._rows = array("q"), array("q"), array("q")

    def add(self, name: str, stamp: int, row: int) -> None:
        """Note a row."""
        self._ids.append(hash(name))
        self._stamps.append(stamp)
        self._rows.append(row)

    def older(self) -> dict[int, int]:
        """Return the rows that are not the latest of their event, each with the row that is."""
        ids, stamps, rows = (np.frombuffer(kept, dtype=np.int64) for kept in (self._ids, self._stamps, self._rows))
        order = np.lexsort((rows, stamps, ids))
        ids, rows = ids[order], rows[order]
        last = np.append(ids[1:] != ids[:-1], True)[: len(ids)]
        latest = rows[last][np.cumsum(last) - last]
        return dict(zip(rows[~last].tolist(), latest[~last].tolist(), strict=True))
