"""What a batch shows in as few bytes as hold it exactly, to be sent from one process to another."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.run import Seen


class Packed(NamedTuple):
    """An array (member, ...) without columns in which all members have 0, in single precision if that is exact."""

    shape: tuple[int, ...]
    columns: NDArray[np.intp]
    values: NDArray[np.float32] | NDArray[np.float64]


def packed(seen: Seen) -> dict[str, Packed]:
    """Return what a batch shows, packed."""
    return {name: _packed(np.ascontiguousarray(values, np.float64)) for name, values in seen.items()}


def _packed(values: NDArray[np.float64]) -> Packed:
    flat = values.reshape(len(values), math.prod(values.shape[1:]))
    # By bits, so that a zero with a sign is none.
    columns = np.flatnonzero((flat.view(np.uint64) != 0).any(0))
    chosen = flat[:, columns]
    with np.errstate(over="ignore"):
        single = chosen.astype(np.float32)
    exact = np.array_equal(single, chosen, equal_nan=True)
    return Packed(values.shape, columns, single if exact else chosen)


def unpacked(found: dict[str, Packed]) -> Seen:
    """Return what was packed, exactly as it was."""
    return {name: _unpacked(one) for name, one in found.items()}


def _unpacked(one: Packed) -> NDArray[np.float64]:
    whole = np.zeros(one.shape)
    whole.reshape(len(whole), math.prod(one.shape[1:]))[:, one.columns] = one.values
    return whole
