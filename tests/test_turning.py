"""Ways that change: people whose journey changes turn to another, and all are where they would be one by one."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import toys
from random_toys import scenarios
from test_expectations import RULES, grown
from tiau.engine.audit import head_count
from tiau.engine.batch import batch_of
from tiau.engine.day import advance
from tiau.engine.members import draw
from tiau.engine.start import model_of
from tiau.loading import load
from tiau.scenario.checks import check
from tiau.scenario.network import build
from toys import act, camp, close, event, group, leave, origin, way

NAMES = ("present", "on_the_way", "totals")


def changes(model, days):
    """The days on which ways or crossings to stop at are others than the day before."""
    laws = [model.laws[day].border.gated for day in range(days)]
    return [
        day
        for day in range(1, days)
        if model.ways[day] is not model.ways[day - 1] or not np.array_equal(laws[day], laws[day - 1])
    ]


def booked(batch):
    """Who is where, in queues and on the way, as watchers count it, by name."""
    members, groups, places = batch.people.settled.shape
    found = np.zeros((members, groups, places)), np.zeros((groups, members)), np.zeros((8, members))
    batch.journeys.book(*found)
    return batch.people._asdict() | dict(zip(NAMES, found, strict=True))


def side_by_side(toy):
    """Yield a run as it is, and one that takes all up anew at each change of ways."""
    drawn = draw(toy, members=1, seed=1, chance=False)
    model = model_of(build(toy), drawn)
    turning, anew = batch_of(model, drawn), batch_of(model, drawn)
    days = changes(model, toy.days)
    for day in range(toy.days):
        if day in days:
            anew = batch_of(model, drawn, anew.state)
        advance(turning, day)
        advance(anew, day)
        yield turning, anew


def assert_alike(toy):
    heads = None
    for turning, anew in side_by_side(toy):
        theirs = booked(anew)
        heads = head_count(turning) if heads is None else heads
        assert head_count(turning) == pytest.approx(heads, rel=1e-12)
        for name, ours in booked(turning).items():
            assert ours.min(initial=0) >= 0
            np.testing.assert_allclose(ours, theirs[name], rtol=1e-9, atol=1e-6, err_msg=name)


@st.composite
def worlds(draw_from):
    """A few towns, crossings and camps, with acts that come and go while people are on their way for days.

    No journey takes whole days: where one ends just as a day does, rounding decides on which day that is.
    """
    towns, camps = draw_from(st.integers(1, 4)), draw_from(st.integers(1, 3))
    dates = st.integers(0, 20)
    shut = [
        {"closes": toys.day(draw_from(st.integers(4, 20)))} if draw_from(st.booleans()) else {} for _ in range(camps)
    ]
    places = [origin("O", 4 * 10**8), origin("P", 10**8)]
    places += [toys.place(f"T{n}", "town") for n in range(towns)]
    places += [toys.place(f"B{n}", "junction", "Abroad") for n in range(2)]
    places += [camp(f"C{n}", **shut[n]) for n in range(camps)]
    names = [place.place for place in places]
    abroad = [place.place for place in places if place.country == "Abroad"]
    routes = [way("O", "T0", 89), way("P", "T0", 311), way("T0", "B0", 53, "north"), way("T0", "B1", 131, "south")]
    routes += [way(f"B{n}", f"C{m}", 41 + 90 * (n != m % 2), mode="foot") for n in range(2) for m in range(camps)]
    for number in range(draw_from(st.integers(0, 10))):
        a, b = draw_from(st.sampled_from(names)), draw_from(st.sampled_from(names))
        km = draw_from(st.sampled_from([31, 83, 101, 173, 257, 337, 701]))
        crossing = f"X{number}" if (a in abroad) != (b in abroad) else ""
        mode = draw_from(st.sampled_from(["road", "foot"]))
        routes.append(way(a, b, km, crossing, mode, one_way=draw_from(st.booleans())))
    crossings = [route.crossing for route in routes if route.crossing]
    acts = []
    for number in range(draw_from(st.integers(1, 7))):
        first, last = draw_from(dates), draw_from(st.sampled_from([None, 0, 3, 9]))
        columns = {"until": None if last is None else first + last, "name": f"act {number}"}
        where = (draw_from(st.sampled_from(crossings)),)
        if draw_from(st.integers(0, 3)):
            acts.append(close(where, first, draw_from(st.sampled_from([0.3, 0.9, 1.0])), **columns))
        else:
            acts.append(act(columns.pop("name"), where, first, "quota", amount=2e6, **columns))
    parameters = {
        "news_days": draw_from(st.sampled_from([0, 1, 4])),
        "onward_rate": draw_from(st.sampled_from([0, 0.2])),
    }
    shares = toys.blocked(*draw_from(st.sampled_from([(1, 0, 0, 0), (0.4, 0.3, 0.2, 0.1), (0, 1, 0, 0)])))
    groups = [group("g", ("O", "P"), 0.7), group("h", ("O",), 0.3)]
    return toys.scenario(
        places, routes, groups, days=30, base=toys.LIVELY, acts=acts, events=[event(0, 9, ("O", "P"), 2)],
        parameters=parameters | shares, departures=[leave(n, 1e7) for n in range(0, 12, 2)],
    )  # fmt: skip


@given(worlds())
@settings(derandomize=True, deadline=None, max_examples=60)
def test_who_turns_is_where_they_would_be_one_by_one(toy):
    assume(not [fault for fault in check(toy) if fault.level != "warning"])
    assert_alike(toy)


@given(scenarios())
@settings(derandomize=True, deadline=None, max_examples=40)
def test_in_any_world_too(toy):
    assume(not [fault for fault in check(toy) if fault.level != "warning"])
    assert_alike(grown(toy, 10**6))


def test_in_mizoram_too():
    assert_alike(load("mizoram-2021"))


@pytest.mark.parametrize("name", RULES)
def test_rules_are_kept_as_people_turn(name):
    assert_alike(RULES[name])
