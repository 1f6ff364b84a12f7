"""A forecast in three sentences, what drives it, and when not to trust it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from tiau.faults import some_of
from tiau.forecasting.areas import COLUMNS, Cell, rows_of
from tiau.forecasting.asked import PRESENT
from tiau.forecasting.forecast_result import Forecast
from tiau.forecasting.predicted import ARRIVALS
from tiau.forecasting.regions import Level, place_of
from tiau.presentation.words.forecast_gaps import gaps
from tiau.presentation.words.forecasts import WEIGHTS, with_range
from tiau.presentation.words.listing import listed
from tiau.presentation.words.ranges import rounded

NAMED, LISTED = 3, 6
OLD_DAYS, FAR_DAYS = 90, 180
APART = 1.25
ARRIVING = (
    "Arrivals are those of the model, at the level of the last counts, and come out too low: both figures of "
    "mizoram-2021 that came after a forecast of 2021-12-31 lay above the range of nine chances in ten."
)
DONE = {PRESENT: "displaced people", "registered": "registered people", "idp_present": "people displaced inside"}


def headline(found: Forecast) -> int:
    """Return the row that comes first: the place of the scenario's series, else the country with most people."""
    series = found.scenario.settings.series
    main = (PRESENT, found.scenario.names.proper(series.place)) if series else None
    if main in found.rows:
        return found.rows.index(main)
    stocks = [row for row, (target, _) in enumerate(found.rows) if target != ARRIVALS]
    order = {row: (found.rows[row][0] != PRESENT, level_of(found, row) != "country") for row in stocks}
    return min(stocks, key=lambda row: (order[row], -found.range(row, -1)[1]))


def level_of(found: Forecast, row: int) -> Level:
    """Return the level of a row's place or area."""
    return place_of(found.scenario, found.rows[row][1])[0]


def inside(found: Forecast, row: int) -> list[int]:
    """Return the rows of the same target within a row: districts if there are any, else places; largest first."""
    target, area = found.rows[row]
    names = found.scenario.names
    around = set(names.members(area))
    rows = [
        other for other, (of, place) in enumerate(found.rows)
        if of == target and other != row and set(names.members(place)) <= around
    ]  # fmt: skip
    districts = [other for other in rows if level_of(found, other) == "admin2"]
    return sorted(districts or rows, key=lambda other: -found.range(other, -1)[1])


def sentences(found: Forecast) -> tuple[str, str, str]:
    """Say how many people will be where and when, and how sure that is, in three sentences."""
    row = headline(found)
    target, area = found.rows[row]
    last, day = found.last[row], found.last_days[row]
    known = f"; the last figure, of {day}, is {last:,.0f}" if day else "; nobody has counted all of them so far"
    end = found.date(found.days[-1])
    many = (
        f"On {end} about {rounded(found.range(row, -1)[1])} {DONE[target]} will be counted in {area}, "
        f"with nine chances in ten between {_ends(*found.range(row, -1))}{known}."
    )
    return many, _where(found, row, end), _arriving(found, area)


def _ends(low: float, _: float, high: float) -> str:
    return f"{rounded(low)} and {rounded(high)}"


def _where(found: Forecast, row: int, end: dt.date) -> str:
    largest = inside(found, row)[:NAMED]
    if not largest:
        return "Where in it they will be, no figure tells."
    named = [f"{found.rows[other][1]} with {with_range(*found.range(other, -1))}" for other in largest]
    most = sum(found.range(other, -1)[1] for other in largest) > found.range(row, -1)[1] / 2
    said = "Most of them will then be" if most else "The largest numbers in it will then be"
    return f"{said} in {listed(named)}; in brackets the range of nine chances in ten."


def _arriving(found: Forecast, area: str) -> str:
    rows = (dict(zip(COLUMNS, cells, strict=True)) for cells in rows_of(found))
    months = [row for row in rows if (row["area"], row["target"], row["period"]) == (area, ARRIVALS, "month")]
    if not months:
        return "Who arrives day by day, it does not tell."
    first, last = months[0], months[-1]
    told = f"{with_range(*_of_range(first))} people arrive there {_span(first)}"
    if last is not first:
        told += f", and {with_range(*_of_range(last))} {_span(last)}"
    return f"{told}."


def _span(row: dict[str, Cell]) -> str:
    return f"on {row['to']}" if row["from"] == row["to"] else f"from {row['from']} to {row['to']}"


def _of_range(row: dict[str, Cell]) -> tuple[float, float, float]:
    low, middle, high = (float(str(row[name])) for name in ("p05", "median", "p95"))
    return low, middle, high


def doubts(found: Forecast) -> Iterator[str]:
    """Say what of a forecast is not to be trusted, by its rows."""
    stocks = sorted(
        (row for row, (target, _) in enumerate(found.rows) if target != ARRIVALS),
        key=lambda row: -found.range(row, -1)[1],
    )
    old = [
        f"{found.rows[row][1]} ({day})" for row in stocks
        if (day := found.last_days[row]) is not None and (found.origin - day).days > OLD_DAYS
    ]  # fmt: skip
    if old:
        yield f"The last figure is more than {OLD_DAYS} days old in {some_of(old, LISTED, 'others')}."
    alone = [found.rows[row][1] for row in stocks if math.isnan(found.last[row]) and found.range(row, -1)[1] >= 1]
    if alone:
        yield (
            f"No figure is of {some_of(alone, LISTED, 'others')} as a whole: the model speaks, corrected only where "
            "there are figures of their parts."
        )
    if apart := _apart(found):
        yield (
            f"Parts and whole differ: {some_of(apart, LISTED, 'others')}. "
            "Each row is what its own sources would count; be ready for either."
        )
    if found.days[-1] > FAR_DAYS:
        yield f"What lies more than {FAR_DAYS} days ahead, nobody has measured."
    yield from gaps(found)
    yield ARRIVING


def _apart(found: Forecast) -> list[str]:
    """Return areas whose parts add up to far more or fewer people than their own figures lead to, by the difference."""
    medians = [
        (area, float(found.of(found.draws[found.row(PRESENT, area), -1], 0.5)[0]), float(found.of(parts[-1], 0.5)[0]))
        for area, parts in found.parts.items()
    ]  # fmt: skip
    return [
        f"{area} by its own figures {rounded(own)}, its parts together {rounded(together)}"
        for area, own, together in sorted(medians, key=lambda one: -abs(one[1] - one[2]))
        if not 1 / APART <= (together + 1) / (own + 1) <= APART
    ]


def came_from(found: Forecast, row: int) -> tuple[float, float]:
    """Return what the model adds to the last figure until the origin, and from then to the end; medians, persons."""
    now, end = (float(found.of(found.draws[row, at], 0.5)[0]) for at in (0, -1))
    return now - float(found.last[row]), end - now


def fitted(found: Forecast) -> str:
    """Say what of a forecast is counted, what the model's, and what a judgement."""
    return (
        f"Levels are the last figures. {WEIGHTS} The model was fitted to what was known by {found.origin}. "
        "A judgement, not measured: what happens ahead and how much each course weighs, and how long a figure that is "
        "off the model corrects it."
    )
