"""States of members picked and put together: tuples of arrays whose first axis is the members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

StateT = TypeVar("StateT")


def taken(state: StateT, index: NDArray[np.int64]) -> StateT:
    """Return a copy of the state of some members, by position, in any order."""
    return cast("StateT", _each([state], lambda arrays: arrays[0][index]))


def joined(states: Sequence[StateT]) -> StateT:
    """Return the state of the members of several batches, one after the other."""
    return cast("StateT", _each(states, _one_after_the_other))


def _each(states: Sequence[Any], act: Any) -> Any:  # noqa: ANN401
    first = states[0]
    if isinstance(first, tuple):
        return type(first)(*(_each(parts, act) for parts in zip(*states, strict=True)))
    return act(states)


def _one_after_the_other(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    # Lists of cohorts have as much room in each batch as that batch has needed.
    most = np.max([array.shape[1:] for array in arrays], axis=0, initial=0).astype(int).tolist()
    whole = np.zeros((sum(map(len, arrays)), *most), arrays[0].dtype).view(type(arrays[0]))
    first = 0
    for array in arrays:
        whole[(slice(first, first + len(array)), *map(slice, array.shape[1:]))] = array
        first += len(array)
    return whole
