"""The list of cohorts of one member."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.streams import inlined, within

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


class Cohorts(NamedTuple):
    """The cohorts of one member: its rows of `cohorts.Cells`."""

    group: Ints
    option: Ints
    place: Ints
    route: Ints
    left: Floats
    reach: Floats
    since: Ints
    people: Floats


@inlined
def cohorts_of(cells, m):
    """Return the cohorts of a member."""
    return Cohorts(
        cells.group[m], cells.option[m], cells.place[m], cells.route[m], cells.left[m], cells.reach[m],
        cells.since[m], cells.people[m],
    )  # fmt: skip


@within
def move_up(i, kept, row):
    """Write a cohort to the place in the list that is next to be kept."""
    if kept < i:
        row.group[kept], row.option[kept], row.place[kept] = row.group[i], row.option[i], row.place[i]
        row.route[kept], row.left[kept], row.reach[kept] = row.route[i], row.left[i], row.reach[i]
        row.since[kept], row.people[kept] = row.since[i], row.people[i]


@within
def put(i, row, group, option, place, route, left, reach, since, people):
    """Write a cohort to a place in the list."""
    row.group[i], row.option[i], row.place[i], row.route[i] = group, option, place, route
    row.left[i], row.reach[i], row.since[i], row.people[i] = left, reach, since, people
