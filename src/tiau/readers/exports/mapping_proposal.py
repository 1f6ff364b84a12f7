"""How an analyst's own table may be read, told from its headings, its cells and the notes around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, cast

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import heading_word
from tiau.readers.exports.grids import Book
from tiau.readers.exports.mapping import Mapping, Measure, Table
from tiau.readers.exports.mapping_headings import JOINT, Headed, headed
from tiau.readers.exports.mapping_notes import Said, said_around
from tiau.readers.exports.mapping_words import (
    field_of,
    generic_sheet,
    households,
    part,
    persons,
    quantity_of,
    totals,
)
from tiau.readers.exports.values import count, known, order_of, readings
from tiau.scenario.quantities import QuantityName

_WHERE = ("place", "code", "admin2", "admin1", "country")
_OPEN_DAY = "01/02/2023"


def propose(book: Book, answers: Answers) -> Mapping | None:
    """Return how the tables of a book may be read; None where none has headings that tell.

    The sheet that tells most is taken; those with the same headings are read like it.
    """
    drafts = [draft for grid in book.grids if (table := headed(grid)) and (draft := _draft(table, answers))]
    return max(drafts, key=lambda draft: len(draft.headings) + 2 * len(draft.figures), default=None)


@dataclass(frozen=True)
class _Column:
    """A column of figures, and what its heading says of them; `quantity` is None for one that no report has."""

    name: str
    quantity: QuantityName | str | None
    unit_is_households: bool
    is_part: bool
    is_persons: bool

    @property
    def told(self) -> bool:
        return bool(self.quantity) or self.unit_is_households or self.is_part or self.is_persons

    @property
    def whole(self) -> bool:
        return not (self.unit_is_households or self.is_part)


def _draft(table: Headed, answers: Answers) -> Mapping | None:
    columns = _fields(table)
    order = _order(table, columns, answers)
    said = said_around(table.grid, table, order)
    numeric = [
        _column(name)
        for at, name in enumerate(table.names)
        if name and name not in columns.values() and at not in table.days and _are_counts(table.column(at))
    ]
    across, figures = _figures(table, columns, numeric, said)
    kind = _kind(columns, figures)
    if kind is None or not (across or "day" in columns or any(key in columns for key in _WHERE)):
        return None
    figures = figures if kind == "reports" else ()
    read = {figure.heading for figure in figures}
    placed = any(key in columns for key in _WHERE) or across == "places"
    by_sheet = kind == "reports" and not placed and bool(table.grid.sheet) and not _no_place(table.grid.sheet)
    return Mapping(
        table=kind,
        columns={key: name for key, name in columns.items() if key in _USED[kind]},
        figures=figures,
        across=across,
        not_read=tuple(one.name for one in numeric if one.name not in read) if across != "places" else
        tuple(one.name for one in numeric if one.told),
        place_from="sheet" if by_sheet else "",
        origin=said.origin if kind == "reports" and "origin" not in columns else "",
        said_by=said.said_by,
        dates=order,
        dash=said.dash or "unknown",
    )  # fmt: skip


_SHARED_FIELDS = {*_WHERE, "latitude", "longitude", "note"}
_USED: dict[Table, set[str]] = {
    "reports": {*_SHARED_FIELDS, "day", "until", "origin", "said_by"},
    "events": {*_SHARED_FIELDS, "day", "until", "kind", "fatalities", "id", "said_by"},
    "places": {*_SHARED_FIELDS, "kind", "people"},
    "populations": {*_SHARED_FIELDS, "people"},
}


def _fields(table: Headed) -> dict[str, str]:
    """Return the heading of each field; a field of days or of figures needs cells that are some."""
    found: dict[str, str] = {}
    for at, name in enumerate(table.names):
        cells = table.column(at)
        for key in _likely(name):
            if key not in found and name not in found.values() and _fits(key, cells):
                found[key] = name
    if "day" not in found:
        # Without a word for days in the heading, digits alone are figures, and no days of a spreadsheet.
        found |= _first(table, found, "day", lambda cells: _are_days([c for c in cells if not c.isdigit()] or ["-"]))
    if table.days and "place" not in found:
        found |= _first(table, found, "place", _are_words)
    return found


def _first(table: Headed, found: dict[str, str], key: str, fits: Callable[[Sequence[str]], bool]) -> dict[str, str]:
    """Return the first column that no other field has and whose cells fit, as a field."""
    taken = {*found.values(), *(table.names[at] for at in table.days)}
    names = [name for at, name in enumerate(table.names) if name and name not in taken and fits(table.column(at))]
    return {key: names[0]} if names else {}


def _likely(name: str) -> list[str]:
    """Return the fields that a heading can be of, the most likely first: by all its words, else by one of them."""
    leaf = name.rpartition(JOINT)[2]
    words = heading_word(leaf).split()
    found = [field_of(name), field_of(leaf)]
    if not (quantity_of(name) or households(leaf) or part(leaf)):
        found += [field_of(word) for word in words if field_of(word) in ("day", "place", "note", "country", "origin")]
    return [key for key in dict.fromkeys(found) if key]


def _fits(key: str, cells: Sequence[str]) -> bool:
    if key in ("day", "until"):
        return _are_days(cells)
    if key in ("fatalities", "people"):
        return _are_counts(cells)
    if key in ("place", "country", "admin1", "admin2", "origin", "kind"):
        return _are_words(cells)
    return True


def _are_days(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if known(cell)]
    return bool(filled) and sum(bool(readings(cell)) for cell in filled) > 0.6 * len(filled)


def _are_counts(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if known(cell)]
    return bool(filled) and sum(count(cell) is not None for cell in filled) > 0.6 * len(filled)


def _are_words(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if known(cell)]
    return bool(filled) and sum(any(map(str.isalpha, cell)) and count(cell) is None for cell in filled) > 0.5 * len(
        filled
    )


def _order(table: Headed, columns: dict[str, str], answers: Answers) -> Literal["", "day-first", "month-first"]:
    """Return the order of day and month that the cells tell, or else the answer."""
    at = [table.names.index(columns[key]) for key in ("day", "until") if key in columns]
    cells = chain(*(table.column(one) for one in at), [table.names[one].rpartition(JOINT)[2] for one in table.days])
    return cast(Literal["", "day-first", "month-first"], order_of(chain(cells, [_OPEN_DAY]), answers.dates) or "")


def _column(name: str) -> _Column:
    leaf = name.rpartition(JOINT)[2]
    quantity = quantity_of(leaf)
    quantity = quantity_of(name) if quantity == "" else quantity
    return _Column(name, quantity, households(leaf), part(leaf), persons(leaf))


def _figures(
    table: Headed, columns: dict[str, str], numeric: list[_Column], said: Said
) -> tuple[Literal["", "days", "places"], tuple[Measure, ...]]:
    titled = said.quantity or ""
    if table.days and _are_counts([cell for at in table.days for cell in table.column(at)]):
        within = quantity_of(" ".join(table.names[at] for at in table.days)) or titled
        return "days", (Measure(heading="", quantity=cast(QuantityName, within)),)
    unknown = [one for one in numeric if _may_be_place(one)]
    wholes = [one for one in numeric if one.told and one not in unknown and one.whole and not totals(one.name)]
    if "day" in columns and not any(key in columns for key in _WHERE) and len(unknown) >= 2 and not wholes:
        within = next((one.quantity for one in unknown if one.quantity), "") or titled
        return "places", (Measure(heading="", quantity=cast(QuantityName, within)),)
    return "", _chosen([one for one in numeric if one.told], titled)


def _may_be_place(column: _Column) -> bool:
    """Whether a heading is a name that says nothing of what is counted; "New arrivals" may stand over it."""
    above, _, leaf = column.name.rpartition(JOINT)
    silent = not column.told or (bool(above) and column.whole and quantity_of(leaf) == "" and not column.is_persons)
    return silent and leaf.replace(" ", "").replace("-", "").replace("'", "").isalpha() and not leaf[:1].islower()


def _chosen(numeric: list[_Column], titled: str) -> tuple[Measure, ...]:
    """Return the columns that are taken: people rather than households, the whole rather than its parts."""
    groups: dict[str, list[_Column]] = {}
    nearest = titled
    for one in numeric:
        if one.quantity is None:
            continue
        # Households and parts are of what stands to their left; people alone are of what the title says.
        own = one.quantity or (titled if one.whole else nearest)
        groups.setdefault(own, []).append(one)
        nearest = own
    found: list[Measure] = []
    for quantity, columns in groups.items():
        wholes = [one for one in columns if one.whole]
        people = [one for one in columns if not one.unit_is_households]
        if wholes:
            taken = next((one for one in wholes if one.is_persons), wholes[0])
            found.append(_measure(taken, quantity))
        elif people:
            found += [_measure(one, quantity, part=one.name.rpartition(JOINT)[2]) for one in people]
        else:
            found.append(_measure(columns[0], quantity))
    return tuple(found)


def _measure(column: _Column, quantity: str, part: str = "") -> Measure:
    unit: Literal["persons", "households"] = "households" if column.unit_is_households else "persons"
    return Measure(heading=column.name, quantity=cast(QuantityName, quantity), unit=unit, part=part)


def _kind(columns: dict[str, str], figures: tuple[Measure, ...]) -> Table | None:
    placed = any(key in columns for key in _WHERE)
    if placed and "day" in columns and ("fatalities" in columns or ("kind" in columns and not figures)):
        return "events"
    if placed and {"latitude", "longitude"} <= columns.keys() and not figures:
        return "places"
    if placed and "people" in columns and "day" not in columns:
        return "populations"
    return "reports" if figures else None


def _no_place(sheet: str) -> bool:
    return generic_sheet(sheet) or bool(readings(sheet)) or quantity_of(sheet) != ""
