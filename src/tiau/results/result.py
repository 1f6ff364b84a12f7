"""The result of a run: quantiles of every quantity, members of areas, crossings and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tiau.faults import nearest, wrong_argument
from tiau.observations.ledger import Placement
from tiau.scenario.network import Network
from tiau.scenario.parameters import BY_NAME

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
    def days(self) -> list[dt.date]:
        """The days of the run."""
        start = self.network.scenario.settings.start
        return [start + dt.timedelta(day) for day in range(self.network.scenario.days)]

    @property
    def risk_classes(self) -> tuple[str, ...]:
        """The risk classes of the groups, in the order of `entries_by_class`."""
        return self.network.risk_classes

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

    def dataset(self) -> xr.Dataset:
        """Return the result as an xarray Dataset with units and descriptions."""
        import xarray as xr

        network = self.network
        coordinates = {
            "quantile": list(QUANTILES),
            "day": np.array(self.days, "datetime64[ns]"),
            "group": list(network.group_names),
            "place": list(network.place_names),
            "route": list(network.route_names),
            "area": list(self.area_names),
            "region": list(self.area_names[: self.regions]),
            "crossing": list(network.crossings),
            "risk_class": list(self.risk_classes),
            "member": np.arange(self.members),
            "report": [placement.report.report for placement in self.placements],
        }

        def persons(dims: tuple[str, ...], values: Floats, text: str) -> xr.Variable:
            # Half the space, and its seven digits are more than any figure is known to.
            return xr.Variable(dims, values.astype(np.float32), {"units": "persons", "long_name": text})

        by_place = ("quantile", "day", "group", "place")
        data = {name: persons(by_place, self.places[name], text) for name, text in PLACE_QUANTITIES.items()}
        by_region = ("region", "day", "member")
        data |= {
            f"region_{name}": persons(by_region, self.areas[name], text) for name, text in REGION_QUANTITIES.items()
        }
        data["present_all_groups"] = persons(
            ("quantile", "day", "place"), self.everybody, "displaced people of all groups"
        )
        by_area = ("area", "day", "member")
        data |= {f"area_{name}": persons(by_area, self.areas[name], text) for name, text in AREA_QUANTITIES.items()}
        data["flow"] = persons(("quantile", "day", "route"), self.flow, "people who travelled the route, cumulative")
        data["on_the_way"] = persons(
            ("quantile", "day", "group"), self.on_the_way, "people on a route at the end of the day"
        )
        data |= {f"total_{name}": persons(("day", "member"), self.totals[name], text) for name, text in TOTALS.items()}
        text = "entries over the crossing since the start"
        data["crossing_entries"] = persons(("crossing", "day", "member"), self.crossings, text)
        series = network.scenario.settings.series
        text = f"entries {f'into {series.place}' if series else 'over all crossings'} since the start"
        data["entries_by_class"] = persons(("risk_class", "day", "member"), self.entries_by_class, text)
        data["report_truth"] = persons(("report", "member"), self.truth, "what the report speaks of")
        data["report_figure"] = persons(("report", "member"), self.figures, "what would be reported")
        data |= {
            f"parameter_{name}": xr.Variable(
                ("member",), values, {"units": BY_NAME[name].unit, "long_name": BY_NAME[name].meaning}
            )
            for name, values in self.parameters.items()
        }  # fmt: skip
        attributes = {
            "title": network.scenario.settings.title,
            "scenario": network.scenario.name,
            "seed": self.seed,
        }
        return xr.Dataset(data, coordinates, attributes)

    def __repr__(self) -> str:
        settings = self.network.scenario.settings
        placed = sum(placement.status == "placed" for placement in self.placements)
        how = f"{self.members} members, seed {self.seed}" if self.chance else "expectations, without chance"
        return (
            f"<Result of {settings.name}: {settings.start} to {settings.end}, {how}; "
            f"{len(self.network.place_names)} places, {placed} of {len(self.placements)} reports placed>"
        )

    def _repr_html_(self) -> str:
        html: str = self.dataset()._repr_html_()
        return html
