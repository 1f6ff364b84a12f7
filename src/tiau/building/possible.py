"""Findings that cannot be: days of another age and numbers beyond all people, as columns that slipped give them."""

from __future__ import annotations

from tiau.readers.exports.findings import Finding, FoundEvent, FoundFigure, FoundPlace, FoundPopulation
from tiau.scenario.checks.figures import PEOPLE_ON_EARTH, RANGES
from tiau.scenario.checks.times import EARLIEST, LATEST

MOST: dict[type[Finding], dict[str, float]] = {
    FoundEvent: {column: most for column, _, most in RANGES["events"]},
    FoundFigure: {column: most for column, _, most in RANGES["reports"]},
    FoundPlace: {column: most for column, _, most in RANGES["places"]},
    FoundPopulation: {"people": PEOPLE_ON_EARTH},
}  # fmt: skip
"""The largest number of each field that a table of a scenario can have."""


def impossible(found: Finding) -> str:
    """Return why a finding cannot be, in words that follow "left out: "; blank where it can."""
    for name, most in MOST.get(type(found), {}).items():
        number = getattr(found, name, None)
        if number is not None and not 0 <= number <= most:
            return f"its {name.replace('_', ' ')}, {number:,.0f}, cannot be right: a column may have slipped"
    if isinstance(found, FoundEvent | FoundFigure):
        days = [day for day in (found.start, found.end, found.known_on) if day is not None]
        if far := [day for day in days if not EARLIEST <= day <= LATEST]:
            return f"its day, {far[0]}, lies in another century"
        if found.end < found.start:
            return f"it ends on {found.end}, before it starts on {found.start}"
    return ""
