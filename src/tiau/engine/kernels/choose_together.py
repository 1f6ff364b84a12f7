"""Which destinations people pick where no chance plays: all groups of a place at once, by the weights of `choose`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.itineraries import wrapped
from tiau.engine.kernels.lanes import LANES, add, add_product, clear, holds, multiply
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
def choose_together(m, lanes, people, kin, pull, morning, by_option, goal, desk, moving):
    """Send the choosers of up to eight groups (`lanes`) of a member on their way, or to displacement in place.

    Who has no way anywhere is trapped. Fills `morning` but for the weights, which `by_option` (option, place) has as
    well, and adds to those who are on their way (1, lane); `desk` (node, lane) is room to work in, empty before and
    after.
    """
    weights, drawn_to = morning.weights, morning.drawn_to
    places, options = weights.shape
    for lane in range(LANES):
        g = lanes[lane]
        for k in range(options):
            drawn_to[k, lane] = kin[m, g, k] * pull[m, k] if g >= 0 else 0.0
    for p in range(places):
        _take_up(m, p, lanes, people, morning, desk)
    for k in range(options):
        p = goal[k]
        clear(desk, 0)
        add_product(desk, 0, by_option, k, morning.choosers, 0, places)
        multiply(desk, 0, desk, 0, drawn_to, k, 1.0)
        multiply(desk, 1, morning.choosers, p, drawn_to, k, weights[p, k])
        for lane in range(LANES):
            people.toward[m, k] += desk[0, lane]
            moving[0, lane] += desk[0, lane] - desk[1, lane]
            if lanes[lane] >= 0:
                people.settled[m, lanes[lane], p] += desk[1, lane]
    clear(desk, 0)
    clear(desk, 1)


@within
def _take_up(m, p, lanes, people, morning, desk):
    """Take up the choosers of a place."""
    here, anybody = morning.choosers[p], 0.0
    for lane in range(LANES):
        here[lane] = people.choosing[m, lanes[lane], p] if lanes[lane] >= 0 else 0.0
        anybody += here[lane]
    if anybody <= 0.0:
        return
    clear(desk, 0)
    add_product(desk, 0, morning.weights, p, morning.drawn_to, 0, morning.drawn_to.shape[0])
    for lane in range(LANES):
        g = lanes[lane]
        if g >= 0:
            people.choosing[m, g, p] = 0.0
            if desk[0, lane] > 0.0:
                here[lane] /= desk[0, lane]
            else:
                people.trapped[m, g, p] += here[lane]
                here[lane] = 0.0


@lean
def pass_by(morning, plan, ahead, start, size, desk):
    """Note where those who set out on a morning pass by: ends of routes and places where they stand overnight.

    Writes into `ahead` (day and row, lane), in which the day starts at `start`; `desk` is empty before and after.
    """
    weights = morning.weights
    places, options = weights.shape
    for p in range(places):
        if not holds(morning.choosers[p]):
            continue
        first = plan.first[p] - 1
        for k in range(options):
            if weights[p, k] > 0.0 and plan.node[p, k] >= 0:
                multiply(desk, 0, morning.choosers, p, morning.drawn_to, k, weights[p, k])
                add(desk, plan.node[p, k] - first, desk, 0)
        for node in range(plan.first[p + 1] - 1, first, -1):
            add(ahead, wrapped(start + plan.note[node], size), desk, node - first)
            if plan.parent[node] >= 0:
                add(desk, plan.parent[node] - first, desk, node - first)
            clear(desk, node - first)
    clear(desk, 0)
