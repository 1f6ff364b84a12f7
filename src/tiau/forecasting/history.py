"""Stock figures of places as they were known on a day: what a forecast made on that day may go by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tiau.faults import wrong_argument
from tiau.observations.classes import class_of
from tiau.observations.lines import lines
from tiau.scenario.known import reports_known
from tiau.scenario.living import Living
from tiau.scenario.model import Scenario
from tiau.scenario.quantities import STOCKS
from tiau.scenario.rows import Report

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
POINTS = ("exact", "about", "range")
"""Bounds of figures that say how many people there are, and not only more or fewer than how many."""

COMING_TO = ("camp", "reception")


@dataclass(frozen=True)
class Series:
    """The figures of one place in order of time, the last known of each day.

    Attributes
    ----------
    place : str
    members : frozenset of int
        Indices of the scenario's places that it speaks of.
    days : float array (figure,)
        Days as ordinals; a mean over a period stands for the middle of it.
    people : float array (figure,), persons
    """

    place: str
    members: frozenset[int]
    days: Floats
    people: Floats


@dataclass(frozen=True)
class Panel:
    """Places that do not overlap and whose figures are of one kind, as they were known on a day.

    Attributes
    ----------
    quantity : str
    name : str
        Quantity and level of the places, such as "present village"; numbered where places overlap.
    origin, start : int
        The day, and the first day of the scenario, as ordinals.
    series : tuple of Series
        One or more; a place is there from its first figure on, and until it closes.
    """

    quantity: str
    name: str
    origin: int
    start: int
    series: tuple[Series, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places."""
        return tuple(one.place for one in self.series)

    @cached_property
    def last(self) -> Floats:
        """The last figure of each place (place,), persons."""
        return np.array([one.people[-1] for one in self.series])

    @cached_property
    def capacity(self) -> Floats:
        """The largest figure of each place so far (place,), persons."""
        return np.array([one.people.max() for one in self.series])

    @property
    def age(self) -> int:
        """Days since the start of the scenario."""
        return self.origin - self.start


@dataclass(frozen=True)
class History:
    """The stock figures of a scenario's reports, to be seen from any day.

    Figures count that are of everybody who leaves, of a known place or area, with a point value: no bounds, no copies
    of another report's figure, nothing that another report revises or of more people than there are, parts of one count
    added up.

    Parameters
    ----------
    scenario : Scenario
    """

    scenario: Scenario
    _seen: dict[int, tuple[Panel, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _living(self) -> Living:
        return Living(self.scenario)

    @property
    def start(self) -> int:
        """The first day of the scenario, as an ordinal."""
        return self.scenario.settings.start.toordinal()

    @property
    def end(self) -> int:
        """The last day of the scenario, as an ordinal; later figures are neither known nor scored."""
        return self.scenario.settings.end.toordinal()

    @cached_property
    def truth(self) -> dict[str, dict[str, Series]]:
        """Every series as known in the end, by quantity and place."""
        found: dict[str, dict[str, Series]] = {quantity: {} for quantity in STOCKS}
        for (quantity, place), (series, _) in self._series(self.scenario).items():
            found[quantity][place] = series
        return found

    @cached_property
    def main(self) -> str:
        """The name of the panel with most places in the end; of those with as many the one with most figures."""
        sizes = {
            panel.name: (len(panel.series), sum(series.days.size for series in panel.series))
            for panel in self.at(self.end)
        }
        return max(sizes, key=lambda name: sizes[name], default="")

    @cached_property
    def first_known(self) -> int | None:
        """The first day on which it was known that anybody is anywhere, as an ordinal."""
        names = self.scenario.names
        known = (
            report.known_on.toordinal() for report in self.scenario.reports
            if _counts(report, self._living) and report.place in names and _figure(report)
        )  # fmt: skip
        return min(known, default=None)

    def require_known(self, argument: str, day: int) -> None:
        """Refuse a day, given as an ordinal, before anybody is counted.

        Raises
        ------
        InputError
            That names the argument, and the first day that can be given.
        """
        if self.first_known is not None and day < self.first_known:
            begun = dt.date.fromordinal(self.first_known)
            problem = f"lies before anybody is counted in {self.scenario.name}, which is known on {begun}"
            raise wrong_argument(argument, problem, "give that day or a later one", dt.date.fromordinal(day))

    @cached_property
    def never_reported(self) -> tuple[str, ...]:
        """Places that people come to of which there is no figure, not even one of an area that they lie in."""
        told = {member for places in self.truth.values() for one in places.values() for member in one.members}
        places = enumerate(self.scenario.places)
        return tuple(place.place for number, place in places if place.kind in COMING_TO and number not in told)

    def at(self, origin: int) -> tuple[Panel, ...]:
        """Return the panels as they were known on a day, given as an ordinal; none before the first figure."""
        if origin not in self._seen:
            day = dt.date.fromordinal(origin)
            known = self.scenario.model_copy(update={"reports": reports_known(self.scenario.reports, day)})
            closed = {
                number for number, place in enumerate(self.scenario.places)
                if place.closes is not None and place.closes <= day
            }  # fmt: skip
            open_ones = [found for found in self._series(known).items() if not found[1][0].members <= closed]
            self._seen[origin] = tuple(self._panels(open_ones, origin))
        return self._seen[origin]

    def _panels(self, found: list[tuple[tuple[str, str], tuple[Series, str]]], origin: int) -> Iterator[Panel]:
        """Part series into panels; where places overlap, those with most figures come first, then narrow ones."""
        panels: dict[tuple[str, str, int], list[Series]] = {}
        for (quantity, _), (series, level) in sorted(
            found, key=lambda one: (-one[1][0].days.size, len(one[1][0].members), one[0])
        ):
            number = 1
            while any(series.members & other.members for other in panels.get((quantity, level, number), ())):
                number += 1
            panels.setdefault((quantity, level, number), []).append(series)
        for (quantity, level, number), places in sorted(panels.items()):
            name = f"{quantity} {level}" + (f" {number}" if number > 1 else "")
            in_order = tuple(sorted(places, key=lambda series: series.place))
            yield Panel(quantity, name, origin, self.start, in_order)

    def _series(self, scenario: Scenario) -> dict[tuple[str, str], tuple[Series, str]]:
        """Return the series of a scenario's reports by quantity and place, with the level of the place."""
        names = self.scenario.names
        found: dict[tuple[str, str], list[Report]] = {}
        for line in lines(scenario):
            report = line.report
            counts = not line.left_out and _counts(report, self._living)
            if counts and report.place in names and middle_of(report) <= self.end:
                found.setdefault((report.quantity, names.proper(report.place)), []).append(report)
        return {
            (quantity, place): (
                _series_of(place, frozenset(names.members(place)), reports),
                class_of(self.scenario, reports[0]).level,
            )
            for (quantity, place), reports in found.items()
        }


def last_reports(scenario: Scenario) -> dict[tuple[str, str], Report]:
    """Return the report of the last figure of each quantity and place that has one, its figure as an exact value."""
    return {(report.quantity, scenario.names.proper(report.place)): report for report in in_order(scenario)}


def in_order(scenario: Scenario) -> Iterator[Report]:
    """Yield the reports of stocks that count, by the day that they are of, each figure as an exact value."""
    living = Living(scenario)
    for line in sorted(lines(scenario), key=lambda line: (middle_of(line.report), line.report.known_on)):
        report = line.report
        if not line.left_out and _counts(report, living) and report.place in scenario.names:
            alone = {"value": _figure(report), "bound": "exact", "part": "", "replaces": ""}
            yield report.model_copy(update=alone)


def beyond_all(scenario: Scenario) -> list[Report]:
    """Return the reports of stocks that are of more people than there are, which no forecast goes by."""
    living = Living(scenario)
    return [
        report for report in scenario.reports
        if report.quantity in STOCKS and report.value and not report.not_scored and living.beyond(report)
    ]  # fmt: skip


def all_known(scenario: Scenario) -> dt.date:
    """Return the first day on which every figure was known, that of an emptied place too, which no fit goes by."""
    living = Living(scenario)
    counting = (report for report in scenario.reports if _counts(report, living) and report.place in scenario.names)
    return max((report.known_on for report in counting), default=scenario.settings.start)


def _counts(report: Report, living: Living) -> bool:
    return (
        report.quantity in STOCKS and of_everybody(report, living.scenario) and report.bound in POINTS
        and not report.same_as and not report.not_scored and _figure(report) is not None and not living.beyond(report)
    )  # fmt: skip


def of_everybody(report: Report, scenario: Scenario) -> bool:
    """Whether a figure is of all people of the model: of every group, and from wherever people leave."""
    everywhere = not report.origin or {*scenario.residents.place} <= {*scenario.names.members(report.origin)}
    return report.group == "all" and everywhere


def _figure(report: Report) -> float | None:
    if report.bound == "range":
        ends = [end for end in (report.low, report.high) if end is not None]
        return sum(ends) / 2 if len(ends) == 2 else None
    return report.value


def middle_of(report: Report) -> float:
    """Return the day that a figure stands for, the middle of its period, as an ordinal."""
    return (report.as_of.start.toordinal() + report.as_of.end.toordinal()) / 2


def _series_of(place: str, members: frozenset[int], reports: list[Report]) -> Series:
    """Return the figures of a place by day; of several on one day the one that was known last."""
    by_day: dict[float, float] = {}
    for report in sorted(reports, key=lambda report: report.known_on):
        by_day[middle_of(report)] = _figure(report) or 0.0
    days = sorted(by_day)
    return Series(place, members, np.array(days), np.array([by_day[day] for day in days]))
