"""Every report beside what the run would report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.observations.ledger import Placement
from tiau.observations.reporting import averaged, log_likelihoods
from tiau.results.covered import covered

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Fit:
    """One report beside what the run would report; quantiles are None unless the report is placed."""

    placement: Placement
    p05: float | None
    p50: float | None
    p95: float | None
    log_likelihood: float | None

    @property
    def verdict(self) -> str:
        """Where the reported figure lies against the 5-95% band, in a few words."""
        if self.p05 is None or self.p95 is None:
            return f"{self.placement.status}: {self.placement.reason}"
        report = self.placement.report
        low = report.low if report.bound == "range" else report.value
        high = report.high if report.bound == "range" else report.value
        too_high = low is not None and report.bound != "at_most" and low > self.p95
        too_low = high is not None and report.bound != "at_least" and high < self.p05
        return "above the band" if too_high else "below the band" if too_low else "inside"


def fits(
    placements: tuple[Placement, ...], figures: Floats, truth: Floats, parameters: Mapping[str, Floats],
    key: NDArray[np.uint64] | None,
) -> tuple[Fit, ...]:  # fmt: skip
    """Set every report beside the run, in the order of reports.csv; see `Arrays` for what is given."""
    found = []
    for row, placement in enumerate(placements):
        if placement.status != "placed":
            found.append(Fit(placement, None, None, None, None))
            continue
        low, middle, high = np.quantile(figures[row], (0.05, 0.5, 0.95))
        counted = covered(placement, truth[row], parameters, key)
        likelihood = averaged(log_likelihoods(placement.report, counted, placement.counting.noise))
        found.append(Fit(placement, float(low), float(middle), float(high), likelihood))
    return tuple(found)
