"""Fit the parameters of the cold start to the six cases of ../shared/flee-cases, leaving one conflict out at a time.

For each form of the choice: 512 points of a Sobol sequence over the bounds, then five rounds in which every fold puts
twelve normal points around each of its two best, with half the width each time; bounds hold, the numbers are the same
each time. Every point is run on every case by the engine, as expectations at full scale. A fold takes the point with
the least mean averaged relative difference (normal) over the five conflicts that it sees, wherever it came from, and
is scored on the sixth. The last fold sees all six; its constants in forms room-linear and free-linear are those of
`tiau flee --model destinations`. Flee and plain guesses on the same cases: python verification/cold_start.py

A full camp keeps a thousandth of its pull (`room_floor`), so that people overfill camps where all are full: without it
those whom no camp takes wait, and the search likes to hide people in that way, because counts fall and nobody leaves.
Run: python tools/fit_cold_start.py [FORM ...]
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from scipy.stats import qmc

from tiau import flee
from tiau.flee.accuracy.scores import averaged_difference
from tiau.flee.destinations import ColdStart, cold_start, present, variants

CASES = Path(__file__).resolve().parents[2] / "shared" / "flee-cases"
NAMES = ("burundi2015", "car2013", "mali2012", "nigeria2016", "ssudan2013", "syria2013")
POINTS, ROUNDS, BEST, AROUND, WIDTH = 512, 5, 2, 12, 0.15
BATCH = 64
# Bounds; those marked so are searched in the log.
BOUNDS = {
    "distance_decay": (1e-4, 1e-2), "crowd_power": (0.0, 1.5), "crowd_floor": (1e-3, 1.0), "entry_bonus": (-1.0, 2.0),
    "room_scale": (0.7, 5.0), "room_power": (0.1, 4.0),
}  # fmt: skip
IN_LOG = {"distance_decay", "crowd_floor", "room_scale", "room_power"}


@dataclass(frozen=True)
class Form:
    """A form of the choice: which parameters are searched, which are fixed, how capacities are known.

    `noise` is the sd of the log of factors on the capacities that the search sees, in `draws` draws; the scores are
    with the capacities as they are.
    """

    what: str
    capacity: bool
    free: tuple[str, ...]
    fixed: dict[str, float] = field(default_factory=dict)
    noise: float = 0.0
    draws: int = 1


CROWD = ("distance_decay", "crowd_power", "crowd_floor")
FORMS = {
    "free-distance": Form("distance alone", False, CROWD[:1], {"crowd_power": 0, "entry_bonus": 0}),
    "free-crowd": Form("distance and crowds", False, CROWD, {"entry_bonus": 0}),
    "free-study": Form("the study's form", False, (*CROWD, "entry_bonus")),
    "free-linear": Form("the study's form, phi = 1", False, ("distance_decay", "crowd_floor", "entry_bonus"),
                        {"crowd_power": 1}),
    "room-distance": Form("distance and room", True, ("distance_decay", "room_scale"),
                          {"crowd_power": 0, "entry_bonus": 0, "room_power": 1}),
    "room-study": Form("the study's form, kappa = 1", True, (*CROWD, "room_scale"),
                       {"entry_bonus": 0, "room_power": 1}),
    "room-linear": Form("the study's form, kappa = 1, phi = 1", True, ("distance_decay", "crowd_floor", "room_scale"),
                        {"crowd_power": 1, "entry_bonus": 0, "room_power": 1}),
    "room-full": Form("the study's form, all six", True, (*CROWD, "entry_bonus", "room_scale", "room_power")),
    "room-noise": Form("the study's form, kappa = 1, fitted under noise", True, (*CROWD, "room_scale"),
                       {"entry_bonus": 0, "room_power": 1}, noise=0.5, draws=5),
}  # fmt: skip


def scores(cold: ColdStart, points: list[dict[str, float]]) -> np.ndarray:
    """Return the averaged relative difference (normal) of a case at each point (point,)."""
    data = cold.newcomers.data.astype(np.float64)
    found = []
    for first in range(0, len(points), BATCH):
        there, _ = present(cold, variants(cold, points[first : first + BATCH]))
        found += [averaged_difference(there[:, :, member], data) for member in range(there.shape[2])]
    return np.array(found)


def with_noise(cold: ColdStart, sd: float, draw: int) -> ColdStart:
    """Return a case with its capacities multiplied by log-normal factors of median 1."""
    options = cold.model.options
    factor = np.exp(sd * np.random.default_rng([draw, *cold.case.name.encode()]).standard_normal(options.place.size))
    return replace(cold, model=replace(cold.model, options=options._replace(room_of=options.room_of * factor)))


@dataclass
class Search:
    """Points tried so far (point, parameter) in the unit cube, and what each fold sees of them (point, case)."""

    form: Form
    cases: list[ColdStart]
    seen: list[list[ColdStart]]
    points: np.ndarray
    table: np.ndarray

    def values(self, points: np.ndarray) -> list[dict[str, float]]:
        """Return points of the unit cube as parameters."""
        rows = []
        for point in points:
            row = dict(self.form.fixed)
            for name, share in zip(self.form.free, point, strict=True):
                low, high = BOUNDS[name]
                row[name] = float(low * (high / low) ** share if name in IN_LOG else low + (high - low) * share)
            rows.append(row)
        return rows

    def add(self, points: np.ndarray) -> None:
        """Try points."""
        rows = self.values(points)
        table = [np.mean([scores(one, rows) for one in draws], axis=0) for draws in self.seen]
        self.points = np.concatenate([self.points, points])
        self.table = np.concatenate([self.table, np.array(table).T])

    def ranks(self, fold: int) -> np.ndarray:
        """Return the points from best to worst by the mean over the conflicts that a fold sees."""
        seen = [number for number in range(len(self.cases)) if number != fold]
        return np.argsort(self.table[:, seen].mean(1), kind="stable")


def search(form: Form) -> Search:
    """Search the parameters of a form for all folds at once; fold 6 leaves nobody out."""
    cases = [cold_start(flee.load(CASES / name), capacity=form.capacity) for name in NAMES]
    seen = [[with_noise(cold, form.noise, draw) for draw in range(form.draws)] if form.noise else [cold]
            for cold in cases]  # fmt: skip
    size = len(form.free)
    found = Search(form, cases, seen, np.zeros((0, size)), np.zeros((0, len(cases))))
    found.add(qmc.Sobol(size, rng=1).random(POINTS))
    random = np.random.default_rng(1)
    for turn in range(ROUNDS):
        best = np.unique(np.concatenate([found.ranks(fold)[:BEST] for fold in range(len(NAMES) + 1)]))
        steps = random.standard_normal((best.size, AROUND, size)) * WIDTH / 2**turn
        found.add(np.clip(found.points[best][:, None] + steps, 0, 1).reshape(-1, size))
    return found


def show(name: str, form: Form) -> None:
    """Search a form and print its constants and differences by fold."""
    begun = time.perf_counter()
    found = search(form)
    chosen = found.values(found.points[[found.ranks(fold)[0] for fold in range(len(NAMES) + 1)]])
    of_all = np.array([[scores(cold, [row])[0] for cold in found.cases] for row in chosen])
    outside, inside = of_all.diagonal(), of_all[-1]
    print(f"\n{name}: {form.what}; {'with' if form.capacity else 'without'} capacities; {len(found.points)} points, "
          f"{time.perf_counter() - begun:.0f} s")  # fmt: skip
    print(f"{'left out':<14} {'left out':>8} {'fitted':>8} {'all six':>8}  "
          + " ".join(f"{parameter:>15}" for parameter in form.free))  # fmt: skip
    for number, (case, row) in enumerate(zip(NAMES, chosen, strict=False)):
        seen = np.delete(of_all[number], number).mean()
        print(f"{case:<14} {outside[number]:>8.4f} {seen:>8.4f} {inside[number]:>8.4f}  "
              + " ".join(f"{row[parameter]:>15.5g}" for parameter in form.free))  # fmt: skip
    print(f"{'mean; all six':<14} {outside.mean():>8.4f} {'':>8} {inside.mean():>8.4f}  "
          + " ".join(f"{chosen[-1][parameter]:>15.5g}" for parameter in form.free))  # fmt: skip
    spread = [[row[parameter] for row in chosen[:-1]] for parameter in form.free]
    print(f"{'folds differ by':<41}  " + " ".join(f"{max(x) - min(x):>15.2g}" for x in spread), flush=True)


def main() -> None:
    """Fit the forms named, or all."""
    if not CASES.exists():
        sys.exit("../shared/flee-cases is not there, so there is nothing to fit to")
    for name in sys.argv[1:] or FORMS:
        show(name, FORMS[name])


if __name__ == "__main__":
    main()
