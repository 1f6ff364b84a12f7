"""Quantiles over members, many columns at a time."""

from __future__ import annotations

import math

import numpy as np

from tiau.engine.streams import compiled

COUNTED_PER_MEMBER = 3


@compiled
def _sort_small(values, tally, highest):
    """Sort small whole numbers by counting them; `tally` is all zero before and after."""
    for m in range(values.size):
        tally[int(values[m])] += 1
    m = 0
    for value in range(highest + 1):
        for _ in range(tally[value]):
            values[m] = value
            m += 1
        tally[value] = 0


@compiled
def over_members(values, levels, out):
    """Fill `out` (level, column) with linearly interpolated quantiles of counts `values` (column, member)."""
    columns, members = values.shape
    sorted_values = np.empty(members)
    tally = np.zeros(COUNTED_PER_MEMBER * members + 1, np.int64)
    for c in range(columns):
        highest = 0.0
        whole = True
        for m in range(members):
            value = values[c, m]
            sorted_values[m] = value
            highest = max(highest, value)
            whole = whole and value == math.floor(value)
        if highest == 0.0:
            for q in range(levels.size):
                out[q, c] = 0.0
            continue
        if whole and highest < tally.size:
            _sort_small(sorted_values, tally, int(highest))
        else:
            sorted_values.sort()
        for q in range(levels.size):
            position = levels[q] * (members - 1)
            low = math.floor(position)
            high = min(low + 1, members - 1)
            part = position - low
            out[q, c] = sorted_values[low] * (1.0 - part) + sorted_values[high] * part
