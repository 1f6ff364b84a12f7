"""What is wrong between the files of a case, or may not be meant: one function each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tiau.faults import Suggestions
from tiau.readers.flee.notes import Notes, joined
from tiau.scenario.flee.case import DataFile, FleeCase
from tiau.scenario.flee.kinds import kind_of, made_camp, reported
from tiau.scenario.flee.source_data import corrected, merged

LOCATIONS, ROUTES, CONFLICTS, LAYOUT = "locations.csv", "routes.csv", "conflicts.csv", "data_layout.csv"

MOST_COUNTS = 50_000_000


@dataclass(frozen=True)
class Rows:
    """Row numbers of the links and of the corrections, in order."""

    links: tuple[int, ...]
    corrections: tuple[int, ...]


def check(case: FleeCase, rows: Rows, notes: Notes, *, whole: bool) -> None:
    """Note what concerns more than one cell.

    Parameters
    ----------
    case : FleeCase
    rows : Rows
    notes : Notes
        Takes what is found.
    whole : bool
        Whether every file could be read: if not, what compares files is left out.
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
    _reported_without_counts(case, notes)
    _total(case, notes)
    _counts(case, rows, notes)
    _floods(case, notes)


def _many(names: Iterable[str]) -> str:
    return joined(sorted(set(names)))


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
            notes.warn(ROUTES, problem, "remove one", row, "name1", link.name1)
        seen.setdefault(pair, row)
        if link.km == 0 and case.settings.softening == 0:
            remedy = "give a distance, or a softening above 0"
            notes.fault(ROUTES, "is no distance that a softening of 0 can divide by", remedy, row, "distance", "0")


def _isolated(case: FleeCase, notes: Notes) -> None:
    linked = {name for link in case.links for name in (link.name1, link.name2) if link.name1 != link.name2}
    alone = [place.name for place in case.locations if place.name not in linked]
    if alone:
        notes.warn(ROUTES, f"has no way to {_many(alone)}: people there stay for ever", "add ways")


def _camps_by_chance(case: FleeCase, notes: Notes) -> None:
    names = [place.name for place in case.locations if made_camp(place, case.settings)]
    if names:
        problem = f"makes camps of {_many(names)}, because their chance to move is below 0.005"
        notes.warn(LOCATIONS, problem, "raise default_movechance or conflict_movechance")


def _unlimited_camps(case: FleeCase, notes: Notes) -> None:
    names = [place.name for place in reported(case) if place.people * case.settings.capacity_scaling < 1]
    if names:
        notes.warn(LOCATIONS, f"gives {_many(names)} no capacity, which Flee takes for unlimited room", "")


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
    always = [place.name for place in zones if kind_of(place) == "conflict"]
    never = [place.name for place in zones if kind_of(place) == "town"]
    if always:
        notes.warn(CONFLICTS, f"has no column for {_many(always)}, which are in conflict from first to last", "")
    if never:
        notes.warn(CONFLICTS, f"has no column for {_many(never)}, where conflict never begins", "")


def _reported_without_counts(case: FleeCase, notes: Notes) -> None:
    if case.settings.spawn_mode == "flood":
        return
    labels = {label.name for label in case.labels}
    suggest = Suggestions(labels, f"add a row to {LAYOUT}, and its file")
    for place in reported(case):
        if place.name not in labels:
            notes.fault(LAYOUT, "is a camp and has no row here", suggest(place.name), column="name", cell=place.name)


def _total(case: FleeCase, notes: Notes) -> None:
    settings = case.settings
    needed = settings.spawn_mode == "source_data" and not settings.sum_from_camps
    if needed and all(label.name != "total" for label in case.labels):
        notes.fault(LAYOUT, "has no row total", "add it, or leave sum_from_camps out of the settings")


def _counts(case: FleeCase, rows: Rows, notes: Notes) -> None:
    if len(case.labels) * case.days > MOST_COUNTS:
        problem = f"has {len(case.labels):,} rows for {case.days:,} days, more than can be counted"
        notes.fault(LAYOUT, problem, "leave rows out, or shorten Length in sim_period.csv")
        return
    _, wrong = corrected(case, case.settings.hasten)
    for number, fault in wrong:
        found = replace(fault, row=rows.corrections[number] if number >= 0 else None)
        notes.fault(found.file, found.problem, found.remedy, found.row, found.column, found.cell)
    for label in case.labels:
        dropped = _dropped(label.files) if len(label.files) > 1 else False
        if dropped:
            problem = f"of {label.name} hold different days; Flee adds them without interpolation and leaves days out"
            notes.warn("source_data", f"files {problem}", "give both files the same days")


def _dropped(files: Sequence[DataFile]) -> bool:
    first = files[0]
    series = (list(first.days), [0.0] * len(first.days))
    for file in files[1:]:
        both = merged(series, (list(file.days), [0.0] * len(file.days)))
        if both is None or not set(series[0]) | set(file.days) <= set(both[0]):
            return True
        series = both
    return False


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
