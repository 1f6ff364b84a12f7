"""How people move: nobody is lost, choices follow their closed form, acts divert, draws pair, the twin agrees."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

import reference
import toys
from tiau.engine.audit import head_count
from tiau.engine.day import advance
from tiau.engine.phases import DESTINATIONS
from tiau.scenario.checks import check
from tiau.simulation import simulate
from toys import act, camp, close, event, group, leave, origin, place, scenario, way
from walks import at, disagreements, figures, last, lost, marched

# --- nobody is lost


@st.composite
def scenarios(draw_from):
    """Up to six places of any kind in three countries, with routes, closures, events and people at random."""
    kinds = st.sampled_from(["origin", "town", "junction", "camp", "reception"])
    countries = st.sampled_from(["Home", "Abroad", "Other"])
    room = st.sampled_from([None, 5, 40])
    count = draw_from(st.integers(1, 5))
    places = [origin("P0", draw_from(st.integers(0, 80)))]
    for number in range(1, count + 1):
        columns = {"population": draw_from(st.integers(0, 30)), "capacity": draw_from(room)}
        places.append(place(f"P{number}", draw_from(kinds), draw_from(countries), **columns))
    pairs = draw_from(st.lists(st.tuples(st.integers(0, count), st.integers(0, count)), max_size=8))
    routes = []
    for number, (a, b) in enumerate(pairs):
        border = places[a].country != places[b].country
        km, one_way = draw_from(st.sampled_from([7, 61, 190, 330])), draw_from(st.booleans())
        mode = draw_from(st.sampled_from(["road", "track", "foot", "ferry"]))
        routes.append(way(f"P{a}", f"P{b}", km, f"C{number}" if border else "", mode, one_way=one_way))
    origins = tuple(p.place for p in places if p.kind == "origin")
    groups = [group("g", origins, 0.6, speed_factor=draw_from(st.sampled_from([None, 2.3]))), group("h", ("P0",), 0.4)]
    crossings = [route.crossing for route in routes if route.crossing]
    areas = [*crossings, *sorted({p.country for p in places})]
    acts = []
    for number in range(draw_from(st.integers(0, 4))):
        first = draw_from(st.integers(0, 7))
        columns = {"until": draw_from(st.sampled_from([None, first, first + 2])), "name": f"act {number}"}
        columns["groups"] = draw_from(st.sampled_from([(), ("h",)]))
        columns["authority"] = draw_from(st.sampled_from(["union", "state"]))
        where = (draw_from(st.sampled_from(areas)),)
        acts.append(close(where, first, draw_from(st.sampled_from([0.3, 1.0])), **columns))
    events = [event(0, 2, origins, 3), event(4, 4, ("Home",), draw_from(st.integers(0, 5)), "other")]
    parameters = {name: draw_from(st.sampled_from([0, 0.3])) for name in ("onward_rate", "return_rate", "stay_inside")}
    departures = [leave(n, 15) for n in range(4)] if draw_from(st.booleans()) else []
    return scenario(
        places, routes, groups, days=10, base=toys.LIVELY | toys.UNLIKE, parameters=parameters,
        acts=acts, events=events, departures=departures,
    )  # fmt: skip


@given(scenarios(), st.booleans())
@settings(derandomize=True, deadline=None, max_examples=120)
def test_nobody_is_lost_and_nobody_appears(toy, chance):
    assume(not [fault for fault in check(toy) if fault.level != "warning"])
    people = None
    for batch in marched(toy, members=3, chance=chance):
        people = batch.model.homes.people.sum() if people is None else people
        assert head_count(batch) == pytest.approx(people, rel=1e-12)
        state, cells = batch.people, batch.cells
        toward = state.settled.sum(1)[:, batch.model.options.place]
        for m, size in enumerate(cells.size):
            assert (cells.people[m, :size] > 0).all()
            np.add.at(toward[m], cells.option[m, :size], cells.people[m, :size])
        assert state.toward == pytest.approx(toward, rel=1e-9, abs=1e-9)
        for counted in state:
            assert (counted >= -1e-9).all()
            assert not chance or (counted == np.round(counted)).all()
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


# --- departures


def test_given_departures_come_out_exactly():
    toy = toys.fork(100, departures=[leave(0, 20), leave(3, 7), leave(3, 5)], parameters={"departure_rate": 1})
    for chance in (True, False):
        left = [figures(batch)["people left"] for batch in marched(toy, members=5, chance=chance)]
        assert (np.array(left[:5]) == np.array([20, 20, 20, 32, 32])[:, None]).all()
        assert (left[-1] == 32).all()


def test_given_departures_are_shared_over_homes_by_largest_remainder_and_end_with_the_people():
    places = [origin("O", 60), origin("P", 30), origin("Q", 10), camp("A")]
    routes = [way(name, "A", 100, name.lower()) for name in "OPQ"]
    groups = [group(homes=("O", "P")), group("others", ("Q",))]
    departures = [leave(0, 11, "people"), leave(1, 3, place="Q"), leave(2, 50, "others")]
    batch = last(marched(scenario(places, routes, groups, departures=departures), members=2))
    assert (batch.people.departed == [7, 4, 10]).all()


def test_departures_by_hazard_have_their_closed_form():
    """One event of two days; z below 4 over 4,000 members for two days, error rate 1.3e-4."""
    events = [event(1, 2, severity=3)]
    parameters = {"departure_rate": 0.1, "departure_delay_days": 2, "event_memory_days": 5, "background_intensity": 0.1}
    parameters["intensity_power"] = 1.5
    groups = [group(departure_multiplier=1.7)]
    toy = toys.line(50, groups=groups, events=events, parameters=parameters, days=6)
    intensity, stays, expected = 0.0, 1.0, []
    for number in range(6):
        intensity = intensity * math.exp(-1 / 5) + (1.5 if number in (3, 4) else 0)
        stays *= math.exp(-0.1 * 1.7 * (0.1 + intensity) ** 1.5)
        expected.append(50 * (1 - stays))
    exact = [figures(batch)["people left"][0] for batch in marched(toy, chance=False)]
    assert exact == pytest.approx(expected, rel=1e-12)
    for number in (3, 5):
        left = at(toy, "people left", number, members=4000)
        p = expected[number] / 50
        assert abs(left.mean() - expected[number]) < 4 * math.sqrt(50 * p * (1 - p) / left.size)


def test_an_event_reported_for_a_country_counts_with_its_weight_at_each_place():
    parameters = {"departure_rate": 0.1, "departure_delay_days": 0, "national_event_weight": 0.34}
    for where, weight in ((("O",), 1), (("Home",), 0.34), (("O", "O"), 1), (("A",), 0)):
        toy = toys.line(1000, events=[event(0, 0, where, severity=2)], parameters=parameters, days=1)
        assert at(toy, "people left", chance=False)[0] == pytest.approx(1000 * (1 - math.exp(-0.2 * weight)))


def test_shocks_of_departures_have_mean_1_and_each_event_community_and_home_its_own():
    """Two events, communities and homes; spreads within a tenth, z below 4 for means over 4,000 members: 1.3e-4."""
    places = [origin("O", 10**7), origin("P", 10**7), camp("A")]
    routes = [way("O", "A", 300, "gate"), way("P", "A", 300, "pass")]
    groups = [group(), group("others", ("P",))]
    events = [event(0, 0, ("O", "P")), event(0, 0, ("O", "P"), name="other")]
    parameters = {"departure_rate": 1e-4, "departure_delay_days": 0}
    calm = scenario(places, routes, groups, events=events, parameters=parameters, days=1)
    exact = sum(at(calm, f"{name} left", chance=False)[0] for name in ("people", "others"))
    log_sd = math.sqrt(math.exp(0.5**2) - 1)
    spreads = {"event_factor_cv": 0.5, "outflow_sd": log_sd, "outflow_drift_sd": log_sd}
    for parameter, spread in spreads.items():
        toy = toys.with_parameters(calm, **{parameter: 0.5})
        left = sum(at(toy, f"{name} left", members=4000) for name in ("people", "others"))
        assert left.std() / left.mean() == pytest.approx(spread / math.sqrt(2), rel=0.1)
        assert abs(left.mean() - exact) < 4 * left.std() / math.sqrt(left.size)


def test_what_a_home_sends_drives_out_who_stays_there_too():
    """Of 40 who stay displaced at O, as of the 100 at home, a share leaves by the factor of O on the day."""
    parameters = {"departure_rate": 0.1, "departure_delay_days": 0, "outflow_drift_sd": 0.8, "stay_inside": 1e9}
    toy = toys.line(events=[event(15, 15)], parameters=parameters, days=16, displaced=[toys.displaced("O", 40)])
    *_, (_, batch) = zip(range(15), marched(toy, members=3), strict=False)
    drift = batch.members.shocks.outflow_drift[:, :, 0]
    batch.model = replace(
        batch.model, chance=False, phases=DESTINATIONS[: [phase.name for phase in DESTINATIONS].index("reconsider") + 1]
    )
    assert batch.people.settled[:, 0, 0].tolist() == [40, 40, 40]
    advance(batch, 15)
    leaving = -np.expm1(-0.1 * drift.mean(1))  # half way between two knots, drifts count alike
    assert batch.people.choosing[:, 0, 0] == pytest.approx(140 * leaving)


@pytest.mark.parametrize(("always", "share"), [(0, math.exp(-4)), (0.3, 0.3 + 0.7 * math.exp(-4)), (1, 1)])
def test_a_share_of_returns_goes_on_however_unquiet_home_is(always, share):
    parameters = {"return_rate": 0.2, "quiet_intensity": 0.5, "unquiet_return": always, "departure_delay_days": 0}
    toy = toys.line(departures=[leave(0, 100)], events=[event(2, 2, severity=2)], parameters=parameters, days=3)
    before, now = (at(toy, "people returned from A", number, chance=False)[0] for number in (1, 2))
    assert now - before == pytest.approx((100 - before) * -math.expm1(-0.2 * share))


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


# --- attacked again


@pytest.mark.parametrize("multiplier", [1.0, 400.0])
def test_displaced_people_flee_again_where_events_strike_whatever_made_them_leave_home(multiplier):
    parameters = {"departure_rate": 0.1, "departure_delay_days": 0, "intensity_power": 1.5, "flee_again": 0.5}
    toy = toys.fork(
        groups=[group(departure_multiplier=multiplier)], departures=[leave(0, 40)], parameters=parameters,
        events=[event(9, 9, ("A",), severity=2)],
    )  # fmt: skip
    *_, (_, batch) = zip(range(9), marched(toy, chance=False), strict=False)
    at_a, at_b = (batch.people.settled[0, 0, toy.places.index(camp(name))] for name in "AB")
    assert at_a > 10 and at_b > 0  # noqa: PT018
    batch.model = replace(
        batch.model, phases=DESTINATIONS[: [phase.name for phase in DESTINATIONS].index("reconsider") + 1]
    )
    advance(batch, 9)
    assert batch.people.choosing[0, 0] == pytest.approx([0, at_a * (1 - math.exp(-0.5 * 0.1 * 2**1.5)), 0])
    assert batch.people.home.sum() == 60


@pytest.mark.parametrize(("again", "stay"), [(0, 29.97), (1, 0.2)])
def test_people_who_gave_up_flee_again_too(again, stay):
    parameters = {"departure_rate": 0.1, "departure_delay_days": 0, "flee_again": again}
    toy = toys.retry(
        60, 0.999, wait=0.0, parameters=parameters, events=[event(8, 8, severity=50)], departures=[leave(0, 30)]
    )
    *_, (_, batch) = zip(range(8), marched(toy, chance=False), strict=False)
    assert batch.people.gave_up.sum() == pytest.approx(29.97)
    batch.model = replace(
        batch.model, phases=DESTINATIONS[: [phase.name for phase in DESTINATIONS].index("reconsider") + 1]
    )
    advance(batch, 8)
    assert batch.people.gave_up.sum() == pytest.approx(stay, rel=0.02)


# --- the plain twin

EVENTS = {"events": [event(0, 2, severity=6)], "base": toys.LIVELY}
TOYS = {
    "line": toys.line(60, **EVENTS),
    "line with shocks": toys.line(
        60,
        **EVENTS | {"events": [event(0, 2, severity=4), event(2, 2, ("Home",), 3, "b")]},
        parameters={"event_factor_cv": 0.5, "outflow_sd": 0.4, "outflow_drift_sd": 0.5, "outflow_drift_days": 20},
    ),
    "fork": toys.fork(60, **EVENTS),
    "cycle": toys.cycle(40, **EVENTS | {"events": [event(0, 2, ("O", "P"), 6)]}),
    "closed way": toys.closed_way(60, shut=4, until=9, **EVENTS),
    "closed way and nowhere to stay": toys.closed_way(60, shut=4, until=11, **EVENTS, parameters={"stay_inside": 0}),
    "closed way and another": toys.closed_way(60, other_way=True, shut=4, **EVENTS, parameters={"stay_inside": 0.1}),
    "partial closure": toys.partial_closure(60, 0.8, **EVENTS),
    "capacity": toys.capacity(60, 12, **EVENTS),
    "two groups": toys.two_groups(70, **EVENTS),
    "ferry": toys.ferry(60, **EVENTS),
    "camp attacked": toys.fork(60, **EVENTS | {"events": [event(0, 2, severity=6), event(5, 7, ("A",), 9, "later")]}),
    "attacked where they gave up": toys.retry(
        60, 0.8, 0.3, **EVENTS | {"events": [event(0, 1, severity=6), event(7, 9, ("O",), 9, "later")]}
    ),
    "unquiet returns": toys.line(60, **EVENTS, parameters={"unquiet_return": 0.6, "quiet_intensity": 0.2}),
    "what draws and who stays": toys.districts(60, **EVENTS, parameters=toys.UNLIKE),
    "given departures": toys.fork(60, base=toys.LIVELY, departures=[leave(0, 20), leave(2, 25), leave(5, 40)]),
}


def test_the_twin_has_the_same_phases():
    assert list(reference.PHASES) == [phase.name for phase in DESTINATIONS]


@pytest.mark.parametrize("name", TOYS)
def test_nobody_is_lost_in_a_toy(name):
    assert lost(TOYS[name], members=100, seed=11) == 0


@pytest.mark.once
@pytest.mark.parametrize("name", TOYS)
def test_mean_variance_and_tail_agree_with_the_plain_twin(name):
    """Every figure on days 6 and 14, three numbers each, z below 4 for each.

    Some 600 numbers, many of them dependent: under agreement one of them fails in at most 4 of 100 choices of
    seeds.
    """
    assert not disagreements(TOYS[name], name)


@pytest.mark.once
def test_the_twin_agrees_where_what_is_drawn_drifts_from_knot_to_knot():
    """On day 20 between the first knots and on day 43 between others; z and error rate as above."""
    rates = {"departure_rate": 0.01, "onward_rate": 0.01, "return_rate": 0.02, "event_memory_days": 40}
    events = {"events": [event(0, 35, severity=30)], "base": toys.LIVELY}
    drifts = dict.fromkeys(("pull_drift_days", "outflow_drift_days"), 20)
    toy = toys.districts(40, **events, parameters={**toys.UNLIKE, **rates, **drifts}, days=44)
    assert not disagreements(toy, "drifts", (20, 43))
