"""Quantiles over members, many columns at a time."""

from __future__ import annotations

import math

import numpy as np

from tiau.engine.streams import compiled


@compiled
def over_members(values, levels, out):
    """Fill `out` (level, column) with linearly interpolated quantiles of `values` (column, member)."""
    columns, members = values.shape
    sorted_values = np.empty(members)
    for c in range(columns):
        highest = 0.0
        for m in range(members):
            sorted_values[m] = values[c, m]
            highest = max(highest, abs(values[c, m]))
        if highest == 0.0:
            for q in range(levels.size):
                out[q, c] = 0.0
            continue
        sorted_values.sort()
        for q in range(levels.size):
            position = levels[q] * (members - 1)
            low = math.floor(position)
            high = min(low + 1, members - 1)
            part = position - low
            out[q, c] = sorted_values[low] * (1.0 - part) + sorted_values[high] * part
