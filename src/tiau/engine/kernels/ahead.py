"""What was noted ahead of a day comes to pass."""

from __future__ import annotations

from tiau.engine.kernels.lanes import LANES, clear
from tiau.engine.streams import lean


@lean
def begin(m, lanes, people, rows, ahead, yesterday, today):
    """Begin a day: who came yesterday to where no way leads on chooses again; what is past makes room."""
    for row in range(rows.whole):
        clear(ahead, yesterday + row)
    for p in range(rows.lost - rows.back):
        here = ahead[today + rows.back + p]
        for lane in range(LANES):
            if here[lane] > 0.0:
                people.choosing[m, lanes[lane], p] += here[lane]
    for k in range(rows.fresh - rows.lost):
        for lane in range(LANES):
            people.toward[m, k] -= ahead[today + rows.lost + k, lane]


@lean
def end(m, lanes, people, goal, rows, ahead, today):
    """Book who came to the end of routes and who arrived on a day."""
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


@lean
def book(m, lanes, rows, gates, queues, ahead, today, present, on_the_way, totals):
    """Add who is on the way or waits at the end of a day to what `present.book` has written down of it."""
    for lane in range(LANES):
        g = lanes[lane]
        if g < 0:
            continue
        moving = 0.0
        for later in range(0, ahead.shape[0], rows.whole):
            # Whose journey is over on a later day is on it now.
            if later != today:
                moving += ahead[later + rows.over, lane]
        for p in range(rows.back - rows.night):
            here = ahead[today + rows.night + p, lane]
            present[m, g, p] += here
            moving -= here
        on_the_way[g, m] += max(moving, 0.0)
        for q in range(gates.size[0]):
            here = queues.whole[q, lane]
            present[m, g, gates.place[q]] += here
            totals[0, m] += here
