"""The folder of a forecast: forecast.csv in the form of forecast hubs, and where its numbers come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tiau.evaluation.forecasts import interval_levels
from tiau.forecasting.prediction import Forecast
from tiau.readers import native
from tiau.results.folder import replacing
from tiau.results.provenance import provenance, said_of
from tiau.results.seal import seal
from tiau.results.spreadsheet import write_csv
from tiau.scenario.model import Scenario
from tiau.scenario.posterior import Posterior

FORECAST = "forecast.csv"
INPUTS = "inputs"
FILES = {
    FORECAST: "quantiles and joint samples by place or area and week",
    f"{INPUTS}/": "the scenario that it was made from, and what the fit learned",
}
COLUMNS = (
    "reference_date", "horizon", "target_end_date", "target", "location", "output_type", "output_type_id", "value",
)  # fmt: skip


def save(
    found: Forecast, scenario: Scenario, out: Path, *, seed: int, command: str = "",
    beside: Callable[[Path], None] | None = None,
) -> None:  # fmt: skip
    """Write the folder of a forecast in place of an earlier one.

    In it the scenario as it was read, with the posterior that the forecast went by, so that both can be made again
    without a fit. `beside` writes what else belongs there.
    """
    with replacing(out) as partial:
        write_csv(partial / FORECAST, COLUMNS, hub_rows(found))
        members = found.samples.shape[-1]
        what = said_of(scenario.without_posterior())
        origin = provenance(what, scenario.values, members=members, seed=seed, chance=True, command=command)
        origin["forecast"] = {
            "origin": str(found.origin), "horizon": found.days[-1], "events": found.events,
            "posterior_given": scenario.posterior is not None and scenario.posterior == found.learned,
        }  # fmt: skip
        native.write(kept(scenario, found.learned), partial / INPUTS)
        if beside is not None:
            beside(partial)
        seal(partial, origin)


def kept(scenario: Scenario, learned: Posterior) -> Scenario:
    """Return a scenario with a posterior that was fitted to what was known of it by a day, as its own."""
    own = replace(learned, scenario_digest=scenario.without_posterior().digest())
    return scenario.model_copy(update={"posterior": own})


def hub_rows(found: Forecast) -> Iterator[tuple[str, ...]]:
    """Yield the rows of forecast.csv: each place or area by day, its quantiles and then its samples.

    The horizon is in days. A sample's number names the member: those of all rows with one number belong together.
    """
    levels = [f"{level:g}" for level in interval_levels()]
    for row, (target, place) in enumerate(found.rows):
        for number, days in enumerate(found.days):
            head = str(found.origin), str(days), str(found.origin + dt.timedelta(days)), target, place
            for level, value in zip(levels, found.quantiles[row, number], strict=True):
                yield *head, "quantile", level, f"{value:.6g}"
            for member, value in enumerate(found.samples[row, number]):
                yield *head, "sample", str(member), f"{value:.6g}"
