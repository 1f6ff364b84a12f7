"""A scenario: everything that is assumed and everything that was reported, as frozen tables."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from tiau.faults import wrong_argument
from tiau.scenario.known import acts_known, reports_known, rows_known
from tiau.scenario.names import Gazetteer
from tiau.scenario.outflows import Outflow, outflows_of
from tiau.scenario.parameters import PLANNING, values
from tiau.scenario.posterior import Posterior
from tiau.scenario.prior import digest_of_prior
from tiau.scenario.residents import Residents, residents_of
from tiau.scenario.rows import TABLES, Act, Area, Departure, Displaced, Event, Group, Place, Report, Route, Row, Trigger
from tiau.scenario.settings import Settings
from tiau.scenario.vocabulary import as_day


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
    displaced: tuple[Displaced, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    posterior: Posterior | None = None
    """What a fit learned; runs go by it."""
    posteriors: tuple[Posterior, ...] = ()
    """What fits learned from what was known on other days; forecasts from these days go by them, and nothing else."""

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

    def __copy__(self) -> Self:
        # Without what was worked out: a copy may get other fields.
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return super(Scenario, copy(self)).__deepcopy__(memo)

    def __getstate__(self) -> dict[Any, Any]:
        return super(Scenario, copy(self)).__getstate__()

    def table(self, row: type[Row]) -> tuple[Row, ...]:
        """Return the rows of one table by its row type."""
        rows: tuple[Row, ...] = getattr(self, row.file.removesuffix(".csv"))
        return rows

    @property
    def _sizes(self) -> dict[str, int]:
        """Number of rows of each table that has any."""
        sizes = {row.file.removesuffix(".csv"): len(self.table(row)) for row in TABLES}
        return {name: size for name, size in sizes.items() if size}

    def __repr__(self) -> str:
        sizes = ", ".join(f"{size:,} {name}" for name, size in self._sizes.items())
        return f"<Scenario {self.name}: {self.settings.start} to {self.settings.end}; {sizes}>"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        from html import escape

        settings = self.settings
        told = {"title": settings.title, "days": f"{settings.start} to {settings.end}"}
        told |= {"fitted until": str(settings.fitted_until)} if settings.fitted_until else {}
        told |= {"conditioned on what was known until": str(self.posterior.known_until)} if self.posterior else {}
        told |= {"parameters set": str(len(settings.parameters))} if settings.parameters else {}
        told |= {name: f"{size:,} rows" for name, size in self._sizes.items()}
        rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in told.items())
        return f"<table><caption>Scenario {escape(self.name)}</caption><tbody>{rows}</tbody></table>"

    def digest(self) -> str:
        """Return the SHA-256 of the scenario's content, the same however its files are laid out.

        Triggers and parameters of planning are left out, since what is asked of a scenario changes nothing that happens
        in it, and what fits to other days learned: no run goes by that.
        """
        left_out: dict[str, Any] = {
            "posterior": True,
            "posteriors": True,
            "triggers": True,
            "settings": {"parameters": PLANNING},
        }
        found = hashlib.sha256(self.model_dump_json(exclude=left_out).encode())
        if self.posterior is not None:
            found.update(self.posterior.digest().encode())
        return found.hexdigest()

    def without_posterior(self) -> Scenario:
        """Return the scenario without what fits learned of it: its digest is the one that a posterior names."""
        return self.model_copy(update={"posterior": None, "posteriors": ()})

    def prior_digest(self) -> str:
        """Return the SHA-256 of what a standard normal number comes to here, whatever else the scenario says."""
        return digest_of_prior(self.values)

    def day_in_period(self, day: dt.date | str, argument: str) -> dt.date:
        """Return a day of the period, given as a date or as YYYY-MM-DD.

        Raise InputError that names the argument if it is no day or lies outside.
        """
        found = as_day(day, argument)
        start, end = self.settings.start, self.settings.end
        if not start <= found <= end:
            raise wrong_argument(argument, "lies outside the scenario", f"give a day from {start} to {end}", found)
        return found

    def until(self, day: dt.date | str) -> Scenario:
        """Return the scenario cut to end on a day, a date or YYYY-MM-DD.

        Raises
        ------
        InputError
            If the day lies outside the scenario's period.
        """
        end = self.day_in_period(day, "until")
        return self.model_copy(update={"settings": self.settings.model_copy(update={"end": end})})

    def known_by(self, day: dt.date | str) -> Scenario:
        """Return the scenario as it was known on a day, a date or YYYY-MM-DD, and nothing that was known later.

        A row is known as a whole from its `known_on`, a departure without one from its day: what was known of days to
        come stays, and an end of an act that was learned later is a row of its own, which `ends` it. Where a row that
        stays points at one that goes, `ends` and `softens` become blank, an exemption from an order that goes, goes
        with it, and of several copies of a report that goes, the first known stands for it. A posterior that was fitted
        to something known later goes.

        Places, ways, groups, triggers and parameters carry no such day. Parameters that were fitted to figures known
        until `settings.fitted_until` cannot be unfitted: where that is later than the day, they know more than was
        known.
        """
        last = as_day(day, "day")
        learned = self.posterior
        return self.model_copy(
            update={
                "posterior": learned if learned is None or learned.known_until <= last else None,
                "posteriors": tuple(one for one in self.posteriors if one.known_until <= last),
                "events": rows_known(self.events, last),
                "acts": acts_known(self.acts, last),
                "reports": reports_known(self.reports, last),
                "departures": rows_known(self.departures, last),
            }
        )
