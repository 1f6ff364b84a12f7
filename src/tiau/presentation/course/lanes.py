"""Lanes below a chart, on its days: a lane for each authority with a bar for each act, and one for events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import get_args

import numpy as np

from tiau.engine.policy import Bools, applies_to, holds_at, places_of
from tiau.presentation.words.acts import in_words
from tiau.results.result import Result
from tiau.scenario.network import Network
from tiau.scenario.rows import Act
from tiau.scenario.vocabulary import SOFTENING, Level

LEVELS: tuple[str, ...] = get_args(Level)
DOES = {
    "close": "shuts", "push_back": "shuts", "expel": "shuts", "fence": "shuts",
    "exempt": "opens", "admit": "opens", "corridor": "opens", "quota": "opens",
    "relief": "helps", "register": "helps", "statement": "says",
}  # fmt: skip
"""What an effect comes to, by which bars are shaded."""
BY_AMOUNT = ("quota", "relief", "register")
GIVEN_AMOUNT = 0.6
"""How strong an act is drawn whose amount is given: it is no share."""


@dataclass(frozen=True)
class Bar:
    """An act in its lane.

    Attributes
    ----------
    act : Act
    first, last : date
        In force, both included; the last day of the chart where it has no end.
    open : bool
        Whether it has no end.
    strength : float
        0 for what moves nobody, up to 1.
    row : int
        Of the lane: acts in force at once lie below each other.
    """

    act: Act
    first: dt.date
    last: dt.date
    open: bool
    strength: float
    row: int

    @property
    def told(self) -> str:
        """What the act does and when, in words."""
        until = "" if self.open else f" to {self.last}"
        return (
            f"{self.act.act}, {self.act.authority}, from {self.first}{until}: {self.act.effect}, {in_words(self.act)}"
        )


@dataclass(frozen=True)
class Lane:
    """The acts of one authority.

    Attributes
    ----------
    authority, level : str
    bars : tuple of Bar
    """

    authority: str
    level: str
    bars: tuple[Bar, ...]

    @property
    def rows(self) -> int:
        """How many bars lie below each other."""
        return 1 + max(bar.row for bar in self.bars)


def binding(result: Result, name: str) -> tuple[Act, ...]:
    """Return the acts that hold at crossings into a place or area, or at a place of it."""
    network = result.network
    return tuple(act for act in result.scenario.acts if _binds(network, act, name))


def _binds(network: Network, act: Act, name: str) -> bool:
    inside = _inside(network, name)
    into = holds_at(network, act) & inside[network.end] & ~inside[network.start]
    return bool(into.any() or (places_of(network, act) & inside).any())


def does(act: Act) -> str:
    """Return what an act comes to, one of `DOES`: a quota of nobody shuts."""
    return "shuts" if act.effect == "quota" and act.amount == 0 else DOES[act.effect]


def strength(act: Act) -> float:
    """Return how strong an act is, 0 where nobody gives a number: it moves nobody."""
    if act.effect in BY_AMOUNT:
        return GIVEN_AMOUNT if act.amount is not None else 0.0
    share = act.admit_share if act.effect in SOFTENING else act.enforcement
    return 0.0 if act.effect == "statement" else share or 0.0


def lanes(result: Result, acts: Iterable[Act], first: dt.date, last: dt.date, name: str = "") -> tuple[Lane, ...]:
    """Return a lane for each authority with acts in force on some days, federal ones first, each by its first act.

    With the `name` of a place or area acts are looked at as they hold at crossings into it.
    """
    acts = sorted(acts, key=lambda act: (act.from_, act.act))
    ends = _ends(result.network, acts, name)
    of: dict[str, list[Act]] = {}
    for act in acts:
        if act.from_ <= last and ends[act.act] >= max(first, act.from_):
            of.setdefault(act.authority, []).append(act)
    made = [Lane(office, those[0].level, _bars(those, ends, last)) for office, those in of.items()]
    return tuple(sorted(made, key=lambda lane: (LEVELS.index(lane.level), lane.bars[0].first, lane.authority)))


def _ends(network: Network, acts: Sequence[Act], name: str) -> dict[str, dt.date]:
    """Return the last day of each act: its own, or that before another act ends it or takes its place.

    A statement is made on its day. Of orders to close by one authority the latest counts (see `policy.closures`): one
    ends where a later one begins that holds wherever it does, for whomever it does, and for as long.
    """
    ends = {act.act: act.until or (act.from_ if act.effect == "statement" else dt.date.max) for act in acts}
    for other in network.scenario.acts:
        if other.ends in ends:
            ends[other.ends] = min(ends[other.ends], other.from_ - dt.timedelta(1))
    orders = [act for act in acts if act.effect == "close"]
    holds = {act.act: np.outer(applies_to(network, act), _into(network, act, name)).ravel() for act in orders}
    own = dict(ends)
    for order, later in combinations(orders, 2):
        follows = order.authority == later.authority and order.from_ < later.from_ and own[later.act] >= own[order.act]
        if follows and not (holds[order.act] & ~holds[later.act]).any():
            ends[order.act] = min(ends[order.act], later.from_ - dt.timedelta(1))
    return ends


def _into(network: Network, act: Act, name: str) -> Bools:
    """Return at which routes into a place or area an act holds; at which of all where it holds at none of them."""
    holds = holds_at(network, act)
    if not name:
        return holds
    inside = _inside(network, name)
    into = holds & inside[network.end] & ~inside[network.start]
    return into if into.any() else holds


def _inside(network: Network, name: str) -> Bools:
    inside = np.zeros(len(network.scenario.places), bool)
    inside[list(network.names.members(name))] = True
    return inside


def _bars(acts: Sequence[Act], ends: Mapping[str, dt.date], last: dt.date) -> tuple[Bar, ...]:
    """Return the bars of an authority, each in the first row where it covers none before it."""
    bars: list[Bar] = []
    free: list[dt.date] = []
    for act in acts:
        end = ends[act.act]
        row = next((row for row, until in enumerate(free) if until < act.from_), len(free))
        free[row : row + 1] = [end]
        bars.append(Bar(act, act.from_, min(end, last), end > last, strength(act), row))
    return tuple(bars)
