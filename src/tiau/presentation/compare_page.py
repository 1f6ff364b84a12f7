"""A comparison as one self-contained HTML page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tiau.presentation import charts
from tiau.presentation.lettering import without_font
from tiau.presentation.page import templates
from tiau.presentation.words.conditioned import conditioned
from tiau.presentation.words.what_ifs import assumptions, effects, level, signed, subject
from tiau.what_ifs.comparison import Comparison
from tiau.what_ifs.differences import Outcome, band_of
from tiau.what_ifs.measures import MEASURES

CROSSINGS_DRAWN = 15


def page(comparison: Comparison, provenance: dict[str, Any]) -> str:
    """Write the report of a comparison as HTML with its charts inside, which needs no network.

    `provenance` is what `results.provenance` gives.
    """
    environment = templates()
    settings = comparison.scenario.settings
    return environment.get_template("compare_page.html.j2").render(
        comparison=comparison,
        settings=settings,
        conditioned=conditioned(comparison.scenario, comparison.scenario.name),
        outcomes=[_told(comparison, outcome) for outcome in comparison.outcomes],
        measures=MEASURES.values(),
        provenance=provenance,
        lettering=without_font([found.place for outcome in comparison.outcomes for found in outcome.differences]),
    )


def _told(comparison: Comparison, outcome: Outcome) -> dict[str, Any]:
    settings = comparison.scenario.settings
    days = [settings.start + dt.timedelta(day) for day in range(comparison.scenario.days)]
    at = [found for found in outcome.differences if found.measure == "entries" and found.place]
    moved = sorted((found for found in at if not found.same), key=lambda found: -abs(found.band[1]))[:CROSSINGS_DRAWN]
    ranges = [(found.place, found.band) for found in sorted(moved, key=lambda found: found.band[1])]
    return {
        "outcome": outcome,
        "what_if": outcome.change.what_if,
        "effects": " ".join(effects(comparison, outcome)),
        "assumptions": " ".join(assumptions(outcome)),
        "bands": charts.difference_bands({f"{name}, difference": v for name, v in outcome.daily.items()}, days),
        "crossings": charts.difference_ranges(ranges) if ranges else "",
        "rows": [
            {
                "subject": subject(found),
                "unit": found.unit,
                "baseline": [level(x, found.unit) for x in band_of(found.baseline)],
                "changed": [level(x, found.unit) for x in band_of(found.changed)],
                "difference": [signed(x, found.unit) for x in found.band],
                "rising": f"{100 * found.rising:.0f}%",
                "falling": f"{100 * found.falling:.0f}%",
                "tells": found.tells,
                "pairing": "" if found.pairing != found.pairing else f"{found.pairing:.2f}",
            }
            for found in outcome.differences
            if found.baseline.any() or found.changed.any()
        ],
    }
