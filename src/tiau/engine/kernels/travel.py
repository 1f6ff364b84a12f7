"""How cohorts advance along their ways until they arrive, stand at a crossing, or the day is spent."""

from __future__ import annotations

from tiau.engine.kernels.cohort_list import cohorts_of, put
from tiau.engine.streams import lean, within

# In the place of a route: they are at a place, or stand there at a crossing and have not tried today.
AT_PLACE, AT_GATE = -1, -2


@lean
def advance(people, cells, options, ways, gated, routes):
    """Move every cohort until its day is spent, it arrives, or it stands at a crossing where acts hold.

    Returns the number of cohorts that stand at such a crossing (`route` is then `AT_GATE`).
    """
    held = 0
    for m in range(cells.size.size):
        row, settled, arrived = cohorts_of(cells, m), people.settled[m], people.arrived[m]
        kept = 0
        for i in range(cells.size[m]):
            if kept == i and row.reach[i] <= 0.0:
                kept += 1
                continue
            g, n, goal = row.group[i], row.people[i], options.place[row.option[i]]
            p, r, left, reach, since = walk(i, goal, row, people.flow[m], ways, gated, routes)
            held += r == AT_GATE and reach > 0.0
            # Who comes to a place that has closed meanwhile stands there, to choose again in the morning.
            if r == AT_PLACE and p == goal and not ways.shut[p]:
                settled[g, p] += n
                arrived[g, p] += n
                continue
            put(kept, row, g, row.option[i], p, r, left, reach, since, n)
            kept += 1
        cells.size[m] = kept
    return held


@within
def walk(i, goal, row, flow, ways, gated, routes):
    """Return where a cohort comes to today: place, route, what is left of the route and of the day, since when."""
    g, k, p, r = row.group[i], row.option[i], row.place[i], row.route[i]
    left, reach, since, n, way = row.left[i], row.reach[i], row.since[i], row.people[i], ways.of_group[g]
    while reach > 0.0:
        if r == AT_PLACE:
            if p == goal:
                break
            onto = ways.next[way, k, p]
            if onto < 0:
                break
            if gated[g, onto]:
                # Who waits keeps the place in the queue of one crossing alone: `left` says which.
                if since >= 0 and left != onto:
                    since = -1
                left, r = 0.0, AT_GATE
                break
            r = onto
            left = routes.days[g, r]
        if left > reach:
            left -= reach
            reach = 0.0
        else:
            reach -= left
            left, since = 0.0, -1
            p = routes.end[r]
            flow[g, r] += n
            r = AT_PLACE
    return p, r, left, reach, since
