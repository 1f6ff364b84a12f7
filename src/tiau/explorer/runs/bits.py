"""Expected values told bit by bit while somebody drags: soon after the first changes, up to the day shown, and all."""

from __future__ import annotations

import time

from tiau.explorer.runs.expected import Expected
from tiau.explorer.runs.stopping import Tell

SOON, EVERY = 0.03, 0.25
"""Seconds until the first days are told, and from one time to the next."""


class Bits:
    """Tells each day once.

    Parameters
    ----------
    follow : int
    quantity : str
    day : int or None
        The day that the page shows: it is told as soon as it is there.
    tell : callable
    """

    def __init__(self, follow: int, quantity: str, day: int | None, tell: Tell) -> None:
        self._follow, self._quantity, self._day, self._tell = follow, quantity, day, tell
        self._told, self._next = 0, 0.0

    def __call__(self, found: Expected, days: int) -> None:
        """Hear that so many days are there."""
        now = time.monotonic()
        self._next = self._next or now + SOON
        if now >= self._next or (self._day is not None and days == self._day + 1):
            self._tell(found.light(self._follow, self._quantity, self._told, days))
            self._told, self._next = days, now + EVERY

    def rest(self, found: Expected) -> None:
        """Tell all days that were not told yet."""
        if self._told < found.sight.days:
            self._tell(found.light(self._follow, self._quantity, self._told))
