"""What a case says that a scenario has no place for, each thing in one warning with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tiau.faults import Fault
from tiau.flee.case.counts import CORRECTIONS_FILE, added, corrected, counts
from tiau.flee.case.kinds import is_camp, kind_in, reported
from tiau.flee.case.model import Closure, FleeCase, Link, Location
from tiau.flee.conversion.closures import closed_by, countries_of, crossing_of
from tiau.flee.conversion.leaving import Leaving
from tiau.flee.engine.course import Bools
from tiau.readers.notes import Notes, joined
from tiau.scenario.vocabulary import Kind

LOCATIONS, ROUTES, CLOSURES = "locations.csv", "routes.csv", "closures.csv"
CHANGES, SOURCES, CONFLICTS = "location_changes.csv", "source_data", "conflicts.csv"
SUBTRACT = "subtract them when you compare"
TAKEN_UP = ("conflict_intensity", "initial_idps")


def losses(case: FleeCase, leaving: Leaving, kinds: Sequence[Kind]) -> tuple[Fault, ...]:
    """Return a warning for each thing that is lost or changed on the way to a scenario."""
    notes = Notes()
    _there_at_the_start(case, leaving, kinds, notes)
    _who_leaves(case, leaving, notes)
    _corrections(case, notes)
    _kinds(case, leaving, kinds, notes)
    _closures(case, notes)
    _overlaps(case, notes)
    _attributes(case, notes)
    _map(case, notes)
    return tuple(notes.warnings)


def on_day_0(case: FleeCase, leaving: Leaving) -> list[int]:
    """Return the people at each location on the first day, also where Flee empties camps of them: counts hold them."""
    there: list[int] = leaving.newcomers.at_camps.tolist()
    if case.settings.empty_camps_on_day0:
        names, first = {place.name for place in reported(case)}, counts(case, hasten=1, days=1)[:, 0].tolist()
        # Of labels that stand there twice the first counts.
        counted = {label.name: people for label, people in reversed(list(zip(case.labels, first, strict=True)))}
        there = [
            counted.get(place.name, 0) if place.name in names else people
            for place, people in zip(case.locations, there, strict=True)
        ]
    return there


def span_of(camp: Bools) -> tuple[int, int]:
    """Return the first day on which a location is a camp, and the day after the last; never for none."""
    days = np.flatnonzero(camp)
    return (int(days[0]), int(days[-1]) + 1) if days.size else (0, len(camp))


def _there_at_the_start(case: FleeCase, leaving: Leaving, kinds: Sequence[Kind], notes: Notes) -> None:
    people = sum(on_day_0(case, leaving))
    if people and "origin" not in kinds:
        problem = (
            f"has {people:,} people in camps on the first day, and no place that they come from; they are left out"
        )
        notes.warn(SOURCES, problem, SUBTRACT)


def _who_leaves(case: FleeCase, leaving: Leaving, notes: Notes) -> None:
    if case.settings.spawn_mode != "source_data":
        problem = "makes newcomers by conflict or flood; here those leave whom the events drive out by Tiau's own rules"
        notes.warn("simsetting.yml", problem)
    sent = leaving.people.sum(0)
    few = [
        (place.name, people, int(left)) for place, left in zip(case.locations, sent.tolist(), strict=True)
        if left > (people := 0 if is_camp(place) else place.people)
    ]  # fmt: skip
    if few:
        shown = joined([f"{name} {people:,} to {left:,}" for name, people, left in few])
        more = sum(left - people for _, people, left in few)
        problem = f"gives zones fewer people than set out by the counts; raised by {more:,} in all ({shown})"
        notes.warn(LOCATIONS, problem, "Flee makes people, a scenario takes them from a population")
    placeless = leaving.placeless
    if placeless.any():
        from_all = leaving.people.any()
        where = "they set out from all zones that ever are" if from_all else "they have nowhere to set out from"
        problem = f"has no zone with people in conflict on {np.count_nonzero(placeless):,} days with "
        notes.warn(CONFLICTS, f"{problem}{placeless.sum():,.0f} newcomers: {where}")


def _corrections(case: FleeCase, notes: Notes) -> None:
    series, _ = corrected(case, 1)
    number, furthest = 0, list[tuple[float, str]]()
    for label, (_, after) in zip(case.labels, series, strict=True):
        before = added(label)[0][1]
        changed = [(abs(new - old), old, new) for old, new in zip(before, after, strict=True) if round(new - old)]
        if changed:
            apart, old, new = max(changed)
            number += len(changed)
            furthest.append((apart, f"{label.name} {old:,.0f} to {new:,.0f}"))
    if furthest:
        shown = joined([text for _, text in sorted(furthest, reverse=True)])
        problem = f"sets {number:,} earlier counts right: reports hold them as they were said, those who set out are "
        notes.warn(CORRECTIONS_FILE, f"{problem}those of the corrected counts; at most {shown}")


def _kinds(case: FleeCase, leaving: Leaving, kinds: Sequence[Kind], notes: Notes) -> None:
    camp = leaving.world.camp
    for number, (place, kind) in enumerate(zip(case.locations, kinds, strict=True)):
        now = camp[:, number]
        if now.any() and kind != "camp":
            problem = f"makes a camp of {place.name}, where people set out: it is an origin and takes nobody in"
            notes.warn(LOCATIONS, problem, kind="origin and camp")
        elif now.any() and not now[slice(*span_of(now))].all():
            days, first, after = int(np.count_nonzero(now)), *span_of(now)
            problem = f"is a camp on {days:,} of {case.days:,} days, here on {after - first:,} from day {first}"
            changed = any(change.name == place.name for change in case.changes)
            notes.warn(CHANGES if changed else CLOSURES, problem, cell=place.name, kind="camp on and off")
    other = [change.name for change in case.changes if kind_in(change.kind) not in ("camp", "idpcamp", "conflict")]
    notes.warn_of(other, CHANGES, "changes the kind of {}; here places keep one kind")
    passed = [place.name for place, kind in zip(case.locations, kinds, strict=True) if kind == "junction"]
    notes.warn_of(passed, LOCATIONS, "has {} as markers or hubs; here people only pass them")


def _closures(case: FleeCase, notes: Notes) -> None:
    country = countries_of(case)
    for row in case.closures:
        inside = [link for link in closed_by(case, row) if not crossing_of(link, country)]
        if inside and row.start >= 0 and row.start != row.end:
            until = "on" if row.end < row.start else f"to day {row.end - 1}"
            named = joined([f"{link.name1} - {link.name2}" for link in inside])
            problem = f"shuts {len(inside)} ways inside a country from day {row.start} {until} ({named}), which here "
            notes.warn(CLOSURES, f"{problem}stay open: acts close crossings alone", cell=row.name1, kind="way inside")


def _overlaps(case: FleeCase, notes: Notes) -> None:
    country = countries_of(case)
    spans = [
        (row, {name for link in closed_by(case, row) if (name := crossing_of(link, country))}, _end(case, row))
        for row in case.closures if 0 <= row.start != row.end
    ]  # fmt: skip
    for number, (row, links, end) in enumerate(spans):
        for other, others, ends in spans[number + 1 :]:
            if links & others and max(row.start, other.start) < min(end, ends) and end != ends:
                both = " and ".join(f"{one.kind} {one.name1} {one.name2}".strip() for one in (row, other))
                problem = f"shuts the same crossings twice ({both}): Flee opens them when the first ends, on day "
                text = f"{problem}{min(end, ends)}, here each holds until its own end, on day {max(end, ends)}"
                notes.warn(CLOSURES, text, cell=row.name1, kind="crossings shut twice")


def _end(case: FleeCase, row: Closure) -> int:
    return row.end if row.end > row.start else case.days


def _attributes(case: FleeCase, notes: Notes) -> None:
    tables: tuple[tuple[str, Sequence[Location | Link]], ...] = ((LOCATIONS, case.locations), (ROUTES, case.links))
    for file, rows in tables:
        cells = (cell for row in rows for cell in row.attributes)
        given = [name for name, text in cells if text.strip() and name not in TAKEN_UP]
        if given:
            names = joined(list(dict.fromkeys(given)))
            notes.warn(file, f"gives {names} ({len(given):,} cells), for which a scenario has no column")
    notes.warn_of(list(case.demographics), LOCATIONS, "comes with demographics of {}, which are left out")


def _map(case: FleeCase, notes: Notes) -> None:
    away = [place.name for place in case.locations if abs(place.x) > 90 or abs(place.y) > 180]
    notes.warn_of(away, LOCATIONS, "puts {} outside the globe; here at 0, 0", "give degrees north and east")
    none = [f"{link.name1} - {link.name2}" for link in case.links if link.km <= 0 and link.name1 != link.name2]
    notes.warn_of(none, ROUTES, "gives {} no distance; here 1 m")
    itself = [link.name1 for link in case.links if link.name1 == link.name2]
    notes.warn_of(itself, ROUTES, "has ways from {} to itself, which are left out")
