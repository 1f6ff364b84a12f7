"""A CSV file read into frozen rows, every fault with its row and column; and rows written back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from tiau.faults import Fault, nearest
from tiau.scenario.model import Row
from tiau.scenario.vocabulary import reworded, to_cell

LARGEST_FILE = 200_000_000

R = TypeVar("R", bound=Row)


def read_text(path: Path) -> tuple[str, list[Fault]]:
    """Read a UTF-8 text file, with or without BOM; an unreadable one gives a fault and no text."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            return "", [Fault(path.name, "is larger than 200 MB", "split it or thin it out")]
        raw = path.read_bytes()
    except OSError as error:
        return "", [Fault(path.name, f"cannot be read ({error.strerror})", "check that it is a readable file")]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [Fault(path.name, "is in UTF-16", 'save it as "CSV UTF-8 (comma delimited)"')]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        remedy = 'save it as "CSV UTF-8 (comma delimited)"'
        return "", [Fault(path.name, "holds a letter that is not UTF-8", remedy, row=row)]


def read_table(path: Path, row_type: type[R]) -> tuple[tuple[R, ...], list[Fault]]:
    """Read one table of a scenario folder.

    Parameters
    ----------
    path : Path
        A CSV file with a header.
    row_type : type of Row
        Gives columns and their types.

    Returns
    -------
    rows : tuple of Row
        The rows without a fault.
    faults : list of Fault
    """
    text, faults = read_text(path)
    if faults:
        return (), faults
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[R] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        faults += _check_header(path.name, header, row_type)
        if faults:
            return (), faults
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row, found = _read_row(path.name, reader.line_num, header, cells, row_type)
                faults += found
                rows += [row] if row is not None else []
    except csv.Error as error:
        remedy = "look for a quotation mark that is not closed"
        faults.append(Fault(path.name, f"is not a table ({error})", remedy, row=reader.line_num))
    return tuple(rows), faults


def _check_header(file: str, header: Sequence[str], row_type: type[Row]) -> list[Fault]:
    if not any(header):
        return [Fault(file, "is empty", f"give it the columns {', '.join(row_type.columns())}", row=1)]
    if len(header) == 1 and ";" in header[0]:
        return [Fault(file, "is separated by semicolons", 'save it as "CSV UTF-8 (comma delimited)"', row=1)]
    faults = []
    columns = row_type.columns()
    for position, name in enumerate(header):
        if name in header[:position] and name:
            faults.append(Fault(file, "stands twice in the header", "remove one", 1, name))
        elif name not in columns and not name.startswith("x_"):
            remedy = nearest(name, columns) or "begin its name with x_ to keep it as it is"
            faults.append(Fault(file, "is not a column of this table", remedy, 1, cell=name))
    for name in row_type.required_columns():
        if name not in header:
            faults.append(Fault(file, f'has no column "{name}"', "add it", 1))
    return faults


def _read_row(
    file: str, line: int, header: Sequence[str], cells: Sequence[str], row_type: type[R]
) -> tuple[R | None, list[Fault]]:
    if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
        short = len(cells) < len(header)
        remedy = "add the missing commas; the file may be cut short" if short else "put text with a comma in quotes"
        return None, [Fault(file, f"has {len(cells)} cells for {len(header)} columns", remedy, line)]
    texts = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    extra = tuple((name, text) for name, text in texts.items() if name.startswith("x_"))
    named = {name: text for name, text in texts.items() if not name.startswith("x_")}
    blank = [n for n in row_type.required_columns() if not named.get(n) and not _may_be_blank(row_type, n)]
    faults = [Fault(file, "is blank", "give a value", line, name) for name in blank]
    try:
        row = row_type.model_validate({**named, "extra": extra})
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False):
            column = str(detail["loc"][0])
            if column not in blank:
                cell = named.get(column, "")
                problem, _, remedy = reworded(detail["msg"], detail["type"], cell).partition("; ")
                faults.append(Fault(file, problem, remedy, line, column, cell))
        return None, faults
    return (None if faults else row), faults


def _may_be_blank(row_type: type[Row], column: str) -> bool:
    return row_type.file == "areas.csv" and column == "members"


def write_table(path: Path, row_type: type[Row], rows: Iterable[Row]) -> None:
    """Write rows as a CSV file from which `read_table` gives the same rows back."""
    rows = tuple(rows)
    extra = list(dict.fromkeys(name for row in rows for name, _ in row.extra))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*row_type.columns(), *extra])
        for row in rows:
            by_column = {field.alias or name: getattr(row, name) for name, field in row_type.model_fields.items()}
            kept = dict(row.extra)
            cells = [to_cell(by_column[name]) for name in row_type.columns()]
            writer.writerow(cells + [kept.get(name, "") for name in extra])
