"""Differences and their two ranges in words: over everything that is not known, and given the judged numbers."""

from __future__ import annotations

import math

from tiau.what_ifs.differences import Band, Difference
from tiau.what_ifs.measures import MEASURES

OVER_ALL = "over everything that is not known"
GIVEN = "given the numbers that were assumed"
TABLE_NOTE = (
    "Medians over runs; the difference is the median of differences run by run, not that of the two medians beside "
    f"it. 90% ranges of the difference: first {OVER_ALL}, then {GIVEN}."
)
SMALL: dict[str, float] = {"persons": 10, "attempts": 10, "days": 0.1}
"""Differences below these are as good as none."""
ABOUT_NONE = "about 0"
NEXT_TO_NONE = ({ABOUT_NONE}, {ABOUT_NONE, "0"})
FEW = 100
"""Below so many members the ends of a range are those of a handful."""


def table_note(members: int) -> str:
    """Say what the columns of a comparison are, and that ranges are rough where there are few members."""
    if members >= FEW:
        return TABLE_NOTE
    return f"{TABLE_NOTE} Ranges of fewer than {FEW} runs are rough: the second can come out as the wider one."


def subject(found: Difference) -> str:
    """Say what a difference is of, in a few words."""
    measure = MEASURES[found.measure]
    return measure.words_at.format(place=found.place) if found.place else measure.words


def rounded(number: float, digits: int = 2) -> str:
    """Write the size of a number of people with so many significant digits, a small one as a whole number."""
    return f"{significant(abs(number), digits):,.0f}"


def significant(size: float, digits: int) -> float:
    """Return a size with so many significant digits; one that has no more before its point as it is."""
    if size < 10**digits:
        return size
    step = 10 ** (math.floor(math.log10(size)) + 1 - digits)
    return float(round(size / step) * step)


def signed(number: float, unit: str = "persons") -> str:
    """Write a difference with its sign, rounded; "no value" where there is none, "about 0" for a few people."""
    if math.isnan(number):
        return "no value"
    text = f"{abs(number):.1f}" if unit == "days" else rounded(number)
    if text != "0" and unit != "days" and abs(number) < SMALL[unit]:
        return ABOUT_NONE
    return f"{'-' if number < 0 else '+'}{text}" if text.strip("0.") else "0"


def level(number: float, unit: str = "persons") -> str:
    """Write how many there are, rounded; "no value" where there is none."""
    if math.isnan(number):
        return "no value"
    return f"{number:.1f}" if unit == "days" else rounded(number, 3)


def percent(number: float) -> str:
    """Write a difference in percent with its sign; "no value" where there is none."""
    if math.isnan(number):
        return "no value"
    decimals = 1 if abs(number) < 0.95 else 0
    return f"{number:+.{decimals}f}%" if round(number, decimals) else "0%"


def range_of(band: Band, unit: str) -> str:
    """Write the 5% and 95% quantiles of a difference."""
    low, _, high = band
    if math.isnan(low):
        return "no value in any member"
    low_text, high_text = (percent(x) if unit == "percent" else signed(x, unit) for x in (low, high))
    # Between what all may be and none lies no range: ends are worked out between rounded numbers.
    return ABOUT_NONE if {low_text, high_text} in NEXT_TO_NONE else f"{low_text} to {high_text}"


def next_to_nothing(found: Difference) -> bool:
    """Whether both ranges of a difference hold nothing that is worth telling."""
    return all(range_of(band, found.unit) in (ABOUT_NONE, "0 to 0") for band in (found.band, found.given_band))


def ranges(found: Difference) -> str:
    """Write both ranges of a difference, that over everything first."""
    return f"{range_of(found.band, found.unit)}; {range_of(found.given_band, found.unit)}"
