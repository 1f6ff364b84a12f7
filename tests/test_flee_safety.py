"""Flee's rules where kernels might write out of their tables: nobody arrives, nothing is open, nothing is there.

Under NUMBA_BOUNDSCHECK=1 (`make test-kernels`) such a write is an IndexError; people who are lost are found without.
"""

import numba
import numpy as np
import pytest

from flee_toys import build, daily, place
from tiau import flee
from tiau.engine import run
from tiau.engine.day import advance
from tiau.flee.engine.kernels.rest import bucket_of

INTERPRETED = bool(numba.config.DISABLE_JIT)
MEMBERS, DAYS, ROOM = (1, 14, 100) if INTERPRETED else (8, 40, 200)


def chain(*kilometres, camp=ROOM, days=DAYS, closures=(), ways=(), **rules):
    """Z through towns to a camp that fills, all known at Z, with ends of days so short that people go on at once."""
    towns = [f"T{number}" for number in range(1, len(kilometres))]
    names = ["Z", *towns, "C"]
    places = [
        place("Z", "conflict_zone", 100_000),
        *(place(name, "town") for name in towns),
        place("C", "camp", camp, country="abroad"),
    ]
    steps = [(a, b, km) for a, b, km in zip(names[:-1], names[1:], kilometres, strict=True)]
    settings = {"awareness_level": 2, "avoid_short_stints": True} | rules
    return build(places, [*steps, *ways], days, data={"gone": daily(10, days)}, closures=closures, **settings)


TOYS = {
    "the fault that was": chain(20, 20),
    "three links in mind": chain(20, 30, 20, awareness_level=3),
    "a camp of one": chain(20, 20, camp=1),
    "a camp that is full from the first day": chain(50, 20, camp=5, capacity_buffer=0.0),
    "all of it is buffer": chain(20, 20, capacity_buffer=1.0),
    "ways of no length": chain(0, 0, 0, awareness_level=3, days=12),
    "ways of no length there and back": chain(0, 20, ways=[("T1", "C", 0)], days=12),
    "half spans": chain(90, 45, 22.5, awareness_level=2),
    "thirds of a day": chain(120, 120, 120, max_move_speed=360.0),
    "the way is cut": chain(20, 20, closures=[("link", "T1", "C", 5, 9), ("location", "T1", "", 20, 25)]),
    "nothing leads on": chain(20, 20, closures=[("country", "home", "abroad", 3, -1)]),
    "parallel ways": chain(20, 20, ways=[("T1", "C", 20), ("Z", "C", 700)]),
    "on foot": chain(20, 20, start_on_foot=True),
    "a slow link": chain(20, 1e9, max_walk_speed=1e-9, start_on_foot=True),
    "no weight anywhere": chain(20, 20, camp_weight=0.0, weight_power=2.0),
    "huge weights": chain(20, 20, camp_weight=1e300),
    "no short stints to avoid": chain(20, 20, avoid_short_stints=False),
}


# Interpreted, a hundred thousand visits to a place on ways of no length would take hours.
NAMES = [name for name in TOYS if not (INTERPRETED and "no length" in name)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("chance", [True, False])
def test_nobody_is_lost_and_memory_of_the_day_is_left_empty(monkeypatch, name, chance):
    """Who is left in the queues of one member would walk on as people of the next."""

    def advanced(batch, day):
        advance(batch, day)
        assert not batch.scratch.used.any()
        assert not batch.scratch.arrival["people"].any()
        seen.append(day)

    seen = []
    monkeypatch.setattr(run, "advance", advanced)
    case = TOYS[name]
    result = flee.simulate(case, members=MEMBERS, seed=3, chance=chance)
    assert set(seen) == set(range(case.days))
    assert result.created[-1] == pytest.approx(10 * (case.days - 1), rel=0 if chance else 1e-9)


def test_a_case_without_ways_keeps_everybody_at_home():
    places = [place("Z", "conflict_zone", 1000), place("C", "camp", 10)]
    closures = [("location", "C", "", 1, 3), ("country", "home", "abroad", 1, 2)]
    case = build(places, [], 6, data={"gone": daily(5, 6)}, closures=closures)
    result = flee.simulate(case, members=2)
    assert result.everywhere[0].tolist() == [25, 25]


@pytest.mark.parametrize("buckets", [1, 2, 8])
def test_every_index_has_a_bucket(buckets):
    for index in (0.0, -1.0, 0.01, 0.5, 1.0 - 1e-16, 1.0, 7.5, 1e300, np.inf, -np.inf, np.nan):
        assert 0 <= bucket_of(index, buckets) < buckets
