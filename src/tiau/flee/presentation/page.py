"""A run by Flee's rules as one self-contained HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tiau.flee.accuracy.table import score
from tiau.flee.result import FleeResult
from tiau.flee.tables import counts_beside
from tiau.presentation import charts
from tiau.presentation.lettering import without_font
from tiau.presentation.templating import templates

CAMPS_DRAWN = 24
COUNTS_SHOWN = 2_000


def page(result: FleeResult, provenance: dict[str, Any]) -> str:
    """Write the report of a run as HTML with its charts inside, which needs no network.

    `provenance` is what `results.provenance` gives.
    """
    people, counted = result.present * float(result.hasten), result.counted
    largest = np.argsort(-np.fmax(counted.max(0), people.max((0, 2))), kind="stable")[:CAMPS_DRAWN]
    whole = charts.camp_band(result.days, people.sum(1), np.nansum(counted, axis=1), "all camps")
    days, names = result.days, result.camps
    camps = [charts.camp_band(days, people[:, camp], counted[:, camp], names[camp]) for camp in sorted(largest)]
    return templates(Path(__file__).parent).get_template("page.html.j2").render(
        result=result,
        accuracy=score(result),
        counts=counts_beside(result),
        most=COUNTS_SHOWN,
        bands=[whole, *camps],
        provenance=provenance,
        lettering=without_font(names),
    )  # fmt: skip
