"""Time series of UNHCR's Operational Data Portal, by day or month: figures that do not say of whom, where and what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import Columns, columns_of, heading_word
from tiau.readers.exports.findings import Asked, Finding, FoundFigure, LeftOut, Remark
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book, Cells, Grid
from tiau.readers.exports.unhcr_words import PUBLISHER, answered, once, people, which_order
from tiau.readers.exports.values import known, number, order_of, period
from tiau.scenario.quantities import QUANTITIES, QuantityName
from tiau.scenario.spellings.figures import Figure
from tiau.scenario.vocabulary import Period

LAYOUT: dict[str, tuple[str, ...]] = {
    "day": ("data date",),
    "month": ("month",),
    "year": ("year",),
    "stamp": ("unix timestamp",),
    "place": ("geomaster name", "location name", "location", "country", "country of origin", "pop origin name"),
    "people": ("individuals", "individual", "persons", "people", "total", "value"),
}
ANY_OF = (("day", "people"), ("stamp", "people"))
LAST_STAMP = 4_102_444_800
CHOICES = ("arrived_cumulative", "crossed_in_period", "present", "registered")


@dataclass(frozen=True, slots=True)
class _Point:
    number: int
    when: Period
    figure: Figure
    note: str


def _columns(grid: Grid) -> Columns | None:
    found = (columns for keys in ANY_OF if (columns := columns_of(grid, LAYOUT, keys)))
    return next((columns for columns in found if "place" not in columns), None)


def _read(book: Book, answers: Answers) -> Iterator[Finding]:
    """Read points by day, or whole months where a series has months; place and quantity must come from the analyst."""
    for grid in book.grids:
        if columns := _columns(grid):
            yield from _of_grid(grid, columns, book, answers)


def _of_grid(grid: Grid, columns: Columns, book: Book, answers: Answers) -> Iterator[Finding]:
    points: list[_Point] = []
    rows = list(columns.rows(grid))
    order = order_of((columns.cell(cells, "day") for _, cells in rows), answers.dates)
    if order is None:
        yield which_order(grid, rows, columns, "day")
        return
    for number_, cells in rows:
        when, read = _when(columns, cells, order), people(columns.cell(cells, "people"))
        if when is None or read is None:
            reason = "no day" if when is None else "no number of people"
            yield LeftOut(rows=(number_,), sheet=grid.sheet, reason=reason)
        else:
            points.append(_Point(number_, when, *read))
    asked = list(_questions(grid, points, book, answers)) if points else []
    yield from asked
    if not asked:
        yield from _remarks(grid, points, answers)
        yield from once(_figure(grid, point, answers) for point in points)


def _when(columns: Columns, cells: Cells, order: str) -> Period | None:
    if known(day := columns.cell(cells, "day")):
        return period(day, order)
    month, year = columns.cell(cells, "month"), columns.cell(cells, "year")
    if known(month) and known(year):
        return period(f"{year}-{month:0>2}") if month.isdecimal() else period(f"{month} {year}")
    stamp = number(columns.cell(cells, "stamp"))
    if stamp is None or not 0 <= stamp < LAST_STAMP:
        return None
    # Stamps are midnight in UTC; of months their first.
    start = (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=stamp)).date()
    return Period(start, start, start.isoformat())


def _questions(grid: Grid, points: Sequence[_Point], book: Book, answers: Answers) -> Iterator[Asked]:
    rows = tuple(point.number for point in points)
    said = "; ".join(
        text for key, text in book.around.items() if key.endswith(("name", "title", "description")) and text
    )
    first, last = points[0], points[-1]
    which = (
        f"the {len(points)} figures by {'month' if _monthly(points) else 'day'} in {book.file}, {_shown(first)} "
        f"({first.when}) to {_shown(last)} ({last.when}){f', of which it says: {said}' if said else ''}"
    )
    if not answers.place:
        question = f"of which place are {which}? The origin of the people can be given too"
        yield Asked(rows=rows, sheet=grid.sheet, option="place", question=question)
    if not answers.quantity or (doubt := _doubt(points, answers.quantity)):
        doubt = f" {answers.quantity} was answered: {doubt}." if answers.quantity else ""
        question = f"what is counted by {which}?{doubt} {_hint(points)}"
        yield Asked(rows=rows, sheet=grid.sheet, option="quantity", question=question, choices=CHOICES)


def _doubt(points: Sequence[_Point], quantity: QuantityName) -> str:
    """Return why figures can hardly be of the quantity that was answered, which may have been meant of another file."""
    ordered, over_time = _in_order(points), QUANTITIES[quantity].over_time
    if over_time == "cumulative":
        highest = accumulate(map(_value, ordered), max)
        if any(_value(point) < most / 2 for point, most in zip(ordered, highest, strict=True)):
            return "a count since a start never falls by half"
    apart = [(later.when.start - earlier.when.start).days for earlier, later in pairwise(ordered)]
    if over_time == "flow" and not _monthly(points) and not _fall(points) and sum(apart) > 2 * len(apart) > 6:
        return "days lie between the points, so flows would need the days that each is of"
    return ""


def _in_order(points: Sequence[_Point]) -> list[_Point]:
    return sorted(points, key=lambda point: point.when.start)


def _fall(points: Sequence[_Point]) -> _Point | None:
    """Return the first point that is lower than the one before."""
    return next((later for earlier, later in pairwise(_in_order(points)) if _value(later) < _value(earlier)), None)


def _monthly(points: Sequence[_Point]) -> bool:
    return any(point.when.start != point.when.end for point in points)


def _hint(points: Sequence[_Point]) -> str:
    """Say what rising and falling tells."""
    if (fall := _fall(points)) is None:
        return "The figures never fall, which is a hint at a count since a start (arrived_cumulative), not a proof"
    hint = f"The figures fall ({fall.when}: {_shown(fall)}), which a count since a start (arrived_cumulative) does not"
    return f"{hint}; by month they are mostly of those who came in it" if _monthly(points) else hint


def _value(point: _Point) -> float:
    return point.figure.value if point.figure.value is not None else point.figure.low or 0.0


def _shown(point: _Point) -> str:
    return f"{_value(point):,.10g}"


def _remarks(grid: Grid, points: Sequence[_Point], answers: Answers) -> Iterator[Remark]:
    quantity = QUANTITIES[answers.quantity or "present"]
    if quantity.over_time == "cumulative" and (fall := _fall(points)):
        text = f"read as {quantity.name}, which does not fall, yet the figures do ({fall.when}: {_shown(fall)})"
        yield Remark(sheet=grid.sheet, text=text)


def _figure(grid: Grid, point: _Point, answers: Answers) -> FoundFigure:
    quantity, figure, spot = answers.quantity or "present", point.figure, answered(answers.place)
    origin = answered(answers.origin) if answers.origin else None
    of = [each.code or heading_word(each.name) for each in (spot, origin) if each]
    return FoundFigure(
        rows=(point.number,), sheet=grid.sheet, key="; ".join((str(point.when), *of, quantity)),
        start=point.when.start, end=point.when.end, spot=spot, origin=origin, quantity=quantity, value=figure.value,
        bound=figure.bound, low=figure.low, high=figure.high, said_by=answers.said_by or "UNHCR",
        publisher=PUBLISHER, source_kind="agency", note=point.note,
    )  # fmt: skip


FORMATS = (Format("UNHCR portal series", lambda book: any(map(_columns, book.grids)), _read),)
