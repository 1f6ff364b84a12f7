"""Places, ways, acts and events of a scenario as a page lists them, and the words that acts may take."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tiau.building.guides import guide_of
from tiau.explorer.basis.followed import Followed
from tiau.explorer.basis.replaced import replaced
from tiau.explorer.opening.ground import Point
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network
from tiau.scenario.rows import Act
from tiau.scenario.severity import severity_of
from tiau.what_ifs.editing import NUMBER_THAT_COUNTS


def day(value: dt.date | None) -> str:
    """Return a day as YYYY-MM-DD; blank where there is none."""
    return "" if value is None else value.isoformat()


def places(network: Network, where: dict[int, Point]) -> list[dict[str, Any]]:
    """Return the places, with where they lie on the map."""
    homes, nowhere = set(network.home_place.tolist()), (None, None)
    found = []
    for at, place in enumerate(network.scenario.places):
        x, y = where.get(at, nowhere)
        found.append({
            "name": place.place, "country": place.country, "admin1": place.admin1, "admin2": place.admin2,
            "kind": place.kind, "x": x, "y": y, "abroad": bool(network.abroad[at]), "left": at in homes,
            "capacity": place.capacity,
        })  # fmt: skip
    return found


def routes(network: Network) -> list[dict[str, Any]]:
    """Return the ways, one for each direction, in the order of the network."""
    ends = zip(network.start.tolist(), network.end.tolist(), network.crossing.tolist(), strict=True)
    return [
        {"from": start, "to": end, "crossing": "" if crossing < 0 else network.crossings[crossing]}
        for start, end, crossing in ends
    ]


def followed(every: tuple[Followed, ...]) -> list[dict[str, Any]]:
    """Return what can be followed."""
    return [
        {"name": one.name, "label": one.label, "level": one.level, "places": list(one.places), "abroad": one.abroad}
        for one in every
    ]


def acts(network: Network) -> list[dict[str, Any]]:
    """Return the acts, each with the older orders that it replaces."""
    below = replaced(network)
    return [{**_act(act), "replaces": below.get(act.act, [])} for act in network.scenario.acts]


def _act(act: Act) -> dict[str, Any]:
    return {
        "act": act.act, "from": day(act.from_), "until": day(act.until), "known_on": day(act.known_on),
        "authority": act.authority, "level": act.level, "effect": act.effect, "places": list(act.places),
        "groups": list(act.groups), "admit_share": act.admit_share, "enforcement": act.enforcement,
        "amount": act.amount, "softens": act.softens, "ends": act.ends, "source": act.source,
        "estimated": act.estimated, "note": act.note,
    }  # fmt: skip


def words_of_acts(network: Network) -> dict[str, Any]:
    """Return the groups, places and authorities that an act may name, and what it may do."""
    scenario = network.scenario
    groups = (*(group.group for group in scenario.groups), *network.risk_classes)
    named = (*network.crossings, *network.names.area_members, *network.place_names)
    levels = dict.fromkeys((act.authority, act.level) for act in scenario.acts)
    (meanings,) = (column.words for column in guide_of("acts").columns if column.name == "effect")
    return {
        "groups": list(dict.fromkeys(groups)),
        "act_places": list(dict.fromkeys(named)),
        "authorities": [{"authority": authority, "level": level} for authority, level in levels],
        "effects": [
            {"effect": effect, "meaning": meaning.replace("`", ""), "column": NUMBER_THAT_COUNTS.get(effect, "")}
            for effect, meaning in meanings.items()
        ],
    }


def events(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the events, each with a severity, by the rule where its row has none."""
    return [
        {
            "event": event.event, "start": day(event.start), "end": day(event.end), "place": list(event.place),
            "kind": event.kind, "severity": severity_of(event), "fatalities": event.fatalities,
            "source": event.source, "estimated": event.estimated,
        }
        for event in scenario.events
    ]  # fmt: skip
