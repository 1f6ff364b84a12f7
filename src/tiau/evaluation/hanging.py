"""What an answer hangs on: the numbers in which members differ beside what they give -> rank correlations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from tiau.engine.members import Members, draw
from tiau.engine.unknowns import uncertain
from tiau.faults import some_of
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import PARAMETERS, Parameter
from tiau.scenario.rows import Act

Floats = NDArray[np.float64]
Key = tuple[str, str]

BY_CHANCE = 0.05
"""How often the largest of the correlations of one answer is called deciding where nothing decides."""
FEWEST = 6
"""Members of whom a third can be told from another."""
PLACES_NAMED = 2


class Judged(NamedTuple):
    """A number that was judged, as members have it.

    Attributes
    ----------
    kind : str
        "parameter", or what of an act is judged: "enforcement" or "exemption".
    name : str
        Of the parameter or act.
    meaning : str
        What the parameter means, or what the act is.
    values : float array (member,)
    """

    kind: str
    name: str
    meaning: str
    values: Floats


@dataclass(frozen=True)
class Hanging:
    """How one difference hangs on one judged number.

    Attributes
    ----------
    measure, place : str
        What the difference is of.
    unit : str
        "percent" of the baseline, or the unit of the measure where some members have a baseline of 0.
    kind, name, meaning : str
        As of `Judged`.
    low, high : float
        The 5% and 95% quantiles of the number.
    at_lowest, at_highest : float
        The median difference of the third of members with the lowest and with the highest numbers.
    correlation : float
        Spearman's rank correlation of difference and number over members.
    by_chance : float
        What the largest correlation of this difference with so many numbers stays below in 19 of 20 comparisons of as
        many members where it hangs on none.
    """

    measure: str
    place: str
    unit: str
    kind: str
    name: str
    meaning: str
    low: float
    high: float
    at_lowest: float
    at_highest: float
    correlation: float
    by_chance: float

    @property
    def decides(self) -> bool:
        """Whether the correlation is more than chance alone gives."""
        return abs(self.correlation) > self.by_chance


def judged_numbers(before: Scenario, after: Scenario, *, members: int, seed: int) -> tuple[Judged, ...]:
    """Return the judged numbers in which members of a scenario before or after a change differ, parameters first.

    A number that is the same in all members after the change, as where an order is enforced wholly, is that of before.
    """
    found: dict[tuple[str, str], Judged] = {}
    judged = [p for p in PARAMETERS if p.judged]
    for scenario in (after, before):
        drawn = draw(scenario, members=members, seed=seed, vary=("judged",))
        for one in _of_parameters(drawn, judged) + _of_acts(scenario, drawn):
            if np.ptp(one.values) > 0:
                found.setdefault((one.kind, one.name), one)
    return tuple(sorted(found.values(), key=lambda one: one.kind != "parameter"))


def varied_numbers(scenario: Scenario, *, members: int, seed: int) -> tuple[Judged, ...]:
    """Return every number in which members of a run differ, parameters first, judged or told by figures."""
    drawn = draw(scenario, members=members, seed=seed)
    numbers = _of_parameters(drawn, PARAMETERS) + _of_acts(scenario, drawn)
    return tuple(one for one in numbers if np.ptp(one.values) > 0)


def _of_parameters(drawn: Members, parameters: Iterable[Parameter]) -> list[Judged]:
    return [Judged("parameter", p.name, p.meaning, drawn.parameters[p.name]) for p in parameters]


def _of_acts(scenario: Scenario, drawn: Members) -> list[Judged]:
    by_kind = {"enforcement": drawn.judgements.enforcement, "exemption": drawn.judgements.admitted}
    return [
        Judged(kind, act.act, _in_words(act), by_kind[kind][:, column])
        for column, act in enumerate(scenario.acts)
        if (kind := uncertain(act))
    ]


def _in_words(act: Act) -> str:
    return f"{act.effect}, {act.authority}, {some_of(act.places, PLACES_NAMED)}"


def hanging(key: Key, unit: str, baseline: Floats, changed: Floats, numbers: Sequence[Judged]) -> tuple[Hanging, ...]:
    """Return how a difference hangs on judged numbers, the strongest first.

    Parameters
    ----------
    key : tuple of str
        Measure and place.
    unit : str
        Of the measure.
    baseline, changed : float arrays (member,)
    numbers : sequence of Judged
        Of the same members.

    Returns
    -------
    tuple of Hanging
        Empty where no member differs, where all differ alike, or where there are too few members.
    """
    valid = np.isfinite(changed - baseline)
    before, difference = baseline[valid], (changed - baseline)[valid]
    if difference.size < FEWEST:
        return ()
    # How many there are is what figures tell; which part of them a change concerns is what is judged.
    if (before > 0).all():
        unit, difference = "percent", 100 * difference / before
    differing = [one for one in numbers if np.ptp(one.values[valid]) > 0]
    if not np.ptp(difference) or not differing:
        return ()
    by_chance = correlation_by_chance(difference.size, of=len(differing))
    found = [_one(key, unit, difference, one, one.values[valid], by_chance) for one in differing]
    return tuple(sorted(found, key=lambda one: -abs(one.correlation)))


def _one(key: Key, unit: str, difference: Floats, judged: Judged, values: Floats, by_chance: float) -> Hanging:
    low, high = np.quantile(values, (0.05, 0.95))
    order, third = np.argsort(values, kind="stable"), values.size // 3
    lowest, highest = (float(np.median(difference[those])) for those in (order[:third], order[-third:]))
    correlation = rank_correlation(values, difference)
    name = (judged.kind, judged.name, judged.meaning)
    return Hanging(*key, unit, *name, float(low), float(high), lowest, highest, correlation, by_chance)


def rank_correlation(one: Floats, other: Floats) -> float:
    """Return Spearman's rank correlation of two arrays (member,), neither of them constant."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Floats) -> Floats:
    """Return ranks; those of equal numbers are their mean."""
    _, which, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[which]


def correlation_by_chance(members: int, *, of: int) -> float:
    """Return what the largest of several rank correlations of unrelated numbers stays below in 19 of 20 cases.

    By Student's t with a Bonferroni correction for the `of` numbers (Zar 1972, J. Am. Stat. Assoc. 67:578).
    """
    t = float(stdtrit(members - 2, 1 - BY_CHANCE / (2 * of)))
    return t / float(np.sqrt(members - 2 + t * t))
