"""Small runs that pass through every kernel, as arrays by name: the same compiled, with bounds checked, interpreted.

Run: python tests/kernel_runs.py FILE.npz writes them as they are in the mode that the environment asks for.
"""

import datetime as dt
import sys
from pathlib import Path

import numpy as np

import flee_toys
import tiau
import toys
from flee_random_toys import random_case
from folders import write_folder
from tiau import flee
from tiau.engine import streams
from tiau.engine.members import draw, keys_of
from tiau.flee.destinations import simulate_destinations
from tiau.simulation import simulate
from walks import marched

CASES = Path(__file__).parents[2] / "shared" / "flee-cases"
NAMES = ("burundi2015", "car2013", "mali2012", "nigeria2016", "ssudan2013", "syria2013")
LEAVING = {"departures": [toys.leave(0, 60), toys.leave(3, 40)]}
WALKS = {
    "line": toys.line(**LEAVING),
    "fork": toys.fork(**LEAVING),
    "lively fork": toys.fork(base=toys.LIVELY, events=[toys.event(0, 4, severity=3)]),
    "cycle": toys.cycle(base=toys.LIVELY, events=[toys.event(0, 9, severity=2)]),
    "closed way": toys.closed_way(other_way=True, **LEAVING),
    "capacity": toys.capacity(**LEAVING),
    "two groups": toys.two_groups(**LEAVING),
    "ferry": toys.ferry(**LEAVING),
    "retry": toys.retry(**LEAVING),
    "exemption": toys.exemption(**LEAVING),
    "corridor": toys.corridor(**LEAVING),
    "quota": toys.quota_queue(enforcement=0.3, **LEAVING),
    "push back": toys.push_back(**LEAVING),
    "fence": toys.fence(**LEAVING),
    "two crossings": toys.two_crossings(porous=True, **LEAVING),
    "expulsion": toys.expulsion(**LEAVING),
    "registration": toys.registration(**LEAVING),
    "relief": toys.relief(**LEAVING),
    "as judged": toys.judged(**LEAVING),
    "unlike": toys.districts(base=toys.LIVELY, parameters=toys.UNLIKE, events=[toys.event(0, 4, severity=3)]),
}
FLEE_TOYS = (
    "star", "fork", "two_camps", "marker_graph", "far_sighted", "stints", "zones", "shut", "flood", "forecast",
    "parallel", "changing", "sinks", "sizes", "burst", "overshoot", "residents", "poisson", "mixed",
)  # fmt: skip
AWARE = {"awareness_level": 2, "avoid_short_stints": True}


def of_streams():
    key = keys_of(40, 1)
    n = np.tile([1.0, 3.0, 16.0, 200.0, 1e6], 8)
    p = np.repeat([1e-9, 0.02, 0.5, 0.97], 10)
    pairs = list(zip(key, n, p, strict=True))
    return {
        "uniform": [streams.uniform(k) for k in key],
        "normal": [streams.normal_quantile(u) for u in (1e-300, 1e-9, 0.03, 0.5, 0.97, 1 - 1e-9)],
        "binomial": [streams.binomial(*pair) for pair in pairs],
        "expectation": [streams.share(*pair, False) for pair in pairs],
        "hypergeometric": [streams.hypergeometric(k, m, 300.0, 120.0, True) for k in key for m in (0.0, 7.0, 300.0)],
    }


def of_members(toy):
    drawn = draw(toys.with_parameters(toy, **toys.UNLIKE), members=3, seed=1)
    return drawn.parameters | drawn.shocks._asdict() | {f"judged {k}": v for k, v in drawn.judgements._asdict().items()}


def of_walk(toy, chance):
    batch = list(marched(toy, members=2, seed=3, chance=chance))[-1]
    return batch.people._asdict()


def of_result(result):
    return {"people": result.everybody, "flow": result.flow, "figures": result.figures, **result.totals}


def of_flee(result):
    return {"present": result.present, "created": result.created, "everywhere": result.everywhere}


def of_folder(tmp, chance):
    scenario = tiau.load(write_folder(tmp / "small")).until(dt.date(2021, 2, 20))
    return of_result(simulate(scenario, members=2, seed=3, chance=chance))


def of_mizoram(chance):
    scenario = tiau.load("mizoram-2021").until(dt.date(2021, 2, 9))
    return of_result(simulate(scenario, members=1, seed=3, chance=chance))


def of_published(name):
    case = flee.load(CASES / name, CASES / "rules" / "modern125aw2dm75.yml")
    return of_flee(flee.simulate(case, hasten=2000, members=1, seed=3, days=8))


def runs(tmp):
    """Name to a function that gives arrays by name."""
    found = {"streams": of_streams, "members": lambda: of_members(WALKS["as judged"])}
    for chance in (True, False):
        how = "" if chance else ", expected"
        found |= {f"{name}{how}": (lambda t=toy, c=chance: of_walk(t, c)) for name, toy in WALKS.items()}
        found |= {f"folder{how}": lambda c=chance: of_folder(tmp, c), f"mizoram{how}": lambda c=chance: of_mizoram(c)}
        for name in FLEE_TOYS:
            case = getattr(flee_toys, name)()
            found[f"flee {name}{how}"] = lambda t=case, c=chance: of_flee(flee.simulate(t, members=2, seed=3, chance=c))
    for name in ("star", "far_sighted", "stints", "two_camps"):
        case = getattr(flee_toys, name)(**AWARE)
        found[f"flee {name}, aware"] = lambda t=case: of_flee(flee.simulate(t, members=2, seed=3))
    for seed in range(8):
        found[f"flee at random {seed}"] = lambda s=seed: of_flee(flee.simulate(random_case(s), members=1, seed=3))
    found["flee destinations"] = lambda: of_flee(simulate_destinations(flee_toys.star()))
    if CASES.is_dir():
        found |= {f"flee {name}": lambda n=name: of_published(n) for name in NAMES}
    return found


if __name__ == "__main__":
    out = Path(sys.argv[1])
    arrays = {
        f"{name}: {what}": values
        for name, run in runs(out.parent).items()
        for what, values in run().items()
    }  # fmt: skip
    np.savez(out, **arrays)
