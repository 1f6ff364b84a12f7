"""Which names are much like a name: never of another number or quarter of the wind, never of a code."""

from __future__ import annotations

from collections.abc import Sequence

from tiau.building.known_places import Known
from tiau.building.place_keys import bare_key, consonants, name_key, told_apart_by

LEAST = 85.0
CLEARLY = 5.0
SHORTEST = 4
COMPARED = 25
COMPARED_FROM = 70.0
FEWEST_CONSONANTS = 3
_Group = tuple[str, bool]


class Likeness:
    """Names of known places and areas by country, to be compared letter by letter.

    Parameters
    ----------
    known : sequence of Known
    countries : sequence of str
        The key of the country of each.
    """

    def __init__(self, known: Sequence[Known], countries: Sequence[str]) -> None:
        self._groups: dict[_Group, tuple[list[str], list[tuple[int, str]]]] = {}
        for position, (one, country) in enumerate(zip(known, countries, strict=True)):
            names = {key: name for name in (one.name, *one.aliases) for key in (name_key(name), bare_key(name)) if key}
            for within in dict.fromkeys((country, "")):
                keys, whose = self._groups.setdefault((within, not one.is_place), ([], []))
                keys += names
                whose += [(position, name) for name in names.values()]

    def like(self, name: str, country: str, *, areas: bool) -> list[tuple[float, int]]:
        """Return the scores (85 to 100) and positions of those whose name is much like one, the best first."""
        if len(name_key(name)) < SHORTEST:
            return []
        apart = told_apart_by(name)
        best: dict[int, float] = {}
        for letters, position, other, key in self._compared(name, (country, areas), COMPARED_FROM):
            score = _with_sounds(letters, name_key(name), key)
            if score >= LEAST and told_apart_by(other) == apart:
                best[position] = max(score, best.get(position, 0.0))
        return sorted(((score, position) for position, score in best.items()), key=lambda one: -one[0])

    def clear(self, alike: Sequence[tuple[float, int]]) -> tuple[float, int] | None:
        """Return the best of some that are alike, if the second is clearly less so."""
        if not alike or (len(alike) > 1 and alike[0][0] - alike[1][0] < CLEARLY):
            return None
        return alike[0]

    def nearest(self, name: str, country: str, most: int) -> list[int]:
        """Return the positions of those whose names are the most like one, however little."""
        if not name_key(name):
            return []
        found = [one for areas in (False, True) for one in self._compared(name, (country, areas), 0.0)]
        return list(dict.fromkeys(position for _, position, *_ in sorted(found, key=lambda one: -one[0])))[:most]

    def _compared(self, name: str, group: _Group, least: float) -> list[tuple[float, int, str, str]]:
        from rapidfuzz import fuzz, process

        keys, whose = self._groups.get(group, ([], []))
        found = process.extract(name_key(name), keys, scorer=fuzz.ratio, score_cutoff=least, limit=COMPARED)
        return [(score, *whose[at], key) for key, score, at in found]


def _with_sounds(letters: float, one: str, other: str) -> float:
    """Return how much alike two keys are, 0 to 100: by their letters, or half by these and half by their consonants."""
    from rapidfuzz import fuzz

    sounds = consonants(one), consonants(other)
    if min(map(len, sounds)) < FEWEST_CONSONANTS:
        return letters
    return max(letters, (letters + fuzz.ratio(*sounds)) / 2)
