"""Countries set against the map: their borders, regions that lie in two, coordinates of a whole country turned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tiau.borders import shapes
from tiau.borders.inside import away_km, countries_at, has_shape
from tiau.faults import Fault, clip
from tiau.scenario.checks.coordinates import TURNS, Turn, WayFrom, from_both_ends
from tiau.scenario.checks.distances import measured
from tiau.scenario.countries import country
from tiau.scenario.geography import located, rounding_km
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Place
from tiau.scenario.vocabulary import to_cell

# Borders as they ship are generalised: of 346 places that were set against them, all in the country of their row, the
# furthest outside it, a town at a crossing, lay 2.3 km off.
BORDER_KM = 5.0


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
    for nation, ways in sorted(over.items(), key=lambda item: count[item[0]]):
        neighbours = {way.other.country for way in ways}
        if count[nation] < 2 or nation in wrong_inside | right_over or not told.isdisjoint(neighbours):
            continue
        slip = next((slip for slip, turn in TURNS if _all_fit(ways, turn)), None)
        if slip is not None:
            told.add(nation)
            seen = ways[0]
            place, straight = seen.place, seen.straight(seen.place.lat, seen.place.lon)
            problem = (
                f"and lon of all places of {clip(nation, 40)} fit no way over the border "
                f"({clip(place.place, 40)} lies {straight:,.0f} km from {clip(seen.other.place, 40)}, {seen.km:,.0f} "
                f"km by routes.csv), but {slip} they would"
            )
            remedy = f"turn them if that is right, or those of {' and '.join(clip(n, 40) for n in sorted(neighbours))}"
            yield Fault("places.csv", problem, remedy, place.number, "lat", level="warning")


def _all_fit(ways: list[WayFrom], turn: Turn) -> bool:
    turned = [(way, *turn(way.place.lat, way.place.lon)) for way in ways]
    return all(abs(lat) <= 90 and way.fits(lat, lon) for way, lat, lon in turned)


def places_outside_their_country(scenario: Scenario) -> Iterator[Fault]:
    """A place that lies clearly outside the country of its row (a warning)."""
    by_country: dict[str, list[Place]] = defaultdict(list)
    for place in scenario.places:
        known = country(place.country) if located(place) and place.sound("country") else None
        if known is not None and has_shape(known.iso3):
            by_country[known.iso3].append(place)
    for iso3, places in by_country.items():
        away = away_km(iso3, [place.lat for place in places], [place.lon for place in places])
        wrong = [
            (place, float(km)) for place, km in zip(places, away, strict=True) if km > BORDER_KM + rounding_km(place)
        ]  # fmt: skip
        there = countries_at([place.lat for place, _ in wrong], [place.lon for place, _ in wrong])
        for (place, km), code in zip(wrong, there, strict=True):
            yield _outside(place, km, code)


def _outside(place: Place, km: float, code: str) -> Fault:
    """Tell of a place that lies outside its country, in that of a code."""
    there = next((shape.name for shape in shapes.countries() if shape.iso3 == code), "")
    problem = (
        f"of {clip(place.place, 40)}, with lon {to_cell(place.lon)}, lies {km:,.0f} km outside "
        f"{clip(place.country, 40)}, {f'in {there}' if there else 'at sea'}"
    )
    remedy = "correct the coordinates or the country"
    return Fault("places.csv", problem, remedy, place.number, "lat", to_cell(place.lat), "warning")


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
