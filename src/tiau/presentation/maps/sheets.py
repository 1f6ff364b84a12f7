"""One sheet of a map: ground, ways, circles and names, one above the other, and the legend below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tiau.presentation.maps import flows, legend
from tiau.presentation.maps.content import Content, Mark, people_of
from tiau.presentation.maps.framing import Away, Floats, Frame, Sheet
from tiau.presentation.maps.ground import Ground, Land, ground
from tiau.presentation.maps.labels import Paper
from tiau.presentation.maps.naming import Names
from tiau.presentation.maps.scales import Scales
from tiau.presentation.maps.style import STYLE
from tiau.presentation.maps.svg import outline
from tiau.presentation.svg import described, element, number, title

Point = tuple[float, float]

MOST_SAID = 300
LARGE = 5.0
"""Circles from this radius on may not be written over."""


@dataclass(frozen=True)
class View:
    """What a sheet shows.

    Attributes
    ----------
    points : dict of int to float array (2,)
        Longitude and latitude of the marks that have coordinates, by number.
    away : dict of int to Away
        Marks that are left out of the frame though people leave, pass or stay there.
    frame : Frame
    scales : Scales
    sheet : Sheet
    key : str
        Parts the names of its elements from those of other sheets.
    title, words : str
        What it shows in short, and in words.
    whole : bool
        Whether it is a whole map and not a part of one, whose legend holds there too.
    """

    points: Mapping[int, Floats]
    away: Mapping[int, Away]
    frame: Frame
    scales: Scales
    sheet: Sheet
    key: str
    title: str
    words: str
    whole: bool = True

    @property
    def seen(self) -> dict[int, Floats]:
        """Where marks in the frame lie, in pixels."""
        every = {at: self.frame.at(point) for at, point in self.points.items()}
        corner = np.array((self.frame.width, self.frame.height))
        return {at: point for at, point in every.items() if (point >= 0).all() and (point <= corner).all()}


@dataclass(frozen=True)
class Inked:
    """What lies in the frame of a sheet and the names over it, as SVG; the marks that are named, and that are not."""

    layers: str
    names: str
    named: frozenset[int]
    unnamed: tuple[int, ...]


def inked(content: Content, view: View) -> Inked:
    """Draw what a sheet shows in its frame."""
    frame, scales = view.frame, view.scales
    every = {at: _point(frame.at(point)) for at, point in view.points.items()}
    seen = {at: _point(point) for at, point in view.seen.items()}
    land = ground(content, list(seen), np.array(list(seen.values()), float).reshape(-1, 2), frame)
    lanes = flows.lanes(content, every, frame, scales)
    paper = _paper(content, seen, scales, frame, flows.sampled(lanes, frame))
    names = Names(content, scales, view.sheet, paper)
    names.write(land, seen, view.away if view.whole else {}, frame)
    layers = (
        _grounds(land), flows.untravelled(content.flows, every, frame), flows.drawn(lanes, scales.travelled),
        _circles(content, seen, scales),
    )  # fmt: skip
    return Inked("".join(layers), "".join(names.written), frozenset(names.named), tuple(names.unnamed))


def framed(content: Content, view: View, ink: Inked, larger: Sequence[Frame], lacking: int) -> str:
    """Put what a sheet shows into its frame, and the legend below.

    Frames of parts that are drawn larger are outlined, below the names. The legend of the whole map says what its marks
    mean, how many places have no name on any sheet, and how many nobody used.
    """
    frame, key = view.frame, view.key
    layers = (ink.layers, *(_outlined(part, frame) for part in larger), ink.names)
    items = [*legend.of_frame(frame, view.sheet, larger=bool(larger))]
    if view.whole:
        marks, names = legend.of_marks(content, view.scales, view.sheet), legend.of_names(lacking, view.sheet)
        unused = sum(not content.marks[at].used for at in view.seen)
        items = [*marks, *items, *names, *legend.of_unused(unused, view.sheet)]
    strip, up = legend.legend(items, frame, view.sheet)
    across, down = frame.width - 2, frame.height - 2
    edge = element("rect", class_="o", x=1, y=1, width=across, height=down)
    cut = element("clipPath", element("rect", x=1, y=1, width=across, height=down), id=f"{key}-frame")
    inner = element("g", *layers, clip_path=f"url(#{key}-frame)")
    head = element("style", STYLE) if view.whole else ""
    head += title(view.title, id=f"{key}-title") + described(view.words, id=f"{key}-desc")
    return element(
        "svg", head + cut + inner + edge + strip, class_=f"tiau-map tiau-{view.sheet.name}",
        viewBox=f"0 0 {number(frame.width)} {number(frame.height + up)}", role="img",
        aria_labelledby=f"{key}-title", aria_describedby=f"{key}-desc", font_size=view.sheet.letters,
    )  # fmt: skip


def _point(pixels: Floats) -> Point:
    return (float(pixels[0]), float(pixels[1]))


def _paper(content: Content, seen: Mapping[int, Point], scales: Scales, frame: Frame, ways: Floats) -> Paper:
    circles = [(x, y, scales.radius(content.marks[at].people)) for at, (x, y) in sorted(seen.items())]
    large = [circle for circle in circles if circle[2] >= LARGE]
    small = [(x, y) for x, y, radius in circles if radius < LARGE]
    return Paper(
        frame.width, frame.height, np.array(large, float).reshape(-1, 3), np.array(small, float).reshape(-1, 2), ways
    )  # fmt: skip


def _grounds(land: Ground) -> str:
    # Regions below: countries are tinted over them, and their borders cover those that both share.
    regions = "".join(_land(region, "r") for region in land.regions)
    countries = "".join(_land(one, "h" if one.left else "b") for one in land.countries)
    return element("g", regions + countries, transform="scale(.1)") if countries else ""


def _land(land: Land, kind: str) -> str:
    return element("path", class_=kind, d=outline(land.rings))


def _circles(content: Content, seen: Mapping[int, Point], scales: Scales) -> str:
    """Draw the marks of places, the large ones below; the most important say who they are to a pointer on them."""
    order = sorted(seen, key=lambda at: content.marks[at].weight)
    below = content.below
    return "".join(
        _circle(content.marks[at], seen[at], scales, below, said=number < MOST_SAID) for number, at in enumerate(order)
    )


def _circle(mark: Mark, point: Point, scales: Scales, below: int, *, said: bool) -> str:
    kind = "z" if mark.people == 0 else "a" if mark.abroad else "i"
    words = f"{mark.name}, {mark.country}: {people_of(mark, below)} displaced people"
    shown = [title(words)] if said and mark.people != 0 else []
    return element("circle", *shown, class_=kind, cx=point[0], cy=point[1], r=scales.radius(mark.people))


def _outlined(part: Frame, frame: Frame) -> str:
    """Outline what another frame shows."""
    corners = frame.at(part.corners)
    (left, top), (right, bottom) = corners.tolist()
    return element("rect", class_="v", x=left, y=top, width=right - left, height=bottom - top)
