"""The checks of a fit as one picture: each figure beside what members would report, and where figures rank."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tiau.calibration.checks import Checks
from tiau.calibration.learned import BANDS
from tiau.presentation.charts import BLUE, GREY, INK, ORANGE, style, svg
from tiau.presentation.words.classes import class_words

ARROWS = {"at_least": "^", "at_most": "v"}
BINS = 10
LETTERS = 34
MOST_DRAWN = 150


def checks_chart(found: Checks) -> str:
    """Draw the prior and posterior predictive checks of a fit, figures in order of class and day. Returns SVG.

    Of many figures every second, third or so is drawn; ranks are of all.
    """
    every = -(-len(found.placements) // MOST_DRAWN)
    drawn = replace(
        found, placements=found.placements[::every], values=found.values[::every], prior=found.prior[::every],
        posterior=found.posterior[::every],
    )  # fmt: skip
    with style(*(one.report.place for one in drawn.placements)):
        height = max(3.2, 1.0 + 0.17 * len(drawn.placements))
        chart = Figure(figsize=(9, height))
        grid = chart.add_gridspec(1, 2, width_ratios=(3, 1), wspace=0.15)
        _bands(chart.add_subplot(grid[0]), drawn)
        ranks = grid[1].subgridspec(max(2, round(height / 2)), 1, hspace=0.6)
        _ranks(chart.add_subplot(ranks[0]), found.ranks(found.prior), GREY, "before")
        _ranks(chart.add_subplot(ranks[1]), found.ranks(found.posterior), BLUE, "after")
        return svg(chart)


def _bands(axes: Any, found: Checks) -> None:
    """Draw a line a figure: the 5-95% band and median before and after, what was reported, red where it is outside."""
    classes = [class_words(one.figure_class) for one in found.placements]
    heads = np.cumsum([row == 0 or name != classes[row - 1] for row, name in enumerate(classes)])
    lines = np.arange(len(classes)) + heads
    before, after = (np.maximum(np.quantile(of, BANDS, axis=1), 0.5) for of in (found.prior, found.posterior))
    for ends, color, width, lift in ((before, GREY, 1.5, -0.22), (after, BLUE, 3.5, 0.12)):
        axes.hlines(lines + lift, ends[0], ends[2], color=color, linewidth=width, alpha=0.6)
        axes.plot(ends[1], lines + lift, "|", color=color, markersize=6)
    outside = found.named & ((found.values < after[0]) | (found.values > after[2]))
    for line, value, out, one in zip(lines, found.values, outside, found.placements, strict=True):
        marker = ARROWS.get(one.report.bound, "o")
        axes.plot([value], [line], marker, color=ORANGE if out else INK, markersize=4.5, zorder=3)
    named = [f"{one.report.place[:LETTERS]}, {one.report.as_of.end}" for one in found.placements]
    axes.set_yticks(lines, named, fontsize=6.5)
    axes.set_ylim(lines[-1] + 0.7, -0.7)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_title("grey before, blue after the fit; red: outside; arrows: bounds", loc="left", fontsize=9)
    for name in dict.fromkeys(classes):
        at = (0.01, lines[classes.index(name)] - 1)
        axes.annotate(name, at, xycoords=("axes fraction", "data"), fontsize=7, va="center", fontweight="bold")


def _ranks(axes: Any, ranks: NDArray[np.float64], color: str, title: str) -> None:
    """Draw how the reported figures rank among members: level where the bands hold what they promise."""
    axes.hist(ranks, bins=np.linspace(0, 1, BINS + 1), color=color, alpha=0.7)
    axes.axhline(len(ranks) / BINS, color=INK, linewidth=0.8)
    axes.set_title(f"share of members below, {title}", loc="left", fontsize=7)
    axes.tick_params(labelsize=7)
