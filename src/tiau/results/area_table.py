"""areas.csv: people present and arrivals by country, state, district and crossing, by day, week and month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tiau.results.areas import CHAIN, Area, areas_kept, common
from tiau.results.arrays import Arrays
from tiau.results.disclosure import NOBODY, cells, kept_back, shown
from tiau.results.periods import Period, days, periods
from tiau.results.spreadsheet import write_csv
from tiau.results.variables import NUMBERS, QUANTILES
from tiau.scenario.network import Network

Target = Literal["present", "arrivals"]
PRESENT: Target = "present"
ARRIVALS: Target = "arrivals"
AREA_COLUMNS = ("area", "level", "country", "admin1", "admin2")
PERIOD_COLUMNS = ("target", "period", "from", "to", "month")
COLUMNS = (*AREA_COLUMNS, "crossing", *PERIOD_COLUMNS, *NUMBERS, "suppressed")


@dataclass(frozen=True)
class AreaRow:
    """People of an area in a period.

    Attributes
    ----------
    area : Area
    target : {"present", "arrivals"}
        Displaced people present at the end of the period, or arrivals in it.
    period : {"day", "week", "month"}
    first, last : date
        Both included.
    numbers : tuple of (float or None), persons
        Quantiles over members, as `variables.NUMBERS` names them; None where one is kept back.
    suppressed : tuple of str
        The names of those that are kept back.
    """

    area: Area
    target: Target
    period: Literal["day", "week", "month"]
    first: dt.date
    last: dt.date
    numbers: tuple[float | None, ...]
    suppressed: tuple[str, ...]


def rows(result: Arrays, *, suppress_below: float) -> Iterator[AreaRow]:
    """Yield the rows of areas.csv: by level, area, target and period; areas where nobody ever is are left out.

    Quantiles are those of the sum over the places of an area, and of the difference over a period, member by member.
    """
    dates = result.days
    together = periods(dates[0] - dt.timedelta(1), len(dates))
    # By day nearly all arrivals would be kept back.
    spans_of = {PRESENT: (*days(len(dates)), *together), ARRIVALS: together}
    for area, target, counts in _series(result):
        spans = spans_of[target]
        numbers = shown(np.quantile(_of(counts, target, spans), QUANTILES, axis=1).T, suppress_below)
        for span, of_span in zip(spans, numbers, strict=True):
            yield AreaRow(area, target, span.name, dates[span.after], dates[span.to - 1], *_told(of_span))


def _told(numbers: NDArray[np.float64]) -> tuple[tuple[float | None, ...], tuple[str, ...]]:
    blank = kept_back(numbers, NUMBERS)
    return tuple(None if name in blank else one for name, one in zip(NUMBERS, numbers.tolist(), strict=True)), blank


def _series(result: Arrays) -> Iterator[tuple[Area, Target, NDArray[np.floating[Any]]]]:
    """Yield areas with what is kept of them (day, member), persons: present, and arrivals since the start."""
    for area, row in areas_kept(result.network).row_of.items():
        present, arrived = (result.areas[name][row] for name in ("present", "arrived_cumulative"))
        if max(present.max(), arrived.max()) >= NOBODY:
            yield area, PRESENT, present
            yield area, ARRIVALS, arrived
    for area, entries in zip(crossings(result.network), result.crossings, strict=True):
        if entries.max() >= NOBODY:
            yield area, ARRIVALS, entries


def crossings(network: Network) -> tuple[Area, ...]:
    """Return the crossings, each with the country, state and district that it leads into, as far as that is one."""
    return tuple(_behind(network, crossing, name) for crossing, name in enumerate(network.crossings))


def _behind(network: Network, crossing: int, name: str) -> Area:
    ends = network.end[network.outward & (network.crossing == crossing)]
    places = [network.scenario.places[end] for end in ends.tolist()]
    return Area("crossing", **{column: common(places, column) for column in CHAIN}, crossing=name)


def _of(counts: NDArray[np.floating[Any]], target: Target, spans: Sequence[Period]) -> NDArray[np.float64]:
    """Return people present at the end of periods, or arrivals in them (period, member)."""
    ends = counts[[span.to - 1 for span in spans]].astype(np.float64)
    if target == PRESENT:
        return ends
    before = np.array([span.after for span in spans])
    return np.asarray(ends - np.where(before[:, None] > 0, counts[before - 1], 0.0))


def write(result: Arrays, path: Path, *, suppress_below: float) -> None:
    """Write areas.csv: one row an area, target and period, quantiles as columns."""
    write_csv(path, COLUMNS, map(_texts, rows(result, suppress_below=suppress_below)))


def _texts(row: AreaRow) -> list[str]:
    area = row.area
    numbers = cells(np.array(row.numbers, np.float64))
    place = [area.name, area.level, area.country, area.admin1, area.admin2, area.crossing]
    period = [row.target, row.period, row.first.isoformat(), row.last.isoformat(), f"{row.last:%Y-%m}"]
    return [*place, *period, *numbers, "; ".join(row.suppressed)]
