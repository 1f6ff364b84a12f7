"""Our rules neither lose nor make people: what a batch holds at the end of a run against who was there at its start."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiau.engine.batch import Batch
from tiau.engine.conservation import Audit


def head_count(batch: Batch) -> NDArray[np.float64]:
    """Return the number of people of each member (member,), wherever they are; it never changes."""
    people = batch.people
    standing = people.settled.sum((1, 2)) + people.trapped.sum((1, 2)) + people.choosing.sum((1, 2))
    standing += people.gave_up.sum((1, 2))
    total: NDArray[np.float64] = people.home.sum(1) + standing + batch.on_the_way.sum(1)
    return total


def audit(batch: Batch, began_with: float, *, first: int = 0) -> None:
    """Check at the end of a run that everybody who was there at its start is somewhere.

    Parameters
    ----------
    batch : Batch
    began_with : float, persons
    first : int
        Number of the first of these members in the ensemble, for the message.

    Raises
    ------
    ConservationError
    """
    check = Audit(np.full(batch.keys.size, began_with), chance=batch.model.chance, first=first)
    for name, numbers in batch.people._asdict().items():
        check.counts(name, numbers)
    check.counts("on the way", batch.on_the_way)
    check.same(head_count(batch))
