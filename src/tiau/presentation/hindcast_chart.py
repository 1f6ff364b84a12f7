"""A hindcast as one picture: what bands hold, scores by horizon, and the worst misses by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from tiau.evaluation.forecasts import covered
from tiau.forecasting.outcome import CaseHindcast, Hindcast
from tiau.forecasting.quantiles import at
from tiau.forecasting.scoring import CaseScores
from tiau.forecasting.summary import MOVING_CASES
from tiau.presentation.charts import BLUE, GREY, INK, ORANGE, style, svg
from tiau.presentation.words import hindcasts as words

PROMISED = np.arange(0.1, 1.0, 0.1)
MISSES = 10
COLOURS = {"tiau": BLUE, "trend": INK, "persistence": ORANGE, "persistence_dressed": "#c98b2b", "damped": "#6a994e"}


def hindcast_chart(found: Hindcast) -> str:
    """Draw a hindcast. Returns SVG."""
    missed = worst(found)
    with style(*missed):
        chart = Figure(figsize=(9.5, 6.2))
        grid = chart.add_gridspec(2, 2, height_ratios=(3, 2), hspace=0.35, wspace=0.25)
        _reliability(chart.add_subplot(grid[0, 0]), found)
        _scores(chart.add_subplot(grid[0, 1]), found)
        _misses(chart.add_subplot(grid[1, :]), missed)
        return svg(chart)


def worst(found: Hindcast) -> list[str]:
    """Name the worst misses of the first method: of each place the figure with the largest CRPS among all counted."""
    first = next(iter(found.methods))
    misses: dict[tuple[str, str], tuple[float, str]] = {}
    for case in found.cases:
        scores = CaseScores(case)
        ends = at(case.quantiles[first], np.array([0.05, 0.5, 0.95]))
        share = scores.of(first)["crps"] / max(_people_at_once(case), 1.0)
        for row in np.flatnonzero(case.where()):
            target = case.targets[row]
            said = words.miss(case.name, target, *ends[row].tolist())
            key = case.name, target.place
            misses[key] = max(misses.get(key, (-1.0, "")), (float(share[row]), said))
    return [said for _, said in sorted(misses.values(), reverse=True)[:MISSES]]


def _people_at_once(case: CaseHindcast) -> float:
    """Return the mean of all people counted at an origin and horizon, persons."""
    chosen = case.where()
    at_once = {(one.origin, one.horizon) for one in case.targets if one.in_main}
    return float(case.column("observed")[chosen].sum()) / max(len(at_once), 1)


def _reliability(axes: Any, found: Hindcast) -> None:
    """Draw the share of figures inside central intervals by what they promise, a line a horizon of the first method."""
    first = next(iter(found.methods))
    ends = np.concatenate([(1 - PROMISED) / 2, (1 + PROMISED) / 2])
    axes.plot([0, 100], [0, 100], color=GREY, linewidth=1)
    for number, horizon in enumerate(found.horizons):
        shares = []
        for case in found.cases:
            rows = case.where(horizon)
            if rows.any():
                inside = covered(at(case.quantiles[first][rows], ends), case.column("observed")[rows])
                shares.append(inside.mean(axis=0))
        if shares:
            fade = 1 - 0.6 * number / max(len(found.horizons) - 1, 1)
            axes.plot(100 * PROMISED, 100 * np.mean(shares, axis=0), "o-", color=BLUE, alpha=fade, markersize=3.5,
                      label=f"{horizon} days")  # fmt: skip
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.set_xlabel("promised, %")
    axes.set_ylabel("figures inside, %")
    axes.set_title(f"What bands of {first} hold", loc="left", fontweight="bold")
    axes.legend(frameon=False, fontsize=8)


def _scores(axes: Any, found: Hindcast) -> None:
    """Draw the CRPS of the methods that have a spread by horizon, and of the last count that stays."""
    group = MOVING_CASES if MOVING_CASES in found.groups else found.groups[0]
    of_group = found.lines_of(group)
    for method in found.methods:
        if method.startswith(("share", "capacity")):
            continue
        days, shares = [], []
        for line in of_group:
            if line.method == method:
                days.append(line.horizon)
                shares.append(100 * line.crps)
        axes.plot(days, shares, "o-", markersize=3.5, label=method, color=COLOURS.get(method, GREY),
                  linewidth=2 if method == "tiau" else 1, zorder=3 if method == "tiau" else 2)  # fmt: skip
    axes.set_ylim(bottom=0)
    axes.set_xlabel("days ahead")
    axes.set_ylabel("CRPS, % of the people counted")
    axes.set_title(f"Scores, {group}", loc="left", fontweight="bold")
    axes.legend(frameon=False, fontsize=7)


def _misses(axes: Any, missed: Sequence[str]) -> None:
    axes.set_axis_off()
    axes.set_title("Worst misses, one a place", loc="left", fontweight="bold")
    for number, said in enumerate(missed):
        axes.text(0, 0.95 - number / MISSES, said, transform=axes.transAxes, fontsize=8, va="top")
