"""needs.csv of a forecast: what people present at places and areas need on days ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tiau.forecasting.areas import QUANTILES
from tiau.forecasting.asked import PRESENT
from tiau.forecasting.predicted import Predicted
from tiau.forecasting.regions import place_of
from tiau.results.needs import NEEDS, needed

COLUMNS = ("day", "location", "level", "need", "unit", *QUANTILES)


def rows_of(found: Predicted) -> Iterator[tuple[str | dt.date | float, ...]]:
    """Yield the rows of needs.csv, as `COLUMNS` names their cells: by day, location and need."""
    present = [(row, place) for row, (target, place) in enumerate(found.rows) if target == PRESENT]
    for number, day in enumerate(found.days, start=1):
        for row, place in present:
            level, _ = place_of(found.scenario, place)
            people = found.of(found.draws[row, number], *QUANTILES.values())
            for need in NEEDS:
                amounts = (round(float(amount)) for amount in needed(people, need))
                yield found.date(day), place, level, need.name, need.unit, *amounts
