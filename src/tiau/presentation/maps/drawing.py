"""A map of a result as inline SVG, for a page and for a phone, and the places whose names found no room on it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from tiau.presentation.maps.closer import MOST_PARTS, crowded
from tiau.presentation.maps.content import Content, Mark, content
from tiau.presentation.maps.framing import Away, Floats, Frame, Sheet, away, fitted, in_the_frame, turned
from tiau.presentation.maps.scales import scales
from tiau.presentation.maps.sheets import View, framed, inked
from tiau.presentation.maps.words import caption, described
from tiau.results.result import Result

PAGE = Sheet("page", 880.0, 440.0, 560.0, 40.0, 12.5, 26.0, 12.0, 70)
PHONE = Sheet("phone", 380.0, 260.0, 520.0, 26.0, 11.5, 18.0, 8.0, 30)
NO_ROOM, NO_COORDINATES = "no room for its name", "no coordinates"


@dataclass(frozen=True)
class Unplaced:
    """A place that the map does not name, or not show.

    Attributes
    ----------
    name : str
    people : float, persons
        Displaced people present on the last day, rounded; NaN where there are too few to be told.
    why : str
    """

    name: str
    people: float
    why: str


@dataclass(frozen=True)
class Drawing:
    """A map.

    Attributes
    ----------
    svg : str
        Elements to stand in a page as they are, one shown on wide and one on narrow screens; blank where no place has
        coordinates. They take the colours of the page by its variables.
    closer : str
        Parts of it that are so crowded that they are drawn larger, likewise; blank where there are none.
    unplaced : tuple of Unplaced
        The most people first.
    caption : str
        What the marks mean, what was left out, and whose borders they are.
    """

    svg: str
    closer: str
    unplaced: tuple[Unplaced, ...]
    caption: str


def flow_map(result: Result, *, suppress_below: int) -> Drawing:
    """Draw where people stay on the last day of a run and which ways they took.

    Parameters
    ----------
    result : Result
    suppress_below : int, persons
        Counts are rounded to multiples of it, and such as are smaller are not told.
    """
    shown = content(result, suppress_below)
    located = [at for at, mark in enumerate(shown.marks) if mark.located]
    rows = [(mark, NO_COORDINATES) for mark in shown.marks if mark.used and not mark.located]
    if not located:
        return Drawing("", "", _sorted(rows), caption(shown, outside=False))
    points = dict(zip(located, turned([shown.marks[at] for at in located]), strict=True))
    inside = _inside(shown, points)
    corners = np.array([points[at] for at in inside])
    far = {at: away(points[at], corners) for at in located if shown.marks[at].used and at not in inside}
    pages, unnamed = _sheets(shown, points, inside, far, PAGE)
    phones, _ = _sheets(shown, points, inside, far, PHONE)
    rows += [(shown.marks[at], _outside(way)) for at, way in far.items()]
    rows += [(shown.marks[at], NO_ROOM) for at in unnamed]
    closer = "".join((*pages[1:], *phones[1:]))
    return Drawing(pages[0] + phones[0], closer, _sorted(rows), caption(shown, outside=bool(far)))


def _inside(shown: Content, points: Mapping[int, Floats]) -> set[int]:
    """Return the marks that the frame is fitted to: of places that people leave, pass or stay at; all if none is."""
    used = [at for at in points if shown.marks[at].used] or list(points)
    people = np.array([float((shown.marks[at].people or 0) + shown.marks[at].passed) for at in used])
    kept = in_the_frame(np.array([points[at] for at in used]), people, PAGE)
    return {at for at, within in zip(used, kept, strict=True) if within}


def _sheets(shown: Content, points: Mapping[int, Floats], inside: set[int], far: Mapping[int, Away],
            sheet: Sheet) -> tuple[list[str], list[int]]:  # fmt: skip
    """Draw the whole and then its crowded parts, and return the marks that are named on none of them."""
    frame = fitted(np.array([points[at] for at in sorted(inside)]), sheet)
    sizes = scales(shown, frame, sheet)
    title = f"Where people stay on {shown.day}, and which ways they took until then"
    whole = View(points, far, frame, sizes, sheet, f"map-{sheet.name}", title, described(shown))
    first = inked(shown, whole)
    views, inks, lacking = [whole], [first], list(first.unnamed)
    larger: list[list[Frame]] = [[]]
    while len(views) <= MOST_PARTS and (found := _crowded(shown, views, lacking)):
        at, marks = found
        frame = fitted(np.array([points[mark] for mark in marks]), sheet.part)
        larger[at].append(frame)
        larger.append([])
        views.append(_part(whole, frame, len(views)))
        inks.append(inked(shown, views[-1]))
        lacking = [mark for mark in lacking if mark not in inks[-1].named]
    drawn = zip(views, inks, larger, strict=True)
    return [framed(shown, view, ink, parts, len(lacking)) for view, ink, parts in drawn], lacking


def _crowded(shown: Content, views: list[View], lacking: list[int]) -> tuple[int, list[int]] | None:
    """Return the number of a sheet and the marks in the part of it to draw larger: in which most lack their names."""
    found, seen = [], set[int]()
    for at, view in reversed([*enumerate(views)]):
        # What a part shows already is looked at there.
        pixels = {mark: point for mark, point in view.seen.items() if shown.marks[mark].used}
        found.append((crowded([mark for mark in lacking if mark not in seen], pixels, view.frame), at))
        seen |= set(pixels)
    (count, marks), at = max(found, key=lambda one: one[0][0])
    return (at, marks) if count else None


def _part(whole: View, frame: Frame, number: int) -> View:
    title = f"Part {number} of the map, drawn larger"
    key, words = f"{whole.key}-{number}", "Its marks are as large as those of the whole map."
    return replace(whole, frame=frame, sheet=whole.sheet.part, key=key, title=title, words=words, whole=False)


def _outside(way: Away) -> str:
    return f"outside the frame, {way.km:,.0f} km {way.direction} of the nearest place in it"


def _sorted(rows: list[tuple[Mark, str]]) -> tuple[Unplaced, ...]:
    ordered = sorted(rows, key=lambda row: row[0].weight)
    return tuple(Unplaced(mark.name, math.nan if mark.people is None else mark.people, why) for mark, why in ordered)
