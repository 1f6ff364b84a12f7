"""How far places differ from what the model says, and how far figures err, pooled over conflicts.

Run: python verification/spread_and_noise.py [--members 8]    (about 6 minutes of one processor)

Each conflict is run once as expectations, without what a fit learned. Residuals are logs of two-sided, independent
figures of stocks over what their source would have counted: of 20 people or more, later than the first 30 days, no
repeats of the figure before; totals of Flee's cases are left out, as their departures are made of them. Their spread is
parted into what lasts, what drifts and noise (spread_components.py), pooled over conflicts that weigh alike, and judged
by what next figures of a conflict that was left out show. Then members of the model take the place of figures: what
spread they show with the defaults, which is what a `pull_*` comes to in the number of people at a place.
--members: of that.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.stats import gamma
from spread_components import Components, Floats, Series, by_itself, drawn, log_likelihood, next_scores, pooled

import tiau
from tiau.evaluation.coverage import NAMED
from tiau.flee.case.counts import TOTAL
from tiau.observations.classes import FigureClass, is_register
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import BY_NAME
from tiau.scenario.settings import Setting

CASES = Path(__file__).resolve().parents[2] / "shared" / "flee-cases"
NAMES = ("burundi2015", "car2013", "mali2012", "ssudan2013", "syria2013", "nigeria2016")
MIZORAM, KNOWN = "mizoram-2021", dt.date(2021, 12, 31)
FEWEST, FIRST_DAYS, CLASS_FIGURES = 20, 30, 8
LEADS = (1, 30, 90, 180)
LAGS = (7, 30, 60, 90, 180, 360)
FALLEN, STEADY, LONGEST_STEP = 0.88, 0.97, 90
NOISES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45)
CLASSES_APART = 0.3
NEAR_BEST = 0.2
FIGURES = "figures"
LASTING = ("pull_district_sd", "pull_place_sd", "pull_kin_sd")
SHIPPED = "as shipped"
VARIANTS: Mapping[str, Mapping[str, float]] = {
    SHIPPED: {},
    "all pulls half": {name: BY_NAME[name].default / 2 for name in (*LASTING, "pull_drift_sd")},
    "pull_drift_days 30": {"pull_drift_days": 30},
    "pull_drift_days 60": {"pull_drift_days": 60},
    "pull_drift_days 60, sd 1.4": {"pull_drift_days": 60, "pull_drift_sd": 1.4},
    "pull_drift_days 720": {"pull_drift_days": 720},
    "nothing that drifts": {"pull_drift_sd": 0.0},
}


class Row(NamedTuple):
    """A figure beside the run: persons reported, expected, and how many times that in each member by variant."""

    place: str
    day: int
    kind: FigureClass
    register: bool
    value: float
    expected: float
    members: Mapping[str, Floats]

    @property
    def series(self) -> tuple[str, str]:
        return self.place, self.kind.quantity


def scenarios() -> Iterable[Scenario]:
    """Yield the conflicts, without what a fit learned and without what was known too late."""
    yield tiau.load(MIZORAM).without_posterior().known_by(KNOWN).until(KNOWN)
    for name in NAMES:
        yield tiau.load(CASES / name)


def run(scenario: Scenario, members: int) -> list[Row]:
    """Run a conflict, and return its figures that can be used, by place, quantity and day."""
    central = tiau.simulate(scenario, chance=False)
    ratios = {}
    for name, values in VARIANTS.items():
        changed = {key: Setting(value=value, why="varied") for key, value in values.items()}
        parameters = {**scenario.settings.parameters, **changed}
        settings = scenario.settings.model_copy(update={"parameters": parameters})
        varied = scenario.model_copy(update={"settings": settings})
        ratios[name] = tiau.simulate(varied, members=members, seed=1).truth / np.maximum(central.truth, 1e-9)
    rows = []
    for number, (one, expected) in enumerate(zip(central.placements, central.figures[:, 0], strict=True)):
        value, named = float(one.report.value or 0), one.counted and one.report.bound in NAMED
        if named and value >= FEWEST and expected >= 1 and one.last > FIRST_DAYS and one.report.place != TOTAL:
            of_members = {name: ratio[number] for name, ratio in ratios.items()}
            register = is_register(one.figure_class) or scenario.name != MIZORAM
            rows.append(Row(one.report.place, one.last, one.figure_class, register, value, float(expected), of_members))
    rows.sort(key=lambda row: (*row.series, row.day))
    before = [None, *rows]
    return [row for row, last in zip(rows, before, strict=False)
            if not last or (last.series, last.value) != (row.series, row.value)]  # fmt: skip


def stocks(rows: Iterable[Row]) -> list[Row]:
    """Return figures of stocks."""
    return [row for row in rows if row.kind.quantity in ("present", "inside")]


def residuals(rows: Sequence[Row], logs: Floats | None = None) -> list[Series]:
    """Return residuals by place and quantity, by default of what was reported."""
    logs = np.log([row.value / row.expected for row in rows]) if logs is None else logs
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row, log in zip(rows, logs, strict=True):
        found.setdefault(row.series, []).append((row.day, float(log)))
    return [Series(*np.array(values, float).T) for values in found.values()]


def in_members(rows: Sequence[Row], variant: str) -> list[list[Series]]:
    """Return, of each member, residuals of what is there instead of what was reported."""
    ratios = np.log(np.maximum([row.members[variant] for row in rows], 0.01))
    return [residuals(rows, of) for of in ratios.T]


def centred(places: Sequence[Series]) -> list[Series]:
    """Return residuals without the level of their conflict, which is given to all that are compared alike."""
    level = np.mean([one.logs.mean() for one in places])
    return [Series(one.days, one.logs - level) for one in places]


def spread(places: Sequence[Series]) -> float:
    """Return the sd of residuals around the level of their conflict, places weighing alike."""
    return float(np.sqrt(np.mean([np.mean(one.logs**2) for one in centred(places)])))


def by_lag(places: Sequence[Series]) -> list[float]:
    """Return the sd of differences between figures of a place that lie about so many days apart; NaN without any."""
    pairs = [np.triu_indices(one.days.size, 1) for one in places]
    apart = np.concatenate([np.abs(one.days[i] - one.days[j]) for one, (i, j) in zip(places, pairs, strict=True)])
    off = np.concatenate([one.logs[i] - one.logs[j] for one, (i, j) in zip(places, pairs, strict=True)])
    near = [off[(apart > 0.7 * lag) & (apart <= 1.3 * lag)] for lag in LAGS]
    return [float(np.sqrt(np.mean(of**2))) if of.size else np.nan for of in near]


def line(title: str, values: Iterable[float], form: str = "8.2f") -> None:
    """Print a row of a table."""
    print(f"{title:<38}" + "".join(f"{value:{form}}" for value in values), flush=True)


def heads(title: str, columns: Iterable[object]) -> None:
    """Print the head of a table."""
    print(f"\n{title:<38}" + "".join(f"{column!s:>8}" for column in columns))


def components(title: str, parts: Components) -> None:
    """Print components as a row."""
    print(f"{title:<38}{parts.lasting:>8.2f}{parts.drift:>8.2f}{parts.memory:>8.0f}{parts.noise:>8.2f}", flush=True)


def spreads(found: Mapping[str, list[Series]], rows: Mapping[str, list[Row]]) -> dict[str, Components]:
    """Print what figures and members differ by, by conflict and by days apart; return what members show."""
    shown, lags, sds = {}, {}, {"reported": [spread(places) for places in found.values()]}
    lags["reported"] = [by_lag(places) for places in found.values()]
    heads("What members show", ("lasting", "drift", "days", "noise"))
    for variant in VARIANTS:
        every = [in_members(of, variant) for of in rows.values()]
        shown[variant] = pooled([np.asarray(sum(map(log_likelihood, of))) for of in every]).middle
        components(variant, shown[variant])
        sds[variant] = [float(np.median([spread(places) for places in of])) for of in every]
        lags[variant] = [np.sqrt(np.mean(np.square([by_lag(places) for places in of]), axis=0)) for of in every]
    heads("Sd around the level of a conflict", (*(name.strip("-0123456789") for name in rows), "all"))
    for title, row in sds.items():
        line(title, [*row, np.exp(np.mean(np.log(row)))])
    heads("Sd of differences, median of conflicts", (f"{lag} d" for lag in LAGS))
    for title, row in lags.items():
        line(title, np.nanmedian(row, axis=0))
    return shown


def judged(
    found: Mapping[str, list[Series]], likelihoods: Mapping[str, Floats], shown: Mapping[str, Components]
) -> None:
    """Print the mean log score of figures of conflicts that were left out, by how long before figures were known."""
    scores: dict[str, list[list[float]]] = {}
    for left, places in found.items():
        middle = pooled([one for name, one in likelihoods.items() if name != left]).middle
        all_of_it = float(np.sqrt(middle.lasting**2 + middle.drift**2 + middle.noise**2))
        ones = {
            "(a) pooled over the others": middle, "(b) all spread as noise": Components(0.0, 0.0, 1.0, all_of_it),
            **{f"(c) pooled, noise {noise}": middle._replace(noise=noise) for noise in NOISES},
            "(d) defaults, pulls as residuals": defaults(),
            **{f"(e) {name}, noise {NEAR_BEST}": parts._replace(noise=NEAR_BEST) for name, parts in shown.items()},
        }  # fmt: skip
        counts = [sum(len(next_scores(one, middle, lead)) for one in places) for lead in LEADS]
        scores.setdefault(FIGURES, []).append(counts)
        for title, parts in ones.items():
            every = [[x for one in centred(places) for x in next_scores(one, parts, lead)] for lead in LEADS]
            scores.setdefault(title, []).append([float(np.mean(of)) if of else np.nan for of in every])
    for of, names in (("six cases of Flee's", NAMES), (MIZORAM, (MIZORAM,))):
        heads(f"Log score per figure, {of}", (f"{lead} d" for lead in LEADS))
        here = [name in names for name in found]
        for title, rows in scores.items():
            total = np.sum if title == FIGURES else np.nanmean
            line(title, total(np.array(rows, float)[here], axis=0), "8.0f" if title == FIGURES else "8.2f")


def defaults() -> Components:
    """Return the defaults as if a pull were a residual."""
    lasting = np.hypot(BY_NAME["pull_district_sd"].default, BY_NAME["pull_place_sd"].default)
    drift, memory, noise = (BY_NAME[name].default for name in ("pull_drift_sd", "pull_drift_days", "noise_register_sd"))
    return Components(float(lasting), drift, memory, noise)


def by_class(rows: Mapping[str, list[Row]], likelihoods: Mapping[str, Floats]) -> None:
    """Print the noise of each class of which a conflict has figures enough, and pooled by kind of source."""
    over = pooled(list(likelihoods.values()))
    # What lasts and drifts as in other conflicts; noise as the figures of the class alone say.
    free = over._replace(sd=np.array([*over.sd[:3], 10.0]))
    heads("Noise by class", ("figures", "places", "sd", "noise", "5%", "95%"))
    kinds: dict[str, list[tuple[float, float]]] = {}
    for conflict, ones in rows.items():
        quantities = dict.fromkeys(row.kind.quantity for row in ones) if conflict == MIZORAM else ()
        for kind in (*dict.fromkeys(row.kind for row in ones), *quantities):
            of_class = [row for row in ones if kind in (row.kind, row.kind.quantity)]
            title = f"{conflict} {kind if isinstance(kind, str) else kind.name}"
            if len(of_class) < CLASS_FIGURES:
                print(f"{title:<38}{len(of_class):>8}  too few")
                continue
            places = residuals(of_class)
            mean, sd = (float(part[3]) for part in drawn(log_likelihood(places), free))
            if not isinstance(kind, str):
                source = f"{kind.source}, {MIZORAM}" if conflict == MIZORAM else "camps of Flee's cases"
                kinds.setdefault(source, []).append((mean, sd))
            print(f"{title:<38}{len(of_class):>8}{len(places):>8}", end="")
            line_end = (spread(places), *np.exp([mean, mean - 1.645 * sd, mean + 1.645 * sd]))
            print("".join(f"{value:8.2f}" for value in line_end))
    for source, found in kinds.items():
        means, sds = np.array(found).T
        weights = 1 / (sds**2 + CLASSES_APART**2)
        mean, sd = float(weights @ means / weights.sum()), float(weights.sum() ** -0.5)
        line(f"pooled: {source}", np.exp([mean, mean - 1.645 * sd, mean + 1.645 * sd]))


def clearings(rows: Sequence[Row]) -> tuple[int, list[tuple[float, bool]]]:
    """Return the days that registers were watched, and by which factor each fell where the run did not; whether alone.

    A step is one between figures of a place at most 90 days apart; where the next figure is back it was no clearing.
    Registers that are cleared in one campaign fall together: alone is one where others did not in the median.
    """
    by_place: dict[str, list[Row]] = {}
    for row in rows:
        if row.register and row.kind.quantity == "present":
            by_place.setdefault(row.place, []).append(row)
    logs = {name: ([row.day for row in of], np.log([row.value for row in of])) for name, of in by_place.items()}
    watched, fallen = 0, []
    for place, ones in by_place.items():
        others = [of for name, of in logs.items() if name != place]
        for number, (before, after) in enumerate(pairwise(ones)):
            if after.day - before.day > LONGEST_STEP:
                continue
            watched += after.day - before.day
            back = number + 2 < len(ones) and ones[number + 2].value >= FALLEN * before.value
            if back or after.value >= FALLEN * before.value or after.expected < STEADY * before.expected:
                continue
            elsewhere = [np.interp(after.day, *of) - np.interp(before.day, *of) for of in others
                         if of[0][0] <= before.day and after.day <= of[0][-1]]  # fmt: skip
            fallen.append((after.value / before.value, bool(np.median(elsewhere or [0.0]) > np.log(STEADY))))
    return watched, fallen


def cleared(rows: Mapping[str, list[Row]]) -> None:
    """Print how often registers are cleared, and what is left."""
    every = {name: clearings(ones) for name, ones in rows.items()}
    print("\nRegisters that fall by more than 12% in a step where the run does not (* and others do not)")
    for name, (watched, fallen) in every.items():
        shares = " ".join(f"{share:.2f}{'*' * alone}" for share, alone in fallen)
        print(f"{name:<38}{watched:>8,} register-days, {len(fallen)}: {shares}")
    days, left = sum(watched for watched, _ in every.values()), [one for _, of in every.values() for one, _ in of]
    # Of n events that come without memory, the mean time between them: the central 90% of it.
    low, high = days / gamma.ppf([0.95, 0.05], [len(left) + 1, len(left)])
    quantiles = " / ".join(f"{x:.2f}" for x in np.quantile(left, (0.05, 0.25, 0.5, 0.75, 0.95)))
    print(f"once in {days / len(left):,.0f} register-days ({low:,.0f} to {high:,.0f}); left 5 to 95%: {quantiles}")


def main() -> None:
    """Print what is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=8)
    asked = parser.parse_args()
    if not CASES.is_dir():
        sys.exit("../shared/flee-cases is not there, so there is nothing to measure")
    every = {scenario.name: run(scenario, asked.members) for scenario in scenarios()}
    rows = {name: stocks(ones) for name, ones in every.items()}
    found = {name: residuals(ones) for name, ones in rows.items()}
    likelihoods = {name: log_likelihood(places) for name, places in found.items()}
    over = pooled(list(likelihoods.values()))
    for title in ("Figures of stocks, each by itself", "drawn to all"):
        heads(title, ("lasting", "drift", "days", "noise"))
        for name, ones in rows.items():
            counts = f"{name} ({len(ones)} at {len(found[name])})"
            own = by_itself(likelihoods[name]) if "itself" in title else drawn(likelihoods[name], over).middle
            components(counts, own)
    components("pooled", over.middle)
    heads("Sd between conflicts", ("log sd", "share", "log d", "log n"))
    line("of both, share that lasts, days, noise", over.sd)
    shown = spreads(found, rows)
    judged(found, likelihoods, shown)
    by_class(every, likelihoods)
    cleared(every)


if __name__ == "__main__":
    main()
