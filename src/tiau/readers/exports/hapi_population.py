"""HDX HAPI, baseline population: one figure an area, of both sexes and all ages."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, columns_of
from tiau.readers.exports.findings import Finding, LeftOut, Remark, Spot, Tier
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.one_figure import OneFigure
from tiau.readers.exports.values import count, known, period

LAYOUT = {
    "location_code": ("location_code", "location_ref", "#country+code"),
    "location_name": ("location_name", "#country+name"),
    "provider_admin1_name": ("provider_admin1_name",),
    "provider_admin2_name": ("provider_admin2_name",),
    "admin1_code": ("admin1_code", "#adm1+code"),
    "admin1_name": ("admin1_name", "#adm1+name"),
    "admin2_code": ("admin2_code", "#adm2+code"),
    "admin2_name": ("admin2_name", "#adm2+name"),
    "admin_level": ("admin_level",),
    "gender": ("gender", "gender_code"),
    "age_range": ("age_range", "age_range_code"),
    "population": ("population", "#population"),
    "start": ("reference_period_start", "#date+start"),
    "warning": ("warning", "#meta+warning"),
    "error": ("error", "#meta+error"),
}
REQUIRED = ("location_code", "gender", "age_range", "population")
EVERYBODY = ("", "all", "*", "total")
DOUBLED = "duplicate row"


def _columns(grid: Grid) -> Columns | None:
    return columns_of(grid, LAYOUT, REQUIRED)


def _populations(book: Book, answers: Answers) -> Iterator[Finding]:
    for grid in book.grids:
        if columns := _columns(grid):
            yield from _of_grid(grid, columns)


def _of_grid(grid: Grid, columns: Columns) -> Iterator[Finding]:
    figures = OneFigure(grid.sheet, "HDX HAPI")
    for heading in columns.renamed.values():
        yield Remark(sheet=grid.sheet, text=f"the column {heading} was taken by the likeness of its name")
    for row, cells in columns.rows(grid):
        yield from _warnings(grid, columns, row, cells)
        spot = _spot(columns, cells)
        figure = count(columns.cell(cells, "population"))
        if any(columns.cell(cells, key).casefold() not in EVERYBODY for key in ("gender", "age_range")):
            yield LeftOut(
                rows=(row,), sheet=grid.sheet, reason="a part by sex or age: the figure of everybody is taken"
            )
        elif not (spot.name or spot.code):
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason="no area is named")
        elif figure is None or figure.value is None:
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason="no population given")
        else:
            when = period(columns.cell(cells, "start"))
            unit = (spot.tier, spot.country, spot.code or (spot.admin1, spot.name))
            figures.add(row, spot, figure.value, when.start.year if when else None, unit)
    yield from figures.findings()


def _warnings(grid: Grid, columns: Columns, row: int, cells: Cells) -> Iterator[Remark]:
    for key in ("warning", "error"):
        text = columns.cell(cells, key)
        if known(text) and text.casefold() != DOUBLED:
            yield Remark(rows=(row,), sheet=grid.sheet, text=f"the file has the {key} {text}")


def _spot(columns: Columns, cells: Cells) -> Spot:
    def cell(key: str) -> str:
        text = columns.cell(cells, key)
        return text if known(text) else ""

    country = cell("location_name") or cell("location_code")
    names = {level: (cell(f"admin{level}_name"), cell(f"provider_admin{level}_name")) for level in (1, 2)}
    codes = {level: cell(f"admin{level}_code") for level in (1, 2)}
    level = cell("admin_level")
    deepest = (
        int(level) if level in ("0", "1", "2") else max((n for n in (1, 2) if codes[n] or any(names[n])), default=0)
    )
    if deepest == 0:
        return Spot("country", country, cell("location_code"))
    name, *aliases = dict.fromkeys(filter(None, names[deepest])) or ("",)
    tier: Tier = "admin1" if deepest == 1 else "admin2"
    above = next(filter(None, (*names[1], codes[1])), "") if deepest == 2 else ""
    return Spot(tier, name, codes[deepest], country=country, admin1=above, aliases=tuple(aliases))


FORMATS = (Format("HDX HAPI population", lambda book: any(map(_columns, book.grids)), _populations),)
