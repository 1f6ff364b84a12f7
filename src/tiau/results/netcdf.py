"""result.nc: the arrays of a result, labelled, as they are in memory, and read back by the same table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.results.arrays import Arrays
from tiau.results.disclosure import WHOLE, nearest
from tiau.results.labelled import Labelled, Variable, opened
from tiau.results.variables import PERSONS, QUANTILES, VARIABLES


def labelled(result: Arrays, *, suppress_below: float = 0) -> Labelled:
    """Return the arrays of a result with labels, units and descriptions.

    With `suppress_below` above 1 numbers of people are the nearest multiples of it, none left out: a 10 may stand for 5
    to 14.
    """
    network, scenario = result.network, result.scenario
    reports = [placement.report.report for placement in result.placements]
    coordinates = {
        "quantile": np.array(QUANTILES),
        "day": np.array(result.days, "datetime64[ns]"),
        "group": _texts(network.group_names),
        "place": _texts(network.place_names),
        "route": _texts(network.route_names),
        "area": _texts(result.area_names),
        "region": _texts(result.area_names[: result.regions]),
        "crossing": _texts(network.crossings),
        "risk_class": _texts(result.risk_classes),
        "member": np.arange(result.members),
        "report": _texts(reports),
    }
    series = scenario.settings.series
    entered = f"into {series.place}" if series else "over all crossings"
    data: dict[str, Variable] = {}
    for variable in VARIABLES:
        kept = getattr(result, variable.field)
        values = kept[variable.key] if variable.key else kept
        attributes: dict[str, Any] = {"units": variable.unit, "long_name": variable.meaning.format(entered=entered)}
        if suppress_below > WHOLE and variable.unit == PERSONS:
            values = nearest(values, suppress_below).astype(values.dtype)
            attributes["rounded_to"] = suppress_below
        data[variable.name] = (variable.dims, values, attributes)
    said = {"title": scenario.settings.title, "scenario": scenario.name, "seed": result.seed}
    return Labelled(data, coordinates, said)


def _texts(names: Iterable[str]) -> NDArray[np.str_]:
    return np.array(list(names), dtype=str)


def read_fields(path: Path) -> dict[str, Any]:
    """Return the fields of a `Result` that result.nc keeps, by name; raise ValueError if it holds others than ours."""
    with opened(path) as file:
        kept = file.variables
        if any(v.name not in kept or kept[v.name].dimensions != v.dims for v in VARIABLES):
            msg = f"{path} holds other variables"
            raise ValueError(msg)
        found: dict[str, Any] = {
            "area_names": tuple(kept["area"][:].tolist()),
            "regions": len(kept["region"][:]),
            "members": len(kept["member"][:]),
            "seed": int(file.attrs["seed"]),
        }
        for variable in VARIABLES:
            values = kept[variable.name][...]
            if variable.key:
                found.setdefault(variable.field, {})[variable.key] = values
            else:
                found[variable.field] = values
    return found
