"""Acts of any effect at random, a toy with two ways over borders for them, and two runs of it by name."""

import numpy as np
from hypothesis import strategies as st

import toys
from tiau.engine import policy
from toys import act, blocked, camp, close, event, group, origin, place, scenario, way

PLACES = ["north", "south", "Abroad", "Other", "Home", "A", "B", "O"]
EFFECTS = ["close", "exempt", "admit", "corridor", "quota", "push_back", "expel", "fence", "relief", "register"]


@st.composite
def acts(draw_from, places, effects=EFFECTS, most=6, days=6):
    """Acts of any effect, by three authorities, some of which end or soften others."""
    found = []
    for number in range(draw_from(st.integers(0, most))):
        first = draw_from(st.integers(0, days))
        share = st.sampled_from([0, 0.3, 0.8, 1, None])
        found.append(
            act(
                f"act {number}",
                tuple(draw_from(st.lists(st.sampled_from(places), min_size=1, max_size=2))),
                first,
                draw_from(st.sampled_from(effects)),
                until=draw_from(st.sampled_from([None, first, first + 3])),
                authority=draw_from(st.sampled_from(["union", "state", "district"])),
                groups=draw_from(st.sampled_from([(), (), ("h",), ("all",)])),
                enforcement=draw_from(share),
                admit_share=draw_from(share),
                amount=draw_from(st.sampled_from([None, 0, 3, 17])),
                softens=draw_from(st.sampled_from(["", "", "act 0"])),
                ends=draw_from(st.sampled_from(["", "", "", "act 1"])),
            )
        )
    return found


def two_ways(found=(), **parameters):
    """Two crossings into two countries, and two groups."""
    places = [origin("O", 60), origin("P", 40), place("T", "town"), camp("A", capacity=30), camp("B", "Other")]
    routes = [
        way("O", "T", 110), way("P", "T", 80), way("T", "A", 70, "north", porous=True),
        way("T", "B", 120, "south"), way("O", "A", 300, "north"), way("A", "B", 95, "between"),
    ]  # fmt: skip
    groups = [group("g", ("O", "P"), 0.6, speed_factor=1.3), group("h", ("O",), 0.4, affinity=(("B", 0.5),))]
    events = [event(0, 2, ("O", "P"), 6)]
    parameters = {"news_days": 1, "stay_inside": 0.3, **blocked(0.4, 0.3, 0.2, 0.1), **parameters}
    return scenario(
        places, routes, groups, days=10, base=toys.LIVELY, parameters=parameters, events=events, acts=list(found)
    )


def law_at(network, number):
    return policy.law_of(network, policy.regimes_of(network), toys.day(number))


def turned(toy, *tables):
    return toy.model_copy(update={table: getattr(toy, table)[::-1] for table in tables})


PARTLY = [
    close(("north",), 1, 0.7),
    close(("Other",), 2, 0.5, name="second", authority="state"),
    act("kin", ("north",), 2, "exempt", groups=("h",), admit_share=0.5),
    act("push", ("south",), 3, "push_back", enforcement=0.2),
    act("fence", ("north",), 3, "fence", enforcement=0.5),
    act("expel", ("Other",), 4, "expel", enforcement=0.1),
]


def same_by_name(a, b):
    return [name for name in a.keys() | b.keys() if not np.array_equal(a.get(name, 0), b.get(name, 0))]
