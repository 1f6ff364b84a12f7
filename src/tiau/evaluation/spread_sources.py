"""Where the width of a band comes from: parameters, shocks, draws of movements, reporting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from tiau.arguments import require_whole
from tiau.engine.batch import Batch
from tiau.engine.members import draw, together
from tiau.engine.run import Seen
from tiau.ensemble import driving
from tiau.progress import Progress
from tiau.results.result import Result
from tiau.scenario.parameters import BY_NAME
from tiau.simulation import World

MEMBERS = 24


def spread_sources(
    result: Result, *, jobs: int | None = None, workers: str = driving.THREADS, progress: Progress | None = None
) -> dict[str, float]:
    """Return the share of each source in the variance of the log of people present at the end of a run.

    Two small ensembles with one source switched on at a time, beside one with movements alone; the place
    is that of the scenario's series. The noise of reporting is added for a figure of that day.

    Parameters
    ----------
    result : Result
    jobs, workers
        As in `tiau.simulate`.
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

    varied = ((), ("parameters", "judged"), ("shocks",))
    drawn = together([draw(scenario, members=MEMBERS, seed=result.seed, vary=vary) for vary in varied])
    people = np.zeros(drawn.key.size)

    def gather(day: int, seen: Sequence[Seen], pool: object) -> None:
        if day == scenario.days - 1:
            people[:] = np.concatenate([one["there"] for one in seen])

    world = World(result.network, drawn, partial(_see, where, scenario.days - 1))
    driving.run(world, drawn, gather, workers=workers, jobs=jobs, progress=progress)
    # Half a person where nobody is there: the log of nobody would drown everything else.
    movements, parameters, shocks = np.var(
        np.log(np.maximum(people.reshape(len(varied), MEMBERS), 0.5)), axis=1
    ).tolist()
    parameter = scenario.values
    variances = {
        "parameters": max(parameters - movements, 0.0),
        "shocks (events, places, homes)": max(shocks - movements, 0.0),
        "movements": movements,
        # All in squares of logs, where independent sources add up.
        "reporting": parameter["noise_register_sd"] ** 2 + BY_NAME["coverage_register"].spread ** 2,
    }
    total = sum(variances.values())
    return {name: part / total for name, part in variances.items()}


def _see(where: list[int], last: int, batch: Batch, day: int, seen: Seen) -> None:
    """See how many people are settled at some places on the last day (member,)."""
    if day == last:
        seen["there"] = batch.people.settled[:, :, where].sum((1, 2))
