"""What a hindcast says in all: scores by case and horizon, cases weighing alike, beside the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tiau.evaluation import bootstrap
from tiau.forecasting.hindcast import CaseHindcast, Hindcast, Target
from tiau.forecasting.history import Bools, Floats
from tiau.forecasting.methods import REFERENCE
from tiau.forecasting.scoring import CaseScores

STATIC = 0.1
"""A case is near-static if last counts are off by less than this share of all people after about 90 days."""
STATIC_HORIZON = 90
YOUNG_DAYS = 120
MOVING_CASES, STATIC_CASES = "moving cases", "near-static cases"

SEGMENTS: dict[str, Callable[[Target], bool]] = {
    "all": lambda target: True,
    "first 120 days": lambda target: target.age <= YOUNG_DAYS,
    "nobody counted yet": lambda target: target.last == 0,
}
"""Which figures of the main panels a line is of."""


@dataclass(frozen=True)
class Line:
    """Scores of a method on a part of the figures.

    Attributes
    ----------
    group : str
        A case, or several that weigh alike.
    horizon : int
        Days ahead.
    segment : str
        One of `SEGMENTS`.
    method : str
    cases, figures, origins : int
    crps, wis, ard : float
        Sums over origins as shares of the people counted: CRPS, weighted interval score, error of the median.
    energy, total : float
        The same of the energy score, and of the CRPS of the sum over places; NaN for a segment.
    crps_log : float
        Mean CRPS of log counts.
    versus : float
        By how much the CRPS is above that of the reference, as a share of it.
    low, high : float
        The 5% and 95% quantile of that when origins are drawn again in blocks as long as the horizon.
    covered : tuple of float
        Shares of figures inside the central 50, 80 and 90% intervals.
    """

    group: str
    horizon: int
    segment: str
    method: str
    cases: int
    figures: int
    origins: int
    crps: float
    wis: float
    ard: float
    energy: float
    total: float
    crps_log: float
    versus: float
    low: float
    high: float
    covered: tuple[float, ...]


def near_static(case: CaseHindcast, horizons: Sequence[int]) -> bool:
    """Whether last counts are still right after 90 days, or the horizon nearest to that: such a case flatters all."""
    horizon = min(horizons, key=lambda days: abs(days - STATIC_HORIZON))
    chosen = case.where(horizon)
    people = case.column("observed")[chosen]
    missed = np.abs(people - case.column("last")[chosen]).sum()
    return bool(people.size and missed < STATIC * people.sum())


def summary(hindcast: Hindcast) -> list[Line]:
    """Return the lines of a hindcast: groups of cases first, then each case, by segment, horizon and method."""
    scores = [CaseScores(case) for case in hindcast.cases]
    static = [near_static(one.case, hindcast.horizons) for one in scores]
    groups = {
        MOVING_CASES: [one for one, still in zip(scores, static, strict=True) if not still],
        STATIC_CASES: [one for one, still in zip(scores, static, strict=True) if still],
    }
    parts = {name: group for name, group in groups.items() if len(hindcast.cases) > 1 and group}
    parts |= {one.case.name: [one] for one in scores}
    return [
        line
        for name, group in parts.items() for segment in SEGMENTS for horizon in hindcast.horizons
        for line in _lines(hindcast, name, group, segment, horizon)
    ]  # fmt: skip


def _lines(hindcast: Hindcast, name: str, group: Sequence[CaseScores], segment: str, horizon: int) -> Iterator[Line]:
    chosen = [(one, _rows(one.case, segment, horizon)) for one in group]
    chosen = [(one, rows) for one, rows in chosen if rows.any() and one.observed[rows].sum() > 0]
    if not chosen:
        return
    origins = sum(np.unique(one.origin[rows]).size for one, rows in chosen)
    block = -(-horizon // hindcast.every)
    for method in hindcast.methods:
        pairs = [_pairs(one, rows, method) for one, rows in chosen]
        low, high = (0.0, 0.0) if method == REFERENCE else bootstrap.interval(pairs, block)
        found = [(one.of(method), rows, one.observed[rows]) for one, rows in chosen]
        shares = {
            score: _mean([of[score][rows].sum() / people.sum() for of, rows, people in found])
            for score in ("crps", "wis")
        }
        yield Line(
            name, horizon, segment, method, len(chosen), sum(int(rows.sum()) for _, rows in chosen), origins, **shares,
            ard=_mean([np.abs(of["median"][rows] - people).sum() / people.sum() for of, rows, people in found]),
            energy=_together([one.case for one, _ in chosen], segment, horizon, "energy", method),
            total=_together([one.case for one, _ in chosen], segment, horizon, "total", method),
            crps_log=_mean([of["crps_log"][rows].mean() for of, rows, _ in found]),
            versus=bootstrap.difference(pairs), low=low, high=high,
            covered=tuple(
                _mean([of[inside][rows].mean() for of, rows, _ in found])
                for inside in ("covered_50", "covered_80", "covered_90")
            ),
        )  # fmt: skip


def _rows(case: CaseHindcast, segment: str, horizon: int) -> Bools:
    inside: Bools = np.array([SEGMENTS[segment](target) for target in case.targets], bool)
    return np.asarray(case.where(horizon) & inside)


def _pairs(one: CaseScores, rows: Bools, method: str) -> bootstrap.Pairs:
    """Return sums by origin of the CRPS of a method and of the reference, and of people."""
    _, place = np.unique(one.origin[rows], return_inverse=True)

    def by_origin(values: Floats) -> Floats:
        return np.bincount(place, values[rows]).astype(float)

    return bootstrap.Pairs(
        by_origin(one.of(method)["crps"]), by_origin(one.of(REFERENCE)["crps"]), by_origin(one.observed)
    )


def _together(cases: Sequence[CaseHindcast], segment: str, horizon: int, score: str, method: str) -> float:
    if segment != "all":
        return float("nan")
    shares = []
    for case in cases:
        found = [one for one in case.together if one.in_main and one.horizon == horizon]
        people = case.column("observed")[case.where(horizon)].sum()
        shares.append(sum(getattr(one, score)[method] for one in found) / people)
    return _mean(shares)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
