"""A run by Flee's rules in people: presence by day and camp, counts beside it, and the folder that holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.flee import out_csv
from tiau.flee.result import FleeResult
from tiau.progress import Steps, silent
from tiau.results.folder import replacing
from tiau.results.netcdf import write_netcdf
from tiau.results.provenance import provenance
from tiau.results.result import QUANTILES
from tiau.results.seal import seal
from tiau.results.spreadsheet import write_csv
from tiau.results.tables import Texts
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Report

Floats = NDArray[np.float64]

PRESENCE_COLUMNS = ("day", "camp", "counted", *(f"p{round(100 * q):02d}" for q in QUANTILES))
FIT_COLUMNS = ("report", "place", "as_of", "value", "compared", "p05", "p50", "p95", "status", "reason", "publisher")


@dataclass(frozen=True)
class Fit:
    """A count beside the run, in people; None where it is not compared.

    Attributes
    ----------
    compared : float or None
        The count of the day that the run is scored on: corrected, and in whole agents.
    band : (float, float, float) or None
        Quantiles 5%, 50% and 95%.
    reason : str
        Why it is not compared.
    """

    report: Report
    compared: float | None
    band: tuple[float, float, float] | None
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


def fits(result: FleeResult, scenario: Scenario) -> list[Fit]:
    """Set every report of a scenario beside the run of it, in the order of reports.csv.

    Parameters
    ----------
    result : FleeResult
    scenario : Scenario
        The scenario that was run.
    """
    position = {camp: number for number, camp in enumerate(result.camps)}
    names, start = scenario.names, scenario.settings.start
    files = {label.name: len(label.files) for label in result.case.labels}
    found = []
    for report in scenario.reports:
        day, camp = (report.as_of.start - start).days, position.get(names.proper(report.place), -1)
        if not dict(report.extra).get("x_file"):
            reason = "is no count of Flee's: x_file is blank"
        elif camp < 0:
            reason = "is not about a camp"
        elif not 0 <= day < len(result.data):
            reason = "outside the days of the run"
        else:
            several = files.get(report.place, 0)
            reason = f"one of {several} files that add up" if several > 1 else ""
        if reason:
            found.append(Fit(report, None, None, reason))
            continue
        low, middle, high = np.quantile(result.present[day, camp] * result.hasten, (0.05, 0.5, 0.95)).tolist()
        found.append(Fit(report, float(result.data[day, camp] * result.hasten), (low, middle, high)))
    return found


def write_presence(result: FleeResult, path: Path, *, suppress_below: float = 10) -> None:
    """Write presence.csv: one row a day and camp, people as counted and as quantiles over members."""
    write_csv(path, PRESENCE_COLUMNS, _presence_rows(result, Texts(suppress_below)))


def _presence_rows(result: FleeResult, texts: Texts) -> Iterator[list[str]]:
    simulated = quantiles(result).transpose(1, 2, 0).tolist()
    for day, counted, of_day in zip(result.days, result.counted.tolist(), simulated, strict=True):
        for camp, people, band in zip(result.camps, counted, of_day, strict=True):
            known = "" if np.isnan(people) else f"{people:.0f}"
            yield [day.isoformat(), camp, known, *map(texts.__getitem__, band)]


def write_fit(result: FleeResult, scenario: Scenario, path: Path) -> None:
    """Write fit.csv: one row a report."""
    write_csv(path, FIT_COLUMNS, map(_fit_row, fits(result, scenario)))


def _fit_row(fit: Fit) -> list[str]:
    report, band = fit.report, fit.band or (None, None, None)
    numbers = ["" if x is None else f"{x:.0f}" for x in (report.value, fit.compared, *band)]
    return [report.report, report.place, str(report.as_of), *numbers, fit.status, fit.reason, report.publisher]


def write(
    result: FleeResult,
    scenario: Scenario,
    out: Path,
    *,
    report: Callable[[FleeResult, Scenario, dict[str, Any]], str],
    suppress_below: float = 10,
    command: str = "",
    steps: Steps = silent,
) -> None:
    """Write a result folder.

    Parameters
    ----------
    result : FleeResult
    scenario : Scenario
        The scenario that was run.
    out : Path
        Replaced whole if it is a result, refused if it is anything else.
    report : callable
        Makes report.html of the result, the scenario and its provenance.
    suppress_below : float, persons
        Smaller numbers are written as "<10" in presence.csv.
    command : str
        The command that asked for it, for the provenance.
    steps : Steps
    """
    origin = provenance(scenario, members=result.members, seed=result.seed, chance=result.chance, command=command)
    rules = result.case.settings.model_copy(update={"hasten": result.hasten})
    origin["parameters"] = {"rules.model": "flee", **rules.model_dump(mode="json")}
    with replacing(out) as partial:
        with steps("writing result.nc"):
            write_netcdf(result.dataset(), partial / "result.nc")
        with steps("writing the tables"):
            write_presence(result, partial / "presence.csv", suppress_below=suppress_below)
            write_fit(result, scenario, partial / "fit.csv")
            out_csv.write(result, partial / "out.csv")
        with steps("drawing the report"):
            (partial / "report.html").write_text(report(result, scenario, origin), encoding="utf-8")
        seal(partial, origin)
