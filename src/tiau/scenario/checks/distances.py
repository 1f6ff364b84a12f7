"""Routes against the great circle between their ends: shorter than it, or many times as long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tiau.faults import Fault, clip
from tiau.scenario.checks.borders import ends_of
from tiau.scenario.geography import great_circle_km, located, rounding_km
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Route
from tiau.scenario.vocabulary import to_cell

# A town has its coordinates in its middle and its road sign at its edge: 5 km for both ends, and less on short ways.
EDGES_KM, EDGES_SHARE = 5.0, 0.2
# The globe is no sphere: great circles are right to half a per cent.
SPHERE = 0.99
# Roads around a gorge or a river without a bridge were found to be up to nine times as long.
LONGEST_FACTOR, LONGEST_MORE_KM = 10, 20
# A road is one to three times as long as the great circle: what a slip of the pen is guessed by.
LONGEST_ROAD = 3
SLIPS = ((1.609344, "if it is in miles"), (10, "if a digit was lost"), (0.1, "if a decimal point was lost"),
         (0.001, "if it is in metres"))  # fmt: skip


class Way(NamedTuple):
    """A route beside the great circle between its ends, in km, and how far rounding may put that wrong."""

    route: Route
    first: int
    last: int
    straight: float
    rounding: float

    @property
    def fits(self) -> bool:
        """Whether the route is no shorter and not much longer than the great circle."""
        return plausible(self.route.distance_km, self.straight, self.rounding)


def measured(scenario: Scenario) -> Iterator[Way]:
    """Return each route between two places that have coordinates."""
    for route in scenario.routes:
        ends = ends_of(route, scenario.names) if route.sound("distance_km") else None
        if ends is None or ends[0] == ends[1]:
            continue
        first, last = (scenario.places[end] for end in ends)
        if located(first) and located(last):
            straight = great_circle_km(first.lat, first.lon, last.lat, last.lon)
            yield Way(route, *ends, straight, rounding_km(first) + rounding_km(last))


def _told(way: Way, problem: str) -> Fault:
    route, straight = way.route, way.straight
    guess = next(
        (
            f", {clip(to_cell(round(route.distance_km * factor, 1)))} km {why}" for factor, why in SLIPS
            if straight <= route.distance_km * factor <= LONGEST_ROAD * straight
        ),
        "",
    )  # fmt: skip
    ends = f"{clip(route.from_, 40)} and {clip(route.to, 40)}"
    remedy = f"correct the distance{guess}, or the coordinates of {ends} in places.csv"
    return Fault("routes.csv", problem, remedy, route.number, "distance_km", to_cell(route.distance_km), "warning")


def least_km(straight: float, rounding: float) -> float:
    """Return the shortest way that there can be along a great circle of some length, rounding may put wrong."""
    return SPHERE * straight - min(EDGES_KM, EDGES_SHARE * straight) - rounding


def most_km(straight: float, rounding: float) -> float:
    """Return the longest way that there may be along a great circle of some length."""
    return LONGEST_FACTOR * (straight + rounding) + LONGEST_MORE_KM


def plausible(km: float, straight: float, rounding: float) -> bool:
    """Whether a way of some length may lead along a great circle of some length."""
    return least_km(straight, rounding) <= km <= most_km(straight, rounding)


def routes_shorter_than_the_great_circle(scenario: Scenario) -> Iterator[Fault]:
    """A route shorter than the straight line between its ends (a warning)."""
    for way in measured(scenario):
        if way.route.distance_km < least_km(way.straight, way.rounding):
            yield _told(way, f"is shorter than the great circle between its ends, {way.straight:,.0f} km")


def routes_much_longer_than_the_great_circle(scenario: Scenario) -> Iterator[Fault]:
    """A route many times as long as the straight line between its ends (a warning)."""
    for way in measured(scenario):
        if way.route.distance_km > most_km(way.straight, way.rounding):
            times = f"{way.route.distance_km / max(way.straight, 0.1):,.0f} times the great circle between its ends"
            yield _told(way, f"is {times}, {way.straight:,.1f} km")
