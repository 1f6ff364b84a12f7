"""Quantiles over members of what is followed, by day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiau.results.variables import QUANTILES

Values = NDArray[np.float32]


def fan(values: Values) -> Values:
    """Return linearly interpolated quantiles (level, day) of values (day, member), at the levels of results."""
    ordered = np.sort(values, axis=-1)
    position = np.asarray(QUANTILES) * (values.shape[-1] - 1)
    low = np.floor(position).astype(np.intp)
    part = position - low
    above = np.minimum(low + 1, values.shape[-1] - 1)
    found = ordered[..., low] * (1.0 - part) + ordered[..., above] * part
    return np.asarray(np.moveaxis(found, -1, 0), np.float32)
