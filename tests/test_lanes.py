"""Rows of eight numbers are added up as numpy does it; what is known is made once, and the oldest is forgotten."""

import numpy as np

from tiau.engine.kernels.lanes import LANES, add, add_times, clear, multiply
from tiau.engine.known import Known
from tiau.engine.streams import lean


@lean
def every_way(rows, others):
    add(rows, 0, others, 1)
    add_times(rows, 1, others, 0, 0.25)
    multiply(rows, 2, others, 0, others, 2, 3.0)
    clear(rows, 3)


def test_rows_are_added_multiplied_and_cleared_alone():
    rng = np.random.default_rng(1)
    rows, others = rng.random((6, LANES)), rng.random((3, LANES))
    wanted = rows.copy()
    wanted[0] += others[1]
    wanted[1] += others[0] * 0.25
    wanted[2] = others[0] * 3.0 * others[2]
    wanted[3] = 0.0
    every_way(rows, others)
    assert np.array_equal(rows, wanted)


def test_the_same_arrays_and_numbers_are_asked_once():
    made, known = [], Known(2)

    def ask(*parts):
        return known.of(lambda: made.append(parts) or len(made), *parts)

    assert [ask(np.arange(3), 1.0), ask(np.arange(3), 1.0), ask(np.arange(3), 2.0)] == [1, 1, 2]
    # Of another type or shape they are others, and the one that was not asked for longest is forgotten.
    assert [ask(np.arange(3.0), 1.0), ask(np.arange(3), 2.0), ask(np.arange(3), 1.0)] == [3, 2, 4]
