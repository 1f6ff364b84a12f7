"""Are cases of Flee's as good when they are scenarios? Those of ../shared/flee-cases under our rules, by both ways.

Run: python verification/converted_cases.py

For each case the averaged relative difference (normal) of camps that are reported: of the game that
verification/cold_start.py plays with the shipped constants, and of the scenario that the case is converted into, as
expectations and as the median of an ensemble. Ends with 1 if the mean of either lies more than 0.02 above the game's.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

import tiau
from tiau import flee
from tiau.flee.accuracy.scores import averaged_difference
from tiau.flee.case.counts import counts
from tiau.flee.conversion import scenario_of
from tiau.flee.destinations import FITTED_TO, simulate_destinations

CASES = Path(__file__).resolve().parents[2] / "shared" / "flee-cases"
MEMBERS, CLOSE = 100, 0.02


def differences(name: str) -> tuple[float, float, float]:
    """Return the differences of a case: the game, the scenario without chance, the median of its members."""
    case = flee.load(CASES / name)
    game = simulate_destinations(case)
    scenario = scenario_of(case)
    row = {label.name: number for number, label in reversed(list(enumerate(case.labels)))}
    at = [[place.place for place in scenario.places].index(camp) for camp in game.camps]
    known = counts(case, hasten=1, days=case.days)
    data = np.array([known[row[camp]] if camp in row else np.zeros(case.days) for camp in game.camps], float).T
    found = [averaged_difference(game.present[:, :, 0], game.data.astype(np.float64))]
    for chance in (False, True):
        result = tiau.simulate(scenario, members=MEMBERS, seed=1, chance=chance)
        middle = len(result.everybody) // 2
        found.append(averaged_difference(result.everybody[middle][:, at].astype(np.float64), data))
    return found[0], found[1], found[2]


def main() -> None:
    """Print the table and judge."""
    if not CASES.is_dir():
        sys.exit("../shared/flee-cases is not there, so there is nothing to verify with")
    rows = {name: differences(name) for name in FITTED_TO}
    rows["mean"] = tuple(np.mean(list(rows.values()), axis=0))
    print(f"{'averaged relative difference (normal)':<40}{'game':>10}{'scenario':>10}{'members':>10}")
    for name, values in rows.items():
        print(f"{name:<40}" + "".join(f"{value:>10.4f}" for value in values))
    sys.exit(int(max(rows["mean"][1:]) > rows["mean"][0] + CLOSE))


if __name__ == "__main__":
    main()
