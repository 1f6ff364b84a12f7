"""Stand-in for `tiau.results.disclosure` until that is merged."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def shown(values: NDArray[np.floating[Any]], below: int) -> NDArray[np.float64]:
    """Return counts of persons as multiples of `below`, halves up; NaN where one is above 0 and less than that."""
    unit = max(1, below)
    counts = np.asarray(values, dtype=float)
    hidden = (counts > 0) & (counts < unit) & (unit > 1)
    return np.where(hidden, np.nan, np.floor(counts / unit + 0.5) * unit)
