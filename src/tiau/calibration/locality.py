"""Which unknowns a figure can speak of: those of its place and time, more than those elsewhere, none of later days."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tiau.engine.unknowns import district_of, kin_of
from tiau.observations.ledger import Placement
from tiau.scenario.network import Network
from tiau.scenario.unknown import KNOT_DAYS, Unknown

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SAME_REGION, ELSEWHERE = 0.3, 0.1


def locality(network: Network, unknowns: Sequence[Unknown], placements: Sequence[Placement]) -> Floats:
    """Return how far a figure may move an unknown (unknown, figure), from 0 to 1.

    Parameters, acts and the weight inside: wholly. What attracts: wholly where figure and district overlap, else by
    `SAME_REGION` (the same admin1) or `ELSEWHERE`. What homes send, and events: wholly by any figure abroad; by figures
    inside as what attracts; by figures of an origin where that overlaps. What comes after a figure: not at all.
    """
    scenario = network.scenario
    lies_in = _membership([(place.country, place.admin1) for place in scenario.places])
    abroad = np.array([bool((one.places & network.abroad).any()) for one in placements], bool)
    of_origin = np.array([bool(one.report.origin) for one in placements], bool)
    here = np.array([one.places for one in placements], bool).reshape(len(placements), network.abroad.size)
    left = np.zeros_like(here)
    for row, one in enumerate(placements):
        left[row, network.home_place[one.homes]] = True
    last = np.array([one.last for one in placements])
    found = np.ones((len(unknowns), len(placements)))
    # Knots of one thing lie at one place: what depends on the place alone is worked out once.
    shares: dict[tuple[str, str, bool], Floats] = {}
    known = _Places(network)
    for row, unknown in enumerate(unknowns):
        key = unknown.kind, unknown.name, unknown.day is None
        if key not in shares:
            places = known.of(unknown)
            if places is None:
                shares[key] = np.ones(len(placements))
            elif unknown.kind in ("outflow", "event"):
                near = _nearness(places, np.where(of_origin[:, None], left, here), lies_in)
                shares[key] = np.where(abroad & ~of_origin, 1.0, near)
            else:
                shares[key] = _nearness(places, here, lies_in)
        found[row] = np.where(known.begins(unknown) > last, 0.0, shares[key])
    return found


def _membership(names: Sequence[Hashable]) -> Floats:
    """Return which places are of each name (name, place), 0 or 1."""
    found = {name: row for row, name in enumerate(dict.fromkeys(names))}
    of = np.zeros((len(found), len(names)))
    of[[found[name] for name in names], np.arange(len(names))] = 1.0
    return of


def _nearness(places: Bools, figures: Bools, lies_in: Floats) -> Floats:
    """Return 1 where places (place,) and those of a figure (figure, place) overlap, less where only regions do."""
    same = (figures @ lies_in.T) @ (lies_in @ places) > 0
    return np.where((figures & places).any(1), 1.0, np.where(same, SAME_REGION, ELSEWHERE))


class _Places:
    """Where what is unknown of a network's scenario lies, and from when on it changes anything."""

    def __init__(self, network: Network) -> None:
        scenario = network.scenario
        self._network, self._events = network, {event.event: event for event in scenario.events}
        self._districts = _by_name(map(district_of, scenario.places))
        self._places = _by_name(network.place_names)
        self._kin = {name: district for name, _, district in kin_of(scenario)}
        communities = [scenario.groups[group].community for group in network.home_group]
        # Of a community in which nobody lives there is nothing.
        self._homes = {name: network.home_place[homes].tolist() for name, homes in _by_name(communities).items()}

    def begins(self, unknown: Unknown) -> int:
        """Return the first day on which an unknown changes anything."""
        if unknown.day is not None:
            return self._network.day_index(unknown.day) - KNOT_DAYS + 1
        if unknown.kind == "event":
            return self._network.day_index(self._events[unknown.name].start)
        return -(10**9)

    def of(self, unknown: Unknown) -> Bools | None:
        """Return the places that an unknown is of (place,); None where it is of all."""
        match unknown.kind:
            case "pull" | "kin_pull":
                where = self._districts[self._kin.get(unknown.name, unknown.name)]
            case "outflow" if unknown.day is None:
                where = self._homes.get(unknown.name, [])
            case "place_pull" | "outflow":
                where = self._places[unknown.name]
            case "event":
                where = list(self._network.names.members_of(self._events[unknown.name].place))
            case _:
                return None
        found = np.zeros(self._network.abroad.size, bool)
        found[where] = True
        return found


def _by_name(names: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        found.setdefault(name, []).append(position)
    return found
