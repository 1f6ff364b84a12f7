"""Elements of SVG as text, with everything escaped that comes from outside."""

from __future__ import annotations

import math
from html import escape

from tiau.presentation.maps.clipping import Ring
from tiau.presentation.maps.widths import right_to_left
from tiau.texts import visible

TENTHS = 10
"""Shapes are written in tenths of a pixel, as whole numbers: a group around them makes them smaller."""


def number(value: float) -> str:
    """Write a length with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def element(name: str, content: str = "", **attributes: object) -> str:
    """Write an element; `content` is markup, attributes are escaped and named as Python must: `class_`, `font_size`."""
    written = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(words: str, x: float, y: float, kind: str, side: int = -1) -> str:
    """Write a text whose left end (-1), middle (0) or right end (1) stands at a point, in its own direction."""
    turned = right_to_left(words)
    anchor = "middle" if side == 0 else "start" if (side < 0) != turned else "end"
    shown = escape(visible(words), quote=False)
    return element("text", shown, class_=kind, x=x, y=y, text_anchor=anchor if anchor != "start" else None,
                   direction="rtl" if turned else None)  # fmt: skip


def told(name: str, words: str, **attributes: object) -> str:
    """Write a title, which is shown when a pointer rests on what it stands in, or a description."""
    return element(name, escape(visible(words), quote=False), **attributes)


def outline(rings: list[Ring]) -> str:
    """Write rings as the data of a path, in tenths of a pixel."""
    return "".join(map(_ring, rings))


def polygon(points: list[tuple[float, float]]) -> str:
    """Write a few points as the data of a path, in pixels."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


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


def _name(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else escape(str(value))
