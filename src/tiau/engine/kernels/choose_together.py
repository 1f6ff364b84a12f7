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


@lean
def choose_together(m, lanes, people, kin, pull, morning, plan, goal, rows, ahead, start, size, desk, picked):
    """Send the choosers of up to eight groups (`lanes`) of a member on their way, or to displacement in place.

    Who has no way anywhere is trapped. Fills `morning` but for the weights, and writes into `ahead` (day and row,
    lane), in which the day starts at `start`, what the journeys bring. `desk` (node, lane) and `picked` (option, lane)
    are room to work in, empty before and after.
    """
    weights, drawn_to = morning.weights, morning.drawn_to
    places, options = weights.shape
    for lane in range(LANES):
        g = lanes[lane]
        for k in range(options):
            drawn_to[k, lane] = kin[m, g, k] * pull[m, k] if g >= 0 else 0.0
    for p in range(places):
        if not _take_up(m, p, lanes, people, morning, desk):
            continue
        first = plan.first[p] - 1
        for k in range(options):
            start_at = p * options + k
            weight, last = weights[p, k], np.int64(plan.last[start_at])
            if weight == 0.0:
                continue
            multiply(desk, 0, morning.choosers, p, drawn_to, k, weight)
            add(picked, k, desk, 0)
            if p == goal[k]:
                for lane in range(LANES):
                    if lanes[lane] >= 0:
                        people.settled[m, lanes[lane], p] += desk[0, lane]
                continue
            nights = plan.nights[start_at + 1] - plan.nights[start_at]
            add(ahead, wrapped(start + nights * rows.whole + rows.over, size), desk, 0)
            if plan.node[p, k] >= 0:
                add(desk, plan.node[p, k] - first, desk, 0)
            if last >= 0:
                note = wrapped(start + last, size)
                add(ahead, note, desk, 0)
                if plan.rest[start_at] > 0.0:
                    add_times(ahead, note + rows.reach - rows.fresh, desk, 0, plan.rest[start_at])
        _add_up(p, plan, ahead, start, size, desk)
    clear(desk, 0)
    for k in range(options):
        for lane in range(LANES):
            people.toward[m, k] += picked[k, lane]
        clear(picked, k)


@within
def _take_up(m, p, lanes, people, morning, desk):
    """Take up the choosers of a place; tell whether anybody goes anywhere."""
    here, anybody = morning.choosers[p], 0.0
    for lane in range(LANES):
        here[lane] = people.choosing[m, lanes[lane], p] if lanes[lane] >= 0 else 0.0
        anybody += here[lane]
    if anybody <= 0.0:
        return False
    clear(desk, 0)
    for k in range(morning.drawn_to.shape[0]):
        add_times(desk, 0, morning.drawn_to, k, morning.weights[p, k])
    for lane in range(LANES):
        g = lanes[lane]
        if g >= 0:
            people.choosing[m, g, p] = 0.0
            if desk[0, lane] > 0.0:
                here[lane] /= desk[0, lane]
            else:
                people.trapped[m, g, p] += here[lane]
                here[lane] = 0.0
    return True


@within
def _add_up(p, plan, ahead, start, size, desk):
    """Add up who takes the routes of a place's tree, from its leaves, and write it into `ahead`."""
    first = plan.first[p] - 1
    for node in range(plan.first[p + 1] - 1, first, -1):
        add(ahead, wrapped(start + plan.note[node], size), desk, node - first)
        if plan.parent[node] >= 0:
            add(desk, plan.parent[node] - first, desk, node - first)
        clear(desk, node - first)
