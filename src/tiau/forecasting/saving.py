"""The folder of a hindcast: scores.csv, table.csv, its picture, and where its numbers come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tiau.forecasting.history import Floats
from tiau.forecasting.outcome import CaseHindcast, Hindcast
from tiau.forecasting.scoring import CaseScores
from tiau.results.folder import replacing
from tiau.results.provenance import made_by
from tiau.results.seal import seal
from tiau.results.spreadsheet import write_csv
from tiau.scenario.model import Scenario

SCORES, TABLE, PICTURE = "scores.csv", "table.csv", "hindcast.svg"
FILES = {PICTURE: "open this first", TABLE: "by case and horizon", SCORES: "every score of every figure"}
COLUMNS = ("case", "method", "origin", "horizon", "place", "score", "value", "n", "panel")
REPORTED, ALL_PLACES = "reports", "all"


def save(hindcast: Hindcast, picture: str, scenarios: Sequence[Scenario], out: Path, command: str = "") -> None:
    """Write the folder of a hindcast of some scenarios in place of an earlier one; the picture is SVG."""
    cells = [line.cells() for line in hindcast.lines]
    with replacing(out) as partial:
        write_csv(partial / SCORES, COLUMNS, (row for case in hindcast.cases for row in score_rows(case)))
        write_csv(partial / TABLE, list(cells[0]), ([_cell(value) for value in row.values()] for row in cells))
        (partial / PICTURE).write_text(picture, encoding="utf-8", newline="\n")
        origin = made_by(command)
        origin["scenarios"] = [
            {"name": scenario.name, "sha256": scenario.digest(), "constants_without": list(case.left_out)}
            for scenario, case in zip(scenarios, hindcast.cases, strict=True)
        ]
        origin["hindcast"] = {
            "methods": list(hindcast.methods),
            "horizons": list(hindcast.horizons),
            "every": hindcast.every,
            "members": hindcast.members,
            "seed": hindcast.seed,
        }
        seal(partial, origin)


def score_rows(case: CaseHindcast) -> Iterator[tuple[str, ...]]:
    """Yield a row for each score: of figures by place, then of all places of a panel together.

    What was reported stands under the method "reports": the figure, the last one known, and the days between origin
    and figure. What follows from these rows is not written: intervals hold a figure by its level, events come by the
    figure and the last one, and of forecasts without spread everything follows from the median.
    """
    scores = CaseScores(case)
    heads = [(str(dt.date.fromordinal(one.origin)), str(one.horizon), one.place) for one in case.targets]
    columns = {(REPORTED, name): case.column(name) for name in ("observed", "last", "lead")}
    columns |= {(method, score): of for method in case.quantiles for score, of in _written(scores, method).items()}
    for (method, score), values in columns.items():
        for (origin, horizon, place), value, target in zip(heads, values, case.targets, strict=True):
            if not np.isnan(value):
                yield case.name, method, origin, horizon, place, score, _number(value), "1", target.panel
    for together in case.together:
        head = str(dt.date.fromordinal(together.origin)), str(together.horizon), ALL_PLACES
        rows = case.where(together.horizon, main=False) & np.array([
            (one.origin, one.panel) == (together.origin, together.panel) for one in case.targets
        ])  # fmt: skip
        people = scores.observed[rows]
        for method in case.quantiles:
            missed = np.abs(scores.of(method)["median"][rows] - people).sum()
            found = {"energy": together.energy[method], "crps_of_sum": together.total[method]}
            found |= {"ard": missed / people.sum()} if people.sum() else {}
            for score, value in found.items():
                yield case.name, method, *head, score, _number(value), str(together.count), together.panel


def _written(scores: CaseScores, method: str) -> dict[str, Floats]:
    """Return the scores of a method that do not follow from others (target,); NaN where there is none."""
    of = scores.of(method)
    found = {name: of[name] for name in ("median", "crps", "crps_log")}
    if scores.has_spread(method):
        found |= {"wis": of["wis"], "level": scores.level(method)}
        found |= {f"chance_{event}": chance for event, chance in scores.chances(method).items()}
    return found


def _cell(value: str | float) -> str:
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.6g}"
