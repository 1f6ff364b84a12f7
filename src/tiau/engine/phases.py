"""The day as a list of phases, in order; the same phases, in the same order, as the plain twin in tests/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from tiau.engine import cohorts
from tiau.engine.batch import Block
from tiau.engine.kernels import border as borders
from tiau.engine.kernels import choose, leave, settle, travel

BlockT = TypeVar("BlockT")


class Phase(NamedTuple, Generic[BlockT]):
    """One thing that happens to everybody on a day."""

    name: str
    what: str
    run: Callable[[BlockT, np.ndarray, int], None]


def weather(block: Block, keys: np.ndarray, day: int) -> None:
    """Events fade and strike; the daily factor of each community moves."""
    model = block.model
    leave.weather(
        keys, day == 0, model.chance, block.noise, block.intensity, model.active[day], model.events,
        block.event_factor, block.rules, model.community_keys,
    )  # fmt: skip


def depart(block: Block, keys: np.ndarray, day: int) -> None:
    """People leave home, by hazard or as given."""
    model = block.model
    if not model.given:
        leave.depart(
            keys, model.chance, block.people, model.homes, model.names, block.intensity, block.noise, block.rules
        )  # fmt: skip
    elif day in model.given:
        leave.depart_given(block.people, model.homes, model.given[day])


def reconsider(block: Block, keys: np.ndarray, day: int) -> None:
    """Settled people move on or are attacked again, trapped people and cohorts whose way is cut choose again."""
    model = block.model
    leave.reconsider(
        keys, model.chance, block.people, block.cells, model.homes, model.names, model.options, model.ways[day],
        block.intensity, block.noise, block.rules,
    )  # fmt: skip


def pick(block: Block, keys: np.ndarray, day: int) -> None:
    """Everybody who sets out picks a destination."""
    model = block.model
    ways = model.ways[day]
    block.prepare_weights(ways)
    border = model.borders[day]
    added = border.room[model.options.place]
    choose.attraction(block.people.toward, model.options.room_of, added, block.rules, block.pull)
    relief = border.relief[model.options.place]
    if relief.any():
        block.pull *= np.exp(block.rules.relief_weight[:, None] * relief)
    needed = leave.room_needed(block.cells, block.people.choosing, model.options.place.size, model.chance)
    block.cells = cohorts.with_room(block.cells, needed)
    choose.choose(
        keys, model.chance, block.people, block.cells, model.names, model.options, ways.of_group, model.kin,
        block.row_of, block.base, block.pull,
    )  # fmt: skip


def travel_the_day(block: Block, keys: np.ndarray, day: int) -> None:
    """Advance and try to pass crossings, in rounds, until the day is spent."""
    model = block.model
    ways, border = model.ways[day], model.borders[day]
    quota_left = np.tile(border.quota, (block.keys.size, 1))
    turn = 0
    while travel.advance(block.people, block.cells, model.options, ways, border.gated, model.routes):
        block.cells = cohorts.with_room(block.cells, 2 * int(block.cells.size.max()))
        borders.join_queues(block.cells, day)
        turn_keys = keys ^ np.uint64(turn)
        borders.gate(
            turn_keys, model.chance, day, block.people, block.cells, model.names, ways, border, quota_left,
            model.routes, block.rules,
        )  # fmt: skip
        turn += 1
    if turn:
        borders.join_queues(block.cells, day)


def expel(block: Block, keys: np.ndarray, day: int) -> None:
    """Send people whom an act expels to the home side of the border, where they choose again."""
    model = block.model
    expelled = model.borders[day].expelled
    if expelled.any():
        borders.expel(keys, model.chance, block.people, model.names, model.options, expelled, model.back)


def register(block: Block, keys: np.ndarray, day: int) -> None:
    """Register people where an act does, so many a day."""
    model = block.model
    border = model.borders[day]
    if border.registers.size or block.people.registered.any():
        borders.register(
            keys, model.chance, block.people, model.names, border.registering, border.registers, border.register_keys
        )


def go_home(block: Block, keys: np.ndarray, day: int) -> None:
    """Settled people return when it is quiet at home."""
    model = block.model
    settle.go_home(
        keys, model.chance, block.people, model.homes, model.names, model.options, block.intensity, block.rules
    )  # fmt: skip


DESTINATIONS: tuple[Phase[Block], ...] = (
    Phase("weather", "events fade and strike, daily factors move", weather),
    Phase("depart", "people leave home", depart),
    Phase("reconsider", "settled, attacked, trapped and cut-off people set out again", reconsider),
    Phase("choose", "everybody who sets out picks a destination", pick),
    Phase("travel", "cohorts advance, pass crossings or wait, arrive", travel_the_day),
    Phase("expel", "people are expelled over the border", expel),
    Phase("return", "displaced people go home", go_home),
    Phase("register", "people are registered", register),
)
