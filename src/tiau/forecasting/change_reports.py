"""Which new and revised reports speak of a place, and what had been forecast for their day."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiau.forecasting.change import MIDDLE, Change
from tiau.forecasting.headlines import Row
from tiau.forecasting.history import middle_of, of_everybody
from tiau.scenario.geography import great_circle_km
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Report

NEAR_DAYS = 3.5
"""A report is set beside the earlier forecast of a day no farther off: half of the week between its days."""


@dataclass(frozen=True)
class Spoken:
    """A report that may have moved a figure.

    Attributes
    ----------
    report : Report
    was : Report or None
        That it revises.
    late : bool
        Whether it was known on the day of the earlier forecast already, but was not there.
    same : bool
        Whether it is of just the same place or area.
    around : bool
        Whether it speaks of some of the same places.
    km : float
        How far off it lies; 0 where it speaks of some of the same places, infinite where that is not known.
    expected : int array (level,) or None
        What the earlier forecast had for the same figure: 5%, 50% and 95%; None where it had none of that day.
    against : tuple of Report
        Reports that cannot be true together with it.
    """

    report: Report
    was: Report | None
    late: bool
    same: bool
    around: bool
    km: float
    expected: NDArray[np.int64] | None
    against: tuple[Report, ...]

    @property
    def surprise(self) -> float:
        """How far the figure lies from the median that had been forecast, persons; 0 where there was none."""
        value = self.report.in_persons.value
        return 0.0 if self.expected is None or value is None else abs(value - float(self.expected[MIDDLE]))


def spoken_of(found: Change, row: Row) -> tuple[list[Spoken], list[Spoken]]:
    """Return the new and the revised reports that count, those nearest to a figure first.

    Those of the same place come first, then those of some of the same places, then others by distance; of as near ones
    those of the same quantity, those farthest from what had been forecast, and the latest.
    """
    scenario = found.after.scenario
    quantity, place = row
    here = frozenset(scenario.names.members(place))

    def spoken(report: Report, was: Report | None) -> Spoken:
        there = frozenset(scenario.names.members(report.place))
        same = scenario.names.proper(report.place) == place
        around = bool(here & there)
        km = 0.0 if around else _km_between(scenario, here, there)
        against = found.contradicted.get(report.report, frozenset())
        return Spoken(
            report, was, report.report in found.news.late, same, around, km, _expected(found, report),
            tuple(other for other in scenario.reports if other.report in against),
        )  # fmt: skip

    def rank(one: Spoken) -> tuple[bool, bool, float, bool, float, int]:
        unlike = one.report.quantity != quantity
        return not one.same, not one.around, one.km, unlike, -one.surprise, -one.report.as_of.end.toordinal()

    new = [spoken(report, None) for report in found.news.reports.new if _counts(report)]
    revised = [spoken(report, was) for was, report in found.news.reports.revised if _counts(report) or _counts(was)]
    return sorted(new, key=rank), sorted(revised, key=rank)


def _counts(report: Report) -> bool:
    return not report.not_scored and not report.same_as


def _km_between(scenario: Scenario, here: frozenset[int], there: frozenset[int]) -> float:
    """Return the shortest way between a place of one and a place of the other, km."""
    places = scenario.places
    return min(
        (great_circle_km(places[a].lat, places[a].lon, places[b].lat, places[b].lon) for a in here for b in there),
        default=math.inf,
    )


def _expected(found: Change, report: Report) -> NDArray[np.int64] | None:
    row = report.quantity, found.after.scenario.names.proper(report.place)
    if not of_everybody(report, found.after.scenario):
        return None
    middle = middle_of(report)
    near = {abs(day.toordinal() - middle): day for day in found.before.days}
    if not near or min(near) > NEAR_DAYS:
        return None
    return found.before.days[near[min(near)]].people.get(row)
