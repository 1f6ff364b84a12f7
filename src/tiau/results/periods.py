"""The days, weeks and calendar months of a time ahead of a day: of a forecast's origin, or of the eve of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

WEEK = 7


@dataclass(frozen=True)
class Period:
    """Days ahead that belong together.

    Attributes
    ----------
    name : {"day", "week", "month"}
    after, to : int
        Days ahead of the last day before it and of its last day.
    """

    name: Literal["day", "week", "month"]
    after: int
    to: int


def periods(origin: dt.date, horizon: int) -> tuple[Period, ...]:
    """Return the weeks from an origin on, then the calendar months; the first and last of them may be parts."""
    weeks = [*range(WEEK, horizon, WEEK), horizon]
    months = [day for day in range(1, horizon) if (origin + dt.timedelta(day + 1)).day == 1] + [horizon]
    return (*_between("week", weeks), *_between("month", months))


def days(horizon: int) -> tuple[Period, ...]:
    """Return the days ahead, each by itself."""
    return _between("day", range(1, horizon + 1))


def _between(name: Literal["day", "week", "month"], ends: Iterable[int]) -> tuple[Period, ...]:
    return tuple(Period(name, after, to) for after, to in pairwise((0, *ends)))


def days_ahead(origin: dt.date, horizon: int) -> tuple[int, ...]:
    """Return the days ahead on which a week or a month ends, in order."""
    return tuple(sorted({period.to for period in periods(origin, horizon)}))
