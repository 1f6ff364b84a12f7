"""How people move: nobody is lost, choices follow their closed form, acts divert, and draws pair."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

import reference
import toys
from random_toys import scenarios
from tiau.scenario.checks import check
from tiau.simulation import simulate
from toys import act, camp, close, event, group, leave, origin, place, scenario, way
from walks import accounted_for, at, figures, last, marched

# --- nobody is lost


@given(scenarios(), st.booleans())
@settings(derandomize=True, deadline=None, max_examples=120)
def test_nobody_is_lost_and_nobody_appears(toy, chance):
    assume(not [fault for fault in check(toy) if fault.level != "warning"])
    for state in accounted_for(toy, chance=chance):
        assert (state.choosing == 0).all()


def test_homes_never_hold_more_than_at_the_start_and_fill_up_again():
    places = [origin("O", 70), origin("P", 20), camp("A")]
    routes = [way("O", "A", 90, "one"), way("P", "A", 170, "two")]
    events = [event(0, 1, ("O", "P"), 4)]
    parameters = {"return_rate": 0.9, "event_memory_days": 1}
    toy = scenario(places, routes, [group(homes=("O", "P"))], base=toys.LIVELY, parameters=parameters, events=events)
    for chance in (True, False):
        for batch in marched(toy, members=200, chance=chance):
            assert (batch.people.home <= batch.model.homes.people + 1e-9).all()
        away = batch.model.homes.people - batch.people.home
        assert away.mean() < 1
        assert batch.people.departed.mean() > 20


# --- travel


@pytest.mark.parametrize("gate", [0, 0.5])
@pytest.mark.parametrize(
    ("mode", "speed", "arrival", "attempts"),
    [("road", 1, 1, 2), ("road", 1.6, 0, 1), ("road", 0.7, 2, 2), ("track", 1, 4, 2), ("foot", 2, 5, 1)],
)
def test_arrival_follows_distance_mode_and_speed_factor(mode, speed, arrival, attempts, gate):
    """`attempts` at the crossing, one a day, come in time for the first day of arrivals."""
    routes = [way("O", "J", 130, mode=mode), way("J", "A", 160, "gate", mode)]
    toy = scenario(
        [origin(), place("J", "junction"), camp("A")], routes, [group(speed_factor=speed)], days=8,
        departures=[leave(0, 100)], acts=[close(("gate",), 0, gate)],
    )  # fmt: skip
    arrived = [figures(batch)["people at A"][0] for batch in marched(toy, chance=False)]
    assert np.flatnonzero(arrived)[0] == arrival
    assert arrived[arrival] == pytest.approx(100 * (1 - gate**attempts))


# --- choice

KM = {"O": 50, "T": 120, "A": 100, "B": 300, "C": 200}  # O: the cost of staying in the own place


def choice_scenario(people, departures, **parameters):
    places = [
        origin(people=people), place("T", "town"), place("J", "junction"),
        camp("A", capacity=0.5 * people), camp("B"), place("C", "reception", "Other"), camp("D"),
    ]  # fmt: skip
    routes = [way("O", "T", KM["T"]), way("O", "J", 60), way("J", "A", KM["A"] - 60, "north")]
    routes += [way("A", "B", KM["B"] - KM["A"]), way("J", "C", 0.35 * (KM["C"] - 60), "south", "track")]
    parameters = {"stay_inside": 0.7, "distance_decay": 0.004, "entry_bonus": 0.3, **parameters}
    groups = [group(affinity=(("B", 0.8), ("Other", -0.4), ("Abroad", 0.1)))]
    return scenario(places, routes, groups, parameters=parameters, departures=departures, days=4)


def choice_shares(toward, people):
    """The formula of the design, section 3.4, worked by hand; D has no way to it."""
    affinity = {"A": 0.1, "B": 0.8 + 0.1, "C": -0.4}
    weight = {}
    for name, km in KM.items():
        crowd = toward.get(name, 0) / sum(toward.values()) if toward else 0
        room = 1 - min(1, toward.get("A", 0) / (1.23 * 0.5 * people)) if name == "A" else 1
        entry = 0.3 if name in "AC" else 0
        stay = 0.7 if name in "OT" else 1
        weight[name] = stay * math.exp(-0.004 * km + affinity.get(name, 0) + entry) * (crowd + 0.075) ** 0.87 * room
    return {name: w / sum(weight.values()) for name, w in weight.items()}


def toward_of(batch):
    names = [batch.model.network.place_names[p] for p in batch.model.options.place]
    return dict(zip(names, batch.people.toward.T, strict=True))


def test_choice_has_its_closed_form_with_nobody_yet_and_with_a_crowd():
    people = 10**7
    toy = choice_scenario(people, [leave(0, 4e6), leave(1, 3e6), leave(2, 2e6)])
    expected, before = dict.fromkeys(KM, 0.0), {}
    for batch, leaving in zip(marched(toy, chance=False), (4e6, 3e6, 2e6), strict=False):
        for name, share in choice_shares(before, people).items():
            expected[name] += leaving * share
        before = dict(expected)
        found = {name: values[0] for name, values in toward_of(batch).items()}
        assert found.pop("D") == 0
        assert found == pytest.approx(expected, rel=1e-9)


def test_choice_has_its_closed_form_in_an_ensemble():
    """Mean and variance of five counts of a multinomial over 5,000 members: z below 4, error rate 6e-4."""
    toy = choice_scenario(1000, [leave(0, 60)])
    found = toward_of(next(marched(toy, members=5000)))
    assert (sum(found.values()) == 60).all()
    for name, p in choice_shares({}, 1000).items():
        mean, variance, kurtosis = (float(v) for v in stats.binom.stats(60, p, moments="mvk"))
        assert abs(found[name].mean() - mean) < 4 * math.sqrt(variance / 5000)
        assert abs(found[name].var() / variance - 1) < 4 * math.sqrt((kurtosis + 2) / 5000)


def test_a_camp_without_room_gets_nobody_more():
    departures = [leave(n, 40) for n in range(6)]
    toy = toys.capacity(1000, 20, departures=departures, parameters={"crowd_power": 0, "entry_bonus": 0})
    inside = [figures(batch)["people at A"][0] for batch in marched(toy, chance=False)]
    room = 1 - 20 / (1.23 * 20)
    assert inside[0] == pytest.approx(20)  # 40 leave on the first day, half of them for either camp
    assert inside[1] == pytest.approx(20 + 40 * room / (1 + room))
    assert inside[2] == inside[-1] == pytest.approx(inside[1])  # now more than room_scale x capacity
    assert inside[1] > 1.23 * 20


def test_what_draws_people_to_a_district_draws_them_to_its_places_alike():
    """A and B share a district and are far from alike to C: by log weight, A - B is that of places, A - C more."""
    places = [origin(), camp("A", admin2="One"), camp("B", admin2="One"), camp("C", admin2="Two")]
    routes = [way("O", name, 100, name.lower()) for name in "ABC"]
    sds = {"pull_district_sd": 0.7, "pull_place_sd": 0.5, "pull_drift_sd": 1.2}
    toy = scenario(places, routes, parameters={**sds, "pull_drift_days": 60, "crowd_power": 0}, days=46)
    toy = toy.model_copy(update={"departures": (leave(45, 100),)})
    batch = last(marched(toy, members=4000))
    log = np.log([batch.pull[:, list(batch.model.options.place).index(number)] for number in (1, 2, 3)])
    # Half way between two knots whose numbers correlate by exp(-30 / 60), a drift has less spread than at either.
    drift = 1.2**2 * (1 + math.exp(-0.5)) / 2
    assert (log[0] - log[1]).std() == pytest.approx(math.sqrt(2) * 0.5, rel=0.06)
    assert (log[0] - log[2]).std() == pytest.approx(math.sqrt(2 * (0.7**2 + 0.5**2 + drift)), rel=0.06)


# --- acts


@pytest.mark.parametrize("chance", [True, False])
def test_people_on_the_road_divert_to_the_other_crossing_when_theirs_closes(chance):
    toy = toys.closed_way(other_way=True, departures=[leave(0, 100)], days=8)
    days = [figures(batch) for batch in marched(toy, members=5, chance=chance)]
    # Bound for the northern crossing, which closes on day 1.
    assert days[0]["people on the way"] == pytest.approx(100)
    assert (days[-1]["people over J > A"] == 0).all()
    assert days[-1]["people over K > A"] == pytest.approx(100)
    assert days[-1]["people at A"] == pytest.approx(100)


@pytest.mark.parametrize("chance", [True, False])
def test_people_on_the_road_choose_another_camp_when_the_way_to_theirs_closes(chance):
    places = [origin(), place("J", "junction"), camp("A"), camp("B", "Other")]
    routes = [way("O", "J", 390), way("J", "A", 150, "north"), way("J", "B", 170, "south")]
    toy = scenario(places, routes, departures=[leave(0, 100)], acts=[close(("north",), 1)], days=8)
    days = list(marched(toy, members=5, chance=chance))
    assert figures(days[-1])["people at B"] == pytest.approx(100)
    bound_for_a = next(toward_of(batch)["A"] for batch in marched(toy, members=5, chance=chance))
    assert (bound_for_a > 20).all()
    assert toward_of(days[-1])["A"] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("chance", [True, False])
def test_people_without_any_way_are_trapped_until_one_opens(chance):
    toy = toys.closed_way(until=8, departures=[leave(0, 100)], days=12)
    days = [figures(batch) for batch in marched(toy, members=3, chance=chance)]
    assert all(now["people at J"] == pytest.approx(100) for now in days[1:9])
    assert all(now["people trapped"] == pytest.approx(100) for now in days[2:9])
    assert days[8]["people at A"] == pytest.approx(0)
    assert days[9]["people at A"] == pytest.approx(100)  # three quarters of a day away, open on day 9
    assert days[9]["people trapped"] == pytest.approx(0)


def test_people_already_on_the_closing_route_come_through():
    toy = toys.closed_way(shut=2, departures=[leave(0, 100)], days=4)  # on J > A since day 1
    assert at(toy, "people at A") == pytest.approx(100)


def test_partial_closure_with_waiting_alone_has_a_geometric_passage_time():
    """Passed after j attempts: 1 - 0.6^j of the people; z below 4 for three days of 4,000 members, error rate 4e-4."""
    toy = toys.partial_closure(200, departures=[leave(0, 200)], days=9)
    exact = [figures(batch) for batch in marched(toy, chance=False)]
    for number, now in enumerate(exact):
        assert now["people arrived in A"] == pytest.approx(200 * (1 - 0.6 ** (number + 1)), rel=1e-12)
        assert now["people at O"] == pytest.approx(200 * 0.6 ** (number + 1), rel=1e-12)
    for number in (0, 2, 6):
        arrived = at(toy, "people arrived in A", number, members=4000)
        p = 1 - 0.6 ** (number + 1)
        mean, variance, kurtosis = (float(v) for v in stats.binom.stats(200, p, moments="mvk"))
        assert abs(arrived.mean() - mean) < 4 * math.sqrt(variance / 4000)
        assert abs(arrived.var() / variance - 1) < 4 * math.sqrt((kurtosis + 2) / 4000)


@pytest.mark.parametrize(
    ("acts", "passing"),
    [
        ([], 1),
        ([close(("gate",), 0, 0.6)], 0.4),
        ([close(("Abroad",), 0, 0.6)], 0.4),
        ([close(("Home",), 0, 0.6)], 1),
        ([close(("gate",), 0, 0.6, groups=("others",))], 1),
        ([close(("gate",), 0, None)], 1),
        ([close(("gate",), 0, 0.6), close(("gate",), 0, 0.5, name="state order", authority="state")], 0.2),
        ([close(("gate",), 1, 0.6), close(("gate",), 0, 0.5, name="older")], 0.4),
        ([close(("gate",), 0, 0.6), act("kin", ("gate",), 0, "exempt", admit_share=0.5)], 0.7),
        ([close(("gate",), 0, 0.6), act("kin", ("gate",), 0, "exempt", admit_share=0.5, authority="state")], 0.4),
        ([close(("gate",), 0, 0.6), act("no", ("gate",), 1, "statement", ends="closure")], 1),
        ([close(("gate",), 0, 0.6), act("no", ("gate",), 2, "statement", ends="closure")], 0.4),
        ([close(("gate",), 0, 0.6, until=0)], 1),
        ([close(("gate",), 2, 0.6)], 1),
    ],
)
def test_the_chance_to_pass_follows_the_acts_of_the_day(acts, passing):
    groups = [group(share=0.5), group("others", share=0.5)]
    toy = scenario(
        [origin(), camp("A")], [way("O", "A", 200, "gate")], groups, acts=acts, days=2,
        departures=[leave(1, 10, "people")],
    )  # fmt: skip
    assert at(toy, "people over O > A", chance=False)[0] == pytest.approx(10 * passing)
    world = reference.World(toy)
    assert world.law.passing(1, "people", world.legs[0]) == pytest.approx(passing)


# --- draws


def arrays(result):
    yield from result.places.items()
    yield from result.areas.items()
    yield from result.parameters.items()
    for name in ("flow", "on_the_way", "crossings", "truth", "figures"):
        yield name, getattr(result, name)


def busy(**more):
    return toys.two_groups(200, events=[event(0, 2, severity=4)], base=toys.LIVELY | {"event_factor_cv": 0.5}, **more)


def test_the_same_seed_gives_the_same_numbers_whatever_the_number_of_jobs():
    one, *others = (simulate(busy(), members=7, seed=3, jobs=jobs) for jobs in (1, 2, 3, 1))
    for other in others:
        for (name, a), (_, b) in zip(arrays(one), arrays(other), strict=True):
            assert np.array_equal(a, b), name
    different = simulate(busy(), members=7, seed=4, jobs=1)
    assert not np.array_equal(one.crossings, different.crossings)


def test_a_member_is_the_same_whatever_the_number_of_members():
    few, many = (simulate(busy(), members=members, jobs=2) for members in (3, 8))
    for name in few.areas:
        assert np.array_equal(few.areas[name], many.areas[name][..., :3])
    assert np.array_equal(few.crossings, many.crossings[..., :3])
    for name, column in few.parameters.items():
        assert np.array_equal(column, many.parameters[name][:3])


def test_a_place_without_ways_changes_no_other_place():
    toy = busy(parameters={"stay_inside": 0.5})
    island = [camp("Island", "Sea"), place("Lake", "town"), origin("Hamlet", 50)]
    larger = toy.model_copy(update={"places": (island[0], *toy.places[:2], *island[1:], *toy.places[2:])})
    a, b = last(marched(toy, members=6, spread=True)), last(marched(larger, members=6, spread=True))
    before, after = figures(a), figures(b)
    assert all(np.array_equal(before[name], after[name]) for name in before)
    assert all((after[name] == 0).all() for name in after.keys() - before.keys())


def test_the_order_of_rows_does_not_matter():
    toy = busy()
    turned = toy.model_copy(update={name: getattr(toy, name)[::-1] for name in ("places", "routes", "groups", "acts")})
    a, b = (figures(last(marched(t, members=6))) for t in (toy, turned))
    assert all(np.array_equal(a[name], b[name]) for name in a)
