"""The scores of a hindcast, figure by figure and of all places together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from tiau.evaluation.forecasts import (
    COVERED,
    covered,
    ends_of_intervals,
    interval_levels,
    quantile_score,
    weighted_interval_score,
)
from tiau.forecasting.history import Floats
from tiau.forecasting.outcome import CaseHindcast
from tiau.forecasting.quantiles import LEVELS, at, chance_above, levels_of
from tiau.forecasting.threshold_events import thresholds

MEDIAN = np.array([0.5])
INSIDE = tuple(f"covered_{100 * share:.0f}" for share in COVERED)


class CaseScores:
    """The scores of a case's targets by method, each score an array (target,), worked out when asked for.

    Parameters
    ----------
    case : CaseHindcast
    """

    def __init__(self, case: CaseHindcast) -> None:
        self.case = case
        self.observed = case.column("observed")
        self._found: dict[str, Mapping[str, Floats]] = {}
        self._chances: dict[str, Mapping[str, Floats]] = {}

    @cached_property
    def thresholds(self) -> Mapping[str, Floats]:
        """How many people each target has to reach, by event; NaN where it is not asked."""
        return thresholds(self.case.column("last"))

    def has_spread(self, method: str) -> bool:
        """Whether a method gives more than points, whose scores all follow from the median."""
        quantiles = self.case.quantiles[method]
        return bool((quantiles[:, 0] < quantiles[:, -1]).any())

    def level(self, method: str) -> Floats:
        """Return the level of each target in the forecast of a method."""
        return levels_of(self.case.quantiles[method], self.observed)

    def chances(self, method: str) -> Mapping[str, Floats]:
        """Return the chance that a method gives each event, by event (target,); NaN where it is not asked."""
        if method not in self._chances:
            quantiles = self.case.quantiles[method]
            self._chances[method] = {
                event: np.where(np.isnan(least), np.nan, chance_above(quantiles, np.nan_to_num(least), reached=True))
                for event, least in self.thresholds.items()
            }
        return self._chances[method]

    @cached_property
    def origin(self) -> Floats:
        """The origin of each target, as an ordinal."""
        return self.case.column("origin")

    def of(self, method: str) -> Mapping[str, Floats]:
        """Return the scores of a method by name: crps, crps_log, wis, median, and 0 or 1 for each interval."""
        if method not in self._found:
            quantiles, observed = self.case.quantiles[method], self.observed
            inside = covered(at(quantiles, ends_of_intervals()), observed)
            self._found[method] = {
                "crps": quantile_score(quantiles, observed, LEVELS),
                # One person is added: of places that nobody is in there is no logarithm.
                "crps_log": quantile_score(np.log1p(quantiles), np.log1p(observed), LEVELS),
                "wis": weighted_interval_score(at(quantiles, interval_levels()), observed),
                "median": at(quantiles, MEDIAN)[:, 0],
                **{name: inside[:, number].astype(float) for number, name in enumerate(INSIDE)},
            }
        return self._found[method]
