"""proposals.csv: proposals written for a spreadsheet, and its rows read as a spreadsheet gives them back."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tiau.faults import Fault, InputError, Suggestions, plain, wrong_argument
from tiau.readers.articles.proposals import COLUMNS, ROWS, Proposal
from tiau.readers.exports.grids import Grid, read_book
from tiau.readers.exports.values import order_of, period
from tiau.scenario.vocabulary import parse_period
from tiau.texts import formula

DAYS = ("known_on", "published", "as_of")
NEEDED = ("table", "report")
MORE = tuple(dict.fromkeys(column for row in ROWS.values() for column in row.columns() if column not in COLUMNS))
"""Columns of the tables that nobody proposes: whoever adds one to the file says it."""
HEADER_WITHIN = 25
_KEPT = re.compile(r"[0-9][0-9./, -]*")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class ProposedRow:
    """A row of proposals.csv.

    Attributes
    ----------
    number : int
        As a spreadsheet shows it, the header being row 1.
    cells : dict of str to str
        By column, trimmed; a column that the file lacks is blank.
    sheet : str
        Of a workbook; blank otherwise.
    """

    number: int
    cells: Mapping[str, str]
    sheet: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def write_proposals(path: Path, proposals: Iterable[Proposal]) -> None:
    """Write proposals as a table in UTF-8: whole, or not at all.

    What a spreadsheet would take for a formula gets an apostrophe before it, which `read_proposals` takes away.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    # A link stays one: what it leads to is written.
    path = path.resolve()
    try:
        handle, partial = tempfile.mkstemp(prefix=".tiau-partial-", suffix=".csv", dir=path.parent)
    except OSError as error:
        raise _not_written(path, error) from None
    try:
        with open(handle, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123  # it is open already
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows([_guarded(text) for text in proposal.row()] for proposal in proposals)
        _as_others_are(partial)
        Path(partial).replace(path)
    except OSError as error:
        raise _not_written(path, error) from None
    finally:
        with suppress(OSError):
            Path(partial).unlink()


def _not_written(path: Path, error: OSError) -> InputError:
    problem = f"cannot be written ({error.strerror})"
    return wrong_argument("out", problem, "close the file where it is open, or choose another name", path)


def _as_others_are(file: str) -> None:
    """Let those read a file who can read others: temporary ones are for their writer alone."""
    mask = os.umask(0)
    os.umask(mask)
    Path(file).chmod(0o666 & ~mask)


def _guarded(text: str) -> str:
    return f"'{text}" if formula(text) and not _NUMBER.fullmatch(text) else text


def _bare(text: str) -> str:
    """Return a cell without the apostrophe by which a spreadsheet keeps a formula, a number or a day as text."""
    return text[1:] if text.startswith("'") and (formula(text[1:]) or _KEPT.fullmatch(text[1:])) else text


def read_proposals(path: Path) -> list[ProposedRow]:
    """Read proposals as a spreadsheet gives them back: csv of any separator and letters, or a workbook.

    Columns may stand in any order, those beyond the format and the ones that are not needed may be there or not. Days
    that the spreadsheet wrote in its own way are read where all of them can be read in one order.

    Raises
    ------
    InputError
        If the file cannot be read, or is none of proposals.
    """
    for grid in read_book(path).grids:
        if (found := _header(grid)) is not None:
            number, header = found
            return _in_iso(list(_rows(path.name, grid, number, _checked(path.name, number, header))))
    remedy = "give the file that tiau read writes; it has the columns accept, table, report and so on"
    raise InputError([Fault(path.name, "is no file of proposals", remedy)])


def _header(grid: Grid) -> tuple[int, Sequence[str]] | None:
    """Return the number and the names of the first row that names what is needed; None where none does."""
    for number, cells in grid.head[:HEADER_WITHIN]:
        names = [plain(cell).replace(" ", "_") for cell in cells]
        if set(NEEDED) <= set(names):
            return number, names
    return None


def _checked(file: str, number: int, header: Sequence[str]) -> Sequence[str]:
    """Return the header; raise InputError where a name stands twice, or is nearly one that is missing."""
    named = [name for name in header if name]
    faults = [
        Fault(file, "stands twice in the header", "remove one", number, name)
        for name in dict.fromkeys(named) if named.count(name) > 1
    ]  # fmt: skip
    suggest = Suggestions([name for name in COLUMNS if name not in named])
    others = [name for name in dict.fromkeys(named) if name not in (*COLUMNS, *MORE)]
    faults += [
        Fault(file, "is not a column of proposals", f"{remedy} Else give it another name", number, cell=name)
        for name in others if (remedy := suggest(name))
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
    return header


def _rows(file: str, grid: Grid, header_at: int, header: Sequence[str]) -> Iterator[ProposedRow]:
    faults = []
    for number, cells in grid.rows():
        if number <= header_at:
            continue
        if any(cells[len(header) :]):
            remedy = 'put a text that has a comma in it in quotes: "like, this"'
            faults.append(Fault(file, f"has {len(cells)} cells for {len(header)} columns", remedy, number))
        texts = {name: _bare(text) for name, text in zip(header, cells, strict=False) if name}
        yield ProposedRow(number, {column: texts.get(column, "") for column in (*COLUMNS, *MORE)}, grid.sheet)
    if faults:
        raise InputError(faults)


def _in_iso(rows: list[ProposedRow]) -> list[ProposedRow]:
    """Return rows with days as YYYY-MM-DD, where a spreadsheet wrote them in its own way."""
    order = order_of(row[column] for row in rows for column in DAYS)
    return [
        ProposedRow(row.number, {**row.cells, **{day: _iso(row[day], order or "") for day in DAYS}}, row.sheet)
        for row in rows
    ]


def _iso(text: str, order: str) -> str:
    try:
        parse_period(text)
    except ValueError:
        meant = period(text, order)
        return str(meant) if meant is not None else text
    return text
