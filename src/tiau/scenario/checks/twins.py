"""Rows that say what another row says under another name: both would count."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache, lru_cache
from typing import TypeVar

from tiau.faults import Fault, clip, plain
from tiau.scenario.checks.borders import ends_of
from tiau.scenario.counts import outdated
from tiau.scenario.event_kinds import perhaps_same_kind, same_kind
from tiau.scenario.geography import great_circle_km, located
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, key_of
from tiau.scenario.quantities import QuantityName
from tiau.scenario.rows import Act, Event, Group, Place, Report, Row
from tiau.scenario.severity import severity_of

RowT = TypeVar("RowT", bound=Row)

# Two accounts of one event share two days of three and differ in severity by half at most; events of successive days
# share none.
SHARED_DAYS, SEVERITY_FACTOR = 2 / 3, 1.5
# Events of a place in the order of their days: an event is set beside so many after it, which bounds the work.
NEIGHBOURS = 20
# Sites of one town lie further apart than this; the third decimal of a degree is 0.1 km.
SAME_SPOT_KM = 0.1


def _repeated(rows: Iterable[RowT], said: Callable[[RowT], Hashable | None]) -> Iterator[tuple[RowT, RowT]]:
    """Return each row that says what an earlier one says, and that one; a row that says None takes no part."""
    first: dict[Hashable, RowT] = {}
    for row in rows:
        what = said(row)
        if what is not None and (other := first.setdefault(what, row)) is not row:
            yield row, other


def _in_row(row: Row) -> str:
    """Say in brackets in which row of its file something stands, if it was read from one."""
    return f" (row {row.number})" if row.number else ""


def _where(names: Gazetteer) -> Callable[[tuple[str, ...]], Hashable]:
    """Return what tells the places that the names of a cell mean, in one form for every way to write them."""

    @cache
    def meant(cell: tuple[str, ...]) -> Hashable:
        members: frozenset[object] = frozenset(names.members_of(cell))
        return members or frozenset(map(key_of, cell))

    return meant


def events_twice(scenario: Scenario) -> Iterator[Fault]:
    """An event that another one of the same place, days, kind and about the same severity repeats (a warning)."""
    for event, other in pairs_of_events(scenario):
        yield _event_told(event, other)


def pairs_of_events(scenario: Scenario, *, harmless: bool = False) -> Iterator[tuple[Event, Event]]:
    """Yield events that may be accounts of one; `harmless` ones, of severity 0, only where they are asked for."""
    where = _where(scenario.names)
    by_place: dict[Hashable, list[Event]] = defaultdict(list)
    for event in scenario.events:
        if (
            (severity_of(event) > 0 or harmless)
            and event.end >= event.start
            and event.sound("start", "end", "place", "kind", "severity")
        ):
            by_place[where(event.place)].append(event)
    for events in by_place.values():
        events.sort(key=lambda event: (event.start, event.end, event.kind, severity_of(event), event.number or 0))
        told: set[int] = set()
        for position, event in enumerate(events):
            for after in range(position + 1, min(position + 1 + NEIGHBOURS, len(events))):
                if events[after].start > event.end:
                    break
                if after not in told and _one_event(event, events[after]):
                    told.add(after)
                    yield event, events[after]


def _event_told(event: Event, other: Event) -> Fault:
    first, second = sorted((event, other), key=lambda row: row.number or 0)
    kinds = dict.fromkeys(clip(row.kind, 40) for row in (first, second))
    days = f"{first.start}" if first.start == first.end else f"{first.start} to {first.end}"
    problem = (
        f"may be {clip(first.event, 40)}{_in_row(first)} again: {clip('; '.join(first.place), 40)}, {days}, "
        f"{' and '.join(kinds)}, severity {severity_of(first):g} and {severity_of(second):g}; both count"
    )
    remedy = f"delete one if they are one event; if they are two, say so in a note that names {clip(first.event, 40)}"
    return Fault("events.csv", problem, remedy, second.number, "event", second.event, "warning")


def _one_event(event: Event, other: Event) -> bool:
    """Whether two events of one place may be two accounts of one event."""
    low, high = sorted((severity_of(event), severity_of(other)))
    if high > SEVERITY_FACTOR * low:
        return False
    shared = (min(event.end, other.end) - max(event.start, other.start)).days + 1
    together = (max(event.end, other.end) - min(event.start, other.start)).days + 1
    # Events of one day are many; that several days and the severity agree to the last is rarely by chance.
    alike = shared == together > 1 and low == high
    one_kind = perhaps_same_kind if alike else same_kind
    return shared >= SHARED_DAYS * together and one_kind(event.kind, other.kind) and not _told_apart(event, other)


def named_in(note: str, name: str) -> bool:
    """Whether a note names another row, which tells that both are meant."""
    # Most notes do not hold the name at all, and to compile a pattern costs more than to look.
    return name in note and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", note) is not None


def _told_apart(event: Event, other: Event) -> bool:
    """Whether a note names the other event, or one source tells of both in different words."""
    # One catalogue does not list an event twice; that two of them have it, their ids cannot tell.
    ids, others_ids = _ids(event.source, event.source_id), _ids(other.source, other.source_id)
    if any(catalogue in others_ids and others_ids[catalogue] != own for catalogue, own in ids.items()):
        return True
    if named_in(event.note, other.event) or named_in(other.note, event.event):
        return True
    same_source = bool(event.source) and plain(event.source) == plain(other.source)
    texts, others = ({"note": row.note, **dict(row.extra)} for row in (event, other))
    return same_source and any(texts[name] and others.get(name) and texts[name] != others[name] for name in texts)


# Each event is set beside its next neighbours: they are asked again and again.
@lru_cache(4096)
def _ids(source: str, source_id: str) -> dict[tuple[str, str], str]:
    """Return the ids of an event by catalogue: its name, or the source up to a comma, and the letters of the id."""
    found = {}
    for cell in filter(None, map(str.strip, source_id.split(";"))):
        name, _, own = cell.rpartition(" ")
        found[plain(name or source.partition(",")[0]), re.sub(r"[0-9]+", "0", own)] = own
    return found


def source_ids_twice(scenario: Scenario) -> Iterator[Fault]:
    """An event with the id that its catalogue gave another one (a warning)."""
    for event, other in _repeated(scenario.events, lambda event: event.source_id.casefold() or None):
        if event.sound("source_id") and not (named_in(event.note, other.event) or named_in(other.note, event.event)):
            problem = f"is the id of {clip(other.event, 40)}{_in_row(other)} too: both count"
            remedy = f"delete one; if they are parts of one event, say so in a note that names {clip(other.event, 40)}"
            yield Fault("events.csv", problem, remedy, event.number, "source_id", event.source_id, "warning")


def reports_twice(scenario: Scenario) -> Iterator[Fault]:
    """A report that gives the figure of another one, and does not say that it carries it (a warning)."""
    for report, other in _repeated(scenario.reports, figures_said(scenario)):
        if named_in(report.note, other.report):
            continue
        problem = f"gives the figure of {clip(other.report, 40)}{_in_row(other)} for the same days: both count"
        remedy = f"if one was taken from the other, write {clip(other.report, 40)} in same_as; else name it in note"
        yield Fault("reports.csv", problem, remedy, report.number, "report", report.report, "warning")


def figures_said(
    scenario: Scenario, counted: Callable[[QuantityName], Hashable] = lambda quantity: quantity
) -> Callable[[Report], Hashable | None]:
    """Return what tells figures of a scenario apart: what two reports have in common of which one repeats the other.

    It is None for a report that takes no part: a copy, one that is revised, one without a figure. Quantities that are
    `counted` alike are one.
    """
    where, gone = _where(scenario.names), outdated(scenario.reports)

    def said(row: Report) -> Hashable | None:
        if row.same_as or row.not_scored or row.report in gone:
            return None
        if not row.sound("place", "origin", "as_of", "group", "quantity", "value", "low", "high", "bound", "unit"):
            return None
        report = row.in_persons
        figures = (report.value, report.low, report.high)
        if not any(figures):
            return None
        origin = where((report.origin,)) if report.origin else ""
        figure = report.value if report.value is not None else figures
        days = (report.as_of.start, report.as_of.end)
        # One paper writes about, another leaves it out.
        bound = "exact" if report.bound == "about" else report.bound
        part = plain(report.part)
        what = counted(report.quantity)
        return (where((report.place,)), origin, days, report.group, what, part, bound, figure, report.extra)

    return said


def acts_twice(scenario: Scenario) -> Iterator[Fault]:
    """An act that another one of the same authority repeats (a warning)."""
    for act, other in _repeated(scenario.acts, acts_said(scenario)):
        problem = f"says what {clip(other.act, 40)}{_in_row(other)} says: both count"
        yield Fault("acts.csv", problem, "delete one of them", act.number, "act", act.act, "warning")


def acts_said(scenario: Scenario) -> Callable[[Act], Hashable | None]:
    """Return what two acts of a scenario have in common of which one repeats the other; None for mere statements."""

    def said(act: Act) -> Hashable | None:
        if act.effect == "statement" or not act.sound(*Act.columns()):
            return None
        same = act.model_dump(
            exclude={"act", "places", "note", "source", "published", "known_on", "estimated", "extra"}
        )
        places = frozenset(scenario.names.proper(name) for name in act.places)
        return (places, *((key, value) for key, value in same.items()))

    return said


def groups_twice(scenario: Scenario) -> Iterator[Fault]:
    """A group that another one of the same class, community and homes repeats (a warning)."""
    where = _where(scenario.names)

    def said(group: Group) -> Hashable | None:
        if not group.sound(*Group.columns()):
            return None
        differs = (group.departure_multiplier, group.affinity, group.speed_factor)
        return (plain(group.risk_class), plain(group.community), where(group.homes), differs)

    for group, other in _repeated(scenario.groups, said):
        problem = f"differs from {clip(other.group, 40)}{_in_row(other)} in name alone: the shares of both count"
        remedy = "delete one of them; where both are meant, give one row the share of both"
        yield Fault("groups.csv", problem, remedy, group.number, "group", group.group, "warning")


def places_twice(scenario: Scenario) -> Iterator[Fault]:
    """A place at the spot of another one of its country, with no way between them (a warning)."""
    joined = {frozenset(ends) for route in scenario.routes if (ends := ends_of(route, scenario.names)) is not None}
    cells: dict[tuple[int, int], list[tuple[int, Place]]] = defaultdict(list)
    for position, place in enumerate(scenario.places):
        if not located(place) or not place.sound("place", "country"):
            continue
        row, column = round(place.lat * 1000), round(place.lon * 1000)
        near = (pair for r in (row - 1, row, row + 1) for c in (column - 1, column, column + 1) for pair in cells[r, c])
        for other_position, other in near:
            apart = great_circle_km(place.lat, place.lon, other.lat, other.lon)
            two = frozenset((position, other_position)) in joined
            if apart < SAME_SPOT_KM and place.country == other.country and not two:
                spot = "has the coordinates of" if apart == 0 else f"lies {1000 * apart:.0f} m from"
                problem = f"{spot} {clip(other.place, 40)}{_in_row(other)}"
                remedy = (
                    "if they are one place, make one name an alias; if two, correct one, or add the way between them"
                )
                yield Fault("places.csv", problem, remedy, place.number, "place", place.place, "warning")
                break
        if len(cells[row, column]) < NEIGHBOURS:
            cells[row, column].append((position, place))
