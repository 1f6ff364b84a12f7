"""COD-AB: administrative areas of a country with their p-codes, in the old and the new columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from tiau.readers.exports.admin_columns import TIERS, AdminColumns, admin_columns_of
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import heading_word
from tiau.readers.exports.findings import Finding, FoundArea, LeftOut, Remark, Spot
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.values import day, known, number

VALID_FROM = ("validon", "validfrom", "date")
VALID_TO = ("validto",)
LAT = ("centerlat", "centrelat", "centroidlat", "latcenter", "ycenter", "lat", "latitude")
LON = ("centerlon", "centrelon", "centroidlon", "loncenter", "xcenter", "lon", "longitude")
ISO = ("iso3", "iso2")
OF_BOUNDARIES = {*VALID_FROM[:2], *VALID_TO, *LAT[:5], "areasqkm", "shapearea", "versionno"}
STILL_VALID_FROM = 2100


def _columns(grid: Grid) -> AdminColumns | None:
    columns = admin_columns_of(grid)
    if columns is None or not columns.codes:
        return None
    return columns if OF_BOUNDARIES & _positions(columns.headings).keys() else None


@lru_cache(maxsize=64)
def _positions(headings: Cells) -> dict[str, int]:
    words = [heading_word(heading).replace(" ", "") for heading in headings]
    return {word: at for at, word in reversed(list(enumerate(words)))}


def _cell(columns: AdminColumns, cells: Cells, names: tuple[str, ...]) -> str:
    positions = _positions(columns.headings)
    at = next((positions[name] for name in names if name in positions), len(cells))
    return cells[at] if at < len(cells) and known(cells[at]) else ""


def _areas(book: Book, answers: Answers) -> Iterator[Finding]:
    first: dict[tuple[object, ...], tuple[int, str]] = {}
    centres = False
    for grid in book.grids:
        columns = _columns(grid)
        if columns is None:
            continue
        for row, cells in columns.rows(grid):
            found = _area(grid, columns, row, cells)
            if isinstance(found, FoundArea):
                spot = found.spot
                key = (spot.tier, spot.code or (spot.country, spot.admin1, spot.admin2, spot.name))
                if key in first:
                    found = LeftOut(rows=(row,), sheet=grid.sheet, reason=_twice(spot, *first[key]))
                else:
                    first[key] = (row, spot.name)
                    centres |= spot.lat is not None
            yield found
    if centres:
        yield Remark(text="the points of areas are their middles, not towns: they make areas and no places")


def _twice(spot: Spot, row: int, name: str) -> str:
    return f"the same area as row {row}" + (f", there named {name}" if name != spot.name else "")


def _area(grid: Grid, columns: AdminColumns, row: int, cells: Cells) -> Finding:
    level = columns.levels[-1]
    if level >= len(TIERS):
        return LeftOut(rows=(row,), sheet=grid.sheet, reason=f"an admin {level}: areas are read down to admin 3")
    if columns.deepest(cells) != level:
        return LeftOut(rows=(row,), sheet=grid.sheet, reason=f"neither name nor code at admin {level}")
    ended = day(_cell(columns, cells, VALID_TO)[:10])
    if ended and ended.year < STILL_VALID_FROM:
        return LeftOut(rows=(row,), sheet=grid.sheet, reason=f"an area that was valid until {ended} only")
    lat, lon = number(_cell(columns, cells, LAT)), number(_cell(columns, cells, LON))
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        lat = lon = None
    spot = columns.spot(cells, level)
    iso = () if level else tuple(code for name in ISO if (code := _cell(columns, cells, (name,))) != spot.code and code)
    spot = replace(spot, lat=lat, lon=lon, aliases=(*spot.aliases, *iso))
    return FoundArea(rows=(row,), sheet=grid.sheet, spot=spot, source="COD-AB")


FORMATS = (Format("COD-AB administrative areas", lambda book: any(map(_columns, book.grids)), _areas),)
