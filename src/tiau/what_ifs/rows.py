"""Rows in words: what identifies a row, what it is called, what it says, and values of TOML as cells."""

from __future__ import annotations

import datetime as dt

from tiau.scenario.rows import Row
from tiau.scenario.vocabulary import to_cell

ID_COLUMNS = {
    "places": ("place",), "areas": ("area",), "routes": ("from", "to"), "groups": ("group",), "events": ("event",),
    "acts": ("act",), "reports": ("report",), "departures": ("day",),
}  # fmt: skip
LARGEST_NUMBER = 10**18


def id_of(table: str, row: Row) -> str:
    """Return what identifies a row in its table."""
    natives = row.cells()
    return " > ".join(str(natives[column]) for column in ID_COLUMNS[table])


def called(table: str, row: Row) -> str:
    """Return what a row is called in a sentence."""
    return f"{table.removesuffix('s')} {id_of(table, row)}"


def described(row: Row) -> str:
    """Say of an act or event what it is; of other rows nothing."""
    natives = row.cells()
    columns = ("authority", "effect", "places", "groups", "kind", "place", "severity", "from", "until", "start", "end",
               "enforcement", "admit_share", "amount", "crossing", "distance_km", "people")  # fmt: skip
    if type(row).file in ("acts.csv", "events.csv", "routes.csv", "departures.csv"):
        shown = [(c, to_cell(natives[c])) for c in columns if natives.get(c) not in (None, "", ())]
        plain = ("authority", "effect", "places", "groups", "kind", "place")
        ids = ID_COLUMNS[type(row).file.removesuffix(".csv")]
        return " (" + ", ".join(text if c in plain else f"{c} {text}" for c, text in shown if c not in ids) + ")"
    return ""


def places_of(row: Row) -> tuple[str, ...]:
    """Return the places, areas or crossing that a row speaks of."""
    natives = row.cells()
    match type(row).file:
        case "acts.csv":
            return tuple(natives["places"])
        case "events.csv":
            return tuple(natives["place"])
        case "places.csv":
            return (natives["place"],)
        case "routes.csv" if natives["crossing"]:
            return (natives["crossing"],)
        case _:
            return ()


def in_words(value: object) -> str:
    """Write a value as it stands in a sentence."""
    return "no" if value is False else to_cell(value) or "blank"


def as_cell(value: object) -> str | None:
    """Write a value of TOML as the text of a cell; None where it is no cell."""
    match value:
        case str():
            return value.strip()
        case bool():
            return "yes" if value else "no"
        case int() | float() if abs(value) < LARGEST_NUMBER or isinstance(value, float):
            return str(value)
        case dt.datetime() | dt.time():
            return None
        case dt.date():
            return value.isoformat()
        case list() | tuple():
            items = [None if isinstance(item, list | tuple) else as_cell(item) for item in value]
            return None if None in items else "; ".join(item or "" for item in items)
        case _:
            return None
