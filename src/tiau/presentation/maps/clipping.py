"""Rings cut to a rectangle and thinned to what can be seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ring = Floats
"""Points (point, 2) in pixels; the last is not the first again."""


def clipped(ring: Ring, width: float, height: float, beyond: float) -> Ring:
    """Return what of a ring lies in a rectangle from 0, 0 on, and `beyond` around it (Sutherland and Hodgman, 1974).

    What of it lies outside runs along the edge, which therefore shall not be seen.
    """
    for axis, edge, sign in ((0, -beyond, 1), (0, width + beyond, -1), (1, -beyond, 1), (1, height + beyond, -1)):
        if not len(ring):
            break
        inwards = sign * (ring[:, axis] - edge)
        after, following = np.roll(inwards, -1), np.roll(ring, -1, axis=0)
        kept = inwards >= 0
        crossed = kept != (after >= 0)
        share = inwards / np.where(crossed, inwards - after, 1.0)
        cut = ring + share[:, None] * (following - ring)
        both = np.stack((ring, cut), axis=1).reshape(-1, 2)
        ring = both[np.stack((kept, crossed), axis=1).ravel()]
    return ring


def thinned(ring: Ring, least: float) -> Ring:
    """Return a ring without points that lie nearer than `least` to the one kept before."""
    kept: list[int] = []
    x = y = float("inf")
    for number, (to_x, to_y) in enumerate(ring.tolist()):
        if abs(to_x - x) >= least or abs(to_y - y) >= least:
            kept.append(number)
            x, y = to_x, to_y
    return ring[kept]


def holds(rings: list[Ring], points: Floats) -> NDArray[np.bool_]:
    """Tell which points (point, 2) lie inside rings: those that a ray leaves an odd number of times."""
    inside = np.zeros(len(points), dtype=bool)
    for ring in rings:
        near = np.flatnonzero(((points >= ring.min(axis=0)) & (points <= ring.max(axis=0))).all(axis=1))
        x, y = points[near, 0, None], points[near, 1, None]
        (first_x, first_y), (last_x, last_y) = ring.T, np.roll(ring, -1, axis=0).T
        crossed = (first_y > y) != (last_y > y)
        rise = np.where(last_y == first_y, 1.0, last_y - first_y)
        right = x < first_x + (y - first_y) * (last_x - first_x) / rise
        inside[near] ^= (crossed & right).sum(axis=1) % 2 == 1
    return inside
