"""Where scenarios come from: one file a format, and `load`, which knows them all."""

from __future__ import annotations

from pathlib import Path

from tiau.faults import Fault, InputError, nearest
from tiau.readers import native
from tiau.scenario import checks, library
from tiau.scenario.model import Scenario


def locate(source: str | Path) -> Path:
    """Return the folder of a packaged scenario's name or of a folder.

    Raises
    ------
    InputError
        If it is neither; the message names the packaged scenarios.
    """
    path = Path(source)
    if path.is_dir():
        return path
    if str(source) in library.names():
        return library.folder(str(source))
    packaged = ", ".join(library.names())
    problem = "is a file, not a scenario folder" if path.exists() else "is neither a folder nor a packaged scenario"
    remedy = nearest(str(source), library.names()) or f"packaged scenarios: {packaged}"
    raise InputError([Fault("SCENARIO", problem, remedy, cell=str(source))])


def load(source: str | Path) -> Scenario:
    """Read and check a scenario.

    Parameters
    ----------
    source : str or Path
        The name of a packaged scenario, or a scenario folder.

    Returns
    -------
    Scenario

    Raises
    ------
    InputError
        With every fault of the folder.

    Examples
    --------
    >>> load("mizoram-2021").name
    'mizoram-2021'
    """
    scenario, faults = examine(source)
    if scenario is None or any(fault.level == "fault" for fault in faults):
        raise InputError([fault for fault in faults if fault.level == "fault"])
    return scenario


def examine(source: str | Path) -> tuple[Scenario | None, tuple[Fault, ...]]:
    """Read a scenario and return it, where it can be built, with all its faults and warnings."""
    scenario, faults = native.read(locate(source))
    if scenario is not None:
        faults += checks.check(scenario)
    return scenario, tuple(faults)
