"""What a forecast holds: draws of people at places and areas on days ahead, their quantiles and samples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tiau.evaluation.forecasts import interval_levels
from tiau.forecasting.expected import Expected
from tiau.forecasting.history import Floats
from tiau.forecasting.mechanism import weighted
from tiau.forecasting.trigger_answers import Answers
from tiau.results.periods import WEEK
from tiau.scenario.model import Scenario
from tiau.scenario.posterior import Posterior

if TYPE_CHECKING:
    from pandas import DataFrame

ARRIVALS = "arrivals"
RANGE = (0.05, 0.5, 0.95)


@dataclass(frozen=True, repr=False, eq=False)
class Predicted:
    """How many people sources would count, and how many arrive, where, on days ahead, as draws.

    Attributes
    ----------
    name : str
        Of the scenario.
    origin : date
    events : str
        Which course, `mixed`, or the name of a table of expected events.
    rows : tuple of (str, str)
        Target and place or area: a quantity of reports that is a stock, or `arrivals`.
    last : float array (row,)
        The last figure known, persons; NaN where there is none.
    days : tuple of int
        Days ahead on which a week or month ends.
    draws : float array (row, 1 + day, course, member), persons
        On the origin and the days ahead; of arrivals since the origin. A member is the same in every row.
    weights : dict of str to float
        Of the courses.
    seed : int
    scenario : Scenario
        That was forecast.
    last_days : tuple of date or None
        Day of each last figure.
    parts : dict of str to float array (1 + day, course, member)
        People present in the parts of each region that has figures of its own and of parts.
    learned : Posterior
        What members went by.
    expected : Expected, optional
        The events of the table.
    triggers : Answers
        What it says of thresholds that somebody set.
    """

    name: str
    origin: dt.date
    events: str
    rows: tuple[tuple[str, str], ...]
    last: Floats
    days: tuple[int, ...]
    draws: Floats
    weights: Mapping[str, float]
    seed: int
    scenario: Scenario = field(repr=False)
    last_days: tuple[dt.date | None, ...]
    parts: Mapping[str, Floats]
    learned: Posterior = field(repr=False)
    expected: Expected | None = None
    triggers: Answers = field(default_factory=Answers)

    @property
    def members(self) -> int:
        """Number of members."""
        return int(self.draws.shape[-1])

    @cached_property
    def quantiles(self) -> Floats:
        """Quantiles (row, day, level) at `interval_levels()`, persons.

        Arrivals are those of the seven days up to a day; NaN where no week ends.
        """
        levels = interval_levels()
        return np.array([
            [self.of(people, *levels) for people in self._on_days(row)] for row in range(len(self.rows))
        ])  # fmt: skip

    @cached_property
    def samples(self) -> Floats:
        """Joint samples (row, day, member), persons: sums over rows and differences over days are of one member.

        As many members have a course as it weighs; which ones has nothing to do with what they are.
        """
        member = np.arange(self.members)
        course = np.searchsorted(np.cumsum([*self.weights.values()]) - 1e-9, (member + 0.5) / self.members)
        return np.array([self._on_days(row)[:, course, member] for row in range(len(self.rows))])

    def _on_days(self, row: int) -> Floats:
        """Return the draws of a row on days ahead (day, course, member), of arrivals in the week up to a day."""
        draws = self.draws[row]
        if self.rows[row][0] != ARRIVALS:
            return np.asarray(draws[1:])
        at = {day: number for number, day in enumerate((0, *self.days))}
        never = np.full(draws.shape[1:], np.nan)
        return np.array([never if day % WEEK else draws[at[day]] - draws[at[day - WEEK]] for day in self.days])

    def of(self, people: Floats, *levels: float) -> Floats:
        """Return quantiles of people (course, member), each course as often as it weighs."""
        return weighted(people, [*self.weights.values()], np.array(levels))

    def row(self, target: str, place: str) -> int:
        """Return the position of a row; raise ValueError if there is none."""
        return self.rows.index((target, place))

    def date(self, days: int) -> dt.date:
        """Return the date so many days ahead."""
        return self.origin + dt.timedelta(days)

    def table(self) -> DataFrame:
        """Return medians and 90% ranges by row and day as a table."""
        from pandas import DataFrame

        cells = [
            (target, place, self.date(day), *self.range(row, number))
            for row, (target, place) in enumerate(self.rows) for number, day in enumerate(self.days)
            if target != ARRIVALS or day % WEEK == 0
        ]  # fmt: skip
        return DataFrame(cells, columns=["target", "location", "target_end_date", "p05", "median", "p95"])

    def range(self, row: int, day: int) -> tuple[float, float, float]:
        """Return the 5% quantile, the median and the 95% quantile of a row on a day, by position."""
        low, middle, high = np.searchsorted(interval_levels(), np.array(RANGE) - 1e-9)
        of = self.quantiles[row, day]
        return float(of[low]), float(of[middle]), float(of[high])
