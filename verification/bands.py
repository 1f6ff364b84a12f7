"""What bands of mizoram-2021 hold with the old and the new events, all else as it is where this runs.

The log score is the log chance of the count as reported, so that larger counts have less of it: compare rows alike.
Run: python verification/bands.py events OLD_EVENTS.csv [MEMBERS]
OLD_EVENTS.csv is the table of events as it was: git show COMMIT:src/tiau/scenario/library/mizoram-2021/events.csv
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import tiau
from tiau.evaluation.coverage import NAMED, covered
from tiau.loading import locate
from tiau.observations.ledger import Placement
from tiau.scenario.model import Scenario
from tiau.scenario.settings import Setting

SCENARIO = "mizoram-2021"
KNOWN = dt.date(2021, 12, 31)
SEEDS = (1, 2)
RATES = (1.0, 0.81)
ALL = "all"
CLASSES = ("state", "district", "village", "inside township", "inside region", ALL)
PARTS_OF_TIME = ("known by 2021-12-31", "as of 2022")


def with_events(path: Path) -> Scenario:
    """Return the scenario with another table of events."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / SCENARIO
        shutil.copytree(locate(SCENARIO), copied)
        shutil.copyfile(path, copied / "events.csv")
        return tiau.load(copied)


def with_rate(scenario: Scenario, factor: float) -> Scenario:
    """Return the scenario with departures at another level, without what a fit learned at the old one."""
    value = scenario.values["departure_rate"] * factor
    parameters = {**scenario.settings.parameters, "departure_rate": Setting(value=value, why="sensitivity")}
    settings = scenario.settings.model_copy(update={"parameters": parameters})
    return scenario.model_copy(update={"settings": settings, "posterior": None})


def class_name(placement: Placement) -> str:
    """Return the row that a figure belongs to: the level of its place, townships and regions inside apart."""
    level = placement.figure_class.level
    if placement.figure_class.quantity != "inside":
        return level
    return "inside region" if level == "state" else "inside township"


def in_time(placement: Placement, part: str) -> bool:
    """Whether a figure belongs to what was known in 2021, or speaks of 2022."""
    if part == PARTS_OF_TIME[0]:
        return placement.report.known_on <= KNOWN
    return placement.report.as_of.start > KNOWN


def scored(result: tiau.Result, part: str) -> Iterator[tuple[str, str]]:
    """Yield each class and its scores in words; copies and bounds do not count."""
    rows = [
        row for row, placement in enumerate(result.placements)
        if placement.counted and placement.report.bound in NAMED and in_time(placement, part)
    ]  # fmt: skip
    fits = result.fits
    for name in CLASSES:
        of_class = [row for row in rows if name in (class_name(result.placements[row]), ALL)]
        if not of_class:
            continue
        found = covered(result, of_class)
        likely = np.mean([fits[row].log_likelihood for row in of_class])
        shares = " ".join(f"{found.inside[level] / found.figures:>5.2f}" for level in (90, 80, 50))
        yield name, f"{found.figures:>4} {shares} {found.crps:>6.2f} {likely:>7.2f} {found.bias:>+6.2f}"


def events(before: Path, members: int) -> None:
    """Print how figures are covered with the old events and with the new ones, at two levels of departures."""
    tables = {"old": with_events(before), "new": tiau.load(SCENARIO)}
    print(f"Independent two-sided figures, {members} members, logs floored at .5 persons")
    for factor in RATES:
        for title, scenario in tables.items():
            for seed in SEEDS:
                result = tiau.simulate(with_rate(scenario, factor), members=members, seed=seed)
                print(f"\n{len(scenario.events)} {title} events, departure_rate x {factor}, seed {seed}")
                for part in PARTS_OF_TIME:
                    print(f"{part:<20} {'n':>4} {'90%':>5} {'80%':>5} {'50%':>5} {'CRPS':>6} {'log':>7} {'bias':>6}")
                    for name, scores in scored(result, part):
                        print(f"{name:<20} {scores}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "events":
        sys.exit(__doc__)
    events(Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 200)
