"""How many people a run or a forecast gives, day by day: the ranges and the median that are drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.forecasting.forecast_result import Forecast
from tiau.presentation.course.scales import Days, People
from tiau.presentation.svg import along, element, share
from tiau.results.disclosure import shown

Floats = NDArray[np.floating[Any]]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
LIGHT, DARK = 0.16, 0.3
MOST_DAYS = 260
"""Days drawn of a long run: on a screen no more can be told apart."""


@dataclass(frozen=True, eq=False)
class Band:
    """What is drawn of a run or a forecast.

    Attributes
    ----------
    days : tuple of date
    people : float array (level, day), persons
        At `LEVELS`, as they may be shown: rounded, 0 where a number is hidden.
    ahead : bool
        Whether it is a forecast.
    """

    days: tuple[dt.date, ...]
    people: Floats
    ahead: bool = False

    @property
    def wide(self) -> bool:
        """Whether there is a range at all, and not one course without chance."""
        return bool((self.people[0] < self.people[-1]).any())

    def on(self, day: dt.date) -> tuple[float, float, float]:
        """Return the low end, the median and the high end on the last day drawn that is not after a day, persons."""
        at = max(sum(drawn <= day for drawn in self.days) - 1, 0)
        return float(self.people[0, at]), float(self.people[2, at]), float(self.people[-1, at])


def of_run(days: Sequence[dt.date], members: Floats, below: float) -> Band:
    """Return the band of what members have on days (day, member), persons; `below` is what must not be shown."""
    chosen = _thinned(len(days))
    people = np.quantile(members[chosen], LEVELS, axis=1)
    return Band(tuple(days[day] for day in chosen), np.nan_to_num(shown(people, below)))


def of_forecast(found: Forecast, row: int, below: float) -> Band:
    """Return the band of a row of a forecast, from its origin on."""
    people = np.array([found.of(people, *LEVELS) for people in found.draws[row]]).T
    return Band(tuple(map(found.date, (0, *found.days))), np.nan_to_num(shown(people, below)), ahead=True)


def _thinned(days: int) -> list[int]:
    """Return which days to draw: each, or every second, third ... and always the last."""
    every = -(-days // MOST_DAYS)
    return sorted({*range(days - 1, -1, -every), 0})


def drawn(band: Band, across: Days, up: People, hatch: str) -> str:
    """Draw a band: light and dark for nine and five in ten, a line for the median; hatched where it is a forecast."""
    x = [across.middle(day) for day in band.days]
    low, quarter, median, three, high = ([up.at(number) for number in level] for level in band.people.tolist())
    parts = []
    if band.wide:
        parts += [
            _between(x, low, high, class_="nine", fill_opacity=share(LIGHT)),
            _between(x, quarter, three, class_="five", fill_opacity=share(DARK)),
        ]
        if band.ahead:
            parts.append(_between(x, low, high, class_="hatch", fill=f"url(#{hatch})"))
    dashes = "5 3" if band.ahead else None
    parts.append(element("path", d=along(zip(x, median, strict=True)), class_="median", fill="none",
                         stroke="var(--band)", stroke_width=1.8, stroke_dasharray=dashes))  # fmt: skip
    return element("g", *parts, class_="forecast" if band.ahead else "run", fill="var(--band)")


def _between(x: list[float], low: list[float], high: list[float], **attributes: str | float) -> str:
    there, back = zip(x, high, strict=True), zip(x[::-1], low[::-1], strict=True)
    return element("path", d=f"{along((*there, *back))}Z", **attributes)
