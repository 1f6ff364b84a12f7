"""Any file that analysts have as grids of texts: csv, tsv, workbook or JSON, told apart by content."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from tiau.readers.exports.contents import kind_of
from tiau.readers.exports.jsons import json_rows
from tiau.readers.exports.texts import text_rows
from tiau.readers.exports.workbooks import old_workbook_rows, workbook_rows

Cells = tuple[str, ...]
Rows = Iterator[tuple[int, Cells]]
HEAD = 60


@dataclass(frozen=True)
class Grid:
    """One sheet of a workbook, or a file that has but one.

    Attributes
    ----------
    sheet : str
        Its name in a workbook; blank otherwise.
    open_rows : callable
        Gives a new iterator over the rows with content: their number and their cells, trimmed texts. Numbers are those
        that a spreadsheet shows; of JSON the keys are row 0 and the first record is 1. Days of workbooks are written
        as YYYY-MM-DD (with THH:MM:SS behind it where there is a time), numbers with a point and never with three
        decimals, so that none can be misread as thousands.
    """

    sheet: str
    open_rows: Callable[[], Rows]

    def rows(self) -> Rows:
        """Iterate over the rows with content: number and cells."""
        numbers = array("L")
        for row in self.open_rows():
            numbers.append(row[0])
            yield row
        # Whoever has gone through all rows leaves their numbers, so that nobody need do it again for them.
        self.__dict__["numbers"] = numbers

    @cached_property
    def numbers(self) -> Sequence[int]:
        """The numbers of the rows with content."""
        return array("L", (number for number, _ in self.open_rows()))

    @cached_property
    def head(self) -> tuple[tuple[int, Cells], ...]:
        """The first rows, at most 60."""
        return tuple(islice(self.open_rows(), HEAD))


@dataclass(frozen=True)
class Book:
    """A file: its name, what it is, and its grids.

    Attributes
    ----------
    file : str
    form : {"text", "workbook", "json"}
    grids : tuple of Grid
    around : dict of str to str
        What a JSON file says beside its records, by dotted key.
    notes : tuple of str
        What to know about how it was read, such as its letters, each a clause without a full stop.
    """

    file: str
    form: str
    grids: tuple[Grid, ...]
    around: dict[str, str]
    notes: tuple[str, ...] = ()


def read_book(path: Path) -> Book:
    """Read a file as grids; raise InputError where it cannot be read.

    What it is is told by its content, never by its name. Text files are read anew for each iteration, so that none is
    held in memory; workbooks and JSON are bounded in what they may unpack to.
    """
    kind = kind_of(path)
    if kind in ("zip", "old workbook"):
        sheets, notes = workbook_rows(path) if kind == "zip" else old_workbook_rows(path)
        return Book(path.name, "workbook", tuple(Grid(name, rows) for name, rows in sheets), {}, notes)
    if kind == "json":
        rows, around, notes = json_rows(path)
        return Book(path.name, "json", (Grid("", rows),), around, notes)
    rows, notes = text_rows(path)
    return Book(path.name, "text", (Grid("", rows),), {}, notes)
