"""Proposals that a person took into a scenario folder: checked as a whole, and written at once, or not at all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tiau.building.accepted import Accepted, Acts, Events, Figures
from tiau.building.importing import names_of
from tiau.building.merging.writing import replaced
from tiau.building.outcomes import IMPORT_FILE, Line, Outcome, write_lines
from tiau.building.proposed import COLUMN_OF, FIRST_NUMBER, Reading, Taken, read_taken
from tiau.faults import Fault, InputError, number_of, wrong_argument
from tiau.loading import examine, sound
from tiau.observations.contradictions import Contradiction, DifferentPictures, Disagreements, disagreements
from tiau.observations.ledger import ledger
from tiau.progress import Steps, silent
from tiau.readers.articles.proposal_table import ProposedRow, read_proposals
from tiau.readers.settings import SETTINGS_FILE
from tiau.scenario import library
from tiau.scenario.checks import check
from tiau.scenario.checks.posterior import of_another_scenario
from tiau.scenario.model import Scenario
from tiau.scenario.network import build
from tiau.scenario.rows import Row

_NUMBER = re.compile(rf"\b{FIRST_NUMBER // 1_000_000_000}[0-9]{{9}}\b")
UNKNOWN = {
    "unknown report places": "write the name of a place or area, or add it to places.csv or areas.csv",
    "unknown report groups": "write all, or the name of a group, or add it to groups.csv",
}
"""What a check warns of in a table, and nobody takes from a text: kinds of warnings, and what to do."""


@dataclass(frozen=True)
class Acceptance:
    """What is going to be written.

    Attributes
    ----------
    folder : Path
    file : str
        Name of the file of proposals.
    lines : tuple of Line
        What becomes of each of its rows.
    rows : dict of int to Row
        Those that were taken, by their number.
    tables : tuple of Accepted
    warnings : tuple of Fault
        What is to be known of the scenario that was not before.
    contradictions, pictures
        Those that were not there before.
    refused : int
        Rows that say no though all were asked for.
    today : date
    """

    folder: Path
    file: str
    lines: tuple[Line, ...]
    rows: dict[int, Row]
    tables: tuple[Accepted[Any], ...]
    warnings: tuple[Fault, ...]
    contradictions: tuple[Contradiction, ...]
    pictures: tuple[DifferentPictures, ...]
    refused: int
    today: dt.date

    def write(self) -> None:
        """Write the tables that change and import.csv, or, where anything fails, nothing.

        Raises
        ------
        InputError
            If the folder cannot be written, or a table could not be read again.
        """
        with replaced(self.folder) as partial:
            for one in self.tables:
                if one.table.changed:
                    one.table.require_sound()
                    one.table.write(partial / one.table.file)
            write_lines(
                partial / IMPORT_FILE, self.folder / IMPORT_FILE, self.lines, [self.file], self.today.isoformat()
            )


def prepare(
    file: Path, folder: Path, *, everything: bool = False, today: dt.date | None = None, steps: Steps = silent
) -> Acceptance:
    """Read proposals, and work out what those that a person took change in a scenario folder; nothing is written.

    Parameters
    ----------
    file : Path
        As `tiau.readers.articles.proposal_table` reads it.
    folder : Path
        A scenario folder, one's own.
    everything : bool
        Take all rows but those that say no.
    today : date, optional
        Day that import.csv tells.
    steps : Steps

    Raises
    ------
    InputError
        If the folder is no scenario of one's own or has faults, if no row is taken, or with every fault of the rows.
    """
    (name,) = names_of([file])
    with steps("reading"):
        proposed = read_proposals(file)
        _require_own(folder)
        scenario, before = examine(folder)
        scenario = sound(scenario, before)
    with steps("checking"):
        reading = read_taken(name, proposed, scenario, everything=everything)
        if not (reading.taken or reading.faults):
            raise InputError([_none_taken(name, reading, proposed, everything=everything)])
        tables = Figures(folder, scenario), Acts(folder, scenario), Events(folder, scenario)
        became = dict(_merged(reading.taken, *tables))
        after = scenario.model_copy(update={
            one.row_type.file.removesuffix(".csv"): tuple(one.rows.values()) for one in tables
        })  # fmt: skip
        known = set(before)
        found = [fault for fault in (*check(after), *of_another_scenario(after)) if fault not in known]
        told = [_strict(_at_proposals(fault, name), name) for fault in found]
        faults = [*reading.faults, *(replace(fault, file=name) for one in tables for fault in one.faults)]
        faults += [fault for fault in told if fault.level == "fault"]
        if faults:
            raise InputError(sorted(dict.fromkeys(faults), key=lambda fault: (fault.file != name, fault.row or 0)))
        differ = _new_disagreements(scenario, after)
    lines = tuple(Line(name, one.sheet, one.number, became.get(one.number) or _left(one, reading)) for one in proposed)
    warnings = (*reading.warnings, *(fault for fault in told if fault.level != "fault"))
    refused = sum(why == "marked no" for why in reading.left.values()) if everything else 0
    rows = {one.number: one.row for one in reading.taken}
    return Acceptance(
        folder, name, lines, rows, tables, warnings, differ.contradictions, differ.pictures, refused,
        today or dt.date.today(),
    )  # fmt: skip


def _require_own(folder: Path) -> None:
    """Refuse what is no scenario folder, or one that comes with Tiau."""
    home = Path(library.__file__).parent.resolve()
    packaged = str(folder) in library.names() and not folder.is_dir()
    if packaged or (folder.is_dir() and folder.resolve().is_relative_to(home)):
        remedy = f"copy it first: tiau copy {folder.name} FOLDER; then --into FOLDER"
        raise wrong_argument("into", "comes with Tiau and stays as it is", remedy, folder)
    if not (folder / SETTINGS_FILE).is_file():
        remedy = "make it first: tiau new FOLDER --start DAY --end DAY --home COUNTRY --abroad COUNTRY, or tiau copy"
        raise wrong_argument("into", "is not a scenario folder", remedy, folder)


def _none_taken(file: str, reading: Reading, proposed: Sequence[ProposedRow], *, everything: bool) -> Fault:
    if not proposed:
        return Fault(file, "has no proposals", "read a text first: tiau read FILE")
    if everything:
        return Fault(file, f"says no of each of its {number_of(len(proposed), 'row')}", "write yes where one is right")
    remedy = "write yes into the column accept of each row that is right, and save the file; or give --all"
    return Fault(file, f"has no row that is marked, of {number_of(len(proposed), 'row')}", remedy)


def _merged(taken: Iterable[Taken], figures: Figures, acts: Acts, events: Events) -> Iterator[tuple[int, Outcome]]:
    """Yield what becomes of each row, by its number."""
    rows: list[Taken] = list(taken)
    for one in rows:
        match one.table:
            case "reports":
                yield one.number, figures.take(one.row)  # type: ignore[arg-type]
            case "acts":
                yield one.number, acts.take(one.row)  # type: ignore[arg-type]
    happened = [one for one in rows if one.table == "events"]
    outcomes = events.take_all([one.row for one in happened])  # type: ignore[misc]
    yield from zip((one.number for one in happened), outcomes, strict=True)


def _left(one: ProposedRow, reading: Reading) -> Outcome:
    return Outcome("left out", why=reading.left.get(one.number, "not marked"))


def _at_proposals(fault: Fault, name: str) -> Fault:
    """Return a fault of a row that was taken at its row of the proposals, and rows of proposals named as such."""
    problem, remedy = (_NUMBER.sub(lambda found: f"{int(found[0]) - FIRST_NUMBER} of {name}", text)
                       for text in (fault.problem, fault.remedy))  # fmt: skip
    if fault.row is None or fault.row < FIRST_NUMBER:
        return replace(fault, problem=problem, remedy=remedy)
    column = COLUMN_OF.get(fault.file.removesuffix(".csv"), {}).get(fault.column, fault.column)
    at = fault.row - FIRST_NUMBER
    return replace(fault, file=name, row=at, column=column, problem=problem, remedy=remedy)


def _strict(fault: Fault, name: str) -> Fault:
    """Return a warning as a fault where a row that is taken names what the scenario does not know."""
    if fault.file != name or fault.kind not in UNKNOWN or fault.level != "warning":
        return fault
    remedy = fault.remedy if fault.remedy.startswith("did you mean") else UNKNOWN[fault.kind]
    return replace(fault, level="fault", remedy=remedy)


def _new_disagreements(before: Scenario, after: Scenario) -> Disagreements:
    """Return contradictions and different pictures that were not there before."""
    if before.reports == after.reports:
        return Disagreements((), ())
    old, new = (disagreements(ledger(network), network) for network in map(build, (before, after)))
    pairs = {_names(one) for one in old.contradictions}
    pictures = {_names(one) for one in old.pictures}
    return Disagreements(
        tuple(one for one in new.contradictions if _names(one) not in pairs),
        tuple(one for one in new.pictures if _names(one) not in pictures),
        new.compared,
    )


def _names(found: Contradiction | DifferentPictures) -> frozenset[str]:
    return frozenset(placement.report.report for placement in found.placements)
