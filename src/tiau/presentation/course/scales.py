"""Where days and numbers of people lie on a chart, and which of them are named on its axes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from tiau.presentation.words.days import MONTHS

SHORT = tuple(month[:3] for month in MONTHS)
DAY_STEPS = (1, 2, 7, 14)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
MONTH_DAYS = 30.44
PEOPLE_STEPS = (1.0, 2.0, 5.0, 10.0)
FEWEST_PEOPLE = 10.0
HEADROOM = 1.06


@dataclass(frozen=True)
class Days:
    """Days along the width of a chart.

    Attributes
    ----------
    first, last : date
        What is drawn, both included.
    left, right : float
        Where the first day begins and the last one ends, in units of the drawing.
    """

    first: dt.date
    last: dt.date
    left: float
    right: float

    def begins(self, day: dt.date) -> float:
        """Return where a day begins, at the edge for a day beyond it."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ends(self, day: dt.date) -> float:
        """Return where a day ends."""
        return self.begins(day + dt.timedelta(1)) if day < dt.date.max else self.right

    def middle(self, day: dt.date) -> float:
        """Return where a figure of a day lies."""
        return (self.begins(day) + self.ends(day)) / 2

    def ticks(self, apart: float) -> Iterator[tuple[dt.date, str, str]]:
        """Yield days to name that lie so far apart at least, each with its name, and the year where it is a new one."""
        year = 0
        for day, name in self._named(apart):
            yield day, name, "" if day.year == year else str(day.year)
            year = day.year

    def _named(self, apart: float) -> Iterator[tuple[dt.date, str]]:
        days = (self.last - self.first).days + 1
        least = apart * days / (self.right - self.left)
        step = next((step for step in DAY_STEPS if step >= least), 0)
        if step and days < 2 * MONTH_DAYS:
            for number in range(0, days, step):
                day = self.first + dt.timedelta(number)
                yield day, f"{day.day} {SHORT[day.month - 1]}"
            return
        months = next((step for step in MONTH_STEPS if step * MONTH_DAYS >= least), MONTH_STEPS[-1])
        for month in range(12 * self.first.year, 12 * self.last.year + 12, months):
            day = dt.date(month // 12, month % 12 + 1, 1)
            if self.first <= day <= self.last:
                yield day, SHORT[day.month - 1]


@dataclass(frozen=True)
class People:
    """Numbers of people along the height of a chart, from none at its foot.

    Attributes
    ----------
    most : float, persons
        What lies at the top.
    top, foot : float
        In units of the drawing, which grow downwards.
    """

    most: float
    top: float
    foot: float

    @classmethod
    def up_to(cls, most: float, top: float, foot: float) -> People:
        """Return the scale on which so many people lie a little below the top."""
        return cls(HEADROOM * max(most, FEWEST_PEOPLE), top, foot)

    def at(self, people: float) -> float:
        """Return where a number lies; at the top for one beyond it."""
        return self.foot - min(people / self.most, 1.0) * (self.foot - self.top)

    def ticks(self, least: float) -> Iterator[float]:
        """Yield round numbers that lie so far apart at least, and none."""
        raw = max(self.most * least / (self.foot - self.top), 1.0)
        size = 10.0 ** math.floor(math.log10(raw))
        step = next(size * step for step in PEOPLE_STEPS if size * step >= raw * (1 - 1e-9))
        yield from (number * step for number in range(int(self.most / step + 1e-9) + 1))
