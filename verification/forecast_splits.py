"""Forecasts of conflicts that constants have not seen, over every split of the six cases of ../shared/flee-cases.

Constants are fitted to four conflicts and scored on the other two, in all 15 ways, then fitted to three and scored on
three, in all 20; `tiau hindcast` leaves out one at a time. For each method: its CRPS against that of the trend, and
what its bands hold, means over the moving cases of all splits.
Run: python verification/forecast_splits.py
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np

import tiau
from tiau.forecasting import fitting, hindcast, outcome, summary
from tiau.forecasting.methods import USUAL
from tiau.forecasting.origins import EVERY

CASES = Path(__file__).resolve().parents[2] / "shared" / "flee-cases"
NAMES = ("burundi2015", "car2013", "mali2012", "nigeria2016", "ssudan2013", "syria2013")
MOST_LEFT_OUT = 3


def main() -> None:
    """Fit, score and print."""
    scenarios = {name: tiau.load(CASES / name) for name in NAMES}
    store = fitting.fit(list(scenarios.values()), MOST_LEFT_OUT + 1)
    print("| left out | splits | days | method | CRPS against trend, % | in 50% | in 80% | in 90% |")
    for number in range(1, MOST_LEFT_OUT + 1):
        lines: list[outcome.Line] = []
        splits = list(combinations(NAMES, number))
        for left in splits:
            cases = tuple(hindcast.of_case(scenarios[name], store.constants(left)) for name in left)
            moving = {case.name for case in cases if not summary.near_static(case, hindcast.HORIZONS)}
            found = summary.summary(cases, USUAL, hindcast.HORIZONS, EVERY)
            lines += [one for one in found if one.group in moving and one.segment == outcome.ALL]
        for horizon in hindcast.HORIZONS:
            of = {name: [one for one in lines if (one.method, one.horizon) == (name, horizon)] for name in USUAL}
            reference = np.mean([one.crps for one in of["trend"]])
            for name, chosen in of.items():
                versus = 100 * (np.mean([one.crps for one in chosen]) / reference - 1)
                inside = " | ".join(f"{100 * share:.0f}" for share in np.mean([one.covered for one in chosen], axis=0))
                print(f"| {number} | {len(splits)} | {horizon} | {name} | {versus:+.1f} | {inside} |")


if __name__ == "__main__":
    main()
