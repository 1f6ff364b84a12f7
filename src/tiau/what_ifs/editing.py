"""A what-if carried out: named changes -> a new scenario, each change in a plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from tiau.faults import Fault, nearest, written
from tiau.scenario.checks import check
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.parameters import BY_NAME, values
from tiau.scenario.rows import TABLES, Row
from tiau.scenario.settings import Setting
from tiau.scenario.severity import severity_of
from tiau.scenario.vocabulary import reworded, to_cell
from tiau.what_ifs.model import Add, Drop, Edit, Scale, Set, SetParameter, WhatIf
from tiau.what_ifs.rows import ID_COLUMNS, as_cell, called, described, id_of, in_words, places_of

ROW_TYPES: dict[str, type[Row]] = {row_type.file.removesuffix(".csv"): row_type for row_type in TABLES}
NUMBER_THAT_COUNTS = {
    "close": "enforcement", "push_back": "enforcement", "expel": "enforcement", "fence": "enforcement",
    "exempt": "admit_share", "admit": "admit_share", "corridor": "admit_share",
    "quota": "amount", "relief": "amount", "register": "amount",
}  # fmt: skip
MOST_MEANT = 100
"""Faults of one what-if that say which name may have been meant."""
BY_RULE: dict[str, dict[str, Callable[[Any], float]]] = {"events": {"severity": severity_of}}
"""Numbers that a rule gives where a row leaves them blank."""


@dataclass(frozen=True)
class Changed:
    """A scenario after a what-if.

    Attributes
    ----------
    what_if : WhatIf
    scenario : Scenario
        Without faults.
    sentences : tuple of str
        What was changed, one sentence a change.
    places : tuple of str
        Names of places, areas and crossings that the changed rows speak of.
    warnings : tuple of Fault
        What the scenario did not warn of before.
    """

    what_if: WhatIf
    scenario: Scenario
    sentences: tuple[str, ...]
    places: tuple[str, ...]
    warnings: tuple[Fault, ...]


Problem = tuple[str, str, str, str]
"""A fault or warning by its file, what is wrong, column and cell."""


def problems_before(scenario: Scenario) -> frozenset[Problem]:
    """Return what is told of a scenario without any change, for `attempt`: worked out once, where many are tried."""
    return Editor(scenario, "").known


def attempt(
    scenario: Scenario, what_if: WhatIf, *, file: str = "", known: frozenset[Problem] | None = None
) -> tuple[Changed | None, list[Fault]]:
    """Carry out a what-if and return what came of it, or every fault.

    Parameters
    ----------
    scenario : Scenario
    what_if : WhatIf
    file : str
        What faults call its file; by default its name.
    known : frozenset of tuple, optional
        What `problems_before` gave for the scenario.
    """
    editor = Editor(scenario, file or what_if.name)
    editor.carry_out(what_if.edits, what_if.why)
    if editor.faults:
        return None, editor.faults
    found = editor.scenario()
    problems = editor.problems_of(found, known)
    faults = [fault for fault in problems if fault.level == "fault"]
    if faults:
        return None, faults
    warnings = (*editor.warnings, *problems)
    return Changed(what_if, found, tuple(editor.sentences), tuple(dict.fromkeys(editor.places)), warnings), []


@dataclass(frozen=True)
class _Line:
    """A row, its number in its file (a new row has one beyond it), and which change made it what it is."""

    row: Row
    number: int
    path: str = ""


class _Tables(dict[str, list[_Line]]):
    """Tables of a scenario by name, those alone of which somebody has asked."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self._scenario = scenario

    def __missing__(self, name: str) -> list[_Line]:
        rows = self._scenario.table(ROW_TYPES[name])
        self[name] = [_Line(row, row.number or place) for place, row in enumerate(rows, start=2)]
        return self[name]


def _numbered(scenario: Scenario, tables: _Tables) -> Scenario:
    """Return a scenario with copies of rows that know their numbers, so that checks say which row they mean."""
    return scenario.model_copy(update={
        name: tuple(line.row.model_copy().read_from(line.number) for line in tables[name]) for name in ROW_TYPES
    })  # fmt: skip


def _problem(fault: Fault) -> Problem:
    return fault.file, fault.problem, fault.column, fault.cell


class Editor:
    """The tables of a scenario while changes are carried out; every fault is kept.

    Parameters
    ----------
    scenario : Scenario
    file : str
        What faults call the file of the what-if.
    """

    def __init__(self, scenario: Scenario, file: str) -> None:
        self._before = scenario
        self._file = file
        self._names = scenario.names
        self._tables = _Tables(scenario)
        self._parameters = dict(scenario.settings.parameters)
        self.sentences: list[str] = []
        self.places: list[str] = []
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []

    def carry_out(self, edits: Iterable[tuple[str, Edit]], why: str) -> None:
        """Carry out changes, in the order given; `why` is noted with parameters."""
        for path, edit in edits:
            match edit:
                case Drop():
                    self._drop(path, edit)
                case Set():
                    self._set(path, edit)
                case Add():
                    self._add(path, edit)
                case Scale():
                    self._scale(path, edit)
                case SetParameter():
                    self._parameter(path, edit, why)

    def scenario(self) -> Scenario:
        """Return the scenario as it is now."""
        tables = {name: tuple(line.row for line in lines) for name, lines in self._tables.items()}
        settings = self._before.settings.model_copy(update={"parameters": self._parameters})
        return self._before.model_copy(update={"settings": settings, **tables})

    @property
    def known(self) -> frozenset[Problem]:
        """What is told of the scenario before the changes."""
        # Numbered in the same way, so that old and new findings can be told apart by their text.
        return frozenset(map(_problem, check(_numbered(self._before, _Tables(self._before)))))

    def problems_of(self, found: Scenario, known: frozenset[Problem] | None = None) -> list[Fault]:
        """Return faults and warnings that are new or of a changed row, told as those of the what-if.

        `known` is what is told of the scenario before the changes, if that was worked out already.
        """
        # Without the row: dropping one row moves all that follow, and their warnings are not new.
        before = self.known if known is None else known
        return [
            self._told(f) for f in check(_numbered(found, self._tables))
            if _problem(f) not in before or ((line := self._line_of(f)) and line.path)
        ]  # fmt: skip

    def _line_of(self, fault: Fault) -> _Line | None:
        table = fault.file.removesuffix(".csv")
        lines = self._tables[table] if table in ROW_TYPES else []
        return next((line for line in lines if line.number == fault.row), None)

    def _told(self, fault: Fault) -> Fault:
        line = self._line_of(fault)
        if line is not None and line.path:
            return replace(fault, file=self._file, row=None, column=f"{line.path}.{fault.column}")
        row = f" row {line.number}" if line is not None else ""
        column = f" column {fault.column}" if fault.column else ""
        cell = f'"{fault.cell}" ' if fault.cell else ""
        problem = f"after the change, {fault.file}{row}{column}: {cell}{fault.problem}"
        return Fault(self._file, problem, "change or drop that row too", level=fault.level)

    def _fault(self, path: str, key: str, problem: str, remedy: str, cell: object = "") -> None:
        self.faults.append(Fault(self._file, problem, remedy, column=f"{path}.{key}", cell=written(cell)))

    def _nearest(self, name: str, known: Iterable[str]) -> str:
        """Return what may have been meant; blank after many faults, as looking for it takes longest by far."""
        return nearest(name, known) if len(self.faults) < MOST_MEANT else ""

    def _warn(self, path: str, key: str, problem: str, remedy: str) -> None:
        self.warnings.append(Fault(self._file, problem, remedy, column=f"{path}.{key}", level="warning"))

    def _drop(self, path: str, edit: Drop) -> None:
        lines = self._tables[edit.table]
        gone = self._found(path, edit.table, edit.id)
        for position in gone:
            row = lines[position].row
            self.sentences.append(f"{called(edit.table, row)} dropped{described(row)}")
            self.places += places_of(row)
        self._tables[edit.table] = [line for position, line in enumerate(lines) if position not in gone]

    def _add(self, path: str, edit: Add) -> None:
        cells = self._cells(path, edit.table, edit.cells, ())
        # Whoever adds a row assumes it, so it is known when it happens and marked as an estimate.
        defaults = {"acts": {"known_on": cells.get("from", "")}, "events": {"known_on": cells.get("end", "")}}
        row_type = ROW_TYPES[edit.table]
        filled = {
            **defaults.get(edit.table, {}),
            **({"estimated": "yes"} if "estimated" in row_type.columns() else {}),
        } | cells
        row = self._row(path, edit.table, {}, filled, cells)
        if row is not None:
            numbers = [line.number for line in self._tables[edit.table]]
            self._tables[edit.table].append(_Line(row, max(numbers, default=1) + 1, path))
            self.sentences.append(f"{called(edit.table, row)} added{described(row)}")
            self.places += places_of(row)
            self._warn_if_it_moves_nobody(path, row, ("effect",))

    def _set(self, path: str, edit: Set) -> None:
        if not edit.cells:
            self._fault(path, "id", "sets nothing", "add the columns to set", "; ".join(edit.id))
        cells = self._cells(path, edit.table, edit.cells, ID_COLUMNS[edit.table])
        for position in self._found(path, edit.table, edit.id):
            line = self._tables[edit.table][position]
            row = self._row(path, edit.table, line.row.cells(), cells, cells)
            if row is None:
                return
            self._replace(edit.table, position, row, path, cells)
            self._warn_if_it_moves_nobody(path, row, cells)

    def _scale(self, path: str, edit: Scale) -> None:
        lines = self._tables[edit.table]
        by_rule = BY_RULE.get(edit.table, {})
        numbers = dict.fromkeys(by_rule) | dict.fromkeys(
            column for line in lines for column, value in line.row.cells().items() if isinstance(value, float)
        )
        if edit.column not in numbers:
            remedy = self._nearest(edit.column, numbers) or f"allowed: {', '.join(numbers)}"
            self._fault(path, "column", f"is not a column of numbers in {edit.table}", remedy, edit.column)
            return
        for position in self._found(path, edit.table, edit.id):
            before = lines[position].row.cells()
            value, how = before[edit.column], f" (x {to_cell(edit.by)})"
            if value is None and edit.column in by_rule:
                value = by_rule[edit.column](lines[position].row)
                how = f" (x {to_cell(edit.by)} of {to_cell(value)} by the rule of severities)"
            if value is None:
                name = called(edit.table, lines[position].row)
                remedy = f"give it a number with [[set]] {edit.column} = ..."
                self._fault(path, "column", f"is blank for {name}, so it cannot be scaled", remedy, edit.column)
                continue
            row = self._row(path, edit.table, before, {edit.column: to_cell(value * edit.by)}, {edit.column: ""})
            if row is not None:
                self._replace(edit.table, position, row, path, {edit.column: ""}, how)

    def _parameter(self, path: str, edit: SetParameter, why: str) -> None:
        parameter = BY_NAME.get(edit.name)
        if parameter is None:
            self._fault(path, "name", "is not a parameter", self._nearest(edit.name, BY_NAME), edit.name)
        elif not parameter.lower <= edit.value <= parameter.upper:
            remedy = f"give a number from {parameter.lower:g} to {parameter.upper:g} {parameter.unit}"
            self._fault(path, "value", "lies outside the bounds", remedy, to_cell(edit.value))
        else:
            before = values(self._parameters)[edit.name]
            self._parameters[edit.name] = Setting(value=edit.value, why=f"what-if: {why}")
            self.sentences.append(f"parameter {edit.name}: {to_cell(before)} -> {to_cell(edit.value)}")

    def _replace(self, table: str, position: int, row: Row, path: str, columns: Iterable[str], how: str = "") -> None:
        line = self._tables[table][position]
        before, after = line.row.cells(), row.cells()
        told = [f"{c} {in_words(before[c])} -> {in_words(after[c])}{how}" for c in columns if before[c] != after[c]]
        if told:
            self.sentences.append(f"{called(table, row)}: {', '.join(told)}")
        else:
            self._warn(path, "id", f"changes nothing: {called(table, row)} is so already", "")
        self._tables[table][position] = _Line(row, line.number, path)
        self.places += [*places_of(line.row), *places_of(row)]

    def _found(self, path: str, table: str, ids: Sequence[str]) -> list[int]:
        """Return the positions of rows by their ids; an unknown id is a fault."""
        lines = self._tables[table]
        at: dict[tuple[str, ...], list[int]] = {}
        for position, line in enumerate(lines):
            for key in self._keys(table, line.row):
                at.setdefault(key, []).append(position)
        positions = []
        for name in ids:
            wanted = self._route_ends(name) if table == "routes" else (key_of(name),)
            here = at.get(wanted, [])
            if not here:
                known = (id_of(table, line.row) for line in lines)
                what = "a route (write From > To)" if table == "routes" else f"an id of {table}"
                self._fault(path, "id", f"is not {what}", self._nearest(name, known) or f"see {table}.csv", name)
            positions += here
        return list(dict.fromkeys(positions))

    def _keys(self, table: str, row: Row) -> set[tuple[str, ...]]:
        if table == "routes":
            ends = self._route_ends(id_of(table, row))
            return {ends} if getattr(row, "one_way", False) else {ends, ends[::-1]}
        aliases = getattr(row, "aliases", ())
        return {(key_of(name),) for name in (id_of(table, row), *aliases)}

    def _route_ends(self, name: str) -> tuple[str, ...]:
        return tuple(key_of(self._names.proper(end.strip())) for end in name.split(">"))

    def _cells(self, path: str, table: str, cells: Mapping[str, Any], ids: Sequence[str]) -> dict[str, str]:
        """Return cells as a table would hold them; an unknown column or a value that is no cell is a fault."""
        columns = [name for name in ROW_TYPES[table].columns() if name not in ids]
        texts = {}
        for column, value in cells.items():
            text = as_cell(value)
            if column in ids:
                self._fault(path, column, "is the id of the row, which stays", "drop the row and add another", value)
            elif column not in columns:
                remedy = self._nearest(column, columns) or f"columns: {', '.join(columns)}"
                self._fault(path, column, f"is not a column of {table}", remedy, value)
            elif text is None:
                self._fault(path, column, "is no value of a cell", 'write a text, a number, a day or ["A", "B"]', value)
            else:
                texts[column] = text
        return texts

    def _row(
        self, path: str, table: str, before: Mapping[str, Any], cells: Mapping[str, str], given: Mapping[str, str]
    ) -> Row | None:
        """Make a row of the values it had and cells, some of them `given` in the what-if, the others filled in."""
        row_type, count = ROW_TYPES[table], len(self.faults)
        for column in row_type.required_columns():
            blank = cells.get(column, before.get(column)) in (None, "")
            # What was filled in is not what somebody wrote: its fault is told of the column it was taken from.
            may_be = (table, column) == ("areas", "members") or (column in cells and column not in given)
            if blank and not may_be:
                problem = "is blank" if column in given else "is missing"
                self._fault(path, column, problem, "give a value")
        if len(self.faults) > count:
            return None
        try:
            return row_type.model_validate({**before, **cells}).written_as(given)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_context=False):
                column = str(detail["loc"][0])
                if column in cells and column not in given:
                    continue
                cell = cells.get(column, "")
                problem, _, remedy = reworded(detail["msg"], detail["type"], cell, column).partition("; ")
                self._fault(path, column, problem, remedy, cell)
            return None

    def _warn_if_it_moves_nobody(self, path: str, row: Row, columns: Container[str]) -> None:
        effect = getattr(row, "effect", "")
        column = NUMBER_THAT_COUNTS.get(effect, "")
        if column and getattr(row, column) is None and ("effect" in columns or column in columns):
            name = called("acts", row)
            self._warn(path, column, f"is blank, so {name} ({effect}) moves nobody", f"give {column} a number")
