"""Maps read as a reader sees them: sheets, names and where they lie, circles, and that nothing collides."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree

from tiau.presentation.maps.style import COUNTRY, REGION, SPACED
from tiau.presentation.maps.widths import height, width

SVG = "{http://www.w3.org/2000/svg}"


def sheets(drawn) -> list[ElementTree.Element]:
    """The sheets of a map, read as XML is."""
    # Inline SVG needs no namespace in HTML.
    return list(ElementTree.fromstring(f'<div xmlns="http://www.w3.org/2000/svg">{drawn.svg}{drawn.closer}</div>'))


def texts(sheet, *kinds):
    return [one for one in sheet.iter(f"{SVG}text") if one.get("class") in kinds]


def names(sheet):
    """What places are called on a sheet, without their people."""
    return [re.sub(r" [<\d][\d,]*( \([\d,]+ km\))?$", "", one.text) for one in texts(sheet, "p", "q")]


def boxes(sheet) -> Iterator[tuple[str, float, float, float, float]]:
    """Where names in the frame lie: left, top, right, bottom."""
    letters = float(sheet.get("font-size"))
    for one in texts(sheet, "p", "q", "C", "R"):
        size = letters * {"C": COUNTRY, "R": REGION}.get(one.get("class"), 1.0)
        across = width(one.text, size) + (SPACED * size * len(one.text) if one.get("class") == "C" else 0.0)
        anchor = one.get("text-anchor", "start")
        if one.get("direction") == "rtl" and anchor != "middle":
            anchor = {"start": "end", "end": "start"}[anchor]
        left = float(one.get("x")) - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * across
        middle = float(one.get("y")) - 0.36 * size
        up = height(one.text, size)
        yield one.text, left, middle - up / 2, left + across, middle + up / 2


def frame(sheet):
    edge = next(one for one in sheet.iter(f"{SVG}rect") if one.get("class") == "o")
    return float(edge.get("width")) + 2, float(edge.get("height")) + 2


def circles(sheet):
    """Middle and radius of the marks of places on a sheet, without those of the legend."""
    inner = next(one for one in sheet if one.get("clip-path"))
    return [tuple(float(one.get(key)) for key in ("cx", "cy", "r")) for one in inner.iter(f"{SVG}circle")]


def assert_readable(drawn):
    """No name touches another, the frame or a large circle, on any sheet."""
    for sheet in sheets(drawn):
        across, down = frame(sheet)
        lying = list(boxes(sheet))
        for name, left, top, right, bottom in lying:
            assert left >= 0, name
            assert top >= 0, name
            assert right <= across, name
            assert bottom <= down, name
            for x, y, radius in circles(sheet):
                if radius > 5:
                    off = math.hypot(max(left - x, x - right, 0), max(top - y, y - bottom, 0))
                    assert off >= radius - 0.2, (name, x, y, radius)
        for one, other in combinations(lying, 2):
            apart = one[1] >= other[3] or other[1] >= one[3] or one[2] >= other[4] or other[2] >= one[4]
            assert apart, (one[0], other[0])
