"""A scenario carried on beyond its end, so that a what-if shows what it does on days ahead."""

from __future__ import annotations

import datetime as dt

from tiau.forecasting.courses import AGAIN_DAYS, course, speaks_of
from tiau.scenario.model import Scenario

AS_SEVERE = 1.0


def carried_on(scenario: Scenario, horizon: int) -> Scenario:
    """Return a scenario whose last days happen again for so many days after its end; as it is where nobody knows.

    Parameters
    ----------
    scenario : Scenario
    horizon : int, days
        0 for none.
    """
    if not horizon or not speaks_of(scenario):
        return scenario
    end = scenario.settings.end
    settings = scenario.settings.model_copy(update={"end": end + dt.timedelta(horizon)})
    return course(scenario.model_copy(update={"settings": settings}), end, AS_SEVERE)


def assumed(scenario: Scenario, carried: Scenario) -> str:
    """Say what is assumed of the days after the end of a scenario; blank where there are none."""
    end, last = scenario.settings.end, carried.settings.end
    if last <= end:
        return ""
    again = min(AGAIN_DAYS, scenario.days)
    return (
        f"From {end} to {last} it is assumed that what happened in the last {again} days before happens again, as "
        "severe as it was, and that acts go on as they stand."
    )
