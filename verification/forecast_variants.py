"""What re-basing, courses of events, errors of sources and weights are worth in forecasts by the model of movements.

Run: python verification/forecast_variants.py [--members 120] [--seeds 1,2] [--set 2021,2022,darfur] [--keep FOLDER]

mizoram-2021 is forecast again from four origins of 2021, by what was known on each and set beside figures as they were
known at the end of 2021: these choose. Then from those of `tiau hindcast mizoram-2021 --first 2021-12-31`, and the
scenario that is made of ../shared/exports (fit_darfur.py), which chooses how much the model weighs too. At each
origin members are fitted and run on once (the cost: one to two minutes of two processors), and every variant goes by
them. Printed are the mean CRPS of logs over the figures of all panels and the shares of them that bands hold: of each
variant, then of the one that is in use and of plain methods by part of the figures, with the mean difference in CRPS of
logs (5 to 95% where origins are drawn again).
--keep: a folder for members that were run, from which they are taken the next time; for one version of Tiau.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import pickle
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from fit_darfur import EXPORTS, made

import tiau
from tiau.forecasting import hindcast, mechanism
from tiau.forecasting.ahead import Ahead
from tiau.forecasting.constants import Constants, stored
from tiau.forecasting.courses import COURSES
from tiau.forecasting.history import Bools, Floats
from tiau.forecasting.mechanism import FARTHEST, Errors, Mechanism, fading, rebased, weighted
from tiau.forecasting.methods import METHODS, Method, statistical
from tiau.forecasting.outcome import CaseHindcast
from tiau.forecasting.quantiles import mixture
from tiau.forecasting.scoring import INSIDE, CaseScores
from tiau.forecasting.situation import Situation
from tiau.scenario.model import Scenario

MIZORAM = "mizoram-2021"
END = dt.date(2021, 12, 31)
DARFUR = "darfur"
FIRST = {"2021": dt.date(2021, 6, 4), "2022": END, DARFUR: None}


@dataclass(frozen=True)
class Variant:
    """How members become a forecast: as `rebased` has it, the courses and, beside `statistical`, all of it weighing."""

    share: float = mechanism.SHARE
    memory: float | None = None
    errors: Errors = fading
    weights: tuple[float, ...] = tuple(mechanism.WEIGHTS[name] for name in COURSES)
    quarters: int = 4


CHOSEN = "as it is"
VARIANTS = {
    CHOSEN: Variant(),
    "none of the gap": Variant(share=0.0),
    "half of the gap": Variant(share=0.5),
    **{f"gap of {days} days": Variant(memory=days) for days in (90, 180, 365)},
    "gap for ever": Variant(memory=math.inf),
    "error anew": Variant(errors=lambda kept: 1.0),
    "error that lasts": Variant(errors=lambda kept: 1.0 - kept),
    "no error": Variant(errors=lambda kept: 0.0),
    **{f"{name} alone": Variant(weights=tuple(float(of == name) for of in COURSES)) for name in COURSES},
    "no escalation": Variant(weights=tuple(0.5 * (name != "escalates") for name in COURSES)),
    **{f"{quarters} of 4, the rest statistical": Variant(quarters=quarters) for quarters in (1, 2, 3)},
    "2 of 4, error that lasts": Variant(quarters=2, errors=lambda kept: 1.0 - kept),
}
PLAIN = ("statistical", "trend", "persistence_dressed", "drift_dressed", "damped")
TIMES, QUARTERS = 1000, 4


class Kept(Mechanism):
    """Members that are kept in a folder."""

    folder: Path | None = None

    def ahead(self, now: Situation, days: int) -> Ahead | None:
        """Return what was kept of an origin, or run and keep it."""
        if self.folder is None:
            return super().ahead(now, days)
        known = now.scenario.known_by(dt.date.fromordinal(now.panel.origin)).digest()
        path = self.folder / f"{now.panel.origin}-{days}-{self.members}-{self.seed}-{known[:16]}.pickle"
        if not path.exists():
            path.write_bytes(pickle.dumps(super().ahead(now, days)))
        return pickle.loads(path.read_bytes())


def forecast(members: Mechanism, how: Variant, now: Situation, lead: Floats, constants: Constants) -> Floats:
    """Return the quantiles of places (place, level) in a variant."""
    by_figures = statistical(now, lead, constants)
    found = members.ahead(now, math.ceil(max(float(lead.max()), FARTHEST)))
    quantiles = by_figures.copy()
    for row, place in enumerate(now.panel.places):
        number = None if found is None else found.rows.get((now.panel.quantity, place))
        if found is not None and number is not None:
            logs = rebased(found, number, float(lead[row]), share=how.share, memory=how.memory, errors=how.errors)
            quantiles[row] = weighted(np.exp(logs), how.weights)
    return mixture([quantiles] * how.quarters + [by_figures] * (QUARTERS - how.quarters))


def case(which: str, members: Mechanism) -> CaseHindcast:
    """Return a hindcast by all variants and plain methods."""
    scenario = scenarios(which)
    methods = {name: Method(partial(forecast, members, how), name) for name, how in VARIANTS.items()}
    methods |= {name: METHODS[name] for name in PLAIN}
    constants = stored().constants_for(scenario)
    first = FIRST[which]
    return hindcast.of_case(scenario, constants, methods=methods, first=None if first is None else first.toordinal())


def scenarios(which: str) -> Scenario:
    """Return the scenario of a set of origins."""
    if which == DARFUR:
        with tempfile.TemporaryDirectory() as folder:
            return made(EXPORTS, Path(folder))
    whole = tiau.load(MIZORAM)
    return whole.known_by(END).until(END) if which == "2021" else whole


def parts(found: CaseHindcast) -> dict[str, Bools]:
    """Return which targets belong to which part of the figures (target,)."""
    panels = np.array([target.panel for target in found.targets])
    inside, districts = (np.char.find(panels, word) >= 0 for word in ("idp_present", "district"))
    horizons = {f"{horizon} days": found.column("horizon") == horizon for horizon in hindcast.HORIZONS}
    whole = np.ones(panels.size, bool)
    return {"all": whole} | horizons | {
        "districts": districts, "the state, parts of it": ~inside & ~districts, "displaced inside": inside
    }  # fmt: skip


def show_variants(which: str, seed: int, found: CaseHindcast) -> None:
    """Print a line for each variant."""
    scores = CaseScores(found)
    for name in found.quantiles:
        print(f"| {which} | {seed} | {name} | {len(found.targets)} | {_line(scores, name)} |", flush=True)


def show_parts(which: str, seed: int, found: CaseHindcast) -> None:
    """Print a line for each part of the figures and each method, and how far others lie above the mechanism."""
    scores = CaseScores(found)
    for part, rows in parts(found).items():
        if rows.any():
            for name in (CHOSEN, *PLAIN):
                print(
                    f"| {which} | {seed} | {part} | {name} | {rows.sum()} | {_line(scores, name, rows)} |", flush=True
                )
    for name in PLAIN:
        more = scores.of(name)["crps_log"] - scores.of(CHOSEN)["crps_log"]
        low, high = drawn_again(more, scores.origin)
        print(f"{which}, seed {seed}: {name} {more.mean():+.2f} ({low:+.2f} to {high:+.2f}) above {CHOSEN}", flush=True)


def _line(scores: CaseScores, name: str, rows: Bools | slice = slice(None)) -> str:
    of = scores.of(name)
    inside = " | ".join(f"{100 * of[key][rows].mean():.0f}" for key in INSIDE)
    return f"{of['crps_log'][rows].mean():.3f} | {inside}"


def drawn_again(differences: Floats, origins: Floats) -> tuple[float, float]:
    """Return the 5% and 95% quantile of the mean difference where origins are drawn again."""
    generator, days = np.random.default_rng(1), np.unique(origins)
    sums, counts = (np.array([of[origins == day].sum() for day in days]) for of in (differences, differences * 0 + 1))
    drawn = generator.integers(0, days.size, (TIMES, days.size))
    low, high = np.quantile(sums[drawn].sum(1) / counts[drawn].sum(1), (0.05, 0.95))
    return float(low), float(high)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=120)
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--set", default="2021,2022,darfur")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    cases = []
    print("| origins of | seed | variant | figures | CRPS of logs | in 50% | in 80% | in 90% |")
    for which in given.set.split(","):
        for seed in map(int, given.seeds.split(",")):
            members = Kept(members=given.members, seed=seed)
            members.folder = given.keep
            cases.append((which, seed, case(which, members)))
            show_variants(*cases[-1])
    print("| origins of | seed | part | method | figures | CRPS of logs | in 50% | in 80% | in 90% |")
    for one in cases:
        show_parts(*one)


if __name__ == "__main__":
    main()
