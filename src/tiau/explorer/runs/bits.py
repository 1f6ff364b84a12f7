"""What comes day by day, told bit by bit: soon after the first changes, up to the day shown, and all."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from tiau.explorer.runs.stopping import Tell

if TYPE_CHECKING:
    from tiau.explorer.runs.course import Quantity
    from tiau.explorer.runs.expected import Expected

SOON, EVERY = 0.1, 0.25
"""Seconds until the first days are told, and from one time to the next: a page that draws days on the way draws the one
that it shows later."""


class View(NamedTuple):
    """What a page shows: the one that is followed, what is counted of it, and the day, which may be None."""

    follow: int
    quantity: Quantity
    day: int | None = None


class Moments:
    """When to tell of days: soon, then now and then, and as soon as the day that the page shows is there.

    Parameters
    ----------
    day : int or None
        The day that the page shows.
    """

    def __init__(self, day: int | None) -> None:
        self._day, self._next = day, 0.0

    def has_come(self, days: int) -> bool:
        """Return whether it is time to tell, now that so many days are there."""
        now = time.monotonic()
        self._next = self._next or now + SOON
        if now < self._next and (self._day is None or days != self._day + 1):
            return False
        self._next = now + EVERY
        return True


class Bits:
    """Tells each day of expected values once.

    Parameters
    ----------
    view : View
    tell : callable
    """

    def __init__(self, view: View, tell: Tell) -> None:
        self._view, self._tell = view, tell
        self._moments, self._told = Moments(view.day), 0

    def __call__(self, found: Expected, days: int) -> None:
        """Hear that so many days are there."""
        if self._moments.has_come(days):
            self._tell(found.light(self._view.follow, self._view.quantity, self._told, days))
            self._told = days

    def rest(self, found: Expected) -> None:
        """Tell all days that were not told yet."""
        if self._told < found.sight.days:
            self._tell(found.light(self._view.follow, self._view.quantity, self._told))
