"""A day as a list of phases: what a phase is, and a batch of members taken through all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from tiau.engine.keys import name_key
from tiau.engine.streams import mixed, mixed_each

Keys = NDArray[np.uint64]
BatchT = TypeVar("BatchT")


class Phase(NamedTuple, Generic[BatchT]):
    """One thing that happens to everybody on a day; its draws are keyed by `drawn_as`, else by its name."""

    name: str
    what: str
    run: Callable[[BatchT, Keys, int], None]
    drawn_as: str = ""

    @property
    def key(self) -> int:
        """The key of its draws."""
        return _key_of(self.drawn_as or self.name)


@cache
def _key_of(name: str) -> int:
    return name_key("phase", name)


class Ruled(Protocol):
    """What members of a batch share: among it the phases of their day."""

    @property
    def phases(self) -> tuple[Phase[Any], ...]:
        """In their order."""


class Batch(Protocol):
    """Some members of an ensemble with their state, under whichever rules."""

    @property
    def model(self) -> Ruled:
        """What they share with all other members."""

    @property
    def keys(self) -> Keys:
        """The key of each member's draws (member,)."""

    @property
    def state(self) -> Any:  # noqa: ANN401
        """What the days change, as a tuple of arrays (member, ...)."""


def advance(batch: Batch, day: int) -> None:
    """Take a batch through one day.

    Parameters
    ----------
    batch : Batch
        Changed in place.
    day : int
        Days since the scenario's start.
    """
    of_day, phases = np.empty_like(batch.keys), batch.model.phases
    mixed(batch.keys, np.array([day], np.uint64), of_day)
    keys: Keys = np.empty((len(phases), of_day.size), np.uint64)
    mixed_each(of_day, np.array([phase.key for phase in phases], np.uint64), keys)
    for phase, own in zip(phases, keys, strict=True):
        phase.run(batch, own, day)
