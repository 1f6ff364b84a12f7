"""The strip below a map that explains its marks: kinds of circles, their sizes, widths of flows, scale, north."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tiau.presentation.maps.content import Content
from tiau.presentation.maps.framing import Frame, Sheet
from tiau.presentation.maps.scales import Scales, round_below
from tiau.presentation.maps.svg import text
from tiau.presentation.maps.widths import width
from tiau.presentation.svg import element, number

APART, BETWEEN, ROW = 18.0, 5.0, 6.0
KEY = 6.0
LONGEST = 30
"""Countries with a longer name are not named here."""
LONGEST_SCALE = 0.22
"""The bar of the scale is no longer than this share of the sheet."""


@dataclass(frozen=True)
class Item:
    """An entry: a drawing with its middle at 0, 0 on the left, of a width and height, and words to the right of it."""

    drawing: str
    across: float
    up: float
    words: str


def legend(items: Iterable[Item], frame: Frame, sheet: Sheet) -> tuple[str, float]:
    """Return the strip below a frame as markup, and how high it is; as many entries stand in a row as have room."""
    left = 0.0
    rows: list[list[tuple[Item, float]]] = [[]]
    for item in items:
        across = item.across + BETWEEN + width(item.words, sheet.letters)
        if rows[-1] and left + across > sheet.width:
            left = 0.0
            rows.append([])
        rows[-1].append((item, left))
        left += across + APART
    written, top = [], ROW
    for entries in rows:
        up = max((item.up for item, _ in entries), default=0.0)
        written += [_written(item, x, frame.height + top + up / 2, sheet) for item, x in entries]
        top += up + ROW
    return "".join(written), top


def _written(item: Item, x: float, y: float, sheet: Sheet) -> str:
    drawn = element("g", item.drawing, transform=f"translate({number(x)} {number(y)})")
    return drawn + text(item.words, x + item.across + BETWEEN, y + 0.35 * sheet.letters, "k")


def of_marks(content: Content, scales: Scales, sheet: Sheet) -> Iterator[Item]:
    """Yield what circles and lines mean: which kinds there are, and how large round numbers of people are."""
    line = 1.3 * sheet.letters
    for kind, words in (("a", "displaced abroad"), ("i", f"displaced inside {_where(content)}")):
        if any(mark.people != 0 and mark.abroad == (kind == "a") for mark in content.marks):
            yield Item(element("circle", class_=kind, cx=KEY, r=KEY), 2 * KEY, line, words)
    if scales.present:
        for people in _examples(scales.present):
            radius = scales.radius(people)
            yield Item(element("circle", class_="e", cx=radius, r=radius), 2 * radius, max(line, 2 * radius),
                       f"{people:,} people present")  # fmt: skip
    if scales.travelled:
        for people in _examples(scales.travelled):
            thick = scales.width(people)
            drawn = element("path", class_="y", d="M0 0h26", stroke_width=thick)
            yield Item(drawn, 26.0, max(line, thick), f"{people:,} people travelled")


def of_frame(frame: Frame, sheet: Sheet, *, larger: bool) -> Iterator[Item]:
    """Yield the scale, where north is, and what a dashed frame means where a part is drawn larger."""
    line = 1.3 * sheet.letters
    km = round_below(LONGEST_SCALE * sheet.width * frame.km)
    bar = km / frame.km
    yield Item(element("path", class_="s", d=f"M0 -3v6M0 0h{number(bar)}m0 -3v6"), bar, line, f"{km:,g} km")
    yield Item(element("path", class_="n", d="M4 -7L8 6L4 3L0 6Z"), 8.0, line, "north is up")
    if larger:
        yield Item(element("rect", class_="v", x=1, y=-6, width=22, height=12), 24.0, line, "drawn larger below")


def of_names(lacking: int, sheet: Sheet) -> Iterator[Item]:
    """Yield how many places have no name on a map or its parts."""
    if lacking:
        places = "1 place has" if lacking == 1 else f"{lacking:,} places have"
        yield Item(element("circle", class_="e", cx=3, r=2), 6.0, 1.3 * sheet.letters, f"{places} no room for a name")


def of_unused(unused: int, sheet: Sheet) -> Iterator[Item]:
    """Yield how many places stand on a map without a name as nobody left, passed or stayed at them."""
    if unused:
        places = "1 place" if unused == 1 else f"{unused:,} places"
        drawn = element("circle", class_="z", cx=3, r=2)
        yield Item(drawn, 6.0, 1.3 * sheet.letters, f"{places} without a name: nobody was there")


def _examples(most: int) -> list[int]:
    """Return round numbers of people to show the size of: the largest, and a tenth of it."""
    largest = round_below(most)
    return [int(number) for number in (largest, largest / 10) if number >= 1]


def _where(content: Content) -> str:
    if len(content.left) > 1:
        return "the countries that people leave"
    return next((name for name in content.left if len(name) <= LONGEST), "the country that people leave")
