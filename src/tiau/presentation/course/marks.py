"""Reports on a chart: the colour says who spoke, the shape how the figure is bound, a bar over which days it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tiau.evaluation.outside import middle
from tiau.presentation.course.scales import Days, People
from tiau.presentation.svg import Value, element, number, share, text, title
from tiau.presentation.words.figures import figure, when
from tiau.scenario.rows import Report
from tiau.scenario.source_kinds import kind_of
from tiau.scenario.vocabulary import SourceKind

KINDS: tuple[SourceKind, ...] = ("register", "agency", "media", "other")
LARGE, SMALL, COPY, PALE = 3.8, 2.2, 0.7, 0.45
MANY = 120
"""Above so many reports marks are small; those that cover each other wholly are drawn once."""
PERIOD_DAYS = 3
"""Days of a period from which it is drawn as a bar."""


@dataclass(frozen=True)
class Mark:
    """A report as it is drawn.

    Attributes
    ----------
    report : Report
        Its figure in persons.
    counts : bool
        Whether it stands for itself: it carries no figure of another report, and nothing sets it aside.
    name : str
        What stands beside it; nothing by default.
    """

    report: Report
    counts: bool
    name: str = ""

    @property
    def figures(self) -> tuple[float, ...]:
        """The numbers that it names: both ends of a range, else one, persons."""
        report = self.report
        ends = (report.low, report.high) if report.bound == "range" else (report.value,)
        return tuple(people for people in ends if people is not None)

    @property
    def told(self) -> str:
        """What it says, in words: the day, who said it, the figure, its id."""
        report = self.report
        who = report.said_by or report.publisher
        same = f", the figure of {report.same_as}" if report.same_as else ""
        return f"{when(report)}{f', {who}' if who else ''}: {figure(report)} ({report.report}{same})"


def marks_of(reports: Iterable[tuple[Report, bool]], named: Sequence[str] = ()) -> tuple[Mark, ...]:
    """Return marks of reports that name a figure, each with whether it counts; those in `named` are numbered."""
    numbers = {report: str(number) for number, report in enumerate(named, start=1)}
    marks = (Mark(report, counts, numbers.get(report.report, "")) for report, counts in reports)
    return tuple(mark for mark in marks if mark.figures)


def drawn(marks: Sequence[Mark], across: Days, up: People, font: float) -> str:
    """Draw reports within the days of a chart: copies below, those of the kind with fewest on top."""
    here = [mark for mark in marks if mark.report.as_of.touches(across.first, across.last)]
    groups: dict[tuple[bool, str, str], list[Mark]] = {}
    for mark in here:
        groups.setdefault((mark.counts, kind_of(mark.report), mark.report.bound), []).append(mark)
    order = sorted(groups, key=lambda key: (key[0], -len(groups[key]), key[1:]))
    looks = _together if len(here) > MANY else _each
    parts = [looks(groups[key], *key, across, up) for key in order]
    return "".join((*parts, _names(here, across, up, font), _beyond(here, across, up, font)))


def _each(marks: Sequence[Mark], counts: bool, kind: str, bound: str, across: Days, up: People) -> str:
    """Draw reports that look alike, each with its words."""
    colour, radius = f"var(--{kind})", LARGE if counts else COPY * LARGE
    fill, stroke, thick = STROKES.get(bound, ("", "var(--page)", 0.8))
    drawings = []
    for mark in marks:
        x, y = across.middle(middle(mark.report)), [up.at(people) for people in mark.figures]
        shape = element("path", d=SHAPES[bound](x, y, radius), fill=fill or colour, stroke=stroke or colour,
                        stroke_width=thick)  # fmt: skip
        over = _lines([_over_days(mark.report, y, across)], colour)
        inner = who(kind, bound, x, sum(y) / len(y), radius)
        named = {"class_": "report", "data_report": mark.report.report}
        drawings.append(element("g", title(mark.told), over, shape, inner, **named))
    return element("g", *drawings, class_=f"reports {kind} {bound}", opacity=None if counts else share(PALE))


def who(kind: str, bound: str, x: float, y: float, radius: float) -> str:
    """Draw what tells a mark's kind of source from others where no colours are seen: a dot, a bar along or across."""
    if not (inner := INNER.get(kind)):
        return ""
    # The middle of a triangle lies nearer to its foot.
    y += {"at_least": 0.35, "at_most": -0.35}.get(bound, 0.0) * radius
    ink = f"var(--{kind})" if bound in STROKES else "var(--page)"
    along, up = (length * radius for length in inner)
    path = f"M{number(x - along)} {number(y - up)}L{number(x + along)} {number(y + up)}"
    return element("path", d=path, class_="who", stroke=ink, stroke_width=0.42 * radius, stroke_linecap="round")


def _together(marks: Sequence[Mark], counts: bool, kind: str, bound: str, across: Days, up: People) -> str:
    """Draw many reports that look alike as one shape, without words; of those that cover each other one."""
    colour, radius = f"var(--{kind})", SMALL if counts else COPY * SMALL
    fill, _, thick = STROKES.get(bound, ("", "", 0.0))
    shape, over = SHAPES[bound], []
    look: dict[str, Value] = {"fill": fill or colour, "stroke": colour, "stroke_width": thick}
    if bound == "exact":
        # A point drawn with a round pen takes a fifth of the letters of a circle.
        shape, look = _point, {"stroke": colour, "stroke_width": 2 * radius, "stroke_linecap": "round"}
    shapes = []
    for mark in marks:
        x, y = round(2 * across.middle(middle(mark.report))) / 2, [round(2 * up.at(at)) / 2 for at in mark.figures]
        shapes.append(shape(x, y, radius))
        over.append(_over_days(mark.report, y, across))
    together = element("path", d="".join(dict.fromkeys(shapes)), **look)
    return element("g", _lines(over, colour), together, class_=f"reports {kind} {bound}",
                   opacity=None if counts else share(PALE))  # fmt: skip


def _over_days(report: Report, y: Sequence[float], across: Days) -> str:
    """Return the bar over the days that a figure is of, as a path; blank for one day or a few."""
    if (report.as_of.end - report.as_of.start).days < PERIOD_DAYS:
        return ""
    at = number(sum(y) / len(y))
    return f"M{number(across.begins(report.as_of.start))} {at}H{number(across.ends(report.as_of.end))}"


def _lines(paths: Sequence[str], colour: str) -> str:
    path = "".join(dict.fromkeys(paths))
    return element("path", d=path, class_="period", stroke=colour, stroke_width=1.2) if path else ""


def _names(marks: Sequence[Mark], across: Days, up: People, font: float) -> str:
    """Write the numbers of reports beside them, where they cover fewest other marks and numbers."""
    taken = [(across.middle(middle(mark.report)), up.at(max(mark.figures))) for mark in marks]
    names, apart = [], LARGE + 0.5 * font
    for mark, (x, y) in zip(marks, list(taken), strict=True):
        if not mark.name:
            continue
        spots = [(x + apart, y), (x, y - apart), (x, y + apart), (x - apart, y)]
        inside = [spot for spot in spots if across.left < spot[0] < across.right and spot[1] < up.foot] or spots
        spot = min(inside, key=lambda spot: sum(_near(spot, other, 0.7 * font) for other in taken))
        taken.append(spot)
        names.append(text(spot[0], spot[1] + font / 3, mark.name))
    return _lettered(names, "numbers", font_weight="bold", fill="var(--out)", text_anchor="middle")


def _beyond(marks: Sequence[Mark], across: Days, up: People, font: float) -> str:
    """Write the figures of reports that lie beyond the top below their marks, which stand there."""
    names = []
    for mark in marks:
        if max(mark.figures) > up.most:
            x = across.middle(middle(mark.report))
            anchor = "start" if x < (across.left + across.right) / 2 else "end"
            names.append(text(x, up.top + 1.6 * font, f"↑ {max(mark.figures):,.0f}", text_anchor=anchor))
    return _lettered(names, "beyond", fill="var(--ink)")


def _lettered(names: Sequence[str], class_: str, **attributes: Value) -> str:
    """Put words on a chart, with a rim of the page's colour by which they can be read on anything."""
    rim: dict[str, Value] = {"stroke": "var(--page)", "stroke_width": 3, "paint_order": "stroke"}
    return element("g", *names, class_=class_, **attributes, **rim) if names else ""


def _near(one: tuple[float, float], other: tuple[float, float], apart: float) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) < apart


def _point(x: float, y: list[float], _: float) -> str:
    return f"M{number(x)} {number(y[0])}h0"


def _circle(x: float, y: list[float], radius: float) -> str:
    across, half = number(2 * radius), number(radius)
    return f"M{number(x - radius)} {number(y[0])}a{half} {half} 0 1 0 {across} 0a{half} {half} 0 1 0 -{across} 0z"


def _upward(x: float, y: list[float], radius: float) -> str:
    side, high = number(1.15 * radius), number(2 * radius)
    return f"M{number(x)} {number(y[0] - radius)}l{side} {high}h-{number(2.3 * radius)}z"


def _downward(x: float, y: list[float], radius: float) -> str:
    side, high = number(1.15 * radius), number(2 * radius)
    return f"M{number(x)} {number(y[0] + radius)}l{side} -{high}h-{number(2.3 * radius)}z"


def _range(x: float, y: list[float], radius: float) -> str:
    left, across = number(x - radius), number(2 * radius)
    low, high = number(y[0]), number(y[-1])
    return f"M{number(x)} {low}V{high}M{left} {low}h{across}M{left} {high}h{across}"


SHAPES: dict[str, Callable[[float, list[float], float], str]] = {
    "exact": _circle, "about": _circle, "at_least": _upward, "at_most": _downward, "range": _range,
}  # fmt: skip
STROKES: dict[str, tuple[str, str, float]] = {"about": ("var(--page)", "", 1.3), "range": ("none", "", 2.0)}
"""Fill, stroke and its width of shapes that are not full; blank for the colour of who spoke."""
INNER = {"agency": (0.0, 0.0), "media": (0.45, 0.0), "other": (0.0, 0.45)}
"""How far the line in a mark reaches along and up, in sizes of the mark; registers and authorities have none."""
