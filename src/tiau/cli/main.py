"""The commands of `tiau`: one thin function each; everything heavy is imported when it is needed."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from rich.console import Console
from rich.text import Text

from tiau.cli.console import Terminal, command, console, err, print_plain, whole_in
from tiau.cli.ending import WRONG_INPUT, ended
from tiau.cli.flee import flee, import_flee
from tiau.cli.flee_scenario import checked_case, run_scenario
from tiau.cli.options import (
    GivenPath,
    IsoDay,
    Jobs,
    Members,
    Seed,
    SuppressBelow,
    require_readable,
    within,
    wrong_usage,
)
from tiau.cli.reading import in_a_shell, read_aloud
from tiau.cli.steps import steps_shown
from tiau.faults import Fault, InputError, clip, listing, shortened
from tiau.progress import Steps, counted, one_of
from tiau.version import __version__

if TYPE_CHECKING:
    import datetime as dt

    from tiau.scenario.model import Scenario

app = App(
    name="tiau",
    help="Simulate, explain and forecast forced displacement.",
    version=__version__,
    result_action="return_value",
    error_formatter=wrong_usage,
    suppress_keyboard_interrupt=False,
)
imports = App(name="import", help="Import a folder of another format as a scenario.")
app.command(imports)
FILES = {
    "report.html": "open this first", "fit.csv": "every report", "presence.csv": "people",
    "result.nc": "all quantities",
}  # fmt: skip
FILES_BY_FLEE = {
    "report.html": "open this first", "fit.csv": "every count", "presence.csv": "people",
    "out.csv": "as Flee writes it: member 1, in agents", "result.nc": "all members",
}  # fmt: skip
FILES_OF_COMPARISON = {"compare.html": "open this first", "compare.csv": "every measure"}


@app.command
def run(
    scenario: str,
    *,
    members: Members = 200,
    seed: Seed = 1,
    until: IsoDay | None = None,
    out: GivenPath | None = None,
    chance: bool = True,
    jobs: Jobs = None,
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
    out
        Folder of the result; by default tiau-out/SCENARIO. An earlier result there is replaced.
    chance
        With --no-chance, move expectations: one member, parameters at their values.
    jobs
        Threads; by default one for each processor. The numbers do not depend on it.
    suppress_below
        Write smaller counts about a group at a place as "<10" in presence.csv.
    width_sources
        Run three small ensembles more to say where the width of the band comes from; not for Flee's rules, where
        draws of movements alone make it.
    """
    with steps_shown(err) as steps:
        loaded = _read(scenario, until, steps)
        target = _prepared(out or Path("tiau-out") / loaded.name)
        by_flee = loaded.settings.rules.model == "flee"
        if by_flee:
            show = run_scenario(loaded, target, steps, members=members, seed=seed, chance=chance, jobs=jobs,
                                suppress_below=suppress_below)  # fmt: skip
        else:
            show = _run(loaded, target, steps, members=members, seed=seed, chance=chance, jobs=jobs,
                        suppress_below=suppress_below, width_sources=width_sources)  # fmt: skip
    with whole_in(target):
        show(console())
        _say_files(target, FILES_BY_FLEE if by_flee else FILES)


def _read(scenario: str, until: dt.date | None, steps: Steps) -> Scenario:
    with steps("reading"):
        loaded = read_aloud(scenario)
    if until is None:
        return loaded
    return loaded.until(within("--until", until, loaded.settings.start, loaded.settings.end))


def _prepared(target: Path) -> Path:
    """Make sure that a folder can take a result, and say what was tidied up there."""
    from tiau.results import folder

    for note in folder.prepare(target):
        err.print(Text(f"  {note}"))
    return target


def _run(
    scenario: Scenario,
    out: Path,
    steps: Steps,
    *,
    members: int,
    seed: int,
    chance: bool,
    jobs: int | None,
    suppress_below: int,
    width_sources: bool,
) -> Callable[[Console], None]:
    """Run a scenario by our rules and write its folder; what is returned shows the run."""
    from functools import partial

    from tiau.presentation.terminal import show_run, tell_of_compiling
    from tiau.results import folder

    tell_of_compiling(err)
    with steps("preparing the engine"):
        from tiau.evaluation.spread_sources import sources_of_width
        from tiau.presentation.page import page
        from tiau.simulation import simulate
    with steps("simulating", counted("day"), first="preparing the engine") as progress:
        result = simulate(scenario, members=members, seed=seed, chance=chance, jobs=jobs, progress=progress)
    width = {}
    if width_sources and chance:
        with steps("three small ensembles more", counted("day")) as progress:
            width = sources_of_width(result, jobs=jobs, progress=progress)
    report = partial(page, width=width)
    folder.write(result, out, report=report, suppress_below=suppress_below, command=command(), steps=steps)
    return partial(show_run, result, width=width)


def _say_files(folder: Path, files: Mapping[str, str]) -> None:
    for name, what in files.items():
        print_plain(f"  {folder / name}  ({what})", style="dim")


@app.command
def compare(
    scenario: str,
    *,
    change: Annotated[list[str] | None, Parameter(negative="")] = None,
    catalogue: Annotated[bool, Parameter(name="--list", negative="")] = False,
    members: Members = 200,
    seed: Seed = 1,
    until: IsoDay | None = None,
    jobs: Jobs = None,
    out: GivenPath | None = None,
) -> None:
    """Run a scenario and what-ifs on the same draws and say what differs.

    Parameters
    ----------
    scenario
        Name of a packaged scenario (mizoram-2021) or a scenario folder.
    change
        A what-if: its name in the scenario's folder, or a file (docs/what-ifs.md). May be given several times.
    catalogue
        List the what-ifs that come with the scenario, and stop.
    members
        Number of members of each run: draws of parameters, shocks and movements.
    seed
        The same seed gives the same numbers.
    until
        Last day to simulate, YYYY-MM-DD; by default the scenario's end.
    jobs
        Threads; by default one for each processor. The numbers do not depend on it.
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
    with steps_shown(err) as steps:
        loaded = _read(scenario, until, steps)
        remedy = "change a copy of the folder, and tiau run each of them"
        loaded.refuse_flee("is a model that tiau compare cannot run what-ifs with", remedy)
        if not change:
            lists = f"tiau compare {in_a_shell(scenario)} --list lists what-ifs, docs/what-ifs.md says more"
            raise InputError([Fault("--change", "is missing", f"name a what-if or a file; {lists}")])
        changes = load_changes(change, loaded, folder=locate(scenario))
        warnings = [fault for changed in changes for fault in changed.warnings]
        if warnings:
            err.print(Text(listing(warnings)))
        target = _prepared(out or Path("tiau-out") / f"{loaded.name}-compare")
        from tiau.presentation.terminal import show_comparison, tell_of_compiling

        tell_of_compiling(err)
        with steps("preparing the engine"):
            from tiau.presentation.compare_page import page
            from tiau.what_ifs import comparison
        runs = len(changes) + 1
        with steps("comparing", one_of(runs), first="preparing the engine") as progress:
            done = comparison.compare(loaded, changes, members=members, seed=seed, jobs=jobs, progress=progress)
        comparison.write(done, target, report=page, command=command(), steps=steps)
    with whole_in(target):
        show_comparison(done, console())
        _say_files(target, FILES_OF_COMPARISON)


@app.command
def check(scenario: str, *, everything: Annotated[bool, Parameter(name="--all", negative="")] = False) -> None:
    """Read a scenario and list everything that is wrong with it, or that you should know.

    Parameters
    ----------
    scenario
        Name of a packaged scenario, a scenario folder, or a case folder of Flee's.
    everything
        Show all faults, warnings, contradictions and different pictures, however many.
    """
    from tiau.flee.reading import is_case
    from tiau.loading import locate

    folder = locate(scenario)
    with steps_shown(err) as steps, steps("reading and checking"):
        usable, text = (checked_case if is_case(folder) else _checked)(scenario, everything=everything)
    print_plain(text if everything else shortened(text))
    if not usable:
        raise SystemExit(WRONG_INPUT)


def _checked(scenario: str, *, everything: bool) -> tuple[bool, str]:
    """Return whether a scenario can be run, and what there is to say of it."""
    from tiau.loading import examine

    found, faults = examine(scenario)
    wrong = [fault for fault in faults if fault.level == "fault"]
    warnings = [fault for fault in faults if fault.level == "warning"]
    said = [listing([*wrong, *warnings], everything=everything, rest="--all shows them")] if faults else []
    said.append(f"{clip(scenario)}: {len(wrong):,} faults, {len(warnings):,} warnings")
    if found is not None and not wrong:
        said += [_contents(found), _disagreements(found, everything)]
    return not wrong, "\n".join(said)


def _contents(scenario: Scenario) -> str:
    settings = scenario.settings
    tables = ("places", "routes", "groups", "events", "acts", "reports")
    counts = ", ".join(f"{len(getattr(scenario, name))} {name}" for name in tables)
    return f"{settings.title}: {settings.start} to {settings.end}\n{counts}"


def _disagreements(scenario: Scenario, everything: bool) -> str:
    from tiau.observations.contradictions import disagreements
    from tiau.observations.ledger import ledger
    from tiau.presentation.words.disagreements import sections
    from tiau.scenario.network import build

    network = build(scenario)
    return sections(disagreements(ledger(network), network), everything=everything)


@app.command
def acts(scenario: str, *, at: str, on: IsoDay) -> None:
    """Explain, act by act, why crossings let each group through as they do on a day.

    Parameters
    ----------
    scenario
        Name of a packaged scenario or a scenario folder.
    at
        Name of a crossing, place or area.
    on
        Day, YYYY-MM-DD.
    """
    with steps_shown(err) as steps:
        loaded = _read(scenario, None, steps)
        day = within("--on", on, loaded.settings.start, loaded.settings.end)
        with steps("explaining"):
            from tiau.explanation import explain, text_of

            lines = text_of(explain(loaded, at, day))
    print_plain("\n".join(lines))


@app.command
def copy(scenario: str, folder: GivenPath) -> None:
    """Copy a scenario into a new folder, to change it there.

    Parameters
    ----------
    scenario
        Name of a packaged scenario or a scenario folder.
    folder
        A new or empty folder.
    """
    from tiau.loading import locate
    from tiau.readers import native

    with steps_shown(err) as steps, steps("copying"):
        native.copy(locate(scenario), folder)
    with whole_in(folder):
        print_plain(f"copied to {folder}; edit the tables, then: tiau check {in_a_shell(folder)}")


app.command(flee)
imports.command(import_flee, name="flee")


def main() -> None:
    """Run the command line, and end with the exit status of `tiau.cli.ending`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(ended(_command))


def _command() -> object:
    require_readable(sys.argv[1:])
    # Where it keeps its fonts, and that it looks for them, is no news for who runs a scenario.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    return app(sys.argv[1:], console=console(), error_console=Terminal("stderr"))
