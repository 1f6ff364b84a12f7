"""The command for a case in Flee's format."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tiau.cli.console import command, console, err, print_plain, whole_in
from tiau.cli.options import GivenPath, Jobs, Members, Scale, Seed
from tiau.cli.reading import hint, say, shown_by_check
from tiau.cli.results import prepared, say_files
from tiau.cli.steps import steps_shown
from tiau.faults import Fault, InputError
from tiau.progress import Steps, counted

if TYPE_CHECKING:
    from tiau.flee import FleeCase, FleeResult

FILES = {
    "report.html": "open this first", "presence.csv": "people", "out.csv": "as Flee writes it: member 1, in agents",
    "result.nc": "all members",
}  # fmt: skip


def flee(
    case: GivenPath,
    *,
    model: Literal["flee", "destinations"] = "flee",
    rules: GivenPath | None = None,
    capacity: bool = True,
    scale: Scale = None,
    members: Members = 1,
    seed: Seed = 1,
    jobs: Jobs = None,
    out: GivenPath | None = None,
    folder: GivenPath | None = None,
) -> None:
    """Run a case in Flee's format and set the camps beside the data and plain baselines.

    Parameters
    ----------
    case
        Folder that holds input_csv and source_data.
    model
        Which rules share newcomers over camps: Flee's, or Tiau's `destinations` as expectations at full scale.
    rules
        Settings file of Flee (simsetting.yml); without it the one of the case, or Flee's defaults.
    capacity
        With --no-capacity, every camp is unlimited: capacities are mostly the largest count and tell the answer.
    scale
        People that one agent stands for, Flee's `hasten`; by default what the settings say, 1 if nothing.
    members
        Number of members: repetitions with draws of their own.
    seed
        The same seed gives the same numbers.
    jobs
        Threads; by default one for each processor. The numbers do not depend on it.
    out
        File for the table that Flee writes as out.csv, in agents, of member 1. An earlier one is replaced.
    folder
        Folder for a report, that table and all members. An earlier result there is replaced.
    """
    if model == "destinations" and (members > 1 or scale is not None):
        option = "--members" if members > 1 else "--scale"
        problem = "means nothing for destinations, which are expectations at full scale"
        raise InputError([Fault(option, problem, "leave it out", cell=str(members if members > 1 else scale))])
    _require_apart(out, folder)
    from tiau.flee import out_csv
    from tiau.flee.presentation.terminal import show_flee
    from tiau.flee.reading import load

    with steps_shown(err) as steps:
        with steps("reading"), hint(case):
            loaded = load(case, rules=rules)
        if out is not None:
            out_csv.prepare(out)
        if folder is not None:
            prepared(folder)
        say(loaded.notes, rest=shown_by_check(case))
        if model == "destinations":
            result = _by_destinations(loaded, steps, capacity=capacity)
        else:
            result = _by_flee(loaded, steps, capacity=capacity, scale=scale, members=members, seed=seed, jobs=jobs)
        _write(result, out, folder, steps)
        from tiau.flee.accuracy.table import score

        with steps("scoring"):
            accuracy = score(result)
    written = folder or out
    with whole_in(written) if written is not None else nullcontext():
        show_flee(result, accuracy, console())
        if out is not None:
            which = f"member 1 of {members}" if members > 1 else "this run"
            people = f"in agents of {result.hasten:,} people" if result.hasten > 1 else "in people"
            said = f"{which}, {people}; dates one day late, as Flee writes them"
            print_plain(f"\n  {out}  ({said})", style="dim")
        if folder is not None:
            say_files(folder, FILES)


def _require_apart(out: Path | None, folder: Path | None) -> None:
    """Refuse a table inside the folder of the result, which would be no whole result with it.

    Raises
    ------
    InputError
    """
    if out is not None and folder is not None and folder.absolute() in out.absolute().parents:
        remedy = "leave --out away, as the folder holds out.csv, or name another place"
        raise InputError([Fault("--out", "lies inside --folder", remedy, cell=str(out))])


def _by_destinations(case: FleeCase, steps: Steps, *, capacity: bool) -> FleeResult:
    from tiau.presentation.terminal import tell_of_compiling

    tell_of_compiling(err, "leave")
    with steps("preparing the engine"):
        from tiau.flee.destinations import simulate_destinations
    with steps("simulating", counted("day"), first="preparing the engine") as progress:
        return simulate_destinations(case, capacity=capacity, progress=progress)


def _by_flee(
    case: FleeCase, steps: Steps, *, capacity: bool, scale: int | None, members: int, seed: int, jobs: int | None
) -> FleeResult:
    from tiau.presentation.terminal import tell_of_compiling

    tell_of_compiling(err, "move")
    with steps("preparing the engine"):
        from tiau.flee.case.kinds import without_capacities
        from tiau.flee.result import ROADS
        from tiau.flee.simulation import simulate
    with steps("simulating", counted("day"), first="preparing the engine") as progress:
        known = case if capacity else without_capacities(case)
        result = simulate(known, hasten=scale, members=members, seed=seed, jobs=jobs, progress=progress)
    return result if capacity else replace(result, knows=ROADS)


def _write(result: FleeResult, out: Path | None, folder: Path | None, steps: Steps) -> None:
    """Write the table and the folder that were asked for."""
    if out is not None:
        from tiau.flee import out_csv

        with steps("writing"):
            out_csv.write(result, out)
    if folder is not None:
        from tiau.flee import tables
        from tiau.flee.presentation.page import page

        tables.write(result, folder, report=page, command=command(), steps=steps)
