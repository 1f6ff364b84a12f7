"""Where the width of a band comes from: parameters, weather, draws of movements, reporting."""

from __future__ import annotations

import numpy as np

from tiau.results.result import Result
from tiau.scenario.parameters import BY_NAME, values
from tiau.simulation import simulate

MEMBERS = 40


def sources_of_width(result: Result, *, jobs: int | None = None) -> dict[str, float]:
    """Return the share of each source in the variance of the log of people present at the end of a run.

    Two small ensembles with one source switched on at a time, beside one with movements alone; the place
    is that of the scenario's series. The noise of reporting is added for a figure of that day.

    Parameters
    ----------
    result : Result
    jobs : int, optional

    Returns
    -------
    dict of str to float
        Shares that sum to 1, by source; empty without a series or without chance.
    """
    scenario = result.network.scenario
    if scenario.settings.series is None or not result.chance:
        return {}
    place = scenario.settings.series.place
    if not result.network.names.members(place):
        return {}

    def variance(*vary: str) -> float:
        run = simulate(scenario, members=MEMBERS, seed=result.seed, jobs=jobs, vary=vary)
        return float(np.var(np.log(np.maximum(run.area(place)[-1], 0.5))))

    parameter = values(scenario.settings.parameters)
    movements = variance()
    parts = {
        "parameters": max(variance("parameters") - movements, 0.0),
        "weather (events and days)": max(variance("weather") - movements, 0.0),
        "movements": movements,
        "reporting": parameter["noise_register_sd"] ** 2 + BY_NAME["coverage_register"].spread ** 2,
    }
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}
