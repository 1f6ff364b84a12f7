"""How cohorts advance along their ways until they arrive, stand at a crossing, or the day is spent."""

from __future__ import annotations

from tiau.engine.streams import compiled

# In the place of a route: they are at a place, or stand there at a crossing and have not tried today.
AT_PLACE, AT_GATE = -1, -2


@compiled
def advance(people, cells, options, ways, gated, routes):
    """Move every cohort until its day is spent, it arrives, or it stands at a crossing where acts hold.

    Returns the number of cohorts that stand at such a crossing (`route` is then `AT_GATE`).
    """
    held = 0
    following, of_group, end, days, where = ways.next, ways.of_group, routes.end, routes.days, options.place
    for m in range(cells.size.size):
        group, option, place, route = cells.group[m], cells.option[m], cells.place[m], cells.route[m]
        left_of, reach_of, since_of, count = cells.left[m], cells.reach[m], cells.since[m], cells.people[m]
        flow, settled, arrived = people.flow[m], people.settled[m], people.arrived[m]
        kept = 0
        for i in range(cells.size[m]):
            reach, p, r = reach_of[i], place[i], route[i]
            if kept == i and reach <= 0.0:
                kept += 1
                continue
            g, k, left, n, since = group[i], option[i], left_of[i], count[i], since_of[i]
            goal, way = where[k], of_group[g]
            while reach > 0.0:
                if r == AT_PLACE:
                    if p == goal:
                        break
                    onto = following[way, k, p]
                    if onto < 0:
                        break
                    if gated[g, onto]:
                        # Who waits keeps the place in the queue of one crossing alone: `left` says which.
                        if since >= 0 and left != onto:
                            since = -1
                        left = 0.0
                        r = AT_GATE
                        held += 1
                        break
                    r = onto
                    left = days[g, r]
                if left > reach:
                    left -= reach
                    reach = 0.0
                else:
                    reach -= left
                    left = 0.0
                    since = -1
                    p = end[r]
                    flow[g, r] += n
                    r = AT_PLACE
            if r == AT_PLACE and p == goal:
                settled[g, p] += n
                arrived[g, p] += n
                continue
            if kept < i:
                group[kept], option[kept], count[kept] = g, k, n
            place[kept], route[kept], left_of[kept], reach_of[kept], since_of[kept] = p, r, left, reach, since
            kept += 1
        cells.size[m] = kept
    return held
