"""`tiau run`: a scenario run and set beside every reported figure."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tiau.cli.console import command, console, err, whole_in
from tiau.cli.options import GivenPath, IsoDay, Jobs, Members, OnlyOn, Seed, SuppressBelow, workers_of
from tiau.cli.reading import in_a_shell, read_until
from tiau.cli.results import prepared, say_files
from tiau.cli.steps import steps_shown
from tiau.evaluation.running import assessed

FILES = {
    "report.html": "open this first", "areas.csv": "countries to districts by day, week, month",
    "places.csv": "places by month", "needs.csv": "shelters, water, food and so on by month", "fit.csv": "every report",
    "result.nc": "all quantities",
}  # fmt: skip


def run(
    scenario: str,
    *,
    members: Members = 200,
    seed: Seed = 1,
    until: IsoDay | None = None,
    prior: OnlyOn = False,
    out: GivenPath | None = None,
    chance: bool = True,
    jobs: Jobs = None,
    processes: OnlyOn = False,
    cluster: str | None = None,
    suppress_below: SuppressBelow = 10,
    width_sources: bool = True,
) -> None:
    """Run a scenario and set the result beside every reported figure.

    Parameters
    ----------
    scenario
        Name of a packaged scenario (mizoram-2021), a scenario folder, or a case folder of Flee's.
    members
        Number of members: draws of parameters, shocks and movements.
    seed
        The same seed gives the same numbers.
    until
        Last day to simulate, YYYY-MM-DD; by default the scenario's end.
    prior
        Run without what a fit learned (posterior.csv): members are drawn from the prior.
    out
        Folder of the result; by default tiau-out/SCENARIO. An earlier result there is replaced.
    chance
        With --no-chance, move expectations: one member, parameters at their values.
    jobs
        Batches of members that run at once; by default one for each processor. The numbers do not depend on it.
    processes
        Run batches in processes instead of threads.
    cluster
        Run batches on a dask cluster, by the address of its scheduler such as tcp://host:8786 (docs/cluster.md).
    suppress_below
        Round numbers of people to multiples of this, and leave smaller ones blank; 0 for whole people.
    width_sources
        Run three small ensembles more to say where the width of the band comes from.
    """
    workers = workers_of(processes=processes, cluster=cluster)
    with steps_shown(err) as steps:
        loaded = read_until(scenario, until, steps, prior=prior)
        target = prepared(out or Path("tiau-out") / loaded.name)
        from tiau.presentation.terminal import show_run, tell_of_compiling

        tell_of_compiling(err)
        assessment = assessed(
            loaded, members=members, seed=seed, chance=chance, jobs=jobs, workers=workers,
            width_sources=width_sources, steps=steps,
        )  # fmt: skip
        from tiau.presentation.report.page import Told, page
        from tiau.results.saving import save

        more = f"tiau report {in_a_shell(scenario)} puts a forecast and what-ifs here."
        report = partial(page, Told(assessment, more, more, suppress_below))
        save(assessment.result, target, report=report, suppress_below=suppress_below, command=command(), steps=steps)
    with whole_in(target):
        show_run(assessment, console(), source=in_a_shell(scenario), suppress_below=suppress_below)
        say_files(target, FILES)
