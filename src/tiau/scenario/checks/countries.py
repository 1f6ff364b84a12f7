"""Countries set against the map: regions that lie in two, and coordinates of a whole country turned alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tiau.faults import Fault, clip
from tiau.scenario.checks.coordinates import TURNS, Turn, WayFrom, from_both_ends
from tiau.scenario.checks.distances import measured
from tiau.scenario.model import Scenario


def countries_without_places(scenario: Scenario) -> Iterator[Fault]:
    """A country that scenario.toml names and no place lies in: nobody can leave it, or arrive there (a warning)."""
    there = {place.country for place in scenario.places}
    for key, names in (("home", scenario.settings.countries.home), ("abroad", scenario.settings.countries.abroad)):
        for name in names:
            if scenario.places and name not in there:
                problem = "has no place in places.csv, so that nobody " + (
                    "leaves it" if key == "home" else "arrives there"
                )
                remedy = "import a gazetteer of it (a GeoNames extract), its camps, or add places by hand"
                yield Fault("scenario.toml", problem, remedy, None, f"countries.{key}", name, "warning")


def misplaced_countries(scenario: Scenario) -> Iterator[Fault]:
    """A country in which every way inside is right and none over its border is, until it is turned (a warning)."""
    over: dict[str, list[WayFrom]] = defaultdict(list)
    wrong_inside: set[str] = set()
    right_over: set[str] = set()
    for way in measured(scenario):
        first, last = scenario.places[way.first], scenario.places[way.last]
        if not (first.sound("country") and last.sound("country")):
            continue
        if first.country != last.country:
            for end in from_both_ends(way, scenario.places):
                over[end.place.country].append(end)
            right_over.update((first.country, last.country) if way.fits else ())
        elif not way.fits:
            wrong_inside.add(first.country)
    count = Counter(place.country for place in scenario.places)
    told: set[str] = set()
    # Where two countries do not fit, the one with fewer places is told, and not the other as well.
    for country, ways in sorted(over.items(), key=lambda item: count[item[0]]):
        neighbours = {way.other.country for way in ways}
        if count[country] < 2 or country in wrong_inside | right_over or not told.isdisjoint(neighbours):
            continue
        slip = next((slip for slip, turn in TURNS if _all_fit(ways, turn)), None)
        if slip is not None:
            told.add(country)
            seen = ways[0]
            place, straight = seen.place, seen.straight(seen.place.lat, seen.place.lon)
            problem = (
                f"and lon of all places of {clip(country, 40)} fit no way over the border "
                f"({clip(place.place, 40)} lies {straight:,.0f} km from {clip(seen.other.place, 40)}, {seen.km:,.0f} "
                f"km by routes.csv), but {slip} they would"
            )
            remedy = f"turn them if that is right, or those of {' and '.join(clip(n, 40) for n in sorted(neighbours))}"
            yield Fault("places.csv", problem, remedy, place.number, "lat", level="warning")


def _all_fit(ways: list[WayFrom], turn: Turn) -> bool:
    turned = [(way, *turn(way.place.lat, way.place.lon)) for way in ways]
    return all(abs(lat) <= 90 and way.fits(lat, lon) for way, lat, lon in turned)


def regions_of_two_countries(scenario: Scenario) -> Iterator[Fault]:
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
