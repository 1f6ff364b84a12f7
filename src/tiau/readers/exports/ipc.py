"""IPC: food security by area, period and phase; read as context, for at most the populations of its areas."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, columns_of
from tiau.readers.exports.findings import Finding, LeftOut, Remark, Spot
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.one_figure import OneFigure
from tiau.readers.exports.values import count, known, period

LAYOUT = {
    "analysed": ("date of analysis", "analysis date", "#date+analysis"),
    "country": ("country", "#country+code"),
    "level1": ("level 1", "level 1 name", "#adm1+name"),
    "area": ("area", "area name", "#loc+area+name", "#adm2+name"),
    "validity": ("validity period", "period", "#period"),
    "from": ("from", "current from", "#date+start"),
    "phase": ("phase", "ipc phase", "#severity"),
    "number": ("number", "#affected+num", "#affected+number"),
    "people": ("current population", "population analysed current", "population analyzed current",
               "analysed population", "all number current", "phase all number current", "current analyzed population"),
}  # fmt: skip
LONG = ("analysed", "country", "phase", "number")
HUNGRY = "people by phase of hunger, not displaced people"


def _columns(grid: Grid) -> Columns | None:
    if columns := columns_of(grid, LAYOUT, LONG):
        return columns
    wide = columns_of(grid, LAYOUT, ("analysed", "country"))
    return wide if wide is not None and any("phase" in name.casefold() for name in wide.names) else None


def _context(book: Book, answers: Answers) -> Iterator[Finding]:
    for grid in book.grids:
        if columns := _columns(grid):
            yield from _of_grid(grid, columns)
    yield Remark(text="IPC tells of hunger, not of displacement: it is read as context, for populations of areas alone")


def _of_grid(grid: Grid, columns: Columns) -> Iterator[Finding]:
    figures = OneFigure(grid.sheet, "IPC")
    for row, cells in columns.rows(grid):
        reason = _no_population(columns, cells)
        spot = _spot(columns, cells)
        figure = count(columns.cell(cells, "number" if "phase" in columns else "people"))
        if reason:
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason=reason)
        elif not spot.name or figure is None or figure.value is None:
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason="no area, or no population of it")
        else:
            when = period(columns.cell(cells, "analysed")) or period(columns.cell(cells, "from"))
            unit = (spot.tier, spot.country, spot.admin1, spot.name)
            figures.add(row, spot, figure.value, when.start.year if when else None, unit)
    yield from figures.findings()


def _no_population(columns: Columns, cells: Cells) -> str:
    """Return why a row gives no population of an area; blank where it does."""
    if "phase" not in columns:
        return "" if known(columns.cell(cells, "people")) else HUNGRY
    if columns.cell(cells, "phase").casefold() != "all":
        return HUNGRY
    validity = columns.cell(cells, "validity").casefold()
    return "" if validity in ("", "current") else "the population of a projection: that of the current period is taken"


def _spot(columns: Columns, cells: Cells) -> Spot:
    area, level1, country = (
        text if known(text := columns.cell(cells, key)) else "" for key in ("area", "level1", "country")
    )
    if area:
        return Spot("admin2", area, country=country, admin1=level1)
    return Spot("admin1", level1, country=country) if level1 else Spot("country", country, country)


FORMATS = (Format("IPC food security", lambda book: any(map(_columns, book.grids)), _context),)
