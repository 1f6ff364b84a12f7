"""What a what-if comes to: each measure beside the baseline, member by member."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tiau.evaluation.hanging import Hanging
from tiau.what_ifs.editing import Changed
from tiau.what_ifs.measures import MEASURES, Floats, Unit

LEVELS = (0.05, 0.5, 0.95)
Band = tuple[float, float, float]


def _nobody() -> Floats:
    return np.empty(0)


@dataclass(frozen=True)
class Difference:
    """One measure of a what-if beside the baseline, member by member.

    Attributes
    ----------
    measure, place : str
        A key of `MEASURES`; the crossing, place or area it is of, or an empty text.
    baseline, changed : float arrays (member,)
        Of members that differ in everything that is not known. NaN where the measure has no value in a member.
    given_baseline, given_changed : float arrays (member,)
        Of members that all have the judged numbers as they are given; fewer, or none.
    """

    measure: str
    place: str
    baseline: Floats
    changed: Floats
    given_baseline: Floats = field(default_factory=_nobody)
    given_changed: Floats = field(default_factory=_nobody)

    @property
    def unit(self) -> Unit:
        """The unit of the measure."""
        return MEASURES[self.measure].unit

    @property
    def by_member(self) -> Floats:
        """Changed minus baseline (member,), without members in which either has no value."""
        return _valid(self.changed - self.baseline)

    @property
    def band(self) -> Band:
        """The 5%, 50% and 95% quantiles of the difference; NaN where no member has one."""
        return band_of(self.by_member)

    @property
    def given_band(self) -> Band:
        """The same, given the numbers that were judged."""
        return band_of(self.given_changed - self.given_baseline)

    @property
    def percent(self) -> Band:
        """The same quantiles of the difference in percent of the baseline, of members in which that is above 0."""
        return band_of(in_percent(self.baseline, self.changed))

    @property
    def given_percent(self) -> Band:
        """The same, given the numbers that were judged."""
        return band_of(in_percent(self.given_baseline, self.given_changed))

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
        """Whether the 90% range of the difference excludes 0, over everything that is not known."""
        return _excludes_0(self.band)

    @property
    def given_tells(self) -> bool:
        """Whether it does given the numbers that were judged."""
        return _excludes_0(self.given_band)

    @property
    def same(self) -> bool:
        """Whether no member differs."""
        return not (self.by_member.any() or _valid(self.given_changed - self.given_baseline).any())

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
    hanging : tuple of Hanging
        On which judged numbers its headline measures hang, the strongest first.
    """

    change: Changed
    differences: tuple[Difference, ...]
    daily: dict[str, Floats]
    hanging: tuple[Hanging, ...] = ()

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


def band_of(values: Floats) -> Band:
    """Return the 5%, 50% and 95% quantiles of numbers; NaN where there are none."""
    valid = _valid(values)
    low, middle, high = np.quantile(valid, LEVELS) if valid.size else (np.nan,) * 3
    return float(low), float(middle), float(high)


def in_percent(baseline: Floats, changed: Floats) -> Floats:
    """Return what changes in percent of the baseline (member,); NaN where that is not above 0."""
    found = np.full(baseline.shape, np.nan)
    np.divide(changed - baseline, baseline, out=found, where=baseline > 0)
    return 100 * found


def _valid(values: Floats) -> Floats:
    return values[np.isfinite(values)]


def _excludes_0(band: Band) -> bool:
    # NaN compares as False, so where no member has a value nothing is told.
    low, _, high = band
    return low > 0 or high < 0
