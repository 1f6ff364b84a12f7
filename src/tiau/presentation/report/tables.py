"""Small tables of a report: people by area in the last months, and what those in the main area need."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tiau.presentation.report.answer import parts
from tiau.presentation.report.counts import Count, LastCounts
from tiau.presentation.words.trust import FAR
from tiau.results import needs_table
from tiau.results.area_table import AreaRow
from tiau.results.areas import CHAIN, Area
from tiau.results.needs import needs_of
from tiau.results.needs_table import COLUMNS
from tiau.results.result import Result
from tiau.results.variables import NUMBERS

MONTHS, AREAS = 6, 5
HEADS = {
    "shelters": "shelters", "water": "water, litres a day", "taps": "taps", "latrines": "latrines",
    "food": "food, tonnes a month", "health_posts": "health posts",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A row: what it is of, and its cells."""

    where: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of a report, its heads those of the cells."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def months(rows: Sequence[AreaRow]) -> Table:
    """Return people present in every area at the end of the last months."""
    ends = [row for row in rows if row.period == "month" and row.target == "present"]
    heads = sorted({row.last for row in ends})[-MONTHS:]
    by_area: dict[Area, dict[dt.date, AreaRow]] = {}
    for row in ends:
        by_area.setdefault(row.area, {})[row.last] = row
    caption = "People present at the end of the last months: median, in brackets the range; few: kept back."
    told = (
        Row(_where(area), tuple(with_range(of[day].numbers) if day in of else "" for day in heads))
        for area, of in by_area.items()
    )
    return Table(caption, tuple(map(str, heads)), tuple(row for row in told if any(row.cells)))


def _where(area: Area) -> str:
    # A state may be called like its country, and a district like its state.
    return ", ".join(filter(None, (area.admin2, area.admin1, area.country)))


def with_range(numbers: Iterable[float | None]) -> str:
    """Write the median of quantiles with its range; a number that is kept back as "few"."""
    low, _, middle, _, high = ("few" if number is None else f"{number:,.0f}" for number in numbers)
    return middle if low == middle == high else f"{middle} ({low}-{high})"


def needs(result: Result, main: Area | None, suppress_below: int) -> Table:
    """Return what people in an area and its parts need at the end of the last month, beside the last counts.

    The parts of most need come first, by the run or, where that is far off, by their last count.
    """
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in needs_table.rows(result, suppress_below=suppress_below)]
    month = max((row["month"] for row in rows), default="")
    of: dict[Area, dict[str, dict[str, str]]] = {}
    for row in rows:
        if row["month"] == month and row["level"] != "place":
            of.setdefault(_area(row), {})[row["need"]] = row
    last, size = LastCounts(result.network), result.scenario.values["household_size"]
    counts = {area: last.of(area) for area in of}

    def most(area: Area) -> float:
        people, count = _number(of[area]["people"]["median"]), counts[area]
        return max(people, count.people) if count and _far(count, people) else people

    inner = [] if main is None else sorted(parts(main, of), key=most, reverse=True)
    shown = [area for area in (main, *inner)[:AREAS] if area in of]
    gaps = any(of[area]["shelters"]["gap"] for area in shown)
    heads = ("last count", "people by the model", *HEADS.values(), *(["shelters lacking"] if gaps else []))
    left = len(inner) - AREAS + 1
    caption = (
        f"At the end of {month}, by the model's median; people with the range. After a stroke: what the last count "
        f"needs, where the two are more than {FAR:g} times apart; ask there first. Rows go by the larger need"
        f"{f', and {left:,} that need less are left out' if left > 0 else ''}. A shelter for each household of "
        f"{size:g}, host families and what is there not taken off"
        f"{'' if gaps else '; no place says how many it has room for'}. Every place and month: needs.csv."
    )
    cells = (tuple(_needed(of[area], counts[area], size, gaps=gaps)) for area in shown)
    return Table(caption, heads, tuple(Row(area.name, row) for area, row in zip(shown, cells, strict=True)))


def _far(count: Count, people: float) -> bool:
    """Whether a count is far from the median of the run, which may be kept back."""
    return not 1 / FAR <= (count.people + 1) / (people + 1) <= FAR


def _area(row: dict[str, str]) -> Area:
    names = {name: row[name] for name in CHAIN}
    return next(Area(level, **names) for level in CHAIN if level == row["level"])


def _needed(row: dict[str, dict[str, str]], count: Count | None, size: float, *, gaps: bool) -> Iterator[str]:
    people = row["people"]
    yield "" if count is None else f"{count.people:,.0f} ({count.day})"
    yield with_range(_number(people[name]) if people[name] else None for name in NUMBERS)
    far = count is not None and _far(count, _number(people["median"]))
    by_count = _of_count(count, dt.date.fromisoformat(people["to"]), size) if count is not None and far else {}
    for name in HEADS:
        yield " / ".join([_grouped(row[name]["median"]) or "few", *filter(None, [by_count.get(name)])])
    if gaps:
        yield _grouped(row["shelters"]["gap"]) or "not known"


def _of_count(count: Count, day: dt.date, size: float) -> dict[str, str]:
    """Return what the people of a count would need in the month of a day, as cells."""
    days = calendar.monthrange(day.year, day.month)[1]
    found = needs_of(np.array([count.people]), None, household_size=size, days=days)
    return {name: _grouped(amount) for name, _, amount, _ in (needed.cells() for needed in found)}


def _number(cell: str) -> float:
    return float(cell or 0)


def _grouped(cell: str) -> str:
    return f"{float(cell):,.0f}" if cell else ""
