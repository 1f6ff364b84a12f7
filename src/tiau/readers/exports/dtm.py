"""IOM's Displacement Tracking Matrix: counts by area and round, of the API and as tables with tags of HXL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, Layout, columns_of, taken_for
from tiau.readers.exports.findings import Asked, Finding, LeftOut, Spot, Tier
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.rounds import UNKNOWN_AREA, Part, area_key, figures
from tiau.readers.exports.values import day_text, order_of, period
from tiau.scenario.vocabulary import Period

DTM: Layout = {
    "operation": ("operation", "operation name", "#operation+name"),
    "country": ("admin0Name", "country", "#country+name"),
    "country_code": ("admin0Pcode", "country code", "#country+code"),
    "admin1": ("admin1Name", "#adm1+name"), "admin1_code": ("admin1Pcode", "#adm1+code"),
    "admin2": ("admin2Name", "#adm2+name"), "admin2_code": ("admin2Pcode", "#adm2+code"),
    "admin3": ("admin3Name", "#adm3+name"), "admin3_code": ("admin3Pcode", "#adm3+code"),
    "level": ("adminLevel", "admin level", "#adm+level"),
    "people": ("numPresentIdpInd", "number of present IDP individuals", "present idp individuals", "#affected+idps"),
    "day": ("reportingDate", "reporting date", "#date+reported"),
    "round": ("roundNumber", "round", "round number", "#round+code"),
    "reason": ("displacementReason", "displacement reason", "#cause+type"),
    "origin": ("idpOriginAdmin1Name", "#adm1+name+origin"),
    "origin_code": ("idpOriginAdmin1Pcode", "#adm1+code+origin"),
    "assessment": ("assessmentType", "assessment type", "#assessment+type"),
    "status": ("operationStatus", "operation status", "#operation+status"),
}  # fmt: skip
HAPI: Layout = {
    "operation": ("operation",), "country_code": ("location_code",), "country": ("location_name",),
    "admin1": ("admin1_name",), "admin1_code": ("admin1_code",), "admin2": ("admin2_name",),
    "admin2_code": ("admin2_code",), "level": ("admin_level",), "people": ("population",),
    "day": ("reference_period_start",), "until": ("reference_period_end",), "round": ("reporting_round",),
    "assessment": ("assessment_type",), "warning": ("warning",), "error": ("error",),
    "provider1": ("provider_admin1_name",), "provider2": ("provider_admin2_name",),
}  # fmt: skip
OF_DTM = ("country", "people", "day", "admin1")
OF_HAPI = ("country_code", "admin1_code", "people", "round", "assessment", "day")
OF_COUNTRIES = ("operation", "country", "people", "day")
TIERS: tuple[Tier, ...] = ("country", "admin1", "admin2", "admin3")


def _columns(grid: Grid, layout: Layout, required: tuple[str, ...]) -> Columns | None:
    found = columns_of(grid, layout, required) or columns_of(grid, layout, OF_COUNTRIES)
    # Other tables of people by area have no round or kind of assessment.
    return found if found and ("round" in found or "assessment" in found) else None


def _read(layout: Layout, required: tuple[str, ...], publisher: str, book: Book, answers: Answers) -> Iterator[Finding]:
    """Read counts: rows by reason and origin are added up, sums of smaller areas are not scored."""
    for grid in book.grids:
        if columns := _columns(grid, layout, required):
            yield from taken_for(columns, grid.sheet)
            yield from _of_grid(grid, columns, answers, publisher)


def _of_grid(grid: Grid, columns: Columns, answers: Answers, publisher: str) -> Iterator[Finding]:
    rows = list(columns.rows(grid))
    order = order_of((day_text(columns.cell(cells, "day")) for _, cells in rows), answers.dates)
    if order is None:
        yield Asked(rows=tuple(number for number, _ in rows), sheet=grid.sheet, option="dates",
                    question="are its days written day-first or month-first?",
                    choices=("day-first", "month-first"))  # fmt: skip
        return
    parts = []
    for number, cells in rows:
        part = _part(number, cells, columns, order, answers)
        if isinstance(part, Part):
            parts.append(part)
        else:
            yield LeftOut(rows=(number,), sheet=grid.sheet, reason=part)
    yield from figures(parts, grid.sheet, publisher)


def _part(number: int, cells: Cells, columns: Columns, order: str, answers: Answers) -> Part | str:
    """Return a row as a part of a count; why not, where it is none."""

    def get(key: str) -> str:
        return columns.cell(cells, key)

    first, last = (period(day_text(get(key)), order) for key in ("day", "until"))
    when = _over(first, last) or answers.as_of
    if when is None:
        return "no day"
    spots = _spots(get)
    if not spots:
        return "no area"
    spot, *above = spots
    note = get("status") if get("status").casefold() not in ("", "active") else ""
    other = get(f"provider{spot.tier[-1]}")
    notes = [f"the operation is {note.casefold()}" if note else "", get("warning"), get("error"),
             f"called {other} by its provider" if other and other != spot.name else ""]  # fmt: skip
    of = (
        get("reason").casefold(),
        "" if get("origin").casefold() in UNKNOWN_AREA else get("origin_code") or get("origin"),
    )
    return Part(number, spot, tuple(map(area_key, above)), get("operation"), get("assessment"), get("round"), when,
                get("people"), of, "; ".join(filter(None, notes)))  # fmt: skip


def _over(first: Period | None, last: Period | None) -> Period | None:
    if first is None or last is None or first.start == last.end:
        return first
    return Period(first.start, last.end, f"{first.start}/{last.end}")


def _spots(get: Callable[[str], str]) -> list[Spot]:
    """Return the area of a row, and behind it those in which it lies."""

    def cell(key: str) -> str:
        return "" if (text := get(key)).casefold() in UNKNOWN_AREA else text

    level = cell("level")
    deepest = int(level) if level in ("0", "1", "2", "3") else max(
        (at for at, tier in enumerate(TIERS) if cell(tier) or cell(f"{tier}_code")), default=-1)  # fmt: skip
    nation = cell("country") or cell("country_code")
    found = []
    for at in range(deepest, -1, -1):
        tier = TIERS[at]
        name, code = cell(tier), cell(f"{tier}_code")
        upper = [cell(TIERS[up]) if 0 < up < at else "" for up in range(4)]
        found.append(Spot(tier, name or code, code, nation, upper[1], upper[2], upper[3]))
    return found


FORMATS = (
    Format("IOM DTM", lambda book: any(_columns(grid, DTM, OF_DTM) for grid in book.grids),
           partial(_read, DTM, OF_DTM, "IOM DTM")),
    Format("HDX HAPI IDPs", lambda book: any(_columns(grid, HAPI, OF_HAPI) for grid in book.grids),
           partial(_read, HAPI, OF_HAPI, "HDX HAPI")),
)  # fmt: skip
