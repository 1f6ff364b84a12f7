"""Tiny scenarios as values, built in code: one `scenario` helper and a few networks that people walk."""

import datetime as dt

from tiau.scenario.model import Scenario
from tiau.scenario.rows import Act, Departure, Displaced, Event, Group, Place, Route

START = dt.date(2021, 1, 1)
HOME = "Home"

# Nobody leaves, returns or moves on by hazard, and there are no shocks: what happens is what a test says.
# Who is kept out at a crossing waits there, and everybody knows today's rules.
WAITING = {
    "blocked_wait": 1,
    "blocked_other_way": 0,
    "blocked_irregular": 0,
    "blocked_give_up": 0,
    "news_days": 0,
}
# Members do not differ by shocks, nor in what they make of acts.
ALIKE = {"register_kept_share": 1} | dict.fromkeys(
    ("event_factor_cv", "pull_district_sd", "pull_place_sd", "pull_kin_sd", "pull_drift_sd", "outflow_sd",
     "outflow_drift_sd", "inside_sd", "enforcement_spread", "exemption_spread"), 0,
)  # fmt: skip
# Members differ in all of that.
UNLIKE = {
    "event_factor_cv": 0.5,
    "pull_district_sd": 0.6,
    "pull_place_sd": 0.4,
    "pull_kin_sd": 0.5,
    "pull_drift_sd": 0.7,
    "outflow_sd": 0.3,
    "outflow_drift_sd": 0.5,
    "inside_sd": 0.6,
    "enforcement_spread": 1,
    "exemption_spread": 1,
}
CALM = {
    **WAITING,
    **ALIKE,
    "stay_inside": 0,
    "departure_rate": 0,
    "return_rate": 0,
    "onward_rate": 0,
}
# Where others go and that a place is the first abroad draws nobody.
NO_CROWD = {"crowd_power": 0, "entry_bonus": 0}
# People leave after events, move on and return, fast enough for a fortnight to show it.
LIVELY = {
    **WAITING,
    **ALIKE,
    "stay_inside": 0.5,
    "departure_rate": 0.1,
    "departure_delay_days": 1,
    "event_memory_days": 5,
    "onward_rate": 0.05,
    "return_rate": 0.1,
    "quiet_intensity": 1,
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


def once(people=100, number=0):
    """All of them leave on one day."""
    return {"departures": [leave(number, people)]}


def displaced(at, people, **columns):
    """People who are displaced already on the first day."""
    return Displaced(place=at, people=people, **columns)


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


def districts(people=100, **more):
    """Homes of two communities, and three camps, two of them in one district."""
    places = [origin("O", people), origin("P", people // 2), place("T", "town", admin2="North")]
    places += [camp("A", admin2="One"), camp("B", admin2="One"), camp("C", admin2="Two")]
    routes = [way("O", "T", 60), way("P", "T", 90), way("T", "A", 100, "north"), way("T", "C", 120, "south")]
    routes.append(way("A", "B", 40))
    groups = [group(community="hills"), group("others", ("P",), 0.6, community="plains")]
    groups.append(group("more", ("P",), 0.4, community="hills"))
    return scenario(places, routes, groups, **more)


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


# --- at the border

KNOWN_TOO_LATE = {"news_days": 60}
BOTH = (group("kin", share=0.4), group("others", share=0.6))


def blocked(wait=0.0, other_way=0.0, irregular=0.0, give_up=0.0):
    """Parameters of what people do who are kept out."""
    names = ("wait", "other_way", "irregular", "give_up")
    return {f"blocked_{name}": share for name, share in zip(names, (wait, other_way, irregular, give_up), strict=True)}


def gate(people=100, acts=(), *, groups=(), porous=False, **more):
    """One crossing exactly one day long, open as far as acts say."""
    routes = [way("O", "A", 200, "gate", porous=porous)]
    return scenario([origin(people=people), camp("A")], routes, list(groups), acts=list(acts), **more)


def retry(people=100, enforcement=0.6, wait=0.7, **more):
    """Kept out, people wait or give up."""
    return gate(people, [close(("gate",), 0, enforcement)], **with_shares(more, blocked(wait, give_up=1 - wait)))


def with_shares(more, shares):
    return {**more, "parameters": {**shares, **more.get("parameters", {})}}


def exemption(people=100, **more):
    """A closure that kin are half exempt from."""
    acts = [close(("gate",), 0, 0.8), act("kin", ("gate",), 0, "exempt", groups=("kin",), admit_share=0.5)]
    return gate(people, acts, groups=BOTH, **more)


def corridor(people=100, *, consent=True, **more):
    """Two authorities close; one opens a corridor, to which the other may consent."""
    acts = [
        close(("gate",), 0, 0.8),
        close(("Abroad",), 0, 0.5, name="state order", authority="state"),
        act("federal corridor", ("gate",), 0, "corridor", admit_share=0.75),
    ]
    acts += [act("state corridor", ("Abroad",), 3, "corridor", admit_share=0.4, authority="state")] * consent
    return gate(people, acts, **more)


def quota_queue(people=100, amount=6, enforcement=0.0, **more):
    """So many a day, of two groups; maybe behind a closure."""
    acts = [act("quota", ("gate",), 0, "quota", amount=amount), close(("gate",), 0, enforcement)]
    return gate(people, acts, groups=BOTH, **more)


def push_back(people=100, pushed=0.5, enforcement=0.4, **more):
    """Who passes may be pushed back at once."""
    acts = [close(("gate",), 0, enforcement), act("push", ("Abroad",), 0, "push_back", enforcement=pushed)]
    return gate(people, acts, **more)


def fence(people=100, fenced=0.4, enforcement=0.8, **more):
    """A porous crossing with a fence: kept out, people wait, try irregularly or give up."""
    acts = [close(("gate",), 0, enforcement), act("fence", ("gate",), 0, "fence", enforcement=fenced)]
    shares = blocked(wait=0.5, irregular=0.3, give_up=0.2)
    return gate(people, acts, porous=True, **with_shares(more, shares))


def two_crossings(people=100, acts=(), *, porous=False, **more):
    """Two crossings to two camps, the southern one further away."""
    routes = [way("O", "A", 150, "north", porous=porous), way("O", "B", 200, "south", porous=porous)]
    return scenario([origin(people=people), camp("A"), camp("B")], routes, acts=list(acts), **more)


def judged(people=100, **more):
    """Two crossings, acts of several authorities at either, their numbers estimates."""
    acts = [
        close(("Abroad",), 1, 0.3, estimated=True),
        close(("north",), 2, 0.6, name="state order", authority="state", estimated=True),
        act("kin", ("north",), 3, "exempt", authority="state", admit_share=0.5, groups=("kin",), estimated=True),
        act("known", ("north",), 3, "admit", authority="state", admit_share=0.4),
        act("push", ("south",), 2, "push_back", enforcement=0.3, estimated=True),
        act("fence", ("south",), 0, "fence", enforcement=0.5, estimated=True),
        act("expel", ("Abroad",), 5, "expel", enforcement=0.05, estimated=True),
    ]
    own = {**blocked(0.4, 0.3, 0.2, 0.1), "news_days": 1, "enforcement_spread": 1, "exemption_spread": 1}
    return two_crossings(people, acts, groups=list(BOTH), porous=True, **with_shares(more, own))


def expulsion(people=100, expelled=0.3, **more):
    """A camp a day beyond the gate from which people are expelled, and a town before it."""
    places = [origin(people=people), place("T", "town"), place("J", "junction", "Abroad"), camp("A")]
    routes = [way("O", "T", 90), way("T", "J", 60, "gate"), way("J", "A", 120)]
    acts = [act("expel", ("Abroad",), 0, "expel", enforcement=expelled)]
    return scenario(places, routes, acts=acts, **more)


def registration(people=100, amount=4, **more):
    """A camp where so many a day are registered."""
    return gate(people, [act("register", ("A",), 1, "register", amount=amount)], **more)


def relief(people=100, amount=50.0, **more):
    """Two camps equally far, both small, one with relief."""
    routes = [way("O", "A", 180, "one"), way("O", "B", 180, "two")]
    places = [origin(people=people), camp("A", capacity=people / 4), camp("B", capacity=people / 4)]
    return scenario(places, routes, acts=[act("relief", ("B",), 2, "relief", amount=amount)], **more)
