"""What is wrong between the files of a case, or may not be meant: one function each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from tiau.flee.case.counts import counts
from tiau.flee.case.kinds import kind_of, made_camp, reported
from tiau.flee.case.model import FleeCase
from tiau.flee.engine.preparation import CHANGES, stops
from tiau.flee.reading import count_checks
from tiau.readers.notes import Notes

LOCATIONS, ROUTES, CONFLICTS = "locations.csv", "routes.csv", "conflicts.csv"


@dataclass(frozen=True)
class Rows:
    """Row numbers of links, corrections, rows of data_layout.csv and changes of kind, in order."""

    links: tuple[int, ...]
    corrections: tuple[int, ...]
    labels: tuple[int, ...]
    changes: tuple[int, ...]


def check(case: FleeCase, rows: Rows, notes: Notes, *, whole: bool) -> None:
    """Note what concerns more than one cell.

    Unless the folder could be read as a `whole`, what compares files is left out.
    """
    _redirections(case, rows, notes)
    _links(case, rows, notes)
    if not whole:
        return
    _isolated(case, notes)
    _camps_by_chance(case, notes)
    _unlimited_camps(case, notes)
    _home_country(case, notes)
    _zones_without_column(case, notes)
    _floods(case, notes)
    if count_checks.check(case, rows.corrections, rows.labels, notes):
        _days(case, rows, notes)


def _days(case: FleeCase, rows: Rows, notes: Notes) -> None:
    """Note on which days a run would stop."""
    scale = case.settings.hasten
    for fault in stops(case, counts(case, hasten=scale, days=case.days), hasten=scale):
        position = next((n for n, change in enumerate(case.changes) if change.name == fault.cell), None)
        row = rows.changes[position] if fault.file == CHANGES and position is not None else fault.row
        notes.take(replace(fault, row=row))


def _redirections(case: FleeCase, rows: Rows, notes: Notes) -> None:
    for value, problem in (
        (1, "in the fourth column makes two ways each way, and redirects nobody"),
        (2, "in the fourth column redirects nobody in Flee"),
    ):
        at = [row for row, link in zip(rows.links, case.links, strict=True) if link.forced_redirection == value]
        if at:
            notes.warn(ROUTES, f"{problem} ({len(at)} rows)", "", at[0], "forced_redirection", str(value))


def _links(case: FleeCase, rows: Rows, notes: Notes) -> None:
    seen: dict[frozenset[str], int] = {}
    for row, link in zip(rows.links, case.links, strict=True):
        pair = frozenset((link.name1, link.name2))
        if len(pair) == 1:
            notes.warn(ROUTES, "leads to itself", "remove the row", row, "name1", link.name1)
        elif pair in seen:
            problem = (
                f"to {link.name2} stands already in row {seen[pair]}; travellers use the first, and choose it more"
            )
            notes.warn(ROUTES, problem, "remove one", row, "name1", link.name1, kind="way twice")
        seen.setdefault(pair, row)
        if link.km == 0 and case.settings.softening == 0:
            remedy = "give a distance, or a softening above 0"
            notes.fault(ROUTES, "is no distance that a softening of 0 can divide by", remedy, row, "distance", "0")


def _isolated(case: FleeCase, notes: Notes) -> None:
    linked = {name for link in case.links for name in (link.name1, link.name2) if link.name1 != link.name2}
    alone = sorted({place.name for place in case.locations} - linked)
    notes.warn_of(alone, ROUTES, "has no way to {}: nobody comes there or leaves", "add ways")


def _camps_by_chance(case: FleeCase, notes: Notes) -> None:
    names = sorted({place.name for place in case.locations if made_camp(place, case.settings)})
    problem = "makes camps of {}, because their chance to move is below 0.005"
    notes.warn_of(names, LOCATIONS, problem, "raise default_movechance or conflict_movechance")


def _unlimited_camps(case: FleeCase, notes: Notes) -> None:
    names = sorted({place.name for place in reported(case) if place.people * case.settings.capacity_scaling < 1})
    notes.warn_of(names, LOCATIONS, "gives {} no capacity, which Flee takes for unlimited room")


def _home_country(case: FleeCase, notes: Notes) -> None:
    """Flee takes the country of the first row for home; a case whose conflicts are elsewhere is inverted."""
    home = case.locations[0].country
    zones = {place.name for place in case.locations if "conflict" in place.kind.lower()}
    if case.conflicts is not None:
        zones |= {case.conflicts.names[column] for column in np.unique(np.nonzero(case.conflicts.values)[1])}
    countries = Counter(place.country for place in case.locations if place.name in zones)
    if countries and home not in countries:
        problem = f"is home because it stands first, but conflict is in {countries.most_common(1)[0][0]}"
        notes.warn(LOCATIONS, problem, "put a location of the home country first", column="country", cell=home)


def _zones_without_column(case: FleeCase, notes: Notes) -> None:
    if case.conflicts is None:
        return
    columns = set(case.conflicts.names)
    zones = [place for place in case.locations if "conflict" in place.kind.lower() and place.name not in columns]
    always = sorted({place.name for place in zones if kind_of(place) == "conflict"})
    never = sorted({place.name for place in zones if kind_of(place) == "town"})
    notes.warn_of(always, CONFLICTS, "has no column for {}, which are in conflict from first to last")
    notes.warn_of(never, CONFLICTS, "has no column for {}, where conflict never begins")


def _floods(case: FleeCase, notes: Notes) -> None:
    settings = case.settings
    if case.flood_level is None or not settings.flood_rules:
        return
    highest = float(np.max(case.flood_level.values, initial=0.0))
    lists = {"flood_movechances": settings.flood_movechances, "flood_loc_weights": settings.flood_loc_weights,
             "displaced_per_flood_day": settings.amounts}  # fmt: skip
    for name, values in lists.items():
        if int(highest) >= len(values):
            problem = f"goes up to level {highest:g}, and {name} has values for levels up to {len(values) - 1}"
            notes.fault("flood_level.csv", problem, "give the list more values")
    if settings.flood_forecaster:
        last = settings.flood_forecaster_end_time
        if len(settings.flood_forecaster_weights) <= last:
            problem = f"has values for {len(settings.flood_forecaster_weights)} days, not up to day {last}"
            key = "move_rules.flood_rules.flood_forecaster_weights"
            notes.fault(
                "simsetting.yml", problem, "give one value a day, or an earlier flood_forecaster_end_time", column=key
            )
        notes.warn(
            "simsetting.yml", "is a rule that few cases use", "", column="move_rules.flood_rules.flood_forecaster"
        )
