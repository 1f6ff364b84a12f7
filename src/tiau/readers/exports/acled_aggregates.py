"""ACLED added up by month: HDX's workbooks of countries and districts, and the conflict events of HDX HAPI."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, columns_of
from tiau.readers.exports.event_cells import people, picked, renamed
from tiau.readers.exports.findings import Finding, FoundEvent, LeftOut, Remark, Spot
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.values import period
from tiau.scenario.vocabulary import Period

UNASKED = "events added up over a month, which are no events on its first day; --aggregates takes them over the month"
NO_FATALITIES = "no column of fatalities: sums of demonstrations have none, and those of violence do"


@dataclass(frozen=True)
class _Sum:
    """Events of a month and an area, as a row gives them."""

    when: Period | None
    spot: Spot | None
    events: str
    fatalities: str
    kind: str
    no_place: str = "no place"


@dataclass(frozen=True)
class _Layout:
    """A layout of sums: its columns, and how a row of them is read."""

    source: str
    names: dict[str, tuple[str, ...]]
    required: tuple[str, ...]
    read: Callable[[Cells], _Sum]
    remark: str

    def columns(self, grid: Grid) -> Columns | None:
        """Return the columns of a grid of this layout."""
        return columns_of(grid, self.names, self.required)

    def findings(self, book: Book, answers: Answers) -> Iterator[Finding]:
        """Iterate over the sums that were asked for as events, and those left out."""
        for grid in book.grids:
            if columns := self.columns(grid):
                yield from renamed(columns, grid.sheet)
                yield from self._of_grid(grid, columns, answers)

    def _of_grid(self, grid: Grid, columns: Columns, answers: Answers) -> Iterator[Finding]:
        rows = picked(grid, columns, tuple(self.names))
        why = UNASKED if not answers.aggregates else "" if "fatalities" in columns else NO_FATALITIES
        if why:
            yield LeftOut(rows=tuple(row for row, _ in rows), sheet=grid.sheet, reason=why)
            return
        told: dict[str, int] = {}
        for row, cells in rows:
            found = self._event(row, grid.sheet, self.read(cells))
            if not isinstance(found, str) and (first := told.setdefault(found.source_id, row)) != row:
                found = f"says the same area and month as row {first}"
            yield LeftOut(rows=(row,), sheet=grid.sheet, reason=found) if isinstance(found, str) else found
        yield Remark(sheet=grid.sheet, text=self.remark)

    def _event(self, row: int, sheet: str, given: _Sum) -> FoundEvent | str:
        """Return the event that a sum stands for, or why there is none."""
        events, fatalities = people(given.events), people(given.fatalities)
        if given.kind in _WITHOUT_VIOLENCE:
            return "no violence"
        if events is None:
            return "no number of events"
        if not events and not fatalities:
            return "no events in the month"
        if given.when is None:
            return "no month"
        if given.spot is None:
            return given.no_place
        area = given.spot.code or ":".join(filter(None, (given.spot.country, given.spot.admin1, given.spot.name)))
        return FoundEvent(
            rows=(row,),
            sheet=sheet,
            source=self.source,
            source_id=f"{area}:{given.when.start:%Y-%m}:{given.kind}".replace(" ", "_"),
            start=given.when.start,
            end=given.when.end,
            spot=given.spot,
            kind=given.kind,
            fatalities=fatalities,
            note=f"sum over the month, events: {events:g}",
        )


_WITHOUT_VIOLENCE = ("demonstration",)


def _of_month(cells: Cells) -> _Sum:
    """Read a row of a workbook of HDX."""
    country, iso3, admin1, admin2, code1, code2, month, year, events, fatalities = cells
    if admin2 or code2:
        spot = Spot("admin2", admin2, code2, country=country, admin1=admin1)
    elif admin1 or code1:
        spot = Spot("admin1", admin1, code1, country=country)
    else:
        spot = Spot("country", country, iso3)
    text = f"{year}-{month:0>2}" if month.isdecimal() else f"{month} {year}"
    return _Sum(period(text), spot, events, fatalities, "political violence")


def _of_hapi(cells: Cells) -> _Sum:
    """Read a row of HAPI; one that is of a whole country, or of no area that HAPI knows, has no place."""
    country, name1, name2, admin1, admin2, code1, code2, level, kind, events, fatalities, first, last, *said = cells
    spot, no_place = None, "of the country as a whole"
    warning = "; ".join(filter(None, said))
    if code2 or (admin2 and not warning):
        spot = Spot("admin2", admin2 or name2, code2, country=country, admin1=admin1 or name1)
    elif level == "2" or name2:
        no_place = f"no place: {name2 or 'no name'} ({warning or 'no code'})"
    elif code1 or admin1:
        spot = Spot("admin1", admin1 or name1, code1, country=country)
    start, end = period(first), period(last or first)
    when = Period(start.start, end.end, "") if start and end and start.start <= end.end else None
    return _Sum(when, spot, events, fatalities, kind.replace("_", " ").casefold(), no_place)


def _layout(names: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(map(str.strip, text.split("|"))) for key, text in names.items()}


MONTHS = _Layout(
    "ACLED by month",
    _layout({
        "country": "country", "iso3": "iso3", "admin1": "admin1", "admin2": "admin2",
        "admin1 pcode": "admin1 pcode | adm1 pcode", "admin2 pcode": "admin2 pcode | adm2 pcode", "month": "month",
        "year": "year", "events": "events", "fatalities": "fatalities",
    }),
    ("country", "month", "year", "events"),
    _of_month,
    "sums of a month are not set beside single events: import one of the two, else these dead count twice",
)  # fmt: skip
HAPI = _Layout(
    "HDX HAPI conflict events",
    _layout({
        "location_code": "location_code", "provider_admin1_name": "provider_admin1_name",
        "provider_admin2_name": "provider_admin2_name", "admin1_name": "admin1_name", "admin2_name": "admin2_name",
        "admin1_code": "admin1_code", "admin2_code": "admin2_code", "admin_level": "admin_level",
        "event_type": "event_type", "events": "events", "fatalities": "fatalities",
        "reference_period_start": "reference_period_start", "reference_period_end": "reference_period_end",
        "warning": "warning", "error": "error",
    }),
    ("location_code", "event_type", "events", "reference_period_start", "reference_period_end"),
    _of_hapi,
    "civilian targeting is part of political violence, and both are events here; single events of ACLED, if imported "
    "too, count twice",
)  # fmt: skip


def _format(name: str, layout: _Layout) -> Format:
    return Format(name, lambda book: any(map(layout.columns, book.grids)), layout.findings)


FORMATS = (_format("ACLED by month", MONTHS), _format("HDX HAPI conflict events", HAPI))
