"""A scenario: everything that is assumed and everything that was reported, as frozen tables."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from tiau.faults import Fault, InputError
from tiau.scenario.names import Gazetteer
from tiau.scenario.outflows import Outflow, outflows_of
from tiau.scenario.parameters import values
from tiau.scenario.residents import Residents, residents_of
from tiau.scenario.rows import Act, Area, Departure, Event, Group, Place, Report, Route, Row
from tiau.scenario.settings import Settings


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

    @cached_property
    def values(self) -> Mapping[str, float]:
        """The value of every parameter: the scenario's where it sets one, else the default."""
        return MappingProxyType(values(self.settings.parameters))

    @cached_property
    def names(self) -> Gazetteer:
        """What the names of places and areas mean."""
        return Gazetteer(self.places, self.areas)

    @cached_property
    def residents(self) -> Residents:
        """Who lives where."""
        return residents_of(self.groups, self.places, self.names)

    @cached_property
    def outflows(self) -> tuple[Outflow, ...]:
        """Departures that are given instead of modelled, on days of the period, by the homes that they leave."""
        in_period = (row for row in self.departures if self.settings.start <= row.day <= self.settings.end)
        return outflows_of(in_period, self.groups, self.places, self.names, self.residents)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed; what was worked out from the fields is worked out anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        fields = {name: value for name, value in state["__dict__"].items() if name in type(self).model_fields}
        return {**state, "__dict__": fields}

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
