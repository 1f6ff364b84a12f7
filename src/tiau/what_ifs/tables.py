"""Differences as rows: compare.csv, and the same in full."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from tiau.what_ifs.differences import LEVELS, Outcome, band_of

BANDS = tuple(f"{of}_p{round(100 * q):02d}" for of in ("baseline", "changed", "difference") for q in LEVELS)
COLUMNS = (
    "what_if", "title", "measure", "place", "unit", *BANDS,
    "share_rising", "share_falling", "tells", "sd_paired_over_unpaired",
)  # fmt: skip


def records(outcomes: Iterable[Outcome]) -> Iterator[tuple[str | float, ...]]:
    """Yield a row a what-if, measure and place, in the order of `COLUMNS`; NaN where there is no value."""
    for outcome in outcomes:
        for found in outcome.differences:
            whose = (outcome.name, outcome.change.what_if.title, found.measure, found.place, found.unit)
            bands = (*band_of(found.baseline), *band_of(found.changed), *found.band)
            tells = "yes" if found.tells else "same" if found.same else "no"
            yield (*whose, *bands, found.rising, found.falling, tells, found.pairing)


def rows(outcomes: Iterable[Outcome]) -> Iterator[list[str]]:
    """Yield the rows of compare.csv: numbers of people with one digit, days and shares with three, else blank."""
    for record in records(outcomes):
        digits = dict.fromkeys(BANDS, 3 if record[COLUMNS.index("unit")] == "days" else 1)
        yield [_cell(value, digits.get(name, 3)) for name, value in zip(COLUMNS, record, strict=True)]


def _cell(value: str | float, digits: int) -> str:
    if isinstance(value, str):
        return value
    return "" if math.isnan(value) else f"{value:.{digits}f}"
