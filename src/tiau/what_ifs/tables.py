"""The folder of a comparison: compare.csv, its page, and where its numbers come from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tiau.progress import Steps, silent
from tiau.results.folder import replacing
from tiau.results.provenance import provenance
from tiau.results.seal import seal
from tiau.results.spreadsheet import write_csv
from tiau.what_ifs.comparison import LEVELS, Comparison, band_of

BANDS = tuple(f"{of}_p{round(100 * q):02d}" for of in ("baseline", "changed", "difference") for q in LEVELS)
COLUMNS = (
    "what_if", "title", "measure", "place", "unit", *BANDS,
    "share_rising", "share_falling", "tells", "sd_paired_over_unpaired",
)  # fmt: skip


def records(comparison: Comparison) -> Iterator[tuple[str | float, ...]]:
    """Yield a row a what-if, measure and place, in the order of `COLUMNS`; NaN where there is no value."""
    for outcome in comparison.outcomes:
        for found in outcome.differences:
            whose = (outcome.name, outcome.change.what_if.title, found.measure, found.place, found.unit)
            bands = (*band_of(found.baseline), *band_of(found.changed), *found.band)
            tells = "yes" if found.tells else "same" if found.same else "no"
            yield (*whose, *bands, found.rising, found.falling, tells, found.pairing)


def rows(comparison: Comparison) -> Iterator[list[str]]:
    """Yield the rows of compare.csv: numbers of people with one digit, days and shares with three, else blank."""
    for record in records(comparison):
        digits = dict.fromkeys(BANDS, 3 if record[COLUMNS.index("unit")] == "days" else 1)
        yield [_cell(value, digits.get(name, 3)) for name, value in zip(COLUMNS, record, strict=True)]


def _cell(value: str | float, digits: int) -> str:
    if isinstance(value, str):
        return value
    return "" if math.isnan(value) else f"{value:.{digits}f}"


def write(
    comparison: Comparison,
    out: Path,
    *,
    report: Callable[[Comparison, dict[str, Any]], str],
    command: str = "",
    steps: Steps = silent,
) -> None:
    """Write the folder of a comparison: compare.csv, compare.html, and last provenance.json.

    Parameters
    ----------
    comparison : Comparison
    out : Path
        Replaced whole if it is a result, refused if it is anything else.
    report : callable
        Makes compare.html of the comparison and its provenance.
    command : str
        The command that asked for it, for the provenance.
    steps : Steps
    """
    scenario, members, seed = comparison.scenario, comparison.members, comparison.seed
    origin = provenance(scenario, members=members, seed=seed, chance=True, command=command)
    origin["what_ifs"] = [
        {
            "name": outcome.name,
            "content": outcome.change.what_if.model_dump(by_alias=True, mode="json"),
            "scenario_sha256": outcome.change.scenario.digest(),
        }
        for outcome in comparison.outcomes
    ]
    with replacing(out) as partial:
        with steps("writing compare.csv"):
            write_csv(partial / "compare.csv", COLUMNS, rows(comparison))
        with steps("drawing the report"):
            (partial / "compare.html").write_text(report(comparison, origin), encoding="utf-8")
        seal(partial, origin)
