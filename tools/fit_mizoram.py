"""Search the parameters of mizoram-2021 that fit the state's exact figures known by the end of 2021.

Seven figures (place Mizoram, all people, present or arrived_cumulative, exact, from 29 March 2021), four
numbers, expectations, mean squared log error; Nelder-Mead in the log of the parameters from several starts
spread over the bounds. Figures of 2022 play no part. Run: python tools/fit_mizoram.py [STARTS]
"""

from __future__ import annotations

import datetime as dt
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from scipy.optimize import minimize
from scipy.stats import qmc

import tiau
from tiau.scenario.model import Scenario, Setting
from tiau.scores import series_rows

BOUNDS = {
    "departure_rate": (2e-5, 2e-3),
    "event_memory_days": (10, 250),
    "national_event_weight": (0.02, 1),
    "return_rate": (1e-5, 1e-2),
}


def with_values(scenario: Scenario, names: tuple[str, ...], numbers: np.ndarray) -> Scenario:
    """Return the scenario with parameters set."""
    settings = {name: Setting(value=float(x), why="search") for name, x in zip(names, numbers, strict=True)}
    parameters = {**scenario.settings.parameters, **settings}
    return scenario.model_copy(update={"settings": scenario.settings.model_copy(update={"parameters": parameters})})


def loss(logs: np.ndarray) -> float:
    """Return the mean squared log error over the figures, with a wall at the bounds."""
    low, high = np.log(np.array(list(BOUNDS.values())).T)
    inside = np.clip(logs, low, high)
    result = tiau.simulate(with_values(SCENARIO, tuple(BOUNDS), np.exp(inside)), chance=False, jobs=1)
    rows = series_rows(result.entries, SCENARIO.settings.series)
    errors = [np.log(result.truth[row, 0] / result.entries[row].report.value) for row in rows]
    return float(np.mean(np.square(errors)) + np.sum((logs - inside) ** 2))


def search(start: np.ndarray) -> tuple[np.ndarray, float, int]:
    """Run one search and return parameters, root mean square log error and the number of runs."""
    found = minimize(loss, start, method="Nelder-Mead", options={"xatol": 0.01, "fatol": 1e-5, "maxfev": 220})
    return np.exp(found.x), float(np.sqrt(found.fun)), found.nfev


SCENARIO = tiau.load("mizoram-2021").until(dt.date(2021, 11, 11))

if __name__ == "__main__":
    starts = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    low, high = np.log(np.array(list(BOUNDS.values())).T)
    points = qmc.scale(qmc.LatinHypercube(len(BOUNDS), rng=1).random(starts), low, high)
    print(f"{'start':>6} {'runs':>5} {'rms log error':>14}  " + "  ".join(f"{name:>22}" for name in BOUNDS))
    with ProcessPoolExecutor(2) as pool:
        for number, (values, error, runs) in enumerate(pool.map(search, points)):
            print(
                f"{number:>6} {runs:>5} {error:>14.4f}  " + "  ".join(f"{x:>22.4g}" for x in values),
                flush=True,
            )
