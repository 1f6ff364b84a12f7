"""Lanes below a chart, on its days: a lane for each authority with a bar for each act, and one for events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from tiau.engine.policy import holds_at, places_of
from tiau.presentation.words.acts import in_words
from tiau.results.result import Result
from tiau.scenario.network import Network
from tiau.scenario.rows import Act
from tiau.scenario.vocabulary import Level

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
    inside = [False] * len(network.scenario.places)
    for place in network.names.members(name):
        inside[place] = True
    into = any(
        holds and inside[end] and not inside[start]
        for holds, start, end in zip(holds_at(network, act), network.start, network.end, strict=True)
    )
    return into or any(at and there for at, there in zip(places_of(network, act), inside, strict=True))


def strength(act: Act) -> float:
    """Return how strong an act is, 0 where nobody gives a number: it moves nobody."""
    if act.effect in BY_AMOUNT:
        return GIVEN_AMOUNT if act.amount is not None else 0.0
    share = act.admit_share if DOES[act.effect] == "opens" else act.enforcement
    return 0.0 if act.effect == "statement" else share or 0.0


def lanes(acts: Iterable[Act], first: dt.date, last: dt.date, among: Iterable[Act] = ()) -> tuple[Lane, ...]:
    """Return a lane for each authority with acts in force on some days, federal ones first, each by its first act.

    Acts end when another one ends them; `among` are all of the scenario, of which some may not be shown.
    """
    acts = sorted(acts, key=lambda act: (act.from_, act.act))
    ended: dict[str, dt.date] = {}
    for act in sorted({act.act: act for act in (*acts, *among)}.values(), key=lambda act: act.from_):
        ended.setdefault(act.ends, act.from_ - dt.timedelta(1))
    of: dict[str, list[Act]] = {}
    for act in acts:
        if act.from_ <= last and _end(act, ended) >= max(first, act.from_):
            of.setdefault(act.authority, []).append(act)
    made = [Lane(name, those[0].level, _bars(those, ended, last)) for name, those in of.items()]
    return tuple(sorted(made, key=lambda lane: (LEVELS.index(lane.level), lane.bars[0].first, lane.authority)))


def _end(act: Act, ended: dict[str, dt.date]) -> dt.date:
    """Return the last day of an act: its own, or that before another act ends it; of a statement the day itself."""
    own = act.until or (act.from_ if act.effect == "statement" else dt.date.max)
    return min(own, ended.get(act.act, own))


def _bars(acts: Sequence[Act], ended: dict[str, dt.date], last: dt.date) -> tuple[Bar, ...]:
    """Return the bars of an authority, each in the first row where it covers none before it."""
    bars: list[Bar] = []
    free: list[dt.date] = []
    for act in acts:
        end = _end(act, ended)
        row = next((row for row, until in enumerate(free) if until < act.from_), len(free))
        free[row : row + 1] = [end]
        bars.append(Bar(act, act.from_, min(end, last), end > last, strength(act), row))
    return tuple(bars)
