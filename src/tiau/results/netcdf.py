"""result.nc: the arrays of a result, labelled, as they are in memory, and read back by the same table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tiau.results.arrays import Arrays
from tiau.results.disclosure import WHOLE, nearest
from tiau.results.variables import PERSONS, QUANTILES, VARIABLES

if TYPE_CHECKING:
    import xarray as xr


def dataset(result: Arrays, *, suppress_below: float = 0) -> xr.Dataset:
    """Return a result as an xarray Dataset with units and descriptions.

    With `suppress_below` above 1 numbers of people are the nearest multiples of it, none left out: a 10 may stand for 5
    to 14.
    """
    import xarray as xr

    network, scenario = result.network, result.scenario
    coordinates = {
        "quantile": list(QUANTILES),
        "day": np.array(result.days, "datetime64[ns]"),
        "group": list(network.group_names),
        "place": list(network.place_names),
        "route": list(network.route_names),
        "area": list(result.area_names),
        "region": list(result.area_names[: result.regions]),
        "crossing": list(network.crossings),
        "risk_class": list(result.risk_classes),
        "member": np.arange(result.members),
        "report": [placement.report.report for placement in result.placements],
    }
    series = scenario.settings.series
    entered = f"into {series.place}" if series else "over all crossings"
    data = {}
    for variable in VARIABLES:
        kept = getattr(result, variable.field)
        values = kept[variable.key] if variable.key else kept
        attributes: dict[str, Any] = {"units": variable.unit, "long_name": variable.meaning.format(entered=entered)}
        if suppress_below > WHOLE and variable.unit == PERSONS:
            values = nearest(values, suppress_below).astype(values.dtype)
            attributes["rounded_to"] = suppress_below
        data[variable.name] = xr.Variable(variable.dims, values, attributes)
    return xr.Dataset(
        data, coordinates, {"title": scenario.settings.title, "scenario": scenario.name, "seed": result.seed}
    )


def write_netcdf(dataset: xr.Dataset, path: Path) -> None:
    """Write result.nc."""
    packed = {"zlib": True, "complevel": 1, "shuffle": True}
    encoding = {name: packed for name, variable in dataset.data_vars.items() if variable.dtype.kind == "f"}
    # Made in memory first: HDF5 on a full disk prints tracebacks of its own, and may crash.
    path.write_bytes(dataset.to_netcdf(engine="h5netcdf", encoding=encoding))


def read_fields(path: Path) -> dict[str, Any]:
    """Return the fields of a `Result` that result.nc keeps, by name; raise ValueError if it holds others than ours."""
    import xarray as xr

    # Nothing is decoded: what a unit of days would become is no number any more.
    with xr.open_dataset(path, engine="h5netcdf", decode_cf=False) as data:
        if any(v.name not in data or data[v.name].dims != v.dims for v in VARIABLES):
            msg = f"{path} holds other variables"
            raise ValueError(msg)
        found: dict[str, Any] = {
            "area_names": tuple(data["area"].to_numpy().tolist()),
            "regions": data.sizes["region"],
            "members": data.sizes["member"],
            "seed": int(data.attrs["seed"]),
        }
        for variable in VARIABLES:
            values = data[variable.name].to_numpy()
            if variable.key:
                found.setdefault(variable.field, {})[variable.key] = values
            else:
                found[variable.field] = values
    return found
