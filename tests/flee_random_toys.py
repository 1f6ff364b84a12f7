"""Small cases in Flee's format at random: every rule that no capacity binds may be on, with every other."""

import random

import flee_toys as toys

KINDS = ("town", "town", "camp", "camp", "idpcamp", "conflict_zone", "forwarding_hub", "marker")


def random_case(seed):
    """Seven places or so, ways of 20 to 1300 km, some of them parallel, closures, conflicts that come and go."""
    rng = random.Random(seed)
    days = 14
    names = [f"P{number}" for number in range(rng.randint(5, 8))]
    places = [toys.place("Z", "conflict_zone", 5000), *(_place(rng, name) for name in names)]
    everyone = ["Z", *names]
    ways = [
        (name, rng.choice(everyone[:number]), _km(rng), *rng.choice([(), (), (), (0,), (1,), (2,)]))
        for number, name in enumerate(everyone) if number
    ]  # fmt: skip
    ways += [(*rng.sample(everyone, 2), _km(rng)) for _ in range(rng.randint(1, 5))]
    conflicts = {"Z": [1], **{name: _ups_and_downs(rng, days) for name in rng.sample(names, 2)}}
    rules = {"conflict_spawn_decay": (1.0, 0.6, 0.3), "conflict_spawn_decay_interval": rng.randint(1, 5)}
    return toys.build(
        places, ways, days, conflicts=conflicts, closures=_closures(rng, everyone), data={"gone": toys.daily(20, days)},
        **(rules if rng.random() < 0.5 else {}), **_settings(rng),
    )  # fmt: skip


def _place(rng, name):
    kind = rng.choice(KINDS)
    country = rng.choice(["home", "home", "abroad", "beyond"])
    return toys.place(name, kind, 0 if "camp" in kind else rng.randint(100, 5000), country, date=rng.choice([0, 3]))


def _km(rng):
    return rng.choice([20.0, 75.0, 130.0, 200.0, 250.0, 360.0, 410.0, 720.0, 1300.0]) + rng.choice([0.0, 3.5])


def _ups_and_downs(rng, days):
    level, column = 0.0, []
    for _ in range(days):
        if rng.random() < 0.25:
            level = rng.choice([0.0, 0.0, 0.5, 1.0, 2.0])
        column.append(level)
    return column


def _closures(rng, names):
    rows = []
    for _ in range(rng.randint(0, 4)):
        start, length = rng.randint(1, 9), rng.randint(0, 5)
        end = rng.choice([start + length, start + length, -1])
        kind = rng.choice(["location", "link", "country"])
        ends = rng.sample(["home", "abroad", "beyond"] if kind == "country" else names, 2)
        rows.append((kind, *ends, start, end))
    return rows


def _settings(rng):
    return {
        "max_move_speed": rng.choice([360.0, 200.0, 410.0]),
        "max_walk_speed": rng.choice([35.0, 120.0]),
        "start_on_foot": rng.random() < 0.5,
        "avoid_short_stints": rng.random() < 0.5,
        "awareness_level": rng.choice([1, 1, 2, 3]),
        "camp_movechance": rng.choice([0.001, 0.1]),
        "default_movechance": rng.choice([0.3, 0.8]),
        "conflict_movechance": rng.choice([1.0, 0.6]),
        "foreign_weight": rng.choice([1.0, 1.5]),
        "camp_weight": rng.choice([1.0, 2.0]),
        "softening": rng.choice([10.0, 36.0]),
        "distance_power": rng.choice([1.0, 0.75]),
        "weight_softening": rng.choice([0.0, 0.5]),
        "weight_power": rng.choice([1.0, 2.0]),
        "pruning_threshold": rng.choice([1.0, 1.0, 3.0]),
        "take_from_population": rng.random() < 0.5,
    }
