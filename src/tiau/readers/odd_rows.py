"""Rows of a file that are no rows of its table: tags of HXL, the header again, totals, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiau.faults import Fault, plain

_TAG = re.compile(r"#[A-Za-z][A-Za-z0-9_]*(\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*")
_TOTAL = re.compile(r"(grand |overall |sub[ -]?)?totals?\b.*|sum|somme|suma")


def row_left_out(file: str, number: int, cells: Sequence[str], header: Sequence[str]) -> Fault | None:
    """Return the warning of a row that is certainly no row of the table, and is left out; None where it may be one."""
    if fault := tags(file, number, cells):
        return fault
    if cells[0].strip() != header[0] or [cell.strip() for cell in cells[: len(header)]] != list(header):
        return None
    problem = "is the header again, which is left out"
    remedy = "check that the tables that were put together have the same columns; then delete the row"
    return Fault(file, problem, remedy, number, cell=header[0], level="warning", kind="header again")


def tags(file: str, number: int, cells: Sequence[str]) -> Fault | None:
    """Return the warning of a row of HXL tags: most of its cells are one, others may be blank or hold a remark."""
    filled = _filled(cells)
    if sum(_TAG.fullmatch(cell) is not None for cell in filled) <= len(filled) / 2:
        return None
    problem, remedy = "is a row of HXL tags, which is left out", "nothing is to be done: the header names the columns"
    return Fault(file, problem, remedy, number, cell=filled[0], level="warning", kind="row of tags")


def refused_row(file: str, number: int, cells: Sequence[str]) -> Fault | None:
    """Return the one fault of a row that cannot be read because it sums up others or is a note; None for others.

    Nothing is left out on the strength of a name: a place may be called Total, and an area may have a name alone.
    """
    filled = _filled(cells)
    if cells[0].strip() and _TOTAL.fullmatch(plain(filled[0][:100]).rstrip(" :")):
        return Fault(file, "sums up other rows", "delete the row: totals are worked out", number, cell=filled[0])
    if len(filled) == 1:
        remedy = "delete the row if it is a note or a title; otherwise fill in its other cells"
        return Fault(file, "stands alone in its row", remedy, number, cell=filled[0])
    return None


def other_separator(file: str, number: int, header: Sequence[str]) -> Fault | None:
    """Return the fault of a first row whose cells another mark than a comma parts; None where none does."""
    if header[0].lower().startswith("sep="):
        return Fault(file, "begins with a line for a spreadsheet", "delete this line", number, cell=header[0])
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")):
        if len(header) == 1 and mark in header[0]:
            remedy = (
                'save it as "CSV UTF-8 (comma delimited)"; if that gives the same, set the list separator of '
                "your system to a comma, or in LibreOffice tick 'Edit filter settings' while saving"
            )
            return Fault(file, f"is separated by {name}", remedy, number)
    return None


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells if cell.strip()]
