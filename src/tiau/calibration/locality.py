"""Which unknowns a figure can speak of: those of its place and time, more than those elsewhere, none of later days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tiau.engine.unknowns import KNOT_DAYS, communities_of, district_of
from tiau.observations.ledger import Placement
from tiau.scenario.network import Network
from tiau.scenario.unknown import Unknown

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SAME_REGION, ELSEWHERE = 0.3, 0.1


def locality(network: Network, unknowns: Sequence[Unknown], placements: Sequence[Placement]) -> Floats:
    """Return how far a figure may move an unknown (unknown, figure), from 0 to 1.

    Parameters, acts and the weight inside: wholly. What attracts: wholly where figure and district overlap, else by
    `SAME_REGION` (the same admin1) or `ELSEWHERE`. What homes send, and events: wholly by any figure abroad; by figures
    inside as what attracts; by figures of an origin where that overlaps. What comes after a figure: not at all.
    """
    where = {unknown: _places_of(network, unknown) for unknown in unknowns}
    return np.array([[_share(network, unknown, where[unknown], one) for one in placements] for unknown in unknowns])


def _share(network: Network, unknown: Unknown, places: Bools | None, placement: Placement) -> float:
    if _begins(network, unknown) > placement.last:
        return 0.0
    if places is None:
        return 1.0
    figure = placement.places
    if unknown.kind in ("outflow", "event"):
        abroad = bool((figure & network.abroad).any())
        if abroad and not placement.report.origin:
            return 1.0
        if placement.report.origin:
            figure = np.zeros(figure.size, bool)
            figure[network.home_place[placement.homes]] = True
    if (places & figure).any():
        return 1.0
    region = [(place.country, place.admin1) for place in network.scenario.places]
    here = {region[place] for place in np.flatnonzero(places)}
    return SAME_REGION if here & {region[place] for place in np.flatnonzero(figure)} else ELSEWHERE


def _begins(network: Network, unknown: Unknown) -> int:
    """Return the first day on which an unknown changes anything."""
    if unknown.day is not None:
        return network.day_index(unknown.day) - KNOT_DAYS + 1
    if unknown.kind == "event":
        event = next(event for event in network.scenario.events if event.event == unknown.name)
        return network.day_index(event.start)
    return -(10**9)


def _places_of(network: Network, unknown: Unknown) -> Bools | None:
    """Return the places that an unknown is of (place,); None where it is of all."""
    scenario = network.scenario
    found = np.zeros(len(scenario.places), bool)
    if unknown.kind == "pull":
        found[:] = [district_of(place) == unknown.name for place in scenario.places]
    elif unknown.kind == "place_pull" or (unknown.kind == "outflow" and unknown.day is not None):
        found[:] = [place.place == unknown.name for place in scenario.places]
    elif unknown.kind == "outflow":
        community = communities_of(scenario).index(unknown.name)
        group = np.array([communities_of(scenario).index(g.community) for g in scenario.groups])
        found[network.home_place[group[network.home_group] == community]] = True
    elif unknown.kind == "event":
        event = next(event for event in scenario.events if event.event == unknown.name)
        found[list(scenario.names.members_of(event.place))] = True
    else:
        return None
    return found
