"""Expectations: the numbers of the plain twin without chance, whoever moves together; nobody lost; copies go on."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import reference
import reference_expected
import toys
from random_toys import scenarios
from tiau.engine.audit import head_count
from tiau.engine.batch import batch_of
from tiau.engine.day import advance
from tiau.engine.members import draw
from tiau.engine.start import model_of
from tiau.scenario.checks import check
from tiau.scenario.network import build
from toys import act, close, displaced, event, leave
from walks import history, marched

MANY = 10**8
CLOSE = 1e-4
ONE = 1e-3
"""Of so few people, a thousandth of one, nobody asks how many they are."""
GOING = {"departures": [leave(0, 4e7), leave(3, 3e7)]}
KIN = {"departures": [leave(0, 2e7, "kin"), leave(1, 3e7, "others"), leave(4, 1e7, "kin")]}
SPREAD = toys.blocked(0.4, 0.3, 0.2, 0.1)
EVENTS = [event(0, 4, severity=3)]
NEWS = {"news_days": 2}
RULES = {
    "one way": toys.line(MANY, **GOING),
    "a fork": toys.fork(MANY, **GOING),
    "events, onward moves and returns": toys.cycle(MANY, base=toys.LIVELY, events=EVENTS),
    "events where people stay": toys.districts(MANY, base=toys.LIVELY, events=[event(0, 9, ("O", "T", "A"), 2)]),
    "a way that closes": toys.closed_way(MANY, other_way=True, **GOING),
    "a way that closes and opens": toys.closed_way(MANY, other_way=True, until=5, days=25, parameters=NEWS, **GOING),
    "a way that is lost": toys.closed_way(MANY, parameters={"news_days": 0}, **GOING),
    "capacity": toys.capacity(MANY, 1e7, **GOING),
    "groups that differ": toys.two_groups(
        MANY, departures=[leave(number, 1e7, who) for number in range(3) for who in ("police", "others")]
    ),
    "many groups of two speeds, by turns": toys.fork(
        MANY, groups=[toys.group(f"group {n}", share=0.05, speed_factor=1 + n % 2) for n in range(19)],
        acts=[close(("near",), 2, 0.7)], parameters=SPREAD, departures=[leave(0, 4e7), leave(2, 3e7)],
    ),
    "a ferry": toys.ferry(MANY, **GOING),
    "waiting and giving up": toys.retry(MANY, days=40, **GOING),
    "an exemption": toys.exemption(MANY, **KIN),
    "a corridor": toys.corridor(MANY, **GOING),
    "a quota": toys.quota_queue(MANY, 5e6, days=30, **KIN),
    "a quota behind a closure": toys.quota_queue(MANY, 3e6, 0.3, days=40, parameters=SPREAD, **KIN),
    "a quota of nobody": toys.quota_queue(MANY, 0, **KIN),
    "push-backs": toys.push_back(MANY, parameters=SPREAD, **GOING),
    "a fence": toys.fence(MANY, **GOING),
    "two porous crossings": toys.two_crossings(
        MANY, [close(("north",), 2, 0.9), act("quota", ("south",), 3, "quota", amount=2e6)], porous=True, days=30,
        parameters=SPREAD | NEWS, **GOING,
    ),
    "acts of several authorities": toys.judged(
        MANY, parameters={"enforcement_spread": 0, "exemption_spread": 0}, days=25, **KIN
    ),
    "expulsion": toys.expulsion(MANY, days=25, **GOING),
    "registration": toys.registration(MANY, 4e6, **GOING),
    "relief": toys.relief(MANY, 1e6, **GOING),
    "who is displaced already": toys.cycle(
        MANY, base=toys.LIVELY, events=EVENTS, displaced=[displaced("A", 1e7), displaced("T", 1e6)]
    ),
}  # fmt: skip


def differences(toy, days):
    """Where engine and plain twin differ by more than 1e-4: (day, figure, ours, the twin's)."""
    twin = reference_expected.simulate(reference.World(toys.with_parameters(toy, **toys.ALIKE)))
    found = []
    for number, (ours, theirs) in enumerate(zip(days, twin, strict=True)):
        assert not set(theirs) - set(ours), "figures that the engine does not know"
        for figure, values in ours.items():
            if abs(values[0] - theirs[figure]) > CLOSE * max(values[0], theirs[figure], ONE):
                found.append((number, figure, values[0], theirs[figure]))
    return found


@pytest.mark.parametrize("name", RULES)
def test_expectations_are_those_of_the_plain_twin(name):
    assert differences(RULES[name], history(RULES[name], chance=False)) == []


def grown(toy, factor):
    """The same scenario with so many times the people and room."""
    places = [
        place.model_copy(update={
            name: None if getattr(place, name) is None else getattr(place, name) * factor
            for name in ("population", "capacity")
        }) for place in toy.places
    ]  # fmt: skip
    departures = [row.model_copy(update={"people": row.people * factor}) for row in toy.departures]
    return toy.model_copy(update={"places": tuple(places), "departures": tuple(departures)})


@given(scenarios())
@settings(derandomize=True, deadline=None, max_examples=60)
def test_expectations_of_any_world_are_those_of_the_plain_twin(toy):
    toy = grown(toy, 10**6)
    assume(not [fault for fault in check(toy) if fault.level != "warning"])
    assert differences(toy, history(toy, chance=False)) == []


@given(scenarios(), st.integers(0, 9))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_who_stops_and_goes_on_comes_to_the_same(toy, stop):
    """A state has everybody in it, one party after the other, whoever moved together before."""
    assume(not [fault for fault in check(toy) if fault.level != "warning"])
    drawn = draw(toy, members=1, seed=1, chance=False)
    model = model_of(build(toy), drawn)
    straight, stopping = batch_of(model, drawn), batch_of(model, drawn)
    for day in range(toy.days):
        if day == stop:
            stopping = batch_of(model, drawn, stopping.state)
        advance(straight, day)
        advance(stopping, day)
        assert head_count(stopping) == pytest.approx(head_count(straight), rel=1e-12)
    for name, ours in straight.people._asdict().items():
        assert getattr(stopping.people, name) == pytest.approx(ours, rel=1e-6, abs=1e-2), name


@pytest.mark.parametrize("name", RULES)
def test_people_stay_as_many_as_they_are(name):
    batches = marched(RULES[name], chance=False)
    heads = [head_count(batch)[0] for batch in batches]
    assert heads == pytest.approx(heads[0] * np.ones(len(heads)), rel=1e-12)


@pytest.mark.parametrize("name", ["a way that closes and opens", "waiting and giving up", "a quota behind a closure"])
def test_who_is_on_the_way_is_counted_as_who_is_there(name):
    drawn = draw(RULES[name], members=1, seed=1, chance=False)
    batch = batch_of(model_of(build(RULES[name]), drawn), drawn)
    for day in range(RULES[name].days):
        advance(batch, day)
        np.testing.assert_allclose(batch.journeys.people().sum(), batch.journeys.parties().people.sum(), rtol=1e-9)


@pytest.mark.parametrize("days", [100, 900])
def test_shares_of_shares_do_not_go_on_for_ever(days):
    """Of a hundred people who wait or give up; what is left is in one queue, or has given up."""
    toy = toys.retry(100, 0.6, 0.7, departures=[leave(0, 100)], days=days)
    *_, batch = marched(toy, chance=False)
    assert batch.cells.size[0] <= 1
    assert batch.cells.people[0].max() < 1e-10
    smallest = min(column[column > 0].min(initial=1.0) for column in (*batch.people, batch.cells.people))
    assert smallest > np.finfo(float).tiny
    assert head_count(batch)[0] == pytest.approx(100, rel=1e-12)


def test_members_without_chance_that_differ_move_each_by_its_own_parameters():
    toy = toys.cycle(10_000, base=toys.LIVELY, events=EVENTS)
    one = draw(toy, members=1, seed=1, chance=False)
    rates = [0.01, 0.1, 0.4]
    same = one.part([0, 0, 0])
    three = same._replace(parameters=same.parameters | {"departure_rate": np.array(rates)})
    model = model_of(build(toy), one)
    together = batch_of(model, three)
    alone = [batch_of(model, three.part([m])) for m in range(3)]
    for day in range(toy.days):
        for batch in (together, *alone):
            advance(batch, day)
    for m, batch in enumerate(alone):
        assert together.people.flow[m] == pytest.approx(batch.people.flow[0], rel=1e-9)
