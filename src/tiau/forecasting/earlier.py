"""An earlier forecast opened again: what it said, what it was made from, and with which settings."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tiau.faults import number_of, wrong_argument
from tiau.forecasting.delivery import AHEAD, FORECAST, INPUTS
from tiau.forecasting.headlines import Headlines, read_headlines
from tiau.readers import native
from tiau.results.periods import days_ahead
from tiau.results.seal import PROVENANCE, sealed_in
from tiau.scenario.model import Scenario
from tiau.scenario.posterior import Posterior


@dataclass(frozen=True, repr=False)
class Earlier:
    """A forecast as its folder has it.

    Attributes
    ----------
    scenario : Scenario
        As it was read, with the posterior that the forecast went by.
    origin : date
    horizon : int, days
    events : str or Path
        The course of events, or the table of those that were expected.
    events_named : str
        The same as it was called.
    members, seed : int
    version : str
        Of Tiau.
    posterior_given : bool
        Whether the scenario came with the posterior; else the forecast fitted it.
    days : dict of date to Headlines
        What it said of each day.
    """

    scenario: Scenario
    origin: dt.date
    horizon: int
    events: str | Path
    events_named: str
    members: int
    seed: int
    version: str
    posterior_given: bool
    days: Mapping[dt.date, Headlines]

    @property
    def learned(self) -> Posterior:
        """The posterior that it went by."""
        assert self.scenario.posterior is not None
        return self.scenario.posterior

    def day_shared(self, origin: dt.date, horizon: int) -> dt.date:
        """Return the latest day that it and a forecast from another day, so many days ahead, both speak of.

        Raises
        ------
        InputError
            If that is made from an earlier day, or there is none.
        """
        if origin < self.origin:
            problem = f"was made from {self.origin}, which is after {origin}"
            raise wrong_argument("since", problem, "name an earlier forecast, or give a later origin")
        shared = self.days.keys() & {origin + dt.timedelta(days) for days in days_ahead(origin, horizon)}
        if not shared:
            last = max(self.days)
            problem = (
                f"speaks of {min(self.days)} to {last}, and a forecast of {number_of(horizon, 'day')} from "
                f"{origin} of no such day"
            )
            reach = (last - origin).days
            remedy = f"give --horizon {reach}, which ends on {last}" if reach > 0 else "name a forecast with days ahead"
            raise wrong_argument("since", problem, remedy)
        return max(shared)


def earlier_of(folder: Path | None, scenario: Scenario, out: Path) -> Earlier | None:
    """Open the earlier forecast, if one is given, of a forecast that is to be written elsewhere.

    Raises
    ------
    InputError
        As `earlier`; and if the forecast would take its place.
    """
    if folder is None:
        return None
    if out.resolve() == folder.resolve():
        remedy = "give another folder with --out, so that both are there"
        raise wrong_argument("since", "is where this forecast would be written, in its place", remedy, folder)
    return earlier(folder, scenario)


def earlier(folder: Path, scenario: Scenario) -> Earlier:
    """Open the folder of an earlier forecast of a scenario.

    Raises
    ------
    InputError
        If it holds no whole forecast with what that was made from, or one of another scenario.
    """
    files = sealed_in(folder)
    remedy = "name a folder that tiau forecast wrote; one whose files were changed cannot be relied on"
    if not files:
        raise wrong_argument("since", "holds no whole forecast", remedy, folder)
    origin = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    if FORECAST not in files:
        raise wrong_argument("since", "holds a result of another command, no forecast", remedy, folder)
    if f"{INPUTS}/scenario.toml" not in files:
        problem = f"does not tell what it was made from, as forecasts of Tiau {origin.get('tiau')} did not"
        raise wrong_argument("since", problem, "make it again from the same day, with --origin", folder)
    try:
        found = _put_together(folder, origin)
    except (OSError, ValueError, KeyError, TypeError):
        problem = f"was laid out otherwise, by Tiau {origin.get('tiau')}, or holds parts of several forecasts"
        raise wrong_argument("since", problem, "make it again from the same day, with --origin", folder) from None
    if found.scenario.name != scenario.name:
        problem = f"is a forecast of {found.scenario.name}, and this one of {scenario.name}"
        raise wrong_argument("since", problem, "name a forecast of the same scenario", folder)
    return found


def _put_together(folder: Path, origin: Mapping[str, Any]) -> Earlier:
    """Return the forecast of a whole folder; raise an error of any kind if its parts do not belong together."""
    draft, told = native.read_draft(folder / INPUTS), origin["forecast"]
    scenario = draft.scenario
    if (
        not draft.usable
        or scenario.posterior is None
        or scenario.without_posterior().digest() != origin["scenario"]["sha256"]
    ):
        msg = "the provenance is of something else"
        raise ValueError(msg)
    events = folder / AHEAD if (folder / AHEAD).is_file() else str(told["events"])
    return Earlier(
        scenario, dt.date.fromisoformat(told["origin"]), int(told["horizon"]), events, str(told["events"]),
        int(origin["members"]), int(origin["seed"]), str(origin["tiau"]), bool(told["posterior_given"]),
        read_headlines(folder / FORECAST),
    )  # fmt: skip
