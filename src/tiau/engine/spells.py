"""Mornings on which people set out on the same journeys, and which of these are as they were."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.itinerary import Kind
from tiau.engine.kernels.ends import Ends, leave_out


class Spell(NamedTuple):
    """Mornings from one change of ways to the next.

    Attributes
    ----------
    first : int
        The first of its days.
    there : bool array (place * option,)
        Journeys that have not changed since.
    ends : Ends
        Of these alone.
    """

    first: int
    there: NDArray[np.bool_]
    ends: Ends


def first_spell(kind: Kind, day: int) -> Spell:
    """Return the spell of mornings that begins with a day."""
    return Spell(day, np.ones(kind.land.next.size, bool), kind.ends)


def spells_after(spells: list[Spell], changed: NDArray[np.bool_], kind: Kind, day: int) -> list[Spell]:
    """Return spells as they are after a change of some journeys, on the morning of a day.

    Parameters
    ----------
    spells : list of Spell
    changed : bool array (place * option,)
    kind : Kind
        As from that day.
    day : int
    """
    after: list[Spell] = []
    for first, there in [*((spell.first, spell.there & ~changed) for spell in spells), (day, np.ones_like(changed))]:
        # Mornings of which the same journeys are there are of one spell.
        if not after or not np.array_equal(after[-1].there, there):
            after.append(Spell(first, there, _those(kind.ends, there, kind.land.goal.size)))
    return after


def _those(ends: Ends, there: NDArray[np.bool_], options: int) -> Ends:
    """Return the ends of the journeys alone that are there."""
    if there.all():
        return ends
    first, place, rest = np.empty_like(ends.first), np.empty_like(ends.place), np.empty_like(ends.rest)
    leave_out(ends, options, there, first, place, rest)
    return ends._replace(first=first, place=place, rest=rest)
