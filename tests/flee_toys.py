"""Small cases in Flee's format, built by hand; their data files have a row a day, so that nothing is interpolated."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import numpy as np

from tiau.flee.case.model import Change, Closure, DataFile, DayTable, FleeCase, Label, Link, Location
from tiau.flee.case.settings import FleeSettings

DECAY = (1.0, 1.0, 1.0, 0.5, 0.1)


def place(name, kind, people=0, country="home", date=0, **attributes):
    pairs = tuple((key, str(value)) for key, value in attributes.items())
    return Location(name, "region", country, 0.0, 0.0, kind, date, people, pairs)


def table(days, **columns):
    """A table by day; a column shorter than the run holds its last value."""
    return DayTable(tuple(columns), np.array([held(column, days) for column in columns.values()], dtype=float).T)


def held(column, days):
    return (list(column) + [column[-1]] * days)[:days]


def build(places, ways, days, *, data=None, conflicts=None, flood=None, closures=(), changes=(), ages=None, **settings):
    """A case: `ways` are (name, name, km[, redirection]); `data` people by day for a label, zero for every other place.

    Without `conflicts` the table has a column for each conflict zone, with 1 on each day.
    """
    zones = {row.name: [1] for row in places if "conflict" in row.kind}
    layout = {"total": [0], **{row.name: [0] for row in places}, **(data or {})}
    return FleeCase(
        name="toy",
        start=dt.date(2020, 1, 1),
        days=days,
        locations=tuple(places),
        links=tuple(Link(*way) for way in ways),
        closures=tuple(Closure(*row) for row in closures),
        labels=tuple(_label(name, people, days) for name, people in layout.items()),
        conflicts=table(days, **(zones if conflicts is None else conflicts)),
        flood_level=table(days, **flood) if flood else None,
        changes=tuple(Change(*row) for row in changes),
        demographics={"floodawareness": ages} if ages else {},
        settings=FleeSettings(**settings),
    )


def _label(name, people, days):
    return Label(name, (DataFile(f"{name}.csv", tuple(range(days)), tuple(held(people, days))),))


def counts_of(case, hasten=1):
    """The (label, day) table that the data files of a toy say."""
    return np.array([label.files[0].people for label in case.labels]) // hasten


def cohort(size, day=1):
    """Data of a label by which `size` people come on one day and nobody later."""
    return [0] * day + [size]


def daily(size, days, start=0):
    return [start + size * t for t in range(days)]


def gone(size=1000):
    """What sends people out of a conflict zone by source data: a label that is no place."""
    return {"gone": cohort(size)}


# Deterministic: every weight but one is nil, every chance 0 or 1.


def descent(*lengths, people=100, days=8, **settings):
    """From Z through towns to a camp, each link shorter by a fifth: DP = 100 always takes the shorter one.

    A town's chance of leaving is 0 (population 0 with a scale factor) unless a short stint forces it on.
    """
    towns = [f"T{number}" for number in range(1, len(lengths))]
    names = ["Z", *towns, "C"]
    places = [place("Z", "conflict_zone", 10_000), *(place(name, "town") for name in towns), place("C", "camp", 0)]
    ways = [(*pair, km) for pair, km in zip(pairwise(names), lengths, strict=True)]
    rules = {"softening": 0.0, "distance_power": 100.0, "camp_movechance": 0.0, "movechance_pop_scale_factor": 1.0}
    return build(places, ways, days, data=gone(people), **(rules | settings))


def drain(*lengths, people=100, days=8, **settings):
    """From Z through hubs (always left) to a camp at the end, never back: the route is known at Z."""
    hubs = [f"H{number}" for number in range(1, len(lengths))]
    names = ["Z", *hubs, "C"]
    places = [place("Z", "conflict_zone", 10_000), *(place(name, "forward") for name in hubs), place("C", "camp", 0)]
    ways = [(*pair, km) for pair, km in zip(pairwise(names), lengths, strict=True)]
    rules = {"awareness_level": len(lengths), "camp_weight": 1e60, "camp_movechance": 0.0}
    return build(places, ways, days, data=gone(people), **(rules | settings))


def line(km, **rows):
    """Z with one long way to a camp, 60 people a day; `rows` are closures and such."""
    days = rows.pop("days", 12)
    places = [place("Z", "conflict_zone", 10_000), place("C", "camp", 0, country=rows.pop("country", "home"))]
    rules = {"data": {"gone": daily(60, days)}, "camp_movechance": 0.0}
    return build(places, [("Z", "C", km)], days, **(rules | rows))


# With chance.


def star(**settings):
    """Z and four destinations: home camp, foreign camp, town, another zone."""
    places = [
        place("Z", "conflict_zone", 10_000), place("C", "camp", 0), place("F", "camp", 0, country="abroad"),
        place("T", "town", 500), place("Y", "conflict_zone", 3000, conflict_intensity=2.0),
    ]  # fmt: skip
    ways = [("Z", "C", 200), ("Z", "F", 300), ("Z", "T", 100), ("Z", "Y", 50), ("T", "F", 700)]
    rules = {"foreign_weight": 1.7, "camp_weight": 2.0, "camp_movechance": 0.05}
    return build(places, ways, 12, conflicts={"Z": [1], "Y": [2]}, data={"gone": daily(20, 12)}, **(rules | settings))


def fork(**settings):
    """Z to a town to two camps, links of several days, a mixed idp camp."""
    places = [
        place("Z", "conflict_zone", 10_000), place("T", "town", 100), place("C", "camp", 0), place("I", "idpcamp", 0),
    ]  # fmt: skip
    ways = [("Z", "T", 500), ("T", "C", 800), ("T", "I", 100), ("Z", "I", 361)]
    return build(places, ways, 20, data={"gone": daily(15, 20)}, **settings)


def two_camps(**settings):
    """A town between two camps that fill; the day-0 count takes from one capacity, and Z is far."""
    places = [
        place("Z", "conflict_zone", 10_000), place("T", "town", 0), place("C1", "camp", 120),
        place("C2", "camp", 300, capacity_per_day=2),
    ]  # fmt: skip
    ways = [("Z", "T", 100), ("T", "C1", 30), ("T", "C2", 100), ("Z", "C2", 400)]
    data = {"C1": [30], "gone": daily(30, 20)}
    rules = {"camp_movechance": 0.02}
    return build(places, ways, 20, data=data, **(rules | settings))


def appendix_c(days=50):
    """The toy of Appendix C: 100 a day from Z, a town, three camps of which two fill."""
    places = [
        place("Z", "conflict_zone", 1_000_000), place("T", "town", 0), place("C1", "camp", 1500),
        place("C2", "camp", 2500), place("C3", "camp", 100_000),
    ]  # fmt: skip
    ways = [("Z", "T", 100), ("T", "C1", 100), ("T", "C2", 150), ("T", "C3", 300), ("Z", "C1", 200)]
    return build(places, ways, days, spawn_mode="conflict", amounts=(100.0,))


def refusal(people=2000, present=97, room=100, days=2):
    """A –10– B –10– C(camp, nearly full), awareness 2, everybody at A on day 1; the last numbers of Appendix A."""
    places = [place("A", "conflict_zone", people), place("B", "town", 0), place("C", "camp", room + present)]
    rules = {"awareness_level": 2, "default_movechance": 0.005, "camp_movechance": 0.0}
    return build(places, [("A", "B", 10), ("B", "C", 10)], days, data={"C": [present], "gone": cohort(people)}, **rules)


def marker_graph(**settings):
    """A, B towns, C marker, D camp as in Flee's test of markers, and Z where people come from."""
    places = [
        place("Z", "conflict_zone", 10_000), place("A", "town", 0), place("B", "town", 0), place("C", "marker", 0),
        place("D", "camp", 0),
    ]  # fmt: skip
    ways = [("Z", "A", 30), ("Z", "C", 300), ("A", "B", 80), ("A", "C", 50), ("B", "D", 60), ("C", "D", 250)]
    return build(places, ways, 12, data={"gone": daily(25, 12)}, **settings)


def far_sighted(**settings):
    """Awareness 2 with a cycle and links longer and shorter than a day's reach."""
    places = [
        place("Z", "conflict_zone", 10_000), place("P", "town", 0), place("Q", "town", 0), place("C", "camp", 0),
        place("D", "camp", 150),
    ]  # fmt: skip
    ways = [("Z", "P", 200), ("Z", "Q", 380), ("P", "Q", 100), ("P", "C", 900), ("Q", "D", 200), ("C", "D", 50)]
    return build(places, ways, 15, data={"gone": daily(20, 15)}, **({"awareness_level": 2} | settings))


def stints(**settings):
    """Many short links, so that the recent-travel index decides who goes on."""
    names = ["Z", "T1", "T2", "T3", "T4", "C"]
    places = [
        place("Z", "conflict_zone", 10_000), *(place(name, "town", 0) for name in names[1:5]), place("C", "camp", 0),
    ]  # fmt: skip
    ways = [(*pair, 60.0 + 17 * number) for number, pair in enumerate(pairwise(names))]
    rules = {"avoid_short_stints": True, "start_on_foot": True, "max_move_speed": 200.0, "camp_weight": 2.0}
    return build(places, [*ways, ("T1", "T3", 90)], 14, data={"gone": daily(20, 14)}, **(rules | settings))


def zones(days=16, **settings):
    """Two zones with decay lists of weights, one starting late, one ending, intensities that change on the way."""
    places = [
        place("Z", "conflict_zone", 4000), place("Y", "conflict_zone", 9000, date=4),
        place("X", "conflict_zone", 2000), place("CZ", "camp", 0), place("CY", "camp", 0), place("CX", "camp", 0),
    ]  # fmt: skip
    ways = [("Z", "CZ", 40), ("Y", "CY", 40), ("X", "CX", 40), ("Z", "Y", 120), ("X", "Y", 300)]
    conflicts = {"Z": [1, 0.2, 0.2], "Y": [0] * 4 + [0.7, 0.9], "X": [0, 0, 1.5] + [1] * 8 + [0] * 10}
    rules = {"conflict_spawn_decay": (1.0, 0.5, 0.1), "conflict_spawn_decay_interval": 3, "camp_movechance": 0.0}
    return build(places, ways, days, conflicts=conflicts, data={"gone": daily(60, days)}, **(rules | settings))


def shut(**settings):
    """Closures of a place, a border, a link and a camp, with people on long links."""
    places = [
        place("Z", "conflict_zone", 10_000), place("T", "town", 0), place("C", "camp", 0),
        place("F", "camp", 0, country="abroad"), place("I", "idpcamp", 0),
    ]  # fmt: skip
    ways = [("Z", "T", 500), ("T", "C", 400), ("Z", "F", 1100), ("T", "F", 700), ("Z", "I", 800), ("C", "I", 90)]
    closures = [
        ("country", "home", "abroad", 5, 9),
        ("location", "I", "", 4, 12),
        ("link", "Z", "T", 8, 11),
        ("camp", "C", "", 10, 15),
    ]
    return build(places, ways, 20, closures=closures, data={"gone": daily(20, 20)}, **settings)


def flood(**settings):
    """Flood zones that spawn by their level and are left by it."""
    places = [
        place("A", "flood_zone", 2000), place("B", "flood_zone", 3000), place("T", "town", 100),
        place("C", "camp", 0),
    ]  # fmt: skip
    ways = [("A", "B", 20), ("A", "T", 60), ("B", "T", 400), ("T", "C", 100), ("B", "C", 200)]
    levels = {"A": [0, 1, 1, 2, 3, 2, 1, 0], "B": [1, 0, 0, 1, 1, 2, 2, 3], "T": [0, 0, 0, 0, 1, 1, 0]}
    rules = {
        "spawn_mode": "flood",
        "amount_mode": "pop_ratio",
        "amounts": (0.0, 0.01, 0.02, 0.05, 0.09),
        "take_from_population": True,
        "flood_rules": True,
        "flood_movechances": (0.3, 0.4, 0.7, 0.9, 1.0),
        "flood_loc_weights": (1.0, 0.5, 0.2, 0.1, 0.1),
    }
    return build(places, ways, 12, flood=levels, conflicts={"A": [0]}, **(rules | settings))


def forecast(**settings):
    """The flood toy with the forecaster and two kinds of awareness, over before the run ends."""
    rules = {
        "flood_forecaster": True,
        "flood_forecaster_timescale": 3,
        "flood_forecaster_end_time": 8,
        "flood_forecaster_weights": (1.0, 0.9, 0.9, 0.8, 0.8, 0.7, 0.7, 0.6, 0.6, 0.5, 0.5, 0.4),
        "flood_awareness_weights": (0.5, 1.5),
        "ages": (("0", {"Default": 2.0, "B": 1.0}), ("1", {"Default": 1.0, "B": 3.0})),
    }
    return flood(**(rules | settings))


def debt(days=10):
    """Data that fall and rise again, at hasten 1: newcomers wait until the debt is paid."""
    people = [100, 120, 110, 105, 118, 118, 150, 140, 160, 161]
    places = [place("Z", "conflict_zone", 10_000), place("C", "camp", 0), place("D", "camp", 0)]
    data = {"total": [200], "C": people, "D": [40]}
    return build(places, [("Z", "C", 100), ("Z", "D", 100)], days, data=data, camp_movechance=0.0)


def parallel(**settings):
    """Two ways from Z to T, the longer first; one redirected row that doubles; a way listed backwards."""
    places = [place("Z", "conflict_zone", 10_000), place("T", "town", 0), place("C", "camp", 0), place("D", "camp", 0)]
    ways = [("Z", "T", 720), ("T", "Z", 40), ("C", "Z", 100, 1), ("D", "Z", 100, 2), ("T", "D", 100)]
    return build(places, ways, 12, data={"gone": daily(25, 12)}, **settings)


def changing(**settings):
    """location_changes.csv: a town becomes an idp camp, a full camp a town with its capacity, a town a conflict.

    Towns are seldom left: who decides first at a full town depends on the order of persons, which batches do not have.
    """
    places = [
        place("Z", "conflict_zone", 10_000), place("T", "town", 500), place("C", "camp", 60), place("U", "town", 800),
    ]  # fmt: skip
    ways = [("Z", "T", 100), ("Z", "C", 100), ("T", "U", 150), ("C", "U", 100)]
    changes = [("T", "idpcamp", 5), ("C", "town", 8), ("U", "conflict_zone", 6)]
    rules = {"default_movechance": 0.01}
    return build(places, ways, 14, changes=changes, data={"gone": daily(25, 14)}, **(rules | settings))


def sinks(**settings):
    """Camps that keep part of those who stay."""
    places = [
        place("Z", "conflict_zone", 10_000), place("C", "camp", 0, deactivation_probability=0.3),
        place("D", "camp", 0, deactivation_probability=0.0),
    ]  # fmt: skip
    rules = {"camps_are_sinks": True, "camp_movechance": 0.4}
    ways = [("Z", "C", 100), ("Z", "D", 100), ("C", "D", 500)]
    return build(places, ways, 12, data={"gone": daily(25, 12)}, **(rules | settings))


def sizes(**settings):
    """Chances of leaving that grow with the population or the capacity."""
    places = [
        place("Z", "conflict_zone", 10_000), place("T", "town", 2500), place("U", "town", 30_000),
        place("C", "camp", 4000),
    ]  # fmt: skip
    ways = [("Z", "T", 100), ("T", "U", 100), ("U", "C", 100), ("Z", "C", 500)]
    rules = {"movechance_pop_scale_factor": 0.5, "camp_movechance": 0.1}
    return build(places, ways, 12, data={"gone": daily(25, 12)}, **(rules | settings))


def burst(**settings):
    """A thousand people pass a hub on one day, one after the other, beside a camp that fills while they pass."""
    places = [
        place("Z", "conflict_zone", 10_000), place("H", "forwarding_hub", 0), place("C", "camp", 200),
        place("D", "camp", 0),
    ]  # fmt: skip
    ways = [("Z", "H", 100), ("H", "C", 50), ("H", "D", 100)]
    rules = {"conflict_weight": 0.01, "camp_movechance": 0.0}
    return build(places, ways, 4, **({"data": gone(1000)} | rules | settings))


def overshoot(**settings):
    """People who set out days ago arrive at a full camp all the same; capacity also scaled."""
    places = [place("Z", "conflict_zone", 10_000), place("C", "camp", 60), place("D", "camp", 0)]
    rules = {"capacity_scaling": 1.25, "capacity_buffer": 0.5}
    return build(places, [("Z", "C", 900), ("Z", "D", 1500)], 15, data={"gone": daily(30, 15)}, **(rules | settings))


def residents(**settings):
    """Camps with people from the start: counted ones, `initial_idps`, and a town whose `initial_idps` say nothing."""
    places = [
        place("Z", "conflict_zone", 10_000), place("C", "camp", 90, initial_idps=40),
        place("I", "idpcamp", 0, initial_idps=25), place("T", "town", 0, initial_idps=500),
    ]  # fmt: skip
    ways = [("Z", "C", 100), ("C", "I", 150), ("I", "T", 100)]
    data = {"total": [100], "C": daily(6, 10, start=50), "I": daily(4, 10, start=30)}
    return build(places, ways, 10, data=data, **({"camp_movechance": 0.05} | settings))


def poisson(**settings):
    """Random newcomers by intensity, from two zones."""
    places = [place("Z", "conflict_zone"), place("Y", "conflict_zone"), place("C", "camp"), place("D", "idpcamp")]
    ways = [("Z", "C", 100), ("Y", "C", 300), ("Y", "D", 100)]
    rules = {"spawn_mode": "conflict", "amount_mode": "poisson", "amounts": (12.0,)}
    return build(places, ways, 10, conflicts={"Z": [1], "Y": [0, 0.5]}, **(rules | settings))


def emptied(**settings):
    """People are taken from two populations, one of which runs dry, and weights follow a day later."""
    places = [place("Z", "conflict_zone", 40), place("Y", "conflict_zone", 900), place("C", "camp"), place("D", "camp")]
    ways = [("Z", "C", 100), ("Y", "D", 100)]
    rules = {"take_from_population": True, "camp_movechance": 0.0}
    return build(places, ways, 10, data={"gone": daily(80, 10)}, **(rules | settings))


def untold(**settings):
    """No conflict table: zones begin on the day that locations.csv says."""
    places = [
        place("Z", "conflict_zone", 900), place("Y", "conflict_zone", 2000, date=4), place("C", "camp"),
        place("D", "camp"),
    ]  # fmt: skip
    ways = [("Z", "C", 100), ("Y", "D", 100), ("Y", "Z", 300)]
    rules = {"data": {"gone": daily(30, 10)}, "conflict_spawn_decay": (1.0, 0.3), "conflict_spawn_decay_interval": 3}
    return replace(build(places, ways, 10, **(rules | settings)), conflicts=None)


def mixed(**settings):
    """Conflict comes to a camp and to a marker and leaves them: flags stay, chances of leaving do not."""
    places = [place("Z", "conflict_zone", 900), place("C", "camp"), place("M", "marker", 700), place("D", "camp")]
    conflicts = {"Z": [1], "C": [0, 0, 0, 1, 1, 0], "M": [0, 1, 1, 1, 0]}
    ways = [("Z", "C", 100), ("Z", "M", 90), ("M", "D", 60), ("C", "D", 400)]
    rules = {"avoid_short_stints": True, "camp_weight": 1.5}
    return build(places, ways, 12, conflicts=conflicts, data={"gone": daily(30, 12)}, **(rules | settings))


def marked(**settings):
    """A town becomes a marker and a marker a town, on different days."""
    places = [
        place("Z", "conflict_zone", 900), place("T", "town"), place("M", "marker"), place("C", "camp"),
        place("D", "camp"),
    ]  # fmt: skip
    ways = [("Z", "T", 100), ("T", "C", 90), ("Z", "M", 60), ("M", "D", 200)]
    changes = [("T", "marker", 5), ("M", "town", 7)]
    return build(places, ways, 12, changes=changes, data={"gone": daily(30, 12)}, **settings)
