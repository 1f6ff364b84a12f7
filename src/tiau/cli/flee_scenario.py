"""What `tiau run` and `tiau check` do with a scenario whose rules are Flee's, and with a case folder of Flee's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console

from tiau.cli.console import command, err
from tiau.faults import InputError, clip, listing
from tiau.progress import Steps, counted
from tiau.scenario.model import Scenario


def run_scenario(
    scenario: Scenario,
    out: Path,
    steps: Steps,
    *,
    members: int,
    seed: int,
    chance: bool,
    jobs: int | None,
    suppress_below: float,
) -> Callable[[Console], None]:
    """Run a scenario by Flee's rules and write a result folder; what is returned shows what `tiau flee` shows.

    Parameters
    ----------
    scenario : Scenario
        Its model is "flee".
    out : Path
        Folder of the result.
    steps : Steps
    members, seed, chance, jobs
        As in `simulate_flee`.
    suppress_below : float, persons
        Smaller numbers are written as "<10" in presence.csv.
    """
    from tiau.flee.case.conversion import case_of
    from tiau.flee.presentation.terminal import show_flee
    from tiau.presentation.terminal import tell_of_compiling

    case = case_of(scenario)
    tell_of_compiling(err, "move")
    with steps("preparing the engine"):
        from tiau.flee import tables
        from tiau.flee.accuracy.table import accuracy_of
        from tiau.flee.presentation.page import page
        from tiau.flee.simulation import simulate_flee
    with steps("simulating", counted("day"), first="preparing the engine") as progress:
        result = simulate_flee(case, members=members, seed=seed, chance=chance, jobs=jobs, progress=progress)
    tables.write(result, scenario, out, report=page, suppress_below=suppress_below, command=command(), steps=steps)
    with steps("scoring"):
        return partial(show_flee, result, accuracy_of(result))


def checked_case(source: str, *, everything: bool) -> tuple[bool, str]:
    """Tell what was put right in a case folder of Flee's, what to know of it and what is wrong with it.

    Parameters
    ----------
    source : str
        Its folder.
    everything : bool
        Tell all, however much there is.

    Returns
    -------
    bool
        Whether it can be run.
    str
    """
    from tiau.flee.case.conversion import scenario_of
    from tiau.flee.reading import read_case

    try:
        case = read_case(Path(source))
    except InputError as error:
        faults = listing(error.faults, everything=everything, rest="--all shows them")
        return False, f"{faults}\n{clip(source)}: {len(error.faults):,} faults"
    rest = "--all shows them"
    said = [listing(case.notes, everything=everything, rest=rest)] if case.notes else []
    warnings = sum(note.level == "warning" for note in case.notes)
    repairs = len(case.notes) - warnings
    try:
        scenario_of(case)
    except InputError as error:
        said += [f"  warning: tiau flee alone can run it, because {fault}" for fault in error.faults]
        warnings += len(error.faults)
    said.append(f"{clip(source)}: 0 faults, {warnings:,} warnings, {repairs:,} put right")
    said.append(f"{case.name}, a case in Flee's format: {case.days:,} days from {case.start}")
    said.append(
        f"{len(case.locations):,} locations, {len(case.links):,} ways, {len(case.closures):,} closures, "
        f"{len(case.labels):,} rows of data_layout.csv"
    )
    return True, "\n".join(said)
