"""Acts in force on a day: the chance that an attempt to pass each route succeeds, for each group."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.model import Act
from tiau.scenario.network import Network

Floats = NDArray[np.float64]


def in_force(acts: tuple[Act, ...], day: dt.date) -> tuple[Act, ...]:
    """Return the acts in force on a day: begun, not past `until`, not ended by another act that has begun."""
    ended = {act.ends for act in acts if act.ends and act.from_ <= day}
    return tuple(
        act for act in acts
        if act.from_ <= day and (act.until is None or day <= act.until) and act.act not in ended
    )  # fmt: skip


def holds_at(network: Network, act: Act) -> NDArray[np.bool_]:
    """Return at which one-way border routes an act holds (route,).

    An act on an area holds at every crossing into it, and at the crossings that it names.
    """
    named = np.isin(network.crossing, [i for i, name in enumerate(network.crossings) if name in act.places])
    inside = np.zeros(len(network.scenario.places), bool)
    inside[[p for name in act.places if name not in network.crossings for p in network.names.members(name)]] = True
    into = inside[network.end] & ~inside[network.start]
    into_named = named & ~np.isin(network.country[network.end], list(network.home_countries))
    return (network.crossing >= 0) & (into_named | into)


def applies_to(network: Network, act: Act) -> NDArray[np.bool_]:
    """Return to which groups an act applies (group,): all where it names none."""
    groups = network.scenario.groups
    if not act.groups or "all" in act.groups:
        return np.ones(len(groups), bool)
    return np.array([g.group in act.groups or g.risk_class in act.groups for g in groups])


def passing(network: Network, day: dt.date) -> Floats:
    """Return the chance that one attempt on one day passes each route, for each group.

    The product over authorities with a `close` in force of 1 - enforcement (1 - admitted share); of one
    authority the latest `close` counts, and the largest share that its own `exempt`, `admit` or
    `corridor` acts give. An enforcement that is not known counts as none.

    Returns
    -------
    float array (group, route)
    """
    acts = in_force(network.scenario.acts, day)
    chance = np.ones((len(network.scenario.groups), network.start.size))
    closing: dict[str, list[Act]] = {}
    for act in acts:
        if act.effect == "close" and act.enforcement:
            closing.setdefault(act.authority, []).append(act)
    for authority, closures in closing.items():
        met = np.zeros_like(chance)
        for act in sorted(closures, key=lambda act: (act.from_, act.act)):
            where = np.outer(applies_to(network, act), holds_at(network, act))
            met[where] = act.enforcement or 0.0
        admitted = np.zeros_like(chance)
        for act in acts:
            if act.authority == authority and act.effect in ("exempt", "admit", "corridor") and act.admit_share:
                where = np.outer(applies_to(network, act), holds_at(network, act))
                admitted[where] = np.maximum(admitted[where], act.admit_share)
        chance *= 1.0 - met * (1.0 - admitted)
    return chance
