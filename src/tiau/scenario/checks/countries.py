"""Countries set against the map: regions that lie in two, and coordinates of a whole country turned alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tiau.faults import Fault, clip
from tiau.scenario.checks.borders import ends_of
from tiau.scenario.checks.coordinates import TURNS, Turn
from tiau.scenario.checks.distances import measured, plausible
from tiau.scenario.geography import great_circle_km
from tiau.scenario.model import Place, Scenario
from tiau.scenario.names import Gazetteer

# Ways over the border: the end inside, the end outside, the length, and how far rounding may put the ends wrong.
Ways = list[tuple[Place, Place, float, float]]


def misplaced_countries(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A country in which every way inside is right and none over its border is, until it is turned (a warning)."""
    over: dict[str, Ways] = defaultdict(list)
    wrong_inside: set[str] = set()
    right_over: set[str] = set()
    for route, straight, rounding in measured(scenario, names):
        ends = ends_of(route, names)
        first, last = (scenario.places[end] for end in ends or ())
        if not (first.sound("country") and last.sound("country")):
            continue
        fits = plausible(route.distance_km, straight, rounding)
        if first.country != last.country:
            over[first.country].append((first, last, route.distance_km, rounding))
            over[last.country].append((last, first, route.distance_km, rounding))
            right_over.update((first.country, last.country) if fits else ())
        elif not fits:
            wrong_inside.add(first.country)
    count = Counter(place.country for place in scenario.places)
    told: set[str] = set()
    for country, ways in sorted(over.items(), key=lambda item: count[item[0]]):
        neighbours = {other.country for _, other, _, _ in ways}
        if count[country] < 2 or country in wrong_inside | right_over or not told.isdisjoint(neighbours):
            continue
        slip = next((slip for slip, turn in TURNS if _all_fit(ways, turn)), None)
        if slip is not None:
            told.add(country)
            place, other, km, _ = ways[0]
            straight = great_circle_km(place.lat, place.lon, other.lat, other.lon)
            problem = (
                f"and lon of all places of {clip(country, 40)} fit no way over the border "
                f"({clip(place.place, 40)} lies {straight:,.0f} km from {clip(other.place, 40)}, {km:,.0f} km by "
                f"routes.csv), but {slip} they would"
            )
            remedy = f"turn them if that is right, or those of {' and '.join(clip(n, 40) for n in sorted(neighbours))}"
            yield Fault("places.csv", problem, remedy, place.number, "lat", level="warning")


def _all_fit(ways: Ways, turn: Turn) -> bool:
    for place, other, km, rounding in ways:
        lat, lon = turn(place.lat, place.lon)
        if abs(lat) > 90 or not plausible(km, great_circle_km(lat, lon, other.lat, other.lon), rounding):
            return False
    return True


def regions_of_two_countries(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A place whose admin1 or admin2 is otherwise one of another country (a warning)."""
    for column in ("admin1", "admin2"):
        countries: dict[str, Counter[str]] = defaultdict(Counter)
        for place in scenario.places:
            if getattr(place, column) and place.sound("country", column):
                countries[getattr(place, column)][place.country] += 1
        for place in scenario.places:
            found = countries.get(getattr(place, column), Counter()) if place.sound("country", column) else Counter()
            if len(found) > 1:
                most = found.most_common(1)[0][0]
                if place.country != most:
                    problem = (
                        f"is {clip(place.country, 40)} for {clip(place.place, 40)}, but {column} "
                        f"{clip(getattr(place, column), 40)} is in {clip(most, 40)} elsewhere: one area of both"
                    )
                    remedy = f"correct the country; or give the two regions different names in {column}"
                    yield Fault("places.csv", problem, remedy, place.number, "country", level="warning")
