"""A scenario folder of Tiau's own format, read and written back without loss."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tiau.faults import Fault, InputError, Suggestions, wrong_argument
from tiau.readers.new_folder import new_folder
from tiau.readers.posterior import (
    POSTERIOR_FILE,
    read_posterior,
    read_posteriors,
    write_posterior,
    write_posteriors,
)
from tiau.readers.settings import SETTINGS_FILE, read_settings, settings_text
from tiau.readers.tables import read_table, write_table
from tiau.scenario.model import Scenario
from tiau.scenario.rows import TABLES, Row
from tiau.scenario.settings import Settings

PLACES = "places.csv"
KNOWN_FILES = (SETTINGS_FILE, *(row_type.file for row_type in TABLES), POSTERIOR_FILE)


@dataclass(frozen=True)
class Draft:
    """What could be read of a folder, faults or not.

    Attributes
    ----------
    scenario : Scenario
        Not validated: settings may be missing, tables may be empty or have rows with stand-ins.
    faults : tuple of Fault
        Everything wrong inside single files, in the order of the files.
    unreadable : frozenset of str
        Files that nothing can be checked against.
    """

    scenario: Scenario
    faults: tuple[Fault, ...]
    unreadable: frozenset[str]

    @property
    def usable(self) -> bool:
        """Whether no file has a fault."""
        return not any(fault.level == "fault" for fault in self.faults)

    @property
    def unfilled(self) -> bool:
        """Whether it is a folder just begun: settings, and tables without rows."""
        empty = not any(getattr(self.scenario, row_type.file.removesuffix(".csv")) for row_type in TABLES)
        return empty and self.unreadable == {PLACES} and all(fault.file == PLACES for fault in self.faults)


def no_places(folder: Path) -> Fault:
    """Return the fault of a folder that was just begun: what to do next."""
    remedy = (
        f"put files into it by tiau import FILE... --into {folder}, then tiau routes {folder}; "
        "or add rows by hand, tiau new --guide places says how"
    )
    return Fault(PLACES, "has no places yet", remedy)


def read_draft(folder: Path) -> Draft:
    """Read whatever can be read of a scenario folder; raise InputError if it cannot be opened."""
    present = _present(folder)
    faults = list(_misnamed(present))
    unreadable = set()
    settings: Settings | None = None
    if SETTINGS_FILE in present:
        settings, found = read_settings(folder / SETTINGS_FILE)
        faults += found
    else:
        faults.append(Fault(SETTINGS_FILE, "is missing", "add it; `tiau copy mizoram-2021 FOLDER` shows one"))
    # Checks go on without settings: whoever mends a folder wants all its faults at once.
    if settings is None:
        unreadable.add(SETTINGS_FILE)
    tables: dict[str, tuple[Row, ...]] = {}
    for row_type in TABLES:
        rows, found = _read_one(folder, present, row_type)
        faults += found
        if rows is None:
            unreadable.add(row_type.file)
        tables[row_type.file.removesuffix(".csv")] = tuple(rows or ())
    posterior = None
    if POSTERIOR_FILE in present:
        posterior, found = read_posterior(folder / POSTERIOR_FILE)
        faults += found
        if posterior is None:
            unreadable.add(POSTERIOR_FILE)
    posteriors, found = read_posteriors(folder)
    faults += found
    fields: dict[str, Any] = {"settings": settings, **tables, "posterior": posterior, "posteriors": posteriors}
    return Draft(Scenario.model_construct(None, **fields), tuple(faults), frozenset(unreadable))


def _present(folder: Path) -> list[str]:
    """Return the names of what is in a scenario folder."""
    try:
        present = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        problem = f"cannot be opened ({error.strerror})"
        raise wrong_argument("scenario", problem, "check that you may read the folder", folder) from None
    if not set(KNOWN_FILES) & set(present):
        remedy = f"name a folder with {', '.join(KNOWN_FILES[:3])} and so on; `tiau copy mizoram-2021 FOLDER` gives one"
        raise wrong_argument("scenario", "is not a scenario folder", remedy, folder)
    return present


def _read_one(folder: Path, present: list[str], row_type: type[Row]) -> tuple[list[Row] | None, list[Fault]]:
    """Return the rows of a table, None where other tables cannot be checked against it, and its faults."""
    if row_type.file not in present:
        if not row_type.required_file:
            return [], []
        columns = ", ".join(row_type.columns())
        return None, [Fault(row_type.file, "is missing", f"add it, with the columns {columns}")]
    table = read_table(folder / row_type.file, row_type)
    if row_type.file == PLACES and table.readable and not table.rows:
        table.faults.append(
            Fault(row_type.file, "has a header but no rows", "add the places, one a row, or import them", 2)
        )
        table.readable = False
    return (table.rows if table.readable else None), table.faults


def _misnamed(present: list[str]) -> list[Fault]:
    """Warn of files whose names are nearly those of a scenario: nobody reads them."""
    suggest = Suggestions([name for name in KNOWN_FILES if name not in present])
    known = [name for name in present if name not in KNOWN_FILES and name.endswith((".csv", ".toml"))]
    return [
        Fault(name, "is not a file of a scenario and is not read", remedy, level="warning")
        for name in known[:50] if not name.startswith((".", "~")) and (remedy := suggest(name))
    ]  # fmt: skip


def write(scenario: Scenario, folder: Path) -> None:
    """Write a scenario as a folder.

    `read_draft` gives the same scenario back. Tables that a folder may lack are left out where they have no rows; row
    numbers and what stands beside the tables are not written.

    Raises
    ------
    InputError
        If a table has more rows than can be read again, or a posterior more members than a spreadsheet has columns; if
        the folder exists and is not empty, or cannot be written.
    """
    remedy = "leave rows out, or end the scenario sooner"
    if too_many := [
        Fault(row_type.file, f"would have {count:,} rows, and {row_type.most_rows:,} can be read", remedy)
        for row_type in TABLES if (count := len(scenario.table(row_type))) > row_type.most_rows
    ]:  # fmt: skip
        raise InputError(too_many)
    with new_folder(folder) as partial:
        (partial / SETTINGS_FILE).write_text(settings_text(scenario.settings), encoding="utf-8", newline="\n")
        for row_type in TABLES:
            rows = scenario.table(row_type)
            if rows or row_type.required_file:
                write_table(partial / row_type.file, row_type, rows)
        if scenario.posterior is not None:
            write_posterior(partial / POSTERIOR_FILE, scenario.posterior)
        write_posteriors(partial, scenario.posteriors)


def copy(source: Path, folder: Path) -> None:
    """Copy a scenario folder with everything beside its tables (sources, licence).

    Python files, pipes, devices, links to folders and links out of the folder stay behind; other links become copies.

    Raises
    ------
    InputError
        If the source is no scenario, or the target is not empty, cannot be written, or lies inside the source.
    """
    _present(source)
    home = Path(os.path.realpath(source))
    if Path(os.path.realpath(folder)).is_relative_to(home):
        problem = "lies inside the folder that is copied"
        raise wrong_argument("folder", problem, "choose a name elsewhere", folder)
    with new_folder(folder) as partial:
        for path in _to_copy(home):
            target = partial / path.relative_to(home)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)


def _to_copy(home: Path) -> Iterator[Path]:
    for directory, folders, files in os.walk(home):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        for path in (Path(directory, name) for name in sorted(files)):
            inside = Path(os.path.realpath(path)).is_relative_to(home)
            if path.suffix != ".py" and path.is_file() and inside:
                yield path
