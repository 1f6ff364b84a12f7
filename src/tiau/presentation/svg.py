"""Elements of SVG as text: the same each time, escaped, with the colours of the page that they stand on."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tiau.texts import visible

Value = str | float | None


def number(value: float) -> str:
    """Write a length or a place with one decimal at most: a tenth of a unit is less than anybody sees."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def share(value: float) -> str:
    """Write an opacity."""
    return f"{value:.2g}"


def element(tag: str, *inside: str, **attributes: Value) -> str:
    """Write an element; `stroke_width` becomes stroke-width, `class_` class, and None is left out.

    What is inside is SVG already: texts go through `text` or `title`.
    """
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items() if value is not None
    )  # fmt: skip
    return f"<{tag}{told}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{told}/>"


def text(x: float, y: float, words: str, **attributes: Value) -> str:
    """Write words at a place, which stay words: they can be searched, copied and read aloud."""
    return element("text", _shown(words), x=x, y=y, **attributes)


def title(words: str, **attributes: Value) -> str:
    """Write the title of an element, which is shown where a pointer rests on it."""
    return element("title", _shown(words), **attributes)


def described(words: str, **attributes: Value) -> str:
    """Write the description of a drawing, for those who do not see it."""
    return element("desc", _shown(words), **attributes)


def _shown(words: str) -> str:
    return escape(visible(words), quote=False)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Value) -> str:
    """Write a straight line."""
    return element("path", d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", **attributes)


def along(points: Iterable[tuple[float, float]]) -> str:
    """Write points (x, y) as the data of a path that is not closed."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
