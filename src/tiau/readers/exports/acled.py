"""ACLED: events by day and place, in the columns until 2022 and since 2023, as csv, workbook or answer of the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, columns_of
from tiau.readers.exports.event_cells import (
    NEAR_KM,
    Spread,
    Versions,
    absent,
    days_of,
    month_of,
    order_asked,
    people,
    picked,
    point,
    renamed,
    spread_over,
    week_around,
)
from tiau.readers.exports.findings import Finding, FoundEvent, LeftOut, Remark, Spot, Tier
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.scenario.vocabulary import Period

SOURCE = "ACLED"
KEYS = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "fatalities", "timestamp",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
)  # fmt: skip
LAYOUT = {key: (key,) for key in KEYS} | {
    "event_id_cnty": ("event_id_cnty", "event id"),
    "event_date": ("event_date", "date of event"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "long"),
    "fatalities": (
        "fatalities",
        "deaths",
        "fatality",
        "killed",
        "dead",
        "number of deaths",
        "muertes",
        "muertos",
        "morts",
    ),
}
WITHOUT = {
    "fatalities": "the dead are not known, and severities are those of events without any",
    "timestamp": "since when events were known is not said",
}
REQUIRED = ("event_id_cnty", "event_date", "event_type", "location", "latitude", "longitude")

_TYPES = {
    "battles": "battle",
    "explosions/remote violence": "explosion or remote violence",
    "riots": "riot",
    "protests": "protest",
    "strategic developments": "strategic development",
}
# What needs its type beside it to be understood keeps it, so that severity and likeness are told by words alone.
_SUB_TYPES = {
    "armed clash": "armed clash",
    "attack": "attack on civilians",
    "shelling/artillery/missile attack": "shelling",
    "air/drone strike": "air strike",
    "suicide bomb": "suicide bombing",
    "grenade": "grenade explosion",
    "remote explosive/landmine/ied": "explosion of a mine or remote bomb",
    "chemical weapon": "attack by chemical weapon",
    "peaceful protest": "peaceful protest",
    "protest with intervention": "protest with intervention",
    "excessive force against protesters": "excessive force against protesters",
    "violent demonstration": "riot: violent demonstration",
}


def _columns(grid: Grid) -> Columns | None:
    return columns_of(grid, LAYOUT, REQUIRED)


def _read(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read events: of several rows with one id the one changed last, protests and the like with their kinds.

    The day of a row with time_precision 2 is the middle of a week or so: the event may have happened up to three days
    before and after it. With 3 it happened in the month, on whichever day it was put. An event with geo_precision 3 is
    of the first administrative division, not of the town on which it was put; with 2 it was near the town. Texts of
    events are not kept, as they may name people.
    """
    for grid in book.grids:
        if columns := _columns(grid):
            yield from renamed(columns, grid.sheet)
            yield from absent(columns, grid.sheet, WITHOUT)
            yield from _events(grid, columns, answers)


def _events(grid: Grid, columns: Columns, answers: Answers) -> Iterator[Finding]:
    texts, versions = set(), Versions()
    for row, (name, day, stamp) in picked(grid, columns, ("event_id_cnty", "event_date", "timestamp")):
        texts.add(day)
        versions.add(name or f"row {row}", _seconds(stamp) or 0, row)
    days, older = days_of(texts, answers), versions.older()
    waiting: list[int] = []
    rounded: list[int] = []
    for row, cells in picked(grid, columns, KEYS):
        name, day, stamp = cells[0], cells[1], cells[6]
        if (when := days.meant.get(day)) is None:
            if left := days.without(day, row, grid.sheet):
                yield left
            else:
                waiting.append(row)
        elif not name:
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason="no event_id_cnty to update it by")
        elif row in older:
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason=f"older version of {name}, see row {older[row]}")
        else:
            seconds = _seconds(stamp)
            if stamp and seconds is None:
                rounded.append(row)
            yield _event(row, grid.sheet, cells, when, seconds)
    if waiting:
        yield order_asked(waiting, grid.sheet, min(days.asked))
    if rounded:
        text = f"{len(rounded)} timestamps cannot be read, so it is not known when these events were known"
        yield Remark(rows=tuple(rounded), sheet=grid.sheet, text=text)


def _event(row: int, sheet: str, cells: Cells, day: Period, seconds: int | None) -> FoundEvent:
    name, _, time_precision, event_type, sub_type, fatalities, _, *where, geo_precision = cells
    start, end, precision_days = _spread(day.start, day.end, time_precision)
    return FoundEvent(
        rows=(row,),
        sheet=sheet,
        source=SOURCE,
        source_id=name,
        start=start,
        end=end,
        spot=_spot(*where, geo_precision),
        kind=kind_of(event_type, sub_type),
        fatalities=people(fatalities),
        date_precision_days=precision_days,
        place_precision_km=NEAR_KM if geo_precision == "2" else None,
        known_on=None if seconds is None else _day_of(seconds // 86_400),
        changed="" if seconds is None else str(seconds),
    )


@lru_cache(maxsize=65_536)
def _spread(start: dt.date, end: dt.date, time_precision: str) -> Spread:
    """Return the days on which an event may have happened."""
    if start != end:
        return spread_over(start, end)
    match time_precision:
        case "2":
            return week_around(start)
        case "3":
            return month_of(start)
        case _:
            return Spread(start, end)


@lru_cache(maxsize=65_536)
def _spot(
    country: str, admin1: str, admin2: str, admin3: str, location: str, lat: str, lon: str, geo_precision: str
) -> Spot:
    """Return where an event was; without coordinates where only the administrative division is known."""
    if geo_precision == "3" and (admin1 or country):
        return Spot("admin1", admin1, country=country) if admin1 else Spot("country", country)
    north, east = point(lat, lon)
    tier: Tier = "place" if location else "point"
    return Spot(tier, location, country=country, admin1=admin1, admin2=admin2, admin3=admin3, lat=north, lon=east)


@lru_cache(maxsize=4096)
def kind_of(event_type: str, sub_type: str) -> str:
    """Return the kind of an event in words that `tiau.scenario.severity` and `event_kinds` understand."""
    of_type, of_sub_type = event_type.casefold(), sub_type.casefold()
    if known := _SUB_TYPES.get(of_sub_type):
        return known
    of_type = _TYPES.get(of_type, of_type)
    return f"{of_type}: {of_sub_type}" if of_sub_type and of_type != of_sub_type else of_type


def _seconds(stamp: str) -> int | None:
    """Return a timestamp in seconds since 1970; None where it has none, or was rounded (1.69E+09)."""
    return int(stamp) if stamp.isdecimal() and 9 <= len(stamp) <= 10 else None


@lru_cache(maxsize=65_536)
def _day_of(days: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days)


FORMATS = (Format("ACLED events", lambda book: any(map(_columns, book.grids)), _read),)
