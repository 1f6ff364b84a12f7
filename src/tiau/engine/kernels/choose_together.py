"""Which destinations people pick where no chance plays: all groups of a place at once, by the weights of `choose`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.itineraries import wrapped
from tiau.engine.kernels.lanes import LANES, add, add_times, clear, multiply
from tiau.engine.streams import lean, within

Floats = NDArray[np.float64]


class Morning(NamedTuple):
    """Who set out on a morning: `choosers` times `weights` times `drawn_to`.

    Attributes
    ----------
    choosers : float array (place, lane), persons over the sum of what they weigh
    weights : float array (place, option)
    drawn_to : float array (option, lane)
    """

    choosers: Floats
    weights: Floats
    drawn_to: Floats


def morning_of(choosing: Floats, weights: Floats, drawn_to: Floats) -> tuple[Morning, Floats | None]:
    """Return who sets out for where of those (group, place) who choose, and who is trapped for having no way, if any.

    Parameters
    ----------
    choosing : float array (group, place), persons
        Of eight groups at most.
    weights : float array (place, option)
    drawn_to : float array (group, option)
    """
    groups, places = choosing.shape
    choosers, drawn = np.zeros((places, LANES)), np.zeros((weights.shape[1], LANES))
    drawn[:, :groups] = drawn_to.T
    whole = (weights @ drawn)[:, :groups]
    if whole.all():
        choosers[:, :groups] = choosing.T / whole
        return Morning(choosers, weights, drawn), None
    stay = whole <= 0.0
    np.divide(choosing.T, whole, out=choosers[:, :groups], where=~stay)
    return Morning(choosers, weights, drawn), np.where(stay, choosing.T, 0.0).T


def picked(morning: Morning) -> Floats:
    """Return how many pick each option (option, lane)."""
    return np.asarray((morning.weights.T @ morning.choosers) * morning.drawn_to)


def picked_own(morning: Morning, goal: NDArray[np.int32]) -> Floats:
    """Return how many pick the place where they are (option, lane)."""
    own = morning.weights[goal, np.arange(goal.size)]
    return np.asarray(morning.choosers[goal] * own[:, None] * morning.drawn_to)


@lean
def set_out(morning, plan, goal, rows, ahead, start, size, desk):
    """Write into `ahead` (day and row, lane), in which the day starts at `start`, what the journeys of a morning bring.

    `desk` (node, lane) is room to work in, empty before and after.
    """
    weights = morning.weights
    places, options = weights.shape
    for p in range(places):
        anybody = 0.0
        for lane in range(LANES):
            anybody += morning.choosers[p, lane]
        if anybody <= 0.0:
            continue
        first = plan.first[p] - 1
        for k in range(options):
            weight, last = weights[p, k], np.int64(plan.last[p * options + k])
            if weight == 0.0 or p == goal[k]:
                continue
            multiply(desk, 0, morning.choosers, p, morning.drawn_to, k, weight)
            nights = plan.nights[p * options + k + 1] - plan.nights[p * options + k]
            add(ahead, wrapped(start + nights * rows.whole + rows.over, size), desk, 0)
            if plan.node[p, k] >= 0:
                add(desk, plan.node[p, k] - first, desk, 0)
            if last >= 0:
                note = wrapped(start + last, size)
                add(ahead, note, desk, 0)
                if plan.rest[p * options + k] > 0.0:
                    add_times(ahead, note + rows.reach - rows.fresh, desk, 0, plan.rest[p * options + k])
        _add_up(p, plan, ahead, start, size, desk)
    clear(desk, 0)


@within
def _add_up(p, plan, ahead, start, size, desk):
    """Add up who takes the routes of a place's tree, from its leaves, and write it into `ahead`."""
    first = plan.first[p] - 1
    for node in range(plan.first[p + 1] - 1, first, -1):
        add(ahead, wrapped(start + plan.note[node], size), desk, node - first)
        if plan.parent[node] >= 0:
            add(desk, plan.parent[node] - first, desk, node - first)
        clear(desk, node - first)
