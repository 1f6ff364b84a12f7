"""Charts as SVG text: bands of camps and of differences."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import dates as mdates
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tiau.presentation.lettering import families, quiet

BLUE, ORANGE, GREY, INK = "#1f6f8b", "#d1495b", "#9aa0a6", "#222222"
SMALL = (5, 2.6)


@contextmanager
def style(*texts: str) -> Iterator[None]:
    """Draw in one style, with fonts that have the letters of some texts."""
    settings: Any = {
        "svg.fonttype": "none", "font.family": families(texts), "font.size": 9, "axes.spines.top": False,
        "axes.spines.right": False, "axes.edgecolor": GREY, "axes.labelcolor": INK, "svg.hashsalt": "tiau",
        "text.parse_math": False,
    }  # fmt: skip
    with mpl.rc_context(settings), quiet():
        yield


def svg(chart: Figure) -> str:
    """Return a chart as the text of an SVG, the same each time."""
    stream = io.StringIO()
    chart.savefig(stream, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]


def band(axes: Any, days: Sequence[dt.date], values: NDArray[np.floating[Any]]) -> None:
    """Draw the 5-95% and 25-75% bands and the median of `values` (day, member)."""
    low, quarter, middle, three, high = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)
    axes.fill_between(days, low, high, color=BLUE, alpha=0.18, linewidth=0, label="5-95%")
    axes.fill_between(days, quarter, three, color=BLUE, alpha=0.28, linewidth=0, label="25-75%")
    axes.plot(days, middle, color=BLUE, linewidth=1.4, label="median")


def camp_band(
    days: Sequence[dt.date], people: NDArray[np.floating[Any]], counted: NDArray[np.floating[Any]], title: str
) -> str:
    """Draw the band of people in a camp (day, member) over time, with the counts (day,) as a line, all persons."""
    with style(title):
        chart = Figure(figsize=SMALL)
        axes: Any = chart.add_subplot()
        band(axes, days, people)
        axes.plot(days, counted, color=ORANGE, linewidth=1.2)
        axes.set_title(title, loc="left", fontweight="bold")
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        locator = mdates.AutoDateLocator(minticks=2, maxticks=5)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
        return svg(chart)


def difference_bands(daily: Mapping[str, NDArray[np.floating[Any]]], days: Sequence[dt.date]) -> str:
    """Draw the bands and the median of differences by day (day, member), persons, as small multiples by their names."""
    with style(*daily):
        chart = Figure(figsize=(3.2 * len(daily), 2.6))
        for position, (name, values) in enumerate(daily.items(), start=1):
            axes = chart.add_subplot(1, len(daily), position)
            band(axes, days, values)
            axes.axhline(0, color=GREY, linewidth=0.8)
            axes.set_title(name, loc="left", fontsize=9)
            axes.yaxis.set_major_formatter(lambda value, _: f"{value:+,.0f}" if value else "0")
            locator = mdates.AutoDateLocator(minticks=2, maxticks=5)
            axes.xaxis.set_major_locator(locator)
            axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
        chart.tight_layout()
        return svg(chart)


def difference_ranges(rows: Sequence[tuple[str, tuple[float, float, float], tuple[float, float, float]]]) -> str:
    """Draw differences as dots with a wide and a narrow 90% range, one below the other; grey where the wide has 0."""
    with style(*(name for name, _, _ in rows)):
        chart = Figure(figsize=(8, 0.5 + 0.24 * len(rows)))
        axes = chart.add_subplot()
        for position, (_, (low, middle, high), (given_low, _, given_high)) in enumerate(rows):
            color, at = GREY if low <= 0 <= high else BLUE, [position, position]
            axes.plot([low, high], at, color=color, linewidth=1.2, solid_capstyle="butt")
            axes.plot([given_low, given_high], at, color=color, linewidth=4, alpha=0.5, solid_capstyle="butt")
            axes.plot([middle], [position], "o", color=color, markersize=4)
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_yticks(range(len(rows)), [name for name, _, _ in rows])
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:+,.0f}" if value else "0")
        return svg(chart)
