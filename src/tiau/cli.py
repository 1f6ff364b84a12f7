"""The commands of `tiau`: one thin function each; everything heavy is imported when it is needed."""

from __future__ import annotations

import datetime as dt
import errno
import io
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from rich.text import Text

from tiau.console import console, err, print_plain, require_counts
from tiau.faults import ConservationError, Fault, InputError, clip, listing, shortened
from tiau.flee.command import flee, import_flee
from tiau.flee.scenario_command import check_case, read_aloud, run_scenario
from tiau.version import __version__

if TYPE_CHECKING:
    from tiau.results.result import Result
    from tiau.scenario.model import Scenario

app = App(
    name="tiau",
    help="Simulate, explain and forecast forced displacement.",
    version=__version__,
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)
imports = App(name="import", help="Import a folder of another format as a scenario.")
app.command(imports)
WRONG_INPUT = 2
FAILURE = 1
INTERRUPTED = 130
_NO_ROOM = "nothing was replaced; free some room there, or name a folder on another disk with --out"
_NO_ACCESS = "nothing was replaced; close programs that have its files open, or name another folder with --out"
REMEDIES = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.EROFS: _NO_ACCESS,
    errno.EBUSY: _NO_ACCESS,
}


@app.command
def run(
    scenario: str,
    *,
    members: int = 200,
    seed: int = 1,
    until: str | None = None,
    out: Path | None = None,
    chance: bool = True,
    jobs: int | None = None,
    suppress_below: int = 10,
    width_sources: bool = True,
) -> None:
    """Run a scenario and set the result beside every reported figure.

    Parameters
    ----------
    scenario
        Name of a packaged scenario (mizoram-2021), a scenario folder, or a case folder of Flee's.
    members
        Number of members: draws of parameters, weather and movements.
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
    from tiau.results import folder
    from tiau.terminal import compilation_notice, progress_bar, show_run, show_width

    require_counts(members, jobs)
    loaded = read_aloud(scenario)
    if until is not None:
        loaded = loaded.until(_day("--until", until, loaded.settings.start, loaded.settings.end))
    target = out or Path("tiau-out") / loaded.name
    for note in folder.prepare(target):
        err.print(Text(f"  {note}"))
    if loaded.settings.rules.model == "flee":
        run_scenario(loaded, target, members=members, seed=seed, chance=chance, jobs=jobs,
                     suppress_below=suppress_below, command=_command())  # fmt: skip
        _say_files(target, ("report.html", "open this first"), ("fit.csv", "every count"), ("presence.csv", "people"),
                   ("out.csv", "as Flee writes it: member 1, in agents"), ("result.nc", "all members"))  # fmt: skip
        return
    with compilation_notice(err):
        from tiau.simulation import simulate
    with progress_bar(err) as progress:
        result = simulate(loaded, members=members, seed=seed, chance=chance, jobs=jobs, progress=progress)
    show_run(result, console())
    width = {}
    if width_sources and chance:
        from tiau.width import sources_of_width

        width = sources_of_width(result, jobs=jobs)
        show_width(width, console())
    _write(result, target, suppress_below, width)


def _write(result: Result, target: Path, suppress_below: int, width: dict[str, float]) -> None:
    from functools import partial

    from tiau.report.page import page
    from tiau.results import folder

    folder.write(result, target, report=partial(page, width=width), suppress_below=suppress_below, command=_command())
    _say_files(target, ("report.html", "open this first"), ("fit.csv", "every report"), ("presence.csv", "people"),
               ("result.nc", "all quantities"))  # fmt: skip


def _command() -> str:
    return " ".join(["tiau", *sys.argv[1:]])


def _say_files(folder: Path, *files: tuple[str, str]) -> None:
    for name, what in files:
        console().print(Text(f"  {folder / name}  ({what})", style="dim"))


@app.command
def compare(
    scenario: str,
    *,
    change: Annotated[list[str] | None, Parameter(negative="")] = None,
    catalogue: Annotated[bool, Parameter(name="--list", negative="")] = False,
    members: int = 200,
    seed: int = 1,
    until: str | None = None,
    jobs: int | None = None,
    out: Path | None = None,
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
        Number of members of each run: draws of parameters, weather and movements.
    seed
        The same seed gives the same numbers.
    until
        Last day to simulate, YYYY-MM-DD; by default the scenario's end.
    jobs
        Threads; by default one for each processor. The numbers do not depend on it.
    out
        Folder of the result; by default tiau-out/SCENARIO-compare. An earlier result there is replaced.
    """
    from tiau.readers import load, locate
    from tiau.readers.changes import load_changes, titles

    if catalogue:
        found = titles(locate(scenario))
        print_plain("\n".join(f"{name}: {title}" for name, title in found.items()) or f"{scenario} has no what-ifs")
        return
    require_counts(members, jobs)
    loaded = load(scenario)
    remedy = "change a copy of the folder, and tiau run each of them"
    loaded.refuse_flee("is a model that tiau compare cannot run what-ifs with", remedy)
    if until is not None:
        loaded = loaded.until(_day("--until", until, loaded.settings.start, loaded.settings.end))
    if not change:
        problem = "is missing"
        remedy = f"name a what-if or a file; tiau compare {scenario} --list lists what-ifs, docs/what-ifs.md says more"
        raise InputError([Fault("--change", problem, remedy)])
    changes = load_changes(change, loaded, folder=locate(scenario))
    warnings = [fault for changed in changes for fault in changed.warnings]
    if warnings:
        err.print(Text(listing(warnings)))
    target = out or Path("tiau-out") / f"{loaded.name}-compare"
    from tiau.results import folder
    from tiau.terminal import compilation_notice, progress_bar, show_comparison

    for note in folder.prepare(target):
        err.print(Text(f"  {note}"))
    with compilation_notice(err):
        from tiau import comparison
    with progress_bar(err) as progress:
        done = comparison.compare(loaded, changes, members=members, seed=seed, jobs=jobs, progress=progress)
    show_comparison(done, console())
    from tiau.report.compare_page import page

    comparison.write(done, target, report=page, command=_command())
    _say_files(target, ("compare.html", "open this first"), ("compare.csv", "every measure"))


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
    from tiau.readers import examine, locate
    from tiau.readers.flee import is_case

    if is_case(locate(scenario)):
        if not check_case(locate(scenario), everything=everything):
            raise SystemExit(WRONG_INPUT)
        return
    found, faults = examine(scenario)
    wrong = [fault for fault in faults if fault.level == "fault"]
    warnings = [fault for fault in faults if fault.level == "warning"]
    said = [listing([*wrong, *warnings], everything=everything)] if faults else []
    said.append(f"{clip(scenario)}: {len(wrong):,} faults, {len(warnings):,} warnings")
    if found is not None and not wrong:
        said += [_contents(found), _disagreements(found, everything)]
    text = "\n".join(said)
    print_plain(text if everything else shortened(text))
    if wrong:
        raise SystemExit(WRONG_INPUT)


def _contents(scenario: Scenario) -> str:
    settings = scenario.settings
    tables = ("places", "routes", "groups", "events", "acts", "reports")
    counts = ", ".join(f"{len(getattr(scenario, name))} {name}" for name in tables)
    return f"{settings.title}: {settings.start} to {settings.end}\n{counts}"


def _disagreements(scenario: Scenario, everything: bool) -> str:
    from tiau.contradictions_text import sections
    from tiau.observations.contradictions import disagreements
    from tiau.observations.ledger import ledger
    from tiau.scenario.network import build

    network = build(scenario)
    return sections(disagreements(ledger(network), network), everything=everything)


@app.command
def acts(scenario: str, *, at: str, on: str) -> None:
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
    from tiau.explanation import explain, text_of
    from tiau.readers import load

    loaded = load(scenario)
    day = _day("--on", on, loaded.settings.start, loaded.settings.end)
    print_plain("\n".join(text_of(explain(loaded, at, day))))


@app.command
def copy(scenario: str, folder: Path) -> None:
    """Copy a scenario into a new folder, to change it there.

    Parameters
    ----------
    scenario
        Name of a packaged scenario or a scenario folder.
    folder
        A new or empty folder.
    """
    from tiau.readers import locate, native

    native.copy(locate(scenario), folder)
    print_plain(f"copied to {folder}; edit the tables, then: tiau check {folder}")


app.command(flee)
imports.command(import_flee, name="flee")


def _day(option: str, text: str, start: dt.date, end: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise InputError([Fault(option, "is not a day", "write it as YYYY-MM-DD", cell=text)]) from None
    if not start <= day <= end:
        raise InputError([Fault(option, "lies outside the scenario", f"give a day from {start} to {end}", cell=text)])
    return day


def main() -> None:
    """Run the command line: exit status 0 done, 1 failure, 2 wrong usage or wrong input."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        app(exit_on_error=True, print_error=True)
    except InputError as error:
        err.print(Text(str(error)))
        sys.exit(WRONG_INPUT)
    except ConservationError as error:
        err.print(Text(f"  failed: {error}"))
        sys.exit(FAILURE)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        err.print("stopped; nothing half-written is left")
        sys.exit(INTERRUPTED)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        remedy = REMEDIES.get(error.errno or 0, "nothing was replaced")
        err.print(Text(f"  failed: {error.strerror or error}{where}; {remedy}"))
        sys.exit(FAILURE)
    except MemoryError:
        err.print("  failed: out of memory; try fewer members or fewer places")
        sys.exit(FAILURE)


if __name__ == "__main__":
    main()
