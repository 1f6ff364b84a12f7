"""What a forecast says in the terminal."""

from __future__ import annotations

import math

from rich.console import Console
from rich.text import Text

from tiau.forecasting.forecast_result import Forecast
from tiau.forecasting.predicted import ARRIVALS
from tiau.presentation.columns import Column, Columns
from tiau.presentation.trigger_terminal import show_triggers
from tiau.presentation.words import forecast_summary
from tiau.presentation.words import forecasts as words

THIRDS = 3


def show_forecast(found: Forecast, console: Console) -> None:
    """Print a forecast: median and 90% range of each place and area after each third of the time."""
    console.print(Text(words.opening(found)))
    console.print(Text(words.WEIGHTS))
    console.print(Text(" ".join(forecast_summary.sentences(found))))
    wanted = [math.ceil(found.days[-1] * third / THIRDS) for third in range(1, THIRDS + 1)]
    shown = sorted({min(range(len(found.days)), key=lambda n: abs(found.days[n] - day)) for day in wanted})
    dates = [str(found.date(found.days[number])) for number in shown]
    columns = [
        Column("place or area"),
        Column("last figure", right=True),
        *(Column(date, right=True) for date in dates),
    ]
    for target in sorted({target for target, _ in found.rows} - {ARRIVALS}, reverse=True):
        table = Columns(columns, title=target)
        rows = [(place, row) for row, (of, place) in enumerate(found.rows) if of == target]
        for place, row in sorted(rows):
            last = "" if math.isnan(found.last[row]) else f"{found.last[row]:,.0f}"
            table.add(place, last, *(words.with_range(*found.range(row, number)) for number in shown))
        console.print()
        console.print(table)
    console.print(Text(words.TRUST))
    for doubt in forecast_summary.doubts(found):
        console.print(Text(doubt))
    show_triggers(found.triggers, console)
