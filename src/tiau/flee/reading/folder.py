"""A case folder of Flee's read as a whole: which files there are, what each says, what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from tiau.faults import InputError, clip, wrong_argument
from tiau.flee.case.counts import CORRECTIONS_FILE
from tiau.flee.case.model import Correction, DayTable, FleeCase, Label, Location, plain_name
from tiau.flee.case.settings import FleeSettings
from tiau.flee.reading import checks, whereabouts
from tiau.flee.reading import day_files as by_day
from tiau.flee.reading import network_files as network
from tiau.flee.reading.rules import RULES_FILE, read_rules
from tiau.flee.reading.source_files import LAYOUT, SourceData, read_corrections
from tiau.flee.reading.whereabouts import INPUTS, SOURCES, meant_instead, misspelt, names_in, renamed
from tiau.readers.notes import Notes, joined
from tiau.readers.sheet import Sheet

REQUIRED = {
    "locations.csv": f"add it with a header and a row for each location: {','.join(network.LOCATIONS)}",
    "routes.csv": f"add it with a header and a row for each way: {','.join(network.ROUTES)}",
    "closures.csv": "add it; an empty file says that nothing closes",
    "sim_period.csv": "add it with two rows such as StartDate,2012-02-29 and Length,300",
}
BY_DAY = "add it: #Day and the names of locations in the first row, then a row of numbers for each day"
TABLES = {"conflicts.csv": BY_DAY, "flood_level.csv": BY_DAY}
ADDED = {**REQUIRED, **TABLES, LAYOUT: "add it, with a row for the total and one for each camp: Mentao,mentao.csv"}
OPTIONAL = (CORRECTIONS_FILE, "location_changes.csv")
UNREAD = ("major_routes.csv", "region_attributes_IPC.csv", "agents.csv")
MOST_DEMOGRAPHICS = 50
SOME_DAY = dt.date(2000, 1, 1)
T = TypeVar("T")


def load(folder: str | Path, rules: str | Path | None = None) -> FleeCase:
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
            present = sorted(path.name for path in self.inputs.iterdir()) if self.inputs.is_dir() else None
            there = folder.is_dir()
        except (OSError, ValueError) as error:
            problem = f"cannot be opened ({getattr(error, 'strerror', None) or 'its name is not valid'})"
            raise _no_folder(folder, problem) from None
        if present is None:
            why = f"it has no folder {INPUTS}" if there else "there is no such folder"
            remedy = whereabouts.of_tiau(folder, str(folder)) or (meant_instead(folder) if there else "")
            raise _no_folder(folder, f"is not a case folder of Flee: {why}", remedy)
        self.present = present

    def case(self, rules: Path | None) -> FleeCase:
        """Return what the folder says."""
        settings = self._settings(rules)
        flooded = settings.spawn_mode == "flood"
        self._say_missing("flood_level.csv" if flooded else "conflicts.csv", flooded)
        start, days = self._table("sim_period.csv", by_day.PERIOD, by_day.read_period) or (None, None)
        locations, known = self._locations(start, days)
        names = known.names
        links = self._table("routes.csv", network.ROUTES, lambda sheet: network.read_routes(sheet, known)) or []
        corrections: list[tuple[int, Correction]] = []
        if start is not None:
            corrections = self._table(
                CORRECTIONS_FILE, ("name", "date"), lambda sheet: read_corrections(sheet, start)
            ) or []  # fmt: skip
        labels = self._labels(start)
        changes = self._table("location_changes.csv", network.CHANGES, lambda s: network.read_changes(s, known)) or []
        case = FleeCase(
            name=plain_name(self.folder.resolve().name),
            start=start or SOME_DAY,
            days=days or 0,
            locations=locations,
            links=tuple(link for _, link in links),
            closures=tuple(
                self._table("closures.csv", network.CLOSURES, lambda s: network.read_closures(s, known)) or ()
            ),
            labels=tuple(label for _, label in labels),
            corrections=tuple(correction for _, correction in corrections),
            conflicts=None if flooded else self._day_table("conflicts.csv", names, start, days),
            flood_level=self._day_table("flood_level.csv", names, start, days) if flooded else None,
            changes=tuple(change for _, change in changes),
            demographics=self._demographics(names),
            settings=settings,
        )
        rows = checks.Rows(*(tuple(row for row, _ in table) for table in (links, corrections, labels, changes)))
        checks.check(case, rows, self.notes, whole=not self.notes.faults)
        if self.notes.faults:
            raise InputError(self.notes.faults)
        return replace(case, notes=(*self.notes.repairs, *self.notes.warnings))

    def _settings(self, rules: Path | None) -> FleeSettings:
        if rules is None:
            found = [path for path in (self.inputs / RULES_FILE, self.folder / RULES_FILE) if path.is_file()]
            if not found:
                remedy = renamed(RULES_FILE, [*names_in(self.folder), *names_in(self.inputs)])
                self.notes.warn(RULES_FILE, "is not there, so Flee's defaults hold", remedy)
            return read_rules(found[0], self.notes) if found else FleeSettings()
        if not _is_file(rules):
            self.notes.faults += wrong_argument("rules", "is not a file", "name a simsetting.yml", rules).faults
            return FleeSettings()
        return read_rules(rules, self.notes)

    def _locations(self, start: dt.date | None, days: int | None) -> tuple[tuple[Location, ...], network.Known]:
        """Return the locations, and what other files may speak of: anything, where locations could not be read."""
        readable = False

        def read(sheet: Sheet) -> list[Location]:
            nonlocal readable
            readable = sheet.readable
            return network.read_locations(sheet, start)

        places = tuple(self._table("locations.csv", network.LOCATIONS, read) or ())
        known = places if readable else ()
        names, countries = tuple(place.name for place in known), frozenset(place.country for place in known)
        return places, network.Known(names, countries, start, days)

    def _say_missing(self, table: str, flooded: bool) -> None:
        missing = [f"{INPUTS}/{file}" for file in (*REQUIRED, table) if file not in self.present]
        if not (self.sources / LAYOUT).is_file() and not flooded:
            missing.append(f"{SOURCES}/{LAYOUT}")
        strange = [file for file in self.present if file not in (*REQUIRED, *TABLES, *OPTIONAL, *UNREAD)]
        elsewhere = {name: self._elsewhere(name, strange) for name in missing}
        if missing and not any(elsewhere.values()) and self._is_partial(missing):
            return
        for name, remedy in elsewhere.items():
            self.notes.fault(name, "is missing", remedy or ADDED[name.rpartition("/")[2]])
        self._say_unread(strange, flooded)

    def _elsewhere(self, name: str, strange: list[str]) -> str:
        """Return as a remedy where a missing file is, if it is somewhere."""
        folder, _, file = name.rpartition("/")
        beside = strange if folder == INPUTS else names_in(self.sources)
        return renamed(file, beside) or whereabouts.moved(self.folder / folder, file)

    def _say_unread(self, strange: list[str], flooded: bool) -> None:
        if "flood_level.csv" in self.present and not flooded:
            self.notes.warn("flood_level.csv", "is not read, because the rules have no flood_driven_spawn_mode")
        for file in UNREAD:
            if file in self.present:
                self.notes.warn(file, "is not read, because no rule that Tiau has uses it")
        for file in OPTIONAL:
            near = misspelt(file, strange) if file not in self.present else file
            if near != file and near:
                self.notes.warn(near, "is not read, in Flee neither", f"rename it to {file} if it is meant so")
            elif not near and file in names_in(self.sources):
                self.notes.warn(f"{SOURCES}/{file}", "is not read, in Flee neither", f"move it into {INPUTS}")

    def _is_partial(self, missing: list[str]) -> bool:
        """Say so and return True where a folder has only a part of a case, to be copied over the whole of it."""
        case = whereabouts.lies_over(self.folder, missing)
        # Who begins a case of his own begins with locations and ways.
        alone = {f"{INPUTS}/{file}" for file in ("locations.csv", "routes.csv")} <= set(missing)
        alone = alone and bool({*REQUIRED, *TABLES, *OPTIONAL} & set(self.present))
        if case is None and not alone:
            return False
        whole = clip(case.name) if case else "a whole case"
        lacking = joined([name.rpartition("/")[2] for name in missing])
        problem = f"holds a part of a case, without {lacking}; Flee copies such a folder over {whole}"
        remedy = f"copy {whole}, put the files of this folder over the copy, and name the copy"
        self.notes.faults += wrong_argument("folder", problem, remedy, self.folder.resolve().name).faults
        return True

    def _table(self, file: str, columns: tuple[str, ...], read: Callable[[Sheet], T]) -> T | None:
        """Return what a file of input_csv says; None where it is not there."""
        path = self.inputs / file
        if file not in self.present:
            if file != "location_changes.csv" or not (self.folder / file).is_file():
                return None
            path = self.folder / file
        return read(Sheet(path, columns, self.notes))

    def _day_table(self, file: str, names: tuple[str, ...], start: dt.date | None, days: int | None) -> DayTable | None:
        if start is None or days is None:
            return None
        return self._table(file, ("#Day",), lambda sheet: by_day.read_day_table(sheet, names, start, days))

    def _labels(self, start: dt.date | None) -> list[tuple[int, Label]]:
        if start is None or not (self.sources / LAYOUT).is_file():
            return []
        return SourceData(self.sources, start, self.notes).labels()

    def _demographics(self, names: tuple[str, ...]) -> dict[str, by_day.Demographics]:
        found: dict[str, by_day.Demographics] = {}
        files = [file for file in self.present if file.startswith("demographics_") and file.endswith(".csv")]
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


def _no_folder(folder: Path, problem: str, remedy: str = "") -> InputError:
    remedy = remedy or f"name a folder that holds {INPUTS} and {SOURCES}"
    return wrong_argument("folder", problem, remedy, folder)
