"""`tiau hindcast`: forecasts made again on past days and set beside what came."""

from __future__ import annotations

from pathlib import Path

from tiau.cli.console import command, console, err, whole_in
from tiau.cli.options import Every, GivenPath, Horizons, IsoDay, Names
from tiau.cli.reading import read_aloud
from tiau.cli.results import prepared, say_files
from tiau.cli.steps import steps_shown
from tiau.progress import counted


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
