"""What members make of borders: by what they expect to wait on the way, as they judge acts and have heard of them."""

import math

import numpy as np
import pytest

import reference
import toys
from reference_policy import Law
from tiau.engine.batch import batch_of
from tiau.engine.day import advance
from tiau.engine.members import draw
from tiau.engine.start import model_of
from tiau.scenario.network import build
from toys import act, camp, close, group, leave, origin, place, scenario, way
from walks import at, history, marched

MEMBERS = 7
ACTS = [
    close(("Abroad",), 1, 0.3, name="order", estimated=True),
    close(("north",), 2, 0.6, name="state order", authority="state", estimated=True),
    act("kin", ("north",), 4, "exempt", authority="state", admit_share=0.5, groups=("kin",), estimated=True),
    act("push", ("south", "second"), 3, "push_back", enforcement=0.3, estimated=True),
    close(("second",), 0, 0.5, name="far order", authority="far", estimated=True, until=8),
    act("nobody", ("south",), 9, "quota", amount=0, until=10),
    act("some", ("north",), 6, "quota", amount=5),
    close(("Far",), 11, name="all"),
]


def chain(acts, **more):
    """Two ways over a first border, and over a second one behind it, to camps that differ in how many they pass."""
    places = [origin("O", 60), origin("P", 40), place("T", "town"), place("J", "junction", "Abroad"), camp("A")]
    places += [camp("B"), camp("C", "Far"), place("R", "reception")]
    routes = [
        way("O", "T", 60), way("P", "T", 90), way("T", "A", 80, "north"), way("T", "J", 120, "south"),
        way("J", "B", 40), way("A", "B", 160), way("B", "C", 70, "second"), way("O", "R", 170, "north", "track"),
        way("J", "C", 210, "second"),
    ]  # fmt: skip
    groups = [group("kin", ("O", "P"), 0.5), group("others", ("O",), 0.5, affinity=(("B", 0.4),))]
    spread = {"enforcement_spread": 1, "exemption_spread": 1, "news_days": 2, "stay_inside": 0.4}
    return scenario(places, routes, groups, acts=acts, days=14, base=toys.LIVELY, parameters=spread, **more)


def expected_by_the_twin(toy, network, members, m, day):
    """The weights of a member's people at each place by group, worked out leg by leg along the way."""
    parameters = {name: float(column[m]) for name, column in members.parameters.items()}
    own = {name: parameters[name] for name in ("distance_decay", "own_place_km", "stay_inside")}
    world = reference.World(toys.with_parameters(toy, **own))
    judged = {}
    for number, row in enumerate(toy.acts):
        judged[row.act, "enforcement"] = members.judgements.enforcement[m, number]
        judged[row.act, "admit_share"] = members.judgements.admitted[m, number]
    law, heard = Law(world, judged), day - round(parameters["news_days"])
    per_day = parameters["distance_decay"] * parameters["km_per_day_waited"]
    for name in network.group_names:
        for where in network.place_names:
            weights = {}
            for aim, (log_weight, borders) in world.choices(day, name, where).items():
                kin = sum(weight for of, weight in world.groups[name].affinity if aim in world.places_in(of))
                waiting = sum(law.wait(heard, name, leg) for leg in borders)
                weights[aim] = math.exp(log_weight - kin - per_day * waiting)
            yield name, where, weights


def test_weights_are_by_the_waits_of_each_member_along_the_way():
    """Each member's own judgements, days until it hears of acts, cost of waiting and fall with distance, day by day.

    The plain twin follows the way leg by leg; several borders on one way, several authorities at one, push-back, a
    quota that lets nobody in, and a border that shuts.
    """
    toy = chain(ACTS, events=[toys.event(0, 9, ("O", "P"), 4)])
    network = build(toy)
    members = draw(toy, members=MEMBERS, seed=3, vary=("judged",))
    batch = batch_of(model_of(network, members), members)
    heard = np.rint(members.parameters["news_days"])
    assert len(set(heard)) > 2
    compared = 0
    for day in range(toy.days):
        advance(batch, day)
        ways, options = batch.model.ways[day], batch.model.options
        for m in range(MEMBERS):
            for name, where, weights in expected_by_the_twin(toy, network, members, m, day):
                row = batch.row_of[network.place_names.index(where)]
                if row < 0:
                    continue
                found = batch.base[m, row, ways.of_group[network.group_names.index(name)]]
                for k, place_of in enumerate(options.place):
                    aim = network.place_names[place_of]
                    assert found[k] == pytest.approx(weights.get(aim, 0.0), rel=1e-6, abs=1e-300), (day, m, name, aim)
                    compared += 1
    assert compared > 5000


def test_two_authorities_and_push_back_lengthen_the_wait_of_each_member_together():
    """Of two camps alike A has the share 1 / (1 + exp(decay x cost x wait)), wait = (1 - c) / c with the product c."""
    acts = [
        close(("north",), 0, 0.5, name="one", estimated=True),
        close(("north",), 0, 0.4, name="two", authority="state", estimated=True),
        act("push", ("north",), 0, "push_back", enforcement=0.3, estimated=True),
    ]
    places = [origin(people=1e6), camp("A"), camp("B")]
    routes = [way("O", "A", 150, "north"), way("O", "B", 150, "south")]
    parameters = {"crowd_power": 0, "entry_bonus": 0, "distance_decay": 0.002, "enforcement_spread": 1}
    toy = scenario(places, routes, acts=acts, days=1, parameters=parameters, departures=[leave(0, 1e6)])
    batch = next(marched(toy, members=30))
    judged = batch.members.judgements.enforcement
    chance = np.prod(1 - judged, axis=1)
    bound_for = batch.people.toward / batch.people.toward.sum(1, keepdims=True)
    a = list(batch.model.options.place).index(1)
    share = 1 / (1 + np.exp(0.002 * 200 * (1 - chance) / chance))
    assert bound_for[:, a] == pytest.approx(share, abs=5 * 0.5 / math.sqrt(1e6))
    assert np.ptp(share) > 0.2


@pytest.mark.parametrize("news", [0.0, 2.0, 5.0])
def test_members_avoid_a_border_from_the_day_on_which_they_hear_of_it(news):
    """On day 3 every attempt in the north meets the rule nine times in ten; by then ways lead there as before."""
    parameters = {"crowd_power": 0, "entry_bonus": 0, "news_days": 3, "km_per_day_waited": 5000, "distance_decay": 0.01}
    closed = [close(("north",), 3, 0.9)]
    departures = [leave(number, 100) for number in range(12)]
    toy = toys.two_crossings(5000, closed, parameters=parameters, days=12, departures=departures)
    toy = toy.model_copy(update={"routes": tuple(r.model_copy(update={"distance_km": 150}) for r in toy.routes)})
    network, members = build(toy), draw(toy, members=3, seed=1, vary=())
    heard = np.array([news, 3.0, 1.0])
    members = members._replace(parameters=members.parameters | {"news_days": heard})
    batch = batch_of(model_of(network, members), members)
    a, before = list(batch.model.options.place).index(1), np.zeros(3)
    for day in range(toy.days):
        advance(batch, day)
        chose = batch.people.toward[:, a] - before
        before = batch.people.toward[:, a].copy()
        avoided = day - heard >= 3
        assert (chose[avoided] == 0).all()
        assert (chose[~avoided] > 20).all()


def test_a_quota_of_nobody_sends_everybody_round_by_another_way():
    acts = [act("nobody", ("north",), 0, "quota", amount=0)]
    end = history(toys.two_crossings(100, acts, days=4, departures=[leave(0, 100)]), members=5)[-1]
    assert (end["people at B"] == 100).all()
    assert (at(toys.gate(100, [act("nobody", ("gate",), 0, "quota", amount=0)], days=2), "people at A") == 0).all()
