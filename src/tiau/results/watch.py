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
from tiau.results.arrivals import ways_of_arrival
from tiau.results.truths import watched_by_day
from tiau.results.variables import REGION_QUANTITIES, TOTALS
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
AT_PLACES, ON_ROUTES = ("present", *KEPT_AS.values()), ("flow", "turned_back", "irregular")


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
        self._abroad, outward = network.abroad, network.outward
        self._sums, self._shown_at = _sums_of(network)
        self._class_routes, self._class_of = _routes_of_classes(network, outward), _class_of(network)

    def __call__(self, batch: Batch, day: int, seen: Seen) -> None:
        """Put what a batch shows at the end of a day into `seen`."""
        people = batch.people
        if "present" not in seen:
            seen["present"] = np.empty_like(people.settled)
        present = seen["present"]
        moving, sums = booked(batch, self._abroad, present)
        seen["on_the_way"] = np.ascontiguousarray(moving.T)
        seen["departed_cumulative"] = people.departed
        for name, kept in KEPT_AS.items():
            seen[name] = getattr(people, kept)
        self._sum_up(batch, present, seen)
        waiting, trapped, gave_up, bound_abroad = sums
        totals = {
            "waiting": waiting, "trapped": trapped, "gave_up": gave_up, "moving": moving.sum(0),
            "bound_abroad": bound_abroad,
        }  # fmt: skip
        seen["totals"] = np.stack([totals[name] for name in TOTALS], 1)
        seen["classes"] = (self._class_of @ people.flow[:, :, self._class_routes].sum(2).T).T
        seen["reports"] = all_shown(self._placements, self._watched[day], present, batch)

    def _sum_up(self, batch: Batch, present: Floats, seen: Seen) -> None:
        """Put what all groups show together into `seen`: by place, by route, by area and by crossing."""
        members, _, places = present.shape
        routes = batch.people.flow.shape[2]
        every = np.empty((members, len(AT_PLACES) * places + len(ON_ROUTES) * routes))
        first = 0
        for name in (*AT_PLACES, *ON_ROUTES):
            values = present if name == "present" else getattr(batch.people, name)
            values.sum(1, out=every[:, first : first + values.shape[2]])
            first += values.shape[2]
        flow = len(AT_PLACES) * places
        seen["everybody"], seen["flow"] = every[:, :places], every[:, flow : flow + routes]
        # One product for all of them: to begin one is most of what it costs for few members.
        found = (self._sums @ every.T).T
        for name, where in self._shown_at.items():
            seen[name] = found[:, where]


def _sums_of(network: Network) -> tuple[csr_matrix, dict[str, slice]]:
    """Return by which matrix what `AT_PLACES` and `ON_ROUTES` list is summed up, and where in the sums each is."""
    areas, routes = areas_kept(network), network.start.size
    masks, regions = areas.places, areas.regions
    entries, settled = ways_of_arrival(network, masks)
    crossing = np.arange(len(network.crossings))[:, None] == network.crossing[None, :]
    parts: dict[str, dict[str, NDArray[np.bool_]]] = {
        "area present": {"present": masks},
        "area arrived_cumulative": {"flow": entries, "arrived": settled},
        **{f"area {name}": {KEPT_AS[name]: masks[:regions]} for name in REGION_QUANTITIES if name in KEPT_AS},
        "area turned_back": {"turned_back": entries[:regions]},
        "area irregular_cumulative": {"irregular": entries[:regions]},
        "crossings": {"flow": (crossing & network.outward).reshape(len(network.crossings), routes)},
    }
    rows, shown_at, first = [], {}, 0
    for name, sums in parts.items():
        many = len(next(iter(sums.values())))
        at = [sums.get(one, np.zeros((many, masks.shape[1]), bool)) for one in AT_PLACES]
        on = [sums.get(one, np.zeros((many, routes), bool)) for one in ON_ROUTES]
        rows.append(np.concatenate([*at, *on], 1))
        shown_at[name] = slice(first, first + many)
        first += many
    return csr_matrix(np.concatenate(rows).astype(float)), shown_at


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


def booked(batch: Batch, abroad: NDArray[np.bool_], present: Floats) -> tuple[Floats, Floats]:
    """Fill who is present, and return who is on the way (group, member) and the sums of `kernels.present.book`."""
    members = batch.keys.size
    moving, sums = np.empty((present.shape[1], members)), np.empty((4, members))
    book(batch.people, batch.listed, batch.model.options, abroad, present, moving, sums)
    if not batch.model.chance:
        batch.journeys.book(present, moving, sums)
    return moving, sums


def all_shown(placements: tuple[Placement, ...], rows: list[int], present: Floats, batch: Batch) -> Floats:
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
            booked(batch, self._abroad, present)
        seen["reports"] = all_shown(self._placements, rows, present, batch)
