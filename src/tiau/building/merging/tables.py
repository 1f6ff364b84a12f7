"""The tables of a scenario folder as cells by id: rows put in or brought up to date, everything else left as it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar
from unicodedata import category

from pydantic import TypeAdapter, ValidationError

from tiau.faults import Fault, InputError
from tiau.readers.cells import fault_of_cell
from tiau.readers.files import read_text
from tiau.readers.tables import read_table
from tiau.scenario.rows import Row
from tiau.scenario.vocabulary import LONGEST_NAME, to_cell
from tiau.texts import hidden_in_line

R = TypeVar("R", bound=Row)
KEPT = ("severity", "note")
"""Columns that belong to whoever edits the table: an import fills them in new rows alone."""


class EditedTable(Generic[R]):
    """One table of a folder, as it is and as it becomes.

    Parameters
    ----------
    folder : Path
    row_type : type of Row
    own : tuple of str
        Columns of one's own that it is to have.

    Attributes
    ----------
    row_type : type of Row
    header : tuple of str
        Columns of the file, those of the format that it lacks behind them.
    rows : dict of str to tuple of str
        Cells by the row's id, which stands in the first column, in the order of the file.
    changed : bool
    """

    def __init__(self, folder: Path, row_type: type[R], own: tuple[str, ...] = ()) -> None:
        self.row_type, self.changed = row_type, False
        self.header: tuple[str, ...] = (*row_type.columns(), *own)
        self.rows: dict[str, tuple[str, ...]] = {}
        path = folder / row_type.file
        if path.exists():
            self._read(path)
        self._at = {name: position for position, name in enumerate(self.header)}

    def _read(self, path: Path) -> None:
        # Whoever imports into a folder with faults would not know afterwards whose they are.
        if faults := [fault for fault in read_table(path, self.row_type, keep=False).faults if fault.level == "fault"]:
            raise InputError(faults)
        text, _ = read_text(path)
        lines = (cells for cells in csv.reader(text.splitlines(keepends=True)) if any(map(str.strip, cells)))
        header = tuple(name.strip() for name in next(lines, ()))
        self.header = (*header, *(name for name in self.header if name not in header))
        first = self.header.index(self.row_type.columns()[0])
        blank = ("",) * (len(self.header) - len(header))
        for number, cells in enumerate(lines):
            row = tuple(cell.strip() for cell in cells[: len(header)]) + blank
            # Rows of tables without ids, and rows twice, stay where they are.
            key = row[first] if row[first] not in self.rows else f"{row[first]}\0{number}"
            self.rows[key] = row

    def __contains__(self, key: str) -> bool:
        return key in self.rows

    def cell(self, key: str, column: str) -> str:
        """Return a cell of a row; blank where there is no such row."""
        return self.rows[key][self._at[column]] if key in self.rows else ""

    def versions(self, first: str) -> Iterator[str]:
        """Yield the ids of a row and of those that revise it, each with the number of its version behind: x, x-r2."""
        if first in self:
            yield first
            number = 2
            while (key := f"{first}-r{number}") in self:
                yield key
                number += 1

    def put(self, key: str, values: Mapping[str, object], own: Collection[str] = ()) -> str:
        """Put in a row, or bring one up to date: blank values and columns that were edited by hand leave what is there.

        Parameters
        ----------
        key : str
        values : dict of str to object
        own : collection of str
            Columns in which nobody but imports wrote: they become what is given, blank or not.

        Returns
        -------
        {"added", "updated", "unchanged"}
        """
        before = self.rows.get(key)
        cells = {column: seen(_cell(value)) for column, value in values.items() if value is not None and value != ""}
        row = given = tuple([cells.get(column, "") for column in self.header])
        if before is not None:
            row = tuple(
                new if column in own or (new and not (old and column in KEPT)) else old
                for column, old, new in zip(self.header, before, given, strict=True)
            )
        if row == before:
            return "unchanged"
        self.rows[key], self.changed = row, True
        return "added" if before is None else "updated"

    def parsed(self) -> Iterator[R]:
        """Yield the rows as values."""
        columns = self.row_type.columns()
        for row in self.rows.values():
            cells = dict(zip(self.header, row, strict=True))
            extra = tuple((name, text) for name, text in cells.items() if name.startswith("x_"))
            yield self.row_type.model_validate({**{name: cells[name] for name in columns}, "extra": extra})

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.row_type.file

    def require_sound(self) -> None:
        """Check that the table can be read again; raise InputError with every fault."""
        faults = []
        if len(self.rows) > self.row_type.most_rows:
            problem = f"would have {len(self.rows):,} rows, and {self.row_type.most_rows:,} can be read"
            faults.append(Fault(self.file, problem, "import fewer files, or of a shorter time"))
        # Rows have no rules between their cells, so that each different text of a column is read once.
        for name, field in self.row_type.model_fields.items():
            at = self._at.get(field.alias or name)
            if at is not None and name != "extra":
                of_cell: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
                adapter: TypeAdapter[Any] = TypeAdapter(of_cell)
                for text in {row[at] for row in self.rows.values()}:
                    faults += _faults(adapter, self.file, self.header[at], text)
        if faults:
            raise InputError(faults)

    def write(self, path: Path) -> None:
        """Write the table as it becomes."""
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(self.header)
            writer.writerows(self.rows.values())


def _faults(adapter: TypeAdapter[Any], file: str, column: str, text: str) -> Iterator[Fault]:
    try:
        adapter.validate_python(text)
    except ValidationError as error:
        yield fault_of_cell(file, None, column, text, error.errors(include_url=False)[0])


# Millions of cells hold few different days and numbers: each is written once, and held once.
_cell = lru_cache(maxsize=65_536, typed=True)(to_cell)


def seen(text: str) -> str:
    """Return a text without what nobody can see in it."""
    if text.isprintable() or not hidden_in_line(text):
        return text
    return "".join(letter for letter in text if letter.isprintable() and not hidden_in_line(letter))


@lru_cache(maxsize=65_536)
def clean(text: str, longest: int = LONGEST_NAME) -> str:
    """Return a text of an export as a cell can hold it: on one line, nothing hidden, names without semicolons."""
    return seen(" ".join(text.split()).replace(";", ","))[:longest].strip()


def slug(text: str) -> str:
    """Return a text as an id: small Latin letters, digits and hyphens where it has such; others are kept."""
    # Vowels of Burmese, Hindi and others are marks: without them names of many places would be one.
    letters = (letter if letter.isalnum() or letter in "_." or category(letter)[0] == "M" else "-"
               for letter in text.casefold())  # fmt: skip
    return re.sub("-+", "-", "".join(letters)).strip("-")
