"""Flee's day as a list of phases, in order."""

from __future__ import annotations

from functools import partial

import numpy as np

from tiau.engine.day import Phase
from tiau.faults import InputError
from tiau.flee.engine.batch import FleeBatch
from tiau.flee.engine.environment import attribute
from tiau.flee.engine.kernels import come as newcomers
from tiau.flee.engine.kernels import move, rest
from tiau.flee.engine.newcomers import by_conflict, by_flood, nobody_to_come
from tiau.flee.engine.state import Keys


def environment(batch: FleeBatch, keys: Keys, day: int) -> None:
    """Kinds, conflicts and floods change."""
    batch.turn(day)


def come(batch: FleeBatch, keys: Keys, day: int) -> None:
    """Newcomers appear where conflict or water is."""
    model, state, world = batch.model, batch.state, batch.environment
    population = state.here["population"]
    take = world.rules.take_from_population
    if world.rules.spawn_mode == "source_data":
        people = float(model.newcomers.a_day[day])
        if people > 0:
            # Of every member: populations differ once people are taken from them.
            weight = world.spawn_factor * population
            if not (weight.sum(1) > 0).all():
                raise InputError([nobody_to_come(day, people)])
            newcomers.spawn(keys, model.chance, people, world.spawn_factor, model.origins, state, take)
        return
    driven = by_conflict if world.rules.spawn_mode == "conflict" else by_flood
    amount, drawn = driven(world, population)
    # Some come as views in another order of the axes, for which the kernel would be compiled once more.
    newcomers.spawn_at(keys, model.chance, np.array(amount, order="C"), drawn, model.origins, state, take)


def change(batch: FleeBatch, keys: Keys, day: int) -> None:
    """Closures hold, places are judged anew."""
    batch.environment.move(day)
    batch.look(day)


def decide(batch: FleeBatch, keys: Keys, day: int, *, at_limited: bool) -> None:
    """Residents of places with a capacity decide first, as they mostly do in Flee's list of persons, then others."""
    # No place has a limit, so that nobody decides in this round.
    if at_limited and not batch.today.any_limit:
        return
    move.decide(keys, at_limited, batch.state, batch.today, batch.scratch)


def travel(batch: FleeBatch, keys: Keys, day: int) -> None:
    """People reach the ends of their links and go on while the day lasts."""
    move.travel(keys, batch.state, batch.today, batch.scratch)


def sleep(batch: FleeBatch, keys: Keys, day: int) -> None:
    """Memories of travel fade; where camps are sinks, some stay for ever."""
    model = batch.model
    rest.sleep(batch.state.rest, batch.state.tonight, model.rules)
    if batch.environment.rules.camps_are_sinks:
        share = np.array([attribute(place, "deactivation_probability") for place in model.case.locations])
        # Asked by day: closures make camps and unmake them.
        share = np.where(batch.environment.camp, share, 0.0)
        rest.deactivate(keys, model.chance, share, batch.today.slot, batch.state.rest)


FLEE: tuple[Phase[FleeBatch], ...] = (
    Phase("environment", "conflicts begin and end", environment),
    Phase("come", "newcomers appear", come),
    Phase("change", "closures hold, places are judged anew", change),
    Phase("decide at limited", "residents of places with a capacity set out", partial(decide, at_limited=True)),
    Phase("decide", "everybody else sets out", partial(decide, at_limited=False)),
    Phase("travel", "people reach the ends of links and go on", travel),
    Phase("sleep", "memories of travel fade", sleep),
)
