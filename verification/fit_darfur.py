"""A scenario made of sample exports alone, fitted to its first half: how many figures of the second half bands hold.

Exports do not say since when their figures were known; they are taken for known a fortnight after their last day.
Run: python verification/fit_darfur.py ../shared/exports [MEMBERS [SEED...]]
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tiau
from tiau.evaluation.coverage import coverage
from tiau.scenario.model import Scenario

START, END = dt.date(2023, 4, 15), dt.date(2024, 3, 31)
HALF = dt.date(2023, 9, 30)
EXPORTS = Path(__file__).resolve().parents[2] / "shared" / "exports"
KNOWN_AFTER = dt.timedelta(14)
ANSWERS = (
    "--place", "Chad", "--origin", "Sudan", "--quantity", "portal-timeseries-day.json=arrived_cumulative",
    "--quantity", "portal-timeseries-month.json=crossed_in_period", "--newer", "ged.csv",
)  # fmt: skip


def made(exports: Path, folder: Path) -> Scenario:
    """Return the scenario of Darfur and Chad out of every sample."""
    for command in (
        ("new", "darfur", "--start", START, "--end", END, "--home", "SDN", "--abroad", "TCD"),
        ("import", *sorted(exports.iterdir()), "--into", "darfur", *ANSWERS),
        ("routes", "darfur"),
    ):
        words = [sys.executable, "-c", "from tiau.cli.main import main; main()", *map(str, command)]
        subprocess.run(words, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    scenario = tiau.load(folder / "darfur")
    imported = max(report.known_on for report in scenario.reports)
    reports = tuple(
        report.model_copy(update={"known_on": report.as_of.end + KNOWN_AFTER})
        if report.known_on == imported
        else report
        for report in scenario.reports
    )
    return scenario.model_copy(update={"reports": reports})


def score(title: str, scenario: Scenario, members: int, seed: int) -> None:
    """Print how figures are covered, those of the first half and those of the second."""
    result = tiau.simulate(scenario, members=members, seed=seed)
    for part in coverage(result, HALF):
        for name, found in part.classes.items():
            if found.figures:
                shares = " ".join(f"{found.inside[level] / found.figures:.2f}" for level in (50, 80, 90))
                half = "first half" if part.fitted else "second half"
                print(
                    f"{title:<10} {half:<12} {name:<9} {found.figures:>4} {shares} {found.factor:>6.2f} "
                    f"{found.width:>8.1f} {found.crps:>5.2f} {found.log_score:>6.2f}", flush=True,
                )  # fmt: skip


def main(exports: Path, members: int, seeds: list[int]) -> None:
    """Print coverage before and after."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = made(exports, Path(folder))
    print(f"{'':<10} {'':<12} {'':<9} {'n':>4}  50%  80%  90%  ratio  p95/p05  CRPS    log")
    for seed in seeds:
        begun = time.perf_counter()
        done = tiau.fit(scenario, until=HALF, members=members, seed=seed)
        levels = ", ".join(f"{level:.3g}" for level in done.levels)
        print(f"seed {seed}: {done}, levels {levels}, {time.perf_counter() - begun:.0f} s")
        if seed == seeds[0]:
            score("prior", scenario, members, seed)
        score("fitted", done.scenario, members, seed)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    count, *chosen = [*map(int, sys.argv[2:]), *([200] if len(sys.argv) < 3 else [])]
    main(Path(sys.argv[1]), count, chosen or [1])
