"""Where the width of a band comes from: parameters, shocks, draws of movements, reporting."""

from __future__ import annotations

import numpy as np

from tiau.arguments import require_whole
from tiau.engine.batch import Batch, batch_of, model_of
from tiau.engine.day import advance, audit
from tiau.engine.members import draw, together
from tiau.engine.workers import spans, through_days
from tiau.progress import Progress
from tiau.results.result import Result
from tiau.scenario.parameters import BY_NAME, values

MEMBERS = 24


def spread_sources(result: Result, *, jobs: int | None = None, progress: Progress | None = None) -> dict[str, float]:
    """Return the share of each source in the variance of the log of people present at the end of a run.

    Two small ensembles with one source switched on at a time, beside one with movements alone; the place
    is that of the scenario's series. The noise of reporting is added for a figure of that day.

    Parameters
    ----------
    result : Result
    jobs : int, optional
        Threads.
    progress : callable, optional
        Called with (days done, days in all).

    Returns
    -------
    dict of str to float
        Shares that sum to 1, by source; empty without a series or without chance.
    """
    require_whole(jobs=jobs)
    scenario = result.scenario
    if scenario.settings.series is None or not result.chance:
        return {}
    where = list(result.network.names.members(scenario.settings.series.place))
    if not where:
        return {}

    varied = ((), ("parameters",), ("shocks",))
    drawn = together([draw(scenario, members=MEMBERS, seed=result.seed, vary=vary) for vary in varied])
    model = model_of(result.network, drawn)
    parts = spans(drawn.key.size, jobs)
    batches = [batch_of(model, drawn.part(span.start, span.stop)) for span in parts]

    def one_day(batch: Batch, span: slice, day: int) -> None:
        advance(batch, day)

    through_days(scenario.days, batches, parts, one_day, progress=progress)
    for batch, span in zip(batches, parts, strict=True):
        audit(batch, float(result.network.home_people.sum()), first=span.start)
    people = np.concatenate([batch.people.settled[:, :, where].sum((1, 2)) for batch in batches])
    people = people.reshape(len(varied), MEMBERS)
    # Half a person where nobody is there: the log of nobody would drown everything else.
    movements, parameters, shocks = np.var(np.log(np.maximum(people, 0.5)), axis=1).tolist()
    parameter = values(scenario.settings.parameters)
    variances = {
        "parameters": max(parameters - movements, 0.0),
        "shocks (events and days)": max(shocks - movements, 0.0),
        "movements": movements,
        # All in squares of logs, where independent sources add up.
        "reporting": parameter["noise_register_sd"] ** 2 + BY_NAME["coverage_register"].spread ** 2,
    }
    total = sum(variances.values())
    return {name: part / total for name, part in variances.items()}
