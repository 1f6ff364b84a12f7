"""What figures alone say of days ahead, drawn for each member: the statistical half of a forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from tiau.forecasting.constants import stored
from tiau.forecasting.history import Floats, History
from tiau.forecasting.methods import statistical
from tiau.forecasting.quantiles import joint
from tiau.forecasting.situation import Situation
from tiau.scenario.model import Scenario

FARTHEST = 210
"""Days ahead up to which trends were checked."""


def by_figures(
    scenario: Scenario, origin: dt.date, days: Sequence[int], members: int, seed: int
) -> dict[tuple[str, str], Floats]:
    """Return what the method `statistical` gives, as joint draws.

    A member that is high at a place on one day is so on all others.

    Parameters
    ----------
    scenario : Scenario
        Of which what was known on the origin is looked at.
    origin : date
    days : sequence of int
        Days ahead.
    members, seed : int

    Returns
    -------
    dict of (str, str) to float array (day, member), persons
        By quantity and place, of all that have figures and are not all empty.
    """
    constants = stored().constants_for(scenario)
    about = f"{scenario.name}\n{origin}\n{seed}"
    found = {}
    for panel in History(scenario).at(origin.toordinal()):
        if not panel.last.any():
            continue
        now, names = Situation(panel, scenario), [f"{panel.quantity} {place}" for place in panel.places]
        leads = [np.full(now.count, float(np.clip(day, 1, FARTHEST))) for day in days]
        draws = [joint(statistical(now, lead, constants), names, about, members) for lead in leads]
        for place, of in zip(panel.places, np.swapaxes(draws, 0, 1), strict=True):
            found[panel.quantity, place] = of
    return found
