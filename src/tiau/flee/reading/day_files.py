"""conflicts.csv, flood_level.csv, sim_period.csv and demographics: tables by day, the period, and who people are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from tiau.faults import Suggestions
from tiau.flee.case.model import DayTable, Floats
from tiau.readers.notes import joined
from tiau.readers.sheet import LATEST, Line, Sheet, date_in

PERIOD = ("key", "value")
LONGEST_DAYS = 36_525
LARGEST_INTENSITY = 1e6


def read_period(sheet: Sheet) -> tuple[dt.date | None, int | None]:
    """Return the first day and the number of days; None where a fault was noted."""
    start: dt.date | None = None
    days: int | None = None
    found: dict[str, int] = {}
    for line in sheet.data():
        key = line[0].lower()
        if key == "startdate" and line[1].lower() == "length":
            below = next((other for other in sheet.data() if other.row > line.row), Line(0, ("2012-02-29", "300")))
            remedy = f"write two rows: StartDate,{below[0]} and Length,{below[1]}"
            sheet.notes.fault(sheet.file, "has both keys in one row", remedy, line.row)
            return None, None
        if key in found and key in ("startdate", "length"):
            problem = f"stands already in row {found[key]}; as in Flee the last row counts"
            sheet.notes.repair(sheet.file, problem, line.row, "key", line[0])
        found[key] = line.row
        if key == "startdate":
            start = sheet.day(line, 1)
        elif key == "length":
            days = _length(sheet, line)
    if start is not None and days is not None and start + dt.timedelta(days) > LATEST:
        sheet.notes.fault(sheet.file, "ends in another century", "check StartDate and Length")
    for key, example in (("StartDate", "StartDate,2012-02-29"), ("Length", "Length,300")):
        if sheet.readable and key.lower() not in found:
            sheet.notes.fault(sheet.file, f"has no row {key}", f"add one: {example}")
    return start, days


def _length(sheet: Sheet, line: Line) -> int | None:
    length = sheet.integer(line, 1, least=1)
    if length > LONGEST_DAYS:
        sheet.fault(line, 1, "is longer than a hundred years", "give the number of days")
    return length if 1 <= length <= LONGEST_DAYS else None


def read_day_table(sheet: Sheet, names: Sequence[str], start: dt.date, days: int) -> DayTable:
    """Return a table with a location a column and a day a row, cut after the last day of the run."""
    if not sheet.lines:
        if sheet.readable:
            sheet.notes.fault(sheet.file, "is empty", "give it a header, #Day and names of locations, and a row a day")
        return DayTable((), np.zeros((0, 0)))
    columns = _columns(sheet, sheet.lines[0], names)
    unnamed = [position for position, name in enumerate(sheet.lines[0].cells) if position and not name]
    values: list[Floats] = []
    for line in sheet.lines[1:]:
        if len(values) == days:
            problem = f"has rows after day {days - 1}, the last of the run, which were left out"
            sheet.notes.repair(sheet.file, problem, line.row)
            break
        values.append(np.array(_values(sheet, line, columns, unnamed)))
    _say_order(sheet, start)
    if sheet.readable and len(values) < days:
        problem = f"has {len(values):,} rows of a day, for {days:,} days"
        shorter = f", or write Length,{len(values)} there" if values else ""
        sheet.notes.fault(sheet.file, problem, f"give one row for each day of Length in sim_period.csv{shorter}", 1)
    return DayTable(tuple(columns), np.array(values).reshape(len(values), len(columns)))


def _say_order(sheet: Sheet, start: dt.date) -> None:
    """Warn where the first column says another day than the one for which the row is taken."""
    for number, line in enumerate(sheet.lines[1:]):
        date, value = date_in(line[0]), _number_or_none(line[0])
        day = value if date is None else (date - start).days
        if day is not None and day != number:
            problem = f"stands where day {number} ({start + dt.timedelta(number)}) is read: rows are taken in order"
            remedy = "give one row for each day, from day 0, without a gap"
            sheet.notes.warn(sheet.file, f"{problem}, in Flee too", remedy, line.row, "#Day", line[0])
            return


def _columns(sheet: Sheet, header: Line, names: Sequence[str]) -> dict[str, int]:
    """Return the position of each named column, the last where a name stands twice."""
    known, unknown = set(names) or set(header.cells), []
    columns: dict[str, int] = {}
    for position, name in enumerate(header.cells[1:], start=1):
        if name and name in known:
            if name in columns:
                _say_twice(sheet, header, columns[name], position)
            columns[name] = position
        elif name:
            unknown.append(name)
    remedy = "write #Day and the names of the locations in the first row"
    if not columns and not unknown:
        sheet.notes.fault(sheet.file, "has no locations in its header", remedy, header.row)
    elif unknown and _number_or_none(unknown[0]) is not None:
        sheet.notes.fault(sheet.file, "has numbers for a header", remedy, header.row, cell=unknown[0])
    elif unknown:
        suggest = Suggestions(names)
        problem = "is not a location, so its column does nothing"
        if len(unknown) > 1:
            problem = f"and {len(unknown) - 1:,} others ({joined(unknown[1:])}) are not locations and do nothing"
        sheet.notes.warn(sheet.file, problem, suggest(unknown[0]), header.row, cell=unknown[0])
    return columns


def _say_twice(sheet: Sheet, header: Line, first: int, second: int) -> None:
    """Flee puts the values of both columns into one list, one after the other, so that it falls behind the days."""
    name = header[second]
    if all(line[first] == line[second] for line in sheet.lines[1:]):
        problem = "stands twice in the header with the same values, and one column was left out"
        sheet.notes.repair(sheet.file, problem, header.row, cell=name)
    else:
        problem = "stands twice in the header with other values; the last column is read, Flee reads both in turn"
        sheet.notes.warn(sheet.file, problem, "remove one", header.row, cell=name)


def _values(sheet: Sheet, line: Line, columns: dict[str, int], unnamed: Sequence[int]) -> list[float]:
    if len(line.cells) <= max(columns.values(), default=0):
        problem = f"has {len(line.cells) - 1} values, for {len(columns)} locations"
        sheet.notes.fault(sheet.file, problem, "give each location a value", line.row)
        return [0.0] * len(columns)
    for position in (*unnamed, *range(len(sheet.lines[0].cells), len(line.cells))):
        if line[position]:
            sheet.fault(line, position, "stands in a column without a name", "name the column, or remove the cell")
            break
    cells = [line.cells[position] for position in columns.values()]
    try:
        quick = list(map(float, cells))
    except ValueError:
        quick = [-1.0]
    if all(0 <= value <= LARGEST_INTENSITY for value in quick):
        return quick
    values = [_number_or_none(cell) for cell in cells]
    for name, cell, value in zip(columns, cells, values, strict=True):
        if value is None:
            problem = "is not a number that can be used" if cell else "is blank"
            sheet.notes.fault(sheet.file, problem, "give a number: 0 for none", line.row, name, cell)
        elif value < 0:
            sheet.notes.repair(sheet.file, "is below 0 and was read as 0", line.row, name, cell)
    return [max(value or 0.0, 0.0) for value in values]


def _number_or_none(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) <= LARGEST_INTENSITY else None


Demographics = tuple[tuple[str, dict[str, float]], ...]


def read_demographics(sheet: Sheet, names: Sequence[str]) -> Demographics:
    """Return the values of an attribute, each with its weights by location and "Default"."""
    if not sheet.lines:
        if sheet.readable:
            sheet.notes.fault(sheet.file, "is empty", "remove it, or give values and weights")
        return ()
    header, *lines = sheet.lines
    known = {*(names or header.cells[1:]), "Default"}
    columns = {name: position for position, name in enumerate(header.cells[1:], start=1) if name in known}
    if "Default" not in columns:
        remedy = "give the value in the first column, its weight in a column Default"
        sheet.notes.fault(sheet.file, "has no column Default", remedy, header.row)
    return tuple(
        (line[0], {name: sheet.number(line, at, least=0.0) for name, at in columns.items() if line[at]})
        for line in lines
    )  # fmt: skip
