"""Who lives where: the people of each group at each of its homes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.names import Gazetteer
from tiau.scenario.rows import Group, Place


class Residents(NamedTuple):
    """The homes of a scenario, one group at one place of origin each, in the order of groups and of names of places.

    Attributes
    ----------
    group, place : int arrays (home,), read-only
    people : float array (home,), read-only, persons
    """

    group: NDArray[np.int32]
    place: NDArray[np.int32]
    people: NDArray[np.float64]


def residents_of(groups: Sequence[Group], places: Sequence[Place], names: Gazetteer) -> Residents:
    """Return the homes of groups and how many people live in each."""
    homes: dict[tuple[int, int], float] = {}
    shared: dict[int, float] = {}
    for index, group in enumerate(groups):
        for position in names.members_of(group.homes):
            place = places[position]
            if place.kind == "origin":
                before = shared.get(position, 0.0)
                shared[position] = before + group.share
                people = place.population or 0.0
                # Rounded at cumulative shares, so that groups are whole people and their sum is that of the place.
                homes[index, position] = round(people * shared[position]) - round(people * before)
    # By name and not by row, so that homes stand in one order however places.csv is sorted.
    keys = sorted(homes, key=lambda key: (key[0], places[key[1]].place))
    found = Residents(
        np.array([group for group, _ in keys], np.int32),
        np.array([place for _, place in keys], np.int32),
        np.array([homes[key] for key in keys], np.float64),
    )
    for array in found:
        array.flags.writeable = False
    return found
