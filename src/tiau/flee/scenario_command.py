"""What `tiau run` and `tiau check` do with a scenario whose rules are Flee's, and with a case folder of Flee's."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from tiau.console import console, err, print_plain
from tiau.faults import InputError, clip, listing, shortened
from tiau.scenario.model import Scenario


def read_aloud(source: str) -> Scenario:
    """Return a scenario, and print what was put right in a case folder or has no effect under Flee's rules.

    Raises
    ------
    InputError
        With every fault of the folder.
    """
    from tiau.readers import load, locate
    from tiau.readers.flee import imported, is_case, read_case
    from tiau.scenario.flee.conversion import scenario_of

    if is_case(locate(source)):
        from tiau.flee.terminal import show_reading

        case = read_case(locate(source))
        show_reading(case, err)
        return scenario_of(case)
    scenario = load(source)
    warnings = imported.examine(scenario) if scenario.settings.rules.model == "flee" else []
    if warnings:
        err.print(Text(listing(warnings)))
    return scenario


def run_scenario(
    scenario: Scenario,
    out: Path,
    *,
    members: int,
    seed: int,
    chance: bool,
    jobs: int | None,
    suppress_below: float,
    command: str,
) -> None:
    """Run a scenario by Flee's rules, print what `tiau flee` prints and write a result folder.

    Parameters
    ----------
    scenario : Scenario
        Its model is "flee".
    out : Path
        Folder of the result.
    members, seed, chance, jobs
        As in `simulate_flee`.
    suppress_below : float, persons
        Smaller numbers are written as "<10" in presence.csv.
    command : str
        The command that asked for it, for the provenance.
    """
    from tiau.flee.terminal import show_flee
    from tiau.scenario.flee.conversion import case_of
    from tiau.terminal import compilation_notice, progress_bar

    case = case_of(scenario)
    with compilation_notice(err, "flee_move"):
        from tiau.flee import tables
        from tiau.flee.accuracy import accuracy_of
        from tiau.flee.simulation import simulate_flee
    with progress_bar(err) as progress:
        result = simulate_flee(case, members=members, seed=seed, chance=chance, jobs=jobs, progress=progress)
    show_flee(result, accuracy_of(result), console())
    from tiau.report.flee_page import page

    tables.write(result, scenario, out, report=page, suppress_below=suppress_below, command=command)


def check_case(folder: Path, *, everything: bool) -> bool:
    """Print what was put right in a case folder of Flee's, what to know of it and what is wrong with it.

    Parameters
    ----------
    folder : Path
    everything : bool
        Show all, however much there is.

    Returns
    -------
    bool
        Whether it can be run.
    """
    from tiau.readers.flee import read_case
    from tiau.scenario.flee.conversion import scenario_of

    try:
        case = read_case(folder)
    except InputError as error:
        said = [listing(error.faults, everything=everything), f"{clip(str(folder))}: {len(error.faults):,} faults"]
        print_plain("\n".join(said))
        return False
    said = [listing(case.notes, everything=everything)] if case.notes else []
    warnings = sum(note.level == "warning" for note in case.notes)
    repairs = len(case.notes) - warnings
    try:
        scenario_of(case)
    except InputError as error:
        said += [f"  warning: tiau flee alone can run it, because {fault}" for fault in error.faults]
        warnings += len(error.faults)
    said.append(f"{clip(str(folder))}: 0 faults, {warnings:,} warnings, {repairs:,} put right")
    said.append(f"{case.name}, a case in Flee's format: {case.days:,} days from {case.start}")
    said.append(
        f"{len(case.locations):,} locations, {len(case.links):,} ways, {len(case.closures):,} closures, "
        f"{len(case.labels):,} rows of data_layout.csv"
    )
    text = "\n".join(said)
    print_plain(text if everything else shortened(text))
    return True
