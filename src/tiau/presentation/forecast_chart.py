"""Fan charts of a forecast, with the reports known so far, as SVG that takes the colours of the page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import dates as mdates
from matplotlib.figure import Figure

from tiau.evaluation.outside import middle
from tiau.forecasting.forecast_result import Forecast
from tiau.presentation import charts
from tiau.scenario.rows import Report
from tiau.scenario.source_kinds import kind_of

SIZE = (4, 2.2)
PAST_DAYS = 270
KINDS = {"register": "#d1495b", "agency": "#7a3e9d", "media": "#2e8540", "other": "#b8860b"}
MARKS = {"exact": "o", "about": "o", "at_least": "^", "at_most": "v"}
_COLOURS = {charts.BLUE: "--band", charts.INK: "--ink", charts.GREY: "--grey"} | {
    colour: f"--{kind}" for kind, colour in KINDS.items()
}


def fan(found: Forecast, row: int) -> str:
    """Draw the 90% and 50% bands and the median of a row from the origin on, and what was reported before."""
    days: Any = [found.date(day) for day in (0, *found.days)]
    levels = (0.05, 0.25, 0.5, 0.75, 0.95)
    low, quarter, median, three, high = np.array([found.of(people, *levels) for people in found.draws[row]]).T
    since = found.origin - dt.timedelta(PAST_DAYS)
    inked: Any = {"text.color": charts.INK, "xtick.color": charts.INK, "ytick.color": charts.INK}
    with charts.style(), mpl.rc_context(inked):
        chart = Figure(figsize=SIZE, facecolor="none")
        axes: Any = chart.add_subplot(facecolor="none")
        axes.fill_between(days, low, high, color=charts.BLUE, alpha=0.2, linewidth=0)
        axes.fill_between(days, quarter, three, color=charts.BLUE, alpha=0.35, linewidth=0)
        axes.plot(days, median, color=charts.BLUE, linewidth=1.6)
        axes.axvline(found.origin, color=charts.GREY, linewidth=0.9, linestyle="--")
        for report in reports_of(found, row):
            if middle(report) >= since:
                _mark(axes, report)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        locator: Any = mdates.AutoDateLocator(minticks=3, maxticks=6)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
        return _themed(charts.svg(chart))


def reports_of(found: Forecast, row: int) -> list[Report]:
    """Return the reports known on the origin that speak of a row: of everybody, and no copies of other figures."""
    target, place = found.rows[row]
    names = found.scenario.names
    return [
        report for report in found.scenario.known_by(found.origin).reports
        if report.quantity == target and report.of_everybody and names.proper(report.place) == place
        and not report.same_as and not report.not_scored
    ]  # fmt: skip


def _mark(axes: Any, report: Report) -> None:
    """Draw a report: its colour says who spoke, its shape how the figure is bound."""
    day, colour = middle(report), KINDS[kind_of(report)]
    if report.bound == "range" and report.low is not None and report.high is not None:
        axes.plot([day, day], [report.low, report.high], color=colour, linewidth=2.2, zorder=3)
    elif report.value is not None:
        marker, face = MARKS[report.bound], "none" if report.bound == "about" else colour
        axes.plot([day], [report.value], marker, color=face, markeredgecolor=colour, markersize=4, zorder=3)


def _themed(svg: str) -> str:
    """Put colours of the page, light or dark, in place of those of a chart."""
    for colour, name in _COLOURS.items():
        svg = svg.replace(colour, f"var({name})")
    return svg
