"""Flows as lanes: who goes each way keeps to the right of the line between two places, an arrow says where to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from tiau.presentation.maps.content import Content, Flow
from tiau.presentation.maps.framing import Floats, Frame
from tiau.presentation.maps.scales import Scales
from tiau.presentation.svg import along, element, number

Point = tuple[float, float]

ARROW_AT = 0.56
"""Where on a lane its arrow stands, between the circles at its ends."""
FEW = 0.02
"""Flows of less than this share of the broadest have no arrow."""
SHORT = 2.2
"""Lanes shorter than so many arrows have none."""
STEP = 6.0
MOST_STEPS = 500
SEEN = 1.5
"""Names keep off lanes from this width on."""


@dataclass(frozen=True)
class Lane:
    """A flow on paper.

    Attributes
    ----------
    start, end : tuple of float
    width : float
    people : int or None
    hidden : tuple of float
        How much of it the circles at its ends cover, in pixels.
    """

    start: Point
    end: Point
    width: float
    people: int | None
    hidden: tuple[float, float] = (0.0, 0.0)

    @property
    def length(self) -> float:
        """How long it is, in pixels."""
        return math.dist(self.start, self.end)

    def along(self, share: float, aside: float = 0.0) -> Point:
        """Return the point at a share of the way, and so many pixels to the right of it."""
        across, down = ((b - a) / self.length for a, b in zip(self.start, self.end, strict=True))
        x, y = (a + share * (b - a) for a, b in zip(self.start, self.end, strict=True))
        return (x - aside * down, y + aside * across)


def lanes(content: Content, points: Mapping[int, Point], frame: Frame, scales: Scales) -> list[Lane]:
    """Return the lanes of flows that somebody travelled and that may be seen in a frame, the narrow ones first."""
    flows, radii = content.flows, [scales.radius(mark.people) for mark in content.marks]
    widths = {(flow.start, flow.end): scales.width(flow.people) for flow in flows if flow.people != 0}
    found = []
    for flow in flows:
        width, start, end = widths.get((flow.start, flow.end)), points.get(flow.start), points.get(flow.end)
        if width is None or start is None or end is None or not _seen(start, end, frame):
            continue
        lane = Lane(start, end, width, flow.people)
        # Two lanes lie side by side, and together in the middle.
        back = widths.get((flow.end, flow.start))
        aside = back / 2 if back else 0.0
        covered = (radii[flow.start], radii[flow.end])
        found.append(Lane(lane.along(0, aside), lane.along(1, aside), width, flow.people, covered))
    return sorted(found, key=lambda lane: (lane.width, lane.start, lane.end))


def drawn(found: list[Lane], most: int) -> str:
    """Write lanes and their arrows."""
    # One element for all lanes of a width: an import may have thousands of narrow ones.
    widths = groupby(found, key=lambda lane: number(lane.width))
    lines = "".join(
        element("path", class_="f", d="".join(_line(lane.start, lane.end) for lane in some), stroke_width=width)
        for width, some in widths
    )
    arrows = "".join(_arrow(lane, most) for lane in found)
    drawn = element("g", lines, opacity=0.5) if lines else ""
    return drawn + element("path", class_="t", d=arrows) if arrows else drawn


def untravelled(flows: tuple[Flow, ...], points: Mapping[int, Point], frame: Frame) -> str:
    """Write the ways that nobody took in either direction."""
    taken = {frozenset((flow.start, flow.end)) for flow in flows if flow.people != 0}
    others = {tuple(sorted((flow.start, flow.end))) for flow in flows} - {tuple(sorted(pair)) for pair in taken}
    ends = [(points.get(a), points.get(b)) for a, b in sorted(others)]
    lines = "".join(_line(a, b) for a, b in ends if a and b and _seen(a, b, frame))
    return element("path", class_="w", d=lines) if lines else ""


def sampled(found: list[Lane], frame: Frame) -> Floats:
    """Return points along broad lanes in a frame (point, 2), for names to keep off them."""
    broad = [lane for lane in found if lane.width >= SEEN]
    steps = [np.linspace(lane.start, lane.end, min(MOST_STEPS, 2 + int(lane.length / STEP))) for lane in broad]
    points = np.concatenate([np.zeros((0, 2)), *steps])
    return points[((points >= 0) & (points <= (frame.width, frame.height))).all(axis=1)]


def _seen(start: Point, end: Point, frame: Frame) -> bool:
    """Whether a line between two points is long enough to be seen and may cross a frame."""
    if math.dist(start, end) < 1.0:
        return False
    sizes = (frame.width, frame.height)
    return all(max(a, b) >= 0 and min(a, b) <= size for a, b, size in zip(start, end, sizes, strict=True))


def _line(start: Point, end: Point) -> str:
    return along((start, end))


def _arrow(lane: Lane, most: int) -> str:
    long, half = max(6.0, 0.9 * lane.width + 3.0), max(2.6, 0.5 * lane.width + 1.2)
    seen = lane.length - sum(lane.hidden)
    if (lane.people or 0) < FEW * most or seen < SHORT * long:
        return ""
    middle = lane.hidden[0] + ARROW_AT * seen
    tip, back = ((middle + step * long) / lane.length for step in (0.5, -0.5))
    return along((lane.along(tip), lane.along(back, half), lane.along(back, -half))) + "Z"
