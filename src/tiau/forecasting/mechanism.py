"""The method `mechanism`: conditioned members run on, re-based on the last figure of each place, courses mixed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from tiau.faults import InputError
from tiau.forecasting.ahead import Ahead, ahead
from tiau.forecasting.courses import COURSES, speaks_of
from tiau.forecasting.history import Floats
from tiau.forecasting.quantiles import LEVELS
from tiau.forecasting.situation import Situation
from tiau.observations.reporting import FEWEST_PEOPLE

MEMBERS, SEED = 40, 1
FARTHEST = 217
"""Days ahead that members are run for at least, so that one run serves every usual horizon."""
WEIGHTS: Mapping[str, float] = {"holds": 0.5, "subsides": 0.3, "escalates": 0.2}
"""Of the courses."""
SHARE = 1.0
"""How much of the gap between a member and a last figure is taken on the day of the figure."""

Errors = Callable[[float], float]
"""How many times its sd the error of a source counts for, by how much of a gap is taken over."""


def fading(kept: float) -> float:
    """Return that of a source whose error fades as the gap does, which holds what is left of it, and comes anew.

    What comes anew is as large as an AR(1) process needs that keeps its sd.
    """
    return math.sqrt(1.0 - kept**2)


@dataclass
class Mechanism:
    """Forecasts by members that are fitted to what was known; what was run last is kept for other panels and horizons.

    Parameters
    ----------
    members, seed : int
    jobs : int, optional
        As in `tiau.simulate`.
    """

    members: int = MEMBERS
    seed: int = SEED
    jobs: int | None = None
    _kept: dict[tuple[str, int, int], Ahead | None] = field(default_factory=dict, repr=False)

    def forecast(self, now: Situation, lead: Floats, otherwise: Floats) -> Floats:
        """Return the quantiles of places (place, level); `otherwise` of those that the model has nothing to say of.

        Parameters
        ----------
        now : Situation
        lead : float array (place,), days
        otherwise : float array (place, level), persons
        """
        found = self.ahead(now, math.ceil(max(float(lead.max()), FARTHEST)))
        quantiles = otherwise.copy()
        if found is None:
            return quantiles
        for row, place in enumerate(now.panel.places):
            number = found.rows.get((now.panel.quantity, place))
            if number is not None:
                quantiles[row] = weighted(
                    np.exp(rebased(found, number, float(lead[row]))), [WEIGHTS[name] for name in COURSES]
                )
        return quantiles

    def ahead(self, now: Situation, days: int) -> Ahead | None:
        """Return what members have ahead of a panel's origin for so many days; None where they cannot be run."""
        if not speaks_of(now.scenario):
            return None
        origin = dt.date.fromordinal(now.panel.origin)
        key = now.scenario.known_by(origin).digest(), now.panel.origin, days
        if key not in self._kept:
            self._kept.clear()
            self._kept[key] = None
            with suppress(InputError):
                self._kept[key] = ahead(
                    now.scenario, origin, days, members=self.members, seed=self.seed, jobs=self.jobs
                )
        return self._kept[key]


def rebased(
    found: Ahead, row: int, lead: float, *, share: float = SHARE, memory: float | None = None, errors: Errors = fading
) -> Floats:
    """Return logs of what a source would say of a place so many days ahead (course, member).

    Each member is moved by a share of the gap between the log of the last figure and what it had itself on that day;
    after `memory` days 1/e of that is left.

    Parameters
    ----------
    found : Ahead
    row : int
    lead : float, days
    share : float
    memory : float, optional
        Days; by default those of its class.
    errors : callable
    """
    logs = found.logs[:, row]
    right = int(np.clip(np.searchsorted(found.days, lead), 1, found.days.size - 1))
    before, after = found.days[right - 1 : right + 1]
    part = float(np.clip((lead - before) / (after - before), 0.0, 1.0))
    then = (1 - part) * logs[:, right - 1] + part * logs[:, right]
    error = found.noise[row] * found.normals[row]
    if math.isnan(found.last[row]):
        return np.asarray(then + error)
    gap = math.log(max(found.last[row], FEWEST_PEOPLE)) - found.seen[row]
    kept = share * math.exp(-(found.since[row] + lead) / (memory or found.memory[row]))
    return np.asarray(then + kept * gap + errors(kept) * error)


def mixed_weights(courses: int) -> list[float]:
    """Return the weights of the mixture, one for each of so many courses; what is expected beside them has none."""
    return [*WEIGHTS.values(), *[0.0] * (courses - len(WEIGHTS))]


def weighted(values: Floats, weights: Sequence[float], levels: Floats = LEVELS) -> Floats:
    """Return the quantiles (level,) of a mixture of courses (course, member) with weights."""
    counting = np.asarray(weights) > 0
    weight = np.repeat(np.asarray(weights)[counting] / values.shape[1], values.shape[1])
    values = values[counting].ravel()
    order = np.argsort(values, kind="stable")
    ordered, weight = values[order], weight[order]
    return np.asarray(np.interp(levels, (np.cumsum(weight) - weight / 2) / weight.sum(), ordered))
