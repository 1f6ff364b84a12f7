"""What expected values cost beside members with chance: whole runs, runs from a snapshot, and the phases of a day.

    python benchmarks/expectations.py [SCENARIO] [--times N]

Everything is timed in this process after one run that compiles; read ratios within one run, never seconds between
machines. Medians.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from statistics import median

import numpy as np

from tiau.engine.batch import batch_of
from tiau.engine.members import draw
from tiau.engine.start import model_of
from tiau.engine.streams import mixed
from tiau.loading import load
from tiau.scenario.model import Scenario
from tiau.scenario.network import build
from tiau.simulation import Simulation


def seconds(run: Callable[[], object]) -> float:
    """Return how long something takes."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def whole(scenario: Scenario, members: int, *, chance: bool) -> Simulation:
    """Run a scenario."""
    run = Simulation(scenario, members=members, chance=chance)
    run.go_on(jobs=1)
    run.result()
    return run


def expected(scenario: Scenario) -> tuple[float, float, float]:
    """Return how long it takes to make a run of expected values ready, to go through it, and to have its result."""
    begun = time.perf_counter()
    run = Simulation(scenario, chance=False)
    ready = time.perf_counter()
    run.go_on(jobs=1)
    through = time.perf_counter()
    run.result()
    return ready - begun, through - ready, time.perf_counter() - through


def from_snapshot(scenario: Scenario) -> Callable[[], object]:
    """Return a run of the second half of a scenario."""
    first = Simulation(scenario, chance=False)
    first.go_on(scenario.settings.start + dt.timedelta(scenario.days // 2 - 1), jobs=1)
    snapshot = first.snapshot()

    def resumed() -> None:
        run = Simulation(scenario, chance=False).resumed(snapshot)
        run.go_on(jobs=1)
        run.result()

    return resumed


def phases(scenario: Scenario) -> Counter[str]:
    """Return how long the phases of all days take without chance."""
    drawn = draw(scenario, members=1, seed=1, chance=False)
    batch = batch_of(model_of(build(scenario), drawn), drawn)
    taken: Counter[str] = Counter()
    keys = np.empty_like(batch.keys)
    for day in range(scenario.days):
        for phase in batch.model.phases:
            begun = time.perf_counter()
            mixed(batch.keys, np.array([day, phase.key], np.uint64), keys)
            phase.run(batch, keys, day)
            taken[phase.name] += time.perf_counter() - begun
    return taken


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Benchmark of expectations.")
    parser.add_argument("scenario", nargs="?", default="mizoram-2021")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    scenario = load(options.scenario)
    runs: dict[str, Callable[[], object]] = {
        "expected values": lambda: whole(scenario, 1, chance=False),
        "expected values, second half from a snapshot": from_snapshot(scenario),
        "1 member with chance": lambda: whole(scenario, 1, chance=True),
        "4 members with chance": lambda: whole(scenario, 4, chance=True),
    }
    for run in runs.values():
        run()
    taken = {name: median(seconds(run) for _ in range(options.times)) for name, run in runs.items()}
    print(f"{scenario.settings.name}, {scenario.days} days, one thread")
    for name, each in taken.items():
        print(f"{name:46} {each:7.3f} s {each / taken['4 members with chance']:6.2f}")
    parts = zip(*(expected(scenario) for _ in range(options.times)), strict=True)
    told = zip(("made ready", "gone through", "result"), map(median, parts), strict=True)
    print("expected values: " + ", ".join(f"{what} {each:.3f} s" for what, each in told))
    by_phase = phases(scenario)
    print("phases of expected values: " + ", ".join(f"{name} {each:.3f} s" for name, each in by_phase.most_common()))


if __name__ == "__main__":
    main()
