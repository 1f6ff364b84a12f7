"""A case folder of Flee's imported as a scenario folder of Tiau's own."""

from __future__ import annotations

from pathlib import Path

from tiau.faults import InputError
from tiau.flee.case.conversion import scenario_of
from tiau.flee.case.model import FleeCase
from tiau.flee.reading.folder import read_case
from tiau.readers import native
from tiau.readers.new_folder import new_folder, require_empty
from tiau.scenario import checks


def import_case(folder: Path, out: Path, rules: Path | None = None) -> FleeCase:
    """Write a case folder of Flee's as a scenario folder, whole or not at all.

    Parameters
    ----------
    folder : Path
        Holds input_csv and source_data.
    out : Path
        A new or empty folder.
    rules : Path, optional
        A simsetting.yml, as in `read_case`.

    Returns
    -------
    FleeCase
        What was imported, with repairs and warnings.

    Raises
    ------
    InputError
        If the case or the folder cannot be used.
    """
    require_empty(out)
    case = read_case(folder, rules)
    scenario = scenario_of(case)
    with new_folder(out) as partial:
        native.write(scenario, partial)
        draft = native.read_draft(partial)
        faults = [*draft.faults, *checks.check(draft.scenario, draft.unreadable, draft.faults)]
        wrong = [fault for fault in faults if fault.level == "fault"]
        if wrong:
            raise InputError(wrong)
    return case
