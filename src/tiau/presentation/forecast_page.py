"""A forecast as one self-contained HTML page that fits a sheet or two."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from tiau.forecasting.asked import PRESENT
from tiau.forecasting.expected import EXPECTED
from tiau.forecasting.forecast_result import Forecast
from tiau.forecasting.predicted import ARRIVALS
from tiau.forecasting.regions import LEVELS
from tiau.presentation.course import key
from tiau.presentation.course.chart import STYLE, fan
from tiau.presentation.templating import templates
from tiau.presentation.words import forecast_summary as words
from tiau.presentation.words import forecasts, triggers
from tiau.presentation.words.ranges import rounded, signed
from tiau.scenario.severity import severity_of

DATES, ROWS, CHARTS = 4, 12, 6
SMALL = 0.01


def page(found: Forecast, provenance: dict[str, Any]) -> str:
    """Write a forecast as HTML with its charts inside, which needs no network.

    `provenance` is what `results.provenance` gives.
    """
    main = words.headline(found)
    shown = _shown(found, main)
    return (
        templates()
        .get_template("forecast_page.html.j2")
        .render(
            told(found),
            found=found,
            settings=found.scenario.settings,
            sentences=words.sentences(found),
            key=key.of_courses(forecast=True),
            course_style=STYLE,
            charts=[(found.rows[row][1], fan(found, row)) for row in _drawn(found, shown)],
            main=found.rows[main][1],
            courses=_courses(found, main),
            expected=list(_expected(found)),
            sources=[_source(found, row) for row in shown[PRESENT][:CHARTS] if not math.isnan(found.last[row])],
            fitted=words.fitted(found),
            provenance=provenance,
        )
    )


def told(found: Forecast) -> dict[str, Any]:
    """Return what a forecast's own page and a report tell of it alike."""
    return {
        "opening": forecasts.opening(found),
        "tables": list(tables(found)),
        "dates": [found.date(found.days[number]) for number in dates(found)],
        "triggers": list(triggers.told(found.triggers)),
        "trust": forecasts.TRUST,
        "doubts": list(words.doubts(found)),
    }


def dates(found: Forecast) -> list[int]:
    """Return the positions of up to four days ahead: the ends of months, else of weeks; always the last day."""
    ends = [number for number, day in enumerate(found.days) if (found.date(day) + dt.timedelta(1)).day == 1]
    last = len(found.days) - 1
    chosen = [*ends, last] if len(ends) > 1 else list(range(last + 1))
    every = math.ceil(len(dict.fromkeys(chosen)) / DATES)
    return sorted({*chosen[::-1][::every]})


def _shown(found: Forecast, main: int) -> dict[str, list[int]]:
    """Return the rows to show by target, the main one, then by level and size."""
    of: dict[str, list[int]] = {}
    for row, (target, _) in enumerate(found.rows):
        if target != ARRIVALS:
            of.setdefault(target, []).append(row)
    least = SMALL * found.range(main, -1)[1]
    for target, rows in of.items():
        large = [row for row in rows if not math.isnan(found.last[row]) or found.range(row, -1)[1] > least]
        level = {row: LEVELS.index(words.level_of(found, row)) for row in large}
        of[target] = sorted(large, key=lambda row: (row != main, level[row], -found.range(row, -1)[1]))
    return {PRESENT: [], **of}


def tables(found: Forecast) -> Iterator[dict[str, Any]]:
    """Yield a table for each quantity that is forecast, the main place first, then by level and size."""
    for target, rows in _shown(found, words.headline(found)).items():
        if rows:
            cells = [_cells(found, row) for row in rows[:ROWS]]
            yield {"title": words.DONE[target], "rows": cells, "left": len(rows) - len(cells)}


def _cells(found: Forecast, row: int) -> dict[str, Any]:
    last = found.last[row]
    return {
        "place": found.rows[row][1],
        "last": "" if math.isnan(last) else f"{last:,.0f}",
        "day": found.last_days[row] or "",
        "ahead": [forecasts.with_range(*found.range(row, number)) for number in dates(found)],
    }


def _drawn(found: Forecast, shown: dict[str, list[int]]) -> list[int]:
    rows = [row for rows in shown.values() for row in rows]
    return sorted(rows, key=lambda row: (row != rows[0], math.isnan(found.last[row])))[:CHARTS]


def _courses(found: Forecast, main: int) -> list[tuple[str, str, str, str]]:
    """Return each course that was run: its name, what happens in it, its weight and the median of the main row."""
    end, meaning = found.draws[main, -1], {**forecasts.COURSE_WORDS, EXPECTED: f"as in {found.events}"}
    return [
        (name, meaning[name], f"{weight:.0%}", rounded(float(np.median(end[number]))))
        for number, (name, weight) in enumerate(found.weights.items())
    ]


def _expected(found: Forecast) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield place, kind, first and last day and severity of the worst events that are expected."""
    events = found.expected.events if found.expected else ()
    for event in sorted(events, key=lambda event: -severity_of(event))[:ROWS]:
        yield "; ".join(event.place), event.kind, str(event.start), str(event.end), f"{severity_of(event):g}"


def _source(found: Forecast, row: int) -> tuple[str, str, str, str, str]:
    until, ahead = words.came_from(found, row)
    end = found.range(row, -1)[1]
    return found.rows[row][1], f"{found.last[row]:,.0f}", signed(until), signed(ahead), rounded(end)
