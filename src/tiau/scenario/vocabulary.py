"""The words of a scenario's cells and how a cell's text becomes a value and text again."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from tiau import texts
from tiau.faults import nearest, wrong_argument
from tiau.scenario.spellings import advice as remedies

Kind = Literal["origin", "town", "reception", "camp", "junction"]
Mode = Literal["road", "track", "foot", "ferry"]
Level = Literal["federal", "national", "state", "district", "court", "foreign", "civil"]
Effect = Literal[
    "close", "exempt", "admit", "quota", "corridor", "register", "relief", "expel", "push_back", "fence",
    "statement",
]  # fmt: skip
SOFTENING = ("exempt", "admit", "corridor")
"""Effects of acts that soften the order of an authority."""
Unit = Literal["persons", "households"]
SourceKind = Literal["register", "agency", "media", "other"]
Bound = Literal["exact", "about", "at_least", "at_most", "range"]
OptionalStock = Literal["", "present", "registered", "idp_present"]
Comparison = Literal[">", ">=", "<", "<="]

_LIMITS = {
    "lat": " (degrees north; are lat and lon swapped?)",
    "lon": " (degrees east)",
    "share": " (a share: 0.25 for 25%)",
    "admit_share": " (a share: 0.25 for 25%)",
    "enforcement": " (a share: 0.25 for 25%)",
    "capacity": ", or leave the cell blank for unlimited room",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?(nan|inf|infinity)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included, and the text they were given as."""

    start: dt.date
    end: dt.date
    text: str

    def __str__(self) -> str:
        return self.text

    def touches(self, start: dt.date, end: dt.date) -> bool:
        """Whether the period shares a day with start..end."""
        return self.start <= end and self.end >= start


def parse_day(text: str) -> dt.date:
    """Turn an ISO day into a date; raise ValueError with the remedy otherwise."""
    if not _DAY.fullmatch(text):
        msg = f"is not a day; {remedies.for_day(text)}"
        raise ValueError(msg)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        msg = "is not a day of the calendar; check month and day"
        raise ValueError(msg) from None


def as_day(day: dt.date | str, argument: str) -> dt.date:
    """Return the day that an argument gives as a date or as YYYY-MM-DD; raise InputError where it gives none."""
    try:
        found = parse_day(day) if isinstance(day, str) else day
    except ValueError as error:
        problem, _, remedy = str(error).partition("; ")
        raise wrong_argument(argument, problem, remedy, day) from None
    if isinstance(found, dt.datetime):
        return found.date()
    if not isinstance(found, dt.date):
        raise wrong_argument(argument, "is not a day", "give a date, or a text as YYYY-MM-DD", day)
    return found


def parse_period(text: str) -> Period:
    """Turn a day, a month, a year or start/end into a Period."""
    if _MONTH.fullmatch(text):
        year, month = int(text[:4]), int(text[5:])
        if 1 <= month <= 12 and year:
            last = calendar.monthrange(year, month)[1]
            return Period(dt.date(year, month, 1), dt.date(year, month, last), text)
    elif _YEAR.fullmatch(text) and int(text):
        return Period(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31), text)
    first, slash, last_text = (part.strip() for part in text.partition("/"))
    days = (first, last_text) if slash else (first,)
    if not all(_DAY.fullmatch(day) for day in days):
        msg = f"is not a day, month, year or start/end; {remedies.for_period(text)}"
        raise ValueError(msg)
    return Period(parse_day(days[0]), parse_day(days[-1]), text)


def _of_text(read: Callable[[str], object]) -> BeforeValidator:
    """Return what reads texts; a value that is none is left to its type."""
    return BeforeValidator(lambda given: read(given) if isinstance(given, str) else given)


def _names(text: str) -> object:
    return tuple(name.strip() for name in text.split(";") if name.strip())


def _weights(text: str) -> object:
    pairs = []
    for item in (part.strip() for part in text.split(";")):
        if not item:
            continue
        area, _, weight = item.rpartition("=")
        if area.strip() and _NUMBER.fullmatch(weight.strip()) and math.isfinite(float(weight)):
            pairs.append((area.strip(), float(weight)))
        else:
            msg = f'"{item[:40]}" is not area=number; separate several with ";"'
            raise ValueError(msg)
    return tuple(pairs)


def _one_name(name: str) -> str:
    if ";" in name:
        msg = "holds a semicolon, which parts names; rename it"
        raise ValueError(msg)
    return name


def _own_cells(cells: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the cells of a row under columns of one's own, by name; a blank one says nothing."""
    named = dict(cells)
    if len(named) < len(cells) or not all(name.startswith("x_") for name in named):
        msg = "are not cells of columns of one's own; begin each name with x_, and give it once"
        raise ValueError(msg)
    return tuple(sorted((name, text) for name, text in named.items() if text))


def _number(remedy: Callable[[str], str]) -> BeforeValidator:
    """Return a reader of numbers; what it refuses gets the remedy of its kind of number."""

    def read(text: str) -> object:
        if text == "":
            return None
        if _NUMBER.fullmatch(text):
            return float(text)
        msg = f"is not a number; {remedy(text)}"
        raise ValueError(msg)

    return _of_text(read)


def _yes_no(text: str) -> object:
    answers = {"yes": True, "no": False, "": False}
    if text not in answers:
        msg = "is neither yes nor no; leave it blank for no, or write yes"
        raise ValueError(msg)
    return answers[text]


Day = Annotated[dt.date, _of_text(parse_day)]
OptionalDay = Annotated[dt.date | None, _of_text(lambda text: parse_day(text) if text else None)]
AsOf = Annotated[Period, _of_text(parse_period)]
OptionalPeriod = Annotated[Period | None, _of_text(lambda text: parse_period(text) if text else None)]
LONGEST_NAME = 300


# Trimmed as cells are, so that whatever a scenario holds can be written and read back.
def _trimmed(text: str) -> str:
    """Take blanks off the ends of a text, but nothing that is hidden: that is told, not lost."""
    bare = text.strip(" \t\r\n")
    return bare if texts.hidden_in_prose(bare) else bare.strip()


_TRIMMED, _FILLED = _of_text(_trimmed), StringConstraints(min_length=1)
Line = Annotated[str, _TRIMMED, AfterValidator(texts.one_line)]
Prose = Annotated[str, _TRIMMED, AfterValidator(texts.prose)]
Text = Annotated[str, _FILLED, StringConstraints(max_length=LONGEST_NAME), _TRIMMED, AfterValidator(texts.one_line)]
Reason = Annotated[str, _FILLED, _TRIMMED, AfterValidator(texts.prose)]
Name = Annotated[str, _FILLED, _TRIMMED, AfterValidator(texts.one_line), AfterValidator(_one_name)]
Names = Annotated[tuple[Name, ...], _of_text(_names)]
RequiredNames = Annotated[tuple[Name, ...], _of_text(_names), Field(min_length=1)]
Weights = Annotated[tuple[tuple[Name, Annotated[float, Field(allow_inf_nan=False)]], ...], _of_text(_weights)]
OwnCells = Annotated[tuple[tuple[Line, Prose], ...], AfterValidator(_own_cells)]
PersonsIfBlank = Annotated[Unit, _of_text(lambda text: text or "persons")]
OptionalSourceKind = Literal["", "register", "agency", "media", "other"]
YesNo = Annotated[bool, _of_text(_yes_no)]
_FINITE = Field(allow_inf_nan=False)
_COUNT = Field(allow_inf_nan=False, ge=0)
_POSITIVE = Field(allow_inf_nan=False, gt=0)
_SHARE = Field(allow_inf_nan=False, ge=0, le=1)
_ANY, _PEOPLE, _FIGURE = map(_number, (remedies.for_number, remedies.for_people, remedies.for_figure))
Number = Annotated[float, _ANY, _FINITE]
Positive = Annotated[float, _ANY, _POSITIVE]
Count = Annotated[float, _ANY, _COUNT]
OptionalCount = Annotated[Annotated[float, _COUNT] | None, _ANY]
OptionalPositive = Annotated[Annotated[float, _POSITIVE] | None, _ANY]
OptionalShare = Annotated[Annotated[float, _SHARE] | None, _ANY]
People = Annotated[float, _PEOPLE, _COUNT]
OptionalPeople = Annotated[Annotated[float, _COUNT] | None, _PEOPLE]
OptionalRoom = Annotated[Annotated[float, _POSITIVE] | None, _PEOPLE]
OptionalFigure = Annotated[Annotated[float, _COUNT] | None, _FIGURE]


def to_cell(value: object) -> str:
    """Write a value as the text of a cell, so that reading it gives the value back."""
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case float():
            # Not far beyond 1e15 floats skip whole numbers, so that digits in full would pretend too much.
            return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
        case tuple():
            return "; ".join(f"{v[0]}={to_cell(v[1])}" if isinstance(v, tuple) else str(v) for v in value)
        case _:
            return str(value)


def too_long(name: str) -> str:
    """Say that a name goes on for ever, and what to do."""
    return f"has {len(name):,} letters; give at most {LONGEST_NAME}, and put the rest into a note"


def reworded(message: str, kind: str, cell: str, column: str = "") -> str:
    """Say pydantic's finding in the words of somebody who edits a spreadsheet: the problem; and the remedy."""
    # Messages of pydantic end with the limit.
    limit = message.rpartition(" ")[2]
    match kind:
        case "value_error":
            return message.removeprefix("Value error, ")
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", message)
            remedy = nearest(cell, allowed)
            return f"is not a word known here; {f'{remedy} ' if remedy else ''}allowed: {', '.join(allowed)}"
        case "greater_than_equal" | "greater_than":
            words = "above" if kind == "greater_than" else "not below"
            dash = f", {cell[1:]} if its dash is no minus sign" if limit == "0" and cell.startswith("-") else ""
            return f"is too small; give a number {words} {limit}{_LIMITS.get(column, dash)}"
        case "less_than_equal" | "less_than":
            return f"is too large; give a number not above {limit}{_LIMITS.get(column, '')}"
        case "finite_number":
            return "is not a finite number; leave the cell blank where the figure is not known"
        case "string_too_long":
            return too_long(cell)
        case "too_short":
            return "names nothing; write at least one name"
        case _:
            return f"is not valid here ({message[0].lower()}{message[1:]}); correct it"
