"""Small tables of a report: people by area in the last months, and what those in the main area need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tiau.results.area_table import AreaRow

MONTHS = 6


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
    by_area: dict[str, dict[object, AreaRow]] = {}
    for row in ends:
        by_area.setdefault(_where(row), {})[row.last] = row
    caption = "People present at the end of the last months: median, in brackets the range. Other months: areas.csv."
    told = (
        Row(where, tuple(with_range(of[day].numbers) if day in of else "" for day in heads))
        for where, of in by_area.items()
    )
    return Table(caption, tuple(map(str, heads)), tuple(row for row in told if any(row.cells)))


def _where(row: AreaRow) -> str:
    area = row.area
    return ", ".join(dict.fromkeys(filter(None, (area.admin2, area.admin1, area.country))))


def with_range(numbers: Iterable[float | None]) -> str:
    """Write the median of quantiles with its range; a number that is kept back as a question mark."""
    low, _, middle, _, high = ("?" if number is None else f"{number:,.0f}" for number in numbers)
    return middle if low == middle == high else f"{middle} ({low}-{high})"


def needs(result, main, below):
    return Table("", (), ())
