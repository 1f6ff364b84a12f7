"""What became of each row of each file: the table and row it is in now, or why it is in none."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tiau.results.spreadsheet import guarded

IMPORT_FILE = "import.csv"
HEADER = ("file", "sheet", "row", "what", "table", "id", "why", "imported_on")


class Outcome(NamedTuple):
    """What became of a finding.

    Attributes
    ----------
    what : str
        "added", "updated", "unchanged", "same count", "same event", "left out" or "question".
    table, id : str
        Where it is now, or what it is a copy of; blank where it is nowhere.
    why : str
        Why it is left out, which question is open, or how it was matched.
    """

    what: str
    table: str = ""
    id: str = ""
    why: str = ""


class Line(NamedTuple):
    """A row of import.csv."""

    file: str
    sheet: str
    row: int
    outcome: Outcome


def write_lines(path: Path, before: Path, lines: Iterable[Line], files: Sequence[str], imported_on: str) -> None:
    """Write import.csv: rows of files that were imported before, but for those that are imported now, and the new ones.

    Parameters
    ----------
    path : Path
        What is written.
    before : Path
        The file as it was; it may be missing.
    lines : iterable of Line
    files : sequence of str
        The files that `lines` are of.
    imported_on : str
    """
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(_of_other_files(before, set(files)))
        writer.writerows(guarded(
            (file, sheet, str(row), what, table, key, why, imported_on)
            for file, sheet, row, (what, table, key, why) in lines
        ))  # fmt: skip


def _of_other_files(before: Path, files: set[str]) -> Iterator[list[str]]:
    if before.exists():
        with before.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream)
            next(rows, None)
            yield from (row for row in rows if row and row[0] not in files)
