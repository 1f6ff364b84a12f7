"""out.csv as Flee writes it: of one member of a run, a row a day with every reported camp and the totals."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tiau.faults import wrong_argument
from tiau.flee.result import FleeResult
from tiau.results.spreadsheet import guarded

TOTALS = (
    "Total error", "refugees in camps (UNHCR)", "total refugees (simulation)", "raw UNHCR refugee count",
    "refugees in camps (simulation)", "refugee_debt",
)  # fmt: skip
FIRST_COLUMNS = ("Day", "Date")
DIGITS = 4


def prepare(path: Path) -> None:
    """Make sure, before a run, that its table can be written: to a new file, or over one that is such a table.

    Raises
    ------
    InputError
        If it is a folder or any other file, or cannot be written.
    """
    problem = _why_not(path)
    if problem:
        raise wrong_argument("out", problem, "name a new file such as out.csv", path)


def _why_not(path: Path) -> str:
    try:
        if path.is_dir() or path.name in ("", ".."):
            return "is a folder"
        with suppress(FileNotFoundError, NotADirectoryError):
            path.lstat()
            if not path.is_file():
                return "is not a file"
            with path.open("rb") as stream:
                start = stream.readline(200)
            if start and not start.startswith(",".join(FIRST_COLUMNS).encode()):
                return "holds something else than a table of a run"
        folder = next(folder for folder in path.absolute().parents if folder.is_symlink() or folder.exists())
        if not folder.is_dir():
            return f"cannot be written ({folder} is not a folder)"
        handle, name = tempfile.mkstemp(prefix=".tiau-partial-", dir=folder)
        os.close(handle)
        Path(name).unlink()
    except (OSError, ValueError) as error:
        return f"cannot be written ({getattr(error, 'strerror', None) or error})"
    return ""


def write(result: FleeResult, path: Path) -> None:
    """Write the table of the first member; an earlier file is replaced at once when the new one is whole.

    Counts are agents, as in Flee, not people. Each row has the date of the day after, as Flee gives it; its Day is
    right. Where no data drive the run, Flee writes 0 for what it knows of the data, and so does this.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".tiau-partial-{path.name[:40]}-", dir=path.parent)
    partial = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123
            csv.writer(stream, lineterminator="\n").writerows(guarded(rows(result)))
        partial.chmod(0o644)
        partial.replace(path)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        with suppress(OSError):
            partial.unlink()


def rows(result: FleeResult) -> Iterator[list[str]]:
    """Yield the header and a row a day, as text."""
    per_camp = [f"{camp} {what}" for camp in result.camps for what in ("sim", "data", "error")]
    yield [*FIRST_COLUMNS, *per_camp, *TOTALS]
    for day, counted in enumerate(result.data.tolist()):
        simulated = result.present[day, :, 0].tolist()
        cells = [
            text
            for there, known in zip(simulated, counted, strict=True)
            for text in (_count(there), _count(known), str(_relative(there, known)))
        ]
        yield [str(day), str(result.case.date(day + 1)), *cells, *_totals(result, day, simulated, counted)]


def _totals(result: FleeResult, day: int, simulated: list[float], counted: list[int]) -> list[str]:
    created, there = _count(float(result.created[day, 0])), _count(sum(simulated))
    raw = int(result.raw[day])
    if raw <= 0:
        return ["0.0", "0", created, "0", there, "0"]
    apart = sum(round(abs(a - b), DIGITS) for a, b in zip(simulated, counted, strict=True))
    return [str(float(apart) / raw), str(sum(counted)), created, str(raw), there, str(int(result.debt[day]))]


def _relative(simulated: float, counted: int) -> float:
    return 0.0 if counted < 1e-5 else round(abs(simulated / counted - 1), DIGITS)


def _count(agents: float) -> str:
    """Write a whole number as one; expectations keep four digits."""
    rounded = round(agents, DIGITS)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)
