"""IDMC: Internal Displacement Updates, event by event, and the yearly database by country (GIDD)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, Layout, columns_of, taken_for
from tiau.readers.exports.findings import Finding, FoundFigure, LeftOut, Remark, Spot
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.values import count, day, number
from tiau.scenario.countries import country
from tiau.scenario.vocabulary import Bound

UPDATES: Layout = {
    "id": ("id",), "country": ("country", "country name"), "iso3": ("iso3",), "lat": ("latitude",),
    "lon": ("longitude",), "type": ("displacement type",), "combined": ("combined type",), "qualifier": ("qualifier",),
    "figure": ("figure",), "start": ("displacement start date",), "end": ("displacement end date",),
    "day": ("displacement date",), "event": ("event name",), "created": ("created at",), "category": ("category",),
    "subcategory": ("subcategory",), "subtype": ("subtype",),
}  # fmt: skip
OF_UPDATES = ("id", "iso3", "figure", "start", "qualifier")
YEARLY: Layout = {
    "iso3": ("iso3", "#country+code"), "name": ("country name", "name", "country", "country / territory"),
    "year": ("year", "#date+year"),
    "stock": ("total displacement", "total number of idps", "internally displaced persons"),
    "stock_rounded": ("total displacement rounded",),
    "new": ("new displacement", "internal displacements"), "new_rounded": ("new displacement rounded",),
    "stock_conflict": ("conflict stock displacement", "conflict total displacement",
                       "#affected+idps+ind+stock+conflict"),
    "new_conflict": ("conflict new displacements", "conflict internal displacements", "conflict new displacement",
                     "#affected+idps+ind+newdisp+conflict"),
    "stock_disaster": ("disaster stock displacement", "disaster total displacement",
                       "#affected+idps+ind+stock+disaster"),
    "new_disaster": ("disaster new displacements", "disaster internal displacements", "disaster new displacement",
                     "#affected+idps+ind+newdisp+disaster"),
    **{f"{what}_{part}_raw": (f"{part} {called} displacements raw", f"{part} {called} displacement raw")
       for part in ("conflict", "disaster") for what, called in (("stock", "stock"), ("new", "internal"))},
}  # fmt: skip
BOUNDS: dict[str, Bound] = {
    "total": "exact", "more than": "at_least", "at least": "at_least", "approximately": "about", "about": "about",
    "around": "about", "less than": "at_most", "up to": "at_most", "": "exact",
}  # fmt: skip
_STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):[0-9]{2}.*")
_WHERE = re.compile(r" - (?P<admin1>[^()]+?) \((?P<place>[^()]+)\)(?: - |$)")
LATE_HOURS = range(10, 15)
"""Midnights east of Greenwich, as UTC writes them: at 11 or 12 o'clock of the day before."""
NOT_MODELLED = "displaced by disaster, of which the scenario has no events"


def _updates(grid: Grid) -> Columns | None:
    return columns_of(grid, UPDATES, OF_UPDATES)


def _yearly(grid: Grid) -> Columns | None:
    found = columns_of(grid, YEARLY, ("iso3", "year"))
    figures = {"stock", "new", "stock_conflict", "new_conflict", "stock_disaster", "new_disaster"}
    return found if found and figures & set(found.position) else None


def _read_updates(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read people newly displaced, event by event; days are midnights of a clock half a day ahead of UTC."""
    for grid in book.grids:
        if columns := _updates(grid):
            yield from taken_for(columns, grid.sheet)
            for row, cells in columns.rows(grid):
                yield _update(row, grid.sheet, cells, columns)


def _update(row: int, sheet: str, cells: Cells, columns: Columns) -> Finding:
    def get(key: str) -> str:
        return columns.cell(cells, key)

    found, start = count(get("figure")), _day(get("start")) or _day(get("day"))
    end = _day(get("end")) or start
    bound = BOUNDS.get(get("qualifier").casefold(), "about")
    if found is None or found.value is None:
        return LeftOut(rows=(row,), sheet=sheet, reason="no number of people")
    if start is None or end is None or end < start:
        return LeftOut(rows=(row,), sheet=sheet, reason="no day, or an end before the start")
    disaster = "disaster" in (get("type").casefold(), get("combined").casefold())
    told = ["disaster" if disaster else "conflict", (get("subcategory") or get("subtype")).casefold()]
    return FoundFigure(
        rows=(row,), sheet=sheet, key=get("id") or f"row {row}", start=start, end=end,
        spot=_spot(get("event"), columns, cells),
        quantity="displaced_in_period", value=found.value, bound=bound, source_kind="agency", said_by="IDMC",
        publisher="IDMC Internal Displacement Updates", known_on=_known(get("created"), end),
        note=": ".join(filter(None, told)), not_scored=NOT_MODELLED if disaster else "",
    )  # fmt: skip


def _spot(event: str, columns: Columns, cells: Cells) -> Spot:
    lat, lon = (number(columns.cell(cells, key)) for key in ("lat", "lon"))
    nation = columns.cell(cells, "country") or columns.cell(cells, "iso3")
    named = _WHERE.search(event)
    if named:
        return Spot("place", named["place"], country=nation, admin1=named["admin1"], lat=lat, lon=lon)
    return Spot("point" if lat is not None else "country", "", country=nation, lat=lat, lon=lon)


def _day(text: str) -> dt.date | None:
    stamp = _STAMP.fullmatch(text)
    if stamp is None:
        return day(text)
    found = day(stamp[1])
    return found + dt.timedelta(1) if found and int(stamp[2]) in LATE_HOURS else found


def _known(text: str, end: dt.date) -> dt.date | None:
    found = day(text[:10])
    return max(found, end) if found else None


def _read_yearly(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read stocks of 31 December and people newly displaced in a year; exact columns come before rounded ones."""
    for grid in book.grids:
        if columns := _yearly(grid):
            yield from taken_for(columns, grid.sheet)
            for row, cells in columns.rows(grid):
                yield from _year(row, grid.sheet, cells, columns)


def _year(row: int, sheet: str, cells: Cells, columns: Columns) -> Iterator[Finding]:
    iso3, name, year = (columns.cell(cells, key) for key in ("iso3", "name", "year"))
    if not re.fullmatch("[12][0-9]{3}", year):
        yield LeftOut(rows=(row,), sheet=sheet, reason="no year")
        return
    spot = Spot("country", name or iso3, iso3)
    if country(iso3) is None and country(name) is None:
        yield Remark(rows=(row,), sheet=sheet, text=f"{iso3} ({name}) is no country of ISO 3166")
    figures = list(_figures(row, sheet, cells, columns, spot, int(year)))
    yield from figures
    if not figures:
        yield LeftOut(rows=(row,), sheet=sheet, reason="no figure, or 0 of statistics")


def _figures(row: int, sheet: str, cells: Cells, columns: Columns, spot: Spot, year: int) -> Iterator[FoundFigure]:
    last = dt.date(year, 12, 31)
    for what, first in (("stock", last), ("new", dt.date(year, 1, 1))):
        for part in ("", "conflict", "disaster"):
            key = f"{what}_{part}" if part else what
            raw = count(columns.cell(cells, f"{key}_raw"))
            found, rounded = raw or count(columns.cell(cells, key)), ""
            if found is None and (found := count(columns.cell(cells, f"{key}_rounded"))):
                rounded = "rounded"
            if found is None or not found.value:
                continue
            bound: Bound = "about" if rounded or (part and not raw and found.value % 1000 == 0) else "exact"
            yield FoundFigure(
                rows=(row,), sheet=sheet, key=";".join(filter(None, (str(year), spot.code or spot.name, what, part))),
                start=first, end=last, spot=spot, value=found.value, bound=bound, part=part, source_kind="agency",
                quantity="idp_present" if what == "stock" else "displaced_in_period", said_by="IDMC",
                publisher="IDMC GIDD", note=rounded, not_scored=NOT_MODELLED if part == "disaster" else "",
            )  # fmt: skip


FORMATS = (
    Format("IDMC displacement updates", lambda book: any(map(_updates, book.grids)), _read_updates),
    Format("IDMC GIDD", lambda book: any(map(_yearly, book.grids)), _read_yearly),
)
