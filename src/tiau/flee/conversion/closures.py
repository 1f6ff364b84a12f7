"""Closures of a case as acts that close crossings."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.flee.case.model import Closure, FleeCase, Link
from tiau.scenario.checks.times import LATEST
from tiau.scenario.rows import Act
from tiau.scenario.vocabulary import Level


def countries_of(case: FleeCase) -> dict[str, str]:
    """Return the country of each location."""
    return {place.name: place.country for place in case.locations}


def crossing_of(link: Link, country: dict[str, str]) -> str:
    """Return the name of the crossing on a link, blank inside a country."""
    return f"{link.name1} - {link.name2}" if country[link.name1] != country[link.name2] else ""


def closed_by(case: FleeCase, row: Closure) -> list[Link]:
    """Return the links that a closure shuts, in both directions, as Flee does."""
    country = countries_of(case)
    pair = {row.name1, row.name2}
    match row.kind:
        case "country":
            return [link for link in case.links if {country[link.name1], country[link.name2]} == pair]
        case "location":
            return [link for link in case.links if row.name1 in (link.name1, link.name2)]
        case "link":
            return [link for link in case.links if {link.name1, link.name2} == pair]
        case _:
            return []


def acts_of(case: FleeCase) -> Iterator[Act]:
    """Return an act for each closure that shuts a crossing on some day, and one that ends it, known when it does."""
    country, home = countries_of(case), case.locations[0].country
    last = (LATEST - case.start).days
    for number, row in enumerate(case.closures, start=1):
        crossings = tuple(dict.fromkeys(name for link in closed_by(case, row) if (name := crossing_of(link, country))))
        if not crossings or not 0 <= row.start <= last or row.end == row.start:
            continue
        level: Level = "civil" if country.get(row.name1) == home else "foreign"
        authority = row.name2 if row.kind == "country" else country[row.name1]
        start = case.date(row.start)
        closing = Act(
            act=f"closure-{number:03}", from_=start, known_on=start, authority=authority, level=level, effect="close",
            places=crossings, enforcement=1.0,
        )  # fmt: skip
        yield closing
        # One that would end before it begins is never taken back, in Flee too.
        if row.start < row.end < case.days:
            opened = case.date(row.end)
            over = {"act": f"{closing.act}-ends", "effect": "statement", "ends": closing.act, "enforcement": None}
            yield closing.model_copy(update={**over, "from_": opened, "known_on": opened})
