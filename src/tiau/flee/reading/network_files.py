"""locations.csv, routes.csv, closures.csv and location_changes.csv, row by row."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise

from tiau.faults import Suggestions, nearest
from tiau.flee.case.kinds import KINDS
from tiau.flee.case.model import Attributes, Change, Closure, Link, Location
from tiau.readers.notes import joined
from tiau.readers.sheet import Line, Sheet, is_word
from tiau.scenario.vocabulary import LONGEST_NAME, too_long

LOCATIONS = ("name", "region", "country", "latitude", "longitude", "location_type", "conflict_date", "population")
ROUTES = ("name1", "name2", "distance", "forced_redirection")
CLOSURES = ("closure_type", "name1", "name2", "closure_start", "closure_end")
CHANGES = ("name", "location_type", "day")
CLOSURE_KINDS = ("country", "location", "link", "camp", "idpcamp", "remove_forced_redirection")
MOST_LOCATIONS, MOST_ROUTES, MOST_CLOSURES = 70_000, 500_000, 20_000
# Attributes that are numbers, and which numbers they may be.
POSITIVE, SHARE, WHOLE, NUMBER = "a number above 0", "a share from 0 to 1", "a whole number", "a number not below 0"
LOCATION_NUMBERS: Mapping[str, str] = {
    "conflict_intensity": NUMBER, "capacity_per_day": WHOLE, "initial_idps": WHOLE, "deactivation_probability": SHARE,
    "farmer_fraction": SHARE,
}  # fmt: skip
ROUTE_NUMBERS: Mapping[str, str] = {"max_move_speed": POSITIVE, "walk_probability": SHARE}


@dataclass(frozen=True)
class Known:
    """What the other files may speak of: locations and countries, none where they could not be read; and the period."""

    names: tuple[str, ...]
    countries: frozenset[str]
    start: dt.date | None
    days: int | None


def read_locations(sheet: Sheet, start: dt.date | None) -> list[Location]:
    """Return the locations, one a name."""
    headers, lines = _headers_and_rows(sheet, 7)
    header = _names_of(headers, len(LOCATIONS))
    rows: list[tuple[int, Location]] = []
    for line in lines:
        if not sheet.require(line, len(LOCATIONS)):
            # What other files say of the place is right all the same.
            rows.append((line.row, Location(line[0], "", line[2], 0.0, 0.0, "", 0, 0)))
            continue
        if not line[0]:
            sheet.fault(line, 0, "is blank", "give the location a name")
        for position in (0, 2):
            if len(line[position]) > LONGEST_NAME:
                problem, _, remedy = too_long(line[position]).partition("; ")
                sheet.fault(line, position, problem, remedy)
        conflict = "conflict" in line[5].lower()
        place = Location(
            name=line[0],
            region=line[1] or "unknown",
            country=line[2] or "unknown",
            x=sheet.number(line, 3, blank=0.0),
            y=sheet.number(line, 4, blank=0.0),
            kind=line[5] or "unknown",
            conflict_date=sheet.day_of_run(line, 6, start) if conflict else _unread_day(line[6]),
            people=sheet.integer(line, 7, blank=0, least=-1 if "camp" in line[5].lower() and not conflict else 0),
            attributes=_attributes(sheet, line, len(LOCATIONS), header, LOCATION_NUMBERS),
        )
        if not any(kind in line[5].lower() for kind in KINDS):
            problem = "is no kind of location; Flee moves everybody on from such a place each day"
            sheet.notes.warn(sheet.file, problem, nearest(line[5], KINDS), line.row, sheet.column(5), line[5])
        rows.append((line.row, place))
        if len(rows) > MOST_LOCATIONS:
            sheet.fault(line, 0, f"is location number {len(rows):,}; the rest was not read", "leave rows out")
            break
    if sheet.readable and not rows:
        sheet.notes.fault(sheet.file, "has no locations", f"add them, one a row: {', '.join(LOCATIONS)}")
    return _last_of_each_name(sheet, rows)


def _unread_day(text: str) -> int:
    """Return the conflict date of a kind for which Flee does not read it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _last_of_each_name(sheet: Sheet, rows: Sequence[tuple[int, Location]]) -> list[Location]:
    """Return one location a name: the last, to which ways lead in Flee, in the place of the first."""
    kept: dict[str, tuple[int, Location]] = {}
    for row, place in rows:
        earlier, other = kept.get(place.name, (row, place))
        if earlier != row:
            names = (*LOCATIONS, "attributes")
            apart = [name for name, a, b in zip(names, astuple(place), astuple(other), strict=True) if a != b]
            problem = f"stands already in row {earlier}; as in Flee the last row counts"
            if apart:
                problem += f", with another {joined(apart)}"
            sheet.notes.repair(sheet.file, problem, row, "name", place.name, kind="twice, but different" * bool(apart))
        kept[place.name] = row, place
    return [place for _, place in kept.values()]


def _headers_and_rows(sheet: Sheet, numeric: int) -> tuple[list[Line], list[Line]]:
    """Part comments from data; a first row with a word where a number belongs is a header that lacks its #."""
    headers, rows = [line for line in sheet.lines if line.comment], list(sheet.data())
    if rows and rows[0] is sheet.lines[0] and is_word(rows[0][numeric]):
        sheet.notes.repair(sheet.file, "is a header without # and was taken for one", rows[0].row, cell=rows[0][0])
        headers.insert(0, rows.pop(0))
    if headers and headers[0] is sheet.lines[0]:
        sheet.say_order(headers[0])
    return headers, rows


def _attributes(
    sheet: Sheet, line: Line, fixed: int, names: Sequence[str], numbers: Mapping[str, str], *, required: bool = False
) -> Attributes:
    """Return the cells after the fixed columns by the name that the header gives them."""
    found: dict[str, str] = {}
    for position, text in enumerate(line.cells[fixed:], start=fixed):
        name = names[position - fixed] if position - fixed < len(names) else ""
        if name in numbers and (text or required) and not _fits(text, numbers[name]):
            problem = "is not a number that can be used"
            sheet.notes.fault(sheet.file, problem, f"give {numbers[name]}", line.row, name, text)
        if name and (text or name not in numbers):
            found[name] = text
        elif text:
            remedy = "give the column a name in the header, which begins with #, or remove the cell"
            sheet.fault(line, position, "stands in a column without a name", remedy)
    if required:
        for name in numbers:
            if name in names and not found.get(name):
                problem, remedy = f"has no {name}", "give every row a value once the column is there"
                sheet.notes.fault(sheet.file, problem, remedy, line.row, name, line[0])
    return tuple(found.items())


def _fits(text: str, wanted: str) -> bool:
    """Whether a text is a number of the kind that is wanted."""
    try:
        value = float(text)
    except ValueError:
        return False
    return {
        NUMBER: 0 <= value < 1e12,
        POSITIVE: 0 < value < 1e12,
        SHARE: 0 <= value <= 1,
        WHOLE: abs(value) < 1e12 and text.lstrip("+-").isdigit(),
    }[wanted]


def _names_of(headers: Sequence[Line], fixed: int) -> list[str]:
    return [name for line in headers for name in line.cells[fixed:]]


def read_routes(sheet: Sheet, known: Known) -> list[tuple[int, Link]]:
    """Return the ways between locations with their row numbers."""
    headers, lines = _headers_and_rows(sheet, 2)
    attributes, names = _names_of(headers, len(ROUTES)), set(known.names)
    suggest = Suggestions(known.names, "add it to locations.csv, or remove the row")
    rows: list[tuple[int, Link]] = []
    for line in lines:
        if not sheet.require(line, 3):
            continue
        _require_known(sheet, line, (0, 1), names, suggest)
        if is_word(line[3]):
            remedy = "leave the fourth column blank; a kind of way belongs in a fifth, with a name in the header"
            sheet.fault(line, 3, "is not a whole number", remedy)
            redirection = 0
        else:
            redirection = sheet.integer(line, 3, blank=0)
        link = Link(
            name1=line[0],
            name2=line[1],
            km=sheet.number(line, 2, least=0.0),
            forced_redirection=redirection,
            attributes=_attributes(sheet, line, len(ROUTES), attributes, ROUTE_NUMBERS, required=True),
        )
        rows.append((line.row, link))
        if len(rows) > MOST_ROUTES:
            sheet.fault(line, 0, f"is way number {len(rows):,}; the rest was not read", "leave rows out")
            break
    return rows


def _require_known(sheet: Sheet, line: Line, positions: Sequence[int], names: set[str], suggest: Suggestions) -> None:
    for position in positions:
        if not line[position]:
            sheet.fault(line, position, "is blank", "name a location of locations.csv")
        elif names and line[position] not in names:
            sheet.fault(line, position, "is not a location", suggest(line[position]))


def read_closures(sheet: Sheet, known: Known) -> list[Closure]:
    """Return the closures; names that Flee would take for another place are faults, those it skips are warnings."""
    names = set(known.names)
    suggest = Suggestions(names, "name a location")
    closures: list[tuple[int, Closure]] = []
    for line in _headers_and_rows(sheet, 3)[1]:
        if not sheet.require(line, 5):
            continue
        kind = line[0]
        if not kind:
            sheet.fault(line, 0, "is blank", f"give one of {', '.join(CLOSURE_KINDS)}")
            continue
        first, after = (_closure_day(sheet, line, position, known.start) for position in (3, 4))
        closure = Closure(kind, line[1], line[2], first, after)
        closures.append((line.row, closure))
        if row := sheet.earlier(line, closure):
            sheet.notes.repair(sheet.file, f"says again what row {row} says", line.row, kind="again")
        elif kind not in CLOSURE_KINDS:
            remedy = nearest(kind, CLOSURE_KINDS) or f"kinds: {', '.join(CLOSURE_KINDS)}"
            sheet.notes.warn(
                sheet.file, "is no kind of closure, and does nothing", remedy, line.row, "closure_type", kind
            )
        elif kind in ("camp", "idpcamp", "link"):
            _require_known(sheet, line, (1, 2) if kind == "link" else (1,), names, suggest)
        else:
            _say_unknown(sheet, line, set(known.countries) if kind == "country" else names, kind)
        _say_days(sheet, line, closure, known.days)
        if len(closures) > MOST_CLOSURES:
            sheet.fault(line, 0, f"is closure number {len(closures):,}; the rest was not read", "leave rows out")
            break
    _say_overlaps(sheet, closures)
    return [closure for _, closure in closures]


def _say_overlaps(sheet: Sheet, rows: Sequence[tuple[int, Closure]]) -> None:
    """Warn of closures of the same thing of which the first to end opens what the other still shuts."""
    open_end = {-1: math.inf}
    of_thing: dict[tuple[str, frozenset[str]], list[tuple[int, Closure]]] = {}
    for row, closure in rows:
        of_thing.setdefault((closure.kind, frozenset((closure.name1, closure.name2))), []).append((row, closure))
    for same in of_thing.values():
        same.sort(key=lambda found: open_end.get(found[1].end, found[1].end))
        for (row, closure), (other_row, other) in pairwise(same):
            if other.start < closure.end < open_end.get(other.end, other.end) and closure.kind in CLOSURE_KINDS:
                problem = f"opens what row {other_row} shuts for longer, as in Flee"
                remedy = "write one closure from the first day to the last"
                sheet.notes.warn(sheet.file, problem, remedy, row, "closure_end", str(closure.end), kind="overlap")


def _closure_day(sheet: Sheet, line: Line, position: int, start: dt.date | None) -> int:
    if not line[position]:
        sheet.fault(line, position, "is blank", "give a day, or -1 for never")
        return -1
    return sheet.day_of_run(line, position, start, least=-1)


def _say_unknown(sheet: Sheet, line: Line, known: set[str], kind: str) -> None:
    for position in (1,) if kind == "location" else (1, 2):
        if known and line[position] not in known:
            problem = f"is {'the country of no' if kind == 'country' else 'not a'} location, so the row does nothing"
            remedy = nearest(line[position], known)
            sheet.notes.warn(sheet.file, problem, remedy, line.row, sheet.column(position), line[position])


def _say_days(sheet: Sheet, line: Line, closure: Closure, days: int | None) -> None:
    if closure.kind == "remove_forced_redirection":
        sheet.notes.warn(sheet.file, "does nothing, in Flee too", "", line.row, "closure_type", line[0])
    elif closure.kind in CLOSURE_KINDS and 0 <= closure.end <= closure.start:
        problem = "ends on the day it begins, so it does nothing"
        if closure.end < closure.start:
            problem = f"lies before the start, day {closure.start}, so what closes then is never opened again"
        remedy, kind = "check the two days", "order of days"
        sheet.notes.warn(sheet.file, problem, remedy, line.row, "closure_end", line[4], kind=kind)
    elif days is not None and closure.kind in CLOSURE_KINDS and closure.start >= days:
        problem = f"is after day {days - 1}, the last of the run, so nothing closes"
        sheet.notes.warn(sheet.file, problem, "count days from StartDate", line.row, "closure_start", line[3])


def read_changes(sheet: Sheet, known: Known) -> list[tuple[int, Change]]:
    """Return the changes of kind of location_changes.csv with their row numbers."""
    suggest, names = Suggestions(known.names, "name a location"), set(known.names)
    changes: list[tuple[int, Change]] = []
    for line in _headers_and_rows(sheet, 2)[1]:
        if not sheet.require(line, 3):
            continue
        _require_known(sheet, line, (0,), names, suggest)
        if not any(kind in line[1].lower() for kind in KINDS):
            remedy = nearest(line[1], KINDS) or f"kinds: {', '.join(KINDS)}"
            sheet.fault(line, 1, "is no kind of location", remedy)
        day = sheet.day_of_run(line, 2, known.start)
        if known.days is not None and not 0 <= day < known.days:
            problem = f"is no day of the run, which has days 0 to {known.days - 1}, so nothing changes"
            sheet.notes.warn(sheet.file, problem, "count days from StartDate", line.row, "day", line[2])
        elif row := sheet.earlier(line, (line[0], day)):
            problem = f"changes already in row {row} on the same day; as in Flee the last row counts"
            sheet.notes.repair(sheet.file, problem, line.row, "name", line[0], kind="again")
        changes.append((line.row, Change(line[0], line[1], day)))
    return changes
