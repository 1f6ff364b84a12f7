"""Labelled arrays are the same as a netCDF file and as an xarray Dataset."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from tiau.results.labelled import Labelled, opened

DAYS = np.array(["2021-02-27", "2021-02-28", "2021-03-01"], "datetime64[ns]")
CAMPS = np.array(["Mahama", "مخيم الفاشر"])


def camps(people, camps=CAMPS):
    data = {
        "present": (("day", "camp"), np.asarray(people, np.float32), {"units": "persons", "rounded_to": 10}),
        "rate": (("day",), np.array([0.1, np.nan, 1e-300]), {}),
        "order": (("camp",), np.arange(len(camps)), {}),
    }
    coordinates = {"day": DAYS, "camp": camps, "member": np.arange(2)}
    return Labelled(data, coordinates, {"title": "Two camps", "seed": 2**63})


@pytest.mark.parametrize(
    "one", [camps([[10, 0], [np.nan, 20], [30, 1e7]]), camps(np.zeros((3, 0)), CAMPS[:0])], ids=["two", "none"]
)
def test_the_file_holds_what_the_dataset_holds(one, tmp_path):
    one.write(tmp_path / "camps.nc")
    with xr.open_dataset(tmp_path / "camps.nc", engine="h5netcdf") as data:
        assert data.load().equals(one.dataset())
        assert data["present"].dtype == np.float32
        for variable in ("present", "rate"):
            assert data[variable].attrs == one.dataset()[variable].attrs
        assert data["day"].dtype.kind == "M"
        assert data.attrs == {"title": "Two camps", "seed": 2**63}


def test_what_is_read_is_as_it_was_written(tmp_path):
    one = camps([[10, 0], [np.nan, 20], [30, 1e7]])
    one.write(tmp_path / "camps.nc")
    with opened(tmp_path / "camps.nc") as file:
        for name, (dims, values, _) in one.data.items():
            kept = file.variables[name]
            assert kept.dimensions == dims
            assert kept[...].dtype == values.dtype
            assert np.array_equal(kept[...], values, equal_nan=values.dtype.kind == "f")
        assert file.variables["camp"][...].tolist() == CAMPS.tolist()


def test_an_array_of_another_size_than_its_labels_is_an_error():
    with pytest.raises(ValueError, match=r"present has shape \(3, 1\) and labels for \(3, 2\)"):
        camps(np.zeros((3, 1)))


def test_whole_numbers_of_people_take_little_room(tmp_path):
    coordinates = {"day": DAYS, "member": np.arange(20_000)}
    Labelled({"present": (("day", "member"), np.ones((3, 20_000)), {})}, coordinates, {}).write(tmp_path / "a.nc")
    assert (tmp_path / "a.nc").stat().st_size < 3 * 20_000 * 8 / 2


def test_a_result_is_written_and_opened_without_xarray(tmp_path):
    code = f"""
import sys
import tiau, toys
result = tiau.simulate(toys.line(departures=[toys.leave(1, 60)], days=4), members=1)
result.save({str(tmp_path / "out")!r})
assert tiau.open_result({str(tmp_path / "out")!r}).members == 1
assert not sys.modules.keys() & {{"xarray", "pandas", "dask", "distributed"}}
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent)
