"""What a fit learned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.unknown import Unknown


@dataclass(frozen=True)
class Posterior:
    unknowns: tuple[Unknown, ...]
    values: NDArray[np.float64]
    known_until: dt.date
    seed: int
    scenario_digest: str = ""
    noise: dict[str, float] = field(default_factory=dict)

    @property
    def members(self) -> int:
        return int(self.values.shape[1])
