"""Whole numbers that a run takes, with their bounds: the same in Python as on the command line."""

from __future__ import annotations

import operator
from typing import SupportsIndex

BOUNDS = {
    "members": (1, 1_000_000),
    "members_given": (1, 1_000_000),
    "members_explored": (1, 1_000),
    "seed": (0, 2**64 - 1),
    "jobs": (1, 1_000),
    "hasten": (1, 1_000_000_000),
    "days": (1, 36_525),
    "horizon": (1, 1_096),
    "every": (1, 3_650),
    "suppress_below": (0, 1_000_000_000),
    "port": (1, 65_535),
}


def bounds_in_words(name: str) -> str:
    """Say which numbers an argument takes."""
    least, most = BOUNDS[name]
    return f"a whole number from {least} to {most:,}"


def fits(name: str, number: int) -> bool:
    """Whether a number lies within the bounds of an argument."""
    least, most = BOUNDS[name]
    return least <= number <= most


def require_whole(**given: SupportsIndex | None) -> None:
    """Refuse arguments that are no whole numbers within their bounds; None stands for a default.

    Raises
    ------
    ValueError
        That names the first such argument.
    """
    for name, value in given.items():
        if value is None:
            continue
        try:
            sound = not isinstance(value, bool) and fits(name, operator.index(value))
        except TypeError:
            sound = False
        if not sound:
            msg = f"{name} must be {bounds_in_words(name)}"
            raise ValueError(msg)
