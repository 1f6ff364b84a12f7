"""What every kind of file is read into: rows of texts with their numbers, and how a value of a program is written."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator

from tiau.faults import Fault, InputError

Row = tuple[int, tuple[str, ...]]
OpenRows = Callable[[], Iterator[Row]]
MOST_COLUMNS = 16_384
MOST_CELLS = 10_000_000
MOST_TEXT = 200_000_000
"""Of a workbook, which is held in memory while it is read."""


def refused(file: str, problem: str, remedy: str, row: int | None = None) -> InputError:
    """Return the error of a file that cannot be read."""
    return InputError([Fault(file, problem, remedy, row)])


def written(value: object) -> str:
    """Return a value of a workbook or of JSON as a cell: days as YYYY-MM-DD, a number never with three decimals."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return _number(value)
        case dt.datetime():
            second = (value + dt.timedelta(seconds=0.5)).replace(microsecond=0)
            return second.date().isoformat() if second.time() == dt.time() else second.isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value).strip()


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return f"{text}0" if "e" not in text and len(text.partition(".")[2]) == 3 else text
