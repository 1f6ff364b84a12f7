"""What is known of places and areas, by name, code, country, unit and point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tiau.building.known_places import Known, country_key
from tiau.building.likeness import Likeness
from tiau.building.nearby import Nearby
from tiau.building.place_codes import Codes
from tiau.building.place_keys import bare_key, name_key
from tiau.readers.exports.findings import Spot, Tier

MOST_ALTERNATIVES = 3
Ranked = list[tuple[int, int]]
"""Positions of those who have a name: (0, position) where it is their name, (1, position) where it is an alias."""


class Index:
    """Known places and areas, each by its position among them.

    Parameters
    ----------
    known : sequence of Known
    """

    def __init__(self, known: Sequence[Known]) -> None:
        self.known = tuple(known)
        self.countries = tuple(country_key(one.country) for one in self.known)
        self.names: dict[str, Ranked] = {}
        self.bare: dict[str, Ranked] = {}
        for position, one in enumerate(self.known):
            for index, key_of in ((self.names, name_key), (self.bare, bare_key)):
                for rank, name in ((0, one.name), *((1, alias) for alias in one.aliases)):
                    if (key := key_of(name)) and all(at != position for _, at in index.setdefault(key, [])):
                        index[key].append((rank, position))
        self.country_at = {
            self.countries[position]: position for position, one in enumerate(self.known) if one.tier == "country"
        }
        self.codes = Codes([(at, one.tier, one.code) for at, one in enumerate(self.known) if one.code])
        self._nearby = Nearby(list(self._points()))
        self.likeness = Likeness(self.known, self.countries)
        self._units: dict[tuple[str, Tier, str], int | None] = {}
        self._places_in: dict[int, tuple[int, ...]] | None = None

    def named(self, index: dict[str, Ranked], key: str, tier: Tier | None, country: str) -> Ranked:
        """Return those of a key in a country, of the level of a tier; of any level where it is None."""
        found = [
            (rank, at)
            for rank, at in index.get(key, ())
            if not country or self.countries[at] in ("", country)
        ]  # fmt: skip
        return found if tier is None else [(rank, at) for rank, at in found if tier_fits(self.known[at].tier, tier)]

    def agreement(self, spot: Spot, known: Known) -> int:
        """Return how well the units of a spot and of something known agree.

        Returns
        -------
        int
            2 if they lie in one admin 2, 1 in one admin 1, 0 where it cannot be told, -1 where they lie in others.
        """
        if known.tier in ("admin1", "country"):
            return 0
        country = country_key(known.country)
        told = 0
        levels: tuple[tuple[int, Tier, str, str], ...] = (
            (2, "admin2", spot.admin2, known.admin2 if known.is_place else ""),
            (1, "admin1", spot.admin1, known.admin1),
        )  # fmt: skip
        for level, tier, one, other in levels:
            if not one or not other:
                continue
            units = self._unit(one, tier, country), self._unit(other, tier, country)
            if name_key(one) == name_key(other) or (units[0] is not None and units[0] == units[1]):
                return level
            if None not in units:
                told = -1
        return told

    def _unit(self, text: str, tier: Tier, country: str) -> int | None:
        """Return the one known area of a level that a text names or is the code of; None without or with several."""
        key = (text, tier, country)
        if key not in self._units:
            by_code = [at for at in self.codes.find(text, tier, country) if not self.known[at].is_place]
            found = by_code[:1] or self._likeliest(self.names, name_key(text), tier, country)
            found = found or self._likeliest(self.bare, bare_key(text), tier, country)
            self._units[key] = found[0] if len(found) == 1 else None
        return self._units[key]

    def _likeliest(self, index: dict[str, Ranked], key: str, tier: Tier, country: str) -> list[int]:
        """Return the areas of a key, by name before by alias."""
        ranked = [one for one in self.named(index, key, tier, country) if not self.known[one[1]].is_place]
        best = min((rank for rank, _ in ranked), default=0)
        return list(dict.fromkeys(at for rank, at in ranked if rank == best))

    def unit_of(self, spot: Spot, country: str) -> tuple[int, Tier] | None:
        """Return the smallest known area that a spot says it lies in, and its level."""
        units: tuple[tuple[Tier, str], ...] = (
            ("admin3", "" if spot.tier == "admin3" else spot.admin3), ("admin2", spot.admin2), ("admin1", spot.admin1),
        )  # fmt: skip
        for tier, text in units:
            if text and (at := self._unit(text, tier, country)) is not None:
                return at, tier
            above = self.codes.above(spot.code, tier) if tier == "admin2" else None
            if above is not None and not self.known[above].is_place:
                return above, tier
        return None

    def in_unit(self, unit: int) -> tuple[int, ...]:
        """Return the known places of an area: those of the scenario if it has any there, else those of exports."""
        if self._places_in is None:
            inside: dict[int, list[int]] = {}
            by_name = {one.name: at for at, one in enumerate(self.known) if one.is_place and one.in_scenario}
            for at, one in enumerate(self.known):
                for member in one.members:
                    inside.setdefault(at, []).append(by_name[member])
            of_scenario = set(inside)
            for at, one in enumerate(self.known):
                levels: tuple[tuple[Tier, str], ...] = (("admin2", one.admin2), ("admin1", one.admin1))
                for tier, text in levels if one.is_place and not one.in_scenario else ():
                    of = self._unit(text, tier, self.countries[at]) if text else None
                    if of is not None and of not in of_scenario:
                        inside.setdefault(of, []).append(at)
            self._places_in = {of: tuple(dict.fromkeys(places)) for of, places in inside.items()}
        return self._places_in.get(unit, ())

    def near(self, spot: Spot, country: str, most: int, *, in_scenario: bool = False) -> list[tuple[float, int]]:
        """Return the distance in km and the position of the places nearest to a spot, of a country if one is given."""
        if spot.lat is None or spot.lon is None:
            return []
        return self._nearby.nearest((country, in_scenario), spot.lat, spot.lon, most)

    def _points(self) -> Iterator[tuple[int, float, float, tuple[str, bool]]]:
        for position, one in enumerate(self.known):
            if one.is_place and one.lat is not None and one.lon is not None:
                for country in dict.fromkeys((self.countries[position], "")):
                    yield position, one.lat, one.lon, (country, False)
                    if one.in_scenario:
                        yield position, one.lat, one.lon, (country, True)

    def labels(self, positions: Sequence[int], spot: Spot) -> tuple[str, ...]:
        """Return how some of those known are told: their name, and what tells them from others of it."""
        return tuple(self._label(at, spot) for at in tuple(dict.fromkeys(positions))[:MOST_ALTERNATIVES])

    def _label(self, at: int, spot: Spot) -> str:
        known = self.known[at]
        km = known.km_to(spot.lat, spot.lon) if known.is_place else None
        beside = [
            "" if known.is_place else tier_word(known.tier), known.country if known.country != known.name else "",
            f"{km:,.0f} km" if km is not None else "",
        ]  # fmt: skip
        said = ", ".join(filter(None, beside))
        return f"{known.name} ({said})" if said else known.name


def tier_fits(known: Tier, wanted: Tier) -> bool:
    """Whether something known is of the level that an export speaks of; a blank level can be any."""
    if wanted in ("place", "point"):
        return known == "place"
    return wanted == "" or known in (wanted, "")


def tier_word(tier: Tier) -> str:
    """Return a level in words."""
    return tier.replace("admin", "admin ") or "area"
