"""Which points lie nearest to a point on the globe, among many."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.geography import EARTH_KM


class Nearby:
    """Points in groups, of which the nearest of a group are found.

    Parameters
    ----------
    points : sequence of (position, lat, lon, group), degrees
    """

    def __init__(self, points: Sequence[tuple[int, float, float, Hashable]]) -> None:
        from scipy.spatial import cKDTree

        of_group: dict[Hashable, list[tuple[int, float, float]]] = {}
        for position, lat, lon, group in points:
            of_group.setdefault(group, []).append((position, lat, lon))
        self._positions = {group: np.array([at for at, _, _ in found]) for group, found in of_group.items()}
        self._trees = {
            group: cKDTree(_on_sphere(np.array([lat for _, lat, _ in found]), np.array([lon for _, _, lon in found])))
            for group, found in of_group.items()
        }

    def nearest(self, group: Hashable, lat: float, lon: float, most: int) -> list[tuple[float, int]]:
        """Return the distance in km and the position of the nearest points of a group, at most so many."""
        tree = self._trees.get(group)
        if tree is None:
            return []
        chords, at = tree.query(_on_sphere(np.array([lat]), np.array([lon]))[0], k=range(1, min(most, tree.n) + 1))
        return [
            (2 * EARTH_KM * math.asin(min(1.0, float(chord) / 2)), int(position))
            for chord, position in zip(chords, self._positions[group][at], strict=True)
        ]


def _on_sphere(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    north, east = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=-1)
