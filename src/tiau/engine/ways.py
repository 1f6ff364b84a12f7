"""Least-cost open ways from every place to every destination, as people know them."""

from __future__ import annotations

import datetime as dt
from threading import RLock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.bundles import bundles_along
from tiau.engine.known import Known
from tiau.engine.options import Options
from tiau.engine.policy import Law, in_force, law_under, regimes_of
from tiau.engine.trees import tree_to
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
    km : float array (way, option, place), km
        Length of the way of least cost, without waits, in km of road; infinite where there is none.
    bundle : int array (way, option, place)
        Which borders it passes: the row of `passed`; 0 for none that acts rule.
    passed : float array (bundle, regime)
        How often a way of each bundle comes to a border under each regime.
    next : int array (way, option, place)
        The route to take next; -1 at the destination and where there is no way.
    nearest : bool array (way, option, place)
        Whether the option is the nearest of its country and that country is not the place's own.
    shut : bool array (place,)
        Places that have closed: nobody stays there.
    """

    of_group: Ints
    km: Floats
    bundle: Ints
    passed: Floats
    next: Ints
    nearest: Bools
    shut: Bools


NEVER = np.iinfo(np.int32).max
_LAST: Known[Ways] = Known(64)
_BUNDLES: Known[tuple[Ints, Floats]] = Known(16)


class Calendar:
    """Laws and ways of each day of a scenario, computed once for each different state of acts and destinations.

    Ways are those of least cost by the numbers as they are given; how much it costs to wait on them, and since when
    people know, each member judges for itself.

    Parameters
    ----------
    network : Network
    options : Options
    """

    def __init__(self, network: Network, options: Options) -> None:
        self._network, self._options = network, options
        self._waiting_cost = network.scenario.values["km_per_day_waited"]
        self._news = round(network.scenario.values["news_days"])
        changes = {act.from_ for act in network.scenario.acts}
        # An act holds on its last day too.
        changes |= {act.until + dt.timedelta(1) for act in network.scenario.acts if act.until}
        self._changes = np.array([network.day_index(day) for day in sorted(changes)])
        self._regimes = regimes_of(network)
        # Members on several threads ask for the same.
        self._lock = RLock()
        self._laws: dict[int, Law] = {}
        self._law_of_acts: dict[tuple[str, ...], Law] = {}
        self._rulings: dict[tuple[frozenset[str], ...], int] = {}
        self._law_of_ruling: list[Law] = []
        self._rulings_of: dict[bytes, Ints] = {}
        self._ways: dict[bytes, Ways] = {}
        self._openings = np.unique(np.concatenate([network.opens, network.closes]))
        self._ways_since: dict[tuple[int, int], Ways] = {}

    def law(self, day: int) -> Law:
        """Return what acts do on a day, counted from the first one; the same object while nothing changed."""
        period = int(np.searchsorted(self._changes, day, "right"))
        with self._lock:
            if period not in self._laws:
                acts = in_force(self._network.scenario.acts, self._network.scenario.settings.start + dt.timedelta(day))
                # Statements come and go, and change nothing.
                doing = tuple(act for act in acts if act.effect != "statement")
                key = tuple(act.act for act in doing)
                if key not in self._law_of_acts:
                    self._law_of_acts[key] = law_under(self._network, self._regimes, doing)
                self._laws[period] = self._law_of_acts[key]
            return self._laws[period]

    def rulings(self, days: NDArray[np.int64]) -> Ints:
        """Return the number of what rules borders on some days; acts that let as many through as before change none."""
        numbers = np.searchsorted(self._changes, days, "right")
        key = numbers.tobytes()
        with self._lock:
            if key not in self._rulings_of:
                periods, place = np.unique(numbers, return_inverse=True)
                first = [days[place == number][0] for number in range(periods.size)]
                self._rulings_of[key] = np.array([self._ruling(self.law(int(day))) for day in first], np.int32)[place]
            return self._rulings_of[key]

    def days_until_news(self, days: NDArray[np.int64]) -> int:
        """Return for how many days `rulings` stay as they are from some days on, all of them going on together."""
        later = np.append(self._changes, NEVER)[np.searchsorted(self._changes, days, "right")]
        return int((later - days).min())

    def _ruling(self, law: Law) -> int:
        key = tuple(
            frozenset(act.act for act in (*(x for o in orders for x in (o.act, *o.softening)), *pushing))
            for orders, pushing in zip(law.orders, law.pushing, strict=True)
        )
        if key not in self._rulings:
            self._rulings[key] = len(self._law_of_ruling)
            self._law_of_ruling.append(law)
        return self._rulings[key]

    def law_of(self, ruling: int) -> Law:
        """Return a law of a number that `rulings` gave."""
        return self._law_of_ruling[ruling]

    def ways(self, day: int) -> Ways:
        """Return the ways that people know on a day: by crossings `news_days` before, to what is open today."""
        since = (
            int(np.searchsorted(self._changes, day - self._news, "right")),
            int(np.searchsorted(self._openings, day, "right")),
        )
        with self._lock:
            if since not in self._ways_since:
                self._ways_since[since] = self._ways_on(day)
            return self._ways_since[since]

    def _ways_on(self, day: int) -> Ways:
        known, network, options = self.law(day - self._news), self._network, self._options
        chance = known.border.passing * (1.0 - known.border.pushed)
        shut = network.closes <= day
        open_options = options.takes_in & ((network.opens <= day) & ~shut)[options.place]
        # Acts come and go that change no passage: their ways are those of before.
        key = chance.tobytes() + shut.tobytes() + open_options.tobytes()
        if key not in self._ways:
            ways = least_cost(
                network, options.place, chance, self._waiting_cost, open_options=open_options, law=known
            )  # fmt: skip
            self._ways[key] = ways._replace(shut=shut)
        return self._ways[key]


def least_cost(
    network: Network,
    options: Ints,
    chance: Floats,
    waiting_cost: float,
    *,
    open_options: Bools | None = None,
    law: Law | None = None,
) -> Ways:
    """Compute ways, backwards from each destination; those of the last runs are known.

    Parameters
    ----------
    network : Network
    options : int array (option,)
    chance : float array (group, route)
        Chance that one attempt passes; the expected wait (1 - chance) / chance days is part of the cost.
    waiting_cost : float, km a day
    open_options : bool array (option,), optional
        No way leads to the others; by default to all.
    law : Law, optional
        Under which these are the chances; by default no act rules.

    Returns
    -------
    Ways
    """
    # Where there are no groups nothing is asked of ways, but there are some.
    chance = chance if len(chance) else np.ones((1, network.start.size))
    regime = law.border.regime if law is not None and len(law.border.regime) else np.zeros(chance.shape, np.int32)
    waits = np.zeros(1) if law is None else law.waits
    open_at = np.ones(options.size, bool) if open_options is None else open_options
    return _LAST.of(
        lambda: _least_cost(network, options, chance, waiting_cost, open_at, regime, waits),
        network.start, network.end, network.effort, network.country, len(network.countries), options, chance,
        waiting_cost, open_at, regime, waits,
    )  # fmt: skip


def _least_cost(
    network: Network, options: Ints, chance: Floats, waiting_cost: float, open_at: Bools, regime: Ints, waits: Floats
) -> Ways:
    rows: dict[bytes, int] = {}
    of_group = [
        rows.setdefault(own.tobytes() + ruled.tobytes(), len(rows)) for own, ruled in zip(chance, regime, strict=True)
    ]
    first = [of_group.index(way) for way in range(len(rows))]
    trees = [tree_to(network, options, chance[group], waiting_cost) for group in first]
    cost, following = (np.stack(each) for each in zip(*trees, strict=True))
    cost[:, ~open_at], following[:, ~open_at] = np.inf, -1
    ruled = regime[first]
    bundle, passed = _BUNDLES.of(
        lambda: bundles_along(following, network.end, ruled, waits.size), following, network.end, ruled, waits.size
    )
    return Ways(
        of_group=np.array(of_group, np.int32),
        km=cost - (waiting_cost * (passed @ waits))[bundle],
        bundle=bundle,
        passed=passed,
        next=following,
        nearest=np.stack([_nearest(network, options, of_way) for of_way in cost]),
        shut=np.zeros(len(network.place_names), bool),
    )


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
    cost, _ = tree_to(network, starts, np.ones(network.start.size), 0.0)
    # Of borders equally near the first by name, so that the order of rows does not matter.
    by_name = sorted(over.tolist(), key=lambda route: (network.route_names[route], network.route_row[route]))
    best = np.full(back.size, np.inf)
    for route in by_name:
        whole = cost[np.searchsorted(starts, network.start[route])] + network.effort[route]
        nearer = (whole < best) & ~home
        best[nearer] = whole[nearer]
        back[nearer] = network.end[route]
    return back
