"""The result of a run: quantiles of every quantity, members of areas, crossings and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tiau.faults import nearest, wrong_argument
from tiau.observations.ledger import Placement
from tiau.results.fits import Fit, fits
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network
from tiau.scenario.parameters import PARAMETERS

if TYPE_CHECKING:
    import xarray as xr

Floats = NDArray[np.floating[Any]]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

PLACE_QUANTITIES = {
    "present": "displaced people at the place (settled, waiting or trapped)",
    "arrived_cumulative": "people who came from elsewhere and settled there since the start",
    "returned_cumulative": "people who went home from there since the start",
    "departed_cumulative": "people who left home there since the start",
    "registered": "settled people who are registered",
    "expelled_cumulative": "people expelled from there since the start",
}
AREA_QUANTITIES = {
    "present": "displaced people at the places of the area",
    "arrived_cumulative": "entries over the border into the area since the start",
}
REGION_QUANTITIES = {
    "returned_cumulative": "people who went home from the area since the start",
    "registered": "registered people at the places of the area",
    "turned_back": "refusals and push-backs at crossings into the area since the start; who tries twice counts twice",
    "irregular_cumulative": "irregular entries over crossings into the area since the start",
    "expelled_cumulative": "people expelled from the area since the start",
}
TOTALS = {
    "waiting": "people who wait at crossings, look for another way overnight, or were expelled that day",
    "trapped": "people whom no open way leads to any destination",
    "gave_up": "people who gave up at a crossing and stay displaced there",
    "moving": "people on a route at the end of the day",
    "bound_abroad": "people on the way to a destination abroad, on a route or waiting at a crossing",
}


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


@dataclass(frozen=True)
class Variable:
    """A variable of result.nc.

    Attributes
    ----------
    name : str
    field, key : str
        The field of a `Result` that it keeps, and its key there, or an empty text where the field is an array.
    dims : tuple of str
    meaning : str
        In it, {entered} stands for where people enter who are told by risk class.
    unit : str
    """

    name: str
    field: str
    key: str
    dims: tuple[str, ...]
    meaning: str
    unit: str = "persons"


def _each(field: str, meanings: Mapping[str, str], prefix: str, *dims: str) -> tuple[Variable, ...]:
    return tuple(Variable(f"{prefix}{key}", field, key, dims, meaning) for key, meaning in meanings.items())


VARIABLES: tuple[Variable, ...] = (
    *_each("places", PLACE_QUANTITIES, "", "quantile", "day", "group", "place"),
    *_each("areas", REGION_QUANTITIES, "region_", "region", "day", "member"),
    Variable("present_all_groups", "everybody", "", ("quantile", "day", "place"), "displaced people of all groups"),
    *_each("areas", AREA_QUANTITIES, "area_", "area", "day", "member"),
    Variable("flow", "flow", "", ("quantile", "day", "route"), "people who travelled the route, cumulative"),
    Variable("on_the_way", "on_the_way", "", ("quantile", "day", "group"), "people on a route at the end of the day"),
    *_each("totals", TOTALS, "total_", "day", "member"),
    Variable("crossing_entries", "crossings", "", ("crossing", "day", "member"),
             "entries over the crossing since the start"),
    Variable("entries_by_class", "entries_by_class", "", ("risk_class", "day", "member"),
             "entries {entered} since the start"),
    Variable("report_truth", "truth", "", ("report", "member"), "what the report speaks of"),
    Variable("report_figure", "figures", "", ("report", "member"), "what would be reported"),
    *(Variable(f"parameter_{p.name}", "parameters", p.name, ("member",), p.meaning, p.unit) for p in PARAMETERS),
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What a run gives; its arrays are read-only.

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
        return fits(self)

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

    def save(self, folder: str | Path, *, suppress_below: float = 10) -> None:
        """Write the result as a folder, which `tiau.open_result` opens again.

        Parameters
        ----------
        folder : str or Path
            Replaced whole if it is a result, refused if it is anything else.
        suppress_below : float, persons
            Smaller counts about a group at a place are written as "<10" in presence.csv.

        Raises
        ------
        InputError
            If the folder is something else than a result.
        """
        from tiau.results.saving import save

        save(self, Path(folder), suppress_below=suppress_below)

    def dataset(self) -> xr.Dataset:
        """Return the result as an xarray Dataset with units and descriptions."""
        from tiau.results.netcdf import dataset

        return dataset(self)

    def __repr__(self) -> str:
        settings = self.scenario.settings
        placed = sum(placement.status == "placed" for placement in self.placements)
        how = f"{self.members} members, seed {self.seed}" if self.chance else "expectations, without chance"
        return (
            f"<Result of {settings.name}: {settings.start} to {settings.end}, {how}; "
            f"{len(self.network.place_names)} places, {placed} of {len(self.placements)} reports placed>"
        )

    def _repr_html_(self) -> str:
        html: str = self.dataset()._repr_html_()
        return html
