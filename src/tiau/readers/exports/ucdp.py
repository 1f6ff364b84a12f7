"""UCDP GED: organised violence in files of HDX and of UCDP, with and without a heading, and in answers of the API."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, columns_of
from tiau.readers.exports.event_cells import (
    NEAR_KM,
    Spread,
    days_of,
    month_of,
    order_asked,
    people,
    picked,
    point,
    renamed,
    spread_over,
    week_around,
    year_of,
)
from tiau.readers.exports.findings import Finding, FoundEvent, LeftOut, Remark, Spot, Tier
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.values import day

SOURCE = "UCDP GED"
KEYS = (
    "id", "date_start", "date_end", "date_prec", "type_of_violence", "best", "low", "high", "source_date",
    "country", "iso3", "adm_1", "adm_2", "where_coordinates", "latitude", "longitude", "where_prec",
)  # fmt: skip
LAYOUT = {key: (key,) for key in KEYS} | {"date_start": ("date_start", "start date"), "date_end": ("date_end",)}
REQUIRED = ("id", "type_of_violence", "where_prec", "date_prec", "date_start", "date_end", "best")

_WITHOUT_HEADING = {
    49: {
        "id": 0, "type_of_violence": 5, "source_date": 21, "where_prec": 24, "where_coordinates": 25, "adm_1":
        27, "adm_2": 28, "latitude": 29, "longitude": 30, "country": 33, "date_prec": 37, "date_start": 38,
        "date_end": 39, "best": 44, "high": 45, "low": 46,
    },
    45: {
        "id": 0, "type_of_violence": 5, "source_date": 19, "where_prec": 22, "where_coordinates": 23, "adm_1":
        24, "adm_2": 25, "latitude": 26, "longitude": 27, "country": 30, "iso3": 32, "date_prec": 35,
        "date_start": 36, "date_end": 37, "low": 42, "best": 43, "high": 44,
    },
}  # fmt: skip
"""Where the columns stand in UCDP's own files and in those of HDX, by how many columns there are."""
_HOLDS = {
    "id": r"[0-9]+", "type_of_violence": "[1-3]", "where_prec": "[1-7]", "date_prec": "[1-5]", "best": "[0-9]+",
    "low": "[0-9]+", "high": "[0-9]+", "date_start": r".*[0-9]{2}.*", "date_end": r".*[0-9]{2}.*",
}  # fmt: skip
"""What the columns of a file without a heading must hold for them to be these."""

_KINDS = {
    "1": "state-based conflict",
    "2": "non-state conflict",
    "3": "one-sided violence against civilians",
}
_DIVISION = re.compile(
    r"\s+(?:town|city|village|state|province|region|governorate|district|county|department|prefecture|municipality|"
    r"division|locality|oblast|raion|commune|sub-?district|area|camp)$",
    re.IGNORECASE,
)
LINE_KM = 50.0
"""How far the true place may lie from the point of a road, a river or a region without borders: UCDP codes a place that
is known to about 25 km as such, so it is more, and twice that is taken."""


def _columns(grid: Grid) -> Columns | None:
    return columns_of(grid, LAYOUT, REQUIRED) or _without_heading(grid)


def _without_heading(grid: Grid) -> Columns | None:
    """Return the columns of a file without a heading, by how many there are and by what they hold."""
    first = [cells for _, cells in grid.head[:5]]
    for width, position in _WITHOUT_HEADING.items():
        columns = Columns(0, position, ())
        # Spreadsheets drop blank cells at the end of a row: the last two are of governments alone.
        wide = bool(first) and all(width - 2 <= len(cells) <= width for cells in first)
        if wide and all(
            re.fullmatch(form, columns.cell(cells, key)) for cells in first for key, form in _HOLDS.items()
        ):
            return columns
    return None


def _read(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read events with the best, lowest and highest number of dead.

    The days are the file's own. By UCDP's codebook the one true day lies between the first and the last where date_prec
    is 2 (two to six days), 3 (a week), 4 (a month or 8 to 30 days) or 5 (longer, up to a year); where such a row
    gives one day alone, that many days around it are taken. where_prec is 1 for a known place, 2 for one within 25 km
    of the point, 3 and 4 for the second and first administrative division, 5 for a road, a river or a region without
    borders, 6 for the country, 7 for the sea and the air. The file does not say since when an event was known, nor
    which of two releases is the newer.
    """
    for grid in book.grids:
        if columns := _columns(grid):
            yield from renamed(columns, grid.sheet)
            yield from _events(grid, columns, answers)
    if (next_page := book.around.get("NextPageUrl")) and next_page.strip():
        total = book.around.get("TotalCount", "more")
        yield Remark(text=f"this is one page of an answer of {total} events; import the other pages too")


def _events(grid: Grid, columns: Columns, answers: Answers) -> Iterator[Finding]:
    texts = {text for _, pair in picked(grid, columns, ("date_start", "date_end")) for text in pair if text}
    days = days_of(texts, answers)
    waiting: list[int] = []
    for row, cells in picked(grid, columns, KEYS):
        name, start_text, end_text = cells[0], cells[1], cells[2] or cells[1]
        start, end = days.meant.get(start_text), days.meant.get(end_text)
        if start is None or end is None:
            if left := days.without(start_text if start is None else end_text, row, grid.sheet):
                yield left
            else:
                waiting.append(row)
        elif end.end < start.start:
            reason = f"ends ({end.end}) before it starts ({start.start})"
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason=reason)
        elif not name:
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason="no id to update it by")
        else:
            yield _event(row, grid.sheet, cells, _spread(start.start, end.end, cells[3]))
    if waiting:
        yield order_asked(waiting, grid.sheet, min(days.asked))


def _event(row: int, sheet: str, cells: Cells, when: Spread) -> FoundEvent:
    name, _, _, _, violence, best, low, high, source_date, *where, where_prec = cells
    return FoundEvent(
        rows=(row,),
        sheet=sheet,
        source=SOURCE,
        source_id=name,
        start=when.start,
        end=when.end,
        spot=_spot(*where, where_prec),
        kind=_KINDS.get(violence, violence.casefold() or "organised violence"),
        fatalities=people(best),
        low=people(low),
        high=people(high),
        date_precision_days=when.precision_days,
        place_precision_km={"2": NEAR_KM, "5": LINE_KM}.get(where_prec),
        published=_first_day(source_date),
    )


@lru_cache(maxsize=65_536)
def _spread(start: dt.date, end: dt.date, date_prec: str) -> Spread:
    """Return the days of an event; an event whose days are known lasts from the first to the last."""
    if date_prec not in ("2", "3", "4", "5"):
        return Spread(start, end)
    if start != end:
        return spread_over(start, end)
    return year_of(start) if date_prec == "5" else month_of(start) if date_prec == "4" else week_around(start)


@lru_cache(maxsize=65_536)
def _spot(country: str, iso3: str, adm_1: str, adm_2: str, where: str, lat: str, lon: str, where_prec: str) -> Spot:
    """Return where an event was; without coordinates where only a division or the country is known."""
    country = re.sub(r"\s*\(.*\)$", "", country)
    state, district = _DIVISION.sub("", adm_1), _DIVISION.sub("", adm_2)
    if where_prec == "3" and adm_2:
        return Spot("admin2", district, country=country, admin1=state, aliases=_other(adm_2, district))
    if where_prec in ("3", "4") and adm_1:
        return Spot("admin1", state, country=country, aliases=_other(adm_1, state))
    if where_prec in ("3", "4", "6"):
        return Spot("country", country, code=iso3)
    name, (north, east) = _DIVISION.sub("", where), point(lat, lon)
    tier: Tier = "place" if name and where_prec in ("1", "2") else "point"
    return Spot(tier, name, country=country, admin1=state, admin2=district, lat=north, lon=east,
                aliases=_other(where, name))  # fmt: skip


def _other(name: str, shorter: str) -> tuple[str, ...]:
    return (name,) if name != shorter else ()


@lru_cache(maxsize=65_536)
def _first_day(text: str) -> dt.date | None:
    """Return the first of the days on which sources told of an event."""
    return min((found for part in text.split(";") if (found := day(part.strip()))), default=None)


FORMATS = (Format("UCDP GED", lambda book: any(map(_columns, book.grids)), _read),)
