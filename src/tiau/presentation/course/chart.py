"""Charts over time: of a place in a run with its reports, forecast and acts; of a forecast alone; of crossings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np

from tiau.evaluation.outside import middle, outside
from tiau.forecasting.forecast_result import Forecast
from tiau.presentation.course import bands, key, words
from tiau.presentation.course.drawing import Course, Frame, Threshold, draw
from tiau.presentation.course.lanes import lanes
from tiau.presentation.course.marks import marks_of
from tiau.presentation.words.coverage import listed
from tiau.results.result import Result
from tiau.scenario.rows import Act, Event, Report

WIDE = (Frame(800, 330, 11, "wide"), Frame(380, 300, 11, "narrow"))
"""For the width of a page, and once more for a small screen: `STYLE` shows one of them."""
SMALL = (Frame(300, 190, 10.5, "small"),)
STYLE = (
    "svg.course { width: 100%; height: auto; display: block; } svg.course-small { max-width: 32rem; } "
    "svg.course-narrow { display: none; } @media screen and (max-width: 40rem) { svg.course-wide { display: none; } "
    "svg.course-narrow { display: block; } } "
    f"{key.STYLE}"
)
"""What the style of a page needs."""
PAST_DAYS = 270
MOST_CROSSINGS = 6


def course(
    result: Result, name: str, quantity: str, *, suppress_below: float, forecast: Forecast | None = None,
    acts: Iterable[Act] = (), events: Iterable[Event] = (), size: Sequence[Frame] = WIDE,
) -> str:  # fmt: skip
    """Draw a quantity of a place or area over time: the run, the reports that speak of it, a forecast, acts and events.

    Parameters
    ----------
    result : Result
    name, quantity : str
        An area, and what the result keeps of it: `present` or `arrived_cumulative`.
    suppress_below : float, persons
        Numbers of people are rounded to multiples of it, and drawn as nobody where they are below it.
    forecast : Forecast, optional
        Goes on from its origin, with its triggers, where it has a row of this quantity and place.
    acts, events : iterable
        Drawn below on the same days; see `lanes.binding`.
    size : sequence of Frame
        `WIDE` or `SMALL`.

    Returns
    -------
    str
        An SVG for each frame. Colours are CSS variables of the page: ink, soft, line, grey, page, band, out, media,
        register, agency and other.

    Raises
    ------
    InputError
        If the area or the quantity is not kept.
    """
    place = result.network.names.proper(name)
    found = outside(result, name, quantity, suppress_below=suppress_below)
    named = [missed.placement.report.report for missed in listed(found)]
    marks = marks_of(_reports(result, place, quantity), named)
    band = bands.of_run(result.days, result.area(name, quantity), suppress_below)
    row = (quantity, place)
    ahead = forecast if forecast and row in forecast.rows else None
    both = (band, bands.of_forecast(ahead, ahead.rows.index(row), suppress_below)) if ahead else (band,)
    last = max(one.days[-1] for one in both)
    return _drawn(Course(
        heading=words.heading(name, quantity), told=words.told(both, marks, len(found.furthest)),
        first=band.days[0], last=last, bands=both, marks=marks,
        thresholds=_thresholds(ahead, place, quantity) if ahead else (), origin=ahead.origin if ahead else None,
        lanes=lanes(result, acts, band.days[0], last, place), events=tuple(events),
    ), size)  # fmt: skip


def fan(found: Forecast, row: int, *, size: Sequence[Frame] = SMALL) -> str:
    """Draw a row of a forecast from its origin on, its triggers, and what was reported before."""
    quantity, place = found.rows[row]
    band = bands.of_forecast(found, row, 0)
    since = found.origin - dt.timedelta(PAST_DAYS)
    marks = marks_of((report, True) for report in known_of(found, row) if middle(report) >= since)
    return _drawn(Course(
        heading=words.heading(place, quantity), told=words.told((band,), marks, 0), first=since, last=band.days[-1],
        bands=(band,), marks=marks, thresholds=_thresholds(found, place, quantity), origin=found.origin,
    ), size)  # fmt: skip


def crossings(
    result: Result, *, suppress_below: float, most: int = MOST_CROSSINGS, size: Sequence[Frame] = SMALL
) -> list[tuple[str, str]]:
    """Draw entries since the start over the busiest crossings: a name and a chart for each, the busiest first."""
    final = np.median(result.crossings[:, -1], axis=1) if result.crossings.size else np.zeros(0)
    chosen = [int(index) for index in np.argsort(-final, kind="stable")[:most] if final[index] > 0]
    return [(result.network.crossings[index], _crossing(result, index, suppress_below, size)) for index in chosen]


def _crossing(result: Result, index: int, suppress_below: float, size: Sequence[Frame]) -> str:
    band = bands.of_run(result.days, result.crossings[index], suppress_below)
    name = f"{result.network.crossings[index]}: entries since the start"
    return _drawn(Course(name, words.told((band,), (), 0), band.days[0], band.days[-1], (band,)), size)


def known_of(found: Forecast, row: int) -> list[Report]:
    """Return the reports known on the origin that speak of a row: of everybody, and no copies of other figures."""
    target, place = found.rows[row]
    names = found.scenario.names
    return [
        report.in_persons for report in found.scenario.known_by(found.origin).reports
        if report.quantity == target and report.of_everybody and names.proper(report.place) == place
        and not report.same_as and not report.not_scored
    ]  # fmt: skip


def _reports(result: Result, place: str, quantity: str) -> Iterable[tuple[Report, bool]]:
    """Yield the reports of everybody at a place, each with whether it counts."""
    for placement in result.placements:
        report = placement.report
        if (
            report.quantity == quantity and placement.of_everybody and placement.status in ("placed", "not scored")
            and result.network.names.proper(report.place) == place
        ):  # fmt: skip
            yield report, placement.counted


def _thresholds(found: Forecast, place: str, quantity: str) -> tuple[Threshold, ...]:
    return tuple(
        Threshold(answer.question.trigger.threshold, words.threshold(answer), answer.end)
        for answer in found.triggers.answers
        if (answer.question.quantity, answer.question.place) == (quantity, place)
    )


def _drawn(made: Course, size: Sequence[Frame]) -> str:
    return "".join(draw(made, frame) for frame in size)
