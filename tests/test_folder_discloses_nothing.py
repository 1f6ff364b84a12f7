"""No count of 1 to 9 people can be worked out of the files of a saved run."""

import calendar
import csv
import io
import itertools
import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from rich.console import Console

import tiau
import toys
from forecast_toys import counted
from tiau.evaluation.assessment import assess
from tiau.presentation.report.page import Told, page
from tiau.presentation.terminal import show_run
from tiau.presentation.words import figures
from tiau.results.needs import NEEDS, needed
from tiau.results.provenance import provenance, said_of
from tiau.results.variables import NUMBERS, PERSONS, VARIABLES
from tiau.what_ifs.model import WhatIf

CASES = Path(__file__).parents[2] / "shared" / "flee-cases"
LIMIT = 10
BY_NAME = {need.name: need for need in NEEDS}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def few(**more):
    """Seven people of one group at one of two places, many others at both."""
    places = [
        toys.origin(people=2_000, admin1="Hills"),
        toys.camp("A", admin1="North", admin2="East", capacity=300),
        toys.camp("B", admin1="North", admin2="West"),
    ]
    routes = [toys.way("O", "A", 100, "a"), toys.way("O", "B", 120, "b")]
    groups = [toys.group("many", share=0.9), toys.group("few", share=0.1)]
    rows = [("A", 212, "many"), ("B", 430, "many"), ("B", 7, "few")]
    displaced = [toys.displaced(place, people, group=group) for place, people, group in rows]
    reports = [counted("R1", 20, 9, place="B"), counted("R2", 20, 400, place="North"),
               counted("R3", 20, 7, place="B", group="few")]  # fmt: skip
    return toys.scenario(places, routes, groups, days=45, displaced=displaced, reports=reports, **more)


def mizoram():
    return tiau.load("mizoram-2021").until("2021-03-20")


def case():
    if not (CASES / "burundi2015").is_dir():
        pytest.skip("no case of Flee's beside the repository")
    return tiau.load(CASES / "burundi2015").until("2015-07-15")


KINDS = {"few": few, "mizoram-2021": mizoram, "a case of Flee's": case}


@pytest.fixture(scope="module", params=[(kind, chance) for kind in KINDS for chance in (True, False)], ids=str)
def saved(request, tmp_path_factory):
    kind, chance = request.param
    result = tiau.simulate(KINDS[kind](), members=3, seed=2, chance=chance)
    folder = tmp_path_factory.mktemp("disclosed") / "out"
    result.save(folder)
    return result, folder


def people_in(folder):
    """Every number of people in the tables of a folder, and in result.nc by group, place, area, way and report."""
    found = set()
    for name, columns in (("areas", NUMBERS), ("places", NUMBERS), ("fit", ("p05", "p50", "p95"))):
        for row in rows_of(folder / f"{name}.csv"):
            found |= {float(row[column]) for column in columns if row[column]}
    for row in rows_of(folder / "needs.csv"):
        if row["need"] == "people":
            found |= {float(row[column]) for column in NUMBERS if row[column]}
    with xr.open_dataset(folder / "result.nc", engine="h5netcdf") as data:
        for variable in VARIABLES:
            if variable.unit == PERSONS:
                values = data[variable.name].values
                found |= set(np.unique(values[~np.isnan(values)]).tolist())
    return found


def test_sums_and_differences_of_all_numbers_are_no_small_counts(saved):
    _, folder = saved
    found = people_in(folder)
    assert {0.0, 10.0} & found
    assert len(found) > 5
    # Whatever is added up or taken away, level, place, period or group, it stays a multiple.
    assert all(number % LIMIT == 0 for number in found)


def test_needs_say_no_more_than_the_people_they_are_of(saved):
    result, folder = saved
    rows = rows_of(folder / "needs.csv")
    size = result.scenario.values["household_size"]
    for _, of_area in itertools.groupby(rows, lambda row: (row["level"], row["area"], row["admin1"], row["month"])):
        of_area = list(of_area)
        people = np.array([float(of_area[0][name] or "nan") for name in NUMBERS])
        assert of_area[0]["need"] == "people"
        days = calendar.monthrange(*map(int, of_area[0]["month"].split("-")))[1]
        for row in of_area:
            need = BY_NAME[row["need"]]
            expected = needed(people, need, household_size=size, days=days)
            assert [row[name] for name in NUMBERS] == [
                "" if np.isnan(amount) else f"{amount:.{need.decimals}f}" for amount in expected
            ]
            assert [name for name in row["suppressed"].split("; ") if name != "gap"] == (
                [name for name in NUMBERS if not row[name]] or [""]
            )


def test_small_counts_are_there_and_blank(saved):
    result, folder = saved
    small = (result.everybody >= 0.5) & (result.everybody < LIMIT)
    blank = [row for row in rows_of(folder / "areas.csv") + rows_of(folder / "places.csv") if row["suppressed"]]
    assert bool(blank) or not small.any()
    assert json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["suppress_below"] == LIMIT


@pytest.mark.parametrize("chance", [True, False])
def test_seven_people_of_one_group_cannot_be_told(tmp_path, chance):
    result = tiau.simulate(few(), members=3, seed=2, chance=chance)
    result.save(tmp_path / "exact", suppress_below=0)
    result.save(tmp_path / "out")
    with xr.open_dataset(tmp_path / "exact" / "result.nc", engine="h5netcdf") as data:
        by_group = data["present"].sel(place="B", quantile=0.5).values[0]
        assert sorted(by_group.tolist()) == [7, 430]
    together = people_in(tmp_path / "out")
    differences = {abs(one - other) for one in together for other in together}
    assert not differences & set(map(float, range(1, LIMIT)))
    # Of one member what a report speaks of could be worked out of its likelihood.
    exact, rounded = ({row["report"]: row for row in rows_of(tmp_path / name / "fit.csv")} for name in ("exact", "out"))
    assert rounded["R3"]["suppressed"]
    assert exact["R3"]["log_likelihood"] != rounded["R3"]["log_likelihood"]
    again = tiau.open_result(tmp_path / "out")
    assert [f"{fit.log_likelihood:.4f}" for fit in again.fits] == [row["log_likelihood"] for row in rounded.values()]


@pytest.mark.parametrize("below", [10, 0])
def test_the_terminal_shows_the_numbers_of_fit_csv(tmp_path, below):
    result = tiau.simulate(few(), members=3, seed=2)
    result.save(tmp_path / "out", suppress_below=below)
    rows = {row["report"]: row for row in rows_of(tmp_path / "out" / "fit.csv")}
    stream = io.StringIO()
    show_run(assess(result), Console(file=stream, width=200), suppress_below=below)
    for report, row in rows.items():
        (line,) = [line for line in stream.getvalue().splitlines() if line.rstrip().endswith(report)]
        for name in ("p05", "p50", "p95"):
            assert (f"{int(row[name]):,}" if row[name] else f"<{below}") in line.split()
    assert ("<10" in stream.getvalue()) == (below == 10)


def five_camps(last):
    """A few people at each of five camps, all of them reported."""
    people = (12, 14, 12, 14, last)
    places = [toys.origin(people=2_000), *(toys.camp(name) for name in "ABCDE")]
    routes = [toys.way("O", name, 100 + number, name) for number, name in enumerate("ABCDE")]
    displaced = [toys.displaced(name, count) for name, count in zip("ABCDE", people, strict=True)]
    reports = [counted(f"R{name}", 5, 20, place=name) for name in "ABCDE"]
    return toys.scenario(places, routes, days=15, displaced=displaced, reports=reports)


def test_shares_of_places_are_those_of_rounded_people():
    told = []
    for last in (6, 8):
        assessment = assess(tiau.simulate(five_camps(last), members=3, seed=2))
        stream = io.StringIO()
        show_run(assessment, Console(file=stream, width=200))
        (line,) = [line for line in stream.getvalue().splitlines() if line.startswith("Shares on")]
        values = assessment.result.scenario.values
        said = said_of(assessment.result.scenario)
        html = page(Told(assessment), provenance(said, values, members=3, seed=2, chance=True, command=""))
        table = html[html.index("<caption>Shares of places") :]
        told.append((line, table[: table.index("</table>")]))
    assert told[0] == told[1]
    assert "E 20/20" in told[0][0]


def test_the_terminal_leaves_out_shares_of_few_people():
    found = np.array([[0.1, 0.5], [0.2, 0.8], [0.5, 0.9]])
    assert figures.shares(found, 40, LIMIT) == ["", ""]
    assert figures.shares(found, 40, 0) == ["20 (10-50)", "80 (50-90)"]
    assert figures.shares(found, 80, LIMIT) == ["20 (10-50)", "80 (50-90)"]


def test_what_ifs_of_a_report_are_worked_out_of_rounded_people():
    room = WhatIf.model_validate(
        {"title": "Less room", "why": "a test", "set": [{"table": "places", "id": "A", "capacity": 50}], "name": "room"}
    )
    exact, rounded = (
        tiau.compare(few(), room, members=3, suppress_below=below).outcomes[0].differences for below in (0, LIMIT)
    )
    sides = ("baseline", "changed", "given_baseline", "given_changed")
    people = [getattr(one, side) for one in rounded if one.unit == PERSONS for side in sides]
    assert not (np.concatenate(people) % LIMIT).any()
    assert any((one.baseline % LIMIT).any() for one in exact if one.unit == PERSONS)
