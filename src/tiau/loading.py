"""Where scenarios come from: one file a format, and `load`, which knows them all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tiau.faults import Fault, InputError, nearest, wrong_argument
from tiau.readers import native
from tiau.readers.posterior import POSTERIORS
from tiau.scenario import checks, library
from tiau.scenario.checks.posterior import of_another_scenario
from tiau.scenario.model import Scenario


def locate(source: str | Path) -> Path:
    """Return the folder of a packaged scenario's name or of a folder.

    Raises
    ------
    InputError
        If it is neither; the message names the packaged scenarios.
    """
    if not str(source).strip():
        raise wrong_argument("scenario", "is blank", f"packaged scenarios: {', '.join(library.names())}")
    path = _path_of(source)
    try:
        if path.is_dir():
            _refuse_near_a_case(path)
            return path
        there = path.exists()
    except OSError as error:
        problem = f"cannot be opened ({error.strerror})"
        raise wrong_argument("scenario", problem, "check the name of the folder", source) from None
    if str(source) in library.names():
        return library.folder(str(source))
    packaged = ", ".join(library.names())
    problem = "is a file, not a scenario folder" if there else "is neither a folder nor a packaged scenario"
    remedy = nearest(str(source), library.names()) or f"packaged scenarios: {packaged}"
    raise wrong_argument("scenario", problem, remedy, source)


def _refuse_near_a_case(folder: Path) -> None:
    """Refuse the inside of a case folder of Flee's, or a folder of cases, which is easily named in place of a case."""
    from tiau.flee import reading as flee

    if flee.is_case(folder) or any((folder / file).is_file() for file in ("scenario.toml", "places.csv")):
        return
    if remedy := flee.meant_instead(folder):
        raise wrong_argument("scenario", "is neither a scenario folder nor a case", remedy, folder)


def load(source: str | Path) -> Scenario:
    """Read and check a scenario.

    Parameters
    ----------
    source : str or Path
        The name of a packaged scenario, a scenario folder, or a case folder of Flee's.

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
    return sound(*examine(source))


def sound(scenario: Scenario | None, faults: Iterable[Fault]) -> Scenario:
    """Return a scenario that was examined; raise InputError with its faults if there are any."""
    wrong = [fault for fault in faults if fault.level == "fault"]
    if scenario is None or wrong:
        raise InputError(wrong)
    return scenario


def opened(scenario: Scenario | str | Path) -> Scenario:
    """Return a scenario, which is loaded where its name or folder is given."""
    return scenario if isinstance(scenario, Scenario) else load(scenario)


def _path_of(source: object) -> Path:
    if not isinstance(source, str | Path):
        raise wrong_argument("scenario", "is no scenario", "give one, or the name or folder of one", source)
    return Path(source)


def examine(source: str | Path) -> tuple[Scenario | None, tuple[Fault, ...]]:
    """Read a scenario, given as in `load`, and check it, however much of it is wrong.

    Returns None where a file has a fault, faults between tables leave it; and faults and warnings by file and row.

    Raises
    ------
    InputError
        If there is no such folder, or it cannot be opened.
    """
    from tiau.flee import reading as flee

    folder = locate(source)
    if flee.is_case(folder):
        return flee.examine(folder)
    draft = native.read_draft(folder)
    if draft.unfilled:
        return None, (native.no_places(folder),)
    faults = [*draft.faults, *checks.check(draft.scenario, draft.unreadable, draft.faults)]
    if not any(fault.level == "fault" for fault in faults):
        faults += of_another_scenario(draft.scenario)
    # By file and row, as somebody goes through them; faults of no known file come first.
    files = {name: position for position, name in enumerate((*native.KNOWN_FILES, POSTERIORS))}
    faults.sort(key=lambda fault: (files.get(fault.file.partition("/")[0], -1), fault.row or 0))
    return draft.scenario if draft.usable else None, tuple(faults)


def copy(source: str | Path, folder: Path) -> tuple[Fault, ...]:
    """Copy a scenario folder with everything in it; of a case folder of Flee's, write the scenario that it gives.

    Returns
    -------
    tuple of Fault
        What the copy does not say that the source does, as warnings.

    Raises
    ------
    InputError
        If the source cannot be used, or the folder is not empty or cannot be written.
    """
    from tiau.flee import reading as flee

    found = locate(source)
    if flee.is_case(found):
        scenario, faults = examine(found)
        native.write(sound(scenario, faults), folder)
        return faults
    native.copy(found, folder)
    return ()
