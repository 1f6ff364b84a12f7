"""`tiau report`: a run, a forecast and what-ifs in one folder, and one page to send around."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.text import Text

from tiau.cli.console import command, console, err, whole_in
from tiau.cli.options import GivenPath, Horizon, IsoDay, Jobs, Members, OnlyOn, Seed, SuppressBelow, workers_of
from tiau.cli.reading import in_a_shell, read_until, say
from tiau.cli.results import prepared, say_files
from tiau.cli.running import FILES
from tiau.cli.steps import steps_shown
from tiau.evaluation.running import assessed
from tiau.faults import Fault, InputError
from tiau.progress import Steps, one_of

if TYPE_CHECKING:
    from tiau.forecasting.forecast_result import Forecast
    from tiau.presentation.report.page import Told
    from tiau.scenario.model import Scenario
    from tiau.what_ifs.comparison import Comparison
    from tiau.what_ifs.editing import Changed

FORECAST, WHAT_IFS = "forecast", "what-ifs"
FOLDERS = {FORECAST: "what comes: its own page and tables", WHAT_IFS: "every measure of each what-if"}
MEMBERS_COMPARED = 60
NOT_ASKED = "No forecast was asked for."


def report(
    scenario: str,
    *,
    members: Members = 200,
    seed: Seed = 1,
    until: IsoDay | None = None,
    prior: OnlyOn = False,
    forecast: bool = True,
    horizon: Horizon = 90,
    trigger: Annotated[list[str] | None, Parameter(negative="")] = None,
    change: Annotated[list[str] | None, Parameter(negative="")] = None,
    what_ifs: bool = True,
    out: GivenPath | None = None,
    jobs: Jobs = None,
    processes: OnlyOn = False,
    cluster: str | None = None,
    suppress_below: SuppressBelow = 10,
) -> None:
    """Run a scenario, forecast it and try its what-ifs, and put all of it into one page that can be sent and printed.

    Parameters
    ----------
    scenario
        Name of a packaged scenario (mizoram-2021), a scenario folder, or a case folder of Flee's.
    members
        Number of members: draws of parameters, shocks and movements. What-ifs take 60 of them.
    seed
        The same seed gives the same numbers.
    until
        Last day to simulate, YYYY-MM-DD; by default the scenario's end.
    prior
        Run without what a fit learned (posterior.csv): members are drawn from the prior.
    forecast
        With --no-forecast, leave out what comes. A scenario that was not fitted is fitted for it, which takes minutes.
    horizon
        Days ahead, up to three years.
    trigger
        A threshold to be told of, such as "Champhai district > 10000 within 90 days", beside those of triggers.csv. May
        be given several times.
    change
        A what-if: its name in the scenario's folder, or a file; by default all in the folder. May be given
        several times.
    what_ifs
        With --no-what-ifs, leave them out.
    out
        Folder of the result; by default tiau-out/SCENARIO-report. An earlier result there is replaced.
    jobs
        Batches of members that run at once; by default one for each processor. The numbers do not depend on it.
    processes
        Run batches in processes instead of threads.
    cluster
        Run batches on a dask cluster, by the address of its scheduler such as tcp://host:8786 (docs/cluster.md).
    suppress_below
        Round numbers of people to multiples of this, and leave smaller ones blank; 0 for whole people.
    """
    workers = workers_of(processes=processes, cluster=cluster)
    _require_wanted(forecast=forecast, trigger=trigger, what_ifs=what_ifs, change=change)
    with steps_shown(err) as steps:
        loaded = read_until(scenario, until, steps, prior=prior)
        changes = _changes(scenario, loaded, change) if what_ifs else ()
        _require_askable(loaded, horizon, trigger or ())
        target = prepared(out or Path("tiau-out") / f"{loaded.name}-report")
        from tiau.presentation.terminal import show_run, tell_of_compiling

        tell_of_compiling(err)
        assessment = assessed(
            loaded, members=members, seed=seed, jobs=jobs, workers=workers, width_sources=True, steps=steps
        )
        from tiau.presentation.report.page import Told, page
        from tiau.results.saving import save

        ahead = _ahead(loaded, horizon, trigger or (), members, seed, jobs, steps) if forecast else NOT_ASKED
        compared = _compared(
            loaded, changes, min(members, MEMBERS_COMPARED), seed, jobs, workers, suppress_below, steps
        )
        telling = Told(assessment, ahead, compared, suppress_below)
        save(
            assessment.result, target, report=partial(page, telling), suppress_below=suppress_below,
            beside=partial(_beside, telling, loaded), command=command(), steps=steps,
        )  # fmt: skip
        if forecast and isinstance(ahead, str):
            err.print(Text(ahead, style="yellow"))
    with whole_in(target):
        show_run(assessment, console(), source=in_a_shell(scenario), suppress_below=suppress_below)
        there = {FORECAST: not isinstance(ahead, str), WHAT_IFS: not isinstance(compared, str)}
        say_files(target, FILES | {name: what for name, what in FOLDERS.items() if there[name]})


def _require_wanted(*, forecast: bool, trigger: list[str] | None, what_ifs: bool, change: list[str] | None) -> None:
    """Refuse a trigger without a forecast, and a what-if without what-ifs."""
    against = []
    if trigger and not forecast:
        against.append(("--trigger", "--no-forecast"))
    if change and not what_ifs:
        against.append(("--change", "--no-what-ifs"))
    if against:
        raise InputError([Fault(one, f"goes against {other}", "give one of them") for one, other in against])


def _changes(source: str, scenario: Scenario, names: list[str] | None) -> tuple[Changed, ...]:
    """Return the what-ifs that are named, by default all that come with a scenario, carried out."""
    from tiau.loading import locate
    from tiau.what_ifs.files import load_changes, shipped

    folder = locate(source)
    changes = load_changes(shipped(folder) if names is None else names, scenario, folder=folder)
    say([fault for changed in changes for fault in changed.warnings])
    return changes


def _require_askable(scenario: Scenario, horizon: int, triggers: Sequence[str]) -> None:
    """Refuse triggers that no forecast can answer before anything is run; raise InputError with all of them."""
    from tiau.forecasting.prediction import starting_day
    from tiau.forecasting.triggers import asked

    if triggers:
        asked(scenario, starting_day(scenario, None), horizon, triggers)


def _ahead(
    scenario: Scenario, horizon: int, triggers: Sequence[str], members: int, seed: int, jobs: int | None, steps: Steps
) -> Forecast | str:
    """Return a forecast from the last day of a scenario, or why there is none."""
    from tiau.forecasting.prediction import forecast

    try:
        return forecast(
            scenario, horizon=horizon, members=members, seed=seed, jobs=jobs, steps=steps, triggers=triggers
        )
    except InputError as error:
        return f"There is no forecast. {'; '.join(map(str, error.faults))}."


def _compared(
    scenario: Scenario,
    changes: Sequence[Changed],
    members: int,
    seed: int,
    jobs: int | None,
    workers: str,
    suppress_below: int,
    steps: Steps,
) -> Comparison | str:
    """Return a comparison with some what-ifs, or why there is none."""
    if not changes:
        return "No what-if was asked for; a file in the scenario's folder what-ifs makes one (docs/what-ifs.md)."
    from tiau.what_ifs.comparison import compare, runs_of

    with steps("comparing", one_of(runs_of(len(changes)))) as progress:
        return compare(
            scenario, changes, members=members, seed=seed, jobs=jobs, workers=workers, suppress_below=suppress_below,
            progress=progress,
        )  # fmt: skip


def _beside(telling: Told, scenario: Scenario, folder: Path) -> None:
    """Write the folders of a forecast and of what-ifs, as their own commands do, into that of a report."""
    from tiau.forecasting import delivery
    from tiau.presentation import compare_page, forecast_page
    from tiau.what_ifs import saving

    found, compared = telling.forecast, telling.comparison
    if not isinstance(found, str):
        page = partial(forecast_page.page, found)
        delivery.save(found, scenario, folder / FORECAST, seed=found.seed, command=command(), page=page)
    if not isinstance(compared, str):
        saving.save(compared, folder / WHAT_IFS, report=compare_page.page, command=command())
