"""What bands of mizoram-2021 hold: with the old and the new events, and on figures that a fit had not seen.

Logs of figures are floored at half a person; the log score is the mean log density of the log of the figure.
Run: python verification/bands.py hindcast [ORIGIN [LAST]] [--members 200] [--seeds 1,2,3] [--fill TIMES]
     python verification/bands.py events OLD_EVENTS.csv [--members 200]
hindcast fits to what was known by ORIGIN (2021-12-31) and scores figures of later days, until LAST (the end); events
and acts of later days are given. Fits of a few minutes. With --fill camps and places of reception abroad hold so many
times the people whom the packaged posterior has there at the end of 2021, at least 50: what camps that fill would gain.
OLD_EVENTS.csv is the table of events as it was: git show COMMIT:src/tiau/scenario/library/mizoram-2021/events.csv
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import tiau
from tiau.calibration.fit import fit
from tiau.evaluation.coverage import NAMED, Coverage, covered
from tiau.loading import locate
from tiau.observations.ledger import Placement
from tiau.results.variables import QUANTILES
from tiau.scenario.model import Scenario
from tiau.scenario.settings import Setting

SCENARIO = "mizoram-2021"
KNOWN = dt.date(2021, 12, 31)
SEEDS = (1, 2)
RATES = (1.0, 0.81)
ALL = "all"
CLASSES = ("state", "district", "village", "inside township", "inside region", ALL)
LEVELS = (0.05, 0.5, 0.95)
MEDIAN = QUANTILES.index(0.5)
FEWEST_ROOM = 50
HEADER = f"{'n':>4} {'90%':>5} {'80%':>5} {'50%':>5} {'+/-':>7} {'width':>6} {'CRPS':>6} {'log':>7} {'bias':>6}"
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
    for name in CLASSES:
        of_class = [row for row in rows if name in (class_name(result.placements[row]), ALL)]
        if not of_class:
            continue
        yield name, in_words(covered(result, of_class))


def in_words(found: Coverage) -> str:
    """Return the scores of some figures as the columns of `HEADER`."""
    shares = " ".join(f"{found.inside[level] / max(found.figures, 1):>5.2f}" for level in (90, 80, 50))
    scores = f"{found.width:>6.1f} {found.crps:>6.2f} {found.log_score:>7.2f} {found.bias:>+6.2f}"
    return f"{found.figures:>4} {shares} {found.above:>3}/{found.below:<3} {scores}"


def filling(scenario: Scenario, times: float, seed: int) -> Scenario:
    """Return the scenario with room abroad for so many times the people of the end of 2021, the median of members."""
    result = tiau.simulate(scenario, seed=seed)
    present = result.everybody[MEDIAN, result.days.index(KNOWN)]
    home = {scenario.places[place].country for place in scenario.residents.place}
    places = tuple(
        place.model_copy(update={"capacity": float(max(round(times * people), FEWEST_ROOM))})
        if place.country not in home and place.kind in ("camp", "reception") else place
        for place, people in zip(scenario.places, present, strict=True)
    )  # fmt: skip
    return scenario.model_copy(update={"places": places})


def hindcast(scenario: Scenario, origin: dt.date, last: dt.date, members: int, seeds: list[int]) -> None:
    """Print how figures of later days are covered by what a fit to an earlier day knew."""
    scenario = scenario.without_posterior()
    print(f"Fitted to what was known by {origin}, figures of later days until {last}, {members} members")
    for seed in seeds:
        begun, used = time.perf_counter(), time.process_time()
        fitted = fit(scenario, until=origin, members=members, seed=seed)
        spent = f"{time.perf_counter() - begun:.0f} s, {time.process_time() - used:.0f} s of processors"
        print(f"\nseed {seed}: fitted to {len(fitted.evidence.rows)} figures in {spent}\n{'':<20} {HEADER}")
        result = tiau.simulate(fitted.scenario, members=members, seed=seed)
        later = [
            row for row, placement in enumerate(result.placements)
            if placement.counted and placement.report.bound in NAMED
            and origin < placement.report.as_of.end <= last and placement.report.known_on > origin
        ]  # fmt: skip
        for name in CLASSES:
            rows = [row for row in later if name in (class_name(result.placements[row]), ALL)]
            if rows:
                print(f"{name:<20} {in_words(covered(result, rows))}", flush=True)
        for row in later:
            report, (low, middle, high) = result.placements[row].report, np.quantile(result.figures[row], LEVELS)
            verdict = "" if low <= report.value <= high else "MISSED"
            said = f"{report.report} {report.as_of!s:<22} {report.quantity:<18} {report.place:<28.28}"
            print(f"  {said} {report.value:>8,.0f}  {middle:>8,.0f} ({low:,.0f} to {high:,.0f}) {verdict}", flush=True)


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
                    print(f"{part:<20} {HEADER}")
                    for name, scores in scored(result, part):
                        print(f"{name:<20} {scores}", flush=True)


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("hindcast", "events"))
    parser.add_argument("what", nargs="*")
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--fill", type=float)
    asked = parser.parse_args()
    if asked.part == "events":
        events(Path(asked.what[0]), asked.members)
        return
    days = [dt.date.fromisoformat(day) for day in asked.what]
    origin, last = (*days, *(KNOWN, dt.date.max)[len(days) :])
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    scenario = tiau.load(SCENARIO)
    filled = filling(scenario, asked.fill, seeds[0]) if asked.fill else scenario
    hindcast(filled, origin, last, asked.members, seeds)


if __name__ == "__main__":
    main()
