"""Trees of ways of least cost, backwards from each destination."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from tiau.engine.kernels.trees import still_cheapest
from tiau.scenario.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
_LATEST: deque[Ints] = deque(maxlen=8)


def tree_to(network: Network, options: Ints, chance: Floats, waiting_cost: float) -> tuple[Floats, Ints]:
    """Return ways of least cost to some places, by scipy's Dijkstra.

    A number that moves a little moves costs, but hardly ever ways: those found last are looked at first, and taken to
    the places to which every other way costs more.

    Parameters
    ----------
    network : Network
    options : int array (option,)
        The places.
    chance : float array (route,)
        Chance that one attempt passes; the expected wait (1 - chance) / chance days is part of the cost.
    waiting_cost : float, km a day

    Returns
    -------
    cost : float array (option, place), km
        Infinite where there is no way.
    following : int array (option, place)
        The route to take next; -1 at the destination and where there is no way.
    """
    effort = _effort(network, chance, waiting_cost)
    places = len(network.place_names)
    cost, chain = np.empty((options.size, places)), np.empty(places, np.int64)
    following, is_open = np.full(cost.shape, -1, np.int32), np.ones(options.size, bool)
    for earlier in tuple(_LATEST):
        if earlier.shape == cost.shape and int(earlier.max(initial=-1)) < effort.size:
            before = is_open.copy()
            still_cheapest(is_open, earlier, options, network.start, network.end, effort, cost, chain)
            following[before & ~is_open] = earlier[before & ~is_open]
        if not is_open.any():
            return cost, following
    cost[is_open], following[is_open] = _cheapest(network, options[is_open], effort)
    _LATEST.appendleft(following.copy())
    return cost, following


def _effort(network: Network, chance: Floats, waiting_cost: float) -> Floats:
    effort = np.full(network.start.size, np.inf)
    passable = chance > 0
    effort[passable] = network.effort[passable] + waiting_cost * (1 - chance[passable]) / chance[passable]
    return effort


def _cheapest(network: Network, options: Ints, effort: Floats) -> tuple[Floats, Ints]:
    places = len(network.place_names)
    # Of parallel routes the cheapest is kept, as a sparse matrix would add them up.
    order = np.lexsort((effort, network.start, network.end))
    order = order[np.isfinite(effort[order])]
    pair = network.end[order].astype(np.int64) * places + network.start[order]
    pair, first = np.unique(pair, return_index=True)
    order = order[first]
    backwards = csr_matrix((effort[order], (network.end[order], network.start[order])), (places, places))
    cost, towards = dijkstra(backwards, indices=options, return_predecessors=True)
    # Run backwards, the predecessor of a place is the place to go to next.
    here = np.broadcast_to(np.arange(places), towards.shape)
    has_way = towards >= 0
    following = np.full(towards.shape, -1, np.int32)
    position = np.searchsorted(pair, towards[has_way].astype(np.int64) * places + here[has_way])
    following[has_way] = order[position]
    return cost, following
