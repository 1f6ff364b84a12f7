"""A CSV file of Flee's as rows of trimmed cells, and cells as values, every fault with its row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from tiau.faults import plain
from tiau.readers.cells import LONGEST_CELL, unreadable_cell
from tiau.readers.files import LARGEST_FILE, read_text
from tiau.readers.notes import Notes
from tiau.readers.odd_rows import other_separator
from tiau.texts import hidden_in_line

LARGEST_INTEGER = 10_000_000_000
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
LARGEST_NUMBER = 1e12
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
OTHERWISE = {"lat": "latitude", "lon": "longitude", "long": "longitude"}
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Line:
    """A row: its number as a spreadsheet shows it, and its trimmed cells."""

    row: int
    cells: tuple[str, ...]

    def __getitem__(self, position: int) -> str:
        return self.cells[position] if position < len(self.cells) else ""

    @property
    def comment(self) -> bool:
        """Whether the row is a comment or a header, which Flee skips."""
        return self[0].startswith("#")


class Sheet:
    """A file of Flee's.

    Parameters
    ----------
    path : Path
    columns : tuple of str
        What the columns are called in messages, by position.
    notes : Notes
        Takes what is found.
    shown : str, optional
        What the file is called in messages; by default its name.

    Attributes
    ----------
    lines : list of Line
        The rows that are not blank, comments included.
    readable : bool
        Whether they are all of the file.
    """

    def __init__(self, path: Path, columns: tuple[str, ...], notes: Notes, shown: str = "") -> None:
        self.file, self.columns, self.notes = shown or path.name, columns, notes
        self.lines: list[Line] = []
        self._rows: dict[Hashable, int] = {}
        text, faults = read_text(path)
        self.readable = not faults
        if faults:
            notes.take(replace(faults[0], file=self.file))
            return
        with path.open("rb") as stream:
            if stream.read(len(_BOM)) == _BOM:
                notes.repair(self.file, "began with a byte order mark, which was left out", 1)
        self.readable = not self._separated_otherwise(text)
        if self.readable:
            self._read(text)

    def _read(self, text: str) -> None:
        csv.field_size_limit(LARGEST_FILE)
        blank: list[int] = []
        padded: list[tuple[int, str]] = []
        number = 0
        try:
            for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
                trimmed = tuple(cell.strip() for cell in cells)
                if not any(trimmed):
                    blank += [number] if cells else []
                    continue
                if number > 1 and trimmed != tuple(cells) and not trimmed[0].startswith("#"):
                    padded += [
                        (number, kept) for kept, cell in zip(trimmed, cells, strict=True)
                        if kept != cell and kept and not _NUMBER.fullmatch(kept)
                    ]  # fmt: skip
                whole = "".join(trimmed)
                for position, cell in (
                    enumerate(trimmed) if len(whole) > LONGEST_CELL or not whole.isprintable() else ()
                ):
                    if not cell.isprintable() or len(cell) > LONGEST_CELL:
                        self._unreadable(number, position, cell)
                        trimmed = tuple(" ".join(text.split()) for text in trimmed)
                self.lines.append(Line(number, trimmed))
        except csv.Error as error:
            remedy = "look for a quotation mark that is not closed, or double it inside a text"
            self.notes.fault(self.file, f"is not a table from here on ({error})", remedy, number + 1)
            self.readable = False
        if blank:
            problem = f"has {len(blank):,} rows of empty cells, which were left out"
            self.notes.repair(self.file, problem, blank[0], kind="rows of empty cells")
        if padded:
            others = f" (and around {len(padded) - 1:,} other texts)" if len(padded) > 1 else ""
            problem = f"had blanks around it, which were left out{others}"
            self.notes.repair(self.file, problem, padded[0][0], cell=padded[0][1], kind="blanks")

    def _separated_otherwise(self, text: str) -> bool:
        """Whether another mark than a comma parts the cells, which is noted; a remark alone may hold one."""
        rows = ((row, line.strip("\r\n")) for row, line in enumerate(io.StringIO(text), start=1) if line.strip())
        first = list(islice(rows, 2))
        wrong = other_separator(self.file, first[0][0], first[0][1].split(",")) if first else None
        table = (
            bool(first)
            and not first[-1][1].startswith("#")
            and all(any(mark in line for mark in ";\t|=") for _, line in first)
        )
        if wrong and table:
            self.notes.take(wrong)
        return wrong is not None and table

    def say_order(self, header: Line) -> None:
        """Warn where a header names columns in another order than that in which they are read."""
        called = [OTHERWISE.get(name, name) for name in (plain(cell.lstrip("#")) for cell in header.cells)]
        for position, (name, read) in enumerate(zip(called, self.columns, strict=False)):
            if name != read and name in self.columns:
                problem = f"is the name of column {position + 1}, which is read as {read}, in Flee too"
                remedy = f"put the columns into this order: {', '.join(self.columns)}"
                self.notes.warn(self.file, problem, remedy, header.row, cell=header[position], kind="order of columns")

    def _unreadable(self, row: int, position: int, cell: str) -> None:
        fault = unreadable_cell(self.file, row, self.column(position), cell)
        fault = fault or unreadable_cell(self.file, row, self.column(position), " ".join(cell.split()), hidden_in_line)
        if fault:
            self.notes.take(replace(fault, cell=cell))
            self.readable = False

    def column(self, position: int) -> str:
        """Return what a column is called."""
        return self.columns[position] if position < len(self.columns) else f"number {position + 1}"

    def data(self) -> Iterator[Line]:
        """Return the rows that are no comments."""
        return (line for line in self.lines if not line.comment)

    def fault(self, line: Line, position: int, problem: str, remedy: str) -> None:
        """Note a fault of a cell."""
        self.notes.fault(self.file, problem, remedy, line.row, self.column(position), line[position])

    def require(self, line: Line, cells: int) -> bool:
        """Whether a row has enough cells; otherwise a fault is noted."""
        if len(line.cells) >= cells:
            return True
        problem = f"has {len(line.cells)} cells, not {cells}"
        self.notes.fault(self.file, problem, f"give {', '.join(self.columns[:cells])}", line.row, cell=line[0])
        return False

    def earlier(self, line: Line, key: Hashable) -> int | None:
        """Return the row in which a key stood first; None where it stands in none before."""
        row = self._rows.setdefault(key, line.row)
        return row if row != line.row else None

    def integer(self, line: Line, position: int, *, blank: int | None = None, least: int | None = None) -> int:
        """Return a cell as a whole number; the value for a blank, or 0, where it is none."""
        text = line[position]
        if not text and blank is not None:
            return blank
        if _INTEGER.fullmatch(text) and len(text) < 20 and abs(int(text)) <= LARGEST_INTEGER:
            if least is None or int(text) >= least:
                return int(text)
            self.fault(line, position, "is too small", f"give a number not below {least}")
        elif _INTEGER.fullmatch(text):
            self.fault(line, position, "is too large", "give a number that can be")
        else:
            problem = "is not a whole number" if text else "is blank"
            remedy = "write digits only, without commas or decimals" if text else "give a whole number"
            self.fault(line, position, problem, remedy)
        return 0 if blank is None else blank

    def number(self, line: Line, position: int, *, blank: float | None = None, least: float | None = None) -> float:
        """Return a cell as a number; the value for a blank, or 0, where it is none."""
        text = line[position]
        if not text and blank is not None:
            return blank
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not abs(value) <= LARGEST_NUMBER:
            remedy = "write digits, with a point before decimals" if text else "give a number"
            self.fault(line, position, "is not a number that can be used" if text else "is blank", remedy)
        elif least is not None and value < least:
            self.fault(line, position, "is too small", f"give a number not below {least:g}")
        else:
            return value
        return 0.0 if blank is None else blank

    def day_of_run(self, line: Line, position: int, start: dt.date | None, *, least: int | None = None) -> int:
        """Return a cell as a day counted from the start; for a date the number is the remedy."""
        date = date_in(line[position])
        if date is None:
            return self.integer(line, position, least=least)
        number = "" if start is None else f": {max((date - start).days, 0)}"
        self.fault(line, position, "is a date", f"write the number of the day, StartDate being day 0{number}")
        return 0

    def day(self, line: Line, position: int) -> dt.date | None:
        """Return a cell as a day; None, with a fault noted, where it is none."""
        day = date_in(line[position])
        if day is None:
            self.fault(line, position, "is not a day" if line[position] else "is blank", "write it as YYYY-MM-DD")
        elif not EARLIEST <= day <= LATEST:
            self.fault(line, position, "lies in another century", "check the year")
            return None
        return day


def is_word(text: str) -> bool:
    """Whether a cell is a word, as in a header, where the rows below have numbers or days."""
    return any(letter.isalpha() for letter in text) and not any(letter.isdigit() for letter in text)


def date_in(text: str) -> dt.date | None:
    """Return a text as a day; None where it is none."""
    found = _DAY.fullmatch(text)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
