"""What is looked at in runs: what can be followed and what reports speak of, in a scenario's own places and ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tiau.explorer.basis.districts import districts_of, of_districts
from tiau.explorer.basis.followed import PLACE, Followed, followed_of, masks_of
from tiau.explorer.basis.sound import Basis
from tiau.observations.ledger import Placement, ledger
from tiau.results.arrivals import Arrivals
from tiau.scenario.model import Scenario
from tiau.scenario.network import Bools, Network, build
from tiau.scenario.parameters import SPEEDS

Ints = NDArray[np.int64]
SHAPING = ("places", "areas", "routes", "groups", "displaced")
"""Tables that a network is made of."""


@dataclass(frozen=True)
class Shape:
    """What is looked at in the places and ways that several scenarios have in common.

    Attributes
    ----------
    network : Network
        Of one of them.
    masks : bool array (followed, place)
        Which of the scenario's places each has that the page can follow.
    areas : int
        The first so many that are followed are areas, the others places.
    districts : bool array (followed,)
        Of which irregular entries may be shown.
    district : int array (page's place,)
        As `districts_of` gives them.
    within : tuple of int arrays
        The districts of each that is followed.
    place_at, route_at : int arrays
        Where the page's places and ways are here; -1 for what is not.
    """

    network: Network
    masks: Bools
    areas: int
    districts: Bools
    district: Ints
    within: tuple[Ints, ...]
    place_at: Ints
    route_at: Ints

    @cached_property
    def arrivals(self) -> Arrivals:
        """Counts who arrived in the areas."""
        return Arrivals(self.network, self.masks[: self.areas])

    @cached_property
    def borders(self) -> Ints:
        """The district of the page into which a way over a border leads (route,); -1 inside a country."""
        home = np.full(len(self.network.place_names), -1)
        there = self.place_at >= 0
        home[self.place_at[there]] = self.district[there]
        return np.where(self.network.crossing >= 0, home[self.network.end], -1)

    @cached_property
    def unseen(self) -> csr_matrix:
        """1 where a way over a border leads into a district of what is followed, if irregular entries may show there.

        By the page's own districts: a what-if that draws them otherwise parts nothing.
        """
        into = [np.isin(self.borders, one) & may for one, may in zip(self.within, self.districts, strict=True)]
        return csr_matrix(np.array(into, float).reshape(len(into), self.network.start.size))

    @cached_property
    def spread(self) -> csr_matrix:
        """How regular flow is told on the page's ways (page's route, route): evenly over the ways into a district.

        On each way by itself, what settled or arrived beyond it would be who crossed there irregularly.
        """
        here = np.flatnonzero(self.route_at >= 0)
        into = self.borders[self.route_at[here]]
        inside = here[into < 0]
        parts = [(inside, self.route_at[inside], np.ones(inside.size))]
        for district in np.unique(into[into >= 0]):
            ways, all_in = here[into == district], np.flatnonzero(self.borders == district)
            pairs = np.repeat(ways, all_in.size), np.tile(all_in, ways.size)
            parts.append((*pairs, np.full(pairs[0].size, 1 / ways.size)))
        row, column, share = (np.concatenate(one) for one in zip(*parts, strict=True))
        return csr_matrix((share, (row, column)), (self.route_at.size, self.network.start.size))


@dataclass(frozen=True)
class Sight:
    """What is looked at in runs of one scenario.

    Attributes
    ----------
    network : Network
    placements : tuple of Placement
        The ledger.
    report_at : int array (report,)
        Where the page's reports are here; -1 for those that are not.
    shape : Shape
    """

    network: Network
    placements: tuple[Placement, ...]
    report_at: Ints
    shape: Shape

    @property
    def scenario(self) -> Scenario:
        """The scenario that is run."""
        return self.network.scenario

    @cached_property
    def days(self) -> int:
        """How many days there are."""
        return self.scenario.days


def sight_of(basis: Basis, own: Shape, scenario: Scenario | None = None) -> Sight:
    """Return what is looked at in runs of the scenario carried on, or of one that a what-if made of it.

    Parameters
    ----------
    basis : Basis
    own : Shape
        Of the scenario carried on.
    scenario : Scenario, optional
        By default that itself.
    """
    if scenario is None or scenario is basis.carried:
        return _seen(basis, basis.network, basis.placements, own)
    if not _same_shape(basis.carried, scenario):
        network = build(scenario)
        return _seen(basis, network, ledger(network), _other(basis, network))
    network = basis.network.of(scenario)
    same = scenario.reports == basis.carried.reports and scenario.values == basis.carried.values
    return _seen(basis, network, basis.placements if same else ledger(network), own)


def _seen(basis: Basis, network: Network, placements: tuple[Placement, ...], shape: Shape) -> Sight:
    return Sight(network, placements, _at(_reports(basis.placements), _reports(placements)), shape)


def _same_shape(one: Scenario, other: Scenario) -> bool:
    shaped = all(getattr(one, name) == getattr(other, name) for name in SHAPING)
    speeds = all(one.values[name] == other.values[name] for name in SPEEDS.values())
    return shaped and speeds and one.settings.start == other.settings.start


def own_shape(basis: Basis) -> Shape:
    """Return the shape of the scenario carried on: the page's own places and ways."""
    network = basis.network
    places, routes = len(network.place_names), network.start.size
    return Shape(
        network=network,
        masks=masks_of(basis.followed, places),
        areas=_areas(basis.followed),
        **_districts(basis),
        place_at=np.arange(places),
        route_at=np.arange(routes),
    )


def _other(basis: Basis, network: Network) -> Shape:
    """Return the shape of a scenario in which a what-if has changed places, ways or groups."""
    here = {(one.level, one.label): one for one in followed_of(network)}
    nobody = Followed("", "", PLACE, (), abroad=False)
    found = tuple(here.get((one.level, one.label), nobody) for one in basis.followed)
    return Shape(
        network=network,
        masks=masks_of(found, len(network.place_names)),
        areas=_areas(basis.followed),
        **_districts(basis),
        place_at=_at(basis.network.place_names, network.place_names),
        route_at=_at(basis.network.route_names, network.route_names),
    )


def _districts(basis: Basis) -> dict[str, Any]:
    """Return what a shape says of districts, which are the page's own whatever a what-if makes of them."""
    of = districts_of(basis.carried)
    return {
        "districts": of_districts(basis.carried, basis.followed), "district": of,
        "within": tuple(np.unique(of[list(one.places)]) for one in basis.followed),
    }  # fmt: skip


def _areas(followed: tuple[Followed, ...]) -> int:
    return sum(one.level != PLACE for one in followed)


def _reports(placements: tuple[Placement, ...]) -> tuple[str, ...]:
    return tuple(placement.report.report for placement in placements)


def _at(names: tuple[str, ...], here: tuple[str, ...]) -> Ints:
    where: Mapping[str, int] = {name: at for at, name in reversed([*enumerate(here)])}
    return np.array([where.get(name, -1) for name in names], np.int64)


def rows(values: NDArray[Any], at: Ints, otherwise: float = 0.0) -> NDArray[Any]:
    """Return the rows of the page's places, ways or reports; those that are not there have another value."""
    found = np.full((at.size, *values.shape[1:]), otherwise, values.dtype)
    found[at >= 0] = values[at[at >= 0]]
    return found
