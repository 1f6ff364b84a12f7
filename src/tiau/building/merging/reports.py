"""Figures into reports.csv: revisions beside what they revise, copies of one count marked, and every figure placed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from tiau.building.merging.tables import EditedTable, clean, slug
from tiau.building.outcomes import Outcome
from tiau.building.where import NOT_OURS, Where
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import FoundFigure
from tiau.scenario.quantities import FLOWS
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import to_cell

REPORTS = "reports.csv"
LONGEST_ID = 120
FEWEST_COMPARED = 10
"""People in a figure that can be told for a copy of another by its number: small numbers are equal by chance."""
ROUNDED_TO = 100
UNSAID = "unhcr-pt."
"""Figures of tables that do not say whether people are present or have arrived."""
SAID = ("value", "bound", "low", "high", "as_of", "unit")
"""What makes a new version of a figure when it differs."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a finding was found.

    Attributes
    ----------
    file, kind : str
        Name of the file, and the kind of export that it is.
    answers : Answers
        What the analyst says of it.
    today : date
        Day of the import: on it the file was known at the latest.
    own : str
        Name of the mapping that reads a table of one's own; blank for other kinds.
    """

    file: str
    kind: str
    answers: Answers
    today: dt.date
    own: str = ""

    @property
    def prefix(self) -> str:
        """What the ids of its figures begin with: "UNHCR Refugee Data Finder" gives unhcr-rdf."""
        if self.own:
            return f"own-{slug(self.own)}"
        first, *others = slug(self.kind).split("-")
        return f"{first}-{''.join(word[0] for word in others)}" if others else first


@dataclass
class Figures:
    """Figures merged one by one.

    Attributes
    ----------
    table : EditedTable
        That of reports.
    where : Where
    """

    table: EditedTable[Report]
    where: Where
    _counts: dict[tuple[str, str, str, bool], list[tuple[float, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _row_of: dict[str, tuple[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in self.table.rows:
            if not self.table.cell(key, "same_as") and (value := self.table.cell(key, "value")):
                self._counts[self._count_key(key)].append((float(value), key))

    def merge(self, found: FoundFigure, source: Source) -> Outcome:
        """Put a figure into the table, and return what became of it."""
        place = self.where.of_figure(found.spot)
        if not place.name:
            return Outcome("left out", why=place.how)
        first = _id(source.prefix, found.key)
        versions = list(self.table.versions(first))
        row = self._row(found, source, place.name, place.reason)
        if not versions:
            return self._put(first, row, found, source, place.how)
        current = versions[-1]
        file, number = self._row_of.get(current, ("", 0))
        if same := [key for key in versions if self._says(key, row)]:
            return self._again(same[-1], current, row, found, source, place.how)
        if file == source.file:
            return Outcome("left out", REPORTS, current, f"row {number} of the file gives another number for the same")
        if file and file in source.answers.newer:
            return Outcome("left out", REPORTS, current, f"older than the figure of {file}")
        if file and not found.known_on and source.file not in source.answers.newer:
            question = f"which of {file} and {source.file} is newer? They give {first} differently (--newer FILE)"
            return Outcome("question", REPORTS, current, question)
        if to_cell(row["known_on"]) < self.table.cell(current, "known_on"):
            return Outcome("left out", REPORTS, current, "older than the figure that is there")
        key = f"{first}-r{len(versions) + 1}"
        return self._revised(key, row, found, source, current)

    def _revised(
        self, key: str, row: dict[str, object], found: FoundFigure, source: Source, before: str
    ) -> Outcome:  # fmt: skip
        """Put in a figure that revises another one, and tell both numbers."""
        old, new = self.table.cell(before, "value"), to_cell(row["value"])
        done = self._put(key, row | {"replaces": before}, found, source, f"revises {before}")
        told = f"{old} became {new}" if old != new else "its bound, day or unit changed"
        return Outcome("revised", done.table, done.id, f"revises {before}: {told}")

    def _says(self, key: str, row: Mapping[str, object]) -> bool:
        """Whether a row of the table has the same figure as a new one."""
        return all(to_cell(row[column]) == self.table.cell(key, column) for column in SAID)

    def _again(
        self, key: str, latest: str, row: dict[str, object], found: FoundFigure, source: Source, how: str
    ) -> Outcome:  # fmt: skip
        """Return what becomes of a figure that is there already; that of an older version is not revised back."""
        if key != latest:
            if found.known_on and str(found.known_on) > self.table.cell(latest, "known_on"):
                number = sum(1 for _ in self.table.versions(_id(source.prefix, found.key))) + 1
                back = f"{_id(source.prefix, found.key)}-r{number}"
                return self._revised(back, row, found, source, latest)
            return Outcome("unchanged", REPORTS, key, f"revised since by {latest}")
        if self.table.cell(key, "known_on") < to_cell(row["known_on"]):
            del row["known_on"]
        file, _ = self._row_of.setdefault(key, (source.file, found.rows[0] if found.rows else 0))
        # What is known of it already, such as whose copy it is, stays.
        stale = not row["not_scored"] and self.table.cell(key, "not_scored").endswith(NOT_OURS)
        what = self.table.put(key, row, ("not_scored",) if stale else ())
        if file != source.file:
            return Outcome("same count", REPORTS, key, f"as in {file}; {how}")
        return Outcome(what, REPORTS, key, how)

    def _put(self, key: str, row: dict[str, object], found: FoundFigure, source: Source, how: str) -> Outcome:
        row["report"], self._row_of[key] = key, (source.file, found.rows[0] if found.rows else 0)
        original = _id(source.prefix, found.same_as) if found.same_as else ""
        original = original or self._copied(row, source.prefix)
        if original.startswith(UNSAID) and not key.startswith(UNSAID):
            # Of two copies the one whose source says what it counts stands for both.
            what = self.table.put(key, row)
            self.table.put(original, {"same_as": key})
            self._counts[self._count_key(key)] = [
                (value, key if other == original else other) for value, other in self._counts[self._count_key(key)]
            ]
            return Outcome(what, REPORTS, key, f"{how}; {original} is a copy of it")
        if original and original in self.table:
            self.table.put(key, row | {"same_as": original})
            return Outcome("same count", REPORTS, key, f"the count of {original}; {how}")
        what = self.table.put(key, row)
        if found.value is not None:
            self._counts[self._count_key(key)].append((found.value, key))
        return Outcome(what, REPORTS, key, how)

    def _copied(self, row: dict[str, object], prefix: str) -> str:
        """Return the id of a figure of another kind of export that is the same count, exact or rounded."""
        value = row["value"]
        if not isinstance(value, float) or value < FEWEST_COMPARED:
            return ""
        same = self._counts[
            _count_key(to_cell(row["as_of"]), str(row["place"]), str(row["origin"]), str(row["quantity"]))
        ]
        gone = {self.table.cell(key, "replaces") for _, key in same} if row.get("replaces") else set()
        for other, key in same:
            if key in gone:
                continue
            if not key.startswith(f"{prefix}.") and _same_count(value, other) and self._comparable(key, row):
                return key
        return ""

    def _comparable(self, key: str, row: Mapping[str, object]) -> bool:
        """Whether a figure of the table counts the same people as another can: not refugees where it counts IDPs."""
        parts = {self.table.cell(key, "part").casefold(), str(row["part"]).casefold()} - {""}
        alike = all(
            (self.table.cell(key, column) or usual) == row[column]
            for column, usual in (("unit", "persons"), ("group", "all"), ("bound", "exact"))
        )
        return len(parts) < 2 and alike

    def _count_key(self, key: str) -> tuple[str, str, str, bool]:
        return _count_key(*(self.table.cell(key, column) for column in ("as_of", "place", "origin", "quantity")))

    def _row(self, found: FoundFigure, source: Source, place: str, reason: str) -> dict[str, object]:
        origin = self.where.of_origin(found.origin) if found.origin else None
        size = found.household_size or source.answers.household_size
        known = max(found.known_on or source.answers.known_on or source.today, found.end)
        not_scored = found.not_scored or reason or (origin.reason if origin else "")
        not_scored = not_scored or self.where.moves_nobody(found.quantity, place, origin.name if origin else "")
        return {
            "known_on": known, "as_of": _period(found.start, found.end), "place": place,
            "origin": origin.name if origin else "", "group": found.group, "quantity": found.quantity,
            "value": found.value, "bound": found.bound, "low": found.low, "high": found.high,
            "unit": found.unit, "household_size": size if found.unit == "households" else None,
            "part": clean(found.part), "not_scored": clean(not_scored), "source_kind": found.source_kind,
            "said_by": clean(found.said_by or source.answers.said_by), "publisher": clean(found.publisher),
            "url": clean(found.url, 2000), "note": clean(found.note, 2000),
        }  # fmt: skip


def _id(prefix: str, key: str) -> str:
    whole = f"{prefix}.{slug(key)}"
    if len(whole) <= LONGEST_ID:
        return whole
    return f"{whole[: LONGEST_ID - 9]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def _period(start: dt.date, end: dt.date) -> str:
    return str(start) if start == end else f"{start}/{end}"


def _count_key(as_of: str, place: str, origin: str, quantity: str) -> tuple[str, str, str, bool]:
    """Return what copies of one count share; sources call one stock present, registered or arrived."""
    return as_of, place, origin, quantity in FLOWS


def _same_count(value: float, other: float) -> bool:
    if value == other:
        return True
    exact, rounded = sorted((value, other), key=lambda number: len(f"{number:.0f}".rstrip("0")), reverse=True)
    unit = 10.0 ** (len(f"{rounded:.0f}") - len(f"{rounded:.0f}".rstrip("0")))
    return ROUNDED_TO <= unit <= rounded / 10 and abs(exact - rounded) <= unit / 2
