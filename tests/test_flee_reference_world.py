"""The world of the plain twin, its spawning and its calendar against numbers measured with Flee.

Sections, [T] and Appendix A refer to ../shared/flee-format.md.
"""

import numpy as np
import pytest

import flee_toys as toys
import reference_flee as twin
from reference_flee_world import World, between


@pytest.mark.parametrize(
    ("row", "shut_days"),
    [
        (("location", "B", "", 1, 3), {1, 2}),
        (("location", "B", "", 1, -1), {1, 2, 3, 4}),
        (("location", "B", "", -1, 2), set()),
        (("location", "B", "", 3, 1), {3, 4}),
        (("location", "B", "", 2, 2), set()),
        (("country", "home", "abroad", 2, 4), {2, 3}),
        (("country", "abroad", "home", 2, 4), {2, 3}),
        (("link", "A", "B", 1, 2), {1}),
        (("link", "B", "A", 1, 2), {1}),
        (("remove_forced_redirection", "A", "B", 1, 2), set()),
    ],
)
def test_the_days_on_which_a_closure_shuts_both_directions(row, shut_days):
    places = [toys.place("A", "town"), toys.place("B", "town", country="abroad"), toys.place("C", "town")]
    case = toys.build(places, [("A", "B", 10), ("A", "C", 10)], 5, closures=[row])
    for run in twin.march(case, toys.counts_of(case)):
        a, b, c = run.world.places
        between_them = [link.end.name for link in a.links if link.end is b], [link.end.name for link in b.links]
        assert between_them == (([], []) if run.world.t in shut_days else (["B"], ["A"]))
        assert len(c.links) == 1


def test_a_country_closed_to_itself_shuts_the_ways_inside_it():
    places = [toys.place("A", "town"), toys.place("B", "town", country="abroad"), toys.place("C", "town")]
    closures = [("country", "home", "home", 1, -1)]
    case = toys.build(places, [("A", "B", 10), ("A", "C", 10)], 2, closures=closures)
    assert days_of(case, lambda world: [len(place.links) for place in world.places]) == [[2, 1, 1], [1, 1, 0]]


def test_a_closed_camp_is_a_town_that_keeps_its_capacity():
    case = toys.build([toys.place("C", "idpcamp", 70)], [], 4, closures=[("idpcamp", "C", "", 1, 3)])
    seen = [
        (camp.camp, camp.idpcamp, camp.town, camp.movechance, camp.capacity)
        for run in twin.march(case, toys.counts_of(case))
        for camp in run.world.places
    ]
    assert seen == [(True, True, False, 0.1, 70)] + [(False, False, True, 0.3, 70)] * 2 + [(True, True, False, 0.1, 70)]


@pytest.mark.parametrize(("people", "room"), [(90, 1), (91, 0.9), (95, 0.5), (96, 0.4), (99, 0.1), (100, 0), (130, 0)])
def test_room_in_a_camp_of_100(people, room):
    world = World(toys.build([toys.place("C", "camp", 100)], [], 1), 1)
    world.places[0].n = people
    assert world.places[0].room(world.settings) == pytest.approx(room)


@pytest.mark.parametrize(("capacity", "scaling"), [(0, 1.0), (1, 0.9), (-1, 1.0)])
def test_a_capacity_below_one_is_none(capacity, scaling):
    world = World(toys.build([toys.place("C", "camp", capacity)], [], 1, capacity_scaling=scaling), 1)
    world.places[0].n = 10**6
    assert world.places[0].room(world.settings) == 1.0


def days_of(case, look):
    return [look(run.world) for run in twin.march(case, toys.counts_of(case))]


def weights_at_spawning(case):
    """Spawn weights by day as newcomers of that day meet them."""
    seen = []

    def watch(run):
        spawn = run.spawn
        run.spawn = lambda: (seen.append([place.weight for place in run.world.places]), spawn())

    twin.run(case, toys.counts_of(case), setup=watch)
    return np.array(seen)


def decaying(**conflicts):
    places = [toys.place(name, "conflict_zone", 100, date=5 if name == "B" else 0) for name in conflicts]
    rules = {"conflict_spawn_decay": (1.0, 0.5, 0.1), "conflict_spawn_decay_interval": 2}
    return toys.build(places, [], 6, conflicts=conflicts, **rules)


def test_decay_of_scores_and_a_day_later_of_spawn_weights():
    case = decaying(A=[1])
    scores = days_of(case, lambda world: world.places[0].score)
    assert scores == pytest.approx([0.3162, 0.3162, 0.5623, 0.5623, 0.8913, 0.8913], abs=5e-5)
    assert weights_at_spawning(case)[:, 0] == pytest.approx([100, 100, 100, 50, 50, 10])


def test_a_conflict_event_anywhere_refreshes_all_spawn_weights():
    weights = weights_at_spawning(decaying(A=[1], B=[0, 0, 1]))
    assert weights[:, 0] == pytest.approx([100, 100, 50, 50, 50, 10])
    assert weights[:, 1] == pytest.approx([0, 0, 100, 100, 100, 50])


def test_only_onsets_and_ends_change_the_intensity():
    case = toys.build([toys.place("A", "conflict_zone", 100)], [], 8, conflicts={"A": [1, 0.2, 0.2, 0, 0, 0.7, 0.9, 0]})
    assert days_of(case, lambda world: world.places[0].conflict) == [1, 1, 1, -1, -1, 0.7, 0.7, -1]
    assert days_of(case, lambda world: world.places[0].score)[5] == pytest.approx(0.4467, abs=5e-5)
    town = days_of(case, lambda world: (world.places[0].town, world.places[0].movechance))
    assert town == [(False, 1.0)] * 3 + [(True, 0.3)] * 2 + [(False, 1.0)] * 2 + [(True, 0.3)]


def test_a_camp_that_had_conflict_ends_as_camp_and_town():
    case = toys.build([toys.place("C", "camp", 50)], [], 3, conflicts={"C": [0, 1, 0]})
    seen = days_of(case, lambda world: (world.places[0].camp, world.places[0].town, world.places[0].movechance))
    assert seen == [(True, False, 0.001), (True, False, 1.0), (True, True, 0.3)]


def test_a_chance_below_five_in_a_thousand_makes_a_camp():
    case = toys.build([toys.place("T", "town", 50), toys.place("F", "flood_zone", 50)], [], 1, default_movechance=0.004)
    assert [(place.camp, place.town) for place in World(case, 1).places] == [(True, False), (False, False)]


@pytest.mark.parametrize(
    ("kind", "flag", "chance"),
    [
        ("idpcamp", "idpcamp", 0.1),
        ("Camp", "camp", 0.001),
        ("forwarding_hub", "forward", 1.0),
        ("marker", "marker", 1.0),
        ("flood_zone", "flood_zone", 0.3),
        ("default", "town", 0.3),
        ("camp_conflict", "camp", 0.001),
    ],
)
def test_kinds_by_the_first_word_that_they_contain(kind, flag, chance):
    found = World(toys.build([toys.place("A", kind)], [], 1, conflicts={}), 1).places[0]
    assert getattr(found, flag)
    assert (found.conflict, found.movechance) == (-1.0, chance)


def test_an_unknown_kind_is_left_at_once_and_is_no_town():
    found = World(toys.build([toys.place("A", "hub")], [], 1), 1).places[0]
    assert (found.camp, found.town, found.movechance) == (False, False, 1.0)


SOURCE = {
    "total": [100 + 10 * t for t in range(11)],
    "C1": [60 + 4 * t for t in range(11)],
    "C2": [30 + 6 * t for t in range(11)],
}


@pytest.mark.parametrize(
    ("settings", "raw", "newcomers"),
    [
        ({}, [190, 200, 210], [0, 10, 10]),
        ({"insert_day0": False}, [190, 200, 210], [190, 10, 10]),
        ({"sum_from_camps": False}, [100, 110, 120], [0, 10, 10]),
        ({"sum_from_camps": False, "insert_day0": False}, [100, 110, 120], [100, 10, 10]),
        ({"empty_camps_on_day0": True}, [0, 10, 20], [0, 10, 10]),
    ],
)
def test_newcomers_by_source_data(settings, raw, newcomers):
    """Total 100 to 200, C1 60 to 100, C2 30 to 90 in ten days."""
    places = [toys.place("Z", "conflict_zone", 500), toys.place("C1", "camp"), toys.place("C2", "camp")]
    case = toys.build(places, [], 3, data=SOURCE, **settings)
    outcome = twin.run(case, toys.counts_of(case))
    first = 90 if outcome.run.settings.insert_day0 and not outcome.run.settings.empty_camps_on_day0 else 0
    assert outcome.raw.tolist() == raw
    assert np.diff(outcome.created, prepend=first).tolist() == newcomers
    assert outcome.present[0, 1:].tolist() == ([60, 30] if first else [0, 0])


def test_debt_is_paid_before_anybody_comes():
    """Sums of camps 140, 160, 150, 145, 158, 158, 190, 180, 200, 201: debt 10, 15, 2, 2, then 30 come."""
    case = toys.debt()
    outcome = twin.run(case, toys.counts_of(case))
    assert outcome.debt.tolist() == [0, 0, 10, 15, 2, 2, 0, 10, 0, 0]
    assert np.diff(outcome.created).tolist() == [20, 0, 0, 0, 0, 30, 0, 10, 1]
    assert outcome.raw.tolist() == [340, 360, 350, 345, 358, 358, 390, 380, 400, 401]


def test_the_first_count_is_taken_off_the_capacity():
    places = [toys.place("Z", "conflict_zone", 5), toys.place("C", "camp", 100), toys.place("D", "camp", 0)]
    case = toys.build(places, [], 2, data={"C": [60], "D": [7]})
    run = twin.run(case, toys.counts_of(case)).run
    assert [place.capacity for place in run.world.places] == [-1, 40, 0]
    assert run.world.named["C"].room(case.settings) == 0.0


def test_hasten_divides_people_by_floor():
    places = [toys.place("Z", "conflict_zone", 1999), toys.place("C", "camp", 250)]
    world = World(toys.build(places, [], 1), 100)
    assert (world.places[0].pop, world.places[1].capacity) == (19, 2)


@pytest.mark.parametrize(
    ("mode", "amount", "comes"), [("constant", 100.0, [150, 150, 150]), ("pop_ratio", 0.1, [150, 135, 121])]
)
def test_conflict_driven_newcomers(mode, amount, comes):
    """Of 1000 people at intensity 1.5, taken from the population: int(0.1 · pop · 1.5)."""
    case = toys.build(
        [toys.place("Z", "conflict_zone", 1000)], [], 3, conflicts={"Z": [1.5]}, spawn_mode="conflict",
        amount_mode=mode, amounts=(amount,), take_from_population=mode == "pop_ratio",
    )  # fmt: skip
    outcome = twin.run(case, toys.counts_of(case))
    if mode == "pop_ratio":
        comes = [150, int(0.1 * 850 * 1.5), int(0.1 * (850 - int(0.1 * 850 * 1.5)) * 1.5)]
    assert np.diff(outcome.created, prepend=0).tolist() == comes
    assert outcome.raw.tolist() == outcome.debt.tolist() == [0, 0, 0]


def test_more_newcomers_than_population_are_created_all_the_same():
    case = toys.build([toys.place("Z", "conflict_zone", 3)], [], 2, data=toys.gone(10), take_from_population=True)
    outcome = twin.run(case, toys.counts_of(case))
    assert (outcome.created[-1], outcome.run.world.places[0].pop) == (10, 0)


def flooded(**settings):
    places = [toys.place("A", "flood_zone", 100), toys.place("B", "town", 100)]
    rules = {
        "flood_rules": True,
        "flood_loc_weights": (1.0, 0.5, 0.2, 0.1, 0.1),
        "flood_movechances": (0.3, 0.4, 0.7, 1.0, 1.0),
    }
    return toys.build(places, [("A", "B", 10)], 4, flood={"A": [1], "B": [0]}, conflicts={}, **(rules | settings))


def values_of(case):
    """Score, value as a destination and chance of leaving, of each place after day 0."""
    run = next(twin.march(case, toys.counts_of(case), setup=lambda run: run.insert("B")))
    world, person = run.world, run.people[0]
    return [
        (place.score, world.value(person, place), pytest.approx(world.move_chance(person, place)))
        for place in world.places
    ]


def test_floods_weigh_a_zone_twice():
    assert values_of(flooded()) == [(0.5, 0.25, 0.4), (1.0, 1.0, 0.3)]


def test_the_forecaster_empties_the_choice():
    case = flooded(
        flood_forecaster=True, flood_forecaster_timescale=2, flood_forecaster_end_time=3,
        flood_forecaster_weights=(1.0,) * 4, flood_awareness_weights=(1.0,),
    )  # fmt: skip
    assert values_of(case) == [(0.0, 0.0, 0.2), (1.0, 0.0, 0.0)]


def test_the_last_level_of_an_array_may_be_used():
    assert between((1.0, 0.5), 1) == 0.5


def test_location_changes_replace_all_flags_and_keep_the_capacity():
    case = toys.changing()
    kinds = days_of(case, lambda world: [(p.camp, p.idpcamp, p.town, p.conflict, p.capacity) for p in world.places[1:]])
    town, idp, camp = (False, False, True, -1, -1), (True, True, False, -1, -1), (True, False, False, -1, 60)
    assert kinds[4] == [town, camp, town]
    assert kinds[5] == [idp, camp, town]
    assert kinds[8] == [idp, (False, False, True, -1, 60), (False, False, False, 1, -1)]
