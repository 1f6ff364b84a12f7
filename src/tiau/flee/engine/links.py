"""One-way links between locations, and how long they take."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tiau.flee.engine.state import Floats, Ints


class Links(NamedTuple):
    """One-way links, two a row of routes.csv; `start`, `end` (link,) index locations, `km` (link,) is the length.

    `speed` (link,) is the top speed on it in km a day; `days` and `days_on_foot` (link,) tell on which day of travel
    its end is reached, 1 being the day of setting out: strictly more than the length must have been covered.
    """

    start: Ints
    end: Ints
    km: Floats
    speed: Floats
    days: Ints
    days_on_foot: Ints


def days_to_cover(km: Floats, speed: Floats, most: int) -> Ints:
    """Return on which day of travel strictly more than `km` have been covered at `speed` km a day, at most `most`."""
    with np.errstate(over="ignore"):
        days = np.minimum(np.floor(km / speed) + 1.0, most)
    days += days * speed <= km
    days -= (days > 1) & ((days - 1.0) * speed > km)
    return np.minimum(days, most).astype(np.int32)
