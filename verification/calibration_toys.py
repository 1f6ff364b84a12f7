"""Toys of a fit whose truth is known: two or three homes, two districts abroad and one inside, a dozen events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from tiau.scenario.model import Scenario

START, KNOWN, DAYS = dt.date(2021, 1, 1), dt.date(2021, 7, 1), 271
PEOPLE = 40_000
MONTH = 30
EVENTS = 12
SEVERITIES = (8.0, 20.0, 4.0)


def two_homes() -> Scenario:
    """Two communities, two districts abroad, all classes of figures every month."""
    return _toy(("Hill", "Plain"), ("North", "South"), ("total", "districts", "inside"))


def three_homes() -> Scenario:
    """Three homes of two communities, three districts abroad, all classes of figures, and origins, twice a month."""
    told = ("total", "districts", "inside", "origins")
    return _toy(("Hill", "Plain", "River"), ("North", "South", "Coast"), told, every=15)


def few_figures() -> Scenario:
    """Two homes, of which nothing but totals abroad is known, every other one as a bound."""
    return _toy(("Hill", "Plain"), ("North", "South"), ("total",), bounds=True)


TOYS = {"two homes": two_homes, "three homes": three_homes, "few figures": few_figures}


def _toy(
    homes: Sequence[str], districts: Sequence[str], told: Sequence[str], *, every: int = MONTH, bounds: bool = False
) -> Scenario:  # fmt: skip
    places = [
        _place(home, "origin", "Home", f"{home} district", population=PEOPLE) for home in homes
    ] + [_place("Market", "town", "Home", "Market district")] + [
        _place(f"{name} {kind}", kind, "Abroad", name) for name in districts for kind in ("camp", "reception")
    ]  # fmt: skip
    tables = {
        "places": places, "routes": list(_routes(homes, districts)), "groups": list(_groups(homes)),
        "events": list(_events(homes)), "acts": _acts(districts),
        "reports": list(_reports(homes, districts, told, every, bounds)),
    }  # fmt: skip
    settings = {"format": 2, "name": "toy", "title": "Toy", "start": START, "end": _day(DAYS - 1),
                "parameters": {"distance_decay": {"value": 0.005, "why": "a small area"}}}  # fmt: skip
    return Scenario.model_validate({"settings": settings, **tables})


def _day(number: int) -> dt.date:
    return START + dt.timedelta(number)


def _place(name: str, kind: str, country: str, district: str, **columns: float) -> dict[str, object]:
    where = {"admin1": f"{country} region", "admin2": district, "lat": 0, "lon": 0}
    return {"place": name, "kind": kind, "country": country, **where, **columns}


def _routes(homes: Sequence[str], districts: Sequence[str]) -> Iterator[dict[str, object]]:
    for row, home in enumerate(homes):
        yield _route(home, "Market", 60 + 30 * row)
        for column, name in enumerate(districts):
            yield _route(home, f"{name} reception", 80 + 60 * abs(row - column), crossing=f"{name} bridge")
    for name in districts:
        yield _route(f"{name} reception", f"{name} camp", 30)


def _route(start: str, end: str, km: float, crossing: str = "") -> dict[str, object]:
    return {"from": start, "to": end, "distance_km": km, "mode": "road", "crossing": crossing}


def _groups(homes: Sequence[str]) -> Iterator[dict[str, object]]:
    for community, where in (("Hill", homes[:1]), ("Plain", homes[1:])):
        yield {"group": community, "risk_class": "Civilians", "community": community, "homes": tuple(where), "share": 1}


def _events(homes: Sequence[str]) -> Iterator[dict[str, object]]:
    for number in range(EVENTS):
        first = _day(5 + 20 * number)
        yield {"event": f"E{number}", "start": first, "end": first + dt.timedelta(2), "known_on": first,
               "place": (homes[number % len(homes)],), "kind": "attack",
               "severity": SEVERITIES[number % len(SEVERITIES)]}  # fmt: skip


def _acts(districts: Sequence[str]) -> list[dict[str, object]]:
    of = {"from": _day(40), "known_on": _day(40), "authority": "union", "level": "federal", "estimated": True}
    where = {"places": (f"{districts[0]} bridge",)}
    return [
        {"act": "order", "effect": "close", "enforcement": 0.5, **of, **where},
        {"act": "kin", "effect": "exempt", "admit_share": 0.5, "groups": ("Hill",), "softens": "order", **of, **where},
    ]


def _reports(
    homes: Sequence[str], districts: Sequence[str], told: Sequence[str], every: int, bounds: bool
) -> Iterator[Mapping[str, object]]:  # fmt: skip
    for number in range(1, DAYS // every + 1):
        day = _day(every * number - 1)
        if "total" in told:
            bound = "at_least" if bounds and number % 2 and day < KNOWN else "exact"
            yield _report(f"total {number}", day, "Abroad", "register", bound=bound)
        if "districts" in told:
            yield from (_report(f"{name} {number}", day, name, "agency") for name in districts)
        if "inside" in told:
            yield _report(f"inside {number}", day, "Home", "other", quantity="idp_present")
        if "origins" in told:
            yield from (_report(f"from {home} {number}", day, "Abroad", "register", origin=home) for home in homes)


def _report(name: str, day: dt.date, place: str, source: str, **columns: str) -> dict[str, object]:
    return {"report": name, "known_on": day, "as_of": str(day), "place": place, "group": "all",
            "quantity": "present", "bound": "exact", "value": 1000, "source_kind": source, **columns}  # fmt: skip
