"""Files of exports into a scenario folder: read, matched, merged, checked; and written at once, or not at all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tiau.building.crossings import merge_crossings
from tiau.building.mappings import KIND, Mappings
from tiau.building.matching import Atlas
from tiau.building.merging.before import Before
from tiau.building.merging.events import POINT, Happenings
from tiau.building.merging.places import Places
from tiau.building.merging.pool import Pool
from tiau.building.merging.reports import Figures, Source
from tiau.building.merging.tables import EditedTable
from tiau.building.merging.writing import replaced
from tiau.building.outcomes import IMPORT_FILE, Line, Outcome, write_lines
from tiau.building.possible import impossible
from tiau.building.recognise import recognise
from tiau.building.where import Where
from tiau.faults import Fault, InputError, wrong_argument
from tiau.progress import Steps, counted, silent
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import (
    Asked,
    Finding,
    FoundArea,
    FoundCrossing,
    FoundEvent,
    FoundFigure,
    FoundPlace,
    FoundPopulation,
    LeftOut,
    Remark,
)
from tiau.readers.exports.grids import Book, read_book
from tiau.readers.settings import SETTINGS_FILE, read_settings
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Area, Displaced, Event, Place, Report
from tiau.scenario.settings import Settings

NO_ROW = Outcome("left out", why="no row of the table: a title, heading, note or tag")
UNKNOWN = "no kind of export that is known; docs/importing.md lists them, and how a table of one's own is read"
OWN_OF_AREAS = ("x_tier", "x_country")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenEvent(Finding):
    """Where an event stood."""


@dataclass
class FileRead:
    """A file and what was found in it.

    Attributes
    ----------
    source : Source
    book : Book
    findings : list of Finding
    outcomes : list of Outcome
        What becomes of each finding, in the same order.
    """

    source: Source
    book: Book
    findings: list[Finding] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def asked(self) -> list[Asked]:
        """Questions that are open."""
        return [finding for finding in self.findings if isinstance(finding, Asked)]

    @property
    def remarks(self) -> list[str]:
        """What is to be known of how it was read."""
        return [*self.book.notes, *(finding.text for finding in self.findings if isinstance(finding, Remark))]

    def taken_events(self) -> Iterator[tuple[FoundEvent, Source]]:
        """Yield the events, and keep of them where they stood alone: a million of them need the room."""
        for number, finding in enumerate(self.findings):
            if isinstance(finding, FoundEvent):
                self.findings[number] = TakenEvent(rows=finding.rows, sheet=finding.sheet)
                yield finding, self.source

    def lines(self) -> Iterator[Line]:
        """Yield what becomes of each row."""
        covered: dict[str, set[int]] = {}
        for finding, outcome in zip(self.findings, self.outcomes, strict=True):
            covered.setdefault(finding.sheet, set()).update(finding.rows)
            for row in finding.rows:
                yield Line(self.source.file, finding.sheet, row, outcome)
        for grid in self.book.grids:
            done = covered.get(grid.sheet, set())
            for row in grid.numbers:
                if row not in done and not (row == 0 and self.book.form == "json"):
                    yield Line(self.source.file, grid.sheet, row, NO_ROW)


@dataclass
class Plan:
    """What an import is going to write.

    Attributes
    ----------
    folder : Path
    reads : list of FileRead
    unknown : list of str
        Files of no known kind.
    mappings : Mappings
        With those that are proposed for tables of one's own.
    tables : list of EditedTable
    said : list of str
        Estimates, choices and what is missing.
    where : Where
        With the matches that are not exact.
    today : date
    """

    folder: Path
    reads: list[FileRead]
    unknown: list[str]
    mappings: Mappings
    tables: list[EditedTable[Any]]
    said: list[str]
    where: Where
    today: dt.date

    def write(self) -> None:
        """Write it: every table that changes and import.csv, or, where anything fails, nothing.

        Raises
        ------
        InputError
            If a table could not be read again, with every fault.
        """
        files = [*(read.source.file for read in self.reads), *self.unknown]
        with replaced(self.folder) as partial:
            for table in self.tables:
                if table.changed:
                    table.require_sound()
                    table.write(partial / table.file)
            self.mappings.write(partial)
            lines = (line for read in self.reads for line in read.lines())
            unknown = (Line(file, "", 0, Outcome("left out", why=UNKNOWN)) for file in self.unknown)
            write_lines(
                partial / IMPORT_FILE, self.folder / IMPORT_FILE, (*unknown, *lines), files, self.today.isoformat()
            )


def prepare(
    files: Sequence[Path],
    folder: Path,
    *,
    answers: Answers | None = None,
    of_file: Mapping[str, Answers] | None = None,
    level: str = "admin2",
    today: dt.date | None = None,
    steps: Steps = silent,
) -> Plan:
    """Read files, and work out what an import of them changes in a scenario folder; nothing is written.

    Parameters
    ----------
    files : sequence of Path
    folder : Path
        A scenario folder, such as `tiau.building.new` makes.
    answers : Answers, optional
        What the analyst says of all files.
    of_file : dict of str to Answers, optional
        Of single files, by name, instead of `answers`.
    level : {"admin1", "admin2"}
        The areas that become homes.
    today : date, optional
        Day of the import, from which figures are known whose file does not say.
    steps : Steps

    Raises
    ------
    InputError
        If the folder is no scenario, or a file cannot be read: with every fault.
    """
    day = today or dt.date.today()
    settings = _settings(folder)
    mappings = Mappings.of(folder)
    reads, unknown = _read(files, mappings, answers or Answers(), of_file or {}, day, steps)
    with steps("merging"):
        places, areas = EditedTable(folder, Place), EditedTable(folder, Area, OWN_OF_AREAS)
        events, reports = EditedTable(folder, Event, (POINT,)), EditedTable(folder, Report)
        known_places = list(places.parsed())
        home, abroad = _countries(settings, known_places)
        pool = Pool((*home, *abroad))
        pool.seed(known_places, areas.parsed())
        pool.take(finding for read in reads for finding in read.findings)
        placed = Places(places, areas, home, abroad, level)
        placed.merge(pool)
        scenario = Scenario.model_construct(
            None, settings=settings, places=tuple(places.parsed()), areas=tuple(areas.parsed())
        )
        atlas = Atlas.of(scenario.places, scenario.areas, ())
        where = Where.of(scenario, home, abroad, atlas)
        figures, happenings = Figures(reports, where), Happenings(events, where)
        event_outcomes = iter(happenings.merge([event for read in reads for event in read.taken_events()]))
        crossings, crossed = merge_crossings(
            folder, [found for read in reads for found in read.findings if isinstance(found, FoundCrossing)]
        )
        of_crossings = iter(crossed)

        def outcome(finding: Finding, source: Source) -> Outcome:
            match finding:
                case TakenEvent():
                    return next(event_outcomes)
                case FoundFigure():
                    return figures.merge(finding, source)
                case FoundPlace() | FoundArea() | FoundPopulation():
                    return placed.outcome(pool, finding)
                case FoundCrossing():
                    return next(of_crossings)
                case LeftOut():
                    return Outcome("left out", why=finding.reason)
                case Asked():
                    return Outcome("question", why=finding.question)
                case _:
                    return Outcome("left out", why="told of the file as a whole")

        for read in reads:
            read.outcomes += [outcome(finding, read.source) for finding in read.findings]
        displaced = EditedTable(folder, Displaced)
        before = Before(displaced, reports, scenario.places, scenario.names, home, settings.start)
        said = [*dict.fromkeys(placed.said), *happenings.said, *before.merge()]
    return Plan(
        folder, reads, unknown, mappings, [places, areas, events, reports, displaced, crossings], said, where, day
    )


def _possible(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, those that cannot be as left out."""
    for finding in findings:
        reason = impossible(finding)
        yield LeftOut(rows=finding.rows, sheet=finding.sheet, reason=reason) if reason else finding


def names_of(files: Sequence[Path]) -> list[str]:
    """Return what files are called in answers and in import.csv: their names, with folders where two share one."""
    parts = [path.absolute().parts for path in files]
    deepest = max(map(len, parts), default=1)
    times = [Counter(names[-depth:] for names in parts) for depth in range(1, deepest + 1)]
    depth_of = [next((at for at, count in enumerate(times, 1) if count[names[-at:]] == 1), 1) for names in parts]
    return ["/".join(names[-depth:]) for names, depth in zip(parts, depth_of, strict=True)]


def _settings(folder: Path) -> Settings:
    if not (folder / SETTINGS_FILE).is_file():
        remedy = "make it first: tiau new FOLDER --start DAY --end DAY --home COUNTRY --abroad COUNTRY"
        raise wrong_argument("into", "is not a scenario folder", remedy, folder)
    settings, faults = read_settings(folder / SETTINGS_FILE)
    if settings is None:
        raise InputError(faults)
    return settings


def _countries(settings: Settings, places: Iterable[Place]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the countries that people leave, and the others: as scenario.toml says, else as the places do."""
    known = list(places)
    home = settings.countries.home or tuple(dict.fromkeys(p.country for p in known if p.kind == "origin"))
    abroad = settings.countries.abroad or tuple(dict.fromkeys(p.country for p in known if p.country not in home))
    if not home:
        remedy = 'add them to scenario.toml: [countries], home = ["Sudan"], abroad = ["Chad"]'
        raise wrong_argument("into", "does not say which countries people leave", remedy)
    return home, abroad


def _read(
    files: Sequence[Path],
    mappings: Mappings,
    answers: Answers,
    of_file: Mapping[str, Answers],
    day: dt.date,
    steps: Steps,
) -> tuple[list[FileRead], list[str]]:
    reads: list[FileRead] = []
    unknown: list[str] = []
    faults: list[Fault] = []
    with steps("reading", counted("file")) as progress:
        for number, (path, name) in enumerate(zip(files, names_of(files), strict=True)):
            progress(number, len(files))
            try:
                book, told = read_book(path), of_file.get(name, answers)
                own = mappings.fitting(book)
                known = None if own else recognise(book)
                if own := own or mappings.propose(known, book, told):
                    source = Source(name, KIND, told, day, own)
                    reads.append(FileRead(source, book, list(_possible(mappings.read(own, book, told)))))
                elif known is None:
                    unknown.append(name)
                else:
                    source = Source(name, known.name, told, day)
                    reads.append(FileRead(source, book, list(_possible(known.read(book, told)))))
            except InputError as error:
                faults += error.faults
    if faults:
        raise InputError(faults)
    if not reads:
        raise InputError([Fault(file, "is of no kind that is known", UNKNOWN) for file in unknown])
    return reads, unknown
