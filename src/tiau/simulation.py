"""A scenario run: members marched through the days in step, and what they show gathered as they go."""

from __future__ import annotations

import time

import numpy as np

from tiau.arguments import require_whole
from tiau.engine import cohorts
from tiau.engine.batch import Batch, batch_of, model_of
from tiau.engine.day import advance, audit
from tiau.engine.members import Members, draw, figure_normals
from tiau.engine.memory import require_memory, size_of
from tiau.engine.workers import Workers, spans, through_days
from tiau.observations.ledger import Placement, ledger
from tiau.observations.reporting import figures, log_sd
from tiau.progress import Progress
from tiau.results.recorder import Recorder
from tiau.results.result import Result
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network, build
from tiau.scenario.parameters import values


def simulate(
    scenario: Scenario,
    *,
    members: int = 200,
    seed: int = 1,
    chance: bool = True,
    jobs: int | None = None,
    progress: Progress | None = None,
    vary: tuple[str, ...] = ("parameters", "shocks"),
) -> Result:
    """Run a scenario.

    Parameters
    ----------
    scenario : Scenario
        Without faults, as `tiau.load` returns it.
    members : int
        How many draws of parameters, shocks and movements; 1 to 1,000,000.
    seed : int
        0 to 2**64 - 1. The same seed gives the same numbers, whatever `jobs` and the machine.
    chance : bool
        False moves expectations, with every parameter at its value: one member.
    jobs : int, optional
        Threads; by default as many as there are processors.
    progress : callable, optional
        Called with (days done, days in all).
    vary : tuple of str
        What differs between members beside the draws of movements.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        If the members do not fit into memory.
    ValueError
        If `members`, `seed` or `jobs` is no whole number within its bounds.
    ConservationError
        If people were lost or made, by a fault of Tiau.

    Examples
    --------
    >>> import datetime, tiau
    >>> scenario = tiau.load("mizoram-2021").until(datetime.date(2021, 3, 31))
    >>> tiau.simulate(scenario, members=2).members
    2
    """
    require_whole(members=members, seed=seed, jobs=jobs)
    begun = time.perf_counter()
    network = build(scenario)
    placements = ledger(network)
    if chance:
        require_memory(members, _of_a_member(network, placements))
    drawn = draw(scenario, members=members, seed=seed, chance=chance, vary=vary)
    recorder = Recorder(network, placements, members=drawn.key.size)
    _march(network, drawn, recorder, jobs=jobs, progress=progress)
    parameter = values(scenario.settings.parameters)
    reported = np.full_like(recorder.truth, np.nan)
    for row, placement in enumerate(placements):
        if placement.status == "placed":
            sd = log_sd(placement.report, placement.counting.noise, parameter["about_slack"])
            covered = recorder.truth[row] * drawn.parameters[placement.counting.coverage]
            normals = figure_normals(drawn, placement.report.report)
            reported[row] = figures(placement.report, covered, normals, sd) if chance else covered
    return Result(
        network=network,
        members=drawn.key.size,
        seed=seed,
        chance=chance,
        places=recorder.places,
        everybody=recorder.everybody,
        flow=recorder.flow,
        on_the_way=recorder.on_the_way,
        area_names=recorder.area_names,
        regions=recorder.regions,
        areas=recorder.areas,
        crossings=recorder.crossings,
        entries_by_class=recorder.by_class,
        totals=recorder.totals,
        placements=placements,
        truth=recorder.truth,
        figures=reported,
        parameters=drawn.parameters,
        seconds=time.perf_counter() - begun,
    )


def _of_a_member(network: Network, placements: tuple[Placement, ...]) -> int:
    """Return how many bytes a run keeps of each member at least."""
    one, two = (size_of(vars(Recorder(network, placements, members=members))) for members in (1, 2))
    return two - one + size_of(cohorts.start(network, members=1, options=0)) + size_of(cohorts.empty_cells(1))


def _march(
    network: Network, drawn: Members, recorder: Recorder, *, jobs: int | None, progress: Progress | None
) -> None:
    """Take all members through the days in step, so that quantiles need one day in memory."""
    model = model_of(network, drawn)
    parts = spans(drawn.key.size, jobs)
    batches = [batch_of(model, drawn.part(span.start, span.stop)) for span in parts]

    def one_day(batch: Batch, span: slice, day: int) -> None:
        advance(batch, day)
        recorder.day(batch, span, day)

    def gather(day: int, pool: Workers) -> None:
        recorder.gather(batches, day, pool)

    through_days(network.scenario.days, batches, parts, one_day, gather=gather, progress=progress)
    for batch, span in zip(batches, parts, strict=True):
        audit(batch, float(network.home_people.sum()), first=span.start)
