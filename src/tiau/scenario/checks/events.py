"""Events that drive nobody out, that were known too soon, that last too long, or that stop long before the end."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tiau.faults import Fault
from tiau.scenario.checks.people import home_places
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Event
from tiau.scenario.severity import known_to_the_rule, severity_of

# A quiet end is said after two months, and where it is half as long again as any quiet time before it.
QUIET_DAYS, QUIET_FACTOR = 60, 1.5
# A day in the wrong year makes an event of a year and some days out of one of a month at most, among short ones.
LONG_DAYS, SHORT_DAYS = 330, 31


def _that_count(scenario: Scenario) -> list[Event]:
    """Return the events of some severity that touch the period."""
    start, end = scenario.settings.start, scenario.settings.end
    return [
        event for event in scenario.events
        if event.sound("start", "end", "severity") and severity_of(event) > 0
        and event.start <= event.end and event.start <= end and event.end >= start
    ]  # fmt: skip


def _where_nobody_lives(events: list[Event], scenario: Scenario) -> list[Event]:
    """Return the events at places where no group has its home; none where a home cannot be read."""
    if not scenario.groups or not all(group.sound("homes", "share") for group in scenario.groups):
        return []
    homes = {place for group in scenario.groups if group.share > 0 for place in home_places(group, scenario.names)}
    live = {
        place for place in homes
        if (scenario.places[place].kind == "origin" and scenario.places[place].population)
        or not scenario.places[place].sound("kind", "population")
    }  # fmt: skip
    cells = {event.place for event in events}
    empty = {cell for cell in cells if live.isdisjoint(scenario.names.members_of(cell))}
    return [event for event in events if event.sound("place") and event.place in empty]


def events_where_nobody_lives(scenario: Scenario) -> Iterator[Fault]:
    """An event at places where no group has its home: it drives no resident out (a warning)."""
    for event in () if scenario.departures else _where_nobody_lives(_that_count(scenario), scenario):
        problem = "is where no group lives: the event moves no resident, at most people who were displaced there"
        remedy = "correct the place; or make it a place of kind origin with a population, and a home in groups.csv"
        yield Fault("events.csv", problem, remedy, event.number, "place", "; ".join(event.place), "warning")


def kinds_without_a_rule(scenario: Scenario) -> Iterator[Fault]:
    """An event without severity of a kind that the rule does not know: it counts as violence (a warning)."""
    for event in scenario.events:
        if (
            event.severity is None
            and event.sound("severity", "kind", "fatalities")
            and not known_to_the_rule(event.kind)
        ):
            dead = "no dead are given" if event.fatalities is None else f"{event.fatalities:,.0f} dead"
            problem = (
                f"is no kind that the rule of severities knows: blank severity is {severity_of(event):.3g}, as of any "
                f"violence ({dead})"
            )
            remedy = (
                "write severity, 0 if nobody is driven out by it; or a kind such as battle, shelling, riot or protest"
            )
            yield Fault("events.csv", problem, remedy, event.number, "kind", event.kind, "warning")


def events_known_before_they_start(scenario: Scenario) -> Iterator[Fault]:
    """An event that was known before it began (a warning)."""
    for event in scenario.events:
        if event.sound("start", "known_on") and event.known_on < event.start:
            problem = f"lies before start, {event.start}: known before it began"
            remedy = "correct one of the two; a forecast takes the event up from known_on"
            yield Fault("events.csv", problem, remedy, event.number, "known_on", str(event.known_on), "warning")


def events_that_end_in_another_year(scenario: Scenario) -> Iterator[Fault]:
    """An event of a year and some days: its severity is spread thin over all of them (a warning)."""
    events = [event for event in scenario.events if event.sound("start", "end")]
    if not events or median((event.end - event.start).days for event in events) > SHORT_DAYS:
        return
    for event in events:
        if (event.end - event.start).days < LONG_DAYS or event.end == scenario.settings.end:
            continue
        in_year = (event.end.month, event.end.day)
        days_apart = (event.end.timetuple().tm_yday - event.start.timetuple().tm_yday) + 1
        if in_year >= (event.start.month, event.start.day) and days_apart <= SHORT_DAYS:
            lasts = (event.end - event.start).days + 1
            problem = (
                f"makes the event last {lasts:,} days, each with an equal part of its severity; in {event.start.year} "
                f"it would last {days_apart}"
            )
            yield Fault("events.csv", problem, "check the year", event.number, "end", str(event.end), "warning")


def no_events(scenario: Scenario) -> Iterator[Fault]:
    """A scenario without any event, and without departures that are given: nobody leaves (a warning)."""
    nothing = all(event.sound("severity") and not severity_of(event) for event in scenario.events)
    background = scenario.values["background_intensity"]
    if scenario.groups and nothing and not scenario.departures and not background:
        problem = "has no event of any severity: nobody is driven out"
        yield Fault("events.csv", problem, "add the events, or the departures in departures.csv", level="warning")


def no_events_to_the_end(scenario: Scenario) -> Iterator[Fault]:
    """A period that goes on long after the last event at a home, as if nothing happened any more (a warning)."""
    count = _that_count(scenario)
    elsewhere = {id(event) for event in _where_nobody_lives(count, scenario)}
    events = sorted((event for event in count if id(event) not in elsewhere), key=lambda event: event.start)
    if not events or scenario.departures:
        return
    end = scenario.settings.end
    last = events[0].end
    longest = 0
    for event in events[1:]:
        longest = max(longest, (event.start - last).days)
        last = max(last, event.end)
    quiet = (end - last).days
    if quiet > max(QUIET_DAYS, QUIET_FACTOR * longest):
        problem = (
            f"lies {quiet:,} days after the last event where people live: no events after {last} are assumed, so "
            "departures die down"
        )
        remedy = "add the events that happened since or are expected, or end the scenario sooner"
        yield Fault("scenario.toml", problem, remedy, column="end", cell=str(end), level="warning")
