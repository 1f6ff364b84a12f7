"""How many members a fit has time for, by the pace of its first runs."""

from __future__ import annotations

import time

from tiau.faults import wrong_argument
from tiau.progress import Progress

PILOT = FEWEST = 50
"""Members that the level is found by, and the fewest that are chosen."""
FEWEST_GIVEN = 10
MOST = 200
"""Members from which bands hardly move with the seed; at 100 it moved their coverage by .07."""


class Pace:
    """Passes a progress on, and takes the time between its calls.

    The first day is left out: it may hold work of its own, such as compiling.

    Parameters
    ----------
    progress : callable
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._times: list[float] = []

    def __call__(self, done: int, total: int) -> None:
        """Take note of how much is done."""
        self._times.append(time.monotonic())
        self._progress(done, total)

    @property
    def seconds(self) -> float:
        """What the whole took, at the pace of all days but the first."""
        days = len(self._times)
        return (self._times[-1] - self._times[0]) * days / (days - 1) if days > 1 else 0.0


def require_enough(members: int) -> None:
    """Refuse fewer members than anything can be learned from, as an InputError."""
    if members < FEWEST_GIVEN:
        remedy = f"give {FEWEST_GIVEN} or more; below {MOST} bands move with the seed"
        raise wrong_argument("members", "are too few to learn anything from", remedy, members)


def affordable(seconds: float, runs: int, pace: float) -> int:
    """Return how many members can be run in the seconds that are left, from `FEWEST` to `MOST`.

    Parameters
    ----------
    seconds : float
    runs : int
        How many runs there are to do.
    pace : float
        Seconds that one member takes.
    """
    return max(FEWEST, min(MOST, int(seconds / max(runs * pace, 1e-9))))
