"""A comparison as one self-contained HTML page."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from tiau.presentation import charts
from tiau.presentation.lettering import without_font
from tiau.presentation.templating import templates
from tiau.presentation.themed import themed
from tiau.presentation.words.conditioned import conditioned
from tiau.presentation.words.decisive import at, number
from tiau.presentation.words.figures import plain
from tiau.presentation.words.ranges import GIVEN, OVER_ALL, level, percent, range_of, signed, subject, table_note
from tiau.presentation.words.what_ifs import assumptions, effects
from tiau.what_ifs.comparison import Comparison
from tiau.what_ifs.differences import Difference, Outcome, band_of
from tiau.what_ifs.measures import MEASURES

CROSSINGS_DRAWN = 15
NUMBERS_SHOWN = 8


def page(comparison: Comparison, provenance: dict[str, Any]) -> str:
    """Write the report of a comparison as HTML with its charts inside, which needs no network.

    `provenance` is what `results.provenance` gives.
    """
    environment = templates()
    settings = comparison.scenario.settings
    return environment.get_template("compare_page.html.j2").render(
        comparison=comparison,
        settings=settings,
        conditioned=conditioned(comparison.scenario),
        outcomes=[_told(comparison, outcome) for outcome in comparison.outcomes],
        measures=MEASURES.values(),
        table_note=table_note(comparison.members),
        range_names=(OVER_ALL, GIVEN),
        provenance=provenance,
        lettering=without_font([found.place for outcome in comparison.outcomes for found in outcome.differences]),
    )


def _told(comparison: Comparison, outcome: Outcome) -> dict[str, Any]:
    settings = comparison.scenario.settings
    days = [settings.start + dt.timedelta(day) for day in range(comparison.scenario.days)]
    at = [found for found in outcome.differences if found.measure == "entries" and found.place]
    moved = sorted((found for found in at if not found.same), key=lambda found: -abs(found.band[1]))[:CROSSINGS_DRAWN]
    ordered = sorted(moved, key=lambda found: found.band[1])
    ranges = [(found.place, found.band, found.given_band) for found in ordered]
    return {
        "outcome": outcome,
        "what_if": outcome.change.what_if,
        "effects": " ".join(effects(comparison, outcome)),
        "assumptions": " ".join(assumptions(outcome)),
        "bands": themed(charts.difference_bands({f"{name}, difference": v for name, v in outcome.daily.items()}, days)),
        "crossings": themed(charts.difference_ranges(ranges)) if ranges else "",
        "hanging": _hanging(outcome),
        "rows": [
            {
                "subject": subject(found),
                "unit": found.unit,
                "cells": list(_cells(found)),
                "rising": f"{100 * found.rising:.0f}%",
                "falling": f"{100 * found.falling:.0f}%",
                "tells": found.tells,
                "pairing": "" if found.pairing != found.pairing else f"{found.pairing:.2f}",
            }
            for found in outcome.differences
            if found.baseline.any() or found.changed.any()
        ],
    }


def _cells(found: Difference) -> Iterator[tuple[str, str]]:
    """Yield median and range of both runs, and of their difference in its unit and in percent, each also given."""
    for values in (found.baseline, found.changed):
        low, middle, high = (level(x, found.unit) for x in band_of(values))
        yield middle, f"{low} to {high}"
    for band in (found.band, found.given_band):
        yield signed(band[1], found.unit), range_of(band, found.unit)
    for band in (found.percent, found.given_percent):
        yield percent(band[1]), range_of(band, "percent")


def _hanging(outcome: Outcome) -> list[dict[str, Any]]:
    """Return a table for each headline measure: the judged numbers that it hangs on most, and all that decide."""
    tables = []
    for (measure, place), group in itertools.groupby(outcome.hanging, key=lambda one: (one.measure, one.place)):
        found = list(group)
        shown = [one for position, one in enumerate(found) if position < NUMBERS_SHOWN or one.decides]
        tables.append({
            "subject": subject(outcome.of(measure, place)),
            "by_chance": f"{found[0].by_chance:.2f}",
            "count": len(found),
            "rows": [
                {
                    "number": number(one), "range": f"{plain(one.low, 3)} to {plain(one.high, 3)}", "at": at(one),
                    "correlation": f"{one.correlation:+.2f}", "bar": round(100 * abs(one.correlation)),
                    "decides": one.decides,
                }
                for one in shown
            ],
        })  # fmt: skip
    return tables
