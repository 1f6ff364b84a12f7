"""What was noted ahead of a day comes to pass."""

from __future__ import annotations

import math

from tiau.engine.kernels.lanes import LANES, clear
from tiau.engine.streams import lean

MILLIONTHS = 1e6


@lean
def begin(m, lanes, people, rows, ahead, yesterday, today, moving):
    """Begin a day: who came yesterday to where no way leads on chooses again; what is past makes room.

    Those are on their way (1, lane) no longer.
    """
    for row in range(rows.whole):
        clear(ahead, yesterday + row)
    for p in range(rows.lost - rows.back):
        here = ahead[today + rows.back + p]
        for lane in range(LANES):
            if here[lane] > 0.0:
                people.choosing[m, lanes[lane], p] += here[lane]
                moving[0, lane] -= here[lane]
    for k in range(rows.fresh - rows.lost):
        for lane in range(LANES):
            people.toward[m, k] -= ahead[today + rows.lost + k, lane]


@lean
def end(m, lanes, people, goal, rows, ahead, today, moving):
    """Book who came to the end of routes and who arrived on a day, and is on the way (1, lane) no longer."""
    for lane in range(LANES):
        g = lanes[lane]
        if g < 0:
            continue
        flow, settled, arrived = people.flow[m, g], people.settled[m, g], people.arrived[m, g]
        for r in range(rows.arrive):
            flow[r] += ahead[today + r, lane]
        for k in range(goal.size):
            landed = ahead[today + rows.arrive + k, lane]
            settled[goal[k]] += landed
            arrived[goal[k]] += landed
            moving[0, lane] -= landed


@lean
def book(m, lanes, rows, gates, queues, ahead, today, moving, present, on_the_way, totals):
    """Add who is on the way or waits at the end of a day to what `present.book` has written down of it."""
    for lane in range(LANES):
        g = lanes[lane]
        if g < 0:
            continue
        on_routes = moving[0, lane]
        for p in range(rows.back - rows.night):
            here = ahead[today + rows.night + p, lane]
            present[m, g, p] += here
            on_routes -= here
        # Millionths of a person: by whom they are counted, and in which order, is not seen.
        on_the_way[g, m] += math.floor(max(on_routes, 0.0) * MILLIONTHS + 0.5) / MILLIONTHS
        for q in range(gates.size[0]):
            here = queues.whole[q, lane]
            present[m, g, gates.place[q]] += here
            totals[0, m] += here
