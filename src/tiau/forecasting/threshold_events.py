"""Events that every figure of a hindcast is asked about: that it is much more than the last one, or passes a mark."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiau.evaluation.events import Bools, Floats

GROWN = (1.25, 1.5, 2.0)
"""Times the last figure: what reserves stretch to, what a plan has to be made again for, and twice as many."""
FEWEST = 100
"""Of fewer people a family or two are a quarter: growth is not asked there."""
MARKS = (1_000.0, 10_000.0, 100_000.0)
ROUND = "round"
"""The next of the marks above the last figure; one beyond it hardly ever comes, and nobody forecasts it."""
NAMES = (*(f"{times:g}" for times in GROWN), ROUND)
DECISION = 0.5
"""The chance from which on a warning counts as given."""


@dataclass(frozen=True)
class EventScore:
    """What chances of an event were worth.

    Attributes
    ----------
    asked, came : int
        Figures of which it was asked, and of which it came.
    brier : float
        Brier score, cases weighing alike; NaN where it was asked of none.
    hits, misses, false_alarms : int
        Of warnings given from an even chance on.
    """

    asked: int
    came: int
    brier: float
    hits: int
    misses: int
    false_alarms: int


def thresholds(last: Floats) -> dict[str, Floats]:
    """Return by event how many people have to be reached (figure,), by last figures; NaN where it is not asked."""
    marks = np.array([*MARKS, np.nan])
    found = {f"{times:g}": np.where(last >= FEWEST, times * last, np.nan) for times in GROWN}
    return found | {ROUND: marks[np.searchsorted(MARKS, last, side="right")]}


def came(threshold: Floats, observed: Floats) -> Bools:
    """Return whether figures reach thresholds (figure,); not where nothing was asked."""
    return np.asarray(observed >= threshold)
