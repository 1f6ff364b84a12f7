"""Arrays with labels along their dimensions: written as a netCDF file, read from one, or given as an xarray Dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import h5netcdf
import h5py
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import xarray as xr

Variable = tuple[tuple[str, ...], NDArray[Any], Mapping[str, Any]]
"""Dimensions, values and attributes."""


@dataclass(frozen=True)
class Labelled:
    """Arrays with labels.

    Attributes
    ----------
    data : dict of str to Variable
    coordinates : dict of str to array
        By dimension, one label for each step along it: texts, numbers or days (datetime64).
    attributes : dict of str to object
        Of the whole.

    Raises
    ------
    ValueError
        If an array is longer or shorter than its labels.
    """

    data: Mapping[str, Variable]
    coordinates: Mapping[str, NDArray[Any]]
    attributes: Mapping[str, Any]

    def __post_init__(self) -> None:
        for name, (dims, values, _) in self.data.items():
            labels = tuple(len(self.coordinates[dim]) for dim in dims)
            if values.shape != labels:
                msg = f"{name} has shape {values.shape} and labels for {labels}"
                raise ValueError(msg)

    def dataset(self) -> xr.Dataset:
        """Return the same as an xarray Dataset, which takes long to import."""
        import xarray as xr

        return xr.Dataset(dict(self.data), dict(self.coordinates), dict(self.attributes))

    def write(self, path: Path) -> None:
        """Write a netCDF file, from which xarray makes the same dataset."""
        # Made in memory first: HDF5 on a full disk prints tracebacks of its own, and may crash.
        made = BytesIO()
        with h5netcdf.File(made, "w") as file:
            file.dimensions = {name: len(labels) for name, labels in self.coordinates.items()}
            _describe(file, self.attributes)
            for name, (dims, values, attributes) in self.data.items():
                _add(file, name, dims, values, attributes)
            for name, labels in self.coordinates.items():
                values, unit = (labels, {}) if labels.dtype.kind != "M" else _counted(labels)
                _add(file, name, (name,), values, unit)
        path.write_bytes(made.getvalue())


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a netCDF file to read from: its `variables` have `dimensions` and values, and nothing is decoded."""
    with h5netcdf.File(path, "r", decode_vlen_strings=True) as file:
        yield file


def _add(file: Any, name: str, dims: tuple[str, ...], values: NDArray[Any], attributes: Mapping[str, Any]) -> None:  # noqa: ANN401
    text, packed = values.dtype.kind in "UO", {}
    if values.dtype.kind == "f" and name not in file.dimensions:
        packed = {"compression": "gzip", "compression_opts": 1, "shuffle": True, "fillvalue": np.nan}
    kind = h5py.string_dtype() if text else values.dtype
    variable = file.create_variable(name, dims, kind, data=values.astype(object) if text else values, **packed)
    if packed:
        _describe(variable, {"_FillValue": values.dtype.type(np.nan)})
    _describe(variable, attributes)


def _counted(days: NDArray[np.datetime64]) -> tuple[NDArray[np.int64], dict[str, str]]:
    """Return days as numbers since the first, and what they count."""
    whole = days.astype("datetime64[D]")
    since = {"units": f"days since {whole[0]} 00:00:00", "calendar": "proleptic_gregorian"}
    return (whole - whole[0]).astype(np.int64), since


def _describe(place: Any, attributes: Mapping[str, Any]) -> None:  # noqa: ANN401
    for name, value in attributes.items():
        place.attrs[name] = value if isinstance(value, str) else np.atleast_1d(value)
