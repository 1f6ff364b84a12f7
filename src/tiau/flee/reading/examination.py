"""A case folder of Flee's read as a scenario under our own rules, with everything that there is to say of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from tiau.faults import Fault, InputError
from tiau.flee.conversion import convert
from tiau.flee.reading.folder import load
from tiau.scenario import checks
from tiau.scenario.model import Scenario

# Where a case says what stands in a file of a scenario.
SAID_IN = {
    "scenario.toml": "sim_period.csv", "places.csv": "locations.csv", "areas.csv": "data_layout.csv",
    "groups.csv": "locations.csv", "events.csv": "conflicts.csv", "acts.csv": "closures.csv",
    "reports.csv": "source_data", "departures.csv": "source_data",
}  # fmt: skip
_FILE = re.compile("|".join(map(re.escape, SAID_IN)))


def examine(folder: Path, rules: Path | None = None) -> tuple[Scenario | None, tuple[Fault, ...]]:
    """Read a case, and check the scenario that it gives: None where the case has a fault.

    With it come faults; what was put right and what may not be meant; what of the case a scenario has no place for.
    `rules` as in `load`.
    """
    try:
        case = load(folder, rules)
        scenario, lost = convert(case)
    except InputError as error:
        return None, error.faults
    return scenario, (*case.notes, *lost, *map(_of_the_case, checks.check(scenario)))


def _of_the_case(fault: Fault) -> Fault:
    """Return a finding about tables of a scenario with the files of the case that say it."""
    problem, remedy = (_FILE.sub(lambda found: SAID_IN[found[0]], text) for text in (fault.problem, fault.remedy))
    return replace(fault, file=SAID_IN.get(fault.file, fault.file), problem=problem, remedy=remedy)
