"""Coordinates set against those of the other places: swapped, without their sign, with a point moved, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from tiau.faults import Fault, clip
from tiau.scenario.checks.distances import Way, measured, plausible
from tiau.scenario.geography import great_circle_km, located
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Place
from tiau.scenario.vocabulary import to_cell

# So many places of a country tell where it lies, one of them being wrong; with fewer, all places of the scenario do.
ENOUGH = 4
# Among so many, one that is wrong moves the middle; it is then left out of those that it is set against.
FEW = 30
# A place is far off at five times the usual distance from the middle and 100 km more; what it is corrected to must lie
# well inside, at three times that distance and 50 km more. A capital far from a border area has no such correction.
FAR, FAR_KM, NEAR, NEAR_KM = 5, 100, 3, 50
Turn = Callable[[float, float], tuple[float, float]]
TURNS: tuple[tuple[str, Turn], ...] = (
    ("swapped", lambda lat, lon: (lon, lat)),
    ("with the other sign of lat", lambda lat, lon: (-lat, lon)),
    ("with the other sign of lon", lambda lat, lon: (lat, -lon)),
    ("with the other sign of both", lambda lat, lon: (-lat, -lon)),
    ("swapped, with the sign on the other", lambda lat, lon: (-lon, -lat)),
    ("swapped, with the other sign of lat", lambda lat, lon: (-lon, lat)),
    ("swapped, with the other sign of lon", lambda lat, lon: (lon, -lat)),
)
SLIPS: tuple[tuple[str, Turn], ...] = (
    *TURNS,
    ("with the point of lat moved", lambda lat, lon: (lat * 10, lon)),
    ("with the point of lat moved", lambda lat, lon: (lat / 10, lon)),
    ("with the point of lon moved", lambda lat, lon: (lat, lon * 10)),
    ("with the point of lon moved", lambda lat, lon: (lat, lon / 10)),
)


class WayFrom(NamedTuple):
    """A way as seen from one of its ends: both places, the length in km, and how far rounding may put them wrong."""

    place: Place
    other: Place
    km: float
    rounding: float

    def straight(self, lat: float, lon: float) -> float:
        """Return the great circle to the other end if this one lies elsewhere."""
        return great_circle_km(lat, lon, self.other.lat, self.other.lon)

    def fits(self, lat: float, lon: float) -> bool:
        """Whether the length would be right if this end lay elsewhere."""
        return plausible(self.km, self.straight(lat, lon), self.rounding)


def from_both_ends(way: Way, places: Sequence[Place]) -> tuple[WayFrom, WayFrom]:
    """Return a way as seen from its first and from its last place."""
    first, last, length = places[way.first], places[way.last], (way.route.distance_km, way.rounding)
    return WayFrom(first, last, *length), WayFrom(last, first, *length)


class _Slip(NamedTuple):
    """What coordinates were meant to be, and what tells."""

    lat: float
    lon: float
    why: str


class _Crowd:
    """Where some places lie: their middle, and the usual distance from it."""

    def __init__(self, places: Iterable[Place]) -> None:
        places = list(places)
        self.lat, self.lon = median(place.lat for place in places), median(place.lon for place in places)
        self.usual = median(self.distance(place.lat, place.lon) for place in places)

    def distance(self, lat: float, lon: float) -> float:
        return great_circle_km(lat, lon, self.lat, self.lon)


def _slips(place: Place) -> Iterator[tuple[str, float, float]]:
    for slip, corrected in SLIPS:
        lat, lon = corrected(place.lat, place.lon)
        if abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (place.lat, place.lon):
            yield slip, lat, lon


def _by_its_country(place: Place, crowd: _Crowd, others: str) -> _Slip | None:
    """Return the slip that put a place far outside the crowd, if what it was meant to be lies inside."""
    given = crowd.distance(place.lat, place.lon)
    for slip, lat, lon in _slips(place) if given > FAR * crowd.usual + FAR_KM else ():
        corrected = crowd.distance(lat, lon)
        if corrected <= NEAR * crowd.usual + NEAR_KM and given > FAR * corrected:
            why = f"lies {given:,.0f} km from the middle of the {others}, and {slip} {corrected:,.0f} km from it"
            return _Slip(lat, lon, why)
    return None


def _by_its_ways(place: Place, crowd: _Crowd, ways: list[WayFrom]) -> _Slip | None:
    """Return the slip that put a place too far for its ways, if what it was meant to be fits them all."""
    wrong = [way for way in ways if not way.fits(place.lat, place.lon)]
    if not wrong:
        return None
    given = crowd.distance(place.lat, place.lon)
    for slip, lat, lon in _slips(place):
        if crowd.distance(lat, lon) < given and all(way.fits(lat, lon) for way in ways):
            straight, other = wrong[0].straight(place.lat, place.lon), clip(wrong[0].other.place, 40)
            why = f"lies {straight:,.0f} km from {other}, {wrong[0].km:,.0f} km by routes.csv; {slip} it fits"
            return _Slip(lat, lon, f"{why} all of its {len(ways)} ways" if len(ways) > 1 else f"{why} the way")
    return None


def _ways(scenario: Scenario) -> dict[int, list[WayFrom]]:
    """Return the ways of each place to places that have coordinates."""
    found: dict[int, list[WayFrom]] = defaultdict(list)
    for way in measured(scenario):
        for position, seen in zip((way.first, way.last), from_both_ends(way, scenario.places), strict=True):
            found[position].append(seen)
    return found


def misplaced_coordinates(scenario: Scenario) -> Iterator[Fault]:
    """A place that a swap, a sign or a point of its coordinates would bring among the others (a warning)."""
    by_country: dict[str, list[int]] = defaultdict(list)
    for position, place in enumerate(scenario.places):
        if located(place) and place.sound("country"):
            by_country[place.country].append(position)
    everywhere = [position for positions in by_country.values() for position in positions]
    if len(everywhere) < ENOUGH:
        return
    whole = _Crowd(scenario.places[position] for position in everywhere)
    ways = _ways(scenario)
    for country, positions in by_country.items():
        own = len(positions) >= ENOUGH
        crowd = _Crowd(scenario.places[position] for position in positions) if own else whole
        for position in positions:
            place = scenario.places[position]
            if own and len(positions) <= FEW:
                crowd = _Crowd(scenario.places[other] for other in positions if other != position)
            others = f"other places of {clip(country, 40)}" if own else "other places"
            found = _by_its_ways(place, crowd, ways[position]) or _by_its_country(place, crowd, others)
            if found is not None:
                problem = f"of {clip(place.place, 40)}, with lon {to_cell(place.lon)}, {found.why}"
                lat, lon = (to_cell(round(degrees, 6)) for degrees in (found.lat, found.lon))
                remedy = f"if that is right, write lat {lat}, lon {lon}"
                yield Fault("places.csv", problem, remedy, place.number, "lat", to_cell(place.lat), "warning")


def no_coordinates(scenario: Scenario) -> Iterator[Fault]:
    """A place at 0, 0, in the open sea: what a blank becomes in many programs (a warning)."""
    for place in scenario.places:
        if place.sound("lat", "lon") and not located(place):
            problem = f"and lon are 0 for {clip(place.place, 40)}, a point in the Atlantic"
            yield Fault("places.csv", problem, "give its coordinates", place.number, "lat", "0", "warning")
