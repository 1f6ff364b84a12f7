"""The ground of a map: countries and their regions in the frame, as rings in pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from tiau.borders.shapes import CountryShape, RegionShape, admin1, countries
from tiau.presentation.maps.clipping import Ring, clipped, holds, thinned
from tiau.presentation.maps.content import Content
from tiau.presentation.maps.framing import Floats, Frame

BEYOND = 4.0
"""Shapes are cut so many pixels outside the frame, so that the cut is not seen."""
LEAST = 1.0
"""Points nearer to each other, in pixels, are one."""
SMALLEST = 1.5
"""Islands of fewer square pixels are left out."""


@dataclass(frozen=True)
class Land:
    """A country or region as far as the frame shows it.

    Attributes
    ----------
    name : str
        As the scenario writes it, if it does.
    rings : list of Ring
    left : bool
        Whether people leave it.
    peopled : bool
        Whether displaced people are at a place in it.
    """

    name: str
    rings: list[Ring]
    left: bool
    peopled: bool


@dataclass(frozen=True)
class Piece:
    """A country or region with the west, south, east and north of each of its rings (ring, 4), degrees."""

    iso3: str
    name: str
    rings: list[Floats]
    extents: Floats


@dataclass(frozen=True)
class Ground:
    """The countries in the frame, and the regions of those that places lie in."""

    countries: tuple[Land, ...]
    regions: tuple[Land, ...]


def ground(content: Content, numbers: Sequence[int], pixels: Floats, frame: Frame) -> Ground:
    """Cut the shapes that ship with Tiau to a frame.

    Parameters
    ----------
    content : Content
    numbers : sequence of int
        The marks that lie in the frame.
    pixels : float array (number, 2)
        Where they lie.
    frame : Frame
    """
    regions = [piece for code in sorted(content.countries) for piece in _pieces(code)]
    return Ground(
        tuple(_lands(_pieces(""), content, numbers, pixels, frame, whole=True)),
        tuple(_lands(regions, content, numbers, pixels, frame, whole=False)),
    )


@cache
def _pieces(code: str) -> list[Piece]:
    """Return the regions of a country, or all countries without a code."""
    return [_piece(shape) for shape in (admin1(code) if code else countries())]


def _piece(shape: CountryShape | RegionShape) -> Piece:
    rings = [ring for polygon in shape.polygons for ring in polygon]
    extents = np.array([(*ring.min(axis=0), *ring.max(axis=0)) for ring in rings])
    return Piece(shape.iso3, shape.name, rings, extents)


def _lands(pieces: Iterable[Piece], content: Content, numbers: Sequence[int], pixels: Floats, frame: Frame, *,
           whole: bool) -> Iterable[Land]:  # fmt: skip
    for shape in pieces:
        rings = list(_rings(shape, frame))
        if rings:
            name = content.countries.get(shape.iso3, "")
            there = [content.marks[at] for at, within in zip(numbers, holds(rings, pixels), strict=True) if within]
            own = Counter(mark.admin1 for mark in there if mark.country == name)
            called = name if whole else own.most_common(1)[0][0] if own else ""
            yield Land(called or shape.name, rings, name in content.left, any(mark.people != 0 for mark in there))


def _rings(piece: Piece, frame: Frame) -> Iterator[Ring]:
    """Yield the rings of a piece in pixels; where the frame crosses 180 degrees, from the other side too."""
    (west, north), (east, south) = frame.corners
    for turn in (-360.0, 0.0, 360.0):
        low_x, low_y, high_x, high_y = piece.extents.T
        seen = (low_x + turn <= east) & (high_x + turn >= west) & (low_y <= north) & (high_y >= south)
        for at in np.flatnonzero(seen):
            ring = frame.at(piece.rings[at][:-1] + np.array((turn, 0.0)))
            ring = thinned(clipped(ring, frame.width, frame.height, BEYOND), LEAST)
            if len(ring) > 2 and np.prod(np.ptp(ring, axis=0)) >= SMALLEST:
                yield ring
