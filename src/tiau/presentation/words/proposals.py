"""Proposed rows in words: one line a row, and what a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tiau.faults import number_of
from tiau.readers.articles.proposals import Proposal
from tiau.scenario.quantities import QUANTITIES

NOUNS = {"reports": "figure", "acts": "act", "events": "event"}
BOUNDS = {"exact": "", "about": "about ", "at_least": "at least ", "at_most": "at most ", "range": ""}


def found(proposals: Iterable[Proposal]) -> str:
    """Return how many rows of each table were proposed: "2 figures, 1 act"."""
    counts: Counter[str] = Counter(one.table for one in proposals)
    return ", ".join(number_of(counts[table], one) for table, one in NOUNS.items() if counts[table]) or "nothing"


def summary(one: Proposal) -> str:
    """Return what a proposed row says in a line."""
    cells = one.cells
    days, where = cells.get("as_of") or "day not known", cells.get("place") or "place not known"
    match one.table:
        case "reports":
            done = next((one.done for one in QUANTITIES.values() if one.name == cells.get("quantity")), "")
            whose = f"of {cells['group']} " if cells.get("group", "all") not in ("", "all") else ""
            origin = f" from {cells['origin']}" if cells.get("origin") else ""
            said = f", said by {cells['said_by']}" if cells.get("said_by") else ""
            return f"{amount(one)} {whose}{done} ({cells.get('quantity', '')}), {where}{origin}, {days}{said}"
        case "acts":
            who = f"{cells.get('authority') or 'nobody named'} ({cells.get('level', '')})"
            return f"{cells.get('effect', '')} by {who}, {where}, {days}"
        case _:
            dead = f", {cells['fatalities']} dead" if cells.get("fatalities") else ""
            return f"{cells.get('kind', '')}, {where}, {days}{dead}"


def amount(one: Proposal) -> str:
    """Return a figure with its bound and unit: "at least 1,000 persons"."""
    cells = one.cells
    unit = cells.get("unit") or "persons"
    if cells.get("bound") == "range":
        return f"{_number(cells['low'])} to {_number(cells['high'])} {unit}"
    return f"{BOUNDS.get(cells.get('bound', ''), '')}{_number(cells.get('value', ''))} {unit}"


def _number(text: str) -> str:
    return f"{float(text):,.10g}" if text else "?"
