"""Tables for people: CSV files in which a spreadsheet sees numbers as numbers and every text as a text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tiau.texts import formula

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


class _Cells(dict[str, str]):
    """Texts as they are written, each worked out once: a run has millions of cells and few different ones."""

    def __missing__(self, text: str) -> str:
        guarded = formula(text) and not _NUMBER.fullmatch(text)
        self[text] = f"'{text}" if guarded else text
        return self[text]


def guarded(rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """Yield rows with an apostrophe before each text that a spreadsheet would take for a formula."""
    written = _Cells().__getitem__
    for row in rows:
        yield [*map(written, row)]


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table that is a result, its numbers as text with a point.

    Tables of a scenario are data, and written as they are (`readers.tables`).
    """
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows(guarded([header]))
        writer.writerows(guarded(rows))
