"""Which courses a report draws: the main area with reports, forecast and acts, then the areas with most reports.

Where nobody reported of the main area itself, the most reported of what lies in it or around it stands beside it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from tiau.evaluation.outside import outside
from tiau.forecasting.forecast_result import Forecast
from tiau.presentation.course import chart
from tiau.presentation.course.lanes import binding
from tiau.presentation.course.words import heading
from tiau.presentation.words import coverage
from tiau.results.areas import areas_kept
from tiau.results.result import Result

OTHERS = 8
GIVEN = (
    "Who leaves is given in departures.csv and the same in every run, so that where nearly all of them come together "
    "the range is next to nothing: it does not say how sure that is. "
)
ELSEWHERE = "None of these acts holds there: they are those that hold elsewhere."
DRAWN = ("present", "arrived_cumulative")


@dataclass(frozen=True)
class Chart:
    """A chart as SVG, what it is of, and a sentence on the reports that the run misses, if it misses any."""

    title: str
    svg: str
    words: str


@dataclass(frozen=True)
class Courses:
    """The charts of a report: the one that comes first, with acts below it, of other areas, of entries at crossings."""

    first: tuple[Chart, ...] = ()
    acts: tuple[Chart, ...] = ()
    more: tuple[Chart, ...] = ()
    crossings: tuple[Chart, ...] = ()


def courses(result: Result, main: str, forecast: Forecast | None, *, suppress_below: int) -> Courses:
    """Draw the courses of a run, with what a forecast has of them."""
    if not main:
        return Courses()
    scenario = result.scenario

    def drawn(name: str, quantity: str, words: str = "", **below: Any) -> Chart:  # noqa: ANN401
        svg = chart.course(result, name, quantity, suppress_below=suppress_below, forecast=forecast, **below)
        return Chart(heading(name, quantity), svg, words)

    def missed(name: str, quantity: str) -> str:
        said = coverage.outside_words(outside(result, name, quantity, suppress_below=suppress_below))
        return f"{GIVEN}{said}" if scenario.outflows and said else said

    first = (main, "present")
    reported = _most_reported(result)
    beside = [] if first in reported else [one for one in reported if _tells_of(result, main, *one)][:1]
    more = [one for one in reported if one not in (first, *beside)][:OTHERS]
    binds = binding(result, main)
    acts, where = (binds, "") if binds or not scenario.acts else (scenario.acts, ELSEWHERE)
    return Courses(
        tuple(drawn(*one, missed(*one), size=chart.WIDE) for one in (first, *beside)),
        # Below the chart with acts stands nothing that stood below the first.
        (drawn(*first, where, acts=acts, events=scenario.events, size=chart.WIDE),),
        tuple(drawn(*one, missed(*one), size=chart.SMALL) for one in more),
        tuple(Chart(name, svg, "") for name, svg in chart.crossings(result, suppress_below=suppress_below)),
    )


def _tells_of(result: Result, main: str, place: str, quantity: str) -> bool:
    """Whether people present at a place are people of the main area, or the other way round."""
    kept = areas_kept(result.network)
    inside = set(np.flatnonzero(kept.places[kept.names.index(main)]).tolist())
    return quantity == "present" and not inside.isdisjoint(result.network.names.members(place))


def _most_reported(result: Result) -> list[tuple[str, str]]:
    """Return areas and quantities by how many reports there are of everybody there."""
    names = result.network.names
    counts = Counter(
        (names.proper(placement.report.place), placement.report.quantity)
        for placement in result.placements
        if placement.status == "placed" and placement.report.quantity in DRAWN and placement.of_everybody
    )
    return [one for one, _ in counts.most_common()]
