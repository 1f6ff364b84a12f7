"""Charts as SVG text: the map of a run with flows, bands of camps and of differences."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib import dates as mdates
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tiau.presentation.lettering import families, quiet

if TYPE_CHECKING:
    from tiau.results.result import Result

BLUE, ORANGE, GREY, INK = "#1f6f8b", "#d1495b", "#9aa0a6", "#222222"
HOME, ABROAD = "#c98b2b", "#1f6f8b"
SMALL = (5, 2.6)
MEDIAN = 2
LABELLED = 25
LABEL_LON, LABEL_LAT = 0.25, 0.06
BUSY_SHARE = 0.1
SMALL_SHARE = 0.005


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


def flow_map(result: Result) -> str:
    """Draw places and routes; the width of a route is how many people travelled it, the median of members."""
    network = result.network
    places = network.scenario.places
    lon, lat = np.array([p.lon for p in places]), np.array([p.lat for p in places])
    flow = result.flow[MEDIAN, -1]
    present = result.places["present"][MEDIAN, -1].sum(0)
    abroad = network.abroad
    with style(*network.place_names):
        chart = Figure(figsize=(8, 8))
        axes = chart.add_subplot()
        top = max(float(flow.max(initial=0)), 1.0)
        for start, end, people in zip(network.start, network.end, flow, strict=True):
            ends = ([lon[start], lon[end]], [lat[start], lat[end]])
            axes.plot(*ends, color=GREY, linewidth=0.4, alpha=0.5, zorder=1)
            if people > 0:
                axes.plot(*ends, color=ORANGE, linewidth=0.3 + 6 * (people / top) ** 0.5, alpha=0.55, zorder=2,
                          solid_capstyle="round")  # fmt: skip
        size = 5 + 110 * np.minimum(present / max(float(present[abroad].max(initial=0)), 1.0), 1.0)
        axes.scatter(lon[~abroad], lat[~abroad], s=size[~abroad], color=HOME, zorder=3, linewidth=0)
        axes.scatter(lon[abroad], lat[abroad], s=size[abroad], color=ABROAD, zorder=3, linewidth=0)
        for index in _labelled(lon, lat, np.where(abroad, 1.0, 0.1) * present):
            label = axes.annotate(places[index].place, (lon[index], lat[index]), (4, 3), textcoords="offset points")
            label.set(fontsize=8, clip_on=True)
        _frame(axes, lon, lat, _heart(result, flow, present))
        return svg(chart)


def _labelled(lon: NDArray[np.float64], lat: NDArray[np.float64], weight: NDArray[np.floating[Any]]) -> list[int]:
    """Return the places to name: by weight, none too near another."""
    chosen: list[int] = []
    for index in np.argsort(-weight):
        near = (abs(lon[index] - lon[chosen]) < LABEL_LON) & (abs(lat[index] - lat[chosen]) < LABEL_LAT)
        if weight[index] > 0 and not near.any() and len(chosen) < LABELLED:
            chosen.append(int(index))
    return chosen


def _heart(result: Result, flow: NDArray[np.floating[Any]], present: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Return the places to show: those abroad with people, and ends of ways that many travelled; all without any."""
    network = result.network
    abroad = np.where(network.abroad, present, 0.0)
    heart: NDArray[np.bool_] = abroad > SMALL_SHARE * abroad.sum()
    crossed = np.where(network.crossing >= 0, flow, 0.0)
    busy = (crossed > SMALL_SHARE * crossed.sum()) | (flow > BUSY_SHARE * flow.max(initial=0.0))
    heart[network.start[busy]] = True
    heart[network.end[busy]] = True
    return heart if heart.any() else np.ones(present.size, bool)


def _frame(axes: Any, lon: NDArray[np.float64], lat: NDArray[np.float64], heart: NDArray[np.bool_]) -> None:
    """Show some places with a margin, in true proportion."""
    west, east, south, north = lon[heart].min(), lon[heart].max(), lat[heart].min(), lat[heart].max()
    margin = 0.1 * max(east - west, north - south, 0.5)
    axes.set_xlim(west - margin, east + margin)
    axes.set_ylim(south - margin, north + margin)
    axes.set_aspect(1 / np.cos(np.radians(np.clip((south + north) / 2, -80, 80))))
    axes.set_axis_off()


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
