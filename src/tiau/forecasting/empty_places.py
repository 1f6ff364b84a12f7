"""How many people will be in places that have nobody by their last figure: how large such places become elsewhere."""

from __future__ import annotations

import numpy as np

from tiau.forecasting.history import Floats
from tiau.forecasting.quantiles import NORMAL
from tiau.forecasting.situation import Situation

PARAMETERS = ("size", "log_spread", "by_arrivals", "by_days")
USUAL_DAYS = 90
LEAST_GROWTH, MOST_GROWTH, LOG_USUAL_GROWTH = 0.02, 1.5, -2.0


def forecast(parameters: Floats, now: Situation, lead: Floats) -> Floats:
    """Return the quantiles of a place that has nobody (place, level): log-normal around the usual size of a place.

    The log of the ratio to it is size + by_arrivals (log(x + .02) + 2) + by_days log(lead/90), of normal spread
    exp(log_spread), x being the people who arrive until then as a share of all, at most 1.5.

    Parameters
    ----------
    parameters : float array (4,)
        In the order of `PARAMETERS`.
    now : Situation
    lead : float array (place,), days
    """
    size, log_spread, by_arrivals, by_days = parameters
    growth = np.minimum(now.arrivals * lead / max(now.total, 1.0), MOST_GROWTH)
    middle = size + by_arrivals * (np.log(growth + LEAST_GROWTH) - LOG_USUAL_GROWTH)
    middle = middle + by_days * np.log(lead / USUAL_DAYS)
    return np.asarray(now.usual * np.exp(middle[:, None] + np.exp(log_spread) * NORMAL))
