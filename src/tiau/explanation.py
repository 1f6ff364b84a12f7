"""Why a crossing lets each group through as it does on a day, act by act."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from tiau.engine.policy import Border, Closure, Standing, border, closures, holds_at, in_force, places_of, standing
from tiau.faults import Fault, InputError, nearest
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
    closures : list of Closure
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
    closures: list[Closure]
    pushed: float
    quota: float
    porous: float


@dataclass(frozen=True)
class Explanation:
    """The acts in force at a place on a day, and what they come to for each group."""

    day: dt.date
    acts: list[Act]
    passages: list[Passage]


def explain(scenario: Scenario, at: str, day: dt.date) -> Explanation:
    """Explain passage at a crossing or into an area on a day.

    Parameters
    ----------
    scenario : Scenario
    at : str
        Name of a crossing, place or area.
    day : date

    Returns
    -------
    Explanation

    Raises
    ------
    InputError
        If `at` is not a name of the scenario, or the day lies outside it.
    """
    network = build(scenario)
    start, end = scenario.settings.start, scenario.settings.end
    if not start <= day <= end:
        problem = "lies outside the scenario"
        raise InputError([Fault("--on", problem, f"give a day from {start} to {end}", cell=str(day))])
    inside = np.zeros(len(scenario.places), bool)
    inside[list(network.names.members(at))] = True
    crossing = next((i for i, name in enumerate(network.crossings) if name.lower() == at.lower()), None)
    if crossing is None and not inside.any():
        remedy = nearest(at, [*network.crossings, *network.names]) or "give a name that the scenario's tables hold"
        raise InputError([Fault("--at", "is neither a crossing nor a place or area", remedy, cell=at)])
    outward = ~np.isin(network.country[network.end], list(network.home_countries))
    routes = (network.crossing >= 0) & inside[network.end] & ~inside[network.start]
    if crossing is not None:
        routes |= (network.crossing == crossing) & outward
    acts = [
        act for act in in_force(scenario.acts, day)
        if (holds_at(network, act) & routes).any() or (places_of(network, act) & inside).any()
    ]  # fmt: skip
    state = border(network, day)
    stands = standing(network, tuple(acts))
    passages = [_passage(network, state, stands, group, int(route))
                for route in np.flatnonzero(routes) for group in range(len(scenario.groups))]  # fmt: skip
    return Explanation(day, acts, passages)


def _passage(network: Network, state: Border, stands: list[Standing], group: int, route: int) -> Passage:
    crossing = int(network.crossing[route])
    return Passage(
        crossing=network.crossings[crossing],
        way=network.route_names[route],
        group=network.group_names[group],
        chance=float(state.passing[group, route] * (1.0 - state.pushed[group, route])),
        closures=closures(stands, group, route),
        pushed=float(state.pushed[group, route]),
        quota=float(state.quota[crossing]),
        porous=float(state.porous[route]),
    )


def in_words(act: Act) -> str:
    """Say in one line what an act does in the model."""
    share = "not known, counts as none" if act.enforcement is None else f"{act.enforcement:g}"
    admitted = "not known, counts as none" if act.admit_share is None else f"{act.admit_share:g}"
    amount = "no amount known" if act.amount is None else f"{act.amount:g}"
    match act.effect:
        case "close":
            return f"closes; enforcement {share}"
        case "exempt" | "admit" | "corridor":
            order = f" from {act.softens}" if act.softens else ""
            return f"lets some pass{order}; share {admitted}"
        case "quota":
            return f"lets so many pass a day: {amount}"
        case "push_back":
            return f"pushes back after passing; share {share}"
        case "expel":
            return f"expels people who stay; chance a day {share}"
        case "fence":
            return f"makes irregular passage harder; by {share}"
        case "relief":
            return f"draws people; {amount}"
        case "register":
            return f"registers; a day: {amount}"
        case _:
            return "is shown, moves nobody"


def text_of(explanation: Explanation) -> list[str]:
    """Write an explanation as lines: the acts in force, then each crossing with what they come to."""
    lines = [f"Acts in force on {explanation.day}:"]
    for act in explanation.acts:
        who = "; ".join(act.groups) or "all groups"
        estimated = ", estimated" if act.estimated else ""
        lines.append(
            f"  {act.act} {act.effect}, {act.authority} ({act.level}), since {act.from_}, {who}: "
            f"{in_words(act)}{estimated}"
        )
    if not explanation.acts:
        lines.append("  none")
    by_reason: dict[tuple[str, str], list[str]] = {}
    for passage in explanation.passages:
        by_reason.setdefault((f"{passage.way} (crossing {passage.crossing})", _reason(passage)), []).append(
            passage.group
        )
    ways = dict.fromkeys(way for way, _ in by_reason)
    for way in ways:
        lines.append(f"{way}:")
        for (of, reason), groups in by_reason.items():
            if of == way:
                everybody = len(groups) == len({p.group for p in explanation.passages})
                lines.append(f"  {'all groups' if everybody else '; '.join(groups)}: {reason}")
    return lines


def _reason(passage: Passage) -> str:
    parts = []
    for closure in passage.closures:
        softened = f", {closure.admitted:g} admitted by {closure.softened_by.act}" if closure.softened_by else ""
        parts.append(f"{closure.act.authority} by {closure.act.act} {closure.chance:.3g}{softened}")
    reason = f"one attempt passes with chance {passage.chance:.3g}"
    if parts:
        reason += " = " + " x ".join(parts)
        if passage.pushed:
            reason += f" x {1 - passage.pushed:.3g} not pushed back"
    elif passage.pushed:
        reason += f" = {1 - passage.pushed:.3g} not pushed back"
    else:
        reason += ": nobody closes it"
    if np.isfinite(passage.quota):
        reason += f"; at most {passage.quota:,.0f} a day"
    return f"{reason}; porous {passage.porous:g}"
