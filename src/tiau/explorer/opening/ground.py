"""The map of a scenario: lands as paths, and where its places lie on it."""

from __future__ import annotations

from typing import Any

import numpy as np

from tiau.presentation.maps.content import Content, without_people
from tiau.presentation.maps.framing import Floats, Frame, Sheet, away, fitted, in_the_frame, turned
from tiau.presentation.maps.ground import Land, ground
from tiau.presentation.maps.naming import country_words, middles, region_words
from tiau.presentation.maps.svg import outline
from tiau.presentation.maps.words import ENDORSED
from tiau.scenario.network import Network

SHEET = Sheet("explorer", 960.0, 560.0, 1000.0, 44.0, 12.5, 26.0, 12.0, 100)
Point = tuple[float, float]


def map_of(network: Network) -> tuple[dict[str, Any] | None, dict[int, Point]]:
    """Return the map of the places that have coordinates, and where each of them lies on it, in pixels.

    Places far from all others, and few, are told in words instead; without coordinates there is no map.
    """
    content = without_people(network)
    located = [at for at, mark in enumerate(content.marks) if mark.located]
    if not located:
        return None, {}
    points = turned([content.marks[at] for at in located])
    inside = in_the_frame(points, np.zeros(len(located)), SHEET)
    frame = fitted(points[inside], SHEET)
    numbers, pixels = [at for at, within in zip(located, inside, strict=True) if within], frame.at(points[inside])
    found = {
        "width": frame.width, "height": frame.height, "km_per_pixel": frame.km, "words": ENDORSED,
        "land": _lands(content, numbers, pixels, frame),
        "outside": _outside(content, located, points, inside),
    }  # fmt: skip
    where = {at: (round(x, 1), round(y, 1)) for at, (x, y) in zip(numbers, pixels.tolist(), strict=True)}
    return found, where


def _lands(content: Content, numbers: list[int], pixels: Floats, frame: Frame) -> list[dict[str, Any]]:
    # Regions first, as on every map: countries are tinted over them, and their borders cover those that both share.
    found = ground(content, numbers, pixels, frame)
    regions = [_land(land, "region", region_words(land, SHEET)) for land in found.regions]
    return regions + [_land(land, "left" if land.left else "other", country_words(land, SHEET))
                      for land in found.countries]  # fmt: skip


def _land(land: Land, kind: str, size: Point) -> dict[str, Any]:
    """Return a land with the point around which its name has the most room; none where it has not enough."""
    x, y = next(iter(middles(land, size)), (None, None))
    return {"name": land.name, "kind": kind, "d": outline(land.rings), "x": x, "y": y}


def _outside(content: Content, located: list[int], points: Floats, inside: Any) -> list[dict[str, str]]:  # noqa: ANN401
    """Say of each place that lies outside how far it is, and in which direction."""
    found = []
    for at, point, within in zip(located, points, inside, strict=True):
        if not within:
            way = away(point, points[inside])
            words = f"{way.km:,.0f} km {way.direction} of the nearest place on the map"
            found.append({"name": content.marks[at].name, "words": words})
    return found
