"""`tiau forecast`, and `tiau hindcast`: forecasts made again on past days and set beside what came."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tiau.cli.console import command, console, err, whole_in
from tiau.cli.options import Every, GivenPath, Horizon, Horizons, IsoDay, Jobs, Members, Names, Seed
from tiau.cli.reading import read_aloud, say
from tiau.cli.results import prepared, say_files
from tiau.cli.steps import steps_shown
from tiau.progress import counted


def forecast(
    scenario: str,
    *,
    origin: IsoDay | None = None,
    horizon: Horizon = 90,
    events: str = "mixed",
    members: Members = 200,
    seed: Seed = 1,
    out: GivenPath | None = None,
    jobs: Jobs = None,
    since: GivenPath | None = None,
) -> None:
    """Forecast how many people will be counted where, by what is known on a day.

    The scenario is fitted to that, unless it was already (tiau fit --until), and its members are run on.

    Parameters
    ----------
    scenario
        Name of a packaged scenario (mizoram-2021), or a scenario folder.
    origin
        The day that it is forecast from, YYYY-MM-DD; by default the last of the scenario.
    horizon
        Days ahead, up to two years.
    events
        What happens until then: holds (the last 90 days again), escalates, subsides, or mixed; or a table of expected
        events with the columns of events.csv.
    members
        10 or more.
    seed
        The same seed and members give the same numbers.
    out
        Folder of the result; by default tiau-out/SCENARIO-forecast. An earlier result there is replaced.
    jobs
        Batches of members that run at once; by default one for each processor. The numbers do not depend on it.
    since
        Folder of an earlier forecast: why its figures are others now, part by part (reports, events, acts, days).
    """
    from tiau.forecasting import change_saving
    from tiau.forecasting.change import change
    from tiau.forecasting.delivery import FILES, save
    from tiau.forecasting.earlier import earlier_of
    from tiau.forecasting.prediction import forecast as ahead
    from tiau.forecasting.prediction import known_later, starting_day
    from tiau.presentation.change_terminal import show_change
    from tiau.presentation.forecast_page import page
    from tiau.presentation.forecast_terminal import show_forecast
    from tiau.presentation.words.changes import told

    with steps_shown(err) as steps:
        with steps("reading"):
            loaded = read_aloud(scenario)
        say([] if origin else list(known_later(loaded)))
        target = out or Path("tiau-out") / f"{loaded.name}-forecast"
        before = earlier_of(since, loaded, target)
        prepared(target)
        if before is not None:
            # Before a fit of minutes that nothing could be set beside.
            before.day_shared(starting_day(loaded, origin), horizon)
        found = ahead(
            loaded, origin=origin, horizon=horizon, events=events, members=members, seed=seed, jobs=jobs, steps=steps
        )
        say(found.expected.warnings if found.expected else ())
        why = None if before is None else change(before, found, events=events, jobs=jobs, steps=steps)
        beside = None if why is None else partial(change_saving.write, why, "\n\n".join(told(why)) + "\n")
        with steps("writing"):
            save(found, loaded, target, seed=seed, command=command(), page=partial(page, found), beside=beside)
    with whole_in(target):
        show_forecast(found, console())
        if why is not None:
            show_change(why, console())
        say_files(target, FILES | (change_saving.FILES if why is not None else {}))


def hindcast(
    *scenarios: str,
    horizons: Horizons = (30, 90, 180),
    methods: Names = (),
    every: Every = 30,
    first: IsoDay | None = None,
    out: GivenPath | None = None,
) -> None:
    """Forecast how many people are where again from past days, by what was known then, and score it on what came.

    Parameters
    ----------
    scenarios
        Names of packaged scenarios (mizoram-2021), scenario folders, or case folders of Flee's.
    horizons
        Days ahead, such as 30,90,180.
    methods
        Names of methods, such as tiau,mechanism; all but the slow mechanism by default, and always trend.
    every
        Days between the days from which it is forecast.
    first
        The first of these days, YYYY-MM-DD; by default so many days after the scenario's start.
    out
        Folder of the result; by default tiau-out/SCENARIO-hindcast. An earlier result there is replaced.
    """
    from tiau.forecasting.hindcast import hindcast as again
    from tiau.forecasting.methods import named
    from tiau.forecasting.saving import FILES, save
    from tiau.presentation.hindcast_chart import hindcast_chart
    from tiau.presentation.hindcast_terminal import show_hindcast

    named(methods)
    with steps_shown(err) as steps:
        with steps("reading"):
            loaded = [read_aloud(scenario) for scenario in scenarios]
        name = loaded[0].name if len(loaded) == 1 else "hindcast"
        target = prepared(out or Path("tiau-out") / (f"{name}-hindcast" if len(loaded) == 1 else name))
        with steps("forecasting again", counted("scenario")) as progress:
            found = again(
                loaded, horizons=horizons, methods=methods or None, every=every, first=first, progress=progress
            )
        with steps("writing"):
            save(found, hindcast_chart(found), loaded, target, command())
    with whole_in(target):
        show_hindcast(found, console())
        say_files(target, FILES)
