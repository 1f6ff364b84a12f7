"""A scenario as arrays: places, one-way routes, and the homes that people leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.already import already_displaced
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer
from tiau.scenario.parameters import SPEEDS

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
T = TypeVar("T")
NEVER_CLOSED, NEVER_CLOSES = np.iinfo(np.int32).min, np.iinfo(np.int32).max


@dataclass(frozen=True)
class Network:
    """Places, ways and homes of a scenario.

    Its arrays go to kernels as they are and so can be written to: a read-only array is of another type, for which
    kernels would be compiled again.

    Attributes
    ----------
    scenario : Scenario
    country : int array (place,)
        Index into `countries`.
    capacity : float array (place,), persons
        Infinite where unlimited.
    route_row, start, end, crossing : int arrays (route,)
        Each row of routes.csv gives one route each way, or one if it is one-way; `crossing` indexes
        `crossings`, -1 inside a country.
    days : float array (route,), days
        Time of travel at speed factor 1.
    effort : float array (route,), km
        The length of the road that takes as long: kilometres of road count once, slower ways more.
    home_group, home_place : int arrays (home,)
        One home is one group at one place of origin.
    home_people, home_missing : float arrays (home,), persons
        Those who live there on the first day, and those who are displaced from there already.
    displaced : float array (group, place), persons
        Who is displaced already on the first day, by where they stay.
    opens, closes : int arrays (place,)
        Days since the scenario's first on which a place begins to take people in, and ceases to.
    known : dict
        See `once`.
    """

    scenario: Scenario
    countries: tuple[str, ...]
    crossings: tuple[str, ...]
    country: Ints
    capacity: Floats
    route_row: Ints
    start: Ints
    end: Ints
    crossing: Ints
    days: Floats
    effort: Floats
    home_group: Ints
    home_place: Ints
    home_people: Floats
    home_missing: Floats
    displaced: Floats
    opens: Ints
    closes: Ints
    known: dict[str, tuple[Any, Any]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, scenario: Scenario) -> Network:
        """Return the network of a scenario that has the same places, areas, routes and groups, and first day."""
        return replace(self, scenario=scenario)

    def once(self, name: str, make: Callable[[], T], *others: Any) -> T:  # noqa: ANN401
        """Return what follows from all this and some other things; networks `of` several scenarios work it out once.

        Parameters
        ----------
        name : str
            What it is called.
        make : callable
        *others
            What else it hangs on: where these are others than the last ones it is worked out again.
        """
        # Others may put theirs in its place meanwhile.
        kept = self.known.get(name)
        if kept is None or kept[0] != others:
            kept = self.known[name] = others, make()
        found: T = kept[1]
        return found

    @property
    def names(self) -> Gazetteer:
        """What the names of places and areas mean."""
        return self.scenario.names

    @cached_property
    def place_names(self) -> tuple[str, ...]:
        """Names of the places."""
        return tuple(place.place for place in self.scenario.places)

    @cached_property
    def group_names(self) -> tuple[str, ...]:
        """Names of the groups."""
        return tuple(group.group for group in self.scenario.groups)

    @cached_property
    def risk_classes(self) -> tuple[str, ...]:
        """The risk classes of the groups, in the order of their first group."""
        return tuple(dict.fromkeys(group.risk_class for group in self.scenario.groups))

    @cached_property
    def route_names(self) -> tuple[str, ...]:
        """Name of each one-way route, "from > to"."""
        names = self.place_names
        return tuple(f"{names[a]} > {names[b]}" for a, b in zip(self.start, self.end, strict=True))

    @cached_property
    def abroad(self) -> Bools:
        """Whether a place lies outside the countries that people leave (place,)."""
        return ~np.isin(self.country, self.country[self.home_place])

    @cached_property
    def outward(self) -> Bools:
        """Whether a route ends abroad (route,)."""
        found: Bools = self.abroad[self.end]
        return found

    @property
    def everybody(self) -> float:
        """How many people there are, at home or displaced."""
        return float(self.home_people.sum() + self.displaced.sum())

    def day_index(self, day: dt.date) -> int:
        """Return the number of days since the scenario's first day."""
        return (day - self.scenario.settings.start).days

    def __repr__(self) -> str:
        return (
            f"<Network of {self.scenario.name}: {len(self.place_names)} places in {len(self.countries)} countries, "
            f"{self.start.size} one-way routes, {len(self.crossings)} crossings, {self.home_place.size} homes>"
        )


def _days_to(scenario: Scenario, day: dt.date | None, otherwise: int) -> int:
    return otherwise if day is None else (day - scenario.settings.start).days


def build(scenario: Scenario) -> Network:
    """Turn a checked scenario into arrays.

    Parameters
    ----------
    scenario : Scenario
        Without faults.
    """
    names, parameter, residents = scenario.names, scenario.values, scenario.residents
    countries = tuple(dict.fromkeys(place.country for place in scenario.places))
    crossings = tuple(dict.fromkeys(route.crossing for route in scenario.routes if route.crossing))
    rows, starts, ends = [], [], []
    for row, route in enumerate(scenario.routes):
        a, b = names.members(route.from_)[0], names.members(route.to)[0]
        both = ((a, b),) if route.one_way else ((a, b), (b, a))
        for start, end in both:
            rows.append(row)
            starts.append(start)
            ends.append(end)
    speed = [parameter[SPEEDS[scenario.routes[row].mode]] for row in rows]
    days = np.array([scenario.routes[row].distance_km for row in rows]) / np.array(speed) if rows else np.empty(0)
    already = already_displaced(scenario.displaced, scenario.groups, len(scenario.places), names, residents)
    crossing_index = {name: index for index, name in enumerate(crossings)} | {"": -1}
    return Network(
        scenario=scenario,
        countries=countries,
        crossings=crossings,
        country=np.array([countries.index(p.country) for p in scenario.places], np.int32),
        capacity=np.array([np.inf if p.capacity is None else p.capacity for p in scenario.places]),
        route_row=np.array(rows, np.int32),
        start=np.array(starts, np.int32),
        end=np.array(ends, np.int32),
        crossing=np.array([crossing_index[scenario.routes[row].crossing] for row in rows], np.int32),
        days=days,
        effort=days * parameter["road_km_per_day"],
        home_group=np.array(residents.group, np.int32),
        home_place=np.array(residents.place, np.int32),
        home_people=np.array(residents.people, np.float64),
        home_missing=already.missing,
        displaced=already.staying,
        opens=np.array([_days_to(scenario, p.opens, NEVER_CLOSED) for p in scenario.places], np.int32),
        closes=np.array([_days_to(scenario, p.closes, NEVER_CLOSES) for p in scenario.places], np.int32),
    )
