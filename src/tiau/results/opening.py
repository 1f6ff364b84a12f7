"""A result opened again as it was saved."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from tiau.faults import wrong_argument
from tiau.observations.ledger import ledger
from tiau.readers import native
from tiau.results.netcdf import read_fields
from tiau.results.result import Result
from tiau.results.saving import ARRAYS, SCENARIO
from tiau.results.seal import PROVENANCE, sealed_in
from tiau.scenario.model import Scenario
from tiau.scenario.network import build


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
    if not {SCENARIO, ARRAYS} <= files:
        problem = f"is no run with its scenario (made by Tiau {origin.get('tiau')}: {', '.join(sorted(files))})"
        raise wrong_argument("folder", problem, "run the scenario again with this version", folder)
    scenario, fields = _read_scenario(folder / SCENARIO), read_fields(folder / ARRAYS)
    if fields is None or scenario is None or scenario.digest() != origin["scenario"]["sha256"]:
        problem = f"was laid out otherwise, by Tiau {origin['tiau']}"
        raise wrong_argument("folder", problem, "open it there, or run its scenario.zip again", folder)
    network = build(scenario)
    how = {name: origin[name] for name in ("members", "seed", "chance", "seconds")}
    return Result(network=network, placements=ledger(network), **how, **fields)


def _read_scenario(path: Path) -> Scenario | None:
    """Return the scenario that was run, whatever checks of it say; None if its settings cannot be read."""
    with TemporaryDirectory() as name, ZipFile(path) as archive:
        for file in set(archive.namelist()) & set(native.KNOWN_FILES):
            archive.extract(file, name)
        draft = native.read_draft(Path(name))
    return None if "scenario.toml" in draft.unreadable else draft.scenario
