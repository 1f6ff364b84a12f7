"""What a what-if comes to: each measure beside the baseline, member by member."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiau.what_ifs.editing import Changed
from tiau.what_ifs.measures import MEASURES, Floats, Unit

LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Difference:
    """One measure of a what-if beside the baseline, member by member.

    Attributes
    ----------
    measure, place : str
        A key of `MEASURES`; the crossing, place or area it is of, or an empty text.
    baseline, changed : float arrays (member,)
        NaN where the measure has no value in a member.
    """

    measure: str
    place: str
    baseline: Floats
    changed: Floats

    @property
    def unit(self) -> Unit:
        """The unit of the measure."""
        return MEASURES[self.measure].unit

    @property
    def by_member(self) -> Floats:
        """Changed minus baseline (member,), without members in which either has no value."""
        found = self.changed - self.baseline
        return found[np.isfinite(found)]

    @property
    def band(self) -> tuple[float, float, float]:
        """The 5%, 50% and 95% quantiles of the difference; NaN where no member has one."""
        return band_of(self.by_member)

    @property
    def rising(self) -> float:
        """Share of members in which the measure rises."""
        return float(np.mean(self.by_member > 0)) if self.by_member.size else 0.0

    @property
    def falling(self) -> float:
        """Share of members in which the measure falls."""
        return float(np.mean(self.by_member < 0)) if self.by_member.size else 0.0

    @property
    def tells(self) -> bool:
        """Whether the 90% range of the difference excludes 0."""
        # NaN compares as False, so where no member has a value nothing is told.
        low, _, high = self.band
        return low > 0 or high < 0

    @property
    def same(self) -> bool:
        """Whether no member differs."""
        return not self.by_member.any()

    @property
    def pairing(self) -> float:
        """Standard deviation of the paired difference over that with the baseline's members shuffled.

        Over all cyclic shifts of the members the unpaired variance is exactly the sum of both variances.
        """
        valid = np.isfinite(self.changed - self.baseline)
        unpaired = np.sqrt(np.var(self.changed[valid]) + np.var(self.baseline[valid])) if valid.any() else 0.0
        return float(np.std(self.by_member) / unpaired) if unpaired > 0 else float("nan")


@dataclass(frozen=True)
class Outcome:
    """What one what-if comes to.

    Attributes
    ----------
    change : Changed
    differences : tuple of Difference
    daily : dict of str to float array (day, member), persons
        Changed minus baseline by day: entries, present at the place of the series, and people stuck.
    """

    change: Changed
    differences: tuple[Difference, ...]
    daily: dict[str, Floats]

    @property
    def name(self) -> str:
        """The name of the what-if."""
        return self.change.what_if.name

    def of(self, measure: str, place: str = "") -> Difference:
        """Return one difference.

        Raises
        ------
        KeyError
            If there is none of this measure and place.
        """
        for found in self.differences:
            if (found.measure, found.place) == (measure, place):
                return found
        msg = f"no difference in {measure} {place}".strip()
        raise KeyError(msg)


def band_of(values: Floats) -> tuple[float, float, float]:
    """Return the 5%, 50% and 95% quantiles of numbers; NaN where there are none."""
    valid = values[np.isfinite(values)]
    low, middle, high = np.quantile(valid, LEVELS) if valid.size else (np.nan,) * 3
    return float(low), float(middle), float(high)
