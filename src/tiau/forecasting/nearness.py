"""Shares of places by how near they are to where something happened."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from tiau.forecasting.history import Floats
from tiau.forecasting.situation import Situation
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of


def nearness(now: Situation) -> Floats:
    """Return shares of places (place,) in proportion to 1 / (km + 1) over the shortest way from any place struck.

    Places that no way leads to get nothing; where that is all of them, or nothing has happened, each gets the same.
    """
    km = _km_from(now.scenario, now.struck())
    least = np.array([min((km[member] for member in series.members), default=np.inf) for series in now.panel.series])
    weight = 1.0 / (least + 1.0)
    return np.asarray(weight / weight.sum() if weight.any() else np.full(now.count, 1.0 / now.count))


def _km_from(scenario: Scenario, places: tuple[int, ...]) -> Floats:
    """Return the length of the shortest way from any of some places to each place (place,), km."""
    count = len(scenario.places)
    if not places:
        return np.full(count, np.inf)
    index = scenario.names.place_index
    ways: dict[tuple[int, int], float] = {}
    for route in scenario.routes:
        start, end = (index[key_of(name)] for name in (route.from_, route.to))
        for pair in ((start, end),) if route.one_way else ((start, end), (end, start)):
            ways[pair] = min(route.distance_km, ways.get(pair, np.inf))
    rows, columns = zip(*ways, strict=True) if ways else ((), ())
    graph = coo_array((list(ways.values()), (rows, columns)), shape=(count, count)).tocsr()
    found: Floats = dijkstra(graph, indices=list(places), min_only=True)
    return found
