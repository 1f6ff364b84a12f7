"""The state of a batch of members: how many people of each group are where, and on which way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
ROOM = 1024
"""Cohorts that a list has room for at first."""


class People(NamedTuple):
    """People who are not on the way; all in persons, float64 so that expectations fit too.

    Attributes
    ----------
    home : (member, home)
        At home.
    settled, trapped, gave_up : (member, group, place)
        Displaced: arrived at a destination; stopped where no open way leads to any; gave up at a crossing.
    choosing : (member, group, place)
        Who chooses at the next occasion: turned away and looking for another way, or expelled.
    toward : (member, option)
        In or on the way to a destination.
    departed : (member, home)
        Cumulative departures from home.
    registered : (member, group, place)
        Those of the settled who are registered.
    arrived, returned, expelled : (member, group, place)
        Cumulative: settled there; went home from there; were expelled from there.
    flow, irregular, turned_back : (member, group, route)
        Cumulative: came to the end of the route; crossed there irregularly; were refused or pushed back there.
    """

    home: Floats
    settled: Floats
    trapped: Floats
    gave_up: Floats
    choosing: Floats
    toward: Floats
    departed: Floats
    registered: Floats
    arrived: Floats
    returned: Floats
    expelled: Floats
    flow: Floats
    irregular: Floats
    turned_back: Floats


class Cells(NamedTuple):
    """Cohorts on the way, as a list a member; row m holds `size[m]` of them.

    Attributes
    ----------
    size : (member,)
    group, option : (member, cell)
        Who, and the destination they are bound for.
    place : (member, cell)
        Where they are, or the start of the route they are on.
    route : (member, cell)
        The route they are on; -1 where they are at a place, -2 where they stand at a crossing to try it.
    left : (member, cell), days
        Time left on the route.
    reach : (member, cell), days
        What is left of today.
    since : (member, cell)
        Day on which they joined the queue of the crossing they wait at, -1 where they do not wait.
    people : (member, cell), persons
    """

    size: NDArray[np.int64]
    group: Ints
    option: Ints
    place: Ints
    route: Ints
    left: Floats
    reach: Floats
    since: Ints
    people: Floats


def start(network: Network, *, members: int, options: Ints) -> People:
    """Return the state of the first morning: everybody at home, or settled where they are displaced already.

    Parameters
    ----------
    network : Network
    members : int
    options : int array (option,)
        Place of each destination.
    """
    groups, places = len(network.group_names), len(network.place_names)
    everywhere = (members, groups, places)
    on_routes = (members, groups, network.start.size)
    return People(
        home=np.tile(network.home_people, (members, 1)),
        settled=np.tile(network.displaced, (members, 1, 1)),
        trapped=np.zeros(everywhere),
        gave_up=np.zeros(everywhere),
        choosing=np.zeros(everywhere),
        toward=np.tile(network.displaced.sum(0)[options], (members, 1)),
        departed=np.zeros((members, network.home_people.size)),
        registered=np.zeros(everywhere),
        arrived=np.zeros(everywhere),
        returned=np.zeros(everywhere),
        expelled=np.zeros(everywhere),
        flow=np.zeros(on_routes),
        irregular=np.zeros(on_routes),
        turned_back=np.zeros(on_routes),
    )


def empty_cells(members: int) -> Cells:
    """Return a list of cohorts with nobody in it."""
    shape = (members, ROOM)
    return Cells(
        size=np.zeros(members, np.int64),
        group=np.zeros(shape, np.int32),
        option=np.zeros(shape, np.int32),
        place=np.zeros(shape, np.int32),
        route=np.zeros(shape, np.int32),
        left=np.zeros(shape),
        reach=np.zeros(shape),
        since=np.full(shape, -1, np.int32),
        people=np.zeros(shape),
    )


def with_room(cells: Cells, needed: int) -> Cells:
    """Return the cohorts with room for `needed` a member; the same arrays where they suffice."""
    room = cells.people.shape[1]
    if needed <= room:
        return cells
    added = max(needed - room, room // 2)
    columns = {name: np.pad(getattr(cells, name), ((0, 0), (0, added))) for name in Cells._fields[1:]}
    return cells._replace(**columns)
