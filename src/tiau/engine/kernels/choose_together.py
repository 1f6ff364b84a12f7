"""Which destinations people pick where no chance plays: all groups of a place at once, by the weights of `choose`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.itineraries import LANES, wrapped
from tiau.engine.streams import lean, within

Floats = NDArray[np.float64]


class Morning(NamedTuple):
    """Who set out on a morning: `choosers` (place, lane) times weights (place, option) times `drawn_to` (option, lane).

    Attributes
    ----------
    choosers : float array (place, lane), persons over the sum of what they weigh
    drawn_to : float array (option, lane)
    """

    choosers: Floats
    drawn_to: Floats


@lean
def choose_together(m, lanes, people, kin, pull, weights, plan, goal, ahead, start, size, morning, desk, going):
    """Send the choosers of up to eight groups (`lanes`) of a member on their way, or to displacement in place.

    Who has no way anywhere is trapped. Fills `morning` and writes into `ahead` (day and row, lane), in which the day
    starts at `start`, what their journeys bring; adds those who go on one to `going` (lane,). `desk` (node, lane) is
    room to work in, empty before and after.
    """
    choosing, settled, trapped, toward = people.choosing[m], people.settled[m], people.trapped[m], people.toward[m]
    places, options = weights.shape
    for lane in range(LANES):
        g = lanes[lane]
        for k in range(options):
            morning.drawn_to[k, lane] = kin[m, g, k] * pull[m, k] if g >= 0 else 0.0
    for p in range(places):
        here = morning.choosers[p]
        if not _take_up(p, lanes, weights[p], morning, choosing, trapped):
            continue
        first = plan.first[p]
        for k in range(options):
            weight = weights[p, k]
            if weight == 0.0:
                continue
            drawn_to, node = morning.drawn_to[k], plan.node[p, k]
            some = desk[0]
            whole = 0.0
            for lane in range(LANES):
                some[lane] = here[lane] * weight * drawn_to[lane]
            for lane in range(LANES):
                whole += some[lane]
            toward[k] += whole
            if p == goal[k]:
                for lane in range(LANES):
                    if lanes[lane] >= 0:
                        settled[lanes[lane], p] += some[lane]
                continue
            for lane in range(LANES):
                going[lane] += some[lane]
            last, rest = plan.last[p * options + k], plan.rest[p * options + k]
            if node >= 0:
                at = desk[1 + node - first]
                for lane in range(LANES):
                    at[lane] += some[lane]
            if last >= 0:
                end = ahead[wrapped(start + last, size)]
                for lane in range(LANES):
                    end[lane] += some[lane]
                if rest > 0.0:
                    end = ahead[wrapped(start + last + 1, size)]
                    for lane in range(LANES):
                        end[lane] += rest * some[lane]
        _add_up(p, plan, ahead, start, size, desk)


@within
def _take_up(p, lanes, weights, morning, choosing, trapped):
    """Take up the choosers of a place; tell whether anybody goes anywhere."""
    here, anybody = morning.choosers[p], 0.0
    for lane in range(LANES):
        g = lanes[lane]
        here[lane] = choosing[g, p] if g >= 0 else 0.0
        anybody += here[lane]
    if anybody <= 0.0:
        return False
    w0 = w1 = w2 = w3 = w4 = w5 = w6 = w7 = 0.0
    for k in range(weights.size):
        weight, drawn_to = weights[k], morning.drawn_to[k]
        w0 += weight * drawn_to[0]
        w1 += weight * drawn_to[1]
        w2 += weight * drawn_to[2]
        w3 += weight * drawn_to[3]
        w4 += weight * drawn_to[4]
        w5 += weight * drawn_to[5]
        w6 += weight * drawn_to[6]
        w7 += weight * drawn_to[7]
    for lane, whole in enumerate((w0, w1, w2, w3, w4, w5, w6, w7)):
        g = lanes[lane]
        if g < 0:
            continue
        choosing[g, p] = 0.0
        if whole > 0.0:
            here[lane] /= whole
        else:
            trapped[g, p] += here[lane]
            here[lane] = 0.0
    return True


@within
def _add_up(p, plan, ahead, start, size, desk):
    """Add up who takes the routes of a place's tree, from its leaves, and write it into `ahead`."""
    first = plan.first[p]
    for node in range(plan.first[p + 1] - 1, first - 1, -1):
        here, noted = desk[1 + node - first], ahead[wrapped(start + plan.note[node], size)]
        for lane in range(LANES):
            noted[lane] += here[lane]
        if plan.parent[node] >= 0:
            before = desk[1 + plan.parent[node] - first]
            for lane in range(LANES):
                before[lane] += here[lane]
        for lane in range(LANES):
            here[lane] = 0.0
