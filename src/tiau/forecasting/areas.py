"""areas.csv: countries, states and districts by week and month, by the same draws as forecast.csv."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

import numpy as np

from tiau.forecasting.asked import PRESENT
from tiau.forecasting.history import Floats
from tiau.forecasting.predicted import ARRIVALS, Predicted
from tiau.forecasting.regions import LEVELS, whereabouts
from tiau.results.area_table import AREA_COLUMNS, PERIOD_COLUMNS
from tiau.results.periods import Period, periods
from tiau.results.variables import NUMBERS, QUANTILES

COLUMNS = (*AREA_COLUMNS, *PERIOD_COLUMNS, *NUMBERS, "median_of_parts", "last_figure", "last_figure_day")
Cell = str | int | dt.date | None


def rows_of(found: Predicted) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of areas.csv, as `COLUMNS` names their cells: by level, area, target and period.

    Of people present the end of a period, of arrivals all of it. `median_of_parts` is that of the sum of what stands
    for the parts of an area, where there are figures of both.
    """
    at = {day: number for number, day in enumerate((0, *found.days))}
    placed = [(whereabouts(found.scenario, place), place, row) for row, (_, place) in enumerate(found.rows)]
    for (level, *inside), area, row in sorted(placed, key=lambda one: (LEVELS.index(one[0][0]), one[1])):
        target = found.rows[row][0]
        if level == "place":
            continue
        for period in periods(found.origin, found.days[-1]):
            people = _in(found.draws[row], period, at, target)
            parts = found.parts.get(area) if target == PRESENT else None
            together = None if parts is None else round(float(found.of(parts[at[period.to]], 0.5)[0]))
            last, end = found.last[row], found.date(period.to)
            yield (
                area, level, *inside, target, period.name, found.date(period.after + 1), end, f"{end:%Y-%m}",
                *(round(float(one)) for one in found.of(people, *QUANTILES)),
                together, None if math.isnan(last) else round(float(last)), found.last_days[row],
            )  # fmt: skip


def _in(draws: Floats, period: Period, at: dict[int, int], target: str) -> Floats:
    """Return how many people are present at the end of a period, or arrive in it (course, member)."""
    end = draws[at[period.to]]
    return np.asarray(end - draws[at[period.after]]) if target == ARRIVALS else np.asarray(end)
