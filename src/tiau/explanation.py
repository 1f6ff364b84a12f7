"""Why a crossing lets each group through as it does on a day, act by act."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tiau.engine.policy import ClosingOrder, Law, holds_at, in_force, law_of, places_of, regimes_of
from tiau.faults import nearest, wrong_argument
from tiau.loading import opened
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network, build
from tiau.scenario.rows import Act


@dataclass(frozen=True)
class Passage:
    """How one group passes one crossing in one direction on a day.

    Attributes
    ----------
    crossing, way, group : str
    chance : float
        That one attempt passes and is not pushed back.
    closures : tuple of ClosingOrder
        One for each authority that closes it; the chance of passing orders is the product of theirs.
    pushed : float
        Chance of being pushed back right after passing.
    quota : float, persons a day
        Infinite where there is none.
    porous : float
        Share of irregular attempts that get through.
    """

    crossing: str
    way: str
    group: str
    chance: float
    closures: tuple[ClosingOrder, ...]
    pushed: float
    quota: float
    porous: float


@dataclass(frozen=True)
class Explanation:
    """The acts in force at a place on a day, and what they come to for each group."""

    day: dt.date
    acts: list[Act]
    passages: list[Passage]


def explain(scenario: Scenario | str | Path, at: str, on: dt.date | str) -> Explanation:
    """Explain passage at a crossing or into an area on a day.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A scenario, or what `tiau.load` takes.
    at : str
        Name of a crossing, place or area.
    on : date or str
        A day, as a date or as YYYY-MM-DD.

    Returns
    -------
    Explanation

    Raises
    ------
    InputError
        If `at` is not a name of the scenario, or `on` is no day of it.
    """
    scenario = opened(scenario)
    network = build(scenario)
    day = scenario.day_in_period(on, "on")
    inside = np.zeros(len(scenario.places), bool)
    inside[list(network.names.members(at))] = True
    crossing = next((i for i, name in enumerate(network.crossings) if name.lower() == at.lower()), None)
    if crossing is None and not inside.any():
        remedy = nearest(at, [*network.crossings, *network.names]) or "give a name that the scenario's tables hold"
        raise wrong_argument("at", "is neither a crossing nor a place or area", remedy, at)
    routes = (network.crossing >= 0) & inside[network.end] & ~inside[network.start]
    if crossing is not None:
        routes |= (network.crossing == crossing) & network.outward
    acts = [
        act for act in in_force(scenario.acts, day)
        if (holds_at(network, act) & routes).any() or (places_of(network, act) & inside).any()
    ]  # fmt: skip
    law = law_of(network, regimes_of(network), day)
    passages = [_passage(network, law, group, int(route))
                for route in np.flatnonzero(routes) for group in range(len(scenario.groups))]  # fmt: skip
    return Explanation(day, acts, passages)


def _passage(network: Network, law: Law, group: int, route: int) -> Passage:
    state = law.border
    crossing = int(network.crossing[route])
    return Passage(
        crossing=network.crossings[crossing],
        way=network.route_names[route],
        group=network.group_names[group],
        chance=float(state.passing[group, route] * (1.0 - state.pushed[group, route])),
        closures=law.orders[state.regime[group, route]],
        pushed=float(state.pushed[group, route]),
        quota=float(state.quota[crossing]),
        porous=float(state.porous[route]),
    )
