"""Rows of proposals.csv as rows of a scenario's tables: which are taken, what they say, what is wrong with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from tiau.building.merging.tables import seen
from tiau.faults import Fault, nearest, plain
from tiau.readers.articles.language import Language, language_of
from tiau.readers.articles.persons import masked, private_names
from tiau.readers.articles.proposal_table import ProposedRow
from tiau.readers.articles.proposals import ROWS
from tiau.readers.articles.sentences import folded
from tiau.readers.cells import fault_of_cell, stand_in, unreadable_cell
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Row
from tiau.scenario.vocabulary import parse_period

YES = frozenset((
    "yes", "y", "x", "oui", "o", "si", "s", "sim", "ja", "true", "vrai", "verdadero", "wahr", "1", "\u2713", "\u2714",
))  # fmt: skip
NO = frozenset(("no", "n", "non", "nein", "nao", "false", "faux", "falso", "falsch", "0"))
LONGEST_QUOTE = 200
FIRST_NUMBER = 1_000_000_000
"""Added to the numbers of rows that are taken, so that none is that of a row of the scenario."""
FIGURES = ("value", "low", "high")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
COLUMN_OF = {
    "acts": {"act": "report", "from": "as_of", "places": "place", "groups": "group"},
    "events": {"event": "report", "start": "as_of", "end": "as_of"},
}
"""Where proposals.csv has a column of a table under another name."""


@dataclass(frozen=True)
class Taken:
    """A row that a person took.

    Attributes
    ----------
    table : {"reports", "acts", "events"}
    row : Row
        With stand-ins where a cell has a fault; its number is beyond those of any file.
    number : int
        That of proposals.csv.
    sheet : str
    """

    table: str
    row: Row
    number: int
    sheet: str


@dataclass
class Reading:
    """Proposals as rows of tables.

    Attributes
    ----------
    file : str
    taken : list of Taken
    left : dict of int to str
        Why a row is not taken, by its number.
    faults, warnings : list of Fault
    """

    file: str
    taken: list[Taken] = field(default_factory=list)
    left: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


def decided(text: str) -> bool | None:
    """Return what a cell says of its row: taken or not, None where it is blank; raise ValueError for other words."""
    word = plain(text)
    if word in YES:
        return True
    if word in NO:
        return False
    if not word:
        return None
    msg = "is neither yes nor no; write yes to take the row, leave it blank otherwise"
    raise ValueError(msg)


def read_taken(file: str, proposed: Sequence[ProposedRow], scenario: Scenario, *, everything: bool) -> Reading:
    """Return the rows that are marked, or with `everything` all that are not refused, as rows of the tables.

    Parameters
    ----------
    file : str
        Name of the file of proposals, for faults.
    proposed : sequence of ProposedRow
    scenario : Scenario
        Its names are no private persons'.
    everything : bool
    """
    reading, texts = Reading(file), _Texts(proposed, scenario)
    first: dict[tuple[str, str], int] = {}
    for one in proposed:
        try:
            said = decided(one["accept"])
        except ValueError as error:
            reading.faults.append(Fault.saying(file, str(error), one.number, "accept", one["accept"]))
            continue
        if said is False or not (said or everything):
            reading.left[one.number] = "marked no" if said is False else "not marked"
            continue
        if one["table"] not in ROWS:
            near = nearest(one["table"], ROWS) or f"write one of {', '.join(ROWS)}"
            problem = "is no table that takes proposals" if one["table"] else "is blank"
            reading.faults.append(Fault(file, problem, near, one.number, "table", one["table"]))
            continue
        key = one["table"], one["report"]
        if one["report"] and (before := first.setdefault(key, one.number)) != one.number:
            problem, remedy = f"is the id of row {before} too", "give one of them another id"
            reading.faults.append(Fault(file, problem, remedy, one.number, "report", one["report"]))
        _take(reading, one, texts)
    return reading


def _take(reading: Reading, one: ProposedRow, texts: _Texts) -> None:
    table, row_type = one["table"], ROWS[one["table"]]
    cells = {**_CELLS[table](one), "note": texts.note(one)}
    if texts.own_note_names_somebody(one):
        problem = 'holds what looks like the name of a private person, and got "[name]" in its place'
        reading.warnings.append(Fault(reading.file, problem, "", one.number, "note", level="warning"))
    wrong: dict[str, Fault] = dict(_two_readings(reading.file, one)) if table == "reports" else {}
    column_of = COLUMN_OF.get(table, {})
    for column, text in cells.items():
        shown = column_of.get(column, column)
        if fault := unreadable_cell(reading.file, one.number, shown, text):
            wrong[column] = fault
            cells[column] = ""
    try:
        row: Any = row_type.model_validate(cells)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            column = str(detail["loc"][0])
            shown = column_of.get(column, column)
            wrong.setdefault(column, fault_of_cell(reading.file, one.number, shown, cells.get(column, ""), detail))
        row = row_type.model_validate(cells | {column: stand_in(row_type, column) for column in wrong})
    if fault := texts.names_somebody(one, reading.file):
        wrong.setdefault("said_by", fault)
    told = {(fault.column, fault.problem): fault for fault in wrong.values()}
    reading.faults += told.values()
    row = row.read_from(FIRST_NUMBER + one.number, frozenset(wrong)).written_as(cells)
    reading.taken.append(Taken(table, row, one.number, one.sheet))


def _two_readings(file: str, one: ProposedRow) -> Iterator[tuple[str, Fault]]:
    """Yield the faults of figures that may be thousands: a spreadsheet of half the world writes 1000 as 1.000."""
    for column in FIGURES:
        text = one[column]
        if THOUSANDS.fullmatch(text):
            whole = text.replace(".", "")
            problem, remedy = "can be read in two ways", f"write {whole}, or {text.rstrip('0').rstrip('.')}"
            yield column, Fault(file, problem, remedy, one.number, column, text)


def _report_cells(one: ProposedRow) -> dict[str, str]:
    return {column: one[column] for column in ROWS["reports"].columns()}


def _act_cells(one: ProposedRow) -> dict[str, str]:
    """Return the cells of an act; of one whose day lies in a period the first day is taken, as estimated."""
    first, last = _days(one["as_of"])
    return {
        **{column: one[column] for column in ROWS["acts"].columns()},
        "act": one["report"], "from": first, "places": one["place"], "source": one["source"] or _source(one),
        "groups": "" if one["group"] == "all" else one["group"], "estimated": "yes" if first != last else "",
    }  # fmt: skip


def _event_cells(one: ProposedRow) -> dict[str, str]:
    first, last = _days(one["as_of"])
    return {
        **{column: one[column] for column in ROWS["events"].columns()},
        "event": one["report"], "start": first, "end": last, "source": one["source"] or _source(one), "estimated": "",
    }  # fmt: skip


_CELLS = {"reports": _report_cells, "acts": _act_cells, "events": _event_cells}


def _days(text: str) -> tuple[str, str]:
    """Return the first and the last day of a cell; what is none stays as it is, to be told."""
    try:
        found = parse_period(text)
    except ValueError:
        return text, text
    return str(found.start), str(found.end)


def _source(one: ProposedRow) -> str:
    """Return what acts and events have as their source: publisher, day, address."""
    return ", ".join(filter(None, (one["publisher"], one["published"], one["url"])))


class _Texts:
    """What was taken from each text, to know whom it calls by an office."""

    def __init__(self, proposed: Sequence[ProposedRow], scenario: Scenario) -> None:
        quotes: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for one in sorted(proposed, key=_start):
            if one["quote"]:
                quotes[one["file"]].setdefault(one["quote"])
        self._whole = {file: "\n\n".join(texts) for file, texts in quotes.items()}
        self._language = {file: language_of(folded(text)) for file, text in self._whole.items()}
        self._known = frozenset((*_known(scenario), *(one["publisher"] for one in proposed))) - {""}

    def _masked(self, one: ProposedRow, text: str) -> str:
        return masked(text, self._of(one), self._known, self._whole.get(one["file"], ""))

    def _of(self, one: ProposedRow) -> Language | None:
        return self._language.get(one["file"])

    def note(self, one: ProposedRow) -> str:
        """Return the note of a row: that of the person, and the quote, without names of private persons."""
        own = self._masked(one, one["note"])
        quote = shortened(seen(" ".join(self._masked(one, one["quote"]).split())))
        return " ".join(filter(None, (own, f'"{quote}"' if quote else "")))

    def own_note_names_somebody(self, one: ProposedRow) -> bool:
        """Whether what the person wrote held such a name."""
        return self._masked(one, one["note"]) != one["note"]

    def names_somebody(self, one: ProposedRow, file: str) -> Fault | None:
        """Return the fault of a row that names a private person as the one who said it."""
        for column in ("said_by", "authority"):
            text = one[column]
            if text and private_names(text, self._of(one), self._known, self._whole.get(one["file"], "")):
                problem = "looks like the name of a private person"
                remedy = (
                    'give the office or the kind of person, such as "village leader"; an organisation is known by '
                    'a word for what it is, such as "association", an official by the office before the name'
                )
                return Fault(file, problem, remedy, one.number, column, text)
        return None


def _start(one: ProposedRow) -> int:
    return int(one["start"]) if one["start"].isdecimal() and len(one["start"]) < 12 else 0


def _known(scenario: Scenario) -> Iterator[str]:
    """Yield names of a scenario that are no private persons'."""
    yield from scenario.names
    for group in scenario.groups:
        yield from (group.group, group.community)
    for act in scenario.acts:
        yield act.authority
    for report in scenario.reports:
        yield from (report.publisher, report.said_by)


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Return a text cut between words, with dots behind it where something is left out."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 3]
    if not text[longest - 3].isspace():
        cut = cut.rpartition(" ")[0] or cut
    return f"{cut.rstrip(' ,;:')}..."
