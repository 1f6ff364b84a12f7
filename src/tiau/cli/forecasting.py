"""`tiau forecast`, and `tiau hindcast`: forecasts made again on past days and set beside what came."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from tiau.cli.console import command, console, err, whole_in
from tiau.cli.options import Every, GivenPath, Horizon, Horizons, IsoDay, Jobs, Members, Names, OnlyOn, Seed
from tiau.cli.reading import read_aloud, say
from tiau.cli.results import prepared, say_files
from tiau.cli.since import since_of
from tiau.cli.steps import steps_shown
from tiau.faults import Fault, InputError
from tiau.progress import counted

if TYPE_CHECKING:
    from tiau.scenario.model import Scenario
    from tiau.scenario.rows import Trigger


def forecast(
    scenario: str,
    *,
    origin: IsoDay | None = None,
    horizon: Horizon = 90,
    events: str = "mixed",
    members: Members = 200,
    seed: Seed = 1,
    trigger: Annotated[list[str] | None, Parameter(negative="")] = None,
    set_by: str | None = None,
    record: OnlyOn = False,
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
        The day that it is forecast from, YYYY-MM-DD; by default the last of the scenario, or the earlier one on which
        all of it was known.
    horizon
        Days ahead, up to three years.
    events
        What happens until then: holds (the last 90 days again), escalates, subsides, or mixed; or a table of expected
        events with the columns of events.csv.
    members
        10 or more.
    seed
        The same seed and members give the same numbers.
    trigger
        A threshold to be told of, such as "Champhai district > 10000 by 2022-12-31": on any day until then; or on a
        day, or within 90 days. Those of the scenario's triggers.csv are told too. May be given several times.
    set_by
        Write the triggers into the scenario folder's triggers.csv, as set by this office today.
    record
        Judge such forecasts too on past days for triggers, about a minute each; quick methods always are.
    out
        Folder of the result; by default tiau-out/SCENARIO-forecast. An earlier result there is replaced.
    jobs
        Batches of members that run at once; by default one for each processor. The numbers do not depend on it.
    since
        Folder of an earlier forecast: why its figures are others now, part by part (reports, events, acts, days).
    """
    from tiau.forecasting.delivery import FILE_OF_TRIGGERS, FILES, save
    from tiau.forecasting.prediction import forecast as ahead
    from tiau.forecasting.prediction import known_later
    from tiau.presentation.forecast_page import page
    from tiau.presentation.forecast_terminal import show_forecast

    with steps_shown(err) as steps:
        with steps("reading"):
            loaded = read_aloud(scenario)
        say([] if origin else list(known_later(loaded)))
        triggers = _set(scenario, loaded, trigger or (), set_by)
        target = out or Path("tiau-out") / f"{loaded.name}-forecast"
        earlier = since_of(since, loaded, out=target, origin=origin, horizon=horizon)
        prepared(target)
        found = ahead(
            loaded, origin=origin, horizon=horizon, events=events, members=members, seed=seed, jobs=jobs, steps=steps,
            triggers=triggers, record=record,
        )  # fmt: skip
        say(found.expected.warnings if found.expected else ())
        earlier.work_out(found, events, jobs, steps)
        with steps("writing"):
            save(found, loaded, target, seed=seed, command=command(), page=partial(page, found), beside=earlier.write)
            if set_by is not None:
                _keep(scenario, loaded, triggers)
    with whole_in(target):
        show_forecast(found, console())
        earlier.show()
        say_files(target, {**FILES, **(FILE_OF_TRIGGERS if found.triggers else {}), **earlier.files})


def _set(source: str, scenario: Scenario, sentences: Sequence[str], set_by: str | None) -> Sequence[str | Trigger]:
    """Return sentences as triggers that somebody sets today; as they are where nobody does, or they have faults."""
    import datetime as dt

    from tiau.building.triggers import free_names, require_own
    from tiau.forecasting.triggers import parse
    from tiau.loading import locate

    if set_by is None:
        return sentences
    if not (sentences and set_by.strip()):
        problem, remedy = ("is blank", "name an office") if sentences else ("has nothing to write", "add --trigger")
        raise InputError([Fault("--set-by", problem, remedy, cell=set_by)])
    require_own(locate(source))
    names = free_names((row.trigger for row in scenario.triggers), len(sentences))
    found: list[str | Trigger] = [*sentences]
    for number, (name, sentence) in enumerate(zip(names, sentences, strict=True)):
        # What is wrong with it the forecast tells, together with all that is wrong besides.
        with suppress(InputError):
            said = {"trigger": name, "set_by": set_by.strip(), "set_on": dt.datetime.now().astimezone().date()}
            found[number] = parse(sentence, scenario).model_copy(update=said)
    return found


def _keep(source: str, scenario: Scenario, triggers: Sequence[str | Trigger]) -> None:
    """Write triggers into the table of a scenario's folder, those that stand there already left out."""
    from tiau.building.triggers import keep
    from tiau.forecasting.triggers import said
    from tiau.loading import locate

    there = {said(scenario, row) for row in scenario.triggers}
    new = {said(scenario, row): row for row in triggers if not isinstance(row, str)}
    keep(locate(source), [row for key, row in new.items() if key not in there])


def hindcast(
    *scenarios: str,
    horizons: Horizons = (30, 90, 180),
    methods: Names = (),
    every: Every = 30,
    first: IsoDay | None = None,
    members: Members = 40,
    seed: Seed = 1,
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
    members
        Of the model of movements, 10 or more.
    seed
        Of the model of movements: the same seed and members give the same numbers.
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
        with steps("forecasting again", counted("past day")) as progress:
            found = again(
                loaded, horizons=horizons, methods=methods or None, every=every, first=first, members=members,
                seed=seed, progress=progress,
            )  # fmt: skip
        with steps("writing"):
            save(found, hindcast_chart(found), loaded, target, command())
    with whole_in(target):
        show_hindcast(found, console())
        say_files(target, FILES)
