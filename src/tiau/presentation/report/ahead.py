"""What a forecast says on a report: its main numbers, triggers and doubts, as its own page has them."""

from __future__ import annotations

from typing import Any

from tiau.forecasting.forecast_result import Forecast
from tiau.presentation import forecast_page
from tiau.presentation.words import forecast_summary, forecasts, triggers


def ahead(found: Forecast) -> dict[str, Any]:
    """Return what a template tells of a forecast."""
    return {
        "opening": forecasts.opening(found),
        "tables": list(forecast_page.tables(found)),
        "dates": [found.date(found.days[number]) for number in forecast_page.dates(found)],
        "triggers": list(triggers.told(found.triggers)),
        "trust": forecasts.TRUST,
        "doubts": list(forecast_summary.doubts(found)),
    }
