"""What members differ in by chance: what draws people, what homes send, who stays inside, and how acts are judged."""

import math

import numpy as np
import pytest
from scipy import stats
from scipy.special import logit

import toys
from tiau.engine.batch import batch_of
from tiau.engine.members import draw
from tiau.engine.shocks import kin_pull_of, outflow_on, pull_on, without_judgements, without_shocks
from tiau.engine.start import model_of
from tiau.engine.unknowns import knots_of, unknowns_of
from tiau.scenario.network import build
from tiau.scenario.posterior import Posterior
from tiau.scenario.unknown import KNOT_DAYS, Unknown
from toys import act, camp, close

MEMBERS = 4000
# Statistics below miss their value by chance less than once in a million for a given seed; the seed is fixed.
SIGMAS = 5
SDS = {"pull_district_sd": 0.7, "pull_place_sd": 0.5, "pull_drift_sd": 1.2, "outflow_sd": 0.6, "outflow_drift_sd": 0.8,
       "pull_kin_sd": 0.4}  # fmt: skip
DAYS = {"pull_drift_days": 90, "outflow_drift_days": 45}
TOY = toys.districts(parameters={**SDS, **DAYS, "inside_sd": 0.9}, days=75)
PLACES = [place.place for place in TOY.places]  # O, P, T, A, B, C; A and B are of one district


@pytest.fixture(scope="module")
def shocks():
    return draw(TOY, members=MEMBERS, seed=4).shocks


def has_sd(values, sd):
    return abs(values.std() / sd - 1) < SIGMAS / math.sqrt(2 * values.size)


def has_mean_1(values):
    return abs(values.mean() - 1) < SIGMAS * values.std() / math.sqrt(values.size)


def correlate(a, b, by=0.0):
    return abs(np.corrcoef(a, b)[0, 1] - by) < SIGMAS * (1 - by**2) / math.sqrt(a.size)


def test_knots_are_30_days_apart_and_the_last_one_is_not_before_the_last_day():
    for days, knots in ((1, 2), (30, 2), (31, 3), (60, 3), (61, 4)):
        assert len(knots_of(toys.line(days=days))) == knots
    assert knots_of(TOY)[1] - knots_of(TOY)[0] == toys.day(30) - toys.day(0)
    assert draw(TOY, members=3, seed=1).shocks.pull_drift.shape == (3, 4, len(PLACES))


def test_every_unknown_has_a_name_of_its_own():
    toy = toys.judged(events=[toys.event(0, 1)])
    for scenario in (TOY, toy):
        assert len(set(unknowns_of(scenario))) == len(unknowns_of(scenario))


def test_the_member_without_chance_lies_in_the_middle_of_what_was_learned_of_products():
    # Figures tell what two factors come to together, not each: where one is high the other is low.
    events = [toys.event(0, 1), toys.event(5, 6, name="another")]
    toy = toys.districts(parameters={"outflow_sd": 1.2, "event_factor_cv": 3.0}, events=events)
    community, event = toy.groups[0].community, toy.events[0].event
    sd = math.sqrt(math.log1p(3.0**2))
    numbers = np.random.default_rng(1).normal(size=200)
    whole = 2.0
    outflow, struck = numbers, (math.log(whole) + (1.2**2 + sd**2) / 2 - 1.2 * numbers) / sd
    unknowns = (Unknown("outflow", community), Unknown("event", event))
    learned = Posterior(unknowns, np.array([outflow, struck]), toys.day(0), 1)
    fitted = toy.model_copy(update={"posterior": learned})
    member = draw(fitted, members=1, seed=1, chance=False).shocks
    assert member.outflow[0, 0] * member.event[0, 0] == pytest.approx(whole, rel=0.01)
    assert member.outflow[0, 0] == pytest.approx(math.exp(1.2 * numbers.mean() - 1.2**2 / 2))
    # Of what nobody learned anything the factor is 1, as without a fit.
    assert member.event[0, 1] == 1
    assert (member.outflow_drift == 1).all()


def test_the_drift_of_a_district_has_its_spread_at_each_knot_and_forgets_by_its_memory(shocks):
    a = shocks.pull_drift[:, :, PLACES.index("A")].astype(float)
    kept = math.exp(-KNOT_DAYS / 90)
    for knot in range(4):
        assert has_sd(a[:, knot], 1.2)
        assert stats.kstest(a[:, knot] / 1.2, "norm").pvalue > 1e-6
        for later in range(knot + 1, 4):
            assert correlate(a[:, knot], a[:, later], kept ** (later - knot))


def test_places_of_a_district_drift_together_and_those_of_different_ones_apart(shocks):
    a, b, c, o = (shocks.pull_drift[:, :, PLACES.index(name)] for name in "ABCO")
    assert np.array_equal(a, b)
    assert all(correlate(one[:, 1], other[:, 1]) for one, other in ((a, c), (a, o), (c, o)))


def test_what_lastingly_draws_is_shared_by_a_district_and_each_place_has_its_own_besides(shocks):
    a, b, c = (shocks.pull[:, PLACES.index(name)] for name in "ABC")
    assert has_sd(a, math.hypot(0.7, 0.5))
    assert has_sd(a - b, 0.5 * math.sqrt(2))
    assert correlate(a, b, 0.7**2 / (0.7**2 + 0.5**2))
    assert correlate(a, c)
    assert correlate(a, shocks.pull_drift[:, 0, PLACES.index("A")])


@pytest.mark.parametrize(("day", "knot", "rest"), [(0, 0, 0), (29, 0, 29 / 30), (30, 1, 0), (74, 2, 14 / 30)])
def test_between_knots_what_drifts_lies_on_a_straight_line(shocks, day, knot, rest):
    where = np.array([PLACES.index("C"), PLACES.index("A")], np.int32)
    before, after = (shocks.pull_drift[:, at][:, where] for at in (knot, knot + 1))
    assert pull_on(shocks, day, where) == pytest.approx(
        shocks.pull[:, where] + (1 - rest) * before + rest * after, abs=1e-5
    )


@pytest.mark.parametrize("day", [0, 7, 15, 30, 44, 74])
def test_what_homes_send_has_mean_1_on_every_day(shocks, day):
    sent = outflow_on(shocks, day)
    home, other = (sent[:, PLACES.index(name)] for name in "OP")
    assert has_mean_1(home)
    assert has_mean_1(other)
    assert correlate(home, other)
    assert (home > 0).all()
    assert (sent[:, [PLACES.index(name) for name in "TABC"]] == 1).all()


def test_what_homes_send_is_log_normal_with_its_spread_and_memory_at_knots(shocks):
    logs = np.log(shocks.outflow_drift[:, :, PLACES.index("P")].astype(float))
    for knot in range(4):
        assert has_sd(logs[:, knot], 0.8)
        assert stats.kstest((logs[:, knot] + 0.32) / 0.8, "norm").pvalue > 1e-6
    assert correlate(logs[:, 1], logs[:, 3], math.exp(-60 / 45))


def test_each_community_sends_and_stays_inside_by_numbers_of_its_own(shocks):
    assert shocks.outflow.shape == shocks.inside.shape == (MEMBERS, 2)
    for community in range(2):
        logs = np.log(shocks.outflow[:, community])
        assert has_sd(logs, 0.6)
        assert has_mean_1(shocks.outflow[:, community])
        assert stats.kstest((logs + 0.18) / 0.6, "norm").pvalue > 1e-6
        assert stats.kstest(shocks.inside[:, community] / 0.9, "norm").pvalue > 1e-6
        assert correlate(logs, shocks.inside[:, community])
    assert correlate(*np.log(shocks.outflow).T)
    assert correlate(*shocks.inside.T)


def test_a_community_is_drawn_to_each_district_abroad_by_a_number_of_its_own(shocks):
    where = np.arange(len(PLACES), dtype=np.int32)
    drawn_to = kin_pull_of(shocks, TOY, where)
    a, b, c = (drawn_to[:, :, PLACES.index(name)] for name in "ABC")
    assert np.array_equal(a, b)
    for values in (*a.T, *c.T):
        assert stats.kstest(values / 0.4, "norm").pvalue > 1e-6
    assert correlate(*a.T)
    assert correlate(a[:, 0], c[:, 0])
    assert not drawn_to[:, :, [PLACES.index(name) for name in "OPT"]].any()


def test_of_one_community_there_is_no_tie_beside_what_draws_everybody():
    assert draw(toys.gate(parameters={"pull_kin_sd": 1}), members=3, seed=1).shocks.kin_pull.shape == (3, 0)


def test_weights_of_destinations_know_whose_ties_they_are(shocks):
    network = build(TOY)
    members = draw(TOY, members=9, seed=4)
    batch = batch_of(model_of(network, members), members)
    where = batch.model.options.place
    ties = kin_pull_of(members.shocks, TOY, where)
    stay = members.shocks.inside[:, :, None] * batch.model.options.inside
    for group, community in enumerate((0, 1, 0)):
        assert np.log(batch.kin[:, group]) == pytest.approx((ties + stay)[:, community])


def test_without_any_spread_nothing_differs_from_the_formula():
    toy = toys.districts(events=[toys.event(0, 1)])
    for found, plain in zip(draw(toy, members=5, seed=1).shocks, without_shocks(toy, 5), strict=True):
        assert np.array_equal(found, plain)
    for found, plain in zip(draw(TOY, members=5, seed=1, vary=()).shocks, without_shocks(TOY, 5), strict=True):
        assert np.array_equal(found, plain)


def test_numbers_go_by_name_so_that_a_place_more_or_another_order_changes_no_other(shocks):
    more = TOY.model_copy(update={"places": (camp("Z", admin2="One"), *TOY.places[::-1]), "groups": TOY.groups[::-1]})
    found, names = draw(more, members=50, seed=4).shocks, [place.place for place in more.places]
    order = [names.index(name) for name in PLACES]
    assert np.array_equal(found.pull[:, order], shocks.pull[:50])
    assert np.array_equal(found.pull_drift[:, :, order], shocks.pull_drift[:50])
    assert np.array_equal(found.outflow_drift[:, :, order], shocks.outflow_drift[:50])
    # Of groups from the last: hills, plains; from the first: hills, plains as well.
    assert np.array_equal(found.outflow, shocks.outflow[:50])


def test_a_longer_run_has_the_same_knots_and_more():
    short, long = (draw(toys.districts(parameters=SDS, days=days), members=5, seed=1).shocks for days in (31, 90))
    assert np.array_equal(short.pull_drift, long.pull_drift[:, :3])
    assert np.array_equal(short.outflow_drift, long.outflow_drift[:, :3])


# --- how acts are judged

ACTS = [
    close(("gate",), 0, 0.1, name="order", estimated=True),
    close(("gate",), 0, 0.1, name="other", authority="state", estimated=True),
    act("exempt", ("gate",), 0, "exempt", admit_share=0.5, enforcement=0.5, estimated=True),
    close(("gate",), 0, 0.6, name="known"),
    close(("gate",), 0, 1, name="whole", estimated=True),
    close(("gate",), 0, 0, name="none", estimated=True),
    close(("gate",), 0, None, name="unknown", estimated=True),
    act("push", ("gate",), 0, "push_back", enforcement=0.3, estimated=True),
]
JUDGED = toys.gate(acts=ACTS, parameters={"enforcement_spread": 1.0, "exemption_spread": 0.5})


def test_estimates_of_acts_differ_by_log_odds_around_what_is_given():
    judged = draw(JUDGED, members=MEMBERS, seed=2).judgements
    for values, given, spread in (
        (judged.enforcement[:, 0], 0.1, 1), (judged.enforcement[:, 7], 0.3, 1), (judged.admitted[:, 2], 0.5, 0.5),
    ):  # fmt: skip
        assert stats.kstest((logit(values) - logit(given)) / spread, "norm").pvalue > 1e-6
        assert has_sd(logit(values), spread)
    assert correlate(*logit(judged.enforcement[:, :2]).T)


def test_what_is_known_of_acts_and_what_is_all_or_nothing_is_the_same_for_all():
    judged, given = draw(JUDGED, members=50, seed=2).judgements, without_judgements(JUDGED, 50)
    assert np.array_equal(judged.enforcement[:, 2:7], given.enforcement[:, 2:7])
    assert given.enforcement[0].tolist() == [0.1, 0.1, 0.5, 0.6, 1, 0, 0, 0.3]
    fixed = [0, 1, 3, 4, 5, 6, 7]
    assert np.array_equal(judged.admitted[:, fixed], given.admitted[:, fixed])


def test_how_an_act_is_judged_goes_by_its_name():
    turned = JUDGED.model_copy(update={"acts": JUDGED.acts[::-1]})
    before, after = (draw(toy, members=20, seed=2).judgements for toy in (JUDGED, turned))
    assert np.array_equal(before.enforcement, after.enforcement[:, ::-1])
    assert np.array_equal(before.admitted, after.admitted[:, ::-1])


@pytest.mark.parametrize("vary", [(), ("parameters",), ("judged",), ("shocks",), ("parameters", "judged", "shocks")])
def test_members_differ_in_what_is_asked_for_alone(vary):
    toy = toys.judged(events=[toys.event(0, 1)], parameters={**toys.UNLIKE, "news_days": 3})
    found = draw(toy, members=6, seed=1, vary=vary)
    differs = {name for name, column in found.parameters.items() if np.ptp(column)}
    assert ("quiet_intensity" in differs) == ("event_memory_days" in differs) == ("parameters" in vary)
    assert ("km_per_day_waited" in differs) == ("news_days" in differs) == ("judged" in vary)
    assert bool(np.ptp(found.judgements.enforcement, 0).any()) == ("judged" in vary)
    for part in found.shocks:
        assert bool(np.ptp(part, 0).any()) == ("shocks" in vary)
