"""Triggers kept with a scenario: rows put into its triggers.csv."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tiau.building.merging.tables import EditedTable
from tiau.building.merging.writing import replaced
from tiau.faults import wrong_argument
from tiau.readers.settings import SETTINGS_FILE
from tiau.scenario import library
from tiau.scenario.rows import Trigger

ARGUMENT = "set_by"


def require_own(folder: Path) -> None:
    """Refuse a folder that triggers cannot be kept in: that of a packaged scenario, or one in another format.

    Raises
    ------
    InputError
        That says how to get one.
    """
    packaged = any(folder.resolve() == library.folder(name).resolve() for name in library.names())
    if packaged or not (folder / SETTINGS_FILE).is_file():
        problem = "comes with Tiau" if packaged else "is no scenario folder of Tiau's own format"
        remedy = f"copy it first: tiau copy {folder.name} FOLDER, then forecast FOLDER"
        raise wrong_argument(ARGUMENT, f"would write into a scenario that {problem}", remedy, folder.name)


def free_names(taken: Iterable[str], count: int) -> list[str]:
    """Return names for new triggers, T1, T2 and so on, that are not taken."""
    used = {name.casefold() for name in taken}
    numbers = (f"T{number}" for number in range(1, len(used) + count + 1))
    return [name for name in numbers if name.casefold() not in used][:count]


def keep(folder: Path, triggers: Iterable[Trigger]) -> None:
    """Put triggers into the triggers.csv of a scenario folder; whatever else stands there stays as it is.

    Raises
    ------
    InputError
        If the folder cannot be written, or the table has faults.
    """
    table = EditedTable(folder, Trigger)
    for trigger in triggers:
        table.put(trigger.trigger, trigger.cells() | {"extra": None})
    table.require_sound()
    with replaced(folder, ARGUMENT) as partial:
        table.write(partial / table.file)
