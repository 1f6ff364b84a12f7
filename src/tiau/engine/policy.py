"""Acts in force on a day, as what they do at borders and places, for each group, with their numbers as given."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.keys import name_key
from tiau.scenario.network import Network
from tiau.scenario.rows import Act
from tiau.scenario.vocabulary import SOFTENING

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]

RULING = ("close", *SOFTENING, "push_back")
"""Effects that decide whether an attempt gets through."""
LONGEST_WAIT = 1e9


class Border(NamedTuple):
    """What acts do on a day.

    Attributes
    ----------
    regime : int array (group, route)
        Which of the scenario's `Regimes` holds there.
    passing : float array (group, route)
        Chance that one attempt passes.
    pushed : float array (group, route)
        Chance that somebody who passed is pushed back at once.
    shut : bool array (route,)
        Where a quota lets nobody in at all.
    gated : bool array (group, route)
        Whether passing, push-back or a quota has to be settled there.
    porous : float array (route,)
        Share of those who try irregularly that get through.
    quota : float array (crossing,), persons a day
        Infinite where there is none.
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

    regime: Ints
    passing: Floats
    pushed: Floats
    shut: Bools
    gated: Bools
    porous: Floats
    quota: Floats
    relief: Floats
    room: Floats
    registering: Floats
    registers: Floats
    register_keys: NDArray[np.uint64]


@dataclass(frozen=True)
class ClosingOrder:
    """The `close` act of one authority that counts at a crossing for a group, and what softens it.

    Attributes
    ----------
    act : Act
    softening : tuple of Act
        All that soften it; that with the largest admitted share counts.
    """

    act: Act
    softening: tuple[Act, ...]

    @property
    def softened_by(self) -> Act | None:
        """What softens it by the numbers that are given."""
        return max(self.softening, key=lambda act: (act.admit_share or 0.0, act.act), default=None)

    @property
    def enforcement(self) -> float:
        """Chance that an attempt meets it."""
        return self.act.enforcement or 0.0

    @property
    def admitted(self) -> float:
        """Share that it admits."""
        return (self.softened_by.admit_share or 0.0) if self.softened_by else 0.0

    @property
    def chance(self) -> float:
        """Chance that an attempt passes this authority."""
        return 1.0 - self.enforcement * (1.0 - self.admitted)


@dataclass(frozen=True)
class Regimes:
    """Routes and groups by the acts that rule there at any time.

    Attributes
    ----------
    of : int array (group, route)
    acts : tuple of tuple of Act
        Of each regime; none of the first.
    """

    of: Ints
    acts: tuple[tuple[Act, ...], ...]


@dataclass(frozen=True)
class Law:
    """What acts do on a day, and which acts do it.

    Attributes
    ----------
    border : Border
        With the numbers of acts as they are given.
    orders, pushing : tuple of tuple
        By regime: the closing orders that count, and the acts that push back.
    unfenced : float array (route,)
        What is porous without fences.
    fences : tuple of (Act, bool array (route,))
        With the routes where each stands.
    expelling : tuple of (Act, bool array (group, place))
        With whom each expels from where.
    """

    border: Border
    orders: tuple[tuple[ClosingOrder, ...], ...]
    pushing: tuple[tuple[Act, ...], ...]
    unfenced: Floats
    fences: tuple[tuple[Act, Bools], ...]
    expelling: tuple[tuple[Act, Bools], ...]

    @property
    def waits(self) -> Floats:
        """Days that an attempt waits to get through, by regime, with the numbers of acts as they are given."""
        let_in = [math.prod(order.chance for order in orders) for orders in self.orders]
        kept = [math.prod(1.0 - (act.enforcement or 0.0) for act in acts) for acts in self.pushing]
        return days_of_waiting(np.array(let_in) * np.array(kept))


def days_of_waiting(chance: Floats) -> Floats:
    """Return the days that somebody waits who tries once a day with a chance of getting through.

    Endless waits are so long that nobody goes, and still numbers that can be added up.
    """
    return np.asarray(np.minimum((1.0 - chance) / np.maximum(chance, 1e-12), LONGEST_WAIT))


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
    """Return at which one-way border routes an act holds (route,), which nobody changes.

    An act on an area or place holds at every crossing into it; an act that names a crossing holds there, for
    people who leave the countries that people leave.
    """
    known: dict[tuple[str, ...], Bools] = network.once("holds at", dict)
    if act.places not in known:
        known[act.places] = _holds_at(network, act)
    return known[act.places]


def _holds_at(network: Network, act: Act) -> Bools:
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


def closures(here: Iterable[Act]) -> tuple[ClosingOrder, ...]:
    """Return, for each authority that closes a route to a group, the act that counts and what softens it.

    Of one authority the latest `close` counts, and the largest share that its own `exempt`, `admit` or
    `corridor` acts give; an act that names the order it softens counts for that order alone. A corridor counts
    only if every authority with a `close` there consents by one of its own. An enforcement that is not known
    counts as none.

    Parameters
    ----------
    here : iterable of Act
        The acts in force there that hold for the group.

    Returns
    -------
    tuple of ClosingOrder
        In the order of the authorities' names.
    """
    here = tuple(here)
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
    return tuple(
        ClosingOrder(order, tuple(
            act for act in softening.get(authority, ())
            if act.softens in ("", order.act) and (act.effect != "corridor" or agreed)
        )) for authority, order in sorted(latest.items())
    )  # fmt: skip


def regimes_of(network: Network) -> Regimes:
    """Return where which acts of a scenario rule, whenever they are in force."""
    acts = [act for act in network.scenario.acts if act.effect in RULING]
    where_and_whom = tuple((act.places, act.groups) for act in acts)
    of, ruling = network.once("regimes", lambda: _regimes(network, acts), where_and_whom)
    return Regimes(of, tuple(tuple(acts[index] for index in those) for those in ruling))


def _regimes(network: Network, acts: list[Act]) -> tuple[Ints, tuple[tuple[int, ...], ...]]:
    """Return the regime at each route for each group, and the acts of each regime by their position."""
    where = np.array([holds_at(network, act) for act in acts], bool).reshape(len(acts), network.start.size)
    who = np.array([applies_to(network, act) for act in acts], bool).reshape(len(acts), len(network.group_names))
    found: dict[tuple[int, ...], int] = {(): 0}
    of = np.zeros((len(network.group_names), network.start.size), np.int32)
    # Most routes lie under the same acts as others: each set of acts is looked at once.
    routes, like = np.unique(where, axis=1, return_inverse=True) if acts else (where[:, :1], np.zeros(of.shape[1], int))
    for group in range(len(of)):
        ruling = [tuple(np.flatnonzero(column & who[:, group]).tolist()) for column in routes.T]
        numbers = [found.setdefault(those, len(found)) for those in ruling]
        of[group] = np.array(numbers, np.int32)[like.ravel()] if ruling else 0
    return of, tuple(found)


def law_of(network: Network, regimes: Regimes, day: dt.date) -> Law:
    """Return what the acts of a day do.

    Parameters
    ----------
    network : Network
    regimes : Regimes
        Of the network.
    day : date

    Returns
    -------
    Law
    """
    return law_under(network, regimes, in_force(network.scenario.acts, day))


def law_under(network: Network, regimes: Regimes, acts: tuple[Act, ...]) -> Law:
    """Return what some acts do that are in force."""
    names = {act.act for act in acts}
    ruling = [[act for act in those if act.act in names] for those in regimes.acts]
    orders = tuple(map(closures, ruling))
    pushing = tuple(tuple(act for act in those if act.effect == "push_back") for those in ruling)
    fences = tuple((act, _fenced(network, act)) for act in acts if act.effect == "fence")
    expelling = tuple(
        (act, np.outer(applies_to(network, act), places_of(network, act))) for act in acts if act.effect == "expel"
    )
    passing = np.array([math.prod(order.chance for order in those) for those in orders])[regimes.of]
    # Who is pushed back by two authorities is pushed back once: chances to be let alone multiply.
    kept = np.array([math.prod(1.0 - (act.enforcement or 0.0) for act in those) for those in pushing])[regimes.of]
    unfenced = network.once("porous", lambda: _porous(network))
    quota = _quota(network, acts)
    counted = (network.crossing >= 0) & np.isfinite(quota)[network.crossing] if quota.size else np.zeros(
        network.start.size, bool)  # fmt: skip
    # Where nobody is let in at all nobody waits in vain: the way is shut, and people look for another.
    shut = counted & (quota[network.crossing] <= 0) if quota.size else counted
    border = Border(
        regime=regimes.of,
        passing=np.where(shut, 0.0, passing),
        pushed=1.0 - kept,
        shut=shut,
        gated=(passing < 1.0) | (kept < 1.0) | counted,
        porous=unfenced * math.prod(1.0 - where * (act.enforcement or 0.0) for act, where in fences),
        quota=quota,
        **_at_places(network, acts),
    )
    return Law(border, orders, pushing, unfenced, fences, expelling)


def _porous(network: Network) -> Floats:
    return np.array([float(network.scenario.routes[row].porous) for row in network.route_row])


def _fenced(network: Network, act: Act) -> Bools:
    # A fence stands at a crossing and stops both ways, whatever area its row names.
    fenced = np.isin(network.crossing, np.unique(network.crossing[holds_at(network, act)]))
    return fenced & (network.crossing >= 0)


def _quota(network: Network, acts: tuple[Act, ...]) -> Floats:
    quota = np.full(len(network.crossings), np.inf)
    for act in acts:
        if act.effect == "quota" and act.amount is not None:
            at = np.unique(network.crossing[holds_at(network, act)])
            # Whoever counts more strictly decides.
            quota[at] = np.minimum(quota[at], np.floor(act.amount))
    return quota


def _at_places(network: Network, acts: tuple[Act, ...]) -> dict[str, Any]:
    """Return what acts do at places: relief, room, and who is registered."""
    groups, places = len(network.scenario.groups), len(network.scenario.places)
    relief, room = np.zeros(places), np.zeros(places)
    registering, registers, register_keys = [], [], []
    for act in acts:
        if act.amount is None or act.effect not in ("relief", "register"):
            continue
        where = places_of(network, act)
        if act.effect == "relief":
            relief[where] += np.log1p(act.amount)
            room[where] += act.amount
        else:
            registering.append(np.outer(applies_to(network, act), where).astype(float))
            registers.append(np.floor(act.amount))
            register_keys.append(name_key("act", act.act))
    return {
        "relief": relief, "room": room,
        "registering": np.array(registering).reshape(len(registers), groups, places),
        "registers": np.array(registers, np.float64), "register_keys": np.array(register_keys, np.uint64),
    }  # fmt: skip
