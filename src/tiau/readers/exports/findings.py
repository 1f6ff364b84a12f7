"""What an export says, row by row, before it is decided where in a scenario it goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from tiau.scenario.quantities import QuantityName
from tiau.scenario.vocabulary import Bound, SourceKind, Unit

Tier = Literal["", "country", "admin1", "admin2", "admin3", "place", "point"]
"""How large what a row speaks of is: blank where the export does not say, `point` where it has coordinates alone."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is, as the export says it.

    Attributes
    ----------
    tier : Tier
        What `name` and `code` are the name and code of.
    name, code : str
        Its name, and its code (a p-code, or ISO for a country); either may be blank.
    country, admin1, admin2, admin3 : str
        Names of what lies above it, or their codes where the export has codes alone; blank where not given.
    lat, lon : float or None, degrees
    aliases : tuple of str
        Other names of it in the export.
    """

    tier: Tier
    name: str = ""
    code: str = ""
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    lat: float | None = None
    lon: float | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that rows of an export say.

    Attributes
    ----------
    rows : tuple of int
        Numbers as a spreadsheet shows them; of JSON those of records, the first being 1.
    sheet : str
        Name of the sheet; blank in files that have none.
    """

    rows: tuple[int, ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEvent(Finding):
    """An event. Of two with the same `source` and `source_id` the one with the later `changed` counts.

    Attributes
    ----------
    source, source_id : str
        The catalogue ("ACLED", "UCDP GED") and its id there.
    start, end : date
        The days on which it may have happened, both included.
    spot : Spot
        Of tier country or admin1 where its place is known no better.
    kind : str
        In small letters, such as "armed clash"; `tiau.scenario.severity` rates it.
    fatalities, low, high : float or None, persons
    date_precision_days, place_precision_km : float or None
        How far the true day may lie from any other of start to end, and the true place from the point; None where they
        are known or the export does not say. An event with several days and no precision lasts that long.
    known_on, published : date or None
        Since when it was known, and the first day on which a source told of it.
    changed : str
        What sorts versions of one event in time; blank where the export has none.
    note : str
    """

    source: str
    source_id: str
    start: dt.date
    end: dt.date
    spot: Spot
    kind: str
    fatalities: float | None = None
    low: float | None = None
    high: float | None = None
    date_precision_days: float | None = None
    place_precision_km: float | None = None
    known_on: dt.date | None = None
    published: dt.date | None = None
    changed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFigure(Finding):
    """A figure of people.

    Attributes
    ----------
    key : str
        What makes it this figure and no other in every later export of its kind, its value left out: "operation;
        SD04001; round 1". The same key with another value is a revision.
    start, end : date
        The period it speaks of, both included; one day for a count.
    spot : Spot
    quantity : QuantityName
    value : float or None
        In `unit`; None for a range.
    bound : Bound
    low, high : float or None
    origin : Spot or None
        Where the people come from, if the figure is of one origin.
    group : str
        "all" unless the export is of a group.
    unit : Unit
    household_size : float or None, persons
    part : str
        Of which parts of one count this is one ("refugees", "conflict", "site assessment"): parts add up to the whole.
    said_by, publisher, url, note : str
        `said_by` is an office, such as "UNHCR" or "IOM DTM".
    source_kind : SourceKind
    known_on : date or None
        None where the export does not say: whoever imports it is asked.
    not_scored : str
        Why it is not to be scored; blank where it is.
    same_as : str
        The `key` of the figure that it is a copy of, where the export itself says so.
    """

    key: str
    start: dt.date
    end: dt.date
    spot: Spot
    quantity: QuantityName
    value: float | None
    source_kind: SourceKind
    bound: Bound = "exact"
    low: float | None = None
    high: float | None = None
    origin: Spot | None = None
    group: str = "all"
    unit: Unit = "persons"
    household_size: float | None = None
    part: str = ""
    said_by: str = ""
    publisher: str = ""
    url: str = ""
    note: str = ""
    known_on: dt.date | None = None
    not_scored: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace(Finding):
    """A town, camp or site with coordinates, which the scenario may need.

    Attributes
    ----------
    spot : Spot
        Of tier place, with its coordinates.
    kind : {"town", "camp"}
    population : float or None, persons
    seat : {"", "country", "admin1", "admin2"}
        What it is the seat of.
    closed : bool
        Whether the export says that it is closed.
    source : str
    """

    spot: Spot
    kind: Literal["town", "camp"]
    source: str
    population: float | None = None
    seat: Literal["", "country", "admin1", "admin2"] = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArea(Finding):
    """A country, an admin 1, 2 or 3; `spot.lat` and `lon`, if any, are its middle, no town."""

    spot: Spot
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPopulation(Finding):
    """People who live in an area or place.

    Attributes
    ----------
    spot : Spot
    people : float, persons
    year : int or None
    source : str
    """

    spot: Spot
    people: float
    source: str
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCrossing(Finding):
    """A border crossing: a name and a point for routes.

    Attributes
    ----------
    name : str
    spot : Spot
        Of tier point.
    sides : tuple of str
        Names of the places on both sides, the one that people leave first; fewer where the name is not of two.
    countries : tuple of str
        Of both sides as far as known, in the same order.
    aliases : tuple of str
    source : str
    known_on : date or None
    """

    name: str
    spot: Spot
    source: str
    sides: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    known_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut(Finding):
    """Rows that become nothing, and why, in words that follow "left out: "."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Finding):
    """Rows that become nothing until a question is answered.

    Attributes
    ----------
    option : str
        The field of `Answers` that answers it, such as "place".
    question : str
        In words that an analyst understands, with what the file shows: "of which place are the 30 figures ...?"
    choices : tuple of str
        Answers that are possible, where there are few; else none.
    """

    option: str
    question: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark(Finding):
    """Something to know about a file as a whole, or how it was read; `rows` may be empty."""

    text: str
    rows: tuple[int, ...] = field(default=())
