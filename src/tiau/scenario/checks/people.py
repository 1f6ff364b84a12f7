"""Groups and their homes: who lives where, and whether anybody does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tiau.faults import Fault, clip
from tiau.scenario.checks.references import groups_named
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer
from tiau.scenario.rows import Group

# Shares that were rounded to two decimals, of up to four groups.
NEARLY_ALL = 0.98


def home_places(group: Group, names: Gazetteer) -> tuple[int, ...]:
    """Return the places of a group's homes, of whatever kind; none where the cell has a fault."""
    return names.members_of(group.homes) if group.sound("homes") else ()


def no_groups(scenario: Scenario) -> Iterator[Fault]:
    """A scenario without groups (a warning)."""
    if not scenario.groups:
        remedy = "nobody lives anywhere and nobody leaves; add a group, or let tiau routes propose some"
        yield Fault("groups.csv", "has no rows", remedy, level="warning")


def shares_of_places(scenario: Scenario) -> Iterator[Fault]:
    """Groups whose shares of a place's people sum to more than one."""
    total: dict[int, float] = defaultdict(float)
    rows: dict[int, list[Group]] = defaultdict(list)
    for group in scenario.groups:
        for position in home_places(group, scenario.names) if group.sound("share") else ():
            total[position] += group.share
            rows[position].append(group)
    for position, share in total.items():
        if share > 1 + 1e-9:
            name = clip(scenario.places[position].place)
            problem = f"the groups with a home in {name} have shares that sum to {share:g}"
            numbers = ", ".join(str(group.number) for group in rows[position][:10])
            last = rows[position][-1]
            yield Fault("groups.csv", problem, f"make them sum to 1 or less (rows {numbers})", last.number, "share")


def people_in_no_group(scenario: Scenario) -> Iterator[Fault]:
    """An origin whose groups cover a part of its people: the others can never leave (a warning)."""
    if not all(group.sound("homes", "share") for group in scenario.groups):
        return
    covered: dict[int, float] = defaultdict(float)
    last: dict[int, Group] = {}
    for group in scenario.groups:
        for position in home_places(group, scenario.names):
            covered[position] += group.share
            last[position] = group
    for position, share in covered.items():
        place = scenario.places[position]
        people = place.population or 0.0
        if place.kind == "origin" and place.sound("kind", "population", "place") and people and share < NEARLY_ALL:
            problem = (
                f"sums to {share:.3g} at {clip(place.place)}: {share:.1%} of its people are in a group, the other "
                f"{people * (1 - share):,.0f} of {people:,.0f} can never leave"
            )
            remedy = "add a group for them, or the place to the homes of one, so that shares sum to 1"
            yield Fault("groups.csv", problem, remedy, last[position].number, "share", level="warning")


def homes_without_origin(scenario: Scenario) -> Iterator[Fault]:
    """A group none of whose homes is a place of kind origin: it has nobody."""
    for group in scenario.groups:
        homes = home_places(group, scenario.names)
        known = group.sound("homes") and group.homes and all(home in scenario.names for home in group.homes)
        if known and all(scenario.places[p].sound("kind") and scenario.places[p].kind != "origin" for p in homes):
            remedy = "people leave from places of kind origin only: change the kind in places.csv, or the homes"
            cell = "; ".join(group.homes[:5])
            yield Fault("groups.csv", "holds no place of kind origin", remedy, group.number, "homes", cell)


def origins_without_people(scenario: Scenario) -> Iterator[Fault]:
    """An origin that is a home of a group but has no population."""
    homes = {position for group in scenario.groups for position in home_places(group, scenario.names)}
    for position in sorted(homes):
        place = scenario.places[position]
        if place.kind == "origin" and place.sound("kind", "population", "place") and place.population is None:
            problem = f"is blank for {clip(place.place)}, an origin where a group lives"
            remedy = "give the number of people, or 0"
            yield Fault("places.csv", problem, remedy, place.number, "population")


def origins_without_groups(scenario: Scenario) -> Iterator[Fault]:
    """An origin where no group lives: nobody leaves it (a warning)."""
    if not scenario.groups or not all(group.sound("homes") for group in scenario.groups):
        return
    homes = {position for group in scenario.groups for position in home_places(group, scenario.names)}
    for position, place in enumerate(scenario.places):
        if place.kind == "origin" and place.sound("kind", "place") and position not in homes:
            remedy = "nobody leaves it; add it to the homes of a group, or make it a town"
            yield Fault("places.csv", "is no group's home", remedy, place.number, "place", place.place, "warning")


def departures_without_home(scenario: Scenario) -> Iterator[Fault]:
    """Given departures from a place that is no home of the group: nobody could leave."""
    groups = [(group, home_places(group, scenario.names)) for group in scenario.groups]
    if not all(group.sound("homes", "group", "risk_class") for group, _ in groups):
        return
    known = groups_named(scenario) | {""}
    fine: dict[tuple[str, str], bool] = {}
    homes: dict[str, set[int]] = {}
    for row in scenario.departures:
        if not row.sound("place", "group") or row.group not in known or (row.place and row.place not in scenario.names):
            continue
        key = (row.place, row.group)
        if key not in fine:
            if row.group not in homes:
                homes[row.group] = {
                    position
                    for group, positions in groups if group.meant_by(row.group)
                    for position in positions
                }  # fmt: skip
            left = homes[row.group].intersection(scenario.names.members(row.place)) if row.place else homes[row.group]
            kinds = (scenario.places[position] for position in left)
            fine[key] = any(place.kind == "origin" or not place.sound("kind") for place in kinds)
        if not fine[key]:
            who = f"the group {clip(row.group)}" if row.group not in ("", "all") else "any group"
            remedy = "nobody could leave from there; correct the place or the homes in groups.csv"
            yield Fault("departures.csv", f"is no home of {who}", remedy, row.number, "place", row.place or row.group)
