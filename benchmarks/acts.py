"""What acts cost: the time of `model_of` and of ten days with 10, 100 and 1,000 acts in force.

    python benchmarks/acts.py

The network is the same throughout: 400 crossings from as many towns. Acts name one crossing each and are of all
effects that hold at borders; all are in force from the first day. Linear cost shows as ratios of at most 10.
"""

import datetime as dt
import time

import numpy as np

from tiau.engine.batch import Batch, batch_of
from tiau.engine.day import advance
from tiau.engine.members import draw
from tiau.engine.start import model_of
from tiau.scenario.model import Scenario
from tiau.scenario.network import build
from tiau.scenario.rows import Act, Event, Group, Place, Route

START, DAYS, CROSSINGS, MEMBERS = dt.date(2021, 1, 1), 10, 400, 8
EFFECTS = ("close", "exempt", "quota", "push_back", "fence", "admit")


def _act(number: int) -> Act:
    crossing, effect = number % CROSSINGS, EFFECTS[number // 2 % len(EFFECTS)]
    return Act(
        act=f"act {number}", from_=START, known_on=START, places=(f"crossing {crossing}",), level="federal",
        authority=("union", "state", "district")[number % 3], effect=effect, enforcement=0.5, admit_share=0.5,
        amount=50,
    )  # fmt: skip


def scenario(acts: int) -> Scenario:
    """Build a country with an origin, and towns on the border, each with a camp beyond."""
    places = [Place(place="O", kind="origin", country="Home", lat=0, lon=0, population=1e6)]
    routes = []
    for number in range(CROSSINGS):
        town, camp = f"town {number}", f"camp {number}"
        places.append(Place(place=town, kind="junction", country="Home", lat=0, lon=0))
        places.append(Place(place=camp, kind="camp", country="Abroad", lat=0, lon=0))
        routes.append(Route(from_="O", to=town, distance_km=40 + number % 7, mode="road"))
        routes.append(
            Route(from_=town, to=camp, distance_km=20, mode="road", crossing=f"crossing {number}", porous=True)
        )
    return Scenario.model_validate(
        {
            "settings": {
                "format": 1, "name": "acts", "title": "Acts", "start": START, "end": START + dt.timedelta(DAYS - 1),
                "parameters": {"departure_rate": {"value": 0.01, "why": "benchmark"}},
            },
            "places": places,
            "routes": routes,
            "groups": [
                Group(group=name, risk_class=name, community=name, homes=("O",), share=0.5) for name in ("a", "b")
            ],
            "events": [
                Event(event="attack", start=START, end=START, place=("O",), severity=5, kind="attack", known_on=START)
            ],
            "acts": [_act(number) for number in range(acts)],
        }
    )  # fmt: skip


def measured(acts: int) -> tuple[float, float, Batch]:
    """Return the seconds of `model_of` and of the days, and the batch at the end."""
    toy = scenario(acts)
    network, members = build(toy), draw(toy, members=MEMBERS, seed=1)
    begun = time.perf_counter()
    model = model_of(network, members)
    built = time.perf_counter()
    batch = batch_of(model, members)
    for day in range(DAYS):
        advance(batch, day)
    return built - begun, time.perf_counter() - built, batch


def main() -> None:
    """Print times and ratios."""
    measured(10)  # compiles
    before = (np.nan, np.nan)
    print(f"{'acts':>5} {'model_of s':>11} {'ratio':>6} {'10 days s':>10} {'ratio':>6} {'people abroad':>14}")
    for acts in (10, 100, 1000):
        model, days, batch = measured(acts)
        abroad = batch.people.settled.sum() / MEMBERS
        print(
            f"{acts:>5} {model:>11.3f} {model / before[0]:>6.1f} {days:>10.3f} {days / before[1]:>6.1f} {abroad:>14.0f}"
        )
        before = (model, days)


if __name__ == "__main__":
    main()
