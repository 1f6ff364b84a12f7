"""How cohorts advance along their ways until they arrive, stand at a crossing, or the day is spent."""

from __future__ import annotations

from tiau.engine.streams import compiled

# In the place of a route: they are at a place, or stand there at a crossing and have not tried today.
AT_PLACE, AT_GATE = -1, -2


@compiled
def advance(people, cells, options, ways, gated, routes, speed):
    """Move every cohort until its day is spent, it arrives, or it stands at a crossing where acts hold.

    Returns the number of cohorts that stand at such a crossing (`route` is then `AT_GATE`).
    """
    held = 0
    for m in range(cells.size.size):
        kept = 0
        for i in range(cells.size[m]):
            if kept == i and cells.reach[m, i] <= 0.0:
                kept += 1
                continue
            g, k, p, r = cells.group[m, i], cells.option[m, i], cells.place[m, i], cells.route[m, i]
            left, reach, n = cells.left[m, i], cells.reach[m, i], cells.people[m, i]
            since = cells.since[m, i]
            way = ways.of_group[g]
            arrived = False
            while reach > 0.0:
                if r == AT_PLACE:
                    if p == options.place[k]:
                        arrived = True
                        break
                    following = ways.next[way, k, p]
                    if following < 0:
                        break
                    if gated[g, following]:
                        # Who waits keeps the place in the queue of one crossing alone: `left` says which.
                        if since >= 0 and left != following:
                            since = -1
                        left = 0.0
                        r = AT_GATE
                        held += 1
                        break
                    r = following
                    left = routes.days[r] / speed[g]
                if left > reach:
                    left -= reach
                    reach = 0.0
                else:
                    reach -= left
                    left = 0.0
                    since = -1
                    p = routes.end[r]
                    people.flow[m, g, r] += n
                    r = AT_PLACE
            if r == AT_PLACE and p == options.place[k]:
                arrived = True
            if arrived:
                people.settled[m, g, p] += n
                people.arrived[m, g, p] += n
                continue
            cells.group[m, kept] = g
            cells.option[m, kept] = k
            cells.place[m, kept] = p
            cells.route[m, kept] = r
            cells.left[m, kept] = left
            cells.reach[m, kept] = reach
            cells.since[m, kept] = since
            cells.people[m, kept] = n
            kept += 1
        cells.size[m] = kept
    return held
