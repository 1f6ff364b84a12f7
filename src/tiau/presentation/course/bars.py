"""Lanes as they are drawn: the name of an authority, its bars, their ids where there is room; ticks of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tiau.presentation.course.lanes import Bar, Lane, does
from tiau.presentation.course.scales import Days
from tiau.presentation.svg import Value, element, number, share, text, title
from tiau.scenario.rows import Event
from tiau.scenario.severity import MOST, severity_of

COLOURS = {"shuts": "var(--out)", "opens": "var(--media)", "helps": "var(--band)", "says": "var(--grey)"}
HIGH, GAP = 9.0, 2.0
LETTER = 0.56
"""Mean width of a letter, as a share of the size of its font."""
FAINTEST, FULLEST = 0.2, 0.75
MANY_EVENTS = 250
"""Above so many events a tick stands for a week."""
EVENTS_HIGH = 22.0


def width(words: str, font: float) -> float:
    """Return about how wide words are."""
    return LETTER * font * len(words)


def _fitting(words: str, room: float, font: float) -> str:
    """Return words that fit into so much room; of those that do not the beginning."""
    if width(words, font) <= room:
        return words
    return f"{words[: int(room / (LETTER * font)) - 1].rstrip()}…"


def patterns(prefix: str) -> str:
    """Write the hatchings of a drawing: of a forecast, of what opens, of what helps."""
    ahead = element(
        "path", d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5", stroke="var(--band)", stroke_width=0.9, stroke_opacity="0.55"
    )
    opens = element("path", d="M0 5L5 0M-1 1L1 -1M4 6L6 4", stroke="var(--media)", stroke_width=1.8)
    helps = element("path", d="M1 1h1.6v1.6h-1.6z", fill="var(--band)")
    tiles = (("ahead", 6.0, ahead), ("opens", 5.0, opens), ("helps", 3.4, helps))
    return element("defs", *(
        element("pattern", inside, id=f"{prefix}-{name}", width=size, height=size, patternUnits="userSpaceOnUse")
        for name, size, inside in tiles
    ))  # fmt: skip


def drawn(lanes: Sequence[Lane], across: Days, top: float, font: float, prefix: str) -> tuple[str, float]:
    """Draw lanes below each other from a height on; return them and where they end."""
    parts = []
    for lane in lanes:
        office = f"{lane.authority} ({lane.level})"
        x, above = _beside(lane, office, across, font)
        fitting = _fitting(office, across.right - x, font)
        name = text(x, top + (above - 3 if above else HIGH - 1), fitting, fill="var(--soft)")
        bars = [_bar(bar, across, top + above, prefix) for bar in lane.bars]
        ids = _ids(lane, across, top + above, font)
        parts.append(element("g", title(office), name, *bars, ids, class_="lane", data_authority=lane.authority))
        top += above + lane.rows * (HIGH + GAP) + 3
    return element("g", *parts, class_="acts", font_size=font), top


def _beside(lane: Lane, office: str, across: Days, font: float) -> tuple[float, float]:
    """Return where the name of a lane begins, and the room for it above: before its bars or after them, else above."""
    needed = width(office, font) + 8
    if min(across.begins(bar.first) for bar in lane.bars) > across.left + needed:
        return across.left, 0.0
    last = max(lane.bars, key=lambda bar: bar.last)
    after = across.ends(last.last) + width(last.act.act, font) + 16
    if lane.rows == 1 and after + needed < across.right:
        return after, 0.0
    return across.left, font + 2


def _bar(bar: Bar, across: Days, top: float, prefix: str) -> str:
    """Draw an act: solid, hatched or dotted by what it does, fainter where it is weaker, hollow if it moves nobody."""
    kind = does(bar.act)
    left, right, y = across.begins(bar.first), across.ends(bar.last), top + bar.row * (HIGH + GAP)
    right = max(right, left + 2)
    if kind == "says" and not bar.open and bar.first == bar.last:
        half = HIGH / 2
        outline = f"M{number((left + right) / 2)} {number(y)}l{half} {half}l-{half} {half}l-{half} -{half}z"
    elif bar.open:
        outline = f"M{number(left)} {number(y)}H{number(right - 4)}l4 {HIGH / 2}l-4 {HIGH / 2}H{number(left)}z"
    else:
        outline = f"M{number(left)} {number(y)}H{number(right)}v{number(HIGH)}H{number(left)}z"
    fill = f"url(#{prefix}-{kind})" if kind in ("opens", "helps") else COLOURS[kind]
    opacity = FAINTEST + (FULLEST - FAINTEST) * bar.strength
    return element("path", title(bar.told), d=outline, class_=f"act {kind}", data_act=bar.act.act,
                   fill=fill if bar.strength else "none", fill_opacity=share(opacity) if bar.strength else None,
                   stroke=COLOURS[kind], stroke_width=1)  # fmt: skip


def _ids(lane: Lane, across: Days, top: float, font: float) -> str:
    """Write ids of acts in their bars, or after them where nothing follows soon."""
    found = []
    for row in range(lane.rows):
        bars = [bar for bar in lane.bars if bar.row == row]
        limits = [*(across.begins(bar.first) for bar in bars[1:]), across.right]
        for bar, limit in zip(bars, limits, strict=True):
            left, right, needed = across.begins(bar.first), across.ends(bar.last), width(bar.act.act, font) + 4
            x = left + 3 if right - left >= needed else right + 4 if limit - right >= needed + 4 else None
            if x is not None:
                found.append(text(x, top + row * (HIGH + GAP) + HIGH - 1, bar.act.act))
    rim: dict[str, Value] = {"stroke": "var(--page)", "stroke_width": 2.5, "paint_order": "stroke"}
    return element("g", *found, class_="ids", fill="var(--ink)", **rim) if found else ""


def events_drawn(events: Sequence[Event], across: Days, top: float, font: float) -> tuple[str, float]:
    """Draw events as ticks, higher where they are more severe; weeks of them where there are many."""
    here = [event for event in events if event.start <= across.last and event.end >= across.first]
    heights, what = _heights(here, across), "events by week" if len(here) > MANY_EVENTS else "events"
    foot = top + font + EVENTS_HIGH
    ticks = "".join(
        f"M{number(across.middle(day))} {number(foot)}v-{number(max(high * EVENTS_HIGH, 1.5))}"
        for day, high in heights
    )  # fmt: skip
    name = text(across.left, top + font - 1.5, f"{what}; higher: more severe", fill="var(--soft)")
    drawing = element("path", d=ticks, stroke="var(--ink)", stroke_width=1, stroke_opacity="0.6")
    return element("g", name, drawing, class_="events", font_size=font), foot + 5


def _heights(events: Sequence[Event], across: Days) -> list[tuple[dt.date, float]]:
    """Return days with the height of their tick, 0 to 1."""
    here = sorted((max(event.start, across.first), severity_of(event)) for event in events)
    if len(here) <= MANY_EVENTS:
        return [(day, severity / MOST) for day, severity in here]
    weeks: dict[dt.date, float] = {}
    for day, severity in here:
        week = across.first + dt.timedelta((day - across.first).days // 7 * 7)
        weeks[week] = weeks.get(week, 0.0) + severity
    most = max(weeks.values()) or 1.0
    return [(week, severity / most) for week, severity in weeks.items()]
