"""A result as plain tables: reported against simulated figures, and needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tiau.results.arrays import Arrays
from tiau.results.fits import Fit
from tiau.results.needs import NEEDS, needed
from tiau.results.spreadsheet import write_csv
from tiau.results.variables import QUANTILES
from tiau.scenario.vocabulary import to_cell

NEEDS_COLUMNS = ("day", "place", "need", "unit", *(f"p{round(100 * q):02d}" for q in QUANTILES))
FIT_COLUMNS = (
    "report", "place", "group", "quantity", "as_of", "value", "bound", "p05", "p50", "p95", "log_likelihood",
    "status", "reason", "source_kind", "coverage", "delay_days", "said_by", "publisher", "level", "class",
)  # fmt: skip


def write_fit(result: Arrays, path: Path) -> None:
    """Write fit.csv: one row a report, with how its source counts and its class, and one a sum of parts."""
    write_csv(path, FIT_COLUMNS, map(_fit_row, result.fits))


def _fit_row(fit: Fit) -> list[str]:
    report = fit.placement.report
    numbers = ["" if x is None else f"{x:.0f}" for x in (fit.p05, fit.p50, fit.p95)]
    likelihood = "" if fit.log_likelihood is None else f"{fit.log_likelihood:.4f}"
    cells = [report.report, report.place, report.group, report.quantity, str(report.as_of)]
    cells += [to_cell(report.value), report.bound, *numbers, likelihood, fit.placement.status]
    counting = fit.placement.counting
    source = [counting.kind, to_cell(counting.share), str(counting.delay), report.said_by, report.publisher]
    found = fit.placement.figure_class
    return [*cells, fit.placement.reason, *source, found.level, found.quantity]


class Texts(dict[float, str]):
    """Numbers as text, each made once: a run has millions of cells and few different numbers."""

    def __init__(self, suppress_below: float = 0.0) -> None:
        super().__init__()
        self._below = suppress_below

    def __missing__(self, number: float) -> str:
        self[number] = f"<{self._below:g}" if 0 < number < self._below else f"{number:.0f}"
        return self[number]


def write_needs(result: Arrays, path: Path) -> None:
    """Write needs.csv: one row a day, reception place and need, quantiles as columns; days without people left out."""
    write_csv(path, NEEDS_COLUMNS, _needs_rows(result))


def _needs_rows(result: Arrays) -> Iterator[list[str]]:
    days = [day.isoformat() for day in result.days]
    text = Texts().__getitem__
    for index, place in enumerate(result.scenario.places):
        if place.kind in ("reception", "camp"):
            people = result.everybody[:, :, index]
            there = np.flatnonzero(people[-1] > 0)
            amounts = np.array([needed(people[:, there], need) for need in NEEDS]).transpose(2, 0, 1)
            for day, of_day in zip(there.tolist(), amounts.tolist(), strict=True):
                for need, amount in zip(NEEDS, of_day, strict=True):
                    yield [days[day], place.place, need.name, need.unit, *map(text, amount)]
