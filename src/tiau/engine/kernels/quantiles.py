"""Quantiles over members, many columns at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tiau.engine.streams import compiled

Values = NDArray[np.float32]
TILE = 64


@compiled
def mark(values, seen):
    """Set `seen` (column,) where any of `values` (member, column) is not 0."""
    for m in range(values.shape[0]):
        for c in range(values.shape[1]):
            seen[c] |= values[m, c] != 0.0


@compiled
def _turn(values, columns, first, out):
    """Fill `out` (column, member) from member `first` on with chosen columns of `values` (member, column)."""
    # In tiles, so that the lines of `out` that are written to stay in the nearest cache.
    for start in range(0, columns.size, TILE):
        for m in range(values.shape[0]):
            for j in range(start, min(start + TILE, columns.size)):
                out[j, first + m] = values[m, columns[j]]


def over_members(parts: Sequence[NDArray[np.float64]], columns: NDArray[np.int64], levels: Sequence[float]) -> Values:
    """Return linearly interpolated quantiles over members of some columns.

    Parameters
    ----------
    parts : sequence of float arrays (member, column)
        Members one after the other.
    columns : int array (column,)
        Which columns.
    levels : sequence of float

    Returns
    -------
    float32 array (level, column)
    """
    members = sum(len(part) for part in parts)
    turned: Values = np.empty((columns.size, members), np.float32)
    first = 0
    for part in parts:
        _turn(part, columns, first, turned)
        first += len(part)
    turned.sort(axis=1)
    position = np.asarray(levels) * (members - 1)
    low = np.floor(position).astype(np.int64)
    part_of_next = position - low
    found = turned[:, low] * (1.0 - part_of_next) + turned[:, np.minimum(low + 1, members - 1)] * part_of_next
    return np.asarray(found.T, np.float32)
