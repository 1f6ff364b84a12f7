"""Rows that a person took from texts into the tables: new ones, revisions of what they took before, twins of others."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from tiau.building.merging.reports import SAID
from tiau.building.merging.tables import EditedTable
from tiau.building.outcomes import Outcome
from tiau.building.proposed import FIRST_NUMBER
from tiau.faults import Fault, clip
from tiau.scenario.checks.twins import acts_said, figures_said, named_in, pairs_of_events
from tiau.scenario.model import Scenario
from tiau.scenario.quantities import FLOWS, QUANTITIES, QuantityName
from tiau.scenario.rows import Act, Event, Report, Row
from tiau.scenario.vocabulary import to_cell

R = TypeVar("R", bound=Row)
TOLD_BY = {"reports": ("publisher", "published", "url"), "acts": ("source",), "events": ("source",)}
"""Columns that say which text a row was taken from."""


def counted(quantity: QuantityName) -> Hashable:
    """Return what quantities have in common of which papers tell one figure: who arrived is there."""
    kind = QUANTITIES[quantity].counted_as
    return quantity if quantity in FLOWS else "present" if kind == "arrivals" else kind


class Accepted(Generic[R]):
    """One table of a scenario, as it is and as it becomes.

    Parameters
    ----------
    folder : Path
    scenario : Scenario
    row_type : type of Row

    Attributes
    ----------
    table : EditedTable
    rows : dict of str to Row
        By id; those that are taken are numbered beyond all others.
    faults : list of Fault
        Of rows whose id is that of another one; they are told at the row's number of proposals.csv, without a file.
    """

    def __init__(self, folder: Path, scenario: Scenario, row_type: type[R]) -> None:
        self.table: EditedTable[R] = EditedTable(folder, row_type)
        self.scenario, self.row_type = scenario, row_type
        self.id = row_type.columns()[0]
        present: Any = scenario.table(row_type)
        self.rows: dict[str, R] = {getattr(row, self.id): row for row in present}
        self.faults: list[Fault] = []

    def put(self, key: str, row: R) -> str:
        """Put in a row, or bring one up to date, and return what became of it, as `EditedTable.put`."""
        values = {column: value for column, value in row.cells().items() if column != "extra"}
        what = self.table.put(key, {**values, self.id: key})
        if what != "unchanged":
            cells = {column: self.table.cell(key, column) for column in self.row_type.columns()}
            # Cells with a fault hold stand-ins, of which nothing is written: it is told before.
            new = self.row_type.model_validate({**cells, "extra": self.rows[key].extra if key in self.rows else ()})
            wrong = frozenset(column for column in self.row_type.columns() if not row.sound(column))
            written = {column: row.written(column) for column in row.counts}
            self.rows[key] = new.read_from(row.number or FIRST_NUMBER, wrong).written_as(written)
        return what

    def from_another_text(self, key: str, row: R) -> bool:
        """Whether the row that is there under an id was taken from another text than a new one; tells that."""
        there = self.rows[key]
        columns = TOLD_BY[self.row_type.file.removesuffix(".csv")]
        same = all(getattr(there, column) == getattr(row, column) for column in columns)
        if same or (there.note and there.note == row.note):
            return False
        where = f" (row {there.number})" if there.number and there.number < FIRST_NUMBER else ""
        problem = f"is the id of another row of {self.row_type.file}{where}, taken from another text"
        remedy = "give this row an id of its own"
        self.faults.append(Fault("", problem, remedy, (row.number or FIRST_NUMBER) - FIRST_NUMBER, "report", key))
        return True


class Figures(Accepted[Report]):
    """The table of reports."""

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        super().__init__(folder, scenario, Report)
        self._said = figures_said(scenario, counted)
        self._first: dict[Hashable, str] = {}
        for key, row in self.rows.items():
            if (what := self._said(row)) is not None:
                self._first.setdefault(what, key)

    def take(self, row: Report) -> Outcome:
        """Put a figure into the table, and return what became of it."""
        file, versions = self.table.file, list(self.table.versions(row.report))
        if not versions:
            return self._new(row)
        latest = versions[-1]
        if self.from_another_text(row.report, row):
            return Outcome("left out", file, row.report, "another row has this id")
        if same := [key for key in versions if _same_figure(self.rows[key], row)]:
            if same[-1] != latest:
                return Outcome("unchanged", file, same[-1], f"revised since by {latest}")
            return Outcome(self.put(latest, row), file, latest)
        key = f"{row.report}-r{len(versions) + 1}"
        before, after = self.table.cell(latest, "value"), to_cell(row.value)
        told = f"{before} became {after}" if before != after else "its bound, day or unit changed"
        revised = row.model_copy(update={"report": key, "replaces": latest})
        self.put(key, revised)
        return Outcome("revised", file, key, f"revises {latest}: {told}")

    def _new(self, row: Report) -> Outcome:
        what = self._said(row) if not row.replaces else None
        original = self._first.get(what, "") if what is not None else ""
        if original and named_in(row.note, original):
            original = ""
        original = row.same_as or original
        if original:
            row = row.model_copy(update={"same_as": original})
            self.put(row.report, row)
            return Outcome("same count", self.table.file, row.report, f"as {original}")
        if what is not None:
            self._first.setdefault(what, row.report)
        return Outcome(self.put(row.report, row), self.table.file, row.report)


def _same_figure(row: Report, other: Report) -> bool:
    return all(getattr(row, column) == getattr(other, column) for column in SAID)


class Acts(Accepted[Act]):
    """The table of acts."""

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        super().__init__(folder, scenario, Act)
        self._said = acts_said(scenario)
        self._first: dict[Hashable, str] = {}
        self._stands_for: dict[str, str] = {}
        for key, row in self.rows.items():
            if (what := self._said(row)) is not None:
                self._first.setdefault(what, key)

    def take(self, row: Act) -> Outcome:
        """Put an act into the table, and return what became of it."""
        meant = {key: self._stands_for.get(key, key) for key in (row.softens, row.ends)}
        row = row.model_copy(update={"softens": meant[row.softens], "ends": meant[row.ends]})
        file, what = self.table.file, self._said(row)
        if row.act in self.rows:
            if self.from_another_text(row.act, row):
                return Outcome("left out", file, row.act, "another row has this id")
            return Outcome(self.put(row.act, row), file, row.act)
        if what is not None and (there := self._first.setdefault(what, row.act)) != row.act:
            self._stands_for[row.act] = there
            return Outcome("same act", file, there, f"says what {there} says")
        return Outcome(self.put(row.act, row), file, row.act)


class Events(Accepted[Event]):
    """The table of events."""

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        super().__init__(folder, scenario, Event)

    def take_all(self, rows: Sequence[Event]) -> Iterator[Outcome]:
        """Put events into the table, and yield what became of each."""
        same = self._same([row for row in rows if row.event not in self.rows])
        for row in rows:
            file = self.table.file
            if row.event in self.rows and self.from_another_text(row.event, row):
                yield Outcome("left out", file, row.event, "another row has this id")
            elif there := same.get(row.event):
                yield Outcome("same event", file, there, f"may be {there} again")
            else:
                yield Outcome(self.put(row.event, row), file, row.event)

    def _same(self, rows: Sequence[Event]) -> dict[str, str]:
        """Return which new events are accounts of which others, by id."""
        new = {row.event for row in rows}
        whole = self.scenario.model_copy(update={"events": (*self.scenario.events, *rows)})
        same: dict[str, str] = {}
        for pair in pairs_of_events(whole, harmless=True):
            there, dropped = sorted((event.event for event in pair), key=lambda key: key in new)
            if dropped in new and there not in same:
                same.setdefault(dropped, clip(there))
        return same
