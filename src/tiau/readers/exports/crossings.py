"""Border crossings as workbooks of HDX list them: a name of two sides, names in other languages, a point."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, columns_of, heading_word
from tiau.readers.exports.findings import Finding, FoundCrossing, LeftOut, Spot
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.unhcr_words import renamed
from tiau.readers.exports.values import day, known, number, order_of
from tiau.scenario.countries import country

LAYOUT: dict[str, tuple[str, ...]] = {
    "name": ("name english", "name", "name en", "crossing", "crossing name", "border crossing", "border crossing point",
             "crossing point", "border crossing name", "crossing point name", "point name"),
    "country": ("country", "country name", "neighbouring country", "to country"),
    "lat": ("lat", "latitude", "y", "#geo+lat"),
    "lon": ("long", "lon", "lng", "longitude", "x", "#geo+lon"),
}  # fmt: skip
REQUIRED = (("name", "country", "lat", "lon"), ("name", "lat", "lon"))
SIDES = re.compile(r"\s+(?:[-\u2010-\u2015/\u2190-\u21ff]|to)\s+|\s*[\u2013\u2014\u2192\u2194]\s*")
COUNTRIES = re.compile(r"\s*[/\u2013\u2014]\s*|\s+-\s+")
OTHER_NAME = re.compile(r"(name|nom|nombre) .+|(arabic|french|spanish|ukrainian|russian|english|local|other|"
                        r"alternative) name|alias(es)?")  # fmt: skip
WAY = re.compile(r"(\s+(road|track|crossing|border|bridge|point|checkpoint|bcp|ferry))+$", re.IGNORECASE)
UPDATED = re.compile(r"(?:updated|update|as of|published)(?:\s+on)?\s*:?\s*(.+)", re.IGNORECASE)


def _columns(grid: Grid) -> Columns | None:
    """Find the columns of a list of crossings: gazetteers have names and points too, but seldom of two sides."""
    columns = next((columns for keys in REQUIRED if (columns := columns_of(grid, LAYOUT, keys))), None)
    if columns is None:
        return None
    words = " ".join(map(heading_word, (grid.sheet, columns.names[columns.position["name"]])))
    names = [columns.cell(cells, "name") for number_, cells in grid.head if number_ > columns.number]
    of_two_sides = sum(len(_sides(name)) == 2 for name in names)
    named = "country" in columns and not columns.renamed and of_two_sides > len(names) / 2
    return columns if named or "crossing" in words else None


def _languages(columns: Columns) -> list[int]:
    """Return the positions of names in other languages."""
    taken = columns.position.values()
    return [at for at, heading in enumerate(columns.names)
            if at not in taken and OTHER_NAME.fullmatch(heading_word(heading))]  # fmt: skip


def _read(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read names and points for routes, known from the day on which the workbook says that it was updated."""
    known_on = _updated(book, answers)
    for grid in book.grids:
        if columns := _columns(grid):
            yield from renamed(grid, columns, {})
            for number_, cells in columns.rows(grid):
                yield _crossing(grid, columns, number_, cells, known_on)
        elif rows := tuple(number_ for number_, _ in grid.rows()):
            yield LeftOut(rows=rows, sheet=grid.sheet,
                          reason="no list of crossings; numbers in it count crossings, no people")  # fmt: skip


def _updated(book: Book, answers: Answers) -> dt.date | None:
    said = [
        found[1] for grid in book.grids for _, cells in grid.head for cell in cells if (found := UPDATED.search(cell))
    ]
    order = order_of(said, answers.dates)
    return max((when for text in said if (when := day(text, order or ""))), default=None)


def _crossing(grid: Grid, columns: Columns, number_: int, cells: Cells, known_on: dt.date | None) -> Finding:
    name, sides = columns.cell(cells, "name"), _sides(columns.cell(cells, "name"))
    countries = _countries(columns.cell(cells, "country") or (grid.sheet if country(grid.sheet) else ""))
    lat, lon = (_degrees(columns.cell(cells, key), most) for key, most in (("lat", 90), ("lon", 180)))
    if not known(name) or lat is None or lon is None:
        reason = "no name" if not known(name) else "no coordinates"
        return LeftOut(rows=(number_,), sheet=grid.sheet, reason=f"{reason} of a crossing")
    aliases = dict.fromkeys(cells[at] for at in _languages(columns) if at < len(cells) and known(cells[at]))
    aliases.pop(name, None)
    return FoundCrossing(
        rows=(number_,), sheet=grid.sheet, name=name, source=f"list of border crossings, sheet {grid.sheet}",
        spot=Spot("point", name, country=countries[-1] if countries else "", lat=lat, lon=lon),
        sides=tuple(WAY.sub("", side) for side in dict.fromkeys((sides[0], sides[-1]))), countries=countries,
        aliases=tuple(aliases), known_on=known_on,
    )  # fmt: skip


def _sides(text: str) -> list[str]:
    return [side.strip() for side in SIDES.split(text) if side.strip()]


def _countries(text: str) -> tuple[str, ...]:
    """Return the countries of both sides: the column names the one that people enter, the other is not known."""
    both = tuple(part for part in COUNTRIES.split(text) if known(part))
    return both if len(both) != 1 else ("", *both)


def _degrees(text: str, most: float) -> float | None:
    """Return a coordinate, whose comma is a decimal one."""
    value = number(text if "." in text else text.replace(",", "."))
    return value if known(text) and value is not None and abs(value) <= most else None


FORMATS = (
    Format("border crossings (names and points)", lambda book: any(map(_columns, book.grids)), _read),
)  # fmt: skip
