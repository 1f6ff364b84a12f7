"""Which courses a report draws: the main area with reports, forecast and acts, then the areas with most reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tiau.evaluation.outside import outside
from tiau.forecasting.forecast_result import Forecast
from tiau.presentation.course import chart
from tiau.presentation.words import coverage
from tiau.results.area_table import Area
from tiau.results.result import Result
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Act

OTHERS = 8
DRAWN = {"present": "displaced people present", "arrived_cumulative": "arrivals since the start"}


@dataclass(frozen=True)
class Chart:
    """A chart as SVG, and a sentence on the reports that the run misses, if it misses any."""

    svg: str
    words: str


@dataclass(frozen=True)
class Courses:
    """The charts of a report: those that come first, lanes of acts, others, and crossings."""

    first: tuple[Chart, ...]
    lanes: str
    more: tuple[Chart, ...]
    crossings: str


def courses(result: Result, main: Area | None, forecast: Forecast | None, *, suppress_below: int) -> Courses:
    """Draw the courses of a run, with what a forecast has of them."""
    reported = _most_reported(result)
    if main is None:
        return Courses((), "", (), "")
    first = [(main.name, "present")]
    more = [one for one in reported if one not in first][:OTHERS]

    def drawn(name: str, quantity: str, size: tuple[float, float]) -> Chart:
        svg = chart.course(
            result, name, quantity, suppress_below=suppress_below, forecast=forecast, size=size,
            title=f"{name}: {DRAWN[quantity]}",
        )  # fmt: skip
        return Chart(svg, coverage.outside_words(outside(result, name, quantity)))

    return Courses(
        tuple(drawn(*one, chart.WIDE) for one in first),
        chart.lanes(result, result.scenario.acts),
        tuple(drawn(*one, chart.SMALL) for one in more),
        chart.crossings(result, suppress_below=suppress_below),
    )


def _most_reported(result: Result) -> list[tuple[str, str]]:
    """Return areas and quantities by how many reports there are of everybody there."""
    names = result.network.names
    counts = Counter(
        (names.proper(placement.report.place), placement.report.quantity)
        for placement in result.placements
        if placement.status == "placed" and placement.report.quantity in DRAWN and placement.of_everybody
    )
    return [one for one, _ in counts.most_common()]
