"""A scenario: everything that is assumed and everything that was reported, as frozen tables."""

from __future__ import annotations

import datetime as dt
import hashlib

from pydantic import BaseModel, ConfigDict

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

    def table(self, row: type[Row]) -> tuple[Row, ...]:
        """Return the rows of one table by its row type."""
        rows: tuple[Row, ...] = getattr(self, row.file.removesuffix(".csv"))
        return rows

    def digest(self) -> str:
        """Return the SHA-256 of the scenario's content, the same however its files are laid out."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

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
