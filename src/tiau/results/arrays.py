"""What a run gives, as arrays: quantiles of every quantity, members of areas, crossings and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.engine.members import keys_of
from tiau.faults import nearest, wrong_argument
from tiau.observations.ledger import Placement
from tiau.results.fits import Fit, fits
from tiau.results.variables import AREA_QUANTITIES
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network

Floats = NDArray[np.floating[Any]]


def _read_only(value: Any) -> Any:  # noqa: ANN401
    """Return arrays, alone or in a mapping, as views that cannot be written to; anything else as it is."""
    match value:
        case Mapping():
            return {name: _read_only(array) for name, array in value.items()}
        case np.ndarray():
            # A view, as for kernels an array that is read-only is of another type: members would compile them again.
            view = value.view()
            view.flags.writeable = False
            return view
        case _:
            return value


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401
    match one:
        case Mapping():
            return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
        case np.ndarray():
            return np.array_equal(one, other, equal_nan=True)
        case _:
            return bool(one == other)


@dataclass(frozen=True, eq=False)
class Arrays:
    """What a run gives, as arrays that are read-only; `Result` is what they can do.

    Attributes
    ----------
    network : Network
    members, seed, chance : int, int, bool
        How it was run.
    places : dict of str to float array (quantile, day, group, place), persons
        See `PLACE_QUANTITIES`.
    everybody : float array (quantile, day, place), persons
        People of all groups present.
    flow : float array (quantile, day, route), persons
        Cumulative number of people who came to the end of each one-way route.
    on_the_way : float array (quantile, day, group), persons
    area_names : tuple of str
        Names by which `area` gives them; countries, states and districts that no name means, by what they lie in, as
        "India / Mizoram / Champhai".
    regions : int
        The first so many of `area_names` are countries, admin1 and the place of the series.
    areas : dict of str to float array (area or region, day, member), persons
        See `AREA_QUANTITIES` and, kept for regions alone, `REGION_QUANTITIES`.
    crossings : float array (crossing, day, member), persons
        Cumulative entries over each crossing, out of the countries that people leave.
    entries_by_class : float array (risk class, day, member), persons
        Cumulative entries into the place of the series, without a series over all crossings; see `risk_classes`.
    totals : dict of str to float array (day, member), persons
        See `TOTALS`.
    placements : tuple of Placement
        The ledger.
    truth : float array (report, member), persons
        What each report speaks of, as old as its source sees it; NaN where it is not placed.
    figures : float array (report, member), persons
        What would be reported.
    parameters : dict of str to float array (member,)
    seconds : float
        Wall time of the simulation.
    """

    network: Network
    members: int
    seed: int
    chance: bool
    places: Mapping[str, Floats]
    everybody: Floats
    flow: Floats
    on_the_way: Floats
    area_names: tuple[str, ...]
    regions: int
    areas: Mapping[str, Floats]
    crossings: Floats
    entries_by_class: Floats
    totals: Mapping[str, Floats]
    placements: tuple[Placement, ...]
    truth: Floats
    figures: Floats
    parameters: Mapping[str, Floats]
    seconds: float

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            object.__setattr__(self, name, _read_only(value))

    def __eq__(self, other: object) -> bool:
        """Whether both are runs of equal scenarios with equal numbers, whenever and however fast they were made."""
        if type(self) is not type(other):
            return NotImplemented
        mine, theirs = vars(self), vars(other)
        names = [field.name for field in fields(self) if field.name not in ("network", "placements", "seconds")]
        return self.scenario == theirs["network"].scenario and all(_same(mine[name], theirs[name]) for name in names)

    __hash__ = None  # type: ignore[assignment]

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was run."""
        return self.network.scenario

    @property
    def days(self) -> list[dt.date]:
        """The days of the run."""
        start = self.scenario.settings.start
        return [start + dt.timedelta(day) for day in range(self.scenario.days)]

    @property
    def risk_classes(self) -> tuple[str, ...]:
        """The risk classes of the groups, in the order of `entries_by_class`."""
        return self.network.risk_classes

    @cached_property
    def fits(self) -> tuple[Fit, ...]:
        """Every report beside the run, in the order of reports.csv."""
        return self.fits_to(self.truth)

    def fits_to(self, truth: Floats) -> tuple[Fit, ...]:
        """Return every report beside the run, likelihoods as if members had shown something else (report, member)."""
        key = keys_of(self.members, self.seed) if self.chance else None
        return fits(self.placements, self.figures, truth, self.parameters, key)

    def area(self, name: str, quantity: str = "present") -> Floats:
        """Return the members of a quantity of an area (day, member), persons.

        Raises
        ------
        InputError
            If the area or the quantity is not kept.
        """
        if quantity not in self.areas:
            remedy = nearest(quantity, self.areas) or f"choose from {', '.join(self.areas)}"
            raise wrong_argument("quantity", "is no quantity of areas", remedy, quantity)
        proper = self.network.names.proper(name)
        kept = self.area_names if quantity in AREA_QUANTITIES else self.area_names[: self.regions]
        if proper not in kept:
            remedy = nearest(name, [other for other in self.network.names if self.network.names.proper(other) in kept])
            raise wrong_argument("name", f"has no {quantity} kept", remedy or f"choose from {', '.join(kept)}", name)
        return np.asarray(self.areas[quantity][self.area_names.index(proper)])
