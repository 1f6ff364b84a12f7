"""A case in the format of Flee: the rows of its files, in file order, at full scale."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.faults import Fault, one_of_each_kind
from tiau.flee.case.settings import FleeSettings

Floats = NDArray[np.float64]
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Location:
    """A row of locations.csv.

    Attributes
    ----------
    kind : str
        `location_type` as it stands in the file.
    conflict_date : int
        Day of the first conflict; above 0 the place begins as a town.
    people : int
        Column 8: capacity of a camp, population of every other kind.
    attributes : tuple of (str, str)
        Columns 9 and on.
    """

    name: str
    region: str
    country: str
    x: float
    y: float
    kind: str
    conflict_date: int
    people: int
    attributes: Attributes = ()


@dataclass(frozen=True)
class Link:
    """A row of routes.csv: a way between two locations, in both directions."""

    name1: str
    name2: str
    km: float
    forced_redirection: int = 0
    attributes: Attributes = ()


@dataclass(frozen=True)
class Closure:
    """A row of closures.csv: `start` and `end` are days, -1 never."""

    kind: str
    name1: str
    name2: str
    start: int
    end: int


@dataclass(frozen=True)
class Change:
    """A row of location_changes.csv: a location becomes another kind on a day."""

    name: str
    kind: str
    day: int


@dataclass(frozen=True, eq=False)
class DayTable:
    """A table with a column a location and a row a day: conflicts.csv or flood_level.csv; values (day, column)."""

    names: tuple[str, ...]
    values: Floats

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DayTable) and self.names == other.names and np.array_equal(self.values, other.values)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class DataFile:
    """A file of counts: the day of each row, counted from the start, and the people then; in file order."""

    file: str
    days: tuple[int, ...]
    people: tuple[int, ...]


@dataclass(frozen=True)
class Label:
    """A row of data_layout.csv: a location (or the total) and the files whose counts add up to it."""

    name: str
    files: tuple[DataFile, ...]


@dataclass(frozen=True)
class Correction:
    """A row of registration_corrections.csv: counts before `day` are rescaled to the level on it."""

    name: str
    day: int


@dataclass(frozen=True)
class FleeCase:
    """Everything that a folder in Flee's format says.

    Attributes
    ----------
    name : str
        Of the folder.
    start, days
        First day and number of days.
    labels : tuple of Label
        The first is by convention the total.
    conflicts, flood_level : DayTable or None
    demographics : dict of str to DayTable-like rows
        Attribute name to (value, {location or "Default": weight}) rows; used by the rules on attributes only.
    notes : tuple of Fault
        What the reader put right, and what Flee takes as it is and its author may not have meant; two cases that
        differ only here are equal.
    """

    name: str
    start: dt.date
    days: int
    locations: tuple[Location, ...]
    links: tuple[Link, ...]
    closures: tuple[Closure, ...]
    labels: tuple[Label, ...]
    corrections: tuple[Correction, ...] = ()
    conflicts: DayTable | None = None
    flood_level: DayTable | None = None
    changes: tuple[Change, ...] = ()
    demographics: dict[str, tuple[tuple[str, dict[str, float]], ...]] = field(default_factory=dict)
    settings: FleeSettings = field(default_factory=FleeSettings)
    notes: tuple[Fault, ...] = field(default=(), compare=False)

    def date(self, day: int) -> dt.date:
        """Return the date of a day, counted from the first."""
        return self.start + dt.timedelta(day)

    def digest(self) -> str:
        """Return the SHA-256 of what the case says, the same however its files are laid out."""
        said = {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.compare}
        return hashlib.sha256(json.dumps(said, default=_plain).encode()).hexdigest()

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was put right, one sentence of each kind."""
        return self._said("put right")

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the author of the case may not have meant, one sentence of each kind."""
        return self._said("warning")

    def _said(self, level: str) -> tuple[str, ...]:
        counted = one_of_each_kind(note for note in self.notes if note.level == level)
        return tuple(f"{note} (and {count - 1:,} more like it)" if count > 1 else str(note) for note, count in counted)


def _plain(value: Any) -> object:  # noqa: ANN401
    """Return a part of a case as numbers, texts and lists."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    return value.isoformat() if isinstance(value, dt.date) else vars(value)


def plain_name(text: str) -> str:
    """Return a text as the name of a case: ASCII letters, digits, dots, hyphens and underscores."""
    return _NOT_IN_NAMES.sub("-", text).strip("._-")[:100] or "case"
