"""People who are displaced on the first day, and places that open and close."""

import pytest

import toys
from tiau.scenario.network import build
from tiau.scenario.rows import Displaced
from tiau.simulation import simulate
from walks import at, disagreements, last, marched

ROADS = [toys.way("O", "A", 150, "x"), toys.way("O", "B", 250, "y"), toys.way("A", "T", 100)]


def toy(displaced, *, opens=None, closes=None, **more):
    places = [
        toys.origin(), toys.camp("A", closes=closes), toys.camp("B", opens=opens), toys.place("T", "town", "Abroad"),
        *more.pop("others", ()),
    ]  # fmt: skip
    rows = [Displaced(place=place, people=people, **cells) for place, people, cells in displaced]
    return toys.scenario(places, [*ROADS, *more.pop("ways", ())], displaced=rows, **more)


@pytest.mark.parametrize("chance", [True, False])
def test_a_closing_camp_empties_into_the_one_that_is_open(chance):
    camps = toy([("A", 50, {}), ("T", 30, {})], opens=toys.day(2), closes=toys.day(3), departures=[toys.leave(0, 20)])
    seen = simulate(camps, members=2, chance=chance).everybody[0]
    assert seen[0].tolist() == pytest.approx([0, 70, 0, 30])
    assert seen[2].tolist() == pytest.approx([0, 70, 0, 30])
    assert seen[4].tolist() == pytest.approx([0, 0, 70, 30])


def test_people_already_there_are_no_departures_and_no_arrivals():
    batch = last(marched(toy([("A", 50, {})]), members=2))
    assert batch.people.departed.sum() == batch.people.arrived.sum() == 0
    assert build(toy([("A", 50, {})])).everybody == 150


def test_groups_share_by_their_people_and_homes_miss_them():
    groups = [toys.group("few", share=0.25), toys.group("many", share=0.75)]
    network = build(toy([("A", 10, {}), ("B", 5, {"group": "few", "origin": "O"})], groups=groups))
    assert network.displaced.sum(1).tolist() == network.home_missing.tolist() == [5 + 3, 7]


def test_they_go_home_until_nobody_is_missing():
    quiet = {"return_rate": 1.0}
    batch = last(marched(toy([("A", 50, {})], parameters=quiet, days=40), chance=False))
    assert batch.people.home.sum() == pytest.approx(150)


@pytest.mark.parametrize(("where", "struck_at"), [("A", "A"), ("T", "T"), ("A", "Abroad"), ("R", "R"), ("H", "H")])
def test_events_where_they_stay_make_them_flee_again(where, struck_at):
    struck = {"departure_rate": 1.0, "flee_again": 1.0, "departure_delay_days": 0, "background_intensity": 0}
    others = [toys.place("R", "reception", "Abroad"), toys.camp("H", toys.HOME)] if where in "RH" else []
    ways = [toys.way("A", "R", 80), toys.way("O", "H", 80)] if others else []
    attacked = toy(
        [(where, 50, {})], others=others, ways=ways, events=[toys.event(0, 5, (struck_at,), 90.0)], parameters=struck
    )
    calm = toy([(where, 50, {})], others=others, ways=ways, parameters=struck)
    assert at(calm, f"people at {where}", 5)[0] == 50
    assert at(attacked, f"people at {where}", 0, chance=False)[0] < 50


def test_mean_variance_and_tail_agree_with_the_plain_twin():
    groups = [toys.group("few", share=0.25), toys.group("many", share=0.75)]
    lively = toy(
        [("A", 30, {}), ("T", 10, {"group": "many"})], opens=toys.day(4), closes=toys.day(7), groups=groups,
        base=toys.LIVELY, events=[toys.event(0, 4, ("O", "A"), 3)],
    )  # fmt: skip
    assert disagreements(lively, "already displaced") == []
