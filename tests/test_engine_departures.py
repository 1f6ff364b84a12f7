"""Who sets out: given departures, hazards and their shocks, unquiet returns, and people attacked again."""

import math
from dataclasses import replace

import numpy as np
import pytest

import toys
from tiau.engine.day import advance
from tiau.engine.phases import DESTINATIONS
from toys import camp, event, group, leave, origin, scenario, way
from walks import at, figures, last, marched


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
