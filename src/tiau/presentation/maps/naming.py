"""Which names stand on a map: those of places with most people first, then countries and regions, then the others."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tiau.presentation.maps.clipping import holds
from tiau.presentation.maps.content import Content, Mark, people_of
from tiau.presentation.maps.framing import Away, Frame, Sheet
from tiau.presentation.maps.ground import Ground, Land
from tiau.presentation.maps.labels import Label, Paper, inside, placed
from tiau.presentation.maps.scales import Scales
from tiau.presentation.maps.style import COUNTRY, REGION, SPACED
from tiau.presentation.maps.svg import text
from tiau.presentation.maps.widths import height, width
from tiau.presentation.svg import along, element, number
from tiau.texts import visible

Point = tuple[float, float]

LONGEST = 30
"""Names of more letters are cut."""
FIRST = 0.25
"""The share of the names of places that come before those of countries."""
RASTER = 24
"""Names of countries and regions are tried on so many points across and down."""
BOLD = 1.1
"""How much broader bold letters are."""
POINTER, INSET = 6.0, 10.0


@dataclass
class Names:
    """Names written on a sheet.

    Attributes
    ----------
    content : Content
    scales : Scales
    sheet : Sheet
    paper : Paper
    written : list of str
        Elements.
    named, unnamed : lists of int
        Marks whose names found room, and those that found none though people stay there or leave them.
    """

    content: Content
    scales: Scales
    sheet: Sheet
    paper: Paper
    written: list[str] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    unnamed: list[int] = field(default_factory=list)

    def write(self, ground: Ground, points: Mapping[int, Point], away: Mapping[int, Away], frame: Frame) -> None:
        """Write every name that finds room; `points` are the marks in the frame, in pixels."""
        marks = self.content.marks
        order = sorted((at for at in points if marks[at].used), key=lambda at: marks[at].weight)
        first = math.ceil(FIRST * self.sheet.labels)
        self._away(away, frame)
        self._places(order[:first], points)
        self._countries(ground.countries)
        self._regions(land for land in ground.regions if land.peopled)
        self._places(order[first:], points)

    def _places(self, numbers: Sequence[int], points: Mapping[int, Point]) -> None:
        for at in numbers:
            mark = self.content.marks[at]
            words = called(mark, self.content.below)
            radius = self.scales.radius(mark.people)
            room = len(self.named) < self.sheet.labels
            label = placed(words, points[at], radius, self._size(words), self.paper) if room else None
            if label is not None:
                self.named.append(at)
                self._add(label, "q" if mark.people == 0 else "p", self.sheet.letters)
            elif mark.people != 0 or mark.left:
                self.unnamed.append(at)

    def _countries(self, lands: Iterable[Land]) -> None:
        for land in lands:
            self._over(land, land.name.upper(), "C", country_words(land, self.sheet), COUNTRY * self.sheet.letters)

    def _regions(self, lands: Iterable[Land]) -> None:
        for land in lands:
            self._over(land, land.name, "R", region_words(land, self.sheet), REGION * self.sheet.letters)

    def _over(self, land: Land, words: str, kind: str, size: Point, letters: float) -> None:
        label = inside(words, middles(land, size), size, self.paper)
        if label is not None:
            self._add(label, kind, letters)

    def _away(self, away: Mapping[int, Away], frame: Frame) -> None:
        """Write an arrow at the edge for each place outside the frame, with its name."""
        for at in sorted(away, key=lambda at: self.content.marks[at].weight):
            x, y = _at_the_edge(away[at], frame)
            words = f"{called(self.content.marks[at], self.content.below)} ({away[at].km:,.0f} km)"
            label = placed(words, (x, y), POINTER, self._size(words), self.paper)
            if label is not None:
                turned = f"translate({number(x)} {number(y)})rotate({number(away[at].degrees)})"
                self.written.append(element("path", class_="x", d="M0-6L4 4L-4 4Z", transform=turned))
                self._add(label, "p", self.sheet.letters)

    def _size(self, words: str) -> Point:
        return (width(words, self.sheet.letters), height(words, self.sheet.letters))

    def _add(self, label: Label, kind: str, letters: float) -> None:
        box = label.box
        x = (box.left, (box.left + box.right) / 2, box.right)[label.side + 1]
        if label.leader:
            self.written.append(element("path", class_="d", d=along(label.leader)))
        baseline = (box.top + box.bottom) / 2 + 0.36 * letters
        self.written.append(text(label.text, x, baseline, kind, label.side))


def country_words(land: Land, sheet: Sheet) -> Point:
    """Return how broad and high the name of a country is."""
    words, letters = land.name.upper(), COUNTRY * sheet.letters
    return (BOLD * width(words, letters) + SPACED * letters * len(words), height(words, letters))


def region_words(land: Land, sheet: Sheet) -> Point:
    """Return how broad and high the name of a region is."""
    letters = REGION * sheet.letters
    return (width(land.name, letters), height(land.name, letters))


def called(mark: Mark, below: int) -> str:
    """Return the name of a place with its people."""
    name = visible(mark.name)
    name = name if len(name) <= LONGEST else f"{_cut(name)}\N{HORIZONTAL ELLIPSIS}"
    return name if mark.people == 0 else f"{name} {people_of(mark, below)}"


def _cut(name: str) -> str:
    """Return the first words of a name, or the first letters of a long word, each with all its marks."""
    words = name[:LONGEST].rpartition(" ")[0]
    if len(words) >= LONGEST / 2:
        return words
    end = LONGEST - 1
    while unicodedata.category(name[end]).startswith("M"):
        end -= 1
    return name[:end]


def middles(land: Land, size: Point) -> list[Point]:
    """Return points around which a land has room for a name of a size, those furthest from its edges first."""
    corners = np.concatenate(land.rings)
    low, high = corners.min(axis=0), corners.max(axis=0)
    across, down = (np.linspace(a, b, RASTER + 2)[1:-1] for a, b in zip(low, high, strict=True))
    raster = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    half = np.array(size) / 2
    free = raster
    for corner in ((0, 0), (-1, -1), (-1, 1), (1, -1), (1, 1)):
        free = free[holds(land.rings, free + half * corner)]
    edge = np.array([((corners - point) ** 2).sum(axis=1).min() for point in free])
    return [(float(x), float(y)) for x, y in free[np.argsort(-edge, kind="stable")]]


def _at_the_edge(way: Away, frame: Frame) -> Point:
    """Return where a line from the middle of a frame in a direction meets its edge, a little inside."""
    turn = math.radians(way.degrees)
    across, down = math.sin(turn), -math.cos(turn)
    half = frame.width / 2 - INSET, frame.height / 2 - INSET
    reach = min(half[0] / max(abs(across), 1e-9), half[1] / max(abs(down), 1e-9))
    return (frame.width / 2 + reach * across, frame.height / 2 + reach * down)
