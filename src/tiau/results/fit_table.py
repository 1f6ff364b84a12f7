"""fit.csv: every report beside what the run would report, and the numbers that a terminal or a page shows of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tiau.results.arrays import Arrays
from tiau.results.disclosure import cells, kept_back, nearest, shown, told
from tiau.results.fits import Fit
from tiau.results.spreadsheet import write_csv
from tiau.scenario.vocabulary import to_cell

NUMBERS = ("p05", "p50", "p95")
COLUMNS = (
    "report", "place", "group", "quantity", "as_of", "value", "bound", *NUMBERS, "suppressed", "log_likelihood",
    "status", "reason", "source_kind", "coverage", "delay_days", "said_by", "publisher", "level", "class",
)  # fmt: skip


def band_of(fit: Fit, suppress_below: float) -> NDArray[np.float64]:
    """Return the band of a report (quantile,) as it is shown; NaN where a number is kept back or there is none."""
    return shown(_numbers(fit), suppress_below)


def written(fit: Fit, suppress_below: float) -> list[str]:
    """Return the band of a report as a reader sees it; "<10" where a number is kept back."""
    return told(_numbers(fit), suppress_below)


def _numbers(fit: Fit) -> list[float]:
    return [np.nan if one is None else one for one in (fit.p05, fit.p50, fit.p95)]


def rows(result: Arrays, *, suppress_below: float) -> Iterator[list[str]]:
    """Yield the rows of fit.csv: one a report, with how its source counts and its class, and one a sum of parts.

    What others published stays as they published it. Likelihoods are worked out of rounded people: of a run with one
    member, people could be worked out of its likelihood.
    """
    likelihoods = result.fits if suppress_below <= 1 else result.fits_to(nearest(result.truth, suppress_below))
    for fit, rounded in zip(result.fits, likelihoods, strict=True):
        yield _row(fit, rounded.log_likelihood, suppress_below)


def _row(fit: Fit, log_likelihood: float | None, suppress_below: float) -> list[str]:
    report, counting, found = fit.placement.report, fit.placement.counting, fit.placement.figure_class
    band = band_of(fit, suppress_below)
    blank = () if fit.p50 is None else kept_back(band, NUMBERS)
    likelihood = "" if log_likelihood is None else f"{log_likelihood:.4f}"
    row = [report.report, report.place, report.group, report.quantity, str(report.as_of), to_cell(report.value)]
    row += [report.bound, *cells(band), "; ".join(blank), likelihood, fit.placement.status, fit.placement.reason]
    row += [counting.kind, to_cell(counting.share), str(counting.delay), report.said_by, report.publisher]
    return [*row, found.level, found.quantity]


def write(result: Arrays, path: Path, *, suppress_below: float) -> None:
    """Write fit.csv."""
    write_csv(path, COLUMNS, rows(result, suppress_below=suppress_below))
