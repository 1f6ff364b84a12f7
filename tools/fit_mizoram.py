"""Search the numbers of mizoram-2021 that fit what was known by the end of 2021 of totals and composition.

Six numbers: four parameters, and the share and departure multiplier of the group of police and officials.
Fitted to seven figures (place Mizoram, all people, present or arrived_cumulative, exact, from 29 March 2021: log
errors) and to what was said of who the first arrivals were (`COMPOSITION`: errors of the share), by least squares in
the logs of the numbers, each kind of evidence by its mean square. A run is the mean of members that differ in their
movements alone (parameters and shocks as in expectations, for a tenth of the time). Figures of 2022 play no part.
Run: python tools/fit_mizoram.py [STARTS]; 0 starts show how the scenario as it stands does.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import qmc

import tiau
from tiau.evaluation.scores import series_rows
from tiau.scenario.model import Scenario
from tiau.scenario.settings import Setting

BOUNDS = {
    "departure_rate": (2e-5, 1e-3),
    "event_memory_days": (10, 250),
    "national_event_weight": (0.02, 1),
    "return_rate": (1e-5, 1e-2),
    "police share": (1e-4, 1e-2),
    "police multiplier": (10, 20_000),
}
POLICE = "Police and officials"
STEP = 0.05
MEMBERS = 6


class Said(NamedTuple):
    """What reports say of the share of police and officials among those who had come to Mizoram by a day."""

    day: dt.date
    share: float
    bound: str
    reports: str


COMPOSITION = (
    Said(dt.date(2021, 3, 5), 11 / 16, "exact", "R009 of R008: 11 of 16"),
    Said(dt.date(2021, 3, 7), 0.5, "at_least", "R020: mostly police and families"),
    Said(dt.date(2021, 3, 10), 0.5, "at_least", "R022: mostly police and families"),
    Said(dt.date(2021, 3, 15), 0.5, "at_least", "R024: 98% say so, unverified; counted as most"),
    Said(dt.date(2021, 3, 16), 0.5, "exact", "R027 of R026: 150 of 300"),
    Said(dt.date(2021, 3, 19), 0.5, "at_most", "R031: most are civilians"),
)


STOPPED = dt.date(2021, 3, 19), dt.date(2021, 3, 29)
"""R031: on the first of these days the number of police no longer rises."""


def with_numbers(scenario: Scenario, numbers: np.ndarray) -> Scenario:
    """Return the scenario with the six numbers set."""
    *parameters, share, multiplier = (float(x) for x in numbers)
    settings = {name: Setting(value=x, why="search") for name, x in zip(BOUNDS, parameters, strict=False)}
    police = {"share": share, "departure_multiplier": multiplier}
    groups = tuple(
        group.model_copy(update=police if group.group == POLICE else {"share": 1 - share}) for group in scenario.groups
    )
    parameter = {**scenario.settings.parameters, **settings}
    return scenario.model_copy(
        update={"groups": groups, "settings": scenario.settings.model_copy(update={"parameters": parameter})}
    )


def run(scenario: Scenario) -> tiau.Result:
    """Run members that differ in their movements alone."""
    return tiau.simulate(scenario, members=MEMBERS, vary=(), jobs=1)


def police_shares(result: tiau.Result) -> np.ndarray:
    """Return the share of police and officials among entries into Mizoram on the days of `COMPOSITION`."""
    by_class = result.entries_by_class[:, [result.network.day_index(said.day) for said in COMPOSITION]].mean(-1)
    shares: np.ndarray = by_class[result.risk_classes.index(POLICE.lower())] / by_class.sum(0)
    return shares


def still_coming(result: tiau.Result) -> float:
    """Return the share of the police who entered by the second day of `STOPPED` that came after the first."""
    police = result.entries_by_class[result.risk_classes.index(POLICE.lower())].mean(-1)
    first, last = (police[result.network.day_index(day)] for day in STOPPED)
    return float(1 - first / last)


def errors(logs: np.ndarray) -> np.ndarray:
    """Return the errors of totals and of shares, each over the root of how many there are."""
    result = run(with_numbers(SCENARIO, np.exp(logs)))
    rows = series_rows(result.placements, SCENARIO.settings.series)
    totals = [np.log(result.truth[row].mean() / result.placements[row].report.value) for row in rows]
    off = police_shares(result) - [said.share for said in COMPOSITION]
    bounds = np.array([said.bound for said in COMPOSITION])
    off = np.where(bounds == "at_least", np.minimum(off, 0), np.where(bounds == "at_most", np.maximum(off, 0), off))
    off = np.append(off, still_coming(result))
    return np.concatenate([np.array(totals) / np.sqrt(len(totals)), off / np.sqrt(off.size)])


def search(start: np.ndarray) -> tuple[np.ndarray, float, float, int]:
    """Run one search; return the numbers, the root mean square errors of totals and shares, and how many steps."""
    low, high = np.log(np.array(list(BOUNDS.values())).T)
    found = least_squares(
        errors, start, bounds=(low - 1e-9, high + 1e-9), diff_step=STEP / np.maximum(np.abs(start), 1e-9),
        xtol=0.003, ftol=0.003, gtol=1e-5, max_nfev=12,
    )  # fmt: skip
    shares = found.fun[-len(COMPOSITION) - 1 :]
    totals = found.fun[: -shares.size]
    return np.exp(found.x), float(np.linalg.norm(totals)), float(np.linalg.norm(shares)), found.nfev


def show() -> None:
    """Print how the scenario as it stands does on what it was fitted to, by expectations."""
    result = run(SCENARIO)
    print("The scenario as it stands: reported, simulated")
    for row in series_rows(result.placements, SCENARIO.settings.series):
        report = result.placements[row].report
        numbers = f"{report.value:>7,.0f} {result.truth[row].mean():>7,.0f}"
        print(f"  {report.report} {report.as_of}  {report.quantity:<20} {numbers}")
    for said, share in zip(COMPOSITION, police_shares(result), strict=True):
        print(f"  {said.day} share of police {said.bound:>9} {said.share:.2f} {share:.2f}  {said.reports}")
    print(
        f"  {STOPPED[0]} share of them to come by {STOPPED[1]} 0.00 {still_coming(result):.2f}  R031: no longer rises"
    )


def search_all(starts: int) -> None:
    """Search from starts spread over the bounds and print what each comes to."""
    begun = time.perf_counter()
    low, high = np.log(np.array(list(BOUNDS.values())).T)
    points = qmc.scale(qmc.LatinHypercube(len(BOUNDS), rng=1).random(starts), low, high)
    print(f"start steps  totals  shares  {'  '.join(f'{name:>21}' for name in BOUNDS)}")
    with ProcessPoolExecutor(2) as pool:
        for number, (values, totals, shares, steps) in enumerate(pool.map(search, points)):
            numbers = "  ".join(f"{x:>21.4g}" for x in values)
            print(f"{number:>5} {steps:>5} {totals:>7.4f} {shares:>7.4f}  {numbers}", flush=True)
    print(f"{time.perf_counter() - begun:.0f} s")


SCENARIO = tiau.load("mizoram-2021").until(dt.date(2021, 11, 11))

if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    if wanted:
        search_all(wanted)
    show()
