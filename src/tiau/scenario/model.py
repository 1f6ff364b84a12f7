"""A scenario as frozen values: the rows of its tables, its settings, and the scenario that holds them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from tiau.faults import Fault, InputError
from tiau.flee.case.settings import FleeSettings
from tiau.scenario import vocabulary as v
from tiau.scenario.spellings.advice import FORMAT_AS_TEXT, for_day
from tiau.scenario.spellings.days import days

FORMAT = 1


class Row(BaseModel):
    """One row of a table; the field names are the column names.

    `columns` that begin with ``x_`` are kept in `extra` as they are. A row that was read from a file
    knows its number there; two rows with the same content are equal wherever they stand.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    file: ClassVar[str]
    required_file: ClassVar[bool] = True
    most_rows: ClassVar[int] = 20_000
    counts: ClassVar[tuple[str, ...]] = ()
    """The columns that count people."""

    note: v.Prose = ""
    extra: tuple[tuple[v.Line, v.Prose], ...] = Field(default=(), repr=False)
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

    def sound(self, *columns: str) -> bool:
        """Whether none of some columns had a fault when the row was read."""
        # Asked for every cell of every check: the way through the descriptor of pydantic is slower.
        private = self.__pydantic_private__
        return private is None or private["_wrong"].isdisjoint(columns)

    def read_from(self, number: int, wrong: frozenset[str] = frozenset()) -> Self:
        """Note where the row was read, and which columns hold a stand-in because of a fault."""
        self._number, self._wrong = number, wrong
        return self

    def written_as(self, texts: Mapping[str, str]) -> Self:
        """Note the texts of counts that have a point: 9.000 and 9 are one number, but may be two figures."""
        self._written = tuple((column, texts[column]) for column in self.counts if "." in texts.get(column, ""))
        return self

    def written(self, column: str) -> str:
        """Return a count of people as its cell writes it, where that has a point; an empty text otherwise."""
        return dict(self._written).get(column, "")

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


class Place(Row):
    """A place where people live, stay or pass."""

    file = "places.csv"
    counts = ("population", "capacity")

    place: v.Text
    aliases: v.Names = ()
    country: v.Text
    admin1: v.Line = ""
    admin2: v.Line = ""
    lat: v.Number = Field(ge=-90, le=90)
    lon: v.Number = Field(ge=-180, le=180)
    kind: v.Kind
    population: v.OptionalPeople = None
    capacity: v.OptionalRoom = None
    source: v.Prose = ""
    estimated: v.YesNo = False


class Area(Row):
    """A named set of places; countries, admin1 and admin2 of the places are areas without a row."""

    file = "areas.csv"
    most_rows = 2_000
    required_file = False

    area: v.Text
    aliases: v.Names = ()
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
    most_rows = 50_000

    event: v.Text
    start: v.Day
    end: v.Day
    place: v.RequiredNames
    kind: v.Text
    severity: v.Count
    known_on: v.Day
    published: v.OptionalPeriod = None
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
    quantity: v.Quantity
    value: v.OptionalFigure = None
    bound: v.Bound
    low: v.OptionalPeople = None
    high: v.OptionalPeople = None
    same_as: v.Line = ""
    not_scored: v.Line = ""
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


class Departure(Row):
    """People who leave on a day: totals given instead of modelled."""

    file = "departures.csv"
    counts = ("people",)
    most_rows = 50_000
    required_file = False

    day: v.Day
    group: v.Line = ""
    place: v.Line = ""
    people: v.People


TABLES: tuple[type[Row], ...] = (Place, Area, Route, Group, Event, Act, Report, Departure)


def _toml_day(value: object) -> object:
    if isinstance(value, dt.datetime):
        msg = f"is a day with a time; write the day alone: {', '.join(map(str, days(value.isoformat())))}"
        raise ValueError(msg)
    if isinstance(value, str):
        msg = f"is a text; {for_day(value).replace(FORMAT_AS_TEXT, 'without quotation marks')}"
        raise ValueError(msg)
    if not isinstance(value, dt.date):
        msg = "is not a day; write it as YYYY-MM-DD without quotation marks"
        raise ValueError(msg)
    return value


def _toml_number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = "is not a number; write digits, without quotation marks"
        raise ValueError(msg)
    return value


TomlDay = Annotated[dt.date, BeforeValidator(_toml_day)]
TomlNumber = Annotated[float, BeforeValidator(_toml_number)]


class Rules(BaseModel):
    """Which rules move people."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    model: Literal["destinations", "flee"] = "destinations"
    flee: FleeSettings | None = None
    """What the rules of Flee are set to; only where `model` is "flee"."""

    @model_validator(mode="after")
    def _of_the_model(self) -> Self:
        if self.flee is not None and self.model != "flee":
            msg = 'has settings of the model "flee", but another model is chosen; write model = "flee"'
            raise ValueError(msg)
        return self


class Setting(BaseModel):
    """The value that a scenario gives to a parameter, and why it differs from the default."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    value: TomlNumber = Field(allow_inf_nan=False)
    why: v.Reason


class Series(BaseModel):
    """Figures of one speaker over time, to score runs on: the exact figures of a place and a group."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    place: v.Line
    group: v.Line = "all"
    since: TomlDay
    title: v.Text


class Settings(BaseModel):
    """The content of scenario.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Annotated[Literal[1], BeforeValidator(_toml_number)]
    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)
    title: v.Text
    start: TomlDay
    end: TomlDay
    description: v.Prose = ""
    licence: v.Prose = ""
    fitted_until: TomlDay | None = None
    """Last day on which a report was known that the parameters were fitted to; later ones are out of sample."""
    series: Series | None = None
    rules: Rules = Rules()
    parameters: dict[str, Setting] = {}


class Scenario(BaseModel):
    """Everything that is assumed and everything that was reported, as frozen tables."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    settings: Settings
    places: tuple[Place, ...]
    areas: tuple[Area, ...] = ()
    routes: tuple[Route, ...] = ()
    groups: tuple[Group, ...] = ()
    events: tuple[Event, ...] = ()
    acts: tuple[Act, ...] = ()
    reports: tuple[Report, ...] = ()
    departures: tuple[Departure, ...] = ()

    @property
    def name(self) -> str:
        """The scenario's name."""
        return self.settings.name

    @property
    def days(self) -> int:
        """Number of simulated days, both ends included."""
        return (self.settings.end - self.settings.start).days + 1

    def table(self, row: type[Row]) -> tuple[Row, ...]:
        """Return the rows of one table by its row type."""
        rows: tuple[Row, ...] = getattr(self, row.file.removesuffix(".csv"))
        return rows

    def digest(self) -> str:
        """Return the SHA-256 of the scenario's content, the same however its files are laid out."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def refuse_flee(self, problem: str, remedy: str) -> None:
        """Refuse what is made for the model "destinations" alone.

        Raises
        ------
        InputError
            If the scenario's model is "flee".
        """
        if self.settings.rules.model == "flee":
            raise InputError([Fault("scenario.toml", problem, remedy, column="rules.model", cell="flee")])

    def until(self, day: dt.date) -> Scenario:
        """Return the scenario cut to end on `day`.

        Raises
        ------
        ValueError
            If the day lies outside the scenario's period.
        """
        if not self.settings.start <= day <= self.settings.end:
            msg = f"{day} lies outside the scenario, which runs from {self.settings.start} to {self.settings.end}"
            raise ValueError(msg)
        return self.model_copy(update={"settings": self.settings.model_copy(update={"end": day})})
