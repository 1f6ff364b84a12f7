"""Any file that analysts have as grids of texts: csv, tsv, workbook or JSON, with a bound on what it may unpack to."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

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
        return self.open_rows()

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
    """

    file: str
    form: str
    grids: tuple[Grid, ...]
    around: dict[str, str]


def read_book(path: Path) -> Book:
    """Read a file as grids; raise InputError where it cannot be read."""
    if path.suffix == ".xlsx":
        return _workbook(path)
    raw = path.read_bytes()
    if raw.lstrip()[:1] in (b"{", b"["):
        return _json(path, raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    mark = max(",;\t|", key=text[: text.find("\n")].count)

    def rows() -> Rows:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), 1):
            trimmed = tuple(cell.strip() for cell in cells)
            if any(trimmed):
                yield number, trimmed

    return Book(path.name, "text", (Grid("", rows),), {})


def _workbook(path: Path) -> Book:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))

    def grid(name: str) -> Grid:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found = [(number, tuple(map(_text, cells))) for number, cells in enumerate(rows, 1)]
        kept = [(number, cells) for number, cells in found if any(cells)]
        return Grid(name, lambda: iter(kept))

    return Book(path.name, "workbook", tuple(map(grid, book.sheet_names)), {})


def _text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            text = repr(value)
            return f"{text}0" if len(text.partition(".")[2]) == 3 else text
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime() | dt.date():
            return value.isoformat()
        case _:
            return str(value).strip()


def _json(path: Path, raw: bytes) -> Book:
    around: dict[str, str] = {}
    records = _records(json.loads(raw), around)
    keys = tuple(dict.fromkeys(key for record in records for key in record))

    def rows() -> Rows:
        yield 0, keys
        for number, record in enumerate(records, 1):
            yield number, tuple(record.get(key, "") for key in keys)

    return Book(path.name, "json", (Grid("", rows),), around)


def _records(content: object, around: dict[str, str], key: str = "") -> list[dict[str, str]]:
    """Return the longest list of objects in it, however deep, noting what stands beside it."""
    if isinstance(content, list):
        return [{name: "" if v is None else _text(float(v) if type(v) is int else v) for name, v in item.items()}
                for item in content if isinstance(item, dict)]  # fmt: skip
    best: list[dict[str, str]] = []
    for name, value in content.items() if isinstance(content, dict) else ():
        if isinstance(value, dict | list):
            found = _records(value, around, f"{key}{name}.")
            best = found if len(found) > len(best) else best
        else:
            around[f"{key}{name}"] = "" if value is None else str(value)
    return best
