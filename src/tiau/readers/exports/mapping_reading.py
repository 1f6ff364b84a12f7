"""An analyst's own table read by its mapping: figures, events, places or populations, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tiau.faults import clip, plain, some_of
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.columns import NEAR_NAME, heading_word
from tiau.readers.exports.findings import Asked, Finding, LeftOut, Remark, Spot, Tier
from tiau.readers.exports.grids import Book, Cells
from tiau.readers.exports.mapping import Mapping
from tiau.readers.exports.mapping_headings import JOINT, Headed, headed
from tiau.readers.exports.mapping_notes import Said, said_around
from tiau.readers.exports.mapping_words import note, totals
from tiau.readers.exports.values import known, number, order_of, period, readings
from tiau.scenario.vocabulary import Period

_TIERS: tuple[Tier, ...] = ("admin2", "admin1", "country")


@dataclass
class Sheet:
    """A sheet that a mapping fits.

    Attributes
    ----------
    table : Headed
    mapping : Mapping
        With the headings as this sheet writes them.
    answers : Answers
    said : Said
        What stands around the table.
    order : str or None
        Of day and month; None where it must be asked.
    renamed : dict of str to str
        Headings taken for those of the mapping by their likeness.
    asked : dict of str to (str, list of int)
        The first question and the rows that wait for its answer, by option.
    """

    table: Headed
    mapping: Mapping
    answers: Answers
    said: Said
    order: str | None
    renamed: dict[str, str]
    asked: dict[str, tuple[str, list[int]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return self.table.grid.sheet

    def cell(self, cells: Cells, key: str) -> str:
        """Return the cell of a field; blank where the table has none, or its writer knew none."""
        found = self.of_heading(cells, self.mapping.columns.get(key, ""))
        return found if known(found) else ""

    def of_heading(self, cells: Cells, heading: str) -> str:
        """Return the cell below a heading."""
        at = self.table.names.index(heading) if heading else len(cells)
        return cells[at] if at < len(cells) else ""

    def ask(self, number: int, option: str, question: str) -> None:
        """Note that a row waits for an answer."""
        self.asked.setdefault(option, (question, []))[1].append(number)

    def spot(self, cells: Cells) -> Spot | None:
        """Return the place that a row speaks of; None where neither the row, nor the sheet, nor an answer says it."""
        name, code = self.cell(cells, "place"), self.cell(cells, "code")
        above = {tier: self.cell(cells, tier) for tier in _TIERS}
        lat, lon = (number(self.cell(cells, key)) for key in ("latitude", "longitude"))
        if not _on_earth(lat, lon):
            lat = lon = None
        tier: Tier = "place" if name else next((tier for tier in _TIERS if above[tier]), "")
        if tier in above:
            name, above[tier] = above[tier], ""
        if name or code:
            return Spot(tier, name, code, above["country"], above["admin1"], above["admin2"], lat=lat, lon=lon)
        return self.spot_of_sheet()

    def spot_of_sheet(self) -> Spot | None:
        """Return the place that the whole sheet is of, as its title spells it."""
        if self.mapping.place_from == "sheet" and self.name:
            spelled = _as_spelled(
                self.name, [cell for n, row in self.table.grid.head for cell in row if n < self.table.first]
            )
            return Spot("place", spelled, aliases=(self.name,) if spelled != self.name else ())
        name = self.mapping.place or self.answers.place
        return Spot("", name) if name else None

    def when(self, cells: Cells) -> Period | None:
        """Return the days that a row speaks of, as its cells tell them."""
        first, last = (period(self.cell(cells, key), self.order or "") for key in ("day", "until"))
        if first is None or last is None or last.end < first.start:
            return first
        return Period(first.start, last.end, f"{first.start}/{last.end}")


def _on_earth(lat: float | None, lon: float | None) -> bool:
    return lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180


def _as_spelled(name: str, titles: list[str]) -> str:
    """Return a name with the accents that a title gives it: the sheet is "Tine", its title speaks of Tiné."""
    length = len(name.split())
    for title in titles:
        words = title.replace(",", " ").replace(":", " ").split()
        for at in range(len(words)):
            spelled = " ".join(words[at : at + length])
            if plain(spelled) == plain(name):
                return spelled
    return name


def sheets_of(book: Book, mapping: Mapping, answers: Answers) -> list[Sheet]:
    """Return the sheets of a book that a mapping fits."""
    found = []
    for grid in book.grids:
        if (table := headed(grid)) and (fitted := _fitted(table, mapping)):
            here, renamed = fitted
            order = _order(table, here, answers)
            said = said_around(grid, table, order or "")
            found.append(Sheet(table, here, answers, said, order, renamed))
    named = {sheet.said.said_by for sheet in found} - {""}
    if len(named) == 1 and not mapping.said_by:
        # One sheet of the workbook names an office, and none names another.
        only = named.pop()
        found = [replace(sheet, mapping=replace(sheet.mapping, said_by=only)) for sheet in found]
    return found


def _order(table: Headed, mapping: Mapping, answers: Answers) -> str | None:
    given = answers.dates or mapping.dates
    if mapping.across == "days":
        return order_of((table.names[at].rpartition(JOINT)[2] for at in table.days), given)
    at = [table.names.index(mapping.columns[key]) for key in ("day", "until") if key in mapping.columns]
    below = (cells for number, cells in table.grid.rows() if number > table.last)
    return order_of((cells[one] for cells in below for one in at if one < len(cells)), given)


def _fitted(table: Headed, mapping: Mapping) -> tuple[Mapping, dict[str, str]] | None:
    """Return a mapping with the headings of a table, and those that were renamed; None where it does not fit."""
    own = {heading_word(name): name for name in reversed(table.names) if name}
    wanted = dict.fromkeys(mapping.headings)
    same = {name: own[heading_word(name)] for name in wanted if heading_word(name) in own}
    missing = [name for name in wanted if name not in same]
    renamed: dict[str, str] = {}
    if len(missing) > 1 or (missing and len(wanted) < 2) or (mapping.across == "days" and not table.days):
        return None
    if missing:
        likeness = _like(missing[0], [name for name in own.values() if name not in same.values()])
        if not likeness and missing[0] != mapping.columns.get("note"):
            return None
        renamed = {missing[0]: likeness} if likeness else {}
        same |= renamed
    columns = {key: same[name] for key, name in mapping.columns.items() if name in same}
    figures = tuple(replace(one, heading=same.get(one.heading, "")) for one in mapping.figures)
    return replace(mapping, columns=columns, figures=figures), renamed


def _like(heading: str, others: list[str]) -> str:
    from rapidfuzz import fuzz, process

    best = process.extractOne(
        heading_word(heading), {name: heading_word(name) for name in others}, scorer=fuzz.token_sort_ratio
    )
    return str(best[2]) if best and best[1] >= NEAR_NAME - 12 else ""


def matches(book: Book, mapping: Mapping) -> bool:
    """Whether a mapping that was kept fits a book: its headings are there, one of them renamed at most."""
    return any((table := headed(grid)) and _fitted(table, mapping) for grid in book.grids)


def remarks(book: Book, sheets: list[Sheet]) -> Iterator[Finding]:
    """Say what was taken by likeness, and which sheets were not read."""
    for sheet in sheets:
        for old, new in sheet.renamed.items():
            yield Remark(
                sheet=sheet.name, text=f'the heading "{clip(new)}" is taken for "{clip(old)}", which it is like'
            )
        named = {*sheet.mapping.headings, *sheet.mapping.not_read, *sheet.renamed.values(), ""}
        unread = [f'"{clip(name)}"' for name in sheet.table.names if name not in named]
        if unread and not sheet.mapping.across:
            yield Remark(
                sheet=sheet.name, text=f"columns that the mapping does not name are not read: {some_of(unread, 5)}"
            )
        if sheet.said.said_by == "" and sheet.mapping.said_by:
            yield Remark(sheet=sheet.name, text=f'names no source; "{clip(sheet.mapping.said_by)}" is taken for it')
    read = {sheet.name for sheet in sheets}
    others = [f'"{clip(grid.sheet)}"' for grid in book.grids if grid.sheet not in read and grid.head]
    if others and sheets:
        yield Remark(text=f"not read, as the headings are others: {some_of(others, 5)}")


def left_out_as(sheet: Sheet, cells: Cells) -> str:
    """Return why a row is no row of the table; blank where it is one."""
    filled = [(at, cell) for at, cell in enumerate(cells) if cell]
    first = filled[0][1]
    if any(plain(first).startswith(plain(start)) for start in sheet.mapping.leave_out if start):
        return f'begins with "{clip(first, 40)}", which the mapping leaves out'
    if not readings(first) and totals(first):
        return "a row of totals"
    if len(filled) == 1 and (note(first) or len(first) > 30):
        return "a note"
    names = sheet.table.names
    if (
        sum(
            at < len(names) and heading_word(names[at].rpartition(JOINT)[2]) == heading_word(cell)
            for at, cell in filled
        )
        > 1
    ):
        return "the headings again"
    return ""


def questions(sheet: Sheet) -> Iterator[Finding]:
    """Ask what the rows of a sheet wait for."""
    choices = {
        "dates": ("day-first", "month-first"),
        "quantity": ("crossed_in_period", "arrived_cumulative", "present"),
    }
    for option, (question, rows) in sheet.asked.items():
        yield Asked(
            rows=tuple(dict.fromkeys(rows)),
            sheet=sheet.name,
            option=option,
            question=question,
            choices=choices.get(option, ()),
        )


def known_on(sheet: Sheet, end: dt.date) -> dt.date | None:
    """Return the day as of which the table was made, unless the row speaks of a later one."""
    day = sheet.said.known_on
    return day if day is not None and day >= end else None


def left_out(sheet: Sheet, number: int, reason: str) -> LeftOut:
    """Return a row that becomes nothing."""
    return LeftOut(rows=(number,), sheet=sheet.name, reason=reason)
