"""Which of some points on the globe are neighbours: a sparse graph, and the shortest links that join its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

NEAREST = 32
"""So many of the points around each are tried; neighbours further off join parts, and `links` finds those that do."""
SAME = 2e-6
"""Points so near each other, in radii of the globe (some 13 m), are one."""

Points = NDArray[np.float64]
Pair = tuple[int, int]


def on_sphere(lat: Sequence[float], lon: Sequence[float]) -> Points:
    """Return points in degrees as unit vectors, shape (point, 3): distances have no seam and no poles there."""
    north, east = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)


def neighbours(points: Points) -> list[Pair]:
    """Return the pairs of points that are neighbours: no other point lies in the circle that has them at its ends.

    That is the graph of Gabriel and Sokal (1969, doi:10.2307/2412323). It joins every point to the nearest and has
    about four pairs a point at most. Of points at one place the first stands for the others, which are tied to it.
    """
    first = _first_there(points)
    single = np.flatnonzero(first == np.arange(len(points)))
    tied = [(int(first[point]), point) for point in range(len(points)) if first[point] != point]
    return sorted(tied + [(int(single[i]), int(single[j])) for i, j in _empty_circles(points[single])])


def _first_there(points: Points) -> NDArray[np.int64]:
    """Return for each point the first one at its place."""
    if len(points) < 2:
        return np.arange(len(points))
    same = cKDTree(points).query_pairs(SAME, output_type="ndarray")
    parts = _parts(len(points), same)
    first = np.full(parts.max() + 1, len(points))
    np.minimum.at(first, parts, np.arange(len(points)))
    return first[parts]


def _empty_circles(points: Points) -> Iterable[tuple[int, int]]:
    count = len(points)
    if count < 2:
        return ()
    tree = cKDTree(points)
    _, near = tree.query(points, k=min(NEAREST + 1, count))
    ends = np.stack([np.repeat(np.arange(count), near.shape[1] - 1), near[:, 1:].ravel()], axis=1)
    ends = np.unique(np.sort(ends, axis=1), axis=0)
    ends = ends[ends[:, 0] != ends[:, 1]]
    middle = points[ends].mean(axis=1)
    radius = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1) / 2
    # The ends lie on the circle: if a third point lies in it or on it, it is among the three that are nearest.
    distance, near = tree.query(middle, k=min(3, count))
    third = (near != ends[:, :1]) & (near != ends[:, 1:]) & (distance <= radius[:, None] * (1 + 1e-9))
    return map(tuple, ends[~third.any(axis=1)].tolist())


def _parts(count: int, pairs: NDArray[np.int64] | Sequence[Pair]) -> NDArray[np.int32]:
    """Return for each point the number of the part that it belongs to."""
    ends = np.asarray(pairs, np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(ends), np.int8), (ends[:, 0], ends[:, 1])), shape=(count, count))
    return connected_components(graph, directed=False)[1]  # type: ignore[no-any-return]


def links(points: Points, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the shortest pairs that join the parts of a graph, the smallest part first."""
    if not len(points):
        return
    part = _parts(len(points), pairs)
    while len(sizes := np.unique(part, return_counts=True)[1]) > 1:
        numbers = np.unique(part)
        inside = part == numbers[int(np.argmin(sizes))]
        within, outside = np.flatnonzero(inside), np.flatnonzero(~inside)
        distance, near = cKDTree(points[outside]).query(points[within])
        best = int(np.argmin(distance))
        ends = int(within[best]), int(outside[near[best]])
        part[inside] = part[ends[1]]
        yield min(ends), max(ends)
