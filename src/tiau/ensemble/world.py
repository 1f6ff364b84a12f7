"""What a batch needs wherever it runs: its rules, and what is seen of it."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

import numpy as np

from tiau.engine.day import Batch
from tiau.engine.members import Members
from tiau.engine.portions import taken
from tiau.engine.run import Seen

FEW = 4


class World(Protocol):
    """Rules made ready for the members of an ensemble.

    Pickled it is what it is made from and no more, and is made again where it is sent to.
    """

    @property
    def days(self) -> int:
        """Length of the whole run."""

    def batch(self, members: Members, state: Any, day: int) -> Batch:  # noqa: ANN401
        """Return members with a state of theirs before a day; None is the state before the first day."""

    def see(self, batch: Any, day: int, seen: Seen) -> None:  # noqa: ANN401
        """Put what a batch shows at the end of a day into `seen`, as `engine.run.See` says."""

    def audit(self, batch: Any, first: int) -> None:  # noqa: ANN401
        """Check at the end of a run that nobody was lost or made.

        Raises
        ------
        ConservationError
        """


class Portion(NamedTuple):
    """Members that run together: the number of the first of them, who they are, and their state before a day."""

    first: int
    members: Members
    state: Any


def portions(members: Members, state: Any, many: int | None) -> list[Portion]:  # noqa: ANN401
    """Return members in so many portions of about one size, none of them empty; by default what is best for them."""
    several = min(many or batches(members), members.key.size)
    bounds = np.linspace(0, members.key.size, several + 1).astype(int).tolist()
    return [
        Portion(
            first, members.part(slice(first, after)), None if state is None else taken(state, np.arange(first, after))
        )
        for first, after in pairwise(bounds)
    ]


def batches(members: Members) -> int:
    """Return how many batches are best for members: one for each processor, none of so few that threads cost more."""
    return min(processors(), -(-members.key.size // FEW))


def processors() -> int:
    """Return how many processors this machine has."""
    return os.cpu_count() or 1
