"""Events that an analyst expects: a table with the columns of events.csv, in place of the courses of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from tiau.faults import Fault, InputError, nearest, wrong_argument
from tiau.forecasting.courses import COURSES, course
from tiau.readers.tables import Table, read_table
from tiau.scenario import checks
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Event

MIXED = "mixed"
WORDS = (MIXED, *COURSES)
EXPECTED = "expected"


def is_file(events: str | Path) -> bool:
    """Whether what is given as events ahead names a file and not a course.

    Raises
    ------
    InputError
        If it is neither.
    """
    if not isinstance(events, str | Path):
        raise wrong_argument("events", "is neither a word nor a path", f"choose from {', '.join(WORDS)}", events)
    if events in WORDS:
        return False
    path, named = Path(events), isinstance(events, Path) or str(events).endswith(".csv")
    if path.is_file():
        return True
    if named or len(path.parts) > 1:
        problem = "is a folder, not a file" if path.is_dir() else "is not there"
        raise wrong_argument("events", problem, "name a table with the columns of events.csv", events)
    remedy = nearest(str(events), WORDS) or f"choose from {', '.join(WORDS)}, or name a table of events"
    raise wrong_argument("events", "is no course of events", remedy, events)


@dataclass(frozen=True)
class Expected:
    """What is expected.

    Attributes
    ----------
    file, digest : str
        Name of the table, and its SHA-256.
    events : tuple of Event
    warnings : tuple of Fault
        What is odd about them.
    rows : tuple of Event
        As the table has them.
    """

    file: str
    digest: str
    events: tuple[Event, ...]
    warnings: tuple[Fault, ...]
    rows: tuple[Event, ...]


def read_expected(path: Path, scenario: Scenario, origin: dt.date, last: dt.date) -> Expected:
    """Read the events that are expected from an origin on to a last day.

    Parameters
    ----------
    path : Path
        A table with the columns of events.csv.
    scenario : Scenario
        Whose places the events are at.
    origin, last : date

    Raises
    ------
    InputError
        With all that is wrong with the table: cells, places that the scenario does not have, and events that start by
        the origin, which have happened.
    """
    table = read_table(path, Event)
    told = [*table.faults, *_checked(scenario, table, last)]
    told += [_past(path.name, event, origin) for event in table.rows if event.sound("start") and event.start <= origin]
    if not table.rows and not told:
        told.append(Fault(path.name, "has no events", 'add them, or give "subsides", by which nothing happens'))
    in_order = sorted((replace(fault, file=path.name) for fault in told), key=lambda fault: fault.row or 0)
    if faults := [fault for fault in in_order if fault.level == "fault"]:
        raise InputError(faults)
    # Shocks of events go by their names: one here is another than one of that name in the scenario.
    events = tuple(event.model_copy(update={"event": f"{event.event} ahead"}) for event in table.rows)
    return Expected(path.name, sha256(path.read_bytes()).hexdigest(), events, tuple(in_order), tuple(table.rows))


def _checked(scenario: Scenario, table: Table[Event], last: dt.date) -> Iterator[Fault]:
    """Yield what the checks of a scenario say of events ahead, which are of course known before they start."""
    settings = scenario.settings.model_copy(update={"end": last})
    changes = {"settings": settings, "events": tuple(table.rows)}
    alone = scenario.without_posterior().model_copy(update=changes)
    unreadable = () if table.readable else (Event.file,)
    for fault in checks.check(alone, unreadable, table.faults):
        if fault.file == Event.file and fault.row and fault.kind != "events known before they start":
            yield fault


def _past(file: str, event: Event, origin: dt.date) -> Fault:
    problem = f"is not after {origin}, the day that it is forecast from"
    remedy = "what happened by then belongs in events.csv of the scenario"
    return Fault(file, problem, remedy, event.number, "start", str(event.start))


def carried_on(fitted: Scenario, origin: dt.date, expected: tuple[Event, ...] | None) -> dict[str, Scenario]:
    """Return a scenario with the events ahead of each course, and then with those that are expected, by name."""
    found = {name: course(fitted, origin, severity) for name, severity in COURSES.items()}
    if expected is not None:
        ahead = tuple(event for event in expected if event.start <= fitted.settings.end)
        found[EXPECTED] = fitted.model_copy(update={"events": fitted.events + ahead})
    return found
