"""Places and areas that a spot can mean: those of a scenario, and those that exports bring, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from tiau.building.place_codes import parted, tier_of
from tiau.building.place_keys import name_key
from tiau.readers.exports.findings import FoundArea, FoundPlace, Tier
from tiau.scenario.countries import country as country_of
from tiau.scenario.geography import great_circle_km, located
from tiau.scenario.names import Gazetteer
from tiau.scenario.rows import Area, Place

SAME_WITHIN_KM = 5.0
AREA_TIERS: tuple[Tier, ...] = ("country", "admin1", "admin2", "admin3")


@dataclass(frozen=True, slots=True)
class Known:
    """A place or area that a spot can mean.

    Attributes
    ----------
    tier : Tier
        "place", the level of an area, or blank for an area of no known level.
    name : str
        As the scenario writes it; of others as their export does.
    aliases : tuple of str
    code : str
    country, admin1, admin2 : str
        As their source writes them.
    lat, lon : float or None, degrees
        Of an area its middle.
    kind : str
        Of a place: "town", "camp" and so on.
    population : float or None, persons
    in_scenario : bool
        Whether the scenario has it already.
    members : tuple of str
        Of an area of the scenario, the names of its places.
    found : FoundPlace, FoundArea or None
        What it was found as, where an export brings it.
    """

    tier: Tier
    name: str
    aliases: tuple[str, ...] = ()
    code: str = ""
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    lat: float | None = None
    lon: float | None = None
    kind: str = ""
    population: float | None = None
    in_scenario: bool = False
    members: tuple[str, ...] = ()
    found: FoundPlace | FoundArea | None = field(default=None, repr=False)

    @property
    def is_place(self) -> bool:
        """Whether it is a place, and no area."""
        return self.tier == "place"

    def km_to(self, lat: float | None, lon: float | None) -> float | None:
        """Return how far a point is from it; None where one of the two has no coordinates."""
        if lat is None or lon is None or self.lat is None or self.lon is None:
            return None
        return great_circle_km(self.lat, self.lon, lat, lon)


def country_key(text: str) -> str:
    """Return the ISO code of three letters of a country by any of its names or codes; else the key of the text."""
    found = country_of(text) if text else None
    return found.iso3 if found else name_key(text)


def known_of(
    places: Iterable[Place], areas: Iterable[Area], pool: Iterable[FoundPlace | FoundArea]
) -> tuple[Known, ...]:
    """Return what a scenario and a pool know, each place and area once; those of the scenario first."""
    merged: list[Known] = []
    index: dict[tuple[str, ...], list[int]] = {}
    for known in (*_of_scenario(tuple(places), tuple(areas)), *map(_of_export, pool)):
        twin = next((at for key in _keys(known) for at in index.get(key, ()) if _same(merged[at], known)), None)
        if twin is None:
            twin = len(merged)
            merged.append(known)
        else:
            merged[twin] = _joined(merged[twin], known)
        for key in _keys(merged[twin]):
            if twin not in index.setdefault(key, []):
                index[key].append(twin)
    return tuple(merged)


def _of_scenario(places: tuple[Place, ...], areas: tuple[Area, ...]) -> Iterator[Known]:
    for place in places:
        at = (place.lat, place.lon) if located(place) else (None, None)
        yield Known("place", place.place, place.aliases, place.code, place.country, place.admin1, place.admin2,
                    lat=at[0], lon=at[1], kind=place.kind, population=place.population, in_scenario=True)  # fmt: skip
    members = {
        area: tuple(places[at].place for at in positions)
        for area, positions in Gazetteer(places, areas).area_members.items()
    }
    tiers = dict(_derived(places))
    for (name, country, admin1), tier in tiers.items():
        yield Known(tier, name, country=country, admin1=admin1, in_scenario=True, members=members.get(name, ()))
    countries = {place.place: place.country for place in places}
    for area in areas:
        of = members.get(area.area, ())
        lies_in = {countries[name] for name in of}
        country = (
            dict(area.extra).get("x_country") or parted(area.code)[0] or (lies_in.pop() if len(lies_in) == 1 else "")
        )
        yield Known(_tier_of_row(area, tiers), area.area, area.aliases, area.code, country=country, in_scenario=True,
                    members=of)  # fmt: skip


def _derived(places: tuple[Place, ...]) -> Iterator[tuple[tuple[str, str, str], Tier]]:
    """Iterate over the areas that places name: their name, country and admin 1, and their level."""
    for place in places:
        if place.admin2:
            yield (place.admin2, place.country, place.admin1), "admin2"
        if place.admin1:
            yield (place.admin1, place.country, ""), "admin1"
        yield (place.country, place.country, ""), "country"


def _tier_of_row(area: Area, tiers: dict[tuple[str, str, str], Tier]) -> Tier:
    """Return the level of a row of areas.csv: as an import noted it, as places name it, or as its code looks."""
    noted = dict(area.extra).get("x_tier")
    named = {tier for (name, *_), tier in tiers.items() if name_key(name) == name_key(area.area)}
    if of := [tier for tier in AREA_TIERS if tier == noted] or (list(named) if len(named) == 1 else []):
        return of[0]
    return "country" if country_of(area.area) else tier_of(area.code)


def _of_export(found: FoundPlace | FoundArea) -> Known:
    spot = found.spot
    place = isinstance(found, FoundPlace)
    return Known(
        "place" if place else spot.tier, spot.name or spot.code, spot.aliases, spot.code, lat=spot.lat, lon=spot.lon,
        country=spot.country or (spot.name if spot.tier == "country" else parted(spot.code)[0]),
        admin1=spot.admin1, admin2=spot.admin2, kind=found.kind if isinstance(found, FoundPlace) else "",
        population=found.population if isinstance(found, FoundPlace) else None, found=found,
    )  # fmt: skip


def _keys(known: Known) -> Iterator[tuple[str, ...]]:
    """Iterate over the keys under which the same place or area may be known already."""
    country = country_key(known.country)
    sort = "place" if known.is_place else "area"
    if known.code:
        yield sort, country, "code", known.code.upper()
    names = (known.name, *known.aliases) if known.is_place else (known.name,)
    for key in dict.fromkeys(map(name_key, names)):
        yield sort, country, "name", country if known.tier == "country" else key


def _same(one: Known, other: Known) -> bool:
    """Whether two of one key are one place or area."""
    if one.is_place:
        km = one.km_to(other.lat, other.lon)
        alike = not (one.kind and other.kind) or (one.kind == "camp") == (other.kind == "camp")
        if one.in_scenario and other.in_scenario:
            return False
        return one.code == other.code != "" or (alike and km is not None and km <= SAME_WITHIN_KM)
    if one.tier and other.tier and one.tier != other.tier:
        return False
    if one.code and other.code and one.code.upper() != other.code.upper():
        return False
    upper = {name_key(area.admin1) for area in (one, other) if area.admin1}
    return len(upper) < 2 or one.code.upper() == other.code.upper() != ""


def _joined(one: Known, other: Known) -> Known:
    """Return the first, with what the other knows beside it."""
    names = dict.fromkeys((*one.aliases, *((other.name,) if other.name != one.name else ()), *other.aliases))
    located_one = one.lat is not None
    return replace(
        one, tier=one.tier or other.tier, aliases=tuple(name for name in names if name != one.name),
        code=one.code or other.code, country=one.country or other.country, admin1=one.admin1 or other.admin1,
        admin2=one.admin2 or other.admin2, lat=one.lat if located_one else other.lat,
        lon=one.lon if located_one else other.lon, kind=one.kind or other.kind,
        population=other.population if one.population is None else one.population,
        members=one.members or other.members, found=one.found or other.found,
    )  # fmt: skip
