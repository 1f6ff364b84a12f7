"""The headline figures of a forecast on one day: the median of each place and area, and its 90% range.

Arrivals are of weeks that begin on the day of the forecast, and not of the same days in two forecasts.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tiau.evaluation.forecasts import interval_levels
from tiau.forecasting.history import Floats
from tiau.forecasting.predicted import ARRIVALS, RANGE, Predicted
from tiau.texts import formula, of_people

LEVELS = RANGE
Row = tuple[str, str]


@dataclass(frozen=True)
class Headlines:
    """What a forecast says of a day.

    Attributes
    ----------
    people : dict of (str, str) to int array (level,), persons
        Quantiles at `LEVELS` by quantity and place, as forecast.csv has them, in whole people.
    samples : dict of (str, str) to float array (member,), persons
    """

    people: Mapping[Row, NDArray[np.int64]]
    samples: Mapping[Row, Floats]


def headlines(found: Predicted, day: dt.date) -> Headlines:
    """Return what a forecast says of one of its days."""
    number = found.days.index((day - found.origin).days)
    rows = [(place, row) for place, row in enumerate(found.rows) if row[0] != ARRIVALS]
    at = np.searchsorted(interval_levels(), np.array(LEVELS) - 1e-9)
    return Headlines(
        {row: _whole(found.quantiles[place, number, at]) for place, row in rows},
        {row: found.samples[place, number] for place, row in rows},
    )


def read_headlines(path: Path) -> dict[dt.date, Headlines]:
    """Return what a forecast.csv says of each of its days; raise ValueError or KeyError where it is something else."""
    levels = {f"{level:g}": position for position, level in enumerate(LEVELS)}
    people: dict[dt.date, dict[Row, Floats]] = {}
    samples: dict[dt.date, dict[Row, list[float]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            day, row = dt.date.fromisoformat(line["target_end_date"]), (line["target"], _bare(line["location"]))
            if line["target"] == ARRIVALS:
                continue
            if line["output_type"] == "sample":
                samples.setdefault(day, {}).setdefault(row, []).append(float(line["value"]))
            elif line["output_type"] == "quantile" and line["output_type_id"] in levels:
                known = people.setdefault(day, {}).setdefault(row, np.full(len(LEVELS), np.nan))
                known[levels[line["output_type_id"]]] = float(line["value"])
    return {
        day: Headlines(
            {row: _whole(values) for row, values in of.items()},
            {row: np.array(values) for row, values in samples[day].items()},
        )
        for day, of in people.items()
    }  # fmt: skip


def _whole(values: Floats) -> NDArray[np.int64]:
    """Return numbers as forecast.csv writes them, in whole people, so that what is read and what is made compare."""
    if not np.isfinite(values).all():
        msg = "a quantile is missing"
        raise ValueError(msg)
    return np.array([round(float(of_people(value))) for value in values], np.int64)


def _bare(text: str) -> str:
    """Return a text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text[:1] == "'" and formula(text[1:]) else text
