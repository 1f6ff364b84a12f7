"""The rows of a scenario's tables as frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from tiau.scenario import vocabulary as v
from tiau.scenario.quantities import QuantityName


class Row(BaseModel):
    """One row of a table; the field names are the column names.

    Cells of columns that begin with ``x_`` are kept in `extra`, by name. A row that was read from a file
    knows its number there; two rows with the same content are equal wherever they stand.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    file: ClassVar[str]
    required_file: ClassVar[bool] = True
    most_rows: ClassVar[int] = 20_000
    largest_file: ClassVar[int] = 32_000_000
    """Bytes."""
    counts: ClassVar[tuple[str, ...]] = ()
    """The columns that count people."""

    note: v.Prose = ""
    extra: v.OwnCells = Field(default=(), repr=False)
    _number: int | None = PrivateAttr(default=None)
    _wrong: frozenset[str] = PrivateAttr(default=frozenset())
    _written: tuple[tuple[str, str], ...] = PrivateAttr(default=())

    def __eq__(self, other: object) -> bool:
        # Not that of pydantic, which compares private values too: where a row stands is not what it says.
        return type(self) is type(other) and self.__dict__ == other.__dict__

    @property
    def number(self) -> int | None:
        """Row number as a spreadsheet shows it, the header being row 1; None where no file was read."""
        return self._number

    @property
    def known(self) -> dt.date | None:
        """Day from which the row is known; None where its table does not say, as for places and ways."""
        known: dt.date | None = getattr(self, "known_on", None)
        return known

    def sound(self, *columns: str) -> bool:
        """Whether none of some columns had a fault when the row was read."""
        # Asked for every cell of every check: the way through the descriptor of pydantic is slower.
        private = self.__pydantic_private__
        return private is None or private["_wrong"].isdisjoint(columns)

    def read_from(self, number: int, wrong: frozenset[str] = frozenset()) -> Self:
        """Note where the row was read, and which columns hold a stand-in because of a fault."""
        self._number, self._wrong = number, wrong
        # Rows of a file have the same columns: a set of their names for each takes more room than all that it says.
        object.__setattr__(self, "__pydantic_fields_set__", _one_set(frozenset(self.model_fields_set)))
        return self

    def written_as(self, texts: Mapping[str, str]) -> Self:
        """Note the texts of counts that have a point: 9.000 and 9 are one number, but may be two figures."""
        self._written = tuple((column, texts[column]) for column in self.counts if "." in texts.get(column, ""))
        return self

    def written(self, column: str) -> str:
        """Return a count of people as its cell writes it, where that has a point; an empty text otherwise."""
        return dict(self._written).get(column, "")

    def cells(self) -> dict[str, Any]:
        """Return the values of the row by column."""
        return {field.alias or name: getattr(self, name) for name, field in type(self).model_fields.items()}

    @classmethod
    @cache
    def columns(cls) -> tuple[str, ...]:
        """Return the column names in the order of the format, `note` last."""
        named = [field.alias or name for name, field in cls.model_fields.items()]
        return (*(name for name in named if name not in ("note", "extra")), "note")

    @classmethod
    @cache
    def required_columns(cls) -> tuple[str, ...]:
        """Return the names of the columns that a file must have."""
        return tuple(field.alias or name for name, field in cls.model_fields.items() if field.is_required())


@cache
def _one_set(names: frozenset[str]) -> set[str]:
    return set(names)


class Place(Row):
    """A place where people live, stay or pass."""

    file = "places.csv"
    counts = ("population", "capacity")

    place: v.Text
    aliases: v.Names = ()
    code: v.Line = ""
    country: v.Text
    admin1: v.Line = ""
    admin2: v.Line = ""
    lat: v.Number = Field(ge=-90, le=90)
    lon: v.Number = Field(ge=-180, le=180)
    kind: v.Kind
    population: v.OptionalPeople = None
    capacity: v.OptionalRoom = None
    opens: v.OptionalDay = None
    closes: v.OptionalDay = None
    source: v.Prose = ""
    estimated: v.YesNo = False


class Area(Row):
    """A named set of places; countries, admin1 and admin2 of the places are areas without a row."""

    file = "areas.csv"
    most_rows = 2_000
    required_file = False

    area: v.Text
    aliases: v.Names = ()
    code: v.Line = ""
    members: v.Names = Field(...)


class Route(Row):
    """A way between two places; `crossing` names the border crossing on it."""

    file = "routes.csv"
    most_rows = 50_000

    from_: v.Text = Field(alias="from")
    to: v.Text
    distance_km: v.Positive
    mode: v.Mode
    crossing: v.Line = ""
    porous: v.YesNo = False
    one_way: v.YesNo = False
    source: v.Prose = ""
    estimated: v.YesNo = False


class Group(Row):
    """A risk class of a home community: who they are, where home is, what differs for them."""

    file = "groups.csv"
    most_rows = 1_000

    group: v.Text
    risk_class: v.Text
    community: v.Text
    homes: v.RequiredNames
    share: v.Number = Field(ge=0, le=1)
    departure_multiplier: v.OptionalCount = None
    affinity: v.Weights = ()
    speed_factor: v.OptionalPositive = None
    source: v.Prose = ""
    estimated: v.YesNo = False

    def meant_by(self, name: str) -> bool:
        """Whether a cell `group` of another table means it: by its name, by its class, or with everybody."""
        return name in ("", "all", self.group, self.risk_class)


class Event(Row):
    """Something that happened and made people leave; the severity holds at each place named."""

    file = "events.csv"
    # What a catalogue of a continent over some years has.
    most_rows = 1_500_000
    largest_file = 400_000_000

    event: v.Text
    start: v.Day
    end: v.Day
    place: v.RequiredNames
    kind: v.Text
    severity: v.OptionalCount = None
    known_on: v.Day
    published: v.OptionalPeriod = None
    fatalities: v.OptionalPeople = None
    source_id: v.Line = ""
    date_precision_days: v.OptionalCount = None
    place_precision_km: v.OptionalCount = None
    source: v.Prose = ""
    estimated: v.YesNo = False


class Act(Row):
    """What an authority did about entry, stay or relief, from a day on."""

    file = "acts.csv"
    counts = ("amount",)

    act: v.Text
    from_: v.Day = Field(alias="from")
    until: v.OptionalDay = None
    known_on: v.Day
    authority: v.Text
    level: v.Level
    effect: v.Effect
    places: v.RequiredNames
    groups: v.Names = ()
    admit_share: v.OptionalShare = None
    enforcement: v.OptionalShare = None
    amount: v.OptionalPeople = None
    softens: v.Line = ""
    ends: v.Line = ""
    source: v.Prose = ""
    estimated: v.YesNo = False


class Report(Row):
    """A figure that somebody gave: of what, where, when, how firm, who said it, who published it."""

    file = "reports.csv"
    counts = ("value", "low", "high")
    most_rows = 50_000

    report: v.Text
    known_on: v.Day
    published: v.OptionalPeriod = None
    as_of: v.AsOf
    place: v.Text
    origin: v.Line = ""
    group: v.Text
    quantity: QuantityName
    value: v.OptionalFigure = None
    bound: v.Bound
    low: v.OptionalPeople = None
    high: v.OptionalPeople = None
    unit: v.PersonsIfBlank = "persons"
    household_size: v.OptionalPositive = None
    part: v.Line = ""
    same_as: v.Line = ""
    replaces: v.Line = ""
    not_scored: v.Line = ""
    source_kind: v.OptionalSourceKind = ""
    said_by: v.Line = ""
    publisher: v.Line = ""
    url: v.Prose = ""

    @property
    def of_everybody(self) -> bool:
        """Whether the figure is of all people, of whatever group and from wherever."""
        return self.group == "all" and not self.origin

    @property
    def whose(self) -> str:
        """Whom the figure is of: the group, and where they come from if it is of one origin."""
        if not self.origin:
            return self.group
        return f"{'people' if self.group == 'all' else self.group} from {self.origin}"

    @property
    def in_persons(self) -> Self:
        """The report with its figure in people: households times their size, no figure where that is not given."""
        if self.unit == "persons":
            return self
        figures = {column: getattr(self, column) for column in self.counts}
        size = self.household_size
        people = {c: None if size is None or count is None else count * size for c, count in figures.items()}
        return self.model_copy(update={**people, "unit": "persons"})


class Departure(Row):
    """People who leave on a day: totals given instead of modelled; `known_on` is blank where it is the day itself."""

    file = "departures.csv"
    counts = ("people",)
    most_rows = 200_000
    required_file = False

    day: v.Day
    group: v.Line = ""
    place: v.Line = ""
    people: v.People
    known_on: v.OptionalDay = None

    @property
    def known(self) -> dt.date:
        """Day from which the row is known: that of the departure where it says no other."""
        return super().known or self.day


class Displaced(Row):
    """People who are displaced already on the first day: where they stay, and where they come from if it is known."""

    file = "displaced.csv"
    counts = ("people",)
    most_rows = 50_000
    required_file = False

    place: v.Text
    group: v.Line = ""
    people: v.People
    origin: v.Line = ""
    source: v.Prose = ""
    estimated: v.YesNo = False


class Trigger(Row):
    """A threshold that somebody set, to be warned before a figure passes it: it changes nothing that happens."""

    file = "triggers.csv"
    counts = ("threshold",)
    most_rows = 1_000
    required_file = False

    trigger: v.Text
    place: v.Text
    quantity: v.OptionalStock = ""
    comparison: v.Comparison
    threshold: v.People
    by: v.OptionalDay = None
    on: v.OptionalDay = None
    within_days: v.OptionalCount = None
    set_by: v.Line = ""
    set_on: v.OptionalDay = None


TABLES: tuple[type[Row], ...] = (Place, Area, Route, Group, Event, Act, Report, Departure, Displaced, Trigger)
