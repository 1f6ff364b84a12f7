"""`tiau compare`: what-ifs on the same draws."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tiau.cli.console import command, console, err, print_plain, whole_in
from tiau.cli.options import GivenPath, IsoDay, Jobs, Members, OnlyOn, Seed, workers_of
from tiau.cli.reading import in_a_shell, read_until, say
from tiau.cli.results import prepared, say_files
from tiau.cli.steps import steps_shown
from tiau.faults import Fault, InputError
from tiau.progress import one_of

FILES_OF_COMPARISON = {
    "compare.html": "open this first",
    "compare.csv": "every measure",
    "decisive.csv": "what it hangs on",
}


def compare(
    scenario: str,
    *,
    change: Annotated[list[str] | None, Parameter(negative="")] = None,
    catalogue: Annotated[bool, Parameter(name="--list", negative="")] = False,
    members: Members = 200,
    seed: Seed = 1,
    until: IsoDay | None = None,
    prior: OnlyOn = False,
    jobs: Jobs = None,
    processes: OnlyOn = False,
    cluster: str | None = None,
    out: GivenPath | None = None,
) -> None:
    """Run a scenario and what-ifs on the same draws and say what differs.

    Parameters
    ----------
    scenario
        Name of a packaged scenario (mizoram-2021), a scenario folder, or a case folder of Flee's.
    change
        A what-if: its name in the scenario's folder, or a file (docs/what-ifs.md). May be given several times.
    catalogue
        List the what-ifs that come with the scenario, and stop.
    members
        Number of members of each run: draws of parameters, shocks and movements. Up to 60 run a second time with the
        assumed numbers as they are given.
    seed
        The same seed gives the same numbers.
    until
        Last day to simulate, YYYY-MM-DD; by default the scenario's end.
    prior
        Run without what a fit learned (posterior.csv): members are drawn from the prior.
    jobs
        Batches of members that run at once; by default one for each processor. The numbers do not depend on it.
    processes
        Run batches in processes instead of threads.
    cluster
        Run batches on a dask cluster, by the address of its scheduler such as tcp://host:8786 (docs/cluster.md).
    out
        Folder of the result; by default tiau-out/SCENARIO-compare. An earlier result there is replaced.
    """
    from tiau.loading import locate
    from tiau.what_ifs.files import load_changes, titles

    if catalogue:
        found, faults = titles(locate(scenario))
        if found or not faults:
            said = "\n".join(f"{name}: {title}" for name, title in found.items())
            print_plain(said or f"{scenario} has no what-ifs")
        if faults:
            raise InputError(faults)
        return
    workers = workers_of(processes=processes, cluster=cluster)
    with steps_shown(err) as steps:
        loaded = read_until(scenario, until, steps, prior=prior)
        if not change:
            lists = f"tiau compare {in_a_shell(scenario)} --list lists what-ifs, docs/what-ifs.md says more"
            raise InputError([Fault("--change", "is missing", f"name a what-if or a file; {lists}")])
        changes = load_changes(change, loaded, folder=locate(scenario))
        say([fault for changed in changes for fault in changed.warnings])
        target = prepared(out or Path("tiau-out") / f"{loaded.name}-compare")
        from tiau.presentation.terminal import show_comparison, tell_of_compiling

        tell_of_compiling(err)
        with steps("preparing the engine"):
            from tiau.presentation.compare_page import page
            from tiau.what_ifs import comparison
            from tiau.what_ifs.saving import save
        runs = comparison.runs_of(len(changes))
        with steps("comparing", one_of(runs), first="preparing the engine") as progress:
            done = comparison.compare(
                loaded, changes, members=members, seed=seed, jobs=jobs, workers=workers, progress=progress
            )
        save(done, target, report=page, command=command(), steps=steps)
    with whole_in(target):
        show_comparison(done, console(), source=in_a_shell(scenario))
        say_files(target, FILES_OF_COMPARISON)
