"""What is known where a text is read: the places, countries, groups and reports of a scenario, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal

from tiau.readers.articles.language import languages
from tiau.readers.articles.sentences import words_of
from tiau.scenario.countries import countries
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer
from tiau.scenario.rows import Group

SHORTEST_NAME = 3
"""Letters of a name that is looked for; shorter ones are words of other things too easily."""
LETTERS_OF_A_GROUP = 5
"""Of the name of a group, so that "soldiers" is found in "soldiery"."""
Tier = Literal["", "place", "admin2", "admin1", "country", "area"]


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What is known where a text is read: the places, countries, groups and reports of a scenario, or nothing.

    Attributes
    ----------
    scenario : Scenario or None
    keys : dict of tuple of str to str
        Proper names of places and areas by the words of any of their names.
    home : frozenset of str
        Countries that people leave.
    """

    scenario: Scenario | None = None
    keys: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    home: frozenset[str] = frozenset()

    @classmethod
    def of(cls, scenario: Scenario | None) -> Surroundings:
        """Return those of a scenario, or of none."""
        if scenario is None:
            return cls()
        home = scenario.settings.countries.home or tuple(p.country for p in scenario.places if p.kind == "origin")
        return cls(scenario, _keys(scenario.names), frozenset(home))

    @property
    def names(self) -> Gazetteer | None:
        """Names of the scenario."""
        return self.scenario.names if self.scenario else None

    def tier(self, name: str) -> Tier:
        """Return how large a place or area of the scenario is."""
        if self.scenario is None or name not in self.scenario.names:
            return ""
        return "place" if name.casefold() in self.scenario.names.place_index else self._tiers.get(name, "area")

    @cached_property
    def _tiers(self) -> dict[str, Tier]:
        """Units that places lie in; a name of several is that of the largest."""
        tiers: tuple[Tier, ...] = ("admin2", "admin1", "country")
        places = self.scenario.places if self.scenario else ()
        return {getattr(place, tier): tier for tier in tiers for place in places}

    def at_home(self, name: str) -> bool | None:
        """Whether a place lies in a country that people leave; None where that is not known."""
        if self.scenario is None:
            return None
        lies_in = {self.scenario.places[at].country for at in self.scenario.names.members(name)} or {name}
        return True if lies_in <= self.home else False if lies_in.isdisjoint(self.home) else None

    def inside(self, name: str, other: str) -> bool:
        """Whether one place of the scenario is another one or lies in it."""
        if self.scenario is None:
            return False
        members, others = self.scenario.names.members(name), self.scenario.names.members(other)
        return bool(members) and set(members) <= set(others)

    def groups(self, kind: str) -> list[Group]:
        """Return the groups of the scenario with a kind of people in their name or class of risk, such as "police"."""
        stem = kind.rstrip("s")[:LETTERS_OF_A_GROUP]
        return [
            row for row in (self.scenario.groups if self.scenario else ())
            if any(word.startswith(stem) for word in words_of(f"{row.risk_class} {row.group}"))
        ]  # fmt: skip


def _keys(names: Gazetteer) -> dict[tuple[str, ...], str]:
    proper = {words_of(name): names.proper(name) for name in names if len(name) >= SHORTEST_NAME}
    short: dict[tuple[str, ...], str] = {}
    for words, name in proper.items():
        # Papers leave out what kind of unit it is, where nothing else has the name.
        if len(words) > 1 and words[-1] in _units():
            short.setdefault(words[:-1], name)
    return {words: name for words, name in {**short, **proper}.items() if words}


@cache
def _units() -> frozenset[str]:
    return frozenset(noun for language in languages() for noun in language.places.nouns)


@cache
def country_keys() -> dict[tuple[str, ...], str]:
    """Return names of countries by the words of any of their names."""
    return {
        words_of(name): one.name
        for one in reversed(countries())
        for name in (*one.names, one.name)
        if len(name) > SHORTEST_NAME
    }
