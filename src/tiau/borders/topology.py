"""Borders as they ship: TopoJSON, lines that shapes share, each once, from borders.json.gz beside this file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.garbage import uncollected

BORDERS = Path(__file__).with_name("borders.json.gz")

Ring = NDArray[np.float64]
"""Longitude and latitude in degrees, shape (points, 2); the last point is the first."""
Polygon = tuple[Ring, ...]
"""An outer ring and the holes in it."""


@dataclass(frozen=True)
class Topology:
    """Shapes that refer to lines.

    Attributes
    ----------
    lines : tuple of arrays
        Longitude and latitude of the points of each.
    countries, regions : tuple of dict
        Geometries as TopoJSON has them: each ring the numbers of its lines, `~number` where one runs backwards.
    """

    lines: tuple[NDArray[np.float64], ...]
    countries: tuple[dict[str, Any], ...]
    regions: tuple[dict[str, Any], ...]

    def ring(self, numbers: Sequence[int]) -> Ring:
        """Return the points of a ring."""
        parts = [self.lines[number] if number >= 0 else self.lines[~number][::-1] for number in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    def polygons(self, geometry: dict[str, Any]) -> tuple[Polygon, ...]:
        """Return the polygons of a geometry, the largest first."""
        return tuple(tuple(map(self.ring, polygon)) for polygon in geometry["arcs"])


@cache
def topology() -> Topology:
    """Read the borders, once."""
    with uncollected():
        return _topology(json.loads(gzip.decompress(BORDERS.read_bytes())))


def _topology(told: dict[str, Any]) -> Topology:
    countries, regions = (tuple(told["objects"][name]["geometries"]) for name in ("countries", "admin1"))
    return Topology(_lines(told["arcs"], told["transform"]["scale"]), countries, regions)


def _lines(arcs: list[list[list[int]]], scale: list[float]) -> tuple[NDArray[np.float64], ...]:
    """Return the points of each arc, which tells its first point and steps from there."""
    flat = chain.from_iterable(chain.from_iterable(arcs))
    ends = np.cumsum([len(arc) for arc in arcs])
    steps = np.fromiter(flat, dtype=np.int64, count=2 * int(ends[-1])).reshape(-1, 2)
    points = np.cumsum(steps, axis=0)
    before = np.concatenate((np.zeros((1, 2), dtype=np.int64), points[ends[:-1] - 1]))
    degrees = (points - np.repeat(before, np.diff(ends, prepend=0), axis=0)) * np.array(scale)
    degrees.setflags(write=False)
    return tuple(np.split(degrees, ends[:-1]))
