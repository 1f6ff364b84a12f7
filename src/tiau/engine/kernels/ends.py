"""Who comes to the end of a journey on a day, added up over all mornings on which they set out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.itineraries import NOWHERE
from tiau.engine.kernels.lanes import add_shares, add_some
from tiau.engine.streams import lean

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


class Ends(NamedTuple):
    """Journeys that end alike: for the same option at the same row, so many days after they began.

    Attributes
    ----------
    row, reach : int arrays (end,)
        Where who comes there is noted, and where what is left of the day to them is, or -1.
    day, option : int arrays (end,)
    first : int array (end + 1,)
        Of each end's journeys.
    place : int array (journey,)
        Where it began.
    rest : float array (journey,)
        What is left of the day to who comes there.
    """

    row: NDArray[np.int64]
    reach: NDArray[np.int64]
    day: NDArray[np.int64]
    option: NDArray[np.int64]
    first: NDArray[np.int64]
    place: Ints
    rest: Floats


class Mornings(NamedTuple):
    """Who set out on the mornings of a ring of days: `choosers` times a weight times `drawn_to`.

    Attributes
    ----------
    choosers : float array (slot and place, lane), persons over the sum of what they weigh
    drawn_to : float array (slot and option, lane)
    version : int array (slot,)
        Which of the weights hold.
    """

    choosers: Floats
    drawn_to: Floats
    version: NDArray[np.int64]


@lean
def come(slot, youngest, oldest, ends, mornings, weights, first, ahead, today):
    """Note who comes to the ends of journeys today, which has a `slot` in the ring and starts at `today` in `ahead`.

    They set out on mornings from `oldest` to `youngest` days ago. `weights` (version and option, place) begin with
    those of the `first` version.
    """
    slots = mornings.version.size
    places, options = mornings.choosers.shape[0] // slots, mornings.drawn_to.shape[0] // slots
    for e in range(ends.row.size):
        if not youngest <= ends.day[e] <= oldest:
            continue
        since = slot - ends.day[e] if slot >= ends.day[e] else slot - ends.day[e] + slots
        k, choosers, begin, end = ends.option[e], since * places, ends.first[e], ends.first[e + 1]
        row, drawn_to = (mornings.version[since] - first) * options + k, since * options + k
        add_some(
            ahead, today + ends.row[e], mornings.drawn_to, drawn_to, weights, row, mornings.choosers, choosers,
            ends.place, begin, end,
        )  # fmt: skip
        if ends.reach[e] != NOWHERE:
            add_shares(
                ahead, today + ends.reach[e], mornings.drawn_to, drawn_to, weights, row, mornings.choosers, choosers,
                ends.place, begin, end, ends.rest,
            )  # fmt: skip


@lean
def leave_out(ends, options, there, first, place, rest):
    """Fill `first`, `place` and `rest` with those of `ends`, of journeys alone that are `there` (place * option,)."""
    kept = 0
    for e in range(ends.row.size):
        first[e] = kept
        for j in range(ends.first[e], ends.first[e + 1]):
            if there[ends.place[j] * options + ends.option[e]]:
                place[kept], rest[kept] = ends.place[j], ends.rest[j]
                kept += 1
    first[ends.row.size] = kept
