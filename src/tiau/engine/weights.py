"""What destinations weigh to people at each place, as long as somebody is on the way who chose by it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROOM = 1


class Weights(NamedTuple):
    """Weights of one member and set of ways.

    Attributes
    ----------
    by_place : float array (place, option)
        Those of today.
    by_option : float array (version and option, place)
        The same the other way round, after those that held on days before and before room for more; in C order, as
        kernels read it.
    since : tuple of int
        The first day of each version.
    first : int
        The number of the first version.
    """

    by_place: Floats
    by_option: Floats
    since: tuple[int, ...]
    first: int = 0

    @property
    def version(self) -> int:
        """The number of the version of today."""
        return self.first + len(self.since) - 1

    @property
    def last(self) -> Floats:
        """Those of today (option, place)."""
        options = self.by_place.shape[1]
        return self.by_option[(len(self.since) - 1) * options : len(self.since) * options]


def weighed(weights: Floats, before: Weights | None, day: int, oldest: int) -> Weights:
    """Return weights (place, option) of a day after those that held before, which are written over.

    Parameters
    ----------
    weights : float array (place, option)
    before : Weights, optional
    day, oldest : int
        Today, and the first morning of which somebody may still be on the way: when there is no room for more,
        earlier versions are forgotten.
    """
    places, options = weights.shape
    if before is None:
        before = Weights(np.zeros_like(weights), np.zeros((0, places)), ())
    known = before.by_place.any(1)
    # Nobody has chosen yet at places that had no weights: those that only come to have some need no other version.
    same = bool(before.since) and np.array_equal(weights[known], before.by_place[known])
    since = before.since if same else (*before.since, day)
    by_option, past = before.by_option, 0
    if len(since) * options > len(by_option):
        past = sum(later <= oldest for later in since[1:])
        by_option = np.zeros(((2 * (len(since) - past) + ROOM) * options, places))
        kept = before.by_option[past * options :]
        by_option[: len(kept)] = kept
    now = Weights(weights, by_option, since[past:], before.first + past)
    now.last[:] = weights.T
    return now
