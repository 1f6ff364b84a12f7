"""A CSV file read into frozen rows, every fault with its row and column; and rows written back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from tiau.faults import Fault, Suggestions, plain
from tiau.readers.cells import fault_of_cell, stand_in, unreadable_cell
from tiau.readers.files import read_text
from tiau.readers.odd_rows import other_separator, refused_row, row_left_out, tags
from tiau.scenario.rows import Row
from tiau.scenario.vocabulary import to_cell
from tiau.texts import hidden_in_line

MOST_COLUMNS = 500
HEADER_WITHIN = 25
MOST_FAULTS = 20_000

R = TypeVar("R", bound=Row)


@dataclass
class Table(Generic[R]):
    """What was read of one file.

    Attributes
    ----------
    rows : list of Row
        In order, without rows that are none of the table; one with a fault has stand-ins in columns that are not sound.
    faults : list of Fault
    readable : bool
        Whether the rows can be relied on to be all there: other tables may be checked against them.
    count : int
        Number of rows, kept or not.
    """

    rows: list[R] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    readable: bool = True
    count: int = 0


def read_table(path: Path, row_type: type[R], *, keep: bool = True) -> Table[R]:
    """Read one table of a scenario folder: a CSV file with a header, whose columns and their types a row type gives.

    Without `keep` the rows are checked each for itself and let go, which needs no room for them.
    """
    text, faults = read_text(path, row_type.largest_file)
    table: Table[R] = Table(faults=faults, readable=not faults)
    if faults:
        return table
    # A cell beyond the limit of the module would end the reading; our own check names its row and column.
    csv.field_size_limit(row_type.largest_file)
    records = enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1)
    number = 0
    try:
        number, header, above = _find_header(records, row_type)
        table.faults += [_above_the_header(path.name, *row) for row in above]
        table.faults += _check_header(path.name, number, header, row_type)
        header = ["" if hidden_in_line(name) else name for name in header]
        table.readable = _reliable(header, row_type)
        if _worth_reading(header, row_type):
            for number, cells in records:
                # Rows without a letter are many at the end of a spreadsheet's file: they are passed over quickly.
                if any(cells) and any(cell.strip() for cell in cells):
                    if fault := row_left_out(path.name, number, cells, header):
                        table.faults.append(fault)
                    else:
                        _add_row(table, path.name, number, header, cells, row_type)
                        table.count += 1
                        if not keep:
                            table.rows.clear()
                    if fault := _too_much(table, path.name, number, row_type):
                        table.faults.append(fault)
                        table.readable = False
                        break
    except csv.Error as error:
        remedy = "look for a quotation mark that is not closed, or double it inside a text"
        table.faults.append(Fault(path.name, f"is not a table from here on ({error})", remedy, row=number + 1))
        table.readable = False
    return table


def _find_header(
    records: Iterator[tuple[int, list[str]]], row_type: type[Row]
) -> tuple[int, list[str], list[tuple[int, list[str]]]]:
    """Return the number of the header, the header, and the rows with a text above it.

    The first row is the header, unless it has none of the columns and one of the next rows has all that are required.
    """
    above: list[tuple[int, list[str]]] = []
    for number, cells in islice(records, HEADER_WITHIN):
        header = _trimmed(cells)
        if set(row_type.required_columns()) <= set(header) or (not above and _worth_reading(header, row_type)):
            return number, header, above
        if header:
            above.append((number, header))
    return (*above[0], []) if above else (1, [], [])


def _above_the_header(file: str, number: int, cells: Sequence[str]) -> Fault:
    if fault := tags(file, number, cells) or other_separator(file, number, cells):
        return fault
    return Fault(file, "stands above the header", "delete the row", number, cell=next(filter(None, cells)))


def _reliable(header: Sequence[str], row_type: type[Row]) -> bool:
    """Whether each cell stands under the right name, so that other tables can be checked against this one."""
    columns = set(row_type.columns())
    # An unknown column beside a missing one may be that column misspelt, so no cell can be relied on.
    unknown = {name for name in header if name not in columns and not name.startswith("x_")}
    complete = set(row_type.required_columns()) <= set(header) and not (unknown and columns - set(header))
    return _worth_reading(header, row_type) and complete and len(set(header)) == len(header)


def _worth_reading(header: Sequence[str], row_type: type[Row]) -> bool:
    return len(header) <= MOST_COLUMNS and not set(row_type.required_columns()).isdisjoint(header)


def _trimmed(header: Sequence[str]) -> list[str]:
    """Return the header without the empty columns that spreadsheets add at its end."""
    names = [name.strip() for name in header]
    # In the middle a column without a name may hold values, so only those at the end go.
    while names and not names[-1]:
        names.pop()
    return names


def _check_header(file: str, number: int, header: Sequence[str], row_type: type[Row]) -> list[Fault]:
    columns = row_type.columns()
    if not header:
        return [Fault(file, "is empty", f"give it the columns {', '.join(columns)}", number)]
    if fault := other_separator(file, number, header):
        return [fault]
    if len(header) > MOST_COLUMNS:
        return [Fault(file, f"has {len(header):,} columns", f"keep those of this table: {', '.join(columns)}", number)]
    faults = list(_header_faults(file, number, header, columns))
    # A column whose name is nearly right is told once, not as an unknown one and as a missing one.
    told = {fault.remedy for fault in faults}
    absent = [name for name in row_type.required_columns() if name not in header]
    missing = [name for name in absent if f'did you mean "{name}"?' not in told]
    add = "add it to the header, and a value in each row"
    return faults + [Fault(file, f'has no column "{name}"', add, number) for name in missing]


def _header_faults(file: str, number: int, header: Sequence[str], columns: Sequence[str]) -> Iterator[Fault]:
    suggest = Suggestions(columns, "begin its name with x_ to keep it as it is, or delete the column")
    for position, name in enumerate(header):
        if not name:
            remedy = f"give column {position + 1} a name that begins with x_, or delete the column"
            yield Fault(file, "has a column without a name", remedy, number)
        elif said := hidden_in_line(name):
            yield Fault.saying(file, said, number, cell=name)
        elif name in header[:position]:
            yield Fault(file, "stands twice in the header", "remove one", number, name)
        elif name not in columns and not name.startswith("x_"):
            # Latitude is too far from lat for a misprint, but begins with it.
            begun = [column for column in columns if column not in header and plain(name).startswith(column)]
            remedy = suggest(begun[0] if begun else name)
            yield Fault(file, "is not a column of this table", remedy, number, cell=name)


def _too_much(table: Table[R], file: str, number: int, row_type: type[R]) -> Fault | None:
    remedy = "correct what is shown, then check again"
    if len(table.faults) >= MOST_FAULTS:
        return Fault(file, f"has more than {MOST_FAULTS:,} faults: the rest was not read", remedy, number)
    if table.count > row_type.most_rows:
        return Fault(
            file, f"has more than {row_type.most_rows:,} rows: the rest was not read", "leave rows out", number
        )
    return None


def _add_row(
    table: Table[R], file: str, number: int, header: Sequence[str], cells: Sequence[str], row_type: type[R]
) -> None:
    texts = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    faults = _length_fault(file, number, header, cells)
    wrong = set(row_type.columns()) if faults else set()
    for column, text in texts.items():
        if fault := unreadable_cell(file, number, column, text):
            faults.append(fault)
            wrong.add(column)
            texts[column] = ""
    extra = tuple((name, text) for name, text in texts.items() if name.startswith("x_"))
    named = {name: texts.get(name, "") for name in row_type.columns() if name in header}
    try:
        row = row_type.model_validate({**named, "extra": extra})
    except ValidationError as error:
        if fault := refused_row(file, number, cells):
            table.faults.append(fault)
            return
        details = {str(detail["loc"][0]): detail for detail in reversed(error.errors(include_url=False))}
        faults += [
            fault_of_cell(file, number, column, named[column], details[column])
            for column in header if column in details and column not in wrong
        ]  # fmt: skip
        wrong |= set(details)
        row = row_type.model_validate({**named, **{column: stand_in(row_type, column) for column in details}})
    table.rows.append(row.read_from(number, frozenset(wrong)).written_as(named))
    table.faults += faults


def _length_fault(file: str, number: int, header: Sequence[str], cells: Sequence[str]) -> list[Fault]:
    if len(cells) < len(header):
        remedy = "add the missing commas; the file may be cut short"
    elif any(cell.strip() for cell in cells[len(header) :]):
        remedy = (
            'put a text that has a comma in it in quotes: "like, this"; write a number without thousands separators'
        )
    else:
        return []
    return [Fault(file, f"has {len(cells):,} cells for {len(header)} columns", remedy, number, cell=cells[0])]


def write_table(path: Path, row_type: type[Row], rows: Iterable[Row]) -> None:
    """Write rows as a CSV file; `read_table` gives the same rows back."""
    rows = tuple(rows)
    extra = sorted({name for row in rows for name, _ in row.extra})
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*row_type.columns(), *extra])
        for row in rows:
            by_column, kept = row.cells(), dict(row.extra)
            cells = [to_cell(by_column[name]) for name in row_type.columns()]
            writer.writerow(cells + [kept.get(name, "") for name in extra])
