"""How cohorts advance along their ways, pass crossings or wait at them, and arrive."""

from __future__ import annotations

import numpy as np

from tiau.engine.streams import compiled, mix, share

AT_GATE = 2.0


@compiled
def advance(people, cells, options, ways, routes, speed):
    """Move every cohort until its day is spent, it arrives, or it stands at a crossing that lets some pass.

    Returns the number of cohorts that stand at such a crossing (`reach` then counts above `AT_GATE`).
    """
    held = 0
    for m in range(cells.size.size):
        kept = 0
        for i in range(cells.size[m]):
            g, k, p, r = cells.group[m, i], cells.option[m, i], cells.place[m, i], cells.route[m, i]
            left, reach, n = cells.left[m, i], cells.reach[m, i], cells.people[m, i]
            way = ways.of_group[g]
            arrived = False
            while reach > 0.0:
                if r == -1:
                    if p == options.place[k]:
                        arrived = True
                        break
                    following = ways.next[way, k, p]
                    if following < 0:
                        break
                    if ways.passing[way, following] < 1.0:
                        reach += AT_GATE
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
                    p = routes.end[r]
                    people.flow[m, g, r] += n
                    r = -1
            if r == -1 and p == options.place[k]:
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
            cells.people[m, kept] = n
            kept += 1
        cells.size[m] = kept
    return held


@compiled
def gate(day_keys, chance, cells, names, options, ways, routes, speed):
    """Let cohorts that stand at a crossing try once: some pass onto the route, the rest wait until tomorrow."""
    for m in range(cells.size.size):
        for i in range(cells.size[m]):
            reach = cells.reach[m, i]
            if reach <= AT_GATE:
                continue
            g, k, p = cells.group[m, i], cells.option[m, i], cells.place[m, i]
            r = ways.next[ways.of_group[g], k, p]
            key = mix(mix(mix(day_keys[m], names.group[g]), names.place[p]), names.option[k])
            passed = share(mix(key, np.uint64(i)), cells.people[m, i], ways.passing[ways.of_group[g], r], chance)
            waiting = cells.people[m, i] - passed
            if waiting > 0.0:
                j = cells.size[m]
                cells.group[m, j] = g
                cells.option[m, j] = k
                cells.place[m, j] = p
                cells.route[m, j] = -1
                cells.left[m, j] = 0.0
                cells.reach[m, j] = 0.0
                cells.people[m, j] = waiting
                cells.size[m] = j + 1
            cells.route[m, i] = r
            cells.left[m, i] = routes.days[r] / speed[g]
            cells.reach[m, i] = reach - AT_GATE
            cells.people[m, i] = passed


@compiled
def merge_waiting(cells, slots):
    """Join cohorts that wait at the same place for the same destination; `slots` (group, place, option) is scratch."""
    for m in range(cells.size.size):
        kept = 0
        for i in range(cells.size[m]):
            g, k, p, n = cells.group[m, i], cells.option[m, i], cells.place[m, i], cells.people[m, i]
            if n <= 0.0:
                continue
            if cells.route[m, i] == -1:
                if slots[g, p, k] >= 0:
                    cells.people[m, slots[g, p, k]] += n
                    continue
                slots[g, p, k] = kept
            cells.group[m, kept] = g
            cells.option[m, kept] = k
            cells.place[m, kept] = p
            cells.route[m, kept] = cells.route[m, i]
            cells.left[m, kept] = cells.left[m, i]
            cells.reach[m, kept] = cells.reach[m, i]
            cells.people[m, kept] = n
            kept += 1
        cells.size[m] = kept
        for i in range(kept):
            if cells.route[m, i] == -1:
                slots[cells.group[m, i], cells.place[m, i], cells.option[m, i]] = -1
