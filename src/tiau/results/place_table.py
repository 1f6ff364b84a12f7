"""places.csv: displaced people at each place at the end of each month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from tiau.results.area_table import AREA_COLUMNS
from tiau.results.arrays import Arrays
from tiau.results.disclosure import NOBODY, cells, kept_back, shown
from tiau.results.periods import periods
from tiau.results.spreadsheet import write_csv
from tiau.results.variables import NUMBERS
from tiau.scenario.vocabulary import to_cell

COLUMNS = ("place", "kind", *AREA_COLUMNS[2:], "lat", "lon", "capacity", "month", "to", *NUMBERS, "suppressed")


def months(result: Arrays) -> list[int]:
    """Return the last days of the months of a run, by position; the last month may be a part."""
    dates = result.days
    eve = dates[0] - dt.timedelta(1)
    return [one.to - 1 for one in periods(eve, len(dates)) if one.name == "month"]


def rows(result: Arrays, *, suppress_below: float) -> Iterator[list[str]]:
    """Yield the rows of places.csv: by place and month; places where nobody ever is displaced are left out."""
    ends, dates = months(result), result.days
    numbers = shown(result.everybody[:, ends].transpose(2, 1, 0), suppress_below)
    ever = (result.everybody[-1] >= NOBODY).any(0)
    for place, there, of_place in zip(result.scenario.places, ever, numbers, strict=True):
        if not there:
            continue
        head = [place.place, place.kind, place.country, place.admin1, place.admin2]
        head += map(to_cell, (place.lat, place.lon, place.capacity))
        for end, of_month in zip(ends, of_place, strict=True):
            day = dates[end]
            yield [*head, f"{day:%Y-%m}", day.isoformat(), *cells(of_month), "; ".join(kept_back(of_month, NUMBERS))]


def write(result: Arrays, path: Path, *, suppress_below: float) -> None:
    """Write places.csv: one row a place and month, quantiles as columns."""
    write_csv(path, COLUMNS, rows(result, suppress_below=suppress_below))
