"""Acts in force on a day, as what they do at borders and places, for each group."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.streams import name_key
from tiau.scenario.network import Network
from tiau.scenario.rows import Act
from tiau.scenario.vocabulary import SOFTENING

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Border(NamedTuple):
    """What acts do on a day.

    Attributes
    ----------
    passing : float array (group, route)
        Chance that one attempt passes.
    judged : bool array (group, route)
        Whether an estimate went into that chance, so that members differ in it.
    pushed : float array (group, route)
        Chance that somebody who passed is pushed back at once.
    gated : bool array (group, route)
        Whether passing, push-back or a quota has to be settled there.
    porous : float array (route,)
        Share of those who try irregularly that get through.
    quota : float array (crossing,), persons a day
        Infinite where there is none.
    expelled : float array (group, place)
        Chance a day that a settled person is expelled.
    relief : float array (place,), log weight before its parameter
        Sum of ln(1 + amount) of relief acts.
    room : float array (place,), persons
        What relief adds to the capacity.
    registering : float array (act, group, place)
        1 where an act registers people, by act with a daily amount.
    registers : float array (act,), persons a day
    register_keys : uint64 array (act,)
        Of the acts' names.
    """

    passing: Floats
    judged: Bools
    pushed: Floats
    gated: Bools
    porous: Floats
    quota: Floats
    expelled: Floats
    relief: Floats
    room: Floats
    registering: Floats
    registers: Floats
    register_keys: NDArray[np.uint64]


@dataclass(frozen=True)
class ClosingOrder:
    """The `close` act of one authority that counts at a crossing for a group, and what softens it."""

    act: Act
    softened_by: Act | None
    enforcement: float
    admitted: float

    @property
    def chance(self) -> float:
        """Chance that an attempt passes this authority."""
        return 1.0 - self.enforcement * (1.0 - self.admitted)

    @property
    def judged(self) -> bool:
        """Whether the enforcement or the admitted share is an estimate."""
        return self.act.estimated or (self.softened_by is not None and self.softened_by.estimated)


def in_force(acts: tuple[Act, ...], day: dt.date) -> tuple[Act, ...]:
    """Return the acts in force on a day: begun, not past `until`, not ended by another act that has begun."""
    ended = {act.ends for act in acts if act.ends and act.from_ <= day}
    return tuple(
        act for act in acts
        if act.from_ <= day and (act.until is None or day <= act.until) and act.act not in ended
    )  # fmt: skip


def places_of(network: Network, act: Act) -> Bools:
    """Return at which places an act holds (place,)."""
    found = np.zeros(len(network.scenario.places), bool)
    found[list(network.names.members_of(act.places))] = True
    return found


def holds_at(network: Network, act: Act) -> Bools:
    """Return at which one-way border routes an act holds (route,).

    An act on an area or place holds at every crossing into it; an act that names a crossing holds there, for
    people who leave the countries that people leave.
    """
    named = np.isin(network.crossing, [i for i, name in enumerate(network.crossings) if name in act.places])
    areas = [name for name in act.places if name not in network.crossings]
    inside = np.zeros(len(network.scenario.places), bool)
    inside[list(network.names.members_of(areas))] = True
    into = inside[network.end] & ~inside[network.start]
    holds: Bools = (network.crossing >= 0) & ((named & network.outward) | into)
    return holds


def applies_to(network: Network, act: Act) -> Bools:
    """Return to which groups an act applies (group,): all where it names none."""
    groups = network.scenario.groups
    if not act.groups or "all" in act.groups:
        return np.ones(len(groups), bool)
    return np.array([g.group in act.groups or g.risk_class in act.groups for g in groups])


class Standing(NamedTuple):
    """An act in force with the one-way routes where it holds (route,) and the groups it applies to (group,)."""

    act: Act
    where: Bools
    who: Bools


def standing(network: Network, acts: tuple[Act, ...]) -> list[Standing]:
    """Return acts with where they hold and to whom they apply, worked out once."""
    return [Standing(act, holds_at(network, act), applies_to(network, act)) for act in acts]


def closures(stands: list[Standing], group: int, route: int) -> list[ClosingOrder]:
    """Return, for each authority that closes a route to a group, the act that counts and what softens it.

    Of one authority the latest `close` counts, and the largest share that its own `exempt`, `admit` or
    `corridor` acts give; an act that names the order it softens counts for that order alone. A corridor counts
    only if every authority with a `close` there consents by one of its own. An enforcement that is not known
    counts as none.

    Parameters
    ----------
    stands : list of Standing
        The acts in force.
    group, route : int

    Returns
    -------
    list of ClosingOrder
        In the order of the authorities' names.
    """
    here = [stand.act for stand in stands if stand.where[route] and stand.who[group]]
    latest: dict[str, Act] = {}
    for act in sorted(here, key=lambda act: (act.from_, act.act)):
        if act.effect == "close":
            latest[act.authority] = act
    softening: dict[str, list[Act]] = {}
    for act in here:
        if act.effect in SOFTENING:
            softening.setdefault(act.authority, []).append(act)
    # A corridor through two orders is one only if both let people through.
    agreed = all(any(act.effect == "corridor" for act in softening.get(authority, ())) for authority in latest)
    found = []
    for authority, order in sorted(latest.items()):
        fitting = [
            act for act in softening.get(authority, ())
            if act.softens in ("", order.act) and (act.effect != "corridor" or agreed)
        ]  # fmt: skip
        best = max(fitting, key=lambda act: (act.admit_share or 0.0, act.act), default=None)
        found.append(ClosingOrder(order, best, order.enforcement or 0.0, (best.admit_share or 0.0) if best else 0.0))
    return found


def passing(network: Network, acts: tuple[Act, ...]) -> tuple[Floats, Bools]:
    """Return the chance that one attempt passes each route, for each group: the product over authorities.

    Parameters
    ----------
    network : Network
    acts : tuple of Act
        Those in force.

    Returns
    -------
    float array (group, route)
    bool array (group, route)
        Whether an estimate went into the chance.
    """
    chance = np.ones((len(network.scenario.groups), network.start.size))
    judged = np.zeros(chance.shape, bool)
    ruling = [act for act in acts if act.effect in ("close", *SOFTENING)]
    stands = standing(network, tuple(ruling))
    closing = [stand for stand in stands if stand.act.effect == "close"]
    if not closing:
        return chance, judged
    # Most routes lie under the same orders as others: each set of orders is worked out once.
    signature = np.array([stand.where for stand in stands]).T
    at = np.flatnonzero(np.any([stand.where for stand in closing], axis=0))
    known: dict[tuple[bytes, int], tuple[float, bool]] = {}
    for route in at.tolist():
        rules = signature[route].tobytes()
        there = [stand for stand in stands if stand.where[route]] if (rules, 0) not in known else []
        for group in range(len(chance)):
            if (rules, group) not in known:
                parts = closures(there, group, route)
                estimated = any(part.judged and part.chance < 1.0 for part in parts)
                known[rules, group] = math.prod(part.chance for part in parts), estimated
            chance[group, route], judged[group, route] = known[rules, group]
    return chance, judged


def border(network: Network, day: dt.date) -> Border:
    """Return what the acts of a day do.

    Parameters
    ----------
    network : Network
    day : date

    Returns
    -------
    Border
    """
    acts = in_force(network.scenario.acts, day)
    groups, places, routes = len(network.scenario.groups), len(network.scenario.places), network.start.size
    kept = np.ones((groups, routes))
    stay = np.ones((groups, places))
    porous = np.array([float(network.scenario.routes[row].porous) for row in network.route_row])
    quota = np.full(len(network.crossings), np.inf)
    relief, room = np.zeros(places), np.zeros(places)
    registering, registers, register_keys = [], [], []
    for act in acts:
        who, where = applies_to(network, act), places_of(network, act)
        match act.effect:
            case "push_back":
                # Who is pushed back by two authorities is pushed back once: chances to be let alone multiply.
                kept[np.outer(who, holds_at(network, act))] *= 1.0 - (act.enforcement or 0.0)
            case "expel":
                stay[np.outer(who, where)] *= 1.0 - (act.enforcement or 0.0)
            case "fence":
                # A fence stands at a crossing and stops both ways, whatever area its row names.
                fenced = np.isin(network.crossing, np.unique(network.crossing[holds_at(network, act)]))
                porous[fenced & (network.crossing >= 0)] *= 1.0 - (act.enforcement or 0.0)
            case "quota" if act.amount is not None:
                at = np.unique(network.crossing[holds_at(network, act)])
                # Whoever counts more strictly decides.
                quota[at] = np.minimum(quota[at], np.floor(act.amount))
            case "relief" if act.amount is not None:
                relief[where] += np.log1p(act.amount)
                room[where] += act.amount
            case "register" if act.amount is not None:
                registering.append(np.outer(who, where).astype(float))
                registers.append(np.floor(act.amount))
                register_keys.append(name_key("act", act.act))
            case _:
                pass
    open_share, judged = passing(network, acts)
    # Where nobody is let in at all nobody waits in vain: the way is shut, and people look for another.
    if quota.size:
        open_share[:, (network.crossing >= 0) & (quota[network.crossing] <= 0)] = 0.0
    limited = np.isfinite(quota)[network.crossing] & (network.crossing >= 0) if quota.size else np.zeros(routes, bool)
    return Border(
        passing=open_share,
        judged=judged,
        pushed=1.0 - kept,
        gated=(open_share < 1.0) | (kept < 1.0) | limited[None, :],
        porous=porous,
        quota=quota,
        expelled=1.0 - stay,
        relief=relief,
        room=room,
        registering=np.array(registering).reshape(len(registers), groups, places),
        registers=np.array(registers, np.float64),
        register_keys=np.array(register_keys, np.uint64),
    )
