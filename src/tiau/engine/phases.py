"""The day as a list of phases, in order; the same phases, in the same order, as the plain twin in tests/."""

from __future__ import annotations

import numpy as np

from tiau.engine import cohorts
from tiau.engine.batch import Batch
from tiau.engine.day import Phase
from tiau.engine.kernels import border as borders
from tiau.engine.kernels import choose, leave, travel
from tiau.engine.kernels import go_home as homecoming
from tiau.engine.shocks import outflow_on, pull_on


def strike(batch: Batch, keys: np.ndarray, day: int) -> None:
    """Events fade and strike; what homes send, drifts."""
    model, shocks = batch.model, batch.members.shocks
    leave.strike(batch.intensity, model.active[day], model.events, shocks.event, batch.rules)
    batch.sent = outflow_on(shocks, day)


def depart(batch: Batch, keys: np.ndarray, day: int) -> None:
    """People leave home, by hazard or as given."""
    model = batch.model
    if not model.given:
        leave.depart(
            keys, model.chance, batch.people, model.homes, model.names, batch.intensity, batch.sent, batch.sent_by,
            batch.rules,
        )  # fmt: skip
    elif day in model.given:
        leave.depart_given(batch.people, model.homes, model.given[day])


def reconsider(batch: Batch, keys: np.ndarray, day: int) -> None:
    """Settled people move on or are attacked again, trapped people and cohorts whose way is cut choose again."""
    model = batch.model
    if not model.chance:
        batch.journeys.begin(batch, day)
    leave.reconsider(
        keys, model.chance, batch.people, batch.listed, model.names, model.options, model.ways[day],
        batch.intensity, batch.sent, batch.sent_by, batch.rules,
    )  # fmt: skip


def pick(batch: Batch, keys: np.ndarray, day: int) -> None:
    """Everybody who sets out picks a destination."""
    model = batch.model
    ways = model.ways[day]
    batch.prepare_weights(ways, day)
    border = model.laws[day].border
    added = border.room[model.options.place]
    choose.attraction(batch.people.toward, model.options.room_of, added, batch.rules, batch.pull)
    relief = border.relief[model.options.place]
    beyond = pull_on(batch.members.shocks, day, model.options.place)
    batch.pull *= np.exp(beyond + batch.rules.relief_weight[:, None] * relief)
    if not model.chance:
        batch.journeys.choose(batch)
        return
    needed = leave.room_needed(batch.listed, batch.people.choosing, model.options.place.size)
    batch.listed = cohorts.with_room(batch.listed, needed)
    choose.choose(
        keys, batch.people, batch.listed, model.names, model.options, ways.of_group, batch.kin, batch.row_of,
        batch.base, batch.pull,
    )  # fmt: skip


def travel_the_day(batch: Batch, keys: np.ndarray, day: int) -> None:
    """Advance and try to pass crossings, in rounds, until the day is spent."""
    model = batch.model
    if not model.chance:
        batch.journeys.travel(batch)
        return
    ways, border, passage = model.ways[day], model.laws[day].border, batch.passage(model.laws[day])
    quota_left = np.tile(border.quota, (batch.keys.size, 1))
    turn = 0
    while travel.advance(batch.people, batch.listed, model.options, ways, border.gated, model.routes):
        batch.listed = cohorts.with_room(batch.listed, 2 * int(batch.listed.size.max()))
        borders.join_queues(batch.listed, day)
        turn_keys = keys ^ np.uint64(turn)
        borders.gate(
            turn_keys, day, batch.people, batch.listed, model.names, ways, border, passage, quota_left, model.routes,
            batch.rules,
        )  # fmt: skip
        turn += 1
    if turn:
        borders.join_queues(batch.listed, day)


def expel(batch: Batch, keys: np.ndarray, day: int) -> None:
    """Send people whom an act expels to the home side of the border, where they choose again."""
    model = batch.model
    if model.laws[day].expelling:
        expelled = batch.passage(model.laws[day]).expelled
        borders.expel(keys, model.chance, batch.people, model.names, model.options, expelled, model.back)


def register(batch: Batch, keys: np.ndarray, day: int) -> None:
    """Register people where an act does, so many a day."""
    model = batch.model
    border = model.laws[day].border
    if border.registers.size or batch.people.registered.any():
        borders.register(
            keys, model.chance, batch.people, model.names, border.registering, border.registers, border.register_keys
        )


def go_home(batch: Batch, keys: np.ndarray, day: int) -> None:
    """Settled people return when it is quiet at home."""
    model = batch.model
    homecoming.go_home(
        keys, model.chance, batch.people, model.homes, model.names, model.options, batch.intensity, batch.rules
    )  # fmt: skip


DESTINATIONS: tuple[Phase[Batch], ...] = (
    Phase("strike", "events fade and strike, what homes send drifts", strike),
    Phase("depart", "people leave home", depart),
    Phase("reconsider", "settled, attacked, trapped and cut-off people set out again", reconsider),
    Phase("choose", "everybody who sets out picks a destination", pick),
    Phase("travel", "cohorts advance, pass crossings or wait, arrive", travel_the_day),
    Phase("expel", "people are expelled over the border", expel),
    Phase("return", "displaced people go home", go_home),
    Phase("register", "people are registered", register),
)
