"""A chart over time put together: ranges, reports, thresholds, lanes of acts on the same days, said in words too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from tiau.presentation.course import bands, bars, marks
from tiau.presentation.course.bands import Band
from tiau.presentation.course.lanes import Lane
from tiau.presentation.course.marks import Mark
from tiau.presentation.course.scales import Days, People
from tiau.presentation.svg import described, element, line, text, title
from tiau.scenario.rows import Event

FAR = 3.0
"""Reports and thresholds so many times what a run gives do not press it flat: they stand at the top with a number."""
BETWEEN_DAYS, BETWEEN_PEOPLE = 4.6, 2.6
"""Least distances of what is named on the axes, in sizes of the font."""


@dataclass(frozen=True)
class Frame:
    """How large a drawing is, in its own units: it is scaled to the width that it has on a page.

    Attributes
    ----------
    width, height : float
        Of the whole, and of the part above the lanes.
    font : float
    name : str
        By which a page shows it at one width and not at another: of its class, `course-` and this.
    """

    width: float
    height: float
    font: float
    name: str


@dataclass(frozen=True)
class Threshold:
    """A number of people that somebody wants to be warned of.

    Attributes
    ----------
    people : float
    words : str
    until : date
    """

    people: float
    words: str
    until: dt.date


@dataclass(frozen=True, eq=False)
class Course:
    """What is drawn of a place.

    Attributes
    ----------
    heading, told : str
        What it is of, and what can be seen, for those who do not see it.
    first, last : date
    bands : tuple of Band
    marks : tuple of Mark
    thresholds : tuple of Threshold
    origin : date, optional
        The day that a forecast is made from.
    lanes : tuple of Lane
    events : tuple of Event
    """

    heading: str
    told: str
    first: dt.date
    last: dt.date
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    origin: dt.date | None = None
    lanes: tuple[Lane, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def most(self) -> float:
        """How many people the height has room for."""
        given = max((float(band.people.max(initial=0.0)) for band in self.bands), default=0.0)
        told = [max(mark.figures) for mark in self.marks]
        told += [threshold.people for threshold in self.thresholds]
        given = given or max(told, default=0.0)
        return max([given, *(people for people in told if people <= FAR * given)])


def draw(course: Course, frame: Frame) -> str:
    """Draw a course as the text of an SVG."""
    up = People.up_to(course.most, frame.font, frame.height - 2.6 * frame.font)
    numbers = [(people, f"{people:,.0f}") for people in up.ticks(BETWEEN_PEOPLE * frame.font)]
    left = max(bars.width(written, frame.font) for _, written in numbers) + 6
    across = Days(course.first, course.last, left, frame.width - 8)
    # Ids are of the whole page: each drawing has its own.
    told = (course.heading, course.told, frame.name, [lane.authority for lane in course.lanes], len(course.events))
    prefix = f"c{sha256(repr(told).encode()).hexdigest()[:8]}"
    below, end = _below(course, across, frame, prefix)
    parts = [
        title(course.heading), described(course.told), bars.patterns(prefix),
        _axes(across, up, numbers, frame, end if below else up.foot),
        *(bands.drawn(band, across, up, f"{prefix}-ahead") for band in course.bands),
        _thresholds(course.thresholds, course.origin, across, up, frame.font),
        _origin(course.origin, across, up, frame.font) if course.origin else "",
        marks.drawn(course.marks, across, up, frame.font), below,
    ]  # fmt: skip
    return element("svg", *filter(None, parts), xmlns="http://www.w3.org/2000/svg", role="img",
                   class_=f"course course-{frame.name}", viewBox=f"0 0 {frame.width:.0f} {end:.0f}",
                   font_size=frame.font)  # fmt: skip


def _below(course: Course, across: Days, frame: Frame, prefix: str) -> tuple[str, float]:
    top, parts = frame.height, []
    if course.events:
        events, top = bars.events_drawn(course.events, across, top, frame.font - 1)
        parts.append(events)
    if course.lanes:
        acts, top = bars.drawn(course.lanes, across, top + 2, frame.font - 1, prefix)
        parts.append(acts)
    return "".join(parts), top


def _axes(across: Days, up: People, numbers: Sequence[tuple[float, str]], frame: Frame, foot: float) -> str:
    font, lines, words = frame.font, [], []
    for people, written in numbers:
        y = up.at(people)
        lines.append(line(across.left, y, across.right, y))
        words.append(text(across.left - 4, y + font / 3, written, text_anchor="end"))
    for day, name, year in across.ticks(BETWEEN_DAYS * font):
        x = across.begins(day)
        lines.append(line(x, up.foot, x, foot if foot > frame.height else up.foot + 3))
        words.append(text(x, up.foot + 1.2 * font, name, text_anchor="middle"))
        if year:
            words.append(text(x, up.foot + 2.3 * font, year, text_anchor="middle"))
    return element("g", *lines, class_="grid", stroke="var(--line)", stroke_width=1) + element(
        "g", *words, class_="axes", fill="var(--soft)"
    )


def _origin(day: dt.date, across: Days, up: People, font: float) -> str:
    x, words = across.middle(day), "forecast"
    fits = x + bars.width(words, font) + 4 < across.right
    return line(x, up.top - 0.5 * font, x, up.foot, class_="origin", stroke="var(--grey)", stroke_width=1.2,
                stroke_dasharray="4 3") + text(
        x + (4 if fits else -4), up.top + 0.3 * font, words, fill="var(--soft)", text_anchor=None if fits else "end",
    )  # fmt: skip


def _thresholds(thresholds: Sequence[Threshold], origin: dt.date | None, across: Days, up: People, font: float) -> str:
    parts = []
    for threshold in thresholds:
        y = up.at(threshold.people)
        start, end = across.middle(origin) if origin else across.left, across.ends(threshold.until)
        room = start - across.left > bars.width(threshold.words, font)
        x, anchor = (start - 4, "end") if room else (start + 4, None)
        parts += [
            line(across.left, y, across.right, y, stroke_width=0.8, stroke_dasharray="1 3"),
            line(start, y, end, y, stroke_width=1.6),
            text(x, y - 3, f"{'↑ ' if threshold.people > up.most else ''}{threshold.words}", text_anchor=anchor,
                 stroke="var(--page)", stroke_width=3, paint_order="stroke", fill="var(--ink)"),
        ]  # fmt: skip
    return element("g", *parts, class_="thresholds", stroke="var(--ink)") if parts else ""
