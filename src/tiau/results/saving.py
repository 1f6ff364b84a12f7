"""A result saved as a folder, and opened again as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile, ZipInfo

from tiau.faults import wrong_argument
from tiau.observations.ledger import ledger
from tiau.progress import Steps, silent
from tiau.readers import native
from tiau.results.folder import replacing
from tiau.results.netcdf import dataset, read_fields, write_netcdf
from tiau.results.provenance import provenance
from tiau.results.result import Result
from tiau.results.seal import PROVENANCE, seal, sealed_in
from tiau.results.tables import write_fit, write_needs, write_presence
from tiau.scenario.model import Scenario
from tiau.scenario.network import build

_SCENARIO, _ARRAYS = "scenario.zip", "result.nc"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def save(
    result: Result,
    out: Path,
    *,
    report: Callable[[dict[str, Any]], str] | None = None,
    suppress_below: float = 10,
    command: str = "",
    steps: Steps = silent,
) -> None:
    """Write a result folder.

    Parameters
    ----------
    result : Result
    out : Path
        Replaced whole if it is a result, refused if it is anything else.
    report : callable, optional
        Makes report.html, of the provenance; without it there is none.
    suppress_below : float, persons
        Smaller counts about a group at a place are written as "<10".
    command : str
        The command that asked for it, for the provenance.
    steps : Steps
    """
    origin = provenance(
        result.scenario, members=result.members, seed=result.seed, chance=result.chance, command=command
    )
    origin["seconds"] = result.seconds
    with replacing(out) as partial:
        with steps("writing result.nc"):
            write_netcdf(dataset(result), partial / _ARRAYS)
            _write_scenario(result.scenario, partial / _SCENARIO)
        with steps("writing the tables"):
            write_presence(result, partial / "presence.csv", suppress_below=suppress_below)
            write_fit(result, partial / "fit.csv")
            write_needs(result, partial / "needs.csv")
        if report is not None:
            with steps("drawing the report"):
                (partial / "report.html").write_text(report(origin), encoding="utf-8")
        seal(partial, origin)


def open_result(folder: str | Path) -> Result:
    """Open a result that `tiau run` or `Result.save` wrote.

    Parameters
    ----------
    folder : str or Path

    Returns
    -------
    Result
        Equal to the one that was saved.

    Raises
    ------
    InputError
        If the folder holds no whole result of a run, or one that another version laid out otherwise.

    Examples
    --------
    >>> import datetime, tempfile, tiau
    >>> scenario = tiau.load("mizoram-2021").until(datetime.date(2021, 3, 31))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tiau.simulate(scenario, members=2).save(folder)
    ...     tiau.open_result(folder).members
    2
    """
    folder = Path(folder)
    files = sealed_in(folder)
    if not files:
        remedy = "name a folder that tiau run or Result.save wrote; one whose files were changed cannot be relied on"
        raise wrong_argument("folder", "holds no whole result of Tiau", remedy, folder)
    origin = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    if not {_SCENARIO, _ARRAYS} <= files:
        problem = f"is no run with its scenario (made by Tiau {origin.get('tiau')}: {', '.join(sorted(files))})"
        raise wrong_argument("folder", problem, "run the scenario again with this version", folder)
    scenario, fields = _read_scenario(folder / _SCENARIO), read_fields(folder / _ARRAYS)
    if fields is None or scenario is None or scenario.digest() != origin["scenario"]["sha256"]:
        problem = f"was laid out otherwise, by Tiau {origin['tiau']}"
        raise wrong_argument("folder", problem, "open it there, or run its scenario.zip again", folder)
    network = build(scenario)
    how = {name: origin[name] for name in ("members", "seed", "chance", "seconds")}
    return Result(network=network, placements=ledger(network), **how, **fields)


def _write_scenario(scenario: Scenario, path: Path) -> None:
    """Write a scenario folder as one file, the same bytes for the same scenario anywhere."""
    with TemporaryDirectory() as name, ZipFile(path, "w") as archive:
        folder = Path(name, "scenario")
        native.write(scenario, folder)
        for file in filter(Path.is_file, (folder / known for known in native.KNOWN_FILES)):
            entry = ZipInfo(file.name, _LONG_AGO)
            entry.create_system = 3
            archive.writestr(entry, file.read_bytes())


def _read_scenario(path: Path) -> Scenario | None:
    """Return the scenario that was run, whatever checks of it say; None if its settings cannot be read."""
    with TemporaryDirectory() as name, ZipFile(path) as archive:
        for file in set(archive.namelist()) & set(native.KNOWN_FILES):
            archive.extract(file, name)
        draft = native.read_draft(Path(name))
    return None if "scenario.toml" in draft.unreadable else draft.scenario
