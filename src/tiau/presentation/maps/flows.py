"""Flows as lanes: who goes each way keeps to the right of the line between two places, an arrow says where to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from tiau.presentation.maps import svg
from tiau.presentation.maps.content import Content, Flow
from tiau.presentation.maps.scales import Scales

Point = tuple[float, float]

ARROW_AT = 0.56
"""Where on a lane its arrow stands, between the circles at its ends."""
FEW = 0.02
"""Flows of less than this share of the broadest have no arrow."""
SHORT = 2.2
"""Lanes shorter than so many arrows have none."""
STEP = 6.0
SEEN = 1.5


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


def lanes(content: Content, points: Mapping[int, Point], scales: Scales) -> list[Lane]:
    """Return the lanes of flows that somebody travelled, the narrow ones first."""
    flows, radii = content.flows, [scales.radius(mark.people) for mark in content.marks]
    widths = {(flow.start, flow.end): scales.width(flow.people) for flow in flows if flow.people != 0}
    found = []
    for flow in flows:
        width, ends = widths.get((flow.start, flow.end)), (points.get(flow.start), points.get(flow.end))
        if width is None or ends[0] is None or ends[1] is None or math.dist(ends[0], ends[1]) < 1.0:
            continue
        lane = Lane(ends[0], ends[1], width, flow.people)
        # Two lanes lie side by side, and together in the middle.
        back = widths.get((flow.end, flow.start))
        aside = back / 2 if back else 0.0
        covered = (radii[flow.start], radii[flow.end])
        found.append(Lane(lane.along(0, aside), lane.along(1, aside), width, flow.people, covered))
    return sorted(found, key=lambda lane: (lane.width, lane.start, lane.end))


def drawn(found: list[Lane], most: int) -> str:
    """Write lanes and their arrows."""
    # One element for all lanes of a width: an import may have thousands of narrow ones.
    widths = groupby(found, key=lambda lane: svg.number(lane.width))
    lines = "".join(
        svg.element("path", class_="f", d="".join(_line(lane.start, lane.end) for lane in some), stroke_width=width)
        for width, some in widths
    )
    arrows = "".join(svg.element("path", class_="t", d=arrow) for lane in found if (arrow := _arrow(lane, most)))
    return svg.element("g", lines, opacity=0.5) + arrows if lines else ""


def untravelled(flows: tuple[Flow, ...], points: Mapping[int, Point]) -> str:
    """Write the ways that nobody took in either direction."""
    taken = {frozenset((flow.start, flow.end)) for flow in flows if flow.people != 0}
    others = {tuple(sorted((flow.start, flow.end))) for flow in flows} - {tuple(sorted(pair)) for pair in taken}
    ends = [(points[a], points[b]) for a, b in sorted(others) if a in points and b in points]
    return svg.element("path", class_="w", d="".join(_line(a, b) for a, b in ends)) if ends else ""


def sampled(found: list[Lane]) -> Iterator[Point]:
    """Yield points along broad lanes, for names to keep off them."""
    for lane in found:
        steps = int(lane.length / STEP) if lane.width >= SEEN else 0
        yield from (lane.along((step + 0.5) / steps) for step in range(min(steps, 1000)))


def _line(start: Point, end: Point) -> str:
    return f"M{svg.number(start[0])} {svg.number(start[1])}L{svg.number(end[0])} {svg.number(end[1])}"


def _arrow(lane: Lane, most: int) -> str:
    long, half = max(6.0, 0.9 * lane.width + 3.0), max(2.6, 0.5 * lane.width + 1.2)
    seen = lane.length - sum(lane.hidden)
    if (lane.people or 0) < FEW * most or seen < SHORT * long:
        return ""
    middle = lane.hidden[0] + ARROW_AT * seen
    tip, back = ((middle + step * long) / lane.length for step in (0.5, -0.5))
    return svg.polygon([lane.along(tip), lane.along(back, half), lane.along(back, -half)])
