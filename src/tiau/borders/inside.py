"""Which points lie in a country, how far outside others lie, and in which country."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tiau.borders.shapes import claimed, countries
from tiau.faults import wrong_argument

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

KM_A_DEGREE = math.radians(6371.0)
BAND = 0.1
"""Points are taken by bands of so many degrees of latitude, each with the edges that reach into it."""
MOST_AT_ONCE = 200_000
"""Pairs of a point and an edge that are set against each other at once."""


def inside(iso3: str, lat: ArrayLike, lon: ArrayLike, within_km: float = 0.0) -> Bools:
    """Tell which points lie in a country, or no further from it than a tolerance.

    A region that several countries claim lies in each of them, as does a territory in the country it depends on.

    Parameters
    ----------
    iso3 : str
    lat, lon : array_like
        Degrees, of the same shape.
    within_km : float
        Shapes are simplified and generalised: near a border and a coast they are right to some kilometres only.

    Raises
    ------
    InputError
        Where no shape of the country is known.
    """
    points = _points(lat, lon)
    found = _holds(_edges(iso3), points)
    if within_km > 0 and not found.all():
        found[~found] = _away_km(_edges(iso3), points[~found], within_km) <= within_km
    return found.reshape(np.shape(lat))


def away_km(iso3: str, lat: ArrayLike, lon: ArrayLike) -> Floats:
    """Return how far points lie outside a country, in km; 0 inside. Raises `InputError` as `inside` does."""
    points = _points(lat, lon)
    away = np.zeros(len(points))
    outside = ~_holds(_edges(iso3), points)
    away[outside] = _away_km(_edges(iso3), points[outside], math.inf)
    return away.reshape(np.shape(lat))


def countries_at(lat: ArrayLike, lon: ArrayLike) -> list[str]:
    """Return the code of the country that each point is drawn in; blank at sea."""
    points = _points(lat, lon)
    found = np.full(len(points), "", dtype="<U3")
    for shape in countries():
        unknown = np.flatnonzero(found == "")
        found[unknown[_holds(_drawn(shape.iso3), points[unknown])]] = shape.iso3
    return [str(code) for code in found]


def has_shape(iso3: str) -> bool:
    """Whether the shape of a country is known."""
    return iso3 in _shapes()


def _points(lat: ArrayLike, lon: ArrayLike) -> Floats:
    return np.stack((np.asarray(lon, dtype=float).ravel(), np.asarray(lat, dtype=float).ravel()), axis=1)


@cache
def _shapes() -> dict[str, int]:
    return {shape.iso3: at for at, shape in enumerate(countries())}


@cache
def _drawn(iso3: str) -> Floats:
    """Return the edges of a country as it is drawn: longitude and latitude of both ends, shape (edges, 4)."""
    if not has_shape(iso3):
        raise wrong_argument("iso3", "is not the code of a country with a shape", "give one of ISO 3166-1", iso3)
    return _edges_of(ring for polygon in countries()[_shapes()[iso3]].polygons for ring in polygon)


@cache
def _edges(iso3: str) -> Floats:
    """Return the edges of a country and of what it claims; shapes that touch are counted through all the same."""
    rings = [ring for region in claimed(iso3) for polygon in region.polygons for ring in polygon]
    return np.concatenate((_drawn(iso3), _edges_of(iter(rings)))) if rings else _drawn(iso3)


def _edges_of(rings: Iterator[Floats]) -> Floats:
    return np.concatenate([np.concatenate((ring[:-1], ring[1:]), axis=1) for ring in rings])


def _bands(edges: Floats, points: Floats, reach: float) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    """Yield points by bands of latitude, with the edges that come within a reach in degrees of the band."""
    low, high = np.minimum(edges[:, 1], edges[:, 3]) - reach, np.maximum(edges[:, 1], edges[:, 3]) + reach
    band = np.floor(points[:, 1] / BAND)
    order = np.argsort(band, kind="stable")
    for some in np.split(order, np.flatnonzero(np.diff(band[order])) + 1) if len(points) else ():
        south, north = points[some, 1].min(), points[some, 1].max()
        near = edges[(low <= north) & (high >= south)]
        step = max(1, MOST_AT_ONCE // max(1, len(near)))
        for start in range(0, len(some), step):
            yield some[start : start + step], near


def _holds(edges: Floats, points: Floats) -> Bools:
    """Tell which points a ray to the east leaves an odd number of times."""
    found = np.zeros(len(points), dtype=bool)
    corners = edges.reshape(-1, 2).min(axis=0), edges.reshape(-1, 2).max(axis=0)
    possible = np.flatnonzero(((points >= corners[0]) & (points <= corners[1])).all(axis=1))
    for some, near in _bands(edges, points[possible], 0.0):
        x, y = points[possible[some], None].T[:, 0, :, None]
        first_x, first_y, last_x, last_y = near.T
        crossed = (first_y > y) != (last_y > y)
        rise = np.where(last_y == first_y, 1.0, last_y - first_y)
        east = x < first_x + (y - first_y) * ((last_x - first_x) / rise)
        found[possible[some]] = (crossed & east).sum(axis=1) % 2 == 1
    return found


def _away_km(edges: Floats, points: Floats, reach_km: float) -> Floats:
    """Return the distance of points from the nearest edge, on the plane that touches the globe at each of them.

    It is infinite where no edge lies in the reach.
    """
    away = np.full(len(points), math.inf)
    for some, near in _bands(edges, points, reach_km / KM_A_DEGREE):
        if not len(near):
            continue
        x, y = points[some, 0, None], points[some, 1, None]
        across = np.cos(np.radians(y))
        first_x, last_x = (((near[:, at] - x + 180) % 360 - 180) * across for at in (0, 2))
        first_y, last_y = near[:, 1] - y, near[:, 3] - y
        along_x, along_y = last_x - first_x, last_y - first_y
        length = np.maximum(along_x**2 + along_y**2, 1e-12)
        share = np.clip(-(first_x * along_x + first_y * along_y) / length, 0, 1)
        apart = np.hypot(first_x + share * along_x, first_y + share * along_y).min(axis=1)
        away[some] = apart * KM_A_DEGREE
    return away
