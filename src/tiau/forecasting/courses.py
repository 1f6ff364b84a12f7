"""A scenario as it was known on a day, carried on: what may happen from then on, in three courses of events."""

from __future__ import annotations

import datetime as dt
import math

from tiau.scenario.model import Scenario
from tiau.scenario.rows import Event
from tiau.scenario.severity import severity_of

AGAIN_DAYS = 90
"""Events of so many days before the origin happen again, window after window."""
COURSES = {"holds": 1.0, "subsides": 0.0, "escalates": 2.0}
"""How many times as severe as the last ones the events ahead are."""


def as_known(scenario: Scenario, origin: dt.date, last: dt.date) -> Scenario:
    """Return a scenario as it was known on a day, without a posterior, with its period ending on another day.

    Acts go on as they were known to. Places carry no day on which they were known: capacities go, which may be the
    largest counts of later days, and so do closings of later days, and camps that no figure had spoken of.
    """
    known = scenario.known_by(origin).without_posterior()
    gone = unspoken(known)
    places = tuple(
        place.model_copy(update={
            "capacity": None, "closes": None if place.closes is None or place.closes > origin else place.closes,
        })
        for place in known.places if place.place not in gone
    )  # fmt: skip
    areas = tuple(
        area.model_copy(update={"members": tuple(name for name in area.members if name not in gone)})
        for area in known.areas
    )  # fmt: skip
    return known.model_copy(
        update={
            "settings": known.settings.model_copy(update={"end": last}),
            "places": places,
            "areas": areas,
            "routes": tuple(row for row in known.routes if row.from_ not in gone and row.to not in gone),
        }
    )


def unspoken(known: Scenario) -> set[str]:
    """Return the camps that no figure speaks of: by name, or as part of an area in which there is nothing else.

    A figure of a state speaks of the camps that are there on its day, not of all that will ever be.
    """
    reported = {known.names.members(report.place) for report in known.reports if report.place in known.names}
    there = {number for number, place in enumerate(known.places) if place.kind != "camp"}
    there |= {members[0] for members in reported if len(members) == 1}
    there = there.union(*(members for members in reported if there.isdisjoint(members)))
    return {place.place for number, place in enumerate(known.places) if number not in there}


def speaks_of(scenario: Scenario) -> bool:
    """Whether the model can say something of days ahead: not where who leaves is given, which nobody knows of them."""
    return not scenario.departures


def course(known: Scenario, origin: dt.date, severity: float) -> Scenario:
    """Return a scenario in which the events of the last days before an origin happen again and again until its end.

    They come in windows of `AGAIN_DAYS`, or of all days so far where those are fewer, so that intensity keeps its level
    where they are as severe as they were.

    Parameters
    ----------
    known : Scenario
        As it was known on the origin.
    origin : date
    severity : float
        How many times as severe; at 0 nothing happens any more.
    """
    if not severity:
        return known
    window = min(AGAIN_DAYS, (origin - known.settings.start).days + 1)
    recent = [event for event in known.events if 0 <= (origin - event.start).days < window]
    windows = math.ceil((known.settings.end - origin).days / window)
    again = (_again(event, number, window, severity) for number in range(1, windows + 1) for event in recent)
    ahead = tuple(event for event in again if event.start <= known.settings.end)
    return known.model_copy(update={"events": known.events + ahead})


def _again(event: Event, number: int, window: int, severity: float) -> Event:
    later = dt.timedelta(window * number)
    return event.model_copy(
        update={
            "event": f"{event.event} again {number}",
            "start": event.start + later,
            "end": event.end + later,
            "known_on": event.known_on + later,
            "severity": severity * severity_of(event),
        }
    )
