"""What members show, day by day: kept whole for areas, crossings and reports, as quantiles for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tiau.engine.batch import Batch
from tiau.engine.cohorts import People
from tiau.engine.kernels.quantiles import mark, over_members
from tiau.engine.kernels.settle import book
from tiau.observations.ledger import Placement, entry_routes, value_from
from tiau.results.result import AREA_QUANTITIES, PLACE_QUANTITIES, QUANTILES, REGION_QUANTITIES, TOTALS
from tiau.scenario.network import Network
from tiau.scenario.vocabulary import STOCKS

Floats = NDArray[np.float64]
Values = NDArray[np.float32]

# What a quantity by place is called in the state of members.
_KEPT_AS = {
    "arrived_cumulative": "arrived",
    "returned_cumulative": "returned",
    "registered": "registered",
    "expelled_cumulative": "expelled",
}


class Recorder:
    """Gathers a run; `day` takes one batch of members at the end of a day, `gather` then all of them.

    Parameters
    ----------
    network : Network
    placements : tuple of Placement
        The ledger.
    members : int
    """

    def __init__(self, network: Network, placements: tuple[Placement, ...], *, members: int) -> None:
        days, groups, places = network.scenario.days, len(network.group_names), len(network.place_names)
        routes = network.start.size
        self._placements = placements
        self._watched = self._by_day(days)
        self._present = np.zeros((members, groups, places))
        self._moving = np.zeros((groups, members))
        self._flow = np.zeros((members, routes))
        self._seen: dict[str, NDArray[np.bool_]] = {}

        self.area_names, self.regions = self._areas_kept(network)
        masks = np.zeros((len(self.area_names), places), bool)
        for row, name in enumerate(self.area_names):
            masks[row, list(network.names.members(name))] = True
        entries_of = np.array([entry_routes(network, mask) for mask in masks]).reshape(len(masks), routes)
        self._area_places = csr_matrix(masks.astype(float))
        self._area_routes = csr_matrix(entries_of.astype(float))
        self._region_places, self._region_routes = self._area_places[: self.regions], self._area_routes[: self.regions]
        self._abroad, outward = network.abroad, network.outward
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
        self.truth = np.full((len(placements), members), np.nan)
        self._waiting = {row for row, placement in enumerate(placements) if placement.status == "placed"}
        self._series = [
            np.zeros((placement.last - placement.first + 2, members)) if row in self._waiting else np.empty(0)
            for row, placement in enumerate(placements)
        ]  # fmt: skip

    def _by_day(self, days: int) -> list[list[int]]:
        watched: list[list[int]] = [[] for _ in range(days)]
        for row, placement in enumerate(self._placements):
            if placement.status == "placed":
                # What happened in a period is the count at its end less that of the evening before.
                for day in range(max(placement.first - 1, 0), placement.last + 1):
                    watched[day].append(row)
        return watched

    @staticmethod
    def _areas_kept(network: Network) -> tuple[tuple[str, ...], int]:
        """Return the names of the areas whose members are kept, and how many of them are regions."""
        settings, places = network.scenario.settings, network.scenario.places
        regions = [name for p in places for name in (p.country, p.admin1) if name]
        regions += [settings.series.place] if settings.series else []
        named = [name for name in regions if network.names.members(name)]
        # Regions stand first, so that one array serves quantities kept for all areas and those kept for regions.
        first = dict.fromkeys(network.names.proper(name) for name in named)
        named += [p.admin2 for p in places if p.admin2]
        named += [r.place for r in network.scenario.reports if network.names.members(r.place)]
        return tuple(dict.fromkeys(network.names.proper(name) for name in named)), len(first)

    def day(self, batch: Batch, span: slice, day: int) -> None:
        """Take the end of a day of one batch of members.

        Parameters
        ----------
        batch : Batch
        span : slice
            Which members they are.
        day : int
        """
        people, present, moving = batch.people, self._present[span], self._moving[:, span]
        sums = np.empty((4, span.stop - span.start))
        book(people, batch.cells, batch.model.options, self._abroad, present, moving, sums)
        waiting, trapped, gave_up, bound_abroad = sums
        self.by_class[:, day, span] = self._class_of @ people.flow[:, :, self._class_routes].sum(2).T
        for name, values in zip(TOTALS, (waiting, trapped, gave_up, moving.sum(0), bound_abroad), strict=True):
            self.totals[name][day, span] = values
        self._flow[span] = people.flow.sum(1)
        flow = np.ascontiguousarray(self._flow[span].T)
        on_routes = {
            "arrived_cumulative": flow,
            "turned_back": people.turned_back.sum(1).T,
            "irregular_cumulative": people.irregular.sum(1).T,
        }
        for name, kept in self.areas.items():
            whole = len(kept) == len(self.area_names)
            if name in on_routes:
                kept[:, day, span] = (self._area_routes if whole else self._region_routes) @ on_routes[name]
            else:
                at_places = _at_places(name, present, people).sum(1).T
                kept[:, day, span] = (self._area_places if whole else self._region_places) @ at_places
        self.crossings[:, day, span] = self._crossing_routes @ flow
        for row in self._watched[day]:
            placement = self._placements[row]
            self._series[row][day - placement.first + 1, span] = _shown(placement, present, batch)

    def gather(self, batches: Sequence[Batch], day: int, pool: Executor) -> None:
        """Turn the day just taken into quantiles, and finish reports whose period is over.

        Parameters
        ----------
        batches : sequence of Batch
            All of them, in the order of members.
        day : int
        pool : Executor
        """
        states = [batch.people for batch in batches]
        work: dict[str, list[Floats]] = {"present": [self._present], "everybody": [self._present.sum(1)]}
        work |= {name: [getattr(people, kept) for people in states] for name, kept in _KEPT_AS.items()}
        work["departed_cumulative"] = [people.departed for people in states]
        work["flow"] = [self._flow]
        work["moving"] = [self._moving.T]
        found = dict(zip(work, pool.map(self._quantiles, work, work.values()), strict=True))
        homes = batches[0].model.homes
        self.places["departed_cumulative"][:, day, homes.group, homes.place] = found.pop("departed_cumulative")
        for name, out in (("everybody", self.everybody), ("flow", self.flow), ("moving", self.on_the_way)):
            out[:, day] = found.pop(name)
        for name, values in found.items():
            self.places[name][:, day] = values.reshape(self.places[name][:, day].shape)
        for row in list(self._waiting):
            placement = self._placements[row]
            if placement.last == day:
                self.truth[row] = value_from(placement, self._series[row][1:], self._series[row][0])
                self._waiting.discard(row)

    def _quantiles(self, name: str, parts: list[Floats]) -> Values:
        """Return quantiles of all columns (level, column); those of which nobody was ever seen are 0."""
        flat = [part.reshape(len(part), -1) for part in parts]
        seen = self._seen.setdefault(name, np.zeros(flat[0].shape[1], bool))
        for part in flat:
            mark(part, seen)
        columns = np.flatnonzero(seen)
        found: Values = np.zeros((len(QUANTILES), seen.size), np.float32)
        if columns.size:
            found[:, columns] = over_members(flat, columns, QUANTILES)
        return found


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


def _at_places(quantity: str, present: Floats, people: People) -> Floats:
    """Return a quantity by place (member, group, place)."""
    values: Floats = present if quantity == "present" else getattr(people, _KEPT_AS[quantity])
    return values


def _shown(placement: Placement, present: Floats, batch: Batch) -> Floats:
    """Return what a report's quantity is on a day (member,): a stock, or a cumulative count."""
    quantity, people = placement.report.quantity, batch.people
    if quantity == "turned_back":
        by_group = people.turned_back[:, placement.groups][:, :, placement.entries].sum(2)
    elif quantity in ("arrived_cumulative", "crossed_in_period") and placement.entries.any():
        by_group = people.flow[:, placement.groups][:, :, placement.entries].sum(2)
    else:
        values = _at_places(_REPORTED.get(quantity, quantity), present, people)
        by_group = values[:, placement.groups][:, :, placement.places].sum(2)
    if placement.report.origin:
        by_group = by_group * _from_origin(placement, batch)
    return np.asarray(by_group.sum(1))


def _from_origin(placement: Placement, batch: Batch) -> Floats:
    """Return the share of each of a report's groups that left homes in its origin (member, group).

    Of stocks by who is missing at home, of counts since the start by who ever left: wherever people of a group are,
    the same share of them is taken to come from each home.
    """
    homes, people = batch.model.homes, batch.people
    left = homes.people - people.home if placement.report.quantity in STOCKS else people.departed
    of_group = (homes.group[:, None] == np.flatnonzero(placement.groups)).astype(np.float64)
    everybody = left @ of_group
    return np.asarray((left * placement.homes) @ of_group / np.maximum(everybody, 1e-300))


# Quantities of reports that are kept under another name.
_REPORTED = {"idp_present": "present", "crossed_in_period": "arrived_cumulative"}
