"""A case folder of Flee's read as a whole: which files there are, what each says, what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from tiau.faults import Fault, InputError, Suggestions
from tiau.readers.flee import checks
from tiau.readers.flee import day_files as by_day
from tiau.readers.flee import network_files as network
from tiau.readers.flee.notes import Notes
from tiau.readers.flee.rules import RULES_FILE, read_rules
from tiau.readers.flee.sheet import Sheet
from tiau.readers.flee.source_files import LAYOUT, SourceData, read_corrections
from tiau.scenario.flee.case import Correction, DayTable, FleeCase, Label, plain_name
from tiau.scenario.flee.settings import FleeSettings
from tiau.scenario.flee.source_data import CORRECTIONS_FILE

INPUTS, SOURCES = "input_csv", "source_data"
REQUIRED = ("locations.csv", "routes.csv", "closures.csv", "sim_period.csv")
UNREAD = ("major_routes.csv", "region_attributes_IPC.csv", "agents.csv")
MOST_DEMOGRAPHICS = 50
SOME_DAY = dt.date(2000, 1, 1)
T = TypeVar("T")


def is_case(folder: Path) -> bool:
    """Whether a folder is in the format of Flee."""
    return (folder / INPUTS).is_dir()


def read_case(folder: str | Path, rules: str | Path | None = None) -> FleeCase:
    """Read a case folder of Flee's.

    Parameters
    ----------
    folder : str or Path
        Holds the folders input_csv and source_data.
    rules : str or Path, optional
        A simsetting.yml; by default that of the folder, and where it has none, Flee's defaults.

    Returns
    -------
    FleeCase

    Raises
    ------
    InputError
        With every fault of the folder.
    """
    return _Reader(Path(folder)).case(None if rules is None else Path(rules))


class _Reader:
    """Reads one folder and collects what is found on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes = folder, Notes()
        self.inputs, self.sources = folder / INPUTS, folder / SOURCES
        try:
            self.present = sorted(path.name for path in self.inputs.iterdir()) if self.inputs.is_dir() else None
        except (OSError, ValueError) as error:
            problem = f"cannot be opened ({getattr(error, 'strerror', None) or 'its name is not valid'})"
            raise _no_folder(folder, problem) from None
        if self.present is None:
            raise _no_folder(folder, f"is not a case folder of Flee: it has no folder {INPUTS}")

    def case(self, rules: Path | None) -> FleeCase:
        """Return what the folder says."""
        settings = self._settings(rules)
        flooded = settings.spawn_mode == "flood"
        self._say_missing("flood_level.csv" if flooded else "conflicts.csv", flooded)
        start, days = self._table("sim_period.csv", by_day.PERIOD, by_day.read_period) or (None, None)
        places = self._table("locations.csv", network.LOCATIONS, network.read_locations) or []
        locations = tuple(place for _, place in places)
        names = [place.name for place in locations]
        links = self._table("routes.csv", network.ROUTES, lambda sheet: network.read_routes(sheet, names)) or []
        corrections: list[tuple[int, Correction]] = []
        if start is not None:
            corrections = self._table(
                CORRECTIONS_FILE, ("name", "date"), lambda sheet: read_corrections(sheet, start)
            ) or []  # fmt: skip
        case = FleeCase(
            name=plain_name(self.folder.resolve().name),
            start=start or SOME_DAY,
            days=days or 0,
            locations=locations,
            links=tuple(link for _, link in links),
            closures=tuple(
                self._table("closures.csv", network.CLOSURES, lambda s: network.read_closures(s, locations)) or ()
            ),
            labels=self._labels(start),
            corrections=tuple(correction for _, correction in corrections),
            conflicts=None if flooded else self._day_table("conflicts.csv", names, days),
            flood_level=self._day_table("flood_level.csv", names, days) if flooded else None,
            changes=tuple(
                self._table("location_changes.csv", network.CHANGES, lambda s: network.read_changes(s, names)) or ()
            ),
            demographics=self._demographics(names),
            settings=settings,
        )
        rows = checks.Rows(tuple(row for row, _ in links), tuple(row for row, _ in corrections))
        checks.check(case, rows, self.notes, whole=not self.notes.faults)
        if self.notes.faults:
            raise InputError(self.notes.faults)
        repairs, warnings = (tuple(map(str, kind)) for kind in (self.notes.repairs, self.notes.warnings))
        return replace(case, repairs=repairs, warnings=warnings)

    def _settings(self, rules: Path | None) -> FleeSettings:
        if rules is None:
            found = [path for path in (self.inputs / RULES_FILE, self.folder / RULES_FILE) if path.is_file()]
            if not found:
                self.notes.warn(RULES_FILE, "is not there, so Flee's defaults hold")
            return read_rules(found[0], self.notes) if found else FleeSettings()
        if not _is_file(rules):
            self.notes.fault("--rules", "is not a file", "name a simsetting.yml", cell=str(rules))
            return FleeSettings()
        return read_rules(rules, self.notes)

    def _say_missing(self, table: str, flooded: bool) -> None:
        present = self.present or []
        for file in (*REQUIRED, table):
            if file not in present:
                near = Suggestions(name for name in present if name not in REQUIRED)(file)
                remedy = near.replace("did you mean", "rename") if near else "add it; it may hold a header only"
                self.notes.fault(f"{INPUTS}/{file}", "is missing", remedy.rstrip("?"))
        for file in UNREAD:
            if file in present:
                self.notes.warn(file, "is not read, because no rule that Tiau has uses it")
        if not flooded and not (self.sources / LAYOUT).is_file():
            remedy = "add it, with a row for the total and one for each camp: Mentao,mentao.csv"
            self.notes.fault(f"{SOURCES}/{LAYOUT}", "is missing", remedy)

    def _table(self, file: str, columns: tuple[str, ...], read: Callable[[Sheet], T]) -> T | None:
        """Return what a file of input_csv says; None where it is not there."""
        path = self.inputs / file
        if file not in (self.present or ()):
            if file != "location_changes.csv" or not (self.folder / file).is_file():
                return None
            path = self.folder / file
        return read(Sheet(path, columns, self.notes))

    def _day_table(self, file: str, names: list[str], days: int | None) -> DayTable | None:
        if days is None:
            return None
        return self._table(file, ("#Day",), lambda sheet: by_day.read_day_table(sheet, names, days))

    def _labels(self, start: dt.date | None) -> tuple[Label, ...]:
        if start is None or not (self.sources / LAYOUT).is_file():
            return ()
        return tuple(SourceData(self.sources, start, self.notes).labels())

    def _demographics(self, names: list[str]) -> dict[str, by_day.Demographics]:
        found: dict[str, by_day.Demographics] = {}
        files = [file for file in self.present or () if file.startswith("demographics_") and file.endswith(".csv")]
        for file in files[:MOST_DEMOGRAPHICS]:
            attribute = file.removesuffix(".csv").split("_")[1].split(".")[0]
            rows = self._table(file, (attribute,), lambda sheet: by_day.read_demographics(sheet, names))
            found[attribute] = rows or ()
        return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _no_folder(folder: Path, problem: str) -> InputError:
    remedy = f"name a folder that holds {INPUTS} and {SOURCES}"
    return InputError([Fault("FOLDER", problem, remedy, cell=str(folder))])
