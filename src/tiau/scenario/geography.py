"""Distances on the globe, and how far rounded coordinates may put them wrong."""

from __future__ import annotations

import math

from tiau.scenario.rows import Place

EARTH_KM = 6371.0
DEGREE_KM = math.radians(EARTH_KM)


def great_circle_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the shortest way over the ground between two points in degrees, in km."""
    north, other_north = math.radians(lat), math.radians(other_lat)
    across = math.sin(math.radians(lon - other_lon) / 2) ** 2 * math.cos(north) * math.cos(other_north)
    half = math.sin((north - other_north) / 2) ** 2 + across
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def located(place: Place) -> bool:
    """Whether a place has coordinates: 0, 0 lies in the open sea and stands for none."""
    return place.sound("lat", "lon") and not (place.lat == 0 and place.lon == 0)


def rounding_km(place: Place) -> float:
    """Return how far a place may lie from its coordinates because they were rounded, in km.

    As many decimals are taken for known as the longer of the two has, and at least one.
    """
    decimals = max(_decimals(place.lat), _decimals(place.lon))
    half_unit_km = 0.5 * 10.0**-decimals * DEGREE_KM
    return half_unit_km * math.hypot(1, math.cos(math.radians(place.lat)))


def _decimals(degrees: float) -> int:
    text = repr(degrees)
    return 9 if "e" in text else len(text.partition(".")[2])
