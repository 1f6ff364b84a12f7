"""What is wrong with one cell, in the words of somebody who edits a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from tiau.faults import Fault, nearest
from tiau.scenario.model import Row

LONGEST_CELL = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CANDIDATES = ("?", "1", "2000-01-01", "town", "road", "federal", "statement", "present", "exact")
_LIMITS = {
    "lat": " (degrees north; are lat and lon swapped?)",
    "lon": " (degrees east)",
    "share": " (a share: 0.25 for 25%)",
    "admit_share": " (a share: 0.25 for 25%)",
    "enforcement": " (a share: 0.25 for 25%)",
    "capacity": ", or leave the cell blank for unlimited room",
}


def unreadable_cell(file: str, number: int, column: str, text: str) -> Fault | None:
    """Return the fault of a cell that no spreadsheet can hold or nobody can read."""
    if len(text) > LONGEST_CELL:
        problem = f"has {len(text):,} characters, more than the {LONGEST_CELL:,} that a spreadsheet holds in a cell"
        return Fault(file, problem, "shorten it; look for a quotation mark that is not closed", number, column, text)
    if found := _CONTROL.search(text):
        remedy = "type the cell again; the file may have been saved in another encoding"
        return Fault(file, f"holds the invisible character U+{ord(found[0]):04X}", remedy, number, column, text)
    return None


def fault_of_cell(
    file: str, number: int, column: str, text: str, detail: Mapping[str, Any], row_type: type[Row]
) -> Fault:
    """Return the fault of a cell that was refused.

    Parameters
    ----------
    file : str
    number : int
        Row number.
    column, text : str
        Of the cell.
    detail : mapping
        An error of pydantic.
    row_type : type of Row

    Returns
    -------
    Fault
    """
    if not text:
        return Fault(file, "is blank", "give a value", number, column)
    problem, _, remedy = _reworded(detail["msg"], detail["type"], column, text).partition("; ")
    return Fault(file, problem, remedy, number, column, text)


@cache
def stand_in(row_type: type[Row], column: str) -> str:
    """Return a text that is valid in a column: blank where it may be, so that a row with a fault can be read."""
    if column not in row_type.required_columns():
        return ""
    for candidate in _CANDIDATES:
        try:
            row_type.model_validate({column: candidate})
        except ValidationError as error:
            if all(detail["loc"][0] != column for detail in error.errors(include_url=False)):
                return candidate
    raise AssertionError(column)  # pragma: no cover


def _reworded(message: str, kind: str, column: str, cell: str) -> str:
    limit = message.rpartition(" ")[2]
    match kind:
        case "value_error":
            return message.removeprefix("Value error, ")
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", message)
            remedy = nearest(cell, allowed)
            return f"is not a word known here; {f'{remedy} ' if remedy else ''}allowed: {', '.join(allowed)}"
        case "greater_than_equal" | "greater_than":
            words = "above" if kind == "greater_than" else "not below"
            return f"is too small; give a number {words} {limit}{_LIMITS.get(column, '')}"
        case "less_than_equal" | "less_than":
            return f"is too large; give a number not above {limit}{_LIMITS.get(column, '')}"
        case "finite_number":
            return "is not a finite number; leave the cell blank where the figure is not known"
        case "too_short":
            return "names nothing; write at least one name"
        case _:
            return f"is not valid here ({message[0].lower()}{message[1:]}); correct it"
