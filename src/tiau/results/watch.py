"""What a batch of members shows at the end of a day, before anything is put together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tiau.engine.batch import Batch
from tiau.engine.kernels.present import book
from tiau.engine.run import Seen
from tiau.observations.ledger import Placement, entry_routes
from tiau.results.areas import areas_kept
from tiau.results.truths import watched_by_day
from tiau.results.variables import AREA_QUANTITIES, REGION_QUANTITIES, TOTALS
from tiau.scenario.network import Network
from tiau.scenario.quantities import QUANTITIES, STOCKS

Floats = NDArray[np.float64]

# What a quantity by place is called in the state of members.
KEPT_AS = {
    "arrived_cumulative": "arrived",
    "returned_cumulative": "returned",
    "registered": "registered",
    "expelled_cumulative": "expelled",
}


class Watch:
    """Sees batches of a run by our rules; called as `engine.run.See` says.

    Arrays by place are `present`, `everybody`, `departed_cumulative` by home, and those of `KEPT_AS`; `flow` is by
    route and `on_the_way` by group; `area ...`, `classes`, `crossings`, `totals` and `reports` are kept by member.

    Parameters
    ----------
    network : Network
    placements : tuple of Placement
        The ledger.
    """

    def __init__(self, network: Network, placements: tuple[Placement, ...]) -> None:
        self._placements = placements
        self._watched = watched_by_day(placements, network.scenario.days)
        areas, routes = areas_kept(network), network.start.size
        masks, regions = areas.places, areas.regions
        entries = np.array([entry_routes(network, mask) for mask in masks]).reshape(len(masks), routes)
        self._area_places, self._area_routes = csr_matrix(masks.astype(float)), csr_matrix(entries.astype(float))
        self._region_places, self._region_routes = self._area_places[:regions], self._area_routes[:regions]
        # As reports of arrivals are read: who settles is counted only where no border way leads in.
        self._settled_places = csr_matrix((masks & ~entries.any(1, keepdims=True)).astype(float))
        self._abroad, outward = network.abroad, network.outward
        crossing = np.arange(len(network.crossings))[:, None] == network.crossing[None, :]
        self._crossing_routes = csr_matrix((crossing & outward).reshape(len(network.crossings), routes).astype(float))
        self._class_routes, self._class_of = _routes_of_classes(network, outward), _class_of(network)

    def __call__(self, batch: Batch, day: int, seen: Seen) -> None:
        """Put what a batch shows at the end of a day into `seen`."""
        people = batch.people
        if "present" not in seen:
            seen["present"] = np.empty_like(people.settled)
        present = seen["present"]
        moving, sums = _booked(batch, self._abroad, present)
        seen["everybody"] = present.sum(1)
        seen["on_the_way"] = np.ascontiguousarray(moving.T)
        seen["departed_cumulative"] = people.departed
        seen["flow"] = people.flow.sum(1)
        for name, kept in KEPT_AS.items():
            seen[name] = getattr(people, kept)
        waiting, trapped, gave_up, bound_abroad = sums
        totals = {
            "waiting": waiting, "trapped": trapped, "gave_up": gave_up, "moving": moving.sum(0),
            "bound_abroad": bound_abroad,
        }  # fmt: skip
        seen["totals"] = np.stack([totals[name] for name in TOTALS], 1)
        seen["classes"] = (self._class_of @ people.flow[:, :, self._class_routes].sum(2).T).T
        self._by_area(batch, seen)
        seen["reports"] = _all_shown(self._placements, self._watched[day], present, batch)

    def _by_area(self, batch: Batch, seen: Seen) -> None:
        people = batch.people
        flow = np.ascontiguousarray(seen["flow"].T)
        on_routes = {
            "arrived_cumulative": flow,
            "turned_back": people.turned_back.sum(1).T,
            "irregular_cumulative": people.irregular.sum(1).T,
        }
        kept = (
            (AREA_QUANTITIES, self._area_places, self._area_routes),
            (REGION_QUANTITIES, self._region_places, self._region_routes),
        )
        for quantities, places, routes in kept:
            over, at = ([name for name in quantities if (name in on_routes) is whether] for whether in (True, False))
            self._summed(over, routes, [on_routes[name] for name in over], seen)
            shown = {"present": seen["everybody"]} | {
                name: getattr(people, KEPT_AS[name]).sum(1) for name in at if name in KEPT_AS
            }
            self._summed(at, places, [shown[name].T for name in at], seen)
        settled = self._settled_places @ people.arrived.sum(1).T
        seen["area arrived_cumulative"] = seen["area arrived_cumulative"] + settled.T
        seen["crossings"] = (self._crossing_routes @ flow).T

    @staticmethod
    def _summed(names: list[str], areas: csr_matrix, of: list[Floats], seen: Seen) -> None:
        """Put sums over areas of some quantities (place or route, member) into `seen`."""
        # One product for all of them: what it costs to begin one is most of what it costs for few members.
        found = (areas @ np.concatenate(of, 1)).T
        for name, values in zip(names, np.split(found, len(names)), strict=True):
            seen[f"area {name}"] = values


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


def _booked(batch: Batch, abroad: NDArray[np.bool_], present: Floats) -> tuple[Floats, Floats]:
    """Fill who is present, and return who is on the way (group, member) and the sums of `kernels.present.book`."""
    members = batch.keys.size
    moving, sums = np.empty((present.shape[1], members)), np.empty((4, members))
    book(batch.people, batch.listed, batch.model.options, abroad, present, moving, sums)
    if not batch.model.chance:
        batch.journeys.book(present, moving, sums)
    return moving, sums


def _all_shown(placements: tuple[Placement, ...], rows: list[int], present: Floats, batch: Batch) -> Floats:
    """Return what the quantities of some reports are on a day (member, report)."""
    shown = [_shown(placements[row], present, batch) for row in rows]
    return np.array(shown).reshape(len(shown), batch.keys.size).T


def _shown(placement: Placement, present: Floats, batch: Batch) -> Floats:
    """Return what a report's quantity is on a day (member,): a stock, or a cumulative count."""
    quantity, people = QUANTITIES[placement.report.quantity], batch.people
    if quantity.at_homes:
        leaving = placement.homes & placement.groups[batch.model.homes.group]
        return np.asarray(getattr(people, quantity.at_homes)[:, leaving].sum(1))
    if quantity.over_routes and (placement.entries.any() or not quantity.at_places):
        by_route = getattr(people, quantity.over_routes)
        by_group = by_route[:, placement.groups][:, :, placement.entries].sum(2)
    else:
        by_place = present if quantity.at_places == "present" else getattr(people, quantity.at_places)
        by_group = by_place[:, placement.groups][:, :, placement.places].sum(2)
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


class WatchReports:
    """Sees what reports speak of and nothing else, for runs that are only set beside them.

    Parameters
    ----------
    network : Network
    placements : tuple of Placement
        The ledger.
    """

    def __init__(self, network: Network, placements: tuple[Placement, ...]) -> None:
        self._placements, self._abroad = placements, network.abroad
        self._watched = watched_by_day(placements, network.scenario.days)

    def __call__(self, batch: Batch, day: int, seen: Seen) -> None:
        """Put what reports see at the end of a day into `seen`."""
        rows, present = self._watched[day], np.empty_like(batch.people.settled)
        if rows:
            _booked(batch, self._abroad, present)
        seen["reports"] = _all_shown(self._placements, rows, present, batch)
