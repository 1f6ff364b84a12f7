"""The plain twin of Flee's rules against numbers measured with Flee (../shared/flee-format.md, Appendix A, C)."""

import numpy as np
import pytest

import flee_toys as toys
import reference_flee as twin
from reference_flee_world import Link, World

TOWN = {"default_movechance": 0.0051}


def chain(*lengths, kind="forward", days=6, weight=1.0, **settings):
    """One person let go at L0 of a chain that can only be walked forward: [(place or km on the link, R) by day].

    The first place is left at once whatever its kind.
    """
    names = [f"L{number}" for number in range(len(lengths) + 1)]
    places = [toys.place(name, kind, 1000) for name in names]
    case = toys.build(places, [], days, conflicts={}, **settings)
    seen = []
    for run in twin.march(case, toys.counts_of(case), setup=lambda run: one_way(run, names, lengths)):
        person = run.people[0]
        where = person.place.name if person.place else (person.link.end.name, person.odometer)
        seen.append((where, pytest.approx(person.recent, abs=5e-5)))
    return seen


def one_way(run, names, lengths):
    """Links forward only, as in the measurements, and one person at the first place."""
    world = run.world
    for start, end, km in zip(names, names[1:], lengths, strict=False):
        place = world.named[start]
        place.links.append(Link(place, world.named[end], km))
    world.named[names[0]].movechance, world.named[names[0]].town = 1.0, False
    run.insert(names[0])


@pytest.mark.parametrize(
    ("lengths", "settings", "expected"),
    [
        ((200,) * 4, {}, [("L2", 0.5556), ("L4", 0.8333), ("L4", 0.4167), ("L4", 0.2083)]),
        ((360, 360), {}, [(("L1", 360), 0.5), (("L2", 360), 0.75), ("L2", 0.375)]),
        ((359.9,) * 3, {}, [("L2", 0.9997), ("L3", 0.9997)]),
        ((500, 500), {}, [(("L1", 360), 0.5), (("L2", 360), 0.9444), ("L2", 0.6667)]),
        ((100,) * 8, {}, [("L4", 0.5556), ("L8", 0.8333)]),
        ((0, 0, 100), {}, [("L3", 0.1389)]),
        (
            (100, 200, 300),
            {"start_on_foot": True},
            [(("L1", 35), 0.0486), (("L1", 70), 0.0729), ("L3", 0.7726)],
        ),
    ],
)
def test_chains_of_one_way_links(lengths, settings, expected):
    assert chain(*lengths, **settings)[: len(expected)] == expected


@pytest.mark.parametrize(("km", "goal"), [(100, "L4"), (150, "L3"), (200, "L2"), (350, "L2")])
def test_short_stints_go_on_until_the_index_is_reached(km, goal):
    """Towns are hardly ever left by choice, so the person rests there after day 0 (chance 0.0051 a day otherwise)."""
    seen = chain(*(km,) * 6, kind="town", days=2, avoid_short_stints=True, **TOWN)
    assert [where for where, _ in seen] == [goal, goal]
    if km == 350:
        assert seen[0] == (goal, 0.9722)


def test_without_the_rule_people_rest_at_the_first_town():
    assert chain(100, 100, 100, kind="town", days=1, **TOWN)[0][0] == "L1"


def single(km, closures, days):
    """One person on a way from A to B: (place or None, places visited) by day."""
    places = [toys.place("A", "forward"), toys.place("B", "town")]
    case = toys.build(places, [("A", "B", km)], days, closures=closures, default_movechance=0.005)
    return [
        (run.people[0].place and run.people[0].place.name, run.people[0].places)
        for run in twin.march(case, toys.counts_of(case), setup=lambda run: run.insert("A"))
    ]


def test_people_on_a_closed_link_are_put_back_though_it_reopened():
    seen = single(1000, [("location", "B", "", 1, 2)], 7)
    assert seen[2] == ("A", 2)
    assert seen[3][0] is seen[4][0] is None
    assert seen[5] == ("B", 3)


def test_a_nearly_full_camp_refuses_whoever_chooses_it():
    """1/6 of 2000 choose C: 333 ± 17, within 3 standard errors for this seed."""
    case = toys.refusal()
    outcome = twin.run(case, toys.counts_of(case))
    assert outcome.at("C").tolist() == [97, 97]
    assert outcome.at("A")[-1] + outcome.at("B")[-1] == 2000
    assert outcome.at("A")[-1] == pytest.approx(2000 / 6, abs=50)
    world, person = outcome.run.world, outcome.run.people[-1]
    weights = {
        names: weight * end.room(case.settings) for names, end, weight in world.candidates(person, world.places[0])
    }
    assert weights == {("B",): pytest.approx(0.05), ("B", "C"): pytest.approx(0.01)}


def test_routes_at_high_awareness_look_through_markers():
    """A, B towns, C marker, D camp; A-B, A-C, B-D, C-D; awareness 5."""
    places = [toys.place(name, kind) for name, kind in (("A", "town"), ("B", "town"), ("C", "marker"), ("D", "camp"))]
    ways = [("A", "B", 10), ("A", "C", 10), ("B", "D", 10), ("C", "D", 10)]
    case = toys.build(places, ways, 1, awareness_level=5)
    run = next(twin.march(case, toys.counts_of(case), setup=lambda run: run.insert("B")))
    routes = {names for names, *_ in run.world.candidates(run.people[0], run.world.named["A"])}
    assert routes == {("B",), ("B", "D"), ("C", "D"), ("C", "D", "B")}


@pytest.mark.parametrize(("awareness", "ends"), [(1, "BD"), (2, "BDDB")])
def test_markers_cost_no_step(awareness, ends):
    places = [toys.place(name, kind) for name, kind in (("A", "town"), ("B", "town"), ("C", "marker"), ("D", "camp"))]
    ways = [("A", "B", 10), ("A", "C", 10), ("B", "D", 10), ("C", "D", 10)]
    case = toys.build(places, ways, 1, awareness_level=awareness)
    run = next(twin.march(case, toys.counts_of(case), setup=lambda run: run.insert("B")))
    found = [end.name for _, end, _ in run.world.candidates(run.people[0], run.world.named["A"])]
    assert sorted(found) == sorted(ends)


@pytest.mark.parametrize(("threshold", "kept"), [(1.0, "BCDE"), (2.0, "CE"), (1.1, "E")])
def test_pruning_keeps_what_is_near_the_best(threshold, kept):
    """Weights 1, 8, 4, 12 by distance; every draw of 400 falls on what is kept, and everything kept is drawn."""
    places = [toys.place(name, "town") for name in "ABCDE"]
    ways = [("A", end, 12 / weight - 0.5) for end, weight in zip("BCDE", (1, 8, 4, 12), strict=True)]
    case = toys.build(places, ways, 1, softening=0.5, pruning_threshold=threshold, default_movechance=0.005)
    run = next(twin.march(case, toys.counts_of(case), setup=lambda run: run.insert("B")))
    person, origin = run.people[0], run.world.named["A"]
    assert {run.world.choose(person, origin, run.rng)[0] for _ in range(400)} == set(kept)


def test_parallel_ways_double_the_chance_and_the_first_is_travelled():
    """The first way needs three days; a redirected row of 1 makes two pairs, of 2 one pair listed backwards."""
    world = World(toys.parallel(), 1)
    links = {name: [(link.end.name, link.km) for link in world.named[name].links] for name in "ZCD"}
    assert links["Z"] == [("T", 720), ("T", 40), ("C", 100), ("C", 100), ("D", 100)]
    assert links["C"] == [("Z", 100)] * 2
    case = toys.build([toys.place("A", "forward"), toys.place("B", "camp")], [("A", "B", 720), ("B", "A", 40)], 4)
    seen = [
        run.people[0].place and run.people[0].place.name
        for run in twin.march(case, toys.counts_of(case), setup=lambda run: run.insert("A"))
    ]
    assert seen == [None, None, "B", "B"]


def test_sinks_keep_people_in_the_count():
    places = [toys.place("A", "forward"), toys.place("B", "camp", country="abroad", deactivation_probability=1)]
    case = toys.build(places, [("A", "B", 100)], 3, camp_movechance=0.0, camps_are_sinks=True)
    outcome = twin.run(case, toys.counts_of(case), setup=lambda run: [run.insert("A") for _ in range(100)])
    assert outcome.at("B").tolist() == [100] * 3
    assert not any(person.active for person in outcome.run.people)


SERIAL = {"Z": (21.5, 2.7), "T": (398, 9), "C1": (1460, 5), "C2": (2068, 7), "C3": (1052, 5)}


def test_camps_that_fill_as_in_flee():
    """Appendix C, 20 runs against Flee's 20: every |z| below 3.5, error rate 2e-3 for five numbers."""
    case = toys.appendix_c()
    counts = toys.counts_of(case)
    last = np.array([twin.run(case, counts, seed=seed).present[-1] for seed in range(20)])
    measured = np.array(list(SERIAL.values()))
    error = np.hypot(last.std(axis=0, ddof=1) / np.sqrt(20), measured[:, 1])
    assert np.abs((last.mean(axis=0) - measured[:, 0]) / error).max() < 3.5


def test_the_same_seed_gives_the_same_run():
    case = toys.stints()
    first, again, other = (twin.run(case, toys.counts_of(case), seed=seed) for seed in (1, 1, 2))
    assert (first.present == again.present).all()
    assert (first.present != other.present).any()
