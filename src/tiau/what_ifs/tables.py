"""Differences as rows: compare.csv and decisive.csv, and the first in full."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from tiau.what_ifs.differences import LEVELS, Outcome, band_of

OF = ("baseline", "changed", "difference", "given_difference", "percent", "given_percent")
BANDS = tuple(f"{of}_p{round(100 * q):02d}" for of in OF for q in LEVELS)
COLUMNS = (
    "what_if", "title", "measure", "place", "unit", *BANDS,
    "share_rising", "share_falling", "tells", "tells_given", "sd_paired_over_unpaired",
)  # fmt: skip
DECISIVE = (
    "what_if", "measure", "place", "unit", "kind", "number", "meaning", "number_p05", "number_p95",
    "difference_where_lowest", "difference_where_highest", "rank_correlation", "by_chance", "decides",
)  # fmt: skip


def records(outcomes: Iterable[Outcome]) -> Iterator[tuple[str | float, ...]]:
    """Yield a row a what-if, measure and place, in the order of `COLUMNS`; NaN where there is no value."""
    for outcome in outcomes:
        for found in outcome.differences:
            whose = (outcome.name, outcome.change.what_if.title, found.measure, found.place, found.unit)
            bands = (
                *band_of(found.baseline), *band_of(found.changed), *found.band, *found.given_band,
                *found.percent, *found.given_percent,
            )  # fmt: skip
            tells = ("same" if found.same else "yes" if told else "no" for told in (found.tells, found.given_tells))
            yield (*whose, *bands, found.rising, found.falling, *tells, found.pairing)


def rows(outcomes: Iterable[Outcome]) -> Iterator[list[str]]:
    """Yield the rows of compare.csv: numbers of people with one digit, days and shares with three, else blank."""
    for record in records(outcomes):
        digits = dict.fromkeys(BANDS, 3 if record[COLUMNS.index("unit")] == "days" else 1)
        yield [_cell(value, digits.get(name, 3)) for name, value in zip(COLUMNS, record, strict=True)]


def decisive_rows(outcomes: Iterable[Outcome]) -> Iterator[list[str]]:
    """Yield the rows of decisive.csv: a what-if, measure and judged number each, the strongest first."""
    for outcome in outcomes:
        for one in outcome.hanging:
            texts = (outcome.name, one.measure, one.place, one.unit, one.kind, one.name, one.meaning)
            numbers = (one.low, one.high, one.at_lowest, one.at_highest, one.correlation, one.by_chance)
            yield [*texts, *(f"{number:.4g}" for number in numbers), "yes" if one.decides else "no"]


def _cell(value: str | float, digits: int) -> str:
    if isinstance(value, str):
        return value
    return "" if math.isnan(value) else f"{value:.{digits}f}"
