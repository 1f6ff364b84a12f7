"""A scenario as arrays: places, one-way routes, and the homes that people leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, gazetteer
from tiau.scenario.parameters import SPEEDS, values

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Network:
    """Places, ways and homes of a scenario.

    Attributes
    ----------
    scenario : Scenario
    names : Gazetteer
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
    home_people : float array (home,), persons
    """

    scenario: Scenario
    names: Gazetteer
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

    @property
    def place_names(self) -> tuple[str, ...]:
        """Names of the places."""
        return tuple(place.place for place in self.scenario.places)

    @property
    def group_names(self) -> tuple[str, ...]:
        """Names of the groups."""
        return tuple(group.group for group in self.scenario.groups)

    @property
    def risk_classes(self) -> tuple[str, ...]:
        """The risk classes of the groups, in the order of their first group."""
        return tuple(dict.fromkeys(group.risk_class for group in self.scenario.groups))

    @property
    def route_names(self) -> tuple[str, ...]:
        """Name of each one-way route, "from > to"."""
        names = self.place_names
        return tuple(f"{names[a]} > {names[b]}" for a, b in zip(self.start, self.end, strict=True))

    @property
    def home_countries(self) -> frozenset[int]:
        """Indices of the countries that people leave."""
        return frozenset(int(self.country[place]) for place in self.home_place)

    def day_index(self, day: dt.date) -> int:
        """Return the number of days since the scenario's first day."""
        return (day - self.scenario.settings.start).days


def build(scenario: Scenario) -> Network:
    """Turn a checked scenario into arrays.

    Parameters
    ----------
    scenario : Scenario
        Without faults.

    Returns
    -------
    Network
    """
    names = gazetteer(scenario)
    countries = tuple(dict.fromkeys(place.country for place in scenario.places))
    crossings = tuple(dict.fromkeys(route.crossing for route in scenario.routes if route.crossing))
    parameter = values(scenario.settings.parameters)
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
    crossing_index = {name: index for index, name in enumerate(crossings)} | {"": -1}
    group, place, people = homes_of(scenario, names)
    return Network(
        scenario=scenario,
        names=names,
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
        home_group=group,
        home_place=place,
        home_people=people,
    )


def homes_of(scenario: Scenario, names: Gazetteer) -> tuple[Ints, Ints, Floats]:
    """Return the group, the place and the people of each home, in the order of groups and of the names of places."""
    homes: dict[tuple[int, int], float] = {}
    shared: dict[int, float] = {}
    for index, group in enumerate(scenario.groups):
        for position in names.members_of(group.homes):
            place = scenario.places[position]
            if place.kind == "origin":
                before = shared.get(position, 0.0)
                shared[position] = before + group.share
                people = place.population or 0.0
                # Rounded at cumulative shares, so that groups are whole people and their sum is that of the place.
                homes[index, position] = round(people * shared[position]) - round(people * before)
    # By name and not by row, so that homes stand in one order however places.csv is sorted.
    keys = sorted(homes, key=lambda key: (key[0], scenario.places[key[1]].place))
    return (
        np.array([group for group, _ in keys], np.int32),
        np.array([place for _, place in keys], np.int32),
        np.array([homes[key] for key in keys], np.float64),
    )
