"""Ways that were the cheapest ones before: what they cost now, and where they are still the only ones."""

from __future__ import annotations

import numpy as np

from tiau.engine.streams import lean, within

NO_ROUTE = -1


@lean
def still_cheapest(is_open, following, goal, start, end, effort, cost, chain):
    """Fill `cost` (option, place) of options that are open and for which all other ways cost more, and close these.

    `following` (option, place) are the routes to take next, and `chain` (place,) is room to work in. Costs are added up
    from the destination, as Dijkstra's algorithm does, and where another way costs as much it is no longer told
    which of them he would take.
    """
    for k in range(goal.size):
        if is_open[k] and _add_up(k, following, goal, start, end, effort, cost, chain):
            is_open[k] = not _costs_less(k, following, start, end, effort, cost)


@within
def _costs_less(k, following, start, end, effort, cost):
    """Tell whether the ways to an option cost less than all others."""
    for r in range(effort.size):
        other = effort[r] + cost[k, end[r]]
        if other < np.inf and following[k, start[r]] != r and not cost[k, start[r]] < other:
            return False
    return True


@within
def _add_up(k, following, goal, start, end, effort, cost, chain):
    """Fill the costs of ways to one option; tell whether there are such ways."""
    # Ways to another place may lead on from this one.
    if following[k, goal[k]] != NO_ROUTE:
        return False
    for p in range(chain.size):
        cost[k, p] = np.nan
    cost[k, goal[k]] = 0.0
    for first in range(chain.size):
        p, size = first, 0
        while np.isnan(cost[k, p]):
            r = np.int64(following[k, p])
            if r == NO_ROUTE:
                cost[k, p] = np.inf
                break
            if size == chain.size or start[r] != p or not effort[r] < np.inf:
                return False
            chain[size] = r
            size += 1
            p = np.int64(end[r])
        # Or they end at another place, from where none leads to this one.
        if size and not cost[k, p] < np.inf:
            return False
        for i in range(size - 1, -1, -1):
            r = chain[i]
            cost[k, start[r]] = cost[k, end[r]] + effort[r]
    return True
