"""A result opened again as it was saved."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile

from tiau.faults import wrong_argument
from tiau.observations.ledger import ledger
from tiau.readers import native
from tiau.results.areas import areas_kept
from tiau.results.netcdf import labelled, read_fields
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
        Equal to the one that was saved with `suppress_below` 0 or 1; else its numbers of people are rounded to
        multiples of that, which provenance.json names.

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
    try:
        result = _put_together(folder, origin)
    except (OSError, ValueError, KeyError, TypeError, BadZipFile):
        problem = f"was laid out otherwise, by Tiau {origin.get('tiau')}, or holds parts of several results"
        raise wrong_argument("folder", problem, "open it there, or run its scenario.zip again", folder) from None
    return result


def _put_together(folder: Path, origin: dict[str, Any]) -> Result:
    """Return the result of a whole folder; raise an error of any kind if its parts do not belong together."""
    scenario, fields = _read_scenario(folder / SCENARIO), read_fields(folder / ARRAYS)
    told = {name: origin[name] for name in ("members", "seed", "chance")}
    if scenario.digest() != origin["scenario"]["sha256"] or any(fields.get(n, v) != v for n, v in told.items()):
        msg = "the provenance is of something else"
        raise ValueError(msg)
    how: dict[str, Any] = {"chance": bool(told["chance"]), "seconds": float(origin["seconds"])}
    network = build(scenario)
    if fields["area_names"] != areas_kept(network).names:
        msg = "other areas are kept"
        raise ValueError(msg)
    result = Result(network=network, placements=ledger(network), **how, **fields)
    # Of another scenario arrays would have other sizes than their coordinates.
    labelled(result)
    return result


def _read_scenario(path: Path) -> Scenario:
    """Return the scenario that was run, whatever checks of it say."""
    with TemporaryDirectory() as name, ZipFile(path) as archive:
        for file in set(archive.namelist()) & set(native.KNOWN_FILES):
            archive.extract(file, name)
        draft = native.read_draft(Path(name))
    if "scenario.toml" in draft.unreadable:
        msg = "the settings cannot be read"
        raise ValueError(msg)
    return draft.scenario
