"""Who said what a report rests on: publishers of figures, sources of places, events and acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tiau.scenario.model import Scenario


def sources(scenario: Scenario) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return what each table cites: a title, and sources with the number of rows, most rows first."""
    tables = (
        ("Figures", (row.publisher or row.said_by for row in scenario.reports)),
        ("Places and populations", (row.source for row in scenario.places)),
        ("Events", (row.source for row in scenario.events)),
        ("Acts of authorities", (row.source for row in scenario.acts)),
    )
    return [(title, found) for title, cited in tables if (found := _counted(cited))]


def _counted(cited: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(source for source in cited if source)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
