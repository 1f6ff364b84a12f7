"""Rows of an analyst's table as figures: one a row, or many across; what the table does not say is asked."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.faults import clip
from tiau.readers.exports.findings import Finding, FoundFigure, Spot
from tiau.readers.exports.grids import Cells
from tiau.readers.exports.mapping import Measure
from tiau.readers.exports.mapping_headings import JOINT
from tiau.readers.exports.mapping_reading import Sheet, known_on, left_out, left_out_as
from tiau.readers.exports.mapping_words import totals
from tiau.readers.exports.values import count, known, period
from tiau.scenario.spellings.figures import Figure
from tiau.scenario.vocabulary import Period

_FLOW = "crossed_in_period"
_DASHES = frozenset("-\u2013\u2014")
_DAY, _PLACE, _QUANTITY = (
    "on which day or in which period were people counted? The table does not say",
    "of which place are the figures? Neither the table nor its sheet says",
    "what do the figures count? The headings do not say",
)


def figures(sheet: Sheet) -> Iterator[Finding]:
    """Iterate over the figures of a sheet, and the rows that have none."""
    above: Cells = ()
    for number, cells in sheet.table.grid.rows():
        if number <= sheet.table.last:
            continue
        if reason := left_out_as(sheet, cells):
            yield left_out(sheet, number, reason)
            continue
        cells = _with_merged(sheet, cells, above)
        above = cells
        yield from _row(sheet, number, cells)


def _with_merged(sheet: Sheet, cells: Cells, above: Cells) -> Cells:
    """Return a row with the day and the place of the row above where it has none: cells merged over rows."""
    filled = list(cells)
    keys = [key for key in ("day", "place", "admin1", "admin2", "country") if key in sheet.mapping.columns]
    if len(keys) < 2 or not any(sheet.cell(cells, key) for key in keys):
        return cells
    for key in keys:
        at = sheet.table.names.index(sheet.mapping.columns[key])
        if at < len(filled) and not filled[at] and at < len(above):
            filled[at] = above[at]
    return tuple(filled)


def _row(sheet: Sheet, number: int, cells: Cells) -> Iterator[Finding]:
    entries = [entry for entry in _entries(sheet, cells) if entry[2] is not None]
    if not entries:
        shown = {cell for _, cell in _written(sheet, cells) if cell}
        yield left_out(sheet, number, f"no figure ({', '.join(clip(cell, 20) for cell in sorted(shown)) or 'blank'})"
                       + (f": {clip(remark)}" if (remark := sheet.cell(cells, "note")) else ""))  # fmt: skip
        return
    day = sheet.cell(cells, "day")
    if "day" in sheet.mapping.columns and day and sheet.when(cells) is None:
        if sheet.order is None:
            sheet.ask(number, "dates", f'which stands first in days such as "{clip(day, 20)}", the day or the month?')
        else:
            yield left_out(sheet, number, f'"{clip(day, 30)}" is no day that can be told')
        return
    for at, measure, figure in entries:
        if figure is not None and (found := _figure(sheet, number, cells, at, measure, figure)):
            yield found


def _written(sheet: Sheet, cells: Cells) -> Iterator[tuple[tuple[int, Measure], str]]:
    """Iterate over the cells of figures of a row: where each stands, as what it is read, and its text."""
    names = sheet.table.names
    for measure in sheet.mapping.figures:
        if measure.heading:
            yield (names.index(measure.heading), measure), sheet.of_heading(cells, measure.heading)
    if sheet.mapping.across:
        other = {*sheet.mapping.columns.values(), *sheet.mapping.not_read, ""}
        for at, name in enumerate(names):
            if (at in sheet.table.days) if sheet.mapping.across == "days" else name not in other and not totals(name):
                yield (at, sheet.mapping.figures[0]), cells[at] if at < len(cells) else ""


def _entries(sheet: Sheet, cells: Cells) -> Iterator[tuple[int, Measure, Figure | None]]:
    for (at, measure), text in _written(sheet, cells):
        if text in _DASHES and sheet.mapping.dash == "none" and measure == sheet.mapping.figures[0]:
            yield at, measure, Figure(0.0)
        elif known(text):
            yield at, measure, count(text)


def _figure(sheet: Sheet, number: int, cells: Cells, at: int, measure: Measure, figure: Figure) -> FoundFigure | None:
    """Return a figure; None where it waits for an answer."""
    across = sheet.mapping.across
    leaf = sheet.table.names[at].rpartition(JOINT)[2]
    where = Spot("place", leaf) if across == "places" else sheet.spot(cells)
    when = _days_across(sheet, at) if across == "days" else sheet.when(cells) or sheet.answers.as_of or sheet.said.as_of
    quantity = measure.quantity or sheet.answers.quantity
    for option, question, missing in (
        ("as_of", _DAY, when is None), ("place", _PLACE, where is None),
        ("quantity", f'{_QUANTITY} ("{clip(measure.heading or leaf)}")', not quantity),
    ):  # fmt: skip
        if missing:
            sheet.ask(number, option, question)
    if when is None or where is None or not quantity:
        return None
    origin = sheet.cell(cells, "origin") or sheet.mapping.origin or sheet.said.origin or sheet.answers.origin
    said_by = sheet.cell(cells, "said_by") or sheet.said.said_by or sheet.mapping.said_by or sheet.answers.said_by
    beside = quantity == "arrived_cumulative" and any(one.quantity == _FLOW for one in sheet.mapping.figures)
    key = (where.name or where.code, when.text, quantity, measure.part, measure.unit, origin, said_by)
    return FoundFigure(
        rows=(number,), sheet=sheet.name, key="; ".join(key), start=when.start, end=when.end, spot=where,
        quantity=quantity, value=figure.value, bound=figure.bound, low=figure.low,
        high=figure.high, source_kind="other", origin=Spot("country", origin) if origin else None, unit=measure.unit,
        household_size=sheet.answers.household_size if measure.unit == "households" else None, part=measure.part,
        said_by=said_by, note=sheet.cell(cells, "note"), known_on=known_on(sheet, when.end),
        not_scored="the sum of the figures beside it" if beside else "",
    )  # fmt: skip


def _days_across(sheet: Sheet, at: int) -> Period | None:
    leaf = sheet.table.names[at].rpartition(JOINT)[2]
    return period(leaf, sheet.order or "")
