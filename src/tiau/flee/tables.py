"""A run by Flee's rules in people: presence by day and camp, counts beside it, and the folder that holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tiau.flee import out_csv
from tiau.flee.case.model import Floats
from tiau.flee.result import FleeResult
from tiau.progress import Steps, silent
from tiau.results.disclosure import cells, kept_back, shown
from tiau.results.folder import replacing
from tiau.results.provenance import described, provenance
from tiau.results.seal import seal
from tiau.results.spreadsheet import write_csv
from tiau.results.variables import NUMBERS, QUANTILES

SUPPRESS_BELOW = 10
PRESENCE_COLUMNS = ("day", "camp", "counted", *NUMBERS, "suppressed")


@dataclass(frozen=True)
class Count:
    """A count of a case beside the run, in people; None where it is not compared.

    Attributes
    ----------
    place, file : str
        Whom it is of, and where it stands.
    day : date
    people : int
    compared : float or None
        The count of the day that the run is scored on: corrected, and in whole agents.
    band : (float, float, float) or None
        Quantiles 5%, 50% and 95%.
    reason : str
        Why it is not compared.
    """

    place: str
    file: str
    day: dt.date
    people: int
    compared: float | None = None
    band: tuple[float, float, float] | None = None
    reason: str = ""

    @property
    def status(self) -> str:
        """Where the count that is compared lies."""
        if self.band is None or self.compared is None:
            return "not compared"
        return "above the band" if self.compared > self.band[2] else (
            "below the band" if self.compared < self.band[0] else "inside")  # fmt: skip


def quantiles(result: FleeResult) -> Floats:
    """Return quantiles of people in each camp (quantile, day, camp)."""
    people = result.present * float(result.hasten)
    return np.asarray(np.quantile(people, QUANTILES, axis=2))


def counts_beside(result: FleeResult) -> list[Count]:
    """Set every count of a case beside the run, in the order of data_layout.csv."""
    case, position = result.case, {camp: number for number, camp in enumerate(result.camps)}
    found = []
    for label in case.labels:
        several = f"one of {len(label.files)} files that add up" if len(label.files) > 1 else ""
        why_not = "is not about a camp" if label.name not in position else several
        for file in label.files:
            for day, people in zip(file.days, file.people, strict=True):
                reason = why_not or ("" if 0 <= day < len(result.data) else "outside the days of the run")
                count = Count(label.name, file.file, case.date(day), people, reason=reason)
                found.append(count if reason else _compared(count, result, day, position[label.name]))
    return found


def _compared(count: Count, result: FleeResult, day: int, camp: int) -> Count:
    low, middle, high = np.quantile(result.present[day, camp] * result.hasten, (0.05, 0.5, 0.95)).tolist()
    return replace(count, compared=float(result.data[day, camp] * result.hasten), band=(low, middle, high))


def write_presence(result: FleeResult, path: Path) -> None:
    """Write presence.csv: one row a day and camp, people as counted and as quantiles over members."""
    write_csv(path, PRESENCE_COLUMNS, _presence_rows(result))


def _presence_rows(result: FleeResult) -> Iterator[list[str]]:
    simulated = shown(quantiles(result).transpose(1, 2, 0), SUPPRESS_BELOW)
    for day, counted, of_day in zip(result.days, result.counted.tolist(), simulated, strict=True):
        for camp, people, band in zip(result.camps, counted, of_day, strict=True):
            known = "" if np.isnan(people) else f"{people:.0f}"
            yield [day.isoformat(), camp, known, *cells(band), "; ".join(kept_back(band, NUMBERS))]


def write(
    result: FleeResult,
    out: Path,
    *,
    report: Callable[[FleeResult, dict[str, Any]], str],
    command: str = "",
    steps: Steps = silent,
) -> None:
    """Write a result folder in place of an earlier one, as `results.saving.save`.

    `report` makes report.html of the result and its provenance, for which `command` is the command that was given.
    """
    case = result.case
    rules = case.settings.model_copy(update={"hasten": result.hasten})
    origin = provenance(
        described(case.name, result.days[0], result.days[-1], case.digest()),
        {"rules": result.model, **rules.model_dump(mode="json")},
        members=result.members, seed=result.seed, chance=result.chance, command=command,
    )  # fmt: skip
    with replacing(out) as partial:
        with steps("writing result.nc"):
            result.labelled().write(partial / "result.nc")
        with steps("writing the tables"):
            write_presence(result, partial / "presence.csv")
            out_csv.write(result, partial / "out.csv")
        with steps("drawing the report"):
            (partial / "report.html").write_text(report(result, origin), encoding="utf-8")
        seal(partial, origin)
