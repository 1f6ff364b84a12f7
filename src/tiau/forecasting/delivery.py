"""The folder of a forecast: a page, tables of areas and needs, forecast.csv in the form of forecast hubs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tiau.evaluation.forecasts import interval_levels
from tiau.forecasting import areas, needed
from tiau.forecasting.predicted import ARRIVALS, Predicted
from tiau.forecasting.trigger_answers import COLUMNS as TRIGGER_COLUMNS
from tiau.readers import native
from tiau.readers.tables import write_table
from tiau.results.folder import replacing
from tiau.results.periods import WEEK
from tiau.results.provenance import provenance, said_of
from tiau.results.seal import seal
from tiau.results.spreadsheet import write_csv
from tiau.scenario.model import Scenario
from tiau.scenario.posterior import Posterior
from tiau.scenario.rows import Event
from tiau.texts import of_people

PAGE, FORECAST, AREAS, NEEDS, TRIGGERS = "forecast.html", "forecast.csv", "areas.csv", "needs.csv", "triggers.csv"
INPUTS, AHEAD = "inputs", "inputs/expected.csv"
FILES = {
    PAGE: "open this first: one page",
    AREAS: "countries, states and districts by week and month",
    NEEDS: "water, shelter and so on by place or area and day",
    FORECAST: "quantiles and joint samples by place or area and week",
    INPUTS: "the scenario that it was made from, and what the fit learned",
}
FILE_OF_TRIGGERS = {TRIGGERS: "how likely each threshold is passed, and what methods were worth on past days"}
COLUMNS = (
    "reference_date", "horizon", "target_end_date", "target", "location", "output_type", "output_type_id", "value",
)  # fmt: skip


def save(
    found: Predicted, scenario: Scenario, out: Path, *, seed: int, command: str = "",
    page: Callable[[dict[str, Any]], str] | None = None, beside: Callable[[Path], None] | None = None,
) -> None:  # fmt: skip
    """Write the folder of a forecast in place of an earlier one.

    In it the scenario as it was read, with the posterior that the forecast went by, so that both can be made again
    without a fit, and the table of events that were expected, if there was one. `page` makes forecast.html of the
    provenance, without it there is none; `beside` writes what else belongs there.
    """
    what = said_of(scenario.without_posterior())
    origin = provenance(what, scenario.values, members=found.members, seed=seed, chance=True, command=command)
    origin["forecast"] = {"origin": str(found.origin), "horizon": found.days[-1], "events": found.events}
    origin["forecast"]["posterior_given"] = came_with(scenario, found.learned)
    if found.expected is not None:
        origin["forecast"]["events_sha256"] = found.expected.digest
    with replacing(out) as partial:
        write_csv(partial / FORECAST, COLUMNS, hub_rows(found))
        write_csv(partial / AREAS, areas.COLUMNS, map(_texts, areas.rows_of(found)))
        write_csv(partial / NEEDS, needed.COLUMNS, map(_texts, needed.rows_of(found)))
        native.write(kept(scenario, found.learned), partial / INPUTS)
        if found.expected is not None:
            write_table(partial / AHEAD, Event, found.expected.rows)
        if beside is not None:
            beside(partial)
        if page is not None:
            (partial / PAGE).write_text(page(origin), encoding="utf-8", newline="\n")
        if found.triggers:
            write_csv(partial / TRIGGERS, TRIGGER_COLUMNS, found.triggers.csv())
        seal(partial, origin)


def kept(scenario: Scenario, learned: Posterior) -> Scenario:
    """Return a scenario with a posterior that was fitted to what was known of it by a day, as its own."""
    own = replace(learned, scenario_digest=scenario.without_posterior().digest())
    return scenario.model_copy(update={"posterior": own, "posteriors": ()})


def came_with(scenario: Scenario, learned: Posterior) -> bool:
    """Whether a scenario came with what a forecast went by, so that the forecast made no fit."""
    return learned in (scenario.posterior, *scenario.posteriors)


def _texts(cells: Iterable[object]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in cells]


def hub_rows(found: Predicted) -> Iterator[tuple[str, ...]]:
    """Yield the rows of forecast.csv: each place or area by day, its quantiles and then its samples.

    The horizon is in days. Arrivals are those of the seven days up to a target's date. A sample's number names the
    member: those of all rows with one number belong together.
    """
    levels = [f"{level:g}" for level in interval_levels()]
    for row, (target, place) in enumerate(found.rows):
        for number, days in enumerate(found.days):
            if target == ARRIVALS and days % WEEK:
                continue
            head = str(found.origin), str(days), str(found.date(days)), target, place
            for level, value in zip(levels, found.quantiles[row, number], strict=True):
                yield *head, "quantile", level, of_people(value)
            for member, value in enumerate(found.samples[row, number]):
                yield *head, "sample", str(member), of_people(value)
