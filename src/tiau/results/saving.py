"""A result saved as a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile, ZipInfo

from tiau.progress import Steps, silent
from tiau.readers import native
from tiau.results import area_table, fit_table, needs_table, place_table, readme
from tiau.results.arrays import Arrays
from tiau.results.folder import replacing
from tiau.results.netcdf import labelled
from tiau.results.provenance import provenance, said_of
from tiau.results.seal import seal
from tiau.scenario.model import Scenario

SCENARIO, ARRAYS = "scenario.zip", "result.nc"
TABLES = {"areas.csv": area_table, "places.csv": place_table, "needs.csv": needs_table, "fit.csv": fit_table}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def save(
    result: Arrays,
    out: Path,
    *,
    report: Callable[[dict[str, Any]], str] | None = None,
    beside: Callable[[Path], None] | None = None,
    suppress_below: float = 10,
    command: str = "",
    steps: Steps = silent,
) -> None:
    """Write a result folder, as `Result.save` says.

    `report` makes report.html of the provenance, for which `command` is the one that was given; without it there is
    none. `beside` writes what else belongs into the folder.
    """
    scenario = result.scenario
    origin = provenance(
        said_of(scenario), scenario.values, members=result.members, seed=result.seed, chance=result.chance,
        command=command,
    )  # fmt: skip
    origin |= {"seconds": result.seconds, "suppress_below": suppress_below}
    with replacing(out) as partial:
        with steps("writing result.nc"):
            labelled(result, suppress_below=suppress_below).write(partial / ARRAYS)
            _write_scenario(scenario, partial / SCENARIO)
        with steps("writing the tables"):
            for name, table in TABLES.items():
                table.write(result, partial / name, suppress_below=suppress_below)
            (partial / "README.txt").write_text(readme.text(suppress_below), encoding="utf-8")
        if beside is not None:
            with steps("writing what belongs to it"):
                beside(partial)
        if report is not None:
            with steps("drawing the report"):
                (partial / "report.html").write_text(report(origin), encoding="utf-8")
        seal(partial, origin)


def _write_scenario(scenario: Scenario, path: Path) -> None:
    """Write a scenario folder as one file, the same bytes for the same scenario anywhere."""
    with TemporaryDirectory() as name, ZipFile(path, "w") as archive:
        folder = Path(name, "scenario")
        native.write(scenario, folder)
        for file in filter(Path.is_file, (folder / known for known in native.KNOWN_FILES)):
            entry = ZipInfo(file.name, _LONG_AGO)
            entry.create_system = 3
            archive.writestr(entry, file.read_bytes())
