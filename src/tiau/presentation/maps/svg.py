"""What a map has of SVG beside plain elements: names in their own direction, shapes in tenths of a pixel."""

from __future__ import annotations

import math

from tiau.presentation import svg
from tiau.presentation.maps.clipping import Ring
from tiau.presentation.maps.widths import right_to_left

TENTHS = 10
"""Shapes are written in tenths of a pixel, as whole numbers: a group around them makes them smaller."""


def text(words: str, x: float, y: float, kind: str, side: int = -1) -> str:
    """Write a text whose left end (-1), middle (0) or right end (1) stands at a point, in its own direction."""
    turned = right_to_left(words)
    anchor = "middle" if side == 0 else "start" if (side < 0) != turned else "end"
    return svg.text(x, y, words, class_=kind, text_anchor=anchor if anchor != "start" else None,
                    direction="rtl" if turned else None)  # fmt: skip


def outline(rings: list[Ring]) -> str:
    """Write rings as the data of a path, in tenths of a pixel."""
    return "".join(map(_ring, rings))


def _ring(ring: Ring) -> str:
    points = [(math.floor(TENTHS * x + 0.5), math.floor(TENTHS * y + 0.5)) for x, y in ring.tolist()]
    (x, y), *rest = points
    steps = []
    for to_x, to_y in rest:
        across, down = to_x - x, to_y - y
        steps.append(f"{across}{'' if down < 0 else ' '}{down}")
        x, y = to_x, to_y
    joined = "".join(step if step.startswith("-") or not at else f" {step}" for at, step in enumerate(steps))
    return f"M{points[0][0]} {points[0][1]}l{joined}z"
