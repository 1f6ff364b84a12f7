"""What is wrong with one cell, in the words of somebody who edits a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from tiau.faults import Fault
from tiau.scenario.rows import Row
from tiau.scenario.vocabulary import reworded
from tiau.texts import hidden_in_prose

LONGEST_CELL = 32_767
_CANDIDATES = ("?", "1", "2000-01-01", "town", "road", "federal", "statement", "present", "exact", ">")


def unreadable_cell(
    file: str, number: int, column: str, text: str, hidden: Callable[[str], str] = hidden_in_prose
) -> Fault | None:
    """Return the fault of a cell that no spreadsheet can hold or nobody can read; `hidden` says what it hides."""
    if len(text) > LONGEST_CELL:
        problem = f"has {len(text):,} characters, more than the {LONGEST_CELL:,} that a spreadsheet holds in a cell"
        return Fault(file, problem, "shorten it; look for a quotation mark that is not closed", number, column, text)
    if found := hidden(text):
        return Fault.saying(file, found, number, column, text)
    return None


def fault_of_cell(file: str, number: int | None, column: str, text: str, detail: Mapping[str, Any]) -> Fault:
    """Return the fault of a cell that was refused; `detail` is an error of pydantic."""
    if not text:
        return Fault(file, "is blank", "give a value", number, column)
    return Fault.saying(file, reworded(detail["msg"], detail["type"], text, column), number, column, text)


@cache
def stand_in(row_type: type[Row], column: str) -> str:
    """Return a text that is valid in a column: blank where it may be, so that a row with a fault can be read."""
    if column not in row_type.required_columns():
        return ""
    # Found by trial: whatever type a column gets, one of these few texts suits it.
    for candidate in _CANDIDATES:
        try:
            row_type.model_validate({column: candidate})
        except ValidationError as error:
            if all(detail["loc"][0] != column for detail in error.errors(include_url=False)):
                return candidate
    raise AssertionError(column)  # pragma: no cover
