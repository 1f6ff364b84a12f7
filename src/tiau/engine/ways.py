"""Least-cost open ways from every place to every destination, as people know them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from tiau.engine.options import Options
from tiau.engine.policy import Border, border
from tiau.scenario.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


class Ways(NamedTuple):
    """Ways as people know them on a day; groups that pass crossings alike share them.

    Attributes
    ----------
    of_group : int array (group,)
        Which of the sets of ways a group has.
    cost : float array (way, option, place), km
        Effort of the least-cost way, infinite where there is none.
    next : int array (way, option, place)
        The route to take next; -1 at the destination and where there is no way.
    nearest : bool array (way, option, place)
        Whether the option is the nearest of its country and that country is not the place's own.
    shut : bool array (place,)
        Places that have closed: nobody stays there.
    """

    of_group: Ints
    cost: Floats
    next: Ints
    nearest: Bools
    shut: Bools


class Calendar:
    """Borders and ways of each day of a scenario, computed once for each different state of acts and destinations.

    Parameters
    ----------
    network : Network
    options : Options
    km_per_day_waited : float
        Cost of a day of waiting at a crossing.
    news_days : int
        How long it takes until people know how a crossing lets them pass.
    """

    def __init__(self, network: Network, options: Options, *, km_per_day_waited: float, news_days: int) -> None:
        self._network = network
        self._options = options
        self._waiting_cost = km_per_day_waited
        self._news = dt.timedelta(news_days)
        changes = {act.from_ for act in network.scenario.acts}
        # An act holds on its last day too.
        changes |= {act.until + dt.timedelta(1) for act in network.scenario.acts if act.until}
        self._changes = np.array(sorted(changes), "datetime64[D]")
        self._borders: dict[int, Border] = {}
        self._ways: dict[bytes, Ways] = {}

    def border(self, day: dt.date) -> Border:
        """Return what acts do on a day; the same object while nothing changed."""
        period = int(np.searchsorted(self._changes, np.datetime64(day), "right"))
        if period not in self._borders:
            self._borders[period] = border(self._network, day)
        return self._borders[period]

    def ways(self, day: dt.date) -> Ways:
        """Return the ways that people know on a day: by crossings `news_days` before, to what is open today."""
        known = self.border(day - self._news)
        chance = known.passing * (1.0 - known.pushed)
        number, network, options = self._network.day_index(day), self._network, self._options
        shut = network.closes <= number
        open_options = options.takes_in & ((network.opens <= number) & ~shut)[options.place]
        # Acts come and go that change no passage: their ways are those of before.
        key = chance.tobytes() + shut.tobytes() + open_options.tobytes()
        if key not in self._ways:
            ways = least_cost(network, options.place, chance, self._waiting_cost, open_options=open_options)
            self._ways[key] = ways._replace(shut=shut)
        return self._ways[key]


def least_cost(
    network: Network,
    options: Ints,
    chance: Floats,
    waiting_cost: float,
    *,
    open_options: Bools | None = None,
) -> Ways:
    """Compute ways with scipy's Dijkstra, backwards from each destination.

    Parameters
    ----------
    network : Network
    options : int array (option,)
    chance : float array (group, route)
        Chance that one attempt passes; the expected wait (1 - chance) / chance days is part of the cost.
    waiting_cost : float, km a day
    open_options : bool array (option,), optional
        No way leads to the others; by default to all.

    Returns
    -------
    Ways
    """
    rows: dict[bytes, int] = {}
    of_group = [rows.setdefault(row.tobytes(), len(rows)) for row in chance]
    different = [np.frombuffer(row) for row in rows] or [np.ones(network.start.size)]
    trees = [_tree(network, options, row, waiting_cost) for row in different]
    if open_options is not None:
        for cost, following in trees:
            cost[~open_options], following[~open_options] = np.inf, -1
    return Ways(
        of_group=np.array(of_group, np.int32),
        cost=np.stack([tree[0] for tree in trees]),
        next=np.stack([tree[1] for tree in trees]),
        nearest=np.stack([_nearest(network, options, tree[0]) for tree in trees]),
        shut=np.zeros(len(network.place_names), bool),
    )


def _effort(network: Network, chance: Floats, waiting_cost: float) -> Floats:
    effort = np.full(network.start.size, np.inf)
    passable = chance > 0
    effort[passable] = network.effort[passable] + waiting_cost * (1 - chance[passable]) / chance[passable]
    return effort


def _tree(network: Network, options: Ints, chance: Floats, waiting_cost: float) -> tuple[Floats, Ints]:
    places = len(network.place_names)
    effort = _effort(network, chance, waiting_cost)
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


def _nearest(network: Network, options: Ints, cost: Floats) -> Bools:
    nearest = np.zeros(cost.shape, bool)
    country = network.country[options]
    for index in range(len(network.countries)):
        rows = np.flatnonzero(country == index)
        if rows.size:
            best = rows[np.argmin(cost[rows], axis=0)]
            abroad = np.flatnonzero(network.country != index)
            reachable = abroad[np.isfinite(cost[best[abroad], abroad])]
            nearest[best[reachable], reachable] = True
    return nearest


def way_back(network: Network) -> Ints:
    """Return, for each place abroad, the place on the home side of the nearest border (place,); else itself."""
    home = ~network.abroad
    back = np.arange(len(network.place_names), dtype=np.int32)
    over = np.flatnonzero((network.crossing >= 0) & ~home[network.start] & home[network.end])
    if not over.size:
        return back
    starts = np.unique(network.start[over]).astype(np.int32)
    cost, _ = _tree(network, starts, np.ones(network.start.size), 0.0)
    # Of borders equally near the first by name, so that the order of rows does not matter.
    by_name = sorted(over.tolist(), key=lambda route: (network.route_names[route], network.route_row[route]))
    best = np.full(back.size, np.inf)
    for route in by_name:
        whole = cost[np.searchsorted(starts, network.start[route])] + network.effort[route]
        nearer = (whole < best) & ~home
        best[nearer] = whole[nearer]
        back[nearer] = network.end[route]
    return back
