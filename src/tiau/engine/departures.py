"""Why people leave: events by day and place, the homes of each group, and totals where they are given."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.unknowns import communities_of
from tiau.scenario.largest_remainder import by_largest_remainder
from tiau.scenario.network import Network
from tiau.scenario.severity import severity_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


class Events(NamedTuple):
    """Events and the places where their severity holds: event e at place[first[e]:first[e + 1]].

    Severity rates an event as a whole, so each of its days has an equal part of it; `national` marks events
    that are reported for a whole country.
    """

    severity_a_day: Floats
    national: NDArray[np.bool_]
    first: Ints
    place: Ints


class Homes(NamedTuple):
    """Homes in the order of groups: group g has homes first[g] to first[g + 1] - 1.

    Attributes
    ----------
    group, place : int arrays (home,)
    people : float array (home,), persons
        Who belong there: those at home at the start and those who are displaced already.
    first : int array (group + 1,)
    community : int array (group,)
    multiplier : float array (group,)
        Of the hazard of leaving.
    """

    group: Ints
    place: Ints
    people: Floats
    first: Ints
    community: Ints
    multiplier: Floats


def events_of(network: Network) -> Events:
    """Return the events of a scenario as arrays."""
    places: list[int] = []
    first, national = [0], []
    for event in network.scenario.events:
        found = network.names.members_of(event.place)
        places += found
        first.append(len(places))
        national.append(any(network.names.proper(name) in network.names.countries for name in event.place))
    a_day = [severity_of(event) / ((event.end - event.start).days + 1) for event in network.scenario.events]
    return Events(
        np.array(a_day, np.float64),
        np.array(national, bool),
        np.array(first, np.int32),
        np.array(places, np.int32),
    )


def active_events(network: Network, delay: float) -> list[Ints]:
    """Return, for each day, the events that are felt on it, `delay` days after they happen."""
    felt: list[list[int]] = [[] for _ in range(network.scenario.days)]
    for index, event in enumerate(network.scenario.events):
        start = network.day_index(event.start) + round(delay)
        for day in range(max(start, 0), network.day_index(event.end) + round(delay) + 1):
            if day < len(felt):
                felt[day].append(index)
    return [np.array(events, np.int32) for events in felt]


def homes_of(network: Network) -> Homes:
    """Return the homes of a scenario."""
    groups, communities = network.scenario.groups, communities_of(network.scenario)
    return Homes(
        group=network.home_group,
        place=network.home_place,
        people=network.home_people + network.home_missing,
        first=np.searchsorted(network.home_group, np.arange(len(groups) + 1)).astype(np.int32),
        community=np.array([communities.index(group.community) for group in groups], np.int32),
        multiplier=np.array([1.0 if g.departure_multiplier is None else g.departure_multiplier for g in groups]),
    )


def given_of(network: Network) -> dict[int, Floats]:
    """Return departures that are given, by day: people (home,), whole numbers.

    A row without a group or place is shared over the homes that it leaves open in proportion to their
    people, by largest remainder.
    """
    given: dict[int, Floats] = {}
    weights: dict[tuple[str, str], Floats] = {}
    for row in network.scenario.departures:
        meant = (row.group, row.place)
        if meant not in weights:
            members = network.names.members(row.place) if row.place else range(len(network.place_names))
            groups = [index for index, group in enumerate(network.scenario.groups) if group.meant_by(row.group)]
            fits = np.isin(network.home_place, list(members)) & np.isin(network.home_group, groups)
            weights[meant] = np.where(fits, network.home_people, 0.0)
        if weights[meant].sum() > 0:
            day = network.day_index(row.day)
            shares = by_largest_remainder(row.people, weights[meant])
            given[day] = given.get(day, np.zeros(shares.size)) + shares
    return given
