"""Parties on their way without chance: none of them, and the same as cohorts."""

from __future__ import annotations

import numpy as np

from tiau.engine import cohorts
from tiau.engine.kernels.parties import Parties


def empty_parties(members: int, groups: int, room: int = 0) -> Parties:
    """Return room for parties, with nobody there."""
    shape = (members, room)
    return Parties(
        size=np.zeros(members, np.int64),
        option=np.zeros(shape, np.int32),
        place=np.zeros(shape, np.int32),
        route=np.zeros(shape, np.int32),
        left=np.zeros(shape),
        since=np.full(shape, -1, np.int32),
        people=np.zeros((*shape, groups)),
    )


def cells_of(found: Parties) -> cohorts.Cells:
    """Return parties as cohorts, a group each."""
    members = found.size.size
    there = [np.nonzero(found.people[m, : found.size[m]] > 0) for m in range(members)]
    cells = cohorts.with_room(cohorts.empty_cells(members), max((i.size for i, _ in there), default=0))
    for m, (i, g) in enumerate(there):
        cells.size[m] = i.size
        cells.group[m, : i.size], cells.people[m, : i.size] = g, found.people[m, i, g]
        for name in ("option", "place", "route", "left", "since"):
            getattr(cells, name)[m, : i.size] = getattr(found, name)[m, i]
    return cells
