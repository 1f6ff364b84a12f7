"""Names that stand twice, or that look alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tiau.faults import Fault, clip, plain
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.rows import TABLES, Area, Place, Row

ID_COLUMNS = (
    ("places", "place"),
    ("areas", "area"),
    ("groups", "group"),
    ("events", "event"),
    ("acts", "act"),
    ("reports", "report"),
    ("triggers", "trigger"),
)


def duplicate_ids(scenario: Scenario) -> Iterator[Fault]:
    """A place, area, group, event, act, report or trigger that stands twice, whatever its case."""
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


def codes_twice(scenario: Scenario) -> Iterator[Fault]:
    """A code that two places or two areas have: an export that names it means one of them (a warning)."""
    tables: tuple[tuple[str, Iterable[Place | Area]], ...] = (("place", scenario.places), ("area", scenario.areas))
    for column, rows in tables:
        first: dict[str, Place | Area] = {}
        for row in rows:
            if not row.code or not row.sound("code"):
                continue
            other = first.setdefault(key_of(row.code), row)
            if other is not row:
                where = f" (row {other.number})" if other.number else ""
                problem = (
                    f"is the code of {clip(getattr(other, column), 40)}{where} too: exports that name it mean that one"
                )
                remedy = "give each the code of its own, blank where it has none"
                yield Fault(row.file, problem, remedy, row.number, "code", row.code, "warning")


def own_columns_named_like_ones_of_the_table(scenario: Scenario) -> Iterator[Fault]:
    """Cells under x_unit and the like, which nobody reads, where the table has a column unit (a warning)."""
    for row_type in TABLES:
        told: set[str] = set()
        for row in scenario.table(row_type):
            for name, text in row.extra:
                column = name.removeprefix("x_")
                if column in row_type.columns() and name not in told:
                    told.add(name)
                    problem = f"is kept and not read: the table has a column {column}"
                    remedy = f"take x_ off its name if it is meant as {column}, otherwise name it apart"
                    yield Fault(row.file, problem, remedy, row.number, name, text, "warning")


def ambiguous_aliases(scenario: Scenario) -> Iterator[Fault]:
    """An alias that also names another place (a warning)."""
    first: dict[str, int] = {key_of(place.place): position for position, place in enumerate(scenario.places)}
    for position, place in enumerate(scenario.places):
        for alias in place.aliases if place.sound("place", "aliases") else ():
            owner = first.setdefault(key_of(alias), position)
            if owner != position:
                problem = f'also names "{clip(scenario.places[owner].place)}", which is the one that is meant'
                yield Fault("places.csv", problem, "delete it in one row", place.number, "aliases", alias, "warning")
