"""ACLED: events by day and place, in the columns until 2022 and since 2023, and monthly aggregates."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, columns_of
from tiau.readers.exports.findings import Finding, FoundEvent, LeftOut, Spot
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.values import count, number, order_of, period

LAYOUT = {
    key: (key,)
    for key in (
        "event_id_cnty", "event_date", "year", "time_precision", "event_type", "sub_event_type", "iso3", "country",
        "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
        "notes", "fatalities", "timestamp",
    )
}  # fmt: skip
REQUIRED = ("event_id_cnty", "event_date", "event_type", "location", "latitude", "longitude")
DAYS = {"1": None, "2": 7.0, "3": 31.0}


def _columns(grid: Grid) -> Columns | None:
    return columns_of(grid, LAYOUT, REQUIRED)


def _events(book: Book, answers: Answers) -> Iterator[Finding]:
    for grid in book.grids:
        if columns := _columns(grid):
            yield from _of_grid(grid, columns, answers)


def _of_grid(grid: Grid, columns: Columns, answers: Answers) -> Iterator[Finding]:
    order = order_of((columns.cell(cells, "event_date") for _, cells in columns.rows(grid)), answers.dates)
    for number_, cells in columns.rows(grid):
        when = period(columns.cell(cells, "event_date"), order or "")
        if when is None:
            yield LeftOut(rows=(number_,), sheet=grid.sheet, reason="no day")
            continue
        yield FoundEvent(
            rows=(number_,), sheet=grid.sheet, source="ACLED", source_id=columns.cell(cells, "event_id_cnty"),
            start=when.start, end=when.end, spot=_spot(columns, cells),
            kind=columns.cell(cells, "sub_event_type").casefold(),
            fatalities=f.value if (f := count(columns.cell(cells, "fatalities"))) else None,
        )  # fmt: skip


def _spot(columns: Columns, cells: Cells) -> Spot:
    get = columns.cell
    return Spot("place", get(cells, "location"), country=get(cells, "country"), admin1=get(cells, "admin1"),
                admin2=get(cells, "admin2"), lat=number(get(cells, "latitude")),
                lon=number(get(cells, "longitude")))  # fmt: skip


FORMATS = (Format("ACLED events", lambda book: any(map(_columns, book.grids)), _events),)
