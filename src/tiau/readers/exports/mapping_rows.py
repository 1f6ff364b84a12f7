"""Rows of an analyst's table as events, places or populations."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.faults import clip
from tiau.readers.exports.findings import Finding, FoundEvent, FoundPlace, FoundPopulation
from tiau.readers.exports.grids import Cells
from tiau.readers.exports.mapping_reading import Sheet, known_on, left_out, left_out_as
from tiau.readers.exports.values import count

_CAMP = ("camp", "site", "settlement", "transit", "reception")
OWN = "analyst's list"


def rows(sheet: Sheet) -> Iterator[Finding]:
    """Iterate over what the rows of a sheet say that are no figures."""
    read = {"events": _event, "places": _place, "populations": _population}[sheet.mapping.table]
    for number, cells in sheet.table.grid.rows():
        if number > sheet.table.last:
            reason = left_out_as(sheet, cells)
            found = left_out(sheet, number, reason) if reason else read(sheet, number, cells)
            if found is not None:
                yield found


def _event(sheet: Sheet, number: int, cells: Cells) -> Finding | None:
    day, where = sheet.cell(cells, "day"), sheet.spot(cells)
    when = sheet.when(cells)
    if when is None and sheet.order is None and day:
        sheet.ask(number, "dates", f'which stands first in days such as "{clip(day, 20)}", the day or the month?')
        return None
    if when is None or where is None:
        return left_out(sheet, number, f'no day ("{clip(day, 30)}")' if when is None else "no place")
    kind = sheet.cell(cells, "kind").casefold()
    dead = count(sheet.cell(cells, "fatalities"))
    return FoundEvent(
        rows=(number,), sheet=sheet.name, source=sheet.cell(cells, "said_by") or sheet.said.said_by or OWN,
        source_id=sheet.cell(cells, "id") or "; ".join((where.name or where.code, when.text, kind)), start=when.start,
        end=when.end, spot=where, kind=kind, fatalities=dead.value if dead else None, low=dead.low if dead else None,
        high=dead.high if dead else None, known_on=known_on(sheet, when.end), note=sheet.cell(cells, "note"),
    )  # fmt: skip


def _place(sheet: Sheet, number: int, cells: Cells) -> Finding:
    where = sheet.spot(cells)
    if where is None or where.lat is None or not where.name:
        return left_out(sheet, number, "no name" if where is None or not where.name else "no coordinates")
    kind = sheet.cell(cells, "kind").casefold()
    people = count(sheet.cell(cells, "people"))
    is_camp = any(word in kind or word in where.name.casefold().split() for word in _CAMP)
    return FoundPlace(
        rows=(number,), sheet=sheet.name, spot=where, kind="camp" if is_camp else "town",
        source=sheet.said.said_by or OWN, population=people.value if people else None, closed="closed" in kind,
    )  # fmt: skip


def _population(sheet: Sheet, number: int, cells: Cells) -> Finding:
    where, people = sheet.spot(cells), count(sheet.cell(cells, "people"))
    if where is None or people is None or people.value is None:
        return left_out(sheet, number, "no place" if where is None else "no number of people")
    year = sheet.said.as_of.end.year if sheet.said.as_of else None
    source = sheet.said.said_by or OWN
    return FoundPopulation(rows=(number,), sheet=sheet.name, spot=where, people=people.value, source=source, year=year)
