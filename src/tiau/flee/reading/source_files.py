"""source_data and registration_corrections.csv: the counts that somebody made, with the file and day of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath

from tiau.faults import nearest
from tiau.flee.case.model import Correction, DataFile, Label
from tiau.flee.reading.whereabouts import SPREADSHEETS, moved, renamed
from tiau.readers.notes import Notes
from tiau.readers.sheet import Line, Sheet, is_word

LAYOUT = "data_layout.csv"
MOST_ROWS = 500_000
MOST_FILES, MOST_IN_A_FILE, MOST_CORRECTIONS = 30, 40_000, 500


class SourceData:
    """The folder source_data, each file read once."""

    def __init__(self, folder: Path, start: dt.date, notes: Notes) -> None:
        self.folder, self.start, self.notes = folder, start, notes
        self._files: dict[str, DataFile | None] = {}
        self._of: dict[str, str] = {}
        self._present = {path.name for path in folder.iterdir()}
        self._rows = 0

    def labels(self) -> list[tuple[int, Label]]:
        """Return the rows of data_layout.csv with the counts of their files, and their row numbers."""
        sheet = Sheet(self.folder / LAYOUT, ("name", "file"), self.notes)
        labels: list[tuple[int, Label]] = []
        for line in sheet.data():
            if len(line.cells) < 2 or not any(line.cells[1:]):
                sheet.notes.repair(sheet.file, "names no file, and the row was left out", line.row, cell=line[0])
                continue
            if not line[0]:
                sheet.fault(line, 0, "is blank", "give the name of the location whose counts the file has")
            if row := sheet.earlier(line, line[0]):
                problem = f"stands already in row {row}; as in Flee newcomers are of both, and the first is compared"
                remedy = "put all its files into one row"
                sheet.notes.warn(LAYOUT, problem, remedy, line.row, "name", line[0], kind="label twice")
            if len(line.cells) > MOST_FILES + 1:
                problem = f"has more than {MOST_FILES} files"
                self.notes.fault(LAYOUT, problem, "add them up", line.row, "name", line[0])
                continue
            files = [self._file(sheet, line, position) for position in range(1, len(line.cells)) if line[position]]
            labels.append((line.row, Label(line[0], tuple(file for file in files if file is not None))))
        if sheet.readable and not labels:
            self.notes.fault(
                LAYOUT, "names no file", "write a row for the total and one for each camp: Mentao,mentao.csv"
            )
        elif labels and labels[0][1].name != "total":
            problem = "is the first row and counts as the total: newcomers are not taken from it"
            self.notes.warn(LAYOUT, problem, "put a row total first", cell=labels[0][1].name)
        return labels

    def _file(self, sheet: Sheet, line: Line, position: int) -> DataFile | None:
        name = line[position]
        if name not in self._files:
            self._files[name] = None
            if PurePosixPath(name).name != name or "\\" in name or ":" in name or name == "..":
                sheet.fault(line, position, "is not the name of a file in source_data", "put the file there")
            elif name not in self._present:
                remedy = moved(self.folder, name) or self._meant(name) or "add the file, or remove the row"
                sheet.fault(line, position, "is not in source_data", remedy)
            else:
                self._files[name] = self._read(self.folder / name)
        file = self._files[name]
        if file and any(file.people):
            self._say_twice(sheet, line, position)
        self._rows += len(file.days) if file else 0
        if self._rows > MOST_ROWS:
            if self._rows - len(file.days if file else ()) <= MOST_ROWS:
                sheet.fault(line, position, f"brings more than {MOST_ROWS:,} rows of counts", "leave rows out")
            return None
        return file

    def _say_twice(self, sheet: Sheet, line: Line, position: int) -> None:
        """Warn of people who are counted in two places, or twice in one."""
        name = line[position]
        if (other := self._of.setdefault(name, line[0])) != line[0]:
            problem, remedy = f"is the file of {other} too", f"give {line[0]} a file of its own"
        elif name in line.cells[1:position]:
            problem, remedy = f"stands twice for {other}", "name each file once"
        else:
            return
        problem += ", so the same people count twice"
        sheet.notes.warn(LAYOUT, problem, remedy, line.row, "file", name, kind="people twice")

    def _meant(self, name: str) -> str:
        """Return as a remedy which file is meant by a name that none has."""
        sheets = [other for other in sorted(self._present)[:1000] if other.lower().endswith(SPREADSHEETS)]
        return nearest(name, sorted(self._present.difference(sheets))[:1000]) or renamed(name, sheets)

    def _read(self, path: Path) -> DataFile | None:
        sheet = Sheet(path, ("date", "count"), self.notes, f"source_data/{path.name}")
        days: list[int] = []
        people: list[int] = []
        faults = len(self.notes.faults)
        for line in sheet.lines:
            head = line is sheet.lines[0] and line.row == 1 and line[0] in ("", "Date", "DateTime")
            if line is sheet.lines[0] and not head and is_word(line[0]) and is_word(line[1]):
                sheet.notes.repair(sheet.file, "is a header without # and was taken for one", line.row, cell=line[0])
                continue
            if line.comment or head or not line[1]:
                continue
            day = sheet.day(line, 0)
            if day is not None:
                days.append((day - self.start).days)
                people.append(sheet.integer(line, 1, least=0))
            if len(days) > MOST_IN_A_FILE:
                sheet.fault(line, 0, f"is row number {len(days):,} with a count", "leave rows out: one a day is enough")
                break
        if len(self.notes.faults) > faults:
            return None
        if sheet.readable and not days:
            self.notes.fault(sheet.file, "has no counts", "write rows of a day and a count: 2012-02-29,17790")
            return None
        self._say_order(sheet.file, days)
        return DataFile(path.name, tuple(days), tuple(people))

    def _say_order(self, file: str, days: Sequence[int]) -> None:
        for before, after in pairwise(days):
            if after <= before:
                date = self.start + dt.timedelta(after)
                what = "twice" if after == before else "after a later day"
                problem = f"has {date} {what}; Flee takes the first row after a day, whatever the order"
                self.notes.warn(file, problem, "sort the rows, one for each day", kind="order of days")
                return


def read_corrections(sheet: Sheet, start: dt.date) -> list[tuple[int, Correction]]:
    """Return the rows of registration_corrections.csv with their row numbers."""
    rows: list[tuple[int, Correction]] = []
    for line in sheet.lines:
        if len(line.cells) < 2 or line.comment:
            sheet.notes.repair(sheet.file, "names no day, and the row was left out", line.row, cell=line[0])
            continue
        day = sheet.day(line, 1)
        if day is not None and day < start:
            problem = f"lies before {start}, the first day, so the row does nothing and was left out"
            sheet.notes.repair(sheet.file, problem, line.row, "date", line[1])
        elif day is not None:
            if row := sheet.earlier(line, (line[0], day)):
                sheet.notes.repair(sheet.file, f"says again what row {row} says", line.row, kind="again")
            rows.append((line.row, Correction(line[0], (day - start).days)))
        if len(rows) > MOST_CORRECTIONS:
            sheet.fault(line, 0, f"is correction number {len(rows)}; the rest was not read", "leave rows out")
            break
    return rows
