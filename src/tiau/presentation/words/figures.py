"""Figures of reports and shares of people, as they stand in tables and sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.observations.sources import Counting
from tiau.results.disclosure import shown
from tiau.scenario.rows import Report

THOUSAND = 1000
BOUND_SIGNS = {"exact": "", "about": "about ", "at_least": "at least ", "at_most": "at most ", "range": ""}


def figure(report: Report) -> str:
    """Write the figure of a report with its bound."""
    if report.bound == "range" and report.low is not None and report.high is not None:
        return f"{report.low:,.0f} to {report.high:,.0f}"
    value = "" if report.value is None else f"{report.value:,.0f}"
    return f"{BOUND_SIGNS[report.bound]}{value}"


def plain(value: float, digits: int) -> str:
    """Write a value with so many significant digits and without powers of ten."""
    kept = float(f"{value:.{digits}g}")
    return f"{kept:,.0f}" if abs(kept) >= THOUSAND else np.format_float_positional(kept, trim="-")


def when(report: Report) -> str:
    """Write the day or days that a figure is of."""
    return str(report.as_of).replace("/", " to ")


def source(counting: Counting) -> str:
    """Write the kind of a report's source and how it counts, where that is not as the truth is on the day."""
    covers = f", counts {counting.share:.0%} of people" if counting.share != 1 else ""
    late = f", {counting.delay} day{'' if counting.delay == 1 else 's'} late" if counting.delay else ""
    return f"{counting.kind}{covers}{late}"


def share(low: float, middle: float, high: float) -> str:
    """Write a share with its range as percentages; blank where there is none."""
    return "" if middle != middle else f"{100 * middle:.0f} ({100 * low:.0f}-{100 * high:.0f})"


def shares(parts: NDArray[np.floating[Any]], people: float, suppress_below: float) -> list[str]:
    """Write shares of people (quantile, part), the median second; all blank where one stands for few people alone.

    Shares add up to all: one that is left blank alone could be worked out of the others.
    """
    few = bool(np.isnan(shown(people * parts[1], suppress_below)).any())
    return ["" if few else share(*of) for of in parts.T]
