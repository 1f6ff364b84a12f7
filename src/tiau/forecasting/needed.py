"""needs.csv of a forecast: what people present at places and areas need on days ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from tiau.forecasting.asked import PRESENT
from tiau.forecasting.predicted import Predicted
from tiau.forecasting.regions import whereabouts
from tiau.results.area_table import AREA_COLUMNS
from tiau.results.needs import needs_of
from tiau.results.needs_table import AMOUNTS
from tiau.results.variables import QUANTILES
from tiau.scenario.vocabulary import to_cell

COLUMNS = (*AREA_COLUMNS, "place", "to", "capacity", *AMOUNTS)


def rows_of(found: Predicted) -> Iterator[tuple[str | dt.date, ...]]:
    """Yield the rows of needs.csv, as `COLUMNS` names their cells: by day, location and need.

    A month of food is 30 days of it. Areas have no capacity: how many there will be at each of their places, a forecast
    does not tell.
    """
    size = found.scenario.values["household_size"]
    present = [(row, place) for row, (target, place) in enumerate(found.rows) if target == PRESENT]
    for number, day in enumerate(found.days, start=1):
        for row, name in present:
            level, *inside = whereabouts(found.scenario, name)
            place, room = (name, _room(found, name)) if level == "place" else ("", None)
            people = np.round(found.of(found.draws[row, number], *QUANTILES))
            for needed in needs_of(people, room, household_size=size):
                yield name, level, *inside, place, found.date(day), to_cell(room), *needed.cells()


def _room(found: Predicted, place: str) -> float | None:
    (position,) = found.scenario.names.members(place)
    return found.scenario.places[position].capacity
