"""Who lives where: the people of each group at each of its homes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tiau.scenario.names import Gazetteer
from tiau.scenario.rows import Group, Place


class Residents(NamedTuple):
    """The homes of a scenario, one group at one place of origin each, in the order of groups and of names of places.

    Attributes
    ----------
    group, place : tuple of int (home,)
    people : tuple of int (home,), persons
    """

    group: tuple[int, ...]
    place: tuple[int, ...]
    people: tuple[int, ...]


def residents_of(groups: Sequence[Group], places: Sequence[Place], names: Gazetteer) -> Residents:
    """Return the homes of groups and how many people live in each."""
    homes: dict[tuple[int, int], int] = {}
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
    return Residents(
        tuple(group for group, _ in keys),
        tuple(place for _, place in keys),
        tuple(homes[key] for key in keys),
    )
