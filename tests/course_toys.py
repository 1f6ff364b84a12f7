"""Charts over time as their readers take them, and runs whose numbers and reports are given."""

import dataclasses
import datetime as dt
import re
from xml.etree import ElementTree

import numpy as np

import toys
from forecast_toys import counted
from tiau.presentation.course.chart import WIDE, course
from tiau.presentation.course.marks import KINDS
from tiau.scenario.vocabulary import parse_period
from tiau.simulation import simulate

NS = "{http://www.w3.org/2000/svg}"
DAYS = 15


class Drawing:
    """A drawing as its reader takes it: by the names on its axes."""

    def __init__(self, svg):
        self.text, self.root = svg, ElementTree.fromstring(svg)
        axes = self.of("axes")[0]
        font = float(self.root.get("font-size"))
        self.numbers = sorted(
            (float(one.text.replace(",", "")), float(one.get("y")) - font / 3)
            for one in axes if one.get("text-anchor") == "end"
        )  # fmt: skip
        self.named = [
            (dt.datetime.strptime(f"{one.text} 2021", "%d %b %Y").date(), float(one.get("x")))
            for one in axes if re.fullmatch(r"\d+ [A-Z][a-z]{2}", one.text)
        ]  # fmt: skip

    def of(self, *classes):
        """Elements that have some classes."""
        return [one for one in self.root.iter() if set(classes) <= set((one.get("class") or "").split())]

    def people(self, y):
        """How many people a height stands for."""
        (least, foot), (most, top) = self.numbers[0], self.numbers[-1]
        return least + (foot - y) / (foot - top) * (most - least)

    def day(self, x):
        """Days since the start at a place, with their fraction."""
        (first, left), (last, right) = self.named[0], self.named[-1]
        return (first - toys.START).days + (x - left) / (right - left) * (last - first).days


def numbers(path):
    """The numbers in the data of a path."""
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def report(name, value, bound="exact", kind="register", at=5, **columns):
    """A figure of people present abroad."""
    given = {"low": None, "high": None, "quantity": "present", "place": "Abroad", **columns}
    return counted(name, at, value, known=DAYS - 1, bound=bound, source_kind=kind, **given)


def run_of(*reports, people=(200,), **tables):
    """A run of a toy, its people present and arrived abroad set to (member,) times the day."""
    result = simulate(toys.line(1000, days=DAYS, reports=reports, **tables), members=len(people))
    over_time = np.linspace(0, 1, DAYS)[:, None] * np.array(people, float)
    kept = {name: np.broadcast_to(over_time, values.shape) for name, values in result.areas.items()}
    return dataclasses.replace(result, areas=kept, crossings=np.broadcast_to(over_time, result.crossings.shape))


def drawn(result, quantity="present", **more):
    """A chart of the country abroad, for a wide page."""
    given = {"suppress_below": 10, "size": WIDE[:1], **more}
    return Drawing(course(result, "Abroad", quantity, **given))


BOUNDS = {"exact": 100, "about": 120, "at_least": 140, "at_most": 160, "range": None}


def everything_reported():
    """A run with a report of every bound by every kind of source, a copy, one set aside, one of days, others."""
    reports = [
        report(f"{kind} {bound}", value, bound, kind, at=2 + 3 * number, low=60 if value is None else None,
               high=180 if value is None else None)
        for number, kind in enumerate(KINDS) for bound, value in BOUNDS.items()
    ]  # fmt: skip
    others = (
        report("copy", 100, same_as="register exact"), report("aside", 90, not_scored="doubtful"),
        report("elsewhere", 100, place="O"), report("of another", 100, quantity="registered"),
        report("of some", 100, group="people"), report("no figure", None), report("period", 80),
    )  # fmt: skip
    period = parse_period("2021-01-04/2021-01-10")
    others = (*others[:-1], others[-1].model_copy(update={"as_of": period}))
    return run_of(*reports, *others)


def shape_of(chart, name):
    """The element of a report on a chart, and the data of its shape."""
    (mark,) = [one for one in chart.of("report") if one.get("data-report") == name]
    (shape,) = [path for path in mark.findall(f"{NS}path") if path.get("class") is None]
    return mark, shape.get("d")
