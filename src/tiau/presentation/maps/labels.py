"""Names put where they collide with nothing: several positions around each point are tried, the important first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[float, float]

GAP = 3.0
"""Pixels between a circle and its name."""
FURTHER = (0.0, 11.0, 22.0)
"""Names that find no room beside their circle are tried so many pixels further off, with a line that leads there."""
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.75, -0.75), (0.75, 0.75), (-0.75, -0.75), (-0.75, 0.75))
"""Where a name is tried: to the right first, as is usual."""
EDGE = 2.0
NEAR = 4.0
"""A name so near to the mark of another place seems to be of that."""
CELL = 4.0
"""Ways are counted by squares of so many pixels."""
ON_A_MARK, ON_A_WAY, LATER, LED = 6.0, 1.0, 0.35, 4.0
"""What speaks against a position: a mark or a way below the name, that others come first, that it needs a line."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, apart: float = 0.0) -> bool:
        """Whether it comes nearer to another than `apart`."""
        return (
            self.left < other.right + apart and other.left < self.right + apart
            and self.top < other.bottom + apart and other.top < self.bottom + apart
        )  # fmt: skip


@dataclass(frozen=True)
class Label:
    """A name with its place on paper.

    Attributes
    ----------
    text : str
    box : Box
    side : int
        The edge of the box at which the text begins from: -1 left, 0 the middle, 1 right.
    leader : tuple of tuple of float or None
        Ends of a line from the circle to the name, where the name stands off.
    """

    text: str
    box: Box
    side: int
    leader: tuple[Point, Point] | None = None


@dataclass
class Paper:
    """What lies on the paper already: names keep off it, or would rather.

    Attributes
    ----------
    width, height : float
        Nothing leaves the frame.
    circles : float array (circle, 3)
        Middle and radius of circles that no name may touch.
    marks : float array (point, 2)
        Small marks.
    ways : float array (point, 2)
        Points along broad flows.
    taken : list of Box
        Names that have found their place.
    """

    width: float
    height: float
    circles: Floats
    marks: Floats
    ways: Floats
    taken: list[Box] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """Whether a name may stand there."""
        inside = box.left >= EDGE and box.top >= EDGE
        inside = inside and box.right <= self.width - EDGE and box.bottom <= self.height - EDGE
        return inside and not any(box.meets(other, 1.0) for other in self.taken) and not self._on_a_circle(box)

    def crossed(self, start: Point, end: Point) -> bool:
        """Whether a line that leads to a name runs over another circle than it begins in, whose it would seem to be."""
        from_here = np.hypot(*(self.circles[:, :2] - start).T) <= self.circles[:, 2] + 0.1
        along = np.subtract(end, start)
        share = np.clip(((self.circles[:, :2] - start) @ along) / max(float(along @ along), 1e-9), 0.0, 1.0)
        off = np.hypot(*(np.asarray(start) + share[:, None] * along - self.circles[:, :2]).T)
        return bool(((off < self.circles[:, 2]) & ~from_here).any())

    def cost(self, box: Box) -> float:
        """Return what speaks against a name there."""
        return ON_A_MARK * _within(self.marks, box) + ON_A_WAY * self._ways_within(box)

    @cached_property
    def _ways_before(self) -> NDArray[np.intp]:
        """How many points of ways lie above and left of each corner of a raster (down, across)."""
        size = [int(length / CELL) + 2 for length in (self.width, self.height)]
        cells = np.clip(self.ways / CELL, 0, np.array(size) - 1).astype(int)
        counts = np.zeros((size[1] + 1, size[0] + 1), int)
        np.add.at(counts, (cells[:, 1] + 1, cells[:, 0] + 1), 1)
        return np.asarray(counts.cumsum(axis=0).cumsum(axis=1))

    def _ways_within(self, box: Box) -> int:
        """Return how many points of ways lie in a box, to a cell of the raster."""
        before = self._ways_before
        left, top, right, bottom = (max(0, round(edge / CELL)) for edge in (box.left, box.top, box.right, box.bottom))
        return int(before[bottom, right] - before[top, right] - before[bottom, left] + before[top, left])

    def _on_a_circle(self, box: Box) -> bool:
        x, y, radius = self.circles.T
        off_x = np.maximum(np.maximum(box.left - x, x - box.right), 0.0)
        off_y = np.maximum(np.maximum(box.top - y, y - box.bottom), 0.0)
        return bool((np.hypot(off_x, off_y) < radius + 1.0).any())


def placed(text: str, point: Point, radius: float, size: Point, paper: Paper) -> Label | None:
    """Put a name of a size (width, height) beside a circle, on the position that costs least; None where none is free.

    The position is noted as taken.
    """
    best, least = None, math.inf
    for number, label in enumerate(_positions(text, point, radius, size)):
        if paper.free(label.box) and not (label.leader and paper.crossed(*label.leader)):
            cost = paper.cost(label.box) + LATER * number + (LED if label.leader else 0.0)
            if cost < least:
                best, least = label, cost
    if best is not None:
        paper.taken.append(best.box)
    return best


def inside(text: str, points: Sequence[Point], size: Point, paper: Paper) -> Label | None:
    """Put a name over one of some points, the better first, where it is free; None where it is nowhere."""
    boxes = (Box(x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2) for x, y in points)
    free = [box for box in boxes if paper.free(box)]
    if not free:
        return None
    cost = [paper.cost(box) + ON_A_WAY * number / len(free) for number, box in enumerate(free)]
    box = free[cost.index(min(cost))]
    paper.taken.append(box)
    return Label(text, box, 0)


def _positions(text: str, point: Point, radius: float, size: Point) -> Iterator[Label]:
    """Yield the positions of a name around a circle, the better first."""
    for further in FURTHER:
        for across, down in SIDES:
            off = radius + GAP + further
            x, y = point[0] + across * off, point[1] + down * off
            side = -1 if across > 0 else 1 if across < 0 else 0
            left = x - size[0] * (side + 1) / 2
            top = y - size[1] * (0.5 if down == 0 or across else 1.0 if down < 0 else 0.0)
            box = Box(left, top, left + size[0], top + size[1])
            yield Label(text, box, side, _leader(point, radius, (x, y)) if further else None)


def _leader(point: Point, radius: float, end: Point) -> tuple[Point, Point]:
    length = math.hypot(end[0] - point[0], end[1] - point[1])
    share = radius / length
    return (point[0] + share * (end[0] - point[0]), point[1] + share * (end[1] - point[1])), end


def _within(points: Floats, box: Box) -> int:
    x, y = points.T
    across, down = (x > box.left - NEAR) & (x < box.right + NEAR), (y > box.top) & (y < box.bottom)
    return int((across & down).sum())
