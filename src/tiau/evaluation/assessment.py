"""How a run does on the figures of its scenario: bands, errors, increments and shares beside baselines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.evaluation import scores
from tiau.evaluation.coverage import CoveredPart, coverage, fitted_until, in_fit, part_title
from tiau.evaluation.level import Level, level
from tiau.observations.contradictions import Disagreements, disagreements
from tiau.results.disclosure import nearest
from tiau.results.result import Result

Floats = NDArray[np.floating[Any]]

FEWEST_SHARES = 5


@dataclass(frozen=True)
class Part:
    """Accuracy on the part of a series before or after the day until which parameters were fitted.

    Attributes
    ----------
    title : str
    rows : list of int
        Positions in the ledger.
    score : Score
        Of the run.
    increments : float
        Error of the changes, of the run's median.
    baselines : dict of str to tuple of float
        Median absolute log error and error of the changes, by name.
    """

    title: str
    rows: list[int]
    score: scores.Score
    increments: float
    baselines: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Shares:
    """Shares of places on a day: reported, and simulated by the median."""

    day: str
    places: tuple[str, ...]
    reported: Floats
    simulated: Floats

    @property
    def distance(self) -> float:
        """Total variation distance."""
        return scores.share_distance(self.simulated, self.reported)

    def rounded(self, below: float) -> Shares:
        """Return them worked out of people rounded to multiples, as the few at one place follow from exact shares."""
        return replace(self, simulated=nearest(self.simulated, below))


@dataclass(frozen=True)
class Composition:
    """Who had entered by some days: risk classes among entries since the start.

    Attributes
    ----------
    where : str
        The place of the series; without a series, words for all crossings.
    classes : tuple of str
    days : list of date
    entries : float array (day,), persons
        Of all classes, the median.
    shares : float array (quantile, class, day)
        The 5%, 50% and 95% quantiles over the members in whom anybody has entered; NaN where in none.
    """

    where: str
    classes: tuple[str, ...]
    days: list[dt.date]
    entries: Floats
    shares: Floats


@dataclass(frozen=True)
class Assessment:
    """All that a run says of itself and of its reports, worked out once for whoever tells it.

    Attributes
    ----------
    result : Result
    coverage : list of CoveredPart
        Of all independent figures.
    parts : list of Part
        Of the series.
    shares : list of Shares
    composition : Composition or None
    disagreements : Disagreements
        Among the reports.
    spread : mapping of str to float
        Shares of the sources of the band's width; empty where they were not looked for.
    level : Level or None
        How far the figures lie from the run as a whole.
    """

    result: Result
    coverage: list[CoveredPart]
    parts: list[Part]
    shares: list[Shares]
    composition: Composition | None
    disagreements: Disagreements
    spread: Mapping[str, float]
    level: Level | None

    def shares_told(self, suppress_below: float) -> list[Shares]:
        """Return the shares of places as they may be told, without days on which all places have few people."""
        rounded = (of_day.rounded(suppress_below) for of_day in self.shares)
        return [of_day for of_day in rounded if of_day.simulated.any()]


def assess(result: Result, *, spread: Mapping[str, float] | None = None) -> Assessment:
    """Set a run beside everything that its scenario reports; `spread` as `spread_sources` gives it."""
    found = disagreements(result.placements, result.network)
    covered = coverage(result, fitted_until(result.scenario))
    told = parts(result), shares(result), composition(result)
    return Assessment(result, covered, *told, found, spread or {}, level(result))


def composition(result: Result) -> Composition | None:
    """Tell the shares of risk classes among entries 1, 2, 4, 8, ... days after the first ones, and on the last day.

    None where there is one risk class alone, or nobody enters in the median.
    """
    of_all = np.asarray(result.entries_by_class.sum(0))
    medians = np.median(of_all, axis=1) if of_all.size else np.zeros(0)
    if len(result.risk_classes) < 2 or not medians.any():
        return None
    first, last = int(np.argmax(medians > 0)), len(medians) - 1
    chosen = sorted({min(first + 2**power, last) for power in range(int(np.log2(last - first + 1)) + 2)})
    shares = np.full((3, len(result.risk_classes), len(chosen)), np.nan)
    for column, day in enumerate(chosen):
        entered = of_all[day] > 0
        if entered.any():
            of_day = result.entries_by_class[:, day, entered] / of_all[day, entered]
            shares[:, :, column] = np.quantile(of_day, (0.05, 0.5, 0.95), axis=1)
    series = result.scenario.settings.series
    where = series.place if series else "any country abroad"
    return Composition(where, result.risk_classes, [result.days[d] for d in chosen], medians[chosen], shares)


def parts(result: Result) -> list[Part]:
    """Score a run on the series that its scenario names: known by the day until which it was fitted, and later."""
    settings = result.scenario.settings
    if settings.series is None:
        return []
    rows, until = scores.series_rows(result.placements, settings.series), fitted_until(result.scenario)
    known = [row for row in rows if in_fit(result.placements[row], until)]
    later = [r for r in rows if r not in known]
    found = []
    if known:
        found.append(_part(result, part_title(until, fitted=True), known, known, before=None))
    if later:
        title = part_title(until, fitted=False)
        found.append(_part(result, title, later, known, before=known[-1] if known else None))
    return found


def _part(result: Result, title: str, rows: list[int], known: list[int], *, before: int | None) -> Part:
    """Score some rows; baselines see the rows `known` alone, the straight line those of its own part too."""
    values, days = _figures(result, rows)
    known_values, known_days = _figures(result, known)
    medians = np.median(result.figures[rows], axis=1)
    reported_before, run_before = 0.0, 0.0
    if before is not None:
        reported_before = result.placements[before].report.value or 0.0
        run_before = float(np.median(result.figures[before]))
    baselines = {}
    for name, predict in scores.BASELINES.items():
        # On the figures it was fitted to only the line is fair: the others would be given the answer.
        if known and (before is not None or predict is scores.straight_line):
            predicted = predict(known_days, known_values, days)
            changes = scores.increment_error(predicted, values, (reported_before, reported_before))
            baselines[name] = (scores.point_score(predicted, values), changes)
    return Part(
        title=title,
        rows=rows,
        score=scores.score(result.figures[rows], values),
        increments=scores.increment_error(medians, values, (run_before, reported_before)),
        baselines=baselines,
    )


def _figures(result: Result, rows: list[int]) -> tuple[Floats, Floats]:
    reports = [result.placements[row].report for row in rows]
    days = [result.network.day_index(report.as_of.end) for report in reports]
    return np.array([report.value or 0.0 for report in reports]), np.array(days, np.float64)


def shares(result: Result) -> list[Shares]:
    """Set shares of places on a day side by side, wherever several exact stocks of one day are known.

    That is each day with at least five exact `present` figures of places that do not overlap.
    """
    by_day: dict[str, list[int]] = {}
    for row, placement in enumerate(result.placements):
        report = placement.report
        if placement.status == "placed" and report.bound == "exact" and report.quantity == "present":
            by_day.setdefault(str(report.as_of), []).append(row)
    found = []
    for day, rows in sorted(by_day.items()):
        chosen: list[int] = []
        taken = np.zeros(len(result.network.place_names), bool)
        # Narrow places first, or a district would push out the towns that it holds.
        for row in sorted(rows, key=lambda row: result.placements[row].places.sum()):
            placement = result.placements[row]
            if placement.of_everybody and not (placement.places & taken).any():
                chosen.append(row)
                taken |= placement.places
        if len(chosen) >= FEWEST_SHARES:
            chosen.sort(key=lambda row: -(result.placements[row].report.value or 0.0))
            names = tuple(result.placements[row].report.place for row in chosen)
            reported, _ = _figures(result, chosen)
            simulated = np.median(result.truth[chosen], axis=1)
            # Of nobody there are no shares.
            if reported.any() and simulated.any():
                found.append(Shares(day, names, reported, simulated))
    return found
