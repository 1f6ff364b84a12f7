"""What members show, day by day: kept whole for areas, crossings and reports, as quantiles for the rest."""

from __future__ import annotations

from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tiau.engine.block import Block
from tiau.engine.cohorts import People
from tiau.engine.kernels.quantiles import over_members
from tiau.engine.kernels.settle import book
from tiau.observations.ledger import Entry, entry_routes, value_from
from tiau.results.result import AREA_QUANTITIES, PLACE_QUANTITIES, QUANTILES, REGION_QUANTITIES, TOTALS
from tiau.scenario.network import Network

Floats = NDArray[np.float64]
Values = NDArray[np.float32]

BYTES_AT_ONCE = 48_000_000


class Recorder:
    """Gathers a run; `day` takes one block of members at the end of a day, `gather` some days of all.

    Parameters
    ----------
    network : Network
    entries : tuple of Entry
        The ledger.
    members : int
    """

    def __init__(self, network: Network, entries: tuple[Entry, ...], *, members: int) -> None:
        days, groups, places = network.scenario.days, len(network.group_names), len(network.place_names)
        routes = network.start.size
        a_day = members * 8 * (groups * places * len(PLACE_QUANTITIES) + groups * routes + routes)
        self.days_at_once = max(1, min(days, BYTES_AT_ONCE // max(a_day, 1)))
        self._entries = entries
        self._watched = self._by_day(days)
        self._at_places = np.zeros((self.days_at_once, len(PLACE_QUANTITIES), groups, places, members))
        self._flow = np.zeros((self.days_at_once, routes, members))
        self._moving = np.zeros((self.days_at_once, groups, members))
        self._levels = np.array(QUANTILES)

        self.area_names, self.regions = self._areas_kept(network)
        masks = np.zeros((len(self.area_names), places), bool)
        for row, name in enumerate(self.area_names):
            masks[row, list(network.names.members(name))] = True
        entries_of = np.array([entry_routes(network, mask) for mask in masks]).reshape(len(masks), routes)
        self._area_places = csr_matrix(masks.astype(float))
        self._area_routes = csr_matrix(entries_of.astype(float))
        self._region_places, self._region_routes = self._area_places[: self.regions], self._area_routes[: self.regions]
        self._abroad = ~np.isin(network.country, list(network.home_countries))
        outward = self._abroad[network.end]
        crossing = np.arange(len(network.crossings))[:, None] == network.crossing[None, :]
        self._class_routes, self._class_of = _routes_of_classes(network, outward), _class_of(network)
        self._crossing_routes = csr_matrix((crossing & outward).reshape(len(network.crossings), routes).astype(float))

        shape = (len(QUANTILES), days, groups, places)
        self.places: dict[str, Values] = {name: np.zeros(shape, np.float32) for name in PLACE_QUANTITIES}
        self.everybody = np.zeros((len(QUANTILES), days, places), np.float32)
        self.flow = np.zeros((len(QUANTILES), days, routes), np.float32)
        self.on_the_way = np.zeros((len(QUANTILES), days, groups), np.float32)
        self.areas = {
            name: np.zeros((len(masks) if name in AREA_QUANTITIES else self.regions, days, members), np.float32)
            for name in (*AREA_QUANTITIES, *REGION_QUANTITIES)
        }  # fmt: skip
        self.by_class = np.zeros((len(network.risk_classes), days, members), np.float32)
        self.crossings = np.zeros((len(network.crossings), days, members), np.float32)
        self.totals = {name: np.zeros((days, members), np.float32) for name in TOTALS}
        self.truth = np.full((len(entries), members), np.nan)
        self._waiting = {row for row, entry in enumerate(entries) if entry.status == "placed"}
        self._series = [np.full((entry.last - entry.first + 2, members), 0.0) if row in self._waiting else np.empty(0)
                        for row, entry in enumerate(entries)]  # fmt: skip

    def _by_day(self, days: int) -> list[list[int]]:
        watched: list[list[int]] = [[] for _ in range(days)]
        for row, entry in enumerate(self._entries):
            if entry.status == "placed":
                for day in range(max(entry.first - 1, 0), entry.last + 1):
                    watched[day].append(row)
        return watched

    @staticmethod
    def _areas_kept(network: Network) -> tuple[tuple[str, ...], int]:
        """Return the names of the areas whose members are kept, and how many of them are regions."""
        settings, places = network.scenario.settings, network.scenario.places
        regions = [name for p in places for name in (p.country, p.admin1) if name]
        regions += [settings.series.place] if settings.series else []
        named = [name for name in regions if network.names.members(name)]
        first = dict.fromkeys(network.names.proper(name) for name in named)
        named += [p.admin2 for p in places if p.admin2]
        named += [r.place for r in network.scenario.reports if network.names.members(r.place)]
        return tuple(dict.fromkeys(network.names.proper(name) for name in named)), len(first)

    def day(self, block: Block, span: slice, day: int, first: int) -> None:
        """Take the end of a day of one block of members.

        Parameters
        ----------
        block : Block
        span : slice
            Which members they are.
        day, first : int
            The day, and the first day of those gathered together.
        """
        at = day - first
        stuck = np.empty((3, span.stop - span.start))
        at_places, moving = self._at_places[at, ..., span], self._moving[at, :, span]
        book(block.people, block.cells, block.model.homes, at_places, moving, stuck)
        people = block.people
        flow, refused, irregular = (
            np.ascontiguousarray(x.sum(1).T) for x in (people.flow, people.turned_back, people.irregular)
        )
        self._flow[at, :, span] = flow
        self.crossings[:, day, span] = self._crossing_routes @ flow
        self.by_class[:, day, span] = self._class_of @ people.flow[:, :, self._class_routes].sum(2).T
        for name, values in zip(TOTALS, (*stuck, moving.sum(0), self._bound_abroad(block)), strict=True):
            self.totals[name][day, span] = values
        at_all_places = dict(zip(PLACE_QUANTITIES, at_places.sum(1), strict=True))
        on_routes = {"arrived_cumulative": flow, "turned_back": refused, "irregular_cumulative": irregular}
        for name, values in self.areas.items():
            whole = len(values) == len(self.area_names)
            if name in on_routes:
                values[:, day, span] = (self._area_routes if whole else self._region_routes) @ on_routes[name]
            else:
                values[:, day, span] = (self._area_places if whole else self._region_places) @ at_all_places[name]
        for row in self._watched[day]:
            entry = self._entries[row]
            self._series[row][day - entry.first + 1, span] = _shown(entry, at_places, people)

    def _bound_abroad(self, block: Block) -> Floats:
        """Return how many are on the way to a destination abroad (member,): all bound for one less the settled."""
        bound = block.people.toward[:, self._abroad[block.model.options.place]].sum(1)
        return np.asarray(np.maximum(bound - block.people.settled[:, :, self._abroad].sum((1, 2)), 0.0))

    def gather(self, numbers: range, pool: Executor) -> None:
        """Turn the days just taken into quantiles, and finish reports whose period is over."""
        count = len(numbers)
        members = self._moving.shape[-1]

        def quantiles(values: Floats, out: Values) -> None:
            columns = np.ascontiguousarray(values).reshape(-1, members)
            found = np.empty((self._levels.size, len(columns)), np.float32)
            over_members(columns, self._levels, found)
            out[:] = found.reshape(out.shape)

        work = [
            (self._at_places[:count, index, g], self.places[name][:, numbers.start : numbers.stop, g])
            for index, name in enumerate(self.places) for g in range(self._at_places.shape[2])
        ]  # fmt: skip
        work.append((self._at_places[:count, 0].sum(1), self.everybody[:, numbers.start : numbers.stop]))
        work.append((self._flow[:count], self.flow[:, numbers.start : numbers.stop]))
        work.append((self._moving[:count], self.on_the_way[:, numbers.start : numbers.stop]))
        list(pool.map(lambda pair: quantiles(*pair), work))
        self._at_places[:] = 0.0
        for row in list(self._waiting):
            entry = self._entries[row]
            if entry.last in numbers:
                self.truth[row] = value_from(entry, self._series[row][1:], self._series[row][0])
                self._waiting.discard(row)


def _routes_of_classes(network: Network, outward: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the routes whose entries are told by risk class: into the place of the series, else over the border."""
    series = network.scenario.settings.series
    if series is None:
        return np.flatnonzero(outward & (network.crossing >= 0))
    inside = np.zeros(len(network.place_names), bool)
    inside[list(network.names.members(series.place))] = True
    return np.flatnonzero(entry_routes(network, inside))


def _class_of(network: Network) -> Floats:
    """Return which groups make up each risk class (class, group), 0 or 1."""
    of_group = np.array([group.risk_class for group in network.scenario.groups])
    return np.asarray(np.array(network.risk_classes)[:, None] == of_group, np.float64)


def _shown(entry: Entry, at_places: Floats, people: People) -> Floats:
    """Return what a report's quantity is on a day (member,): a stock, or a cumulative count."""
    quantity = entry.report.quantity
    if quantity == "turned_back":
        return np.asarray(people.turned_back[:, entry.groups][:, :, entry.entries].sum((1, 2)))
    if quantity in ("arrived_cumulative", "crossed_in_period") and entry.entries.any():
        return np.asarray(people.flow[:, entry.groups][:, :, entry.entries].sum((1, 2)))
    index = list(PLACE_QUANTITIES).index(_AT_PLACES[quantity])
    return np.asarray(at_places[index][entry.groups][:, entry.places].sum((0, 1)))


_AT_PLACES = {
    "present": "present",
    "idp_present": "present",
    "registered": "registered",
    "arrived_cumulative": "arrived_cumulative",
    "crossed_in_period": "arrived_cumulative",
    "returned_cumulative": "returned_cumulative",
}
