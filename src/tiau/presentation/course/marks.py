"""Reports on a chart: the colour says who spoke, the shape how the figure is bound, a bar over which days it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tiau.evaluation.outside import middle
from tiau.presentation.course.scales import Days, People
from tiau.presentation.course.svg import element, line, number, text, title
from tiau.presentation.words.figures import figure
from tiau.scenario.rows import Report
from tiau.scenario.source_kinds import kind_of
from tiau.scenario.vocabulary import SourceKind

KINDS: tuple[SourceKind, ...] = ("register", "agency", "media", "other")
LARGE, SMALL, PALE = 3.8, 2.4, 0.45
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
        return f"{report.as_of}{f', {who}' if who else ''}: {figure(report)} ({report.report}{same})"


def marks_of(reports: Iterable[tuple[Report, bool]], named: Sequence[str] = ()) -> tuple[Mark, ...]:
    """Return marks of reports that name a figure, each with whether it counts; those in `named` are numbered."""
    numbers = {report: str(number) for number, report in enumerate(named, start=1)}
    marks = (Mark(report, counts, numbers.get(report.report, "")) for report, counts in reports)
    return tuple(mark for mark in marks if mark.figures)


def drawn(marks: Sequence[Mark], across: Days, up: People, font: float) -> str:
    """Draw reports within the days of a chart: copies below, those of the kind with fewest on top."""
    here = [mark for mark in marks if mark.report.as_of.touches(across.first, across.last)]
    radius = LARGE if len(here) <= MANY else SMALL
    groups: dict[tuple[bool, str], list[Mark]] = {}
    for mark in here:
        groups.setdefault((mark.counts, kind_of(mark.report)), []).append(mark)
    order = sorted(groups, key=lambda key: (key[0], -len(groups[key]), key[1]))
    parts = [_group(groups[key], key, across, up, radius, told=len(here) <= MANY) for key in order]
    names = [
        text(across.middle(middle(mark.report)) + radius + 1.5, up.at(max(mark.figures)) + font / 3, mark.name)
        for mark in here if mark.name
    ]  # fmt: skip
    if names:
        parts.append(element("g", *names, class_="numbers", font_weight="bold", fill="var(--out)",
                             stroke="var(--page)", stroke_width=3, paint_order="stroke"))  # fmt: skip
    return "".join(parts)


def _group(marks: Sequence[Mark], key: tuple[bool, str], across: Days, up: People, radius: float, *, told: bool) -> str:
    counts, kind = key
    colour, size = f"var(--{kind})", radius if counts else 0.7 * radius
    shapes = list(_shapes(marks, across, up, size, told=told))
    return element("g", *(shapes if told else dict.fromkeys(shapes)), class_=f"reports {kind}", fill=colour,
                   stroke=colour, opacity=None if counts else PALE)  # fmt: skip


def _shapes(marks: Sequence[Mark], across: Days, up: People, radius: float, *, told: bool) -> Iterator[str]:
    for mark in marks:
        report = mark.report
        x, y = across.middle(middle(report)), [up.at(people) for people in mark.figures]
        if not told:
            x, y = round(x), [float(round(at)) for at in y]
        shape = element("path", d=SHAPES[report.bound](x, y, radius), stroke_width=1.3 if report.bound == "about" else
                        2 if report.bound == "range" else 0.8,
                        stroke="var(--page)" if report.bound not in ("about", "range") else None,
                        fill="var(--page)" if report.bound == "about" else None)  # fmt: skip
        over = ""
        if (report.as_of.end - report.as_of.start).days >= PERIOD_DAYS:
            at = sum(y) / len(y)
            over = line(across.begins(report.as_of.start), at, across.ends(report.as_of.end), at, class_="period",
                        stroke_width=1.2)  # fmt: skip
        if told:
            yield element(
                "g", title(mark.told), over, shape, class_=f"report {report.bound}", data_report=report.report
            )
        else:
            yield over + shape


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
