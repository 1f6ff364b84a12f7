"""What exports know of a scenario's countries before it is decided what becomes a place: areas, towns and camps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tiau.building.place_codes import parted
from tiau.building.place_keys import bare_key, name_key
from tiau.readers.exports.findings import (
    Finding,
    FoundArea,
    FoundCrossing,
    FoundEvent,
    FoundFigure,
    FoundPlace,
    FoundPopulation,
    Spot,
    Tier,
)
from tiau.scenario.countries import country
from tiau.scenario.geography import great_circle_km
from tiau.scenario.quantities import STOCKS
from tiau.scenario.rows import Area as AreaRow
from tiau.scenario.rows import Place

SAME_TOWN_KM = 15.0
"""Two places of one name in one country are one place if they lie no further apart."""
TIERS = ("admin1", "admin2", "admin3")
SETTLED = 1_000_000
"""Votes for the area in which a scenario has a place already: no export says otherwise."""
_BEHIND = re.compile(r" \(admin [123]\)$")


def name_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name: as it is, and without words such as camp or district."""
    return tuple(dict.fromkeys(filter(None, (name_key(name), bare_key(name)))))


def code_keys(code: str) -> tuple[str, ...]:
    """Return the key of a p-code, whatever fills it up; none for other texts."""
    digits = parted(code)[1].lstrip("0")
    return (f"#{digits}",) if digits else ()


def bare_name(name: str) -> str:
    """Return the name of an area without what tells it from a place of the same name."""
    return _BEHIND.sub("", name)


def _tier(text: str) -> Tier:
    return "admin1" if text == "admin1" else "admin2" if text == "admin2" else "admin3"


def _in_region(name: str, region: str) -> str:
    return name if name.endswith(f" ({region})") else f"{name} ({region})"


def _of_one_name(area: Area, spot: Spot) -> bool:
    """Whether a spot is another area than the one of its name: with another code, in another region."""
    above = (area.admin1, spot.admin1)
    return (
        bool(area.code and spot.code and area.name)
        and set(code_keys(area.code)).isdisjoint(code_keys(spot.code))
        and all(above)
        and not any(code_keys(name) for name in above)
        and set(name_keys(above[0])).isdisjoint(name_keys(above[1]))
    )


@dataclass
class Area:
    """An admin area.

    Attributes
    ----------
    tier, country, name, code, admin1 : str
    aliases : dict of str to None
    lat, lon : float or None
        Its middle.
    people : list of (float, str, int or None)
        Populations with their source and year.
    called : str
        Its name in the scenario, where it has one already.
    """

    tier: str
    country: str
    name: str
    code: str = ""
    admin1: str = ""
    admin2: str = ""
    aliases: dict[str, None] = field(default_factory=dict)
    lat: float | None = None
    lon: float | None = None
    people: list[tuple[float, str, int | None]] = field(default_factory=list)
    called: str = ""


@dataclass
class Town:
    """A town, camp or site.

    Attributes
    ----------
    country, name : str
    lat, lon : float
    kind : {"town", "camp"}
    population : float or None
    seat : str
    closed : bool
    aliases : dict of str to None
    areas : Counter of str
        How often exports put it into each admin2, or admin1 with the tier before it: "admin1 West Darfur".
    mentions : int
        Events, figures and crossings that name it.
    counted : bool
        Whether an export counts people who stay there.
    source : str
    place : str
        Its name in the scenario, where it is a place already.
    """

    country: str
    name: str
    lat: float
    lon: float
    kind: str = "town"
    population: float | None = None
    seat: str = ""
    closed: bool = False
    aliases: dict[str, None] = field(default_factory=dict)
    areas: Counter[tuple[str, str]] = field(default_factory=Counter)
    mentions: int = 0
    counted: bool = False
    source: str = ""
    place: str = ""

    def km_to(self, lat: float, lon: float) -> float:
        """Return the distance to a point."""
        return great_circle_km(self.lat, self.lon, lat, lon)


class Pool:
    """Areas and towns of some countries, each once however many exports name it.

    Parameters
    ----------
    countries : iterable of str
        Their names; others are passed over.
    """

    def __init__(self, countries: Iterable[str]) -> None:
        self.countries = frozenset(countries)
        self.areas: list[Area] = []
        self.towns: list[Town] = []
        self.meant: dict[int, Area | Town] = {}
        """What findings of areas, populations and places are of, by their identity."""
        self._told: set[tuple[str, str]] = set()
        """Countries and tiers of which some area has a code, or is the scenario's already."""
        self._area: dict[tuple[str, str, str], Area] = {}
        self._towns: dict[tuple[str, str], list[Town]] = {}

    def seed(self, places: Iterable[Place], areas: Iterable[AreaRow]) -> None:
        """Take up what a scenario has already."""
        tiers: dict[tuple[str, str], tuple[str, str]] = {}
        for place in places:
            tiers |= {
                (place.country, place.admin2): ("admin2", place.admin1),
                (place.country, place.admin1): ("admin1", ""),
            }
        for row in areas:
            extra = dict(row.extra)
            for nation in self.countries if not (own := extra.get("x_country", "")) else {own} & self.countries:
                tier, above = tiers.get((nation, row.area), (extra.get("x_tier", ""), ""))
                if tier in TIERS:
                    name = bare_name(row.area)
                    area = self._area_of(nation, Spot(_tier(tier), name, row.code, admin1=above, aliases=row.aliases))
                    self._name(area, row.area)
        for place in places:
            if place.country in self.countries:
                self._seed_place(place)

    def _name(self, area: Area, called: str) -> None:
        """Note what an area is called in the scenario."""
        area.called = called
        self._told.add((area.country, area.tier))

    def _seed_place(self, place: Place) -> None:
        spot = Spot("place", place.place, lat=place.lat, lon=place.lon, admin1=bare_name(place.admin1),
                    admin2=bare_name(place.admin2), aliases=place.aliases)  # fmt: skip
        for tier, name, above in (("admin1", place.admin1, ""), ("admin2", place.admin2, place.admin1)):
            if name and not self.area(place.country, tier, name, bare_name(name)):
                found = self._area_of(place.country, Spot(_tier(tier), bare_name(name), admin1=bare_name(above)))
                self._name(found, name)
        town = self._new_town(place.country, spot)
        town.place, town.population, town.source = place.place, place.population, place.source
        town.kind = "camp" if place.kind == "camp" else "town"
        self._note_areas(town, spot, SETTLED)

    def take(self, findings: Iterable[Finding]) -> None:
        """Take up what findings say of areas and towns: areas and gazetteers first, what merely names them last."""
        kept = list(findings)
        for kind in (FoundArea, FoundPopulation):
            for area in kept:
                if isinstance(area, kind) and area.spot.tier in TIERS:
                    self._take_area(area)
        for place in kept:
            if isinstance(place, FoundPlace):
                self._take_place(place)
        staying = {f.spot for f in kept if isinstance(f, FoundFigure) and f.quantity in STOCKS}
        seen: dict[Spot, int] = {}
        for finding in kept:
            if isinstance(finding, FoundEvent | FoundFigure):
                seen[finding.spot] = seen.get(finding.spot, 0) + 1
        for spot, times in seen.items():
            self._take_mention(spot, times, counted=spot in staying)
        for crossing in kept:
            if isinstance(crossing, FoundCrossing):
                self._take_crossing(crossing)

    def country_of(self, spot: Spot) -> str:
        """Return the name of a spot's country; blank where it is none of the pool's."""
        if text := spot.country or (spot.code if spot.tier == "country" else parted(spot.code)[0]):
            named = country(text)
            return named.name if named and named.name in self.countries else ""
        # Tables of one country seldom name it: its areas tell, where those of no other country do.
        told = [nation for nation in sorted(self.countries) if self._has(nation, spot)]
        return told[0] if len(told) == 1 else ""

    def _has(self, nation: str, spot: Spot) -> bool:
        named = ((spot.tier, spot.name), ("admin2", spot.admin2), ("admin1", spot.admin1))
        return any(self.area(nation, tier, name) for tier, name in named if name)

    def area(self, nation: str, tier: str, *names: str, above: str = "") -> Area | None:
        """Return the area of a tier under any of some names or codes; of several of one name that of the region."""
        for name in filter(None, names):
            of_region = (name_key(f"{name} {above}"),) if above else ()
            for key in (*code_keys(name), *of_region, *name_keys(name)):
                if found := self._area.get((nation, tier, key)):
                    return found
        return None

    def towns_named(self, nation: str, name: str) -> Iterator[Town]:
        """Yield the towns of a country under a name or alias."""
        for key in name_keys(name):
            yield from self._towns.get((nation, key), ())

    def _take_area(self, found: FoundArea | FoundPopulation) -> None:
        spot = found.spot
        if nation := self.country_of(spot):
            area = self.meant[id(found)] = self._area_of(nation, spot)
            if isinstance(found, FoundArea):
                area.lat, area.lon = (area.lat, area.lon) if spot.lat is None else (spot.lat, spot.lon)
            else:
                area.people.append((found.people, found.source, found.year))

    def _area_of(self, nation: str, spot: Spot) -> Area:
        area = self.area(nation, spot.tier, spot.code, spot.name, above=spot.admin1)
        if area is not None and _of_one_name(area, spot):
            self._tell_apart(area)
            area = Area(spot.tier, nation, _in_region(spot.name, spot.admin1))
            self.areas.append(area)
        if area is None:
            area = Area(spot.tier, nation, spot.name or spot.code)
            self.areas.append(area)
        area.code, area.admin1 = area.code or spot.code, area.admin1 or spot.admin1
        if area.code:
            self._told.add((nation, spot.tier))
        area.admin2 = area.admin2 or spot.admin2
        area.aliases |= dict.fromkeys(filter(None, (spot.name, *spot.aliases)))
        for name in [name for name in area.aliases if area.name == name or area.name.startswith(f"{name} (")]:
            del area.aliases[name]
        for name in (area.name, *area.aliases):
            for key in name_keys(name):
                self._area.setdefault((nation, spot.tier, key), area)
        for key in code_keys(area.code) if area.code else ():
            self._area.setdefault((nation, spot.tier, key), area)
        return area

    def _tell_apart(self, area: Area) -> None:
        """Give an area the name of its region as well, unless the scenario has it already."""
        if not area.called:
            area.name = _in_region(area.name, area.admin1)
            self._area.setdefault((area.country, area.tier, name_key(area.name)), area)

    def _take_place(self, found: FoundPlace) -> None:
        spot = found.spot
        nation = self.country_of(spot)
        if not nation or spot.lat is None or spot.lon is None:
            return
        town = self.meant[id(found)] = self._town(nation, spot, found.kind)
        town.population = town.population or found.population
        town.seat, town.closed = town.seat or found.seat, town.closed or found.closed
        town.kind = "camp" if found.kind == "camp" else town.kind
        town.source = town.source or found.source

    def _town(self, nation: str, spot: Spot, kind: str = "") -> Town:
        """Return the town of a spot, a new one where none of its name is near; of some the one most like it."""
        names = [name for name in (spot.name, *spot.aliases) if name]
        near = {
            id(town): town for name in names for town in self.towns_named(nation, name)
            if self._km(town, spot) <= SAME_TOWN_KM and (not kind or town.kind == kind)
        }  # fmt: skip
        exact = {name_key(name) for name in names}

        def likeness(town: Town) -> tuple[bool, bool, float]:
            called = exact & {name_key(name) for name in (town.name, *town.aliases)}
            return bool(called), town.kind != "camp", -self._km(town, spot)

        town = max(near.values(), key=likeness, default=None)
        if town is None:
            town = self._new_town(nation, spot)
        elif likeness(town)[0]:
            self._call(town, names)
        self._note_areas(town, spot, 1)
        return town

    @staticmethod
    def _km(town: Town, spot: Spot) -> float:
        assert spot.lat is not None
        assert spot.lon is not None
        return town.km_to(spot.lat, spot.lon)

    def _new_town(self, nation: str, spot: Spot) -> Town:
        assert spot.lat is not None
        assert spot.lon is not None
        town = Town(nation, spot.name, spot.lat, spot.lon)
        self.towns.append(town)
        self._call(town, (spot.name, *spot.aliases))
        return town

    def _call(self, town: Town, names: Iterable[str]) -> None:
        """Note names of a town, under which it is found from then on."""
        for name in filter(None, names):
            if name != town.name:
                town.aliases[name] = None
            for key in name_keys(name):
                listed = self._towns.setdefault((town.country, key), [])
                if all(other is not town for other in listed):
                    listed.append(town)

    def _note_areas(self, town: Town, spot: Spot, times: int) -> None:
        for tier, name in (("admin1", spot.admin1), ("admin2", spot.admin2)):
            if name:
                area = self.area(town.country, tier, name, above=spot.admin1 if tier == "admin2" else "")
                town.areas[tier, area.name if area else name] += times

    def _take_mention(self, spot: Spot, times: int, *, counted: bool) -> None:
        nation = self.country_of(spot)
        if not nation:
            return
        if spot.tier in TIERS and spot.code:
            self._area_of(nation, spot)
        elif spot.tier == "place" and spot.name and spot.lat is not None and spot.lon is not None:
            for tier, name, above in (("admin1", spot.admin1, ""), ("admin2", spot.admin2, spot.admin1)):
                # Where any area has a code, or is the scenario's, events make no others by their names.
                if name and (nation, tier) not in self._told:
                    self._area_of(nation, Spot(_tier(tier), name, admin1=above))
            town = self._town(nation, spot)
            town.mentions += times
            town.counted = town.counted or counted
            self._note_areas(town, spot, times)

    def _take_crossing(self, found: FoundCrossing) -> None:
        for side in found.sides:
            for nation in sorted(self.countries):
                for town in self.towns_named(nation, side):
                    town.mentions += 1
