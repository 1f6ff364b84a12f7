"""Tiny scenarios as values, built in code: one `scenario` helper and a few networks that people walk."""

import datetime as dt

from tiau.scenario.model import Act, Departure, Event, Group, Place, Route, Scenario

START = dt.date(2021, 1, 1)
HOME = "Home"

# Nobody leaves, returns or moves on by hazard, and there is no weather: what happens is what a test says.
# Who is kept out at a crossing waits there, and everybody knows today's rules.
WAITING = {
    "blocked_wait": 1,
    "blocked_other_way": 0,
    "blocked_irregular": 0,
    "blocked_give_up": 0,
    "news_days": 0,
}
CALM = {
    **WAITING,
    "stay_inside": 0,
    "departure_rate": 0,
    "return_rate": 0,
    "onward_rate": 0,
    "event_factor_cv": 0,
    "departure_noise_sd": 0,
}
# People leave after events, move on and return, fast enough for a fortnight to show it.
LIVELY = {
    **WAITING,
    "stay_inside": 0.5,
    "departure_rate": 0.1,
    "departure_delay_days": 1,
    "event_memory_days": 5,
    "onward_rate": 0.05,
    "return_rate": 0.1,
    "quiet_intensity": 1,
    "event_factor_cv": 0,
    "departure_noise_sd": 0,
}


def day(number):
    return START + dt.timedelta(number)


def place(name, kind, country=HOME, **columns):
    return Place(place=name, kind=kind, country=country, lat=0, lon=0, **columns)


def origin(name="O", people=100, **columns):
    return place(name, "origin", population=people, **columns)


def camp(name, country="Abroad", **columns):
    return place(name, "camp", country, **columns)


def way(start, end, km, crossing="", mode="road", **columns):
    return Route(from_=start, to=end, distance_km=km, mode=mode, crossing=crossing, **columns)


def group(name="people", homes=("O",), share=1, **columns):
    return Group(
        group=name, risk_class=name, community=columns.pop("community", name), homes=homes, share=share, **columns
    )


def leave(number, people, group="", place=""):
    """Departures that are given, on a day counted from the start."""
    return Departure(day=day(number), group=group, place=place, people=people)


def event(first, last, places=("O",), severity=1.0, name="attack"):
    return Event(
        event=name, start=day(first), end=day(last), place=places, kind="attack", severity=severity, known_on=day(last)
    )


def act(name, places, first, effect="close", until=None, authority="union", **columns):
    return Act(
        act=name, from_=day(first), until=None if until is None else day(until), known_on=day(first), places=places,
        authority=authority, level="federal", effect=effect, **columns,
    )  # fmt: skip


def close(places, first, enforcement=1.0, **columns):
    return act(columns.pop("name", "closure"), places, first, enforcement=enforcement, **columns)


def scenario(places, routes, groups=None, *, days=15, parameters=None, base=CALM, **tables):
    """Build a scenario; `parameters` come on top of `base`, other tables (events, acts, departures) by name."""
    chosen = {name: {"value": value, "why": "toy"} for name, value in {**base, **(parameters or {})}.items()}
    settings = {
        "format": 1, "name": "toy", "title": "Toy", "start": START, "end": day(days - 1), "parameters": chosen,
    }  # fmt: skip
    return Scenario.model_validate(
        {"settings": settings, "places": places, "routes": routes, "groups": groups or [group()], **tables}
    )


def with_parameters(toy, **parameters):
    """The same scenario with other values of some parameters."""
    data = toy.model_dump()
    data["settings"]["parameters"] |= {name: {"value": value, "why": "toy"} for name, value in parameters.items()}
    return Scenario.model_validate(data)


def line(people=100, **more):
    """One origin, one camp a day and a half away."""
    return scenario([origin(people=people), camp("A")], [way("O", "A", 300, "gate")], **more)


def fork(people=100, **more):
    """One origin, a camp near and a camp far."""
    routes = [way("O", "A", 150, "near"), way("O", "B", 500, "far")]
    return scenario([origin(people=people), camp("A"), camp("B")], routes, **more)


def cycle(people=100, **more):
    """Two origins, a town and a camp on a ring: two ways to everything."""
    places = [origin("O", people), origin("P", people // 2), place("T", "town"), camp("A")]
    routes = [
        way("O", "P", 130),
        way("P", "T", 90, mode="track"),
        way("T", "A", 170, "north"),
        way("A", "O", 310, "south"),
    ]
    return scenario(places, routes, more.pop("groups", [group(homes=("O",)), group("others", ("P",))]), **more)


def closed_way(people=100, *, other_way=False, shut=1, until=None, enforcement=1.0, **more):
    """A junction two days on, then a crossing that closes while people are on the road; maybe a longer way round."""
    places = [origin(people=people), place("J", "junction"), camp("A")]
    routes = [way("O", "J", 390), way("J", "A", 150, "north")]
    if other_way:
        places.append(place("K", "junction"))
        routes += [way("J", "K", 250), way("K", "A", 330, "south")]
    return scenario(places, routes, acts=[close(("north",), shut, enforcement, until=until)], **more)


def partial_closure(people=100, enforcement=0.6, **more):
    """A crossing exactly one day long at which an attempt meets the rule with a given chance, from the first day."""
    routes = [way("O", "A", 200, "gate")]
    return scenario([origin(people=people), camp("A")], routes, acts=[close(("gate",), 0, enforcement)], **more)


def capacity(people=100, room=20, **more):
    """Two camps equally far, one of them small."""
    routes = [way("O", "A", 180, "one"), way("O", "B", 180, "two")]
    return scenario([origin(people=people), camp("A", capacity=room), camp("B")], routes, **more)


def two_groups(people=100, **more):
    """A fork with two groups that differ in hazard, kin and speed, and whose crossing one of them may not use."""
    groups = [
        group("police", share=0.3, departure_multiplier=3.0, affinity=(("B", 1.0),), speed_factor=1.7),
        group("others", share=0.6),
    ]
    toy = fork(people, groups=groups, acts=[close(("near",), 4, 0.7, groups=("police",))], **more)
    return toy


def ferry(people=100, **more):
    """A road to the quay, a ferry over the border, and a footpath round."""
    places = [origin(people=people), place("Q", "junction"), camp("A"), camp("B", "Other")]
    routes = [way("O", "Q", 110), way("Q", "A", 80, "quay", "ferry"), way("O", "B", 60, "pass", "foot")]
    return scenario(places, routes, **more)
