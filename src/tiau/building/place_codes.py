"""Codes of areas and places: p-codes are the same with two or three letters, with or without zeros that fill up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from tiau.readers.exports.findings import Tier
from tiau.scenario.countries import country as country_of

_PCODE = re.compile(r"([A-Z]{2,3})?([0-9]{1,12})")
LEVELS: dict[Tier, int] = {"admin1": 1, "admin2": 2, "admin3": 3}


def parted(code: str) -> tuple[str, str]:
    """Return the country of a p-code (its ISO code of three letters) and its digits; both blank where it is none."""
    found = _PCODE.fullmatch(re.sub(r"[\W_]", "", code.upper()))
    if found is None:
        return "", ""
    if not found[1]:
        return "", found[2]
    known = country_of(found[1])
    return (known.iso3, found[2]) if known else ("", "")


def tier_of(code: str) -> Tier:
    """Return the level that a p-code seems to be of by its length; blank where it is none."""
    country, digits = parted(code)
    if not country:
        return ""
    return "admin1" if len(digits) <= 3 else "admin2" if len(digits) <= 6 else "admin3"


class Codes:
    """Which known places and areas have a code, however it is written.

    Parameters
    ----------
    coded : sequence of (position, tier, code)
    """

    def __init__(self, coded: Sequence[tuple[int, Tier, str]]) -> None:
        self._exact: dict[str, list[int]] = {}
        self._digits: dict[tuple[str, str], list[int]] = {}
        self._numbers: dict[tuple[str, tuple[int, ...]], list[int]] = {}
        self._tiers = {position: tier for position, tier, _ in coded}
        parts = {position: parted(code) for position, _, code in coded}
        bodies = {(where, LEVELS[tier], digits) for position, tier, _ in coded if tier in LEVELS
                  for where, digits in (parts[position],)}  # fmt: skip
        for position, tier, code in coded:
            self._exact.setdefault(_written(code), []).append(position)
            where, digits = parts[position]
            if not where or tier not in LEVELS:
                continue
            numbers = tuple(map(int, _by_level(where, digits, LEVELS[tier], bodies)))
            # Without a country too: codes whose country is nowhere said.
            for within in (where, ""):
                self._digits.setdefault((within, digits), []).append(position)
                self._numbers.setdefault((within, numbers), []).append(position)

    def find(self, code: str, tier: Tier, country: str) -> tuple[int, ...]:
        """Return the positions of those who have a code; several where it does not tell them apart.

        Parameters
        ----------
        code : str
        tier : Tier
            Of what it is the code; digits alone are codes of areas.
        country : str
            ISO code of three letters, for codes that name none; blank where it is not known.
        """
        if not code:
            return ()
        if found := self._of_tier(self._exact.get(_written(code), []), tier):
            return found
        within, digits = parted(code)
        if not digits or (not within and tier not in LEVELS):
            return ()
        within = within or country
        if found := self._of_tier(self._digits.get((within, digits), []), tier):
            return found
        splits = (self._numbers.get((within, numbers), ()) for numbers in _readings(digits, tier))
        return self._of_tier(list(dict.fromkeys(position for found in splits for position in found)), tier)

    def above(self, code: str, tier: Tier) -> int | None:
        """Return the position of the area of a level whose code begins a longer one; None without or with several."""
        country, digits = parted(code)
        for length in range(len(digits) - 1, 0, -1):
            found = [at for at in self._digits.get((country, digits[:length]), ()) if self._tiers[at] == tier]
            if country and found:
                return found[0] if len(found) == 1 else None
        return None

    def _of_tier(self, found: list[int], tier: Tier) -> tuple[int, ...]:
        same = tuple(position for position in found if self._tiers[position] == tier)
        others = tuple(position for position in found if tier not in LEVELS or self._tiers[position] not in LEVELS)
        return same or others


def _written(code: str) -> str:
    return re.sub(r"[\W_]", "", code.upper())


def _by_level(where: str, digits: str, level: int, bodies: set[tuple[str, int, str]]) -> tuple[str, ...]:
    """Return the digits of a known code level by level: those above it are known themselves, or as long as is usual."""
    if level == 1:
        return (digits,)
    above = [
        digits[:length] for length in range(len(digits) - 1, 0, -1) if (where, level - 1, digits[:length]) in bodies
    ]
    usual = 2 if level == 2 else len(digits) - 2
    upper = above[0] if above else digits[: min(max(usual, 1), len(digits) - 1)]
    return (*_by_level(where, upper, level - 1, bodies), digits[len(upper) :] or "0")


def _readings(digits: str, tier: Tier) -> Iterator[tuple[int, ...]]:
    """Iterate over the numbers that digits can be at the levels of a tier, or at any: 4001 is 4 and 1, 40 and 1, ..."""
    for level in (LEVELS[tier],) if tier in LEVELS else LEVELS.values():
        for cuts in combinations(range(1, len(digits)), level - 1):
            ends = (0, *cuts, len(digits))
            yield tuple(int(digits[start:end]) for start, end in pairwise(ends))
