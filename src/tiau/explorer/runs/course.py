"""Members of one scenario taken through all days, some of them at a time, with what they showed kept by member."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiau.engine.members import Members
from tiau.engine.run import Seen
from tiau.ensemble import driving
from tiau.explorer.runs.fans import Values
from tiau.explorer.runs.sight import Sight, rows
from tiau.explorer.runs.stopping import Stop, Stopped
from tiau.explorer.runs.watching import WatchFollowed
from tiau.results.reported import reported
from tiau.results.truths import Truths
from tiau.simulation import World

Floats = NDArray[np.float64]
Quantity = Literal["present", "arrived"]
PATIENCE = 0.1
"""Seconds between looks whether somebody who waits for another's work still wants it."""


def size_of_a_member(sight: Sight) -> int:
    """Return how many bytes a run keeps of each member."""
    return 4 * sight.days * (len(sight.network.place_names) + len(sight.masks)) + 8 * len(sight.placements)


class Course:
    """A run under way: its first members have passed all days, the others have not begun.

    Parameters
    ----------
    sight : Sight
    members : Members
        All that there may be.

    Attributes
    ----------
    done : int
        How many members have passed all days.
    """

    def __init__(self, sight: Sight, members: Members) -> None:
        self.sight, self.members, self.done = sight, members, 0
        days, many = sight.days, members.key.size
        self._present = np.zeros((len(sight.network.place_names), days, many), np.float32)
        self._arrived = np.zeros((len(sight.masks), days, many), np.float32)
        self._truth = np.full((len(sight.placements), many), np.nan)
        self._lock = Lock()
        self._world = World(sight.network, members, WatchFollowed(sight))

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return self.members.key.size * size_of_a_member(self.sight)

    def reach(self, count: int, advanced: Callable[[int], None], stop: Stop) -> None:
        """See to it that so many members have passed all days: whoever comes first does the work.

        Parameters
        ----------
        count : int
        advanced : callable
            Called with how many member-days were done; what it raises ends the work, and leaves members who are done.
        stop : callable
            Asked while somebody else does the work.
        """
        while not self._lock.acquire(timeout=PATIENCE):
            if stop():
                raise Stopped
        try:
            if count > self.done:
                self._go(self.done, count, advanced)
                self.done = count
            advanced(0)
        finally:
            self._lock.release()

    def _go(self, first: int, after: int, advanced: Callable[[int], None]) -> None:
        """Take members through all days."""
        part, days = self.members.part(slice(first, after)), self.sight.days
        truths = Truths(self.sight.placements, members=after - first, days=days)

        def gather(day: int, seen: Sequence[Seen], pool: object) -> None:
            self._present[:, day, first:after] = np.concatenate([one["present"] for one in seen]).T
            self._arrived[:, day, first:after] = np.concatenate([one["arrived"] for one in seen]).T
            truths.take(day, np.concatenate([one["reports"] for one in seen]).T)
            advanced(after - first)

        driving.run(self._world, part, gather)
        self._truth[:, first:after] = truths.of

    def values(self, follow: int, quantity: Quantity, count: int) -> Values:
        """Return what the first members have of what is followed (day, member), persons."""
        if quantity == "arrived":
            return self._arrived[follow, :, :count]
        found: Values = self._present[self.sight.masks[follow], :, :count].sum(0, dtype=np.float64).astype(np.float32)
        return found

    def figures(self) -> Floats:
        """Return what each of the page's reports would say in the members that are done (report, member), persons."""
        drawn, truth = self.members.part(slice(0, self.done)), self._truth[:, : self.done]
        return np.asarray(rows(reported(self.sight.placements, truth, drawn), self.sight.report_at, np.nan))
