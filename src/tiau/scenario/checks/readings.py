"""Names that can be read in two ways: as a place, and as the area around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiau.faults import Fault, clip, plain, some_of
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, key_of
from tiau.scenario.rows import Row

SHOWN = 2
Cell = tuple[Row, str, tuple[str, ...]]


def places_named_like_their_area(scenario: Scenario) -> Iterator[Fault]:
    """A name in any table but that of homes that a place shares with an area of more places (a warning)."""
    names = scenario.names
    both = {
        key: others for key, area in names.area_names.items()
        if key in names.place_index and not _told_apart(key, area)
        and (others := set(names.area_members[area]) - {names.place_index[key]})
    }  # fmt: skip
    if not both:
        return
    cells: list[Cell] = [(row, "places", row.places) for row in scenario.acts]
    for report in scenario.reports:
        cells += [(report, "place", (report.place,)), (report, "origin", (report.origin,))]
    cells += _by_area([(row, "place", row.place) for row in scenario.events], both, scenario.names)
    cells += _by_area([(row, "place", (row.place,)) for row in scenario.departures], both, scenario.names)
    pulls: list[Cell] = [(group, "affinity", tuple(name for name, _ in group.affinity)) for group in scenario.groups]
    cells += _by_area(pulls, both, scenario.names)
    named = [
        (row.file, row.number, column, name)
        for row, column, found in cells if row.sound(column) for name in found
    ]  # fmt: skip
    if scenario.settings.series is not None:
        named.append(("scenario.toml", None, "series.place", scenario.settings.series.place))
    for file, number, column, name in named:
        if key_of(name) in both:
            inside = [scenario.places[position].place for position in sorted(both[key_of(name)])]
            yield Fault(file, _problem(inside), _remedy(name), number, column, name, "warning")


def places_spelled_like_an_area(scenario: Scenario) -> Iterator[Fault]:
    """A name in a report that a place and an area of other places share but for accents and hyphens (a warning)."""
    places = {_letters(name): position for name, position in scenario.names.place_index.items()}
    areas = {_letters(name): scenario.names.area_names[name] for name in scenario.names.area_names}
    for report in () if places.keys().isdisjoint(areas) else scenario.reports:
        for column, name in (("place", report.place), ("origin", report.origin)):
            at, area, key = places.get(_letters(name)), areas.get(_letters(name)), key_of(name)
            if at is None or area is None or report.not_scored or not report.sound(column):
                continue
            one_meaning = (key in scenario.names.place_index) != (key in scenario.names.area_names)
            if one_meaning and set(scenario.names.area_members.get(area, ())) - {at}:
                problem = f"is a place, and the area {clip(area, 40)} is spelled nearly alike: the place alone is meant"
                if key in scenario.names.area_names:
                    place = clip(scenario.places[at].place, 40)
                    problem = f"is an area, and the place {place} is spelled nearly alike: the area is meant"
                yield Fault("reports.csv", problem, _remedy(area), report.number, column, name, "warning")


def _told_apart(key: str, area: str) -> bool:
    """Whether an area that goes by the name of a place has another of its own, as imports give it."""
    return re.fullmatch(rf"{re.escape(key)} \(admin [123]\)", key_of(area)) is not None


def _letters(name: str) -> str:
    return " ".join(re.findall(r"\w+", plain(name)))


def _by_area(cells: list[Cell], both: dict[str, set[int]], names: Gazetteer) -> Iterator[Cell]:
    """Return the names of cells whose table nowhere names another place of the area.

    Where it does, it goes by places, and the seat of a district is the seat.
    """
    named = {names.place_index.get(key_of(name)) for _, _, found in cells for name in found}
    for row, column, found in cells:
        yield row, column, tuple(name for name in found if named.isdisjoint(both.get(key_of(name), ())))


def _problem(others: list[str]) -> str:
    listed = some_of([clip(other, 40) for other in others], SHOWN)
    return f"is a place, and also an area with {listed} in it: the place alone is meant"


def _remedy(name: str) -> str:
    another = f'give the area another name in places.csv or areas.csv, such as "{clip(name, 40)} area"'
    return f"{another}, and write that here if the area is meant"
