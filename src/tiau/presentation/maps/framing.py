"""Where places come to lie on paper: which of them are in the frame, and how degrees become pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tiau.presentation.maps.content import Mark
from tiau.scenario.geography import DEGREE_KM, EARTH_KM

Floats = NDArray[np.float64]

FAR_KM = 1000.0
"""Places further than this from all others are a group of their own."""
SMALLEST_SCALE = 0.6
"""A group far off and of few is left out of the frame if the map would shrink to less than this share with it."""
FEW = 0.1
"""Few are less than this share of all people there and on the way."""
LEAST_WHOLE, LEAST_PART = 0.3, 0.1
"""Degrees of latitude that places in a frame are taken to lie apart at least: borders are not exact to the metre."""
FLATTEST = 0.4
"""A part that is drawn larger may be as flat as this share of its width."""
STEEPEST = 80.0


@dataclass(frozen=True)
class Sheet:
    """The paper of a map, in pixels: one for a page, one for a phone.

    Attributes
    ----------
    name : str
    width : float
    lowest, highest : float
        How high the frame may be.
    margin : float
        Places lie no nearer to the edge of the frame than this.
    letters : float
        Height of the letters of names.
    largest : float
        Radius of the largest circle.
    widest : float
        Width of the broadest flow.
    labels : int
        At most so many places are named.
    least : float, degrees
        How far places are taken to lie apart at least.
    """

    name: str
    width: float
    lowest: float
    highest: float
    margin: float
    letters: float
    largest: float
    widest: float
    labels: int
    least: float = LEAST_WHOLE

    @property
    def part(self) -> Sheet:
        """The paper of a part that is drawn larger: it may be flatter."""
        return replace(self, lowest=FLATTEST * self.width, least=LEAST_PART)


@dataclass(frozen=True)
class Frame:
    """An equirectangular projection that is true at its middle latitude.

    Attributes
    ----------
    lon, lat : float, degrees
        The middle.
    scale : float
        Pixels for a degree of latitude.
    width, height : float, pixels
    """

    lon: float
    lat: float
    scale: float
    width: float
    height: float

    def at(self, points: Floats) -> Floats:
        """Return where points of longitude and latitude (..., 2) lie, in pixels from the upper left corner."""
        east = (points[..., 0] - self.lon) * self.scale * _across(self.lat)
        south = (self.lat - points[..., 1]) * self.scale
        return np.stack((self.width / 2 + east, self.height / 2 + south), axis=-1)

    @property
    def corners(self) -> Floats:
        """Longitude and latitude of the upper left and the lower right corner."""
        half = np.array((self.width / _across(self.lat), -self.height)) / self.scale / 2
        middle = np.array((self.lon, self.lat))
        return np.stack((middle - half, middle + half))

    @property
    def km(self) -> float:
        """Kilometres of a pixel at the middle latitude."""
        return DEGREE_KM / self.scale


@dataclass(frozen=True)
class Away:
    """A place outside the frame: how far from the nearest place inside, and in which direction."""

    km: float
    degrees: float

    @property
    def direction(self) -> str:
        """The direction in a word."""
        words = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
        return words[round(self.degrees / 45) % 8]


def turned(marks: Sequence[Mark]) -> Floats:
    """Return longitude and latitude (mark, 2) so that no way round the globe is cut: east of the widest gap."""
    points = np.array([(mark.lon, mark.lat) for mark in marks], dtype=float).reshape(-1, 2)
    lons = np.unique(points[:, 0])
    if len(lons) > 1:
        gaps = np.diff(np.append(lons, lons[0] + 360))
        first = lons[(int(gaps.argmax()) + 1) % len(lons)]
        points[:, 0] = np.where(points[:, 0] < first, points[:, 0] + 360, points[:, 0])
    return points


def groups(points: Floats) -> list[NDArray[np.intp]]:
    """Return places by groups: in each of them a chain of steps of no more than `FAR_KM` leads from one to another."""
    left = np.arange(len(points))
    found = []
    while left.size:
        chain, ends = [left[:1]], left[:1]
        left = left[1:]
        while ends.size and left.size:
            near = np.array([_km(points[end], points[left]) <= FAR_KM for end in ends]).any(axis=0)
            ends, left = left[near], left[~near]
            chain.append(ends)
        found.append(np.sort(np.concatenate(chain)))
    return found


def in_the_frame(points: Floats, people: Floats, sheet: Sheet) -> NDArray[np.bool_]:
    """Tell which places the frame shows: groups of many, and others that do not make it too small.

    Of groups of few the nearest come first. One is left out if with it the scale would fall below `SMALLEST_SCALE` of
    what it is with those of many alone.
    """
    weight = people + 1.0
    every = groups(points)
    most = max(every, key=lambda group: (weight[group].sum(), len(group)))
    many = [group for group in every if group is most or weight[group].sum() >= FEW * weight.sum()]
    few = [group for group in every if not any(group is one for one in many)]
    kept = np.concatenate(many)
    alone = fitted(points[kept], sheet).scale
    for group in sorted(few, key=lambda group: _apart(points, most, group)):
        if fitted(points[np.concatenate((kept, group))], sheet).scale >= SMALLEST_SCALE * alone:
            kept = np.concatenate((kept, group))
    return np.isin(np.arange(len(points)), kept)


def fitted(points: Floats, sheet: Sheet) -> Frame:
    """Return the frame of a sheet that shows some points, at least one, as large as it can."""
    low, high = points.min(axis=0), points.max(axis=0)
    lon, lat = (low + high) / 2
    across, up = high - low
    across, up = max(across * _across(lat), sheet.least), max(up, sheet.least)
    inner = sheet.width - 2 * sheet.margin
    height = min(max(inner * up / across + 2 * sheet.margin, sheet.lowest), sheet.highest)
    scale = min(inner / across, (height - 2 * sheet.margin) / up)
    return Frame(float(lon), float(lat), float(scale), sheet.width, round(float(height)))


def away(point: Floats, inside: Floats) -> Away:
    """Return how far and in which direction a point lies from the nearest of those inside."""
    km = _km(point, inside)
    nearest = inside[int(km.argmin())]
    lat, other = math.radians(nearest[1]), math.radians(point[1])
    east = math.radians(point[0] - nearest[0])
    y = math.sin(east) * math.cos(other)
    x = math.cos(lat) * math.sin(other) - math.sin(lat) * math.cos(other) * math.cos(east)
    return Away(float(km.min()), math.degrees(math.atan2(y, x)) % 360)


def _across(lat: float) -> float:
    return math.cos(math.radians(min(max(lat, -STEEPEST), STEEPEST)))


def _apart(points: Floats, some: NDArray[np.intp], others: NDArray[np.intp]) -> float:
    return min(float(_km(points[other], points[some]).min()) for other in others)


def _km(point: Floats, others: Floats) -> Floats:
    """Return the shortest ways over the ground from a point to others, in km (haversine)."""
    lon, lat = np.radians(point)
    lons, lats = np.radians(others).T
    half = np.sin((lats - lat) / 2) ** 2 + np.sin((lons - lon) / 2) ** 2 * math.cos(lat) * np.cos(lats)
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half))))
