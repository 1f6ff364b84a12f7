"""The folder of a comparison: compare.csv, decisive.csv, its page, and where its numbers come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tiau.progress import Steps, silent
from tiau.results.folder import replacing
from tiau.results.provenance import provenance, said_of
from tiau.results.seal import seal
from tiau.results.spreadsheet import write_csv
from tiau.what_ifs.comparison import Comparison
from tiau.what_ifs.tables import COLUMNS, DECISIVE, decisive_rows, rows


def save(
    comparison: Comparison,
    out: Path,
    *,
    report: Callable[[Comparison, dict[str, Any]], str],
    command: str = "",
    steps: Steps = silent,
) -> None:
    """Write the folder of a comparison in place of an earlier one: its tables, compare.html, and last provenance.json.

    `report` makes compare.html of the comparison and its provenance, for which `command` is the command that was given.
    """
    scenario, members, seed = comparison.scenario, comparison.members, comparison.seed
    origin = provenance(said_of(scenario), scenario.values, members=members, seed=seed, chance=True, command=command)
    origin["members_given"] = comparison.members_given
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
            write_csv(partial / "compare.csv", COLUMNS, rows(comparison.outcomes))
            write_csv(partial / "decisive.csv", DECISIVE, decisive_rows(comparison.outcomes))
        with steps("drawing the report"):
            (partial / "compare.html").write_text(report(comparison, origin), encoding="utf-8")
        seal(partial, origin)
