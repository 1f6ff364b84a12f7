"""A result saved and opened again is the same, field by field and bit by bit."""

import dataclasses
import datetime as dt
import json
from zipfile import ZipFile

import numpy as np
import pytest

import tiau
import toys
from folders import TABLES, changed, write_folder
from tiau.faults import InputError
from tiau.loading import load
from tiau.presentation.compare_page import page
from tiau.results.seal import PROVENANCE, seal
from tiau.results.variables import PERSONS, VARIABLES
from tiau.scenario.names import Gazetteer
from tiau.simulation import simulate
from tiau.what_ifs.comparison import compare
from tiau.what_ifs.model import WhatIf
from tiau.what_ifs.saving import save

ODD = '"Épsilon, ""雨"" {entered} %s"'


def cut(scenario):
    return scenario.until(dt.date(2021, 2, 20))


def scenario_of(tmp_path, kind):
    match kind:
        case "packaged":
            return load("mizoram-2021").until(dt.date(2021, 3, 3))
        case "cut by until":
            return cut(load(write_folder(tmp_path)))
        case "without reports":
            return load(write_folder(tmp_path, reports=TABLES["reports"].splitlines()[0] + "\n"))
        case "with odd names":
            names = {t: TABLES[t].replace("Epsilon", ODD) for t in ("places", "routes", "reports")}
            names["groups"] = changed("groups", "; Epsilon=-0.5", "")
            names = {t: text.replace("River bridge", "=1+1 > {x}") for t, text in (TABLES | names).items()}
            return load(write_folder(tmp_path, **names))
        case "without routes, events and a series":
            bare = {table: TABLES[table].splitlines()[0] + "\n" for table in ("routes", "acts", "events", "reports")}
            return load(write_folder(tmp_path, scenario=TABLES["scenario"].partition("[series]")[0], **bare))
        case "made in code":
            note = {"note": " two\r\nlines ", "extra": (("x_b", " 1"), ("x_a", ""))}
            places = [
                toys.origin(people=-0.0),
                toys.origin("P "),
                toys.camp(" A ", **note),
                toys.camp("B", aliases=("b ", "Bé")),
            ]
            ways = [toys.way("O", "A", 0.1 + 0.2, "gate", **note), toys.way("P", "B", 1e6 / 3)]
            toy = toys.scenario(places, ways, departures=[toys.leave(1, 1e6 / 7)], days=3)
            return toy.model_copy(update={"settings": toy.settings.model_copy(update={"title": "Ünter {x}"})})
    raise ValueError(kind)


def require_same(one, other):
    """Two values are equal to the last bit, whatever they are made of."""
    assert type(one) is type(other)
    if isinstance(one, np.ndarray):
        assert (one.dtype, one.shape) == (other.dtype, other.shape)
        assert one.tobytes() == other.tobytes()
    elif dataclasses.is_dataclass(one):
        for field in (field for field in dataclasses.fields(one) if field.compare):
            require_same(getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, dict):
        assert one.keys() == other.keys()
        for key in one:
            require_same(one[key], other[key])
    elif isinstance(one, tuple | list):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            require_same(a, b)
    elif isinstance(one, Gazetteer):
        assert (one.places, one.areas) == (other.places, other.areas)
    else:
        assert one == other


@pytest.mark.parametrize("chance", [True, False])
@pytest.mark.parametrize(
    "kind",
    [
        "packaged", "cut by until", "without reports", "with odd names", "without routes, events and a series",
        "made in code",
    ],
)  # fmt: skip
def test_result_is_the_same_when_opened_again(tmp_path, kind, chance):
    result = simulate(scenario_of(tmp_path / "in", kind), members=3, seed=2**64 - 1, chance=chance)
    result.save(tmp_path / "out", suppress_below=0)
    again = tiau.open_result(str(tmp_path / "out"))
    require_same(result, again)
    assert again.scenario == result.scenario
    assert again.scenario.digest() == result.scenario.digest()
    assert repr(again) == repr(result)
    require_same(again.fits, result.fits)
    assert again.dataset().identical(result.dataset())


@pytest.fixture
def saved(tmp_path):
    result = simulate(cut(load(write_folder(tmp_path / "in"))), members=2, seed=1)
    result.save(tmp_path / "out", suppress_below=0)
    return tmp_path / "out"


def test_what_was_opened_is_saved_as_the_same_bytes_and_run_as_the_same_numbers(saved, tmp_path):
    again = tiau.open_result(saved)
    again.save(tmp_path / "twice", suppress_below=1)
    for path in saved.iterdir():
        if path.name != PROVENANCE:
            assert (tmp_path / "twice" / path.name).read_bytes() == path.read_bytes(), path.name
    assert np.array_equal(simulate(again.scenario, members=2, seed=1).truth, again.truth, equal_nan=True)


def test_saved_with_a_limit_it_opens_with_its_people_rounded_and_all_else_as_it_was(tmp_path):
    result = simulate(cut(load(write_folder(tmp_path / "in"))), members=3, seed=1)
    result.save(tmp_path / "out", suppress_below=10)
    again = tiau.open_result(tmp_path / "out")
    assert json.loads((tmp_path / "out" / PROVENANCE).read_text(encoding="utf-8"))["suppress_below"] == 10
    assert again != result
    require_same(again.parameters, result.parameters)
    assert again.scenario == result.scenario
    for variable in VARIABLES:
        if variable.unit != PERSONS:
            continue
        exact, rounded = (getattr(one, variable.field) for one in (result, again))
        if variable.key:
            exact, rounded = exact[variable.key], rounded[variable.key]
        assert (np.isnan(exact) == np.isnan(rounded)).all()
        assert not (rounded[~np.isnan(rounded)] % 10).any(), variable.name
        assert np.nanmax(np.abs(rounded - exact), initial=0) <= 5, variable.name


def test_saved_scenario_is_a_folder_that_can_be_read(saved, tmp_path):
    with ZipFile(saved / "scenario.zip") as archive:
        archive.extractall(tmp_path / "scenario")
    found = load(tmp_path / "scenario")
    assert found.settings.end == dt.date(2021, 2, 20)
    assert found == tiau.open_result(saved).scenario


def test_saved_without_a_page_has_all_other_files(saved):
    assert sorted(path.name for path in saved.iterdir()) == [
        "README.txt", "areas.csv", "fit.csv", "needs.csv", "places.csv", "provenance.json", "result.nc", "scenario.zip",
    ]  # fmt: skip


def resealed(folder):
    provenance = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    (folder / PROVENANCE).unlink()
    seal(folder, provenance)


def change_a_file(folder):
    (folder / "fit.csv").write_text("mine", encoding="utf-8")


def lose_the_arrays(folder):
    (folder / "result.nc").unlink()


def leave_out_the_scenario(folder):
    (folder / "scenario.zip").unlink()
    resealed(folder)


def leave_out_a_variable(folder):
    import xarray as xr

    with xr.load_dataset(folder / "result.nc", engine="h5netcdf", decode_timedelta=False) as data:
        pass
    data.drop_vars("flow").to_netcdf(folder / "result.nc", engine="h5netcdf")
    resealed(folder)


def rename_an_area(folder):
    import xarray as xr

    with xr.load_dataset(folder / "result.nc", engine="h5netcdf", decode_timedelta=False) as data:
        names = [*data["area"].values[:-1], "Elsewhere"]
    data.assign_coords(area=names).to_netcdf(folder / "result.nc", engine="h5netcdf")
    resealed(folder)


def change_the_scenario(folder):
    with ZipFile(folder / "scenario.zip") as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    with ZipFile(folder / "scenario.zip", "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text.replace("20000", "20001"))
    resealed(folder)


def spoil_the_settings(folder):
    with ZipFile(folder / "scenario.zip", "w") as archive:
        archive.writestr("scenario.toml", "format = 2")
    resealed(folder)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (change_a_file, "holds no whole result of Tiau; name a folder that"),
        (lose_the_arrays, "holds no whole result of Tiau; name a folder that"),
        (
            leave_out_the_scenario,
            "is no run with its scenario .made by Tiau .*: README.txt, areas.csv, fit.csv, .*; run the scenario",
        ),
        (leave_out_a_variable, "was laid out otherwise, by Tiau .*; open it there, or run its scenario.zip again"),
        (rename_an_area, "was laid out otherwise, by Tiau"),
        (change_the_scenario, "was laid out otherwise, by Tiau"),
        (spoil_the_settings, "was laid out otherwise, by Tiau"),
    ],
)
def test_what_is_no_whole_result_of_this_layout_is_refused(saved, harm, said):
    harm(saved)
    with pytest.raises(InputError, match=f'folder: ".*" {said}'):
        tiau.open_result(saved)


def test_a_folder_that_is_none_and_a_comparison_are_refused(tmp_path):
    with pytest.raises(InputError, match="holds no whole result"):
        tiau.open_result(tmp_path / "nowhere")
    toy = toys.line(departures=[toys.leave(1, 60)], days=4)
    done = compare(toy, WhatIf(title="nothing", why="a test"), members=1)
    save(done, tmp_path / "compared", report=page)
    with pytest.raises(InputError, match=r"is no run with its scenario .*compare\.csv"):
        tiau.open_result(tmp_path / "compared")
