"""Workbooks as rows: a sheet at a time, days and numbers as texts that can be read in one way alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tiau.faults import InputError
from tiau.readers.exports.old_workbook import check_old_workbook
from tiau.readers.exports.rows import OpenRows, Row, refused, written
from tiau.readers.exports.unpacking import check_parts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_AGAIN = "open it in a spreadsheet and save it as xlsx, or save the sheet that you need as csv"


def workbook_rows(path: Path) -> tuple[list[tuple[str, OpenRows]], tuple[str, ...]]:
    """Return the name of each sheet and what opens its rows, and what to know; raise InputError for other archives."""
    names = check_parts(path)
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise _other_archive(path.name, names)
    return _sheets(path)


def old_workbook_rows(path: Path) -> tuple[list[tuple[str, OpenRows]], tuple[str, ...]]:
    """Return the sheets of a workbook of the old kind (.xls), or of one with a password, as `workbook_rows` does."""
    check_old_workbook(path)
    return _sheets(path)


def _sheets(path: Path) -> tuple[list[tuple[str, OpenRows]], tuple[str, ...]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with _told_as_faults(path.name):
        book = CalamineWorkbook.from_path(str(path))
        about = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    hidden = [one.name for one in about if one.visible is not SheetVisibleEnum.Visible]
    notes = tuple(f'the sheet "{name}" is hidden in the workbook, and is read like the others' for name in hidden)
    return [(one.name, _rows_of(path.name, book, one.name)) for one in about], notes


def _rows_of(file: str, book: CalamineWorkbook, name: str) -> OpenRows:
    kept: list[CalamineSheet] = []

    def rows() -> Iterator[Row]:
        with _told_as_faults(file):
            if not kept:
                kept.append(book.get_sheet_by_name(name))
            # Rows begin with the first of the sheet, but cells with the first column that has any.
            left = ("",) * (kept[0].start or (0, 0))[1]
            # A row can panic as well as a sheet.
            for number, cells in enumerate(kept[0].iter_rows(), 1):
                trimmed = (*left, *map(written, cells))
                if any(trimmed):
                    yield number, trimmed

    return rows


@contextmanager
def _told_as_faults(file: str) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except InputError:
        raise
    except PasswordError:
        raise refused(file, "is protected by a password", "save it without one") from None
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise refused(file, f"is a workbook that cannot be read ({str(error)[:80]})", _AGAIN) from None
    except BaseException as error:
        # What reads workbooks panics at some damage, and that is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise refused(file, "is a damaged workbook", _AGAIN) from None


def _other_archive(file: str, names: frozenset[str]) -> InputError:
    if "xl/workbook.bin" in names:
        return refused(file, "is a binary workbook (xlsb)", "save it as xlsx")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return refused(file, "is a document, not a table", "copy its table into a spreadsheet")
    tables = sorted(name for name in names if name.lower().endswith((".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json")))
    inside = f" (it holds {', '.join(tables[:3])})" if tables else ""
    return refused(file, f"is an archive, not a table{inside}", "unpack it and give the files inside")
