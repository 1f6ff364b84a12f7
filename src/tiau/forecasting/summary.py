"""What a hindcast says in all: scores by case and horizon, cases weighing alike, beside the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from tiau.evaluation import bootstrap
from tiau.evaluation.events import brier_score, warnings
from tiau.forecasting.history import Bools, Floats
from tiau.forecasting.methods import REFERENCE, Method
from tiau.forecasting.outcome import ALL, ALL_PANELS, CaseHindcast, Line, Target
from tiau.forecasting.scoring import INSIDE, CaseScores
from tiau.forecasting.threshold_events import DECISION, NAMES, EventScore, came

STATIC = 0.1
"""A case is near-static if last counts are off by less than this share of all people after about 90 days."""
STATIC_HORIZON = 90
YOUNG_DAYS = 120
MOVING_CASES, STATIC_CASES = "moving cases", "near-static cases"


class Segment(NamedTuple):
    """Which figures a line is of: those of a kind, of the main panel or of every panel."""

    holds: Callable[[Target], bool]
    main: bool = True


SEGMENTS = {
    ALL: Segment(lambda target: True),
    ALL_PANELS: Segment(lambda target: True, main=False),
    "first 120 days": Segment(lambda target: target.age <= YOUNG_DAYS),
    "nobody counted yet": Segment(lambda target: target.last == 0),
}


def near_static(case: CaseHindcast, horizons: Sequence[int]) -> bool:
    """Whether last counts are still right after 90 days, or the horizon nearest to that: such a case flatters all."""
    horizon = min(horizons, key=lambda days: abs(days - STATIC_HORIZON))
    chosen = case.where(horizon)
    people = case.column("observed")[chosen]
    missed = np.abs(people - case.column("last")[chosen]).sum()
    return bool(people.size and missed < STATIC * people.sum())


def summary(
    cases: Sequence[CaseHindcast], methods: Mapping[str, Method], horizons: Sequence[int], every: int
) -> list[Line]:
    """Return the lines of a hindcast: groups of cases first, then each case, by segment, horizon and method."""
    scores = [CaseScores(case) for case in cases]
    static = [near_static(case, horizons) for case in cases]
    groups = {
        MOVING_CASES: [one for one, still in zip(scores, static, strict=True) if not still],
        STATIC_CASES: [one for one, still in zip(scores, static, strict=True) if still],
    }
    parts = {name: group for name, group in groups.items() if len(cases) > 1 and group}
    parts |= {one.case.name: [one] for one in scores}
    return [
        line
        for name, group in parts.items() for segment in _segments(group) for horizon in horizons
        for line in _lines(name, group, segment, horizon, methods, -(-horizon // every))
    ]  # fmt: skip


def _segments(group: Sequence[CaseScores]) -> list[str]:
    """Return the segments of a group of cases: every panel is told apart where one case alone has several."""
    several = len(group) == 1 and not all(target.in_main for target in group[0].case.targets)
    return [name for name, segment in SEGMENTS.items() if segment.main or several]


def _lines(
    name: str, group: Sequence[CaseScores], segment: str, horizon: int, methods: Mapping[str, Method], block: int
) -> Iterator[Line]:
    """Yield a line a method; `block` is how many origins are drawn again together."""
    chosen = [(one, _rows(one.case, segment, horizon)) for one in group]
    chosen = [(one, rows) for one, rows in chosen if rows.any() and one.observed[rows].sum() > 0]
    if not chosen:
        return
    origins = sum(np.unique(one.origin[rows]).size for one, rows in chosen)
    figures = sum(int(rows.sum()) for _, rows in chosen)
    cases = [one.case for one, _ in chosen]
    for method in methods:
        pairs = [_pairs(one, rows, method) for one, rows in chosen]
        low, high = (0.0, 0.0) if method == REFERENCE else bootstrap.interval(pairs, block)
        found = [(one.of(method), rows, one.observed[rows]) for one, rows in chosen]
        yield Line(
            name, horizon, segment, method, len(chosen), figures, origins,
            crps=_mean([of["crps"][rows].sum() / people.sum() for of, rows, people in found]),
            wis=_mean([of["wis"][rows].sum() / people.sum() for of, rows, people in found]),
            ard=_mean([np.abs(of["median"][rows] - people).sum() / people.sum() for of, rows, people in found]),
            energy=_together(cases, segment, horizon, "energy", method),
            total=_together(cases, segment, horizon, "total", method),
            crps_log=_mean([of["crps_log"][rows].mean() for of, rows, _ in found]),
            versus=bootstrap.difference(pairs), low=low, high=high,
            covered=tuple(_mean([of[name][rows].mean() for of, rows, _ in found]) for name in INSIDE),
            events={event: _event(chosen, method, event) for event in NAMES},
        )  # fmt: skip


def _event(chosen: Sequence[tuple[CaseScores, Bools]], method: str, event: str) -> EventScore:
    """Return what chances of an event were worth: counts of all figures, the score with cases weighing alike."""
    briers, happened, counts = [], [], []
    for one, rows in chosen:
        asked = rows & ~np.isnan(one.thresholds[event])
        if asked.any():
            chance, did = one.chances(method)[event][asked], came(one.thresholds[event], one.observed)[asked]
            briers.append(brier_score(chance, did))
            happened.append(did)
            counts.append(warnings(chance, did, DECISION))
    return EventScore(
        asked=sum(did.size for did in happened),
        came=sum(int(did.sum()) for did in happened),
        brier=_mean(briers) if briers else float("nan"),
        hits=sum(one.hits for one in counts),
        misses=sum(one.misses for one in counts),
        false_alarms=sum(one.false_alarms for one in counts),
    )


def _rows(case: CaseHindcast, segment: str, horizon: int) -> Bools:
    wanted = SEGMENTS[segment]
    inside: Bools = np.array([wanted.holds(target) for target in case.targets], bool)
    return np.asarray(case.where(horizon, main=wanted.main) & inside)


def _pairs(one: CaseScores, rows: Bools, method: str) -> bootstrap.Pairs:
    """Return sums by origin of the CRPS of a method and of the reference, and of people."""
    _, place = np.unique(one.origin[rows], return_inverse=True)

    def by_origin(values: Floats) -> Floats:
        return np.bincount(place, values[rows]).astype(float)

    return bootstrap.Pairs(
        by_origin(one.of(method)["crps"]), by_origin(one.of(REFERENCE)["crps"]), by_origin(one.observed)
    )


def _together(cases: Sequence[CaseHindcast], segment: str, horizon: int, score: str, method: str) -> float:
    if segment != ALL:
        return float("nan")
    shares = []
    for case in cases:
        found = [one for one in case.together if one.in_main and one.horizon == horizon]
        people = case.column("observed")[case.where(horizon)].sum()
        shares.append(sum(getattr(one, score)[method] for one in found) / people)
    return _mean(shares)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
