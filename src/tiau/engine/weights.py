"""What destinations weigh to people at each place, as long as somebody is on the way who chose by it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Weights(NamedTuple):
    """Weights of one member and set of ways.

    Attributes
    ----------
    by_place : float array (place, option)
        Those of today.
    by_option : float array (version and option, place)
        The same the other way round, after those that held on days before; in C order, as kernels read it.
    version : int
        Which version is that of today.
    """

    by_place: Floats
    by_option: Floats
    version: int = 0

    @property
    def last(self) -> Floats:
        """Those of today (option, place)."""
        return self.by_option[self.version * self.by_place.shape[1] :]

    def alone(self) -> Weights:
        """Return those of today without earlier ones."""
        return Weights(self.by_place, self.last, 0)


def weighed(weights: Floats, before: Weights | None) -> Weights:
    """Return weights (place, option) of today after those that held before."""
    if before is None:
        return Weights(weights, np.ascontiguousarray(weights.T))
    known = before.by_place.any(1)
    # Nobody has chosen yet at places that had no weights: those that only come to have some need no other version.
    same = np.array_equal(weights[known], before.by_place[known])
    version = before.version if same else before.version + 1
    return Weights(weights, np.concatenate([before.by_option[: version * weights.shape[1]], weights.T]), version)
