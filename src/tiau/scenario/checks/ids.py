"""Names that stand twice, or that look alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tiau.faults import Fault, clip, plain
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.rows import Row

ID_COLUMNS = (
    ("places", "place"),
    ("areas", "area"),
    ("groups", "group"),
    ("events", "event"),
    ("acts", "act"),
    ("reports", "report"),
)


def duplicate_ids(scenario: Scenario) -> Iterator[Fault]:
    """A place, area, group, event, act or report that stands twice, whatever its case."""
    for table, column in ID_COLUMNS:
        seen: dict[str, int | None] = {}
        for row in getattr(scenario, table):
            name = getattr(row, column)
            if row.sound(column):
                if key_of(name) in seen:
                    first = seen[key_of(name)]
                    remedy = f"{f'the first is in row {first}; ' if first else ''}give each a name of its own"
                    yield Fault(row.file, "stands twice", remedy, row.number, column, name)
                seen.setdefault(key_of(name), row.number)


def alike_ids(scenario: Scenario) -> Iterator[Fault]:
    """Places, areas, groups or crossings that differ in case, accents or spaces alone (a warning)."""
    tables: list[tuple[str, str, Iterable[Row]]] = [
        ("places.csv", "place", scenario.places),
        ("places.csv", "country", scenario.places),
        ("places.csv", "admin1", scenario.places),
        ("places.csv", "admin2", scenario.places),
        ("areas.csv", "area", scenario.areas),
        ("groups.csv", "group", scenario.groups),
        ("groups.csv", "risk_class", scenario.groups),
        ("groups.csv", "community", scenario.groups),
        ("routes.csv", "crossing", scenario.routes),
    ]
    for file, column, rows in tables:
        is_id = column in ("place", "area", "group")
        first: dict[str, str] = {}
        said: set[str] = set()
        for row in rows:
            name = getattr(row, column)
            if not name or name in said or not row.sound(column):
                continue
            other = first.setdefault(plain(name), name)
            if name != other and not (is_id and key_of(name) == key_of(other)):
                said.add(name)
                problem = f'differs from "{clip(other)}" in case, accents or spaces alone'
                remedy = "spell both alike if they are the same"
                yield Fault(file, problem, remedy, row.number, column, name, "warning")


def ambiguous_aliases(scenario: Scenario) -> Iterator[Fault]:
    """An alias that also names another place (a warning)."""
    first: dict[str, int] = {key_of(place.place): position for position, place in enumerate(scenario.places)}
    for position, place in enumerate(scenario.places):
        for alias in place.aliases if place.sound("place", "aliases") else ():
            owner = first.setdefault(key_of(alias), position)
            if owner != position:
                problem = f'also names "{clip(scenario.places[owner].place)}", which is the one that is meant'
                yield Fault("places.csv", problem, "delete it in one row", place.number, "aliases", alias, "warning")
